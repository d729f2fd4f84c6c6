"""What the site sends of an asset: a small picture, a packed splat, under a name that changes with the contents."""

import functools
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from splatelier.tools.gallery.models import check_model
from splatelier.tools.pictures.pixels import check_picture, open_picture
from splatelier.tools.splats.draw.grade import AS_MADE, Grade
from splatelier.tools.splats.draw.posters import POSTER_SIZE
from splatelier.tools.splats.formats.ksplat_reader import decode
from splatelier.tools.splats.formats.planes import to_planes
from splatelier.tools.workspace.derived import convert_once
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace

WORTH_PACKING = 0.9
"""A file is sent packed when that leaves less than this part of it: static servers do not compress .ksplat."""

_CACHE = ".splatelier/cache/site"
_VERSION = "1"


@dataclass(frozen=True)
class Sent:
    """One file of the site.

    Attributes:
        name: its name, with a part of its contents' hash in it.
        path: where its bytes lie: the asset itself, or the converted one in the cache.
        original_bytes: size of the asset that it was made from.
    """

    name: str
    path: Path
    original_bytes: int


def picture(workspace: Workspace, asset: str, role: str, size: int, quality: int = 82, light: Grade = AS_MADE) -> Sent:
    """A picture no larger than `size` pixels, as WebP, in a light.

    Raises:
        SplatelierError: the asset is missing, or is not the picture that its name says.
    """
    source = _checked(workspace, asset, check_picture)

    def write(target: Path) -> None:
        with open_picture(source) as image:
            mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
            small = image.convert(mode)
        small.thumbnail((size, size), Image.Resampling.LANCZOS)
        if light != AS_MADE:
            small = Image.fromarray(light.of_picture(np.asarray(small)))
        small.save(target, format="WEBP", quality=quality, method=4)

    recipe = f"{role}-{size}-{quality}" + (f"-{light}" if light != AS_MADE else "")
    return _converted(workspace, asset, recipe, write, role, ".webp")


def poster(workspace: Workspace, asset: str, light: Grade = AS_MADE) -> Sent:
    """A poster in a light; as it was made where that changes nothing, for its size is right already.

    Raises:
        SplatelierError: as `picture`.
    """
    if light != AS_MADE:
        return picture(workspace, asset, "poster", POSTER_SIZE[0], 86, light)
    return _as_it_is(_checked(workspace, asset, check_picture), "poster")


def model(workspace: Workspace, asset: str) -> Sent:
    """A .glb as it is; a .ksplat as gzipped planes where that saves a tenth or more (the browser unpacks it).

    Raises:
        SplatelierError: the asset is missing, or is not the model that its name says.
    """
    path = _checked(workspace, asset, check_model)
    if path.suffix.lower() != ".ksplat":
        return _as_it_is(path, "mesh")
    packed = _converted(workspace, asset, "planes", lambda target: _pack(path, target), "splat", ".planes.gz")
    if packed.path.stat().st_size < WORTH_PACKING * packed.original_bytes:
        return packed
    return _as_it_is(path, "splat")


def gaussians(workspace: Workspace, asset: str) -> int | None:
    """How many Gaussians a .ksplat holds, from its headers; None for a .glb.

    Raises:
        SplatelierError: the asset is missing, or its headers are damaged.
    """
    path = workspace.existing(asset)
    return len(decode(path)) if path.suffix.lower() == ".ksplat" else None


def _pack(path: Path, target: Path) -> None:
    content = path.read_bytes()
    target.write_bytes(gzip.compress(to_planes(content) or content, 9, mtime=0))


def _as_it_is(path: Path, role: str) -> Sent:
    return Sent(f"{role}-{file_sha256(path)[:8]}{path.suffix.lower()}", path, path.stat().st_size)


def _converted(
    workspace: Workspace, asset: str, recipe: str, write: Callable[[Path], None], role: str, suffix: str
) -> Sent:
    made = workspace.resolve(convert_once(workspace, _CACHE, asset, f"{_VERSION} {recipe}", suffix, write))
    return Sent(f"{role}-{made.name[:8]}{suffix}", made, workspace.existing(asset).stat().st_size)


def _checked(workspace: Workspace, asset: str, check: Callable[[Path], None]) -> Path:
    """Where an asset lies, once its contents are what its name says: whoever wrote the manifest."""
    path = workspace.existing(asset)
    _check_once(check, path, file_sha256(path))
    return path


@functools.lru_cache(maxsize=512)
def _check_once(check: Callable[[Path], None], path: Path, digest: str) -> None:  # noqa: ARG001
    check(path)
