"""What the site sends of an asset: a small picture, a packed splat, under a name that changes with the contents."""

import gzip
import hashlib
import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from splatelier.tools.errors import SplatelierError
from splatelier.tools.splats.formats.planes import to_planes
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


def picture(workspace: Workspace, asset: str, role: str, size: int, quality: int = 82) -> Sent:
    """A picture no larger than `size` pixels, as WebP.

    Raises:
        SplatelierError: the asset is missing or is not a picture.
    """

    def convert(path: Path) -> bytes:
        try:
            with Image.open(path) as image:
                mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
                small = image.convert(mode)
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            raise SplatelierError(f"{asset!r} is not a picture that can be read; make the piece again.") from error
        small.thumbnail((size, size), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        small.save(buffer, format="WEBP", quality=quality, method=4)
        return buffer.getvalue()

    return _converted(workspace, asset, f"{role}-{size}-{quality}", convert, role, ".webp")


def poster(workspace: Workspace, asset: str) -> Sent:
    """A poster as it was made: its size is right already.

    Raises:
        SplatelierError: the asset is missing.
    """
    return _as_it_is(workspace, asset, "poster")


def model(workspace: Workspace, asset: str) -> Sent:
    """A .glb as it is; a .ksplat as gzipped planes where that saves a tenth or more (the browser unpacks it).

    Raises:
        SplatelierError: the asset is missing.
    """
    if not asset.endswith(".ksplat"):
        return _as_it_is(workspace, asset, "mesh")
    packed = _converted(workspace, asset, "planes", _packed, "splat", ".planes.gz")
    if packed.path.stat().st_size < WORTH_PACKING * packed.original_bytes:
        return packed
    return _as_it_is(workspace, asset, "splat")


def _packed(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.compress(to_planes(content) or content, 9, mtime=0)


def gaussians(workspace: Workspace, asset: str) -> int | None:
    """How many Gaussians a .ksplat holds, from its header; None for anything else."""
    with workspace.existing(asset).open("rb") as file:
        head = file.read(24)
    if not asset.endswith(".ksplat") or len(head) < 24:
        return None
    count: int = struct.unpack_from("<I", head, 16)[0]
    return count


def _as_it_is(workspace: Workspace, asset: str, role: str) -> Sent:
    path = workspace.existing(asset)
    return Sent(f"{role}-{file_sha256(path)[:8]}{path.suffix.lower()}", path, path.stat().st_size)


def _converted(
    workspace: Workspace, asset: str, recipe: str, convert: Callable[[Path], bytes], role: str, suffix: str
) -> Sent:
    """The converted asset, from the cache where the same asset was converted in the same way before."""
    path = workspace.existing(asset)
    digest = hashlib.sha256(f"{_VERSION} {recipe} {file_sha256(path)}".encode()).hexdigest()
    cached = f"{_CACHE}/{digest}{suffix}"
    if not workspace.resolve(cached).is_file():
        content = convert(path)
        with workspace.replacing(cached) as temporary:
            temporary.write_bytes(content)
    return Sent(f"{role}-{digest[:8]}{suffix}", workspace.resolve(cached), path.stat().st_size)
