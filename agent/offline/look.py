"""Sentences about everything of a gallery's look that is not a matter of zoom and speed: a table of rules."""

import re
from dataclasses import dataclass
from typing import Any

from splatelier.tools.gallery.settings import Settings

_LESS = r"\b(?:less|fewer|weaker|lower|too much|too strong)\b"
_NONE = r"\b(?:no|without|hide|remove|drop|off|stop|lose|don't|do not)\b"


@dataclass(frozen=True)
class Step:
    """A number that some words raise and others lower, by `by`."""

    setting: str
    up: str
    down: str
    by: float


@dataclass(frozen=True)
class Amount:
    """A number that is asked for by its thing: more fog, less fog, no fog."""

    setting: str
    thing: str
    by: float


@dataclass(frozen=True)
class Choice:
    """One of several words, where the sentence is about `about`."""

    setting: str
    about: str


_TYPE = r"(?:names?|words?|text|letters|type|captions?|titles?|writing)"
_STEPS = (
    Step("light", r"\b(?:warmer|golden)\b|too (?:cold|cool|blue)", r"\b(?:colder|cooler|bluer)\b|too warm", 0.4),
    Step("exposure", r"\bbrighter\b|too dark", r"\b(?:darker|dimmer)\b|too bright", 0.5),
    Step("elevation", r"from (?:further |higher )?above|look down", r"from (?:further )?below|look up", 15.0),
    Step("dwell", r"stays? (?:\w+ )?longer|longer on each", r"stays? (?:\w+ )?shorter|shorter on each", 4.0),
    Step("text_scale", rf"\b(?:bigger|larger)\b.*\b{_TYPE}\b|\b{_TYPE}\b.*\b(?:bigger|larger)\b", "", 0.25),
    Step("text_scale", "", rf"\bsmaller\b.*\b{_TYPE}\b|\b{_TYPE}\b.*\bsmaller\b", 0.2),
)
_AMOUNTS = (
    Amount("contrast", r"\bcontrast\b", 0.2),
    Amount("fog", r"\b(?:fog\w*|mist\w*)\b", 0.25),
    Amount("contact_shadow", r"\bshadows?\b", 0.3),
    Amount("vignette", r"\bvignette\b|\bdark(?:er)? edges\b", 0.2),
    Amount("reflection", r"\b(?:reflect\w*|mirror\w*|shin\w+|polished)\b", 0.18),
)
_CHOICES = (
    Choice("easing", r"\b(?:easing|motion|movement|transitions?)\b"),
    Choice("fonts", r"\b(?:fonts?|type(?:face)?|letters)\b"),
    Choice("backdrop", r"\b(?:backdrop|background|stage|behind)\b"),
    Choice("caption_position", rf"\b{_TYPE}\b"),
    Choice("reveal", r"\b(?:reveal|arriv\w*|appear\w*|come|enter)\b"),
    Choice("transition", r"\b(?:transitions?|leave|go|between|disappear\w*)\b"),
)
_SHOWN = {
    "counter": r"\b(?:counter|numbers)\b",
    "thumbnails": r"\b(?:thumbnails?|small pictures|dots)\b",
    "about": r"\babout panels?\b",
    "credits": r"\bcredits\b",
    "tour": r"\b(?:tour|slide ?show|auto ?play)\b|\bplays? (?:by )?itself\b",
}
_LANGUAGES = {"fr": r"\bin french\b|\bfrench (?:words|buttons|language)\b|en français", "en": r"\bin english\b"}
_UNCHOSEN = {"under": "below", "underneath": "below"}


def read_look(text: str, settings: Settings, strength: float, title: str = "") -> dict[str, Any]:
    """The settings that a sentence changes, with their new values; empty where it is about none.

    Args:
        strength: how much: 1 is plainly, 0.5 a little.
        title: what stands in for a brand whose name was not told.
    """
    lower = text.lower()
    changes = _by_name(lower)
    dark = "" if re.search(r"background|backdrop|stage|edges", lower) else lower
    for step in _STEPS:
        about = dark if step.setting == "exposure" else lower
        sign = 1 if step.up and re.search(step.up, about) else -1 if step.down and re.search(step.down, about) else 0
        if sign:
            changes.setdefault(step.setting, _moved(settings, step.setting, sign * step.by * strength))
    for amount in _AMOUNTS:
        if re.search(amount.thing, lower):
            none, less = re.search(_NONE, lower), re.search(_LESS, lower)
            plain = Settings.model_fields["contrast"].default if amount.setting == "contrast" else 0.0
            moved = _moved(settings, amount.setting, (-1 if less else 1) * amount.by * strength)
            changes.setdefault(amount.setting, plain if none else moved)
    for choice in _CHOICES:
        if chosen := _chosen(choice, lower):
            changes.setdefault(choice.setting, chosen)
    for setting, thing in _SHOWN.items():
        if re.search(thing, lower):
            changes.setdefault(setting, not re.search(_NONE, lower))
    for language, asked in _LANGUAGES.items():
        if re.search(asked, lower):
            changes["language"] = language
    if (words := _words(lower)) is not None:
        changes.setdefault("words", words)
    if (brand := _brand(text, title)) is not None:
        changes.setdefault("brand", brand)
    return changes


def _by_name(text: str) -> dict[str, Any]:
    """A setting that is named with its value: "set fog to 0.4", "tour on", "auto rotate = 0"."""
    changes: dict[str, Any] = {}
    for name, schema in Settings.model_json_schema()["properties"].items():
        spelt = name.replace("_", "[ _-]")
        found = re.search(rf"\b{spelt}\b(?: (?:to|at|of|is))?\s*[:=]?\s*(-?\d+(?:\.\d+)?|#[0-9a-f]{{6}}|\w+)", text)
        value = found[1] if found else ""
        if schema.get("type") == "number" and re.fullmatch(r"-?\d+(?:\.\d+)?", value):
            changes[name] = float(min(max(float(value), schema["minimum"]), schema["maximum"]))
        elif (schema.get("type") == "boolean" and value in {"on", "off"}) or value in schema.get("enum", ()):
            changes[name] = value == "on" if value in {"on", "off"} else value
    return changes


def _chosen(choice: Choice, text: str) -> str | None:
    if not re.search(choice.about, text):
        return None
    schema = Settings.model_json_schema()["properties"][choice.setting]
    words = {**{word: word for word in schema["enum"]}, **(_UNCHOSEN if choice.setting == "caption_position" else {})}
    return next((value for word, value in words.items() if re.search(rf"\b{word}\b", text)), None)


def _words(text: str) -> str | None:
    if re.search(r"\b(?:no|without|hide(?: all)?(?: the)?) (?:words|text|captions and names)\b", text):
        return "none"
    if re.search(r"\b(?:less text|fewer words|(?:only|just)(?: the)? names|names only|no captions?)\b", text):
        return "names"
    return "all" if re.search(r"\b(?:more text|all (?:the )?words|show (?:the )?captions?)\b", text) else None


_BRANDED = re.compile(
    r"\b(?:brand|logo)(?:'s name)?(?: is| to| as|:|,)? ((?!at\b|on\b|in\b|to\b|large|big).+?)"
    r"(?: (?:at|on|in) the top)?$",
    re.IGNORECASE,
)


def _brand(text: str, title: str) -> str | None:
    if not re.search(r"\b(?:brand|logo)\b", text, re.IGNORECASE):
        return None
    if re.search(_NONE, text, re.IGNORECASE):
        return ""
    named = re.search(r"[\"“'«](.+?)[\"”'»]", text) or _BRANDED.search(text)
    return named[1].strip() if named else title or None


def _moved(settings: Settings, setting: str, by: float) -> float:
    schema = Settings.model_json_schema()["properties"][setting]
    return float(round(min(max(getattr(settings, setting) + by, schema["minimum"]), schema["maximum"]), 3))
