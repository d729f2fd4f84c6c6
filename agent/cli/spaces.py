"""`splatelier spaces`: the track record of the Spaces that were called, and what was learned about them."""

from typing import Annotated

import typer

spaces_app = typer.Typer(
    name="spaces",
    help="Show how the Spaces did so far, and what was learned about them.",
    invoke_without_command=True,
    pretty_exceptions_enable=False,
)


@spaces_app.callback()
def show(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
) -> None:
    """Print the track record of every Space over its last 50 calls.

    Example: splatelier spaces
    """
    from splatelier.agent.cli.record import show_record

    if context.invoked_subcommand is None:
        show_record(as_json)


@spaces_app.command()
def forget(space: Annotated[str, typer.Argument(help="The Space's id, as the table shows it.")]) -> None:
    """Clear everything that is known about a Space: its calls and its lessons.

    Example: splatelier spaces forget microsoft/TRELLIS.2
    """
    from splatelier.agent.cli.record import forget_space

    if not forget_space(space):
        raise typer.Exit(1)
