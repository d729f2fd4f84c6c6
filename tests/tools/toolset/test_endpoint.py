"""A SpaceTool: its name, its description, what it takes in short form, and what it leaves out."""
# ruff: noqa: ARG005 - Gradio names an endpoint's parameters after the function's

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from splatelier.tools.spaces.components import TABLE, family
from splatelier.tools.spaces.config import read_config
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.schema import identifier, read_endpoints, unique
from splatelier.tools.toolset.endpoint import SpaceTool, tool_name
from tests.tools.space_apps.families import EXAMPLES
from tests.tools.space_apps.faulty import SmallHub
from tests.tools.space_apps.serving import Bench, put_examples, served

pytestmark = pytest.mark.slow


def app() -> gr.Blocks:
    with gr.Blocks() as demo:
        gr.Button().click(
            lambda prompt, steps, style, mood: prompt,
            [
                gr.Textbox(label="What to draw"),
                gr.Slider(1, 50, value=20, step=1, label="Steps"),
                gr.Dropdown(["photo", "oil"], value="oil", label="Style"),
                gr.Dropdown(["calm"], allow_custom_value=True),
            ],
            [gr.Image(label="Final image (best)"), gr.Number(label="Seed"), gr.Image(label="Final image (best)")],
            api_name="draw",
        )
        gr.Button().click(
            lambda class_, yield_: class_, [gr.Textbox(label="class"), gr.Number()], gr.Textbox(), api_name="odd-Name 1"
        )
        gr.Button().click(lambda a, b: [a, b], [gr.JSON(), gr.JSON()], gr.JSON(), api_name="two")
        gr.Button().click(lambda value: value, gr.JSON(), gr.JSON(), api_name="one")
        gr.Button().click(
            lambda v: str(v["background"]), gr.ImageEditor(type="filepath"), gr.Textbox(), api_name="edit"
        )
        gr.Button().click(lambda v: len(v), gr.Gallery(type="filepath"), gr.Number(), api_name="many_pictures")
        gr.Button().click(lambda v: len(v), gr.File(file_count="multiple"), gr.Number(), api_name="many_files")
        gr.Button().click(lambda v: [v["text"], len(v["files"])], gr.MultimodalTextbox(), gr.JSON(), api_name="say")
        gr.Button().click(lambda v: v, gr.Dataframe(headers=["x", "y"], type="array"), gr.JSON(), api_name="table")
        gr.Button().click(lambda v: v[0]["content"][0]["text"], gr.Chatbot(), gr.Textbox(), api_name="chat")
        gr.Button().click(lambda v: Path(v).suffix, gr.Video(), gr.Textbox(), api_name="film")
        gr.Button().click(lambda v: v, gr.Radio([("Fast", 1), ("Slow", 2)]), gr.Number(), api_name="speed")
        gr.Button().click(lambda: None, None, None, api_name="start_session")
        gr.Button().click(lambda: None, None, None)
        gr.Button().click(lambda index: str(index), gr.Number(), gr.Textbox(), api_name="load_example")
        gr.Image(sources=["webcam"]).stream(lambda v: v, gr.Image(), gr.Image(), api_name="live")
    return demo


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(app()) as address:
        yield address


@pytest.fixture
def bench(url: str, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    put_examples(bench.workspace.root)
    bench.box.connect([url])
    yield bench
    bench.box.close()


def all_tools(bench: Bench, url: str) -> dict[str, SpaceTool]:
    return {tool.endpoint.name: tool for tool in bench.box.use(url, ["*"])}


def test_a_description_says_what_a_caller_needs(bench: Bench) -> None:
    tool = bench.tool("draw")
    assert tool.inputs == {
        "prompt": {"type": "string", "description": "«What to draw»; text"},
        "steps": {"type": "number", "description": "number; from 1 to 50; default 20", "nullable": True},
        "style": {
            "type": "string",
            "description": "one of the choices; one of 'photo', 'oil'; default 'oil'",
            "nullable": True,
        },
        "mood": {
            "type": "string",
            "description": "one of the choices; one of 'calm', or another value; default 'calm'",
            "nullable": True,
        },
    }


def test_every_return_has_a_name_of_its_own_and_a_small_schema(bench: Bench) -> None:
    schema = bench.tool("draw").output_schema
    assert list(schema["properties"]) == ["final_image_best", "seed", "final_image_best_2"]
    assert len(json.dumps(schema)) < 500


def test_names_are_identifiers_that_do_not_depend_on_what_else_is_connected(bench: Bench, url: str) -> None:
    names = [tool.name for tool in all_tools(bench, url).values()]
    assert all(name.isidentifier() for name in names)
    assert len(set(names)) == len(names)
    assert [tool.name for tool in bench.box.use(url, ["/draw"])] == [bench.tool("draw").name]
    assert tool_name("black-forest-labs/FLUX.2", "/infer_1") == "black_forest_labs_flux_2_infer_1"
    assert tool_name("3d-team/Hunyuan", "/go").isidentifier()


def test_python_keywords_are_usable_as_arguments(bench: Bench, url: str) -> None:
    tool = all_tools(bench, url)["/odd-Name 1"]
    assert list(tool.inputs) == ["class_", "yield_"]
    assert tool(class_="a", yield_=1) == {"textbox": "a"}


def test_an_argument_that_the_space_left_nameless_takes_its_label_and_keeps_its_own_name_too(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        gr.Button().click(
            lambda *values: list(values),
            [gr.Number(label="Inference steps"), gr.Textbox(label="图像")],
            gr.JSON(),
            api_name="go",
        )
    with served(demo) as url:
        bench = Bench(tmp_path)
        bench.box.connect([url])
        tool = bench.tool("go")
        assert list(tool.inputs) == ["inference_steps", "param_1"]
        assert tool(inference_steps=3, param_1="a") == tool(param_0=3, param_1="a") == {"json": [3, "a"]}
        bench.box.close()


def test_two_spaces_whose_names_read_alike_keep_their_tools_apart(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        gr.Button().click(lambda text: text, gr.Textbox(), gr.Textbox(), api_name="go")
    with served(demo) as url, SmallHub() as hub:
        hub.put("a-b/c", url)
        hub.put("a/b-c", url)
        bench = Bench(tmp_path, hub.url)
        bench.box.connect(["a-b/c", "a/b-c"])
        tools = [tool for tool in bench.box.tools() if isinstance(tool, SpaceTool)]
        assert {tool.space.name for tool in tools} == {"a-b/c", "a/b-c"}
        assert len({tool.name for tool in tools}) == 2
        bench.box.close()


def test_a_result_given_where_a_path_is_wanted_is_refused_with_what_to_give(bench: Bench, url: str) -> None:
    with pytest.raises(SpaceError, match="give its path as a string"):
        all_tools(bench, url)["/film"]({"image": "a.png", "space": "someone/one"})


def test_a_single_dict_is_an_argument_and_not_the_arguments(bench: Bench, url: str) -> None:
    tools = all_tools(bench, url)
    assert tools["/one"]({}) == {"json": {}}
    assert tools["/one"]({"value": 1}) == {"json": {"value": 1}}
    assert tools["/two"]({"a": 1}, {"b": 2}) == {"json": [{"a": 1}, {"b": 2}]}


@pytest.mark.parametrize(
    ("endpoint", "value", "expected"),
    [
        ("/many_pictures", ["a.png", "a.png"], 2),
        ("/many_pictures", "a.png", 1),
        ("/many_files", "a.txt", 1),
        ("/say", "hello", ["hello", 0]),
        ("/table", [[1, 2], [3, 4]], [[1, 2], [3, 4]]),
        ("/chat", [{"role": "user", "content": "hello"}], "hello"),
        ("/film", "a.mp4", ".mp4"),
        ("/speed", "Slow", 2),
        ("/speed", 2, 2),
    ],
)
def test_the_short_form_of_a_value_is_enough(bench: Bench, url: str, endpoint: str, value: Any, expected: Any) -> None:
    assert list(all_tools(bench, url)[endpoint](value).values()) == [expected]


def test_a_path_is_enough_for_an_image_editor(bench: Bench, url: str) -> None:
    assert all_tools(bench, url)["/edit"]("a.png")["textbox"].endswith(".png")


def test_what_serves_the_page_is_left_out_unless_it_is_asked_for(bench: Bench, url: str) -> None:
    by_default = {tool.endpoint.name for tool in bench.box.tools() if isinstance(tool, SpaceTool)}
    everything = set(all_tools(bench, url))
    assert everything - by_default == {"/lambda", "/load_example"}
    assert [tool.endpoint.name for tool in bench.box.use(url, ["load_example"])] == ["/load_example"]


def test_a_live_stream_cannot_be_called_and_is_not_offered(bench: Bench, url: str) -> None:
    assert "/live" not in all_tools(bench, url)


def test_an_endpoint_that_is_not_there_is_refused_with_those_that_are(bench: Bench, url: str) -> None:
    with pytest.raises(SpaceError, match="no endpoint /absent") as caught:
        bench.box.use(url, ["/absent"])
    assert "/draw" in str(caught.value)


def test_every_component_of_gradio_is_mapped_on_purpose() -> None:
    """Layout and base classes aside, and templates, which are another component in disguise."""
    base = gr.components.Component
    kinds = {kind for kind in vars(gr.components).values() if isinstance(kind, type) and issubclass(kind, base)}
    own = {kind.__name__.lower() for kind in kinds if not getattr(kind, "is_template", False)}
    assert own - set(TABLE) <= {"component", "formcomponent", "streaminginput", "streamingoutput", "fallback"}
    assert family("something_new") == family("json")


@pytest.mark.parametrize(
    "schema",
    [
        {"type": {"anyOf": []}},
        {"anyOf": [{"type": "string"}, {"type": "null"}]},
        {"$ref": "#/$defs/Absent"},
        {"$ref": "#/$defs/Loop", "$defs": {"Loop": {"items": {"$ref": "#/$defs/Loop"}}}},
        {},
        None,
        "string",
    ],
)
def test_a_schema_without_a_plain_type_breaks_nothing(schema: Any) -> None:
    entry = {"parameter_name": "x", "label": None, "component": None, "type": schema}
    info = {"named_endpoints": {"/go": {"parameters": [entry], "returns": [{"type": schema}, {}]}, "/odd": None}}
    config = {"dependencies": [{"api_name": "go"}, {"api_name": False}, {}], "components": [{"id": 1}, {}]}
    endpoints = read_endpoints(info, read_config(config, "someone/odd"), "someone/odd")
    assert [endpoint.name for endpoint in endpoints] == ["/go"]
    assert endpoints[0].parameters[0].required
    assert [entry.key for entry in endpoints[0].returns] == ["value", "value_2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élan vital!", "elan_vital"),
        ("3D model", "value_3d_model"),
        ("图像", "value"),
        ("lambda", "lambda_"),
        ("", "value"),
    ],
)
def test_any_label_becomes_an_identifier(text: str, expected: str) -> None:
    assert identifier(text) == expected


def test_equal_names_are_numbered_without_meeting_others() -> None:
    assert unique(["a", "a", "a_2", "a"]) == ["a", "a_2", "a_2_2", "a_3"]


def test_an_example_of_the_spaces_own_is_offered_as_a_default(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        bus = gr.Image(str(EXAMPLES / "images" / "bus.png"), label="Photo")
        gr.Button().click(lambda picture: str(picture.shape), bus, gr.Textbox(), api_name="shape")
    with served(demo) as url:
        bench = Bench(tmp_path)
        bench.box.connect([url])
        tool = bench.tool("shape")
        assert "default: an example of the Space's own" in tool.inputs["picture"]["description"]
        assert "/tmp" not in tool.to_code_prompt()
        assert tool()["textbox"].endswith(", 3)")
        bench.box.close()
