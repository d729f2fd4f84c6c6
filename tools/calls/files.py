"""What a Space sent back, with every file fetched, checked and kept in the gallery's folder."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from splatelier.tools.calls.verify import BadFile, check_file
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.jsonschema import is_file_value
from splatelier.tools.spaces.schema import Endpoint, Return
from splatelier.tools.spaces.space import Space
from splatelier.tools.workspace.workspace import Workspace

FILES = ".splatelier/cache/files"
DEFAULT_MAX_BYTES = 512 * 1000 * 1000

# Components whose value is a file or nothing; a sentence in its place is no result.
_ONE_FILE = frozenset({"image", "audio", "model3d", "file", "downloadbutton"})


class Results:
    """Turns one call's raw values into a tool's values. Files become paths relative to the workspace.

    Attributes:
        files: workspace-relative path -> SHA-256 of every file that came back.
        bytes: how much came down.
    """

    def __init__(
        self,
        workspace: Workspace,
        space: Space,
        endpoint: Endpoint,
        limit: int = DEFAULT_MAX_BYTES,
        tick: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._workspace = workspace
        self._space = space
        self._base = space.api_base
        self._endpoint = endpoint
        self._limit = limit
        self._tick = tick
        self.files: dict[str, str] = {}
        self.bytes = 0

    def take(self, raw: Any) -> dict[str, Any]:
        """One entry for each value, in order, named as the endpoint's returns are.

        Raises:
            SpaceError: a file cannot be had or is not what it should be.
        """
        values = list(raw) if isinstance(raw, tuple) else [raw]
        returns = self._endpoint.returns
        named: dict[str, Any] = {}
        for position, value in enumerate(values):
            if position < len(returns):
                named[returns[position].key] = self._value(value, returns[position])
            else:
                key = f"value_{position + 1}"
                while key in named or any(entry.key == key for entry in returns):
                    key += "_"
                named[key] = self._walk(value, "")
        return named

    def _value(self, value: Any, described: Return) -> Any:
        if (
            isinstance(value, str)
            and described.component in _ONE_FILE
            and not value.startswith(("data:", "http://", "https://", "/"))
            and any(character.isspace() for character in value)
        ):
            raise self._malformed(f"{described.key} should be a file, but it says: {value}")
        return self._walk(value, described.component)

    def _walk(self, value: Any, component: str) -> Any:
        if is_file_value(value):
            meta = value.get("meta")
            marked = isinstance(meta, dict) and meta.get("_type") == "gradio.FileData"
            return self._fetch(value, component) if marked else self._perhaps_fetch(value, component)
        if isinstance(value, dict):
            if value.get("__type__") == "update":  # a word to the page, in which a value may be wrapped
                return self._walk(value.get("value"), component)
            return {key: self._walk(entry, component) for key, entry in value.items()}
        if isinstance(value, list | tuple):
            return [self._walk(entry, component) for entry in value]
        return value

    def _perhaps_fetch(self, value: dict[str, Any], component: str) -> Any:
        """Older Gradio marks no files: whatever has a path may be one. It is, if the server has it."""
        try:
            return self._fetch(value, component)
        except SpaceError as error:
            if error.kind in ("refused", "unreachable") and error.again == "never":
                return {key: self._walk(entry, component) for key, entry in value.items()}
            raise

    def _fetch(self, value: dict[str, Any], component: str) -> str:
        path, url = value["path"], value.get("url")
        if path.startswith(("http://", "https://")):
            address = path
        elif value.get("is_stream") and isinstance(url, str):
            address = url if url.startswith(("http://", "https://")) else urljoin(self._base, url.lstrip("/"))
        else:
            address = self._base + "file=" + quote(path, safe="/")
        own_name = urlsplit(path).path
        name = own_name if Path(own_name).suffix else str(value.get("orig_name") or own_name)
        return self._keep(address, name, component)

    def _keep(self, address: str, name: str, component: str) -> str:
        """Fetch a file into the content store; its name there is made of its own bytes."""
        folder = self._workspace.resolve(FILES)
        folder.mkdir(parents=True, exist_ok=True)
        handle, temporary_name = tempfile.mkstemp(prefix=".", dir=folder)
        os.close(handle)
        temporary = Path(temporary_name)
        try:
            self.bytes += self._space.download(address, temporary, self._limit, self._tick)
            try:
                suffix = check_file(temporary, name, component)
            except BadFile as error:
                raise self._malformed(str(error)) from error
            with temporary.open("rb+") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                os.fsync(file.fileno())
            temporary.chmod(0o644)
            target = folder / f"{digest[:24]}{suffix}"
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        relative = self._workspace.relative(target)
        self.files[relative] = digest
        return relative

    def _malformed(self, said: str) -> SpaceError:
        return SpaceError("malformed", self._space.name, said, endpoint=self._endpoint.name, again="once")
