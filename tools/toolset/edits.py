"""The tools that change the manifest: every taste-level wish is one of these and a new render."""

import functools
from dataclasses import asdict
from typing import Any, ClassVar, Literal

from smolagents import Tool

from splatelier.tools.gallery import items
from splatelier.tools.gallery.history import Moved, redo, undo
from splatelier.tools.gallery.manifest import editing, slugify
from splatelier.tools.gallery.pieces import Piece
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.pictures.pixels import open_picture
from splatelier.tools.site.render import template_folder
from splatelier.tools.toolset.shell import Shell
from splatelier.tools.workspace.workspace import Workspace

_SLUG = {"type": "string", "description": "The piece's slug."}
_ITEM_INPUTS: dict[str, dict[str, Any]] = {
    "title": {"type": "string", "description": "The piece's name, as a visitor reads it."},
    "image": {"type": "string", "description": "Path of the source picture."},
    "model": {
        "type": "string",
        "description": "Path of what the site draws: a .ksplat from compress_splat, or a .glb.",
    },
    "splat": {"type": "string", "description": "Path of the upright .ply behind a .ksplat.", "nullable": True},
    "framing": {
        "type": "object",
        "description": "What frame_splat returned for the upright .ply; worked out from `splat` when left out.",
        "nullable": True,
    },
    "caption": {"type": "string", "description": "One or two sentences about the piece.", "nullable": True},
}


def _object(**properties: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": kind} for name, kind in properties.items()}}


class _Edit(Shell):
    """A tool over one gallery's manifest."""

    name = "edit"
    description = "Changes the gallery."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {}
    output_type = "object"
    skip_forward_signature_validation = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace


def _check_readable(workspace: Workspace, image: str) -> None:
    """Refuse a picture that is damaged, or too large to be unpacked, before anything is copied."""
    with open_picture(workspace.existing(image)) as picture:
        picture.load()


class SetGallery(_Edit):
    """Name the gallery and choose its template."""

    name = "set_gallery"
    description = "Sets the gallery's title, subtitle or template; what is left out stays."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "title": {"type": "string", "description": "The gallery's name, a few words.", "nullable": True},
        "subtitle": {"type": "string", "description": "One line under the title.", "nullable": True},
        "template": {"type": "string", "description": "The site's template, such as cinematic.", "nullable": True},
    }
    output_schema: ClassVar[dict[str, Any]] = _object(title="string", subtitle="string", template="string")

    def forward(
        self, title: str | None = None, subtitle: str | None = None, template: str | None = None
    ) -> dict[str, Any]:
        if template is not None:
            template_folder(template)
        with editing(self.workspace, self.name) as gallery:
            items.set_gallery(gallery, title, subtitle, template)
            return {"title": gallery.title, "subtitle": gallery.subtitle, "template": gallery.template}


class AddItem(_Edit):
    """Put a piece into the gallery."""

    name = "add_item"
    description = (
        "Adds a piece, or changes only what is given of the one with the same title; keeps copies of its files. "
        "A new one needs image and model."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        **{name: {**given, "nullable": name != "title"} for name, given in _ITEM_INPUTS.items()},
        "position": {
            "type": "integer",
            "description": "Its place in the order, 1 for the first; at the end when left out.",
            "nullable": True,
        },
    }
    output_schema: ClassVar[dict[str, Any]] = _object(slug="string", position="integer", items="integer")

    def forward(
        self,
        title: str,
        image: str | None = None,
        model: str | None = None,
        splat: str | None = None,
        framing: dict[str, Any] | None = None,
        caption: str | None = None,
        position: int | None = None,
    ) -> dict[str, Any]:
        if image is not None:
            _check_readable(self.workspace, image)
        piece = Piece(title, image, model, splat, framing, caption)
        with editing(self.workspace, self.name) as gallery:
            place = items.add(self.workspace, gallery, piece, position)
            return {"slug": gallery.items[place - 1].slug, "position": place, "items": len(gallery.items)}


class ReplaceItem(_Edit):
    """Put another piece in a piece's place."""

    name = "replace_item"
    description = "Puts another piece in the place of the one called `slug`; the others stay as they are."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "slug": {"type": "string", "description": "The slug of the piece to replace."},
        **_ITEM_INPUTS,
    }
    output_schema: ClassVar[dict[str, Any]] = _object(slug="string", position="integer", items="integer")

    def forward(
        self,
        slug: str,
        title: str,
        image: str,
        model: str,
        splat: str | None = None,
        framing: dict[str, Any] | None = None,
        caption: str | None = None,
    ) -> dict[str, Any]:
        _check_readable(self.workspace, image)
        piece = Piece(title, image, model, splat, framing, caption)
        with editing(self.workspace, self.name) as gallery:
            place = items.replace(self.workspace, gallery, slug, piece)
            return {"slug": slugify(title), "position": place, "items": len(gallery.items)}


class RenameItem(_Edit):
    """Change a piece's words."""

    name = "rename_item"
    description = "Changes a piece's words, or where they stand. Its slug stays."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "slug": _SLUG,
        "title": {"type": "string", "description": "The new title.", "nullable": True},
        "caption": {"type": "string", "description": "The new caption.", "nullable": True},
        "detail": {
            "type": "string",
            "description": "A short line below the name: a price, a year, a place; empty for none.",
            "nullable": True,
        },
        "link": {
            "type": "string",
            "description": "Where `detail` leads, https://...; empty for none.",
            "nullable": True,
        },
        "caption_position": {
            "type": "string",
            "description": "left, right or below for this piece alone; empty for the gallery's.",
            "nullable": True,
        },
    }
    output_schema: ClassVar[dict[str, Any]] = _object(
        slug="string", title="string", caption="string", detail="string", link="string", caption_position="string"
    )

    def forward(
        self,
        slug: str,
        title: str | None = None,
        caption: str | None = None,
        detail: str | None = None,
        link: str | None = None,
        caption_position: Literal["left", "right", "below", ""] | None = None,
    ) -> dict[str, Any]:
        with editing(self.workspace, self.name) as gallery:
            item = items.rename(gallery, slug, title, caption, detail, link, caption_position)
            words = {"title": item.title, "caption": item.caption, "detail": item.detail, "link": item.link}
            return {"slug": slug, **words, "caption_position": item.caption_position}


class SetDetails(_Edit):
    """Prices, years or places, for several pieces in one call."""

    name = "set_details"
    description = "Sets the short line below the names of several pieces at once: prices, years, places."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "details": {"type": "object", "description": "By slug, such as {'oak-chair': '900 €'}; empty for none."}
    }
    output_schema: ClassVar[dict[str, Any]] = _object(details="object")

    def forward(self, details: dict[str, str]) -> dict[str, Any]:
        with editing(self.workspace, self.name) as gallery:
            items.set_details(gallery, details)
            return {"details": {item.slug: item.detail for item in gallery.items}}


class RemoveItem(_Edit):
    """Take a piece out."""

    name = "remove_item"
    description = "Takes a piece out of the gallery; its files stay, so it can come back."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {"slug": _SLUG}
    output_schema: ClassVar[dict[str, Any]] = _object(removed="string", items="integer")

    def forward(self, slug: str) -> dict[str, Any]:
        with editing(self.workspace, self.name) as gallery:
            items.remove(gallery, slug)
            return {"removed": slug, "items": len(gallery.items)}


class MoveItem(_Edit):
    """Change the order."""

    name = "move_item"
    description = "Moves a piece to a position in the order of the gallery."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "slug": _SLUG,
        "position": {"type": "integer", "description": "Its new place, 1 for the first; past the end means last."},
    }
    output_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "properties": {"order": {"type": "array", "items": {"type": "string"}}},
    }

    def forward(self, slug: str, position: int) -> dict[str, Any]:
        with editing(self.workspace, self.name) as gallery:
            items.move(gallery, slug, int(position))
            return {"order": [item.slug for item in gallery.items]}


class FrameItem(_Edit):
    """Look at one piece from elsewhere."""

    name = "frame_item"
    description = (
        "Shows one piece from nearer, from another side or from higher up, for good; calls no Space. "
        "set_style(zoom=...) does it for all pieces at once."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "slug": _SLUG,
        "closer": {
            "type": "number",
            "description": "How many times larger the piece is shown: 1.2 is a fifth larger, 0.8 smaller; default 1.",
            "nullable": True,
        },
        "turn": {
            "type": "number",
            "description": "Degrees by which the camera goes round, counter-clockwise seen from above: 90 shows the "
            "side that was on the right; default 0.",
            "nullable": True,
        },
        "higher": {
            "type": "number",
            "description": "Degrees by which the camera rises, negative to sink; default 0.",
            "nullable": True,
        },
    }
    output_schema: ClassVar[dict[str, Any]] = _object(
        center="array", radius="number", azimuth="number", elevation="number"
    )

    def forward(self, slug: str, closer: float = 1.0, turn: float = 0.0, higher: float = 0.0) -> dict[str, Any]:
        with editing(self.workspace, self.name) as gallery:
            return asdict(items.reframe(self.workspace, gallery, slug, closer, turn, higher))


class SetStyle(_Edit):
    """Change how the gallery looks and moves; one argument for each field of `Settings`."""

    name = "set_style"
    description = (
        "Changes how the gallery looks and moves, for all pieces; what is left out stays. Call render_site after."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = {}
    output_schema: ClassVar[dict[str, Any]] = {"type": "object", "description": "What was changed, as it is now."}

    def __init__(self, workspace: Workspace) -> None:
        self.inputs = settings_inputs()  # type: ignore[misc]
        super().__init__(workspace)

    def to_code_prompt(self) -> str:
        """Its settings stand once in the prompt, with their meanings."""
        return f"set_style(**settings) -> {{what was changed, as it is now}}\n    {self.description}"

    def forward(self, **changes: Any) -> dict[str, Any]:
        with editing(self.workspace, self.name) as gallery:
            items.set_style(gallery, **changes)
            return gallery.settings.model_dump(
                mode="json", include={name for name in changes if changes[name] is not None}
            )


_WISHES = {"type": "integer", "description": "How many wishes; default 1.", "nullable": True}
_MOVED = {
    "type": "object",
    "properties": {
        "wishes": {"type": "array", "items": {"type": "string"}},
        "items": {"type": "integer"},
        "notes": {"type": "array", "items": {"type": "string"}},
    },
}


class Undo(_Edit):
    """Take back what earlier wishes changed."""

    name = "undo"
    description = "Takes back the person's newest wishes, all that they changed; says which. Call render_site after."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {"wishes": _WISHES}
    output_schema: ClassVar[dict[str, Any]] = _MOVED

    def forward(self, wishes: int = 1) -> dict[str, Any]:
        return _moved(undo(self.workspace, wishes))


class Redo(_Edit):
    """Do again what was taken back."""

    name = "redo"
    description = "Does again what undo took back last; says which wishes. Call render_site after."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {"wishes": _WISHES}
    output_schema: ClassVar[dict[str, Any]] = _MOVED

    def forward(self, wishes: int = 1) -> dict[str, Any]:
        return _moved(redo(self.workspace, wishes))


def _moved(moved: Moved) -> dict[str, Any]:
    count = len(moved.gallery.items) if moved.gallery else 0
    return {"wishes": list(moved.wishes), "items": count, "notes": list(moved.notes)}


def settings_inputs() -> dict[str, dict[str, Any]]:
    """The fields of `Settings` as a smolagents tool's inputs: type, meaning, range and choices of each."""
    return {
        name: {"type": schema.get("type", "string"), "description": settings_in_words()[name], "nullable": True}
        for name, schema in Settings.model_json_schema()["properties"].items()
    }


@functools.cache
def settings_in_words() -> dict[str, str]:
    """Each setting's meaning, range, choices and default, as the model reads them."""
    words = {}
    for name, schema in Settings.model_json_schema()["properties"].items():
        notes = []
        if "minimum" in schema and "maximum" in schema:
            notes.append(f"{schema['minimum']:g} to {schema['maximum']:g}")
        elif "enum" in schema and not all(str(choice) in schema.get("description", "") for choice in schema["enum"]):
            notes.append("one of " + ", ".join(map(str, schema["enum"])))
        if "default" in schema:
            notes.append(f"at first {schema['default']!r}")
        words[name] = f"{schema.get('description', '')} ({'; '.join(notes)})"
    return words


def edit_tools(workspace: Workspace) -> list[Tool]:
    """Every tool that changes the manifest, for the agent."""
    pieces = (AddItem, ReplaceItem, RenameItem, SetDetails, RemoveItem, MoveItem, FrameItem)
    kinds = (SetGallery, *pieces, SetStyle, Undo, Redo)
    return [kind(workspace) for kind in kinds]
