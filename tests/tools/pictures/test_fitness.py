import numpy as np
import pytest
from PIL import Image, ImageFilter

from splatelier.spaces.elevation_painter.elevation import paint
from splatelier.tools.pictures.fitness import Check, judge_picture
from tests.tools.pictures.shapes import SIZE, drawn


@pytest.fixture(scope="module")
def arch() -> Image.Image:
    return paint("Arc de Triomphe", 0, SIZE).convert("RGB")


def checks(image: Image.Image) -> dict[str, Check]:
    return {check.name: check for check in judge_picture(np.asarray(image.convert("RGBA")))}


def poor(image: Image.Image) -> set[str]:
    return {name for name, check in checks(image).items() if check.verdict == "poor"}


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
