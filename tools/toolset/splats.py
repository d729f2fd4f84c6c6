"""The splat toolbox as the agent sees it: thin smolagents Tools over tools/splats."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar, cast

from PIL import Image
from pydantic import JsonValue
from smolagents import Tool

from splatelier.tools.pictures.pixels import load_picture
from splatelier.tools.splats.draw.posters import write_poster
from splatelier.tools.splats.draw.preview import turntable
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.formats.ply import write_ply
from splatelier.tools.splats.formats.registry import read_splats
from splatelier.tools.splats.ops.framing import Framing, frame
from splatelier.tools.splats.ops.orient import Orientation, judge, upright
from splatelier.tools.splats.ops.prune import prune
from splatelier.tools.splats.report import inspect
from splatelier.tools.workspace.derived import Result, make_once
from splatelier.tools.workspace.workspace import Workspace

_SPLAT = {"type": "string", "description": "Path of the splat in the gallery's folder: .ply, .splat, .ksplat or .spz."}
_IMAGE = {
    "type": "string",
    "description": "Path of the picture that the splat was made from. With it the verdict is much surer.",
    "nullable": True,
}


def _schema(**properties: str) -> dict[str, Any]:
    """A small JSON schema: each property's type, with `[]` after it for a list."""

    def one(kind: str) -> dict[str, Any]:
        return {"type": "array", "items": {"type": kind[:-2]}} if kind.endswith("[]") else {"type": kind}

    return {"type": "object", "properties": {name: one(kind) for name, kind in properties.items()}}


class SplatTool(Tool):  # type: ignore[misc]
    """A tool that works on the files of one gallery."""

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
    output_type = "object"
    output_schema = _schema(
        gaussians="integer", sh_degree="integer", bytes="integer", size="number[]", up="string", confidence="number",
        reason="string", transparent="number", notices="string[]",
    )  # fmt: skip

    def forward(self, splat: str, image: str | None = None) -> Result:
        """A dict of numbers and verdicts about `splat`."""
        path = self.workspace.existing(splat)
        picture = load_picture(self.workspace.existing(image)) if image else None
        return {"splat": splat, "bytes": path.stat().st_size, **cast(Result, inspect(read_splats(path), picture))}


class FlipSplat(SplatTool):
    """Turn a splat upright, if it is not."""

    name = "flip_splat"
    description = (
        "Turns a splat upright, by a rotation of 180 degrees about X, only if it is upside down; safe to call twice. "
        "Models that make splats from pictures write them upside down: call this on every new splat, with its picture. "
        "Returns the upright splat's path, whether it was turned, how sure that is (0.5 a guess, 1 certain) and why."
    )
    inputs: ClassVar = {"splat": _SPLAT, "image": _IMAGE}
    output_type = "object"
    output_schema = _schema(splat="string", turned="boolean", confidence="number", reason="string")

    def forward(self, splat: str, image: str | None = None) -> Result:
        """The upright splat: a new file, or `splat` itself where it is recorded to be upright."""
        splats = read_splats(self.workspace.existing(splat))
        if splats.upright:
            return {"splat": splat, "turned": False, **_said(judge(splats))}

        def make(path: Path) -> Result:
            picture = load_picture(self.workspace.existing(image)) if image else None
            orientation = judge(splats, picture)
            write_ply(path, upright(splats, orientation))
            return {"turned": orientation.up == "-Y", **_said(orientation)}

        inputs = [splat, image] if image else [splat]
        made, said = make_once(self.workspace, self.name, inputs, {}, "upright.ply", make)
        return {"splat": made, **said}


def _said(orientation: Orientation) -> Result:
    return {"confidence": orientation.confidence, "reason": orientation.reason}


class FrameSplat(SplatTool):
    """Where the camera must be."""

    name = "frame_splat"
    description = (
        "Finds the framing of an upright splat: the centre and radius of the object without stray Gaussians, and the "
        "angles to look from. The whole object is in view from every side. Pass the result on as it is."
    )
    inputs: ClassVar = {"splat": _SPLAT}
    output_type = "object"
    output_schema = _schema(center="number[]", radius="number", azimuth="number", elevation="number")

    def forward(self, splat: str) -> Result:
        """The framing as a dict of `Framing`'s fields."""
        framing = asdict(frame(read_splats(self.workspace.existing(splat))))
        return {**framing, "center": [float(value) for value in framing["center"]]}


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
    output_type = "object"
    output_schema = _schema(model="string", bytes="integer", ratio="number", gaussians="integer", dropped="integer")

    def forward(self, splat: str, level: int | None = 1) -> Result:
        """The .ksplat's path and what it weighs."""
        source = self.workspace.existing(splat)
        wanted = 1 if level is None else level

        def make(path: Path) -> Result:
            report = write_ksplat(path, read_splats(source), level=wanted)
            ratio = round(source.stat().st_size / report.bytes, 2)
            return {"bytes": report.bytes, "ratio": ratio, "gaussians": report.gaussians, "dropped": report.dropped}

        arguments: dict[str, JsonValue] = {"level": wanted}
        made, said = make_once(self.workspace, self.name, [splat], arguments, "model.ksplat", make)
        return {"model": made, **said}


class PruneSplat(SplatTool):
    """Drop waste."""

    name = "prune_splat"
    description = (
        "Drops Gaussians that cannot be seen and floaters away from the object. Worth it when frame_splat or a preview "
        "shows debris. Returns the pruned splat's path, how many were kept and dropped, and how alike the pictures "
        "before and after are (psnr in decibels; below 30 the object itself has changed)."
    )
    inputs: ClassVar = {"splat": _SPLAT}
    output_type = "object"
    output_schema = _schema(
        splat="string", kept="integer", faint="integer", degenerate="integer", floaters="integer", psnr="number"
    )

    def forward(self, splat: str) -> Result:
        """The pruned splat's path and what was dropped."""

        def make(path: Path) -> Result:
            pruned, report = prune(read_splats(self.workspace.existing(splat)))
            write_ply(path, pruned)
            return asdict(report)

        made, said = make_once(self.workspace, self.name, [splat], {}, "pruned.ply", make)
        return {"splat": made, **said}


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
    output_type = "object"
    output_schema = _schema(picture="string", views="integer")

    def forward(self, splat: str, views: int | None = 8) -> Result:
        """The contact sheet's path."""
        count = min(max(views or 8, 1), 16)

        def make(path: Path) -> Result:
            splats = read_splats(self.workspace.existing(splat))
            Image.fromarray(turntable(splats, frame(splats), count, min(count, 4))).save(path, "PNG")
            return {"views": count}

        made, said = make_once(self.workspace, self.name, [splat], {"views": count}, "views.png", make)
        return {"picture": made, **said}


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
    output_type = "object"
    output_schema = _schema(poster="string", bytes="integer")

    def forward(self, splat: str, framing: dict[str, Any] | None = None) -> Result:
        """The poster's path and size in bytes."""
        splats = read_splats(self.workspace.existing(splat))
        view = Framing(**{**framing, "center": tuple(framing["center"])}) if framing else frame(splats)

        def make(path: Path) -> Result:
            write_poster(path, splats, view)
            return {"bytes": path.stat().st_size}

        arguments = cast(Result, {**asdict(view), "center": list(view.center)})
        made, said = make_once(self.workspace, self.name, [splat], arguments, "poster.webp", make)
        return {"poster": made, **said}


def splat_tools(workspace: Workspace) -> list[Tool]:
    """Every splat tool, for the agent."""
    kinds = (InspectSplat, FlipSplat, FrameSplat, CompressSplat, PruneSplat, PreviewSplat, MakePoster)
    return [kind(workspace) for kind in kinds]
