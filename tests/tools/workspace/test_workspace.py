from pathlib import Path
from typing import Any

import pytest

from splatelier.tools.errors import SplatelierError
from splatelier.tools.workspace.workspace import Workspace


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A file that is not the gallery's."""
    path = tmp_path / "outside" / "secret.txt"
    path.parent.mkdir()
    path.write_text("mine")
    return path


@pytest.fixture
def workspace(tmp_path: Path, outside: Path) -> Workspace:
    """A gallery's folder with links that lead out of it, and a file."""
    workspace = Workspace(tmp_path / "gallery")
    workspace.write_text("a.txt", "a")
    (workspace.root / "link.txt").symlink_to(outside)
    (workspace.root / "folder").symlink_to(outside.parent)
    return workspace


@pytest.mark.parametrize("path", ["link.txt", "folder/secret.txt", "folder", "../outside/secret.txt"])
def test_what_a_symbolic_link_or_dots_lead_out_to_is_not_read(workspace: Workspace, path: str) -> None:
    with pytest.raises(SplatelierError, match="outside the gallery"):
        workspace.existing(path)


@pytest.mark.parametrize("path", ["link.txt", "folder/secret.txt", "folder/new.txt"])
def test_nothing_is_written_through_a_symbolic_link_that_leads_out(
    workspace: Workspace, outside: Path, path: str
) -> None:
    with pytest.raises(SplatelierError, match="outside the gallery"):
        workspace.write_text(path, "changed")
    with pytest.raises(SplatelierError, match="outside the gallery"):
        workspace.copy("a.txt", path)
    assert [entry.name for entry in outside.parent.iterdir()] == ["secret.txt"]
    assert outside.read_text() == "mine"


def test_nothing_is_copied_in_through_a_symbolic_link_that_leads_out(workspace: Workspace) -> None:
    with pytest.raises(SplatelierError, match="outside the gallery"):
        workspace.copy("link.txt", "b.txt")
    assert not (workspace.root / "b.txt").exists()


def test_a_link_that_stays_inside_is_followed(workspace: Workspace) -> None:
    (workspace.root / "inside.txt").symlink_to(workspace.root / "a.txt")
    assert workspace.existing("inside.txt").read_text() == "a"


@pytest.mark.parametrize(
    "path",
    [None, 3, 2.5, True, b"a.txt", ["a.txt"], "a\0.txt", "a" * 300, "a/" * 2500, "é" * 200, "\ud800.txt", "", "."],
)
def test_what_is_no_path_of_a_file_gets_a_sentence(workspace: Workspace, path: Any) -> None:
    with pytest.raises(SplatelierError) as caught:
        workspace.existing(path)
    assert len(str(caught.value)) < 300
    assert str(caught.value).endswith(".")


def test_a_ring_of_links_gets_a_sentence(workspace: Workspace) -> None:
    (workspace.root / "one").symlink_to(workspace.root / "two")
    (workspace.root / "two").symlink_to(workspace.root / "one")
    with pytest.raises(SplatelierError, match="'one'"):
        workspace.existing("one")


def test_what_is_resolved_can_be_resolved_again(workspace: Workspace) -> None:
    assert workspace.relative(workspace.resolve("assets/a/splat.ply")) == "assets/a/splat.ply"
