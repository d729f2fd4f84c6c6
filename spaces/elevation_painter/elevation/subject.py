"""How a prompt is matched with what can be drawn."""

from dataclasses import dataclass
from functools import partial

from . import kinds
from .known import KNOWN, Draw
from .prompt.words import LEXICON, clauses, find, normalise


@dataclass(frozen=True)
class Subject:
    """What will be painted: a name that is the same for every prompt that means it, and its drawing."""

    name: str
    draw: Draw


_NAMES = {
    normalise(name): Subject(title, KNOWN[title])
    for title, others in LEXICON["monuments"].items()
    for name in (title, *others)
}


def find_subject(prompt: str) -> Subject:
    """What a prompt means; never fails.

    The first clause that names something decides. In it a known name outranks a kind of building, and of a known name
    and a kind of object the first one counts ("a lamp like the Eiffel Tower" is a lamp). Clauses that name nothing are
    decoration; a prompt of nothing else still gets a building, always the same for the same words.
    """
    parts = clauses(prompt)
    for words in parts:
        place, known = _known(words)
        noun = kinds.noun_of(words)
        if known and not (noun and noun.is_object and noun.place < place):
            return known
        if noun:
            return Subject(words, partial(kinds.draw, noun.kind, words))
    words = " ".join(parts)
    return Subject(words, partial(kinds.draw, kinds.kind_for(words), words))


def _known(words: str) -> tuple[int, Subject | None]:
    """(where, what) of the first known name in a clause; the longest of those that start there."""
    hits = [(place, -len(name), name) for name in _NAMES if (place := find(name, words)) >= 0]
    if not hits:
        return len(words), None
    place, _, name = min(hits)
    return place, _NAMES[name]
