"""Going from piece to piece, and what that asks of the line and of memory."""

import json
from collections.abc import Callable

import pytest

from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow


@pytest.fixture
def visitor(three: Workspace, visit: Callable) -> object:
    return visit(three).open("tower").shown("tower")


def test_keys_dots_thumbnails_and_links_switch(visitor: object) -> None:
    for key, slug in [("ArrowRight", "arch"), ("PageDown", "pyramid"), ("ArrowDown", "tower"), ("End", "pyramid"),
                      ("ArrowUp", "arch"), ("Home", "tower"), ("PageUp", "pyramid")]:  # fmt: skip
        visitor.page.keyboard.press(key)
        assert visitor.wanted == slug, key
    visitor.page.click(".dots li:nth-child(2) a")
    visitor.shown("arch")
    assert visitor.page.url.endswith("#arch")
    visitor.page.click(".strip li:nth-child(1) a")
    visitor.shown("tower")
    visitor.page.evaluate("location.hash = '#pyramid'")
    visitor.shown("pyramid")
    assert visitor.page.title() == "Pyramid · Plain things"
    assert visitor.page.locator(".here h2").inner_text() == "Pyramid"
    assert visitor.complaints == []


def test_one_push_of_the_wheel_is_one_step_whatever_its_momentum(visitor: object) -> None:
    """A trackpad's momentum is a long row of ever smaller events; a second push is harder than what came before."""
    visitor.page.evaluate("""() => {
      const push = (start) => {
        for (let pixels = start; pixels > 0.5; pixels *= 0.93)
          window.dispatchEvent(new WheelEvent('wheel', { deltaY: pixels, bubbles: true, cancelable: true }));
      };
      push(120);
    }""")
    assert visitor.wanted == "arch"
    visitor.shown("arch")
    visitor.page.evaluate("new Promise((done) => setTimeout(done, 300))")  # the pause that ends a gesture
    visitor.page.mouse.move(320, 120)
    visitor.page.mouse.wheel(0, 120)
    visitor.shown("pyramid")


@pytest.mark.parametrize(("path", "slug"), [([(200, 300), (200, 60)], "arch"), ([(120, 150), (330, 160)], "pyramid")])
def test_a_swipe_switches(three: Workspace, visit: Callable, path: list[tuple[int, int]], slug: str) -> None:
    visitor = visit(three, 390, 640, has_touch=True, is_mobile=True).open("tower").shown("tower")
    visitor.page.evaluate(
        """([from, to]) => {
          const surface = document.querySelector('.hands');
          const send = (type, [clientX, clientY]) => surface.dispatchEvent(
            new PointerEvent(type, { clientX, clientY, pointerId: 1, pointerType: 'touch', bubbles: true }));
          surface.setPointerCapture = () => {};
          send('pointerdown', from);
          for (let part = 0.2; part <= 1; part += 0.2)
            send('pointermove', from.map((value, axis) => value + (to[axis] - value) * part));
          send('pointerup', to);
        }""",
        path,
    )
    visitor.shown(slug)


def test_quick_switching_ends_on_the_last_wish_with_nothing_else_on_the_stage(
    make_gallery: Callable, visit: Callable
) -> None:
    workspace = make_gallery(auto_rotate=0, transition_seconds=1.5)
    usual = visit(workspace, reduced_motion="reduce").open("pyramid").shown("pyramid").drawn()
    hasty = visit(workspace).open("tower")
    hasty.until(".live")
    for key in ["ArrowRight"] * 4 + ["ArrowLeft"] * 2:
        hasty.page.keyboard.press(key)
        assert hasty.page.locator(".piece.here .poster").count() == 1
    assert hasty.wanted == "pyramid"
    hasty.shown("pyramid")
    hasty.until_still()
    now = hasty.drawn()
    assert (now & usual).sum() / (now | usual).sum() > 0.97
    assert hasty.complaints == []


def test_while_a_piece_is_on_its_way_its_poster_stands_in(three: Workspace, visit: Callable) -> None:
    visitor = visit(three)
    held = []
    visitor.page.route("**/assets/arch/splat-*", lambda route: held.append(route))
    visitor.open("tower").shown("tower")
    visitor.page.keyboard.press("ArrowRight")
    visitor.page.wait_for_selector("#arch .poster", state="visible")
    assert visitor.page.get_attribute("html", "data-state") == "loading"
    while not held:
        visitor.page.wait_for_event("request")
    held[0].continue_()
    visitor.shown("arch")


def test_a_gallery_of_sixty_asks_for_no_more_at_first_than_one_of_six(make_gallery: Callable, visit: Callable) -> None:
    asked = {}
    for size in (6, 60):
        workspace = make_gallery(*["Arch"] * size, count=200, auto_rotate=0, transition_seconds=0)
        visitor = visit(workspace).open().shown("arch")
        asked[size] = [url for url in visitor.asked if "/assets/" in url and "thumb" not in url]
        models = [url for url in asked[size] if "/splat-" in url]
        assert models[0].split("/")[-2] == "arch"
        assert len(models) <= 3
        if size == 60:
            for _ in range(4):
                visitor.page.keyboard.press("ArrowRight")
            visitor.shown("arch-5")
            assert len(visitor.page.workers) <= 3, "one worker holds one splat"
            assert visitor.page.locator(".dots li:visible").count() == 9
    assert len(asked[60]) <= len(asked[6]) + 2


@pytest.mark.parametrize("connection", [{"saveData": True}, {"effectiveType": "3g"}, {"effectiveType": "slow-2g"}])
def test_on_a_slow_or_paid_line_only_the_shown_piece_is_fetched(
    three: Workspace, visit: Callable, connection: dict[str, object]
) -> None:
    visitor = visit(three)
    visitor.page.add_init_script(
        f"Object.defineProperty(Navigator.prototype, 'connection', {{ get: () => ({json.dumps(connection)}) }})"
    )
    visitor.open("tower").shown("tower")
    visitor.page.evaluate("new Promise((done) => setTimeout(() => requestIdleCallback(done), 600))")
    assert len([url for url in visitor.asked if "/splat-" in url]) == 1


def test_neighbours_are_fetched_when_the_shown_piece_is_there(visitor: object) -> None:
    while len(models := [url for url in visitor.asked if "/splat-" in url]) < 3:
        visitor.page.wait_for_event("request")
    assert "/tower/" in models[0]


def test_a_splat_that_does_not_load_leaves_its_poster_and_can_be_tried_again(three: Workspace, visit: Callable) -> None:
    visitor = visit(three, 800, 600)
    visitor.page.route("**/assets/arch/splat-*", lambda route: route.fulfill(body=b"not a splat"))
    visitor.open("arch")
    visitor.until("[data-state=failed]")
    assert visitor.page.locator(".failure").inner_text().startswith("This piece did not arrive.")
    assert visitor.page.locator("#arch .poster").is_visible()
    visitor.look("failure")
    visitor.page.keyboard.press("ArrowRight")
    visitor.shown("pyramid")
    assert visitor.page.locator(".failure").is_hidden(), "the rest of the gallery is untouched"
    visitor.page.keyboard.press("ArrowLeft")
    visitor.until("[data-state=failed]")
    visitor.page.unroute("**/assets/arch/splat-*")
    visitor.page.click(".failure button")
    visitor.shown("arch")


def test_meshes_and_splats_share_a_gallery(make_gallery: Callable, visit: Callable) -> None:
    visitor = visit(make_gallery("Tower", "Wedge", auto_rotate=0), 640, 480, reduced_motion="reduce")
    visitor.open("wedge").shown("wedge")
    visitor.look("mesh")
    mask = visitor.drawn()
    left, top, right, bottom = (round(value) for value in visitor.box(".here .frame"))
    assert mask[top:bottom, left:right].mean() > 0.05
    assert mask.sum() == mask[top:bottom, left:right].sum()
    rows = mask.sum(axis=1)[mask.any(axis=1)]
    assert rows[-5:].mean() > 3 * rows[:5].mean(), "a wedge stands on its broad end"
    visitor.page.keyboard.press("ArrowRight")
    visitor.shown("tower")
    assert visitor.drawn().mean() > 0.01
    assert visitor.complaints == []
