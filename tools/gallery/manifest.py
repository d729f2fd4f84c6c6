"""The manifest, gallery.json: the one source of truth. Everything in site/ can be rebuilt from it."""

from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from slugify import slugify as slug_of

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.splats.framing import Framing
from splatelier.tools.workspace.provenance import Step
from splatelier.tools.workspace.workspace import Workspace

MANIFEST = "gallery.json"
UNTITLED = "Untitled gallery"


def slugify(title: str) -> str:
    """A title as a file name and a URL fragment: ASCII lower case words joined by hyphens, never empty.

    Other scripts are spelt in Latin letters: Sacré-Cœur is sacre-coeur.
    """
    return slug_of(title, max_length=60, word_boundary=True) or "item"


def _asset_path(value: str) -> str:
    path = PurePosixPath(value)
    if path.is_absolute() or ".." in path.parts or path.parts[:1] != ("assets",):
        raise ValueError("an asset is named by a path below assets/")
    return value


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Asset = Annotated[str, AfterValidator(_asset_path)]


class Item(BaseModel):
    """One piece of the gallery; its files are below assets/<slug>/."""

    model_config = ConfigDict(extra="forbid")

    slug: Slug
    title: str = Field(min_length=1, max_length=120)
    caption: str = Field("", max_length=600)
    kind: Literal["splat", "mesh"] = "splat"
    image: Asset = Field(description="The source picture, PNG.")
    model: Asset = Field(description="What the site draws: .ksplat or .glb.")
    source: Asset | None = Field(None, description="The upright .ply that `model` was made from.")
    poster: Asset | None = Field(None, description="The still that stands in until the model arrives, WebP.")
    framing: Framing
    provenance: list[Step] = Field(default_factory=list, description="Each step that made the asset, oldest first.")


class Gallery(BaseModel):
    """A gallery: what it is called, how it looks, and its pieces in order."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(UNTITLED, min_length=1, max_length=120)
    subtitle: str = Field("", max_length=240)
    template: str = Field("cinematic", pattern=r"^[a-z][a-z0-9_-]*$", description="A folder of site_templates/.")
    settings: Settings = Field(default_factory=Settings)
    items: list[Item] = Field(default_factory=list)

    def index(self, slug: str) -> int:
        """The position of an item.

        Raises:
            SplatelierError: no item has that slug.
        """
        for position, item in enumerate(self.items):
            if item.slug == slug:
                return position
        known = ", ".join(item.slug for item in self.items) or "none yet"
        raise SplatelierError(f"No item is called {slug!r}; the gallery has: {known}.")


def first_problem(error: ValidationError) -> str:
    """The first thing that pydantic found wrong, as `field: what is wrong`."""
    problem = error.errors()[0]
    field = ".".join(str(part) for part in problem["loc"]) or "value"
    return f"{field}: {problem['msg'].removeprefix('Value error, ')}"


def load_gallery(workspace: Workspace) -> Gallery:
    """The workspace's manifest, or an empty gallery where there is none yet.

    Raises:
        SplatelierError: the manifest is not what a manifest must be; names the field.
    """
    path = workspace.root / MANIFEST
    if not path.exists():
        return Gallery()
    try:
        return Gallery.model_validate_json(path.read_text(encoding="utf-8"))
    except ValidationError as error:
        raise SplatelierError(f"{path} is not a valid manifest ({first_problem(error)}); mend it or undo.") from error


def save_gallery(workspace: Workspace, gallery: Gallery) -> None:
    """Write the manifest, whole or not at all, and keep it in the history."""
    text = gallery.model_dump_json(indent=2) + "\n"
    path = workspace.root / MANIFEST
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    history = workspace.state / "history"
    number = len(list(history.glob("*.json"))) + 1 if history.exists() else 1
    workspace.write_text(history / f"{number:04d}.json", text)
    workspace.write_text(MANIFEST, text)
