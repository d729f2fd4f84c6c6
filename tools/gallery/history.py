"""Undo and redo: a version of the manifest for each wish that changed it, kept in `.splatelier/history/`.

`0001.json`, `0002.json`, ... are the versions in the order of the wishes; number 0 is the gallery before it was begun.
`current` holds the number of the one that the manifest stands at: undo and redo move it, and a new wish forgets what
lies ahead of it. A file's name is taken exclusively, so that no version is ever written over.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import MANIFEST, Gallery, load_gallery, save_gallery
from splatelier.tools.redact import redact
from splatelier.tools.workspace.lock import locked
from splatelier.tools.workspace.workspace import Workspace

_FOLDER, _CURRENT = "history", "current"
_NO_WISH = "a change that no wish made"


class Version(BaseModel):
    """The gallery after one wish."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wish: str = Field(description="The wish that made it, in the person's words.")
    at: datetime = Field(default_factory=lambda: datetime.now(UTC))
    gallery: Gallery | None = Field(description="The manifest; null where there was none.")


_NOTHING = Version(wish="", gallery=None)


@dataclass(frozen=True)
class Moved:
    """Where undo or redo went.

    Attributes:
        wishes: what was taken back or done again, in that order.
        gallery: the gallery as it is now; None where there is none any more.
        notes: one sentence for each thing that the person should know besides.
    """

    wishes: tuple[str, ...]
    gallery: Gallery | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A place to come back to when a wish fails."""

    number: int
    gallery: Gallery | None


def begin(workspace: Workspace) -> Mark:
    """The place before a wish. A manifest that came about without one becomes a version first.

    Raises:
        SplatelierError: the manifest cannot be read.
    """
    with locked(workspace, "beginning a wish"):
        keep(workspace, _NO_WISH)
        return Mark(_current(workspace), _manifest(workspace))


def keep(workspace: Workspace, wish: str) -> bool:
    """Keep the manifest as the version that `wish` made, and forget what had been undone before it.

    Returns:
        Whether there is a new version; the manifest may be the current one still, or one that undo went to.

    Raises:
        SplatelierError: the manifest cannot be read.
    """
    with locked(workspace, wish):
        gallery = _manifest(workspace)
        kept, here = _versions(workspace)
        if gallery == kept[here][1].gallery:
            return False
        current = _current(workspace)
        for number, path in _files(workspace):
            if number > current:
                path.unlink()
        _move_to(workspace, _add(workspace, current + 1, Version(wish=redact(wish), gallery=gallery)))
        return True


def standing(workspace: Workspace) -> list[str]:
    """The marks of the versions that the gallery stands on, oldest first: what was undone is not among them."""
    kept, here = _versions(workspace)
    return [version.at.isoformat() for _, version in kept[1 : here + 1]]


def put_back(workspace: Workspace, mark: Mark) -> None:
    """Bring the gallery back to where it was before a wish."""
    with locked(workspace, "taking a wish back"):
        _move_to(workspace, mark.number)
        _write(workspace, mark.gallery)


def undo(workspace: Workspace, wishes: int = 1) -> Moved:
    """Take back the newest wishes. A manifest that cannot be read counts as the newest of them, and is set aside.

    Nothing is lost: `redo` brings each version back until another wish has come.

    Raises:
        SplatelierError: there is nothing to take back.
    """
    return _move(workspace, "undo", -wishes)


def redo(workspace: Workspace, wishes: int = 1) -> Moved:
    """Do again what was undone last, as long as no other wish has come since.

    Raises:
        SplatelierError: there is nothing to do again, or the manifest cannot be read.
    """
    return _move(workspace, "redo", wishes)


def _move(workspace: Workspace, how: str, by: int) -> Moved:
    if by == 0 or (by < 0) != (how == "undo"):
        raise SplatelierError(f"{how} takes a number of wishes from 1 on.")
    with locked(workspace, how):
        notes = []
        try:
            keep(workspace, _NO_WISH)
        except SplatelierError as error:
            if how == "redo":
                raise
            if not _files(workspace):
                raise SplatelierError(f"{workspace.root} keeps no earlier version; mend {MANIFEST} by hand.") from error
            notes.append(_set_aside(workspace))
            by += 1
        kept, here = _versions(workspace)
        found_here = len(kept) > 1 and kept[1][1].wish == _NO_WISH  # a gallery that began elsewhere: no way behind it
        there = min(max(here + by, 1 if found_here else 0), len(kept) - 1)
        if there == here and not notes:
            raise SplatelierError(f"There is nothing to {how} in this gallery.")
        passed = kept[there + 1 : here + 1][::-1] if there <= here else kept[here + 1 : there + 1]
        number, version = kept[there]
        _move_to(workspace, number)
        _write(workspace, version.gallery)
        readable = {number for number, _ in kept}
        notes += [
            f"{path.name} of the history cannot be read and was passed over."
            for number, path in _files(workspace)
            if number not in readable
        ]
        return Moved(tuple(version.wish for _, version in passed), version.gallery, tuple(notes))


def _versions(workspace: Workspace) -> tuple[list[tuple[int, Version]], int]:
    """Every version that can be read with its number, oldest first, and which of them the gallery stands at."""
    kept = [(0, _NOTHING)]
    for number, path in _files(workspace):
        try:
            kept.append((number, Version.model_validate_json(path.read_bytes())))
        except (OSError, ValidationError):
            continue  # undo and redo say so
    current = _current(workspace)
    return kept, max(at for at, (number, _) in enumerate(kept) if number <= current)


def _files(workspace: Workspace) -> list[tuple[int, Path]]:
    folder = workspace.state / _FOLDER
    return sorted((int(path.stem), path) for path in folder.glob("*.json") if path.stem.isdecimal())


def _current(workspace: Workspace) -> int:
    try:
        return int((workspace.state / _FOLDER / _CURRENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return max((number for number, _ in _files(workspace)), default=0)


def _move_to(workspace: Workspace, number: int) -> None:
    workspace.write_text(workspace.state / _FOLDER / _CURRENT, f"{number}\n")


def _add(workspace: Workspace, number: int, version: Version) -> int:
    """Write a version under the first free number from `number` on; gives that number."""
    folder = workspace.state / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    while True:
        path = folder / f"{number:04d}.json"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(version.model_dump_json(indent=2) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            number += 1
        except OSError:
            path.unlink(missing_ok=True)
            raise
        else:
            return number


def _manifest(workspace: Workspace) -> Gallery | None:
    return load_gallery(workspace) if (workspace.root / MANIFEST).exists() else None


def _write(workspace: Workspace, gallery: Gallery | None) -> None:
    if gallery is None:
        (workspace.root / MANIFEST).unlink(missing_ok=True)
    else:
        save_gallery(workspace, gallery)


def _set_aside(workspace: Workspace) -> str:
    """Move a manifest that cannot be read into the history; says where it is."""
    folder = workspace.state / _FOLDER
    number = 1
    while (aside := folder / f"unreadable-{number}.json").exists():
        number += 1
    (workspace.root / MANIFEST).rename(aside)
    return f"The manifest that could not be read is kept as {workspace.relative(aside)}."
