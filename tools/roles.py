"""Which Spaces can stand in for one another: roles recognised from schemas, and calls that fall back to the next."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from smolagents import Tool

from tools.calls import Calls
from tools.components import PICTURES, TEXTS
from tools.endpoints import Endpoint, Parameter, contains_file
from tools.space_errors import SpaceError
from tools.spaces import Space

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


def _arguments(player: Player, value: Any, seed: int | None) -> dict[str, Any]:
    given: dict[str, Any] = {player.main.name: value}
    for parameter in player.endpoint.parameters:
        if seed is not None and _is_seed(parameter):
            given[parameter.name] = seed
        elif (
            seed is not None and parameter.component == "checkbox" and re.search("rand", parameter.name, re.IGNORECASE)
        ):
            given[parameter.name] = False
    return given


def _pick(values: Any, role: Role) -> str | None:
    """The first file of the role's type in a result; of a before-and-after pair, the second."""
    if isinstance(values, str):
        return values if values.lower().endswith(SUFFIXES[role]) else None
    if isinstance(values, dict):
        return next((found for entry in values.values() if (found := _pick(entry, role))), None)
    if isinstance(values, list):
        pair = len(values) == 2 and all(isinstance(entry, str) for entry in values)
        return next((found for entry in (values[::-1] if pair else values) if (found := _pick(entry, role))), None)
    return None


class Cast:
    """Plays a role with the best Space that has it, and with the next when that one fails for good.

    Args:
        known: gives the Spaces that are connected, those that the person named first, and whether each was named.
        search: gives more Spaces for a query, connected one after the other; asked only when all others failed.
    """

    def __init__(
        self, calls: Calls, known: Callable[[], list[tuple[Space, bool]]], search: Callable[[str], Iterable[Space]]
    ) -> None:
        self._calls = calls
        self._known = known
        self._search = search

    def play(self, role: Role, value: str, seed: int | None = None) -> tuple[str, str]:
        """The file that came of it, and the Space that made it.

        Raises:
            SpaceError: no Space of the role could; it says what each of them said.
        """

        ways = ((player.space.name, partial(self._play, player, role, value, seed)) for player in self._in_order(role))
        return self._calls.first_that_works(ways, partial(_nobody, role))

    def _play(self, player: Player, role: Role, value: str, seed: int | None) -> tuple[str, str]:
        values = self._calls.call(player.space, player.endpoint, (), _arguments(player, value, seed))
        file = _pick(values, role)
        if file is None:
            raise SpaceError(
                "malformed",
                player.space.name,
                f"no {' or '.join(SUFFIXES[role][:2])} file came back",
                endpoint=player.endpoint.name,
            )
        return file, player.space.name

    def _in_order(self, role: Role) -> Iterator[Player]:
        known = self._known()
        ledger = self._calls.ledger
        spaces = {space.name: space for space, _ in known}
        named = [space.name for space, by_person in known if by_person]
        others = ledger.rank([space.name for space, by_person in known if not by_person])
        order = sorted([*named, *others], key=ledger.is_resting)  # a stable sort: those at rest come last
        tried = set()
        for name in order:
            best = players(spaces[name], role)
            if best:
                tried.add(name)
                yield best[0]
        for space in self._search(QUERIES[role]):
            best = players(space, role)
            if best and space.name not in tried and not ledger.is_resting(space.name):
                yield best[0]


def _nobody(role: Role, problems: list[SpaceError]) -> SpaceError:
    what = role.replace("_", " ")
    if not problems:
        return SpaceError(
            "unreachable",
            what,
            "no Space for it is connected or was found",
            hint="name one, or find one with find_spaces",
        )
    if len(problems) == 1:
        return problems[0]
    last = problems[-1]
    latest = {error.space: error for error in problems}
    if len(latest) == 1:
        return last
    said = "; ".join(f"{error.space}: {error.kind}, {error.said}" for error in latest.values())
    combined = SpaceError(last.kind, f"every Space for {what}", said, hint=last.hint)
    combined.__cause__ = last
    return combined


class GenerateImage(Tool):  # type: ignore[misc]
    """Text to picture, with whichever Space does it best."""

    name = "generate_image"
    description = (
        "Makes a picture from words with the best Space for it, and with the next one when that fails. "
        "The same prompt and seed give the same picture."
    )
    inputs = {  # noqa: RUF012 - smolagents' own declaration
        "prompt": {"type": "string", "description": "what the picture shows, in detail"},
        "seed": {"type": "integer", "description": "another seed is another picture; default 0", "nullable": True},
    }
    output_type = "object"
    output_schema = {  # noqa: RUF012
        "type": "object",
        "properties": {
            "image": {"type": "string", "description": "path of the picture"},
            "space": {"type": "string", "description": "the Space that made it"},
        },
    }

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self._cast = cast

    def forward(self, prompt: str, seed: int | None = None) -> dict[str, str]:
        image, space = self._cast.play("text_to_image", prompt, seed or 0)
        return {"image": image, "space": space}


class ImageToSplat(Tool):  # type: ignore[misc]
    """Picture to Gaussian splat, with whichever Space does it best."""

    name = "image_to_splat"
    description = (
        "Makes a 3D Gaussian splat from a picture with the best Space for it, and with the next one when that fails. "
        "The splat may lie upside down: flip_splat turns it."
    )
    inputs = {  # noqa: RUF012 - smolagents' own declaration
        "image": {"type": "string", "description": "path of a picture of one object on a plain background"},
    }
    output_type = "object"
    output_schema = {  # noqa: RUF012
        "type": "object",
        "properties": {
            "splat": {"type": "string", "description": "path of the splat"},
            "space": {"type": "string", "description": "the Space that made it"},
        },
    }

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self._cast = cast

    def forward(self, image: str) -> dict[str, str]:
        splat, space = self._cast.play("image_to_splat", image, 0)
        return {"splat": splat, "space": space}
