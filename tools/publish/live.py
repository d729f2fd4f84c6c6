"""A Space that was pushed to goes live: its stages, and the page itself."""

import time
from dataclasses import dataclass

import httpx2
from huggingface_hub import HfApi

from splatelier.tools.gallery.manifest import MANIFEST
from splatelier.tools.progress import Progress, Update
from splatelier.tools.publish.errors import DeployError, said_plainly
from splatelier.tools.publish.release import content_sha256
from splatelier.tools.spaces.card import WAKING


@dataclass(frozen=True)
class Patience:
    """How long to wait for a Space that was pushed to.

    Attributes:
        live: seconds until the new page must be there.
        settle: seconds for which an error stage may be a remnant of what was there before.
        poll: seconds between two looks.
    """

    live: float = 300.0
    settle: float = 10.0
    poll: float = 1.5


USUAL_PATIENCE = Patience()


@dataclass(frozen=True)
class Live:
    """The Space that is to be there.

    Attributes:
        space: owner/name.
        url: the Space on the Hub.
        page: the page itself.
        private: whether only the owner sees it.
    """

    space: str
    url: str
    page: str
    private: bool


def wait_until_live(api: HfApi, live: Live, manifest: str, progress: Progress, patience: Patience) -> None:
    """Return once the page that was published is the page that is served.

    Args:
        manifest: SHA-256 of the gallery.json that was published.

    Raises:
        DeployError: it is not there in time, or the Space stays in an error stage.
    """
    began = time.monotonic()
    stage = ""
    while (waited := time.monotonic() - began) < patience.live:
        with said_plainly(live.space):
            runtime = api.get_space_runtime(live.space)
        stage = str(runtime.raw["stage"])
        progress(Update("live", f"{live.space} goes live", "waiting", stage.lower(), waited))
        if stage == "RUNNING" and _serves(live, manifest):
            progress(Update("live", f"{live.space} is live", "done", seconds=waited))
            return
        if stage != "RUNNING" and stage not in WAKING and waited >= patience.settle:
            reason = runtime.raw.get("errorMessage")
            raise DeployError(
                f"{live.space} was published but stays in {stage}{f' ({reason})' if reason else ''}: "
                f"see {live.url} for its logs."
            )
        time.sleep(patience.poll)
    raise DeployError(
        f"{live.space} was published but its page is not there after {patience.live:.0f} s ({stage}): "
        f"look again in a while at {live.url}."
    )


def _serves(live: Live, manifest: str) -> bool:
    """Whether the page opens and the manifest beside it is the one that was published.

    A private page opens for a browser that is logged in to the Hub, and for no one else: its stage has to do.
    """
    if live.private:
        return True
    try:
        with httpx2.Client(timeout=30) as client:
            page = client.get(f"{live.page}/index.html")
            beside = client.get(f"{live.page}/{MANIFEST}")
    except httpx2.TransportError:
        return False
    return page.status_code == 200 and beside.status_code == 200 and content_sha256(beside.content) == manifest
