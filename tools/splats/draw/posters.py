"""The still that stands in for an item until its splat has arrived."""

from pathlib import Path

from PIL import Image

from splatelier.tools.splats.draw.camera import camera
from splatelier.tools.splats.draw.preview import draw
from splatelier.tools.splats.framing import Framing
from splatelier.tools.splats.splats import Splats

POSTER_SIZE = (768, 768)


def render_poster(splats: Splats, framing: Framing, size: tuple[int, int] = POSTER_SIZE) -> Image.Image:
    """The framed splat at zoom 1, on nothing: transparent around the object, so it suits any stage.

    Its light is that of the splat: the site puts the gallery's on it. Laid over the viewer's canvas, centred and as
    high as it (as wide, where that is narrower), a square poster coincides with what the viewer draws.

    Args:
        size: (width, height) in pixels.
    """
    return Image.fromarray(draw(splats, camera(framing, *size)), mode="RGBA")


def write_poster(path: Path, splats: Splats, framing: Framing, size: tuple[int, int] = POSTER_SIZE) -> None:
    """Write the poster as WebP."""
    render_poster(splats, framing, size).save(path, "WEBP", quality=86, method=4)
