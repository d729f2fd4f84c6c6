"""Which Spaces can stand in for one another: roles, recognised from schemas alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from splatelier.tools.spaces.components import PICTURES, TEXTS
from splatelier.tools.spaces.jsonschema import contains_file
from splatelier.tools.spaces.schema import Endpoint, Parameter
from splatelier.tools.spaces.space import Space


def _any_of(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_MODELS = frozenset({"model3d", "file", "downloadbutton"})
_ONE_PICTURE = PICTURES - {"gallery", "imageslider"}
_PICTURE_NAMES = _any_of("image|picture|photo")
_SPLAT = _any_of(r"splat|gaussian|\bply\b|3dgs")
_MESH = _any_of(r"mesh|\bglb\b|\bobj\b|\bgltf\b")
_ACTION = _any_of(r"infer|generat|predict|run|draw|create|image|text|recon|3d|splat|process")
_NOT_PROMPT = _any_of(r"negative|system|style|lora|token|key|model")
PERCENT = 100
_ANYTHING, _NOTHING = re.compile(""), re.compile("(?!)")


@dataclass(frozen=True)
class Knob:
    """A share, of the width or of whatever else, that some Spaces of a role can be told, each by a name of its own.

    Attributes:
        called: what the name or the label of its parameter says.
        never: what it does not say.
        words: shares by the words for them.
    """

    called: re.Pattern[str]
    never: re.Pattern[str]
    words: Mapping[str, float]


@dataclass(frozen=True)
class Role:
    """One thing that Spaces are asked to do.

    Attributes:
        name: as a tool says it.
        query: what to search the Hub for.
        takes: components of the parameter that it is about.
        takes_if_named: further ones, which are meant only where their name says so.
        called: how that parameter is usually called.
        never: how it is not.
        gives: components of what comes back.
        suffixes: of the file that comes back, in lower case.
        words: what a Space that plays the role says of itself.
        rivals: what one says that plays another, with the same components.
        depth: how deep what comes back is, over its width; None where that means nothing.
    """

    name: str
    query: str
    takes: frozenset[str]
    gives: frozenset[str]
    suffixes: tuple[str, ...]
    called: re.Pattern[str]
    takes_if_named: frozenset[str] = frozenset()
    never: re.Pattern[str] = _NOTHING
    words: re.Pattern[str] = _ANYTHING
    rivals: re.Pattern[str] = _NOTHING
    depth: Knob | None = None


TEXT_TO_IMAGE = Role(
    name="text_to_image",
    query="generate an image from text",
    takes=TEXTS,
    gives=PICTURES,
    suffixes=(".png", ".jpg", ".jpeg", ".webp", ".avif", ".bmp", ".tiff", ".gif", ".svg"),
    called=_any_of("prompt|text|description|caption"),
    never=_NOT_PROMPT,
)
IMAGE_TO_SPLAT = Role(
    name="image_to_splat",
    query="image to 3D Gaussian splat",
    takes=_ONE_PICTURE,
    gives=_MODELS,
    suffixes=(".ply", ".splat", ".ksplat", ".spz"),
    called=_PICTURE_NAMES,
    takes_if_named=frozenset({"file"}),
    words=_SPLAT,
    rivals=_MESH,
    depth=Knob(
        called=_any_of("depth|thick"),
        never=_any_of("octree|tree|max|model|map|bit|colou?r|step|near|far|field|estimat"),
        words={"flat": 0.25, "half": 0.5, "full": 1.0},
    ),
)
IMAGE_TO_MESH = Role(
    name="image_to_mesh",
    query="image to 3D mesh GLB",
    takes=_ONE_PICTURE,
    gives=_MODELS,
    suffixes=(".glb", ".gltf", ".obj", ".stl", ".ply"),
    called=_PICTURE_NAMES,
    takes_if_named=frozenset({"file"}),
    words=_MESH,
    rivals=_SPLAT,
)
ROLES = (TEXT_TO_IMAGE, IMAGE_TO_SPLAT, IMAGE_TO_MESH)


@dataclass(frozen=True)
class Player:
    """An endpoint that can play a role: which of its parameters gets what."""

    space: Space
    endpoint: Endpoint
    main: Parameter
    merit: float


def players(space: Space, role: Role) -> list[Player]:
    """The endpoints of a Space that can play a role, the likeliest first."""
    found = []
    for endpoint in space.endpoints.values():
        main = _main(endpoint, role)
        gives = any(entry.component in role.gives for entry in endpoint.returns)
        if main is not None and gives and not endpoint.plumbing and _fillable(endpoint, main):
            found.append(Player(space, endpoint, main, _merit(space, endpoint, main, role)))
    return sorted((player for player in found if player.merit > 0), key=lambda player: -player.merit)


def is_seed(parameter: Parameter) -> bool:
    """Whether a parameter takes the number that chance is drawn from."""
    return "seed" in parameter.name.lower() and parameter.family.accepts in ("number", "integer")


def turned(endpoint: Endpoint, knob: Knob, share: float) -> dict[str, float]:
    """The parameter of an endpoint that is a knob, by name, with the value that a share is there; {} where none is.

    The value keeps to the parameter's own range; one that goes up to 100 counts in percent.
    """
    for parameter in endpoint.parameters:
        says = f"{parameter.name} {parameter.label}"
        numeric = parameter.family.accepts in ("number", "integer") and parameter.choices is None
        if numeric and knob.called.search(says) and not knob.never.search(says):
            value = share * PERCENT if parameter.maximum == PERCENT else share
            least, most = parameter.minimum, parameter.maximum
            value = value if most is None else min(value, most)
            return {parameter.name: value if least is None else max(value, least)}
    return {}


def _main(endpoint: Endpoint, role: Role) -> Parameter | None:
    """The parameter that takes what the role is about: the prompt, or the picture."""
    fit = [p for p in endpoint.parameters if p.component in role.takes and not role.never.search(p.name)]
    named = [p for p in fit if role.called.search(f"{p.name} {p.label}")]
    others = [
        p
        for p in endpoint.parameters
        if p.component in role.takes_if_named and role.called.search(f"{p.name} {p.label}")
    ]
    return next(iter(named or fit or others), None)


def _fillable(endpoint: Endpoint, main: Parameter) -> bool:
    return all(not p.required or p is main or is_seed(p) for p in endpoint.parameters)


def _merit(space: Space, endpoint: Endpoint, main: Parameter, role: Role) -> float:
    merit = 10.0
    merit += 2 * bool(re.search("prompt|image", main.name, re.IGNORECASE)) + bool(_ACTION.search(endpoint.name))
    merit -= 4 * endpoint.stateful
    merit -= 3 * sum(p is not main and contains_file(p.schema) for p in endpoint.parameters)
    says = " ".join(
        [space.name, space.card.description, endpoint.name, endpoint.description]
        + [f"{entry.key} {entry.label}" for entry in endpoint.returns]
    )
    shown_as_model = any(entry.component == "model3d" for entry in endpoint.returns)
    if not role.words.search(says):
        merit -= 20 if role.rivals.search(says) or not shown_as_model else 5
    return merit + 2 * shown_as_model
