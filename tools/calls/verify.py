"""Checking a file that came from outside before anybody believes it: its type by content, and that it is whole."""

import json
import re
import struct
import warnings
from pathlib import Path, PurePosixPath

from PIL import Image, UnidentifiedImageError

_PLY_SIZES = {
    **dict.fromkeys(("char", "uchar", "int8", "uint8"), 1),
    **dict.fromkeys(("short", "ushort", "int16", "uint16"), 2),
    **dict.fromkeys(("int", "uint", "float", "int32", "uint32", "float32"), 4),
    **dict.fromkeys(("double", "int64", "uint64", "float64"), 8),
}
_MAX_PLY_HEADER = 64 * 1024
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
_TEXT_ENDINGS = {".txt", ".csv", ".tsv", ".log", ".md", ".srt", ".vtt", ".html", ".yaml", ".yml", ".toml", ".m3u8", ""}


class BadFile(ValueError):
    """A file is not what it says it is; the message says how, without naming the file."""


def sniff(head: bytes) -> str:
    """The type of a file from its first bytes: a key of _PICTURES, ply, glb, html, svg, json, or "" for another."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    if head[:2] == b"BM":
        return "bmp"
    if head[:4] in (b"II*\0", b"MM\0*"):
        return "tiff"
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return "avif"
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
    """Check that a PLY's body has exactly what its header announces (a longer body is let pass).

    Format: Greg Turk, "The PLY Polygon File Format" (1994). A binary body is measured where every element has a fixed
    size; elements with lists and ASCII bodies are only required to be there.

    Raises:
        BadFile: the header cannot be read, or the body is shorter than it says.
    """
    with path.open("rb") as file:
        head = file.read(_MAX_PLY_HEADER)
    end = re.search(rb"\nend_header\r?\n", head)
    if not end:
        raise BadFile("the PLY that came back has no end to its header")
    expected, measurable, binary = 0, True, False
    count = 0
    for line in head[: end.start()].decode("ascii", errors="replace").splitlines():
        words = line.split()
        if words[:1] == ["format"]:
            binary = len(words) > 1 and words[1].startswith("binary")
        elif words[:1] == ["element"]:
            if len(words) != 3 or not words[2].isdigit():
                raise BadFile("the PLY that came back has an element without a count")
            count = int(words[2])
        elif words[:2] == ["property", "list"]:
            measurable = measurable and count == 0
        elif words[:1] == ["property"]:
            if len(words) != 3 or words[1] not in _PLY_SIZES:
                raise BadFile("the PLY that came back has a property of an unknown type")
            expected += count * _PLY_SIZES[words[1]]
    body = path.stat().st_size - end.end()
    if binary and body < expected:
        raise BadFile(f"the PLY that came back is cut short: {body:,} bytes of body where its header says {expected:,}")
    if (not binary or not measurable) and expected and body <= 0:
        raise BadFile("the PLY that came back has a header and nothing else")


def _check_glb(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(20)
        if len(header) < 20:
            raise BadFile("the GLB that came back is cut short")
        _, version, total, length, kind = struct.unpack("<4sIIII", header)
        if total != size or version != 2:
            raise BadFile(f"the GLB that came back has {size:,} bytes where its header says {total:,}")
        if kind != 0x4E4F534A or length > min(size - 20, _MAX_JSON):
            raise BadFile("the GLB that came back does not begin with its JSON chunk")
        try:
            json.loads(file.read(length))
        except ValueError as error:
            raise BadFile("the JSON inside the GLB that came back does not parse") from error


def _check_json(path: Path) -> None:
    if path.stat().st_size > _MAX_JSON:
        return
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise BadFile("the JSON file that came back does not parse") from error
