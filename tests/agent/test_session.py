"""One conversation with a scripted model: what a wish may and may not do to a gallery."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from huggingface_hub import HfApi, InferenceClient
from PIL import Image
from smolagents import ChatMessage, MessageRole, Model

from splatelier.agent.cli.undo import take_back
from splatelier.agent.confined.executor import ConfinedExecutor
from splatelier.agent.confined.sandbox import find_room
from splatelier.agent.report import Status, write_report
from splatelier.agent.session import Session
from splatelier.tools.calls.ledger import Ledger
from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.pictures.likeness import Eye
from splatelier.tools.publish.deploy import Publisher
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.splats import Splats
from splatelier.tools.toolset.publish import DeploySite
from splatelier.tools.toolset.toolbox import SpaceToolbox
from splatelier.tools.workspace.workspace import Workspace
from tests.tools.pictures.test_likeness import VisionServer, server

vision = server
pytestmark = pytest.mark.slow

PIECE = 'add_item(title="{0}", image="work/one.png", splat="work/one.ply", model="work/one.ksplat")'
RENDER = "site = render_site()"


class Script(Model):  # type: ignore[misc]
    """Writes what it was given, a step at a time, and keeps what it was shown."""

    def __init__(self, *steps: str) -> None:
        super().__init__(model_id="script")
        self.steps = list(steps)
        self.shown: list[list[ChatMessage]] = []

    def generate(self, messages: list[ChatMessage], *_: Any, **__: Any) -> ChatMessage:
        self.shown.append(list(messages))
        code = self.steps.pop(0) if self.steps else 'print("nothing left to say")'
        return ChatMessage(role=MessageRole.ASSISTANT, content=f"Thought: next.\n<code>\n{code}\n</code>")

    def saw(self, step: int) -> str:
        return json.dumps([message.dict() for message in self.shown[step]], default=str)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A gallery's folder with the files of one piece in work/."""
    workspace = Workspace(tmp_path / "gallery")
    work = workspace.root / "work"
    work.mkdir(parents=True)
    random = np.random.default_rng(0)
    count = 500
    splats = Splats(
        centers=random.uniform(-0.5, 0.5, (count, 3)).astype(np.float32),
        log_scales=np.full((count, 3), -4, np.float32),
        rotations=np.tile(np.array([1, 0, 0, 0], np.float32), (count, 1)),
        logits=np.full(count, 4, np.float32),
        dc=np.ones((count, 3), np.float32),
        rest=np.zeros((count, 3, 0), np.float32),
        upright=True,
    )
    write_ply(work / "one.ply", splats)
    write_ksplat(work / "one.ksplat", splats)
    Image.new("RGB", (64, 64), (200, 180, 90)).save(work / "one.png")
    return workspace


@pytest.fixture
def session(workspace: Workspace, tmp_path: Path) -> Iterator[Callable[..., tuple[Session, Script]]]:
    """Starts a conversation with a script: `session("code", "more code", sees=True)`."""
    opened: list[Session] = []
    executors: list[ConfinedExecutor] = []

    def start(*steps: str, **options: Any) -> tuple[Session, Script]:
        model = Script(*steps)
        toolbox = SpaceToolbox(workspace, Hub("http://127.0.0.1:9"), Ledger(tmp_path / "ledger.db"))
        publisher = Publisher(workspace, HfApi("http://127.0.0.1:9", token=False), lambda _: False)
        executors.append(ConfinedExecutor(find_room(), cancel=toolbox.cancel))
        opened.append(Session(workspace, model, executors[-1], toolbox, [DeploySite(publisher)], **options))
        return opened[-1], model

    yield start
    for one in opened:
        one.spaces.close()
    for executor in executors:
        executor.cleanup()


def test_an_answer_before_the_site_is_rendered_is_sent_back_to_work(
    session: Callable[..., tuple[Session, Script]],
) -> None:
    talk, model = session(PIECE.format("One"), 'final_answer("done")', RENDER, 'final_answer("now it is")')
    answer = talk.ask("build it")
    assert (answer.text, answer.ok, answer.changed) == ("now it is", True, True)
    assert "render_site" in model.saw(2)


def test_an_error_in_the_code_is_shown_to_the_model_which_goes_on(
    session: Callable[..., tuple[Session, Script]],
) -> None:
    talk, model = session(
        PIECE.format("One").replace("one.png", "none.png"), PIECE.format("One"), RENDER, 'final_answer("ok")'
    )
    assert talk.ask("build it").ok
    assert "There is no file 'work/none.png'" in model.saw(1)


def test_a_wish_that_is_never_finished_leaves_the_gallery_as_it_was(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    talk, _ = session(PIECE.format("One"), RENDER, 'final_answer("ok")')
    assert talk.ask("build it").ok
    before = (workspace.root / "gallery.json").read_bytes()
    page = (workspace.root / "site" / "index.html").read_bytes()
    talk.agent.max_steps = 3
    talk.agent.model.steps = [PIECE.format("Two"), RENDER]
    answer = talk.ask("add another")
    assert not answer.ok
    assert "3 steps" in answer.text
    assert (workspace.root / "gallery.json").read_bytes() == before
    assert (workspace.root / "site" / "index.html").read_bytes() == page


def test_a_first_wish_that_fails_leaves_no_gallery(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    talk, _ = session(PIECE.format("One"))
    talk.agent.max_steps = 2
    assert not talk.ask("build it").ok
    assert not (workspace.root / "gallery.json").exists()
    assert not (workspace.root / "site").exists()


def test_the_conversation_goes_on_and_sees_the_gallery_as_it_is(
    session: Callable[..., tuple[Session, Script]],
) -> None:
    talk, model = session(
        PIECE.format("One"), RENDER, 'final_answer("ok")', "set_style(zoom=0.7)", RENDER, 'final_answer("out")'
    )
    assert talk.ask("build it").ok
    assert talk.ask("zoom out").ok
    assert "build it" in model.saw(3)
    assert '\\"slug\\": \\"one\\"' in model.saw(3) or '"slug": "one"' in model.saw(3).replace("\\", "")


def test_undo_goes_back_wish_by_wish_without_the_session(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    talk, _ = session(
        PIECE.format("One"), RENDER, 'final_answer("ok")', "set_style(zoom=0.7)", RENDER, 'final_answer("out")'
    )
    talk.ask("build it")
    talk.ask("zoom out")
    assert take_back(workspace) == "Undone “zoom out”: Untitled gallery, 1 piece, zoom 1."
    assert load_gallery(workspace).settings.zoom == 1.0
    assert take_back(workspace) == "Undone “build it”: the gallery is empty."
    assert not (workspace.root / "site").exists()


def test_no_secret_reaches_the_trace_or_the_report(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = "hf_abcdefghijklmnopqrstuvwxyz"
    monkeypatch.setenv("SOME_API_KEY", "planted-in-the-environment")
    talk, _ = session(f'print("{secret}", "planted-in-the-environment")', f'final_answer("{secret}")')
    talk.ask(f"my token is {secret}")
    write_report(talk, Status.COMPLETE)
    written = "".join(path.read_text() for path in workspace.state.glob("*.json*"))
    assert "final_answer" in written
    assert secret not in written
    assert "planted-in-the-environment" not in written


def test_a_refusal_to_publish_is_told_to_the_model_which_goes_on(
    session: Callable[..., tuple[Session, Script]],
) -> None:
    talk, model = session(
        PIECE.format("One"), RENDER, 'deploy_site(space_id="me/one")', 'final_answer("not published")'
    )
    assert talk.ask("build it").text == "not published"
    told = str(model.shown[3][-1].content)
    assert "Error:" in told
    assert "token" in told


def test_a_model_that_sees_is_shown_the_pictures_it_names(session: Callable[..., tuple[Session, Script]]) -> None:
    for sees in (True, False):
        talk, model = session('print("work/one.png", "no/such.png")', 'final_answer("seen")', sees=sees)
        talk.ask("look")
        parts = [part for message in model.shown[1] for part in message.content]
        assert sum(part["type"] == "image" for part in parts) == (1 if sees else 0)


def test_while_a_wish_is_under_way_other_processes_are_told_of_it(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    code = (
        "import sys\n"
        "from splatelier.tools.workspace.lock import locked\n"
        "from splatelier.tools.workspace.workspace import Workspace\n"
        "with locked(Workspace(sys.argv[1]), 'mine', patience=0.1): pass\n"
    )
    said: list[str] = []

    def meanwhile() -> None:
        other = subprocess.run(
            [sys.executable, "-c", code, str(workspace.root)], capture_output=True, text=True, check=False
        )
        said.append(other.stderr)

    talk, _ = session(PIECE.format("One"), RENDER, 'final_answer("ok")')
    assert talk.ask("add a castle", prepare=meanwhile).ok
    assert f"process {os.getpid()} on" in said[0]
    assert "add a castle" in said[0]
    subprocess.run([sys.executable, "-c", code, str(workspace.root)], check=True)


def test_an_agent_without_a_person_has_no_tool_for_publishing(
    workspace: Workspace, tmp_path: Path, session: Callable[..., tuple[Session, Script]]
) -> None:
    model = Script(PIECE.format("One"), RENDER, 'deploy_site(space_id="me/one")', 'final_answer("not published")')
    toolbox = SpaceToolbox(workspace, Hub("http://127.0.0.1:9"), Ledger(tmp_path / "ledger.db"))
    executor = ConfinedExecutor(find_room(), cancel=toolbox.cancel)
    headless = Session(workspace, model, executor, toolbox)
    try:
        assert headless.ask("build it, and publish it").text == "not published"
    finally:
        executor.cleanup()
        toolbox.close()
    assert "deploy_site" not in headless.agent.tools
    assert "deploy_site" not in model.saw(0)
    assert "deploy_site" in session()[0].agent.tools


def test_the_agent_itself_can_take_back_wishes_and_do_them_again(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    talk, model = session(
        PIECE.format("One"), RENDER, 'final_answer("ok")',
        "set_style(zoom=0.7)", RENDER, 'final_answer("out")',
        "print(undo(wishes=1))", RENDER, 'final_answer("back")',
        "print(redo())", RENDER, 'final_answer("forth")',
    )  # fmt: skip
    talk.ask("build it")
    talk.ask("zoom out")
    assert talk.ask("undo the last thing").changed
    assert load_gallery(workspace).settings.zoom == 1.0
    assert "zoom out" in model.saw(7).partition("undo the last thing")[2]
    assert talk.ask("no, do it again").ok
    assert load_gallery(workspace).settings.zoom == 0.7
    assert take_back(workspace).startswith("Undone “zoom out”")


def test_a_wish_that_leaves_no_piece_leaves_no_site(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    talk, _ = session(PIECE.format("One"), RENDER, 'final_answer("ok")', 'remove_item("one")', 'final_answer("gone")')
    assert talk.ask("build it").ok
    assert talk.ask("remove it").ok
    assert not (workspace.root / "site").exists()


def test_a_wish_over_a_manifest_that_cannot_be_read_is_answered_with_the_way_out(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    (workspace.root / "gallery.json").write_bytes(b"\xff")
    talk, model = session('final_answer("ok")')
    answer = talk.ask("zoom out")
    assert not answer.ok
    assert "splatelier undo" in answer.text
    assert model.shown == []
    assert (workspace.root / "gallery.json").read_bytes() == b"\xff"


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('generate_image(prompt="a chair", size=512)', "generate_image takes prompt, seed; there is no size."),
        ('move_item("one")', "move_item takes slug, position; missing a required argument: 'position'."),
        ("render_site(1)", "render_site takes nothing; too many positional arguments."),
        ("set_style(glow=1)", "There is no setting 'glow'; the settings are zoom"),
    ],
)
def test_arguments_that_a_tool_does_not_take_are_answered_with_those_that_it_takes(
    session: Callable[..., tuple[Session, Script]], call: str, said: str
) -> None:
    talk, model = session(call, 'final_answer("ok")')
    talk.ask("try")
    assert said in model.saw(1)


def test_a_model_without_eyes_asks_one_that_has_them_and_no_secret_comes_back(
    session: Callable[..., tuple[Session, Script]], vision: VisionServer
) -> None:
    vision.says = (
        '{"shows": "a box marked hf_abcdefghijklmnopqrstuvwxyz", "is_subject": true, "whole": 1, "alone": true}'
    )
    eye = Eye(InferenceClient(base_url=vision.url, api_key="x"), "eye-7b", lambda subject: f"Is it {subject}?")
    talk, model = session('print(judge_likeness(image="work/one.png", subject="a box"))', 'final_answer("ok")', eye=eye)
    assert talk.ask("look").ok
    assert "`judge_likeness`, once for each picture" in model.saw(0)
    observed = str(model.shown[1][-1].content)
    assert "'is_subject': True" in observed
    assert "a box marked" in observed
    assert "hf_abc" not in observed
    without, blind = session('final_answer("ok")')
    without.ask("look")
    assert "judge_likeness" not in blind.saw(0)
