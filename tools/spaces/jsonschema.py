"""Looking into a JSON schema of a stranger's: whatever it refers to, each part of it is looked at once."""

from collections.abc import Iterator
from typing import Any

MAX_BRANCHES = 256


def mapping(value: Any) -> dict[str, Any]:
    """A value where it is an object; an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def listing(value: Any) -> list[Any]:
    """A value where it is a list; an empty one in place of anything else."""
    return value if isinstance(value, list) else []


def is_file_value(value: Any) -> bool:
    """Whether a value is Gradio's FileData: an object with a path."""
    return isinstance(value, dict) and isinstance(value.get("path"), str)


class OwnFile(dict[str, Any]):
    """A FileData of the Space's own disk: it is named to the Space, not uploaded from a path of this machine."""


def is_file_schema(schema: dict[str, Any]) -> bool:
    """Whether a JSON schema is Gradio's FileData itself (or ImageData, its twin)."""
    properties = mapping(schema.get("properties"))
    return "path" in properties and "meta" in properties


def is_text_schema(schema: dict[str, Any]) -> bool:
    """Whether a JSON schema is that of a string."""
    return schema.get("type") == "string"


def contains_file(schema: Any) -> bool:
    """Whether a JSON schema has a place for a file anywhere."""
    definitions = mapping(mapping(schema).get("$defs"))
    return any(is_file_schema(part) for part in _parts(schema, definitions))


def _parts(schema: Any, definitions: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every object in a schema and in what it refers to, each once."""
    waiting, seen = [schema], set()
    while waiting:
        part = waiting.pop()
        if not isinstance(part, dict | list) or id(part) in seen:
            continue
        seen.add(id(part))
        if isinstance(part, list):
            waiting += part
            continue
        yield part
        waiting += (value for key, value in part.items() if key != "$defs")
        waiting.append(dereference(part, definitions))


def dereference(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a `$ref` into `$defs` points to; the schema itself where it is none."""
    reference = schema.get("$ref")
    target = definitions.get(reference.rsplit("/", 1)[-1]) if isinstance(reference, str) else None
    return target if isinstance(target, dict) else schema


def branches(schema: Any, definitions: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema's alternatives in order, with references followed; at most 256."""
    found: list[dict[str, Any]] = []
    waiting, seen = [schema], set()
    while waiting and len(found) < MAX_BRANCHES:
        entry = waiting.pop()
        if not isinstance(entry, dict) or id(entry) in seen:
            continue
        seen.add(id(entry))
        target = dereference(entry, definitions)
        alternatives = [*listing(target.get("anyOf")), *listing(target.get("oneOf"))]
        if alternatives:
            waiting += reversed(alternatives)
        elif target is not entry:
            waiting.append(target)
        else:
            found.append(target)
    return found


def member(schema: Any, key: str | int, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of one entry of an object or a list."""
    found: list[dict[str, Any]] = []
    for branch in branches(schema, definitions):
        if isinstance(key, int):
            listed = listing(branch.get("prefixItems"))
            entry = listed[key] if key < len(listed) else branch.get("items")
        else:
            entry = mapping(branch.get("properties")).get(key) or branch.get("additionalProperties")
        if isinstance(entry, dict):
            found.append(entry)
    return found[0] if len(found) == 1 else {"anyOf": found} if found else {}
