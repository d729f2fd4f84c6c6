"""Publishing, as a tool."""

from typing import Any, ClassVar

from splatelier.tools.publish.deploy import Publisher
from splatelier.tools.toolset.schemas import returns
from splatelier.tools.toolset.shell import Shell


class DeploySite(Shell):
    """`deploy_site` for the agent."""

    name = "deploy_site"
    description = (
        "Publishes the gallery as a static Space on the Hugging Face Hub and waits until it is live. Only when the "
        "person asked for it: the person is asked once more, and it raises when they say no."
    )
    inputs: ClassVar[dict[str, dict[str, Any]]] = {
        "space_id": {
            "type": "string",
            "description": "USER/NAME, or NAME for one of the person's own; empty for where it was published last.",
            "nullable": True,
        },
        "private": {
            "type": "boolean",
            "description": "For the person's eyes only; left out, a Space stays as it is, a new one is public.",
            "nullable": True,
        },
    }
    output_type = "object"
    output_schema: ClassVar[dict[str, Any]] = returns(
        space="string",
        url="string",
        page="string",
        where="string",
        message="string",
        sent="integer",
        deleted="integer",
        unchanged="integer",
    )

    def __init__(self, publisher: Publisher) -> None:
        super().__init__()
        self.publisher = publisher

    def forward(self, space_id: str = "", private: bool | None = None) -> dict[str, Any]:
        return self.publisher.publish(space_id, private).summary()
