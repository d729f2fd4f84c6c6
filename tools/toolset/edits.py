"""The tools that change the manifest: every taste-level wish is one of these and a new render."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PIL import Image
from pydantic import ValidationError
from smolagents import Tool

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery, Item, first_problem, load_gallery, save_gallery, slugify
from splatelier.tools.gallery.models import poster
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.framing import Framing, framing_of
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.provenance import trace
from splatelier.tools.workspace.workspace import Workspace

_lock = threading.RLock()  # parallel_map's threads may edit one manifest

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


class _Edit(Tool):  # type: ignore[misc]
    """A tool that loads the manifest, changes it and saves it whole, one at a time.

    `edit(gallery, **arguments)` of each tool changes the gallery in place and gives what the tool answers.
    """

    name = "edit"
    description = "Changes the gallery."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {}
    output_type = "object"
    skip_forward_signature_validation = True
    edit: Callable[..., dict[str, Any]]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def forward(self, **arguments: Any) -> dict[str, Any]:
        with _lock:
            gallery = load_gallery(self.workspace)
            try:
                answer = self.edit(gallery, **arguments)
                Gallery.model_validate(gallery.model_dump())
            except ValidationError as error:
                raise SplatelierError(f"{self.name} was not done: {first_problem(error)}.") from error
            save_gallery(self.workspace, gallery)
            return answer


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

    def edit(
        self, gallery: Gallery, title: str | None = None, subtitle: str | None = None, template: str | None = None
    ) -> dict[str, Any]:
        for field, value in {"title": title, "subtitle": subtitle, "template": template}.items():
            if value is not None:
                setattr(gallery, field, value)
        return {"title": gallery.title, "subtitle": gallery.subtitle, "template": gallery.template}


class AddItem(_Edit):
    """Put a piece at the end of the gallery."""

    name = "add_item"
    description = (
        "Adds a piece at the end of the gallery, or updates the one with the same title; keeps copies of its files."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = _ITEM_INPUTS
    output_schema: ClassVar[dict[str, Any]] = _object(slug="string", position="integer", items="integer")

    def edit(self, gallery: Gallery, title: str, **files: Any) -> dict[str, Any]:
        item = make_item(self.workspace, slugify(title), title, **files)
        known = [position for position, other in enumerate(gallery.items) if other.slug == item.slug]
        if known:
            gallery.items[known[0]] = item
        else:
            gallery.items.append(item)
        return {"slug": item.slug, "position": gallery.index(item.slug) + 1, "items": len(gallery.items)}


class ReplaceItem(_Edit):
    """Put another piece in a piece's place."""

    name = "replace_item"
    description = "Puts another piece in the place of the one called `slug`; the others stay as they are."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "slug": {"type": "string", "description": "The slug of the piece to replace."},
        **_ITEM_INPUTS,
    }
    output_schema: ClassVar[dict[str, Any]] = _object(slug="string", position="integer", items="integer")

    def edit(self, gallery: Gallery, slug: str, title: str, **files: Any) -> dict[str, Any]:
        position = gallery.index(slug)
        new_slug = slugify(title)
        if any(other.slug == new_slug for at, other in enumerate(gallery.items) if at != position):
            raise SplatelierError(f"The gallery already has {title!r}; choose another piece, or remove {slug!r}.")
        gallery.items[position] = make_item(self.workspace, new_slug, title, **files)
        return {"slug": new_slug, "position": position + 1, "items": len(gallery.items)}


class RenameItem(_Edit):
    """Change a piece's words."""

    name = "rename_item"
    description = "Changes a piece's title or caption; its slug, and so its link, stays."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "slug": {"type": "string", "description": "The piece's slug."},
        "title": {"type": "string", "description": "The new title.", "nullable": True},
        "caption": {"type": "string", "description": "The new caption.", "nullable": True},
    }
    output_schema: ClassVar[dict[str, Any]] = _object(slug="string", title="string", caption="string")

    def edit(self, gallery: Gallery, slug: str, title: str | None = None, caption: str | None = None) -> dict[str, Any]:
        item = gallery.items[gallery.index(slug)]
        item.title = title if title is not None else item.title
        item.caption = caption if caption is not None else item.caption
        return {"slug": slug, "title": item.title, "caption": item.caption}


class RemoveItem(_Edit):
    """Take a piece out."""

    name = "remove_item"
    description = "Takes a piece out of the gallery; its files stay, so it can come back."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {"slug": {"type": "string", "description": "The piece's slug."}}
    output_schema: ClassVar[dict[str, Any]] = _object(removed="string", items="integer")

    def edit(self, gallery: Gallery, slug: str) -> dict[str, Any]:
        gallery.items.pop(gallery.index(slug))
        return {"removed": slug, "items": len(gallery.items)}


class MoveItem(_Edit):
    """Change the order."""

    name = "move_item"
    description = "Moves a piece to a position in the order of the gallery."
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "slug": {"type": "string", "description": "The piece's slug."},
        "position": {"type": "integer", "description": "Its new place, 1 for the first; past the end means last."},
    }
    output_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "properties": {"order": {"type": "array", "items": {"type": "string"}}},
    }

    def edit(self, gallery: Gallery, slug: str, position: int) -> dict[str, Any]:
        item = gallery.items.pop(gallery.index(slug))
        gallery.items.insert(max(0, int(position) - 1), item)
        return {"order": [other.slug for other in gallery.items]}


class SetStyle(_Edit):
    """Change how the gallery looks and moves; one argument for each field of `Settings`."""

    name = "set_style"
    description = (
        "Changes how the gallery looks and moves, for all pieces; what is left out stays. Call render_site after."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = {}
    output_schema: ClassVar[dict[str, Any]] = {"type": "object", "description": "Every setting as it is now."}

    def __init__(self, workspace: Workspace) -> None:
        self.inputs = settings_inputs()  # type: ignore[misc]
        super().__init__(workspace)

    def edit(self, gallery: Gallery, **changes: Any) -> dict[str, Any]:
        for field, value in changes.items():
            if field not in Settings.model_fields:
                known = ", ".join(Settings.model_fields)
                raise SplatelierError(f"There is no setting {field!r}; the settings are {known}.")
            if value is not None:
                setattr(gallery.settings, field, value)
        return gallery.settings.model_dump(mode="json")


def settings_inputs() -> dict[str, dict[str, Any]]:
    """The fields of `Settings` as a smolagents tool's inputs: type, meaning, range and choices of each."""
    inputs: dict[str, dict[str, Any]] = {}
    for name, schema in Settings.model_json_schema()["properties"].items():
        notes = [schema.get("description", "")]
        if "enum" in schema:
            notes.append("One of " + ", ".join(map(str, schema["enum"])) + ".")
        if "minimum" in schema and "maximum" in schema:
            notes.append(f"From {schema['minimum']:g} to {schema['maximum']:g}.")
        if "default" in schema:
            notes.append(f"At first {schema['default']}.")
        kind = schema.get("type", "string")
        inputs[name] = {"type": kind, "description": " ".join(filter(None, notes)), "nullable": True}
    return inputs


def make_item(
    workspace: Workspace,
    slug: str,
    title: str,
    image: str,
    model: str,
    splat: str | None = None,
    framing: dict[str, Any] | None = None,
    caption: str | None = None,
) -> Item:
    """A gallery item from workspace files, which are copied to assets/<slug>/ under their usual names.

    Raises:
        SplatelierError: a file is missing or of a kind that a gallery cannot hold, or a splat has no framing.
    """
    suffix = Path(model).suffix.lower()
    if suffix not in {".ksplat", ".glb"}:
        raise SplatelierError(f"{model!r} cannot be shown; give the .ksplat from compress_splat, or a .glb.")
    place = _place(workspace, slug, model)
    source = workspace.copy(splat, f"{place}/splat.ply") if splat else None
    item_framing = _framing(workspace, framing, splat, model)
    return Item(
        slug=slug,
        title=title,
        caption=caption or "",
        kind="mesh" if suffix == ".glb" else "splat",
        image=_as_png(workspace, image, f"{place}/source.png"),
        model=workspace.copy(model, f"{place}/{'mesh.glb' if suffix == '.glb' else 'splat.ksplat'}"),
        source=source,
        poster=_poster(workspace, source, item_framing, f"{place}/poster.webp"),
        framing=item_framing,
        provenance=trace(workspace, model),
    )


def _place(workspace: Workspace, slug: str, model: str) -> str:
    """The item's folder: assets/<slug>, or a numbered one where undo still needs what lies there."""
    digest = file_sha256(workspace.existing(model))
    number = 1
    while True:
        place = f"assets/{slug}" if number == 1 else f"assets/{slug}-{number}"
        there = [path for path in workspace.resolve(place).glob("*") if path.suffix in {".ksplat", ".glb"}]
        if not there or file_sha256(there[0]) == digest:
            return place
        number += 1


def _as_png(workspace: Workspace, image: str, target: str) -> str:
    origin = workspace.existing(image)
    try:
        with Image.open(origin) as picture:
            if picture.format == "PNG":
                return workspace.copy(image, target)
            with workspace.replacing(target) as temporary:
                picture.save(temporary, format="PNG")
    except (OSError, Image.DecompressionBombError) as error:
        raise SplatelierError(f"{image!r} is not a picture that can be read; give a PNG, JPEG or WebP.") from error
    return workspace.relative(target)


def _framing(workspace: Workspace, given: dict[str, Any] | None, splat: str | None, model: str) -> Framing:
    if given is not None:
        return framing_of(given)
    if splat is None:
        raise SplatelierError(f"{model!r} comes without a framing; call frame_splat on the upright .ply and pass it.")
    return frame(read_splats(workspace.existing(splat)))


def _poster(workspace: Workspace, source: str | None, framing: Framing, target: str) -> str | None:
    if source is None:
        return None
    return workspace.copy(poster(workspace, source, framing), target)
