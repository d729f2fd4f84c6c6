"""What is installed: one import name, with everything that it needs and nothing else."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of the files in a wheel that is built from this tree."""
    return wheel_names(ROOT, tmp_path_factory.mktemp("wheel"))


def wheel_names(source: Path, folder: Path) -> list[str]:
    build(source, "wheel", folder)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return archive.namelist()


def build(source: Path, target: str, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_has_one_top_level_name(wheel: list[str]) -> None:
    names = {name.split("/")[0] for name in wheel if ".dist-info/" not in name}
    assert names == {"splatelier"}


def test_the_wheel_has_every_module_template_and_bundle(wheel: list[str]) -> None:
    installed = set(wheel)
    for folder in ("agent", "tools", "prompts", "spaces", "site_templates/cinematic"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                assert f"splatelier/{path.relative_to(ROOT).as_posix()}" in installed
    assert "splatelier/py.typed" in installed
    assert any(name.startswith("splatelier/site_templates/viewer/dist/main-") for name in wheel)


def test_the_wheel_leaves_sources_of_the_viewer_and_build_tools_out(wheel: list[str]) -> None:
    assert not [
        name for name in wheel if "node_modules" in name or "/viewer/src/" in name or "package" in Path(name).name
    ]


def test_a_wheel_from_the_sdist_is_the_wheel_from_the_tree(wheel: list[str], tmp_path: Path) -> None:
    build(ROOT, "sdist", tmp_path)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    unpacked = next(path for path in tmp_path.iterdir() if path.is_dir())
    # the bundle is ignored by git and so not in the sdist: it stands there as the build hook would make it
    dist = unpacked / "site_templates" / "viewer" / "dist"
    for path in (ROOT / "site_templates" / "viewer" / "dist").iterdir():
        dist.mkdir(exist_ok=True)
        (dist / path.name).write_bytes(path.read_bytes())
    assert sorted(wheel_names(unpacked, tmp_path / "again")) == sorted(wheel)
