"""Checking a file that came from outside before anybody believes it: its type by content, and that it is whole."""

import json
import re
import struct
import warnings
from pathlib import Path, PurePosixPath

import puremagic
from PIL import Image, UnidentifiedImageError

from splatelier.tools.errors import SplatelierError
from splatelier.tools.glb import check_glb
from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ply_header import read_header

_MAX_JSON = 64 * 1024 * 1024

# What the content of a file must be when its name ends so; other endings are not judged.
_EXPECTED = {
    ".png": {"png"},
    ".apng": {"png"},
    ".jpg": {"jpeg"},
    ".jpeg": {"jpeg"},
    ".webp": {"webp"},
    ".gif": {"gif"},
    ".ply": {"ply"},
    ".glb": {"glb"},
    ".json": {"json"},
    ".gltf": {"json"},
}
_PICTURES = {
    "png": ".png",
    "jpeg": ".jpg",
    "webp": ".webp",
    "gif": ".gif",
    "bmp": ".bmp",
    "tiff": ".tiff",
    "avif": ".avif",
}
_PICTURE_TYPES = {f"image/{kind}": kind for kind in _PICTURES} | {"image/x-ms-bmp": "bmp"}
_TEXT_ENDINGS = {".txt", ".csv", ".tsv", ".log", ".md", ".srt", ".vtt", ".html", ".yaml", ".yml", ".toml", ".m3u8", ""}


class BadFile(ValueError):
    """A file is not what it says it is; the message says how, without naming the file."""


def sniff(head: bytes) -> str:
    """The type of a file from its first bytes: a key of _PICTURES, ply, glb, html, svg, json, or "" for another."""
    if head[:4] == b"ply\n" or head[:5] == b"ply\r\n":
        return "ply"
    if head[:4] == b"glTF":
        return "glb"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512].lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    if text.startswith(b"<svg") or (text.startswith((b"<?xml", b"<!--", b"<!doctype svg")) and b"<svg" in text):
        return "svg"
    if text[:1] in (b"{", b"["):
        return "json"
    try:
        return _PICTURE_TYPES.get(puremagic.magic_string(head)[0].mime_type, "")
    except (puremagic.PureError, ValueError):
        return ""


def ending(name: str) -> str:
    """The suffix of a file's name as far as it can be trusted with a path: lower case letters and digits, or ""."""
    suffix = PurePosixPath(name.split("?", 1)[0].replace("\\", "/")).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,10}", suffix) else ""


def check_file(path: Path, name: str, component: str) -> str:
    """Check a file that a Space sent; gives the suffix that it deserves, such as ".png".

    Args:
        path: where its bytes are.
        name: what the Space calls it; only its suffix is looked at.
        component: the Gradio component that it came from, in lower case ("" when unknown).

    Raises:
        BadFile: it is empty, cut short, or not of the type that its name or component says.
    """
    suffix = ending(name)
    size = path.stat().st_size
    picture = component in ("image", "imageeditor", "gallery", "annotatedimage", "imageslider", "simpleimage")
    if size == 0:
        if suffix in _TEXT_ENDINGS and not picture and component != "model3d":
            return suffix
        raise BadFile("an empty file came back")
    with path.open("rb") as file:
        kind = sniff(file.read(2048))

    expected = _EXPECTED.get(suffix)
    both_pictures = picture or (expected is not None and expected <= set(_PICTURES))
    if expected and kind not in expected and not (both_pictures and kind in {*_PICTURES, "svg"}):
        raise BadFile(f"a {suffix[1:]} file was promised, but {_CALLED.get(kind, 'something else')} came back")
    if kind == "html" and (picture or component in ("model3d", "audio", "video")):
        raise BadFile(f"a page of HTML came back instead of {'a picture' if picture else 'a file'}")

    if kind in _PICTURES and (picture or expected):
        _check_picture(path)
        return suffix if expected and kind in expected else _PICTURES[kind]
    if kind == "ply" and (suffix in (".ply", "") or component == "model3d"):
        check_ply(path)
        return ".ply"
    if kind == "glb" and (suffix in (".glb", "") or component == "model3d"):
        _check_glb(path)
        return ".glb"
    if suffix in (".json", ".gltf"):
        _check_json(path)
    return suffix or (".svg" if kind == "svg" else "")


_CALLED = {
    "html": "a page of HTML",
    "json": "JSON",
    "ply": "a PLY",
    "glb": "a GLB",
    "": "something that cannot be recognised",
} | dict.fromkeys(_PICTURES, "a picture")


def _check_picture(path: Path) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                picture.load()
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
        EOFError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise BadFile(f"the picture that came back does not decode ({error})".replace(str(path), "it")) from error


def check_ply(path: Path) -> None:
    """Check that a PLY's body has what its header announces; a longer body is let pass.

    Rows of lists and of ASCII, whose length nobody knows, are held to the fewest bytes that they can take.

    Raises:
        BadFile: the header cannot be read, or the body is shorter than it says.
    """
    try:
        header = read_header(path)
    except SplatError as error:
        raise BadFile(str(error).replace(str(path), "the PLY that came back").rstrip(".")) from error
    size, wanted = path.stat().st_size, header.smallest(header.elements)
    if header.encoding == "ascii" and wanted > header.size >= size:
        raise BadFile("the PLY that came back has a header and nothing else")
    if wanted > size:
        body, said = size - header.size, wanted - header.size
        raise BadFile(f"the PLY that came back is cut short: {body:,} bytes of body where its header says {said:,}")


def _check_glb(path: Path) -> None:
    try:
        check_glb(path)
    except SplatelierError as error:
        raise BadFile(str(error).replace(path.name, "the GLB that came back").rstrip(".")) from error


def _check_json(path: Path) -> None:
    if path.stat().st_size > _MAX_JSON:
        return
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BadFile("the JSON file that came back does not parse") from error
