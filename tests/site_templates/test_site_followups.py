"""What a follow-up does on the screen: a page that is open follows each change by itself and stays at its piece."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Browser

from splatelier.tools.gallery import history
from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.site.render import render_site
from splatelier.tools.site.serve import SiteServer
from splatelier.tools.toolset.edits import (
    FrameItem,
    MoveItem,
    Redo,
    RemoveItem,
    RenameItem,
    SetDetails,
    SetGallery,
    SetStyle,
    Undo,
)
from splatelier.tools.workspace.workspace import Workspace
from tests.site_templates.conftest import Visitor

pytestmark = pytest.mark.slow

STILL = {"auto_rotate": 0, "reflection": 0, "backdrop": "plain", "vignette": 0, "transition_seconds": 0.2}


@contextmanager
def open_page(workspace: Workspace, chromium: Browser, slug: str) -> Iterator[Visitor]:
    """A visitor at a piece, on the server that a person has open while they talk."""
    with SiteServer(workspace.resolve("site"), live=True) as server:
        context = chromium.new_context(viewport={"width": 480, "height": 360}, reduced_motion="reduce")
        try:
            yield Visitor(context.new_page(), server.url).open(slug).shown(slug)
        finally:
            context.close()


def follows(visitor: Visitor, workspace: Workspace, change: Callable[[], object], slug: str) -> NDArray[np.float64]:
    """Make a change and render it; the picture once the open page has followed, at the same piece."""
    visitor.page.evaluate("document.documentElement.dataset.before = ''")
    change()
    render_site(workspace)
    visitor.page.wait_for_selector("html:not([data-before])", state="attached", timeout=60_000)
    visitor.shown(slug)
    assert visitor.page.url.endswith(f"#{slug}")
    return visitor.until_still()


def height(mask: NDArray[np.bool_]) -> int:
    rows = np.flatnonzero(mask.any(axis=1))
    return int(rows[-1] - rows[0] + 1)


def blueness(picture: NDArray[np.float64], mask: NDArray[np.bool_]) -> float:
    color = picture[mask].mean(axis=0)
    return float(color[2] / color[0])


def rightwards(picture: NDArray[np.float64], mask: NDArray[np.bool_]) -> float:
    """How much lighter the right half of what is drawn is than the left one, of 255."""
    rows, columns = np.nonzero(mask)
    right = columns > np.median(columns)
    light = picture[rows, columns].mean(axis=1)
    return float(light[right].mean() - light[~right].mean())


def test_colder_light_is_seen_by_who_has_the_page_open_and_taken_back_by_undo(
    make_gallery: Callable[..., Workspace], chromium: Browser
) -> None:
    workspace = make_gallery("Arch", "Pyramid", **STILL)
    history.begin(workspace)
    with open_page(workspace, chromium, "pyramid") as visitor:
        mask, plain = visitor.drawn(), visitor.until_still()

        def colder() -> None:
            SetStyle(workspace)(light=-0.6)
            history.keep(workspace, "colder light")

        cold = follows(visitor, workspace, colder, "pyramid")
        assert blueness(cold, mask) > 1.2 * blueness(plain, mask)
        back = follows(visitor, workspace, lambda: Undo(workspace)(), "pyramid")
        assert blueness(back, mask) == pytest.approx(blueness(plain, mask), rel=0.02)
        again = follows(visitor, workspace, lambda: Redo(workspace)(), "pyramid")
        assert blueness(again, mask) == pytest.approx(blueness(cold, mask), rel=0.02)
        assert visitor.complaints == []


def test_one_piece_brought_closer_is_larger_on_the_screen_and_the_others_stay(
    make_gallery: Callable[..., Workspace], chromium: Browser
) -> None:
    workspace = make_gallery("Arch", "Pyramid", **STILL)
    with open_page(workspace, chromium, "pyramid") as visitor:
        before = visitor.drawn()
        follows(visitor, workspace, lambda: FrameItem(workspace)(slug="pyramid", closer=1.2), "pyramid")
        assert height(visitor.drawn()) / height(before) == pytest.approx(1.2, abs=0.06)
    other = load_gallery(make_gallery("Arch", "Pyramid", **STILL)).items[0].framing
    assert load_gallery(workspace).items[0].framing == other


def test_a_piece_turned_to_the_side_shows_what_was_on_the_right(
    make_gallery: Callable[..., Workspace], chromium: Browser
) -> None:
    workspace = make_gallery("Tower", **STILL)
    with open_page(workspace, chromium, "tower") as visitor:
        mask, front = visitor.drawn(), visitor.until_still()
        side = follows(visitor, workspace, lambda: FrameItem(workspace)(slug="tower", turn=90), "tower")
        assert rightwards(front, mask) > 12, "lighter towards the right"
        assert abs(rightwards(side, visitor.drawn())) < 0.4 * rightwards(front, mask)
        assert side[visitor.drawn()].mean() > 1.03 * front[mask].mean(), "its right side is the lighter one"


def test_words_order_and_pieces_are_those_that_were_wished(
    make_gallery: Callable[..., Workspace], chromium: Browser
) -> None:
    workspace = make_gallery("Arch", "Tower", "Pyramid", count=300, **STILL)
    with open_page(workspace, chromium, "tower") as visitor:

        def change() -> None:
            SetGallery(workspace)(title="Solids", subtitle="Two of them")
            MoveItem(workspace)(slug="pyramid", position=1)
            RemoveItem(workspace)(slug="arch")
            RenameItem(workspace)(
                slug="tower", title="The Keep", caption="It stands.", link="https://shop.example/keep"
            )
            SetDetails(workspace)(details={"tower": "1,200 kr."})

        follows(visitor, workspace, change, "tower")
        page = visitor.page
        assert page.title() == "The Keep · Solids"
        assert page.locator(".here h2").inner_text() == "The Keep"
        assert page.locator(".here .caption").inner_text() == "It stands."
        price = page.locator(".here .detail a")
        assert (price.inner_text(), price.get_attribute("href")) == ("1,200 kr.", "https://shop.example/keep")
        assert page.locator(".strip img").evaluate_all("all => all.map(image => image.alt)") == ["Pyramid", "The Keep"]


def test_a_tour_stays_at_a_piece_as_long_as_it_was_told_to_dwell(
    make_gallery: Callable[..., Workspace], visit: Callable[..., Visitor]
) -> None:
    workspace = make_gallery("Arch", "Tower", count=300, **STILL, tour=True, dwell=50)
    visitor = visit(workspace, 640, 400).open().shown("arch")
    visitor.until("[data-tour=playing]")
    visitor.page.evaluate("new Promise((done) => setTimeout(done, 3000))")
    assert visitor.wanted == "arch", "with a second to dwell it would be on its way"
