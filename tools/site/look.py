"""How each piece stands on the stage, seen in a browser: a screenshot, and what is wrong in words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, Route
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from splatelier.tools.gallery.manifest import Item
from splatelier.tools.site.browser import pixels
from splatelier.tools.site.judge import judge
from splatelier.tools.workspace.workspace import Workspace

FOLDER = ".splatelier/check"
_WINDOW = {"width": 1024, "height": 640}
_PATIENCE = 60.0
_WORDS = ".piece.here h2, .piece.here .caption, .piece.here summary, .masthead h1"
_SEEN = 34
"""Difference of a pixel, of 255, from which something counts as drawn."""

_ON_THE_FLOOR = re.compile(r'"(reflection|contact_shadow|fog)":[0-9.]+')
"""Settings in the page's JSON that draw more than the piece."""

_HIDE_WORDS = """hidden => {
  for (const element of document.body.children)
    if (!element.matches('canvas, script')) element.style.visibility = hidden ? 'hidden' : '';
}"""
_HIDE_STAGE = "hidden => { document.querySelector('canvas').style.visibility = hidden ? 'hidden' : ''; }"


@dataclass
class Looks:
    """What was seen.

    Attributes:
        complaints: what the browser's console said, one sentence each.
        pieces: what is wrong with each piece that was looked at, by slug.
    """

    complaints: list[str] = field(default_factory=list)
    pieces: dict[str, list[str]] = field(default_factory=dict)


def look(browser: Browser, url: str, workspace: Workspace, items: list[Item]) -> Looks:
    """Walk the pieces; a screenshot of each goes to `FOLDER`.

    A piece with which something seems wrong is looked at once more over a bare floor: its mirror image, its shadow and
    fog are drawn too, and are no part of it.
    """
    looks = Looks()
    with _page(browser, looks) as page:
        page.goto(f"{url}#{items[0].slug}")
        empty: NDArray[np.float64] | None = None
        doubtful: list[Item] = []
        for item in items:
            looks.pieces[item.slug] = list(_arrive(page, item))
            with workspace.replacing(f"{FOLDER}/{item.slug}.png") as temporary:
                page.screenshot(path=temporary, animations="disabled")
            if not looks.pieces[item.slug]:
                empty = _without_stage(page) if empty is None else empty
                looks.pieces[item.slug] = list(_stand(page, item, empty))
                doubtful += [item] * bool(looks.pieces[item.slug])
    if doubtful:
        with _page(browser, looks) as page:
            page.route("**/*", _over_a_bare_floor)
            page.goto(f"{url}#{doubtful[0].slug}")
            for item in doubtful:
                looks.pieces[item.slug] = [*_arrive(page, item)] or [*_stand(page, item, _without_stage(page))]
    return looks


@contextmanager
def _page(browser: Browser, looks: Looks) -> Iterator[Page]:
    page = browser.new_page(viewport=_WINDOW, reduced_motion="reduce")  # type: ignore[arg-type]
    try:
        page.on("console", lambda said: _complain(looks, said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: looks.complaints.append(f"a script failed: {error}"))
        yield page
    finally:
        page.close()


def _over_a_bare_floor(route: Route) -> None:
    if route.request.resource_type != "document":
        route.continue_()
        return
    response = route.fetch()
    route.fulfill(response=response, body=_ON_THE_FLOOR.sub(r'"\1":0', response.text()))


def _complain(looks: Looks, text: str) -> None:
    looks.complaints.append(f"the browser's console says: {text}")


def _arrive(page: Page, item: Item) -> Iterator[str]:
    page.evaluate("slug => { location.hash = slug; }", item.slug)
    ended = f'html.opened[data-shown="{item.slug}"], html.opened[data-wanted="{item.slug}"][data-state="failed"]'
    try:
        page.wait_for_selector(ended, state="attached", timeout=_PATIENCE * 1000)
    except PlaywrightTimeout:
        yield f"{item.title}: it was not there after {_PATIENCE:.0f} s; make its model smaller with prune_splat"
    if page.get_attribute("html", "data-state") == "failed":
        yield f"{item.title}: its model did not load"


def _stand(page: Page, item: Item, empty: NDArray[np.float64]) -> Iterator[str]:
    for words in judge(drawn(page, empty), _boxes(page, _WORDS), _boxes(page, ".here .frame")[0]):
        yield f"{item.title}: {words}"


def drawn(page: Page, empty: NDArray[np.float64] | None = None) -> NDArray[np.bool_]:
    """(height, width) where the stage has drawn a piece: what differs from the page without its canvas.

    Args:
        empty: that page, where it was seen before.
    """
    empty = _without_stage(page) if empty is None else empty
    page.evaluate(_HIDE_WORDS, True)
    seen = pixels(page.screenshot(animations="disabled"))
    page.evaluate(_HIDE_WORDS, False)
    return np.asarray(np.abs(seen - empty).max(axis=2) > _SEEN)


def _without_stage(page: Page) -> NDArray[np.float64]:
    """The page without its canvas and its words, which is the same behind every piece."""
    page.evaluate(_HIDE_WORDS, True)
    page.evaluate(_HIDE_STAGE, True)
    background = pixels(page.screenshot(animations="disabled"))
    page.evaluate(_HIDE_STAGE, False)
    page.evaluate(_HIDE_WORDS, False)
    return background


def _boxes(page: Page, selector: str) -> list[tuple[int, int, int, int]]:
    boxes = page.eval_on_selector_all(
        selector,
        "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom].map(Math.round))",
    )
    return [(left, top, right, bottom) for left, top, right, bottom in boxes]
