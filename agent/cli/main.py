"""The command line: `splatelier "goal"`, and a command for everything else."""

import difflib
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio_client reads it
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

from splatelier.agent.cli.exits import Exit
from splatelier.agent.cli.options import takes_setup
from splatelier.agent.cli.spaces import spaces_app
from splatelier.agent.cli.splat import splat_app
from splatelier.agent.setup import Setup
from splatelier.tools.errors import SplatelierError, printable

# What a command does is imported when it runs: --help and the splat toolbox need no agent.

EPILOG = """Examples:

splatelier "build a 3D Paris gallery"

splatelier open galleries/paris

splatelier run goal.md"""


_OWN_OPTIONS = {"--help", "--version", "--install-completion", "--show-completion"}


class GoalGroup(TyperGroup):
    """A group of commands in which a sentence is a command too: it is what to build."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Hand everything that names no command to `build`."""
        first = args[0] if args else ""
        if first not in self.commands and first not in _OWN_OPTIONS:
            alike = difflib.get_close_matches(first, self.commands, n=1, cutoff=0.75)
            if alike and " " not in first:
                raise SplatelierError(f"There is no command {first!r}; did you mean {alike[0]!r}?")
            args = ["build", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=GoalGroup,
    help="Say what gallery you want; an agent makes it: 3D Gaussian splats in a cinematic website.",
    epilog=EPILOG,
    pretty_exceptions_enable=False,
    add_completion=True,
    rich_markup_mode="rich",
)

app.add_typer(spaces_app)
app.add_typer(splat_app)

Folder = Annotated[Path, typer.Argument(help="A gallery's folder, such as galleries/paris.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"splatelier {version('splatelier')}")
        raise typer.Exit


@app.callback()
def _root(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    del show_version


@app.command()
@takes_setup
def build(
    setup: Setup,
    goal: Annotated[str | None, typer.Argument(help="What to build, in a sentence.", show_default=False)] = None,
    into: Annotated[
        Path | None,
        typer.Option("--into", help="The gallery's folder; galleries/<name> when left out.", show_default=False),
    ] = None,
) -> None:
    """Build a gallery from a sentence, then stay for changes. The word 'build' may be left out."""
    from splatelier.agent.cli import gallery

    if goal is None:
        if not sys.stdin.isatty():
            raise SplatelierError('Say what to build: splatelier "build a 3D Paris gallery".')
        goal = typer.prompt("What gallery shall it be?")
    raise typer.Exit(gallery.build(goal, into, setup))


@app.command(name="open")
@takes_setup
def open_gallery(setup: Setup, folder: Folder) -> None:
    """Come back to a gallery and go on: a folder, or USER/SPACE for one that is published."""
    from splatelier.agent.cli import gallery

    published = not folder.exists() and len(folder.parts) == 2 and folder.parts[0] not in ("galleries", "..", "/")
    if not published:
        _check(folder)
    raise typer.Exit(gallery.reopen(folder, setup, published))


@app.command()
@takes_setup
def run(
    setup: Setup,
    goal_file: Annotated[
        Path, typer.Argument(help="A Markdown file that says what to build; YAML front matter is optional.")
    ],
    into: Annotated[
        Path | None,
        typer.Option("--into", help="The gallery's folder, whatever the goal file says.", show_default=False),
    ] = None,
    deploy_to: Annotated[
        str | None, typer.Option("--deploy", help="Publish a complete gallery as USER/SPACE.", show_default=False)
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="With --deploy: for your eyes only.")] = False,
) -> None:
    """Build from a goal file, without a person.

    Writes report.json below the gallery's .splatelier folder. Exit codes: 0 complete, 1 failed, 2 the goal file or the
    options are wrong, 3 some pieces are missing, 130 stopped.
    """
    from splatelier.agent.cli import gallery

    raise typer.Exit(gallery.run(goal_file, into, deploy_to, private, setup))


@app.command()
def deploy(
    folder: Folder,
    space: Annotated[str, typer.Argument(help="USER/NAME or NAME; made from the title when left out.")] = "",
    private: Annotated[bool, typer.Option("--private", help="A new Space is for your eyes only.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent, and send nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="A new folder or a .zip for any other host, instead of the Hub.", show_default=False),
    ] = None,
    trace: Annotated[
        str | None,
        typer.Option("--trace", help="USER/DATASET for the trace, secrets taken out.", show_default=False),
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Publish to the pocket Hub of this machine.")] = False,
) -> None:
    """Publish a gallery as a static Space on the Hugging Face Hub.

    Only files that changed are sent, in one commit. Run it again after a change.
    """
    from splatelier.agent.cli import deploy as publishing

    _check(folder)
    if to is not None:
        publishing.write(folder, to)
    else:
        publishing.deploy(folder, space, private or None, dry_run, yes, trace, offline)


@app.command()
def serve(
    folder: Folder,
    port: Annotated[int, typer.Option("--port", help="0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser", help="Open it in the browser.")] = False,
) -> None:
    """Serve a gallery's site on this machine; the page follows every change."""
    from splatelier.tools.site.serve import serve_until_stopped

    _check(folder)
    serve_until_stopped(folder.resolve() / "site", port, browser, typer.echo)


@app.command()
def undo(
    folder: Folder,
    wishes: Annotated[int, typer.Option("--wishes", min=1, help="How many to take back.")] = 1,
) -> None:
    """Take back the newest wish of a gallery, also of one whose manifest cannot be read."""
    from splatelier.agent.cli.undo import take_back
    from splatelier.tools.workspace.workspace import Workspace

    _check(folder, ".splatelier")
    typer.echo(printable(take_back(Workspace(folder), wishes)))


@app.command()
def redo(
    folder: Folder,
    wishes: Annotated[int, typer.Option("--wishes", min=1, help="How many to do again.")] = 1,
) -> None:
    """Do again what was undone last."""
    from splatelier.agent.cli.undo import do_again
    from splatelier.tools.workspace.workspace import Workspace

    _check(folder, ".splatelier")
    typer.echo(printable(do_again(Workspace(folder), wishes)))


def _check(folder: Path, name: str = "gallery.json") -> None:
    if not (folder / name).exists():
        raise SplatelierError(f'{folder} holds no gallery; build one with: splatelier "build a 3D Paris gallery".')


def main() -> None:
    """The console command; every error a person can act on is one sentence on standard error."""
    try:
        app()
    except SplatelierError as error:
        typer.secho(str(error), fg=typer.colors.RED, err=True)
        sys.exit(Exit.FAILED)
    except OSError as error:
        what = f"{error.filename} cannot be used" if error.filename else "Something of the machine's failed"
        typer.secho(f"{what}: {error.strerror or error}.", fg=typer.colors.RED, err=True)
        sys.exit(Exit.FAILED)
    except KeyboardInterrupt:
        typer.secho("Stopped.", err=True)
        sys.exit(Exit.STOPPED)
