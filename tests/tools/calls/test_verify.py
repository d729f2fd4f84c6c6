"""Files that come back: believed only when their content is what their name or component says."""

import io
import json
import struct
from pathlib import Path

import pytest
from PIL import Image

from splatelier.tools.calls.verify import BadFile, check_file, ending, sniff
from tests.tools.space_apps.files import ply_bytes


def png(size: int = 8) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (size, size), "red").save(stream, "PNG")
    return stream.getvalue()


def encoded(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(stream, kind)
    return stream.getvalue()


def glb(text: bytes = b'{"asset":{}}') -> bytes:
    text += b" " * (-len(text) % 4)
    return struct.pack("<4sIIII", b"glTF", 2, 20 + len(text), len(text), 0x4E4F534A) + text


def check(folder: Path, content: bytes, name: str, component: str = "file") -> str:
    path = folder / "received"
    path.write_bytes(content)
    return check_file(path, name, component)


ASCII_PLY = b"ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n0\n"
LIST_PLY = (
    b"ply\nformat binary_little_endian 1.0\nelement vertex 1\nproperty float x\n"
    b"element face 1\nproperty list uchar int i\nend_header\n"
)


@pytest.mark.parametrize(
    ("content", "name", "component", "suffix"),
    [
        (png(), "a.png", "image", ".png"),
        (png(), "a", "image", ".png"),
        (png(), "a.webp", "image", ".png"),
        (encoded("JPEG"), "a.jpeg", "image", ".jpeg"),
        (encoded("WEBP"), "image.webp", "image", ".webp"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "image", ".svg"),
        (ply_bytes(), "a.ply", "model3d", ".ply"),
        (ply_bytes() + b"more", "a.ply", "file", ".ply"),
        (ASCII_PLY, "a.ply", "file", ".ply"),
        (LIST_PLY + b"\0" * 30, "mesh.ply", "file", ".ply"),
        (glb(), "a.glb", "model3d", ".glb"),
        (glb(), "model", "model3d", ".glb"),
        (b'{"a": 1}', "a.json", "file", ".json"),
        (b"<html></html>", "page.html", "file", ".html"),
        (b"", "empty.txt", "file", ".txt"),
        (b"v 0 0 0", "../../x.obj", "model3d", ".obj"),
        (b"anything", "strange.\u202eply", "file", ""),
        (b"anything", "a.sh;rm -rf", "file", ""),
    ],
)
def test_a_good_file_gets_the_suffix_that_it_deserves(
    tmp_path: Path, content: bytes, name: str, component: str, suffix: str
) -> None:
    assert check(tmp_path, content, name, component) == suffix


@pytest.mark.parametrize(
    ("content", "name", "component", "says"),
    [
        (b"", "a.ply", "model3d", "empty"),
        (b"", "a", "image", "empty"),
        (png(500)[:300], "a.png", "image", "does not decode"),
        (encoded("JPEG")[:-40], "a.jpg", "image", "does not decode"),
        (encoded("WEBP")[:50], "a.webp", "image", "does not decode"),
        (b"<!DOCTYPE html><html>", "a.png", "image", "HTML"),
        (b"\n  <html><body>503", "a", "model3d", "HTML"),
        (b"<html>", "a.glb", "file", "HTML"),
        (b'{"error": "no"}', "a.ply", "file", "JSON"),
        (ply_bytes(9)[:-1], "a.ply", "model3d", "cut short"),
        (ply_bytes()[:40], "a.ply", "model3d", "no end to its header"),
        (ply_bytes().replace(b"vertex 4", b"vertex x"), "a.ply", "file", "without a count"),
        (ply_bytes().replace(b"float z", b"colour z"), "a.ply", "file", "unknown type"),
        (ASCII_PLY[:-2], "a.ply", "file", "nothing else"),
        (LIST_PLY, "a.ply", "file", "cut short"),
        (glb()[:-1], "a.glb", "model3d", "its header says"),
        (glb()[:12], "a.glb", "model3d", "cut short"),
        (glb(b"{broken"), "a.glb", "model3d", "does not parse"),
        (b"{broken", "a.json", "file", "does not parse"),
        (ply_bytes(), "a.glb", "model3d", "a PLY came back"),
    ],
)
def test_a_bad_file_is_not_believed(tmp_path: Path, content: bytes, name: str, component: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        check(tmp_path, content, name, component)


def test_a_picture_that_unpacks_into_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = bytearray(png())
    bomb[16:29] = header
    with pytest.raises(BadFile, match="does not decode"):
        check(tmp_path, bytes(bomb), "a.png", "image")


def test_json_that_nests_without_end_is_not_believed(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="does not parse"):
        check(tmp_path, b"[" * 200_000, "a.json", "file")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.PNG", ".png"),
        ("../../etc/passwd", ""),
        ("a.ply?x=.glb", ".ply"),
        ("C:\\x\\y.glb", ".glb"),
        ("a.tar.gz", ".gz"),
        ("a." + "x" * 50, ""),
        ("a.p/../ly", ""),
    ],
)
def test_only_a_plain_suffix_is_taken_from_a_name(name: str, expected: str) -> None:
    assert ending(name) == expected


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "gif", "bmp", "tiff", "avif"])
def test_every_sort_of_picture_is_told_by_its_content(kind: str) -> None:
    assert sniff(encoded(kind.upper())) == kind


@pytest.mark.parametrize(
    "content", [b"", b"\0", b"\xff" * 2048, b"%PDF-1.7", b"PK\x03\x04" + bytes(30), b"\x1f\x8b\x08"]
)
def test_what_is_neither_picture_nor_model_nor_text_is_told_to_be_none(content: bytes) -> None:
    assert sniff(content) == ""


def test_types_are_told_by_content() -> None:
    samples = {"png": png(), "ply": ply_bytes(), "glb": glb(), "json": json.dumps([1]).encode(), "": b"hello"}
    assert {kind: sniff(content) for kind, content in samples.items()} == {kind: kind for kind in samples}
