"""`splatelier undo` and `splatelier redo`."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from splatelier.tools.gallery import history
from splatelier.tools.gallery.manifest import editing, load_gallery
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

Splatelier = Callable[..., subprocess.CompletedProcess[str]]


def test_wishes_are_taken_back_and_done_again_by_name(splatelier: Splatelier, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "paris")
    for wish, zoom in {"closer": 1.2, "much closer": 1.5}.items():
        with editing(workspace, wish) as gallery:
            gallery.settings.zoom = zoom
        history.keep(workspace, wish)
    done = splatelier("undo", "paris", "--wishes", "2", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "Undone “much closer”, “closer”: the gallery is empty.\n")
    assert not (workspace.root / "gallery.json").exists()
    done = splatelier("redo", "paris", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "closer" in done.stdout
    assert load_gallery(workspace).settings.zoom == 1.2


def test_a_gallery_that_cannot_be_read_says_how_to_go_back_and_that_way_works(
    splatelier: Splatelier, tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path / "paris")
    with editing(workspace, "words") as gallery:
        gallery.title = "Paris"
    history.keep(workspace, "call it Paris")
    (workspace.root / "gallery.json").write_bytes(b"\xff\xfe broken by hand")
    done = splatelier("open", "paris", "--offline", cwd=tmp_path)
    assert done.returncode == 1
    assert f"splatelier undo {workspace.root}" in done.stderr.replace("\n", "")
    assert "Traceback" not in done.stderr
    done = splatelier("undo", str(workspace.root), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert load_gallery(workspace).title == "Paris"
    assert "unreadable-1.json" in done.stdout


def test_a_folder_without_a_gallery_is_named(splatelier: Splatelier, tmp_path: Path) -> None:
    done = splatelier("undo", "nowhere", cwd=tmp_path)
    assert done.returncode == 1
    assert "nowhere holds no gallery" in done.stderr
    assert not (tmp_path / "nowhere").exists()
