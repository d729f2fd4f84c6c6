"""Our page beside three others on the same splats: bytes sent, first poster, first frame with the splat in it.

    python benchmarks/site.py galleries/paris --runs 5

Each run is a cold start of a fresh browser. The server sends text (HTML, CSS, JavaScript) gzipped and everything else
as it is, as a static Space does. The peers: splat-transform's single-file HTML page (SuperSplat), a bare Spark page and
a bare page with three's own GaussianSplat. What counts as a frame with the splat in it: more than 2 % of the canvas
differs from its corner.
"""

import argparse
import gzip
import json
import shutil
import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from hatch_build import node, npm
from splatelier.tools.gallery.manifest import Gallery, load_gallery, save_gallery
from splatelier.tools.site.browser import chromium_path, headless_chromium
from splatelier.tools.site.render import render_site
from splatelier.tools.site.serve import TYPES
from splatelier.tools.workspace.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent

PEERS = ROOT / "benchmarks" / "site_peers"
WINDOW = {"width": 1280, "height": 720}
PAGES = ("ours", "supersplat", "spark", "three")
TEXT = {".html", ".css", ".js", ".json", ".txt"}

SUPERSPLAT = {
    "camera": {"fov": 35, "position": [0, 0.2, 2.6], "target": [0, 0, 0], "startAnim": "none", "animTrack": ""},
    "background": {"color": [0, 0, 0]},
    "animTracks": [],
}
"""The same camera as the bare pages have, on black."""

PROBE = """
  const get = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    return get.call(this, kind, /webgl/.test(kind) ? { ...options, preserveDrawingBuffer: true } : options);
  };
  window.poster = 0; window.splat = 0; window.frames = 0;
  const frame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (work) => frame((now) => { if (window.splat) window.frames += 1; work(now); });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.element?.matches('.poster') && !window.poster) window.poster = entry.renderTime || entry.loadTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  const small = document.createElement('canvas');
  small.width = 128; small.height = 72;
  const pen = get.call(small, '2d', { willReadFrequently: true });
  const look = () => {
    const canvas = document.querySelector('canvas');
    if (canvas && canvas.width > 300) {
      pen.clearRect(0, 0, 128, 72);
      pen.drawImage(canvas, 0, 0, 128, 72);
      const { data } = pen.getImageData(0, 0, 128, 72);
      let seen = 0;
      for (let at = 0; at < data.length; at += 4)
        if (Math.max(...[0, 1, 2].map((c) => Math.abs(data[at + c] - data[c]))) > 40) seen += 1;
      if (seen > 0.02 * 128 * 72) {
        window.splat = performance.now();
        document.documentElement.dataset.splat = 'seen';
        return;
      }
    }
    frame(look);
  };
  frame(look);
"""


class Counting(SimpleHTTPRequestHandler):
    """Serves a folder, gzips text, and adds up what it sends."""

    sent = 0
    counting = threading.Lock()

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.split("?")[0].split("#")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
        if path.suffix in TEXT:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with Counting.counting:
            Counting.sent += len(body)
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The URL of a folder while the block runs."""
    handler = type("Handler", (Counting,), {"directory": str(folder)})
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: handler(*a, directory=str(folder)))  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def make_pages(gallery: Workspace, slug: str, folder: Path) -> None:
    """The four pages of one splat, each in a folder of its own."""
    manifest = load_gallery(gallery)
    item = manifest.items[manifest.index(slug)]
    ours = Workspace(folder / "work")
    shutil.copytree(gallery.root / "assets" / slug, ours.root / "assets" / slug)
    save_gallery(ours, Gallery(title=manifest.title, subtitle=manifest.subtitle, items=[item]))
    shutil.copytree(render_site(ours), folder / "ours")
    source = gallery.existing(item.source or item.model)
    (folder / "supersplat").mkdir()
    cli = "node_modules/@playcanvas/splat-transform/bin/cli.mjs"
    settings = folder / "settings.json"
    settings.write_text(json.dumps(SUPERSPLAT))
    node(PEERS, cli, "-q", "-w", "-E", str(settings), str(source), str(folder / "supersplat" / "index.html"))
    for name in ("spark", "three"):
        (folder / name).mkdir()
        shutil.copyfile(PEERS / "dist" / f"{name}.js", folder / name / "main.js")
        shutil.copyfile(gallery.existing(item.model), folder / name / "splat.ksplat")
        page = '<!doctype html><style>body{margin:0;background:#000}</style><body><script type="module" src="main.js">'
        (folder / name / "index.html").write_text(f"{page}</script></body>")


def visit(url: str) -> dict[str, float]:
    """One cold start: bytes until the splat is there, milliseconds to the poster and to the splat, frames a second."""
    path = chromium_path()
    assert path, "no Chromium on this machine"
    Counting.sent = 0
    with headless_chromium(path) as browser:
        page = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]
        page.add_init_script(PROBE)
        page.goto(url, wait_until="commit")
        page.wait_for_selector("html[data-splat=seen]", state="attached", timeout=120_000)
        sent = Counting.sent
        frames = page.evaluate("new Promise((done) => setTimeout(() => done(window.frames / 3), 3000))")
        poster, splat = page.evaluate("[window.poster, window.splat]")
    return {"bytes": sent, "poster": poster, "splat": splat, "fps": frames}


def compare(gallery: Workspace, slug: str, runs: int) -> None:
    """Measure the four pages of one splat, in turns, and print the medians and our ratio to each."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        make_pages(gallery, slug, folder)
        measured: dict[str, list[dict[str, float]]] = {name: [] for name in PAGES}
        with serving(folder) as url:
            for _ in range(runs):
                for name in PAGES:
                    measured[name].append(visit(f"{url}/{name}/"))
    result = {name: {key: statistics.median(run[key] for run in all_runs) for key in all_runs[0]}
              for name, all_runs in measured.items()}  # fmt: skip
    report(slug, result, runs)


def report(slug: str, result: dict[str, dict[str, Any]], runs: int) -> None:
    """Print a table and the three ratios that the site is judged by."""
    ours = result["ours"]
    print(f"\n{slug}, median of {runs} cold starts")
    print(f"{'page':<12}{'sent':>10}{'poster':>10}{'splat':>10}{'fps':>7}   ours / it: bytes, time to splat")
    for name, row in result.items():
        poster = f"{row['poster']:.0f} ms" if row["poster"] else "-"
        ratios = f"{ours['bytes'] / row['bytes']:.2f}  {ours['splat'] / row['splat']:.2f}"
        print(
            f"{name:<12}{row['bytes'] / 1000:>7.0f} kB{poster:>10}{row['splat']:>7.0f} ms{row['fps']:>7.1f}   {ratios}"
        )
    others = [row for name, row in result.items() if name != "ours"]
    quickest = min(row["splat"] for row in others)
    bare = min(result["spark"]["splat"], result["three"]["splat"])
    print(f"bytes against the SuperSplat page: {ours['bytes'] / result['supersplat']['bytes']:.2f} (aim: below 1)")
    print(f"poster against the quickest other splat: {ours['poster'] / quickest:.2f} (aim: below 0.5)")
    print(f"splat against the quickest bare page: {ours['splat'] / bare:.2f} (aim: at most 1.1)")


def main() -> None:
    """Build the peers once, then compare on each splat."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gallery", type=Path)
    parser.add_argument("--slugs", nargs="+", default=["eiffel-tower", "sacre-coeur"])
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    if not (PEERS / "dist" / "spark.js").is_file():
        npm(PEERS, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
        node(PEERS, "build.mjs")
    for slug in options.slugs:
        compare(Workspace(options.gallery), slug, options.runs)


if __name__ == "__main__":
    main()
