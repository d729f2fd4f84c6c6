"""What is published of a gallery: the site, its card, and what somebody needs to go on with it.

The same folder goes to a Space, into a directory or into a zip.
"""

import gzip
import hashlib
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import BaseModel, ConfigDict, JsonValue

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import MANIFEST, Gallery, load_gallery
from splatelier.tools.publish.link_preview import HEIGHT, WIDTH, social_card
from splatelier.tools.publish.readme import SOCIAL_CARD, UsedSpace, own_choices, space_card
from splatelier.tools.site.page import LinkPreview, without_secrets
from splatelier.tools.site.render import plan_site
from splatelier.tools.splats.formats.planes import from_planes
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace
from splatelier.tools.workspace.writes import replacing, replacing_folder

PUBLISHED = "published.json"
CARD = "README.md"
PAGE = "index.html"

Content = bytes | Path


class Published(BaseModel):
    """published.json: what was put there, so that the next time only that is changed or taken away.

    Attributes:
        files: SHA-256 of every published file but this one, by its path.
        assets: where the gallery's own files are, by the path that the manifest has for them; a `.gz` is unpacked.
        card: what the card said of taste and licence; what differs from it now was changed by its owner.
    """

    model_config = ConfigDict(extra="ignore")

    files: dict[str, str]
    assets: dict[str, str]
    card: dict[str, JsonValue] = {}


@dataclass(frozen=True)
class Release:
    """A gallery as it is published.

    Attributes:
        gallery: its manifest.
        files: each file's contents by its path.
        published: what published.json says.
    """

    gallery: Gallery
    files: Mapping[str, Content]
    published: Published


@dataclass(frozen=True)
class Address:
    """Where a gallery is going.

    Attributes:
        hub: the Hub's endpoint.
        space_id: owner/name.
        page: the address of the page itself, without a slash at the end.
    """

    hub: str
    space_id: str
    page: str


def build_release(
    workspace: Workspace,
    to: Address | None = None,
    spaces: Sequence[UsedSpace] = (),
    owners: Mapping[str, JsonValue] | None = None,
    gallery: Gallery | None = None,
) -> Release:
    """Everything that is published: what the plan of the site names, whatever lies in site/, and what goes with it.

    Args:
        to: where it is going; without an address, as for a folder or a zip, there is no card for the Hub.
        spaces: those that had a hand in it, for the card.
        owners: what the owner changed by hand in the card that is there: it stays.
        gallery: the manifest, where it was read before; else as it is now.

    Raises:
        SplatelierError: the gallery cannot be rendered.
    """
    gallery = without_secrets(gallery or load_gallery(workspace))
    page = f"{to.page}/" if to else ""
    files: dict[str, Content] = plan_site(workspace, gallery, LinkPreview(f"{page}{SOCIAL_CARD}", WIDTH, HEIGHT, page))
    assets = _assets(workspace, gallery, files)
    files[MANIFEST] = _manifest(gallery, assets)
    files[SOCIAL_CARD] = social_card(workspace, gallery)
    if to is not None:
        files[CARD] = space_card(gallery, to.space_id, to.hub, spaces, owners).encode()
    published = Published(
        files={path: content_sha256(content) for path, content in files.items()},
        assets=assets,
        card=own_choices(gallery) if to else {},
    )
    files[PUBLISHED] = (published.model_dump_json(indent=1) + "\n").encode()
    return Release(gallery, dict(sorted(files.items())), published)


def write_release(release: Release, target: Path) -> Path:
    """Write the files into a new or empty folder, or into a `.zip`; whole or not at all.

    Raises:
        SplatelierError: the folder holds something already, or cannot be written.
    """
    target = target.expanduser().absolute()
    if target.is_dir() and any(target.iterdir()):
        raise SplatelierError(f"{target} is not empty; name a new folder, or a .zip.")
    if target.suffix == ".zip":
        with replacing(target) as fresh:
            _zip(release, fresh)
        return target
    with replacing_folder(target) as fresh:
        for path, content in release.files.items():
            file = fresh / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(read(content))
    return target


def content_sha256(content: Content) -> str:
    """The SHA-256 of a file's contents, in hexadecimal."""
    return file_sha256(content) if isinstance(content, Path) else hashlib.sha256(content).hexdigest()


def read(content: Content) -> bytes:
    """A file's contents."""
    return content.read_bytes() if isinstance(content, Path) else content


def _assets(workspace: Workspace, gallery: Gallery, files: dict[str, Content]) -> dict[str, str]:
    """Where each file of the manifest is among the published ones; those that the site lacks are added to `files`.

    The .ply behind a .ksplat stays at home: it is three times as large, and only needed to compress again.
    """
    by_contents = {_unpacked_sha256(path, content): path for path, content in files.items()}
    assets: dict[str, str] = {}
    for item in gallery.items:
        for asset in filter(None, (item.image, item.model, item.poster)):
            path = workspace.existing(asset)
            if (twin := by_contents.get(file_sha256(path))) is None:
                files[asset] = path
            assets[asset] = twin or asset
    return assets


def _unpacked_sha256(path: str, content: Content) -> str:
    return content_sha256(from_planes(gzip.decompress(read(content))) if path.endswith(".gz") else content)


def _manifest(gallery: Gallery, assets: Mapping[str, str]) -> bytes:
    """The manifest without the files that are not published."""
    items = [item if item.source in assets else item.model_copy(update={"source": None}) for item in gallery.items]
    return (gallery.model_copy(update={"items": items}).model_dump_json(indent=2) + "\n").encode()


def _zip(release: Release, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in release.files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), read(content), zipfile.ZIP_DEFLATED)


def parse_published(text: str) -> Published | None:
    """A published.json; None for anything else of that name."""
    try:
        published = Published.model_validate_json(text)
    except ValueError:
        return None
    paths = [*published.files, *published.assets.values()]
    return published if all(_is_inside(path) for path in paths) else None


def _is_inside(path: str) -> bool:
    pure = PurePosixPath(path)
    return bool(pure.parts) and not pure.is_absolute() and ".." not in pure.parts


def changes_in_words(before: Gallery | None, after: Gallery) -> str:
    """What changed between two states of a gallery, as a commit's title: "Add Pantheon; restyle (zoom)"."""
    if before is None:
        return f"Publish {after.title}: {len(after.items)} pieces"
    old, new = ({item.slug: item for item in gallery.items} for gallery in (before, after))
    added, gone = ([new[slug].title for slug in new if slug not in old], [old[s].title for s in old if s not in new])
    changed = [new[slug].title for slug in new if slug in old and _drawn(new[slug]) != _drawn(old[slug])]
    settings = [name for name, value in after.settings if value != getattr(before.settings, name)]
    parts = []
    if len(added) == len(gone) == 1:
        parts.append(f"replace {gone[0]} with {added[0]}")
    else:
        parts += [f"add {_names(added)}"] * bool(added) + [f"remove {_names(gone)}"] * bool(gone)
    parts += [f"change {_names(changed)}"] * bool(changed)
    parts += [f"restyle ({', '.join(settings)})"] * bool(settings)
    if (before.title, before.subtitle) != (after.title, after.subtitle):
        parts.append("rename")
    if not parts and list(old) != list(new):
        parts.append("reorder")
    sentence = "; ".join(parts) or "refresh the site"
    return sentence[0].upper() + sentence[1:200]


def _drawn(item: BaseModel) -> str:
    return json.dumps(item.model_dump(mode="json", exclude={"provenance", "source"}), sort_keys=True)


def _names(titles: Sequence[str]) -> str:
    shown = ", ".join(titles[:3])
    return f"{shown} and {len(titles) - 3} more" if len(titles) > 3 else shown
