"""Which functions of an app are there for its page alone: they show, hide, fill in and reset, and make nothing.

Gradio lists them among the endpoints all the same. Nothing says which they are: it is read off what they are wired to.
"""

import re
from dataclasses import dataclass

from splatelier.tools.spaces.config import Config, Dependency, Id

_NAMES = re.compile(
    r"^_|^lambda(_\d+)?$|^(load_)?examples?(_\d+)?$|load_examples?|^toggle_"
    r"|(^|_)(select|switch|change|on)_tabs?(_|$)|^tabs?_(select|switch|change)"
)
_NUMBERED = re.compile(r"_\d+$")
_LAYOUT = frozenset(
    "row column tabs tab tabitem box form accordion group sidebar walkthrough step navbar timer".split()
)
_BUTTONS = frozenset({"button", "clearbutton", "duplicatebutton", "loginbutton", "uploadbutton", "deeplinkbutton"})
_CHOICES = frozenset({"dropdown", "radio", "dataset", "browserstate"})
_CONTROLS = frozenset({"slider", "number", "checkbox", "checkboxgroup", "colorpicker", "datetime", "date"})
_BY_ITSELF = frozenset({"load", "unload", "tick"})
_TEXTS = frozenset({"textbox", "textarea", "multimodaltextbox"})
_FILES = frozenset("image imageeditor audio video file uploadbutton model3d gallery annotatedimage imageslider".split())


@dataclass(frozen=True)
class Wiring:
    """An app's functions and what they are wired to."""

    config: Config

    def is_handler(self, function: Dependency) -> bool:
        """Whether a function serves the page rather than a caller."""
        return (
            self._is_named_so(function)
            or self._is_duplicate(function)
            or self._sets_the_page(function)
            or self._copies(function)
            or self._runs_by_itself(function)
        )

    def _kinds(self, ids: tuple[Id, ...]) -> list[str]:
        return [self.config.components[key].type for key in ids]

    def _is_named_so(self, function: Dependency) -> bool:
        """A helper of the page by its name, unless it takes a text or a file as only a caller would."""
        name = function.endpoint.strip("/")
        asks = set(self._kinds(function.inputs)) & (_TEXTS | _FILES)
        return bool(_NAMES.search(name)) and (name.startswith("lambda") or not asks)

    def _is_duplicate(self, function: Dependency) -> bool:
        """The same function again, for another event: Gradio numbers its name."""
        bare = _NUMBERED.sub("", function.endpoint)
        return bare != function.endpoint and any(
            other.endpoint in (bare, f"{bare}_1")
            and other is not function
            and (other.inputs, other.outputs) == (function.inputs, function.outputs)
            and other.endpoint < function.endpoint
            for other in self.config.dependencies
        )

    def _sets_the_page(self, function: Dependency) -> bool:
        """All that it changes is layout, buttons, choices, or controls that another function reads."""
        read = {key for other in self.config.dependencies if other is not function for key in other.inputs}
        kinds = zip(function.outputs, self._kinds(function.outputs), strict=True)
        return bool(function.outputs) and all(
            kind in _LAYOUT | _BUTTONS | _CHOICES or (kind in _CONTROLS and key in read) for key, kind in kinds
        )

    def _copies(self, function: Dependency) -> bool:
        """It moves what was typed to where the function that follows takes it from, as a chat's first half does."""
        return set(function.outputs) <= set(function.inputs) and any(
            other.after == function.id and set(other.inputs) & set(function.outputs)
            for other in self.config.dependencies
        )

    def _runs_by_itself(self, function: Dependency) -> bool:
        """Nobody asks it: it fills in the page when that opens, or from what the browser kept."""
        asked = [kind for kind in self._kinds(function.inputs) if kind not in ("state", "browserstate")]
        return bool(function.events and function.outputs) and not asked and set(function.events) <= _BY_ITSELF
