"""The command line: `splatelier "goal"`, and a command for everything else."""

import difflib
import os
import shutil
import sys
from contextlib import ExitStack
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # before gradio_client reads it
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

from splatelier.agent.cli.deploy import deploy, open_published
from splatelier.agent.cli.display import Display
from splatelier.agent.cli.exits import AFTER, Exit
from splatelier.agent.cli.options import takes_setup
from splatelier.agent.cli.repl import Repl, show_answer
from splatelier.agent.cli.spaces import spaces_app
from splatelier.agent.cli.splat import splat_app
from splatelier.agent.goals import destination, folder_for, read_goal
from splatelier.agent.run import Status, run_goal
from splatelier.agent.setup import Setup
from splatelier.agent.start import studio_in
from splatelier.agent.undo import do_again, take_back
from splatelier.tools.calls.budget import Budget
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import MANIFEST, load_gallery
from splatelier.tools.site.render import template_folder
from splatelier.tools.site.serve import serve_until_stopped
from splatelier.tools.splats.errors import SplatError
from splatelier.tools.workspace.workspace import Workspace

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

FolderArgument = Annotated[Path, typer.Argument(help="A gallery's folder, such as galleries/paris.")]


def _version(wanted: bool) -> None:
    if wanted:
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
    display = Display()
    if goal is None:
        if not sys.stdin.isatty():
            raise SplatelierError('Say what to build: splatelier "build a 3D Paris gallery".')
        goal = typer.prompt("What gallery shall it be?")
    folder = into or folder_for(goal)
    _converse(folder, setup, display, first=goal)


@app.command(name="open")
@takes_setup
def open_gallery(
    setup: Setup,
    folder: FolderArgument,
) -> None:
    """Come back to a gallery and go on: a folder, or USER/SPACE for one that is published."""
    display = Display()
    if not folder.exists() and len(folder.parts) == 2 and folder.parts[0] not in ("galleries", "..", "/"):
        folder = open_published(folder.as_posix(), Path("galleries", folder.name), setup.offline)
        display.note(f"It is in {folder} now.")
    gallery = load_gallery(_existing(folder))
    display.say(f"{gallery.title}: {', '.join(item.title for item in gallery.items) or 'no pieces yet'}.")
    _converse(folder, setup, display)


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
    display = Display()
    try:
        goal = read_goal(goal_file, into, destination(deploy_to, private) if deploy_to else None)
        template_folder(goal.exact.template or "cinematic")
    except SplatelierError as error:
        display.error(str(error))
        raise typer.Exit(Exit.USAGE) from error
    exact = goal.exact
    budget = Budget(**exact.budget.model_dump()) if exact.budget else None
    setup = replace(setup, model=setup.model or exact.model, spaces=setup.spaces or exact.spaces, budget=budget)
    with display.working():
        outcome = run_goal(goal, setup, display)
    complete = outcome.status is Status.COMPLETE
    show_answer(replace(outcome.answer, ok=complete, text=outcome.reason or outcome.answer.text), display)
    if outcome.published:
        display.say(f"Published: {outcome.published.page}")
    raise typer.Exit(AFTER[outcome.status])


app.command()(deploy)


@app.command()
def serve(
    folder: FolderArgument,
    port: Annotated[int, typer.Option("--port", help="0 takes a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser", help="Open it in the browser.")] = False,
) -> None:
    """Serve a gallery's site on this machine; the page follows every change."""
    serve_until_stopped(_existing(folder).root / "site", port, browser, typer.echo)


@app.command()
def undo(
    folder: FolderArgument,
    wishes: Annotated[int, typer.Option("--wishes", min=1, help="How many to take back.")] = 1,
) -> None:
    """Take back the newest wish of a gallery, also of one whose manifest cannot be read."""
    Display().say(take_back(_begun(folder), wishes))


@app.command()
def redo(
    folder: FolderArgument,
    wishes: Annotated[int, typer.Option("--wishes", min=1, help="How many to do again.")] = 1,
) -> None:
    """Do again what was undone last."""
    Display().say(do_again(_begun(folder), wishes))


def _converse(folder: Path, setup: Setup, display: Display, first: str | None = None) -> None:
    with ExitStack() as stack:
        with display.working():
            studio = stack.enter_context(studio_in(folder, setup, display, display.ask))
        repl = Repl(studio, display)
        if sys.stdin.isatty() and sys.stdout.isatty():
            repl.talk(first)
            return
        for line in [first] if first else sys.stdin.read().splitlines():
            if not repl.take(line):
                raise typer.Exit(Exit.FAILED)
        display.say(f"The gallery is in {folder}. See it: {_command()} serve {folder} --browser")


def _command() -> str:
    """How this program is called from here: by its name where the shell finds it, else by its path."""
    return "splatelier" if shutil.which("splatelier") else os.path.relpath(sys.argv[0])


def _existing(folder: Path) -> Workspace:
    return _with(folder, MANIFEST)


def _begun(folder: Path) -> Workspace:
    return _with(folder, ".splatelier")


def _with(folder: Path, name: str) -> Workspace:
    if not (folder / name).exists():
        raise SplatelierError(f'{folder} holds no gallery; build one with: splatelier "build a 3D Paris gallery".')
    return Workspace(folder)


def main() -> None:
    """The console command; every error a person can act on is one sentence on standard error."""
    try:
        app()
    except (SplatelierError, SplatError) as error:
        typer.secho(str(error), fg=typer.colors.RED, err=True)
        sys.exit(Exit.FAILED)
    except OSError as error:
        what = f"{error.filename} cannot be used" if error.filename else "Something of the machine's failed"
        typer.secho(f"{what}: {error.strerror or error}.", fg=typer.colors.RED, err=True)
        sys.exit(Exit.FAILED)
    except KeyboardInterrupt:
        typer.secho("Stopped.", err=True)
        sys.exit(Exit.STOPPED)
