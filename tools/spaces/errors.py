"""What can go wrong with a Space, as one error with a kind, the Space's own words and what can be tried next."""

import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

import httpx
import httpx2

from splatelier.tools.errors import SplatelierError, printable

Kind = Literal["unreachable", "asleep", "busy", "quota", "timeout", "refused", "app_error", "malformed", "lost"]
Again = Literal["never", "once", "often"]

HINTS: dict[Kind, str] = {
    "unreachable": "check the network and the Space's name, or use another Space",
    "asleep": "wait for it to wake, or use another Space",
    "busy": "try again later, or use another Space",
    "quota": "wait until the quota is back, ask for less GPU time, or use another Space",
    "timeout": "ask for less (fewer steps, a smaller picture), allow more time, or use another Space",
    "refused": "correct the arguments",
    "app_error": "change the arguments, or use another Space",
    "malformed": "try again, or use another Space",
    "lost": "make the calls again that led up to this one",
}

MAX_WORDS = 4000  # of a stranger, that are looked at at all

_SILENT = "has raised an exception but has not enabled verbose error reporting"
_PASSING = re.compile(
    r"out of memory|cuda error|cublas|cudnn|gpu task aborted|gpu (worker|task) error|no gpu (is )?available|"
    r"temporar(y|ily)|try again|connection (reset|aborted|refused)|timed? ?out|overloaded|worker died|"
    r"unavailable|transient|flak(y|e)|internal error|unexpected error",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"exceeded your .{0,40}quota|illegal duration|gpu quota|quota exceeded|out of quota", re.IGNORECASE)
_BUSY = re.compile(r"queue is full|too many requests|\b429\b|rate.?limit|\b503\b|queue_full", re.IGNORECASE)
_REFUSAL = re.compile(
    r"parameter\(s\) failed validation|is not in the list of choices|is (less|greater) than (minimum|maximum) value",
    re.IGNORECASE,
)
_RETRY_IN = re.compile(
    r"(?:retry|try again|wait)[^0-9]{0,20}"
    r"(?:(?P<clock>\d+(?::\d\d){1,2})|(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>h|m|s)?)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)


class Cancelled(SplatelierError):
    """The person stopped the call; nothing is wrong with the Space."""


class SpaceError(SplatelierError):
    """A call that a Space did not answer well.

    Attributes:
        kind: what sort of failure it was.
        space: the Space's id or address.
        endpoint: the endpoint that was called, or "" where the Space could not even be read.
        said: the Space's own words, without HTML and control characters.
        hint: what can be tried next.
        retry_after: seconds after which the Space said it can be tried again, where it said so.
        again: whether trying the same again may help, and how often.
        attempts: how many times it was tried.
    """

    def __init__(
        self,
        kind: Kind,
        space: str,
        said: str,
        *,
        endpoint: str = "",
        hint: str = "",
        retry_after: float | None = None,
        again: Again = "never",
    ) -> None:
        self.kind: Kind = kind
        self.space = space
        self.endpoint = endpoint
        self.said = clean_text(said, 600)
        self.hint = hint or HINTS[kind]
        self.retry_after = retry_after
        self.again: Again = again
        self.attempts = 1
        super().__init__(self.said)

    @property
    def is_considered(self) -> bool:
        """Whether the app itself said what is wrong: the same arguments will get the same answer."""
        return self.kind == "app_error" and self.again == "never"

    def __str__(self) -> str:
        where = f"{self.space} {self.endpoint}".strip()
        tries = f" after {self.attempts} attempts" if self.attempts > 1 else ""
        return printable(f"{where} failed ({self.kind}){tries}: {self.said.rstrip('.')}; {self.hint}.")


def clean_text(text: str, limit: int) -> str:
    """Text from outside for a person or a prompt: no HTML, no control characters, one line, cut to `limit`."""
    plain = printable(html.unescape(_TAG.sub(" ", str(text)[: limit + MAX_WORDS])))
    line = " ".join(plain.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def retry_delay(text: str, header: str | None = None) -> float | None:
    """Seconds to wait, from a Retry-After header (seconds or an HTTP date) or from words such as "retry in 0:01:30"."""
    if header:
        try:
            return max(0.0, float(header))
        except ValueError:
            pass
        try:
            return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
        except (TypeError, ValueError):
            return None
    found = _RETRY_IN.search(text)
    if not found:
        return None
    if found["clock"]:
        seconds = 0.0
        for part in found["clock"].split(":"):
            seconds = seconds * 60 + float(part)
        return seconds
    return float(found["number"]) * {"h": 3600.0, "m": 60.0}.get((found["unit"] or "s").lower(), 1.0)


def from_response(
    response: httpx.Response | httpx2.Response, space: str, endpoint: str = "", body: str = ""
) -> SpaceError:
    """The error for an HTTP answer that is not a success."""
    status = response.status_code
    body = body[:MAX_WORDS]
    words = f"HTTP {status} {response.reason_phrase}. {clean_text(body, 300)}".strip()
    wait = retry_delay(body, response.headers.get("retry-after"))
    if status in (429, 503):
        return SpaceError("busy", space, words, endpoint=endpoint, retry_after=wait, again="often")
    if status in (401, 403):
        hint = "give a token that may use it (HF_TOKEN), or use another Space"
        return SpaceError("refused", space, words, endpoint=endpoint, hint=hint)
    if status in (400, 413, 422):
        return SpaceError("refused", space, words, endpoint=endpoint)
    if status in (404, 410):
        return SpaceError("unreachable", space, words, endpoint=endpoint, hint="check its name, or use another Space")
    return SpaceError("unreachable", space, words, endpoint=endpoint, retry_after=wait, again="often")


def classify(error: BaseException, space: str, endpoint: str) -> SpaceError:
    """One error for whatever went wrong between us and a Space's server."""
    if isinstance(error, SpaceError):
        return error
    words = (str(error) or type(error).__name__)[:MAX_WORDS]

    def make(kind: Kind, again: Again, said: str) -> SpaceError:
        return SpaceError(kind, space, said, endpoint=endpoint, again=again)

    if isinstance(error, httpx.HTTPStatusError):
        return from_response(error.response, space, endpoint, _body(error.response))
    if isinstance(error, httpx.DecodingError):
        return make("malformed", "never", f"its answer is not unpacked: {words}")
    if isinstance(error, httpx.TimeoutException | httpx2.TimeoutException):
        return make("timeout", "once", f"the server did not answer in time ({type(error).__name__})")
    if isinstance(error, httpx.HTTPError | httpx2.HTTPError | OSError):
        return make("unreachable", "often", f"the connection failed ({words})")
    return make("malformed", "once", f"the server's answer could not be read ({type(error).__name__}: {words})")


def app_error(words: str, space: str, endpoint: str) -> SpaceError:
    """The error for what an app said when it failed."""
    words = words[:MAX_WORDS]
    kind: Kind = "app_error"
    again: Again = "often" if _PASSING.search(words) else "never"
    said = words
    if _QUOTA.search(words):
        kind, again = "quota", "never"
    elif _BUSY.search(words):
        kind, again = "busy", "often"
    elif _REFUSAL.search(words):
        kind, again = "refused", "never"
    elif _SILENT in words:
        again, said = "often", "the app raised an exception and does not say which (show_error is off)"
    elif not words.strip():
        again, said = "often", "the app raised an exception without a word"
    wait = retry_delay(words) if kind != "refused" else None
    return SpaceError(kind, space, said, endpoint=endpoint, retry_after=wait, again=again)


def _body(response: httpx.Response) -> str:
    try:
        return response.text
    except httpx.ResponseNotRead:
        return ""
