"""What goes wrong between a gallery and the Hub, each in one sentence that says what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError, HFValidationError

from splatelier.tools.errors import SplatelierError

TOKENS = "https://huggingface.co/settings/tokens"


# What huggingface_hub lets through: its own, its transport's, and the two that wrap failed uploads.
_CLIENT_ERRORS = (
    *(HfHubHTTPError, HFValidationError, EntryNotFoundError, httpx2.HTTPError),
    *(ConnectionError, TimeoutError, ValueError, RuntimeError),
)


class DeployError(SplatelierError):
    """A gallery could not be published, or not wholly; one sentence says why and what to do."""


NO_TOKEN = DeployError(
    f"Publishing needs a Hugging Face token with write access: make one at {TOKENS} and set HF_TOKEN, "
    "or run `hf auth login`."
)


def read_only(name: str) -> DeployError:
    """The token may read only."""
    return DeployError(f"The token of {name} can only read: make one with write access at {TOKENS} and set HF_TOKEN.")


def somebody_else(space_id: str, nothing_done: str = "") -> DeployError:
    """The Space is another one than it was a moment ago."""
    return DeployError(
        f"Somebody else changed {space_id} while this was under way, so "
        f"{nothing_done or f'nothing was published to {space_id}'}: publish again."
    )


@contextmanager
def said_plainly(space_id: str, nothing_done: str = "nothing was published to") -> Iterator[None]:
    """Turn every error of huggingface_hub's client into one sentence; around its calls alone, for what is ours to
    mend is not the Hub's fault.

    Raises:
        DeployError: names `space_id`, says what was wrong and what to do.
    """
    try:
        yield
    except _CLIENT_ERRORS as error:
        name = space_id or "the Space"
        raise _in_a_sentence(error, name, f"{nothing_done} {name}") from error


def _in_a_sentence(error: Exception, space_id: str, nothing_done: str) -> DeployError:
    if isinstance(error, HFValidationError):
        return DeployError(f"{space_id!r} cannot be a Space's name: use letters, digits, '-', '_' and '.'.")
    chain = list(_causes(error))
    for cause in chain:
        if isinstance(cause, HfHubHTTPError):
            return _refused(cause, space_id, nothing_done)
    for cause in chain:
        if isinstance(cause, (httpx2.TransportError, ConnectionError, TimeoutError)):
            reason = f"({_short(cause) or type(cause).__name__}), so {nothing_done}: "
            if isinstance(cause, (httpx2.ConnectError, httpx2.ConnectTimeout)):
                return DeployError(f"The Hub cannot be reached {reason}check the connection and try again.")
            return DeployError(f"The connection to the Hub was lost {reason}try again.")
    return DeployError(f"The Hub refused what was sent to {space_id} ({_short(error)}), so {nothing_done}.")


def _causes(error: BaseException | None) -> "list[BaseException]":
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _refused(error: HfHubHTTPError, space_id: str, nothing_done: str) -> DeployError:
    status = error.response.status_code
    said = _short(error.server_message or error)
    if status == 401 and "RepoNotFound" not in error.response.headers.get("X-Error-Code", ""):
        return DeployError(f"The Hub does not know this token: make a new one at {TOKENS} and set HF_TOKEN.")
    if status == 403:
        return DeployError(
            f"The token may not publish to {space_id} ({said}): use a name of your own, or a token with write access."
        )
    if status in (401, 404):
        return DeployError(f"There is no Space {space_id} that this token may see: check the name.")
    if status == 409:
        return DeployError(f"The name {space_id} is taken ({said}): choose another.")
    if status == 412:
        return somebody_else(space_id, nothing_done)
    if status == 413:
        return DeployError(
            f"The Hub refused a file for its size ({said}), so {nothing_done}: "
            "compress it more, or leave the piece out."
        )
    if status == 429:
        return DeployError(f"The Hub asks for patience ({said}): try again in a few minutes.")
    if status >= 500:
        return DeployError(f"The Hub has trouble of its own ({status}), so {nothing_done}: try again later.")
    return DeployError(f"The Hub refused what was sent to {space_id} ({said}), so {nothing_done}.")


def _short(error: object) -> str:
    return " ".join(str(error).split())[:300].rstrip(".")
