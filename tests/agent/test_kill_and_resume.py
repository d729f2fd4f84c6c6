"""A build that is killed in the middle, and the next one that goes on from there."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.workspace.workspace import Workspace

pytestmark = pytest.mark.slow

Splatelier = Callable[..., subprocess.CompletedProcess[str]]
DEADLINE = 120


def test_what_was_finished_before_a_kill_comes_from_the_cache_after_it(splatelier: Splatelier, tmp_path: Path) -> None:
    folder = tmp_path / "galleries" / "egypt"
    log = folder / ".splatelier" / "provenance.jsonl"
    env = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    command = [str(Path(sys.executable).with_name("splatelier")), "build a 3D Egypt gallery", "--offline"]
    env |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    with subprocess.Popen(
        command, cwd=tmp_path, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as build:
        started = time.monotonic()
        while not log.exists() or len(log.read_text().splitlines()) < 3:
            assert build.poll() is None, "the build ended before it could be killed"
            assert time.monotonic() - started < DEADLINE
            time.sleep(0.02)
        build.send_signal(signal.SIGKILL)
        build.wait()

    assert load_gallery(Workspace(folder)).items == []
    done = splatelier("build a 3D Egypt gallery", "--offline", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    spaces = json.loads((folder / ".splatelier" / "report.json").read_text(encoding="utf-8"))["spaces"]
    assert len(load_gallery(Workspace(folder)).items) == 6
    assert spaces["cache_hits"] >= 2
    assert spaces["calls"] + spaces["cache_hits"] == 12
