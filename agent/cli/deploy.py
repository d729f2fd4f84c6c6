"""What `splatelier deploy` does, and how a published gallery is opened again."""

import sys
from collections.abc import Callable
from pathlib import Path

import typer

from splatelier.agent.cli.display import Display
from splatelier.agent.start import hub_for_publishing
from splatelier.tools.errors import printable
from splatelier.tools.publish.deploy import Deployment, carry_out
from splatelier.tools.publish.download import download_gallery
from splatelier.tools.publish.plan import TRIAL, Plan, plan_deployment
from splatelier.tools.publish.release import build_release, write_release
from splatelier.tools.publish.trace import publish_trace
from splatelier.tools.workspace.workspace import Workspace


def write(folder: Path, to: Path) -> None:
    """Write what would be published into a new folder or .zip, for any other host."""
    written = write_release(build_release(Workspace(folder)), to)
    Display().say(f"Wrote {written}: any static host can serve it.")


def deploy(
    folder: Path, space: str, private: bool | None, dry_run: bool, yes: bool, trace: str | None, offline: bool
) -> None:
    """Publish the gallery in a folder, with the person's word; the options are those of the command."""
    workspace, display = Workspace(folder), Display()
    with hub_for_publishing(offline) as api:
        plan = plan_deployment(workspace, api, space, private)
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
        if deployment.trial:
            display.note(f"This is {TRIAL}.")
