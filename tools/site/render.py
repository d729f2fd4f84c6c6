"""The manifest and the assets, through a template, become site/: self-contained, whole, the same bytes every time."""

import hashlib
import json
import shutil
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery, Item, load_gallery
from splatelier.tools.site import assets as site_assets
from splatelier.tools.site import state
from splatelier.tools.site.colors import ink
from splatelier.tools.site.fonts import pairing
from splatelier.tools.site.page import (
    LinkPreview,
    PieceFiles,
    light,
    piece_context,
    script_json,
    spaces_of,
    viewer_data,
    without_secrets,
)
from splatelier.tools.site.viewer import VIEWER, viewer
from splatelier.tools.splats.draw.grade import Grade
from splatelier.tools.templates import SITE_TEMPLATES, environment
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace

SITE = "site"

_lock = threading.Lock()


def template_folder(name: str) -> Path:
    """The folder of a template.

    Raises:
        SplatelierError: there is no such template; names those that there are.
    """
    known = sorted(path.parent.name for path in SITE_TEMPLATES.glob("*/index.html.j2"))
    if name not in known:
        raise SplatelierError(f"There is no template {name!r}; the templates are: {', '.join(known)}.")
    return SITE_TEMPLATES / name


def render_site(workspace: Workspace) -> Path:
    """Render the workspace's gallery into its site/, which is replaced whole or left as it was.

    The result depends on the manifest, the assets and the installed viewer alone.

    Raises:
        SplatelierError: the template is unknown, the gallery is empty, or an asset is missing.
    """
    gallery = load_gallery(workspace)
    with _lock:
        files = plan_site(workspace, gallery)
        with workspace.replacing_folder(SITE) as fresh:
            for name, content in files.items():
                target = fresh / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if isinstance(content, bytes):
                    target.write_bytes(content)
                else:
                    shutil.copyfile(content, target)
        site = workspace.resolve(SITE)
        state.keep(workspace, state.made_from(workspace, gallery, template_folder(gallery.template), site))
    return site


def remove_site(workspace: Workspace) -> None:
    """Take the site away, for a gallery that is gone again."""
    shutil.rmtree(workspace.resolve(SITE), ignore_errors=True)
    state.forget(workspace)


def site_problems(workspace: Workspace) -> list[str]:
    """What keeps site/ from being the rendering of the manifest as it is now, in words; empty when nothing does."""
    site = workspace.resolve(SITE)
    if not (site / "index.html").is_file():
        return ["there is no site yet; call render_site"]
    was = state.kept(workspace)
    if was is None:
        return ["nobody knows what the site was rendered from; call render_site"]
    try:
        gallery = load_gallery(workspace)
        now = state.made_from(workspace, gallery, template_folder(gallery.template), site)
    except SplatelierError as error:
        return [str(error)]
    difference = state.difference(was, now)
    return [f"{difference}; call render_site"] if difference else []


def plan_site(workspace: Workspace, gallery: Gallery, preview: LinkPreview | None = None) -> dict[str, bytes | Path]:
    """Every file of the site by its relative name: its bytes, or the file to copy.

    Args:
        preview: what a link to the page shows; the first piece's poster when left out.

    Raises:
        SplatelierError: as `render_site`.
    """
    folder = template_folder(gallery.template)
    if not gallery.items:
        raise SplatelierError("The gallery has no pieces yet, so there is nothing to render; add one first.")
    gallery = without_secrets(gallery)
    bundle = viewer()
    files: dict[str, bytes | Path] = {}
    with ThreadPoolExecutor() as pool:
        pieces = list(pool.map(lambda item: _piece(workspace, item, light(gallery.settings)), gallery.items))
    for _, sent in pieces:
        files.update(sent)

    display, text = pairing(gallery.settings.fonts)
    fonts = {face.family: face for face in (display, text)}
    for name in [*bundle["scripts"], bundle["licences"], *(face.file for face in fonts.values())]:
        files[f"viewer/{name}"] = VIEWER / name

    templates = environment(folder, markup=True)
    templates.filters["script_json"] = script_json
    colors = asdict(ink(gallery.settings.background))
    brand = _brand(workspace, gallery.settings.brand_picture, files)
    style = templates.get_template("style.css.j2").render(
        settings=gallery.settings,
        fonts=fonts,
        pairing=(display.family, text.family),
        **colors,
    )
    style_name = f"viewer/style-{hashlib.sha256(style.encode()).hexdigest()[:8]}.css"
    files[style_name] = style.encode()
    still_style = f"viewer/still-{file_sha256(folder / 'still.css')[:8]}.css"
    files[still_style] = folder / "still.css"
    words = json.loads((folder / "words" / f"{gallery.settings.language}.json").read_text(encoding="utf-8"))
    all_files = [piece for piece, _ in pieces]
    page = templates.get_template("index.html.j2").render(
        gallery=gallery,
        settings=gallery.settings,
        pieces=[piece_context(item, piece) for item, piece in zip(gallery.items, all_files, strict=True)],
        data=viewer_data(gallery, all_files),
        viewer=bundle,
        fonts=fonts,
        spaces=spaces_of([step for item in gallery.items for step in item.provenance]),
        style=style_name,
        still_style=still_style,
        words=words,
        preview=preview,
        brand=brand,
        **colors,
    )
    files["index.html"] = page.encode()
    return files


def _brand(workspace: Workspace, picture: str | None, files: dict[str, bytes | Path]) -> str | None:
    """The URL of the brand's picture, where there is one; it is added to the site's files."""
    if picture is None:
        return None
    sent = site_assets.picture(workspace, picture, "brand", 800)
    files[f"assets/{sent.name}"] = sent.path
    return f"assets/{sent.name}"


def _piece(workspace: Workspace, item: Item, shine: Grade) -> tuple[PieceFiles, Mapping[str, Path]]:
    """The URLs of a piece's files, and where each file comes from; its stills stand in the light of its model."""
    still = item.poster or item.image
    sent = {
        "poster": site_assets.poster(workspace, item.poster, shine)
        if item.poster
        else site_assets.picture(workspace, item.image, "poster", 1024, light=shine),
        "thumb": site_assets.picture(workspace, still, "thumb", 160, light=shine),
        "source": site_assets.picture(workspace, item.image, "source", 768),
        "model": site_assets.model(workspace, item.model),
    }
    names = {role: f"assets/{item.slug}/{file.name}" for role, file in sent.items()}
    piece = PieceFiles(
        poster=names["poster"],
        thumb=names["thumb"],
        source=names["source"],
        model=names["model"],
        model_bytes=sent["model"].original_bytes,
        gaussians=site_assets.gaussians(workspace, item.model),
    )
    return piece, {names[role]: file.path for role, file in sent.items()}
