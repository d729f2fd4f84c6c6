"""Every Gradio component on one table: what a tool's argument takes for it, and what comes back from it.

Component names are Gradio's own in lower case, as `/config` spells them. A component that is not here passes as JSON.
"""

from dataclasses import dataclass
from typing import Literal

JsonType = Literal["string", "number", "integer", "boolean", "array", "object", "any"]

PICTURE_IN = "path of a picture in the gallery's folder (or a URL)"
PICTURE_OUT = "path of the picture"


@dataclass(frozen=True)
class Family:
    """How one sort of component is spoken to.

    Attributes:
        accepts: the JSON type of a tool's argument.
        hint: what to give, in a few words.
        gives: the JSON type of what comes back ("any" where a value may have several forms).
        result: what comes back, in a few words.
    """

    accepts: JsonType
    hint: str
    gives: JsonType
    result: str


_TEXT = Family("string", "text", "string", "text")
_NUMBER = Family("number", "number", "number", "number")
_CHOICE = Family("any", "one of the choices", "any", "the choice")
_JSON = Family("any", "any JSON value", "any", "JSON value")
_HTML = Family("string", "text", "string", "text with markup")
_PICTURE = Family("string", PICTURE_IN, "string", PICTURE_OUT)
_FILE = Family("string", "path of a file in the gallery's folder (or a URL)", "string", "path of the file")
_CHART = Family("object", "a chart as JSON", "object", "the chart as JSON")
_BUTTON = Family("string", "the button's text", "any", "the button's text")

TABLE: dict[str, Family] = {
    # words
    "textbox": _TEXT,
    "textarea": _TEXT,
    "code": Family("string", "source code", "any", "source code"),
    "markdown": _HTML,
    "html": _HTML,
    "label": Family(
        "object", "{'label', 'confidences'}", "object", "{'label', 'confidences': [{'label', 'confidence'}]}"
    ),
    "highlightedtext": Family(
        "array", "list of {'token', 'class_or_confidence'}", "array", "list of {'token', 'class_or_confidence'}"
    ),
    "chatbot": Family("array", "list of {'role', 'content'}", "array", "list of {'role', 'content'}"),
    "multimodaltextbox": Family(
        "any",
        "text, or {'text': ..., 'files': [paths]}",
        "object",
        "{'text', 'files': [paths]}",
    ),
    "dialogue": Family("any", "list of {'speaker', 'text'}, or text", "any", "the dialogue"),
    "paramviewer": _JSON,
    # numbers and choices
    "number": _NUMBER,
    "slider": _NUMBER,
    "timer": _NUMBER,
    "checkbox": Family("boolean", "True or False", "boolean", "True or False"),
    "radio": _CHOICE,
    "dropdown": _CHOICE,
    "checkboxgroup": Family("array", "list of choices", "array", "list of choices"),
    "colorpicker": Family("string", "colour, such as '#d8b26e'", "string", "colour"),
    "datetime": Family("any", "date and time, 'YYYY-MM-DD HH:MM:SS'", "any", "date and time"),
    "date": Family("any", "date", "any", "date"),
    # pictures
    "image": _PICTURE,
    "simpleimage": _PICTURE,
    "imageeditor": Family(
        "any",
        "path of a picture, or {'background', 'layers', 'composite'} with paths",
        "object",
        "{'background', 'layers', 'composite'} with paths",
    ),
    "imageslider": Family("array", "list of two paths of pictures", "array", "two paths of pictures"),
    "annotatedimage": Family(
        "object",
        "{'image': path, 'annotations': [{'image': path, 'label'}]}",
        "object",
        "{'image': path, 'annotations': [{'image': path, 'label'}]}",
    ),
    "gallery": Family(
        "array", "list of paths, or of {'image': path, 'caption'}", "array", "list of {'image': path, 'caption'}"
    ),
    # sound and moving pictures
    "audio": Family("string", "path of a sound file (or a URL)", "string", "path of the sound file"),
    "video": Family("any", "path of a video file (or a URL)", "any", "path of the video, or {'video', 'subtitles'}"),
    # files and models
    "file": _FILE,
    "uploadbutton": _FILE,
    "downloadbutton": _FILE,
    "fileexplorer": Family("any", "name, or list of names, on the Space's disk", "any", "what was chosen"),
    "model3d": Family("string", "path of a 3D file (or a URL)", "string", "path of the 3D file"),
    # data
    "json": _JSON,
    "dataframe": Family(
        "any",
        "list of rows, or {'headers': [...], 'data': [rows]}",
        "object",
        "{'headers', 'data': [rows], 'metadata'}",
    ),
    "plot": _CHART,
    "barplot": _CHART,
    "lineplot": _CHART,
    "scatterplot": _CHART,
    "nativeplot": _CHART,
    # the rest of the page
    "button": _BUTTON,
    "clearbutton": _BUTTON,
    "duplicatebutton": _BUTTON,
    "loginbutton": _BUTTON,
    "deeplinkbutton": _BUTTON,
    "navbar": _JSON,
    "workflowcanvas": _JSON,
    # hidden: Gradio keeps these on its own side; they are neither asked for nor given back
    "state": Family("any", "kept by the Space", "any", "kept by the Space"),
    "browserstate": _JSON,
    "dataset": _JSON,
}

MANY_FILES = Family("array", "list of paths of files in the gallery's folder (or URLs)", "array", "list of paths")

PICTURES = frozenset({"image", "simpleimage", "imageeditor", "gallery", "imageslider"})
TEXTS = frozenset({"textbox", "textarea", "multimodaltextbox"})


def family(component: str) -> Family:
    """The family of a component, by Gradio's name for it in whatever case."""
    return TABLE.get(component.lower(), _JSON)
