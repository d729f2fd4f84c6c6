"""Which way is up, and turning a splat upright.

Image-to-splat models write Y down, as cameras see. Upright is a rotation by 180 degrees about X, never a mirror: a
mirror swaps left and right and reverses lettering.
"""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.body import body_mask, weighted_quantiles
from splatelier.tools.splats.splats import Floats, Splats

REST_SIGNS = np.array([-1, -1, 1, -1, 1, 1, -1, 1, -1, 1, -1, -1, 1, -1, 1], dtype=np.float32)
"""Sign of each SH coefficient after the turn: minus where the basis function is odd in (y, z) together."""

_CONVENTION = -1.0
_FINEST = 96


@dataclass(frozen=True)
class Orientation:
    """Which way is up, how sure that is, and why.

    Attributes:
        up: "+Y" when the splat stands upright as it is, "-Y" when it must be turned.
        confidence: 0.5 is a guess, 1 is certain.
        reason: a sentence for a person.
    """

    up: Literal["+Y", "-Y"]
    confidence: float
    reason: str


@dataclass(frozen=True, eq=False)
class Picture:
    """The picture that a splat was made from: (h, w, 3) colours in 0..1 and the (h, w) mask of its subject."""

    colors: Floats
    mask: NDArray[np.bool_]


def turn(splats: Splats) -> Splats:
    """`splats` rotated by 180 degrees about X: positions, rotations and spherical harmonics.

    (x, y, z) -> (x, -y, -z); quaternion (w, x, y, z) -> (1 0 0)-axis half turn times it = (-x, w, -z, y).
    """
    w, x, y, z = splats.rotations.T
    coefficients = splats.rest.shape[2]
    return replace(
        splats,
        centers=splats.centers * np.array([1, -1, -1], dtype=np.float32),
        rotations=np.stack([-x, w, -z, y], axis=1),
        rest=splats.rest * REST_SIGNS[:coefficients],
        upright=None,
    )


def upright(splats: Splats, orientation: Orientation) -> Splats:
    """`splats` the right way up, with that recorded, so that it is never turned twice."""
    if splats.upright:
        return splats
    return replace(turn(splats) if orientation.up == "-Y" else splats, upright=True)


def judge(splats: Splats, picture: Picture | None = None) -> Orientation:
    """Which way is up: by the record, else by the source picture, else by shape and convention."""
    if splats.upright:
        return Orientation("+Y", 1.0, "The file records that it was turned upright.")
    mask = body_mask(splats)
    body = splats.take(mask) if mask.any() else splats
    by_shape, why_shape = _by_shape(body)
    if picture is None or not picture.mask.any():
        return _verdict(by_shape + _CONVENTION, f"{why_shape}; models that make splats from pictures write Y down.")
    by_picture, why_picture = _by_picture(body, picture)
    if abs(by_picture) >= 1.0:
        return _verdict(by_picture, why_picture)
    reason = f"{why_picture}, which is too close to tell; {why_shape}, and such models write Y down."
    return _verdict(by_picture + by_shape + _CONVENTION, reason)


def fit(splats: Splats, picture: Picture) -> float:
    """How much better the front view fits the picture as it is than turned over, as log-odds."""
    mask = body_mask(splats)
    return _by_picture(splats.take(mask) if mask.any() else splats, picture)[0]


def _verdict(evidence: float, reason: str) -> Orientation:
    """`evidence` is a log-odds that +Y is up."""
    confidence = 1 / (1 + np.exp(-min(abs(evidence), 30.0)))
    return Orientation("+Y" if evidence > 0 else "-Y", round(float(confidence), 3), reason)


def _by_shape(body: Splats) -> tuple[float, str]:
    """Things stand on their wider and heavier end: the log-odds that this is so with +Y up."""
    y, alphas = body.centers[:, 1:2], body.alphas
    low, high = weighted_quantiles(y, alphas, (0.01, 0.99))[:, 0]
    if high <= low:
        return 0.0, "the splat has no height to judge by"
    share = (y[:, 0] - low) / (high - low)
    ends = [share < 0.25, share > 0.75]
    bottom, top = (_width(body.centers[end], alphas[end]) for end in ends)
    mass = float(np.average(np.clip(share, 0, 1), weights=alphas))
    evidence = float(np.clip(1.5 * np.log((bottom + 1e-9) / (top + 1e-9)) + 6 * (0.5 - mass), -4, 4))
    wide = "lower" if bottom > top else "upper"
    return evidence, f"the end at {'low' if wide == 'lower' else 'high'} Y is the wider one ({bottom:.3g} to {top:.3g})"


def _width(centers: Floats, alphas: Floats) -> float:
    """Root mean square distance from the vertical axis through the middle."""
    if not len(centers):
        return 0.0
    flat = centers[:, [0, 2]]
    middle = np.average(flat, axis=0, weights=alphas)
    return float(np.sqrt(np.average(((flat - middle) ** 2).sum(axis=1), weights=alphas)))


def _by_picture(body: Splats, picture: Picture) -> tuple[float, str]:
    """How much better the front view fits the picture with +Y up than with -Y up, as log-odds."""
    size = int(np.clip(np.sqrt(len(body)) / 3, 12, _FINEST))
    wanted_mask, wanted_colors = _crop(picture, size)
    fits = []
    for candidate in (body, turn(body)):
        mask, colors = _front_view(candidate, size)
        both = mask & wanted_mask
        overlap = both.sum() / max(1, (mask | wanted_mask).sum())
        difference = np.abs(colors[both] - wanted_colors[both]).mean() if both.any() else 1.0
        fits.append((float(overlap), float(difference)))
    (as_is, as_is_colors), (turned, turned_colors) = fits
    evidence = 30 * (as_is - turned) + 20 * (turned_colors - as_is_colors)
    reason = f"The front view overlaps the picture's silhouette by {as_is:.0%} as it is and {turned:.0%} turned"
    return evidence, f"{reason} (colours differ by {as_is_colors:.2f} and {turned_colors:.2f})"


def _crop(picture: Picture, size: int) -> tuple[NDArray[np.bool_], Floats]:
    """The subject's own box, sampled to size by size; row 0 is the top."""
    rows, columns = np.flatnonzero(picture.mask.any(axis=1)), np.flatnonzero(picture.mask.any(axis=0))
    at = (np.arange(size) + 0.5) / size
    y = (rows[0] + at * (rows[-1] + 1 - rows[0])).astype(int)
    x = (columns[0] + at * (columns[-1] + 1 - columns[0])).astype(int)
    return picture.mask[np.ix_(y, x)], picture.colors[np.ix_(y, x)]


def _front_view(body: Splats, size: int) -> tuple[NDArray[np.bool_], Floats]:
    """What is seen from +Z with Y up, in the body's own box, size by size; the nearest Gaussian gives the colour."""
    centers, alphas = body.centers, body.alphas
    low, high = weighted_quantiles(centers[:, :2], alphas, (0.002, 0.998))
    spread = np.maximum(high - low, 1e-9)
    inside = (centers[:, :2] >= low).all(axis=1) & (centers[:, :2] <= high).all(axis=1) & (alphas > 0.1)
    cells = np.minimum(((centers[inside, :2] - low) / spread * size).astype(int), size - 1)
    order = np.argsort(centers[inside, 2])
    column, row = cells[order, 0], size - 1 - cells[order, 1]
    mask = np.zeros((size, size), dtype=bool)
    colors = np.zeros((size, size, 3), dtype=np.float32)
    mask[row, column] = True
    colors[row, column] = np.clip(body.colors[inside][order], 0, 1)
    return mask, colors
