"""Damaged files: our own error or a splat, never anything else, and no memory that the file's size does not justify."""

import gzip
import re
import struct
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plyfile import PlyData, PlyElement

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ksplat_reader import decode
from splatelier.tools.splats.formats.planes import from_planes, to_planes
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.formats.registry import read_splats
from tests.tools.splats.shapes import random_splats, spz_bytes, write_compressed_ply

pytestmark = pytest.mark.slow

COUNT = 1500
FIXED = 400_000
"""What reading takes whatever the size: Python's own objects, file buffers and the largest header that is looked at."""

Edits = list[tuple[int, int]]
edits = st.lists(st.tuples(st.integers(0, 5200), st.integers(0, 255)), min_size=1, max_size=6)
cuts = st.one_of(st.none(), st.floats(0, 1))
numbers = st.one_of(
    st.integers(0, 10**13), st.integers(COUNT - 2, COUNT + 2), st.sampled_from([-1, 2**31, 2**32, 2**63])
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@pytest.fixture(scope="module")
def plys(folder: Path) -> list[Path]:
    """A binary, a big-endian and an ASCII file, a binary and an ASCII one with lists first, and compressed ones."""
    write_ply(folder / "a.ply", random_splats(COUNT, 1))
    data = PlyData.read(str(folder / "a.ply"))
    PlyData(data.elements, byte_order=">").write(str(folder / "b.ply"))
    PlyData(data.elements, text=True).write(str(folder / "c.ply"))
    rows = np.empty(50, dtype=[("vertex_indices", object)])
    for i in range(50):
        rows["vertex_indices"][i] = np.arange(i % 5, dtype="<i4")
    lists = PlyElement.describe(rows, "face", val_types={"vertex_indices": "i4"})
    PlyData([lists, data["vertex"]]).write(str(folder / "d.ply"))
    PlyData([lists, data["vertex"]], text=True).write(str(folder / "e.ply"))
    write_compressed_ply(folder / "f.ply", COUNT)
    write_compressed_ply(folder / "g.ply", COUNT, text=True)
    return [folder / f"{name}.ply" for name in "abcdefg"]


@pytest.fixture(scope="module")
def ksplats(folder: Path) -> list[Path]:
    """One file of each level."""
    for level in (0, 1, 2):
        write_ksplat(folder / f"{level}.ksplat", random_splats(COUNT, level), level=level, min_alpha=0)
    return [folder / f"{level}.ksplat" for level in (0, 1, 2)]


def damaged(data: bytes, changes: Edits, cut: float | None, within: int) -> bytes:
    result = bytearray(data)
    for position, value in changes:
        result[position % min(within, len(result))] = value
    return bytes(result if cut is None else result[: int(cut * len(result))])


def peak_of(action: Callable[[], object]) -> int:
    """The most memory that `action` held at once beyond what was held before, in bytes; our own errors are fine."""
    tracemalloc.start()
    try:
        with np.errstate(all="ignore"):
            action()
    except SplatError:
        pass
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


def bound(path: Path) -> int:
    """What reading a PLY may take: the file as it is and as a table, unpacked from 16 bytes to 56, and each list."""
    size = path.stat().st_size
    unpacked = 4 * size if b"packed_position" in path.read_bytes()[:2000] else 0
    lists = 250 * size if b"property list" in path.read_bytes()[:4000] else 0  # an empty list takes a byte there
    return 2 * size + unpacked + lists + FIXED


@settings(max_examples=200, deadline=None)
@given(which=st.integers(0, 6), changes=edits, cut=cuts)
def test_damaged_plys_end_in_our_error_or_a_splat(
    folder: Path, plys: list[Path], which: int, changes: Edits, cut: float | None
) -> None:
    path = folder / "damaged.ply"
    data = plys[which].read_bytes()
    path.write_bytes(damaged(data, changes, cut, data.index(b"end_header") + 400))
    assert peak_of(lambda: read_splats(path)) <= bound(path)


@settings(max_examples=150, deadline=None)
@given(
    which=st.integers(0, 6),
    element=st.sampled_from(["vertex", "face", "chunk"]),
    number=numbers,
    other=st.sampled_from(["float", "double", "uchar", "int", "list uchar int"]),
)
def test_plys_that_promise_something_else_end_in_our_error_or_a_splat(
    folder: Path, plys: list[Path], which: int, element: str, number: int, other: str
) -> None:
    path = folder / "promising.ply"
    promise = f"element {element} ".encode()
    data = re.sub(promise + rb"\d+", promise + b"%d" % number, plys[which].read_bytes())
    for name in (b"opacity", b"min_x", b"packed_color"):
        data = re.sub(rb"property \w+ " + name, f"property {other} ".encode() + name, data)
    path.write_bytes(data)
    assert peak_of(lambda: read_splats(path)) <= bound(path)


@settings(max_examples=150, deadline=None)
@given(
    level=st.integers(0, 2), changes=edits, cut=cuts, number=numbers, field=st.sampled_from([4, 8, 12, 16, 4096, 4100])
)
def test_damaged_ksplats_end_in_our_error_or_a_splat(
    folder: Path, ksplats: list[Path], level: int, changes: Edits, cut: float | None, number: int, field: int
) -> None:
    path = folder / "damaged.ksplat"
    data = bytearray(damaged(ksplats[level].read_bytes(), changes, None, 5200))
    if number % 2:
        data[field : field + 4] = (number % 2**32).to_bytes(4, "little")
    path.write_bytes(damaged(bytes(data), [], cut, 1))

    def decode_in_parts() -> None:
        opened = decode(path)
        for start in range(0, len(opened), 500):
            opened.part(slice(start, start + 500))

    assert peak_of(decode_in_parts) <= 2 * path.stat().st_size + FIXED
    floats = 4 * (3 + 3 + 4 + 1 + 3 + 24)  # of one Gaussian; all at once they are more than the file
    assert peak_of(lambda: read_splats(path)) <= 3 * floats * path.stat().st_size / 24 + FIXED


@settings(max_examples=150, deadline=None)
@given(
    version=st.integers(1, 3),
    degree=st.integers(0, 3),
    changes=st.lists(st.tuples(st.integers(0, 15), st.integers(0, 255)), max_size=3),
    packed=edits,
    damage=st.booleans(),
    cut=cuts,
)
def test_damaged_spzs_end_in_our_error_or_a_splat(
    folder: Path, version: int, degree: int, changes: Edits, packed: Edits, damage: bool, cut: float | None
) -> None:
    path = folder / "damaged.spz"
    inside = damaged(gzip.decompress(spz_bytes(500, version, degree)), changes, None, 16) if changes else None
    data = gzip.compress(inside, mtime=0) if inside else spz_bytes(500, version, degree)
    path.write_bytes(damaged(data, packed if damage else [], cut, len(data)))
    floats = 4 * (3 + 3 + 4 + 1 + 3 + 45)  # of one Gaussian, which takes no less than 19 bytes in the file
    assert peak_of(lambda: read_splats(path)) <= 4 * floats * path.stat().st_size / 19 + FIXED


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_spz_cut_short_anywhere_is_refused(folder: Path, version: int) -> None:
    whole, path = spz_bytes(6, version), folder / "short.spz"
    path.write_bytes(whole)
    assert len(read_splats(path)) > 0
    inside = gzip.decompress(whole)
    cut_whole = [whole[:length] for length in range(len(whole) - 8)]  # the last eight bytes are a checksum
    cut_inside = [gzip.compress(inside[:length], mtime=0) for length in range(len(inside))]
    for short in (*cut_whole, *cut_inside):
        path.write_bytes(short)
        with pytest.raises(SplatError, match=r"short\.spz"):
            read_splats(path)


def test_a_spz_that_promises_more_than_memory_holds_is_refused_first(folder: Path) -> None:
    path = folder / "bomb.spz"
    head = struct.pack("<IIIBBH", 0x5053474E, 3, 60_000_000, 0, 12, 0)
    path.write_bytes(gzip.compress(head + bytes(20 * 60_000), mtime=0) + bytes(1_200_000))
    with pytest.raises(SplatError, match="most that is read"):
        read_splats(path)


@settings(max_examples=60, deadline=None)
@given(rows=st.integers(1, 40), changes=st.lists(st.tuples(st.integers(0, 1300), st.integers(0, 255)), max_size=40))
def test_damaged_dot_splats_end_in_our_error_or_a_splat(folder: Path, rows: int, changes: Edits) -> None:
    path = folder / "damaged.splat"
    path.write_bytes(damaged(np.random.default_rng(rows).bytes(32 * rows), changes, None, 32 * rows))
    assert peak_of(lambda: read_splats(path)) <= FIXED


@settings(max_examples=100, deadline=None)
@given(level=st.integers(0, 2), changes=edits, cut=cuts)
def test_damaged_planes_end_in_our_error_or_in_bytes_of_their_size(
    ksplats: list[Path], level: int, changes: Edits, cut: float | None
) -> None:
    packed = to_planes(ksplats[level].read_bytes())
    assert packed is not None
    data = damaged(packed, changes, cut, 5200)
    assert peak_of(lambda: from_planes(data)) <= 4 * len(data) + FIXED


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), suffix=st.sampled_from([".ply", ".ksplat", ".splat", ".spz", ".bin"]))
def test_anything_at_all_ends_in_our_error_or_a_splat(folder: Path, data: bytes, suffix: str) -> None:
    for start in (b"", b"ply\nformat ascii 1.0\n", b"\x1f\x8b\x08"):
        path = folder / f"anything{suffix}"
        path.write_bytes(start + data)
        peak_of(partial(read_splats, path))
