"""`check_site` for the agent."""

from typing import Any, ClassVar

from splatelier.tools.progress import Progress, silent
from splatelier.tools.site.check import check_site
from splatelier.tools.toolset.schemas import returns
from splatelier.tools.toolset.shell import Shell
from splatelier.tools.workspace.workspace import Workspace


class CheckSite(Shell):
    """`check_site` for the agent."""

    name = "check_site"
    description = (
        "Looks at the rendered site in a browser and says what is wrong and what mends it: empty stage, cut off, too "
        "small, upside down, off the floor, over words, header or thumbnails in a large, a usual or a telephone's "
        "window, broken titles, pictures that are nearly the same, console errors, heavy files. Gives a screenshot of "
        "each piece that is new or was not right; after a mere change of taste of one, unless you name more. Call it "
        "after render_site."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "only": {
            "type": "array",
            "description": "Slugs of the pieces to look at and to draw; all of them are looked at when left out.",
            "nullable": True,
        }
    }
    output_type = "object"
    output_schema: ClassVar[dict[str, Any]] = returns(
        ok="boolean", problems="string[]", screenshots="string[]", looked="string"
    )

    def __init__(self, workspace: Workspace, progress: Progress = silent) -> None:
        super().__init__()
        self.workspace = workspace
        self.progress = progress

    def forward(self, only: list[str] | None = None) -> dict[str, Any]:
        verdict = check_site(self.workspace, only or (), self.progress)
        return {
            "ok": not verdict.problems,
            "problems": verdict.problems,
            "screenshots": verdict.screenshots,
            "looked": f"at the files only: {verdict.blind}" if verdict.blind else "in a browser",
        }
