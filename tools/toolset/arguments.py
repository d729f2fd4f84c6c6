"""Arguments that a tool does not take, answered with those that it takes."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from smolagents import Tool

from splatelier.tools.errors import SplatelierError


class WrongArguments(SplatelierError):
    """A call that does not fit its tool; the text names what the tool takes."""


def check_arguments(tool: Tool, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
    """Make sure that a tool can be called with these arguments at all; their values are the tool's own to check.

    Raises:
        WrongArguments: one is unknown, missing, given twice or too many.
    """
    try:
        inspect.signature(tool.forward).bind(*args, **kwargs)
    except TypeError as error:
        takes = ", ".join(tool.inputs) or "nothing"
        unknown = [name for name in kwargs if name not in tool.inputs]
        wrong = f"there is no {', '.join(unknown)}" if unknown else str(error)
        raise WrongArguments(f"{tool.name} takes {takes}; {wrong}.") from error
