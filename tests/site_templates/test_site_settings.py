"""What the settings of taste do on the screen: light, words, brand, what is shown, and a gallery that plays itself."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery, load_gallery, save_gallery
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.publish.link_preview import social_card
from splatelier.tools.site.page import viewer_data
from splatelier.tools.site.render import render_site, site_problems
from splatelier.tools.toolset.edits import RenameItem
from splatelier.tools.workspace.workspace import Workspace

STILL = {"auto_rotate": 0, "reflection": 0, "backdrop": "plain", "vignette": 0, "transition_seconds": 0.2}
LIGHTS = {
    "plain": {},
    "cold": {"light": -0.6},
    "warm": {"light": 0.6},
    "bright": {"exposure": 1},
    "flat": {"contrast": 0.5},
}


def color_of(picture: NDArray[np.float64], mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(3,) the mean colour of what is drawn."""
    return np.asarray(picture[mask].mean(axis=0))


@pytest.mark.parametrize("shape", ["Pyramid", "Wedge"])
def test_light_exposure_and_contrast_change_splats_and_meshes_alike(
    make_gallery: Callable, visit: Callable, shape: str
) -> None:
    seen, spread = {}, {}
    for name, settings in LIGHTS.items():
        visitor = visit(make_gallery(shape, **STILL, **settings), 320, 320, reduced_motion="reduce")
        visitor.open().shown(shape.lower())
        mask = visitor.drawn()
        picture = visitor.look()
        seen[name], spread[name] = color_of(picture, mask), picture[mask].mean(axis=1).std()
        assert visitor.complaints == []
    blueness = {name: color[2] / color[0] for name, color in seen.items()}
    assert blueness["cold"] > 1.2 * blueness["plain"] > 1.4 * blueness["warm"]
    assert seen["bright"].mean() > 1.15 * seen["plain"].mean()
    assert spread["flat"] < 0.8 * spread["plain"]


def test_a_poster_has_the_light_of_the_splat_that_follows_it(make_gallery: Callable, visit: Callable) -> None:
    workspace = make_gallery("Pyramid", **STILL, light=-0.7, exposure=0.4)
    visitor = visit(workspace, 400, 400, reduced_motion="reduce").open().shown("pyramid")
    mask = visitor.drawn()
    splat = color_of(visitor.look(), mask)
    visitor.page.evaluate("""() => {
      document.querySelector('canvas').style.visibility = 'hidden';
      document.querySelector('.here').classList.remove('drawn');
    }""")
    assert np.abs(color_of(visitor.until_still(), mask) - splat).max() < 12


def test_the_page_tells_the_viewer_the_light() -> None:
    gallery = Gallery(title="Plain things", settings=Settings(light=1, exposure=1.1, contrast=0.5))
    light = viewer_data(gallery, [])["light"]
    assert light == {"gain": (0.9192, 0.7354, 0.495), "offset": 0.25}
    assert viewer_data(Gallery(title="Plain things"), [])["light"] == {"gain": (1, 1, 1), "offset": 0}


@pytest.mark.parametrize(
    ("words", "seen", "gone"),
    [
        ("all", ["h2", ".number", ".detail", ".caption", ".about"], []),
        ("names", ["h2", ".number"], [".detail", ".caption", ".about"]),
        ("none", [], [".number", ".detail", ".caption", ".about"]),
    ],
)
def test_words_are_all_or_the_names_or_none(
    make_gallery: Callable, visit: Callable, words: str, seen: list[str], gone: list[str]
) -> None:
    def price(gallery: Gallery) -> None:
        gallery.items[0].detail, gallery.items[0].link = "120 €", "https://example.com/arch"

    workspace = make_gallery("Arch", **STILL, words=words, change=price)
    visitor = visit(workspace, 1000, 600, reduced_motion="reduce").open().shown("arch")
    visitor.look(f"words-{words}")
    for selector in seen:
        assert visitor.page.locator(f".here {selector}").is_visible(), selector
    for selector in gone:
        assert visitor.page.locator(f".here {selector}").count() == 0, selector
    left, _, right, _ = visitor.box(".here h2")
    assert (right - left > 2) == (words != "none"), "a name that is not shown is still there to be read out"
    assert visitor.page.locator(".here h2").inner_text() == "Arch"
    if words == "all":
        link = visitor.page.locator(".here .detail a")
        assert (link.inner_text(), link.get_attribute("href")) == ("120 €", "https://example.com/arch")


def test_without_words_the_piece_has_the_window_to_itself(make_gallery: Callable, visit: Callable) -> None:
    widths = {}
    for words in ("all", "none"):
        visitor = visit(make_gallery("Arch", **STILL, words=words), 1000, 600, reduced_motion="reduce")
        left, _, right, _ = visitor.open().shown("arch").box(".here .frame")
        widths[words] = right - left
    assert widths["none"] > 1.3 * widths["all"]


def test_text_scale_makes_every_word_larger(make_gallery: Callable, visit: Callable) -> None:
    sizes = {}
    for scale in (1, 1.4):
        visitor = visit(make_gallery("Arch", **STILL, text_scale=scale), 1000, 600, reduced_motion="reduce")
        visitor.open().shown("arch")
        size = "e => parseFloat(getComputedStyle(e).fontSize)"
        sizes[scale] = [visitor.page.locator(name).first.evaluate(size) for name in ("h2", ".caption", ".masthead h1")]
    assert np.allclose(np.array(sizes[1.4]) / np.array(sizes[1]), 1.4, rtol=0.02)


def test_a_brand_is_large_at_the_opening_and_in_the_header_afterwards(make_gallery: Callable, visit: Callable) -> None:
    visitor = visit(make_gallery("Arch", **STILL, brand="Lampeland"), 1000, 600)
    visitor.page.route("**/*.js", lambda route: route.abort())
    visitor.open()
    _, top, _, bottom = visitor.box(".opening .brand")
    assert 60 < bottom - top < 120, "large, and in one line"
    visitor.look("brand-opening")
    visitor.page.unroute("**/*.js")
    visitor.page.reload()
    visitor.shown("arch")
    assert visitor.page.locator(".masthead .brand").is_visible()
    assert visitor.page.locator(".masthead .brand").inner_text() == "Lampeland"


def test_a_brand_may_be_a_picture_of_the_workspace(make_gallery: Callable, visit: Callable) -> None:
    workspace = make_gallery("Arch", **STILL)
    Image.new("RGBA", (300, 100), (255, 0, 0, 255)).save(workspace.root / "assets" / "logo.png")
    gallery = load_gallery(workspace)
    gallery.settings.brand = "assets/logo.png"
    save_gallery(workspace, gallery)
    render_site(workspace)
    visitor = visit(workspace, 1000, 600, reduced_motion="reduce").open().shown("arch")
    left, top, right, bottom = (round(value) for value in visitor.box(".masthead img.brand"))
    assert visitor.look()[top + 2 : bottom - 2, left + 2 : right - 2].reshape(-1, 3).mean(axis=0)[0] > 240
    assert visitor.complaints == []
    Image.new("RGBA", (300, 100), (0, 0, 255, 255)).save(workspace.root / "assets" / "logo.png")
    assert site_problems(workspace), "another picture of that name is another site"
    gallery.settings.brand = "assets/missing.png"
    save_gallery(workspace, gallery)
    with pytest.raises(SplatelierError, match=r"missing\.png"):
        render_site(workspace)


def test_counter_thumbnails_about_and_credits_can_be_left_out(make_gallery: Callable, visit: Callable) -> None:
    shown = {"counter": ".number", "thumbnails": ".strip", "about": ".about", "credits": ".colophon"}
    usual = visit(make_gallery("Arch", "Tower", **STILL), 800, 600, reduced_motion="reduce").open().shown("arch")
    assert all(usual.page.locator(selector).first.is_visible() for selector in shown.values())
    bare = make_gallery("Arch", "Tower", **STILL, **dict.fromkeys(shown, False))
    visitor = visit(bare, 800, 600, reduced_motion="reduce").open().shown("arch")
    assert [visitor.page.locator(selector).count() for selector in shown.values()] == [0, 0, 0, 0]
    visitor.page.keyboard.press("ArrowRight")
    visitor.shown("tower")
    assert visitor.complaints == []


def test_a_tour_goes_on_by_itself_until_a_hand_touches_it(make_gallery: Callable, visit: Callable) -> None:
    workspace = make_gallery("Arch", "Tower", "Pyramid", count=300, **STILL, tour=True, dwell=1)
    visitor = visit(workspace, 640, 400).open()
    visitor.shown("tower")
    visitor.until("[data-tour=playing]")
    visitor.page.mouse.click(400, 150)
    visitor.until("[data-tour=paused]")
    wanted = visitor.wanted
    visitor.page.evaluate("new Promise((done) => setTimeout(done, 2500))")
    assert visitor.wanted == wanted
    assert visitor.page.locator(".tour").inner_text() == "Play the tour"
    visitor.page.click(".tour")
    slugs = ["arch", "tower", "pyramid", "arch"]
    visitor.until(f"[data-wanted={slugs[slugs.index(wanted) + 1]}]")


def test_a_tour_waits_to_be_asked_where_motion_is_reduced(make_gallery: Callable, visit: Callable) -> None:
    workspace = make_gallery("Arch", "Tower", count=300, **STILL, tour=True, dwell=1)
    visitor = visit(workspace, 640, 400, reduced_motion="reduce").open().shown("arch")
    visitor.until("[data-tour=paused]")
    visitor.page.evaluate("new Promise((done) => setTimeout(done, 2000))")
    assert visitor.wanted == "arch"
    visitor.page.focus(".tour")
    visitor.page.keyboard.press("Enter")
    visitor.shown("tower")


def test_a_piece_called_gallery_does_not_stand_in_the_way_of_the_pages_data(
    make_gallery: Callable, visit: Callable
) -> None:
    def rename(gallery: Gallery) -> None:
        gallery.items[0].slug = "gallery"

    visitor = visit(make_gallery("Arch", change=rename, **STILL), 320, 240, reduced_motion="reduce")
    visitor.open().shown("gallery")
    assert visitor.complaints == []


def test_settings_are_kept_in_the_manifest_and_refused_out_of_range(make_gallery: Callable) -> None:
    wished = {"light": -0.6, "words": "names", "text_scale": 1.3, "brand": "Lampeland", "counter": False, "tour": True}
    workspace: Workspace = make_gallery("Arch", **wished)
    assert load_gallery(workspace).settings.model_dump(include=set(wished)) == wished
    for wrong in ({"light": 2}, {"contrast": 0}, {"dwell": 0}, {"words": "some"}, {"text_scale": 9}):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            Settings(**wrong)


LONG = "Donaudampfschifffahrtsgesellschaft"


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (390, 844)])
def test_a_long_word_in_a_title_is_set_smaller_and_never_broken(
    make_gallery: Callable, visit: Callable, width: int, height: int
) -> None:
    def rename(gallery: Gallery) -> None:
        gallery.title = gallery.items[0].title = f"The {LONG}"

    workspace = make_gallery("Arch", "Tower", change=rename, text_scale=1.2, **STILL)
    visitor = visit(workspace, width, height, reduced_motion="reduce").open().shown("arch")
    visitor.look(f"long-title-{width}")
    lines = """(element, said) => {
      const text = element.firstChild;
      const range = document.createRange();
      const start = text.data.indexOf(said);
      range.setStart(text, start);
      range.setEnd(text, start + said.length);
      const [word, whole] = [range, element].map(thing => thing.getBoundingClientRect());
      return [range.getClientRects().length, word.right, whole.right];
    }"""
    for selector in (".here h2", ".opening .name"):
        count, right, edge = visitor.page.locator(selector).evaluate(lines, LONG)
        assert count == 1, selector
        assert right <= edge + 1, selector
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    small = visitor.page.locator(".here h2").evaluate(size)
    visitor.page.keyboard.press("ArrowRight")
    visitor.shown("tower")
    assert visitor.page.locator(".here h2").evaluate(size) > 1.1 * small, "a short name keeps its size"


def mean_of(path: Path) -> NDArray[np.float64]:
    """(3,) the mean colour of what a picture shows."""
    with Image.open(path) as picture:
        pixels = np.asarray(picture.convert("RGBA"), dtype=np.float64)
    return np.asarray(pixels[(pixels[..., 3] > 200) & (pixels[..., :3].max(axis=2) > 40), :3].mean(axis=0))


@pytest.mark.parametrize("shape", ["Pyramid", "Wedge"])
def test_thumbnails_posters_and_the_link_preview_stand_in_the_same_light(make_gallery: Callable, shape: str) -> None:
    blueness: dict[str, list[float]] = {}
    for light in (0.0, -0.8):
        workspace = make_gallery(shape, light=light, **STILL)
        site = workspace.resolve("site") / "assets" / shape.lower()
        for role in ("poster", "thumb", "source"):
            color = mean_of(next(site.glob(f"{role}-*")))
            blueness.setdefault(role, []).append(color[2] / color[0])
        with Image.open(io.BytesIO(social_card(workspace, load_gallery(workspace)))) as card:
            piece = np.asarray(card, dtype=np.float64)[300:540, 450:750].reshape(-1, 3)
        color = piece[piece.max(axis=1) > 70].mean(axis=0)
        blueness.setdefault("preview", []).append(color[2] / color[0])
    changed = {role: cold / plain for role, (plain, cold) in blueness.items()}
    assert changed["poster"] == pytest.approx(1.24 / 0.76, rel=0.08), "once, not twice"
    assert changed["thumb"] == pytest.approx(changed["poster"], rel=0.05)
    assert changed["preview"] == pytest.approx(changed["poster"], rel=0.15)
    assert changed["source"] == pytest.approx(1, rel=0.01), "the panel shows the picture as it was made"


def test_flat_contrast_leaves_the_black_around_a_picture_black(make_gallery: Callable) -> None:
    def on_black(gallery: Gallery) -> None:
        gallery.items[0].poster = None

    site = make_gallery("Pyramid", contrast=0.5, change=on_black, **STILL).resolve("site") / "assets" / "pyramid"
    with Image.open(next(site.glob("poster-*"))) as poster:
        pixels = np.asarray(poster.convert("RGB"))
    assert pixels[:8, :8].max() < 12
    assert mean_of(next(site.glob("poster-*"))).std() < mean_of(next(site.glob("source-*"))).std()


def test_one_piece_may_have_its_words_on_another_side(make_gallery: Callable, visit: Callable) -> None:
    workspace = make_gallery("Arch", "Tower", "Pyramid", **STILL)
    turned = RenameItem(workspace)
    assert turned.forward("tower", caption_position="right")["caption_position"] == "right"
    turned.forward("pyramid", caption_position="below")
    with pytest.raises(SplatelierError, match="left, right, below"):
        turned.forward("arch", caption_position="above")  # type: ignore[arg-type]
    render_site(workspace)
    visitor = visit(workspace, 1280, 720, reduced_motion="reduce").open().shown("arch")
    middles = {}
    for slug in ("arch", "tower", "pyramid"):
        visitor.page.evaluate("slug => { location.hash = slug; }", slug)
        visitor.shown(slug)
        left, _, right, _ = visitor.box(".here h2")
        piece = np.nonzero(visitor.drawn())[1].mean()
        middles[slug] = (left + right) / 2 - piece
    assert middles["arch"] < -200
    assert middles["tower"] > 200
    assert abs(middles["pyramid"]) < 60
    turned.forward("tower", caption_position="")
    assert load_gallery(workspace).items[1].caption_position is None


def test_the_page_tells_the_viewer_the_easing(make_gallery: Callable) -> None:
    page = make_gallery("Arch", count=300, easing="gentle", **STILL).resolve("site") / "index.html"
    assert '"easing":"gentle"' in page.read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="easing"):
        Settings(easing="hasty")  # type: ignore[arg-type]
