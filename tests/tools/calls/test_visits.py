"""Spaces that keep state between calls: whose state a call goes by, and what is said when it is gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from PIL import Image

from splatelier.tools.spaces.errors import SpaceError
from splatelier.tools.workspace.provenance import trace
from tests.tools.space_apps.sculptor import Color, Sculptor, color_of
from tests.tools.space_apps.serving import Bench, served

COLORS: list[Color] = [(200, 0, 0), (0, 180, 0), (0, 0, 160)]
TIMES = 20

pytestmark = pytest.mark.slow


@pytest.fixture
def sculptor(tmp_path: Path) -> Iterator[tuple[Sculptor, str]]:
    folder = tmp_path / "served"
    folder.mkdir()
    app = Sculptor(folder)
    with served(app.build(), allowed_paths=[str(folder)]) as url:
        yield app, url


@pytest.fixture
def bench(sculptor: tuple[Sculptor, str], tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    for number, color in enumerate(COLORS):
        Image.new("RGB", (16, 16), color).save(bench.workspace.root / f"{number}.png")
    bench.box.connect([sculptor[1]])
    yield bench
    bench.box.close()


def sculpted(bench: Bench, picture: str) -> Color:
    """The whole chain but for its start."""
    bench.tool("image_to_3d")(picture)
    return color_of(bench.workspace.existing(bench.tool("extract_glb")()["mesh"]))


def mapped(bench: Bench, function: Any, items: Any = (0, 1, 2)) -> list[Any]:
    results = bench.tool("parallel_map")(function, items)
    assert all(entry["ok"] for entry in results), results
    return [entry["result"] for entry in results]


def test_three_chains_side_by_side_give_three_meshes_each_of_its_own_picture_20_times(bench: Bench) -> None:
    bench.tool("start_session")()
    for _ in range(TIMES):
        assert mapped(bench, lambda number: sculpted(bench, f"{number}.png")) == COLORS


def test_a_space_that_is_used_again_in_the_middle_of_a_chain_keeps_the_chains_apart(
    bench: Bench, sculptor: tuple[Sculptor, str]
) -> None:
    bench.tool("start_session")()

    def chain(number: int) -> Color:
        bench.tool("image_to_3d")(f"{number}.png")
        tools = {tool.endpoint.name: tool for tool in bench.box.use(sculptor[1])}
        return color_of(bench.workspace.existing(tools["/extract_glb"]()["mesh"]))

    for _ in range(TIMES):
        assert mapped(bench, chain) == COLORS


def test_outside_of_a_map_the_conversation_has_one_session_and_a_map_leaves_it_as_it_was(bench: Bench) -> None:
    bench.tool("start_session")()
    bench.tool("image_to_3d")("0.png")
    assert mapped(bench, lambda number: sculpted(bench, f"{number}.png")) == COLORS
    assert color_of(bench.workspace.existing(bench.tool("extract_glb")()["mesh"])) == COLORS[0]


def test_what_the_conversation_made_is_read_by_the_items_and_not_made_again(
    bench: Bench, sculptor: tuple[Sculptor, str]
) -> None:
    bench.tool("start_session")()
    bench.tool("image_to_3d")("1.png")
    found = mapped(bench, lambda share: bench.tool("extract_glb")(share)["mesh"], [0.1, 0.2, 0.3])
    assert [color_of(bench.workspace.existing(path)) for path in found] == [COLORS[1]] * 3
    assert sculptor[0].calls["image_to_3d"] == 1


def test_items_that_change_what_the_conversation_made_change_each_a_copy_of_it(bench: Bench) -> None:
    bench.tool("start_session")()
    bench.tool("image_to_3d")("2.png")
    rounds = [1, 2, 3]

    def smoothed(number: int) -> None:
        bench.tool("smooth")(number)
        bench.tool("extract_glb")()

    mapped(bench, smoothed, rounds)
    bench.tool("extract_glb")()
    made = [path.name for path in (bench.folder / "served").glob("*.glb")]
    assert sorted(made) == [f"0-0-160-{number}.glb" for number in (0, 1, 2, 3)]


def test_a_session_that_a_restarted_space_has_lost_is_said_to_be_lost_and_can_be_begun_again(tmp_path: Path) -> None:
    folder = tmp_path / "served"
    folder.mkdir()
    app = Sculptor(folder)
    first = app.build()
    first.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True, allowed_paths=[str(folder)])
    url = str(first.local_url).rstrip("/")
    port = int(url.rsplit(":", 1)[1])
    bench = Bench(tmp_path)
    Image.new("RGB", (16, 16), COLORS[0]).save(bench.workspace.root / "0.png")
    bench.box.connect([url])
    bench.tool("start_session")()
    bench.tool("image_to_3d")("0.png")
    first.close(verbose=False)
    with served(app.build(), server_port=port, allowed_paths=[str(folder)]):
        with pytest.raises(SpaceError, match="image_to_3d had left in this session is gone") as caught:
            bench.tool("extract_glb")()
        assert caught.value.kind == "lost"
        assert sculpted(bench, "0.png") == COLORS[0]  # the start is made again by itself
    bench.box.close()


def test_what_came_through_a_state_is_linked_to_the_call_that_left_the_state_and_to_its_picture(bench: Bench) -> None:
    with gr.Blocks() as demo:
        gr.Button().click(
            lambda number: Image.new("RGB", (16, 16), COLORS[int(number)]),
            gr.Number(label="Number"),
            gr.Image(label="Picture", format="png"),
            api_name="paint",
        )
    with served(demo) as painter:
        bench.box.connect([painter])
        bench.tool("start_session")()

        def chain(number: int) -> str:
            bench.tool("image_to_3d")(bench.tool("paint")(number)["picture"])
            return str(bench.tool("extract_glb")()["mesh"])

        for number, mesh in enumerate(mapped(bench, chain)):
            steps = trace(bench.workspace, mesh)
            assert [step.endpoint for step in steps] == ["/paint", "/image_to_3d", "/extract_glb"]
            assert steps[0].space == painter
            assert steps[0].arguments["number"] == number
