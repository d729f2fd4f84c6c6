"""Reading a Space's agents.md, the Hub's plain-text card of how to call it, into a SpaceCard.

Format: Hugging Face Hub documentation, "Spaces as Agent Tools". One fact a line, each with a label; the current form
(v2) calls by parameter name, the older one (v1) with {"data": [...]} and no line for files. Lines are found by label.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from splatelier.tools.spaces.errors import SpaceError, clean_text
from splatelier.tools.spaces.trust import Trust, addresses, clean, origin

MAX_CARD_CHARACTERS = 64 * 1024

# Where a Space stands on the Hub, as huggingface_hub's SpaceStage spells it. A request to a sleeping Space wakes it.
WAKING = frozenset({"SLEEPING", "BUILDING", "RUNNING_BUILDING", "APP_STARTING", "RUNNING_APP_STARTING"})
BROKEN = frozenset({"BUILD_ERROR", "RUNTIME_ERROR", "CONFIG_ERROR", "NO_APP_FILE", "PAUSED", "STOPPED", "DELETING"})

_URL = re.compile(r"https?://[^\s\"'<>)]+")
_TITLE = re.compile(r"^To use this application \((?P<id>[^\s:()]+)(?:\s*:\s*(?P<description>.*))?\)\s*:?\s*$")
_API = re.compile(r"/(?:gradio_api/)?(?:info|call|upload)(?:/|$)")


@dataclass(frozen=True)
class SpaceCard:
    """How a Space is reached and what it says about itself.

    Attributes:
        space: the id, `namespace/name`; for a bare Gradio server its base URL.
        url: the base URL of the app, without a trailing slash.
        description: the Space's own words, cleaned; may be empty.
        version: 1 or 2 for an agents.md, 0 for a server that has none.
        page: where a person can look at it.
        revision: the commit that the Space is at, where the Hub says so.
        licence: as the Space's card says it, or None.
        private: nothing of a private Space is kept on disk.
        hardware: such as "zero-a10g", or "".
    """

    space: str
    url: str
    description: str = ""
    version: int = 0
    page: str = ""
    revision: str = ""
    licence: str | None = None
    private: bool = False
    hardware: str = ""


def parse_agents_md(text: str, space: str) -> SpaceCard:
    """The card that an agents.md describes; lines that nobody knows are passed over.

    Raises:
        SpaceError: `malformed` when it is not an agents.md, or when its URLs are not all on one host.
    """
    if len(text) > MAX_CARD_CHARACTERS or text.lstrip()[:1] == "<":
        raise SpaceError("malformed", space, "its agents.md is not the plain-text card that the Hub serves")
    description = ""
    urls: dict[str, str] = {}
    call_line = ""
    for line in text.splitlines():
        title = _TITLE.match(line.strip())
        if title:
            description = title["description"] or ""
            continue
        label, _, rest = line.partition(":")
        label = label.strip().lower()
        found = _URL.search(rest)
        if label in ("api schema", "call endpoint", "poll result", "file inputs") and found:
            urls.setdefault(label, found.group())
            call_line = line if label == "call endpoint" else call_line
    if "api schema" not in urls:
        raise SpaceError("malformed", space, "its agents.md has no line that begins with 'API schema:'")

    bases = {_base(url) for url in urls.values()}
    if len(bases) > 1:
        raise SpaceError("refused", space, f"its agents.md points to several places ({', '.join(sorted(bases))})")
    version = 1 if '"data"' in call_line else 2
    return SpaceCard(space, bases.pop(), clean_text(description, 300), version)


def stage_in_words(stage: str) -> str:
    """A stage as a person says it: "running building"."""
    return stage.lower().replace("_", " ")


def _base(url: str) -> str:
    """The app's base URL: what stands before its API's path."""
    parts = urlsplit(url)
    origin(url)
    if "@" in parts.netloc:
        raise SpaceError("refused", clean(url), "its agents.md has a URL with credentials in it")
    path = _API.split(parts.path, maxsplit=1)[0]
    return f"{parts.scheme}://{parts.netloc.lower()}{path.rstrip('/')}"


def subdomain(space: str) -> str:
    """The host label that the Hub gives a Space: `microsoft/TRELLIS.2` is at microsoft-trellis-2.hf.space."""
    return re.sub(r"[^a-z0-9]+", "-", space.lower()).strip("-")


def check_host(card: SpaceCard, trust: Trust, known_host: str = "") -> None:
    """Refuse a card whose URLs leave the Space's own host.

    `known_host` is the host URL that the Hub's API gives for the Space (names may be shortened there). A Hub on this
    machine may have its Spaces here too.

    Raises:
        SpaceError: `refused`.
    """
    scheme, host, _ = origin(card.url)
    here = addresses(host)
    if trust.local_hub and here and all(address.is_loopback for address in here):
        return
    own = {f"{subdomain(card.space)}.hf.space"}
    if known_host:
        own.add(origin(known_host)[1])
    if scheme != "https" or not host.endswith(".hf.space") or host not in own:
        raise SpaceError(
            "refused", card.space, f"its agents.md leads to {clean(card.url)}, which is not this Space's own host"
        )
