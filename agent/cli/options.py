"""The command line's options for what a person may choose about a run, written once."""

import functools
import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from splatelier.agent.setup import Setup


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
        bool,
        typer.Option(
            "--offline",
            help="Use this machine's Spaces even with a token; plan by rules unless a model is named.",
        ),
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the code that the agent writes.")] = False,
    sees: Annotated[
        bool | None,
        typer.Option(
            "--sees/--no-sees",
            help="Show the model what was made. When left out: where it is known to take pictures; else, with a token, "
            "a small vision model of Inference Providers is sent each picture. --no-sees sends pictures to no model.",
            show_default=False,
        ),
    ] = None,
    require_sandbox: Annotated[
        bool,
        typer.Option("--require-sandbox", help="Refuse to run where the system cannot confine the agent's code."),
    ] = False,
) -> Setup:
    return Setup(model, base_url, api_key, space or [], offline, verbose, sees, require_sandbox)
