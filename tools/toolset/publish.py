"""Publishing, as a tool."""

from collections.abc import Callable
from typing import Any, ClassVar

from huggingface_hub import HfApi
from smolagents import Tool

from splatelier.tools.progress import Progress, silent
from splatelier.tools.publish.deploy import deploy_gallery
from splatelier.tools.workspace.workspace import Workspace


class DeploySite(Tool):  # type: ignore[misc]
    """`deploy_site` for the agent."""

    name = "deploy_site"
    description = (
        "Publishes the gallery as a static Space on the Hugging Face Hub and waits until it is live. Only when the "
        "person asked for it: the person is asked once more, and it raises when they say no."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "space_id": {
            "type": "string",
            "description": "USER/NAME, or NAME for one of the person's own; empty for a name made from the title.",
        },
        "private": {
            "type": "boolean",
            "description": "Whether a new Space is for the person's eyes only; False when left out.",
            "nullable": True,
        },
    }
    output_type = "object"
    output_schema: ClassVar[dict[str, Any]] = {
        "type": "object",
        "properties": {
            "space": {"type": "string"},
            "url": {"type": "string"},
            "page": {"type": "string"},
            "message": {"type": "string"},
            "sent": {"type": "integer"},
            "deleted": {"type": "integer"},
            "unchanged": {"type": "integer"},
        },
    }

    def __init__(
        self, workspace: Workspace, api: HfApi, allowed: Callable[[str], bool], progress: Progress = silent
    ) -> None:
        super().__init__()
        self.workspace, self.api, self.allowed, self.progress = workspace, api, allowed, progress

    def forward(self, space_id: str, private: bool | None = None) -> dict[str, Any]:
        done = deploy_gallery(self.workspace, self.api, space_id, bool(private), self.allowed, self.progress)
        return {
            "space": done.space,
            "url": done.url,
            "page": done.page,
            "message": done.message or "nothing had changed",
            "sent": len(done.sent),
            "deleted": len(done.deleted),
            "unchanged": done.unchanged,
        }
