"""`splatelier splat`: the splat toolbox by hand, without the agent and without a gallery."""

import json
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

# The library is imported by the commands that use it: `splatelier --help` needs no arrays.

splat_app = typer.Typer(
    name="splat",
    help="Look into splat files and mend them: .ply (also compressed and ASCII), .splat, .ksplat and .spz.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

File = Annotated[Path, typer.Argument(help="A splat file; it is never changed.", show_default=False)]
Picture = Annotated[
    Path | None,
    typer.Option(
        "--image", help="The picture that the splat was made from: makes the verdict sure.", show_default=False
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Where to write; beside FILE when left out.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for scripts.")]


@splat_app.command(name="inspect")
def inspect_command(file: File, image: Picture = None, as_json: Json = False) -> None:
    """Say what is in a splat file: Gaussians, size, which way is up and why, and what is wrong with it.

    Example: splatelier splat inspect chair.ply --image chair.png
    """
    from splatelier.tools.pictures.subject import load_picture
    from splatelier.tools.splats import read_splats
    from splatelier.tools.splats.report import inspect

    said = inspect(read_splats(file), load_picture(image) if image else None)
    _print({"file": str(file), "bytes": file.stat().st_size, **said}, as_json)


@splat_app.command()
def flip(file: File, image: Picture = None, out: Out = None, as_json: Json = False) -> None:
    """Turn a splat upright if it is upside down, by a rotation of 180 degrees about X.

    Models that make splats from pictures write them upside down. The result records that it is upright, so flipping it
    again does nothing. Example: splatelier splat flip chair.ply --image chair.png
    """
    from splatelier.tools.pictures.subject import load_picture
    from splatelier.tools.splats import judge, read_splats, upright, write_splats

    splats = read_splats(file)
    orientation = judge(splats, load_picture(image) if image else None)
    target = _target(file, out, "-upright.ply")
    with _writing(target) as temporary:
        write_splats(temporary, upright(splats, orientation))
    turned = orientation.up == "-Y"
    _print(
        {"file": str(target), "turned": turned, "confidence": orientation.confidence, "reason": orientation.reason},
        as_json,
    )


@splat_app.command(name="frame")
def frame_command(file: File, as_json: Json = False) -> None:
    """Find where a camera must look: the object's centre and radius without stray Gaussians, and good angles.

    The splat must be upright. Example: splatelier splat frame chair-upright.ply --json
    """
    from splatelier.tools.splats import frame, read_splats

    _print({"file": str(file), **asdict(frame(read_splats(file)))}, as_json)


@splat_app.command(name="prune")
def prune_command(
    file: File,
    min_alpha: Annotated[float, typer.Option(help="Drop Gaussians with less opacity than this, 0 to 1.")] = 0.02,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Drop what cannot be seen: faint and degenerate Gaussians, and floaters away from the object.

    Also says how alike the pictures before and after are, in decibels: above 40 nobody sees a difference.
    Example: splatelier splat prune chair.ply
    """
    from splatelier.tools.splats import read_splats, write_splats
    from splatelier.tools.splats.ops.prune import prune

    pruned, report = prune(read_splats(file), min_alpha=min_alpha)
    target = _target(file, out, "-pruned.ply")
    with _writing(target) as temporary:
        write_splats(temporary, pruned)
    _print({"file": str(target), **asdict(report)}, as_json)


@splat_app.command()
def compress(
    file: File,
    level: Annotated[int, typer.Option(help="0 exact, 1 16-bit, 2 also 8-bit spherical harmonics.")] = 1,
    sh_degree: Annotated[
        int | None, typer.Option(help="Spherical harmonics to keep, 0 to 2; all when left out.", show_default=False)
    ] = None,
    min_alpha: Annotated[float, typer.Option(help="Leave out Gaussians with less alpha than this, of 255.")] = 1.0,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Compress a splat to .ksplat, about a third of its PLY, and prove it by reading it back.

    Example: splatelier splat compress chair-upright.ply
    """
    from splatelier.tools.splats import read_splats, write_ksplat

    target = _target(file, out, ".ksplat")
    with _writing(target) as temporary:
        report = write_ksplat(temporary, read_splats(file), level=level, sh_degree=sh_degree, min_alpha=min_alpha)
    ratio = round(file.stat().st_size / report.bytes, 2)
    _print({"file": str(target), "ratio": ratio, **asdict(report)}, as_json)


@splat_app.command()
def preview(
    file: File,
    views: Annotated[int, typer.Option(min=1, max=64, help="How many sides to show; 1 draws the front.")] = 8,
    size: Annotated[int, typer.Option(min=16, max=2048, help="Pixels along the edge of one view.")] = 320,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Draw a splat from several sides into one picture, without a browser.

    Write to a name that ends in .webp for one still on a transparent ground.
    Example: splatelier splat preview chair.ply
    """
    from PIL import Image

    from splatelier.tools.splats import frame, read_splats, turntable, write_poster

    splats = read_splats(file)
    target = _target(file, out, "-preview.png")
    framing = frame(splats)
    with _writing(target) as temporary:
        if target.suffix == ".webp":
            write_poster(temporary, splats, framing, (size, size))
        else:
            Image.fromarray(turntable(splats, framing, views, min(views, 4), size)).save(temporary, "PNG")
    _print({"file": str(target), "views": 1 if target.suffix == ".webp" else views}, as_json)


def _target(file: Path, out: Path | None, ending: str) -> Path:
    from splatelier.tools.splats import SplatError

    target = out or file.with_name(file.stem + ending)
    if target.resolve() == file.resolve():
        raise SplatError(f"{target} is the input itself; give another name with --out.")
    if not target.parent.is_dir():
        raise SplatError(f"There is no folder {target.parent}; make it, or give another name with --out.")
    return target


def _writing(target: Path) -> AbstractContextManager[Path]:
    """A temporary path that becomes `target` when the block ends well."""
    from splatelier.tools.workspace.workspace import Workspace

    return Workspace(target.parent).replacing(target.name)


def _print(said: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(said))
        return
    width = max(len(name) for name in said)
    for name, value in said.items():
        for line in value if name == "notices" else [value]:
            typer.echo(f"{name.replace('_', ' '):>{width}}  {_shown(line)}")


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return " x ".join(_shown(part) for part in value)
    return str(value)
