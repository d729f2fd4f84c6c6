"""Code that a model wrote, run in its child process over a Space that keeps state: each item keeps to its own."""

from pathlib import Path

import pytest
from PIL import Image

from splatelier.agent.confined.executor import ConfinedExecutor
from splatelier.agent.confined.sandbox import find_room
from tests.tools.calls.test_visits import COLORS
from tests.tools.space_apps.sculptor import Sculptor, color_of
from tests.tools.space_apps.serving import Bench, served

pytestmark = pytest.mark.slow

CODE = """
{start}()
def chain(number):
    {image_to_3d}(f"{{number}}.png")
    use_space("{url}")
    return {extract_glb}()["mesh"]

[result["result"] for result in parallel_map(chain, [0, 1, 2])]
"""


class Agent:
    """As much of a CodeAgent as a toolbox adds tools to."""

    def __init__(self, executor: ConfinedExecutor, bench: Bench) -> None:
        self.tools = {tool.name: tool for tool in bench.box.tools()}
        self.managed_agents: dict[str, object] = {}
        self.python_executor = executor
        executor.send_tools(self.tools)
        bench.box.attach(self)


def test_items_of_a_models_own_code_keep_to_their_own_sessions_while_it_uses_the_space_again(tmp_path: Path) -> None:
    served_folder = tmp_path / "served"
    served_folder.mkdir()
    bench = Bench(tmp_path)
    for number, color in enumerate(COLORS):
        Image.new("RGB", (16, 16), color).save(bench.workspace.root / f"{number}.png")
    with served(Sculptor(served_folder).build(), allowed_paths=[str(served_folder)]) as url:
        bench.box.connect([url])
        executor = ConfinedExecutor(find_room())
        Agent(executor, bench)
        names = {end: bench.tool(end).name for end in ("image_to_3d", "extract_glb")}
        code = CODE.format(start=bench.tool("start_session").name, url=url, **names)
        for _ in range(3):
            paths = executor(code).output.strip("[]").replace("'", "").split(", ")
            assert [color_of(bench.workspace.existing(path)) for path in paths] == COLORS
        executor.cleanup()
        bench.box.close()
