"""A gallery's folder: paths that stay inside it, and writes that are whole or absent."""

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

from splatelier.tools.errors import SplatelierError
from splatelier.tools.workspace.writes import replacing, replacing_folder

_LONGEST_PATH, _LONGEST_NAME = 1024, 255  # bytes: what the systems that we run on take


class Workspace:
    """One gallery's folder. Tools take and return paths relative to `root`, as POSIX strings."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root).expanduser().resolve()
        self.state = self.root / ".splatelier"

    def resolve(self, relative: str | Path) -> Path:
        """The absolute path of a workspace-relative one.

        Raises:
            SplatelierError: the path is no path, or leaves the workspace, also by way of a symbolic link.
        """
        _check(relative)
        try:
            path = (self.root / relative).resolve()
        except (OSError, RuntimeError) as error:  # a ring of links
            raise SplatelierError(f"{str(relative)!r} leads nowhere; name a file in the gallery's folder.") from error
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

    def replacing(self, relative: str | Path) -> AbstractContextManager[Path]:
        """A temporary path that becomes the file `relative` when the block ends well: see `writes.replacing`."""
        return replacing(self.resolve(relative))

    def replacing_folder(self, relative: str | Path) -> AbstractContextManager[Path]:
        """A new folder that takes the place of `relative` when the block ends well: see `writes.replacing_folder`."""
        return replacing_folder(self.resolve(relative), scratch=self.state)

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


def _check(path: object) -> None:
    """Refuse what no file system takes for a path, before the system is asked."""
    if not isinstance(path, str | Path):
        raise SplatelierError(
            f"A path is text such as 'assets/a/splat.ply', not {repr(path)[:60]}; name a file by its path."
        )
    try:
        names = [name.encode() for name in Path(path).parts]
    except UnicodeEncodeError as error:
        raise SplatelierError(f"{str(path)[:80]!r} is not text that can name a file; check the path.") from error
    if sum(map(len, names)) + len(names) > _LONGEST_PATH or any(len(name) > _LONGEST_NAME for name in names):
        raise SplatelierError(f"The path that begins {str(path)[:40]!r} is too long for a file; check it.")
    if "\0" in str(path):
        raise SplatelierError(f"{str(path)[:80]!r} has a zero character in it and names no file; check the path.")
