"""What an app has for its page alone is not offered, and does no harm when it is called all the same."""

from collections.abc import Iterator
from pathlib import Path

import gradio as gr
import pytest

from splatelier.tools.toolset.endpoint import SpaceTool
from tests.tools.space_apps.serving import Bench, served

pytestmark = pytest.mark.slow


def translator() -> gr.Blocks:
    def translate(text: str, language: str) -> str:
        return f"{text} in {language}"

    def user(text: str, history: list[dict[str, str]]) -> tuple[str, list[dict[str, str]]]:
        return "", [*history, {"role": "user", "content": text}]

    with gr.Blocks() as demo:
        text, result = gr.Textbox(label="Text"), gr.Textbox(label="Result")
        language = gr.Dropdown(["French", "Thai"], value="French", label="Language")
        seed, chat, panel = gr.Slider(0, 9, label="Seed"), gr.Chatbot(), gr.Column()
        text.submit(translate, [text, language], result)
        gr.Button().click(translate, [text, language], result)
        gr.Button().click(lambda seed: str(seed), seed, result, api_name="use_seed")
        gr.Button().click(lambda: gr.update(choices=["Thai"], value="Thai"), None, language, api_name="only_asia")
        gr.Button().click(lambda: 7, None, seed, api_name="another_seed")
        gr.Button().click(lambda: gr.Column(visible=True), None, panel, api_name="show_more")
        gr.Button().click(lambda text: text, text, result)
        gr.Button().click(user, [text, chat], [text, chat]).then(lambda chat: chat, chat, chat, api_name="answer")
        gr.Button().click(
            lambda: (gr.update(value="x"), gr.update(visible=False)), None, [text, result], api_name="mend"
        )
        demo.load(lambda: "welcome", None, result, api_name="greet")
        gr.ClearButton([text, result])
    return demo


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with served(translator()) as url:
        bench = Bench(tmp_path)
        bench.box.connect([url])
        yield bench
        bench.box.close()


def space_tools(bench: Bench) -> dict[str, SpaceTool]:
    offered = [tool for tool in bench.box.tools() if isinstance(tool, SpaceTool)]
    every = bench.box.use(offered[0].space.name, ["*"])
    assert {tool.name for tool in offered} <= {tool.name for tool in every}
    return {tool.endpoint.name: tool for tool in every}


def test_what_serves_the_page_alone_is_not_offered_and_can_be_asked_for(bench: Bench) -> None:
    offered = {tool.endpoint.name for tool in bench.box.tools() if isinstance(tool, SpaceTool)}
    assert offered == {"/translate", "/use_seed", "/answer", "/mend"}
    handlers = {"/translate_1", "/only_asia", "/another_seed", "/show_more", "/lambda", "/user", "/greet"}
    assert handlers <= set(space_tools(bench))


def test_a_handler_that_was_called_changes_no_other_endpoints_choices(bench: Bench) -> None:
    tools = space_tools(bench)
    tools["/only_asia"]()
    assert tools["/translate"]("hello", "French") == {"result": "hello in French"}


def test_a_word_to_the_page_comes_back_as_the_value_in_it_or_as_nothing(bench: Bench) -> None:
    tools = space_tools(bench)
    assert tools["/mend"]() == {"text": "x", "result": None}
    assert tools["/only_asia"]() == {"language": "Thai"}
