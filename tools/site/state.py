"""What site/ was rendered from: kept when it is rendered, so that one can tell that it still is that, quickly."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery
from splatelier.tools.site.viewer import VIEWER
from splatelier.tools.templates import SITE_TEMPLATES
from splatelier.tools.workspace.digests import data_sha256, file_sha256
from splatelier.tools.workspace.workspace import Workspace

_FILE = ".splatelier/site.json"


@dataclass(frozen=True)
class Rendered:
    """The digests, SHA-256, of one rendering.

    Attributes:
        manifest: of the gallery.
        assets: of the files that the pieces name, in the workspace.
        installed: of the template, the viewer and the renderer.
        files: of each file of the site, by its relative name.
    """

    manifest: str
    assets: str
    installed: str
    files: dict[str, str]


def made_from(workspace: Workspace, gallery: Gallery, template: Path, site: Path) -> Rendered:
    """The digests of a rendering: of what goes in now, and of the files in `site`.

    Raises:
        SplatelierError: an asset is missing.
    """
    paths = [path for item in gallery.items for path in (item.image, item.model, item.poster)]
    paths.append(gallery.settings.brand_picture)
    assets = {path: file_sha256(workspace.existing(path)) for path in paths if path}
    installed = [SITE_TEMPLATES / "fonts.json", *Path(__file__).parent.glob("*.py")]
    installed += [path for folder in (template, VIEWER) for path in folder.rglob("*") if path.is_file()]
    return Rendered(
        manifest=data_sha256(gallery.model_dump(mode="json")),
        assets=data_sha256({**assets}),
        installed=data_sha256({str(path): file_sha256(path) for path in installed}),
        files=_digests(site),
    )


def keep(workspace: Workspace, rendered: Rendered) -> None:
    """Write down what was rendered."""
    workspace.write_text(_FILE, json.dumps(asdict(rendered), indent=1) + "\n")


def kept(workspace: Workspace) -> Rendered | None:
    """What was rendered last; None where nobody wrote it down."""
    try:
        told = json.loads(workspace.existing(_FILE).read_text(encoding="utf-8"))
        return Rendered(**{field.name: told[field.name] for field in fields(Rendered)})
    except (SplatelierError, ValueError, TypeError, KeyError):
        return None


def forget(workspace: Workspace) -> None:
    """There is no rendering any more."""
    workspace.resolve(_FILE).unlink(missing_ok=True)


def difference(was: Rendered, now: Rendered) -> str | None:
    """Why a site is not the rendering of what there is now, in words; None when it is."""
    for name in sorted(was.files.keys() | now.files.keys()):
        if name not in now.files:
            return f"site/{name} is missing"
        if name not in was.files:
            return f"site/{name} is no part of the site"
    if was.manifest != now.manifest:
        return "the site was rendered from an older manifest"
    if was.assets != now.assets:
        return "the site was rendered from other pictures or models"
    if was.installed != now.installed:
        return "the site was rendered by another template or viewer"
    changed = next((name for name in was.files if was.files[name] != now.files[name]), None)
    return f"site/{changed} was changed since it was rendered" if changed else None


def _digests(site: Path) -> dict[str, str]:
    """By relative name; a link is not the file that it points to."""
    found = (path for path in site.rglob("*") if path.is_symlink() or path.is_file())
    return {
        path.relative_to(site).as_posix(): "a link" if path.is_symlink() else file_sha256(path)
        for path in sorted(found)
    }
