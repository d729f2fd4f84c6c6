"""Starting test apps, and the files that tests send to them."""

import shutil
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gradio as gr
from PIL import Image

from splatelier.tools.calls.job import Limits
from splatelier.tools.calls.ledger import Ledger
from splatelier.tools.progress import Update
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.toolset.toolbox import SpaceToolbox
from splatelier.tools.workspace.workspace import Workspace
from tests.tools.space_apps.families import EXAMPLES

NO_HUB = "http://127.0.0.1:9"
QUICK = Limits(
    queue_seconds=20,
    run_seconds=20,
    total_seconds=30,
    attempts=4,
    backoff_seconds=0.01,
    max_backoff_seconds=0.05,
    wake_seconds=20,
    wake_poll_seconds=0.05,
)


def patient(demo: gr.Blocks) -> gr.Blocks:
    """The app, looking for work fifty times a second: gradio's thousand times keep a core busy with a dozen apps."""
    demo._queue.sleep_when_free = 0.02
    return demo


@contextmanager
def served(demo: gr.Blocks, **settings: Any) -> Iterator[str]:
    """The base URL of an app that is served on loopback by this process."""
    patient(demo).launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True, **settings)
    try:
        yield str(demo.local_url).rstrip("/")
    finally:
        demo.close(verbose=False)


def put_examples(folder: Path) -> None:
    """A picture, a sound, a video, a text and a 3D model, all small."""
    Image.radial_gradient("L").convert("RGB").resize((64, 64)).save(folder / "a.png")
    with wave.open(str(folder / "a.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x10" * 800)
    shutil.copy(EXAMPLES / "videos" / "a.mp4", folder / "a.mp4")
    (folder / "a.txt").write_text("hello\n")
    (folder / "a.obj").write_text("v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n")


class Bench:
    """A toolbox over a folder of its own, and everything that it told."""

    def __init__(self, folder: Path, hub: str = NO_HUB, limits: Limits = QUICK, **settings: Any) -> None:
        self.folder = folder
        self.workspace = Workspace(folder / "gallery")
        self.workspace.root.mkdir(parents=True, exist_ok=True)
        self.updates: list[Update] = []
        self.box = SpaceToolbox(
            self.workspace,
            Hub(hub, cache=folder / "kept", token=settings.pop("token", None)),
            Ledger(folder / "ledger.sqlite"),
            progress=self.updates.append,
            limits=limits,
            **settings,
        )

    def tool(self, name: str) -> Any:
        """A tool by its name, or by how its name ends."""
        return next(tool for tool in self.box.tools() if tool.name == name or tool.name.endswith(f"_{name}"))

    def leftovers(self) -> list[str]:
        """Temporary files in the gallery's folder."""
        return [path.name for path in self.workspace.root.rglob(".*") if path.is_file()]
