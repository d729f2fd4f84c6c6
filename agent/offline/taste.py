"""Sentences about taste, read by rules: which settings they change, and by how much."""

import re

from PIL import ImageColor

from splatelier.agent.offline.look import read_look
from splatelier.agent.offline.wishes import Shown
from splatelier.tools.gallery.settings import Settings

_LITTLE, _MUCH = r"\b(?:a bit|a little|slightly|a touch|somewhat)\b", r"\b(?:much|a lot|way|far too|really)\b"


def read_taste(sentence: str, shown: Shown) -> dict[str, float | str | bool]:
    """The settings that a sentence changes, with their new values; empty where it is about none."""
    text, settings = sentence.lower(), shown.settings
    strength = 0.5 if re.search(_LITTLE, text) else 1.6 if re.search(_MUCH, text) else 1.0
    changes: dict[str, float | str | bool] = read_look(sentence, settings, strength, shown.title)

    def times(setting: str, factor: float) -> None:
        changes.setdefault(setting, _within(setting, getattr(settings, setting) * factor**strength))

    if "text_scale" in changes:
        return changes
    if re.search(r"zoom\w* ?out|further|farther|\bsmaller\b|step back|wider|too (?:close|big|large|near)", text):
        times("zoom", 0.72)
    elif re.search(r"zoom\w* ?in|closer|\bbigger\b|\blarger\b|nearer|too (?:far|small)", text):
        times("zoom", 1.35)

    speed = re.search(r"\b(?:speed up|quick\w*|fast\w*|shorter|too (?:long|slow)|lingers?|drags?)\b", text)
    slow = re.search(r"\b(?:slow\w*|longer|too (?:fast|short|quick|abrupt)|calmer|gentler)\b", text)
    if re.search(r"\b(?:spin|rotat|turn(?:s|ing)?\b)", text):
        if re.search(r"\b(?:stop|don't|do not|no|without|still|freeze)\b", text):
            changes["auto_rotate"] = 0.0
        elif re.search(r"other (?:way|direction)|reverse|opposite|backwards", text):
            changes["auto_rotate"] = -settings.auto_rotate
        elif re.search(r"too fast|slow(?:er|ly)|calmer|gentler|less", text):
            times("auto_rotate", 0.55)
        elif re.search(r"too slow|fast|quick|more", text):
            times("auto_rotate", 1.7)
    elif re.search(r"transition|fade|switch|lingers?|between", text) or ((speed or slow) and not changes):
        if re.search(r"too (?:fast|short|quick|abrupt)", text) or (
            slow and "too slow" not in text and "too long" not in text
        ):
            times("transition_seconds", 1.7)
        elif speed or "too slow" in text:
            times("transition_seconds", 0.5)

    for setting, pattern in {"background": r"background|backdrop|stage", "accent": r"accent|highlight"}.items():
        colour = _colour(text) if re.search(pattern, text) else None
        if colour:
            changes[setting] = colour
    return changes


def _within(setting: str, value: float) -> float:
    schema = Settings.model_json_schema()["properties"][setting]
    return float(round(min(max(value, schema["minimum"]), schema["maximum"]), 3))


def _colour(text: str) -> str | None:
    named = [word.replace(" ", "") for word in re.findall(r"#[0-9a-f]{6}|(?:dark|light|midnight|deep) \w+|\w+", text)]
    for word in named + text.split():
        try:
            red, green, blue = ImageColor.getrgb(word)[:3]
        except ValueError:
            continue
        return f"#{red:02x}{green:02x}{blue:02x}"
    return None
