"""`check_site` for the agent."""

from typing import Any, ClassVar

from smolagents import Tool

from splatelier.tools.site.check import check_site
from splatelier.tools.workspace.workspace import Workspace


class CheckSite(Tool):  # type: ignore[misc]
    """`check_site` for the agent."""

    name = "check_site"
    description = (
        "Opens the rendered site in a browser, walks every piece and says what is wrong: empty stage, cut off, too "
        "small, upside down, words over the piece, console errors, heavy files. Gives a screenshot of each piece. "
        "Call it after render_site."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = {}
    output_type = "object"
    output_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "properties": {
            "ok": {"type": "boolean"},
            "problems": {"type": "array", "items": {"type": "string"}},
            "screenshots": {"type": "array", "items": {"type": "string"}},
            "looked": {"type": "string"},
        },
    }

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def forward(self) -> dict[str, Any]:
        verdict = check_site(self.workspace)
        looked = "in a browser" if verdict.browser else "at the files only: there is no Chromium on this machine"
        return {
            "ok": not verdict.problems,
            "problems": verdict.problems,
            "screenshots": verdict.screenshots,
            "looked": looked,
        }
