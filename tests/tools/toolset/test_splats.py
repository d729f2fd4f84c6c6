import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery, save_gallery
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.ops.orient import turn
from splatelier.tools.toolset.splats import (
    CompressSplat,
    FlipSplat,
    FrameSplat,
    InspectSplat,
    MakePoster,
    PreviewSplat,
    splat_tools,
)
from splatelier.tools.workspace.provenance import trace
from splatelier.tools.workspace.workspace import Workspace
from tests.tools.splats.shapes import random_splats, tower


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = Workspace(tmp_path)
    write_ply(tmp_path / "raw.ply", turn(tower()))
    return workspace


def snapshot(workspace: Workspace) -> dict[str, tuple[int, bytes]]:
    files = (path for path in workspace.root.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_the_chain_from_a_models_splat_to_a_ksplat(workspace: Workspace) -> None:
    flipped = FlipSplat(workspace)("raw.ply")
    assert flipped["turned"] is True
    upright = read_splats(workspace.existing(flipped["splat"]))
    assert upright.upright
    assert upright.centers[:, 1].max() == pytest.approx(tower().centers[:, 1].max())

    framing = FrameSplat(workspace)(flipped["splat"])
    assert set(framing) == {"center", "radius", "azimuth", "elevation"}

    compressed = CompressSplat(workspace)(flipped["splat"])
    assert compressed["gaussians"] == 20_000
    assert 2.5 < compressed["ratio"] < 2.9
    assert workspace.existing(compressed["model"]).stat().st_size == compressed["bytes"]


def test_a_second_call_finds_what_the_first_one_made(workspace: Workspace) -> None:
    first = FlipSplat(workspace)("raw.ply")
    model = CompressSplat(workspace)(first["splat"])
    before = snapshot(workspace)
    assert FlipSplat(workspace)("raw.ply") == first
    assert CompressSplat(workspace)(first["splat"]) == model
    assert snapshot(workspace) == before


def test_flipping_what_is_upright_gives_it_back(workspace: Workspace) -> None:
    first = FlipSplat(workspace)("raw.ply")
    again = FlipSplat(workspace)(first["splat"])
    assert again["splat"] == first["splat"]
    assert again["turned"] is False


def test_the_input_is_never_touched_and_every_step_is_recorded(workspace: Workspace) -> None:
    raw = workspace.existing("raw.ply").read_bytes()
    model = CompressSplat(workspace)(FlipSplat(workspace)("raw.ply")["splat"])["model"]
    assert workspace.existing("raw.ply").read_bytes() == raw
    assert [step.tool for step in trace(workspace, model)] == ["flip_splat", "compress_splat"]


def test_the_source_picture_decides_over_the_shape(workspace: Workspace) -> None:
    picture = Image.new("RGB", (200, 200))
    picture.paste((90, 90, 200), (40, 20, 160, 60))  # wide above, thin below
    picture.paste((90, 90, 200), (90, 60, 110, 180))
    picture.save(workspace.root / "mushroom.png")
    said = FlipSplat(workspace)("raw.ply", "mushroom.png")
    assert said["turned"] is False
    assert FlipSplat(workspace)("raw.ply")["turned"] is True


def test_inspecting_changes_nothing_and_says_what_is_there(workspace: Workspace) -> None:
    before = snapshot(workspace)
    said = InspectSplat(workspace)("raw.ply")
    assert said["gaussians"] == 20_000
    assert said["up"] == "-Y"
    assert said["size"][1] == pytest.approx(2, abs=0.05)
    assert snapshot(workspace) == before


def test_a_bad_splat_leaves_nothing_behind(workspace: Workspace) -> None:
    (workspace.root / "bad.ply").write_bytes(b"ply\nformat ascii 1.0\nend_header\n")
    before = snapshot(workspace)
    for tool in (FlipSplat(workspace), CompressSplat(workspace), FrameSplat(workspace), InspectSplat(workspace)):
        with pytest.raises(SplatelierError, match=r"bad\.ply"):
            tool("bad.ply")
    assert snapshot(workspace) == before


def test_paths_outside_the_gallery_are_refused(workspace: Workspace) -> None:
    with pytest.raises(SplatelierError, match="outside"):
        CompressSplat(workspace)("../raw.ply")


def test_every_tools_answer_is_json_and_has_the_keys_its_schema_promises(workspace: Workspace) -> None:
    write_ply(workspace.root / "sh.ply", replace(random_splats(500, 1), upright=True))
    for tool in splat_tools(workspace):
        said = tool("sh.ply")
        assert json.loads(json.dumps(said)) == said
        assert set(tool.output_schema["properties"]) <= set(said)


def test_a_poster_follows_the_framing_it_is_given(workspace: Workspace) -> None:
    splat = FlipSplat(workspace)("raw.ply")["splat"]
    framing = FrameSplat(workspace)(splat)
    poster = MakePoster(workspace)(splat, framing)
    assert MakePoster(workspace)(splat) == poster
    turned = MakePoster(workspace)(splat, {**framing, "azimuth": 40.0})
    assert turned["poster"] != poster["poster"]
    with Image.open(workspace.existing(poster["poster"])) as picture:
        assert (picture.format, picture.mode, picture.size) == ("WEBP", "RGBA", (768, 768))


def test_a_preview_is_a_sheet_of_views(workspace: Workspace) -> None:
    sheet = PreviewSplat(workspace)(FlipSplat(workspace)("raw.ply")["splat"], 4)
    with Image.open(workspace.existing(sheet["picture"])) as picture:
        assert picture.size == (4 * 256, 256)


def test_a_preview_stands_in_the_galleries_light(workspace: Workspace) -> None:
    def blueness() -> float:
        sheet = PreviewSplat(workspace)("raw.ply", 2)["picture"]
        with Image.open(workspace.existing(sheet)) as picture:
            red, _, blue = picture.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
        return blue / red

    before = blueness()
    save_gallery(workspace, Gallery(settings=Settings(light=-0.6)))
    assert blueness() > 1.2 * before
