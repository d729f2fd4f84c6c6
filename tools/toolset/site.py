"""The site, as tools: render it, look at it."""

from typing import Any, ClassVar

from splatelier.tools.gallery.manifest import load_gallery
from splatelier.tools.site.render import render_site
from splatelier.tools.toolset.schemas import returns
from splatelier.tools.toolset.shell import Shell
from splatelier.tools.workspace.workspace import Workspace


class RenderSite(Shell):
    """`render_site` for the agent."""

    name = "render_site"
    description = (
        "Renders the gallery's website into site/ from the manifest; call it after every change of the gallery."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = {}
    output_type = "object"
    output_schema: ClassVar[dict[str, Any]] = returns(site="string", items="integer", bytes="integer")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace

    def forward(self) -> dict[str, Any]:
        site = render_site(self.workspace)
        return {
            "site": self.workspace.relative(site),
            "items": len(load_gallery(self.workspace).items),
            "bytes": sum(path.stat().st_size for path in site.rglob("*") if path.is_file()),
        }
