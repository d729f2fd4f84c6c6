"""The picture that a link to the gallery shows: its pieces side by side on one floor, under its name.

1200 x 630 pixels, what Open Graph readers crop to. The same gallery gives the same bytes.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.workspace.workspace import Workspace

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_FLOOR = 548  # the line that every piece stands on
_TALLEST, _WIDEST = 336, 330
_MOST = 8  # pieces side by side: more would be too small to tell
_VIEWER = Path(__file__).resolve().parents[2] / "site_templates" / "viewer" / "dist"
_FAMILIES = {
    "editorial": ("Cormorant Garamond", "Inter"),
    "modern": ("Space Grotesk", "Inter"),
    "classic": ("Playfair Display", "Source Sans 3"),
}

_FOR_OTHER_SCRIPTS = (
    *("NotoSerif-Regular.ttf", "DejaVuSerif.ttf", "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"),
    *("Arial Unicode.ttf", "msgothic.ttc", "Hiragino Sans GB.ttc"),
)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class _Ink:
    """The card's colours, from the gallery's settings."""

    background: Colour
    accent: Colour
    words: Colour
    quiet: Colour

    @classmethod
    def of(cls, gallery: Gallery) -> "_Ink":
        background, accent = _rgb(gallery.settings.background), _rgb(gallery.settings.accent)
        dark = sum(weight * value for weight, value in zip((0.3, 0.59, 0.11), background, strict=True)) < 128
        words = (244, 240, 232) if dark else (24, 22, 20)
        return cls(background, accent, words, _mixed(words, background, 0.42))


def social_card(workspace: Workspace, gallery: Gallery) -> bytes:
    """The card as a JPEG.

    Raises:
        SplatelierError: a piece's picture is not in the gallery's folder.
    """
    ink = _Ink.of(gallery)
    card = _stage(ink)
    _stand(card, [_figure(workspace, item) for item in gallery.items[:_MOST]])
    _write(card, gallery, ink)
    buffer = io.BytesIO()
    card.save(buffer, "JPEG", quality=90, subsampling=0, optimize=True)
    return buffer.getvalue()


def _stage(ink: _Ink) -> Image.Image:
    """The background, with a glow of the accent on the floor behind the pieces."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    glow = np.exp(-(((x - WIDTH / 2) / 560) ** 2) - ((y - _FLOOR + 60) / 190) ** 2)[..., None] * 0.2
    pixels = np.array(ink.background) * (1 - glow) + np.array(ink.accent) * glow
    grain = np.random.default_rng(0).uniform(-0.5, 0.5, pixels.shape)  # keeps the glow from banding
    return Image.fromarray(np.clip(pixels + grain, 0, 255).round().astype(np.uint8))


def _figure(workspace: Workspace, item: Item) -> Image.Image:
    """One piece, cut out of the black around it; a picture with a background of its own stays a picture."""
    with Image.open(workspace.existing(item.image)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    picture.thumbnail((1024, 1024))
    pixels = np.asarray(picture)
    subject = _subject(pixels)
    if subject is None:
        return ImageOps.contain(picture, (_WIDEST, _TALLEST), Image.Resampling.LANCZOS)
    rows, columns = np.flatnonzero(subject.any(1)), np.flatnonzero(subject.any(0))
    mask = Image.fromarray(subject.astype(np.uint8) * 255).filter(ImageFilter.GaussianBlur(0.8))
    picture.putalpha(mask)
    figure = picture.crop((columns[0], rows[0], columns[-1] + 1, rows[-1] + 1))
    return ImageOps.contain(figure, (_WIDEST, _TALLEST), Image.Resampling.LANCZOS)


def _subject(pixels: NDArray[np.uint8]) -> NDArray[np.bool_] | None:
    """Where a picture on black or on nothing is not black; None for any other picture."""
    bright = (pixels[..., :3].max(-1) > 20) & (pixels[..., 3] > 127)
    border = np.concatenate([bright[0], bright[-1], bright[:, 0], bright[:, -1]])
    found: NDArray[np.bool_] | None = bright if border.mean() < 0.2 and bright.mean() > 0.005 else None
    return found


def _stand(card: Image.Image, figures: Sequence[Image.Image]) -> None:
    """Put the pieces side by side on the floor, with a faint reflection, made smaller together if need be."""
    room = WIDTH - 2 * _MARGIN
    gap = 34 if len(figures) > 3 else 72
    natural = sum(figure.width for figure in figures)
    scale = min(1.0, (room - gap * (len(figures) - 1)) / natural)
    sizes = [(max(1, round(f.width * scale)), max(1, round(f.height * scale))) for f in figures]
    left = (WIDTH - sum(width for width, _ in sizes) - gap * (len(figures) - 1)) // 2
    for figure, size in zip(figures, sizes, strict=True):
        small = figure.resize(size, Image.Resampling.LANCZOS)
        card.paste(small, (left, _FLOOR - size[1]), small)
        _reflect(card, small, left)
        left += size[0] + gap


def _reflect(card: Image.Image, figure: Image.Image, left: int) -> None:
    depth = min(figure.height, HEIGHT - _FLOOR)
    mirrored = ImageOps.flip(figure).crop((0, 0, figure.width, depth))
    fading = np.linspace(0.26, 0, depth, dtype=np.float32)[:, None]
    alpha = np.asarray(mirrored.getchannel("A"), np.float32) * fading
    card.paste(mirrored, (left, _FLOOR), Image.fromarray(alpha.astype(np.uint8)))


def _write(card: Image.Image, gallery: Gallery, ink: _Ink) -> None:
    heading, text = _FAMILIES[gallery.settings.fonts]
    draw = ImageDraw.Draw(card)
    title = _fitted(gallery.title, heading, 92, WIDTH - 2 * _MARGIN)
    draw.text((_MARGIN, 118), gallery.title, fill=ink.words, font=title, anchor="ls")
    draw.rectangle((_MARGIN, 154, _MARGIN + 72, 156), fill=ink.accent)
    if gallery.subtitle:
        subtitle = _fitted(gallery.subtitle, text, 25, WIDTH - 2 * _MARGIN - 150)
        draw.text((_MARGIN, 194), gallery.subtitle, fill=ink.quiet, font=subtitle, anchor="ls")
    draw.text((WIDTH - _MARGIN, 194), "splatelier", fill=ink.quiet, font=_font(text, 17, "splatelier"), anchor="rs")


def _fitted(line: str, family: str, size: int, width: int) -> Font:
    """The largest font, up to `size`, in which the line is no wider than `width`; 12 pixels at the least."""
    while size > 12 and _font(family, size, line).getlength(line) > width:
        size -= 1 + size // 24
    return _font(family, size, line)


def _font(family: str, size: int, line: str) -> Font:
    """A font that the viewer brings; for a script that it lacks, one of this machine's that has it."""
    fonts = _VIEWER / "manifest.json"
    if not fonts.is_file():
        return ImageFont.load_default(size)
    known = json.loads(fonts.read_text(encoding="utf-8"))["fonts"]
    ours = ImageFont.truetype(str(_VIEWER / known[family]["file"]), size)
    if _known(ours, line) == len(set(line)):
        return ours
    others = [font for name in _FOR_OTHER_SCRIPTS if (font := _installed(name, size))]
    return max([ours, *others], key=lambda font: _known(font, line))


def _installed(name: str, size: int) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(name, size)
    except OSError:
        return None


def _known(font: ImageFont.FreeTypeFont, line: str) -> int:
    """How many of the line's different characters do not come out as the box that stands for a missing one."""
    missing = bytes(font.getmask("\U0010ffff"))
    return sum(char.isspace() or bytes(font.getmask(char)) != missing for char in set(line))


def _rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a * (1 - share) + b * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
