"""The rows of one element of a PLY file: mapped where they are binary and of one length, else read by plyfile."""

import io
import shutil
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from plyfile import PlyData, PlyElementParseError, PlyParseError

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ply_header import Element, Header
from splatelier.tools.splats.splats import Floats

_ORDER = {"binary_little_endian": "<", "binary_big_endian": ">"}
_LONGEST_LINE = 1 << 16
_MOST_LISTS = 2_000_000  # rows, each of which plyfile makes an object of its own


def rows_of(path: Path, header: Header, element: Element) -> NDArray[np.void]:
    """The rows of `element` as a structured array: mapped when all that matters is binary and without lists.

    Raises:
        SplatError: the file is shorter than its header promises, or holds rows that are not what the header says.
    """
    through = (*header.before(element), element)
    if header.smallest(through) > path.stat().st_size:
        raise _truncated(path, element)
    if header.encoding == "ascii" or any(other.lists and other.count for other in through):
        return _parsed(path, header, through)
    order = _ORDER[header.encoding]
    dtype = np.dtype([(prop.name, order + prop.code) for prop in element.properties])
    start = header.size + sum(other.smallest(header.encoding) for other in header.before(element))
    return np.memmap(path, dtype=dtype, mode="r", offset=start, shape=(element.count,))


def _parsed(path: Path, header: Header, elements: Sequence[Element]) -> NDArray[np.void]:
    """The rows of the last of `elements`, which are the first ones of the file, as plyfile reads them."""
    element = elements[-1]
    if sum(other.count for other in elements if other.lists) > _MOST_LISTS:
        raise SplatError(f"{path} has more than {_MOST_LISTS} rows with lists; export it again without them.")
    if header.encoding == "ascii":
        _check_lines(path, header, elements)
    stream = io.BytesIO()
    stream.write(_header_of(header, elements))
    with path.open("rb") as file:
        file.seek(header.size)
        shutil.copyfileobj(file, stream)
    stream.seek(0)
    try:
        with np.errstate(over="ignore"), warnings.catch_warnings(action="ignore"):  # it warns of every empty list
            rows: NDArray[np.void] = PlyData.read(stream, mmap=False)[element.name].data
    except PlyElementParseError as error:
        if "end-of-file" in str(error):
            raise _truncated(path, element) from error
        raise SplatError(f"{path} is damaged: {error}. Export it again.") from error
    except (PlyParseError, ValueError, ArithmeticError, LookupError, TypeError, MemoryError) as error:
        raise SplatError(f"{path} is damaged: its rows are not what its header says. Export it again.") from error
    return rows


def _header_of(header: Header, elements: Iterable[Element]) -> bytes:
    """A header for plyfile, with those elements only: it would read all that a header names."""
    lines = ["ply", f"format {header.encoding} 1.0"]
    for element in elements:
        lines.append(f"element {element.name} {element.count}")
        for prop in element.properties:
            kind = f"list {prop.length} {prop.code}" if prop.length else prop.code
            lines.append(f"property {kind} {prop.name}")
    return "\n".join([*lines, "end_header", ""]).encode("latin-1")


def _check_lines(path: Path, header: Header, elements: Sequence[Element]) -> None:
    """Make sure that the rows are there and of a bearable length, before room is made for them."""
    promised = sum(element.count for element in elements)
    with path.open("rb") as file:
        file.seek(header.size)
        for _ in range(promised):
            line = file.readline(_LONGEST_LINE)
            if len(line) == _LONGEST_LINE:
                raise SplatError(f"{path} is damaged: a line of it is longer than {_LONGEST_LINE} characters.")
            if not line:
                raise _truncated(path, elements[-1])


def _truncated(path: Path, element: Element) -> SplatError:
    return SplatError(
        f"{path} is truncated: its header promises {element.count} {element.name} rows and the file ends before them. "
        "Download or make it again."
    )


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
