"""Read a splat file of any format that this project knows, by what is in it."""

from pathlib import Path

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.dot_splat import read_dot_splat
from splatelier.tools.splats.formats.ksplat_reader import read_ksplat
from splatelier.tools.splats.formats.ply import read_ply
from splatelier.tools.splats.formats.spz import is_spz, read_spz
from splatelier.tools.splats.splats import Splats


def read_splats(path: Path) -> Splats:
    """The Gaussians of a .ply (binary, ASCII or compressed), .splat, .ksplat or .spz file.

    PLY and SPZ files are told by their first bytes, the others, which have no mark, by their suffix. Arrays may be
    views into the mapped file: replace a file rather than writing over it while its splats are in use.

    Raises:
        SplatError: no such file, an unknown format, or a file that is damaged; one sentence that names it.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise SplatError(f"{path} cannot be read: {error.strerror}.") from error
    if start.startswith(b"ply"):
        return read_ply(path)
    if is_spz(start):
        return read_spz(path)
    match path.suffix.lower():
        case ".ksplat":
            return read_ksplat(path)
        case ".splat":
            return read_dot_splat(path)
    raise SplatError(f"{path} is not a splat file that can be read here: give a .ply, .splat, .ksplat or .spz.")
