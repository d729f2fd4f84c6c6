"""Undo and redo, a version a wish."""

from pathlib import Path

import pytest

from splatelier.tools.errors import SplatelierError
from splatelier.tools.gallery import history
from splatelier.tools.gallery.manifest import MANIFEST, editing, load_gallery
from splatelier.tools.workspace.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path)


def wish(workspace: Workspace, words: str, *zooms: float) -> None:
    """A wish of as many edits as there are zooms."""
    history.begin(workspace)
    for zoom in zooms:
        with editing(workspace, "set_style") as gallery:
            gallery.settings.zoom = zoom
    history.keep(workspace, words)


def zoom(workspace: Workspace) -> float | None:
    return load_gallery(workspace).settings.zoom if (workspace.root / MANIFEST).exists() else None


def test_a_wish_of_several_edits_is_one_version_and_a_wish_without_any_is_none(workspace: Workspace) -> None:
    wish(workspace, "closer", 1.2, 1.3, 1.4)
    wish(workspace, "how large is it?")
    wish(workspace, "out", 0.7)
    assert history.undo(workspace).wishes == ("out",)
    assert zoom(workspace) == 1.4
    assert history.undo(workspace).wishes == ("closer",)
    assert zoom(workspace) is None


def test_undo_and_redo_go_back_and_forth_by_any_number(workspace: Workspace) -> None:
    for words, value in {"one": 1.1, "two": 1.2, "three": 1.3}.items():
        wish(workspace, words, value)
    assert history.undo(workspace, 2).wishes == ("three", "two")
    assert zoom(workspace) == 1.1
    assert history.redo(workspace).wishes == ("two",)
    assert zoom(workspace) == 1.2
    assert history.undo(workspace, 99).wishes == ("two", "one")
    assert history.redo(workspace, 99).wishes == ("one", "two", "three")
    assert zoom(workspace) == 1.3


def test_a_new_wish_forgets_what_was_undone(workspace: Workspace) -> None:
    wish(workspace, "one", 1.1)
    wish(workspace, "two", 1.2)
    history.undo(workspace)
    wish(workspace, "other", 0.9)
    with pytest.raises(SplatelierError, match="nothing to redo"):
        history.redo(workspace)
    assert history.undo(workspace, 9).wishes == ("other", "one")


@pytest.mark.parametrize("wishes", [0, -1])
def test_there_is_an_end_and_half_numbers_are_refused(workspace: Workspace, wishes: int) -> None:
    with pytest.raises(SplatelierError, match="nothing to undo"):
        history.undo(workspace)
    with pytest.raises(SplatelierError, match="from 1 on"):
        history.undo(workspace, wishes)
    with pytest.raises(SplatelierError, match="from 1 on"):
        history.redo(workspace, wishes)


def test_a_wish_that_fails_is_put_back_and_what_was_undone_before_can_still_be_redone(workspace: Workspace) -> None:
    wish(workspace, "one", 1.1)
    wish(workspace, "two", 1.2)
    history.undo(workspace)
    mark = history.begin(workspace)
    with editing(workspace, "half done") as gallery:
        gallery.settings.zoom = 3.0
    history.put_back(workspace, mark)
    assert zoom(workspace) == 1.1
    assert history.redo(workspace).wishes == ("two",)


def test_undo_inside_a_wish_is_no_version_of_its_own(workspace: Workspace) -> None:
    wish(workspace, "one", 1.1)
    wish(workspace, "two", 1.2)
    history.begin(workspace)
    history.undo(workspace)
    assert not history.keep(workspace, "undo the last thing")
    assert history.redo(workspace).wishes == ("two",)


def test_a_manifest_changed_by_hand_is_taken_back_too_and_not_lost(workspace: Workspace) -> None:
    wish(workspace, "one", 1.1)
    text = (workspace.root / MANIFEST).read_text().replace("1.1", "2.5")
    (workspace.root / MANIFEST).write_text(text)
    history.undo(workspace)
    assert zoom(workspace) == 1.1
    history.redo(workspace)
    assert zoom(workspace) == 2.5


def test_a_gallery_that_came_without_a_history_is_never_undone_away(workspace: Workspace) -> None:
    with editing(workspace, "downloaded") as gallery:
        gallery.settings.zoom = 0.5
    with pytest.raises(SplatelierError, match="nothing to undo"):
        history.undo(workspace)
    wish(workspace, "closer", 1.1)
    assert history.undo(workspace, 9).wishes == ("closer",)
    assert zoom(workspace) == 0.5


@pytest.mark.parametrize("broken", [b"{", b"\xff\xfe{}", b'{"title": 3}', b""])
def test_undo_is_the_way_out_of_a_manifest_that_cannot_be_read(workspace: Workspace, broken: bytes) -> None:
    wish(workspace, "one", 1.1)
    (workspace.root / MANIFEST).write_bytes(broken)
    with pytest.raises(SplatelierError, match=r"splatelier undo") as caught:
        load_gallery(workspace)
    assert "\n" not in str(caught.value)
    moved = history.undo(workspace)
    assert zoom(workspace) == 1.1
    assert moved.wishes == ()
    (aside,) = (workspace.state / "history").glob("unreadable-*")
    assert aside.read_bytes() == broken
    assert aside.name in moved.notes[0]


def test_without_a_version_a_broken_manifest_stays_where_it_is(workspace: Workspace) -> None:
    (workspace.root / MANIFEST).write_bytes(b"{")
    with pytest.raises(SplatelierError, match=r"mend gallery\.json by hand"):
        history.undo(workspace)
    assert (workspace.root / MANIFEST).read_bytes() == b"{"


@pytest.mark.parametrize("broken", [b"{", b"\xff", b"[]"])
def test_a_broken_version_is_passed_over_and_named_and_the_others_stay(workspace: Workspace, broken: bytes) -> None:
    for words, value in {"one": 1.1, "two": 1.2, "three": 1.3}.items():
        wish(workspace, words, value)
    (workspace.state / "history" / "0002.json").write_bytes(broken)
    (workspace.state / "history" / "current").write_bytes(broken)
    moved = history.undo(workspace)
    assert zoom(workspace) == 1.1
    assert moved.notes == ("0002.json of the history cannot be read and was passed over.",)
    history.redo(workspace)
    assert zoom(workspace) == 1.3


def test_no_version_is_ever_written_over(workspace: Workspace) -> None:
    wish(workspace, "one", 1.1)
    taken = workspace.state / "history" / "0002.json"
    taken.write_text("somebody else's")
    (workspace.state / "history" / "current").write_text("1")
    taken.chmod(0o444)
    history.begin(workspace)
    wish(workspace, "two", 1.2)
    assert history.undo(workspace).wishes == ("two",)


def test_no_secret_of_a_wish_is_kept(workspace: Workspace) -> None:
    wish(workspace, "use hf_abcdefghijklmnopqrstuvwxyz", 1.1)
    kept = "".join(path.read_text() for path in workspace.state.rglob("*") if path.is_file())
    assert "hf_abc" not in kept
    assert history.undo(workspace).wishes == ("use [secret]",)
