"""What a Gradio app can be asked, read from its `/gradio_api/info` and `/config` together.

The two do not always agree: the info lists endpoints that cannot be called and leaves out limits and choices that only
the config knows. What either of them lacks is no error.
"""

import keyword
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from splatelier.tools.spaces.components import MANY_FILES, Family, family
from splatelier.tools.spaces.config import MAX_ENDPOINTS, Component, Config, Dependency, Id
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.handlers import Wiring
from splatelier.tools.spaces.jsonschema import contains_file, is_file_value, listing, mapping

MAX_NUMBER = 1e15  # a bound beyond it (or one that is no number) bounds nothing
_GENERIC = re.compile(r"^(parameter|value)_\d+$")


@dataclass(frozen=True)
class Parameter:
    """One argument of an endpoint.

    Attributes:
        name: a Python identifier, unique within the endpoint.
        own_name: what the Space calls it, which may be no identifier, or say nothing ("param_3").
        label: as the Space shows it; may be empty.
        component: Gradio's component in lower case.
        schema: the JSON schema of the value.
        family: how the component is spoken to.
        required: there is no default.
        default: as the Space gives it; for a file, the Space's own.
        default_is_file: the default is a file on the Space's disk.
        choices: (shown, value) pairs, or None where anything goes.
        strict: only the choices are accepted.
        minimum, maximum: of a number, or None.
    """

    name: str
    own_name: str
    label: str
    component: str
    schema: dict[str, Any]
    family: Family
    required: bool
    default: Any = None
    default_is_file: bool = False
    choices: tuple[tuple[str, Any], ...] | None = None
    strict: bool = False
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class Return:
    """One value that an endpoint gives back; `key` is its name in the tool's result."""

    key: str
    label: str
    component: str
    schema: dict[str, Any]
    family: Family


@dataclass(frozen=True)
class Endpoint:
    """One named endpoint.

    Attributes:
        name: with its slash, such as "/predict".
        description: the Space's own words, not cleaned.
        reads, writes: the state that the Space keeps for the session, by Gradio's ids of its parts.
        plumbing: it seems to serve the page rather than a caller; see handlers.py.
        concurrency: how many calls the Space takes at once, or None where it does not say.
        closed: why it cannot be called, or "".
    """

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    returns: tuple[Return, ...]
    reads: frozenset[Id] = frozenset()
    writes: frozenset[Id] = frozenset()
    plumbing: bool = False
    concurrency: int | None = None
    closed: str = field(default="", compare=False)

    @property
    def stateful(self) -> bool:
        """Whether what comes of it hangs on the session in which it is called."""
        return bool(self.reads or self.writes)


def identifier(text: str, otherwise: str = "value") -> str:
    """Text as a Python identifier in lower case, at most 48 characters; `otherwise` where nothing is left of it."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", ascii_text).strip("_")[:48].strip("_") or otherwise
    if name[:1].isdigit():
        name = f"{otherwise}_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in ("None", "True", "False") else name


def unique(names: Iterable[str]) -> list[str]:
    """The same names with `_2`, `_3`... after those that came before."""
    taken: set[str] = set()
    result: list[str] = []
    for name in names:
        candidate, number = name, 2
        while candidate in taken:
            candidate, number = f"{name}_{number}", number + 1
        taken.add(candidate)
        result.append(candidate)
    return result


def read_endpoints(info: dict[str, Any], config: Config, space: str) -> tuple[Endpoint, ...]:
    """Every named endpoint of an app, in the app's own order.

    Raises:
        SpaceError: `malformed` where the info is not what a Gradio server gives.
    """
    named = info.get("named_endpoints")
    if not isinstance(named, dict):
        raise SpaceError("malformed", space, "its description of its endpoints is not what a Gradio server gives")
    if len(named) > MAX_ENDPOINTS:
        raise SpaceError("malformed", space, f"it describes {len(named)} endpoints, more than {MAX_ENDPOINTS}")
    wiring = Wiring(config)
    served: dict[str, Dependency] = {}
    for dependency in config.dependencies:
        served.setdefault(dependency.endpoint, dependency)
    return tuple(
        _endpoint(name, described, served.get(name), config, wiring)
        for name, described in named.items()
        if isinstance(described, dict)
    )


def _endpoint(
    name: str, described: dict[str, Any], dependency: Dependency | None, config: Config, wiring: Wiring
) -> Endpoint:
    parameters = [entry for entry in listing(described.get("parameters")) if isinstance(entry, dict)]
    returns = [entry for entry in listing(described.get("returns")) if isinstance(entry, dict)]
    ids_in, ids_out = (dependency.inputs, dependency.outputs) if dependency else ((), ())
    inputs = _visible(ids_in, config, len(parameters))
    outputs = _visible(ids_out, config, len(returns))
    names = unique(identifier(_parameter_name(entry, i), "argument") for i, entry in enumerate(parameters))
    keys = unique(_key(entry) for entry in returns)
    closed = ""
    if dependency is None:
        closed = "the app lists it but does not serve it"
    elif dependency.streams:
        closed = "it is a live stream, which cannot be called"
    return Endpoint(
        name=name,
        description=str(described.get("description") or ""),
        parameters=tuple(_parameter(names[i], entry, inputs[i], config) for i, entry in enumerate(parameters)),
        returns=tuple(_return(keys[i], entry, outputs[i]) for i, entry in enumerate(returns)),
        reads=_states(ids_in, config),
        writes=_states(ids_out, config),
        plumbing=dependency is not None and wiring.is_handler(dependency),
        concurrency=dependency.concurrency if dependency else None,
        closed=closed,
    )


def _states(ids: tuple[Id, ...], config: Config) -> frozenset[Id]:
    return frozenset(key for key in ids if config.components[key].type == "state")


def _visible(ids: tuple[Id, ...], config: Config, count: int) -> list[Component | None]:
    """The component of each value that the API shows on one side; None for all where the two do not match."""
    shown: list[Component | None] = [config.components[key] for key in ids if not config.components[key].skip_api]
    return shown if len(shown) == count else [None] * count


def _parameter_name(entry: dict[str, Any], position: int) -> str:
    name = entry.get("parameter_name") or entry.get("label") or f"argument_{position + 1}"
    label = _label(entry)
    if re.fullmatch(r"param_\d+", str(name)) and label and identifier(label, "?") != "?":
        return label
    return str(name)


def _label(entry: dict[str, Any]) -> str:
    """What the page shows for a component; "" where Gradio made a label up."""
    label = str(entry.get("label") or "")
    return "" if _GENERIC.match(label) else label


def _key(entry: dict[str, Any]) -> str:
    label = _label(entry)
    component = identifier(str(entry.get("component") or ""), "value")
    return identifier(label, component) if label else component


def _parameter(name: str, entry: dict[str, Any], component: Component | None, config: Config) -> Parameter:
    schema = mapping(entry.get("type"))
    kind = str(entry.get("component") or "").lower()
    props = component.props if component else {}
    default = entry.get("parameter_default")
    choices = _choices(schema, props)
    fixed = component is not None and component.id not in config.updated and not props.get("allow_custom_value")
    return Parameter(
        name=name,
        own_name=str(entry.get("parameter_name") or name),
        label=_label(entry),
        component=kind,
        schema=schema,
        family=_family(kind, schema),
        required=not entry.get("parameter_has_default", False),
        default=default,
        default_is_file=_has_file(default) and contains_file(schema),
        choices=choices,
        strict=choices is not None and fixed and kind in ("radio", "dropdown", "checkboxgroup") and bool(props),
        minimum=_number(props.get("minimum")),
        maximum=_number(props.get("maximum")),
    )


def _return(key: str, entry: dict[str, Any], component: Component | None) -> Return:
    schema = mapping(entry.get("type"))
    kind = str(entry.get("component") or (component.type if component else "")).lower()
    return Return(key, _label(entry), kind, schema, _family(kind, schema))


def _family(component: str, schema: dict[str, Any]) -> Family:
    kind = schema.get("type")
    if component in ("file", "uploadbutton") and kind == "array":
        return MANY_FILES
    found = family(component)
    if component in ("radio", "dropdown") and kind in ("string", "number", "integer", "boolean", "array"):
        return Family(kind, "list of choices" if kind == "array" else found.hint, kind, found.result)
    return found


def _choices(schema: dict[str, Any], props: dict[str, Any]) -> tuple[tuple[str, Any], ...] | None:
    listed = props.get("choices")
    if isinstance(listed, list) and listed:
        pairs = [(str(c[0]), c[1]) if isinstance(c, list | tuple) and len(c) == 2 else (str(c), c) for c in listed]
        return tuple(pairs)
    values = schema.get("enum") or mapping(schema.get("items")).get("enum")
    return tuple((str(value), value) for value in values) if isinstance(values, list) and values else None


def _has_file(value: Any) -> bool:
    if is_file_value(value):
        return True
    if isinstance(value, dict):
        return any(_has_file(entry) for entry in value.values())
    return isinstance(value, list) and any(_has_file(entry) for entry in value)


def _number(value: Any) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return value if abs(value) < MAX_NUMBER else None
