"""A tool's arguments as the values that a Gradio server takes.

Files go up only where the schema has a place for one, and only from the gallery's folder: a string that happens to be a
path stays a string, and a file that a Space's answer names is not sent from this machine.
"""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from splatelier.tools.calls.verify import ending
from splatelier.tools.errors import SplatelierError
from splatelier.tools.spaces.components import MANY_FILES
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.jsonschema import (
    OwnFile,
    branches,
    contains_file,
    is_file_schema,
    is_file_value,
    is_text_schema,
    mapping,
    member,
)
from splatelier.tools.spaces.schema import Endpoint, Parameter
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace

FILE_META = {"_type": "gradio.FileData"}
_VIDEOS = {".mp4", ".webm", ".mov", ".avi", ".mkv", ".m4v"}
_MISSING = object()


def bind(endpoint: Endpoint, space: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Arguments by parameter name, as a Python call would bind them; those left out are absent.

    Raises:
        SpaceError: `refused`: unknown, missing or doubly given.
    """

    def refuse(said: str) -> SpaceError:
        return SpaceError("refused", space, said, endpoint=endpoint.name, hint=f"call it as {signature(endpoint)}")

    names = [parameter.name for parameter in endpoint.parameters]
    if len(args) > len(names):
        raise refuse(f"it takes {len(names)} arguments, not {len(args)}")
    given = dict(zip(names, args, strict=False))
    own_names = {parameter.own_name: parameter.name for parameter in endpoint.parameters}
    for spelling, value in kwargs.items():
        name = spelling if spelling in names else own_names.get(spelling, spelling)
        if name not in names:
            raise refuse(f"it has no argument called {name!r}")
        if name in given:
            raise refuse(f"the argument {name!r} was given twice")
        given[name] = value
    missing = [p.name for p in endpoint.parameters if p.required and p.name not in given]
    if missing:
        raise refuse(f"it needs {', '.join(missing)}")
    return given


def signature(endpoint: Endpoint) -> str:
    """The endpoint as a Python signature, with its defaults."""
    parts = []
    for parameter in endpoint.parameters:
        default = "" if parameter.required else f"={'...' if parameter.default_is_file else short(parameter.default)}"
        parts.append(parameter.name + default)
    return f"{endpoint.name.strip('/')}({', '.join(parts)})"


def short(value: Any, limit: int = 60) -> str:
    """A value as Python would write it, cut to `limit` characters."""
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"


class Payload:
    """One call's values, ready to be sent, and the files in them.

    Attributes:
        values: by position; files still to be uploaded are FileData with a local path, the Space's own are OwnFiles.
        canonical: the same by name with each file replaced by its SHA-256: what makes two calls the same call.
        inputs: SHA-256 of every file that goes up.
        beyond_choices: a choice is in it that the page did not begin with.
    """

    def __init__(self, workspace: Workspace, space: str, endpoint: Endpoint, given: dict[str, Any]) -> None:
        self._workspace = workspace
        self._space = space
        self._endpoint = endpoint
        self.inputs: list[str] = []
        self.beyond_choices = False
        self.values: list[Any] = []
        self.canonical: dict[str, Any] = {}
        for parameter in endpoint.parameters:
            value = given.get(parameter.name, _MISSING)
            if value is _MISSING:
                self.values.append(_own_files(parameter.default))
                self.canonical[parameter.name] = parameter.default
                continue
            value = self._checked(parameter, value)
            sent, canonical = self._convert(parameter, value)
            self.values.append(sent)
            self.canonical[parameter.name] = canonical

    def _refuse(self, said: str, hint: str = "") -> SpaceError:
        return SpaceError("refused", self._space, said, endpoint=self._endpoint.name, hint=hint)

    def _checked(self, parameter: Parameter, value: Any) -> Any:
        """Choices are checked before anything is sent; the name that the page shows stands for its value."""
        if parameter.choices is None or value is None:
            return value
        shown = dict(parameter.choices)
        values = [choice for _, choice in parameter.choices]

        def one(entry: Any) -> Any:
            if entry in values:
                return entry
            if isinstance(entry, str) and entry in shown:
                return shown[entry]
            if not parameter.strict:
                self.beyond_choices = True
                return entry
            raise self._refuse(
                f"{parameter.name} cannot be {short(entry)}",
                f"choose from {', '.join(short(choice, 40) for choice in values[:40])}",
            )

        return [one(entry) for entry in value] if isinstance(value, list | tuple) else one(value)

    def _convert(self, parameter: Parameter, value: Any) -> tuple[Any, Any]:
        definitions = mapping(parameter.schema.get("$defs"))
        if not contains_file(parameter.schema):
            return self._guarded(unabridged(parameter, value))
        return self._walk(unabridged(parameter, value), parameter.schema, definitions)

    def _walk(self, value: Any, schema: Any, definitions: dict[str, Any]) -> tuple[Any, Any]:
        """Put files where the schema has a place for them; everything else passes as it is."""
        if _is_marked(value) or (is_file_value(value) and _places(schema, definitions, is_file_schema)):
            return self._file(value["path"], value)
        if isinstance(value, str):
            if _places(schema, definitions, is_file_schema):
                if value == "" or (_places(schema, definitions, is_text_schema) and not self._is_file(value)):
                    return value, value
                return self._file(value, None)
            wrapper = _wrapper(schema, definitions, value)
            if wrapper and not _places(schema, definitions, is_text_schema):
                sent, canonical = self._file(value, None)
                return {wrapper: sent}, {wrapper: canonical}
            return value, value
        if isinstance(value, dict):
            alternatives = branches(schema, definitions)
            if alternatives and all(is_file_schema(branch) for branch in alternatives):
                raise self._refuse(f"a file is wanted and {short(value)} was given", "give its path as a string")
            pairs = {
                key: self._walk(entry, member(schema, key, definitions), definitions) for key, entry in value.items()
            }
            return {key: pair[0] for key, pair in pairs.items()}, {key: pair[1] for key, pair in pairs.items()}
        if isinstance(value, list | tuple):
            listed = [self._walk(entry, member(schema, i, definitions), definitions) for i, entry in enumerate(value)]
            return [pair[0] for pair in listed], [pair[1] for pair in listed]
        return value, value

    def _guarded(self, value: Any) -> tuple[Any, Any]:
        """A value for a component that takes no file. The client would upload any FileData in it: those are checked."""
        if _is_marked(value):
            return self._file(value["path"], value)
        if isinstance(value, dict):
            pairs = {key: self._guarded(entry) for key, entry in value.items()}
            return {key: pair[0] for key, pair in pairs.items()}, {key: pair[1] for key, pair in pairs.items()}
        if isinstance(value, list | tuple):
            listed = [self._guarded(entry) for entry in value]
            return [pair[0] for pair in listed], [pair[1] for pair in listed]
        return value, value

    def _is_file(self, text: str) -> bool:
        if text.startswith(("http://", "https://")):
            return True
        try:
            return len(text) < 1024 and self._workspace.resolve(text).is_file()
        except (OSError, ValueError, SplatelierError):
            return False

    def _file(self, path: str, given: dict[str, Any] | None) -> tuple[Any, Any]:
        extra = {k: v for k, v in (given or {}).items() if k in ("orig_name", "mime_type", "is_stream", "alt_text")}
        if path.startswith(("http://", "https://")):
            name = PurePosixPath(urlsplit(path).path).name
            sent = {"path": path, "url": path, "orig_name": name, **extra, "meta": FILE_META}
            return sent, {"url": path}
        if path.startswith("data:"):
            return given or path, given or path
        file = self._workspace.existing(path)
        digest = file_sha256(file)
        self.inputs.append(digest)
        return {"path": str(file), "orig_name": file.name, **extra, "meta": FILE_META}, {"sha256": digest}


def unabridged(parameter: Parameter, value: Any) -> Any:
    """A value in the form that Gradio wants, where a tool's description allows a shorter one."""
    component = parameter.component
    if isinstance(value, str):
        if component == "imageeditor":
            return {"background": value, "layers": [], "composite": None}
        if component == "multimodaltextbox":
            return {"text": value, "files": []}
        if component == "annotatedimage":
            return {"image": value, "annotations": []}
        return [value] if parameter.family is MANY_FILES or component in ("gallery", "imageslider") else value
    if component == "dataframe" and isinstance(value, list):
        headers = parameter.default.get("headers") if isinstance(parameter.default, dict) else None
        width = max((len(row) for row in value if isinstance(row, list)), default=0)
        return {"headers": headers or [str(i + 1) for i in range(width)], "data": value, "metadata": None}
    if component == "chatbot" and isinstance(value, list):
        return [
            {**entry, "content": [{"type": "text", "text": entry["content"]}]}
            if isinstance(entry, dict) and isinstance(entry.get("content"), str) and _lists_content(parameter.schema)
            else entry
            for entry in value
        ]
    return value


def _lists_content(schema: dict[str, Any]) -> bool:
    """Whether a chatbot's messages have a list for their content, as they have since Gradio 6."""
    definitions = mapping(schema.get("$defs"))
    content = member(member(schema, 0, definitions), "content", definitions)
    return _places(content, definitions, lambda branch: branch.get("type") == "array") and not _places(
        content, definitions, is_text_schema
    )


def _is_marked(value: Any) -> bool:
    """Whether gradio_client would upload what `value` names."""
    meta = value.get("meta") if is_file_value(value) else None
    return isinstance(meta, dict) and meta.get("_type") == FILE_META["_type"]


def _own_files(default: Any) -> Any:
    """A default as it is sent: a file of the Space's own disk is named to it, not uploaded."""
    if is_file_value(default):
        name = PurePosixPath(default["path"]).name
        return OwnFile({"path": default["path"], "orig_name": name, "meta": FILE_META})
    if isinstance(default, dict):
        return {key: _own_files(value) for key, value in default.items()}
    return [_own_files(value) for value in default] if isinstance(default, list) else default


def _places(schema: Any, definitions: dict[str, Any], test: Callable[[dict[str, Any]], bool]) -> bool:
    return any(test(branch) for branch in branches(schema, definitions))


def _wrapper(schema: Any, definitions: dict[str, Any], name: str) -> str:
    """The key of the file in an object that holds one: a Gallery's entries have "image" or "video", a Video "video"."""
    keys = [
        key
        for branch in branches(schema, definitions)
        for key, member in mapping(branch.get("properties")).items()
        if key in ("image", "video") and _places(member, definitions, is_file_schema)
    ]
    if "video" in keys and ending(name) in _VIDEOS:
        return "video"
    return keys[0] if keys else ""
