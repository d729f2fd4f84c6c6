"""Is a picture fit to be made into 3D? A number, a verdict and what to ask for instead, for each thing that matters."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from splatelier.tools.pictures.pixels import Mask, Pixels
from splatelier.tools.pictures.subject import (
    PLAIN,
    PLAIN_SHARE,
    background,
    box_of,
    is_cut_out,
    reached,
    subject_mask,
)

Verdict = Literal["good", "fair", "poor"]

_SIZE = 256
_SAME_SUBJECT = 0.1
_ABOUT_THE_SUBJECT = "thickness"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: what was looked at.
        value: the number that the verdict is about.
        verdict: good, fair (usable) or poor (make the picture again).
        advice: what to do or to ask for; empty when good.
    """

    name: str
    value: float
    verdict: Verdict
    advice: str = ""


@dataclass(frozen=True)
class Fitness:
    """Whether a picture can be made into 3D.

    Attributes:
        fit: no other picture of the subject is needed.
        ask_for: what to ask for in another picture; empty when fit.
        checks: each thing that was looked at.
    """

    fit: bool
    ask_for: str
    checks: list[Check]


def fitness(pixels: Pixels) -> Fitness:
    """Whether a picture (h, w, 4) is fit; a needle is a needle in any picture, so it does not ask for another."""
    checks = judge_picture(pixels)
    poor = [check for check in checks if check.verdict == "poor" and check.name != _ABOUT_THE_SUBJECT]
    return Fitness(not poor, " ".join(check.advice for check in poor), checks)


def judge_picture(pixels: Pixels) -> list[Check]:
    """Every check of a picture (h, w, 4)."""
    mask = subject_mask(pixels)
    if mask.mean() < 1e-4:
        return [
            Check("subject", 0.0, "poor", "Nothing is there; ask for one subject, lit, on a pure black background.")
        ]
    small = _small(mask)
    return [
        _ground(pixels),
        _cut(mask),
        _fill(mask),
        _sharpness(pixels, mask),
        _thickness(small),
        _subjects(small),
    ]


def _ground(pixels: Pixels) -> Check:
    """The share of the border that has one colour."""
    if is_cut_out(pixels):
        return Check("isolation", 1.0, "good")
    color, plain = background(pixels)
    if plain < PLAIN_SHARE:
        return Check("isolation", round(plain, 3), "poor", "Ask for the subject isolated on a pure black background.")
    if max(color) > PLAIN:
        return Check("isolation", round(plain, 3), "fair", "The ground is plain but not black: use cut_out.")
    return Check("isolation", round(plain, 3), "good")


def _cut(mask: Mask) -> Check:
    """The longest share of a side of the frame that the subject touches."""
    sides = {"top": mask[0], "bottom": mask[-1], "left": mask[:, 0], "right": mask[:, -1]}
    touched = {name: float(side.mean()) for name, side in sides.items() if side.mean() > 0.005}
    if not touched:
        return Check("whole", 0.0, "good")
    where = " and ".join(touched)
    advice = f"The subject is cut at the {where}; ask for the whole subject, centred, with a margin all around."
    return Check("whole", round(max(touched.values()), 3), "poor", advice)


def _fill(mask: Mask) -> Check:
    """The subject's longer side as a share of the frame's."""
    high, wide = _box(mask)
    share = round(max(high / mask.shape[0], wide / mask.shape[1]), 3)
    if share < 0.35:
        return Check("fill", share, "poor", "The subject is small; ask for it to fill most of the frame.")
    if share < 0.55:
        return Check("fill", share, "fair", "Ask for the subject to fill more of the frame.")
    return Check("fill", share, "good")


def _sharpness(pixels: Pixels, mask: Mask) -> Check:
    """Variance of the Laplacian of the brightness (0..255) on the subject, drawn 512 pixels long."""
    image = Image.fromarray(pixels).convert("RGB").convert("L")
    scale = min(1.0, 512 / max(_box(mask)))
    size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
    light = np.asarray(image.resize(size, Image.Resampling.BOX), dtype=np.float32)
    on = np.asarray(Image.fromarray(mask).resize(size).convert("L").filter(ImageFilter.MaxFilter(5)))[1:-1, 1:-1] > 0
    around = light[:-2, 1:-1] + light[2:, 1:-1] + light[1:-1, :-2] + light[1:-1, 2:]
    value = round(float(np.var((around - 4 * light[1:-1, 1:-1])[on])) if on.any() else 0.0, 1)
    if value < 25:
        return Check(
            "sharpness", value, "poor", "The picture is blurred; ask for a sharp, detailed, high resolution one."
        )
    if value < 80:
        return Check("sharpness", value, "fair", "The picture is soft; a sharper one gives finer detail.")
    return Check("sharpness", value, "good")


def _thickness(small: Mask) -> Check:
    """How thick the subject is, as a share of its longer side: half of its area is in parts thinner than this."""
    longest, area = max(_box(small)), int(small.sum())
    image = Image.fromarray(small).convert("L")
    steps = 0.0
    left = area
    while left > area / 2:
        before = left
        image = image.filter(ImageFilter.MinFilter(3))
        left = int(np.count_nonzero(np.asarray(image)))
        steps += 1 if left > area / 2 else (before - area / 2) / max(1, before - left)
    value = round(4 * steps / longest, 3)
    slender = area / longest**2
    if slender < 0.14 and value >= 0.05:
        return Check("thickness", value, "poor", "A needle gives a poor splat; choose a broader subject.")
    if value < 0.05:
        return Check("thickness", value, "fair", "Lattices and thin parts blur in 3D; a more massive subject is safer.")
    return Check("thickness", value, "good")


def _subjects(small: Mask) -> Check:
    """How many separate things of some size there are."""
    left = small.copy()
    sizes: list[int] = []
    while left.any() and len(sizes) < 64:
        seed = np.zeros_like(left)
        seed.flat[int(np.argmax(left))] = True
        thing = reached(left, seed)
        sizes.append(int(thing.sum()))
        left &= ~thing
    count = sum(size >= _SAME_SUBJECT * max(sizes) for size in sizes)
    if count > 1:
        return Check("subjects", float(count), "poor", f"There are {count} separate things; ask for a single subject.")
    return Check("subjects", 1.0, "good")


def _small(mask: Mask) -> Mask:
    """The subject's box, `_SIZE` pixels long, with a margin."""
    box = Image.fromarray(mask[box_of(mask)]).convert("L")
    scale = _SIZE / max(box.size)
    box = box.resize((max(1, round(box.width * scale)), max(1, round(box.height * scale))), Image.Resampling.BOX)
    result: NDArray[np.bool_] = np.pad(np.asarray(box) > 127, 2)
    return result


def _box(mask: Mask) -> tuple[int, int]:
    """Height and width of what is True."""
    rows, columns = box_of(mask)
    return max(1, rows.stop - rows.start), max(1, columns.stop - columns.start)
