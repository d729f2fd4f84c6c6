"""One Gradio app for each family of components, and the calls that a test makes to it.

In a call's arguments `File("a.png")` is a file of the gallery's folder; a raw client gets it with `handle_file`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

EXAMPLES = Path(gr.__file__).parent / "media_assets"


@dataclass(frozen=True)
class File:
    name: str


@dataclass(frozen=True)
class Call:
    endpoint: str
    arguments: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Family:
    build: Callable[[], gr.Blocks]
    calls: tuple[Call, ...]


def _echo(demo: gr.Blocks, name: str, component: gr.components.Component, output: Any = None) -> None:
    """An endpoint that gives back what it takes, through the component's own processing."""
    result = output or type(component)(label=f"{name} out")
    gr.Button().click(lambda value: value, component, result, api_name=name)
    del demo


def words() -> gr.Blocks:
    with gr.Blocks() as demo:
        _echo(demo, "text", gr.Textbox(label="Words"))
        _echo(demo, "markdown", gr.Textbox(), gr.Markdown())
        _echo(demo, "html", gr.Textbox(), gr.HTML())
        _echo(demo, "code", gr.Code(language="python"))
        _echo(demo, "label", gr.JSON(), gr.Label())
        gr.Button().click(
            lambda text: [(word, "LONG" if len(word) > 3 else None) for word in text.split()],
            gr.Textbox(),
            gr.HighlightedText(),
            api_name="highlight",
        )
        gr.Button().click(
            lambda text: [{"role": "user", "content": text}, {"role": "assistant", "content": text[::-1]}],
            gr.Textbox(),
            gr.Chatbot(),
            api_name="chat",
        )
        _echo(demo, "chatbot", gr.Chatbot())
        gr.Button().click(
            lambda message: (message["text"], len(message["files"]), message["files"]),
            gr.MultimodalTextbox(file_count="multiple"),
            [gr.Textbox(), gr.Number(), gr.File(file_count="multiple")],
            api_name="multimodal",
        )
    return demo


def numbers() -> gr.Blocks:
    with gr.Blocks() as demo:
        _echo(demo, "number", gr.Number(value=3, precision=0))
        _echo(demo, "slider", gr.Slider(1, 9, value=5, step=0.5, label="Steps"))
        _echo(demo, "checkbox", gr.Checkbox(value=True))
        _echo(demo, "radio", gr.Radio([("Fast", 1), ("Slow", 2)], value=1), gr.Number())
        _echo(demo, "dropdown", gr.Dropdown(["bronze", "marble"], value="bronze"), gr.Textbox())
        _echo(demo, "open_dropdown", gr.Dropdown(["a", "b"], allow_custom_value=True), gr.Textbox())
        _echo(demo, "multiselect", gr.Dropdown(["a", "b", "c"], multiselect=True), gr.JSON())
        _echo(demo, "checkbox_group", gr.CheckboxGroup(["x", "y", "z"]), gr.JSON())
        _echo(demo, "color", gr.ColorPicker())
        _echo(demo, "moment", gr.DateTime(type="string"))
        # Looks like a path of the gallery's folder, and is a choice all the same.
        _echo(demo, "tricky_choice", gr.Radio(["a.png", "b.png"]), gr.Textbox())
    return demo


def pictures() -> gr.Blocks:
    def annotate(path: str) -> tuple[str, list[tuple[tuple[int, int, int, int], str]]]:
        return path, [((1, 1, 20, 20), "left"), ((30, 30, 40, 40), "right")]

    with gr.Blocks() as demo:
        _echo(demo, "image", gr.Image(type="filepath", format="png"))
        _echo(demo, "image_array", gr.Image(type="numpy"))
        _echo(demo, "editor", gr.ImageEditor(type="filepath"), gr.JSON())
        gr.Button().click(
            lambda value: value["background"], gr.ImageEditor(type="filepath"), gr.Image(), api_name="edited"
        )
        gr.Button().click(annotate, gr.Image(type="filepath"), gr.AnnotatedImage(), api_name="annotate")
        gr.Button().click(
            lambda path: [(path, "one"), (path, None)], gr.Image(type="filepath"), gr.Gallery(), api_name="gallery"
        )
        _echo(demo, "gallery_in", gr.Gallery(type="filepath"))
        gr.Button().click(
            lambda path: (path, path), gr.Image(type="filepath"), gr.ImageSlider(), api_name="before_and_after"
        )
        _echo(demo, "example", gr.Image(str(EXAMPLES / "images" / "bus.png"), type="filepath", label="Example"))
    return demo


def sound_and_video() -> gr.Blocks:
    with gr.Blocks() as demo:
        _echo(demo, "audio", gr.Audio(type="filepath"))
        _echo(demo, "video", gr.Video())
    return demo


def files() -> gr.Blocks:
    with gr.Blocks() as demo:
        _echo(demo, "file", gr.File())
        _echo(demo, "files", gr.File(file_count="multiple"))
        _echo(demo, "upload", gr.UploadButton(), gr.File())
        _echo(demo, "download", gr.File(), gr.DownloadButton())
        _echo(demo, "model", gr.Model3D())
        gr.Button().click(
            lambda path: {"nested": [{"file": gr.FileData(path=path).model_dump()}], "name": Path(path).name},
            gr.File(),
            gr.JSON(),
            api_name="nested",
        )
    return demo


def data() -> gr.Blocks:
    with gr.Blocks() as demo:
        _echo(demo, "json", gr.JSON())
        _echo(demo, "dataframe", gr.Dataframe(headers=["a", "b"], type="array"))
        gr.Button().click(
            lambda text: {"path": text, "meta": "not a file", "more": {"path": f"{text}/{text}"}},
            gr.Textbox(),
            gr.JSON(),
            api_name="looks_like_a_file",
        )
        _echo(demo, "params", gr.JSON(), gr.ParamViewer())
        import pandas

        gr.Button().click(
            lambda count: pandas.DataFrame({"x": range(int(count)), "y": [v * v for v in range(int(count))]}),
            gr.Number(),
            gr.LinePlot(x="x", y="y"),
            api_name="plot",
        )
    return demo


def defaults() -> gr.Blocks:
    """Every component that takes a file, with an example of the Space's own."""
    bus, clip = str(EXAMPLES / "images" / "bus.png"), str(EXAMPLES / "videos" / "a.mp4")
    examples = {
        "image": gr.Image(bus),
        "editor": gr.ImageEditor(bus),
        "annotated": gr.AnnotatedImage((bus, [])),
        "gallery": gr.Gallery([bus]),
        "slider": gr.ImageSlider([bus, bus]),
        "audio": gr.Audio(str(EXAMPLES / "audio" / "cantina.wav")),
        "video": gr.Video(clip),
        "file": gr.File(clip),
        "files": gr.File([clip, bus], file_count="multiple"),
        "download": gr.DownloadButton(value=clip),
        "model": gr.Model3D(str(EXAMPLES / "models3d" / "Duck.glb")),
        "multimodal": gr.MultimodalTextbox({"text": "x", "files": [clip]}),
        "chatbot": gr.Chatbot([{"role": "user", "content": {"path": bus}}]),
    }
    with gr.Blocks() as demo:
        for name, component in examples.items():
            component.render()
            gr.Button().click(str, component, gr.Textbox(), api_name=name)
    return demo


def session() -> gr.Blocks:
    def count(step: float, total: float | None) -> tuple[float, float]:
        total = (total or 0) + step
        return total, total

    with gr.Blocks() as demo:
        total = gr.State()
        gr.Button().click(count, [gr.Number(), total], [gr.Number(label="Total"), total], api_name="count")
        gr.Button().click(lambda value: f"so far {value}", total, gr.Textbox(), api_name="so_far")
        gr.Button().click(lambda: None, None, total, api_name="start_session")
    return demo


def returns() -> gr.Blocks:
    def steps(count: float) -> Iterator[str]:
        for number in range(int(count)):
            yield f"step {number}"

    with gr.Blocks() as demo:
        text = gr.Textbox(label="Name")
        gr.Button().click(
            lambda name: (name, len(name), {"name": name}),
            text,
            [gr.Textbox(label="Result"), gr.Number(label="Result"), gr.JSON(label="résultat №3")],
            api_name="several",
        )
        gr.Button().click(lambda name: [name, None, {"x": [name]}], text, gr.JSON(), api_name="one_list")
        gr.Button().click(lambda name: None, text, None, api_name="nothing")  # noqa: ARG005
        gr.Button().click(lambda: "hello", None, gr.Textbox(), api_name="no_arguments")
        gr.Button().click(steps, gr.Number(), gr.Textbox(), api_name="generator")
        gr.Button().click(
            lambda name: (gr.update(value=name, visible=True), gr.update(choices=[name], value=name)),
            text,
            [gr.Textbox(), gr.Dropdown(["a"])],
            api_name="updates",
        )
        choice = gr.Dropdown(["a"], label="Grows")
        gr.Button().click(lambda name: gr.update(choices=["a", name]), text, choice, api_name="grow")
        gr.Button().click(lambda value: value, choice, gr.Textbox(), api_name="grown")
        gr.Button().click(lambda headers, value=2: f"{headers} {value}", [text, gr.Number(2)], text, api_name="headers")
        gr.Button().click(lambda name: name, text, text, api_name="lambda")
        gr.Button().click(lambda name: f"Error: {name} failed", text, text, api_name="looks_like_an_error")
    return demo


FAMILIES: dict[str, Family] = {
    "words": Family(
        words,
        (
            Call("/text", ("a.png",)),
            Call("/text", ("Ünïcode\n«two lines»",)),
            Call("/markdown", ("# a *title*",)),
            Call("/html", ("<b>bold</b>",)),
            Call("/code", ("print(1)",)),
            Call("/label", ({"cat": 0.9, "dog": 0.1},)),
            Call("/highlight", ("a long day",)),
            Call("/chat", ("hello",)),
            Call("/chatbot", ([{"role": "user", "content": [{"type": "text", "text": "hi"}]}],)),
            Call("/multimodal", ({"text": "look", "files": [File("a.png"), File("a.txt")]},)),
        ),
    ),
    "numbers": Family(
        numbers,
        (
            Call("/number"),
            Call("/number", (7,)),
            Call("/slider", (2.5,)),
            Call("/checkbox", (False,)),
            Call("/radio", (2,)),
            Call("/dropdown", ("marble",)),
            Call("/open_dropdown", ("neither",)),
            Call("/multiselect", (["a", "c"],)),
            Call("/checkbox_group", (["x", "z"],)),
            Call("/color", ("#d8b26e",)),
            Call("/moment", ("2026-01-02 03:04:05",)),
            Call("/tricky_choice", ("a.png",)),
        ),
    ),
    "pictures": Family(
        pictures,
        (
            Call("/image", (File("a.png"),)),
            Call("/image_array", (File("a.png"),)),
            Call("/edited", ({"background": File("a.png"), "layers": [File("a.png")], "composite": None},)),
            Call("/annotate", (File("a.png"),)),
            Call("/gallery", (File("a.png"),)),
            Call("/gallery_in", ([{"image": File("a.png"), "caption": "a"}],)),
            Call("/before_and_after", (File("a.png"),)),
            Call("/example"),
        ),
    ),
    "sound and video": Family(sound_and_video, (Call("/audio", (File("a.wav"),)), Call("/video", (File("a.mp4"),)))),
    "files": Family(
        files,
        (
            Call("/file", (File("a.txt"),)),
            Call("/files", ([File("a.txt"), File("a.png")],)),
            Call("/upload", (File("a.txt"),)),
            Call("/download", (File("a.txt"),)),
            Call("/model", (File("a.obj"),)),
            Call("/nested", (File("a.txt"),)),
        ),
    ),
    "data": Family(
        data,
        (
            Call("/json", ({"a": [1, None, {"b": "c"}]},)),
            Call("/json", ([],)),
            Call("/json", ({},)),
            Call("/dataframe", ({"headers": ["a", "b"], "data": [[1, "x"], [2, "y"]]},)),
            Call("/params", ({"x": {"type": "int", "description": "a number", "default": None}},)),
            Call("/plot", (3,)),
        ),
    ),
    "defaults": Family(
        defaults,
        tuple(
            Call(f"/{name}")
            for name in (
                "image",
                "editor",
                "annotated",
                "gallery",
                "slider",
                "audio",
                "video",
                "file",
                "files",
                "download",
                "model",
                "multimodal",
                "chatbot",
            )
        ),
    ),
    "session": Family(
        session,
        (
            Call("/count", (2,)),
            Call("/count", (2,)),
            Call("/so_far"),
            Call("/start_session"),
            Call("/count", (2,)),
        ),
    ),
    "returns": Family(
        returns,
        (
            Call("/several", ("tower",)),
            Call("/one_list", ("tower",)),
            Call("/nothing", ("tower",)),
            Call("/no_arguments"),
            Call("/generator", (3,)),
            Call("/updates", ("tower",)),
            Call("/grow", ("b",)),
            Call("/grown", ("b",)),
            Call("/headers", ("x", 5)),
            Call("/headers", ("x",)),
            Call("/lambda", ("x",)),
            Call("/looks_like_an_error", ("x",)),
        ),
    ),
}
