"""Which Spaces can stand in for one another: roles recognised from schemas, and calls that fall back to the next."""

import re
from dataclasses import dataclass
from typing import Literal

from splatelier.tools.spaces.components import PICTURES, TEXTS
from splatelier.tools.spaces.jsonschema import contains_file
from splatelier.tools.spaces.schema import Endpoint, Parameter
from splatelier.tools.spaces.space import Space

Role = Literal["text_to_image", "image_to_splat", "image_to_mesh"]

QUERIES: dict[Role, str] = {
    "text_to_image": "generate an image from text",
    "image_to_splat": "image to 3D Gaussian splat",
    "image_to_mesh": "image to 3D mesh GLB",
}
SUFFIXES: dict[Role, tuple[str, ...]] = {
    "text_to_image": (".png", ".jpg", ".jpeg", ".webp", ".avif", ".bmp", ".tiff", ".gif", ".svg"),
    "image_to_splat": (".ply", ".splat", ".ksplat", ".spz"),
    "image_to_mesh": (".glb", ".gltf", ".obj", ".stl", ".ply"),
}
_MODELS = frozenset({"model3d", "file", "downloadbutton"})
_SPLAT = re.compile(r"splat|gaussian|\bply\b|3dgs|hull", re.IGNORECASE)
_MESH = re.compile(r"mesh|\bglb\b|\bobj\b|\bgltf\b", re.IGNORECASE)
_ACTION = re.compile(r"infer|generat|predict|run|paint|draw|create|image|text|recon|3d|splat|process", re.IGNORECASE)
_NOT_PROMPT = re.compile(r"negative|system|style|lora|token|key|model", re.IGNORECASE)


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
        if main is not None and not endpoint.plumbing and _gives(endpoint, role) and _fillable(endpoint, main):
            found.append(Player(space, endpoint, main, _merit(space, endpoint, main, role)))
    return sorted((player for player in found if player.merit > 0), key=lambda player: -player.merit)


def _main(endpoint: Endpoint, role: Role) -> Parameter | None:
    """The parameter that takes what the role is about: the prompt, or the picture."""
    if role == "text_to_image":
        texts = [p for p in endpoint.parameters if p.component in TEXTS and not _NOT_PROMPT.search(p.name)]
        named = [p for p in texts if re.search("prompt|text|description|caption", f"{p.name} {p.label}", re.IGNORECASE)]
        return next(iter(named or texts), None)
    pictures = [p for p in endpoint.parameters if p.component in PICTURES - {"gallery", "imageslider"}]
    files = [
        p
        for p in endpoint.parameters
        if p.component == "file" and re.search("image|picture|photo", f"{p.name} {p.label}", re.I)
    ]
    return next(iter(pictures or files), None)


def _gives(endpoint: Endpoint, role: Role) -> bool:
    wanted = PICTURES if role == "text_to_image" else _MODELS
    return any(entry.component in wanted for entry in endpoint.returns)


def _fillable(endpoint: Endpoint, main: Parameter) -> bool:
    return all(not p.required or p is main or _is_seed(p) for p in endpoint.parameters)


def _merit(space: Space, endpoint: Endpoint, main: Parameter, role: Role) -> float:
    merit = 10.0
    merit += 2 * bool(re.search("prompt|image", main.name, re.IGNORECASE)) + bool(_ACTION.search(endpoint.name))
    merit -= 4 * endpoint.stateful
    if role == "text_to_image":
        pictures_in = [p for p in endpoint.parameters if p is not main and contains_file(p.schema)]
        return merit - 3 * len(pictures_in) - 20 * any(p.required for p in pictures_in)
    words = " ".join(
        [space.name, space.card.description, endpoint.name, endpoint.description]
        + [f"{entry.key} {entry.label}" for entry in endpoint.returns]
    )
    own, other = (_SPLAT, _MESH) if role == "image_to_splat" else (_MESH, _SPLAT)
    models = any(entry.component == "model3d" for entry in endpoint.returns)
    return (merit if own.search(words) else merit - 20 if other.search(words) or not models else merit - 5) + 2 * models


def _is_seed(parameter: Parameter) -> bool:
    return "seed" in parameter.name.lower() and parameter.family.accepts in ("number", "integer")
