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
SHOWN = "[Pictures shown, in this order: "
_RESULT = "Last output from code snippet:"  # what a step printed comes before it


def show_pictures(workspace: Workspace) -> Callable[[ActionStep, CodeAgent], None]:
    """A step callback that shows the pictures whose paths a step printed: six at most, 768 pixels a side, named."""

    def callback(step: ActionStep, agent: CodeAgent) -> None:  # noqa: ARG001
        printed = (step.observations or "").partition(_RESULT)[0]
        named = {name: picture for name in _PICTURE.findall(printed) if (picture := _open(workspace, name))}
        shown = list(named)[:_AT_ONCE]
        if not shown:
            return
        more = f"; {_AT_ONCE} of {len(named)}, print fewer at once" if len(named) > _AT_ONCE else ""
        step.observations_images = [named[name] for name in shown]
        step.observations = f"{step.observations}\n{SHOWN}{', '.join(shown)}{more}]"

    return callback


def _open(workspace: Workspace, name: str) -> Image.Image | None:
    try:
        with Image.open(workspace.existing(name)) as picture:
            picture.thumbnail((_SIDE, _SIDE))
            return picture.convert("RGB")
    except (SplatelierError, OSError):
        return None  # a name in the text that is no picture of this gallery
