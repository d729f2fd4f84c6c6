"""Which piece, and how many, some words mean."""

import re

from splatelier.agent.offline.wishes import Shown
from splatelier.tools.gallery.manifest import slugify

_NUMBERS = {
    word: value
    for value, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
NUMBER = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
_SMALL = {"a", "an", "and", "at", "by", "for", "in", "it", "of", "on", "one", "that", "the", "this", "to", "with"}
QUOTES = "\"'“”‘’«» "


def find_item(words: str, shown: Shown) -> str | None:
    """The slug of the piece that some words mean, or None: most words in common with its title or slug wins."""
    said = set(slugify(bare(words)).split("-"))
    wanted = said - _SMALL or said
    scores = {
        slug: len(wanted & ({*slugify(title).split("-")} | {*slug.split("-")})) / max(len(slug.split("-")), 1)
        for slug, title in shown.titles.items()
    }
    best = max(scores, key=lambda slug: scores[slug], default=None)
    return best if best is not None and scores[best] > 0 else None


def bare(words: str) -> str:
    """A name without its article and quotes."""
    return re.sub(r"^(?:the|a|an|some|another|our|my)\s+", "", words.strip(QUOTES + "."), flags=re.IGNORECASE).strip(
        QUOTES
    )


def number(word: str) -> int:
    """A number in digits or, up to twelve, in words."""
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]
