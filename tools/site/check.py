"""Look at a site as a visitor would: every piece in a headless Chromium, problems in words, a screenshot of each."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from splatelier.tools.gallery.manifest import Gallery, Item, load_gallery
from splatelier.tools.site.browser import chromium_path, drawn, headless_chromium
from splatelier.tools.site.render import SITE, site_problems
from splatelier.tools.site.serve import SiteServer
from splatelier.tools.workspace.workspace import Workspace

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Mask = NDArray[np.bool_]

_FOLDER = ".splatelier/check"
_WINDOW = {"width": 1024, "height": 640}
_PATIENCE = 60.0
_HEAVY = 12_000_000
_TURNED = 0.15
_WORDS = ".piece.here h2, .piece.here .caption, .piece.here summary, .masthead h1"


@dataclass
class Verdict:
    """What was seen.

    Attributes:
        problems: one sentence each; empty when all is well.
        screenshots: workspace-relative paths, one for each piece in order.
        browser: whether a browser looked; without one only the files were checked.
    """

    problems: list[str] = field(default_factory=list)
    screenshots: list[str] = field(default_factory=list)
    browser: bool = False


def check_site(workspace: Workspace) -> Verdict:
    """Check the files of site/, and look at every piece where there is a Chromium.

    Raises:
        SplatelierError: the manifest is not a valid one.
    """
    gallery = load_gallery(workspace)
    verdict = Verdict(problems=[*site_problems(workspace), *_heavy(workspace, gallery)])
    chromium = chromium_path()
    if chromium is None or not gallery.items or not (workspace.resolve(SITE) / "index.html").is_file():
        return verdict
    verdict.browser = True
    # Playwright's own thread: the caller's may already run an event loop
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(_look, workspace, gallery, chromium, verdict).result()
    return verdict


def _heavy(workspace: Workspace, gallery: Gallery) -> Iterator[str]:
    for item in gallery.items:
        path = workspace.resolve(item.model)
        if path.is_file() and path.stat().st_size > _HEAVY:
            megabytes = path.stat().st_size / 1e6
            yield f"{item.title}: its model has {megabytes:.0f} MB and is slow to arrive; compress or prune it"


def _look(workspace: Workspace, gallery: Gallery, chromium: str, verdict: Verdict) -> None:
    with SiteServer(workspace.resolve(SITE), live=False) as server, headless_chromium(chromium) as browser:
        page = _open(browser, verdict)
        page.goto(f"{server.url}#{gallery.items[0].slug}")
        for item in gallery.items:
            page.evaluate("slug => { location.hash = slug; }", item.slug)
            verdict.problems += _look_at(page, workspace, item, verdict)


def _open(browser: "Browser", verdict: Verdict) -> "Page":
    page = browser.new_page(viewport=_WINDOW, reduced_motion="reduce")  # type: ignore[arg-type]
    page.on(
        "console",
        lambda message: (
            verdict.problems.append(f"the browser's console says: {message.text}") if message.type == "error" else None
        ),
    )
    page.on("pageerror", lambda error: verdict.problems.append(f"a script failed: {error}"))
    return page


def _look_at(page: "Page", workspace: Workspace, item: Item, verdict: Verdict) -> Iterator[str]:
    from playwright.sync_api import TimeoutError as PlaywrightTimeout

    ended = f'html.opened[data-shown="{item.slug}"], html.opened[data-wanted="{item.slug}"][data-state="failed"]'
    try:
        page.wait_for_selector(ended, state="attached", timeout=_PATIENCE * 1000)
    except PlaywrightTimeout:
        yield f"{item.title}: it was not there after {_PATIENCE:.0f} s"
    with workspace.replacing(f"{_FOLDER}/{item.slug}.png") as temporary:
        page.screenshot(path=temporary, animations="disabled")
    verdict.screenshots.append(f"{_FOLDER}/{item.slug}.png")
    if page.get_attribute("html", "data-state") == "failed":
        yield f"{item.title}: its model did not load"
        return
    mask = drawn(page)
    yield from (
        f"{item.title}: {words}" for words in judge(mask, _boxes(page, _WORDS), _boxes(page, ".here .frame")[0])
    )
    if (gap := _turned(mask, workspace, item)) > _TURNED:
        yield f"{item.title}: it looks upside down beside its picture ({gap:.2f}); turn the splat and render again"


def judge(mask: Mask, words: list[tuple[int, int, int, int]], frame: tuple[int, int, int, int]) -> Iterator[str]:
    """What is wrong with how a piece stands on the stage.

    Args:
        mask: (height, width) where it is drawn.
        words: boxes of text as (left, top, right, bottom), pixels.
        frame: the box that the piece may use.
    """
    if mask.mean() < 0.004:
        yield "the stage is empty"
        return
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    edges = [mask[0], mask[-1], mask[:, 0], mask[:, -1]]
    if any(np.count_nonzero(edge) > 3 for edge in edges):
        yield "it is cut off by the edge of the window; zoom out or frame it again"
    tall = (rows[-1] - rows[0]) / max(1, frame[3] - frame[1])
    wide = (columns[-1] - columns[0]) / max(1, frame[2] - frame[0])
    if max(tall, wide) < 0.3:
        yield "it is too small on the stage; zoom in or frame it again"
    for left, top, right, bottom in words:
        under = mask[max(0, top) : bottom, max(0, left) : right]
        if under.size and under.mean() > 0.01:
            yield "words stand over it; zoom out or put the caption elsewhere"
            break


def _boxes(page: "Page", selector: str) -> list[tuple[int, int, int, int]]:
    boxes = page.eval_on_selector_all(
        selector,
        "all => all.map(e => e.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom].map(Math.round))",
    )
    return [(left, top, right, bottom) for left, top, right, bottom in boxes]


def _turned(mask: Mask, workspace: Workspace, item: Item) -> float:
    """How much better the drawn outline matches the picture's when turned over; negative when it stands upright."""
    with Image.open(workspace.existing(item.image)) as picture:
        small = picture.convert("RGBA")
        small.thumbnail((256, 256))
        rgba = np.asarray(small, dtype=np.float64)
    painted = (rgba[:, :, :3].max(axis=2) > 24) & (rgba[:, :, 3] > 24)
    if not painted.any() or not mask.any() or painted.mean() > 0.95:
        return 0.0
    seen, wanted = _outline(mask), _outline(painted)
    if min(seen.std(), wanted.std()) < 1e-3:
        return 0.0
    return float(np.corrcoef(seen[::-1], wanted)[0, 1] - np.corrcoef(seen, wanted)[0, 1])


def _outline(mask: Mask) -> NDArray[np.float64]:
    """(48,) how wide the subject is from its top to its foot, as a share of its widest row."""
    rows = np.flatnonzero(mask.any(axis=1))
    widths = mask[rows[0] : rows[-1] + 1].sum(axis=1).astype(np.float64)
    at = np.linspace(0, len(widths) - 1, 48)
    return np.asarray(np.interp(at, np.arange(len(widths)), widths) / widths.max())
