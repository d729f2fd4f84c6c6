"""What an app's `/config` says, checked before anybody believes it, and cut to what is used.

Everything in it is a stranger's: numbers may stand where objects belong, and lists where names do.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.jsonschema import listing, mapping
from splatelier.tools.spaces.trust import origin
from splatelier.tools.spaces.wire.fetch import Fetched

MAX_DEPTH = 100
MAX_NODES = 1_000_000
MAX_COMPONENTS = 10_000
MAX_ENDPOINTS = 1_000
MAX_LOOK_UPS = 50_000_000  # gradio_client looks for each id among all components, one by one

# What the API leaves out where an older Gradio does not say so itself.
_HIDDEN = frozenset("state row column tabs tab tabitem box form accordion group interpretation dataset sidebar".split())

Id = int | str


@dataclass(frozen=True)
class Component:
    """One component of the page: Gradio's type in lower case, whether the API leaves it out, and its properties."""

    id: Id
    type: str
    skip_api: bool
    props: dict[str, Any]


@dataclass(frozen=True)
class Dependency:
    """One function of the page.

    Attributes:
        id: what a call names it by.
        endpoint: the name under which callers know it, with its slash; "" where they do not.
        inputs, outputs: ids of components, all of which there are.
        streams: it is a live stream.
        concurrency: how many calls the app takes at once, or None where it does not say.
        cancels: ids of the functions that it stops.
        events: what sets it off on the page, as Gradio names events: "click", "load", "change"...
        after: id of the function that it follows, or None.
    """

    id: Id
    endpoint: str
    inputs: tuple[Id, ...] = ()
    outputs: tuple[Id, ...] = ()
    streams: bool = False
    concurrency: int | None = None
    cancels: tuple[Id, ...] = ()
    events: tuple[str, ...] = ()
    after: Id | None = None


@dataclass(frozen=True)
class Config:
    """An app, as its `/config` describes it.

    Attributes:
        dependencies: those that a caller can name, and that contradict nothing.
        updated: ids of the components that some function changes.
    """

    version: str
    protocol: str
    api_prefix: str
    heartbeat: bool
    max_file_size: int | None
    components: dict[Id, Component]
    dependencies: tuple[Dependency, ...]
    updated: frozenset[Id]

    def plain(self) -> dict[str, Any]:
        """The same in Gradio's own form, with nothing else in it."""
        used = {key for entry in self.dependencies for key in (*entry.inputs, *entry.outputs)}
        return {
            "version": self.version,
            "protocol": self.protocol,
            "api_prefix": self.api_prefix,
            "connect_heartbeat": self.heartbeat,
            "max_file_size": self.max_file_size,
            "components": [
                {"id": entry.id, "type": entry.type, "skip_api": entry.skip_api, "label": ""}
                for entry in self.components.values()
                if entry.id in used
            ],
            "dependencies": [
                {
                    "id": entry.id,
                    "api_name": entry.endpoint[1:],
                    "inputs": list(entry.inputs),
                    "outputs": list(entry.outputs),
                    "cancels": list(entry.cancels),
                    "backend_fn": True,
                }
                for entry in self.dependencies
            ],
        }


def read_json(text: str, space: str) -> dict[str, Any]:
    """An object from a stranger's JSON, not nested too deep and not too large to be walked through.

    Raises:
        SpaceError: `malformed`.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_server(space) from error
    if not isinstance(value, dict):
        raise _no_server(space)
    level: list[Any] = [value]
    nodes = 0
    for _ in range(MAX_DEPTH):
        level = [child for entry in level for child in _children(entry)]
        nodes += len(level)
        if nodes > MAX_NODES:
            raise SpaceError("malformed", space, f"its description has more than {MAX_NODES:,} parts")
        if not level:
            return value
    raise SpaceError("malformed", space, f"its description is nested more than {MAX_DEPTH} deep")


def _children(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _no_server(space: str) -> SpaceError:
    return SpaceError("malformed", space, "what answers there is not a Gradio server", hint="check the address")


def read_config(config: dict[str, Any], space: str) -> Config:
    """The app that a `/config` describes; parts that cannot be used are left out.

    Raises:
        SpaceError: `malformed` when it is no Gradio config, or one too large to be called.
    """
    if not isinstance(config.get("dependencies"), list):
        raise SpaceError("malformed", space, "its /config is not what a Gradio server gives")
    prefix = config.get("api_prefix", "")
    if not isinstance(prefix, str):
        raise SpaceError("malformed", space, "its /config has an api_prefix that is not text")
    components = {entry.id: entry for entry in map(_component, listing(config.get("components"))) if entry}
    described = [mapping(entry) for entry in listing(config["dependencies"])]
    found = [_dependency(entry, number, components) for number, entry in enumerate(described)]
    dependencies = tuple(entry for entry in found if entry)
    ids = sum(len(entry.inputs) + len(entry.outputs) for entry in dependencies)
    if len(components) > MAX_COMPONENTS or len(described) > MAX_ENDPOINTS or ids * len(components) > MAX_LOOK_UPS:
        raise SpaceError("malformed", space, f"its page is too large ({len(components)} parts, {ids} uses of them)")
    size = config.get("max_file_size")
    return Config(
        version=_text(config.get("version")) or "2.0",
        protocol=_text(config.get("protocol")) or "ws",
        api_prefix=prefix,
        heartbeat=config.get("connect_heartbeat", True) is not False,
        max_file_size=size if isinstance(size, int) else None,
        components=components,
        dependencies=dependencies,
        updated=frozenset(key for entry in described for key in listing(entry.get("outputs")) if _is_id(key)),
    )


def _component(described: Any) -> Component | None:
    entry = mapping(described)
    if not _is_id(entry.get("id")):
        return None
    kind = _text(entry.get("type")).lower()
    skipped = entry.get("skip_api", kind in _HIDDEN)
    return Component(entry["id"], kind, bool(skipped), mapping(entry.get("props")))


def _dependency(entry: dict[str, Any], number: int, components: dict[Id, Component]) -> Dependency | None:
    name, key = entry.get("api_name"), entry.get("id", number)
    inputs, outputs = listing(entry.get("inputs")), listing(entry.get("outputs"))
    known = all(_is_id(part) and part in components for part in (*inputs, *outputs))
    if not isinstance(name, str) or entry.get("api_visibility") == "private" or not _is_id(key) or not known:
        return None
    limit = entry.get("concurrency_limit")
    return Dependency(
        id=key,
        endpoint=f"/{name}",
        inputs=tuple(inputs),
        outputs=tuple(outputs),
        streams=entry.get("connection") == "stream",
        concurrency=limit if isinstance(limit, int) and not isinstance(limit, bool) and limit > 0 else None,
        cancels=tuple(part for part in listing(entry.get("cancels")) if _is_id(part)),
        events=tuple(_text(listing(target)[-1]) for target in listing(entry.get("targets")) if listing(target)),
        after=entry.get("trigger_after") if _is_id(entry.get("trigger_after")) else None,
    )


def _is_id(value: Any) -> bool:
    return isinstance(value, int | str) and not isinstance(value, bool)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def api_base(config: Config, fetched: Fetched, url: str, space: str) -> str:
    """The app's API base URL, with a slash at its end, after making sure that it keeps calls on its own host.

    Raises:
        SpaceError: `refused` when it points elsewhere.
    """
    try:
        base = urljoin(url.rstrip("/") + "/", config.api_prefix.lstrip("/") + "/")
    except ValueError as error:
        raise SpaceError("malformed", space, f"its /config has an api_prefix that is no path ({error})") from error
    if origin(base) != origin(url) or origin(fetched.url) != origin(url):
        raise SpaceError("refused", space, f"its /config sends calls to another host ({origin(base)[1]})")
    return base.rstrip("/") + "/"
