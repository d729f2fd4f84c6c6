"""How long the command line takes to start, against a Python that only imports the two libraries it is made of.

Each is run in turns, and its processor time (user and system) is what counts: `python -m benchmarks.startup [RUNS]`.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from splatelier.tools.splats import write_ply
from tests.tools.splats.shapes import tower

BASE = [sys.executable, "-c", "import typer, rich.console, typer.rich_utils"]


def main(runs: int) -> None:
    """Print each command's median processor time as a ratio to the libraries' own."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tower.ply"
        write_ply(file, tower(500))
        commands = {
            "--help": ["--help"],
            "serve --help": ["serve", "--help"],
            "splat inspect FILE": ["splat", "inspect", str(file)],
        }
        code = "import sys; from splatelier.agent.cli.main import main; main()"
        programs = {name: [sys.executable, "-c", code, *words] for name, words in commands.items()}
        times: dict[str, list[float]] = {name: [] for name in ["base", *programs]}
        for _ in range(runs):
            for name, program in {"base": BASE, **programs}.items():
                times[name].append(_seconds(program))
    base = statistics.median(times["base"])
    print(f"python -c 'import typer, rich': {base:.2f} s of processor time")
    for name in programs:
        print(f"splatelier {name:20} {statistics.median(times[name]) / base:5.2f} x")


def _seconds(program: list[str]) -> float:
    """Processor time of one run in seconds, its output thrown away."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    child = os.posix_spawn(program[0], program, os.environ, file_actions=quiet)
    _, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"{program} failed")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
