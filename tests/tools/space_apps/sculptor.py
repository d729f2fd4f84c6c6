"""A Space in three steps, as TRELLIS is one: what a step leaves is kept by the server for the session that made it."""

import json
import struct
import threading
import time
from collections import Counter
from pathlib import Path

import gradio as gr
from PIL import Image

Color = tuple[int, int, int]


def glb_of(color: Color) -> bytes:
    """A GLB of one triangle in a colour."""
    corners = struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0)
    described = {
        "asset": {"version": "2.0"},
        "buffers": [{"byteLength": len(corners)}],
        "bufferViews": [{"buffer": 0, "byteLength": len(corners)}],
        "accessors": [
            {"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3", "min": [0, 0, 0], "max": [1, 1, 0]}
        ],
        "materials": [{"pbrMetallicRoughness": {"baseColorFactor": [*(value / 255 for value in color), 1]}}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0}, "material": 0}]}],
        "nodes": [{"mesh": 0}],
        "scenes": [{"nodes": [0]}],
        "scene": 0,
    }
    text = json.dumps(described).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(corners), b"BIN\0") + corners
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def color_of(glb: Path) -> Color:
    """The colour of a `glb_of`."""
    content = glb.read_bytes()
    (length,) = struct.unpack_from("<I", content, 12)
    described = json.loads(content[20 : 20 + length])
    red, green, blue, _ = described["materials"][0]["pbrMetallicRoughness"]["baseColorFactor"]
    return round(red * 255), round(green * 255), round(blue * 255)


class Sculptor:
    """The app, and what its server went through.

    Attributes:
        calls: how often each endpoint ran.
        sessions: those that were started.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls: Counter[str] = Counter()
        self.sessions: set[str] = set()
        self._lock = threading.Lock()

    def build(self) -> gr.Blocks:
        """The app, as it is after a start: it knows of no session."""
        self.sessions.clear()
        with gr.Blocks() as demo:
            asset = gr.State()
            picture, simplify = gr.Image(type="filepath", label="Image"), gr.Slider(0.0, 1.0, 0.5, label="Simplify")
            gr.Button().click(self.start_session, api_name="start_session")
            gr.Button().click(
                self.image_to_3d,
                picture,
                [asset, gr.Image(label="Preview")],
                api_name="image_to_3d",
                concurrency_limit=4,
            )
            gr.Button().click(
                self.extract_glb,
                [asset, simplify],
                gr.Model3D(label="Mesh"),
                api_name="extract_glb",
                concurrency_limit=4,
            )
            gr.Button().click(self.smooth, [asset, gr.Number(1, label="Rounds")], asset, api_name="smooth")
        return demo

    def start_session(self, request: gr.Request) -> None:
        self._count("start_session")
        self.sessions.add(str(request.session_hash))

    def image_to_3d(self, image: str, request: gr.Request) -> tuple[dict[str, object], str]:
        self._count("image_to_3d")
        if request.session_hash not in self.sessions:
            raise gr.Error("Please call start_session first")
        with Image.open(image) as picture:
            color = picture.convert("RGB").getpixel((0, 0))
        time.sleep(0.03)  # long enough for another call to come in between
        return {"color": color, "rounds": 0}, image

    def extract_glb(self, asset: dict[str, object] | None, simplify: float) -> str:  # noqa: ARG002
        self._count("extract_glb")
        if asset is None:
            raise gr.Error("There is no asset in this session")
        color = asset["color"]
        assert isinstance(color, tuple)
        path = self.folder / f"{'-'.join(map(str, color))}-{asset['rounds']}.glb"
        path.write_bytes(glb_of(color))
        return str(path)

    def smooth(self, asset: dict[str, object], rounds: float) -> dict[str, object]:
        self._count("smooth")
        done = asset["rounds"]
        assert isinstance(done, int)
        time.sleep(0.03)
        return asset | {"rounds": done + int(rounds)}

    def _count(self, endpoint: str) -> None:
        with self._lock:
            self.calls[endpoint] += 1
