"""`splatelier deploy`, and how a published gallery is opened again."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from splatelier.agent.cli.display import Display
from splatelier.agent.start import hub_for_publishing
from splatelier.tools.errors import SplatelierError, printable
from splatelier.tools.gallery.manifest import MANIFEST
from splatelier.tools.publish.deploy import Deployment, carry_out
from splatelier.tools.publish.download import download_gallery
from splatelier.tools.publish.plan import Plan, plan_deployment
from splatelier.tools.publish.release import build_release, write_release
from splatelier.tools.publish.trace import publish_trace
from splatelier.tools.workspace.workspace import Workspace


def deploy(
    folder: Annotated[Path, typer.Argument(help="A gallery's folder, such as galleries/paris.")],
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
    if not (folder / MANIFEST).is_file():
        raise SplatelierError(f'{folder} holds no gallery; build one with: splatelier "build a 3D Paris gallery".')
    workspace, display = Workspace(folder), Display()
    if to is not None:
        display.say(f"Wrote {write_release(build_release(workspace), to)}: any static host can serve it.")
        return
    with hub_for_publishing(offline) as api:
        plan = plan_deployment(workspace, api, space, private or None)
        if dry_run:
            tell(plan, display)
            return
        allowed = word_of_the_person(yes)
        permission = plan.permission if allowed(plan.question) else None
        with display.working():
            done = carry_out(workspace, api, plan, permission, display.progress)
        tell(done, display)
        if trace is not None:
            display.say(f"The trace is at {publish_trace(workspace, api, trace, allowed)}")
        if offline and sys.stdin.isatty():
            display.note("It is served from here until you press Enter.")
            sys.stdin.readline()
        elif offline:
            display.note("It is served from here, and only while a command with --offline runs.")


def open_published(space_id: str, folder: Path, offline: bool = False) -> Path:
    """Bring the gallery published as `space_id` into `folder`; gives the folder.

    Raises:
        DeployError: there is no such gallery, or the folder is not empty.
    """
    with hub_for_publishing(offline) as api:
        download_gallery(space_id, folder, api)
    return folder


def word_of_the_person(yes: bool) -> Callable[[str], bool]:
    """How permission to publish is had: given on the command line, or asked for at the terminal."""

    def ask(question: str) -> bool:
        return yes or (sys.stdin.isatty() and typer.confirm(printable(question), default=False))

    return ask


def tell(deployment: Plan, display: Display) -> None:
    """Say what was published, or what would be."""
    done = isinstance(deployment, Deployment)
    if not deployment.sent and not deployment.deleted:
        display.say(f"{deployment.space} is up to date: {deployment.unchanged} files, nothing to send.")
    else:
        verb = ("Sent", "deleted") if done else ("Would send", "would delete")
        display.say(
            f"{verb[0]} {len(deployment.sent)} files ({deployment.bytes / 1e6:.1f} MB), {verb[1]} "
            f"{len(deployment.deleted)}, {deployment.unchanged} unchanged: “{deployment.message}”."
        )
        if not done:
            for path in deployment.sent:
                display.note(f"+ {path}")
            for path in deployment.deleted:
                display.note(f"- {path}")
    if done:
        display.say(f"It is live: {deployment.page}  (on the Hub: {deployment.url})")
