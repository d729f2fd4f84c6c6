"""The preview is what the site draws: the same splat, framing and size in Chromium, by the viewer's own stage."""

import io
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser

from splatelier.spaces.elevation_painter.elevation import paint
from splatelier.spaces.visual_hull.hull.carving import reconstruct
from splatelier.spaces.visual_hull.hull.ply import write_ply as write_gaussians
from splatelier.tools.splats import Framing, Splats, frame, judge, read_splats, render_poster, upright, write_ksplat
from splatelier.tools.splats.framing import FOV
from tests.tools.splats.formats.readers.install import node
from tests.tools.splats.shapes import random_splats, tower

pytestmark = pytest.mark.slow

VIEWER = Path(__file__).resolve().parents[4] / "site_templates" / "viewer"
HERE = Path(__file__).resolve().parent / "browser"
InChromium = Callable[[Splats, Framing, tuple[int, int]], np.ndarray]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A folder that is served, with the page in it: its path and its address."""
    folder = tmp_path_factory.mktemp("browser")
    common = ["--bundle", "--format=esm", f"--outdir={folder}", "--log-level=error"]
    esbuild = VIEWER / "node_modules/esbuild/bin/esbuild"
    node(esbuild, VIEWER / "src/splats/worker.js", *common)
    node(esbuild, HERE / "show.js", *common, '--define:SPLAT_WORKER="worker.js"')
    page = '<body style="margin:0;background:#000;overflow:hidden"><canvas style="display:block"></canvas>'
    (folder / "index.html").write_text(f'{page}<script type="module" src="show.js"></script>')
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=os.fspath(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def in_chromium(site: tuple[Path, str], chromium: Browser) -> InChromium:
    folder, url = site

    def shot(splats: Splats, framing: Framing, size: tuple[int, int]) -> np.ndarray:
        write_ksplat(folder / "splat.ksplat", splats)
        page = chromium.new_page(viewport={"width": size[0], "height": size[1]})
        try:
            page.goto(url)
            page.wait_for_function("typeof show === 'function'")
            page.evaluate("arguments => show(...arguments)", [FOV, "splat.ksplat", asdict(framing)])
            return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(float)
        finally:
            page.close()

    return shot


def preview(splats: Splats, framing: Framing, size: tuple[int, int]) -> np.ndarray:
    poster = render_poster(splats, framing, size)
    return np.asarray(Image.alpha_composite(Image.new("RGBA", size, (0, 0, 0, 255)), poster).convert("RGB")).astype(
        float
    )


def decibels(a: np.ndarray, b: np.ndarray) -> float:
    """Decibels over the box that holds what is drawn, so that an empty ground does not flatter."""
    drawn = np.argwhere((a + b).max(axis=2) > 8)
    (top, left), (bottom, right) = drawn.min(axis=0), drawn.max(axis=0) + 1
    return float(10 * np.log10(255**2 / np.mean((a - b)[top:bottom, left:right] ** 2)))


@pytest.fixture(scope="module")
def monument(tmp_path_factory: pytest.TempPathFactory) -> Splats:
    """An Arc de Triomphe as the offline Spaces make it."""
    folder = tmp_path_factory.mktemp("monument")
    paint("Arc de Triomphe", 0, 512).save(folder / "arch.png")
    write_gaussians(reconstruct(folder / "arch.png", 128), folder / "arch.ply")
    splats = read_splats(folder / "arch.ply")
    return upright(splats, judge(splats))


@pytest.mark.parametrize("size", [(400, 400), (520, 320), (300, 420)])
def test_a_monument_looks_the_same_in_the_preview_and_on_the_site(
    in_chromium: InChromium, monument: Splats, size: tuple[int, int]
) -> None:
    framing = replace(frame(monument), azimuth=25.0)
    assert decibels(in_chromium(monument, framing, size), preview(monument, framing, size)) >= 35


def test_long_thin_see_through_gaussians_with_harmonics_look_the_same_too(in_chromium: InChromium) -> None:
    splats = random_splats(2500, 2, seed=6)
    splats = replace(splats, centers=splats.centers * np.float32(0.3), log_scales=splats.log_scales + np.float32(1))
    framing = replace(frame(splats), azimuth=-60.0, elevation=30.0)
    assert decibels(in_chromium(splats, framing, (400, 400)), preview(splats, framing, (400, 400))) >= 35


def test_another_view_does_not_pass_for_the_same(in_chromium: InChromium) -> None:
    splats = tower(6000)
    framing = frame(splats)
    turned = replace(framing, azimuth=framing.azimuth + 20)
    assert decibels(in_chromium(splats, framing, (400, 400)), preview(splats, turned, (400, 400))) < 22
