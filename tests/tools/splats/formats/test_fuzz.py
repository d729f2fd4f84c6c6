"""Damaged files: our own error or a splat, never anything else, and no memory that the file's size does not justify."""

import re
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plyfile import PlyData

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ksplat_reader import decode
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.formats.registry import read_splats
from tests.tools.splats.shapes import random_splats

COUNT = 4000
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
    """A binary, a big-endian and an ASCII file."""
    write_ply(folder / "a.ply", random_splats(COUNT, 1))
    data = PlyData.read(str(folder / "a.ply"))
    PlyData(data.elements, byte_order=">").write(str(folder / "b.ply"))
    PlyData(data.elements, text=True).write(str(folder / "c.ply"))
    return [folder / name for name in ("a.ply", "b.ply", "c.ply")]


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


@settings(max_examples=150, deadline=None)
@given(which=st.integers(0, 2), changes=edits, cut=cuts)
def test_damaged_plys_end_in_our_error_or_a_splat(
    folder: Path, plys: list[Path], which: int, changes: Edits, cut: float | None
) -> None:
    path = folder / "damaged.ply"
    data = plys[which].read_bytes()
    path.write_bytes(damaged(data, changes, cut, data.index(b"end_header") + 40))
    assert peak_of(lambda: read_splats(path)) <= 2 * path.stat().st_size + FIXED


@settings(max_examples=100, deadline=None)
@given(which=st.integers(0, 2), number=numbers, other=st.sampled_from(["double", "uchar", "int", "list uchar int"]))
def test_plys_that_promise_something_else_end_in_our_error_or_a_splat(
    folder: Path, plys: list[Path], which: int, number: int, other: str
) -> None:
    path = folder / "promising.ply"
    data = re.sub(rb"element vertex \d+", b"element vertex %d" % number, plys[which].read_bytes())
    path.write_bytes(data.replace(b"property float opacity", f"property {other} opacity".encode()))
    assert peak_of(lambda: read_splats(path)) <= 2 * path.stat().st_size + FIXED


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


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300), suffix=st.sampled_from([".ply", ".ksplat", ".splat", ".spz", ".bin"]))
def test_anything_at_all_ends_in_our_error_or_a_splat(folder: Path, data: bytes, suffix: str) -> None:
    for start in (b"", b"ply\nformat ascii 1.0\n", b"\x1f\x8b\x08"):
        path = folder / f"anything{suffix}"
        path.write_bytes(start + data)
        peak_of(partial(read_splats, path))
