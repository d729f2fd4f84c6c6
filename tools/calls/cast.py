"""A role played by the best Space that has it, and by the next when that one fails for good."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from splatelier.tools.calls.calls import Calls
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.roles import Player, Role, is_seed, players
from splatelier.tools.spaces.space import Space


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
                f"no {' or '.join(role.suffixes[:2])} file came back",
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
