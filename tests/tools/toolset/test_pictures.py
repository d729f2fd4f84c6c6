from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from splatelier.spaces.elevation_painter.elevation import paint
from splatelier.tools.errors import SplatelierError
from splatelier.tools.pictures.fitness import Check, judge_picture
from splatelier.tools.pictures.pixels import load_pixels, on_black, reached, subject_mask
from splatelier.tools.toolset.pictures import CutOut, InspectImage, image_tools
from splatelier.tools.workspace.provenance import trace
from splatelier.tools.workspace.workspace import Workspace

SIZE = 400


@pytest.fixture(scope="module")
def arch() -> Image.Image:
    return paint("Arc de Triomphe", 0, SIZE).convert("RGB")


def checks(image: Image.Image) -> dict[str, Check]:
    return {check.name: check for check in judge_picture(np.asarray(image.convert("RGBA")))}


def poor(image: Image.Image) -> set[str]:
    return {name for name, check in checks(image).items() if check.verdict == "poor"}


def drawn(*boxes: tuple[int, int, int, int], ground: tuple[int, int, int] = (0, 0, 0)) -> Image.Image:
    """A picture with textured boxes on a plain ground."""
    image = Image.new("RGB", (SIZE, SIZE), ground)
    rng = np.random.default_rng(0)
    for left, top, right, bottom in boxes:
        texture = rng.integers(90, 220, (bottom - top, right - left, 3), dtype=np.uint8)
        image.paste(Image.fromarray(texture), (left, top))
    return image


def test_a_painted_monument_on_black_is_fit(arch: Image.Image) -> None:
    assert {check.verdict for check in checks(arch).values()} == {"good"}


def test_the_obelisk_is_a_needle_and_the_eiffel_tower_a_lattice() -> None:
    obelisk, tower = (checks(paint(name, 0, SIZE)) for name in ("Luxor Obelisk", "Eiffel Tower"))
    assert obelisk["thickness"].verdict == "poor"
    assert "broader subject" in obelisk["thickness"].advice
    assert tower["thickness"].verdict == "fair"


def test_each_fault_is_found_and_no_other(arch: Image.Image) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (SIZE, SIZE, 3), dtype=np.uint8)
    busy = Image.fromarray(noise)
    busy.paste(arch.crop((50, 50, 350, 350)), (50, 50))
    assert "isolation" in poor(busy)
    assert poor(arch.crop((0, 0, SIZE, 300)).resize((SIZE, SIZE))) == {"whole"}
    assert poor(drawn((180, 180, 260, 260))) == {"fill"}
    assert poor(arch.filter(ImageFilter.GaussianBlur(4))) == {"sharpness"}
    assert poor(drawn((30, 100, 160, 300), (240, 100, 370, 300))) == {"subjects"}
    assert poor(Image.new("RGB", (SIZE, SIZE))) == {"subject"}


def test_specks_beside_the_subject_are_no_second_subject() -> None:
    assert poor(drawn((80, 60, 320, 340), (10, 10, 20, 20))) == set()


def test_a_light_ground_is_fair_and_can_be_cut_out(tmp_path: Path) -> None:
    drawn((80, 60, 320, 340), ground=(245, 244, 240)).save(tmp_path / "light.png")
    workspace = Workspace(tmp_path)
    before = InspectImage(workspace)("light.png")
    assert {check["name"]: check["verdict"] for check in before["checks"]}["isolation"] == "fair"
    cut = CutOut(workspace)("light.png")["image"]
    assert [step.tool for step in trace(workspace, cut)] == ["cut_out"]
    assert {check["verdict"] for check in InspectImage(workspace)(cut)["checks"]} == {"good"}


@pytest.mark.parametrize("ground", [(255, 255, 255), (240, 235, 225), (40, 60, 90)])
def test_cutting_out_keeps_the_subject_and_its_holes_and_leaves_no_halo(ground: tuple[int, int, int]) -> None:
    large = Image.new("RGB", (4 * SIZE, 4 * SIZE), ground)
    draw = ImageDraw.Draw(large)
    draw.ellipse((320, 320, 1280, 1280), fill=(180, 60, 30))
    draw.ellipse((640, 640, 960, 960), fill=ground)  # an arch one can look through
    soft = large.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    cut = on_black(np.asarray(soft.convert("RGBA"))).astype(int)
    y, x = np.mgrid[0:SIZE, 0:SIZE] - SIZE / 2 + 0.5
    radius = np.hypot(x, y)
    body = (radius > 45) & (radius < 115)
    assert np.abs(cut[body] - (180, 60, 30)).max() <= 2
    assert cut[(radius > 124) | (radius < 36)].max() == 0
    edge = cut[(radius > 116) & (radius < 123)]
    assert (edge <= np.array((180, 60, 30)) + 25).all()  # mixed with black, not with the ground


def test_a_transparent_ground_becomes_black() -> None:
    image = Image.new("RGBA", (50, 50), (255, 255, 255, 0))
    image.paste((10, 200, 30, 255), (10, 10, 40, 40))
    cut = on_black(np.asarray(image))
    assert cut[0, 0].tolist() == [0, 0, 0]
    assert cut[20, 20].tolist() == [10, 200, 30]
    assert subject_mask(np.asarray(image)).sum() == 900


def test_a_busy_or_empty_ground_is_refused() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (60, 60, 4), dtype=np.uint8)
    noise[..., 3] = 255
    with pytest.raises(SplatelierError, match="not plain"):
        on_black(noise)
    with pytest.raises(SplatelierError, match="no subject"):
        on_black(np.full((60, 60, 4), 255, dtype=np.uint8))


def test_flooding_goes_round_corners_and_stops_at_walls() -> None:
    maze = np.array([[1, 1, 1, 0, 1], [0, 0, 1, 0, 1], [1, 1, 1, 0, 1]], dtype=bool)
    seed = np.zeros_like(maze)
    seed[2, 0] = True
    assert reached(maze, seed).tolist() == (maze & (np.arange(5) < 3)).tolist()


def test_what_is_no_picture_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"not a picture")
    with pytest.raises(SplatelierError, match=r"bad\.png is not a picture"):
        load_pixels(tmp_path / "bad.png")
    Image.new("RGB", (40, 40)).save(tmp_path / "cut.png")
    data = (tmp_path / "cut.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(data[: len(data) // 2])
    with pytest.raises(SplatelierError, match=r"cut\.png is not a picture"):
        load_pixels(tmp_path / "cut.png")


def test_every_tool_answers_with_the_keys_its_schema_promises(tmp_path: Path, arch: Image.Image) -> None:
    arch.save(tmp_path / "arch.png")
    for tool in image_tools(Workspace(tmp_path)):
        assert set(tool("arch.png")) == set(tool.output_schema["properties"])
