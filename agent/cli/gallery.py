"""What the commands over one gallery do, at a terminal or in a script; `main` imports it when one of them runs."""

import os
import shutil
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from splatelier.agent.cli.deploy import open_published
from splatelier.agent.cli.display import Display
from splatelier.agent.cli.exits import Exit
from splatelier.agent.cli.repl import Repl, show_answer
from splatelier.agent.context.turns import REPORT
from splatelier.agent.goals import destination, folder_for, read_goal
from splatelier.agent.report import Status
from splatelier.agent.run import run_goal
from splatelier.agent.setup import Setup
from splatelier.agent.start import studio_in
from splatelier.tools.calls.budget import Budget
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.site.render import template_folder
from splatelier.tools.workspace.workspace import Workspace

_AFTER = {
    Status.COMPLETE: Exit.COMPLETE,
    Status.PARTIAL: Exit.PARTIAL,
    Status.FAILED: Exit.FAILED,
    Status.NOT_PUBLISHED: Exit.FAILED,
    Status.STOPPED: Exit.STOPPED,
}


def build(goal: str, into: Path | None, setup: Setup) -> Exit:
    """Build a gallery from a sentence, then stay for changes."""
    return _converse(into or folder_for(goal), setup, Display(), first=goal)


def reopen(folder: Path, setup: Setup, published: bool) -> Exit:
    """Come back to a gallery in a folder, or to the `published` one of that name, and stay for changes."""
    display = Display()
    if published:
        folder = open_published(folder.as_posix(), Path("galleries", folder.name), setup.offline)
        display.note(f"It is in {folder} now.")
    gallery = load_gallery(Workspace(folder))
    display.say(f"{gallery.title}: {', '.join(item.title for item in gallery.items) or 'no pieces yet'}.")
    return _converse(folder, setup, display)


def run(goal_file: Path, into: Path | None, deploy_to: str | None, private: bool, setup: Setup) -> Exit:
    """Build from a goal file, without a person."""
    display = Display()
    try:
        goal = read_goal(goal_file, into, destination(deploy_to, private) if deploy_to else None)
        template_folder(goal.exact.template or "cinematic")
    except SplatelierError as error:
        display.error(str(error))
        return Exit.USAGE
    exact = goal.exact
    budget = Budget(**exact.budget.model_dump()) if exact.budget else None
    setup = replace(setup, model=setup.model or exact.model, spaces=setup.spaces or exact.spaces, budget=budget)
    with display.working():
        outcome = run_goal(goal, setup, display)
    complete = outcome.status is Status.COMPLETE
    show_answer(replace(outcome.answer, ok=complete, text=outcome.reason or outcome.answer.text), display)
    if outcome.published:
        display.say(f"Published: {outcome.published.page}")
    if (goal.folder / "site").exists():
        display.say(_where(goal.folder))
    if (report := goal.folder / REPORT).exists():
        display.say(f"The report is {report}.")
    return _AFTER[outcome.status]


def _converse(folder: Path, setup: Setup, display: Display, first: str | None = None) -> Exit:
    with ExitStack() as stack:
        with display.working():
            studio = stack.enter_context(studio_in(folder, setup, display, display.ask))
        repl = Repl(studio, display)
        if sys.stdin.isatty() and sys.stdout.isatty():
            repl.talk(first)
            return Exit.COMPLETE
        for line in [first] if first else sys.stdin.read().splitlines():
            if not repl.take(line):
                return Exit.FAILED
        display.say(_where(folder))
        return Exit.COMPLETE


def _where(folder: Path) -> str:
    return f"The gallery is in {folder}. See it: {_command()} serve {folder} --browser"


def _command() -> str:
    """How this program is called from here: by its name where the shell finds it, else by its path."""
    return "splatelier" if shutil.which("splatelier") else os.path.relpath(sys.argv[0])
