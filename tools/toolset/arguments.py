"""Arguments that a tool does not take, answered with those that it takes."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from smolagents import Tool

from splatelier.tools.errors import SplatelierError

_KINDS: dict[str, tuple[str, tuple[type, ...]]] = {
    "string": ("a string", (str,)),
    "integer": ("a whole number", (int,)),
    "number": ("a number", (int, float)),
    "boolean": ("True or False", (bool,)),
    "array": ("a list", (list, tuple)),
    "object": ("a dict", (dict,)),
}
_SHOWN = 60


class WrongArguments(SplatelierError):
    """A call that does not fit its tool; the text names what the tool takes."""


def fitting(tool: Tool, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[Sequence[Any], Mapping[str, Any]]:
    """The arguments with which a tool can be called: their names and the kinds of their values are checked.

    What a value may be beyond its kind is the tool's own to check. None for an argument that has a default leaves it
    out.

    Raises:
        WrongArguments: one is unknown, missing, given twice, too many or of another kind.
    """
    takes = inspect.signature(tool.forward)
    try:
        bound = takes.bind(*args, **kwargs)
    except TypeError as error:
        known = ", ".join(tool.inputs) or "nothing"
        unknown = [name for name in kwargs if name not in tool.inputs]
        wrong = f"there is no {', '.join(unknown)}" if unknown else str(error)
        raise WrongArguments(f"{tool.name} takes {known}; {wrong}.") from error
    if not takes.parameters.keys() <= tool.inputs.keys():  # *args or **kwargs: the tool checks for itself
        return args, kwargs
    given = {
        name: value
        for name, value in bound.arguments.items()
        if value is not None or takes.parameters[name].default is inspect.Parameter.empty
    }
    for name, value in given.items():
        _check_kind(tool, name, value)
    return (), given


def _check_kind(tool: Tool, name: str, value: Any) -> None:
    declared = tool.inputs[name]
    words, kinds = _KINDS.get(str(declared["type"]), ("anything", (object,)))
    fits = isinstance(value, kinds) and (bool in kinds or object in kinds or not isinstance(value, bool))
    if not fits and not (value is None and declared.get("nullable")):
        raise WrongArguments(f"{tool.name} takes {words} as {name}, not {_short(value)}.")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
