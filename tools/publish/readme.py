"""The README.md of a published gallery: its metadata for the Hub, how it was made, and whom to thank."""

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from huggingface_hub import SpaceCard, SpaceCardData
from jinja2.sandbox import SandboxedEnvironment

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.templates import SITE_TEMPLATES, environment
from splatelier.tools.workspace.provenance import Step

SOCIAL_CARD = "social-card.jpg"
_OWNERS = ("emoji", "colorFrom", "colorTo", "pinned", "license", "short_description")
_SHORT = 60  # characters: the Hub refuses a longer short_description
_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")


@dataclass(frozen=True)
class UsedSpace:
    """A Space that had a hand in the gallery.

    Attributes:
        licence: as its own card says it, or None.
        models: ids of the models that its card names.
        known: whether the Hub that is published to has it, so that a link leads somewhere.
    """

    id: str
    licence: str | None = None
    models: Sequence[str] = ()
    known: bool = True


def used_spaces(gallery: Gallery) -> list[str]:
    """Ids of the Spaces in the provenance, in the order in which they first appear."""
    steps = (step for item in gallery.items for step in item.provenance)
    return list(dict.fromkeys(step.space for step in steps if step.space and _ID.fullmatch(step.space)))


def space_card(
    gallery: Gallery, space_id: str, hub: str, spaces: Sequence[UsedSpace], owners: Mapping[str, object] | None = None
) -> str:
    """README.md for `space_id` on the Hub at `hub`, metadata first; what its owner chose comes before ours."""
    pages = {space.id: f"{hub}/spaces/{space.id}" for space in spaces if space.known}
    body = (
        _templates()
        .get_template("space_card.md.j2")
        .render(
            title=gallery.title,
            subtitle=gallery.subtitle,
            items=[_made(item, pages) for item in gallery.items],
            spaces=[{"page": pages.get(space.id), **vars(space)} for space in spaces],
            hub=hub,
            space_id=space_id,
        )
    )
    data = _metadata(gallery, space_id, hub, spaces)
    for name, value in (owners or {}).items():
        data[name] = value
    return str(SpaceCard(f"---\n{data.to_yaml()}\n---\n\n{body}\n"))


def own_choices(gallery: Gallery) -> dict[str, Any]:
    """What the card says of taste and licence when nobody says otherwise: the part that is the owner's to change."""
    data = _metadata(gallery, "", "", ())
    return {name: data[name] for name in _OWNERS}


def owners_choices(readme: str, ours: Mapping[str, object]) -> dict[str, Any]:
    """What the owner of a published card changed in it by hand; `ours` is what it said when it was published."""
    try:
        data = SpaceCard(readme, ignore_metadata_errors=True).data
    except (ValueError, yaml.YAMLError):
        return {}  # not a card any more: there is nothing in it to keep
    return {name: data[name] for name in _OWNERS if name in data and name in ours and data[name] != ours[name]}


def _metadata(gallery: Gallery, space_id: str, hub: str, spaces: Sequence[UsedSpace]) -> SpaceCardData:
    models = list(dict.fromkeys(model for space in spaces for model in space.models if _ID.fullmatch(model)))
    return SpaceCardData(
        title=_one_line(gallery.title),
        emoji="🏛️",
        colorFrom="gray",
        colorTo="yellow",
        sdk="static",
        app_file="index.html",
        pinned=False,
        short_description=_short(gallery),
        thumbnail=f"{hub}/spaces/{space_id}/resolve/main/{SOCIAL_CARD}",
        license=_licence(gallery),
        tags=["gaussian-splatting", "3d", "splatelier", "gallery", *(f"space:{space.id}" for space in spaces)],
        models=models or None,
    )


def _licence(gallery: Gallery) -> str:
    """The licence that every Space of the provenance has, or `other` where they differ or nobody says."""
    licences = {step.licence for item in gallery.items for step in item.provenance if step.space}
    (licence,) = licences if len(licences) == 1 else (None,)
    return licence if licence and re.fullmatch(r"[a-z0-9][a-z0-9.-]*", licence) else "other"


def _short(gallery: Gallery) -> str:
    """At most 60 characters about the gallery, cut between words."""
    text = _one_line(gallery.subtitle) or f"{len(gallery.items)} pieces as 3D Gaussian splats"
    if len(text) <= _SHORT:
        return text
    return text[: _SHORT - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _made(item: Item, pages: Mapping[str, str]) -> Mapping[str, Any]:
    steps = [step for step in item.provenance if step.space] or item.provenance
    return {"title": item.title, "caption": item.caption, "steps": [_step(step, pages) for step in steps]}


def _step(step: Step, pages: Mapping[str, str]) -> Mapping[str, Any]:
    prompt = step.arguments.get("prompt")
    return {
        "tool": step.tool,
        "space": step.space,
        "page": pages.get(step.space or ""),
        "prompt": _one_line(prompt)[:200] if isinstance(prompt, str) else None,
        "seed": step.seed,
    }


@functools.cache
def _templates() -> SandboxedEnvironment:
    templates = environment(SITE_TEMPLATES, markup=False)  # Markdown, not HTML: `md` escapes for both
    templates.filters["md"] = _markdown
    return templates


def _markdown(text: str) -> str:
    """Text that Markdown shows as it is, on one line: no markup, no HTML and no block comes out of it."""
    escaped = re.sub(r"([\\`*_\[\]|~!])", r"\\\1", _one_line(text))
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"^([#+=-]|\d+(?=[.)]))", r"\\\1", escaped)


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
