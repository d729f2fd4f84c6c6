"""The painter's tools: outlines, the relief they are stamped into, and the textures on it."""

import numpy as np
import pytest

from splatelier.spaces.elevation_painter.elevation.craft.geometry import (
    arch,
    bar,
    blob,
    curve,
    ellipse,
    lathe,
    rect,
    ribbon,
    spread,
)
from splatelier.spaces.elevation_painter.elevation.craft.light import FLOOR, develop, light
from splatelier.spaces.elevation_painter.elevation.craft.materials import BRONZE, GOLD, LIMESTONE, TILE, noise, texture
from splatelier.spaces.elevation_painter.elevation.craft.relief import (
    MARGIN,
    NOWHERE,
    build_relief,
    carve,
    cut,
    mirrored,
    placed,
    solid,
)

SIDE = 256


def test_a_curve_passes_through_its_points() -> None:
    points = [(0.0, 0.0), (3.0, 1.0), (4.0, 5.0), (1.0, 7.0)]
    smooth = np.asarray(curve(points, 6))
    assert all(np.abs(smooth - point).sum(axis=1).min() < 1e-9 for point in points)


def test_a_blob_of_symmetric_points_is_symmetric() -> None:
    outline = blob((-2, 0), (-3, 2), (0, 4), (3, 2), (2, 0))
    image = outline * [-1, 1]
    assert all(np.abs(outline - point).sum(axis=1).min() < 1e-9 for point in image)


@pytest.mark.parametrize("kind", ["round", "pointed", "flat", "horseshoe"])
def test_an_arch_stands_on_the_ground_and_reaches_its_height(kind: str) -> None:
    outline = arch(3, 1, 4, 6, kind)  # type: ignore[arg-type]
    assert outline[:, 1].min() == pytest.approx(1)
    assert outline[:, 1].max() == pytest.approx(7)
    assert np.ptp(outline[:, 0]) == pytest.approx(4, rel=0.01)


def test_a_bar_and_a_ribbon_have_the_width_they_were_given() -> None:
    assert np.ptp(bar((0, 0), (0, 9), 2)[:, 0]) == pytest.approx(2)
    assert np.ptp(ribbon([(0, 0), (0, 4), (0, 9)], 2)[:, 0]) == pytest.approx(2)


def test_bays_share_a_width_evenly() -> None:
    assert spread(3, 6) == pytest.approx([-2, 0, 2])


def test_a_turned_disc_is_a_hemisphere() -> None:
    relief = build_relief([solid(ellipse(0, 0, 1, steps=200), LIMESTONE, 0, "turned")], SIDE)
    radius = relief.pixels_per_metre
    middle = SIDE // 2
    assert relief.height[middle, middle] == pytest.approx(radius, rel=0.02)
    offset = round(radius * 0.6)
    assert relief.height[middle, middle + offset] == pytest.approx(radius * 0.8, rel=0.03)


def test_the_longer_side_leaves_the_margin() -> None:
    relief = build_relief([solid(rect(0, 0, 10, 40), LIMESTONE)], SIDE)
    rows = np.flatnonzero(relief.inside.any(axis=1))
    assert rows[0] == pytest.approx(SIDE * MARGIN, abs=1.5)
    assert np.ptp(rows) == pytest.approx(SIDE * (1 - 2 * MARGIN), abs=2)


def test_a_cut_opens_the_silhouette_and_a_carving_does_not_close_it() -> None:
    hole = rect(0, 2, 4, 4)
    relief = build_relief([solid(rect(0, 0, 10, 10), LIMESTONE), cut(hole), carve(hole, front=1, material=GOLD)], SIDE)
    middle = SIDE // 2
    assert not relief.inside[middle + 20, middle]
    assert relief.height[middle + 20, middle] == NOWHERE
    assert relief.inside[middle + 20, 30]


def test_a_carving_is_raised_from_what_it_meets() -> None:
    pieces = [solid(rect(0, 0, 10, 10), LIMESTONE, 2), carve(rect(0, 3, 2, 2), front=1, material=BRONZE)]
    relief = build_relief(pieces, SIDE)
    middle = SIDE // 2
    assert relief.height[middle + 5, middle] == pytest.approx(3 * relief.pixels_per_metre)
    assert relief.materials[relief.index[middle + 5, middle]] is BRONZE


def test_mirrored_and_placed_pieces_move_their_outlines() -> None:
    piece = solid(rect(5, 0, 2, 2), LIMESTONE, 1)
    left = mirrored([piece])[1].outlines[0]
    assert left[:, 0].max() == pytest.approx(-4)
    moved = placed([piece], dx=1, dy=2, scale=2, front=3)[0]
    assert moved.outlines[0][:, 0].mean() == pytest.approx(11)
    assert moved.front == pytest.approx(5)


def test_a_lathe_is_symmetric_about_its_axis() -> None:
    outline = lathe([(1, 0), (2, 1), (0, 3)], x=4, smooth=5)
    assert outline[:, 0].min() + outline[:, 0].max() == pytest.approx(8)


@pytest.mark.parametrize(
    "kind", ["smooth", "courses", "bricks", "tiles", "grain", "speckle", "plates", "weave", "strata"]
)
def test_textures_repeat_without_a_seam(kind: str) -> None:
    tone, bump = texture(kind, np.random.default_rng(0))  # type: ignore[arg-type]
    assert tone.shape == bump.shape == (TILE, TILE)
    inner = np.abs(np.diff(tone, axis=0)).max()
    assert np.abs(tone[0] - tone[-1]).max() <= 1.5 * inner
    assert tone.mean() == pytest.approx(1, abs=0.1)


def test_stretched_noise_runs_along_the_stretched_axis() -> None:
    cloud = noise(np.random.default_rng(0), 1.2, (8.0, 1.0))
    assert np.abs(np.diff(cloud, axis=0)).mean() < 0.5 * np.abs(np.diff(cloud, axis=1)).mean()


def test_light_comes_from_below_and_shadow_lies_under_a_cornice() -> None:
    pieces = [solid(rect(0, 0, 20, 40), LIMESTONE), solid(rect(0, 36, 24, 3), LIMESTONE, 4)]
    relief = build_relief(pieces, SIDE)
    picture = light(relief, np.random.default_rng(0)).mean(axis=2)
    foot, middle, under = (picture[SIDE // 2 + y, 110:146].mean() for y in (105, 0, -85))
    assert foot > 1.15 * middle
    assert under < 1.05 * middle


def test_a_window_glows_whatever_the_light() -> None:
    from splatelier.spaces.elevation_painter.elevation.craft.materials import LAMPLIGHT

    relief = build_relief(
        [solid(rect(0, 0, 10, 10), BRONZE), carve(rect(0, 4, 2, 2), front=-1, material=LAMPLIGHT)], SIDE
    )
    picture = light(relief, np.random.default_rng(0))
    assert picture[SIDE // 2, SIDE // 2].max() > 1.3 * picture[SIDE // 2, 40].max()


def test_developing_keeps_the_edge_clear_of_the_threshold() -> None:
    inside = np.zeros((8, 8), dtype=bool)
    inside[2:7, 1:6] = True
    picture = np.where(inside[..., None], 0.02, 0).astype(np.float32).repeat(3, axis=2)
    values = np.asarray(develop(picture, inside, 4)).max(axis=2)
    assert set(np.unique(values)) == {0, FLOOR}
    assert values[1, 1] == FLOOR
    assert values[0, 3] == 0
