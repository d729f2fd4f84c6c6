"""A gallery is whole when its files are there and its site is the rendering of its manifest."""

from splatelier.tools.gallery.manifest import Gallery, load_gallery
from splatelier.tools.site.render import remove_site, render_site, site_problems
from splatelier.tools.workspace.workspace import Workspace


def gallery_problems(workspace: Workspace) -> list[str]:
    """What keeps a gallery from being finished, one sentence each; an empty gallery has no problems.

    Raises:
        SplatelierError: the manifest cannot be read.
    """
    gallery = load_gallery(workspace)
    missing = [
        f"{item.title} names {path!r}, which is not there; make it again or remove the piece."
        for item in gallery.items
        for path in (item.image, item.model, item.source, item.poster)
        if path is not None and not workspace.resolve(path).is_file()
    ]
    return missing or (site_problems(workspace) if gallery.items else [])


def settle(workspace: Workspace, gallery: Gallery | None) -> None:
    """Make the site the one of `gallery`, which is the manifest as it is; none for an empty one.

    Raises:
        SplatelierError: the site cannot be rendered.
    """
    if gallery is None or not gallery.items:
        remove_site(workspace)
    elif gallery_problems(workspace):
        render_site(workspace)
