"""The Hub's rules for the YAML at the head of a README."""

import re
from typing import Any, Literal, get_args

import yaml

COLOURS = ("red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray")
Sdk = Literal["gradio", "docker", "static", "streamlit"]
SDKS = get_args(Sdk)


def read_card(readme: str) -> dict[str, Any]:
    """The YAML between the dashes; empty where there is none, or none that can be read."""
    match = re.match(r"---\r?\n(.*?)\r?\n---", readme, re.DOTALL)
    try:
        card = yaml.safe_load(match[1]) if match else None
    except yaml.YAMLError:
        return {}
    return card if isinstance(card, dict) else {}


def card_errors(readme: str, kind: str) -> list[str]:
    """What the Hub would refuse a push for; empty when the card is sound.

    Source: the Spaces configuration reference of the Hub's documentation.
    """
    if kind != "space":
        return []
    card = read_card(readme)
    if not card:
        return ["Missing configuration in README: a Space needs YAML metadata with an sdk"]
    errors = []
    if card.get("sdk") not in SDKS:
        errors.append(f'"sdk" must be one of {", ".join(SDKS)}')
    for key in ("colorFrom", "colorTo"):
        if key in card and card[key] not in COLOURS:
            errors.append(f'"{key}" must be one of {", ".join(COLOURS)}')
    if "emoji" in card and not _is_emoji(card["emoji"]):
        errors.append('"emoji" must be a single emoji')
    if len(str(card.get("short_description", ""))) > 60:
        errors.append('"short_description" length must be less than or equal to 60 characters long')
    for key in ("tags", "models", "datasets"):
        if key in card and not (isinstance(card[key], list) and all(isinstance(entry, str) for entry in card[key])):
            errors.append(f'"{key}" must be an array of strings')
    for key in ("models", "datasets"):
        bad = [entry for entry in card.get(key) or [] if not re.fullmatch(r"[\w.-]+(/[\w.-]+)?", str(entry))]
        errors += [f'"{key}" holds "{entry}", which is not the id of a repository' for entry in bad]
    if "thumbnail" in card and not re.match(r"https?://", str(card["thumbnail"])):
        errors.append('"thumbnail" must be a URL')
    return errors


def _is_emoji(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 8 and not re.search(r"[\w\s<>&]", value)
