"""What Spaces make, as tools: a picture from words, a splat from a picture."""

from splatelier.tools.calls.cast import AUTO, Cast
from splatelier.tools.spaces.roles import IMAGE_TO_SPLAT, TEXT_TO_IMAGE
from splatelier.tools.toolset.schemas import returns
from splatelier.tools.toolset.shell import Shell


class GenerateImage(Shell):
    """Text to picture, with whichever Space does it best."""

    name = "generate_image"
    description = (
        "Makes a picture from words with the best Space for it, and with the next one when that fails. "
        "The same prompt and seed give the same picture. `said`: the Space's own words about it, often what it drew."
    )
    inputs = {  # noqa: RUF012 - smolagents' own declaration
        "prompt": {"type": "string", "description": "what the picture shows, in detail"},
        "seed": {"type": "integer", "description": "another seed is another picture", "nullable": True},
    }
    output_type = "object"
    output_schema = returns(image="string", space="string", said="string")

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self._cast = cast

    def forward(self, prompt: str, seed: int = 0) -> dict[str, str]:
        made = self._cast.play(TEXT_TO_IMAGE, prompt, seed)
        return {"image": made.file, "space": made.space, "said": made.said}


class ImageToSplat(Shell):
    """Picture to Gaussian splat, with whichever Space does it best."""

    name = "image_to_splat"
    description = (
        "Makes a 3D Gaussian splat from a picture with the best Space for it, and with the next one when that fails. "
        "The splat may lie upside down: flip_splat turns it."
    )
    inputs = {  # noqa: RUF012 - smolagents' own declaration
        "image": {"type": "string", "description": "path of a picture of one object on a plain background"},
        "depth": {
            "type": "any",
            "description": "flat, half, full, or depth over width; bridges, gates and facades are flatter than wide",
            "nullable": True,
        },
    }
    output_type = "object"
    output_schema = returns(splat="string", space="string", depth="string")

    def __init__(self, cast: Cast) -> None:
        super().__init__()
        self._cast = cast

    def forward(self, image: str, depth: str | float = AUTO) -> dict[str, str]:
        made = self._cast.play(IMAGE_TO_SPLAT, image, 0, depth)
        return {"splat": made.file, "space": made.space, "depth": made.depth}
