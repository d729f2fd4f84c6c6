"""What a call through a SpaceTool costs beside a raw gradio_client call, and what parallel chains gain.

    python benchmarks/calls.py

Prints ratios only: each is measured against a peer that runs beside it on the same machine. Needs the extra `offline`.
"""

import json
import multiprocessing
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from gradio_client import Client

from splatelier.tools.calls.ledger import Ledger
from splatelier.tools.spaces.hub import Hub
from splatelier.tools.toolset.toolbox import SpaceToolbox
from splatelier.tools.workspace.workspace import Workspace

CALLS = 7
ITEMS = 6
IMAGE_SECONDS, SPLAT_SECONDS, AT_ONCE = 2.0, 4.0, 2
IDEAL = IMAGE_SECONDS + SPLAT_SECONDS * ITEMS / AT_ONCE  # the splats are the narrow place, and wait for the first image
ONE_BY_ONE = ITEMS * (IMAGE_SECONDS + SPLAT_SECONDS)
SPACES = 10


def serve(pipe: Connection) -> None:
    """The Spaces, in a process of their own: one waits, one makes images, one makes splats; tells its address."""
    import gradio as gr
    import uvicorn
    from fastapi import FastAPI
    from PIL import Image

    folder = Path(tempfile.mkdtemp())
    header = b"ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n0\n"

    def wait(seconds: float) -> float:
        time.sleep(seconds)
        return seconds

    def paint(prompt: str) -> str:
        time.sleep(IMAGE_SECONDS)
        path = folder / f"{prompt}.png"
        Image.new("RGB", (64, 64), (len(prompt), sum(prompt.encode()) % 256, 9)).save(path)
        return str(path)

    def reconstruct(image: str) -> str:
        time.sleep(SPLAT_SECONDS)
        path = folder / f"{Path(image).stem}.ply"
        path.write_bytes(header)
        return str(path)

    app = FastAPI()
    with gr.Blocks() as waiting:
        gr.Button().click(wait, gr.Number(), gr.Number(), api_name="wait")
    with gr.Blocks() as painter:
        gr.Button().click(
            paint, gr.Textbox(label="Prompt"), gr.Image(format="png"), api_name="paint", concurrency_limit=AT_ONCE
        )
    with gr.Blocks() as sculptor:
        gr.Button().click(
            reconstruct,
            gr.Image(type="filepath", label="Image"),
            gr.Model3D(label="Splat"),
            api_name="reconstruct",
            concurrency_limit=AT_ONCE,
        )
    for name, demo in {"waiting": waiting, "painter": painter, "sculptor": sculptor}.items():
        gr.mount_gradio_app(app, demo, path=f"/{name}", allowed_paths=[str(folder)])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    pipe.send(server.servers[0].sockets[0].getsockname()[1])
    pipe.recv()


class SmallHub(BaseHTTPRequestHandler):
    """A Hub with ten Spaces, all of them the same app."""

    app = ""
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        text = "{}"
        if self.path.endswith("/agents.md"):
            name = "/".join(self.path.split("/")[2:4])
            text = f"To use this application ({name}: waits):\nAPI schema: GET {self.app}/gradio_api/info\n"
        elif self.path.startswith("/api/spaces/"):
            known = {"id": "/".join(self.path.split("?")[0].split("/")[3:5]), "sha": "1" * 40, "private": False}
            text = json.dumps({**known, "host": self.app, "likes": 0, "tags": []})
        kept = self.headers.get("if-none-match") == '"1"' and self.path.endswith("/agents.md")
        body = b"" if kept else text.encode()
        self.send_response(304 if kept else 200)
        self.send_header("etag", '"1"')
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        del args


def toolbox(stack: ExitStack, hub: str = "http://127.0.0.1:9", kept: Path | None = None) -> SpaceToolbox:
    """A toolbox over an empty folder."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    box = SpaceToolbox(
        Workspace(folder / "gallery"), Hub(hub, cache=kept or folder / "kept"), Ledger(folder / "ledger.sqlite")
    )
    stack.callback(box.close)
    return box


def timed(function: Callable[[], object]) -> float:
    """Seconds that `function` takes."""
    begun = time.perf_counter()
    function()
    return time.perf_counter() - begun


def overhead(stack: ExitStack, app: str) -> None:
    """A call of one second, raw and through a SpaceTool, turn and turn about."""
    box = toolbox(stack)
    box.connect([f"{app}/waiting"])
    tool = box.use(f"{app}/waiting", ["/wait"])[0]
    client = Client(f"{app}/waiting", verbose=False, token=False, analytics_enabled=False)
    tool(0, _fresh=True)
    client.predict(0, api_name="/wait")
    raw, ours = [], []
    for _ in range(CALLS):
        raw.append(timed(lambda: client.predict(1, api_name="/wait")))
        ours.append(timed(lambda: tool(1, _fresh=True)))
    ratio = statistics.median(ours) / statistics.median(raw)
    print(f"a SpaceTool call over a raw gradio_client call, 1 s endpoint: {ratio:.3f} (aim: under 1.03)")


def chains(stack: ExitStack, app: str) -> None:
    """Six chains image -> splat on Spaces that take two calls at a time each."""
    box = toolbox(stack)
    box.connect([f"{app}/painter", f"{app}/sculptor"])
    tools = {tool.name: tool for tool in box.tools()}

    def chain(subject: str) -> Any:
        return tools["image_to_splat"](tools["generate_image"](subject, 0)["image"])

    def run() -> None:
        results = tools["parallel_map"](chain, [f"subject {number}" for number in range(ITEMS)], ITEMS)
        assert all(entry["ok"] for entry in results), results

    seconds = timed(run)
    again = timed(run)
    print(f"six chains over the ideal {IDEAL:g} s: {seconds / IDEAL:.2f} (aim: under 1.1)")
    print(f"six chains over one by one, {ONE_BY_ONE:g} s: {seconds / ONE_BY_ONE:.2f}")
    print(f"the same six from the cache over the first time: {again / seconds:.4f}")


def discovery(stack: ExitStack, app: str) -> None:
    """Ten Spaces from their names to tools: one by one with raw clients, together cold, together with kept cards."""
    SmallHub.app = f"{app}/waiting"
    server = ThreadingHTTPServer(("127.0.0.1", 0), SmallHub)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stack.callback(server.shutdown)
    endpoint = f"http://127.0.0.1:{server.server_port}"
    names = [f"someone/space-{number}" for number in range(SPACES)]
    kept = Path(stack.enter_context(tempfile.TemporaryDirectory()))

    toolbox(stack, endpoint).connect(names[:1])  # what a process pays once
    raw = timed(lambda: [Client(SmallHub.app, verbose=False, token=False) for _ in names])
    cold = timed(lambda: toolbox(stack, endpoint, kept).connect(names))
    warm = timed(lambda: toolbox(stack, endpoint, kept).connect(names))
    print(
        f"ten Spaces connected together over ten raw clients one by one: cold {cold / raw:.2f}, warm {warm / raw:.2f}"
    )


def main() -> None:
    """Run all three."""
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    try:
        app = f"http://127.0.0.1:{here.recv()}"
        for measure in (overhead, chains, discovery):
            with ExitStack() as stack:
                measure(stack, app)
    finally:
        here.send("stop")
        server.join(5)
        server.terminate()


if __name__ == "__main__":
    main()
