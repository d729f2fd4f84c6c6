"""Follow-ups in plain words, by the offline planner and by a model: in one session, and in one for each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from smolagents import ActionStep, Model

from splatelier.agent.confined.executor import ConfinedExecutor
from splatelier.agent.confined.sandbox import find_room
from splatelier.agent.offline.model import OfflineModel
from splatelier.agent.report import Status, write_report
from splatelier.agent.session import Session
from splatelier.tools.calls.ledger import Ledger
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery import history
from splatelier.tools.gallery.manifest import Gallery, load_gallery
from splatelier.tools.site.render import render_site
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.splats import Splats
from splatelier.tools.toolset.edits import AddItem, SetDetails, SetGallery
from splatelier.tools.toolset.toolbox import SpaceToolbox
from splatelier.tools.workspace.workspace import Workspace
from tests.agent.offline.test_wishes import QUESTIONS
from tests.agent.test_session import Script

pytestmark = pytest.mark.slow


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A rendered gallery of a chair and a lamp."""
    workspace = Workspace(tmp_path / "gallery")
    work = workspace.state / "work"
    work.mkdir(parents=True)
    random = np.random.default_rng(0)
    splats = Splats(
        centers=random.uniform(-0.5, 0.5, (500, 3)).astype(np.float32),
        log_scales=np.full((500, 3), -4, np.float32),
        rotations=np.tile(np.array([1, 0, 0, 0], np.float32), (500, 1)),
        logits=np.full(500, 4, np.float32),
        dc=np.ones((500, 3), np.float32),
        rest=np.zeros((500, 3, 0), np.float32),
        upright=True,
    )
    write_ply(work / "one.ply", splats)
    write_ksplat(work / "one.ksplat", splats)
    Image.new("RGB", (64, 64), (200, 180, 90)).save(work / "one.png")
    below = ".splatelier/work/one"
    history.begin(workspace)
    SetGallery(workspace)(title="Lumen")
    for title in ("Oak Chair", "Desk Lamp"):
        AddItem(workspace)(title=title, image=f"{below}.png", splat=f"{below}.ply", model=f"{below}.ksplat")
    history.keep(workspace, "build a showroom")
    render_site(workspace)
    return workspace


@contextmanager
def talking(workspace: Workspace, tmp_path: Path, model: Model | None = None) -> Iterator[Session]:
    toolbox = SpaceToolbox(workspace, Hub("http://127.0.0.1:9"), Ledger(tmp_path / "ledger.db"))
    executor = ConfinedExecutor(find_room(), cancel=toolbox.cancel)
    try:
        yield Session(workspace, model or OfflineModel(), executor, toolbox)
    finally:
        executor.cleanup()
        toolbox.close()


def asked(talk: Session, wish: str) -> str:
    """The answer to a wish that took one step: one piece of code, the render in it."""
    answer = talk.ask(wish)
    assert answer.ok, (wish, answer.text)
    task = max(at for at, step in enumerate(talk.agent.memory.steps) if not isinstance(step, ActionStep))
    steps = [step for step in talk.agent.memory.steps[task:] if isinstance(step, ActionStep)]
    assert len(steps) == 1, wish
    write_report(talk, Status.COMPLETE)
    return answer.text


FollowUp = tuple[str, Callable[[Gallery], object], object]
FOLLOW_UPS: list[FollowUp] = [
    ("rename the lamp to Night Lamp", lambda gallery: gallery.items[1].title, "Night Lamp"),
    (
        "bring just that one closer",
        lambda gallery: round(gallery.items[0].framing.radius / gallery.items[1].framing.radius, 3),
        1.25,
    ),
    ("turn it to the side", lambda gallery: gallery.items[1].framing.azimuth, 90),
    ("colder light", lambda gallery: gallery.settings.light, -0.4),
    ("bigger names, less text", lambda gallery: (gallery.settings.words, gallery.settings.text_scale), ("names", 1.25)),
    ("put our brand at the top", lambda gallery: gallery.settings.brand, "Lumen"),
    (
        "add the prices: chair 900 €; lamp 120 €",
        lambda gallery: [item.detail for item in gallery.items],
        ["900 €", "120 €"],
    ),
    ("put the chair's words on the right", lambda gallery: gallery.items[0].caption_position, "right"),
    ("undo the last three things", lambda gallery: (gallery.settings.brand, gallery.items[0].detail), ("", "")),
]


@pytest.mark.parametrize("reopened", [False, True])
def test_each_follow_up_is_one_step_that_renders_also_after_coming_back(
    workspace: Workspace, tmp_path: Path, reopened: bool
) -> None:
    page = workspace.root / "site" / "index.html"
    parts = [[follow_up] for follow_up in FOLLOW_UPS] if reopened else [FOLLOW_UPS]
    for part in parts:
        with talking(workspace, tmp_path) as talk:
            for wish, look, expected in part:
                page.unlink()
                asked(talk, wish)
                assert look(load_gallery(workspace)) == expected, wish
                assert page.exists(), wish
    assert load_gallery(workspace).items[0].framing.azimuth != 90


def test_a_question_is_answered_and_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    before = (workspace.root / "gallery.json").read_bytes()
    with talking(workspace, tmp_path) as talk:
        assert "Zoom is 1.0" in asked(talk, "is it zoomed out?")
        assert "Tell me them" in asked(talk, "add the prices")
        for question in QUESTIONS:
            talk.ask(question)
    assert (workspace.root / "gallery.json").read_bytes() == before


SCRIPTED: dict[str, str] = {
    "colder light": "set_style(light=-0.4)",
    "bring just that one closer": "frame_item(slug='desk-lamp', closer=1.25)",
    "turn it to the side": "frame_item(slug='desk-lamp', turn=90)",
    "bigger names, less text": "set_style(text_scale=1.25, words='names')",
    "put our brand at the top": "set_style(brand='Lumen')",
    "add the prices": "set_details(details={'oak-chair': '900 €', 'desk-lamp': '120 €'})",
    "undo the last two things": "undo(wishes=2)",
}
EXPECTED = {
    "colder light": lambda gallery: gallery.settings.light == -0.4,
    "bring just that one closer": lambda gallery: gallery.items[1].framing.radius < gallery.items[0].framing.radius,
    "turn it to the side": lambda gallery: [item.framing.azimuth for item in gallery.items] == [0, 90],
    "bigger names, less text": lambda gallery: (gallery.settings.text_scale, gallery.settings.words) == (1.25, "names"),
    "put our brand at the top": lambda gallery: gallery.settings.brand == "Lumen",
    "add the prices": lambda gallery: [item.detail for item in gallery.items] == ["900 €", "120 €"],
    "undo the last two things": lambda gallery: (gallery.settings.brand, gallery.items[0].detail) == ("", ""),
}


@pytest.mark.parametrize("reopened", [False, True])
def test_a_model_needs_one_call_of_one_tool_and_a_render_for_each_also_after_coming_back(
    workspace: Workspace, tmp_path: Path, reopened: bool
) -> None:
    page = workspace.root / "site" / "index.html"
    parts = [[wish] for wish in SCRIPTED] if reopened else [list(SCRIPTED)]
    for part in parts:
        code = [f"print({SCRIPTED[wish]})\nprint(render_site())\nfinal_answer('It is done.')" for wish in part]
        with talking(workspace, tmp_path, Script(*code)) as talk:
            for wish in part:
                page.unlink()
                asked(talk, wish)
                assert EXPECTED[wish](load_gallery(workspace)), wish
                assert page.exists(), wish


def test_prices_of_pieces_that_are_not_there_are_refused_and_none_is_set(workspace: Workspace) -> None:
    with pytest.raises(SplatelierError, match="the gallery has: oak-chair, desk-lamp"):
        SetDetails(workspace)(details={"oak-chair": "900 €", "sofa": "1 €"})
    with pytest.raises(SplatelierError, match="detail of 'oak-chair' is a text"):
        SetDetails(workspace)(details={"oak-chair": 900})
    assert [item.detail for item in load_gallery(workspace).items] == ["", ""]
