"""The formats that this project knows: a file is read by what is in it, and written by its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.dot_splat import read_dot_splat
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ksplat_reader import read_ksplat
from splatelier.tools.splats.formats.ply import read_ply, write_ply
from splatelier.tools.splats.formats.spz import read_spz
from splatelier.tools.splats.splats import Splats


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        suffix: how its files' names end.
        read: the Gaussians of a file.
        write: writes Gaussians to a file; None where it is only read.
        magic: how its files begin, any of these; empty where they have no mark and are told by their name.
    """

    suffix: str
    read: Callable[[Path], Splats]
    write: Callable[[Path, Splats], object] | None = None
    magic: tuple[bytes, ...] = ()


FORMATS = (
    Format(".ply", read_ply, write_ply, magic=(b"ply",)),
    Format(".splat", read_dot_splat),
    Format(".ksplat", read_ksplat, write_ksplat),
    Format(".spz", read_spz, magic=(b"\x1f\x8b", b"NGSP")),
)
"""Every format; another one is another line, and a module beside this one."""

_MARK = max(len(mark) for form in FORMATS for mark in form.magic)


def read_splats(path: Path) -> Splats:
    """The Gaussians of a file of any of `FORMATS`.

    PLY and SPZ files are told by their first bytes, the others, which have no mark, by their suffix. Arrays may be
    views into the mapped file: replace a file rather than writing over it while its splats are in use.

    Raises:
        SplatError: no such file, an unknown format, or a file that is damaged; one sentence that names it.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_MARK)
    except OSError as error:
        raise SplatError(f"{path} cannot be read: {error.strerror}.") from error
    marked = [form for form in FORMATS if form.magic and start.startswith(form.magic)]
    named = [form for form in FORMATS if not form.magic and path.suffix.lower() == form.suffix]
    if not marked and not named:
        raise SplatError(f"{path} is not a splat file that can be read here: give {_listed(FORMATS)}.")
    return (marked or named)[0].read(path)


def write_splats(path: Path, splats: Splats) -> None:
    """Write Gaussians in the format that the name of `path` says.

    Raises:
        SplatError: no format that is written has that suffix, or the splat does not fit into it.
    """
    for form in FORMATS:
        if form.write and path.suffix.lower() == form.suffix:
            form.write(path, splats)
            return
    writable = [form for form in FORMATS if form.write]
    raise SplatError(f"{path} is not named as a splat that can be written here: give {_listed(writable)}.")


def _listed(formats: Sequence[Format]) -> str:
    *others, last = [form.suffix for form in formats]
    return f"a {', '.join(others)} or {last}"
