"""The page around the stage: words, panels, languages, accessibility, safety, and life without script or WebGL."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from splatelier.tools.gallery.manifest import Gallery
from splatelier.tools.site.render import VIEWER
from splatelier.tools.site.serve import SiteServer
from splatelier.tools.workspace.workspace import Workspace

AXE = VIEWER.parent / "node_modules" / "axe-core" / "axe.min.js"
HOSTILE = "</script><img src=x onerror=alert(1)>\"'&\u2028{{7*7}}"


def violations(visitor: object) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and its best practices."""
    visitor.page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = visitor.page.evaluate("tags => axe.run(document, { runOnly: tags })", tags)
    return [f"{entry['id']}: {entry['nodes'][0]['html']}" for entry in found["violations"]]


@pytest.mark.parametrize("settings", [{}, {"background": "#f4efe6", "accent": "#7a4a12", "language": "fr"}])
def test_axe_finds_nothing_in_any_state(make_gallery: Callable, visit: Callable, settings: dict[str, str]) -> None:
    workspace = make_gallery("Tower", "Arch", auto_rotate=0, **settings)
    visitor = visit(workspace, 1024, 700, reduced_motion="reduce").open().shown("tower")
    visitor.look(f"words-{settings.get('language', 'en')}")
    assert violations(visitor) == []
    visitor.page.click(".here .about summary")
    visitor.page.wait_for_selector(".here .panel", state="visible")
    visitor.look(f"panel-{settings.get('language', 'en')}")
    assert violations(visitor) == []


def test_the_panel_tells_how_the_piece_was_made_and_gives_the_focus_back(three: Workspace, visit: Callable) -> None:
    visitor = visit(three, 1024, 700).open("tower").shown("tower")
    visitor.page.focus(".here .about summary")
    visitor.page.keyboard.press("Enter")
    panel = visitor.page.locator(".here .panel")
    text = panel.inner_text()
    for words in ("Tower, isolated on black", "someone/painter", "apache-2.0", "Gaussians", "3 000", "MB", "7"):
        assert words in text, words
    links = panel.locator("a").evaluate_all("all => all.map(link => link.href)")
    assert links == ["https://huggingface.co/spaces/someone/painter"], "a Space on the maker's own machine has no link"
    assert panel.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Escape")
    assert panel.is_hidden()
    assert visitor.page.evaluate("document.activeElement.tagName") == "SUMMARY"
    visitor.page.click(".colophon summary")
    colophon = visitor.page.locator(".colophon .panel").inner_text()
    assert "Splatelier" in colophon
    assert "someone/sculptor" in colophon


def test_focus_is_visible_and_reaches_every_control(three: Workspace, visit: Callable) -> None:
    visitor = visit(three, 1024, 700).open().shown("tower")
    names = []
    for _ in range(9):
        visitor.page.keyboard.press("Tab")
        names.append(visitor.page.evaluate(
            "() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " const words = e.getAttribute('aria-label') || e.innerText.trim() || e.querySelector('img')?.alt;"
            " return [words, s.outlineStyle]; }"
        ))  # fmt: skip
    assert [name for name, _ in names[:8]] == [
        "About this piece", "Tower", "Arch", "Pyramid", "Tower", "Arch", "Pyramid", "How this gallery was made",
    ]  # fmt: skip
    assert {outline for _, outline in names[:8]} == {"solid"}


def test_without_javascript_it_is_a_page_to_read(three: Workspace, visit: Callable) -> None:
    visitor = visit(three, 1024, 700, java_script_enabled=False).open()
    text = visitor.page.inner_text("body")
    for words in ("Plain things", "Three solids", "Tower", "Arch", "Pyramid", "as plain as a tower of bricks"):
        assert words in text
    posters = visitor.page.locator("article .poster")
    assert posters.count() == 3
    assert all(posters.nth(index).is_visible() for index in range(3))
    visitor.look("without-javascript")


def test_without_webgl_posters_and_a_sentence(three: Workspace, visit: Callable) -> None:
    visitor = visit(three, 1024, 700)
    visitor.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null;")
    visitor.open().shown("tower")
    assert "does not draw in 3D" in visitor.page.inner_text("body")
    visitor.page.keyboard.press("ArrowRight")
    visitor.shown("arch")
    assert visitor.page.locator("#arch .poster").is_visible()
    visitor.look("without-webgl")
    assert not [url for url in visitor.asked[5:] if "/arch/" in url and "/splat-" in url]


def test_hostile_words_stay_words(make_gallery: Callable, visit: Callable) -> None:
    def spoil(gallery: Gallery) -> None:
        gallery.title, gallery.subtitle = HOSTILE, HOSTILE
        for item in gallery.items:
            item.title, item.caption = HOSTILE, HOSTILE
            step = item.provenance[0]
            item.provenance[0] = step.model_copy(
                update={
                    "space": HOSTILE,
                    "url": "javascript:alert(1)",
                    "licence": HOSTILE,
                    "arguments": {"prompt": HOSTILE},
                }
            )

    workspace = make_gallery("Arch", auto_rotate=0, change=spoil)
    visitor = visit(workspace, reduced_motion="reduce")
    alerts: list[str] = []
    visitor.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    visitor.open().shown("arch")
    assert visitor.page.locator(".here h2").inner_text().replace("\u2028", " ") == HOSTILE.replace("\u2028", " ")
    assert visitor.page.locator("img[src=x]").count() == 0
    assert visitor.page.evaluate("document.querySelectorAll('a[href^=\"javascript\"]').length") == 0
    assert alerts == []
    assert visitor.complaints == []
    page = (workspace.root / "site" / "index.html").read_text(encoding="utf-8")
    data = re.search(r'<script type="application/json" id="gallery">(.*?)</script>', page, re.DOTALL)
    assert data is not None
    assert not set("<>&\u2028\u2029") & set(data.group(1))
    assert json.loads(data.group(1))["items"][0]["title"] == HOSTILE


def test_the_page_allows_no_code_but_its_own_files(three: Workspace, visit: Callable) -> None:
    visitor = visit(three).open("tower").shown("tower")
    assert visitor.page.evaluate("""async () => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.body.append(script);
      setTimeout('window.evaluated = true', 0);
      await new Promise((done) => setTimeout(done, 0));
      const image = await new Promise((done) => {
        const element = new Image();
        element.onerror = () => done('refused');
        element.onload = () => done('loaded');
        element.src = 'https://example.com/picture.png';
      });
      return [window.injected, window.evaluated, image];
    }""") == [None, None, "refused"]  # fmt: skip
    site = Path(three.root / "site")
    text = "\n".join(path.read_text(encoding="utf-8") for path in site.rglob("*") if path.suffix in {".html", ".css"})
    assert not re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//(?!huggingface\.co/spaces/)", text)
    assert 'style="' not in text


def test_the_site_works_below_any_path(three: Workspace, chromium: Browser) -> None:
    (three.root / "index.html").write_text("the folder above")
    with SiteServer(three.root, live=False) as server:
        page = chromium.new_page(viewport={"width": 320, "height": 240})
        failed: list[str] = []
        page.on("response", lambda response: failed.append(response.url) if response.status >= 400 else None)
        page.goto(f"{server.url}site/#arch")
        page.wait_for_selector('html[data-shown="arch"]', state="attached", timeout=60_000)
        assert failed == []
        page.close()


def test_the_first_view_needs_little_javascript() -> None:
    """The budget of a viewer that is built on three's own renderer: 350 kB gzipped."""
    manifest = json.loads((VIEWER / "manifest.json").read_text(encoding="utf-8"))
    first = {manifest["boot"], manifest["worker"], *manifest["preload"]}
    assert sum(len(gzip.compress((VIEWER / name).read_bytes())) for name in first) <= 350_000


@pytest.mark.parametrize(
    ("settings", "selector", "property_name", "value"),
    [
        ({"caption_position": "right"}, ".here .words", "grid-column-start", "words"),
        ({"fonts": "modern"}, ".here h2", "font-family", '"Space Grotesk", "Iowan Old Style", Georgia, serif'),
        ({"background": "#ffffff"}, ".here h2", "color", "rgb(13, 13, 12)"),
        ({"accent": "#ff0000"}, ".progress", "background-color", "rgb(255, 0, 0)"),
        ({"vignette": 0}, "body", "background-color", "rgba(0, 0, 0, 0)"),
    ],
)
def test_settings_reach_the_page(
    make_gallery: Callable, visit: Callable, settings: dict[str, object], selector: str, property_name: str, value: str
) -> None:
    visitor = visit(make_gallery("Arch", count=300, auto_rotate=0, **settings), 800, 500).open().shown("arch")
    style = f"e => getComputedStyle(e).getPropertyValue('{property_name}')"
    assert visitor.page.locator(selector).evaluate(style) == value
