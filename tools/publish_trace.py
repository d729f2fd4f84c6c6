"""How a gallery was made, published beside it as a dataset: only when asked, and without secrets."""

import io
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from huggingface_hub import CommitOperationAdd, HfApi

from tools.deploy import quiet_client
from tools.publishing_errors import DeployError, said_plainly
from tools.workspace import Workspace

_TRACE = "trace.jsonl"
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


def publish_trace(workspace: Workspace, api: HfApi, dataset_id: str, allowed: Callable[[str], bool]) -> str:
    """Put the redacted trace into a dataset, private where it is new; gives the dataset's address.

    Raises:
        DeployError: the person said no, there is no trace, or the Hub refused.
    """
    trace = workspace.state / _TRACE
    if not trace.is_file():
        raise DeployError(f"{workspace.root} has no trace: it is written while a gallery is being built.")
    if not allowed(f"Publish how the gallery was made, without secrets, as the dataset {dataset_id}?"):
        raise DeployError(f"Publishing the trace to {dataset_id} was not allowed.")
    redacted = redact(trace.read_text(encoding="utf-8")).replace(str(workspace.root), ".")
    with said_plainly(dataset_id), quiet_client():
        api.create_repo(dataset_id, repo_type="dataset", private=True, exist_ok=True)
        api.create_commit(
            dataset_id,
            [CommitOperationAdd(_TRACE, io.BytesIO(redacted.encode()))],
            commit_message=f"Add the trace of {workspace.root.name}",
            repo_type="dataset",
        )
    return f"{api.endpoint}/datasets/{dataset_id}"
