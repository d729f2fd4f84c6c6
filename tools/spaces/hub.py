"""The Hub: finding Spaces, reading their agents.md, and what else it knows of them."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx2
from huggingface_hub import HfApi, SpaceInfo
from huggingface_hub.errors import HfHubHTTPError, HFValidationError
from platformdirs import user_cache_path

from splatelier.tools.spaces.card import SpaceCard, check_host, parse_agents_md
from splatelier.tools.spaces.errors import SpaceError, classify, clean_text, from_response
from splatelier.tools.spaces.trust import PUBLIC_HUB, Trust, anonymously, is_address
from splatelier.tools.spaces.wire.etags import KeptTexts
from splatelier.tools.spaces.wire.fetch import Fetcher

_ID = re.compile(r"^[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}$")
API_SECONDS = 15


@dataclass(frozen=True)
class Found:
    """One Space that a search gave."""

    space: str
    title: str
    description: str
    likes: int
    category: str
    hardware: str
    running: bool


def publishing_api(trust: Trust) -> HfApi:
    """A client of the trusted Hub that may write in the person's name."""
    return HfApi(endpoint=trust.hub.rstrip("/"), token=trust.publishing_token or False)


class Hub:
    """One Hub for one run.

    Args:
        endpoint: its address; by default the public Hub. A Hub on this machine may have its Spaces here too.
        token: a Hugging Face token, shown to whom `Trust` allows and to nobody else; never looked up.
        cache: where cards and schemas are kept between runs; by default the user's cache folder.
    """

    def __init__(self, endpoint: str | None = None, token: str | None = None, cache: Path | None = None) -> None:
        self.endpoint = (endpoint or PUBLIC_HUB).rstrip("/")
        self.trust = Trust(self.endpoint, token or None)
        self.fetcher = Fetcher(self.trust)
        self.kept = KeptTexts(cache or user_cache_path("splatelier", appauthor=False) / "spaces")
        seen = self.trust.for_hub(self.endpoint)
        self._api = HfApi(endpoint=self.endpoint, token=self.trust.token if seen else False)

    def close(self) -> None:
        self.fetcher.close()

    def publisher(self) -> HfApi:
        """A client of this Hub that may write in the person's name."""
        return publishing_api(self.trust)

    def search(self, query: str, limit: int = 10) -> list[Found]:
        """Gradio Spaces by meaning, running ones first.

        Raises:
            SpaceError: the Hub cannot be asked.
        """
        try:
            results = list(self._api.search_spaces(query, sdk="gradio"))
        except HfHubHTTPError as error:
            raise from_response(error.response, "the Hub's search", body=str(error)) from error
        except (httpx2.HTTPError, OSError, ValueError) as error:
            raise classify(error, "the Hub's search", "") from error
        found = [
            Found(
                space=result.id,
                title=clean_text(result.title or result.id, 80),
                description=clean_text(result.ai_short_description or "", 200),
                likes=result.likes,
                category=clean_text(result.ai_category or "", 40),
                hardware=clean_text(str(result.runtime.hardware or "") if result.runtime else "", 30),
                running=result.runtime is None or str(result.runtime.stage).startswith("RUNNING"),
            )
            for result in results
            if _ID.match(result.id) and (result.sdk or "gradio") == "gradio"
        ]
        return sorted(found, key=lambda entry: not entry.running)[:limit]

    def card(self, name: str) -> SpaceCard:
        """How to reach a Space, named by its id, by its page on the Hub, or by the base URL of any Gradio server.

        Raises:
            SpaceError: there is no such Space, or its card cannot be believed.
        """
        name = name.strip()
        page = re.match(
            rf"^(?:{re.escape(self.endpoint)}|https?://(?:www\.)?huggingface\.co|https?://hf\.co)/spaces/", name
        )
        space = re.split(r"[?#]", name[page.end() :])[0].strip("/") if page else name
        if page:
            space = "/".join(space.split("/")[:2])
        if _ID.match(space):
            return self._card_of(space)
        if is_address(name):
            base = re.split(r"[?#]", name)[0].rstrip("/")
            shown = anonymously(base)  # a password in it is for the server, and for no prompt, page or ledger
            return SpaceCard(space=shown, url=base, page=shown)
        raise SpaceError(
            "refused", clean_text(name, 100), "it is neither `namespace/name` nor a URL", hint="name it so"
        )

    def _card_of(self, space: str) -> SpaceCard:
        url = f"{self.endpoint}/spaces/{space}/agents.md"
        info = self.info(space)
        private = bool(info and info.private)
        if private:
            fetched = self.fetcher.text(url, space, self.trust.for_hub)
        else:
            fetched = self.kept.revalidated(self.fetcher, url, space, self.trust.for_hub)
        if "html" in fetched.content_type:
            raise SpaceError("malformed", space, "the Hub sent a page instead of its agents.md", hint="check its name")
        card = parse_agents_md(fetched.text, space)
        check_host(card, self.trust, info.host or "" if info else "")
        runtime = info.runtime if info else None
        data = info.card_data if info else None
        licence = data.get("license") if data else None
        return replace(
            card,
            page=f"{self.endpoint}/spaces/{space}",
            revision=(info.sha or "") if info else "",
            licence=clean_text(str(licence), 60) if licence else None,
            private=private,
            hardware=str(runtime.hardware or "") if runtime else "",
        )

    def info(self, space: str) -> SpaceInfo | None:
        """What the Hub's API says of a Space, or None where it says nothing."""
        try:
            return self._api.space_info(space, timeout=API_SECONDS)
        except (HfHubHTTPError, HFValidationError, httpx2.HTTPError, OSError, ValueError, KeyError):
            return None

    def stage(self, space: str) -> str:
        """Where a Space stands, such as RUNNING, SLEEPING or BUILDING; "" where the Hub does not say."""
        info = self.info(space)
        return str(getattr(info.runtime.stage, "value", info.runtime.stage)) if info and info.runtime else ""

    def quota(self) -> dict[str, Any] | None:
        """Seconds of ZeroGPU left to the token (`base`, `current`, `resetsAt`), or None where the Hub does not say."""
        try:
            url = f"{self.endpoint}/api/spaces/zero-gpu/quota"
            answer = json.loads(self.fetcher.text(url, "the Hub", self.trust.for_hub).text)
        except (SpaceError, ValueError, RecursionError):
            return None
        return answer if isinstance(answer, dict) else None
