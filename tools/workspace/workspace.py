"""A gallery's folder: workspace-relative paths, whole-or-absent writes and the history behind undo."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from splatelier.tools.errors import SplatelierError


class Workspace:
    """One gallery's folder. Tools take and return paths relative to `root`, as POSIX strings."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root).expanduser().resolve()
        self.state = self.root / ".splatelier"

    def resolve(self, relative: str | Path) -> Path:
        """The absolute path of a workspace-relative one.

        Raises:
            SplatelierError: the path leaves the workspace, also by way of a symbolic link.
        """
        path = (self.root / relative).resolve()
        if not path.is_relative_to(self.root):
            raise SplatelierError(f"{str(relative)!r} is outside the gallery's folder; name a file inside it.")
        return path

    def existing(self, relative: str | Path) -> Path:
        """Like `resolve`, for a file that must be there.

        Raises:
            SplatelierError: there is no such file, or it is outside the workspace.
        """
        path = self.resolve(relative)
        if not path.is_file():
            raise SplatelierError(f"There is no file {str(relative)!r} in the gallery's folder; check the path.")
        return path

    def relative(self, path: Path | str) -> str:
        """The workspace-relative POSIX string of a path inside the workspace."""
        return self.resolve(path).relative_to(self.root).as_posix()

    @contextmanager
    def replacing(self, relative: str | Path) -> Iterator[Path]:
        """A temporary path that becomes `relative` when the block ends well, and vanishes when it raises.

        The file is synced before it is renamed, so a crash leaves the old file or the new one, never a part.
        """
        target = self.resolve(relative)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=target.suffix, dir=target.parent)
        os.close(handle)
        temporary = Path(name)
        temporary.chmod(0o644)
        try:
            yield temporary
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)

    def write_text(self, relative: str | Path, text: str) -> Path:
        """Write a text file whole or not at all."""
        with self.replacing(relative) as temporary:
            temporary.write_text(text, encoding="utf-8")
        return self.resolve(relative)

    def copy(self, source: str | Path, relative: str | Path) -> str:
        """Copy a workspace file to another workspace path, whole or not at all; gives the new relative path."""
        origin = self.existing(source)
        with self.replacing(relative) as temporary:
            shutil.copyfile(origin, temporary)
        return self.relative(relative)
