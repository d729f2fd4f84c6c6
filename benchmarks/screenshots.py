"""A picture of a gallery's site as a visitor sees it.

python -m benchmarks.screenshots galleries/paris docs/paris.png
"""

import argparse
import io
from pathlib import Path

from PIL import Image

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery, load_gallery
from splatelier.tools.site.browser import chromium_path, headless_chromium
from splatelier.tools.site.render import SITE
from splatelier.tools.site.serve import SiteServer
from splatelier.tools.workspace.workspace import Workspace

_WINDOW = (1280, 800)
_PATIENCE = 120_000
_GAP = 8


def take_pictures(workspace: Workspace, slugs: list[str], size: tuple[int, int] = _WINDOW) -> list[Image.Image]:
    """A screenshot of each of the pieces on a window of `size` pixels.

    Raises:
        SplatelierError: there is no Chromium, or no such piece, or no site.
    """
    chromium = chromium_path()
    if chromium is None:
        raise SplatelierError("There is no Chromium to take the picture with; install it, or set CHROMIUM to its path.")
    gallery = load_gallery(workspace)
    pictures = []
    with SiteServer(workspace.resolve(SITE), live=False) as server, headless_chromium(chromium) as browser:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
        page.goto(f"{server.url}#{slugs[0]}")
        for slug in slugs:
            gallery.index(slug)
            page.evaluate("slug => { location.hash = slug; }", slug)
            page.wait_for_selector(f'html.opened[data-shown="{slug}"]', state="attached", timeout=_PATIENCE)
            pictures.append(Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB"))
    return pictures


def contact_sheet(pictures: list[Image.Image], columns: int) -> Image.Image:
    """Pictures of one size side by side, row by row, a small gap between them."""
    width, height = pictures[0].size
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * (width + _GAP) - _GAP, rows * (height + _GAP) - _GAP), (28, 28, 28))
    for number, picture in enumerate(pictures):
        sheet.paste(picture, ((number % columns) * (width + _GAP), (number // columns) * (height + _GAP)))
    return sheet


def main() -> None:
    """Write one picture of the whole gallery: the first piece large, or all of them in columns."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gallery", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--columns", type=int, default=2, help="pieces side by side")
    parser.add_argument("--width", type=int, default=1600, help="width of the picture in pixels")
    options = parser.parse_args()
    workspace = Workspace(options.gallery)
    gallery: Gallery = load_gallery(workspace)
    sheet = contact_sheet(take_pictures(workspace, [item.slug for item in gallery.items]), options.columns)
    sheet = sheet.resize((options.width, round(sheet.height * options.width / sheet.width)), Image.Resampling.LANCZOS)
    options.picture.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(options.picture)
    print(options.picture)


if __name__ == "__main__":
    main()
