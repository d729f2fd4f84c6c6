"""A whole chain on a bad day: flaky Spaces, and a program that is killed in the middle."""

import random
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from PIL import Image

from splatelier.tools.calls.job import Limits
from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.workspace.digests import file_sha256
from splatelier.tools.workspace.workspace import Workspace
from tests.tools.space_apps.faulty import Spaces
from tests.tools.space_apps.files import ply_bytes
from tests.tools.space_apps.serving import QUICK, Bench

pytestmark = pytest.mark.slow

SUBJECTS = ["Eiffel Tower", "Arc de Triomphe", "Notre-Dame", "Sacre-Coeur", "Louvre Pyramid", "Luxor Obelisk"]
SEEDS = range(20)
PATIENT = replace(QUICK, attempts=Limits().attempts, total_seconds=60)


class Weather:
    """Fails each call with a probability, drawn from a seed, what is asked, and how often it was asked before."""

    def __init__(self) -> None:
        self.seed = 0
        self.chance = 0.0
        self.failures = 0
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    def strikes(self, what: str) -> str:
        """How this call fails; "" when it does not."""
        key = f"{self.seed} {what}"
        with self._lock:
            self._asked[key] += 1
            dice = random.Random(f"{key} {self._asked[key]}")
            if dice.random() >= self.chance:
                return ""
            self.failures += 1
        return dice.choice(["out of memory", "silent", "truncated", "busy", "html"])


@pytest.fixture(scope="module")
def weather() -> Weather:
    return Weather()


@pytest.fixture(scope="module")
def spaces(tmp_path_factory: pytest.TempPathFactory, weather: Weather) -> Iterator[Spaces]:
    house = Spaces(tmp_path_factory.mktemp("served"))

    def bad(strike: str, suffix: str) -> str:
        if strike == "out of memory":
            raise gr.Error("CUDA out of memory")
        if strike == "silent":
            raise RuntimeError
        if strike == "busy":
            raise gr.Error("Too many requests, please try again later")
        content = b"<html>Bad gateway</html>" if strike == "html" else b"\x89PNG\r\n\x1a\nIHDR"
        return house.file(f"bad{suffix}", content)

    def paint(prompt: str) -> Any:
        strike = weather.strikes(prompt)
        if strike:
            return bad(strike, ".png") if strike not in ("truncated", "html") else bad("silent", "")
        picture = Image.new("RGB", (32, 32), (len(prompt), sum(prompt.encode()) % 256, 0))
        path = house.folder / f"{prompt}.png"
        picture.save(path)
        return str(path)

    def reconstruct(image: str) -> Any:
        with Image.open(image) as picture:
            count = sum(picture.convert("RGB").getpixel((0, 0)))
        strike = weather.strikes(str(count))
        return bad(strike, ".ply") if strike else house.file(f"{count}.ply", ply_bytes(count))

    house.add_painter("painter", paint)
    house.add("hull", reconstruct)
    with house.serving():
        yield house


def chain(bench: Bench) -> Any:
    generate, splat = bench.tool("generate_image"), bench.tool("image_to_splat")

    def work(subject: str) -> dict[str, str]:
        image = generate(subject, 7)["image"]
        return {"image": image, "splat": splat(image)["splat"]}

    return bench.tool("parallel_map")(work, SUBJECTS, workers=4)


def test_six_items_are_finished_20_times_out_of_20_when_every_third_call_fails(
    spaces: Spaces, weather: Weather, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weather.chance = 0.3
    retries: list[int] = []
    for seed in SEEDS:
        weather.seed, weather.failures = seed, 0
        bench = Bench(tmp_path / str(seed), limits=PATIENT)
        bench.box.connect([f"{spaces.url}/painter", f"{spaces.url}/hull"])
        results = chain(bench)
        assert [entry["ok"] for entry in results] == [True] * 6, results
        totals = bench.box.totals()
        assert totals["retries"] == sum(totals["failures"].values()) == totals["calls"] - 12
        assert totals["retries"] >= weather.failures
        assert bench.leftovers() == []
        retries.append(totals["retries"])
        bench.box.close()
    with capsys.disabled():
        print(f"\n  20 builds of six items, every third call failing: {sum(retries)} retries, {retries}")
    assert sum(retries) > 50


SCRIPT = """
import sys
import threading
from pathlib import Path
from tests.tools.space_apps.serving import Bench
from tests.tools.calls.test_chain import SUBJECTS
from splatelier.tools.gallery.manifest import Item, load_gallery, save_gallery, slugify
from splatelier.tools.splats.framing import Framing

bench = Bench(Path(sys.argv[2]))
bench.box.connect([f"{sys.argv[1]}/painter", f"{sys.argv[1]}/hull"])
for subject in SUBJECTS:
    image = bench.tool("generate_image")(subject, 7)["image"]
    splat = bench.tool("image_to_splat")(image)["splat"]
    slug = slugify(subject)
    gallery = load_gallery(bench.workspace)
    if slug not in [item.slug for item in gallery.items]:
        gallery.items.append(Item(
            slug=slug, title=subject, framing=Framing((0.0, 0.0, 0.0), 1.0),
            image=bench.workspace.copy(image, f"assets/{slug}/source.png"),
            model=bench.workspace.copy(splat, f"assets/{slug}/splat.ksplat"),  # in name only: nothing is drawn here
        ))
        save_gallery(bench.workspace, gallery)
    print(subject, flush=True)
bench.box.close()
"""


def test_a_build_that_was_killed_goes_on_where_it_was(spaces: Spaces, weather: Weather, tmp_path: Path) -> None:
    weather.chance = 0.0
    spaces.calls.clear()
    command = [sys.executable, "-c", SCRIPT, spaces.url, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        for _ in range(3):
            assert program.stdout.readline()
        program.send_signal(signal.SIGKILL)
    half = load_gallery(Workspace(tmp_path / "gallery"))
    assert 3 <= len(half.items) <= 6
    before = spaces.calls.total()
    assert before >= 6

    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=100)
    workspace = Workspace(tmp_path / "gallery")
    whole = load_gallery(workspace)
    assert [item.title for item in whole.items] == SUBJECTS
    assert len({file_sha256(workspace.existing(item.model)) for item in whole.items}) == 6
    # Twelve calls in all; the one that was under way when the program died may have been asked twice.
    assert 12 <= spaces.calls.total() <= 13
