"""Small real galleries, and a visitor who walks through their sites in a real browser."""

import json
import struct
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Browser, Page

from splatelier.tools.gallery.manifest import Gallery, Item, save_gallery, slugify
from splatelier.tools.gallery.settings import Settings
from splatelier.tools.site.browser import pixels
from splatelier.tools.site.render import render_site
from splatelier.tools.site.serve import SiteServer
from splatelier.tools.splats.draw.posters import render_poster
from splatelier.tools.splats.formats.ksplat import write_ksplat
from splatelier.tools.splats.framing import Framing
from splatelier.tools.splats.ops.frame import frame
from splatelier.tools.splats.splats import SH_C0, Splats, logit
from splatelier.tools.workspace.provenance import Step
from splatelier.tools.workspace.workspace import Workspace

FILMSTRIP = Path(__file__).resolve().parents[2] / "artefacts" / "filmstrip"
PATIENCE = 60_000
SEEN = 34  # difference of a pixel, of 255, from which something counts as drawn
HIDE_WORDS = """hidden => {
  for (const element of document.body.children)
    if (!element.matches('canvas, script')) element.style.visibility = hidden ? 'hidden' : '';
}"""
HIDE_STAGE = "hidden => { document.querySelector('canvas').style.visibility = hidden ? 'hidden' : ''; }"
COLORS = {"Tower": (0.85, 0.55, 0.25), "Arch": (0.75, 0.7, 0.6), "Pyramid": (0.45, 0.65, 0.85)}


def points_of(shape: str, count: int, seed: int = 3) -> NDArray[np.float32]:
    """(count, 3) points inside a solid, Y up, about one unit tall, standing on y = -0.5."""
    rng = np.random.default_rng(seed)
    x, y, z = rng.uniform(-0.5, 0.5, (3, 40 * count))
    if shape == "Tower":
        reach = np.where(y < -0.3, 0.28, 0.14 - 0.08 * y)
        inside = (np.abs(x) < reach) & (np.abs(z) < reach)
    elif shape == "Arch":
        inside = (np.abs(z) < 0.2) & (np.abs(y) < 0.4) & ~((np.abs(x) < 0.2) & (y < 0.1))
    else:
        reach = 0.25 - 0.5 * y
        inside = (np.abs(x) < reach) & (np.abs(z) < reach) & (y < 0.3)
    return np.stack([x, y, z], axis=1)[inside][:count].astype(np.float32)


def splats_of(shape: str, count: int) -> Splats:
    """A splat in the shape's colour, lighter towards the right, so that turning it shows."""
    centers = points_of(shape, count)
    n = len(centers)
    colors = np.array(COLORS[shape]) * (0.75 + 0.5 * (centers[:, :1] + 0.5))
    rotations = np.tile(np.float32([1, 0, 0, 0]), (n, 1))
    return Splats(
        centers=centers,
        log_scales=np.full((n, 3), np.log(0.018), dtype=np.float32),
        rotations=rotations,
        logits=logit(np.full(n, 0.95)),
        dc=((colors.clip(0, 1) - 0.5) / SH_C0).astype(np.float32),
        rest=np.empty((n, 3, 0), dtype=np.float32),
    )


def write_glb(path: Path) -> None:
    """A wedge with a colour at each corner, about one unit large, as a binary glTF 2.0 file."""
    corners = np.float32([[-0.5, -0.5, 0.5], [0.5, -0.5, 0.5], [0, 0.5, 0], [0.5, -0.5, -0.5], [-0.5, -0.5, -0.5]])
    faces = np.uint16([0, 1, 2, 1, 3, 2, 3, 4, 2, 4, 0, 2, 0, 3, 1, 0, 4, 3])
    normals = corners / np.linalg.norm(corners, axis=1, keepdims=True)
    parts = [corners.astype("<f4").tobytes(), normals.astype("<f4").tobytes(), faces.astype("<u2").tobytes()]
    starts = [0, len(parts[0]), len(parts[0]) + len(parts[1])]
    views = [{"buffer": 0, "byteOffset": at, "byteLength": len(part)} for at, part in zip(starts, parts, strict=True)]
    document = {
        "asset": {"version": "2.0"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0}],
        "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "NORMAL": 1}, "indices": 2, "material": 0}]}],
        "materials": [{"pbrMetallicRoughness": {"baseColorFactor": [0.9, 0.6, 0.3, 1], "metallicFactor": 0}}],
        "accessors": [
            {
                "bufferView": 0, "componentType": 5126, "count": 5, "type": "VEC3",
                "min": corners.min(axis=0).tolist(), "max": corners.max(axis=0).tolist(),
            },
            {"bufferView": 1, "componentType": 5126, "count": 5, "type": "VEC3"},
            {"bufferView": 2, "componentType": 5123, "count": len(faces), "type": "SCALAR"},
        ],
        "bufferViews": views,
        "buffers": [{"byteLength": sum(map(len, parts))}],
    }  # fmt: skip
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    binary = b"".join(parts)
    binary += b"\0" * (-len(binary) % 4)
    total = 12 + 8 + len(text) + 8 + len(binary)
    chunks = struct.pack("<II", len(text), 0x4E4F534A) + text + struct.pack("<II", len(binary), 0x004E4942) + binary
    path.write_bytes(struct.pack("<4sII", b"glTF", 2, total) + chunks)


def add_piece(workspace: Workspace, gallery: Gallery, shape: str, title: str, count: int = 3000, **fields: Any) -> None:
    """Make a piece's files below assets/ and put it at the end of the gallery. The shape "Wedge" is a mesh."""
    slug = slugify(title)
    folder = workspace.root / "assets" / slug
    folder.mkdir(parents=True, exist_ok=True)
    model = "mesh.glb" if shape == "Wedge" else "splat.ksplat"
    poster = None
    if shape == "Wedge":
        write_glb(folder / model)
        framing = Framing(center=(0.0, -0.1, 0.0), radius=0.85, azimuth=0.0, elevation=10.0)
        Image.new("RGB", (256, 256), (120, 90, 40)).save(folder / "source.png")
    else:
        splats = splats_of(shape, count)
        write_ksplat(folder / model, splats)
        framing = frame(splats)
        picture = render_poster(splats, framing, (256, 256))
        picture.save(folder / "poster.webp")
        poster = f"assets/{slug}/poster.webp"
        black = Image.new("RGBA", picture.size, (0, 0, 0, 255))
        Image.alpha_composite(black, picture).convert("RGB").save(folder / "source.png")
    details = {
        "slug": slug, "title": title, "caption": f"A {shape.lower()}, as plain as a tower of bricks.",
        "kind": "mesh" if shape == "Wedge" else "splat", "image": f"assets/{slug}/source.png",
        "model": f"assets/{slug}/{model}", "poster": poster, "framing": framing,
    }  # fmt: skip
    gallery.items.append(Item(**{**details, **fields}))


@pytest.fixture(scope="session")
def make_gallery(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Workspace]:
    """Builds and renders a gallery: `make_gallery("Tower", "Arch", zoom=0.7)`; `change(gallery)` may alter it first."""

    def make(
        *shapes: str, count: int = 3000, change: Callable[[Gallery], object] | None = None, **settings: Any
    ) -> Workspace:
        workspace = Workspace(tmp_path_factory.mktemp("gallery"))
        gallery = Gallery(title="Plain things", subtitle="Three solids", settings=Settings(**settings))
        for number, shape in enumerate(shapes or ("Tower", "Arch", "Pyramid")):
            title = shape if shape not in shapes[:number] else f"{shape} {number + 1}"
            add_piece(workspace, gallery, shape, title, count, provenance=provenance_of(title))
        if change:
            change(gallery)
        save_gallery(workspace, gallery)
        render_site(workspace)
        return workspace

    return make


def provenance_of(title: str) -> list[Step]:
    """What a piece made by two Spaces has."""
    prompt = {"prompt": f"{title}, isolated on black"}
    page = "https://huggingface.co/spaces/"
    return [
        Step(tool="painter", space="someone/painter", url=f"{page}someone/painter", endpoint="/paint", seed=7,
             arguments=prompt, licence="apache-2.0", sha256="0" * 64),
        Step(tool="sculptor", space="someone/sculptor", url="http://127.0.0.1:7860/", licence="mit", sha256="1" * 64),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def three(make_gallery: Callable[..., Workspace]) -> Workspace:
    """A gallery of three pieces that stand still; nobody changes it."""
    return make_gallery(auto_rotate=0, transition_seconds=0.2)


class Visitor:
    """A page on a site, everything that went over the line, and everything that the console said."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, slug: str = "") -> "Visitor":
        self.page.goto(f"{self.url}#{slug}" if slug else self.url)
        return self

    def until(self, condition: str) -> None:
        """Waits until <html> matches a selector such as `[data-shown=arch]`."""
        self.page.wait_for_selector(f"html{condition}", state="attached", timeout=PATIENCE)

    def shown(self, slug: str) -> "Visitor":
        self.until(f'.opened[data-shown="{slug}"][data-state=ready]')
        return self

    @property
    def wanted(self) -> str | None:
        return self.page.get_attribute("html", "data-wanted")

    def drawn(self) -> NDArray[np.bool_]:
        """(height, width) where the stage has drawn something: what differs from the page without its canvas."""
        self.page.evaluate(HIDE_WORDS, True)
        seen = self.look()
        self.page.evaluate(HIDE_STAGE, True)
        empty = self.look()
        self.page.evaluate(HIDE_STAGE, False)
        self.page.evaluate(HIDE_WORDS, False)
        return np.asarray(np.abs(seen - empty).max(axis=2) > SEEN)

    def look(self, name: str | None = None) -> NDArray[np.float64]:
        """(height, width, 3) of the window; kept in the filmstrip when it has a name."""
        picture = self.page.screenshot(animations="disabled")
        if name:
            FILMSTRIP.mkdir(parents=True, exist_ok=True)
            (FILMSTRIP / f"{name}.png").write_bytes(picture)
        return pixels(picture)

    def until_still(self) -> NDArray[np.float64]:
        """The picture once two in a row are the same."""
        before = self.look()
        while (now := self.look()) is not None and np.abs(now - before).max() > 0:
            before = now
        return now

    def box(self, selector: str) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) of what is seen of an element."""
        box = self.page.locator(selector).first.bounding_box()
        assert box is not None, selector
        return box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens a gallery's site: `visit(workspace, width, height, reduced_motion="reduce")`."""
    with ExitStack() as closing:

        def to(workspace: Workspace, width: int = 480, height: int = 360, **options: Any) -> Visitor:
            server = closing.enter_context(SiteServer(workspace.resolve("site"), live=False))
            context = chromium.new_context(viewport={"width": width, "height": height}, **options)
            closing.callback(context.close)
            return Visitor(context.new_page(), server.url)

        yield to
