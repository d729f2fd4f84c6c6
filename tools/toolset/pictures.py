"""Judging and mending pictures, as the agent sees it: thin smolagents Tools over pictures.py and fitness.py."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar

from PIL import Image
from smolagents import Tool

from splatelier.tools.pictures.fitness import judge_picture
from splatelier.tools.pictures.pixels import load_pixels, on_black
from splatelier.tools.workspace.derived import Result, make_once
from splatelier.tools.workspace.workspace import Workspace

_ABOUT_THE_SUBJECT = "thickness"


class ImageTool(Tool):  # type: ignore[misc]
    """A tool that works on the pictures of one gallery."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace


class InspectImage(ImageTool):
    """Is the picture fit for 3D?"""

    name = "inspect_image"
    description = (
        "Judges whether a picture is fit to be made into a splat: is the subject isolated on black, whole, large "
        "enough, sharp, thick enough and alone? Gives each check's number, verdict (good, fair, poor) and advice. "
        "`fit` is false when a new picture of the same subject is needed: then ask again with `ask_for` in the "
        "prompt. A poor thickness (a needle, such as an obelisk) is about the subject: another picture of it will "
        "not help, another subject will."
    )
    inputs: ClassVar = {"image": {"type": "string", "description": "Path of a picture in the gallery's folder."}}
    output_type = "object"
    output_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "properties": {
            "fit": {"type": "boolean"},
            "ask_for": {"type": "string"},
            "checks": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string"},
                        "value": {"type": "number"},
                        "verdict": {"type": "string"},
                        "advice": {"type": "string"},
                    },
                },
            },
        },
    }

    def forward(self, image: str) -> Result:
        """Every check, whether the picture will do, and what to ask for instead."""
        checks = judge_picture(load_pixels(self.workspace.existing(image)))
        poor = [check for check in checks if check.verdict == "poor" and check.name != _ABOUT_THE_SUBJECT]
        said = [asdict(check) for check in checks]
        return {"fit": not poor, "ask_for": " ".join(check.advice for check in poor), "checks": said}


class CutOut(ImageTool):
    """A subject on black."""

    name = "cut_out"
    description = (
        "Puts the subject of a picture with a plain light or dark ground onto pure black, as splat models like it. "
        "Returns the new picture's path. Refuses a ground that is not plain: ask for another picture then."
    )
    inputs: ClassVar = {"image": {"type": "string", "description": "Path of a picture in the gallery's folder."}}
    output_type = "object"
    output_schema: ClassVar[dict[str, Any]] = {"type": "object", "properties": {"image": {"type": "string"}}}

    def forward(self, image: str) -> Result:
        """The path of the picture on black."""

        def make(path: Path) -> Result:
            Image.fromarray(on_black(load_pixels(self.workspace.existing(image)))).save(path, "PNG")
            return {}

        made, _ = make_once(self.workspace, self.name, [image], {}, "on-black.png", make)
        return {"image": made}


def image_tools(workspace: Workspace) -> list[Tool]:
    """Every tool for pictures, for the agent."""
    return [InspectImage(workspace), CutOut(workspace)]
