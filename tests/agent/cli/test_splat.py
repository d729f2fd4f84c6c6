import json
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

from splatelier.agent.cli.splat import splat_app
from splatelier.tools.splats import SplatError, read_splats, turn, write_ply
from tests.tools.splats.shapes import tower

runner = CliRunner()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    write_ply(tmp_path / "raw.ply", turn(tower(5000)))
    return tmp_path / "raw.ply"


def run(*arguments: object) -> dict[str, object]:
    result = runner.invoke(splat_app, [*(str(argument) for argument in arguments), "--json"], catch_exceptions=False)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_the_toolbox_turns_a_models_splat_into_what_a_site_needs(raw: Path) -> None:
    assert run("inspect", raw)["up"] == "-Y"
    flipped = run("flip", raw)
    assert flipped["turned"] is True
    assert run("flip", flipped["file"], "--out", raw.with_name("twice.ply"))["turned"] is False
    assert 1.0 < float(str(run("frame", flipped["file"])["radius"])) < 1.5
    assert run("prune", flipped["file"])["kept"] == 5000
    packed = run("compress", flipped["file"], "--level", 2)
    assert len(read_splats(Path(str(packed["file"])))) == 5000
    sheet = run("preview", flipped["file"], "--views", 3, "--size", 64)
    with Image.open(str(sheet["file"])) as picture:
        assert picture.size == (192, 64)
    still = run("preview", flipped["file"], "--out", raw.with_name("still.webp"))
    with Image.open(str(still["file"])) as picture:
        assert picture.mode == "RGBA"


def test_the_name_to_write_to_says_the_format(raw: Path) -> None:
    run("prune", raw, "--out", raw.with_name("small.ksplat"))
    assert raw.with_name("small.ksplat").stat().st_size < raw.stat().st_size / 2
    with pytest.raises(SplatError, match="not named as a splat that can be written"):
        runner.invoke(splat_app, ["flip", str(raw), "--out", str(raw.with_suffix(".spz"))], catch_exceptions=False)
    assert not raw.with_suffix(".spz").exists()


def test_without_json_a_person_can_read_it(raw: Path) -> None:
    said = runner.invoke(splat_app, ["inspect", str(raw)]).stdout
    assert "gaussians  5000" in said
    assert "up  -Y" in said


@pytest.mark.parametrize("command", ["inspect", "flip", "frame", "prune", "compress", "preview"])
def test_every_command_teaches_with_an_example(command: str) -> None:
    result = runner.invoke(splat_app, [command, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert f"splatelier splat {command} " in result.stdout
    assert "--json" in result.stdout


def test_the_input_is_never_overwritten_and_a_failure_leaves_nothing(raw: Path) -> None:
    before = raw.read_bytes()
    with pytest.raises(SplatError, match="the input itself"):
        runner.invoke(splat_app, ["flip", str(raw), "--out", str(raw)], catch_exceptions=False)
    with pytest.raises(SplatError, match="level 0, 1 or 2"):
        runner.invoke(splat_app, ["compress", str(raw), "--level", "7"], catch_exceptions=False)
    assert raw.read_bytes() == before
    assert list(raw.parent.iterdir()) == [raw]
