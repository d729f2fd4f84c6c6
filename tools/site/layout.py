"""How the words and a piece share the window, in three sizes of it.

The page is laid out without WebGL, which is quick; where a piece is drawn is known from its Gaussians.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.site.browser import kept_page
from splatelier.tools.site.judge import SMALL, Box, sides
from splatelier.tools.site.outline import CELL, Outline, body, outline
from splatelier.tools.workspace.workspace import Workspace

WINDOWS = ((1920, 1080), (1280, 720), (390, 844))
_PATIENCE = 20_000.0
_MOMENT = 10.0
_COVERED = 0.04  # of a box
_MANY_CELLS = 8  # of a long box

_NO_PICTURE = """
HTMLCanvasElement.prototype.getContext = () => null;
const sheet = new CSSStyleSheet();
sheet.replaceSync('html { opacity: 0; }');
document.adoptedStyleSheets = [sheet];
"""
_READ = """(slugs) => {
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
  const go = (slug) => {
    history.replaceState(null, '', `#${slug}`);
    dispatchEvent(new HashChangeEvent('hashchange'));
  };
  const read = () => ({
    frame: box(document.querySelector('.here .frame')),
    places: {
      'the header': boxes('.masthead > *'),
      'the thumbnails': boxes('.strip a'),
      'the words': boxes('.here h2, .here .caption, .here summary'),
    },
    broken: [...document.querySelectorAll('.here h2')].flatMap(broken),
  });
  dispatchEvent(new Event('resize'));
  return slugs.map((slug) => (go(slug), document.documentElement.dataset.wanted === slug ? read() : null));
}"""
_HAS_SIZE = "([width, height]) => innerWidth === width && innerHeight === height"


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
    browser: Browser,
    url: str,
    workspace: Workspace,
    gallery: Gallery,
    items: list[Item],
    tell: Callable[[str], None],
) -> Generator[dict[str, list[str]]]:
    """What is wrong with the pieces' places, by slug, one sentence each: for one window after another.

    Args:
        tell: hears which window is looked at.
    """
    bodies = {item.slug: body(workspace, item) for item in items}
    with kept_page(browser, "layout", lambda page: page.add_init_script(_NO_PICTURE), reduced_motion="reduce") as page:
        page.goto(url)
        page.wait_for_selector("html[data-wanted]", state="attached", timeout=_PATIENCE)
        page.evaluate("() => document.fonts.ready.then(() => true)")
        for window in WINDOWS:
            where = f"in a window of {window[0]}x{window[1]}"
            tell(f"the words {where}")
            problems: dict[str, list[str]] = {}
            for item, sight in zip(items, _sights(page, items, window), strict=True):
                if sight is not None:
                    drawn = outline(bodies[item.slug], gallery, item, sight.frame, window)
                    problems[item.slug] = [f"{item.title}: {words}" for words in _said(sight, drawn, where)]
            yield problems


def _sights(page: Page, items: list[Item], window: tuple[int, int]) -> list[Sight | None]:
    """What the window holds for each piece: read at once, for a layout needs no frame to be drawn."""
    page.set_viewport_size({"width": window[0], "height": window[1]})
    page.wait_for_function(_HAS_SIZE, arg=list(window), polling=_MOMENT, timeout=_PATIENCE)
    return [seen and Sight(**seen) for seen in page.evaluate(_READ, [item.slug for item in items])]


def _said(sight: Sight, drawn: Outline | None, where: str) -> Iterator[str]:
    for word in sight.broken[:1]:
        yield f"“{word}” does not fit on one line {where}; shorten the title with rename_item"
    if drawn is None:
        return
    if _share(drawn.cells, sight.frame) < SMALL:
        yield f"it is too small {where}; come closer with set_style(zoom=...) or frame_item"
    if drawn.cut:
        yield f"it is cut off at {sides(drawn.cut)} {where}; zoom out with set_style(zoom=...) or frame_item"
    for name, boxes in sight.places.items():
        over = [box for box in boxes if _covers(drawn.cells, box)]
        if over:
            side = _side(drawn.cells, over)
            yield f"at its {side} it stands over {name} {where}; zoom out with set_style(zoom=...) or frame_item"


def _share(drawn: NDArray[np.bool_], frame: Box) -> float:
    """How much of its frame a piece takes up, along the side that it fills more of."""
    tall, wide = (np.ptp(np.flatnonzero(drawn.any(axis=axis))) * CELL for axis in (1, 0)) if drawn.any() else (0, 0)
    return max(tall / (frame[3] - frame[1]), wide / (frame[2] - frame[0]))


def _covers(drawn: NDArray[np.bool_], box: Box) -> bool:
    left, top, right, bottom = (round(side / CELL) for side in box)
    under = drawn[max(0, top) : max(top + 1, bottom), max(0, left) : max(left + 1, right)]
    return bool(under.size and (under.mean() > _COVERED or under.sum() >= _MANY_CELLS))


def _side(drawn: NDArray[np.bool_], boxes: list[Box]) -> str:
    """On which side of its middle a piece meets the boxes."""
    rows, columns = (np.flatnonzero(drawn.any(axis=axis)) for axis in (1, 0))
    left, top, right, bottom = np.mean(boxes, axis=0) / CELL
    across = ((left + right) - (columns[0] + columns[-1])) / max(1, columns[-1] - columns[0])
    down = ((top + bottom) - (rows[0] + rows[-1])) / max(1, rows[-1] - rows[0])
    if abs(across) > abs(down):
        return "right" if across > 0 else "left"
    return "bottom" if down > 0 else "top"
