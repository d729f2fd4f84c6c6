"""The words, links and data that a site template fills in, from the manifest and the files that the site sends."""

import ipaddress
import json
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from splatelier.tools.gallery.manifest import Gallery, Item
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.redact import redact, redacted
from splatelier.tools.splats.draw.grade import Grade, grade
from splatelier.tools.splats.framing import FOV
from splatelier.tools.workspace.provenance import Step

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True)
class PieceFiles:
    """The URLs of one piece's files, relative to the page, and what the colophon says of them."""

    poster: str
    thumb: str
    source: str
    model: str
    model_bytes: int
    gaussians: int | None


@dataclass(frozen=True)
class LinkPreview:
    """What a link to the page shows, where it is known.

    Attributes:
        image: the picture's address, absolute where the page's is known.
        width, height: its size in pixels.
        page: the page's own address; empty for a host that nobody has named.
    """

    image: str
    width: int
    height: int
    page: str = ""


def without_secrets(gallery: Gallery) -> Gallery:
    """The gallery as strangers may read it: its words and its provenance redacted."""
    items = [
        item.model_copy(
            update={
                "title": redact(item.title),
                "caption": redact(item.caption),
                "provenance": [step.model_copy(update=redacted(_told(step))) for step in item.provenance],
            }
        )
        for item in gallery.items
    ]
    words = {"title": redact(gallery.title), "subtitle": redact(gallery.subtitle)}
    return gallery.model_copy(update={**words, "items": items})


def _told(step: Step) -> dict[str, Any]:
    return step.model_dump(mode="json", include={"tool", "space", "url", "endpoint", "arguments", "licence"})


def script_json(value: Any) -> Markup:
    """JSON that is safe inside a script element, whatever its strings hold.

    Raises:
        ValueError: a number in it is infinite or none at all, which JSON cannot say.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False)
    return Markup("".join(_ESCAPES.get(character, character) for character in text))


def web_link(url: str | None) -> str | None:
    """The URL when a visitor's browser may follow it: http or https, and not the machine that made the gallery."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or host == "localhost" or parts.username:
        return None
    try:
        return None if ipaddress.ip_address(host).is_private else url
    except ValueError:
        return url


def piece_context(item: Item, files: PieceFiles) -> dict[str, Any]:
    """What the template knows of one piece."""
    steps = [step for step in item.provenance if step.space]
    prompts = [step.arguments["prompt"] for step in steps if isinstance(step.arguments.get("prompt"), str)]
    return {
        "slug": item.slug,
        "title": item.title,
        "caption": item.caption,
        "detail": item.detail,
        "caption_position": item.caption_position,
        "link": web_link(item.link),
        "kind": item.kind,
        "files": files,
        "picture": item.poster is None,
        "prompt": prompts[0] if prompts else None,
        "seed": next((step.seed for step in steps if step.seed is not None), None),
        "spaces": spaces_of(item.provenance),
    }


def spaces_of(steps: list[Step]) -> list[dict[str, str | None]]:
    """Each Space that had a hand in it, once, in order."""
    spaces = {step.space: step for step in steps if step.space}
    return [
        {"name": name, "link": web_link(step.url), "licence": step.licence} for name, step in spaces.items() if name
    ]


def light(settings: Settings) -> Grade:
    """The light on the pieces, for the viewer and for the posters."""
    return grade(settings.light, settings.exposure, settings.contrast)


def viewer_data(gallery: Gallery, files: list[PieceFiles]) -> dict[str, Any]:
    """What the viewer reads from the page."""
    items = [
        {
            "slug": item.slug,
            "title": item.title,
            "kind": item.kind,
            "model": sent.model,
            "framing": {
                "center": list(item.framing.center),
                "radius": item.framing.radius,
                "azimuth": item.framing.azimuth,
                "elevation": item.framing.elevation,
            },
        }
        for item, sent in zip(gallery.items, files, strict=True)
    ]
    return {
        "title": gallery.title,
        "camera": {"fov": FOV},
        "light": asdict(light(gallery.settings)),
        "settings": gallery.settings.model_dump(mode="json"),
        "items": items,
    }
