"""What there is to say about a splat, in numbers and verdicts."""

from typing import TypedDict

from splatelier.tools.splats.ops.orient import Picture, judge
from splatelier.tools.splats.splats import Splats


class Inspection(TypedDict):
    """What `inspect` found. `size` is the extent along x, y and z; `transparent` a share of the Gaussians."""

    gaussians: int
    sh_degree: int
    size: list[float]
    transparent: float
    up: str
    confidence: float
    reason: str
    notices: list[str]


def inspect(splats: Splats, picture: Picture | None = None) -> Inspection:
    """Counts, extent, which way is up and why, and what the reader had to leave out."""
    orientation = judge(splats, picture)
    low, high = splats.centers.min(axis=0), splats.centers.max(axis=0)
    return {
        "gaussians": len(splats),
        "sh_degree": splats.sh_degree,
        "size": [round(float(value), 4) for value in high - low],
        "transparent": round(float((splats.alphas < 1 / 255).mean()), 4),
        "up": orientation.up,
        "confidence": orientation.confidence,
        "reason": orientation.reason,
        "notices": list(splats.notices),
    }
