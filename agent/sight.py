"""Eyes for models that see: a picture whose path the agent prints is shown to it with the observation."""

import re
from collections.abc import Callable

from PIL import Image
from smolagents import ActionStep, CodeAgent

from splatelier.tools.errors import SplatelierError
from splatelier.tools.workspace.workspace import Workspace

_PICTURE = re.compile(r"[\w./-]+\.(?:png|jpe?g|webp)\b")
_AT_ONCE = 6
_SIDE = 768


def show_pictures(workspace: Workspace) -> Callable[[ActionStep, CodeAgent], None]:
    """A step callback that attaches the pictures named in a step's observations, at most six, 768 pixels a side."""

    def callback(step: ActionStep, agent: CodeAgent) -> None:  # noqa: ARG001
        named = dict.fromkeys(_PICTURE.findall(step.observations or ""))
        pictures = [picture for name in named if (picture := _open(workspace, name))]
        step.observations_images = pictures[:_AT_ONCE] or None

    return callback


def _open(workspace: Workspace, name: str) -> Image.Image | None:
    try:
        with Image.open(workspace.existing(name)) as picture:
            picture.thumbnail((_SIDE, _SIDE))
            return picture.convert("RGB")
    except (SplatelierError, OSError):
        return None  # a name in the text that is no picture of this gallery
