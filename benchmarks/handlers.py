"""How many endpoints of real apps serve the page alone, and how many words of a prompt those would have cost.

Builds each app of a folder of Gradio demos (the folder `demo` of gradio's own repository), reads it as a Space is read,
and prints what would be offered to a model and what not. Apps that cannot be built here are counted, and named.
"""

import argparse
import contextlib
import io
import json
import multiprocessing
import os
import runpy
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import gradio as gr

from splatelier.tools.spaces.config import read_config
from splatelier.tools.spaces.schema import Endpoint, read_endpoints
from splatelier.tools.toolset.endpoint import describe_input


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demos", type=Path, help="a folder with a folder for each app, which has a run.py")
    parser.add_argument("--seconds", type=float, default=20, help="how long one app may take to be built")
    parser.add_argument("--names", action="store_true", help="print every endpoint that is not offered")
    asked = parser.parse_args()
    gr.Blocks.launch = lambda *_, **__: None
    apps, broken = 0, list[str]()
    offered, held_back = list[Endpoint](), list[Endpoint]()
    for folder in sorted(path.parent for path in asked.demos.glob("*/run.py")):
        described = _described(folder, asked.seconds)
        if described is None:
            broken.append(folder.name)
            continue
        apps += 1
        config = read_config(described["config"], folder.name)
        endpoints = [entry for entry in read_endpoints(described["info"], config, folder.name) if not entry.closed]
        for_callers = [entry for entry in endpoints if not entry.plumbing] or endpoints
        offered += for_callers
        left = [entry for entry in endpoints if entry not in for_callers]
        held_back += left
        if asked.names and left:
            print(f"{folder.name}: {', '.join(entry.name for entry in left)}")
    words, saved = _words(offered), _words(held_back)
    print(f"{apps} apps were read; {len(broken)} could not be built here: {', '.join(broken)}")
    print(f"{len(offered) + len(held_back)} endpoints can be called by name, {len(offered)} of them are offered")
    print(f"{len(held_back)} are handlers of the page, with {saved / (words + saved):.0%} of all words")


def _described(folder: Path, seconds: float) -> dict[str, Any] | None:
    """An app's config and API, built in a process of its own; None where that fails or takes too long."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_build, args=(folder, there), daemon=True)
    process.start()
    there.close()
    try:
        return json.loads(here.recv()) if here.poll(seconds) else None
    except EOFError:
        return None
    finally:
        process.kill()
        process.join()


def _build(folder: Path, answer: Connection) -> None:
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        made = runpy.run_path("run.py", run_name="demo")
        app = made.get("demo") or next(value for value in made.values() if isinstance(value, gr.Blocks))
        described = {"config": app.get_config_file(), "info": app.get_api_info()}
    answer.send(json.dumps(described, default=str))


def _words(endpoints: list[Endpoint]) -> int:
    return sum(
        len(f"{entry.name} {entry.description} {[describe_input(given) for given in entry.parameters]}".split())
        for entry in endpoints
    )


if __name__ == "__main__":
    main()
