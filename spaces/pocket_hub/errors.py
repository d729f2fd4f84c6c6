"""How the Hub says no: a status, a sentence and sometimes a code that its client knows."""

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
        self.headers = {"X-Error-Message": message, **({"X-Error-Code": code} if code else {}), **(headers or {})}
