"""What the offline planner understands, sentence by sentence."""

import pytest

from splatelier.agent.offline.reading import read_wishes
from splatelier.agent.offline.wishes import (
    Add,
    Aside,
    Build,
    Details,
    Frame,
    History,
    Move,
    Remove,
    Rename,
    Replace,
    Reply,
    Shown,
    Style,
    Words,
)
from splatelier.tools.gallery.settings import Settings

PARIS = Shown(
    {
        "eiffel-tower": "Eiffel Tower",
        "arc-de-triomphe": "Arc de Triomphe",
        "notre-dame": "Notre-Dame",
        "sacre-coeur": "Sacré-Cœur",
        "louvre-pyramid": "Louvre Pyramid",
        "luxor-obelisk": "Luxor Obelisk",
    }
)


def only(sentence: str, shown: Shown = PARIS) -> object:
    wishes = read_wishes(sentence, shown)
    assert len(wishes) == 1, (sentence, wishes)
    return wishes[0]


def titles(sentence: str) -> list[str]:
    wish = only(sentence)
    assert isinstance(wish, Build | Add), (sentence, wish)
    return [piece.title for piece in wish.pieces]


@pytest.mark.parametrize(
    ("sentence", "first", "count"),
    [
        ("build a 3D Paris gallery", "Eiffel Tower", 6),
        ("Build a Paris gallery with six monuments.", "Eiffel Tower", 6),
        ("please make me a gallery of Paris monuments", "Eiffel Tower", 6),
        ("I'd like you to create a 3d gallery of Egypt with 4 monuments", "Great Pyramid of Giza", 4),
        ("build a Japan gallery with eight pieces", "Himeji Castle", 8),
        ("create a product showroom", "Oak Chair", 6),
        ("make a gallery of three Japanese temples", "Himeji Castle", 3),
    ],
)
def test_a_gallery_named_by_its_theme_is_built_from_what_is_known(sentence: str, first: str, count: int) -> None:
    assert titles(sentence)[0] == first
    assert len(titles(sentence)) == count


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "build a Paris gallery with the Eiffel Tower, Notre-Dame and the Panthéon",
            ["Eiffel Tower", "Notre-Dame", "Panthéon"],
        ),
        ("build a gallery with a lighthouse, a stone bridge and a castle", ["Lighthouse", "Stone bridge", "Castle"]),
        ("make a showroom of a chair, a lamp, and a teapot", ["Chair", "Lamp", "Teapot"]),
        (
            "Build a gallery for friends.\n\nMake exactly these pieces, in this order: Big Ben; Tower Bridge.",
            ["Big Ben", "Tower Bridge"],
        ),
    ],
)
def test_named_pieces_are_taken_as_they_are_named(sentence: str, expected: list[str]) -> None:
    assert titles(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "names", "beyond"),
    [
        (
            "Build a gallery of a red chair, a stone lion, then mesh them, at most 5000 faces, textures kept",
            ["Red chair", "Stone lion"],
            ("Then mesh them", "At most 5000 faces", "Textures kept"),
        ),
        ("build a gallery with a red chair and a lamp, with sound", ["Red chair", "Lamp"], ("With sound",)),
    ],
)
def test_a_clause_is_no_subject_and_what_the_planner_cannot_do_is_kept_to_be_said(
    sentence: str, names: list[str], beyond: tuple[str, ...]
) -> None:
    wish = only(sentence)
    assert isinstance(wish, Build)
    assert [piece.title for piece in wish.pieces] == names
    assert wish.beyond == beyond


def test_asking_for_more_than_is_known_says_how_many_are_missing() -> None:
    wish = only("build a Paris gallery with 20 monuments")
    assert isinstance(wish, Build)
    assert len(wish.pieces) + wish.short_of == 20


@pytest.mark.parametrize(
    ("sentence", "setting", "direction"),
    [
        ("make it zoomed out", "zoom", -1),
        ("zoom out a bit", "zoom", -1),
        ("it is too close", "zoom", -1),
        ("bring them closer", "zoom", 1),
        ("zoom in", "zoom", 1),
        ("the transition lingers too long", "transition_seconds", -1),
        ("make the transitions faster", "transition_seconds", -1),
        ("the transition is too slow", "transition_seconds", -1),
        ("the transition is too fast", "transition_seconds", 1),
        ("slower transitions please", "transition_seconds", 1),
        ("make it slower", "transition_seconds", 1),
        ("faster", "transition_seconds", -1),
        ("spin slower", "auto_rotate", -1),
        ("rotate faster", "auto_rotate", 1),
        ("stop the rotation", "auto_rotate", -1),
    ],
)
def test_a_wish_about_taste_changes_one_setting_the_right_way(sentence: str, setting: str, direction: int) -> None:
    wish = only(sentence)
    assert isinstance(wish, Style)
    assert list(wish.changes) == [setting]
    value = wish.changes[setting]
    assert isinstance(value, float)
    assert (value - getattr(PARIS.settings, setting)) * direction > 0


def test_a_little_moves_less_than_a_lot() -> None:
    little, plain, much = (only(f"zoom out{words}") for words in (" a bit", "", " a lot"))
    assert isinstance(little, Style)
    assert isinstance(plain, Style)
    assert isinstance(much, Style)
    assert little.changes["zoom"] > plain.changes["zoom"] > much.changes["zoom"]  # type: ignore[operator]


def test_colours_are_read_by_name_and_by_number() -> None:
    assert only("make the background navy") == Style({"background": "#000080"})
    assert only("use a dark blue background") == Style({"background": "#00008b"})
    assert only("accent colour #ff8800") == Style({"accent": "#ff8800"})


@pytest.mark.parametrize(
    ("sentence", "wish"),
    [
        ("replace the obelisk with something better for splatting", Replace("luxor-obelisk", None)),
        ("swap the pyramid for another monument", Replace("louvre-pyramid", None)),
        ("remove the arch", None),
        ("remove the Arc de Triomphe", Remove("arc-de-triomphe")),
        ("take out notre dame", Remove("notre-dame")),
        ("rename the obelisk to Cleopatra's Cousin", Rename("luxor-obelisk", "Cleopatra's Cousin")),
        ("move the Louvre first", Move("louvre-pyramid", 1)),
        ("move the eiffel tower to the end", Move("eiffel-tower", 6)),
        ("put the pyramid before Notre-Dame", Move("louvre-pyramid", 3)),
        ("move the obelisk to position 2", Move("luxor-obelisk", 2)),
        ("change the title to 'City of Stone'", Words({"title": "City of Stone"})),
        ("call it Paris by Night", Words({"title": "Paris by Night"})),
        ("set the subtitle to six wonders", Words({"subtitle": "six wonders"})),
        ("what is the weather in Paris?", None),
        ("tell me a joke", None),
        ("", None),
    ],
)
def test_edits_are_read_or_honestly_not_understood(sentence: str, wish: object) -> None:
    assert read_wishes(sentence, PARIS) == ([] if wish is None else [wish])


def test_a_named_replacement_keeps_its_own_name() -> None:
    wish = only("replace the obelisk with the Moulin Rouge")
    assert isinstance(wish, Replace)
    assert wish.piece is not None
    assert wish.piece.title == "Moulin Rouge"
    assert "windmill" in wish.piece.caption


def test_additions_are_read_one_by_one() -> None:
    assert titles("add the Panthéon and a lighthouse to the gallery") == ["Panthéon", "Lighthouse"]


LOOKS = [
    ("gentle transitions", {"easing": "gentle"}),
    ("a shadow under the pieces, more of it", {"contact_shadow": 0.3}),
    ("colder light", {"light": -0.4}),
    ("warmer light please", {"light": 0.4}),
    ("make it brighter", {"exposure": 0.5}),
    ("more contrast", {"contrast": 1.2}),
    ("no words", {"words": "none"}),
    ("bigger names, less text", {"words": "names", "text_scale": 1.25}),
    ("put our brand 'Lumen' at the top", {"brand": "Lumen"}),
    ("put our brand at the top", {"brand": "City of Stone"}),
    ("hide the counter", {"counter": False}),
    ("remove the thumbnails", {"thumbnails": False}),
    ("no about panels", {"about": False}),
    ("hide the credits", {"credits": False}),
    ("let it play by itself", {"tour": True}),
    ("each piece stays longer", {"dwell": 12.0}),
    ("use a classic font", {"fonts": "classic"}),
    ("some fog", {"fog": 0.25}),
    ("no vignette", {"vignette": 0.0}),
    ("a shinier floor", {"reflection": 0.3}),
    ("fade transitions", {"transition": "fade"}),
    ("they arrive with a rise", {"reveal": "rise"}),
    ("captions on the right", {"caption_position": "right"}),
    ("buttons in French", {"language": "fr"}),
    ("a plain backdrop", {"backdrop": "plain"}),
    ("look at all from above", {"elevation": 15.0}),
    ("zoom out", {"zoom": 0.72}),
    ("stop the rotation", {"auto_rotate": 0.0}),
    ("faster transitions", {"transition_seconds": 0.8}),
    ("make the background navy", {"background": "#000080"}),
    ("accent colour #ff8800", {"accent": "#ff8800"}),
]


@pytest.mark.parametrize(("sentence", "changes"), LOOKS)
def test_each_setting_is_reached_in_plain_words(sentence: str, changes: dict[str, object]) -> None:
    shown = Shown(PARIS.titles, PARIS.settings, "City of Stone")
    assert only(sentence, shown) == Style(changes)


def test_the_sentences_above_leave_no_setting_out() -> None:
    assert {name for _, changes in LOOKS for name in changes} == set(Settings.model_fields)


@pytest.mark.parametrize(
    ("sentence", "wish"),
    [
        ("bring just the obelisk closer", Frame("luxor-obelisk", closer=1.25)),
        ("bring just that one closer", Frame("notre-dame", closer=1.25)),
        ("turn it to the side", Frame("notre-dame", turn=90)),
        ("turn the Arc de Triomphe around", Frame("arc-de-triomphe", turn=180)),
        ("show the pyramid from above", Frame("louvre-pyramid", higher=15)),
        ("undo the last two things", History("undo", 2)),
        ("undo that", History("undo", 1)),
        ("do that again", History("redo", 1)),
        (
            "add the prices: Eiffel Tower 1,200 €; obelisk 40 €",
            Details({"eiffel-tower": "1,200 €", "luxor-obelisk": "40 €"}),
        ),
        ("the obelisk costs 40 euros", Details({"luxor-obelisk": "40 euros"})),
        ("put the obelisk's words on the right", Aside("luxor-obelisk", "right")),
        ("captions of the Eiffel Tower below", Aside("eiffel-tower", "below")),
        ("the text of this one on the left please", Aside("notre-dame", "left")),
        ("captions on the right", Style({"caption_position": "right"})),
    ],
)
def test_follow_ups_are_about_the_piece_that_is_meant(sentence: str, wish: object) -> None:
    assert only(sentence, Shown(PARIS.titles, last="notre-dame")) == wish


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("is it zoomed out?", "Zoom is 1.0"),
        ("how many pieces are there", "There are 6 pieces"),
        ("what is the obelisk?", "Luxor Obelisk"),
        ("add the prices", "Tell me"),
        ("turn it to the side", "Which one?"),
    ],
)
def test_what_asks_or_lacks_something_is_answered_and_changes_nothing(sentence: str, words: str) -> None:
    reply = only(sentence)
    assert isinstance(reply, Reply)
    assert words in reply.text


def test_a_polite_order_is_no_question() -> None:
    assert only("can you zoom out?") == Style({"zoom": 0.72})


QUESTIONS = [
    "is it zoomed out?",
    "how many pieces are there",
    "why is the light so cold?",
    "can I see the obelisk from the side?",
    "should we remove the thumbnails",
    "do the transitions fade?",
    "would a white background look better?",
    "what happens if I undo the last two things?",
    "I wonder whether the pieces turn too fast",
    "could you tell me what the obelisk costs?",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_never_an_order(question: str) -> None:
    assert all(isinstance(wish, Reply) for wish in read_wishes(question, PARIS))


def test_a_word_like_the_is_no_name_of_a_piece() -> None:
    shown = Shown({"the-thinker": "The Thinker", "david": "David"})
    assert only("captions on the right", shown) == Style({"caption_position": "right"})
    assert only("remove the thinker", shown) == Remove("the-thinker")
