"""Whatever an argument is, a tool does what it says or answers in one sentence: every tool, with any plain data."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from huggingface_hub import HfApi
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from smolagents import Tool

from splatelier.agent.confined.broker import Broker
from splatelier.agent.confined.messages import Call
from splatelier.tools.calls.ledger import Ledger
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.publish.deploy import Publisher
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.toolset.check import CheckSite
from splatelier.tools.toolset.edits import AddItem, edit_tools
from splatelier.tools.toolset.pictures import image_tools
from splatelier.tools.toolset.publish import DeploySite
from splatelier.tools.toolset.site import RenderSite
from splatelier.tools.toolset.splats import splat_tools
from splatelier.tools.toolset.toolbox import SpaceToolbox
from splatelier.tools.workspace.workspace import Workspace
from tests.tools.splats.shapes import tower

pytestmark = pytest.mark.slow

FILES = {"image": "one.png", "splat": "one.ply", "model": "one.ksplat"}
ONE = {"slug": "one", "title": "One", "subtitle": "a", "caption": "b", "position": 1, **FILES}
PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["", "..", "/etc/passwd", "one.png", "one.ply", "one", "gallery.json", "a" * 5000, "\0", "-1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
INNER = re.compile(
    r"Traceback|NoneType|object at 0x|\b\w*(?:Error|Exception)\b|\bpydantic\b|unsupported operand|has no attribute|"
    r"not subscriptable|positional argument|\bself\b"
)

Calling = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def toolbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Tool]]:
    """Every tool of a conversation over a gallery of one piece, with a Hub that does not answer."""
    folder = tmp_path_factory.mktemp("wrong")
    workspace = Workspace(folder / "gallery")
    workspace.root.mkdir()
    splats = tower(200)
    write_ply(workspace.root / "one.ply", splats)
    write_ksplat(workspace.root / "one.ksplat", splats)
    Image.new("RGB", (48, 48), (200, 180, 90)).save(workspace.root / "one.png")
    AddItem(workspace)(title="One", **FILES)
    spaces = SpaceToolbox(workspace, Hub("http://127.0.0.1:9"), Ledger(folder / "ledger.db"))
    publisher = Publisher(workspace, HfApi("http://127.0.0.1:9", token=False), lambda _: False)
    tools = [
        *spaces.tools(),
        *image_tools(workspace),
        *splat_tools(workspace),
        *edit_tools(workspace),
        RenderSite(workspace),
        CheckSite(workspace),
        DeploySite(publisher),
    ]
    yield {tool.name: tool for tool in tools}
    spaces.close()


NAMES = [
    "find_spaces", "use_space", "remember", "generate_image", "image_to_splat", "inspect_image", "cut_out",
    "inspect_splat", "flip_splat", "frame_splat", "compress_splat", "prune_splat", "preview_splat", "make_poster",
    "set_gallery", "add_item", "replace_item", "rename_item", "set_details", "remove_item", "move_item",
    "frame_item", "set_style", "undo", "redo", "render_site", "check_site", "deploy_site",
]  # fmt: skip
OUTSIDE = {"find_spaces", "use_space", "generate_image", "image_to_splat", "check_site"}
"""Tools whose right calls take long here: they are given wrong arguments only."""


@pytest.fixture(scope="module")
def call(toolbox: dict[str, Tool]) -> Calling:
    """Calls a tool as the model's code does, through the broker."""
    broker = Broker()
    broker.give(toolbox)
    broker.begin(1)

    def serve(name: str, **arguments: Any) -> dict[str, Any]:
        broker.begin(1)
        answers: list[dict[str, Any]] = []
        broker.serve(
            Call(did="call", step=1, call=1, tool=name, args=[], kwargs=arguments, aside=False),
            lambda **answer: answers.append(answer),
        )
        return answers[0]

    return serve


def told_in_a_sentence(answer: dict[str, Any], name: str) -> str:
    """The sentence with which a call was refused; fails where it is none."""
    error = answer["error"]
    text = error["text"]
    assert error["type"] in {kind.__name__ for kind in kinds(SplatelierError)}, (name, error)
    assert not INNER.search(text), text
    assert "\n" not in text, text
    assert re.search(r"[.!?”\"')]$", text), text
    assert len(text) < 1200, text
    return str(text)


def kinds(kind: type) -> Iterator[type]:
    """A class and all that descend from it."""
    yield kind
    for below in kind.__subclasses__():
        yield from kinds(below)


def test_the_list_of_tools_here_leaves_none_out(toolbox: dict[str, Tool]) -> None:
    assert {*NAMES, "parallel_map"} == set(toolbox)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_a_tool_does_not_take_is_answered_with_those_that_it_takes(
    name: str, call: Calling, toolbox: dict[str, Tool]
) -> None:
    told = told_in_a_sentence(call(name, size=3), name)
    assert "no size" in told or "no setting 'size'" in told
    assert all(each in told for each in toolbox[name].inputs)


@pytest.mark.parametrize("name", NAMES)
def test_a_value_of_another_kind_is_refused_by_name_and_nothing_is_done(
    name: str, call: Calling, toolbox: dict[str, Tool]
) -> None:
    tool = toolbox[name]
    before = call("set_gallery")["value"]
    wrong = {"string": 3, "integer": "three", "number": "big", "boolean": "perhaps", "array": "one", "object": [1]}
    for argument, declared in tool.inputs.items():
        if declared["type"] in wrong:
            given = {each: ONE.get(each, "one") for each in required(tool)} | {argument: wrong[declared["type"]]}
            assert argument in told_in_a_sentence(call(name, **given), name)
    assert call("set_gallery")["value"] == before


def required(tool: Tool) -> list[str]:
    return [name for name, declared in tool.inputs.items() if not declared.get("nullable")]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OUTSIDE])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_plain_value_is_taken_or_refused_in_a_sentence(
    name: str, call: Calling, toolbox: dict[str, Tool], data: st.DataObject
) -> None:
    tool = toolbox[name]
    if not tool.inputs:
        return
    argument = data.draw(st.sampled_from(list(tool.inputs)))
    given = {each: ONE.get(each, "one") for each in required(tool)} | {argument: data.draw(PLAIN)}
    answer = call(name, **given)
    if "error" in answer:
        told_in_a_sentence(answer, name)


@pytest.mark.parametrize("setting", list(Settings.model_fields))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=PLAIN)
def test_any_value_of_a_setting_is_taken_or_refused_by_its_name(setting: str, call: Calling, value: Any) -> None:
    answer = call("set_style", **{setting: value})
    if "error" in answer:
        assert setting in told_in_a_sentence(answer, "set_style")
