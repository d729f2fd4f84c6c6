"""Drop what cannot be seen, and what floats away from the object."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.body import body_mask
from splatelier.tools.splats.draw.camera import camera
from splatelier.tools.splats.draw.preview import render
from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.splats.splats import Splats

MIN_ALPHA = 0.02
_VIEWS = (0.0, 120.0, 240.0)
_VIEW_SIZE = 192


@dataclass(frozen=True)
class PruneReport:
    """What was dropped. A Gaussian counts once, for the first reason that holds.

    Attributes:
        kept: Gaussians that are left.
        faint: more transparent than the threshold.
        degenerate: too small to be drawn, or larger than the whole object.
        floaters: apart from the object.
        psnr: how alike the object's pictures before and after are, in decibels; 99 when they are the same.
    """

    kept: int
    faint: int
    degenerate: int
    floaters: int
    psnr: float


def prune(splats: Splats, min_alpha: float = MIN_ALPHA) -> tuple[Splats, PruneReport]:
    """`splats` without Gaussians that are faint, degenerate or floating, in their old order.

    Args:
        min_alpha: opacity, 0..1, below which a Gaussian is dropped.

    Raises:
        SplatError: `min_alpha` is no opacity, or nothing would be left.
    """
    if not 0 <= min_alpha < 1:
        raise SplatError(f"The least opacity to keep is between 0 and 1, not {min_alpha:g}.")
    faint = splats.alphas < min_alpha
    body = body_mask(splats)
    if not (body & ~faint).any():
        raise SplatError(f"Every Gaussian is more transparent than {min_alpha:g}; nothing would be left. Ask for less.")
    degenerate = ~faint & _degenerate(splats, body & ~faint)
    floaters = ~faint & ~degenerate & ~body
    keep = ~(faint | degenerate | floaters)
    kept = replace(splats.take(keep), notices=splats.notices)
    return kept, PruneReport(
        kept=len(kept),
        faint=int(np.count_nonzero(faint)),
        degenerate=int(np.count_nonzero(degenerate)),
        floaters=int(np.count_nonzero(floaters)),
        psnr=_likeness(splats, kept),
    )


def _degenerate(splats: Splats, body: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """(n,) True where a Gaussian is a millionth of the object or larger than all of it."""
    centers = splats.centers[body]
    size = float((centers.max(axis=0) - centers.min(axis=0)).max())
    widest = splats.log_scales.max(axis=1)
    if size <= 0:
        return np.zeros(len(splats), dtype=bool)
    return np.asarray((widest < np.log(size * 1e-6)) | (widest > np.log(size)))


def _likeness(before: Splats, after: Splats) -> float:
    framing = frame(after)
    views = [camera(framing, _VIEW_SIZE, _VIEW_SIZE, turned=turned) for turned in _VIEWS]
    pairs = [(render(before, view).astype(float), render(after, view).astype(float)) for view in views]
    error = float(np.mean([np.mean((first - second) ** 2) for first, second in pairs]))
    return 99.0 if error == 0 else round(min(99.0, 10 * np.log10(255**2 / error)), 2)
