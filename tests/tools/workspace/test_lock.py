"""One process at a time changes a gallery's folder."""

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from splatelier.tools.errors import SplatelierError
from splatelier.tools.workspace.lock import locked
from splatelier.tools.workspace.workspace import Workspace

HOLD = """
import sys
from splatelier.tools.workspace.lock import locked
from splatelier.tools.workspace.workspace import Workspace
with locked(Workspace(sys.argv[1]), "make it zoomed out"):
    print("held", flush=True)
    sys.stdin.read()
"""


def holding(folder: Path) -> subprocess.Popen[str]:
    """Another process that holds the folder until its input ends."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_who_waits_too_long_is_told_who_holds_the_gallery(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with holding(tmp_path) as other:
        with pytest.raises(SplatelierError) as caught, locked(workspace, "mine", patience=0.2):
            pass
        assert f"process {other.pid} on " in str(caught.value)
        assert "make it zoomed out" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_who_waits_gets_it_when_the_other_has_gone_even_if_it_was_killed(tmp_path: Path) -> None:
    with holding(tmp_path) as other:
        killed = threading.Timer(0.3, other.kill)
        killed.start()
        with locked(Workspace(tmp_path), "mine", patience=20):
            assert other.wait(5) != 0
            assert json.loads((tmp_path / ".splatelier" / "lock.json").read_text())["what"] == "mine"


def test_the_threads_of_one_process_hold_it_together_and_again(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    entered = []

    def enter() -> None:
        with locked(workspace, "in a thread", patience=1), locked(workspace, "again", patience=1):
            entered.append(True)

    with locked(workspace, "a wish"):
        thread = threading.Thread(target=enter)
        thread.start()
        thread.join()
        assert entered == [True]
        assert _taken_by_another(tmp_path).returncode != 0
    assert _taken_by_another(tmp_path).returncode == 0


def _taken_by_another(folder: Path) -> subprocess.CompletedProcess[bytes]:
    code = HOLD.replace('zoomed out")', 'zoomed out", patience=0.1)')
    return subprocess.run([sys.executable, "-c", code, str(folder)], input=b"", capture_output=True)


def test_a_folder_that_cannot_be_written_to_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "gallery").write_text("a file where the folder should be")
    with (
        pytest.raises(SplatelierError, match=r"cannot be changed") as caught,
        locked(Workspace(tmp_path / "gallery"), "mine"),
    ):
        pass
    assert "\n" not in str(caught.value)
