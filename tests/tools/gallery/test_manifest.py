"""What a manifest may be, and that no edit of it is lost."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery.manifest import Gallery, editing, load_gallery
from splatelier.tools.workspace.workspace import Workspace

EDITS = 80
EDIT = """
import sys
from splatelier.tools.gallery.manifest import Item, editing
from splatelier.tools.splats.framing import Framing
from splatelier.tools.workspace.workspace import Workspace
folder, name, count = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(count)):
    with editing(Workspace(folder), f"edit {number}") as gallery:
        gallery.items.append(Item(slug=f"{name}-{number}", title=name, image="assets/a.png", model="assets/a.ksplat",
                                  framing=Framing((0, 0, 0), 1)))
"""


def item(**changes: Any) -> dict[str, Any]:
    framing = {"center": [0, 0, 0], "radius": 1.0}
    usual = {"slug": "a", "title": "A", "image": "assets/a/a.png", "model": "assets/a/a.ksplat", "framing": framing}
    return usual | changes


def framed(**changes: Any) -> dict[str, Any]:
    return item(framing={"center": [0, 0, 0], "radius": 1.0} | changes)


def test_two_processes_that_edit_one_gallery_lose_no_edit(tmp_path: Path) -> None:
    others = [
        subprocess.Popen(
            [sys.executable, "-c", EDIT, str(tmp_path), name, str(EDITS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    for other in others:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
    for other in others:
        assert other.stdin is not None
        other.stdin.write("go\n")
        other.stdin.flush()
    for other in others:
        other.communicate()
        assert other.returncode == 0
    slugs = [item.slug for item in load_gallery(Workspace(tmp_path)).items]
    assert sorted(slugs) == sorted(f"{name}-{number}" for name in ("one", "two") for number in range(EDITS))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (framed(radius=float("nan")), "framing"),
        (framed(radius=float("inf")), "framing"),
        (framed(radius=0), "framing"),
        (framed(radius=-1), "framing"),
        (framed(center=[0, float("nan"), 0]), "framing"),
        (framed(azimuth=float("-inf")), "framing"),
        (item(model="assets/a/page.html"), "model"),
        (item(model="assets/a/a.ply"), "model"),
        (item(model="elsewhere/a.ksplat"), "model"),
        (item(image="assets/a/page.html"), "image"),
        (item(image="assets/../../a.png"), "image"),
        (item(poster="assets/a/poster.svg"), "poster"),
        (item(source="assets/a/run.js"), "source"),
        (item(kind="mesh"), "no mesh"),
        (item(model="assets/a/a.glb"), "no splat"),
    ],
)
def test_a_piece_that_cannot_be_shown_is_refused_where_it_enters(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Gallery.model_validate({"items": [wrong]})


def test_a_sound_piece_is_taken_and_a_slug_only_once() -> None:
    mesh = item(slug="b", kind="mesh", model="assets/a/a.glb", poster="assets/a/a.webp", source="assets/a/a.ply")
    assert len(Gallery.model_validate({"items": [item(), mesh]}).items) == 2
    with pytest.raises(ValidationError, match="two pieces are called 'a'"):
        Gallery.model_validate({"items": [item(), item()]})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_setting_is_never_nan_or_infinite(tmp_path: Path, value: float) -> None:
    with pytest.raises(ValidationError):
        Gallery.model_validate({"settings": {"zoom": value}})
    with pytest.raises(SplatelierError, match="zoom"), editing(Workspace(tmp_path), "set_style") as gallery:
        gallery.settings.zoom = value


def test_an_edit_that_breaks_the_gallery_is_not_saved(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with editing(workspace, "words") as gallery:
        gallery.title = "Stone"
    with pytest.raises(SplatelierError, match="words was not done: title"), editing(workspace, "words") as gallery:
        gallery.title = ""
    assert load_gallery(workspace).title == "Stone"
