"""How the words and a piece share the window, in three sizes of it.

The page is laid out without WebGL, which is quick; where a piece is drawn is known from the model and its framing, by
the camera that the viewer uses too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.site.judge import Box
from splatelier.tools.splats.body import body_mask
from splatelier.tools.splats.draw.camera import camera
from splatelier.tools.splats.draw.projection import project
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.splats import Splats
from splatelier.tools.workspace.workspace import Workspace

WINDOWS = ((1920, 1080), (1280, 720), (390, 844))
_PATIENCE = 20.0
_CELL = 8  # pixels: what is drawn is known that finely
_SOLID = 0.25  # opacity from which a Gaussian covers what is behind it
_MANY = 60_000  # Gaussians: enough to know an outline
_DENSE = 0.35  # of a Gaussian's reach: one standard deviation
_THICKEST = 4  # cells around its middle that a Gaussian takes up
_COVERED = 0.04  # of a box
_MANY_CELLS = 8  # of a long box

_NO_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null;"
_READ = """() => {
  const sides = ({ left, top, right, bottom }) => [left, top, right, bottom].map(Math.round);
  const box = (e) => sides(e.getBoundingClientRect());
  const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.clientWidth > 0;
  const boxes = (selector) => [...document.querySelectorAll(selector)].filter(seen).map(box);
  const broken = (element) => {
    const range = document.createRange();
    const found = [];
    for (const text of element.childNodes) {
      if (text.nodeType !== Node.TEXT_NODE) continue;
      for (const word of text.data.matchAll(/[^\\s\\u00ad\\u2010-\\u2014-]+/g)) {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const rects = [...range.getClientRects()];
        const whole = new Set(rects.map((rect) => Math.round(rect.top))).size < 2;
        if (!whole || rects.some((rect) => rect.right > innerWidth + 1 || rect.left < -1)) found.push(word[0]);
      }
    }
    return found;
  };
  return {
    frame: box(document.querySelector('.here .frame')),
    places: {
      'the header': boxes('.masthead > *'),
      'the thumbnails': boxes('.strip a'),
      'the words': boxes('.here h2, .here .caption, .here summary'),
    },
    broken: [...document.querySelectorAll('.here h2')].flatMap(broken),
  };
}"""


@dataclass(frozen=True)
class Sight:
    """What a window of one size holds while one piece is shown.

    Attributes:
        frame: where the piece may be drawn.
        places: the boxes of what else there is, by what it is called.
        broken: words of the title that are broken or run out of the window.
    """

    frame: Box
    places: dict[str, list[Box]]
    broken: list[str]


def layout(
    browser: Browser, url: str, workspace: Workspace, gallery: Gallery, items: list[Item]
) -> dict[str, list[str]]:
    """What is wrong with the pieces' places in the windows, by slug, one sentence each."""
    problems: dict[str, list[str]] = {item.slug: [] for item in items}
    bodies = {item.slug: _body(workspace, item) for item in items}
    page = browser.new_page(reduced_motion="reduce", bypass_csp=True)  # which would keep the style out
    try:
        page.add_init_script(_NO_WEBGL)
        page.goto(f"{url}#{items[0].slug}")
        page.add_style_tag(content="* { transition: none !important; animation: none !important; }")
        for width, height in WINDOWS:
            page.set_viewport_size({"width": width, "height": height})
            for item in items:
                sight = _sight(page, item)
                drawn = _drawn(bodies[item.slug], gallery, item, sight, (width, height))
                problems[item.slug] += _said(item, sight, drawn, f"in a window of {width}x{height}")
    finally:
        page.close()
    return problems


def _sight(page: Page, item: Item) -> Sight:
    page.evaluate("slug => { location.hash = slug; }", item.slug)
    try:
        page.wait_for_selector(f'html[data-wanted="{item.slug}"]', state="attached", timeout=_PATIENCE * 1000)
    except PlaywrightTimeout:
        return Sight((0, 0, 0, 0), {}, [])
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return Sight(**page.evaluate(_READ))


def _said(item: Item, sight: Sight, drawn: NDArray[np.bool_] | None, where: str) -> Iterator[str]:
    for word in sight.broken[:1]:
        yield f"{item.title}: “{word}” does not fit on one line {where}; shorten the title with rename_item"
    if drawn is None:
        return
    for name, boxes in sight.places.items():
        if any(_covered(drawn, box) for box in boxes):
            yield f"{item.title}: it stands over {name} {where}; zoom out with set_style(zoom=...) or frame_item"


def _covered(drawn: NDArray[np.bool_], box: Box) -> bool:
    left, top, right, bottom = (round(side / _CELL) for side in box)
    under = drawn[max(0, top) : max(top + 1, bottom), max(0, left) : max(left + 1, right)]
    return bool(under.size and (under.mean() > _COVERED or under.sum() >= _MANY_CELLS))


def _body(workspace: Workspace, item: Item) -> Splats | None:
    """What can be seen of a splat, thinned; None for a mesh, whose outline nobody here knows."""
    if not item.model.endswith(".ksplat"):
        return None
    splats = read_splats(workspace.existing(item.model))
    kept = np.flatnonzero(body_mask(splats) & (splats.alphas > _SOLID))
    return splats.take(kept[:: -(-len(kept) // _MANY)]) if len(kept) else None


def _drawn(
    body: Splats | None, gallery: Gallery, item: Item, sight: Sight, window: tuple[int, int]
) -> NDArray[np.bool_] | None:
    """(rows, columns) of cells in which the piece is drawn; None where that is not known."""
    left, top, right, bottom = sight.frame
    width, height = right - left, bottom - top
    if body is None or min(width, height) < 48:
        return None
    settings = gallery.settings
    framing = replace(item.framing, elevation=item.framing.elevation + settings.elevation)
    view = camera(framing, width, height, zoom=settings.zoom)
    wide = replace(view, width=3 * width, height=3 * height)  # the same picture, with what lies beyond the frame
    footprints = project(body, wide)
    middle = footprints.middle - (width, height) + (left, top)
    across, down = -(-window[0] // _CELL), -(-window[1] // _CELL)
    drawn = np.zeros((down, across), dtype=bool)
    thick = min(_THICKEST, round(float(np.median(footprints.reach)) * _DENSE / _CELL))
    steps = range(-thick, thick + 1)
    for step in np.array([(x, y) for x in steps for y in steps]) * _CELL:
        cells = np.floor((middle + step) / _CELL).astype(np.int64)
        inside = (cells >= 0).all(axis=1) & (cells[:, 0] < across) & (cells[:, 1] < down)
        drawn[cells[inside, 1], cells[inside, 0]] = True
    return drawn
