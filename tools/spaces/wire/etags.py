"""Texts that are kept between runs with their ETags, and asked about again every time."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from splatelier.tools.spaces.trust import Proof
from splatelier.tools.spaces.wire.fetch import Fetched, Fetcher


class Entries:
    """JSON objects in a folder, each in a file named by its key. Safe for several processes: one is whole or absent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> dict[str, Any]:
        """An entry; empty where there is none, or none that can be read."""
        try:
            entry = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return entry if isinstance(entry, dict) else {}

    def put(self, key: str, entry: dict[str, Any]) -> None:
        """Keep an entry. Where it cannot be written it is not kept, and is asked for again."""
        temporary = self._folder / f".{key}.{id(entry):x}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
            temporary.replace(self._folder / f"{key}.json")
        except OSError:
            temporary.unlink(missing_ok=True)


class KeptTexts:
    """Texts by their addresses, for the next run."""

    def __init__(self, folder: Path) -> None:
        self._entries = Entries(folder)

    def revalidated(self, fetcher: Fetcher, url: str, space: str, proof: Proof) -> Fetched:
        """The text at `url`, from disk when the server says that it has not changed."""
        key = hashlib.sha256(url.encode()).hexdigest()[:32]
        kept = self._entries.get(key)
        if not all(isinstance(kept.get(name), str) for name in ("etag", "text", "content_type")):
            kept = {}
        fetched = fetcher.text(url, space, proof, kept.get("etag", ""))
        if fetched.status == 304 and kept:
            return replace(fetched, text=kept["text"], content_type=kept["content_type"])
        if fetched.etag:
            self._entries.put(key, {"etag": fetched.etag, "text": fetched.text, "content_type": fetched.content_type})
        return fetched
