"""What a person may choose about a run, and the command line's options for it, written once."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any

import typer

from splatelier.tools.calls.budget import Budget


@dataclass(frozen=True)
class Setup:
    """What a person chose for a run; None and empty mean the defaults.

    Attributes:
        model: `offline`, or a model id.
        base_url: an OpenAI-compatible server for the model.
        api_key: that server's key.
        spaces: Spaces by id, Hub address or server address, in order of preference.
        offline: use the Spaces and the planner of this machine, whatever else is there.
        verbose: print what the LLM writes.
        sees: the model takes pictures; show it those that the agent prints the paths of.
        require_sandbox: refuse to run where the model's code cannot be confined.
        budget: what the run may ask of Spaces; None is no limit.
    """

    model: str | None = None
    base_url: str | None = None
    api_key: str | None = None
    spaces: list[str] = field(default_factory=list)
    offline: bool = False
    verbose: bool = False
    sees: bool = False
    require_sandbox: bool = False
    budget: Budget | None = None


def takes_setup(command: Callable[..., None]) -> Callable[..., None]:
    """Give a typer command the options of `_chosen` in the place of its argument `setup`."""
    options = inspect.signature(_chosen).parameters
    own = [value for name, value in inspect.signature(command).parameters.items() if name != "setup"]

    @functools.wraps(command)
    def with_options(**values: Any) -> None:
        setup = _chosen(**{name: values.pop(name) for name in options})
        command(setup=setup, **values)

    parameters = sorted([*own, *options.values()], key=lambda parameter: parameter.default is not parameter.empty)
    with_options.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_options.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return with_options


def _chosen(
    model: Annotated[
        str | None,
        typer.Option(help="The LLM: a model of Inference Providers (MODEL or MODEL:PROVIDER), or 'offline'."),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(help="Any OpenAI-compatible server, such as http://127.0.0.1:8080/v1; needs --model."),
    ] = None,
    api_key: Annotated[str | None, typer.Option(envvar="SPLATELIER_API_KEY", help="The key for --base-url.")] = None,
    space: Annotated[
        list[str] | None,
        typer.Option(help="A Space to use: its id, its Hub page or a server's address. Repeat it for several."),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Use the Spaces and the planner of this machine, even with a token.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the code that the agent writes.")] = False,
    sees: Annotated[bool, typer.Option("--sees", help="The model takes pictures: show it what was made.")] = False,
    require_sandbox: Annotated[
        bool,
        typer.Option("--require-sandbox", help="Refuse to run where the system cannot confine the agent's code."),
    ] = False,
) -> Setup:
    return Setup(model, base_url, api_key, space or [], offline, verbose, sees, require_sandbox)
