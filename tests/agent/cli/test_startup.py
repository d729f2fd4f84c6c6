"""What the commands that need no agent import."""

import subprocess
import sys
from pathlib import Path

import pytest

from splatelier.tools.splats import write_ply
from tests.tools.splats.shapes import tower

pytestmark = pytest.mark.slow

RUN = """
import sys
from splatelier.agent.cli.main import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("IMPORTED", *sorted({name.partition(".")[0] for name in sys.modules}))
"""


def imported(*arguments: str) -> set[str]:
    """The top-level modules that a command leaves imported."""
    done = subprocess.run([sys.executable, "-c", RUN, *arguments], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("IMPORTED")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["serve", "--help"], ["run", "--help"], ["splat", "inspect", "FILE"]],
    ids=" ".join,
)
def test_commands_without_an_agent_import_neither_smolagents_nor_gradio(arguments: list[str], tmp_path: Path) -> None:
    write_ply(tmp_path / "tower.ply", tower(500))
    modules = imported(*(str(tmp_path / "tower.ply") if word == "FILE" else word for word in arguments))
    assert "splatelier" in modules
    assert not modules & {"smolagents", "gradio_client", "huggingface_hub", "prompt_toolkit"}
