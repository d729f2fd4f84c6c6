"""The conversation in a real terminal."""

import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

PATIENCE = 90
PROMPT = "splatelier.{0,8} ›"


@pytest.fixture
def talk(paris: Path, tmp_path: Path) -> "pexpect.spawn[str]":
    """A conversation over a copy of the Paris gallery, at its first prompt."""
    shutil.copytree(paris, tmp_path / "paris")
    home = tmp_path / "home"
    env = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    env |= {"HOME": str(home), "TERM": "xterm", "BROWSER": "true"}
    env |= {f"XDG_{kind}_HOME": str(home / kind) for kind in ("DATA", "CONFIG", "CACHE", "STATE")}
    command = str(Path(sys.executable).with_name("splatelier"))
    talk = pexpect.spawn(
        command, ["open", "paris", "--offline"], cwd=tmp_path, env=env, encoding="utf-8", dimensions=(40, 120)
    )
    talk.expect(PROMPT, timeout=PATIENCE)
    return talk


def say(talk: "pexpect.spawn[str]", line: str, answer: str) -> None:
    talk.sendline(line)
    talk.expect(answer, timeout=PATIENCE)
    talk.expect(PROMPT, timeout=PATIENCE)


def test_a_person_changes_takes_back_and_leaves(talk: "pexpect.spawn[str]", tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "paris")
    say(talk, "make it zoomed out", "Zoom 1.0 → 0.72")
    assert load_gallery(workspace).settings.zoom == 0.72
    say(talk, "/undo", "Undone “make it zoomed out”: Paris, in Light, 6 pieces, zoom 1")
    assert load_gallery(workspace).settings.zoom == 1.0
    say(talk, "/redo", "Done again “make it zoomed out”: Paris, in Light, 6 pieces, zoom 0.72")
    say(talk, "/undo", "zoom 1")
    say(talk, "/items", "Luxor Obelisk")
    say(talk, "/style", "transition_seconds")
    say(talk, "/nonsense", "There is no /nonsense")
    talk.sendline("/deploy")
    talk.expect("Publish .*for everybody to see", timeout=PATIENCE)
    say(talk, "n", "not allowed")
    talk.sendline("/deploy mine")
    talk.expect("Publish .*you/mine", timeout=PATIENCE)
    say(talk, "y", r"It is live: http://127\.0\.0\.1:\d+/static/you/mine")
    say(talk, "/open", r"http://127\.0\.0\.1:\d+/")
    talk.sendeof()
    talk.expect("The gallery is in", timeout=PATIENCE)
    talk.expect(pexpect.EOF, timeout=PATIENCE)
    talk.close()
    assert talk.exitstatus == 0


def test_ctrl_c_stops_the_step_and_keeps_the_gallery_and_the_conversation(
    talk: "pexpect.spawn[str]", tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path / "paris")
    before = (workspace.root / "gallery.json").read_bytes()
    talk.sendline("add a gothic castle, a windmill and a lighthouse")
    talk.expect("/paint", timeout=PATIENCE)
    talk.sendintr()
    talk.expect("Stopped; the gallery is as it was", timeout=PATIENCE)
    talk.expect(PROMPT, timeout=PATIENCE)
    assert (workspace.root / "gallery.json").read_bytes() == before
    say(talk, "add a lighthouse", "Added Lighthouse")
    assert load_gallery(workspace).items[-1].slug == "lighthouse"
    talk.sendeof()
    talk.expect(pexpect.EOF, timeout=PATIENCE)
