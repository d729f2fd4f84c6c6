"""check_site sees what a visitor would complain about."""

import importlib.util
import json
import re
import struct
import threading
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery, Item, load_gallery, save_gallery
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.progress import Update
from splatelier.tools.site.check import check_site
from splatelier.tools.site.judge import alike, from_files, judge
from splatelier.tools.site.render import render_site
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.framing import Framing
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.splats.splats import Splats
from splatelier.tools.toolset.check import CheckSite
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

FRAME = (300, 50, 700, 450)
COLOURS = {"upright": (250, 240, 230), "turned": (250, 200, 120), "broken": (120, 200, 250)}
WORDS = [(20, 300, 280, 440)]


def cone(turned: bool = False) -> Splats:
    """A cone with its point up, or down."""
    rng = np.random.default_rng(0)
    x, y, z = rng.uniform(-0.5, 0.5, (3, 9000))
    inside = np.hypot(x, z) < 0.25 - 0.5 * y
    centers = np.stack([x, -y if turned else y, z], axis=1)[inside][:2500].astype(np.float32)
    n = len(centers)
    return Splats(
        centers=centers,
        log_scales=np.full((n, 3), np.log(0.02), dtype=np.float32),
        rotations=np.tile(np.float32([1, 0, 0, 0]), (n, 1)),
        logits=np.full(n, 3, dtype=np.float32),
        dc=np.full((n, 3), 1.0, dtype=np.float32),
        rest=np.empty((n, 3, 0), dtype=np.float32),
    )


def glb_of_nothing() -> bytes:
    """A .glb whose container is whole, and whose scene names a node that is not there."""
    scene = json.dumps({"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [5]}]}).encode()
    scene += b" " * (-len(scene) % 4)
    return struct.pack("<4sIIII", b"glTF", 2, 20 + len(scene), len(scene), 0x4E4F534A) + scene


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A gallery of three cones: one upright, one upside down, one whose file is broken."""
    workspace = Workspace(tmp_path / "gallery")
    gallery = Gallery(title="Cones", settings=Settings(auto_rotate=0, reflection=0))
    for slug in ("upright", "turned", "broken"):
        folder = workspace.root / "assets" / slug
        folder.mkdir(parents=True)
        splats = cone(slug == "turned")
        write_ksplat(folder / "splat.ksplat", splats)
        picture = Image.new("RGB", (256, 256))
        ImageDraw.Draw(picture).polygon([(128, 30), (40, 220), (216, 220)], fill=COLOURS[slug])
        picture.save(folder / "source.png")
        gallery.items.append(
            Item(
                slug=slug,
                title=slug.title(),
                image=f"assets/{slug}/source.png",
                model=f"assets/{slug}/splat.ksplat",
                framing=frame(splats),
            )
        )
    (workspace.root / "assets/broken/mesh.glb").write_bytes(glb_of_nothing())
    gallery.items[2] = gallery.items[2].model_copy(update={"kind": "mesh", "model": "assets/broken/mesh.glb"})
    save_gallery(workspace, gallery)
    render_site(workspace)
    return workspace


def test_it_walks_every_piece_and_names_what_is_wrong(workspace: Workspace) -> None:
    answer = CheckSite(workspace)()
    assert answer["looked"] == "in a browser"
    assert answer["ok"] is False
    assert len(answer["problems"]) == 2
    turned, broken = answer["problems"]
    assert turned.startswith("Turned: it looks upside down")
    assert broken == "Broken: its model did not load"
    assert answer["screenshots"] == [f".splatelier/check/{slug}.png" for slug in ("upright", "turned", "broken")]
    with Image.open(workspace.existing(answer["screenshots"][0])) as picture:
        assert picture.size == (1024, 640)


def test_without_a_browser_it_checks_the_files_and_says_so(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    answer = CheckSite(workspace)()
    assert "there is no Chromium" in answer["looked"]
    (turned,) = answer["problems"]
    assert turned.startswith("Turned: it looks upside down"), "which the files alone tell"
    assert answer["screenshots"] == []
    gallery = load_gallery(workspace)
    gallery.title = "Other cones"
    save_gallery(workspace, gallery)
    assert "older manifest" in check_site(workspace).problems[0]


def stage(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    mask = np.zeros((500, 800), dtype=bool)
    for left, top, right, bottom in boxes:
        mask[top:bottom, left:right] = True
    return mask


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        ([(400, 100, 600, 440)], []),
        ([], ["the stage is empty"]),
        ([(400, 0, 600, 440)], ["it is cut off"]),
        ([(480, 200, 560, 260)], ["it is too small"]),
        ([(200, 100, 600, 440)], ["words stand over it"]),
    ],
)
def test_each_problem_has_its_sentence(boxes: Iterable[tuple[int, int, int, int]], expected: list[str]) -> None:
    found = list(judge(stage(*boxes), WORDS, FRAME))
    assert len(found) == len(expected)
    for problem, start in zip(found, expected, strict=True):
        assert problem.startswith(start)


@pytest.fixture
def upright(workspace: Workspace) -> Workspace:
    """The upright cone alone."""
    gallery = load_gallery(workspace)
    del gallery.items[1:]
    return rendered(workspace, gallery)


def rendered(workspace: Workspace, gallery: Gallery) -> Workspace:
    save_gallery(workspace, gallery)
    render_site(workspace)
    return workspace


def test_a_mirror_of_a_floor_and_thick_fog_turn_nothing_upside_down(upright: Workspace) -> None:
    gallery = load_gallery(upright)
    gallery.settings.reflection, gallery.settings.fog, gallery.settings.background = 1.0, 1.0, "#404040"
    assert not [problem for problem in check_site(rendered(upright, gallery)).problems if "upside down" in problem]


def test_a_mirror_image_and_a_shadow_on_the_floor_are_no_part_of_the_piece(upright: Workspace) -> None:
    gallery = load_gallery(upright)
    gallery.settings.reflection, gallery.settings.contact_shadow, gallery.settings.background = 1.0, 1.0, "#405060"
    assert check_site(rendered(upright, gallery)).problems == []


def test_only_what_changed_is_looked_at_again_and_by_the_same_browser(pair: Workspace) -> None:
    workspace, gallery = pair, load_gallery(pair)
    assert check_site(workspace).problems == []
    pictures = [workspace.existing(f".splatelier/check/{slug}.png") for slug in ("upright", "turned")]
    first = [picture.stat().st_mtime_ns for picture in pictures]
    browsers = [thread for thread in threading.enumerate() if thread.name == "browser"]
    assert len(browsers) == 1

    assert CheckSite(workspace)()["ok"]
    assert [picture.stat().st_mtime_ns for picture in pictures] == first
    gallery.items[1] = gallery.items[1].model_copy(update={"caption": "Another word"})
    answer = CheckSite(rendered(workspace, gallery))()
    assert answer["screenshots"] == [".splatelier/check/upright.png", ".splatelier/check/turned.png"]
    assert pictures[0].stat().st_mtime_ns == first[0]
    assert pictures[1].stat().st_mtime_ns > first[1]
    assert [thread for thread in threading.enumerate() if thread.name == "browser"] == browsers


@pytest.fixture
def pair(workspace: Workspace) -> Workspace:
    """Two cones that are right, of two colours."""
    gallery = load_gallery(workspace)
    twin = {"model": gallery.items[0].model, "framing": gallery.items[0].framing}
    gallery.items[1] = gallery.items[1].model_copy(update=twin)
    del gallery.items[2]
    return rendered(workspace, gallery)


def test_a_change_of_taste_is_judged_on_every_piece_and_drawn_on_one(pair: Workspace) -> None:
    heard: list[Update] = []
    assert check_site(pair).problems == []
    gallery = load_gallery(pair)
    gallery.settings.zoom = 3.0
    verdict = check_site(rendered(pair, gallery), progress=heard.append)
    assert verdict.screenshots == [".splatelier/check/upright.png"], "the other one is not what it looks like now"
    for title in ("Upright", "Turned"):
        cut = rf"{title}: it is cut off at [a-z ,]*the top and the bottom in a window of 1280x720; zoom out"
        assert any(re.match(cut, problem) for problem in verdict.problems), verdict.problems
    assert [update.detail for update in heard if update.state == "running"] == [
        "Upright (1 of 1)",
        "the words in a window of 1920x1080",
        "the words in a window of 1280x720",
        "the words in a window of 390x844",
    ]
    assert heard[-1].state == "done"
    assert len(check_site(pair, only=["turned"]).screenshots) == 1, "what is named is drawn"
    again = check_site(pair)
    assert {*verdict.problems} <= {*again.problems}, "what was wrong and has not changed still is"
    assert len(again.screenshots) == 2


def test_what_shows_only_in_motion_needs_no_look(pair: Workspace) -> None:
    check_site(pair)
    gallery = load_gallery(pair)
    gallery.settings.transition_seconds, gallery.settings.reveal = 0.5, "rise"
    heard: list[Update] = []
    verdict = check_site(rendered(pair, gallery), progress=heard.append)
    assert (verdict.problems, len(verdict.screenshots), heard) == ([], 2, [])


def test_a_finding_names_the_side_and_the_window(upright: Workspace) -> None:
    gallery = load_gallery(upright)
    framing = gallery.items[0].framing
    aside = Framing((framing.center[0] + 1.2 * framing.radius, *framing.center[1:]), framing.radius, 0.0, 0.0)
    gallery.items[0] = gallery.items[0].model_copy(update={"framing": aside})
    problems = " ".join(check_site(rendered(upright, gallery)).problems)
    assert "Upright: it is cut off at the left in a window of 390x844" in problems
    assert re.search("Upright: at its (left|bottom) it stands over the words in a window of 1920x1080", problems)


@pytest.mark.parametrize("below", [0.0, 0.5])
def test_a_piece_that_hovers_over_strays_does_not_stand_on_the_floor(workspace: Workspace, below: float) -> None:
    splats = cone()
    strays = splats.centers.copy()
    strays[:: len(strays) // 20, 1] -= below
    write_ksplat(workspace.root / "assets/upright/splat.ksplat", replace(splats, centers=strays))
    gallery = load_gallery(workspace)
    gallery.settings.reflection = 0.2
    found = [problem for problem in from_files(workspace, gallery, gallery.items[0]) if "floor" in problem]
    assert (
        found
        == ["Upright: it floats above the floor, over strays below it; use prune_splat, then replace_item"][: below > 0]
    )
    gallery.settings.reflection = 0
    assert not [*from_files(workspace, gallery, gallery.items[0])], "there is no floor"


def test_a_piece_of_the_colour_of_the_stage_is_named_before_it_is_drawn(workspace: Workspace) -> None:
    gallery = load_gallery(workspace)
    poster = Image.new("RGBA", (256, 256))
    ImageDraw.Draw(poster).polygon([(128, 30), (40, 220), (216, 220)], fill=(250, 240, 230, 255))
    poster.save(workspace.root / "assets/upright/poster.webp")
    item = gallery.items[0].model_copy(update={"poster": "assets/upright/poster.webp"})
    assert [*from_files(workspace, gallery, item)] == []
    gallery.settings.background = "#fff8f0"
    (problem,) = from_files(workspace, gallery, item)
    assert problem.startswith("Upright: it can hardly be told from the background")


def test_only_the_pieces_that_are_named_are_looked_at(workspace: Workspace) -> None:
    answer = CheckSite(workspace)(only=["turned"])
    assert answer["screenshots"] == [".splatelier/check/turned.png"]
    assert len(answer["problems"]) == 1
    assert not (workspace.state / "check" / "upright.png").exists()
    with pytest.raises(SplatelierError, match="No item is called 'sideways'"):
        CheckSite(workspace)(only=["sideways"])


def test_a_title_that_does_not_fit_on_a_telephone_is_named_with_its_window(upright: Workspace) -> None:
    gallery = load_gallery(upright)
    word = 2 * "Donaudampfschifffahrtsgesellschaftskapitänsmütze"  # longer than the smallest letters make fit
    gallery.items[0] = gallery.items[0].model_copy(update={"title": f"The {word}"})
    problems = check_site(rendered(upright, gallery)).problems
    assert f"The {word}: “{word}” does not fit on one line in a window of 390x844; shorten" in " ".join(problems)


def test_a_piece_that_is_too_close_stands_over_header_thumbnails_and_words(upright: Workspace) -> None:
    gallery = load_gallery(upright)
    gallery.settings.zoom, gallery.title = 3.0, "Cones of all the world " * 5
    problems = " ".join(check_site(rendered(upright, gallery)).problems)
    for width, height in ((1920, 1080), (1280, 720), (390, 844)):
        assert f"it stands over the header in a window of {width}x{height}; zoom out with set_style" in problems, (
            problems
        )
    assert "it stands over the thumbnails in a window of" in problems
    assert "it stands over the words in a window of" in problems


def test_pieces_whose_pictures_are_nearly_the_same_are_named(workspace: Workspace) -> None:
    gallery = load_gallery(workspace)
    with Image.open(workspace.existing(gallery.items[0].image)) as picture:
        picture.convert("RGB").resize((250, 250)).save(workspace.root / "assets/turned/source.png")
    (problem,) = alike(workspace, gallery)
    assert problem.startswith("Turned: its picture is nearly the same as that of Upright")


def test_without_playwright_it_says_how_to_get_it(upright: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "playwright" else find(name))
    assert 'pip install "splatelier[check]"' in CheckSite(upright)()["looked"]


def test_a_browser_that_dies_is_told_of_and_the_next_look_has_another(
    upright: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = upright.state / "check" / "upright.png"
    with monkeypatch.context() as patch:
        patch.setattr(
            "splatelier.tools.site.look._arrive", lambda page, *_: page.context.browser.close() or page.title()
        )
        assert "the browser failed (" in check_site(upright).problems[0]
    assert not first.exists()
    assert check_site(upright).problems == []
    assert first.exists()
