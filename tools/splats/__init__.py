"""Gaussian splats as arrays: read, turn, frame, compress and draw them. Knows numpy and files, nothing else."""

from tools.splats.errors import SplatError
from tools.splats.formats import read_splats
from tools.splats.framing import Framing, frame
from tools.splats.ksplat import KsplatReport, write_ksplat
from tools.splats.orient import Orientation, Picture, judge, turn, upright
from tools.splats.ply import write_ply
from tools.splats.posters import render_poster, write_poster
from tools.splats.preview import render, turntable
from tools.splats.prune import PruneReport, prune
from tools.splats.report import inspect
from tools.splats.splats import Splats

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
]
