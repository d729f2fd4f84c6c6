"""How a prompt is matched with what can be drawn, and what is said where nothing can."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from inspect import getdoc

from .craft.relief import Pieces
from .kinds import BUILDINGS, THINGS, draw
from .known import KNOWN, Draw
from .prompt.phrase import Name, Unknown, head, only_adjectives
from .prompt.words import LEXICON, capitals, clauses, normalise

_KINDS = BUILDINGS | THINGS
_NEAR = 3


class UnknownSubjectError(ValueError):
    """The prompt names what cannot be drawn, or nothing; one sentence that says what can."""


@dataclass(frozen=True)
class Subject:
    """What will be painted.

    Attributes:
        name: the same for every prompt that means it.
        draw: its drawing.
        told: what the drawing shows, in a few words.
    """

    name: str
    draw: Draw
    told: str


def find_subject(prompt: str) -> Subject:
    """What a prompt means: the first clause that names anything decides, with what others say of material and colour.

    Raises:
        UnknownSubjectError: it names what is not known by name or by kind, or nothing at all.
    """
    said, names = clauses(prompt), capitals(prompt)
    for at, words in enumerate(said):
        found = head(words, names)
        if isinstance(found, Unknown) and any("chess" in clause.split() for clause in said):
            found = _chess(found) or found
        if isinstance(found, Unknown):
            raise UnknownSubjectError(f"I know no {_short(found.words)}{_near(found)}")
        if found is not None:
            looks = [clause for clause in said[at + 1 :] if only_adjectives(clause)]  # "a chess king, ivory"
            return _subject(found, " ".join([words, *looks]))
    raise UnknownSubjectError(f"The prompt names nothing that can be painted; {everything()}")


def _subject(name: Name, words: str) -> Subject:
    if name.table == "monuments":
        return Subject(name.title, KNOWN[name.title], _told(name.title, KNOWN[name.title]))
    return Subject(words, partial(draw, name.title, words), _told(name.words, _KINDS[name.title]))


def _told(name: str, drawing: Callable[..., Pieces]) -> str:
    """The name, and the first line of the drawing's docstring: so what it shows stands in one place, beside it."""
    line = (getdoc(drawing) or "").partition("\n")[0].rstrip(".")
    if line.startswith(("A ", "An ", "The ")):
        line = line[:1].lower() + line[1:]
    return line if line.lower().startswith((name.lower(), f"a {name.lower()}")) else f"{name}: {line}"


def _chess(found: Unknown) -> Name | None:
    """A king among the words of chess is a piece."""
    piece = head(f"chess {found.words.split()[-1]}")
    return piece if isinstance(piece, Name) else None


def _near(unknown: Unknown) -> str:
    """What comes close: its kind, by meaning, from the lexicon's list, or else by spelling."""
    words = unknown.words
    wanted = set(words.split()) | {words}
    near = [unknown.kind] if unknown.kind else []
    near += [kind for kind, others in LEXICON["near"].items() if not wanted.isdisjoint(map(normalise, others))]
    for word in () if near else (words, *reversed(words.split())):
        near += get_close_matches(word, [*_KINDS, *KNOWN], _NEAR, 0.75)
    unique = list(dict.fromkeys(near))[:_NEAR]
    return f"; near: {', '.join(unique)}." if unique else ", and nothing near it; what I know stands in my description."


def everything() -> str:
    """A sentence that names the kinds, and what is known beside them."""
    return f"I know monuments by name (Eiffel Tower, Tower Bridge, Himeji Castle) and: {', '.join(_KINDS)}."


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "..."
