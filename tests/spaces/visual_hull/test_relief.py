"""Bridges and profiles: each part is as deep as it is thick, and everything else is carved as before."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from splatelier.spaces.elevation_painter.elevation import paint
from splatelier.spaces.visual_hull.hull import Gaussians, reconstruct

STONE = (206, 190, 160)


@pytest.fixture(scope="module")
def bridge(tmp_path_factory: pytest.TempPathFactory) -> Gaussians:
    """Two towers of 40 by 160 pixels on a deck of 400 by 16, and a rope of 8 between their heads."""
    picture = Image.new("RGB", (512, 512))
    draw = ImageDraw.Draw(picture)
    for left in (156, 316):
        draw.rectangle((left, 180, left + 39, 339), fill=STONE)
    draw.rectangle((56, 280, 455, 295), fill=STONE)
    draw.rectangle((156, 190, 355, 197), fill=STONE)
    path = tmp_path_factory.mktemp("pictures") / "bridge.png"
    picture.save(path)
    return reconstruct(path, resolution=200)


def deep(gaussians: Gaussians, x: tuple[float, float], y: tuple[float, float]) -> float:
    """How deep the part within a window is, in pixels of the 400 that the subject is long."""
    position = gaussians.position
    here = (position[:, 0] > x[0]) & (position[:, 0] < x[1]) & (position[:, 1] > y[0]) & (position[:, 1] < y[1])
    return float(np.ptp(position[here, 2]) * 400)


def test_each_part_of_a_bridge_is_as_deep_as_it_is_thick_and_the_deck_as_the_towers(bridge: Gaussians) -> None:
    assert deep(bridge, (-0.23, -0.17), (0.05, 0.12)) == pytest.approx(40, abs=7)
    assert deep(bridge, (-0.1, 0.1), (0.1, 0.2)) == pytest.approx(8, abs=4)
    assert deep(bridge, (-0.1, 0.1), (-0.12, -0.04)) == pytest.approx(40, abs=7)


def test_a_bridge_keeps_the_outline_of_its_picture(bridge: Gaussians) -> None:
    below = (np.abs(bridge.position[:, 0]) < 0.15) & (np.abs(bridge.position[:, 1]) < 0.08)
    assert not (below & (bridge.position[:, 1] > -0.03)).any(), "night between deck and rope"
    assert np.ptp(bridge.position[:, 0]) == pytest.approx(1, abs=0.02)
    assert np.ptp(bridge.position[:, 1]) == pytest.approx(0.4, abs=0.02)


def ratio(prompt: str, folder: Path) -> tuple[float, NDArray[np.float32]]:
    """Depth over width of what the painter makes of a prompt, and the positions."""
    paint(prompt, 0, 384).save(folder / "picture.png")
    position = reconstruct(folder / "picture.png", resolution=96).position
    width, _, depth = np.ptp(position, axis=0)
    return float(depth / width), position


@pytest.mark.parametrize("prompt", ["Golden Gate Bridge", "Sydney Harbour Bridge", "Rialto Bridge", "Ponte Vecchio"])
def test_a_painted_bridge_is_much_shallower_than_wide(prompt: str, tmp_path: Path) -> None:
    assert ratio(prompt, tmp_path)[0] < 0.3


@pytest.mark.parametrize("prompt", ["sphinx lying down", "a shoe"])
def test_a_beast_or_a_thing_in_profile_is_narrower_than_long(prompt: str, tmp_path: Path) -> None:
    assert 0.1 < ratio(prompt, tmp_path)[0] < 0.5


@pytest.mark.parametrize(
    ("prompt", "most"),
    [
        ("menorah", 0.75),
        ("a candelabra with five arms", 0.75),
        ("mask", 0.35),
        ("headphones", 0.5),
        ("camera", 0.6),
        ("loudspeaker", 0.6),
    ],
)
def test_arms_boxes_and_masks_are_flatter_than_wide(prompt: str, most: float, tmp_path: Path) -> None:
    assert 0.1 < ratio(prompt, tmp_path)[0] < most


def test_the_arms_of_a_menorah_are_thin_above_a_round_foot(tmp_path: Path) -> None:
    _, position = ratio("menorah", tmp_path)
    height = np.ptp(position[:, 1])
    arms = position[position[:, 1] > position[:, 1].max() - 0.5 * height]
    assert np.ptp(arms[:, 2]) < 0.25 * np.ptp(arms[:, 0])
    foot = position[position[:, 1] < position[:, 1].min() + 0.03 * height]
    assert np.ptp(foot[:, 2]) / np.ptp(foot[:, 0]) == pytest.approx(1, abs=0.12)


@pytest.mark.parametrize(
    "prompt",
    [
        "teapot",
        "crown",
        "goblet",
        "Sacré-Cœur",
        "Luxor Obelisk",
        "Eiffel Tower",
        "Great Pyramid",
        "Notre-Dame",
        "bowl",
        "chess king",
        "Taj Mahal",
    ],
)
def test_what_is_alike_from_all_sides_stays_as_deep_as_wide(prompt: str, tmp_path: Path) -> None:
    assert ratio(prompt, tmp_path)[0] > 0.9


def test_a_profile_on_a_turned_foot_keeps_the_foot_round(tmp_path: Path) -> None:
    _, position = ratio("chess knight", tmp_path)
    foot = position[position[:, 1] < position[:, 1].min() + 0.06]
    width, _, depth = np.ptp(foot, axis=0)
    assert depth / width == pytest.approx(1, abs=0.08)
    corner = np.hypot(foot[:, 0] - np.mean(foot[:, 0]), foot[:, 2]).max() / (width / 2)
    assert corner < 1.15, "a square foot would reach 1.4"
