"""The splat toolbox as the agent sees it: thin smolagents Tools over tools/gallery/models.py."""

from dataclasses import asdict
from typing import Any, ClassVar

from smolagents import Tool

from splatelier.tools.gallery import models
from splatelier.tools.pictures.subject import load_picture
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.framing import framing_of
from splatelier.tools.splats.report import inspect
from splatelier.tools.toolset.schemas import returns
from splatelier.tools.toolset.shell import Shell
from splatelier.tools.workspace.workspace import Workspace

_SPLAT = {"type": "string", "description": "Path of the splat in the gallery's folder: .ply, .splat, .ksplat or .spz."}
_IMAGE = {
    "type": "string",
    "description": "Path of the picture that the splat was made from. With it the verdict is much surer.",
    "nullable": True,
}


class SplatTool(Shell):
    """A tool that works on the files of one gallery."""

    output_type = "object"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace


class InspectSplat(SplatTool):
    """What is in a splat file."""

    name = "inspect_splat"
    description = (
        "Looks into a splat file: how many Gaussians, SH degree, its size in its own units, how much of it is "
        "transparent, which way is up and why, and what was wrong with the file. Changes nothing."
    )
    inputs: ClassVar = {"splat": _SPLAT, "image": _IMAGE}
    output_schema = returns(
        gaussians="integer", sh_degree="integer", bytes="integer", size="number[]", up="string", confidence="number",
        reason="string", transparent="number", notices="string[]",
    )  # fmt: skip

    def forward(self, splat: str, image: str | None = None) -> dict[str, Any]:
        """A dict of numbers and verdicts about `splat`."""
        path = self.workspace.existing(splat)
        picture = load_picture(self.workspace.existing(image)) if image else None
        return {"splat": splat, "bytes": path.stat().st_size, **inspect(read_splats(path), picture)}


class FlipSplat(SplatTool):
    """Turn a splat upright, if it is not."""

    name = "flip_splat"
    description = (
        "Turns a splat upright, by a rotation of 180 degrees about X, only if it is upside down; safe to call twice. "
        "Models that make splats from pictures write them upside down: call this on every new splat, with its picture. "
        "Returns the upright splat's path, whether it was turned, how sure that is (0.5 a guess, 1 certain) and why."
    )
    inputs: ClassVar = {"splat": _SPLAT, "image": _IMAGE}
    output_schema = returns(splat="string", turned="boolean", confidence="number", reason="string")

    def forward(self, splat: str, image: str | None = None) -> dict[str, Any]:
        """The upright splat: a new file, or `splat` itself where it is recorded to be upright."""
        return asdict(models.upright(self.workspace, splat, image, load_picture))


class FrameSplat(SplatTool):
    """Where the camera must be."""

    name = "frame_splat"
    description = (
        "Finds the framing of an upright splat: the centre and radius of the object without stray Gaussians, and the "
        "angles to look from. The whole object is in view from every side. Pass the result on as it is."
    )
    inputs: ClassVar = {"splat": _SPLAT}
    output_schema = returns(center="number[]", radius="number", azimuth="number", elevation="number")

    def forward(self, splat: str) -> dict[str, Any]:
        """The framing as a dict of `Framing`'s fields."""
        framing = asdict(models.framing(self.workspace, splat))
        return {**framing, "center": list(framing["center"])}


class CompressSplat(SplatTool):
    """A .ksplat for the browser."""

    name = "compress_splat"
    description = (
        "Compresses a splat to .ksplat, the format the site streams: about a third of the PLY. The file is read back "
        "and compared before this returns. Returns the model's path, its size in bytes, how many times smaller it is "
        "(ratio) and how many Gaussians are in it."
    )
    inputs: ClassVar = {
        "splat": _SPLAT,
        "level": {
            "type": "integer",
            "description": "0 exact, 1 16-bit (default, looks the same), 2 also 8-bit spherical harmonics.",
            "nullable": True,
        },
    }
    output_schema = returns(model="string", bytes="integer", ratio="number", gaussians="integer", dropped="integer")

    def forward(self, splat: str, level: int | None = 1) -> dict[str, Any]:
        """The .ksplat's path and what it weighs."""
        return asdict(models.compress(self.workspace, splat, 1 if level is None else level))


class PruneSplat(SplatTool):
    """Drop waste."""

    name = "prune_splat"
    description = (
        "Drops Gaussians that cannot be seen and floaters away from the object. Worth it when frame_splat or a preview "
        "shows debris. Returns the pruned splat's path, how many were kept and dropped, and how alike the pictures "
        "before and after are (psnr in decibels; below 30 the object itself has changed)."
    )
    inputs: ClassVar = {"splat": _SPLAT}
    output_schema = returns(
        splat="string", kept="integer", faint="integer", degenerate="integer", floaters="integer", psnr="number"
    )

    def forward(self, splat: str) -> dict[str, Any]:
        """The pruned splat's path and what was dropped."""
        made, report = models.prune(self.workspace, splat)
        return {"splat": made, **asdict(report)}


class PreviewSplat(SplatTool):
    """Eyes for the agent."""

    name = "preview_splat"
    description = (
        "Draws an upright splat from several sides into one PNG, counter-clockwise from the front, without a browser. "
        "Look at it to judge what was made."
    )
    inputs: ClassVar = {
        "splat": _SPLAT,
        "views": {"type": "integer", "description": "How many sides, 1 to 16 (default 8).", "nullable": True},
    }
    output_schema = returns(picture="string", views="integer")

    def forward(self, splat: str, views: int | None = 8) -> dict[str, Any]:
        """The contact sheet's path."""
        count = min(max(views or 8, 1), models.MOST_VIEWS)
        return {"picture": models.preview(self.workspace, splat, count), "views": count}


class MakePoster(SplatTool):
    """The still that stands in until the splat arrives."""

    name = "make_poster"
    description = (
        "Draws the still that the site shows until an upright splat has arrived: WebP on a transparent ground, in the "
        "framing that the site uses."
    )
    inputs: ClassVar = {
        "splat": _SPLAT,
        "framing": {
            "type": "object",
            "description": "What frame_splat gave; found anew if left out.",
            "nullable": True,
        },
    }
    output_schema = returns(poster="string", bytes="integer")

    def forward(self, splat: str, framing: dict[str, Any] | None = None) -> dict[str, Any]:
        """The poster's path and size in bytes."""
        made = models.poster(self.workspace, splat, framing_of(framing) if framing else None)
        return {"poster": made, "bytes": self.workspace.existing(made).stat().st_size}


def splat_tools(workspace: Workspace) -> list[Tool]:
    """Every splat tool, for the agent."""
    kinds = (InspectSplat, FlipSplat, FrameSplat, CompressSplat, PruneSplat, PreviewSplat, MakePoster)
    return [kind(workspace) for kind in kinds]
