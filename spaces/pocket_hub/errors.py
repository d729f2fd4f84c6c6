"""How the Hub says no: a status, a sentence and sometimes a code that its client knows."""

import re
from collections.abc import Mapping


class HubError(Exception):
    """A refusal.

    Attributes:
        status: the HTTP status.
        headers: what goes with it; `X-Error-Code` is how huggingface_hub chooses its exception.
    """

    def __init__(self, status: int, message: str, code: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        plain = re.sub(r"[^\x20-\x7e]", "?", message)  # a header holds nothing else
        self.headers = {"X-Error-Message": plain, **({"X-Error-Code": code} if code else {}), **(headers or {})}
