"""Text without secrets: those that this run was told, by value, and those that look like one, by their shape."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, unquote, urlsplit

T = TypeVar("T")

_EDGE = r"(?:\b|(?<=\\[nrt]))"  # in JSON a new line is a backslash and a letter, which runs into the word
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        _EDGE + r"(?:hf|api_org)_[A-Za-z0-9]{8,}",
        _EDGE + r"sk-[\w-]{16,}",
        _EDGE + r"gh[pousr]_[A-Za-z0-9]{16,}",
        _EDGE + r"ey[\w-]{10,}\.[\w-]{10,}\.[\w-]*",  # a JSON web token
        r"(?i)(?<=bearer )[\w.~+/=-]{8,}",
        r"(?i)(?<=token=)[^&\s\"']+",
        r"(?<=://)[^/\s:@\"]+:[^/\s@\"]+(?=@)",  # name and password in an address
    )
)
_SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|API_?KEY", re.IGNORECASE)
_SHORTEST = 6  # characters: a shorter value would take ordinary words out of every text

_told: dict[str, None] = {}


def hide(*secrets: str | None) -> None:
    """Have `redact` take these values out of every text from now on; an address hides the password in it.

    What is empty, or so short that it stands in ordinary words, is passed over.
    """
    for secret in secrets:
        if secret and "://" in secret:
            hide(_password(secret))
        elif secret and len(secret) >= _SHORTEST:
            _told.update(dict.fromkeys((secret, quote(secret, safe=""))))


def redact(text: str, environment: Mapping[str, str] | None = None, home: Path | None = None) -> str:
    """The text without what `hide` was told, tokens, keys, passwords, secret environment variables and the home folder.

    Args:
        environment: variables whose names speak of a secret; those of this process when left out.
        home: the folder that becomes `~`; the person's when left out.
    """
    environment = os.environ if environment is None else environment
    for secret in sorted(_told, key=len, reverse=True):
        text = text.replace(secret, "[secret]")
    for shape in _SHAPES:
        text = shape.sub("[secret]", text)
    for name, value in environment.items():
        if _SECRET_NAME.search(name) and len(value) >= 8:
            text = text.replace(value, f"[{name}]")
    return text.replace(str(home or Path.home()), "~")


def redacted(value: T) -> T:
    """Plain data (as JSON holds it) with every string in it redacted, the keys of objects too."""
    if isinstance(value, str):
        return redact(value)  # type: ignore[return-value]
    if isinstance(value, Mapping):
        return {redacted(key): redacted(entry) for key, entry in value.items()}  # type: ignore[return-value]
    if isinstance(value, list | tuple):
        return type(value)(redacted(entry) for entry in value)
    return value


def _password(address: str) -> str | None:
    try:
        password = urlsplit(address).password
    except ValueError:
        return None
    return unquote(password) if password else None
