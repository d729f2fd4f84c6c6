"""What a conversation costs: how much the model is sent, wish after wish."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from smolagents import ActionStep

from splatelier.agent.cli.undo import do_again, take_back
from splatelier.agent.report import Status, write_report
from splatelier.agent.session import Session
from splatelier.agent.setup import Setup
from splatelier.agent.start import studio_in
from splatelier.tools.progress import Nobody
from splatelier.tools.publish.last import remember
from splatelier.tools.toolset.endpoint import SpaceTool, tools_of
from splatelier.tools.workspace.workspace import Workspace
from tests.agent.context.conversation import A_TOKEN, LOOK, TASTE, TWELVE, Cost, converse, cost
from tests.agent.test_session import PIECE, RENDER, Script, session, workspace

pytestmark = pytest.mark.slow

__all__ = ["session", "workspace"]


@pytest.fixture(scope="module")
def twelve(paris: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Cost], Session]]:
    """What each request of twelve wishes over the Paris gallery sends, with the two offline Spaces connected."""
    folder = tmp_path_factory.mktemp("twelve") / "paris"
    shutil.copytree(paris, folder)
    with studio_in(folder, Setup(offline=True, sees=True), Nobody()) as studio:
        yield converse(studio.session), studio.session


def test_the_first_prompt_with_two_spaces_is_at_most_7000_tokens(twelve: tuple[list[Cost], Session]) -> None:
    costs, talk = twelve
    assert sum(isinstance(tool, SpaceTool) for tool in talk.agent.tools.values()) >= 2
    assert costs[0].tokens <= 7000


def test_a_further_endpoint_costs_at_most_150_tokens_and_the_two_that_are_there_tell_all_they_say(
    twelve: tuple[list[Cost], Session],
) -> None:
    toolbox = twelve[1].spaces
    there = [tool for tool in toolbox.tools() if isinstance(tool, SpaceTool)]
    further = [tool for each in there for tool in tools_of(each.space, toolbox.calls)]  # as use_space adds them
    assert len(further) >= 2
    assert all(len(tool.to_code_prompt()) <= 150 * A_TOKEN for tool in further)
    painter = next(tool.to_code_prompt() for tool in there if "painter" in tool.name)
    assert "chess king" in painter.partition("Anything else is refused")[0]


def test_twelve_wishes_on_six_pieces_stay_under_300_000_tokens_and_no_request_is_over_20_000(
    twelve: tuple[list[Cost], Session],
) -> None:
    tokens = [each.tokens for each in twelve[0]]
    print(f"\n  {len(tokens)} requests, {sum(tokens)} tokens in all, {max(tokens)} at most in one")
    assert len(tokens) >= 28
    assert sum(tokens) < 300_000
    assert max(tokens) <= 20_000


def test_a_picture_is_sent_with_the_request_after_the_step_that_printed_it_and_never_again(
    twelve: tuple[list[Cost], Session],
) -> None:
    steps = [step for wish in TWELVE for step in wish]
    printed = [3 if step is LOOK else 1 if "preview_splat" in step else 0 for step in steps]
    assert [each.pictures for each in twelve[0]] == [0, *printed[:-1]]


def test_pictures_are_named_in_their_order_and_too_many_are_counted(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    for number in range(8):
        shutil.copy(workspace.root / "work" / "one.png", workspace.root / "work" / f"p{number}.png")
    talk, model = session("for n in range(8):\n    print(f'work/p{n}.png')", 'final_answer("seen")', sees=True)
    talk.ask("look")
    assert cost(model.shown[1]).pictures == 6
    assert "[Pictures shown, in this order: work/p0.png, work/p1.png" in model.saw(1)
    assert "6 of 8, print fewer at once" in model.saw(1)


def test_a_path_that_was_not_printed_shows_no_picture(session: Callable[..., tuple[Session, Script]]) -> None:
    talk, model = session("path = 'work/one.png'\npath", 'final_answer("seen")', sees=True)
    talk.ask("look")
    assert cost(model.shown[1]).pictures == 0


def test_the_code_of_a_step_is_sent_once(session: Callable[..., tuple[Session, Script]]) -> None:
    talk, model = session("marker_of_this_step = 1", 'final_answer("x")')
    talk.ask("count")
    assert model.saw(1).count("marker_of_this_step") == 1


def test_a_reopened_gallery_tells_what_was_wished_and_what_came_of_it(
    session: Callable[..., tuple[Session, Script]],
) -> None:
    talk, _ = session(PIECE.format("One"), RENDER, 'final_answer("One stands there.")')
    talk.ask("build me one lighthouse")
    write_report(talk, "complete")
    again, model = session('final_answer("nothing to do")')
    again.ask("and now?")
    task = model.saw(0)
    assert "build me one lighthouse -> One stands there." in task
    report = write_report(again, "complete")
    assert [turn["request"] for turn in report["turns"]] == ["build me one lighthouse", "and now?"]


def test_what_was_undone_is_marked_until_it_is_done_again_also_in_a_reopened_gallery(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    talk, _ = session(
        PIECE.format("One") + "\n" + RENDER + '\nfinal_answer("built")',
        TASTE.format("zoom=0.7"),
        f'print(undo())\n{RENDER}\nfinal_answer("back")',
        TASTE.format("fog=0.2"),
    )
    for wish in ("build it", "zoom out", "undo that", "some fog"):
        assert talk.ask(wish).ok, wish
    write_report(talk, Status.COMPLETE)
    again, model = session('final_answer("this")', 'final_answer("that")')
    again.ask("what is there?")
    earlier = model.saw(0).partition("<earlier>")[2]
    assert "zoom out -> It is done. (undone)" in earlier
    assert earlier.count("(undone)") == 1
    take_back(workspace)
    again.ask("and now?")
    assert "some fog -> It is done. (undone)" in model.saw(1).rpartition("<earlier>")[2]
    do_again(workspace)
    model.steps = ['final_answer("nothing")']
    again.ask("and now?")
    assert model.saw(2).rpartition("<earlier>")[2].count("(undone)") == 1


def test_the_task_says_what_was_set_and_where_the_gallery_is_published(
    session: Callable[..., tuple[Session, Script]], workspace: Workspace
) -> None:
    talk, model = session(
        f"{PIECE.format('One')}\n{TASTE.format('zoom=0.7')}", 'final_answer("a")', 'final_answer("b")'
    )
    assert talk.ask("build it, zoomed out").ok
    talk.ask("is it published?")
    remember(workspace, talk.spaces.hub.endpoint, "me/lights")
    talk.ask("and now?")
    first, then = (model.saw(step).rpartition("<gallery>")[2].replace("\\", "") for step in (1, 2))
    assert '"settings": {"zoom": 0.7}' in first
    assert "It is not published." in first
    assert "It was published last as me/lights." in then


def test_a_value_that_nobody_printed_is_told_in_brief(session: Callable[..., tuple[Session, Script]]) -> None:
    talk, model = session("values = {str(n): 'word' * 9 for n in range(200)}", 'final_answer(values["7"])')
    assert talk.ask("count").text == "word" * 9
    assert "Last output" in model.saw(1)
    assert len(str(model.shown[1][-1].content)) < 700


def test_the_task_tells_each_piece_with_what_a_later_wish_needs(
    session: Callable[..., tuple[Session, Script]],
) -> None:
    talk, model = session(PIECE.format("One"), RENDER, 'final_answer("ok")', 'final_answer("yes")')
    talk.ask("build")
    talk.ask("is it there?")
    told = next(
        part["text"] for message in model.shown[-1] for part in message.content if "is it there?" in part["text"]
    )
    piece = json.loads(told.split("<gallery>")[1].split("</gallery>")[0])["items"][0]
    assert piece.keys() >= {"slug", "title", "caption", "kind", "image", "splat", "model", "framing", "spaces"}


def test_every_example_in_the_prompt_runs_as_it_stands(paris: Path, tmp_path: Path) -> None:
    shutil.copytree(paris, tmp_path / "paris")
    with studio_in(tmp_path / "paris", Setup(offline=True, sees=True), Nobody()) as studio:
        examples = re.findall(r"^<code>\n(.*?)\n</code>$", studio.session.agent.system_prompt, re.DOTALL | re.MULTILINE)
        given = 'pictures = [{"title": "Eiffel Tower", "image": "assets/eiffel-tower/source.png"}]'
        model = Script(given, *examples, 'final_answer("done")')
        studio.session.agent.model = model
        assert studio.session.ask("try what you were told").ok
        steps = [step for step in studio.session.agent.memory.steps if isinstance(step, ActionStep)]
    assert len(examples) == 2
    assert [step.error for step in steps] == [None] * 4
    assert "Eiffel Tower made" in str(steps[2].observations)
