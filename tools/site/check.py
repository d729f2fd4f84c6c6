"""Look at a site as a visitor would: every piece in a headless Chromium, problems in words, a screenshot of each."""

import importlib.util
import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace

from pydantic import TypeAdapter

from splatelier.tools.gallery.manifest import Gallery, Item, load_gallery
from splatelier.tools.progress import Progress, State, Update, silent
from splatelier.tools.site import judge
from splatelier.tools.site.render import SITE, site_problems
from splatelier.tools.site.serve import SiteServer
from splatelier.tools.site.state import Rendered, kept
from splatelier.tools.workspace.digests import data_sha256
from splatelier.tools.workspace.workspace import Workspace

_FOLDER = ".splatelier/check"
_SEEN = f"{_FOLDER}/seen.json"
_IN_MOTION = {"auto_rotate", "transition_seconds", "transition", "reveal", "easing", "dwell"}
"""Settings that a piece which stands there shows nothing of."""


@dataclass
class Verdict:
    """What was seen.

    Attributes:
        problems: one sentence each; empty when all is well.
        screenshots: workspace-relative paths, in the pieces' order, of those that were drawn as they are now.
        blind: why no browser looked and only the files were checked; empty when one did.
    """

    problems: list[str] = field(default_factory=list)
    screenshots: list[str] = field(default_factory=list)
    blind: str = ""


@dataclass(frozen=True)
class _Seen:
    """How a piece was found.

    Attributes:
        looks_like: a digest of all that its look depends on.
        made_of: of its own part of that.
        drawn_as: what it looked like in its screenshot.
        problems: what was wrong with it.
    """

    looks_like: str = ""
    made_of: str = ""
    drawn_as: str = ""
    problems: list[str] = field(default_factory=list)


def _picture(item: Item) -> str:
    return f"{_FOLDER}/{item.slug}.png"


def check_site(workspace: Workspace, only: Sequence[str] = (), progress: Progress = silent) -> Verdict:
    """Check the files of site/, and look at every piece where there is a Chromium.

    A piece that has not changed since it was looked at is not looked at again: what was seen then still holds. Where
    nothing but the page around good pieces has changed, all are judged by their outlines and posters, and one is drawn.

    Args:
        only: slugs of the pieces to look at, each of which is drawn; all of them when empty.
        progress: hears which piece and which window is looked at.

    Raises:
        SplatelierError: the manifest is not a valid one, or there is no such piece.
    """
    gallery = load_gallery(workspace)
    items = [gallery.items[gallery.index(slug)] for slug in only] or gallery.items
    stale = site_problems(workspace)
    if stale or not items:
        return Verdict(problems=stale, blind="it is not a rendering of what there is now")
    verdict = Verdict(blind=_cannot_look())
    with ThreadPoolExecutor(1) as beside:  # the browser has processes of its own
        from_files = beside.submit(_from_files, workspace, gallery, items)
        seen: dict[str, _Seen] = {}
        if not verdict.blind:
            verdict.problems, seen = _look(workspace, gallery, items, bool(only), progress)
        for item in items:
            piece = seen.get(item.slug, _Seen())
            verdict.problems += piece.problems + from_files.result()[item.slug]
            verdict.screenshots += [_picture(item)] * (piece.drawn_as == piece.looks_like != "")
    if not only:
        verdict.problems += judge.alike(workspace, gallery)
    return verdict


def _from_files(workspace: Workspace, gallery: Gallery, items: list[Item]) -> dict[str, list[str]]:
    """What is wrong with each piece, as far as its files tell."""
    return {item.slug: list(judge.from_files(workspace, gallery, item)) for item in items}


def _cannot_look() -> str:
    """Why this machine cannot look at a page; empty when it can."""
    if importlib.util.find_spec("playwright") is None:
        return 'to have it looked at in a browser: pip install "splatelier[check]"'
    from splatelier.tools.site.browser import chromium_path

    return "" if chromium_path() else "there is no Chromium on this machine"


def _look(
    workspace: Workspace, gallery: Gallery, items: list[Item], draw: bool, progress: Progress
) -> tuple[list[str], dict[str, _Seen]]:
    """What the browser complains of, and how it finds or has found each piece.

    Args:
        draw: every piece that has changed in any way.
    """
    import playwright.sync_api

    from splatelier.tools.site.browser import KEPT, chromium_path
    from splatelier.tools.site.look import look

    rendered, seen, chromium = kept(workspace), _known(workspace), chromium_path()
    if rendered is None or chromium is None:
        return [], {}
    now = {item.slug: _as_it_is(rendered, gallery, item) for item in items}
    changed = [item for item in items if _changed(seen.get(item.slug), now[item.slug], draw)]
    if not changed:
        return [], seen
    changed_itself = [item for item in changed if draw or _must_be_drawn(seen.get(item.slug), now[item.slug], item)]
    drawn = changed_itself or changed[:1]
    began = time.monotonic()

    def tell(what: str, state: State = "running") -> None:
        progress(Update("check_site", "looking at the site", state, what, time.monotonic() - began))

    try:
        with SiteServer(workspace.resolve(SITE), live=False) as server:
            looks = KEPT.look(chromium, lambda b: look(b, server.url, workspace, gallery, changed, drawn, tell))
    except playwright.sync_api.Error as error:
        words = error.message.splitlines()[0]
        tell(words, "failed")
        return [f"the browser failed ({words}); call check_site again"], {}
    tell(f"{len(drawn)} of {len(items)} pieces drawn", "done")
    for item in changed:
        piece = replace(now[item.slug], problems=looks.pieces[item.slug])
        seen[item.slug] = replace(piece, drawn_as=piece.looks_like) if item in drawn else piece
    sure = {} if looks.complaints else {slug: asdict(piece) for slug, piece in seen.items() if slug not in looks.absent}
    workspace.write_text(_SEEN, json.dumps(sure, indent=1) + "\n")
    return list(dict.fromkeys(looks.complaints)), seen


def _changed(was: _Seen | None, now: _Seen, draw: bool) -> bool:
    return was is None or was.looks_like != now.looks_like or (draw and was.drawn_as != now.looks_like)


def _must_be_drawn(was: _Seen | None, now: _Seen, item: Item) -> bool:
    """Whether the outline of a piece does not tell enough: it is another, was not right, or has no outline."""
    return was is None or was.made_of != now.made_of or bool(was.problems) or item.kind == "mesh"


def _as_it_is(rendered: Rendered, gallery: Gallery, item: Item) -> _Seen:
    """What the look of a piece depends on once it stands there."""
    page = gallery.model_dump(mode="json", exclude={"items": True, "settings": _IN_MOTION})
    piece = item.model_dump(mode="json", exclude={"provenance", "source"})
    files = {name: digest for name, digest in rendered.files.items() if name.startswith(f"assets/{item.slug}/")}
    own = data_sha256([rendered.installed, piece, {**files}])
    return _Seen(looks_like=data_sha256([own, page, len(gallery.items)]), made_of=own)


def _known(workspace: Workspace) -> dict[str, _Seen]:
    """How each piece was found when it was looked at last, where that is known."""
    path = workspace.resolve(_SEEN)
    try:
        told = TypeAdapter(dict[str, _Seen]).validate_json(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return {slug: seen for slug, seen in told.items() if workspace.resolve(f"{_FOLDER}/{slug}.png").is_file()}
