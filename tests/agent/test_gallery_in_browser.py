"""The Paris gallery as a visitor sees it: a real Chromium, software WebGL."""

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page

from splatelier.tools.site.serve import SiteServer

pytestmark = pytest.mark.slow

Splatelier = Callable[..., subprocess.CompletedProcess[str]]
Mask = NDArray[np.bool_]
SLUGS = ["eiffel-tower", "arc-de-triomphe", "notre-dame", "sacre-coeur", "louvre-pyramid", "luxor-obelisk"]
PATIENCE = 90_000
ONLY_THE_STAGE = "body > *:not(canvas) { visibility: hidden !important } html, body { background: #000 !important }"


class Visit:
    """A page on a gallery's site, and everything that its console said."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, slug: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self.url}#{slug}")
        self.until_shown(slug)

    def until_shown(self, slug: str) -> None:
        self.page.wait_for_function(
            "slug => document.documentElement.dataset.state === 'ready'"
            " && document.documentElement.dataset.shown === slug",
            arg=slug,
            timeout=PATIENCE,
        )

    def drawn(self) -> Mask:
        """(height, width) where the splat is, without the words around it."""
        style = self.page.add_style_tag(content=ONLY_THE_STAGE)
        shot = pixels(self.page.screenshot())
        style.evaluate("element => element.remove()")
        return np.asarray(shot.max(axis=2) > 40)


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[[Path], Visit]]:
    """Opens a gallery's site; motion is reduced, so the picture holds still."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, bypass_csp=True, reduced_motion="reduce")
    servers: list[SiteServer] = []

    def to(gallery: Path) -> Visit:
        servers.append(SiteServer(gallery / "site", live=False))
        return Visit(context.new_page(), servers[-1].url)

    yield to
    context.close()
    for server in servers:
        server.close()


def pixels(png: bytes) -> NDArray[np.float64]:
    """(height, width, 3) of a screenshot."""
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=np.float64)


def profile(mask: Mask) -> NDArray[np.float64]:
    """(48,) how wide the subject is from its top to its foot, as a share of its widest row."""
    rows = np.flatnonzero(mask.any(axis=1))
    widths = mask[rows[0] : rows[-1] + 1].sum(axis=1).astype(float)
    at = np.linspace(0, len(widths) - 1, 48)
    return np.asarray(np.interp(at, np.arange(len(widths)), widths) / widths.max())


def test_each_monument_is_drawn_upright_and_fills_the_stage(paris: Path, visit: Callable[[Path], Visit]) -> None:
    site = visit(paris)
    for slug in SLUGS:
        site.open(slug)
        drawn = site.drawn()
        with Image.open(paris / "assets" / slug / "source.png") as picture:
            painted = np.asarray(picture.convert("RGB")).max(axis=2) > 20
        assert 0.05 < drawn.mean() < 0.6, slug
        upright = float(np.corrcoef(profile(drawn), profile(painted))[0, 1])
        upside_down = float(np.corrcoef(profile(drawn[::-1]), profile(painted))[0, 1])
        assert upright > 0.75, (slug, upright)
        assert upright > upside_down, (slug, upright, upside_down)
    assert site.complaints == []


def test_a_visitor_switches_by_wheel_key_and_swipe(paris: Path, visit: Callable[[Path], Visit]) -> None:
    site = visit(paris)
    site.open("notre-dame")
    site.page.mouse.move(400, 200)
    site.page.mouse.wheel(0, 240)
    site.until_shown("sacre-coeur")
    site.page.keyboard.press("ArrowLeft")
    site.until_shown("notre-dame")
    assert site.page.evaluate("location.hash") == "#notre-dame"
    assert site.complaints == []


def test_a_swipe_on_a_phone_switches(paris: Path, chromium: Browser) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 560}, has_touch=True, is_mobile=True, reduced_motion="reduce"
    )
    with SiteServer(paris / "site", live=False) as server:
        site = Visit(context.new_page(), server.url)
        site.open("eiffel-tower")
        touch = context.new_cdp_session(site.page)
        for kind, y in [("touchStart", 320), ("touchMove", 260), ("touchMove", 180), ("touchMove", 100)]:
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": 200, "y": y}]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        site.until_shown("arc-de-triomphe")
        assert site.complaints == []
    context.close()


def test_a_drag_turns_the_monument(paris: Path, visit: Callable[[Path], Visit]) -> None:
    site = visit(paris)
    site.open("sacre-coeur")
    before = pixels(site.page.screenshot())
    site.page.mouse.move(420, 220)
    site.page.mouse.down()
    site.page.mouse.move(560, 225, steps=6)
    site.page.mouse.up()
    site.page.wait_for_function("() => document.documentElement.dataset.state === 'ready'", timeout=PATIENCE)
    site.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    change = np.abs(pixels(site.page.screenshot()) - before).max(axis=2)
    assert (change > 30).mean() > 0.01


def test_zooming_out_shrinks_what_is_drawn(
    splatelier: Splatelier, paris: Path, tmp_path: Path, visit: Callable[[Path], Visit]
) -> None:
    own = Path(shutil.copytree(paris, tmp_path / "paris"))
    done = splatelier("open", str(own), "--offline", cwd=tmp_path, said="make it zoomed out\n")
    assert done.returncode == 0, done.stdout + done.stderr
    areas = []
    for gallery in (paris, own):
        site = visit(gallery)
        site.open("notre-dame")
        areas.append(site.drawn().mean())
    assert areas[1] < 0.8 * areas[0]
