"""report.json: what was asked, made and used, for scripts and for whoever comes back."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from splatelier.agent.context.turns import REPORT
from splatelier.agent.session import Session
from splatelier.tools.gallery.manifest import Item, load_gallery
from splatelier.tools.redact import redacted
from splatelier.tools.workspace.workspace import Workspace


class Status(StrEnum):
    """How a wish or a run ended."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"
    NOT_PUBLISHED = "not published"
    STOPPED = "stopped"


def write_report(session: Session, status: Status, reason: str = "", **more: Any) -> dict[str, Any]:
    """Write the report of a conversation so far, without secrets; gives the same as a dict.

    Args:
        status: how it stands.
        reason: why it is not complete, in a sentence.
        more: further entries, plain data.

    Raises:
        SplatelierError: the manifest cannot be read.
    """
    gallery, agent = load_gallery(session.workspace), session.agent
    report: dict[str, Any] = redacted(
        {
            "status": status,
            "reason": reason,
            "gallery": str(session.workspace.root),
            "title": gallery.title,
            "items": [_item(session.workspace, item) for item in gallery.items],
            "model": agent.model.model_id,
            "steps": session.trace.steps,
            "tokens": agent.monitor.get_total_token_counts().dict(),
            "spaces": session.spaces.totals(),
            "turns": session.turns,
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            **more,
        }
    )
    session.workspace.write_text(REPORT, json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    return report


def _item(workspace: Workspace, item: Item) -> dict[str, Any]:
    files = {"picture": item.image, "splat": item.source, "model": item.model}
    sizes = {name: workspace.resolve(path).stat().st_size for name, path in files.items() if path is not None}
    return {
        "slug": item.slug,
        "title": item.title,
        "bytes": sizes,
        "ratio": round(sizes["splat"] / sizes["model"], 2) if "splat" in sizes else None,
        "spaces": [step.space for step in item.provenance if step.space],
    }
