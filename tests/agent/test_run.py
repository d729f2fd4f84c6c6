"""A run without a person, end to end: what it makes, where it publishes, and how it ends."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

Splatelier = Callable[..., subprocess.CompletedProcess[str]]
GOAL = """---
gallery: two
pieces: [Oak Chair, Desk Lamp]
deploy: {{space: you/two, private: true}}
budget: {{calls: {calls}}}
---
Build a showroom of two objects.
"""


def report(folder: Path) -> dict[str, Any]:
    return json.loads((folder / ".splatelier" / "report.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def test_a_run_that_misses_pieces_ends_with_3_unpublished_and_the_next_one_completes_and_publishes_it(
    splatelier: Splatelier, tmp_path: Path
) -> None:
    (tmp_path / "goal.md").write_text(GOAL.format(calls=3))
    done = splatelier("run", "goal.md", "--offline", cwd=tmp_path)
    assert done.returncode == 3, done.stdout + done.stderr
    assert "1 of 2 pieces were made" in done.stdout
    assert "The gallery is in two. See it: " in done.stdout
    assert done.stdout.endswith("splatelier serve two --browser\nThe report is two/.splatelier/report.json.\n")
    assert len(load_gallery(Workspace(tmp_path / "two")).items) == 1
    assert (tmp_path / "two" / "site" / "index.html").is_file()
    told = report(tmp_path / "two")
    assert (told["status"], told["published"]) == ("partial", None)

    (tmp_path / "goal.md").write_text(GOAL.format(calls=9))
    done = splatelier("run", "goal.md", "--offline", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Published: " in done.stdout
    told = report(tmp_path / "two")
    assert (told["status"], told["published"]["space"]) == ("complete", "you/two")
    assert told["spaces"]["cache_hits"] >= 3

    (tmp_path / "goal.md").write_text(GOAL.format(calls=9).replace("private: true", "private: false"))
    done = splatelier("run", "goal.md", "--offline", cwd=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    told = report(tmp_path / "two")
    assert (told["status"], told["published"]) == ("not published", None)
    assert "for your eyes only" in told["reason"]
