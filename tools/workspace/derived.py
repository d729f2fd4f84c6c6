"""Files that a tool makes from other files: named by what went in, made once, recorded, whole or absent."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from splatelier.tools.workspace.digests import data_sha256, file_sha256
from splatelier.tools.workspace.provenance import Step, record
from splatelier.tools.workspace.workspace import Workspace

WORK = ".splatelier/work"

Result = dict[str, Any]
"""Plain data, as JSON holds it."""


def convert_once(
    workspace: Workspace, folder: str, source: str, recipe: str, suffix: str, write: Callable[[Path], None]
) -> str:
    """The workspace path of `source` converted by `recipe`, from `folder` where the same contents were before.

    For what can be made again at any time: it is not recorded.

    Args:
        recipe: everything but the contents that the result depends on.
        write: writes the file at the path it is given.

    Raises:
        SplatelierError: `source` is not there, or whatever `write` raises; then nothing is left behind.
    """
    target = f"{folder}/{data_sha256([recipe, file_sha256(workspace.existing(source))])}{suffix}"
    if not workspace.resolve(target).is_file():
        with workspace.replacing(target) as temporary:
            write(temporary)
    return target


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
    code = data_sha256([tool, [*digests], arguments])[:12]
    stem, _, suffix = name.rpartition(".")
    target = f"{WORK}/{stem}-{code}.{suffix}"
    said = f"{WORK}/{stem}-{code}.{suffix}.json"
    known = _kept(workspace.resolve(said)) if workspace.resolve(target).is_file() else None
    if known is not None:
        return target, known

    start = time.monotonic()
    with workspace.replacing(target) as temporary:
        result = make(temporary)
    digest = file_sha256(workspace.resolve(target))
    if digest not in digests:
        seconds = round(time.monotonic() - start, 3)
        record(workspace, Step(tool=tool, arguments=arguments, sha256=digest, seconds=seconds), digests)
    workspace.write_text(said, json.dumps(result))
    return target, result


def _kept(said: Path) -> Result | None:
    """What was said when the file was made; None where that is gone or was broken since."""
    try:
        result = json.loads(said.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return result if isinstance(result, dict) else None
