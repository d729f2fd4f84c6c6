"""What is made of a splat for a gallery: upright, pruned and compressed files, its framing, preview and poster.

Each file is made once: the same request finds the file that is there. No input is ever changed.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from PIL import Image
from pydantic import JsonValue

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.glb import check_glb
from splatelier.tools.splats.draw.grade import grade
from splatelier.tools.splats.draw.posters import write_poster
from splatelier.tools.splats.draw.preview import turntable
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ksplat_reader import decode
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.framing import Framing
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.splats.ops.orient import Orientation, Picture, judge
from splatelier.tools.splats.ops.orient import upright as turned_upright
from splatelier.tools.splats.ops.prune import PruneReport
from splatelier.tools.splats.ops.prune import prune as pruned_of
from splatelier.tools.workspace.derived import Result, make_once
from splatelier.tools.workspace.workspace import Workspace

MOST_VIEWS = 16

_CHECKS: dict[str, Callable[[Path], object]] = {".ksplat": decode, ".glb": check_glb}


@dataclass(frozen=True)
class Upright:
    """An upright splat: its path, whether it had to be turned, how sure that is (0.5 a guess, 1 certain) and why."""

    splat: str
    turned: bool
    confidence: float
    reason: str


@dataclass(frozen=True)
class Compressed:
    """A .ksplat: its path, its size, how many times smaller it is, and the Gaussians in it and left out."""

    model: str
    bytes: int
    ratio: float
    gaussians: int
    dropped: int


def check_model(path: Path) -> None:
    """Make sure that a file is a model that the site can draw, as its name says: a .ksplat or a .glb.

    Raises:
        SplatelierError: it is not, or it is damaged; says what to do.
    """
    check = _CHECKS.get(path.suffix.lower())
    if check is None:
        raise SplatelierError(f"{path.name!r} cannot be shown; give the .ksplat from compress_splat, or a .glb.")
    check(path)


def upright(
    workspace: Workspace, splat: str, image: str | None = None, load: Callable[[Path], Picture] | None = None
) -> Upright:
    """The upright splat: a new file, or `splat` itself where it is recorded to be upright.

    Args:
        splat: workspace-relative path.
        image: the picture that the splat was made from; with it the verdict is much surer.
        load: reads the picture.

    Raises:
        SplatelierError: a file is missing or damaged.
    """
    splats = read_splats(workspace.existing(splat))
    if splats.upright:
        return Upright(splat, False, **_said(judge(splats)))

    def make(path: Path) -> Result:
        picture = load(workspace.existing(image)) if image and load else None
        orientation = judge(splats, picture)
        write_ply(path, turned_upright(splats, orientation))
        return {"turned": orientation.up == "-Y", **_said(orientation)}

    made, said = make_once(workspace, "flip_splat", [splat, image] if image else [splat], {}, "upright.ply", make)
    return Upright(splat=made, **said)


def _said(orientation: Orientation) -> Result:
    return {"confidence": orientation.confidence, "reason": orientation.reason}


def framing(workspace: Workspace, splat: str) -> Framing:
    """The framing of an upright splat.

    Raises:
        SplatelierError: the file is missing or damaged, or nothing in it can be seen.
    """
    return frame(read_splats(workspace.existing(splat)))


def compress(workspace: Workspace, splat: str, level: int = 1) -> Compressed:
    """The .ksplat of a splat; `level` is 0 exact, 1 16-bit, 2 also 8-bit spherical harmonics.

    Raises:
        SplatelierError: the file is missing or damaged, or there is no such level.
    """
    source = workspace.existing(splat)

    def make(path: Path) -> Result:
        report = write_ksplat(path, read_splats(source), level=level)
        ratio = round(source.stat().st_size / report.bytes, 2)
        return {"bytes": report.bytes, "ratio": ratio, "gaussians": report.gaussians, "dropped": report.dropped}

    made, said = make_once(workspace, "compress_splat", [splat], {"level": level}, "model.ksplat", make)
    return Compressed(model=made, **said)


def prune(workspace: Workspace, splat: str) -> tuple[str, PruneReport]:
    """The path of the splat without what cannot be seen or floats away, and what was dropped.

    Raises:
        SplatelierError: the file is missing or damaged, or nothing would be left.
    """

    def make(path: Path) -> Result:
        kept, report = pruned_of(read_splats(workspace.existing(splat)))
        write_ply(path, kept)
        return asdict(report)

    made, said = make_once(workspace, "prune_splat", [splat], {}, "pruned.ply", make)
    return made, PruneReport(**said)


def preview(workspace: Workspace, splat: str, views: int = 8) -> str:
    """The path of a PNG that shows an upright splat from `views` sides, counter-clockwise from the front.

    It stands in the light that the gallery's settings have, as a visitor will see it.

    Raises:
        SplatelierError: the file or the manifest is damaged, or nothing in the splat can be seen.
    """
    settings = load_gallery(workspace).settings
    light = grade(settings.light, settings.exposure, settings.contrast)

    def make(path: Path) -> Result:
        splats = read_splats(workspace.existing(splat))
        Image.fromarray(turntable(splats, frame(splats), views, min(views, 4), grade=light)).save(path, "PNG")
        return {}

    arguments: dict[str, JsonValue] = {"views": views, "light": [*light.gain, light.offset]}
    made, _ = make_once(workspace, "preview_splat", [splat], arguments, "views.png", make)
    return made


def poster(workspace: Workspace, splat: str, view: Framing | None = None) -> str:
    """The path of the still that stands in for an upright splat: WebP on nothing; framed anew without a `view`.

    Raises:
        SplatelierError: the file is missing or damaged, or nothing in it can be seen.
    """
    splats = read_splats(workspace.existing(splat))
    view = view or frame(splats)
    arguments = cast(dict[str, JsonValue], {**asdict(view), "center": list(view.center)})

    def make(path: Path) -> Result:
        write_poster(path, splats, view)
        return {}

    made, _ = make_once(workspace, "make_poster", [splat], arguments, "poster.webp", make)
    return made
