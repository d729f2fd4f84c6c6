"""The Gradio Spaces that run beside the pocket Hub: their cards, their agents.md and the search over them."""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from splatelier.spaces.pocket_hub.cards import read_card

Json = dict[str, Any]

_CATEGORIES = {"text-to-image": "Image Generation", "image-to-3d": "3D Modeling"}


@dataclass(frozen=True)
class RunningSpace:
    """A Space in the shape of a Hub repository (`folder`), served at `url` by a process of its own."""

    id: str
    folder: Path
    url: str

    @cached_property
    def card(self) -> Json:
        """The README's metadata."""
        return read_card((self.folder / "README.md").read_text(encoding="utf-8"))

    @cached_property
    def files(self) -> list[str]:
        """What a push of the folder would hold, sorted."""
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.as_posix() for path in found if "__pycache__" not in path.parts)

    @cached_property
    def sha(self) -> str:
        """The revision: 40 hexadecimal digits that change when a file of the Space does."""
        digest = hashlib.sha1(usedforsecurity=False)
        for name in self.files:
            digest.update(f"{name}\0".encode() + hashlib.sha256((self.folder / name).read_bytes()).digest())
        return digest.hexdigest()

    @property
    def tags(self) -> list[str]:
        return [str(self.card.get("sdk", "gradio")), *map(str, self.card.get("tags") or [])]

    async def runtime(self) -> Json:
        """The stage, by knocking at the Space's door."""
        address = urlsplit(self.url)
        try:
            _, writer = await asyncio.open_connection(address.hostname, address.port)
        except OSError:
            stage = "RUNTIME_ERROR"
        else:
            writer.close()
            stage = "RUNNING"
        hardware = {"current": "cpu-basic" if stage == "RUNNING" else None, "requested": "cpu-basic"}
        return {"stage": stage, "hardware": hardware, "storage": None, "gcTimeout": None, "devMode": False}

    async def info(self) -> Json:
        """What `HfApi.space_info` reads."""
        return {
            "_id": self.sha[:24],
            "id": self.id,
            "author": self.id.split("/")[0],
            "sha": self.sha,
            "private": False,
            "gated": False,
            "disabled": False,
            "host": self.url,
            "subdomain": self.id.replace("/", "-"),
            "likes": 0,
            "sdk": self.card.get("sdk", "gradio"),
            "tags": self.tags,
            "cardData": self.card,
            "runtime": await self.runtime(),
            "siblings": [{"rfilename": name} for name in self.files],
        }

    def agents_md(self) -> str:
        """The plain text by which agents learn to call the Space, in the Hub's second form."""
        description = self.card.get("short_description")
        named = f"{self.id}: {description}" if description else self.id
        api = f"{self.url}/gradio_api"
        use_as = '{"path": "<returned-path>", "meta": {"_type": "gradio.FileData"}, "orig_name": "file.ext"}'
        return "\n".join(
            (
                f"To use this application ({named}):",
                f"API schema: GET {api}/info",
                f'Call endpoint: POST {api}/call/v2/{{endpoint}} {{"param_name": value, ...}}',
                f"Poll result: GET {api}/call/{{endpoint}}/{{event_id}}",
                f'File inputs: POST {api}/upload -F "files=@file.ext", use as: {use_as}',
                "Auth: Bearer $HF_TOKEN (https://huggingface.co/settings/tokens)",
                "",
            )
        )

    async def search_result(self, query: str) -> Json:
        """What `HfApi.search_spaces` reads, with the share of the query's words that the Space answers to."""
        runtime = await self.runtime()
        category = next((_CATEGORIES[tag] for tag in self.tags if tag in _CATEGORIES), None)
        return {
            "id": self.id,
            "author": self.id.split("/")[0],
            "title": self.card.get("title", self.id),
            "emoji": self.card.get("emoji"),
            "sdk": self.card.get("sdk", "gradio"),
            "likes": 0,
            "private": False,
            "tags": self.tags,
            "runtime": runtime,
            "ai_short_description": self.card.get("short_description"),
            "ai_category": category,
            "semanticRelevancyScore": self._relevance(query, category or ""),
            "trendingScore": 0,
        }

    def _relevance(self, query: str, category: str) -> float:
        about = (self.id, self.card.get("title", ""), self.card.get("short_description", ""), category, *self.tags)
        known, wanted = _stems(" ".join(map(str, about))), _stems(query)
        return round(len(wanted & known) / len(wanted), 3) if wanted else 0.0


_IDLE_WORDS = frozenset(
    ("a", "an", "and", "any", "for", "from", "in", "into", "of", "on", "or", "space", "spaces", "that", "the", "to")
)


def _stems(text: str) -> set[str]:
    """The words of a text without endings, so that "generates images" answers to "image generation"."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    ending = r"(?<=\w{3})(ations?|ators?|ate[sd]?|ating|ings?|ions?|ers?|ed|es|s|e)$"
    return {re.sub(ending, "", word) for word in words if word not in _IDLE_WORDS}


async def search(spaces: list[RunningSpace], query: str, sdks: list[str], tags: list[str], asleep: bool) -> list[Json]:
    """The Spaces that answer to the query, best first; only running ones unless `asleep`."""
    found = [await space.search_result(query) for space in spaces]
    kept = [
        result
        for result in found
        if result["semanticRelevancyScore"] > 0
        and (not sdks or result["sdk"] in sdks)
        and set(tags) <= set(result["tags"])
        and (asleep or result["runtime"]["stage"] == "RUNNING")
    ]
    return sorted(kept, key=lambda result: (-result["semanticRelevancyScore"], result["id"]))
