"""A wish as the model is told it: the person's words, the gallery as it is, and what a reopened session must know."""

import json
from collections.abc import Container, Sequence
from typing import Any

from splatelier.agent.prompts import prompt
from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.toolset.toolbox import SpaceToolbox

_LAST = 10
_WORDS = 240


def task_of(
    request: str,
    gallery: Gallery,
    turns: Sequence[dict[str, Any]],
    spaces: SpaceToolbox,
    standing: Container[str] = (),
    published: str = "",
) -> str:
    """The task for one wish.

    Args:
        turns: what was wished before in this gallery, oldest first, as report.json holds it; the last ten are told.
        spaces: those that are connected, and those that could not be.
        standing: the versions of the history that hold; a turn whose version is not among them was undone.
        published: the Space that the gallery was published to last; empty where it never was.
    """
    earlier = [
        {
            "wish": _short(turn["request"]),
            "came": _short(turn["answer"]),
            "ok": turn["ok"],
            "undone": bool(turn.get("version")) and turn["version"] not in standing,
        }
        for turn in turns[-_LAST:]
    ]
    return prompt(
        "task.md.j2",
        request=request,
        gallery=_told(gallery),
        published=published,
        earlier=earlier,
        spaces=spaces.in_words(),
        budget=spaces.budget_in_words(),
    )


def _told(gallery: Gallery) -> str:
    """The manifest in short: the settings that were changed, and one line a piece."""
    settings = gallery.settings.model_dump(mode="json", exclude_defaults=True)
    head = {**gallery.model_dump(mode="json", exclude={"items", "settings"}), "settings": settings}
    lines = [json.dumps(_piece(item), ensure_ascii=False) for item in gallery.items]
    items = "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"
    return json.dumps(head, ensure_ascii=False)[:-1] + f', "items": {items}}}'


def _piece(item: Item) -> dict[str, Any]:
    framing = {name: _rounded(value) for name, value in item.framing.__dict__.items()}
    spaces = list(dict.fromkeys(step.space for step in item.provenance if step.space))
    told = {"slug": item.slug, "title": item.title, "caption": item.caption, "kind": item.kind, "image": item.image}
    if item.detail:
        told["detail"] = item.detail
    return {**told, "splat": item.source, "model": item.model, "framing": framing, "spaces": spaces}


def _rounded(value: Any) -> Any:
    return [_rounded(entry) for entry in value] if isinstance(value, list | tuple) else round(value, 3)


def _short(text: object) -> str:
    words = " ".join(str(text).split())
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"
