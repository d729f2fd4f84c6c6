"""Roles: recognised from schemas alone, played by the best Space, and by the next one when that fails for good."""
# ruff: noqa: ARG005 - Gradio names an endpoint's parameters after the function's

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from PIL import Image

from splatelier.spaces.elevation_painter.app import demo as elevation_painter
from splatelier.tools.calls.calls import ROUNDS
from splatelier.tools.calls.ledger import Outcome
from splatelier.tools.errors import SplatelierError
from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.spaces.roles import ROLES, TEXT_TO_IMAGE, players
from tests.tools.space_apps.faulty import SmallHub, Spaces
from tests.tools.space_apps.files import ply_bytes
from tests.tools.space_apps.serving import NO_HUB, QUICK, Bench, put_examples, served

pytestmark = pytest.mark.slow


def text_to_image() -> gr.Blocks:
    with gr.Blocks() as demo:
        prompt, negative = gr.Textbox(label="Prompt"), gr.Textbox(label="Negative prompt", value="")
        seed, rand = gr.Slider(0, 100, value=0, label="Seed"), gr.Checkbox(True, label="Randomize seed")
        gr.Button().click(
            lambda negative, prompt, seed, randomize_seed: (None, seed),
            [negative, prompt, seed, rand],
            [gr.Gallery(label="Result"), seed],
            api_name="infer",
        )
        gr.Button().click(lambda prompt: prompt.upper(), prompt, prompt, api_name="enhance_prompt")
    return demo


def image_to_image() -> gr.Blocks:
    with gr.Blocks() as demo:
        gr.Button().click(
            lambda image, prompt: image, [gr.Image(), gr.Textbox(label="Prompt")], gr.Image(), api_name="edit"
        )
    return demo


def splats() -> gr.Blocks:
    with gr.Blocks() as demo:
        image = gr.Image(label="Image")
        gr.Button().click(lambda image: image, image, gr.Image(label="Without background"), api_name="preprocess")
        gr.Button().click(
            lambda image, steps: None, [image, gr.Number(20)], gr.File(label="Gaussian PLY"), api_name="go"
        )
    return demo


def meshes() -> gr.Blocks:
    with gr.Blocks() as demo:
        gr.Button().click(lambda image: None, gr.Image(), gr.Model3D(label="GLB mesh"), api_name="image_to_3d")
    return demo


def question() -> gr.Blocks:
    with gr.Blocks() as demo:
        gr.Button().click(
            lambda image, text: text, [gr.Image(), gr.Textbox(label="Question")], gr.Textbox(), api_name="answer"
        )
    return demo


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (text_to_image, {"text_to_image": "/infer"}),
        (image_to_image, {}),
        (splats, {"image_to_splat": "/go"}),
        (meshes, {"image_to_mesh": "/image_to_3d"}),
        (question, {}),
    ],
)
def test_a_role_is_read_from_what_goes_in_and_what_comes_out(
    build: Callable[[], gr.Blocks], expected: dict[str, str], tmp_path: Path
) -> None:
    with served(build()) as url:
        bench = Bench(tmp_path, NO_HUB)
        bench.box.connect([url])
        space = bench.box.space(url)
        found = {role.name: best[0].endpoint.name for role in ROLES if (best := players(space, role))}
        assert found == expected
        if build is text_to_image:
            assert players(space, TEXT_TO_IMAGE)[0].main.name == "prompt"
        bench.box.close()


@pytest.fixture(scope="module")
def spaces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spaces]:
    house = Spaces(tmp_path_factory.mktemp("served"))
    splat = house.file("good.ply", ply_bytes())

    def fail(_: str) -> Any:
        raise gr.Error("No object found")

    for name in ("first", "second", "third"):
        house.add(name, lambda _: splat)
    house.add("unlucky", fail)

    def refuse(_: str) -> Any:
        raise gr.Error("Value: 3 is not in the list of choices: [1, 2]")

    def spent(_: str) -> Any:
        raise gr.Error("You have exceeded your GPU quota (60s requested vs. 0s left).")

    def hiccup(_: str) -> Any:
        raise gr.Error("CUDA out of memory")

    def object_to(_: str) -> Any:
        raise gr.Error("I know no loudspeaker; near: radio, bookcase")

    house.add("objecting", object_to)
    house.add("silent", hiccup)  # served without show_error: nobody is told what went wrong
    house.add("refusing", refuse)
    house.add("spent", spent)
    house.add("hiccuping", hiccup)
    with house.serving():
        yield house


@pytest.fixture
def hub(spaces: Spaces) -> Iterator[SmallHub]:
    with SmallHub() as small:
        for name in ("first", "second", "third", "unlucky"):
            small.put(f"someone/{name}", f"{spaces.url}/{name}")
        yield small


@pytest.fixture
def bench(hub: SmallHub, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path, hub.url)
    put_examples(bench.workspace.root)
    yield bench
    bench.box.close()


def used(bench: Bench) -> str:
    return str(bench.tool("image_to_splat")("a.png")["space"])


def test_what_the_person_named_comes_before_what_has_the_better_record(bench: Bench) -> None:
    for _ in range(5):
        bench.box.ledger.add(Outcome("someone/second", "/reconstruct", "ok"))
    bench.box.use("someone/second")
    bench.box.connect(["someone/first"])
    assert used(bench) == "someone/first"


def test_among_the_others_the_better_record_comes_first(bench: Bench) -> None:
    bench.box.use("someone/first")
    bench.box.use("someone/second")
    assert used(bench) == "someone/first"
    for _ in range(5):
        bench.box.ledger.add(Outcome("someone/second", "/reconstruct", "ok"))
        bench.box.ledger.add(Outcome("someone/first", "/reconstruct", "timeout"))
    (bench.workspace.root / "a.png").write_bytes((bench.workspace.root / "a.png").read_bytes() + b"\0")
    assert used(bench) == "someone/second"


def test_a_space_that_rests_is_asked_last_even_if_it_was_named(bench: Bench) -> None:
    bench.box.connect(["someone/first", "someone/second"])
    for _ in range(6):
        bench.box.ledger.add(Outcome("someone/first", "/reconstruct", "unreachable"))
    assert used(bench) == "someone/second"


def test_when_the_named_space_fails_search_finds_another(bench: Bench) -> None:
    bench.box.connect(["someone/unlucky"])
    assert used(bench) in ("someone/first", "someone/second", "someone/third")
    assert bench.box.totals()["failures"] == {"app_error": 1}


def test_when_nobody_can_the_error_says_what_each_of_them_said(spaces: Spaces, tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    put_examples(bench.workspace.root)
    bench.box.connect([f"{spaces.url}/unlucky"])
    with pytest.raises(SpaceError, match="No object found") as caught:
        bench.tool("image_to_splat")("a.png")
    assert caught.value.kind == "app_error"
    with pytest.raises(SpaceError, match="no Space for it is connected"):
        bench.tool("generate_image")("a tower", 1)
    bench.box.close()


@pytest.mark.parametrize("name", ["refusing", "spent"])
def test_a_space_that_refuses_or_has_no_quota_left_is_asked_once_whatever_else_is_tried_again(
    spaces: Spaces, tmp_path: Path, name: str
) -> None:
    spaces.calls.clear()
    bench = Bench(tmp_path)
    put_examples(bench.workspace.root)
    bench.box.connect([f"{spaces.url}/{name}", f"{spaces.url}/hiccuping"])
    with pytest.raises(SpaceError):
        bench.tool("image_to_splat")("a.png")
    assert spaces.calls[name] == 1
    assert spaces.calls["hiccuping"] == ROUNDS * QUICK.attempts
    bench.box.close()


def test_a_space_that_says_itself_what_is_wrong_is_asked_once_and_the_silent_one_beside_it_again(
    spaces: Spaces, tmp_path: Path
) -> None:
    spaces.calls.clear()
    bench = Bench(tmp_path)
    put_examples(bench.workspace.root)
    bench.box.connect([f"{spaces.url}/objecting", f"{spaces.url}/silent"])
    with pytest.raises(SpaceError, match="I know no loudspeaker; near: radio, bookcase"):
        bench.tool("image_to_splat")("a.png")
    assert spaces.calls["objecting"] == 1
    assert spaces.calls["silent"] == ROUNDS * QUICK.attempts
    bench.box.close()


def test_when_one_space_says_what_is_wrong_another_is_still_tried(bench: Bench, spaces: Spaces) -> None:
    bench.box.connect([f"{spaces.url}/objecting", "someone/first"])
    assert used(bench) == "someone/first"


def painter(said: Any) -> gr.Blocks:
    """A Space that gives a number, a picture, an empty text and `said`."""
    with gr.Blocks() as demo:
        gr.Button().click(
            lambda prompt: (7, Image.new("RGB", (16, 16), "green"), "", said),
            gr.Textbox(label="Prompt"),
            [gr.Number(label="Seed"), gr.Image(format="png"), gr.Textbox(label="Log"), gr.Textbox(label="Drawn")],
            api_name="infer",
        )
    return demo


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("a lattice tower, on four legs", "a lattice tower, on four legs"),
        ("<b>a tower</b>\n\x1b[31m<script>alert(1)</script>on legs", "a tower on legs"),
        ("tower " * 1000, ("tower " * 50)[:299] + "…"),
        ("", ""),
    ],
)
def test_what_a_space_says_beside_its_picture_comes_with_it_clean_and_short(
    words: str, said: str, tmp_path: Path
) -> None:
    with served(painter(words)) as url:
        bench = Bench(tmp_path, NO_HUB)
        bench.box.connect([url])
        made = bench.tool("generate_image")("a tower", 1)
        assert made["image"].endswith(".png")
        assert made["said"] == said
        bench.box.close()


def test_the_painters_words_about_what_it_drew_arrive_beside_its_picture(tmp_path: Path) -> None:
    with served(elevation_painter) as url:
        bench = Bench(tmp_path, NO_HUB)
        bench.box.connect([url])
        assert bench.tool("generate_image")("a chess king")["said"].startswith("a chess king: a cross on a domed")
        bench.box.close()


def carver(asked: list[float], **knob: Any) -> gr.Blocks:
    """A Space that notes the depth it is given, if it has any to be given."""
    with gr.Blocks() as demo:
        inputs = [gr.Image(type="filepath", label="Image"), gr.Slider(5, 10, value=8, label="Octree depth")]
        if knob:
            inputs.append(gr.Slider(**knob))

        def carve(image: str, detail: float, extent: float = -1) -> str:
            asked.append(extent)
            path = Path(image).with_suffix(".ply")
            path.write_bytes(ply_bytes(len(asked)))
            assert detail == 8
            return str(path)

        gr.Button().click(carve, inputs, gr.Model3D(label="Gaussian splat"), api_name="carve")
    return demo


RATIO = {"minimum": 0, "maximum": 2, "value": 0, "step": 0.05, "label": "Depth ratio"}
PERCENT = {"minimum": 10, "maximum": 100, "value": 60, "step": 1, "label": "Thickness (%)"}


@pytest.mark.parametrize(
    ("knob", "depth", "given"),
    [
        (RATIO, "auto", 0),
        (RATIO, "flat", 0.25),
        (RATIO, "half", 0.5),
        (RATIO, "full", 1),
        (RATIO, 0.4, 0.4),
        (RATIO, 5, 2),
        (PERCENT, "auto", 60),
        (PERCENT, "half", 50),
        (PERCENT, 0.01, 10),
    ],
)
def test_depth_is_a_word_or_a_number_that_reaches_whatever_a_space_has_for_it(
    knob: dict[str, Any], depth: str | float, given: float, tmp_path: Path
) -> None:
    asked: list[float] = []
    with served(carver(asked, **knob)) as url:
        bench = Bench(tmp_path, NO_HUB)
        put_examples(bench.workspace.root)
        bench.box.connect([url])
        made = bench.tool("image_to_splat")("a.png", depth=depth)
        assert asked == [pytest.approx(given)]
        assert made["depth"] == ("judged by the Space" if depth == "auto" else f"extent = {given:g}")
        bench.box.close()


def test_a_space_without_a_depth_ignores_it_and_the_result_says_so(tmp_path: Path) -> None:
    asked: list[float] = []
    with served(carver(asked)) as url:
        bench = Bench(tmp_path, NO_HUB)
        put_examples(bench.workspace.root)
        bench.box.connect([url])
        assert bench.tool("image_to_splat")("a.png", depth="flat")["depth"].startswith("ignored: ")
        assert asked == [-1]
        bench.box.close()


@pytest.mark.parametrize("depth", ["thin", 0, -1, True, float("nan"), None, ["flat"]])
def test_another_depth_is_refused_before_any_space_is_asked(bench: Bench, spaces: Spaces, depth: Any) -> None:
    bench.box.use("someone/first")
    spaces.calls.clear()
    with pytest.raises(SplatelierError, match="takes as depth 'auto', 'flat', 'half', 'full' or a number above 0"):
        bench.tool("image_to_splat")("a.png", depth=depth)
    assert not spaces.calls


def test_of_a_before_and_after_pair_the_second_is_taken(tmp_path: Path) -> None:
    before, after = Image.new("RGB", (16, 16), "white"), Image.new("RGB", (16, 16), "red")
    with gr.Blocks() as demo:
        gr.Button().click(
            lambda prompt: (before, after), gr.Textbox(label="Prompt"), gr.ImageSlider(format="png"), api_name="infer"
        )
    with served(demo) as url:
        bench = Bench(tmp_path, NO_HUB)
        bench.box.connect([url])
        made = bench.tool("generate_image")("a tower", 1)["image"]
        with Image.open(bench.workspace.root / made) as picture:
            assert picture.convert("RGB").getpixel((0, 0)) == (255, 0, 0)
        bench.box.close()


def test_of_a_gallery_of_two_pictures_that_are_no_pair_the_first_is_taken(tmp_path: Path) -> None:
    first, second = Image.new("RGB", (16, 16), "green"), Image.new("RGB", (16, 16), "red")
    with gr.Blocks() as demo:
        gr.Button().click(
            lambda prompt: [first, second], gr.Textbox(label="Prompt"), gr.Gallery(format="png"), api_name="infer"
        )
    with served(demo) as url:
        bench = Bench(tmp_path, NO_HUB)
        bench.box.connect([url])
        made = bench.tool("generate_image")("a tower", 1)["image"]
        with Image.open(bench.workspace.root / made) as picture:
            assert picture.convert("RGB").getpixel((0, 0)) == (0, 128, 0)
        bench.box.close()
