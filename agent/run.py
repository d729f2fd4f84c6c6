"""A run without a person: a goal in, a gallery and report.json out, and an exit code that scripts can trust."""

import shutil
from dataclasses import replace
from enum import IntEnum
from pathlib import Path

from splatelier.agent.cli.display import Display
from splatelier.agent.cli.options import Setup
from splatelier.agent.cli.repl import show_answer
from splatelier.agent.goals import Goal
from splatelier.agent.prompts import prompt
from splatelier.agent.session import Session
from splatelier.agent.start import session_in
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import MANIFEST, Gallery, load_gallery, save_gallery
from splatelier.tools.publish.plan import Permission
from splatelier.tools.workspace.workspace import Workspace


class Exit(IntEnum):
    """How a run ended."""

    COMPLETE = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    STOPPED = 130


def run_goal(goal: Goal, setup: Setup, display: Display, deploy_to: str | None = None) -> Exit:
    """Carry out a goal and write report.json. A run that fails leaves no half-written gallery behind.

    Args:
        deploy_to: USER/SPACE to publish a complete gallery to; naming it is the person's permission.

    Raises:
        SplatelierError: the run could not begin: no Space or no model.
    """
    fresh = not goal.folder.exists()
    try:
        with session_in(goal.folder, setup, display) as session:
            return _carry_out(goal, session, display, deploy_to)
    finally:
        if fresh and not (goal.folder / MANIFEST).exists() and not _has_work(goal.folder):
            shutil.rmtree(goal.folder, ignore_errors=True)


def _carry_out(goal: Goal, session: Session, display: Display, deploy_to: str | None) -> Exit:
    before = load_gallery(session.workspace)
    request = prompt("gallery_goal.md.j2", text=goal.text, **goal.exact.model_dump(exclude={"gallery", "spaces"}))
    answer = session.ask(request, prepare=lambda: _apply(goal, session.workspace))
    gallery = load_gallery(session.workspace)
    code, status = _judge(goal, answer.ok, gallery)
    if answer.stopped:
        code, status = Exit.STOPPED, "stopped"
    reason = "" if code is Exit.COMPLETE else answer.text
    if code is Exit.PARTIAL:
        reason = f"{len(gallery.items)} of {goal.expected} pieces were made. {answer.text}"
    published: dict[str, str | int] | None = None
    if deploy_to and code is Exit.COMPLETE:
        try:
            published = session.publisher.publish_permitted(Permission(deploy_to, private=False)).summary()
        except SplatelierError as error:
            code, status, reason = Exit.FAILED, "not published", str(error)
    session.report(status, reason, goal=goal.text, pieces_before=len(before.items), published=published)
    show_answer(replace(answer, ok=code is Exit.COMPLETE, text=reason or answer.text), display)
    if published:
        display.say(f"Published: {published['page'] or published['url']}")
    return code


def _judge(goal: Goal, ok: bool, gallery: Gallery) -> tuple[Exit, str]:
    if not ok or not gallery.items:
        return Exit.FAILED, "failed"
    if goal.expected is not None and len(gallery.items) < goal.expected:
        return Exit.PARTIAL, "partial"
    return Exit.COMPLETE, "complete"


def _apply(goal: Goal, workspace: Workspace) -> None:
    """Put what the goal file fixes into the manifest, before the agent begins."""
    gallery = load_gallery(workspace)
    exact = goal.exact
    for name in ("title", "subtitle", "template"):
        if (value := getattr(exact, name)) is not None:
            setattr(gallery, name, value)
    for name, value in exact.style.items():
        setattr(gallery.settings, name, value)
    if exact.title or exact.subtitle or exact.template or exact.style:
        save_gallery(workspace, gallery)


def _has_work(folder: Path) -> bool:
    """Whether finished calls lie in the folder, which the next run would use."""
    cache = folder / ".splatelier" / "cache"
    return cache.exists() and any(cache.iterdir())
