from pathlib import Path

import pytest
from PIL import Image

from splatelier.spaces.elevation_painter.elevation import paint
from splatelier.tools.toolset.pictures import CutOut, InspectImage, image_tools
from splatelier.tools.workspace.provenance import trace
from splatelier.tools.workspace.workspace import Workspace
from tests.tools.pictures.shapes import SIZE, drawn


@pytest.fixture(scope="module")
def arch() -> Image.Image:
    return paint("Arc de Triomphe", 0, SIZE).convert("RGB")


def test_a_light_ground_is_fair_and_can_be_cut_out(tmp_path: Path) -> None:
    drawn((80, 60, 320, 340), ground=(245, 244, 240)).save(tmp_path / "light.png")
    workspace = Workspace(tmp_path)
    before = InspectImage(workspace)("light.png")
    assert {check["name"]: check["verdict"] for check in before["checks"]}["isolation"] == "fair"
    cut = CutOut(workspace)("light.png")["image"]
    assert [step.tool for step in trace(workspace, cut)] == ["cut_out"]
    assert {check["verdict"] for check in InspectImage(workspace)(cut)["checks"]} == {"good"}


def test_every_tool_answers_with_the_keys_its_schema_promises(tmp_path: Path, arch: Image.Image) -> None:
    arch.save(tmp_path / "arch.png")
    for tool in image_tools(Workspace(tmp_path)):
        assert set(tool("arch.png")) == set(tool.output_schema["properties"])
