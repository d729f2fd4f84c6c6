"""What a prompt means to the painter: what is asked for and nothing else, or a refusal."""

import pytest

from splatelier.agent.offline.subjects import every, themes
from splatelier.agent.prompts import prompt as words_of
from splatelier.spaces.elevation_painter.elevation import UnknownSubjectError, find_subject
from splatelier.spaces.elevation_painter.elevation.kinds import BUILDINGS, THINGS
from splatelier.spaces.elevation_painter.elevation.known import KNOWN
from splatelier.spaces.elevation_painter.elevation.prompt.words import LEXICON, normalise


def test_lexicon_and_drawings_cover_each_other() -> None:
    assert set(LEXICON["monuments"]) == set(KNOWN)
    assert set(LEXICON["buildings"]) == set(BUILDINGS)
    assert set(LEXICON["things"]) == set(THINGS)


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


def kind_of(prompt: str) -> str:
    """Which kind a prompt means, told by the drawing it gets."""
    drawing = find_subject(prompt).draw
    return str(getattr(drawing, "args", ["a monument"])[0])


@pytest.mark.parametrize("kind", [*BUILDINGS, *THINGS])
def test_every_noun_of_a_kind_finds_it_whole_in_any_dress(kind: str) -> None:
    for noun in LEXICON["buildings" if kind in BUILDINGS else "things"][kind]:
        assert kind_of(noun) == kind
        if noun.isascii():
            assert kind_of(f"Studio photo of a big old red oak {noun}, isolated on black") == kind
            assert kind_of(f"two {noun}s on a table") == kind


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("desk lamp", "lamp"),
        ("a lamp on a desk", "lamp"),
        ("a chess king", "chess king"),
        ("an ebony knight, chess piece", "chess knight"),
        ("the black rook of a chess set", "chess rook"),
        ("the queen, chess piece", "chess queen"),
        ("a seven-armed candelabra", "candle holder"),
        ("bouteille rouge", "bottle"),
        ("a lamp in the shape of the Eiffel Tower", "lamp"),
        ("Eiffel Tower lamp", "lamp"),
        ("stone arch bridge", "bridge"),
        ("a steel arch bridge", "arch bridge"),
        ("a sphinx lying down", "lying sphinx"),
        ("floorstanding speaker, walnut", "loudspeaker"),
    ],
)
def test_the_head_of_the_phrase_is_what_is_meant(prompt: str, kind: str) -> None:
    assert kind_of(prompt) == kind


@pytest.mark.parametrize(
    ("prompt", "noun", "near"),
    [
        ("a radio, studio photo", "radio", "loudspeaker"),
        ("a red double decker bus", "double decker bus", "car"),
        ("grand piano", "piano", "guitar"),
        ("a king", "king", "chess king"),
        ("a wooden stool by a table", "stool", "chair"),
        ("lighthouze", "lighthouze", "lighthouse"),
        ("a bust of a man", "bust", "statue"),
        ("a lampshade factory", "factory", "tower"),
        ("a bicycle in a lamp shop", "bicycle", "car"),
    ],
)
def test_what_is_not_known_is_refused_by_name_with_what_comes_near(prompt: str, noun: str, near: str) -> None:
    with pytest.raises(UnknownSubjectError) as refusal:
        find_subject(prompt)
    said, _, offered = str(refusal.value).partition("; ")
    assert said == f"I know no {normalise(noun)}"
    assert near in offered
    assert str(refusal.value).count("\n") == 0


@pytest.mark.parametrize(
    ("prompt", "name", "near"),
    [
        ("Sydney Opera House", "sydney opera house", "temple"),
        ("a photo of the sydney opera house, isolated on black", "sydney opera house", "temple"),
        ("The Parthenon", "parthenon", "temple"),
        ("a floodlit parthenon", "parthenon", "temple"),
        ("the palace of versailles", "versailles palace", "palace"),
        ("Neuschwanstein Castle, front view", "neuschwanstein castle", "castle"),
        ("the White House", "white house", "palace"),
        ("Front view of Ely Cathedral", "ely cathedral", "church"),
        ("the Zhivopisny bridge", "zhivopisny bridge", "bridge"),
        ("Temple of Artemis", "artemis temple", "temple"),
    ],
)
def test_a_building_with_a_name_that_nobody_drew_is_refused_with_its_kind(prompt: str, name: str, near: str) -> None:
    with pytest.raises(UnknownSubjectError, match=f"^I know no {name}; near: {near}[,.]"):
        find_subject(prompt)


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        ("a temple", "temple"),
        ("an opera house", "temple"),
        ("An Opera House", "temple"),
        ("A Hilltop Castle, Floodlit", "castle"),
        ("Hilltop castle", "castle"),
        ("Greek Temple", "temple"),
        ("THE HILLTOP CASTLE", "castle"),
        ("a bridge in Prague", "bridge"),
        ("a tower and the Sydney Opera House", "tower"),
        ("a white house", "house"),
    ],
)
def test_a_building_of_a_kind_is_painted_however_it_is_dressed(prompt: str, kind: str) -> None:
    assert kind_of(prompt) == kind


@pytest.mark.parametrize("prompt", ["a catfish", "домино", "ラーメン", "Eiffel Tower croissant", "a seashell"])
def test_what_nothing_comes_near_is_refused_shortly(prompt: str) -> None:
    with pytest.raises(UnknownSubjectError, match=r"^I know no [^;]+, and nothing near it; what I know stands"):
        find_subject(prompt)


@pytest.mark.parametrize("prompt", ["", "   ", "😀🗼🎨", "," * 5_000, "‮\x00\ud800", "1234567890", "a photo", "big red"])
def test_a_prompt_that_names_nothing_is_refused_with_what_there_is(prompt: str) -> None:
    with pytest.raises(UnknownSubjectError, match=r"^The prompt names nothing .* lighthouse, .* loudspeaker, "):
        find_subject(prompt)


def test_a_long_unknown_word_does_not_make_a_long_sentence() -> None:
    with pytest.raises(UnknownSubjectError) as refusal:
        find_subject("x" * 10_000)
    assert len(str(refusal.value)) < 150


def test_what_is_offered_as_near_is_known() -> None:
    assert set(LEXICON["near"]) <= {*BUILDINGS, *THINGS, *KNOWN}
    for kind in LEXICON["near"]:
        assert find_subject(kind)


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("Tower Bridge, London", "Tower Bridge, London: two Gothic towers, the high walks, the bascules, blue chains"),
        ("golden gate", "Golden Gate Bridge: a suspension bridge in international orange: two stepped towers"),
        ("a white chess king", "a chess king: a cross on a domed crown"),
        ("bouteille de vin", "bouteille: a bottle"),
    ],
)
def test_a_subject_tells_what_will_be_drawn(prompt: str, told: str) -> None:
    assert find_subject(prompt).told.startswith(told)


def test_everything_the_offline_planner_offers_is_known() -> None:
    for theme in themes().values():
        for piece in every(theme):
            assert find_subject(words_of("picture.txt.j2", title=piece.title, place=theme.place)).told


def test_every_drawing_has_words_for_what_it_shows() -> None:
    for name in (*KNOWN, *BUILDINGS, *THINGS):
        assert len(find_subject(name).told) > len(name) + 5
