"""Pictures to test with."""

import numpy as np
from PIL import Image

SIZE = 400


def drawn(*boxes: tuple[int, int, int, int], ground: tuple[int, int, int] = (0, 0, 0)) -> Image.Image:
    """A picture with textured boxes on a plain ground."""
    image = Image.new("RGB", (SIZE, SIZE), ground)
    rng = np.random.default_rng(0)
    for left, top, right, bottom in boxes:
        texture = rng.integers(90, 220, (bottom - top, right - left, 3), dtype=np.uint8)
        image.paste(Image.fromarray(texture), (left, top))
    return image
