"""What the elevation painter promises: the right subject, whole, centred, on pure black, the same every time."""

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from splatelier.spaces.elevation_painter.elevation import paint
from splatelier.spaces.elevation_painter.elevation.kinds import BUILDINGS, OBJECTS
from splatelier.spaces.elevation_painter.elevation.known import EGYPT, JAPAN, KNOWN, PARIS
from splatelier.spaces.elevation_painter.elevation.prompt.words import LEXICON, normalise
from splatelier.spaces.elevation_painter.elevation.subject import find_subject

SIZE = 256
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


@pytest.mark.parametrize("name", [*KNOWN, *BUILDINGS, *OBJECTS])
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


def test_lexicon_and_drawings_cover_each_other() -> None:
    assert set(LEXICON["monuments"]) == set(KNOWN)
    assert set(LEXICON["buildings"]) == set(BUILDINGS)
    assert set(LEXICON["objects"]) == set(OBJECTS)


def test_no_name_means_two_monuments() -> None:
    owners: dict[str, set[str]] = {}
    for title, others in LEXICON["monuments"].items():
        for name in (title, *others):
            owners.setdefault(normalise(name), set()).add(title)
    assert {name: titles for name, titles in owners.items() if len(titles) > 1} == {}


@pytest.mark.parametrize("title", KNOWN)
def test_every_name_of_a_monument_finds_it(title: str) -> None:
    for name in (title, *LEXICON["monuments"][title]):
        assert find_subject(name).name == title
        assert find_subject(f"a photo of {name.upper()}, in Paris, seen from a tower").name == title


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("notre dame", "Notre-Dame"),
        ("NOTRE–DAME DE PARIS", "Notre-Dame"),
        ("Sacre Coeur, Montmartre", "Sacré-Cœur"),
        ("la Basilique du Sacré-Cœur de Montmartre", "Sacré-Cœur"),
        ("tour st. jacques", "Tour Saint-Jacques"),
        ("Pyramid of the Louvre, glass and steel", "Louvre Pyramid"),
        ("the Luxor Obelisk on the Place de la Concorde", "Luxor Obelisk"),
        ("Isolated on black, front elevation: the Great Pyramid of Giza", "Great Pyramid"),
        ("Tokyo Tower, not the Eiffel Tower", "Tokyo Tower"),
        ("the Great Buddha Hall of Todai-ji", "Todai-ji"),
        ("東京タワー、正面、黒い背景", "Tokyo Tower"),
        ("エッフェル塔の写真", "Eiffel Tower"),
        ("front view of Arc de Triomphe by night, a bridge and a castle behind it", "Arc de Triomphe"),
        ("a gothic cathedral like Notre-Dame", "Notre-Dame"),
    ],
)
def test_a_decorated_prompt_finds_its_subject(prompt: str, title: str) -> None:
    assert find_subject(prompt).name == title


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


@pytest.mark.parametrize(
    "prompt", ["", "   ", "😀🗼🎨", "a" * 10_000, "," * 5_000, "‮\x00\ud800", "كرسي", "ก็ไม่รู้", "1234567890"]
)
def test_a_prompt_that_means_nothing_still_gives_a_picture(prompt: str) -> None:
    assert silhouette(pixels(prompt, size=64)).mean() > 0.02


@pytest.mark.parametrize("size", [33, 65, 250])
def test_any_size_is_given_exactly(size: int) -> None:
    assert pixels("Sacré-Cœur", size=size).shape == (size, size, 3)


@settings(max_examples=40, deadline=None)
@given(prompt=st.text(max_size=200), seed=st.integers())
def test_any_text_and_any_seed_give_a_picture(prompt: str, seed: int) -> None:
    picture = pixels(prompt, seed, 64)
    assert picture.shape == (64, 64, 3)
    assert silhouette(picture).mean() > 0.02
