"""Read a splat file of any format that this project knows, by what is in it."""

from pathlib import Path

from tools.splats.errors import SplatError
from tools.splats.ksplat_reader import read_ksplat
from tools.splats.ply import read_ply
from tools.splats.splats import Splats


def read_splats(path: Path) -> Splats:
    """The Gaussians of a .ply or .ksplat file.

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
    if path.suffix == ".ksplat":
        return read_ksplat(path)
    raise SplatError(f"{path} is not a splat file that can be read here: give a .ply or .ksplat.")
