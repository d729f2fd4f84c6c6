"""Leave out what no renderer can draw, and say how many those were."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.splats import Floats, Splats

LARGEST = 1e15
"""Larger values are as good as infinite: their squares overflow float32."""

_CHUNK = 16_384


def drop_unusable(splats: Splats, path: Path, quick: Floats | None = None) -> Splats:
    """`splats` without the Gaussians that no renderer can draw, and a notice of how many those were.

    An infinite opacity is full opacity and a scale of minus infinity is flat: other tools write both; they are kept.

    Args:
        quick: (n, columns) every float of the file's rows, to prove in one pass that nothing is wrong.

    Raises:
        SplatError: no Gaussian is left.
    """
    count = len(splats)
    finite = np.ones(count, dtype=bool)
    if quick is None or not _all_within(quick):
        for column in (splats.centers, splats.rotations, splats.dc, splats.rest.reshape(count, -1)):
            finite &= (np.abs(column) < LARGEST).all(axis=1)
        finite &= ~np.isnan(splats.logits)
        finite &= (splats.log_scales < LARGEST).all(axis=1)
    keep = finite & _turned(splats.rotations)
    kept = int(np.count_nonzero(keep))
    if kept == count:
        return splats
    if kept == 0:
        raise SplatError(f"{path} has no usable Gaussian: every one has a NaN, infinite or zero-rotation value.")
    bad_values = count - int(np.count_nonzero(finite))
    notices = [f"{bad_values} of {count} Gaussians had NaN or infinite values and were dropped."] if bad_values else []
    if count - kept - bad_values:
        notices.append(
            f"{count - kept - bad_values} of {count} Gaussians had no rotation (length zero) and were dropped."
        )
    return replace(splats.take(keep), notices=(*splats.notices, *notices))


def _turned(rotations: Floats) -> NDArray[np.bool_]:
    """(n,) True where a rotation has a length."""
    result = np.empty(len(rotations), dtype=bool)
    for start in range(0, len(rotations), _CHUNK):
        by_axis = np.ascontiguousarray(rotations[start : start + _CHUNK].T)
        with np.errstate(over="ignore", invalid="ignore"):
            result[start : start + _CHUNK] = (by_axis * by_axis).sum(axis=0) > 0
    return result


def _all_within(rows: Floats) -> bool:
    """Whether no value is NaN, infinite or absurdly large; at the speed of memory."""
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        if not (part.max() < LARGEST and part.min() > -LARGEST):
            return False
    return True
