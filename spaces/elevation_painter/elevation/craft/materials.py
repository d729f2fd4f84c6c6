"""What things are made of: a colour, a shine, and a small tile of texture that repeats over the surface."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Tile: TypeAlias = NDArray[np.float32]
Texture: TypeAlias = Literal["smooth", "courses", "bricks", "tiles", "grain", "speckle", "plates", "weave", "strata"]

TILE = 256
"""Side of a texture tile, in pixels of a picture 2048 wide."""


@dataclass(frozen=True)
class Material:
    """A surface: sRGB colour 0..255, texture and its strength, shine 0..1, light of its own 0..1."""

    colour: tuple[int, int, int]
    texture: Texture = "smooth"
    relief: float = 1.0
    shine: float = 0.08
    glow: float = 0.0

    def tinted(self, colour: tuple[int, int, int]) -> "Material":
        """The same stuff in another colour."""
        return replace(self, colour=colour)


LIMESTONE = Material((218, 190, 144), "courses")
PALE = Material((234, 216, 182), "courses", 0.7)
TRAVERTINE = Material((245, 238, 224), "courses", 0.45, 0.12)
MARBLE = Material((240, 236, 228), "smooth", 1.0, 0.25)
SANDSTONE = Material((222, 174, 112), "courses", 1.25)
DESERT = Material((226, 184, 124), "strata", 1.3)
GRANITE = Material((214, 142, 116), "speckle", 1.0, 0.2)
GREY_STONE = Material((164, 160, 154), "courses", 1.3)
BRICK = Material((178, 92, 64), "bricks", 1.0)
PLASTER = Material((246, 242, 232), "smooth", 0.7)
IRON = Material((182, 122, 68), "plates", 0.8, 0.3)
DARK_IRON = Material((104, 70, 44), "plates", 0.8, 0.2)
STEEL = Material((176, 184, 196), "plates", 0.6, 0.55)
LEAD = Material((112, 128, 144), "plates", 0.9, 0.3)
SLATE = Material((86, 98, 116), "tiles", 0.8, 0.25)
COPPER = Material((112, 176, 150), "plates", 0.9, 0.2)
BRONZE = Material((150, 104, 58), "smooth", 0.9, 0.5)
GOLD = Material((255, 196, 72), "smooth", 0.4, 0.85, 0.06)
GLASS = Material((110, 160, 196), "smooth", 0.3, 0.9, 0.05)
DARK_GLASS = Material((56, 72, 96), "smooth", 0.3, 0.8)
LACQUER = Material((226, 64, 34), "smooth", 0.5, 0.3)
KAWARA = Material((104, 112, 124), "tiles", 1.3, 0.25)
THATCH = Material((122, 92, 64), "grain", 1.2)
WOOD = Material((132, 84, 50), "grain", 1.0, 0.12)
OAK = Material((196, 140, 82), "grain", 1.1, 0.2)
DARK_WOOD = Material((84, 54, 38), "grain", 1.0, 0.15)
LEATHER = Material((132, 74, 42), "speckle", 0.8, 0.35)
FABRIC = Material((176, 168, 156), "weave", 1.0, 0.03)
PORCELAIN = Material((240, 240, 244), "smooth", 0.2, 0.8)
RUBBER = Material((64, 64, 70), "speckle", 0.5, 0.2)
SHADOW = Material((54, 44, 36), "smooth", 0.5, 0.02)
LAMPLIGHT = Material((255, 190, 92), "smooth", 0.0, 0.0, 0.95)
COLD_LIGHT = Material((190, 220, 255), "smooth", 0.0, 0.0, 0.85)


def noise(rng: np.random.Generator, roughness: float = 1.4, stretch: tuple[float, float] = (1.0, 1.0)) -> Tile:
    """A seamless (TILE, TILE) cloud of mean 0 and deviation 1; stretch > 1 draws it out along (y, x)."""
    fy = np.fft.fftfreq(TILE)[:, None] * stretch[0]
    fx = np.fft.rfftfreq(TILE)[None, :] * stretch[1]
    weight = (np.hypot(fy, fx) + 1.5 / TILE) ** -roughness
    weight[0, 0] = 0
    cloud = np.fft.irfft2(np.fft.rfft2(rng.standard_normal((TILE, TILE))) * weight, s=(TILE, TILE))
    tile: Tile = (cloud / cloud.std()).astype(np.float32)
    return tile


def _masonry(rng: np.random.Generator, height: int, width: int, joint: int) -> tuple[Tile, Tile]:
    """Blocks in running bond: (tone of each block, depth of the joints in pixels)."""
    y, x = np.mgrid[0:TILE, 0:TILE]
    row = y // height
    shifted = (x + (row % 2) * (width // 2)) % TILE
    tone = rng.standard_normal((TILE // height, TILE // width))[row, shifted // width]
    inside = np.minimum(y % height, shifted % width)
    return tone.astype(np.float32), -np.clip(1.0 - inside / joint, 0, 1).astype(np.float32)


def texture(kind: Texture, rng: np.random.Generator) -> tuple[Tile, Tile]:
    """A seamless tile of a texture: (tone, a factor about 1; bump, pixels towards the viewer)."""
    fine = noise(rng, 0.9)
    broad = noise(rng, 1.7)
    y, x = np.mgrid[0:TILE, 0:TILE].astype(np.float32)
    if kind in ("courses", "bricks"):
        blocks, joints = _masonry(rng, *((32, 64, 4) if kind == "courses" else (16, 32, 3)))
        return 1 + 0.105 * blocks + 0.05 * fine + 0.05 * broad + 0.22 * joints, 1.6 * joints + 0.30 * fine
    if kind == "tiles":  # half-round tiles in vertical ranks
        rank = np.cos(x * (2 * np.pi / 16))
        lap = (y % 16) / 16
        return 1.04 + 0.13 * rank - 0.12 * lap + 0.05 * fine, 1.7 * rank - 1.0 * lap + 0.1 * fine
    if kind == "grain":
        streak = noise(rng, 1.1, (16.0, 1.0))
        return 1 + 0.13 * streak + 0.05 * broad, 0.35 * streak
    if kind == "speckle":
        return 1 + 0.12 * fine + 0.06 * broad, 0.35 * fine
    if kind == "plates":
        seam = -np.clip(1 - np.minimum(y % 64, x % 64) / 3, 0, 1)
        rivet = np.exp(-((((x + 8) % 16) - 8) ** 2 + (((y + 6) % 64) - 8) ** 2) / 5)
        return 1 + 0.16 * seam + 0.04 * fine + 0.06 * broad + 0.10 * rivet, 1.2 * seam + rivet + 0.12 * fine
    if kind == "weave":
        thread = np.sin(x * (2 * np.pi / 8)) * np.sin(y * (2 * np.pi / 8))
        return 1 + 0.10 * thread + 0.05 * broad, 0.7 * thread
    if kind == "strata":  # weathered courses without joints
        band = noise(rng, 1.2, (1.0, 9.0))
        return 1 + 0.055 * band + 0.07 * fine + 0.05 * broad, 0.45 * band + 0.5 * fine
    return 1 + 0.025 * fine + 0.05 * broad, 0.10 * fine
