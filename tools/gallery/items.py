"""The edits of a gallery, as plain functions: each changes the `Gallery` that it is given, in `editing(workspace)`."""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Literal, get_args

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery, Item, slugify
from splatelier.tools.gallery.models import poster
from splatelier.tools.gallery.pieces import Piece, make_item
from splatelier.tools.gallery.settings import Settings, Side
from splatelier.tools.splats.framing import Framing
from splatelier.tools.workspace.workspace import Workspace

_STEEPEST = 80.0  # degrees: straight from above a turning camera has no up


def add(workspace: Workspace, gallery: Gallery, piece: Piece, position: int | None = None) -> int:
    """Put a piece into the gallery, or change what is given of the one with its title; gives its place from 1 on.

    Args:
        position: its place; when left out, the end, or where the piece with its title stands.

    Raises:
        SplatelierError: as `make_item`.
    """
    slug = slugify(piece.title)
    at = next((at for at, other in enumerate(gallery.items) if other.slug == slug), None)
    item = make_item(workspace, slug, piece, None if at is None else gallery.items[at])
    if at is None:
        gallery.items.append(item)
    else:
        gallery.items[at] = item
    if position is not None:
        move(gallery, item.slug, position)
    return gallery.index(item.slug) + 1


def replace(workspace: Workspace, gallery: Gallery, slug: str, piece: Piece) -> int:
    """Put another piece in the place of the one called `slug`; gives that place, 1 for the first.

    Raises:
        SplatelierError: there is no such piece, the new one is there already, or as `make_item`.
    """
    position = gallery.index(slug)
    new_slug = slugify(piece.title)
    if any(other.slug == new_slug for at, other in enumerate(gallery.items) if at != position):
        raise SplatelierError(f"The gallery already has {piece.title!r}; choose another piece, or remove {slug!r}.")
    gallery.items[position] = make_item(workspace, new_slug, piece)
    return position + 1


def rename(
    gallery: Gallery,
    slug: str,
    title: str | None = None,
    caption: str | None = None,
    detail: str | None = None,
    link: str | None = None,
    caption_position: Side | Literal[""] | None = None,
) -> Item:
    """Change a piece's words; what is left out stays, and so does its slug, the page's address of it.

    Args:
        link: where `detail` leads, http or https; empty takes it away.
        caption_position: where this piece's words stand, left, right or below; empty for the gallery's setting.

    Raises:
        SplatelierError: there is no such piece, or no such side.
    """
    item = gallery.items[gallery.index(slug)]
    if caption_position not in (None, "", *get_args(Side)):
        sides = ", ".join(get_args(Side))
        raise SplatelierError(f"caption_position is one of {sides}, not {caption_position!r}; empty for the gallery's.")
    for field, value in {"title": title, "caption": caption, "detail": detail}.items():
        if value is not None:
            setattr(item, field, value)
    if link is not None:
        item.link = link or None
    if caption_position is not None:
        item.caption_position = caption_position or None
    return item


def set_details(gallery: Gallery, details: Mapping[str, Any]) -> None:
    """Set the short line below the name of several pieces at once, by slug: all of them, or none.

    Raises:
        SplatelierError: there is no such piece, or a line is no text.
    """
    for slug, detail in details.items():
        if not isinstance(detail, str):
            raise SplatelierError(f"The detail of {slug!r} is a text such as '120 €', not {detail!r:.60}.")
        gallery.items[gallery.index(slug)].detail = detail


def remove(gallery: Gallery, slug: str) -> None:
    """Take a piece out; its files stay, so that undo brings it back.

    Raises:
        SplatelierError: there is no such piece.
    """
    gallery.items.pop(gallery.index(slug))


def move(gallery: Gallery, slug: str, position: int) -> None:
    """Move a piece to a place in the order: 1 is the first, and past the end means last.

    Raises:
        SplatelierError: there is no such piece.
    """
    item = gallery.items.pop(gallery.index(slug))
    gallery.items.insert(max(0, position - 1), item)


def reframe(
    workspace: Workspace, gallery: Gallery, slug: str, closer: float = 1.0, turn: float = 0.0, higher: float = 0.0
) -> Framing:
    """Look at one piece from nearer, from another side or from higher up; gives its framing as it is then.

    Args:
        closer: 1.2 shows the piece a fifth larger, 0.8 a fifth smaller.
        turn: degrees by which the camera goes about the piece, counter-clockwise seen from above: after 90 it shows
            the side that was on the right.
        higher: degrees by which the camera rises.

    Raises:
        SplatelierError: there is no such piece, or the camera cannot stand there.
    """
    item = gallery.items[gallery.index(slug)]
    if not 0.1 <= closer <= 10:
        raise SplatelierError(f"closer is a factor from 0.1 to 10, not {closer:g}; 1 leaves the piece as it is.")
    old = item.framing
    elevation = old.elevation + higher
    if not abs(elevation) <= _STEEPEST:
        raise SplatelierError(
            f"The camera stands {old.elevation:g} degrees high and cannot go to {elevation:g}; "
            f"{_STEEPEST:g} up or down is the most."
        )
    item.framing = Framing(old.center, old.radius / closer, (old.azimuth + turn) % 360, elevation)
    if item.source is not None:
        drawn = poster(workspace, item.source, item.framing)
        item.poster = workspace.copy(drawn, str(PurePosixPath(item.source).with_name(PurePosixPath(drawn).name)))
    return item.framing


def set_gallery(
    gallery: Gallery, title: str | None = None, subtitle: str | None = None, template: str | None = None
) -> None:
    """Change the gallery's words or its template; what is left out stays."""
    for field, value in {"title": title, "subtitle": subtitle, "template": template}.items():
        if value is not None:
            setattr(gallery, field, value)


def set_style(gallery: Gallery, **changes: Any) -> None:
    """Change settings by name; None leaves one as it is.

    Raises:
        SplatelierError: there is no such setting.
        ValidationError: a value is not what the setting can be.
    """
    for field, value in changes.items():
        if field not in Settings.model_fields:
            known = ", ".join(Settings.model_fields)
            raise SplatelierError(f"There is no setting {field!r}; the settings are {known}.")
        if value is not None:
            setattr(gallery.settings, field, value)
