"""How each piece stands on the stage, seen in a browser: a screenshot, and what is wrong in words.

Software WebGL takes a third of a second for a frame, so the visitor's clock runs ahead, and of all the frames between
two pieces only the last one is drawn.
"""

import base64
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Route, ViewportSize

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.site.browser import kept_page, pixels
from splatelier.tools.site.judge import Box, Mask, judge
from splatelier.tools.site.layout import layout
from splatelier.tools.site.outline import CELL, body, grown, outline
from splatelier.tools.workspace.workspace import Workspace

FOLDER = ".splatelier/check"
_WINDOW = (1024, 640)
_SIZE: ViewportSize = {"width": _WINDOW[0], "height": _WINDOW[1]}
_PATIENCE = 60.0
_AHEAD = 500  # milliseconds that the clock is put forward at a time
_MOMENT = 20  # milliseconds between two looks at whether a piece is there
_WORDS = ".piece.here h2, .piece.here .caption, .piece.here summary, .masthead h1"
_SEEN = 34
"""Difference of a pixel, of 255, from which something counts as drawn."""

_FINE = 2
"""Pixels of the window along a side of one that is judged."""

_ON_THE_FLOOR = re.compile(r'"(reflection|contact_shadow|fog)":[0-9.]+')
"""Settings in the page's JSON that draw more than the piece."""

_DRAW_WHEN_ASKED = """(() => {
  const { getContext } = HTMLCanvasElement.prototype;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return getContext.call(this, kind, { ...options, preserveDrawingBuffer: true });
  };
  const { prototype } = WebGL2RenderingContext;
  for (const name of ['clear', 'drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced']) {
    const draw = prototype[name];
    prototype[name] = function (...given) {
      if (window.drawing || this.getParameter(this.FRAMEBUFFER_BINDING)) draw.apply(this, given);
    };
  }
})();"""
_ENDED = """(slug) => {
  const { classList, dataset } = document.documentElement;
  const failed = dataset.wanted === slug && dataset.state === 'failed';
  return classList.contains('opened') && (dataset.shown === slug || failed);
}"""
_DRAW = """(fine) => void (window.drawn = new Promise((done) => {
  window.drawing = true;
  dispatchEvent(new Event('resize'));
  requestAnimationFrame(() => {  // after the one that the viewer asked for
    window.drawing = false;
    const stage = document.querySelector('canvas');
    const copy = document.createElement('canvas');
    copy.width = innerWidth / fine;
    copy.height = innerHeight / fine;
    copy.getContext('2d').drawImage(stage, 0, 0, copy.width, copy.height);
    done(copy.toDataURL('image/png'));
  });
}))"""
_HIDE = """(hidden) => {
  for (const element of document.body.children)
    if (!element.matches('script')) element.style.visibility = hidden ? 'hidden' : '';
}"""


@dataclass
class Looks:
    """What was seen.

    Attributes:
        complaints: what the browser's console said, one sentence each.
        pieces: what is wrong with each piece that was looked at, by slug.
        absent: the slugs of those that did not arrive.
    """

    complaints: list[str] = field(default_factory=list)
    pieces: dict[str, list[str]] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)


def look(
    browser: Browser,
    url: str,
    workspace: Workspace,
    gallery: Gallery,
    items: list[Item],
    drawn: list[Item],
    tell: Callable[[str], None],
) -> Looks:
    """How `items` share the windows with the words, and how those `drawn` stand on the stage.

    A screenshot of each that is drawn goes to `FOLDER`.

    What is drawn is more than the piece: its mirror image, its shadow and fog are no part of it. Where something seems
    wrong, a splat is judged by what lies within its outline, and a mesh is drawn once more over a bare floor.

    Args:
        tell: hears which piece and which window is looked at.
    """
    looks = Looks()
    doubtful: list[Item] = []
    with closing(layout(browser, url, workspace, gallery, items, tell)) as windows, _page(browser, looks) as page:
        page.goto(f"{url}#{drawn[0].slug}")
        empty: NDArray[np.float64] | None = None
        places: list[dict[str, list[str]]] = []
        for number, item in enumerate(drawn, 1):
            tell(f"{item.title} ({number} of {len(drawn)})")
            looks.pieces[item.slug] = list(_arrive(page, item))
            page.evaluate(_DRAW, _FINE)
            places += islice(windows, 1)  # while another process draws
            stage = _stage(page)
            with workspace.replacing(f"{FOLDER}/{item.slug}.png") as temporary:
                page.screenshot(path=temporary, animations="disabled")
            if looks.pieces[item.slug]:
                looks.absent.add(item.slug)
                continue
            empty = _empty(page) if empty is None else empty
            mask = _differs(stage, empty)
            looks.pieces[item.slug] = problems = _stand(page, item, mask)
            if problems and item.kind == "mesh":
                doubtful.append(item)
            elif problems:
                looks.pieces[item.slug] = _stand(page, item, mask & _near(page, workspace, gallery, item))
        places += windows
    if doubtful:
        _look_again(browser, url, doubtful, looks)
    for item in items:
        where = [words for window in places for words in window.get(item.slug, [])]
        looks.pieces[item.slug] = looks.pieces.get(item.slug, []) + where
    return looks


def _look_again(browser: Browser, url: str, doubtful: list[Item], looks: Looks) -> None:
    """Judge pieces anew, over a bare floor."""
    with _page(browser, looks, "bare floor") as page:
        page.route("**/*", _over_a_bare_floor)
        page.goto(f"{url}#{doubtful[0].slug}")
        for item in doubtful:
            arrived = list(_arrive(page, item))
            page.evaluate(_DRAW, _FINE)
            looks.pieces[item.slug] = arrived or _stand(page, item, _differs(_stage(page), _empty(page)))


@contextmanager
def _page(browser: Browser, looks: Looks, kind: str = "look") -> Iterator[Page]:
    def console(said: ConsoleMessage) -> None:
        if said.type == "error":
            looks.complaints.append(f"the browser's console says: {said.text}")

    def failed(error: Error) -> None:
        looks.complaints.append(f"a script failed: {error}")

    with kept_page(browser, kind, _prepare, viewport=_SIZE, reduced_motion="reduce") as page:
        page.on("console", console)
        page.on("pageerror", failed)
        try:
            yield page
        finally:
            page.remove_listener("console", console)
            page.remove_listener("pageerror", failed)


def _prepare(page: Page) -> None:
    page.clock.install()
    page.add_init_script(_DRAW_WHEN_ASKED)


def _over_a_bare_floor(route: Route) -> None:
    if route.request.resource_type != "document":
        route.continue_()
        return
    response = route.fetch()
    route.fulfill(response=response, body=_ON_THE_FLOOR.sub(r'"\1":0', response.text()))


def _arrive(page: Page, item: Item) -> Iterator[str]:
    page.evaluate("slug => { location.hash = slug; }", item.slug)
    patience = time.monotonic() + _PATIENCE
    while not page.evaluate(_ENDED, item.slug):
        if time.monotonic() > patience:
            yield f"{item.title}: it was not there after {_PATIENCE:.0f} s; make its model smaller with prune_splat"
            break
        page.clock.fast_forward(_AHEAD)
        page.wait_for_timeout(_MOMENT)
    if page.get_attribute("html", "data-state") == "failed":
        yield f"{item.title}: its model did not load"


def _stage(page: Page) -> NDArray[np.float64]:
    """(height, width, 4) what the stage was asked to draw, 0 to 255, at `_FINE` pixels of the window each."""
    _, encoded = page.evaluate("() => window.drawn").split(",", 1)
    return pixels(base64.b64decode(encoded), "RGBA")


def _empty(page: Page) -> NDArray[np.float64]:
    """(height, width, 3) of the page without its stage and its words, which is the same behind every piece."""
    page.evaluate(_HIDE, True)
    background = pixels(page.screenshot(animations="disabled"))
    page.evaluate(_HIDE, False)
    return background[::_FINE, ::_FINE]


def _differs(stage: NDArray[np.float64], empty: NDArray[np.float64]) -> Mask:
    """(height, width) of the window: where the stage is to be seen over the empty page."""
    cover = stage[..., 3:] / 255
    return _enlarged(np.abs(cover * (stage[..., :3] - empty)).max(axis=2) > _SEEN, _FINE)


def _near(page: Page, workspace: Workspace, gallery: Gallery, item: Item) -> Mask:
    """(height, width) of the window: where a splat may be drawn, and nothing of its mirror image or its shadow."""
    drawn = outline(body(workspace, item), gallery, item, _boxes(page, ".here .frame")[0], _WINDOW)
    if drawn is None:
        return np.ones(_WINDOW[::-1], dtype=bool)
    return _enlarged(grown(drawn.cells, 1), CELL)[: _WINDOW[1], : _WINDOW[0]]


def _enlarged(mask: Mask, by: int) -> Mask:
    return mask.repeat(by, axis=0).repeat(by, axis=1)


def _stand(page: Page, item: Item, mask: Mask) -> list[str]:
    problems = judge(mask, _boxes(page, _WORDS), _boxes(page, ".here .frame")[0])
    return [f"{item.title}: {words}" for words in problems]


def _boxes(page: Page, selector: str) -> list[Box]:
    boxes = page.eval_on_selector_all(
        selector,
        "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom].map(Math.round))",
    )
    return [(left, top, right, bottom) for left, top, right, bottom in boxes]
