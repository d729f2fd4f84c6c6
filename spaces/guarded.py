"""Run a Python program that ends with the process that started it, however that one ends.

    python guarded.py app.py            python guarded.py -m package

The starter holds the other end of this process's stdin. When it closes, because the starter said so, crashed or
was killed, the program is over: so no server ever outlives the command that needed it. Works wherever pipes do.
"""

import os
import runpy
import shutil
import sys
import tempfile
import threading
from pathlib import Path


def main() -> None:
    """Run the program named by the arguments, with temporary files of its own that go when it goes."""
    temporary = tempfile.mkdtemp(prefix="splatelier-")
    os.environ.update(TMPDIR=temporary, GRADIO_TEMP_DIR=str(Path(temporary, "gradio")))
    tempfile.tempdir = None
    threading.Thread(target=_end_with_starter, args=(temporary,), daemon=True).start()
    sys.argv = sys.argv[1:]
    sys.path[0] = str(Path.cwd())
    if sys.argv[0] == "-m":
        sys.argv = sys.argv[1:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")


def _end_with_starter(temporary: str) -> None:
    while os.read(0, 4096):
        pass
    shutil.rmtree(temporary, ignore_errors=True)
    os._exit(0)  # a server's own shutdown would wait for its open connections


if __name__ == "__main__":
    main()
