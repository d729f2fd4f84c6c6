import contextlib
import io
import struct
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from splatelier.tools.errors import SplatelierError
from splatelier.tools.pictures.pixels import LARGEST, check_picture, load_pixels


def test_what_is_no_picture_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"not a picture")
    with pytest.raises(SplatelierError, match=r"bad\.png is not a picture"):
        load_pixels(tmp_path / "bad.png")
    Image.new("RGB", (40, 40)).save(tmp_path / "cut.png")
    data = (tmp_path / "cut.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(data[: len(data) // 2])
    with pytest.raises(SplatelierError, match=r"cut\.png is not a picture"):
        load_pixels(tmp_path / "cut.png")


def bomb(width: int, height: int) -> bytes:
    """A PNG of black pixels, a thousand times smaller than what it unpacks to."""
    packer = zlib.compressobj(9)
    row = bytes(1 + width // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)), (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [8_008, 10_000, 16_000])
def test_a_picture_that_would_unpack_to_too_much_is_refused_before_it_does(tmp_path: Path, side: int) -> None:
    assert side * side > LARGEST
    path = tmp_path / "bomb.png"
    path.write_bytes(bomb(side, side))
    for read in (load_pixels, check_picture):
        tracemalloc.start()
        with pytest.raises(SplatelierError, match=r"bomb\.png is too large"):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
        tracemalloc.stop()


def saved(kind: str) -> bytes:
    buffer = io.BytesIO()
    pixels = np.random.default_rng(0).integers(0, 255, (24, 24, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "kind"), [("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.webp", "WEBP")]
)
def test_a_picture_that_is_what_its_name_says_passes(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(saved(kind))
    check_picture(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", saved("PNG")),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.gif", saved("GIF")),
        ("a", saved("PNG")),
        ("a.png", saved("JPEG")),
        ("a.jpg", saved("PNG")),
        ("a.png", b"<!doctype html><script>alert(1)</script>"),
        ("a.png", saved("PNG")[:-40]),
        ("a.webp", saved("WEBP")[:60]),
        ("a.png", b""),
    ],
)
def test_a_picture_that_is_not_what_its_name_says_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(SplatelierError, match=name.replace(".", r"\.")):
        check_picture(tmp_path / name)


@settings(max_examples=200, deadline=None)
@given(
    kind=st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"]),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    cut=st.integers(0, 2000),
)
def test_damaged_pictures_end_in_our_error_or_pixels(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(saved(kind))
    for position, value in changes:
        data[position % len(data)] = value
    path = tmp_path_factory.getbasetemp() / "damaged.bin"
    path.write_bytes(bytes(data[: len(data) - cut % 300 if cut > 1000 else None]))
    with contextlib.suppress(SplatelierError):
        assert load_pixels(path).shape[2] == 4
