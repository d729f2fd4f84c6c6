import numpy as np
import pytest
from PIL import Image, ImageDraw

from splatelier.tools.errors import SplatelierError
from splatelier.tools.pictures.cutout import on_black
from splatelier.tools.pictures.subject import reached, subject_mask
from tests.tools.pictures.shapes import SIZE


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
