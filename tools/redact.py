"""Text without tokens, keys and passwords."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

_EDGE = r"(?:\b|(?<=\\[nrt]))"  # in JSON a new line is a backslash and a letter, which runs into the word


_SECRETS = (
    _EDGE + r"(?:hf|api_org)_[A-Za-z0-9]{8,}",
    _EDGE + r"sk-[\w-]{16,}",
    _EDGE + r"gh[pousr]_[A-Za-z0-9]{16,}",
    _EDGE + r"ey[\w-]{10,}\.[\w-]{10,}\.[\w-]*",  # a JSON web token
    r"(?i)(?<=bearer )[\w.~+/=-]{8,}",
    r"(?i)(?<=token=)[^&\s\"']+",
    r"(?<=://)[^/\s:@\"]+:[^/\s@\"]+(?=@)",  # name and password in an address
)


_SECRET_NAME = re.compile(r"TOKEN|SECRET|PASSWORD|API_?KEY", re.IGNORECASE)


def redact(text: str, environment: Mapping[str, str] | None = None, home: Path | None = None) -> str:
    """The text without tokens, keys and passwords, the values of secret environment variables, or the home folder."""
    environment = os.environ if environment is None else environment
    for pattern in _SECRETS:
        text = re.sub(pattern, "[secret]", text)
    for name, value in environment.items():
        if _SECRET_NAME.search(name) and len(value) >= 8:
            text = text.replace(value, f"[{name}]")
    return text.replace(str(home or Path.home()), "~")
