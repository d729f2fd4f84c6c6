"""What a visitor sees on the stage: framing, opening, turning, zooming."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

SIZES = [(1920, 1080), (1024, 1024), (390, 844)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_each_piece_stands_whole_in_its_frame_beside_its_words(
    three: Workspace, visit: Callable, width: int, height: int
) -> None:
    visitor = visit(three, width, height, reduced_motion="reduce").open("tower")
    for slug in ("tower", "arch", "pyramid"):
        visitor.page.evaluate("slug => { location.hash = slug; }", slug)
        visitor.shown(slug)
        visitor.look(f"{width}x{height}-{slug}")
        mask = visitor.drawn()
        left, top, right, bottom = visitor.box(".here .frame")
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        assert left <= columns[0] < columns[-1] <= right, slug
        assert top <= rows[0] < rows[-1] <= bottom, slug
        assert max(np.ptp(rows) / (bottom - top), np.ptp(columns) / (right - left)) > 0.5, slug
        assert 0.02 < mask.mean() < 0.6, slug
        for selector in (".here h2", ".here .caption", ".masthead h1", ".strip", ".dots"):
            x0, y0, x1, y1 = (round(value) for value in visitor.box(selector))
            assert not mask[max(0, y0) : y1, max(0, x0) : x1].any(), (slug, selector)
    assert visitor.complaints == []


def test_a_poster_stands_where_the_splat_will(three: Workspace, visit: Callable) -> None:
    visitor = visit(three, 800, 600, reduced_motion="reduce").open("arch").shown("arch")
    splat = visitor.drawn()
    visitor.page.evaluate("""() => {
      document.querySelector('canvas').style.visibility = 'hidden';
      document.querySelector('.here').classList.remove('drawn');
      for (const e of document.querySelectorAll('.words, .masthead, .foot, .dots')) e.style.visibility = 'hidden';
    }""")
    poster = visitor.look().max(axis=2) > 50
    assert (splat & poster).sum() / (splat | poster).sum() > 0.93


def test_the_title_and_the_first_poster_are_there_before_any_script(three: Workspace, visit: Callable) -> None:
    visitor = visit(three, 1024, 640)
    visitor.page.route("**/*.js", lambda route: route.abort())
    visitor.open()
    visitor.page.wait_for_selector(".poster", state="visible")
    assert visitor.page.evaluate("() => document.querySelector('.poster').decode().then(() => true)")
    assert visitor.page.locator(".opening .name").inner_text() == "Plain things"
    left, top, right, bottom = (round(value) for value in visitor.box(".frame"))
    assert (visitor.look("opening")[top:bottom, left:right].max(axis=2) > 60).mean() > 0.03


@pytest.mark.parametrize("reveal", ["settle", "rise", "dissolve", "scatter", "fade"])
def test_a_splat_arrives_bit_by_bit(make_gallery: Callable, visit: Callable, reveal: str) -> None:
    visitor = visit(make_gallery("Arch", transition_seconds=6, reveal=reveal, auto_rotate=0), 320, 320)
    clock = visitor.page.clock
    clock.install()
    visitor.open()
    visitor.until("[data-state=revealing]")
    clock.pause_at(visitor.page.evaluate("Date.now() + 50"))  # from here on, time passes only when told to
    visitor.page.evaluate("document.querySelectorAll('.poster').forEach(poster => poster.style.visibility = 'hidden')")
    arriving = []
    for _ in range(4):
        clock.run_for(150)
        arriving.append(visitor.drawn())
    visitor.look(f"reveal-{reveal}")
    clock.resume()
    visitor.shown("arch")
    whole = visitor.drawn()
    missing = [(stage ^ whole).sum() / whole.sum() for stage in arriving]
    assert max(missing) > 0.03, missing
    assert visitor.complaints == []


def throw(visitor: Any) -> bool:
    """Whether the piece turns on after a quick drag; on a busy machine the hand may seem to rest before it lets go."""
    mouse = visitor.page.mouse
    mouse.move(320, 150)
    mouse.down()
    mouse.move(180, 150, steps=4)
    mouse.up()
    released = visitor.look()
    return bool(np.abs(visitor.until_still() - released).max() > 20)


def test_a_drag_turns_with_inertia_and_a_double_click_returns(three: Workspace, visit: Callable) -> None:
    visitor = visit(three).open("tower").shown("tower")
    home = visitor.until_still()
    mouse = visitor.page.mouse
    mouse.move(320, 150)
    mouse.down()
    mouse.move(250, 150, steps=3)
    held = visitor.look()
    assert np.abs(held - home).max() > 30, "a hand turns the piece"
    mouse.up()
    assert any(throw(visitor) for _ in range(6)), "it goes on turning when a moving hand lets go"
    at_rest = visitor.until_still()
    mouse.dblclick(320, 150)
    returned = visitor.until_still()
    assert np.abs(returned - at_rest).max() > 20
    assert np.abs(returned - home).mean() < 0.5, "and comes back to its framing"


def test_pinching_and_control_wheel_zoom_within_limits(three: Workspace, visit: Callable) -> None:
    visitor = visit(three).open("arch").shown("arch")
    home = visitor.drawn().sum()
    visitor.page.mouse.move(320, 150)
    visitor.page.keyboard.down("Control")
    for _ in range(20):
        visitor.page.mouse.wheel(0, 100)
    visitor.page.keyboard.up("Control")
    visitor.until_still()
    far = visitor.drawn().sum()
    assert 0.25 * home < far < 0.6 * home
    touch = visitor.page.context.new_cdp_session(visitor.page)
    for kind, gap in [("touchStart", 20), ("touchMove", 60), ("touchMove", 100)]:
        points = [{"x": 300 - gap, "y": 150, "id": 0}, {"x": 300 + gap, "y": 150, "id": 1}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    visitor.until_still()
    assert visitor.drawn().sum() > 1.5 * far
    assert visitor.wanted == "arch"


def test_a_piece_left_alone_turns_by_itself_and_stops_for_a_hand(make_gallery: Callable, visit: Callable) -> None:
    workspace = make_gallery("Arch", count=600, auto_rotate=90, transition_seconds=0, reflection=0)
    visitor = visit(workspace, 320, 240).open().shown("arch")
    start = visitor.look()
    while np.abs(visitor.look() - start).max() < 60:
        pass
    visitor.page.mouse.move(240, 100)
    visitor.page.mouse.down()
    held = visitor.until_still()
    assert np.abs(held - start).max() > 30


def test_reduced_motion_keeps_everything_still(make_gallery: Callable, visit: Callable) -> None:
    workspace = make_gallery("Arch", auto_rotate=90, transition_seconds=4)
    visitor = visit(workspace, 320, 240, reduced_motion="reduce")
    count_frames(visitor)
    visitor.open().shown("arch")
    visitor.until_still()
    assert visitor.page.evaluate("window.pendingFrames") == 0


def test_nothing_is_drawn_while_nothing_moves(three: Workspace, visit: Callable) -> None:
    visitor = visit(three)
    count_frames(visitor)
    visitor.open("tower").shown("tower")
    visitor.until_still()
    assert visitor.page.evaluate("window.pendingFrames") == 0


def count_frames(visitor: object) -> None:
    """Keeps `window.pendingFrames`: animation frames that were asked for and have not come yet."""
    visitor.page.add_init_script("""
      window.pendingFrames = 0;
      const ask = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (work) => {
        window.pendingFrames += 1;
        return ask((now) => { window.pendingFrames -= 1; work(now); });
      };
    """)


@pytest.mark.parametrize(("zoom", "least", "most"), [(0.6, 0.25, 0.5), (1.3, 1.4, 2.2)])
def test_zoom_in_the_manifest_changes_how_much_is_drawn(
    three: Workspace, make_gallery: Callable, visit: Callable, zoom: float, least: float, most: float
) -> None:
    usual = visit(three, reduced_motion="reduce").open("pyramid").shown("pyramid").drawn().sum()
    other = make_gallery("Pyramid", zoom=zoom, auto_rotate=0)
    zoomed = visit(other, reduced_motion="reduce").open().shown("pyramid").drawn().sum()
    assert least < zoomed / usual < most


def test_the_polished_floor_mirrors_the_piece_dimly(make_gallery: Callable, visit: Callable) -> None:
    pictures = {}
    for strength in (0.0, 0.5):
        workspace = make_gallery("Pyramid", reflection=strength, auto_rotate=0, backdrop="plain")
        visitor = visit(workspace, 480, 480, reduced_motion="reduce").open().shown("pyramid")
        pictures[strength] = visitor.look(f"reflection-{strength}")
    _, top, _, bottom = visitor.box(".here .frame")
    more = (pictures[0.5] - pictures[0.0]).max(axis=2)
    rows = np.flatnonzero((more > 15).any(axis=1))
    assert len(rows) > 10
    assert rows.mean() > (top + bottom) / 2, "below the piece, not over it"
    assert more.max() < 160, "dimmer than the piece"


def test_fog_dims_the_back_and_elevation_looks_from_above(make_gallery: Callable, visit: Callable) -> None:
    pictures = {}
    for name, settings in {"plain": {}, "fog": {"fog": 1}, "above": {"elevation": 40}}.items():
        workspace = make_gallery("Pyramid", auto_rotate=0, reflection=0, backdrop="plain", **settings)
        visitor = visit(workspace, 400, 400, reduced_motion="reduce").open().shown("pyramid")
        pictures[name] = visitor.look()
        heights = visitor.drawn().any(axis=1).sum()
        pictures[f"{name} height"] = heights
    assert pictures["fog"].sum() < 0.95 * pictures["plain"].sum()
    assert pictures["fog height"] > 0.7 * pictures["plain height"], "its front is still there"
    assert np.abs(pictures["above"] - pictures["plain"]).max() > 60


@pytest.mark.parametrize("shape", ["Pyramid", "Wedge"])
def test_a_contact_shadow_darkens_the_floor_under_the_piece(
    make_gallery: Callable, visit: Callable, shape: str
) -> None:
    pictures = {}
    light = {"background": "#e8e4dc", "backdrop": "plain", "vignette": 0, "reflection": 0, "elevation": 15}
    for strength in (0.0, 1.0):
        workspace = make_gallery(shape, auto_rotate=0, contact_shadow=strength, **light)
        visitor = visit(workspace, 480, 480, reduced_motion="reduce").open().shown(shape.lower())
        pictures[strength] = visitor.look(f"contact-shadow-{shape.lower()}-{strength:g}")
        if not strength:
            piece = visitor.drawn()
        assert visitor.complaints == []
    darker = (pictures[0.0] - pictures[1.0]).max(axis=2)
    assert darker[~piece].max() > 60
    shadow = (darker > 10) & ~piece
    assert shadow.sum() > 300
    assert np.nonzero(shadow)[0].mean() > np.nonzero(piece)[0].mean() + 15, "on the floor, not around the piece"
    assert darker[piece].mean() < 0.2 * darker[shadow].mean(), "the piece itself stays as it is"
    assert np.median(np.abs(pictures[0.0] - pictures[1.0])) == 0, "nor does the rest of the stage change"
