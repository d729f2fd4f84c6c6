"""A gallery's folder that somebody else prepared, given to the real command line: what it tried, and what stood."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Splatelier

pytestmark = pytest.mark.slow

CANARY = "hf_canaryCANARYcanaryCANARY1234"
Folder = Path
Change = Callable[[dict[str, Any]], Any]


@pytest.fixture
def gallery(paris: Path, tmp_path: Path) -> Folder:
    """A copy of the Paris gallery, to be prepared."""
    return Path(shutil.copytree(paris, tmp_path / "paris"))


def change(folder: Folder, edit: Change) -> None:
    manifest = json.loads((folder / "gallery.json").read_text(encoding="utf-8"))
    edit(manifest)
    (folder / "gallery.json").write_text(json.dumps(manifest), encoding="utf-8")


def contents(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_what_lies_in_the_site_and_what_links_point_to_is_not_released(
    gallery: Folder, splatelier: Splatelier, tmp_path: Path
) -> None:
    secret = tmp_path / "id_rsa"
    secret.write_text(f"PRIVATE {CANARY}")
    (gallery / "site" / ".env").write_text(CANARY)
    (gallery / "site" / "notes.txt").write_text(CANARY)
    (gallery / "site" / "key").symlink_to(secret)
    (gallery / "site" / "more").symlink_to(tmp_path)
    done = splatelier("deploy", "paris", "--to", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    names = {path.name for path in (tmp_path / "out").rglob("*")}
    assert names.isdisjoint({".env", "notes.txt", "key", "more"})
    assert CANARY.encode() not in contents(tmp_path / "out")


def test_a_secret_in_a_manifest_does_not_reach_the_release(
    gallery: Folder, splatelier: Splatelier, tmp_path: Path
) -> None:
    def edit(manifest: dict[str, Any]) -> None:
        manifest["items"][0]["caption"] = f"made with {CANARY}"
        step = next(step for step in manifest["items"][0]["provenance"] if step["space"])
        step["arguments"]["prompt"] = f"a tower, token={CANARY}"
        step["url"] = "http://me:wintergreen99@host.test/"
        step["arguments"]["note"] = "a plain word SEVENTEENSHEEP"

    change(gallery, edit)
    done = splatelier("deploy", "paris", "--to", "out", cwd=tmp_path, MY_API_KEY="SEVENTEENSHEEP")
    assert done.returncode == 0, done.stdout + done.stderr
    released = contents(tmp_path / "out")
    for secret in (CANARY, "wintergreen99", "SEVENTEENSHEEP"):
        assert secret.encode() not in released


HOSTILE: dict[str, Change] = {
    "a page as a model": lambda manifest: manifest["items"][0].update(model="assets/eiffel-tower/x.html"),
    "a page as a picture": lambda manifest: manifest["items"][0].update(image="assets/eiffel-tower/x.html"),
    "a path that leaves the folder": lambda manifest: manifest["items"][0].update(model="assets/../../x.ksplat"),
    "a path of the system": lambda manifest: manifest["items"][0].update(image="/etc/passwd"),
    "a template elsewhere": lambda manifest: manifest.update(template="../../tmp"),
    "a radius that is not a number": lambda manifest: manifest["items"][0]["framing"].update(radius=float("nan")),
    "a camera without end": lambda manifest: manifest["items"][0]["framing"].update(center=[float("inf"), 0, 0]),
    "the same slug twice": lambda manifest: manifest["items"].append(manifest["items"][0]),
    "a colour that is a script": lambda manifest: manifest["settings"].update(accent="red;}</style><script>"),
}


@pytest.mark.parametrize("attempt", HOSTILE)
def test_a_manifest_that_tries_something_is_refused_in_a_sentence_and_releases_nothing(
    gallery: Folder, splatelier: Splatelier, tmp_path: Path, attempt: str
) -> None:
    (gallery / "assets" / "eiffel-tower" / "x.html").write_text("<script>alert(1)</script>")
    change(gallery, HOSTILE[attempt])
    done = splatelier("deploy", "paris", "--to", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3
    assert not (tmp_path / "out").exists()


def test_a_page_under_a_models_name_is_not_released(gallery: Folder, splatelier: Splatelier, tmp_path: Path) -> None:
    model = gallery / json.loads((gallery / "gallery.json").read_text(encoding="utf-8"))["items"][0]["model"]
    model.write_text("<script>alert(1)</script>")
    done = splatelier("deploy", "paris", "--to", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert not (tmp_path / "out").exists()


def test_an_asset_that_is_a_link_out_of_the_folder_is_not_released(
    gallery: Folder, splatelier: Splatelier, tmp_path: Path
) -> None:
    image = gallery / json.loads((gallery / "gallery.json").read_text(encoding="utf-8"))["items"][0]["image"]
    elsewhere = tmp_path / "private.png"
    shutil.move(image, elsewhere)
    image.symlink_to(elsewhere)
    done = splatelier("deploy", "paris", "--to", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "outside" in done.stderr
    assert not (tmp_path / "out").exists()


def test_words_that_are_markup_are_words_on_the_page(gallery: Folder, splatelier: Splatelier, tmp_path: Path) -> None:
    change(gallery, lambda manifest: manifest["items"][0].update(title="</script><script>alert(1)</script>"))
    done = splatelier("deploy", "paris", "--to", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "<script>alert(1)" not in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
