"""Gaussian splats as arrays: read, turn, frame, compress and draw them. Knows numpy and files, nothing else."""

from splatelier.tools.splats.draw.posters import render_poster, write_poster
from splatelier.tools.splats.draw.preview import render, turntable
from splatelier.tools.splats.errors import SplatError
from splatelier.tools.splats.formats.ksplat import KsplatReport, write_ksplat
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.formats.registry import read_splats, write_splats
from splatelier.tools.splats.framing import Framing
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.splats.ops.orient import Orientation, Picture, judge, turn, upright
from splatelier.tools.splats.ops.prune import PruneReport, prune
from splatelier.tools.splats.report import inspect
from splatelier.tools.splats.splats import Splats

__all__ = [
    "Framing",
    "KsplatReport",
    "Orientation",
    "Picture",
    "PruneReport",
    "SplatError",
    "Splats",
    "frame",
    "inspect",
    "judge",
    "prune",
    "read_splats",
    "render",
    "render_poster",
    "turn",
    "turntable",
    "upright",
    "write_ksplat",
    "write_ply",
    "write_poster",
    "write_splats",
]
