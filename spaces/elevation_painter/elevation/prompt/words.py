"""Prompts as words: one spelling for every accent, case and script, and the clauses they come in."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

LONGEST = 2000
"""Characters of a prompt that are read; a subject named later than that is not the subject."""

LEXICON: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8")
)
"""Table ("monuments", "buildings", "things", and the words about them) -> what is drawn -> what it is called."""

_BREAK = re.compile(r"[,;:.!?|()\[\]{}\n\r\t\"“”«»、。，；：！？—]+|\s[-–]\s")
_SAINT = re.compile(r"\b(st|ste|sainte)\b\.?", re.IGNORECASE)


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Lower-case words without accents or punctuation, one space apart; letters of every script are kept."""
    folded = unicodedata.normalize("NFKD", _SAINT.sub("saint", text).casefold())
    kept = (c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return " ".join("".join(kept).replace("œ", "oe").replace("æ", "ae").split())


def clauses(prompt: str) -> list[str]:
    """The normalised clauses of a prompt in their order, without empty ones."""
    plain = _SAINT.sub("saint", prompt[:LONGEST])
    return [words for part in _BREAK.split(plain) if (words := normalise(part))]


def capitals(prompt: str) -> frozenset[str]:
    """The normalised words that a prompt writes with a capital, as names are.

    The first of a clause counts where another follows it; where all is in capitals, none counts.
    """
    found: set[str] = set()
    if prompt[:LONGEST].isupper():
        return frozenset()
    for part in _BREAK.split(_SAINT.sub("Saint", prompt[:LONGEST])):
        written = [word for word in part.split() if word[0].isupper()]
        if written and (len(written) > 1 or not part.strip().startswith(written[0])):
            found.update(word for name in written for word in normalise(name).split())
    return frozenset(found)


def runs_together(text: str) -> bool:
    """Whether a text is in a script that puts no spaces between words: Chinese, Japanese, Korean, Thai."""
    return any("\u0e00" <= c <= "\u0e7f" or "\u1100" <= c <= "\u11ff" or "\u2e80" <= c <= "\ud7ff" for c in text)


def find(phrase: str, text: str) -> int:
    """Where a normalised phrase stands in a normalised text, -1 where it does not.

    Whole words only, except in scripts that write words together: there spaces do not count.
    """
    if runs_together(phrase):
        return text.replace(" ", "").find(phrase.replace(" ", ""))
    return f" {text} ".find(f" {phrase} ")
