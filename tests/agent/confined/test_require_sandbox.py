"""What the command says where the system cannot confine the agent's code."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

Splatelier = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def without_sandlock(tmp_path: Path) -> dict[str, str]:
    """An environment in which sandlock cannot be loaded, as on a system that it does not know."""
    import os

    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "sandlock.py").write_text('raise ImportError("no sandlock for this system")\n')
    return {"PYTHONPATH": os.pathsep.join(filter(None, (str(broken), os.environ.get("PYTHONPATH", ""))))}


def test_a_run_that_requires_a_sandbox_is_refused_before_anything_is_made(
    splatelier: Splatelier, without_sandlock: dict[str, str], tmp_path: Path
) -> None:
    done = splatelier("build a 3D Paris gallery", "--offline", "--require-sandbox", cwd=tmp_path, **without_sandlock)
    assert done.returncode == 1
    assert "--require-sandbox cannot be kept: the agent's code cannot be confined here" in done.stderr
    assert not (tmp_path / "galleries").exists()


def test_without_the_option_one_line_says_what_is_missing_and_the_run_goes_on(
    splatelier: Splatelier, without_sandlock: dict[str, str], tmp_path: Path
) -> None:
    done = splatelier("compose a symphony", "--offline", cwd=tmp_path, **without_sandlock)
    told = [line for line in done.stdout.splitlines() if "cannot be confined here" in line]
    assert len(told) == 1
    assert "sandlock cannot be loaded" in told[0]
    assert "Without a language model I can build" in done.stdout
