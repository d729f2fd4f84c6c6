"""How each file that a Space made came to be, through the state that the Space kept between its calls."""

import secrets

from splatelier.tools.calls.arguments import Payload
from splatelier.tools.spaces.schema import Endpoint
from splatelier.tools.spaces.space import Space
from splatelier.tools.workspace.provenance import Step, record
from splatelier.tools.workspace.workspace import Workspace


def record_call(
    workspace: Workspace,
    space: Space,
    endpoint: Endpoint,
    payload: Payload,
    files: dict[str, str],
    behind: list[str],
    seconds: float,
) -> list[str]:
    """Note how each file of a call was made, and the state that it left; gives what stands for that state.

    A state has no bytes that could be told from others: it is noted under a SHA-256 that is made up for it. A file that
    came back as it was sent was not made by the Space.

    Args:
        files: path -> SHA-256 of what came back.
        behind: what stands for the states that the call went by.
    """
    seed = payload.canonical.get("seed")
    state = [secrets.token_hex(32)] if endpoint.writes and endpoint.parameters else []
    made = [digest for digest in files.values() if digest not in payload.inputs]
    for digest in [*made, *state]:
        step = Step(
            tool="space",
            space=space.name,
            url=space.card.page or space.card.url,
            endpoint=endpoint.name,
            arguments=payload.canonical,
            seed=seed if isinstance(seed, int) and not isinstance(seed, bool) else None,
            licence=space.card.licence,
            sha256=digest,
            seconds=round(seconds, 3),
        )
        record(workspace, step, [*payload.inputs, *behind])
    return state or behind
