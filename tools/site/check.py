"""Look at a site as a visitor would: every piece in a headless Chromium, problems in words, a screenshot of each."""

import importlib.util
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from splatelier.tools.gallery.manifest import Gallery, Item, load_gallery
from splatelier.tools.site import judge
from splatelier.tools.site.render import SITE, site_problems
from splatelier.tools.site.serve import SiteServer
from splatelier.tools.site.state import Rendered, kept
from splatelier.tools.workspace.digests import data_sha256
from splatelier.tools.workspace.workspace import Workspace

_FOLDER = ".splatelier/check"
_SEEN = f"{_FOLDER}/seen.json"


@dataclass
class Verdict:
    """What was seen.

    Attributes:
        problems: one sentence each; empty when all is well.
        screenshots: workspace-relative paths, one for each piece in order.
        blind: why no browser looked and only the files were checked; empty when one did.
    """

    problems: list[str] = field(default_factory=list)
    screenshots: list[str] = field(default_factory=list)
    blind: str = ""


def check_site(workspace: Workspace, only: Sequence[str] = ()) -> Verdict:
    """Check the files of site/, and look at every piece where there is a Chromium.

    A piece that was found right and has not changed since is not looked at again.

    Args:
        only: slugs of the pieces to look at; all of them when empty.

    Raises:
        SplatelierError: the manifest is not a valid one, or there is no such piece.
    """
    gallery = load_gallery(workspace)
    items = [gallery.items[gallery.index(slug)] for slug in only] or gallery.items
    stale = site_problems(workspace)
    if stale or not items:
        return Verdict(problems=stale, blind="it is not a rendering of what there is now")
    about = {item.slug: [*judge.heavy(workspace, item), *judge.upside_down(workspace, item)] for item in items}
    verdict = Verdict(blind=_cannot_look())
    if not verdict.blind:
        verdict.problems += _look(workspace, gallery, items, about)
        verdict.screenshots = [f"{_FOLDER}/{item.slug}.png" for item in items]
    verdict.problems += [problem for item in items for problem in about[item.slug]]
    if not only:
        verdict.problems += judge.alike(workspace, gallery)
    return verdict


def _cannot_look() -> str:
    """Why this machine cannot look at a page; empty when it can."""
    if importlib.util.find_spec("playwright") is None:
        return 'to have it looked at in a browser: pip install "splatelier[check]"'
    from splatelier.tools.site.browser import chromium_path

    return "" if chromium_path() else "there is no Chromium on this machine"


def _look(workspace: Workspace, gallery: Gallery, items: list[Item], about: dict[str, list[str]]) -> list[str]:
    """What the browser complains of; what is wrong with a piece is added to what is known `about` it."""
    import playwright.sync_api

    from splatelier.tools.site.browser import KEPT, chromium_path
    from splatelier.tools.site.layout import layout
    from splatelier.tools.site.look import look

    rendered, seen = kept(workspace), _seen(workspace)
    looks_like = {item.slug: _looks_like(rendered, gallery, item) for item in items} if rendered else {}
    changed = [
        item
        for item in items
        if seen.get(item.slug) != looks_like.get(item.slug)
        or not workspace.resolve(f"{_FOLDER}/{item.slug}.png").is_file()
    ]
    chromium = chromium_path()
    if not changed or chromium is None:
        return []
    try:
        with SiteServer(workspace.resolve(SITE), live=False) as server:
            looks = KEPT.look(chromium, lambda browser: look(browser, server.url, workspace, changed))
            places = KEPT.look(chromium, lambda browser: layout(browser, server.url, workspace, gallery, changed))
    except playwright.sync_api.Error as error:
        return [f"the browser failed ({error.message.splitlines()[0]}); call check_site again"]
    for item in changed:
        wrong = looks.pieces[item.slug] + places[item.slug]
        about[item.slug] = wrong + about[item.slug]
        seen.pop(item.slug, None)
        if not wrong and not looks.complaints:
            seen[item.slug] = looks_like[item.slug]
    workspace.write_text(_SEEN, json.dumps(seen, indent=1) + "\n")
    return list(dict.fromkeys(looks.complaints))


def _looks_like(rendered: Rendered, gallery: Gallery, item: Item) -> str:
    """A digest of everything that a piece's look depends on."""
    page = gallery.model_dump(mode="json", exclude={"items"})
    piece = item.model_dump(mode="json", exclude={"provenance", "source"})
    files = {name: digest for name, digest in rendered.files.items() if name.startswith(f"assets/{item.slug}/")}
    return data_sha256([rendered.installed, page, len(gallery.items), piece, {**files}])


def _seen(workspace: Workspace) -> dict[str, str]:
    """What each piece looked like when nothing was wrong with it."""
    path = workspace.resolve(_SEEN)
    try:
        seen = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(slug): str(look) for slug, look in seen.items()} if isinstance(seen, dict) else {}
