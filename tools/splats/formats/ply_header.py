"""A PLY file's header, read without trusting it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from splatelier.tools.splats.errors import SplatError

Encoding = Literal["binary_little_endian", "binary_big_endian", "ascii"]

BINARY = {"binary_little_endian": "<", "binary_big_endian": ">"}
"""The numpy byte order of each binary encoding."""

_TYPES = {
    "char": "i1", "int8": "i1", "uchar": "u1", "uint8": "u1", "short": "i2", "int16": "i2", "ushort": "u2",
    "uint16": "u2", "int": "i4", "int32": "i4", "uint": "u4", "uint32": "u4", "float": "f4", "float32": "f4",
    "double": "f8", "float64": "f8",
}  # fmt: skip
_LONGEST = 1 << 17


@dataclass(frozen=True)
class Element:
    """One kind of row: its name, how many there are, and the name and numpy type code of each value."""

    name: str
    count: int
    properties: tuple[tuple[str, str], ...]
    has_lists: bool = False

    def smallest_row(self, encoding: Encoding) -> int:
        """The fewest bytes that a row can take."""
        if encoding == "ascii":
            return max(1, 2 * len(self.properties))
        return sum(int(code[1]) for _, code in self.properties)


@dataclass(frozen=True)
class Header:
    """What a PLY file says of itself; `size` is where the rows begin, in bytes."""

    encoding: Encoding
    elements: tuple[Element, ...]
    comments: tuple[str, ...]
    size: int

    def element(self, name: str) -> Element | None:
        """The first element of that name."""
        return next((element for element in self.elements if element.name == name), None)


def read_header(path: Path) -> Header:
    """The header of a PLY file.

    Raises:
        SplatError: the file cannot be read, or its header is not a PLY's.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_LONGEST)
    except OSError as error:
        raise SplatError(f"{path} cannot be read: {error.strerror}.") from error
    if not start.startswith(b"ply"):
        raise SplatError(f"{path} is not a PLY file: it does not begin with 'ply'.")
    lines: list[str] = []
    position = 0
    while True:
        end = start.find(b"\n", position)
        if end < 0:
            raise SplatError(f"{path} has no whole PLY header: 'end_header' is missing.")
        lines.append(start[position:end].decode("latin-1").strip())
        position = end + 1
        if lines[-1] == "end_header":
            return _parse(path, lines[1:-1], position)


def _parse(path: Path, lines: list[str], size: int) -> Header:
    encoding: Encoding | None = None
    comments: list[str] = []
    elements: list[Element] = []
    for line in lines:
        match line.split():
            case ["format", "binary_little_endian" | "binary_big_endian" | "ascii" as name, *_]:
                encoding = name
            case ["comment" | "obj_info", *_]:
                comments.append(line.partition(" ")[2].strip())
            case ["element", name, count] if count.isdecimal():
                elements.append(Element(name, int(count), ()))
            case ["property", "list", _, _, _] if elements:
                last = elements[-1]
                elements[-1] = Element(last.name, last.count, last.properties, has_lists=True)
            case ["property", kind, name] if elements and kind in _TYPES:
                last = elements[-1]
                elements[-1] = Element(last.name, last.count, (*last.properties, (name, _TYPES[kind])), last.has_lists)
            case []:
                continue
            case _:
                raise SplatError(f"{path} has a PLY header line that cannot be understood: {line[:80]!r}.")
    if encoding is None:
        raise SplatError(f"{path} does not say its PLY format; expected a 'format' line.")
    for element in elements:
        names = [name for name, _ in element.properties]
        if len(set(names)) != len(names):
            raise SplatError(f"{path} names a property of {element.name!r} twice.")
        if element.name == "vertex" and (element.has_lists or not names):
            raise SplatError(f"{path} is not a Gaussian splat: its vertices are not rows of numbers.")
    return Header(encoding, tuple(elements), tuple(comments), size)
