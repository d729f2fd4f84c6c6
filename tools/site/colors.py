"""The colours of words on a background, for the page and for the picture that a link to it shows.

Contrast and relative luminance as WCAG 2.2 defines them; colours are #rrggbb.
"""

from dataclasses import dataclass

_AA = 4.5
_INKS = {"dark": ("#f4f1ea", "#ffffff"), "light": ("#0d0d0c", "#000000")}
"""Inks for a dark and for a light stage, the preferred one first."""


@dataclass(frozen=True)
class Ink:
    """The colours of words on a background.

    Attributes:
        scheme: whether the background is `dark` or `light`.
        ink: of a contrast of 4.5 or more.
        soft: nearer to the background, of a contrast of 4.5 or more too.
    """

    scheme: str
    ink: str
    soft: str


def ink(background: str) -> Ink:
    """The colours of words on a background."""
    scheme = max(_INKS, key=lambda name: contrast(_INKS[name][-1], background))
    strong = next((color for color in _INKS[scheme] if contrast(color, background) >= _AA), _INKS[scheme][-1])
    softer = (mix(strong, background, part) for part in (0.27, 0.2, 0.12, 0.06))
    soft = next((color for color in softer if contrast(color, background) >= _AA + 0.3), strong)
    return Ink(scheme, strong, soft)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    """Relative luminance, 0 black to 1 white."""
    channels = [channel / 255 for channel in rgb(color)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(one: str, other: str, part: float) -> str:
    """`one` with a part of `other` in it."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(mine + (theirs - mine) * part):02x}" for mine, theirs in pairs)


def rgb(color: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
