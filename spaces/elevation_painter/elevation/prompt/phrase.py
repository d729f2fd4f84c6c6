"""What a clause names: the head of its first noun phrase, in whole words, and never more than the words say."""

from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal

from .style import COLOURS, STUFF
from .words import LEXICON, normalise, runs_together

Table = Literal["monuments", "buildings", "things", "undrawn"]


@dataclass(frozen=True)
class Name:
    """A name that is known: the words of the prompt, and whose it is in which table of the lexicon."""

    words: str
    table: Table
    title: str


@dataclass(frozen=True)
class Unknown:
    """A noun that nobody knows, with the unknown words before it; of a building its kind, which is known."""

    words: str
    kind: str = ""


_NAMES: dict[str, Name] = {
    normalise(name): Name(normalise(name), table, title)
    for table in ("things", "buildings", "undrawn", "monuments")
    for title, others in LEXICON[table].items()
    for name in (*((title,) if table == "monuments" else ()), *others)
}
_LONGEST = max(len(name.split()) for name in _NAMES)
_LINKS, _BELONGING, _ASIDE, _INDEFINITE = (
    frozenset(normalise(word) for line in LEXICON["grammar"][name] for word in line.split())
    for name in ("links", "belonging", "aside", "indefinite")
)
_ADJECTIVES = frozenset(map(normalise, (*STUFF, *COLOURS)))


@dataclass
class _Phrase:
    """A noun phrase without articles and adjectives, and the word that ends it."""

    parts: list[Name | str] = field(default_factory=list)
    link: str = ""
    indefinite: bool = False


def head(clause: str, capitals: frozenset[str] = frozenset()) -> Name | Unknown | None:
    """The head of a normalised clause: of "desk lamp" and of "lamp on a desk" the lamp; None where it names nothing.

    A monument says more than its kind: of "Philae temple" and "a cathedral like Notre-Dame" it is the monument. A name
    that is not known makes the building unknown: "Ely Cathedral" is no cathedral of any kind, "a cathedral" is.

    Args:
        capitals: the words that the prompt writes as names.
    """
    if runs_together(clause):
        return _within(clause)
    phrases = _phrases(clause)
    named = [phrase for phrase in phrases if phrase.parts]
    if not named:
        return None
    last = named[0].parts[-1]
    if isinstance(last, str):
        unknown = takewhile(lambda part: isinstance(part, str), reversed(named[0].parts))
        return Unknown(" ".join(reversed([str(word) for word in unknown])))
    if last.table == "undrawn":
        return Unknown(last.words, last.title)
    if last.table == "buildings":
        of = named[1].parts if named[0].link in _BELONGING and len(named) > 1 else []
        about = [*named[0].parts[:-1], *of]
        monuments = [part for part in about if isinstance(part, Name) and part.table == "monuments"]
        return next(iter(monuments), _stranger(about, last, capitals, named[0].indefinite) or last)
    return last


def only_adjectives(clause: str) -> bool:
    """Whether a clause only says what the thing is made of or which colour it has: "ivory", "in red marble"."""
    words = set(clause.split()) - {"made", "of", "in", "all"}
    return bool(words) and words <= _ADJECTIVES


def _stranger(about: list[Name | str], kind: Name, capitals: frozenset[str], indefinite: bool) -> Unknown | None:
    """A building of a known kind under a name that is not known."""
    undrawn = [part.words for part in about if isinstance(part, Name) and part.table == "undrawn"]
    unknown = [part for part in about if isinstance(part, str) and part in capitals and not indefinite]
    names = undrawn or unknown
    return Unknown(" ".join([*names, kind.words]), kind.title) if names else None


def _phrases(clause: str) -> list[_Phrase]:
    words = clause.split()
    phrases = [_Phrase()]
    at = 0
    while at < len(words):
        name, length = _longest(words[at : at + _LONGEST])
        if name and phrases[-1].indefinite and _also_means_a_kind(name):
            name, length = None, 1
        if name:
            phrases[-1].parts.append(name)
        elif words[at] in _INDEFINITE:
            phrases[-1].indefinite = True
        elif words[at] in _LINKS:
            phrases[-1].link = words[at]
            phrases.append(_Phrase())
        elif words[at] not in _ASIDE | _ADJECTIVES and not words[at].isdecimal():
            phrases[-1].parts.append(words[at])
        at += length
    return phrases


def _also_means_a_kind(name: Name) -> bool:
    """Whether an undrawn building is called by everyday words: the White House, but a white house."""
    return name.table == "undrawn" and all(
        word in _ASIDE | _ADJECTIVES or word in _NAMES for word in name.words.split()
    )


def _longest(words: list[str]) -> tuple[Name | None, int]:
    """The longest name that the words begin with, in the singular or the plural, and how many words it takes."""
    for length in range(len(words), 0, -1):
        said = " ".join(words[:length])
        for form in (said, said.removesuffix("s"), said.removesuffix("es")):
            if name := _NAMES.get(form):
                return name, length
    return None, 1


def _within(clause: str) -> Name | Unknown:
    """The longest name in a clause of a script that writes words together."""
    joined = clause.replace(" ", "")
    found = [name for words, name in _NAMES.items() if runs_together(words) and words.replace(" ", "") in joined]
    return max(found, key=lambda name: len(name.words), default=Unknown(clause))
