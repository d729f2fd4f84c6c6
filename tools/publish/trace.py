"""How a gallery was made, published beside it as a dataset: only when asked, and without secrets."""

import io
from collections.abc import Callable

from huggingface_hub import CommitOperationAdd, HfApi

from splatelier.tools.publish.deploy import quiet_client
from splatelier.tools.publish.errors import DeployError, said_plainly
from splatelier.tools.redact import redact
from splatelier.tools.workspace.workspace import Workspace

_TRACE = "trace.jsonl"


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
