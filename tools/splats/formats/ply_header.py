"""A PLY file's header, read without trusting it. Format: Greg Turk, "The PLY Polygon File Format" (1994)."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from splatelier.tools.splats.errors import SplatError

Encoding = Literal["binary_little_endian", "binary_big_endian", "ascii"]

_TYPES = {
    "char": "i1", "int8": "i1", "uchar": "u1", "uint8": "u1", "short": "i2", "int16": "i2", "ushort": "u2",
    "uint16": "u2", "int": "i4", "int32": "i4", "uint": "u4", "uint32": "u4", "float": "f4", "float32": "f4",
    "double": "f8", "float64": "f8", "int64": "i8", "uint64": "u8",
}  # fmt: skip
_LONGEST = 1 << 17


@dataclass(frozen=True)
class Property:
    """One value of a row: its name and numpy type code; for a list, the type code of its length too."""

    name: str
    code: str
    length: str | None = None

    @property
    def smallest(self) -> int:
        """The fewest bytes that it takes in a binary file."""
        return int((self.length or self.code)[1])


@dataclass(frozen=True)
class Element:
    """One kind of row: its name, how many there are, and what is in each."""

    name: str
    count: int
    properties: tuple[Property, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its properties, in order."""
        return tuple(prop.name for prop in self.properties)

    @property
    def lists(self) -> tuple[str, ...]:
        """The names of the properties that are lists, so that rows differ in length."""
        return tuple(prop.name for prop in self.properties if prop.length)

    def smallest(self, encoding: Encoding) -> int:
        """The fewest bytes that its rows can take."""
        if encoding == "ascii":
            return self.count * max(1, 2 * len(self.properties))
        return self.count * sum(prop.smallest for prop in self.properties)


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

    def before(self, element: Element) -> tuple[Element, ...]:
        """The elements whose rows lie before those of `element`."""
        return self.elements[: self.elements.index(element)]

    def smallest(self, elements: Iterable[Element]) -> int:
        """The fewest bytes that the header and the rows of `elements` take."""
        whole = self.size + sum(element.smallest(self.encoding) for element in elements)
        return whole - (self.encoding == "ascii")  # the last line may lack its end


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
            raise SplatError(f"{path} has no end to its header: 'end_header' is missing.")
        lines.append(start[position:end].decode("latin-1").strip())
        position = end + 1
        if lines[-1] == "end_header":
            return _parse(path, lines[1:-1], position)


def _parse(path: Path, lines: list[str], size: int) -> Header:
    encoding: Encoding | None = None
    comments: list[str] = []
    elements: list[tuple[str, int, list[Property]]] = []
    for line in lines:
        match line.split():
            case ["format", "binary_little_endian" | "binary_big_endian" | "ascii" as name, *_]:
                encoding = name
            case ["comment" | "obj_info", *_]:
                comments.append(line.partition(" ")[2].strip())
            case ["element", name, count] if count.isdecimal() and len(count) < 20:
                elements.append((name, int(count), []))
            case ["property", "list", length, kind, name] if elements and {length, kind} <= set(_TYPES):
                elements[-1][2].append(Property(name, _TYPES[kind], _TYPES[length]))
            case ["property", kind, name] if elements and kind in _TYPES:
                elements[-1][2].append(Property(name, _TYPES[kind]))
            case []:
                continue
            case [first, *_]:
                why = {"element": "an element without a count", "property": "a property of an unknown type"}
                what = why.get(first, "no word of a PLY's")
                raise SplatError(f"{path} has a header line that cannot be understood, {what}: {line[:80]!r}.")
    if encoding is None:
        raise SplatError(f"{path} does not say its PLY format; expected a 'format' line.")
    for name, _, properties in elements:
        if len({prop.name for prop in properties}) != len(properties):
            raise SplatError(f"{path} names a property of {name!r} twice.")
    if len({name for name, _, _ in elements}) != len(elements):
        raise SplatError(f"{path} names one of its elements twice.")
    return Header(
        encoding, tuple(Element(name, count, tuple(kinds)) for name, count, kinds in elements), tuple(comments), size
    )
