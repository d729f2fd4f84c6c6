"""Which parts of an outline are domes: two outlines cannot tell a round tower from a square one, but a bulge can."""

from dataclasses import dataclass, field

import numpy as np

from .silhouette import Floats, Mask

_SHORTEST = 6  # rows: below it, a bulge is noise
_BULGE = 0.08  # how far, as a share of the widest squared half-width, the outline must rise above its chord
_MISFIT = 0.12  # how far the outline may stray from an ellipse, likewise
_KINK = 1.2  # voxels a row: where the outline turns outwards faster than that, one piece ends and the next begins


def _like_an_ellipse(halves: Floats) -> bool:
    """Whether the squared half-width over the height is an arch of a parabola, as an ellipse's is."""
    if len(halves) < _SHORTEST or halves.max() < 3:
        return False
    height = np.linspace(-1, 1, len(halves))
    squared = (halves / halves.max()) ** 2
    fit = np.polynomial.Polynomial.fit(height, squared, 2, domain=(-1, 1))
    misfit = np.sqrt(np.mean((fit(height) - squared) ** 2))
    return len(fit.coef) == 3 and bool(-fit.coef[2] > _BULGE and misfit < _MISFIT)


@dataclass
class _Chain:
    """Runs of subject on successive rows, each the continuation of the one above."""

    top: int
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)  # exclusive
    round: bool = False

    @property
    def bottom(self) -> int:
        return self.top + len(self.starts) - 1

    def continues(self, start: int, end: int, size: int) -> bool:
        """A run is the next of the chain if it changes no faster than the flank of a dome can."""
        before = (self.ends[-1] - self.starts[-1]) / 2
        now = (end - start) / 2
        drift = abs((start + end) - (self.starts[-1] + self.ends[-1])) / 2
        narrow, wide = sorted((before, now))
        return drift <= 1.5 and wide - narrow <= 1.5 + 0.75 * size / narrow and wide <= 1.6 * narrow + 2

    def halves(self) -> Floats:
        return (np.array(self.ends, np.float32) - np.array(self.starts, np.float32)) / 2

    def centres(self) -> Floats:
        return (np.array(self.ends, np.float32) + np.array(self.starts, np.float32)) / 2

    def pieces(self) -> "list[_Chain]":
        """The chain cut where it turns outwards: below a lantern, above a ledge, under a cornice. Domes never do."""
        halves = np.pad(self.halves(), 2, mode="edge")
        turn = (halves[4:] - halves[2:-2]) / 2 - (halves[2:-2] - halves[:-4]) / 2
        sharpest = turn >= np.maximum(np.append(turn[1:], -np.inf), np.append(-np.inf, turn[:-1]))
        step = np.diff(self.halves(), prepend=self.halves()[:1])
        cuts = [0]
        for row in np.flatnonzero(sharpest & (turn > _KINK)).tolist():
            cut = row + 1 if row + 1 < len(step) and step[row + 1] > abs(step[row]) else row
            if cut > cuts[-1]:
                cuts.append(cut)
        spans = zip(cuts, [*cuts[1:], len(self.starts)], strict=True)
        return [_Chain(self.top + first, self.starts[first:last], self.ends[first:last]) for first, last in spans]

    def bulges(self) -> bool:
        """Whether it is a dome, or a dome under a lantern that it grows out of without a kink."""
        halves, centres = self.halves(), self.centres()
        in_line = np.ptp(centres) <= 1 + 0.05 * halves.max()
        return bool(in_line) and any(_like_an_ellipse(halves[len(halves) * skipped // 4 :]) for skipped in (0, 1, 2))

    def joins(self, dome: "_Chain") -> bool:
        """Whether this is the tip of a dome, the drum under it or a neck: next to it, in line, about as wide."""
        below = self.top == dome.bottom + 1
        mine, its = (0, -1) if below else (-1, 0)
        halves, meeting = self.halves(), dome.halves()[its]
        straight = np.ptp(halves) <= 0.12 * halves.max() + 1 and len(halves) <= 3 * halves.max()
        return bool(
            (below or self.bottom == dome.top - 1)
            and abs(self.centres()[mine] - dome.centres()[its]) <= 1.5
            and (0.75 if straight else 0.4) <= halves[mine] / meeting <= 1.3
            and (straight or len(halves) < _SHORTEST)
        )


def round_cost(inside: Mask) -> Floats:
    """(height, width): 0 where the outline is flat, inf outside; in domes the squared share of the half-width.

    A voxel is inside where the front's cost and the side's add up to at most 1.
    """
    cost = np.where(inside, np.float32(0), np.float32(np.inf))
    chains = [piece for chain in _chains(inside) for piece in chain.pieces()]
    for chain in chains:
        chain.round = chain.bulges()
    fresh = [chain for chain in chains if chain.round]
    while fresh:
        joined = [chain for chain in chains if not chain.round and any(chain.joins(dome) for dome in fresh)]
        for chain in joined:
            chain.round = True
        fresh = [chain for chain in joined if len(chain.starts) < _SHORTEST]  # a ledge hands on, a drum ends it
    columns = np.arange(inside.shape[1], dtype=np.float32) + 0.5
    for chain in chains:
        if chain.round:
            for row, (start, end) in enumerate(zip(chain.starts, chain.ends, strict=True), chain.top):
                reach = (columns[start:end] - (start + end) / 2) / ((end - start) / 2)
                cost[row, start:end] = reach * reach
    return cost


def _chains(inside: Mask) -> list[_Chain]:
    height, width = inside.shape
    edges = np.diff(np.pad(inside, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    chains: list[_Chain] = []
    above: list[_Chain] = []
    for row in range(height):
        starts, ends = np.flatnonzero(edges[row] == 1).tolist(), np.flatnonzero(edges[row] == -1).tolist()
        current = []
        for start, end in zip(starts, ends, strict=True):
            touching = [chain for chain in above if chain.starts[-1] < end and start < chain.ends[-1]]
            heir = len(touching) == 1 and touching[0].continues(start, end, max(height, width))
            split = heir and sum(first < touching[0].ends[-1] and touching[0].starts[-1] < last
                                 for first, last in zip(starts, ends, strict=True)) > 1  # fmt: skip
            chain = touching[0] if heir and not split else _Chain(row)
            if chain.top == row:
                chains.append(chain)
            current.append((chain, start, end))
        above = [chain for chain, _, _ in current]
        for chain, start, end in current:
            chain.starts.append(start)
            chain.ends.append(end)
    return chains
