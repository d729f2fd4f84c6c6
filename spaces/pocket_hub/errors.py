"""How the Hub says no: a status, a sentence and sometimes a code that its client knows."""


class HubError(Exception):
    """A refusal.

    Attributes:
        status: the HTTP status.
        code: the `X-Error-Code` by which huggingface_hub chooses its exception; empty for none.
    """

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
