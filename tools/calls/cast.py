"""A role played by the best Space that has it, and by the next when that one fails for good."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from splatelier.tools.calls.calls import Calls
from splatelier.tools.errors import SplatelierError
from splatelier.tools.spaces.components import TEXTS
from splatelier.tools.spaces.errors import SpaceError, clean_text
from splatelier.tools.spaces.roles import Player, Role, is_seed, players, turned
from splatelier.tools.spaces.schema import Endpoint
from splatelier.tools.spaces.space import Space

AUTO = "auto"
MAX_SAID = 300  # characters of a Space's own words


@dataclass(frozen=True)
class Played:
    """What came of a role.

    Attributes:
        file: path in the workspace.
        space: who made it.
        said: the first text that came back beside the file, in one clean line; "" where none did.
        depth: what became of the depth that was asked for.
    """

    file: str
    space: str
    said: str
    depth: str


def _arguments(player: Player, value: Any, seed: int | None) -> dict[str, Any]:
    given: dict[str, Any] = {player.main.name: value}
    for parameter in player.endpoint.parameters:
        if seed is not None and is_seed(parameter):
            given[parameter.name] = seed
        elif (
            seed is not None and parameter.component == "checkbox" and re.search("rand", parameter.name, re.IGNORECASE)
        ):
            given[parameter.name] = False
    return given


def _pick(values: Any, role: Role) -> str | None:
    """The first file of the role's type in a result; of a before-and-after pair, the second."""
    if isinstance(values, str):
        return values if values.lower().endswith(role.suffixes) else None
    if isinstance(values, dict):
        return next((found for entry in values.values() if (found := _pick(entry, role))), None)
    if isinstance(values, list):
        pair = len(values) == 2 and all(isinstance(entry, str) for entry in values)
        return next((found for entry in (values[::-1] if pair else values) if (found := _pick(entry, role))), None)
    return None


def _said(values: dict[str, Any], endpoint: Endpoint) -> str:
    texts = (values.get(entry.key) for entry in endpoint.returns if entry.component in TEXTS | {"markdown"})
    return next((clean for text in texts if isinstance(text, str) and (clean := clean_text(text, MAX_SAID))), "")


def _share(role: Role, depth: str | float) -> float | None:
    """The depth that a word or a number means, over the width; None where the Space is to judge it."""
    if depth == AUTO:
        return None
    words = role.depth.words if role.depth else {}
    if isinstance(depth, str) and depth in words:
        return words[depth]
    if isinstance(depth, int | float) and not isinstance(depth, bool) and 0 < depth < float("inf"):
        return float(depth)
    known = ", ".join(repr(word) for word in (AUTO, *words))
    raise SplatelierError(f"{role.name} takes as depth {known} or a number above 0 (depth over width), not {depth!r}.")


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

    def play(self, role: Role, value: str, seed: int | None = None, depth: str | float = AUTO) -> Played:
        """The file that came of it, the Space that made it, and what that said.

        Args:
            depth: a word of the role's, or depth over width; a Space that cannot be told makes it as it does.

        Raises:
            SplatelierError: no such depth.
            SpaceError: no Space of the role could; it says what each of them said.
        """
        share = _share(role, depth)
        ways = (
            (player.space.name, partial(self._play, player, role, value, seed, share))
            for player in self._in_order(role)
        )
        return self._calls.first_that_works(ways, partial(_nobody, role))

    def _play(self, player: Player, role: Role, value: str, seed: int | None, share: float | None) -> Played:
        given = turned(player.endpoint, role.depth, share) if role.depth and share is not None else {}
        values = self._calls.call(player.space, player.endpoint, (), _arguments(player, value, seed) | given)
        file = _pick(values, role)
        if file is None:
            raise SpaceError(
                "malformed",
                player.space.name,
                f"no {' or '.join(role.suffixes[:2])} file came back",
                endpoint=player.endpoint.name,
            )
        if share is None:
            depth = "judged by the Space"
        else:
            depth = ", ".join(f"{name} = {number:g}" for name, number in given.items())
        depth = depth or "ignored: this Space has nothing to set it with"
        return Played(file, player.space.name, _said(values, player.endpoint), depth)

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
        for space in self._search(role.query):
            best = players(space, role)
            if best and space.name not in tried and not ledger.is_resting(space.name):
                yield best[0]


def _nobody(role: Role, problems: list[SpaceError]) -> SpaceError:
    what = role.name.replace("_", " ")
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
