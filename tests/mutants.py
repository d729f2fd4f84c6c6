"""Deliberate faults, one at a time, in the pure modules: which do the tests find? Run by `make mutants`, not in CI.

cosmic-ray changes the code of a copy of the repository, never this one. The modules and the tests that must find their
faults are listed under [tool.mutants] in pyproject.toml. To try only some: make mutants MODULES=tools/glb.py
"""

import argparse
import json
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from hatch_build import lay_out

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 120.0  # a fault that makes a loop endless is found by this


def main() -> None:
    known: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutants"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="as they are named in pyproject.toml; all when left out")
    modules = parser.parse_args().modules or list(known)
    if unknown := set(modules) - set(known):
        parser.error(f"pyproject.toml lists no tests for {', '.join(sorted(unknown))}.")
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = _copy(Path(folder) / "copy")
        for module in modules:
            found, survivors = _try(copy, module, known[module])
            print(f"{module}: {found} of {found + len(survivors)} faults found")
            for survivor in survivors:
                print(f"  not found: {survivor}", flush=True)


def _copy(target: Path) -> Path:
    """The files of the working tree that git knows, with the import name laid out for them."""
    for name in subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True).split("\0"):
        if (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target / name)
    lay_out(target)
    return target


def _try(copy: Path, module: str, tests: str) -> tuple[int, list[str]]:
    """How many faults of a module its tests found, and a line about each of the others."""
    pytest = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-n", "0", *tests.split()]
    command = shlex.join(["env", f"PYTHONPATH={copy / '.dev'}", *pytest])
    subprocess.run(command, shell=True, cwd=copy, check=True, stdout=subprocess.DEVNULL)  # whole code passes
    config, session = copy / "mutants.toml", copy / "mutants.sqlite"
    config.write_text(
        f'[cosmic-ray]\nmodule-path = "{module}"\ntimeout = {SECONDS}\nexcluded-modules = []\n'
        f"test-command = {json.dumps(command)}\n[cosmic-ray.distributor]\nname = 'local'\n"
    )
    session.unlink(missing_ok=True)
    cosmic_ray = [sys.executable, "-m", "cosmic_ray.cli"]
    for arguments in (["init", str(config), str(session)], ["exec", str(config), str(session)]):
        subprocess.run([*cosmic_ray, *arguments], cwd=copy, check=True)
    lines = subprocess.check_output([*cosmic_ray, "dump", str(session)], cwd=copy, text=True).splitlines()
    results = [(work, result) for work, result in map(json.loads, lines) if result]
    missed = [work["mutations"][0] for work, result in results if result["test_outcome"] == "survived"]
    return len(results) - len(missed), [
        f"line {fault['start_pos'][0]}, {fault['operator_name'].removeprefix('core/')}" for fault in missed
    ]


if __name__ == "__main__":
    main()
