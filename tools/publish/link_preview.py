"""The picture that a link to the gallery shows: its pieces side by side on one floor, under its name.

1200 x 630 pixels, what Open Graph readers crop to. The same gallery gives the same bytes.
"""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.pictures.pixels import open_picture
from splatelier.tools.pictures.subject import PLAIN_SHARE, background, box_of, is_cut_out, subject_mask
from splatelier.tools.site.colors import ink, rgb
from splatelier.tools.site.fonts import Face, pairing
from splatelier.tools.site.page import light
from splatelier.tools.splats.draw.grade import Grade
from splatelier.tools.workspace.workspace import Workspace

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_FLOOR = 548  # the line that every piece stands on
_TALLEST, _WIDEST = 336, 330
_MOST = 8  # pieces side by side: more would be too small to tell

_FOR_OTHER_SCRIPTS = (
    *("NotoSerif-Regular.ttf", "DejaVuSerif.ttf", "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc"),
    *("Arial Unicode.ttf", "msgothic.ttc", "Hiragino Sans GB.ttc"),
)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def social_card(workspace: Workspace, gallery: Gallery) -> bytes:
    """The card as a JPEG.

    Raises:
        SplatelierError: a piece's picture is not in the gallery's folder.
    """
    card = _stage(gallery.settings)
    shine = light(gallery.settings)
    _stand(card, [_lit(_figure(workspace, item), shine) for item in gallery.items[:_MOST]])
    _write(card, gallery)
    buffer = io.BytesIO()
    card.save(buffer, "JPEG", quality=90, subsampling=0, optimize=True)
    return buffer.getvalue()


def _stage(settings: Settings) -> Image.Image:
    """The background, with a glow of the accent on the floor behind the pieces."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    glow = np.exp(-(((x - WIDTH / 2) / 560) ** 2) - ((y - _FLOOR + 60) / 190) ** 2)[..., None] * 0.2
    pixels = np.array(rgb(settings.background)) * (1 - glow) + np.array(rgb(settings.accent)) * glow
    grain = np.random.default_rng(0).uniform(-0.5, 0.5, pixels.shape)  # keeps the glow from banding
    return Image.fromarray(np.clip(pixels + grain, 0, 255).round().astype(np.uint8))


def _figure(workspace: Workspace, item: Item) -> Image.Image:
    """One piece, cut out of the plain ground around it; a picture with a background of its own stays a picture."""
    with open_picture(workspace.existing(item.image)) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    picture.thumbnail((1024, 1024))
    pixels = np.asarray(picture)
    subject = subject_mask(pixels)
    stands_alone = is_cut_out(pixels) or background(pixels)[1] >= PLAIN_SHARE
    if not stands_alone or subject.mean() < 0.005:
        return ImageOps.contain(picture, (_WIDEST, _TALLEST), Image.Resampling.LANCZOS)
    rows, columns = box_of(subject)
    mask = Image.fromarray(subject.astype(np.uint8) * 255).filter(ImageFilter.GaussianBlur(0.8))
    picture.putalpha(mask)
    figure = picture.crop((columns.start, rows.start, columns.stop, rows.stop))
    return ImageOps.contain(figure, (_WIDEST, _TALLEST), Image.Resampling.LANCZOS)


def _lit(figure: Image.Image, shine: Grade) -> Image.Image:
    """The figure in the light that the gallery's pieces stand in."""
    return Image.fromarray(shine.of_picture(np.asarray(figure)))


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


def _write(card: Image.Image, gallery: Gallery) -> None:
    heading, text = pairing(gallery.settings.fonts)
    words = ink(gallery.settings.background)
    draw = ImageDraw.Draw(card)
    title = _fitted(gallery.title, heading, 92, WIDTH - 2 * _MARGIN)
    draw.text((_MARGIN, 118), gallery.title, fill=words.ink, font=title, anchor="ls")
    draw.rectangle((_MARGIN, 154, _MARGIN + 72, 156), fill=gallery.settings.accent)
    if gallery.subtitle:
        subtitle = _fitted(gallery.subtitle, text, 25, WIDTH - 2 * _MARGIN - 150)
        draw.text((_MARGIN, 194), gallery.subtitle, fill=words.soft, font=subtitle, anchor="ls")
    draw.text((WIDTH - _MARGIN, 194), "splatelier", fill=words.soft, font=_font(text, 17, "splatelier"), anchor="rs")


def _fitted(line: str, face: Face, size: int, width: int) -> Font:
    """The largest font, up to `size`, in which the line is no wider than `width`; 12 pixels at the least."""
    while size > 12 and _font(face, size, line).getlength(line) > width:
        size -= 1 + size // 24
    return _font(face, size, line)


def _font(face: Face, size: int, line: str) -> Font:
    """A font that the viewer brings; for a script that it lacks, one of this machine's that has it."""
    ours = ImageFont.truetype(str(face.path), size)
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
