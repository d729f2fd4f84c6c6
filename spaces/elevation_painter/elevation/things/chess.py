"""The pieces of a chess set, in Staunton's pattern: one turned foot and shaft, six heads."""

import numpy as np

from ..craft.geometry import bar, blob, ellipse, lathe, polygon, rect
from ..craft.materials import DARK_WOOD, GOLD, PORCELAIN, SHADOW, WOOD, Material
from ..craft.relief import Piece, Pieces, carve, cut, solid
from ..prompt.style import Style

IVORY = PORCELAIN.tinted((240, 224, 186))
FELT = Material((46, 92, 66), "speckle", 0.6, 0.02)


def king(style: Style, _rng: np.random.Generator) -> Pieces:
    """A chess king: a cross on a domed crown."""
    wood = _side(style)
    return [
        *_foot(wood, 22),
        _turned([(3.2, 22), (4.9, 31), (5.0, 32.2), (3.6, 33.4), (2.0, 35), (1.1, 35.8)], wood),
        carve(rect(0, 30.6, 12, 0.5), front=-0.25),
        solid(rect(0, 35.4, 1.7, 6.4), wood, 0.3),
        solid(rect(0, 37.8, 5.2, 1.7), wood, 0.3),
    ]


def queen(style: Style, _rng: np.random.Generator) -> Pieces:
    """A chess queen: a coronet of points and a ball."""
    wood = _side(style)
    points = [polygon((x - 1.0, 28.6), (x + 1.0, 28.6), (x * 1.16, 32.6)) for x in (-3.6, -1.3, 1.3, 3.6)]
    return [
        *_foot(wood, 20.4),
        _turned([(3.0, 20.4), (3.5, 24), (4.8, 29)], wood),
        *[solid(point, wood, 1.4) for point in points],
        carve(rect(0, 27.6, 12, 0.5), front=-0.25),
        _turned([(3.0, 29), (2.7, 31), (1.0, 32.6)], wood),
        solid(ellipse(0, 33.6, 1.5), wood, 0.6, "turned"),
    ]


def bishop(style: Style, _rng: np.random.Generator) -> Pieces:
    """A chess bishop: a mitre with its slit, and a ball."""
    wood = _side(style)
    return [
        *_foot(wood, 17.6, 0.92),
        _turned([(2.4, 17.6), (3.7, 20), (3.6, 22.4), (2.4, 25.4), (0.9, 27.8)], wood),
        cut(bar((0.9, 22.2), (4.4, 27.4), 0.95)),
        carve(bar((0.6, 21.8), (4.4, 27.4), 1.3), front=-0.6, material=SHADOW),
        solid(ellipse(0, 28.4, 1.2), wood, 0.4, "turned"),
    ]


def knight(style: Style, _rng: np.random.Generator) -> Pieces:
    """A chess knight: a horse's head looking left, with its mane."""
    wood = _side(style)
    head = blob(
        (4.6, 6.6), (5.6, 12), (5.0, 18), (2.8, 22.4), (1.4, 23.8), (1.0, 26.4), (-0.6, 24.2), (-2.6, 23),
        (-4.6, 20.2), (-7.4, 16.8), (-7.8, 14.8), (-6.2, 13.8), (-4.6, 14.6), (-2.4, 15.6), (-1.2, 14.6),
        (-3.0, 11.4), (-4.4, 8.6), (-4.4, 6.4), steps=6,
    )  # fmt: skip
    mane = [bar((4.9 - 0.16 * k, 8.4 + 2.2 * k), (2.3 - 0.1 * k, 9.6 + 2.1 * k), 0.5) for k in range(7)]
    return [
        *_foot(wood, 7.4, 1.0, shaft=False),
        solid(head, wood, 0.6, "turned", 0.45),
        carve(*mane, front=-0.5),
        carve(ellipse(-2.7, 19.7, 0.75, 0.6), front=-0.6, material=SHADOW),
        carve(ellipse(-6.7, 15.9, 0.4), front=-0.4, material=SHADOW),
        carve(bar((-7.2, 14.9), (-4.8, 15.7), 0.3), front=-0.4, material=SHADOW),
    ]


def rook(style: Style, _rng: np.random.Generator) -> Pieces:
    """A chess rook: a round tower with battlements."""
    wood = _side(style)
    return [
        *_foot(wood, 14, 1.02),
        _turned([(3.2, 14), (3.2, 15.4), (4.7, 16.4), (4.9, 21.4), (4.4, 21.6)], wood),
        cut(*[rect(x, 19.6, 1.5, 3.0) for x in (-2.5, 0.0, 2.5)]),
        solid(rect(0, 17, 9.4, 2.6), wood, 0.4, "turned"),
        carve(rect(0, 17.2, 12, 0.5), front=-0.25),
    ]


def pawn(style: Style, _rng: np.random.Generator) -> Pieces:
    """A chess pawn: a ball on a collar."""
    wood = _side(style)
    return [*_foot(wood, 11, 0.86), solid(ellipse(0, 14.2, 3.2), wood, 0.8, "turned")]


def _side(style: Style) -> Material:
    """What the piece is made of: boxwood, or ebony for black, which here must still be seen."""
    if style.says("black", "ebony"):
        return DARK_WOOD.tinted((104, 72, 54))
    return style.made_of(WOOD.tinted((214, 164, 98)))


def _turned(profile: list[tuple[float, float]], material: Material) -> Piece:
    return solid(lathe(profile, smooth=5), material, 0.4, "turned")


def _foot(wood: Material, neck: float, scale: float = 1.1, shaft: bool = True) -> Pieces:
    """Felt, a moulded foot, and a shaft that narrows towards the collar at the height of the neck."""
    s, rise = scale, neck - 6.4
    pieces: Pieces = [
        solid(rect(0, -0.5, 13.4 * s, 0.9), FELT, 0, "turned"),
        _turned([(6.6 * s, 0), (6.9 * s, 1.2), (6.4 * s, 2.4), (5.6 * s, 3.0)], wood),
        _turned([(5.5 * s, 2.8), (5.7 * s, 3.8), (4.7 * s, 5.0), (4.3 * s, 5.5 if shaft else 6.8)], wood),
        carve(rect(0, 2.6, 15 * s, 0.4), front=-0.25),
        carve(rect(0, 1.0, 15 * s, 0.35), front=0.15, material=GOLD),
    ]
    if shaft:
        pieces += [
            _turned(
                [(4.3 * s, 5.4), (2.9 * s, 5.4 + rise * 0.3), (2.2 * s, 5.4 + rise * 0.65), (2.1 * s, neck - 1)], wood
            ),
            _turned([(3.0 * s, neck - 2), (4.0 * s, neck - 1.3), (3.0 * s, neck - 0.6)], wood),
            _turned([(2.6 * s, neck - 0.8), (3.3 * s, neck - 0.2), (2.6 * s, neck + 0.5)], wood),
        ]
    return pieces
