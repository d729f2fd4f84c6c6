"""The manifest, gallery.json: the one source of truth. Everything in site/ can be rebuilt from it."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from slugify import slugify as slug_of

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.settings import PICTURES, Settings, Side
from splatelier.tools.splats.framing import Framing
from splatelier.tools.workspace.lock import locked
from splatelier.tools.workspace.provenance import Step
from splatelier.tools.workspace.workspace import Workspace

MANIFEST = "gallery.json"
UNTITLED = "Untitled gallery"
KINDS: dict[str, Literal["splat", "mesh"]] = {".ksplat": "splat", ".glb": "mesh"}
"""What the site can draw, by the suffix of its file."""

_turn = threading.RLock()  # the threads of parallel_map may edit one manifest


def slugify(title: str) -> str:
    """A title as a file name and a URL fragment: ASCII lower case words joined by hyphens, never empty.

    Other scripts are spelt in Latin letters: Sacré-Cœur is sacre-coeur.
    """
    return slug_of(title, max_length=60, word_boundary=True) or "item"


def _below_assets(*suffixes: str) -> Callable[[str], str]:
    """A check that a string is a path below assets/ that ends in one of the suffixes."""

    def check(value: str) -> str:
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or path.parts[:1] != ("assets",):
            raise ValueError("an asset is named by a path below assets/")
        if path.suffix.lower() not in suffixes:
            raise ValueError(f"{value!r} must end in {' or '.join(suffixes)}")
        return value

    return check


Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Picture = Annotated[str, AfterValidator(_below_assets(*PICTURES))]
Model = Annotated[str, AfterValidator(_below_assets(*KINDS))]
Source = Annotated[str, AfterValidator(_below_assets(".ply"))]


class Item(BaseModel):
    """One piece of the gallery; its files are below assets/<slug>/."""

    model_config = ConfigDict(extra="forbid")

    slug: Slug
    title: str = Field(min_length=1, max_length=120)
    caption: str = Field("", max_length=600)
    detail: str = Field("", max_length=120, description="A short line below the name: a price, a year, a place.")
    link: str | None = Field(None, max_length=2000, pattern=r"^https?://[^\s]+$", description="Where `detail` leads.")
    caption_position: Side | None = Field(None, description="Where its words stand; as the gallery's when null.")
    kind: Literal["splat", "mesh"] = "splat"
    image: Picture = Field(description="The source picture, PNG.")
    model: Model = Field(description="What the site draws: .ksplat or .glb.")
    source: Source | None = Field(None, description="The upright .ply that `model` was made from.")
    poster: Picture | None = Field(None, description="The still that stands in until the model arrives, WebP.")
    framing: Framing
    provenance: list[Step] = Field(default_factory=list, description="Each step that made the asset, oldest first.")

    @model_validator(mode="after")
    def _kind_is_the_models(self) -> Self:
        if KINDS[PurePosixPath(self.model).suffix.lower()] != self.kind:
            raise ValueError(f"{self.model!r} is no {self.kind}")
        return self


class Gallery(BaseModel):
    """A gallery: what it is called, how it looks, and its pieces in order."""

    model_config = ConfigDict(extra="forbid")

    title: str = Field(UNTITLED, min_length=1, max_length=120)
    subtitle: str = Field("", max_length=240)
    template: str = Field("cinematic", pattern=r"^[a-z][a-z0-9_-]*$", description="A folder of site_templates/.")
    settings: Settings = Field(default_factory=Settings)
    items: list[Item] = Field(default_factory=list)

    @model_validator(mode="after")
    def _each_slug_once(self) -> Self:
        twice = [slug for slug, count in Counter(item.slug for item in self.items).items() if count > 1]
        if twice:
            raise ValueError(f"two pieces are called {twice[0]!r}; a slug names one")
        return self

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
        SplatelierError: the manifest cannot be read, or is not what a manifest must be; names the field and a way out.
    """
    path = workspace.root / MANIFEST
    try:
        return Gallery.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Gallery()
    except OSError as error:
        raise SplatelierError(f"{path} cannot be read ({error.strerror}); see to its permissions.") from error
    except ValidationError as error:
        raise SplatelierError(
            f"{path} is not a valid manifest ({first_problem(error)}); mend it, or go back to the last good one with: "
            f"splatelier undo {workspace.root}"
        ) from error


def save_gallery(workspace: Workspace, gallery: Gallery) -> None:
    """Write the manifest, whole or not at all."""
    workspace.write_text(MANIFEST, gallery.model_dump_json(indent=2) + "\n")


@contextmanager
def editing(workspace: Workspace, what: str) -> Iterator[Gallery]:
    """The gallery to change in the block: loaded before, checked and saved whole after, by one at a time.

    Nothing is saved when the block raises, or when what it leaves is no gallery.

    Args:
        what: what is done, in a few words: others who wait are told.

    Raises:
        SplatelierError: another process holds the gallery; it cannot be read; or the change is refused: names the
            field.
    """
    with locked(workspace, what), _turn:
        gallery = load_gallery(workspace)
        try:
            yield gallery
            changed = Gallery.model_validate(gallery.model_dump())
        except ValidationError as error:
            raise SplatelierError(f"{what} was not done: {first_problem(error)}.") from error
        save_gallery(workspace, changed)
