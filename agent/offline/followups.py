"""Sentences about one piece's view, about what was done before, about details, and questions, read by rules."""

import re
from typing import Literal

from splatelier.agent.offline.pieces import NUMBER, find_item, number
from splatelier.agent.offline.wishes import Aside, Details, Frame, History, Reply, Shown, Wish
from splatelier.tools.gallery.settings import Side

_POLITE = r"(?:please |can you |could you |would you |will you |now |and )*"


def read_followup(text: str, shown: Shown) -> Wish | None:
    """The wish in a sentence on one line, or None."""
    for read in (_history, _details, _aside, _frame):
        wish = read(text, shown)
        if wish is not None:
            return wish
    return None


_UNDO = re.compile(rf"{_POLITE}(?:undo|take back|revert)\b(.*)", re.IGNORECASE)
_REDO = re.compile(rf"{_POLITE}(?:redo\b|do (?:it|that) again)(.*)", re.IGNORECASE)


def _history(text: str, _: Shown) -> History | None:
    ways: dict[Literal["undo", "redo"], re.Pattern[str]] = {"undo": _UNDO, "redo": _REDO}
    for how, pattern in ways.items():
        if match := pattern.match(text):
            if re.search(r"\b(?:everything|all)\b", match[1], re.IGNORECASE):
                return History(how, 99)
            count = re.search(rf"\b{NUMBER}\b", match[1], re.IGNORECASE)
            return History(how, number(count[1]) if count else 1)
    return None


_ADD_DETAILS = re.compile(
    rf"{_POLITE}(?:add|set|put in|show|write)\b (?:the |our |their )?(?:prices?|years?|places?|details?)\b[ :,]*(.*)",
    re.IGNORECASE,
)
_COSTS = re.compile(r"(?!how )(.+?) (?:costs|is priced at) (.+)", re.IGNORECASE)
_VALUE = re.compile(r"(.+?)\s*[:=]?\s+((?:[^\w\s]\s?)?\d.*)")


def _details(text: str, shown: Shown) -> Details | Reply | None:
    costs, asked = _COSTS.match(text), _ADD_DETAILS.match(text)
    if costs and (slug := find_item(costs[1], shown)):
        return Details({slug: costs[2]})
    if not asked:
        return None
    parts = re.split(r"\s*;\s*|,\s+(?=\D)|\s+and\s+", asked[1])
    pairs = [match for part in parts if (match := _VALUE.match(part))]
    details = {slug: pair[2] for pair in pairs if (slug := find_item(pair[1], shown))}
    example = next(iter(shown.titles.values()), "Oak Chair")
    return Details(details) if details else Reply(f"Tell me them: “add the prices: {example} 120 €; ...”.")


_SIDE_OF: dict[str, Side] = {
    r"\bleft\b": "left",
    r"\bright\b": "right",
    r"\b(?:below|under|underneath|beneath)\b": "below",
}
_ABOUT_WORDS = r"\b(?:words?|text|captions?|writing)\b"


def _aside(text: str, shown: Shown) -> Aside | None:
    lower = text.lower()
    side = next((side for pattern, side in _SIDE_OF.items() if re.search(pattern, lower)), None)
    if side is None or not re.search(_ABOUT_WORDS, lower):
        return None
    one = find_item(text, shown) or (shown.last if re.search(r"\b(?:that|this) (?:one|piece)\b", lower) else None)
    return Aside(one, side) if one else None


_THAT = r"\b(?:that|this)(?: (?:one|piece|thing))?\b|\bit\b"
_ALL = r"\b(?:all|them|everything|everybody|each|they)\b"
_CLOSER, _FURTHER = r"\b(?:closer|nearer|bigger|larger)\b", r"\b(?:further|farther|smaller)\b"
_SIDES = {
    r"\b(?:to|from) the side\b|\bsideways\b": 90.0,
    r"\baround\b|\b(?:from|to) (?:the )?(?:back|behind)\b": 180.0,
    r"\b(?:to the )?left\b": 45.0,
    r"\b(?:to the )?right\b": -45.0,
}


def _frame(text: str, shown: Shown) -> Frame | Reply | None:
    lower = text.lower()
    view = Frame("", _closer(lower), _turn(lower), _higher(lower))
    if view == Frame("") or re.search(_ALL, lower):
        return None
    named = find_item(text, shown)
    that = re.search(rf"\b(?:just|only)\b.*(?:{_THAT})|\b(?:that|this) (?:one|piece)\b", lower)
    if named is None and not that and not (view.turn and re.search(_THAT, lower)):
        return None
    slug = named or shown.last or (next(iter(shown.titles)) if len(shown.titles) == 1 else None)
    if slug is None:
        return Reply(f"Which one? Say its name: {', '.join(shown.titles.values()) or 'there are no pieces yet'}.")
    return Frame(slug, view.closer, view.turn, view.higher)


def _closer(text: str) -> float:
    factor = 1.12 if re.search(r"\b(?:a bit|a little|slightly)\b", text) else 1.25
    return factor if re.search(_CLOSER, text) else round(1 / factor, 3) if re.search(_FURTHER, text) else 1.0


def _turn(text: str) -> float:
    if not re.search(r"\b(?:turn|rotate|show|look)\b", text) or re.search(r"fast|slow|\bspin", text):
        return 0.0
    degrees = re.search(r"(-?\d+)\s*(?:°|degrees)", text)
    if degrees:
        return float(degrees[1]) * (-1 if re.search(r"\bright\b", text) else 1)
    return next((turn for side, turn in _SIDES.items() if re.search(side, text)), 0.0)


def _higher(text: str) -> float:
    return 15.0 if re.search(r"from above", text) else -15.0 if re.search(r"from below", text) else 0.0


_ORDER = re.compile(
    r"(?:can|could|would|will) (?:you|we)\b(?! (?:tell|say|explain|see|know|think|like)\b)|"
    r"why (?:don't|not)|(?:what|how) about",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"(?:is|are|am|was|were|do|does|did|has|have|should|shall|may|might|can|could|would|will|isn't|aren't|doesn't|"
    r"what|which|who|whose|where|when|why|how|i wonder|tell me|explain)\b(?! (?:it|that) again)",
    re.IGNORECASE,
)
_NAMES = {"closer": "zoom", "far": "zoom", "turning": "auto_rotate", "spinning": "auto_rotate", "warm": "light"}
_MORE_NAMES = {"cold": "light", "colour": "background", "color": "background", "bright": "exposure", "dark": "exposure"}


def is_question(sentence: str) -> bool:
    """Whether a sentence asks and orders nothing; "can you zoom out?" is an order."""
    text = sentence.strip()
    return not _ORDER.match(text) and (text.endswith("?") or _QUESTION.match(text) is not None)


def read_question(text: str, shown: Shown) -> Reply | None:
    """The answer that the manifest gives, or None where it knows nothing about it."""
    lower = text.lower()
    settings = shown.settings.model_dump()
    for name, value in settings.items():
        words = [name, name.replace("_", " "), *(word for word, of in (_NAMES | _MORE_NAMES).items() if of == name)]
        if any(re.search(rf"\b{word}(?:ed|s)?\b", lower) for word in words):
            meaning = type(shown.settings).model_fields[name].description
            return Reply(f"{name.replace('_', ' ').capitalize()} is {value}. {meaning}")
    if slug := find_item(text, shown):
        return Reply(". ".join(words for words in (shown.titles[slug], shown.captions.get(slug, "")) if words))
    if re.search(r"\bhow many\b|\bpieces?\b|\bin (?:the|this) gallery\b|\bin it\b", lower):
        return Reply(f"There are {len(shown.titles)} pieces: {', '.join(shown.titles.values())}.")
    if re.search(r"\bcalled\b|\btitle\b", lower):
        return Reply(f"It is called {shown.title or 'nothing yet'}.")
    return None
