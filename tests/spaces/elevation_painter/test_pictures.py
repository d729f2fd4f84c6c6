"""What the elevation painter promises: the right subject, whole, centred, on pure black, the same every time."""

from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from splatelier.spaces.elevation_painter.elevation import UnknownSubjectError, find_subject, paint
from splatelier.spaces.elevation_painter.elevation.kinds import BUILDINGS, THINGS
from splatelier.spaces.elevation_painter.elevation.known import EGYPT, JAPAN, KNOWN, PARIS
from splatelier.spaces.elevation_painter.elevation.prompt.style import NUMBERS

pytestmark = pytest.mark.slow

SIZE = 256
CHESS = ("king", "queen", "bishop", "knight", "rook", "pawn")
THRESHOLD = 24
LOPSIDED = {
    "Moulin Rouge",
    "Colosseum",
    "Leaning Tower of Pisa",
    "Statue of Liberty",
    "July Column",
    "Centre Pompidou",
    "Abu Simbel",
    "Lighthouse of Alexandria",
    "Karnak",
}
"""Monuments that are not symmetric: sails, an outstretched arm, a stair, a fallen colossus, pennants in the wind."""


def pixels(prompt: str, seed: int = 0, size: int = SIZE) -> NDArray[np.uint8]:
    """(size, size, 3)."""
    return np.asarray(paint(prompt, seed, size))


def silhouette(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where the subject is, as the next Space in the chain will see it."""
    return picture.max(axis=2) >= THRESHOLD


def agreement(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> float:
    """Intersection over union."""
    return float((a & b).sum() / (a | b).sum())


def at(mask: NDArray[np.bool_], across: float, up: float) -> bool:
    """Whether the subject is at a place of its bounding box: from left to right, up from the ground, 0..1."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    row = round(rows[-1] + (rows[0] - rows[-1]) * up)
    return bool(mask[row, round(columns[0] + (columns[-1] - columns[0]) * across)])


@pytest.fixture(scope="module")
def gallery() -> dict[str, NDArray[np.uint8]]:
    return {name: pixels(name) for name in KNOWN}


def test_it_knows_the_promised_number_of_monuments() -> None:
    assert len(PARIS) >= 12
    assert len(EGYPT) >= 6
    assert len(JAPAN) >= 6


def test_the_same_prompt_and_seed_give_the_same_bytes() -> None:
    files = []
    for _ in range(2):
        file = BytesIO()
        paint("Notre-Dame de Paris", 7, SIZE).save(file, "PNG")
        files.append(file.getvalue())
    assert files[0] == files[1]


@pytest.mark.parametrize("prompt", ["Eiffel Tower", "Himeji Castle", "Great Sphinx", "Louvre Pyramid"])
def test_the_seed_changes_the_picture_but_not_what_it_shows(prompt: str) -> None:
    first, second = pixels(prompt, 1), pixels(prompt, 2)
    assert (first != second).any(axis=2).sum() > 1000
    assert agreement(silhouette(first), silhouette(second)) > 0.97


def test_decoration_after_the_subject_changes_nothing() -> None:
    plain = pixels("Eiffel Tower", 5)
    decorated = pixels("The Eiffel Tower, Paris, front view, isolated on a pure black background, studio lighting", 5)
    assert np.array_equal(plain, decorated)


@pytest.mark.parametrize("name", [*KNOWN, *BUILDINGS, *THINGS])
def test_the_subject_is_whole_and_centred_and_the_background_is_exactly_black(name: str) -> None:
    picture = pixels(name)
    brightest = picture.max(axis=2)
    subject = silhouette(picture)
    assert not ((brightest > 0) & ~subject).any(), "a pixel between black and the threshold"
    rows, columns = np.flatnonzero(subject.any(axis=1)), np.flatnonzero(subject.any(axis=0))
    margin = round(0.05 * SIZE)
    assert min(rows[0], columns[0], SIZE - 1 - rows[-1], SIZE - 1 - columns[-1]) >= margin
    assert max(np.ptp(rows), np.ptp(columns)) > 0.86 * SIZE
    assert abs(rows[0] + rows[-1] - (SIZE - 1)) <= 2
    assert abs(columns[0] + columns[-1] - (SIZE - 1)) <= 2


@pytest.mark.parametrize("name", [name for name in KNOWN if name not in LOPSIDED])
def test_a_symmetric_monument_is_drawn_symmetric(name: str) -> None:
    mask = silhouette(pixels(name))
    assert agreement(mask, mask[:, ::-1]) > 0.97


def test_no_two_monuments_look_alike(gallery: dict[str, NDArray[np.uint8]]) -> None:
    names = list(gallery)
    pictures = np.stack([gallery[name].astype(np.int16) for name in names])
    for index, name in enumerate(names):
        difference = np.abs(pictures - pictures[index]).mean(axis=(1, 2, 3))
        difference[index] = np.inf
        twin = int(difference.argmin())
        assert difference[twin] > 3, f"{name} looks like {names[twin]}"


def test_every_monument_is_bright_and_full_of_detail(gallery: dict[str, NDArray[np.uint8]]) -> None:
    for name, picture in gallery.items():
        lit = picture[silhouette(picture)].astype(float)
        assert 70 < lit.max(axis=1).mean() < 240, name
        assert lit.std() > 25, name


def test_the_eiffel_tower_stands_on_legs_with_night_between_them() -> None:
    tower = silhouette(pixels("Eiffel Tower", size=512))
    assert not at(tower, 0.5, 0.02)
    assert not at(tower, 0.5, 0.10), "under the arch"
    assert at(tower, 0.5, 0.18), "the first platform"
    assert not at(tower, 0.5, 0.27), "between the legs above it"
    assert at(tower, 0.5, 0.36), "the second platform"
    assert at(tower, 0.5, 0.9), "the needle"
    assert not at(tower, 0.1, 0.5), "beside the shaft"
    leg = tower[:, : tower.shape[1] // 2]
    rows = np.flatnonzero(tower.any(axis=1))
    band = leg[round(rows[-1] - 0.12 * np.ptp(rows))]
    assert np.diff(band.astype(int)).clip(0).sum() >= 2, "the leg itself is a lattice"


@pytest.mark.parametrize(
    ("prompt", "across", "up"),
    [
        ("Arc de Triomphe", 0.5, 0.3),
        ("Grande Arche", 0.3, 0.5),
        ("Itsukushima Torii", 0.5, 0.3),
        ("Pont Alexandre III", 0.5, 0.05),
        ("Karnak", 0.5, 0.25),
        ("Fushimi Inari", 0.5, 0.2),
        ("stone bridge", 0.5, 0.1),
        ("oak chair", 0.5, 0.1),
        ("gold ring", 0.5, 0.3),
    ],
)
def test_an_opening_shows_the_night_behind(prompt: str, across: float, up: float) -> None:
    mask = silhouette(pixels(prompt))
    assert not at(mask, across, up)
    assert at(mask, 0.5, 0.97) or at(mask, 0.02, 0.03) or at(mask, 0.06, 0.97), "but the subject is there"


def test_notre_dame_has_two_towers_and_a_spire() -> None:
    mask = silhouette(pixels("Notre-Dame", size=512))
    assert at(mask, 0.2, 0.68)
    assert at(mask, 0.8, 0.68)
    assert at(mask, 0.5, 0.9)
    assert not at(mask, 0.3, 0.8)


def test_the_obelisk_is_a_needle_and_the_louvre_a_triangle() -> None:
    needle = silhouette(pixels("Luxor Obelisk"))
    rows, columns = np.flatnonzero(needle.any(axis=1)), np.flatnonzero(needle.any(axis=0))
    assert np.ptp(rows) > 2.5 * np.ptp(columns)
    pyramid = silhouette(pixels("Louvre Pyramid"))
    widths = pyramid.sum(axis=1)[np.flatnonzero(pyramid.any(axis=1))].astype(float)
    assert np.corrcoef(widths, np.arange(len(widths)))[0, 1] > 0.99


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("desk lamp", "lamp on a desk"),
        ("a lamp in the shape of the Eiffel Tower", "a lamp"),
        ("a clock tower", "a tower with a clock"),
        ("oak chair, product photo, next to a bottle", "an oak chair"),
    ],
)
def test_two_ways_to_ask_for_the_same_thing_give_the_same_shape(one: str, other: str) -> None:
    assert agreement(silhouette(pixels(one)), silhouette(pixels(other))) > 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [("perfume bottle", "wine bottle"), ("desk lamp", "desk"), ("tower", "bridge"), ("sofa", "armchair")],
)
def test_different_things_have_different_shapes(one: str, other: str) -> None:
    assert agreement(silhouette(pixels(one)), silhouette(pixels(other))) < 0.8


def test_an_adjective_colours_the_thing() -> None:
    red, blue = (pixels(f"{colour} sofa") for colour in ("red", "blue"))
    red, blue = red[silhouette(red)].mean(axis=0), blue[silhouette(blue)].mean(axis=0)
    assert red[0] > red[2] + 40
    assert blue[2] > blue[0] + 20


def test_a_clause_of_its_own_says_the_material_and_the_ground_says_nothing_of_it() -> None:
    after, before, plain = (
        pixels(prompt)
        for prompt in (
            "a chess king, ivory, isolated on a pure black background",
            "an ivory chess king",
            "a chess king, isolated on a pure black background",
        )
    )
    colors = [picture[silhouette(picture)].mean(axis=0) for picture in (after, before, plain)]
    assert np.abs(colors[0] - colors[1]).max() < 15
    assert colors[0][2] > 1.8 * colors[2][2]


def test_a_lighthouse_is_banded_in_red_unless_another_look_is_asked_for() -> None:
    def red(prompt: str) -> float:
        picture = pixels(prompt)
        colors = picture[silhouette(picture)].astype(int)
        return float(((colors[:, 0] > 90) & (colors[:, 0] > 2 * colors[:, 2]) & (colors[:, 1] < 70)).mean())

    assert red("a lighthouse") > 0.3
    assert red("a white striped lighthouse") > 0.3
    assert red("a white lighthouse") < 0.5 * red("a lighthouse")
    assert red("a granite lighthouse") < 0.5 * red("a lighthouse")


@pytest.mark.parametrize("size", [33, 65, 250])
def test_any_size_is_given_exactly(size: int) -> None:
    assert pixels("Sacré-Cœur", size=size).shape == (size, size, 3)


@settings(max_examples=40, deadline=None)
@given(prompt=st.text(max_size=200), seed=st.integers())
def test_any_text_and_any_seed_give_a_picture_or_a_refusal(prompt: str, seed: int) -> None:
    try:
        picture = pixels(prompt, seed, 64)
    except UnknownSubjectError:
        with pytest.raises(UnknownSubjectError, match=r"^(I know no |The prompt names nothing)"):
            find_subject(prompt)
    else:
        assert picture.shape == (64, 64, 3)
        assert silhouette(picture).mean() > 0.02


@pytest.mark.parametrize("arms", [1, 2, 3, 4, 5, 7])
def test_a_candle_holder_has_the_arms_that_were_asked_for(arms: int) -> None:
    for prompt in (f"a candelabra with {arms} arms", f"{NUMBERS[arms - 1]}-armed candelabra"):
        mask = silhouette(pixels(prompt, size=512))
        skyline = mask.argmax(axis=0)[mask.any(axis=0)].astype(int)
        drop = np.ptp(np.flatnonzero(mask.any(axis=1))) / 6
        around = [skyline[max(x - 24, 0) : x + 25] for x in range(len(skyline))]
        flames = [x for x, near in enumerate(around) if skyline[x] == near.min() and near.max() - near.min() > drop]
        assert 1 + int((np.diff(flames) > 8).sum()) == arms


@pytest.mark.parametrize("name", ["Golden Gate Bridge", "Brooklyn Bridge", "suspension bridge"])
def test_a_suspension_bridge_hangs_from_a_cable_that_sags_between_two_towers(name: str) -> None:
    mask = silhouette(pixels(name, size=512))
    columns = np.flatnonzero(mask.any(axis=0))
    top = mask[:, columns].argmax(axis=0).astype(float)
    middle = top[len(top) * 45 // 100 : len(top) * 55 // 100].mean()
    left, right = (int(half.argmin()) for half in (top[: len(top) // 2], top[len(top) // 2 :]))
    assert middle - top.min() > 0.4 * (np.flatnonzero(mask.any(axis=1))[-1] - top.min())
    for tower, side in ((left, slice(left, len(top) // 2)), (len(top) // 2 + right, None)):
        assert 0.15 < tower / len(top) < 0.85
        if side:
            assert (np.diff(top[side][30:]) >= -2).all(), "the cable only falls from the tower to the middle"
    row = mask[round(top.min() + 0.5 * (middle - top.min()))]
    assert np.diff(row.astype(int)).clip(0).sum() >= 4, "night between the hangers"


def test_the_chess_pieces_differ_and_a_king_bears_a_cross() -> None:
    pieces = {name: silhouette(pixels(f"chess {name}", size=512)) for name in CHESS}
    for one, other in combinations(CHESS, 2):
        assert agreement(pieces[one], pieces[other]) < 0.95, (one, other)
    king = pieces["king"]
    rows = np.flatnonzero(king.any(axis=1))
    widths = king.sum(axis=1)[rows[0] : rows[0] + round(0.16 * len(rows))]
    assert widths[2] < 0.5 * widths.max()
    assert widths[-1] > widths[2]
    assert at(pieces["rook"], 0.5, 0.97) != at(pieces["rook"], 0.38, 0.97), "battlements"


def test_a_mask_has_open_eyes_and_a_sphinx_lies_longer_than_high() -> None:
    mask = silhouette(pixels("venetian mask", size=512))
    eyes = [x for x in np.linspace(0.2, 0.8, 60) if not at(mask, float(x), 0.42)]
    assert any(x < 0.45 for x in eyes)
    assert any(x > 0.55 for x in eyes)
    sphinx = silhouette(pixels("sphinx lying down", size=512))
    assert np.ptp(np.flatnonzero(sphinx.any(axis=0))) > 1.5 * np.ptp(np.flatnonzero(sphinx.any(axis=1)))
    assert at(sphinx, 0.3, 0.95), "the head is over the paws"
    assert not at(sphinx, 0.7, 0.8)
