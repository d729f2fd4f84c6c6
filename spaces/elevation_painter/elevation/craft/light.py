"""Light on a relief: warm floodlights at its feet, a cool moon behind, soft shadow in every corner."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .materials import TILE, Tile, noise, texture
from .relief import NOWHERE, Floats, Relief

FLOOR = 30
"""The darkest a subject's brightest channel may be, of 255, so that a threshold tells it from the night."""

SATURATION = 1.16
"""Colours are set a little stronger than life: a splat blends neighbouring pixels, and pales."""

STEP = 4
"""Soft light is worked out on a map this many times smaller."""

Direction: TypeAlias = tuple[float, float, float]
FLOODLIGHT: Direction = (-0.42, -0.50, 0.76)
FLANK: Direction = (0.90, 0.05, 0.43)
MOON: Direction = (0.52, 0.72, 0.46)
GLINT: Direction = (-0.36, -0.22, 0.90)
"""Unit vectors towards the lights; the glint is where polished things throw the floodlight to the viewer."""


@dataclass(frozen=True)
class _Falling:
    """What falls on each spot of the relief, before colour; all (n,)."""

    flood: Floats
    flank: Floats
    sky: Floats
    halo: Floats
    gleam: Floats


def light(relief: Relief, rng: np.random.Generator) -> NDArray[np.float32]:
    """The lit relief: (side, side, 3) in display values 0..1, 0 outside."""
    side = relief.inside.shape[0]
    spot = np.flatnonzero(relief.inside)
    kind = relief.index.ravel()[spot]
    lamps = _lamps(relief)[spot]
    tone, height = _textured(relief, spot, rng)
    falling = _falling(relief, _normals(relief, height, spot), lamps, spot)

    body = (np.array([m.colour for m in relief.materials], dtype=np.float32) / 255) ** 2.2
    own = np.array([m.glow for m in relief.materials], dtype=np.float32)[kind]
    warmth = float(rng.uniform(-0.05, 0.05))
    colours = np.array(  # red, green, blue of: floodlight, flank, sky, halo of windows
        ((1.06 + warmth, 0.66, 0.40, 1.0), (0.78, 0.74, 0.58, 0.54), (0.46 - warmth, 0.96, 0.96, 0.18)),
        dtype=np.float32,
    )
    display = np.empty((len(spot), 3), dtype=np.float32)
    for channel, (flood, flank, sky, halo) in enumerate(colours):
        albedo = body[kind, channel] * tone
        lit = albedo * (1.62 * flood * falling.flood + 0.32 * flank * falling.flank + sky * falling.sky)
        lit += flood * falling.gleam * (0.25 + 1.1 * albedo) + halo * falling.halo * (0.05 + albedo)
        display[:, channel] = _film(lit * (1 - own) + own * body[kind, channel] * (0.55 + 0.75 * lamps))
    grey = (display * np.array([0.30, 0.55, 0.15], dtype=np.float32)).sum(axis=1, keepdims=True)
    picture = np.zeros((side * side, 3), dtype=np.float32)
    picture[spot] = np.clip(grey + SATURATION * (display - grey), 0, 1)
    return picture.reshape(side, side, 3)


def _falling(relief: Relief, normal: tuple[Floats, Floats, Floats], lamps: Floats, spot: NDArray[np.intp]) -> _Falling:
    """Floodlight from below, a little from the flank, moon and sky from above, what windows spill and metal throws."""

    def facing(direction: Direction, wrap: float = 0.0) -> Floats:
        cosine = sum(np.float32(d) * n for d, n in zip(direction, normal, strict=True))
        faced: Floats = np.maximum(cosine - np.float32(wrap), 0)
        return faced

    up = (spot // relief.inside.shape[0]).astype(np.float32)
    climb = (up.max(initial=0) - up) / max(up.max(initial=0) - up.min(initial=up.max(initial=0)), 1)
    reach = 0.10 + 1.05 * lamps + 0.34 * np.exp(-climb / 0.10) + 0.10 * climb**2
    shade = _occlusion(relief, spot)
    moon = facing(MOON, 0.15)
    rim = (1 - normal[2]) ** 1.5
    shine = np.array([m.shine for m in relief.materials], dtype=np.float32)[relief.index.ravel()[spot]]
    return _Falling(
        flood=facing(FLOODLIGHT) * reach * shade,
        flank=facing(FLANK, 0.25) * shade,
        sky=0.30 * moon + 0.26 * rim + 0.085 * shade,
        halo=_halo(relief)[spot],
        gleam=shine * (facing(GLINT) ** 18 * reach + 0.9 * moon**5),
    )


def develop(picture: NDArray[np.float32], inside: NDArray[np.bool_], size: int) -> Image.Image:
    """Scale down by a whole factor to (size, size) RGB, with a crisp silhouette.

    A pixel belongs to the subject when at least half of it does, and then takes the colour of that part alone: the edge
    is softened a little, but nothing between FLOOR and 0 is left for a threshold to stumble over.
    """
    factor = inside.shape[0] // size
    cover = inside.reshape(size, factor, size, factor).mean(axis=(1, 3), dtype=np.float32)
    light_sum = np.zeros((size, size, 3), dtype=np.float32)
    for dy in range(factor):
        for dx in range(factor):
            light_sum += picture[dy::factor, dx::factor]
    subject = cover >= 0.5
    weight = np.where(subject, np.minimum(0.62 + 0.5 * cover, 1.0) / np.maximum(cover, 0.5) / factor**2, 0)
    values = np.clip(light_sum * weight[..., None] * 255, 0, 255)
    brightest = values.max(axis=2)
    lift = np.where(subject, np.maximum(FLOOR - brightest, 0), 0)
    values += lift[..., None] * np.array([1.0, 0.92, 0.88], dtype=np.float32)
    return Image.fromarray(values.round().astype(np.uint8), "RGB")


def _film(lit: Floats) -> Floats:
    """Linear light to display values, highlights rolled off."""
    rolled: Floats = (1 - np.exp(-1.65 * np.maximum(lit, 0))) ** np.float32(1 / 2.1)
    return rolled


def _textured(relief: Relief, spot: NDArray[np.intp], rng: np.random.Generator) -> tuple[Floats, Floats]:
    """(tone at each spot, height map with the textures' relief on it)."""
    side = relief.inside.shape[0]
    kinds = sorted({m.texture for m in relief.materials})
    tiles = {kind: texture(kind, rng) for kind in kinds}
    tones = np.stack([1 + (tiles[m.texture][0] - 1) * m.relief for m in relief.materials])
    bumps = np.stack([tiles[m.texture][1] * m.relief for m in relief.materials]).astype(np.float32)
    grain = side / 2048
    y = (np.arange(side) / grain).astype(np.intp) % TILE
    x = (np.abs(np.arange(side) - side // 2) / grain).astype(np.intp) % TILE  # courses meet at the axis
    place = (y[:, None] * TILE + x[None, :]).ravel()[spot] + relief.index.ravel()[spot].astype(np.intp) * TILE * TILE
    height = relief.height.copy()
    height.ravel()[spot] += bumps.ravel()[place] * np.float32(grain)
    stain = _stretched(noise(rng, 1.6, (3.0, 1.0)), side).ravel()[spot]
    tone = tones.astype(np.float32).ravel()[place] * (1 + 0.06 * stain)
    return np.clip(tone, 0.35, 1.7), height


def _normals(relief: Relief, height: Floats, spot: NDArray[np.intp]) -> tuple[Floats, Floats, Floats]:
    """Unit normals (x right, y up, z to the viewer) at the spots.

    Each step in the relief is lit twice: as the sharp edge it is, and as the soft shoulder that worn stone has.
    """
    side = relief.inside.shape[0]
    inside, coarse = _coarse(relief)
    worn = _share(_blurred(coarse * inside, 1), _blurred(inside, 1))
    padded = np.pad(height, 1, mode="edge")
    shoulder = np.pad(worn, 1, mode="edge")
    slopes: list[Floats] = []
    for sharp, soft in (
        (padded[1:-1, 2:] - padded[1:-1, :-2], shoulder[1:-1, 2:] - shoulder[1:-1, :-2]),
        (padded[:-2, 1:-1] - padded[2:, 1:-1], shoulder[:-2, 1:-1] - shoulder[2:, 1:-1]),
    ):
        fine = sharp.ravel()[spot] * np.float32(0.6)
        fine /= 1 + np.abs(fine) * 0.5
        broad = _stretched((soft * (inside > 0) / (2 * STEP)).astype(np.float32), side).ravel()[spot]
        broad *= np.float32(1.1) / (1 + np.float32(0.4) * np.abs(broad))
        slopes.append(np.clip(fine + broad, -2.4, 2.4))
    across, up = slopes
    steep: Floats = np.sqrt(1 + across * across + up * up, dtype=np.float32)
    nz: Floats = np.reciprocal(steep)
    return -across * nz, -up * nz, nz


def _coarse(relief: Relief) -> tuple[Floats, Floats]:
    """(share inside, mean height of that share) of STEP by STEP cells, for everything that is soft."""
    side = relief.inside.shape[0]
    cells, rest = -(-side // STEP), -side % STEP
    shape = (cells, STEP, cells, STEP)
    mask = np.pad(relief.inside, (0, rest))
    inside = mask.reshape(shape).mean(axis=(1, 3), dtype=np.float32)
    height = np.where(mask, np.pad(relief.height, (0, rest)), 0).reshape(shape).mean(axis=(1, 3), dtype=np.float32)
    return inside, _share(height, inside)


def _share(total: Floats, weight: Floats) -> Floats:
    """The mean that a weighted sum stands for; 0 where nothing weighs."""
    mean: Floats = (total / np.maximum(weight, 1e-3)).astype(np.float32)
    return mean


def _occlusion(relief: Relief, spot: NDArray[np.intp]) -> Floats:
    """How open each spot is, 0.25..1: less where its surroundings, or what is above it, stand further out."""
    side = relief.inside.shape[0]
    inside, height = _coarse(relief)
    open_sky = np.ones_like(height)
    for reach, strength in ((side // 200, 0.110), (side // 56, 0.045)):
        cells = max(reach // STEP, 1)
        around = _share(_blurred(height * inside, cells), _blurred(inside, cells))
        buried = np.clip(around - height, 0, 14 * reach) * strength * 512 / side
        open_sky /= 1 + 2.2 * buried
    for drop in (1, 2, 4):  # cornices throw the moon's and the lamps' shadow down
        cells = max(drop * side // 512 * 2 // STEP, 1)
        above = np.full_like(height, NOWHERE)
        above[cells:] = np.where(inside[:-cells] > 0, height[:-cells], NOWHERE)
        overhang = np.clip((above - height) / (cells * STEP), 0, 1)
        open_sky *= 1 - 0.26 * overhang
    full = _stretched(open_sky.astype(np.float32), side)
    return np.clip(full.ravel()[spot], 0.22, 1)


def _lamps(relief: Relief) -> Floats:
    """Floodlights on the ground and on every ledge wash the wall above: 1 at the lamp, 0 far from it, (side**2,)."""
    side = relief.inside.shape[0]
    height = relief.height[::STEP, ::STEP]
    inside = relief.inside[::STEP, ::STEP]
    ledge = np.zeros(inside.shape, dtype=bool)
    ledge[:-1] = inside[:-1] & ((height[1:] - height[:-1] > side / 340) | ~inside[1:])
    ledge[-1] = inside[-1]
    rows = np.arange(len(ledge))[:, None]
    nearest = np.minimum.accumulate(np.where(ledge, rows, 10 * side)[::-1], axis=0)[::-1]
    wash = np.exp(-(nearest - rows) / (0.046 * side / STEP)).astype(np.float32) * inside
    soft = _share(_blurred(wash, 2), _blurred(inside.astype(np.float32), 2))
    return _stretched(soft, side).ravel()


def _halo(relief: Relief) -> Floats:
    """Light that lit windows spill on the stone around them, (side * side,)."""
    side = relief.inside.shape[0]
    glow = np.array([m.glow for m in relief.materials], dtype=np.float32)
    lamps = glow[relief.index[::STEP, ::STEP]] * relief.inside[::STEP, ::STEP]
    if not lamps.any():
        return np.zeros(side * side, dtype=np.float32)
    spill = 0.9 * _blurred(lamps, side // 170 // STEP + 1) + 0.9 * _blurred(lamps, side // 40 // STEP)
    return _stretched(spill, side).ravel()


def _blurred(field: Floats, radius: int) -> Floats:
    """Two passes of a box blur of this radius, in cells."""
    for _ in range(2):
        for axis in (0, 1):
            pad = [(0, 0), (0, 0)]
            pad[axis] = (radius + 1, radius)
            total = np.cumsum(np.pad(field, pad), axis=axis, dtype=np.float64)
            ahead = np.take(total, range(2 * radius + 1, total.shape[axis]), axis=axis)
            behind = np.take(total, range(total.shape[axis] - 2 * radius - 1), axis=axis)
            field = ((ahead - behind) / (2 * radius + 1)).astype(np.float32)
    return field


def _stretched(field: NDArray[np.float32] | Tile, side: int) -> Floats:
    """A small map enlarged smoothly to (side, side)."""
    image = Image.fromarray(np.ascontiguousarray(field, dtype=np.float32), "F")
    return np.asarray(image.resize((side, side), Image.Resampling.BILINEAR))
