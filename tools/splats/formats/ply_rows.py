"""The rows of one element of a PLY file, mapped where they are binary."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ply_header import BINARY, Element, Header
from splatelier.tools.splats.splats import Floats

_LONGEST_LINE = 1 << 14


def rows_of(path: Path, header: Header, element: Element) -> NDArray[np.void]:
    """The rows of `element` as a structured array: mapped when the file is binary, float32 when it is ASCII.

    Raises:
        SplatError: the file is shorter than its header promises, or an ASCII row is no row of numbers.
    """
    earlier = header.elements[: header.elements.index(element)]
    if any(other.has_lists and other.count for other in earlier):
        raise SplatError(f"{path} has lists before its {element.name!r} rows; export it again with those first.")
    start = header.size + sum(other.count * other.smallest_row(header.encoding) for other in earlier)
    size = path.stat().st_size + (header.encoding == "ascii")  # the last line may lack its end
    if start + element.count * element.smallest_row(header.encoding) > size:
        raise SplatError(
            f"{path} is truncated: its header promises {element.count} {element.name} rows and the file ends before "
            "them. Download or make it again."
        )
    if header.encoding == "ascii":
        return _ascii_table(path, header, element, skip=sum(other.count for other in earlier))
    dtype = np.dtype([(name, BINARY[header.encoding] + code) for name, code in element.properties])
    return np.memmap(path, dtype=dtype, mode="r", offset=start, shape=(element.count,))


def _ascii_table(path: Path, header: Header, element: Element, skip: int) -> NDArray[np.void]:
    rows = np.empty(element.count, dtype=[(name, "<f4") for name, _ in element.properties])
    flat = rows.view("<f4").reshape(element.count, len(element.properties))
    with path.open("rb") as file:
        file.seek(header.size)
        for _ in range(skip):
            file.readline()
        for row in flat:
            values = file.readline(_LONGEST_LINE).split()
            if len(values) != len(row):
                raise SplatError(f"{path} is damaged: a vertex line has {len(values)} values where {len(row)} belong.")
            try:
                row[:] = values
            except ValueError as error:
                raise SplatError(f"{path} is damaged: a vertex line holds something that is no number.") from error
    return rows


def columns(table: NDArray[np.void], names: Sequence[str]) -> Floats:
    """(n, len(names)) float32; a view of the rows where the columns lie side by side as float32."""
    count, width = len(table), len(names)
    if not names:
        return np.empty((count, 0), dtype=np.float32)
    fields = table.dtype.fields
    assert fields is not None, "the rows of a PLY are structured"
    offsets = [int(fields[name][1]) for name in names]
    side_by_side = offsets == [offsets[0] + 4 * i for i in range(width)]
    if side_by_side and all(fields[name][0] == np.dtype("<f4") for name in names):
        stride = table.dtype.itemsize
        return np.ndarray((count, width), "<f4", table, offsets[0], (stride, 4))
    copied = np.empty((count, width), dtype=np.float32)
    with np.errstate(over="ignore"):
        for i, name in enumerate(names):
            copied[:, i] = table[name]
    return copied


def floats_of(table: NDArray[np.void]) -> Floats | None:
    """Every value of the rows as (n, columns), when all are little-endian float32."""
    if any(table.dtype[name] != np.dtype("<f4") for name in table.dtype.names or ()):
        return None
    return np.ndarray((len(table), table.dtype.itemsize // 4), "<f4", table)
