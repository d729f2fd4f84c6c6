"""Files that a tool makes from other files: named by what went in, made once, recorded, whole or absent."""

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path

from pydantic import JsonValue

from splatelier.tools.workspace.provenance import Step, file_sha256, record
from splatelier.tools.workspace.workspace import Workspace

WORK = ".splatelier/work"

Result = dict[str, JsonValue]


def make_once(
    workspace: Workspace,
    tool: str,
    inputs: list[str],
    arguments: dict[str, JsonValue],
    name: str,
    make: Callable[[Path], Result],
) -> tuple[str, Result]:
    """The workspace path of what `tool` makes of `inputs`, and what it says about it.

    The file's name comes from the contents of the inputs and from the arguments, so the same request finds the file
    that is there already, and no input is ever overwritten.

    Args:
        inputs: workspace-relative paths; their order counts.
        name: what the file is and its suffix: "upright.ply" becomes "upright-1f2e3d4c5b6a.ply".
        make: writes the file at the path it is given and returns what to say about it.

    Raises:
        SplatelierError: an input is not there, or whatever `make` raises; then nothing is left behind.
    """
    digests = [file_sha256(workspace.existing(path)) for path in inputs]
    key = json.dumps([tool, digests, arguments], sort_keys=True)
    code = hashlib.sha256(key.encode()).hexdigest()[:12]
    stem, _, suffix = name.rpartition(".")
    target = f"{WORK}/{stem}-{code}.{suffix}"
    said = f"{WORK}/{stem}-{code}.{suffix}.json"
    if workspace.resolve(target).is_file() and workspace.resolve(said).is_file():
        result: Result = json.loads(workspace.resolve(said).read_text(encoding="utf-8"))
        return target, result

    start = time.monotonic()
    with workspace.replacing(target) as temporary:
        result = make(temporary)
    digest = file_sha256(workspace.resolve(target))
    if digest not in digests:
        seconds = round(time.monotonic() - start, 3)
        record(workspace, Step(tool=tool, arguments=arguments, sha256=digest, seconds=seconds), digests)
    workspace.write_text(said, json.dumps(result))
    return target, result
