"""From a prompt to a picture."""

import hashlib

import numpy as np
from PIL import Image

from .craft.light import develop, light
from .craft.relief import build_relief
from .subject import Subject, find_subject

SUPERSAMPLE = 2


def paint(prompt: str, seed: int = 0, size: int = 1024) -> Image.Image:
    """Paint the front elevation of what the prompt names, isolated on pure black.

    The same prompt, seed and size give the same pixels.

    Args:
        prompt: any text, in any script; its first clause counts most.
        seed: any whole number; varies warmth, texture and ornament, not what is shown.
        size: width and height in pixels.

    Returns:
        An RGB image (size, size): black is exactly 0, the subject's brightest channel nowhere below light.FLOOR.

    Raises:
        UnknownSubjectError: the prompt names what cannot be drawn; nothing else is drawn instead.
    """
    return paint_subject(find_subject(prompt), seed, size)


def paint_subject(subject: Subject, seed: int = 0, size: int = 1024) -> Image.Image:
    """Like `paint`, of what a prompt was found to mean."""
    digest = hashlib.sha256(f"{subject.name}\0{seed}".encode("utf-8", "surrogatepass")).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:16]))
    relief = build_relief(subject.draw(rng), size * SUPERSAMPLE)
    return develop(light(relief, rng), relief.inside, size)
