"""A run without a person: a goal in, a gallery and report.json out."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from splatelier.agent.context.turns import Answer
from splatelier.agent.goals import Goal
from splatelier.agent.prompts import prompt
from splatelier.agent.report import Status, write_report
from splatelier.agent.setup import Setup
from splatelier.agent.start import Studio, studio_in
from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery import items
from splatelier.tools.gallery.manifest import MANIFEST, Gallery, editing, load_gallery
from splatelier.tools.progress import Onlooker
from splatelier.tools.publish.deploy import Deployment
from splatelier.tools.workspace.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    Attributes:
        status: how it ended.
        reason: why it is not complete, in a sentence; empty for a complete one.
        answer: what the agent said, and what it took.
        published: what was published; None where nothing was.
    """

    status: Status
    reason: str
    answer: Answer
    published: Deployment | None


def run_goal(goal: Goal, setup: Setup, onlooker: Onlooker) -> Outcome:
    """Carry out a goal and write report.json. A run that fails leaves no half-written gallery behind.

    The agent has no tool for publishing: a complete gallery is published here, where the goal names a Space, and to
    nowhere else.

    Raises:
        SplatelierError: the run could not begin: no Space or no model.
    """
    fresh = not goal.folder.exists()
    try:
        with studio_in(goal.folder, setup, onlooker) as studio:
            return _carry_out(goal, studio)
    finally:
        if fresh and not (goal.folder / MANIFEST).exists() and not _has_work(goal.folder):
            shutil.rmtree(goal.folder, ignore_errors=True)


def _carry_out(goal: Goal, studio: Studio) -> Outcome:
    session = studio.session
    before = load_gallery(session.workspace)
    request = prompt(
        "gallery_goal.md.j2", text=goal.text, **goal.exact.model_dump(exclude={"gallery", "spaces", "deploy"})
    )
    answer = session.ask(request, prepare=lambda: _apply(goal, session.workspace))
    status, reason = _judge(goal, answer, load_gallery(session.workspace))
    published: Deployment | None = None
    if goal.permission and status is Status.COMPLETE:
        try:
            published = studio.publisher.publish_permitted(goal.permission)
        except SplatelierError as error:
            status, reason = Status.NOT_PUBLISHED, str(error)
    told = published.summary() if published else None
    write_report(session, status, reason, goal=goal.text, pieces_before=len(before.items), published=told)
    return Outcome(status, reason, answer, published)


def _judge(goal: Goal, answer: Answer, gallery: Gallery) -> tuple[Status, str]:
    made = len(gallery.items)
    if answer.stopped:
        return Status.STOPPED, answer.text
    if not answer.ok or not made:
        return Status.FAILED, answer.text
    if goal.expected is not None and made < goal.expected:
        return Status.PARTIAL, f"{made} of {goal.expected} pieces were made. {answer.text}"
    return Status.COMPLETE, ""


def _apply(goal: Goal, workspace: Workspace) -> None:
    """Put what the goal file fixes into the manifest, before the agent begins."""
    exact = goal.exact
    if exact.title or exact.subtitle or exact.template or exact.style:
        with editing(workspace, "the goal file's front matter") as gallery:
            items.set_gallery(gallery, exact.title, exact.subtitle, exact.template)
            items.set_style(gallery, **exact.style)


def _has_work(folder: Path) -> bool:
    """Whether finished calls lie in the folder, which the next run would use."""
    cache = folder / ".splatelier" / "cache"
    return cache.exists() and any(cache.iterdir())
