"""For a showroom: what runs, shoots, rings and flies."""

from dataclasses import replace

import numpy as np

from ..craft.geometry import bar, blob, curve, ellipse, lathe, moved, polygon, rect, ribbon, spread, taper
from ..craft.materials import (
    COLD_LIGHT,
    DARK_GLASS,
    GLASS,
    LACQUER,
    LAMPLIGHT,
    LEATHER,
    PLASTER,
    PORCELAIN,
    RUBBER,
    SHADOW,
    STEEL,
)
from ..craft.relief import Pieces, carve, cut, mirrored, solid
from ..prompt.style import BRASS, Style, pick


def car(style: Style, _rng: np.random.Generator) -> Pieces:
    """A small car from before: windscreen, round headlamps, grille, bumper."""
    paint = style.made_of(LACQUER.tinted((196, 40, 36)))
    paint = replace(paint, texture="smooth", shine=0.75)
    chrome = STEEL.tinted((220, 226, 234))
    cabin = blob((-8.6, 9), (-7.0, 14.0), (-4.6, 15.6), (0, 16), (4.6, 15.6), (7.0, 14.0), (8.6, 9))
    screen = blob((-7.2, 9.6), (-5.9, 13.6), (0, 14.8), (5.9, 13.6), (7.2, 9.6))
    body = blob(
        (-9.6, 2.4),
        (-10.2, 6),
        (-9.0, 9),
        (-5.0, 10.2),
        (0, 10.5),
        (5.0, 10.2),
        (9.0, 9),
        (10.2, 6),
        (9.6, 2.4),
        (0, 2),
    )
    lamps = [
        carve(ellipse(6.9, 6.6, 1.75), front=0.8, material=chrome),
        carve(ellipse(6.9, 6.6, 1.4), front=-0.2, material=LAMPLIGHT.tinted((255, 244, 210))),
        carve(ellipse(8.3, 4.2, 0.6, 0.4), front=0.3, material=LAMPLIGHT.tinted((255, 150, 40))),
    ]
    grille = blob((-4.0, 3.9), (-4.4, 6.4), (0, 7.2), (4.4, 6.4), (4.0, 3.9), (0, 3.6))
    return [
        *mirrored([solid(rect(7.6, -0.6, 3.4, 5), RUBBER, 0, "turned", 0.3)]),
        solid(cabin, paint, -3, "pitched", 0.5),
        carve(screen, front=-0.3, material=DARK_GLASS),
        carve(
            bar((-5.6, 10.4), (-2.6, 14.0), 1.1),
            bar((-3.6, 10.4), (-0.8, 14.2), 0.5),
            front=0.05,
            material=GLASS.tinted((150, 190, 220)),
        ),
        *mirrored([solid(ellipse(10.4, 10.2, 1.2, 0.8), paint, 0, "turned")]),
        solid(body, paint, 0, "turned", 0.18),
        carve(ribbon(curve([(-6.6, 9.4), (-5.6, 7.6), (0, 7.5), (5.6, 7.6), (6.6, 9.4)], 5), 0.3), front=-0.3),
        *mirrored(lamps),
        carve(grille, front=0.4, material=chrome),
        carve(grille * [0.88, 0.86] + [0, 0.74], front=-0.5, material=SHADOW),
        carve(*[rect(0, y, 7.4, 0.22) for y in np.arange(4.2, 6.6, 0.55)], front=0.3, material=chrome),
        solid(rect(0, 1.6, 20.4, 1.5), chrome, 1.4),
        carve(rect(0, 1.7, 4.6, 1.2), front=0.2, material=PLASTER),
        carve(rect(0, 2.0, 3.6, 0.55), front=0.05, material=SHADOW),
        carve(ellipse(0, 8.4, 0.65), front=0.3, material=chrome),
    ]


def camera(style: Style, _rng: np.random.Generator) -> Pieces:
    """A film camera: leathered body, chrome top, a lens that looks back."""
    skin = style.made_of(LEATHER.tinted((66, 62, 62)))
    chrome = STEEL.tinted((206, 210, 216))
    rings: Pieces = []
    for r, m, out in (
        (6.4, chrome, 1.2),
        (5.7, RUBBER, 0.8),
        (4.8, chrome, 0.5),
        (4.3, SHADOW, -0.6),
        (3.5, GLASS.tinted((60, 80, 150)), 0.2),
        (2.2, GLASS.tinted((120, 70, 150)), 0.1),
        (1.1, SHADOW, -0.2),
    ):
        rings.append(carve(ellipse(0, 8, r), front=out, material=m))
    glint = [carve(ellipse(-1.3, 9.6, 0.8, 0.5), ellipse(1.1, 6.9, 0.35), front=0.1, material=COLD_LIGHT)]
    return [
        solid(blob((-15, 0.4), (-15.4, 8), (-15, 16), (0, 16.2), (15, 16), (15.4, 8), (15, 0.4), (0, 0)), skin, 0),
        solid(rect(0, 13.4, 30.4, 3.4), chrome, 0.6),
        solid(rect(0, 0, 30, 1.4), chrome, 0.6),
        solid(polygon((-5.4, 16), (5.4, 16), (4, 20.2), (-4, 20.2)), chrome, 0.8),
        carve(rect(0, 17.2, 4.4, 1.9), front=-0.3, material=DARK_GLASS),
        solid(rect(-10.6, 16.6, 4.4, 1.8), chrome, 0.6, "turned"),
        solid(rect(10.8, 16.6, 3.2, 2.4), chrome, 0.6, "turned"),
        solid(rect(6.9, 16.6, 1.8, 1.2), LACQUER, 0.6, "turned"),
        carve(rect(-10.8, 14.2, 3.6, 1.8), front=-0.3, material=GLASS),
        carve(ellipse(10.8, 15.1, 0.7), front=0.2, material=LAMPLIGHT),
        *rings,
        *glint,
        carve(
            *[
                bar(
                    (6.1 * float(np.cos(t)), 8 + 6.1 * float(np.sin(t))),
                    (5.7 * float(np.cos(t)), 8 + 5.7 * float(np.sin(t))),
                    0.3,
                )
                for t in np.linspace(0, 2 * np.pi, 40)
            ],
            front=0.2,
        ),
    ]


def phone(style: Style, rng: np.random.Generator) -> Pieces:
    """A telephone of glass: rounded frame, lit screen with its icons."""
    frame = style.made_of(STEEL.tinted((84, 90, 104)))

    def pane(w: float, h: float, r: float, y: float) -> np.ndarray:
        return np.concatenate(
            [
                ellipse(sx * (w - r), y + sy * (h - r), r, steps=32)[k * 8 : k * 8 + 8]
                for k, (sx, sy) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1)))
            ]
        )

    hue = [(86, 132, 255), (255, 170, 60), (90, 200, 130), (240, 84, 96), (180, 120, 250), (250, 214, 90)]
    icons: Pieces = []
    for row in range(5):
        for x in spread(4, 11.4):
            icons.append(
                carve(
                    moved(pane(1.0, 1.0, 0.3, 0), x, 19.4 - 3.0 * row),
                    front=0.05,
                    material=LAMPLIGHT.tinted(pick(rng, *hue)),
                )
            )
    return [
        solid(rect(7.5, 14, 0.8, 4), frame, 0),
        solid(pane(7.4, 15, 1.8, 12), frame, 0),
        carve(pane(6.9, 14.5, 1.5, 12), front=-0.1, material=DARK_GLASS),
        carve(pane(6.5, 14.1, 1.2, 12), front=0, material=replace(LAMPLIGHT, colour=(44, 66, 128), glow=0.7)),
        carve(
            polygon((-6.5, 4), (-2, 9), (3, 2.6), (6.5, 6), (6.5, -0.6), (-6.5, -0.6)),
            front=0,
            material=replace(LAMPLIGHT, colour=(120, 74, 150), glow=0.7),
        ),
        *icons,
        carve(rect(0, -1.4, 4.6, 0.35), rect(0, 22.6, 6, 1.3), front=0, material=PLASTER),
    ]


def rocket(style: Style, rng: np.random.Generator) -> Pieces:
    """A rocket from the good years: white body, red fins, a porthole, fire."""
    body = style.made_of(PLASTER)
    red = LACQUER.tinted((206, 48, 40))
    fin = blob((4.6, 14), (8.0, 10), (11.4, 3), (11.6, -2), (8.6, 1.6), (4.6, 3.6))
    flame = [
        (3.2, 0, LAMPLIGHT.tinted((255, 120, 30))),
        (2.2, 1.4, LAMPLIGHT),
        (1.1, 3.4, LAMPLIGHT.tinted((255, 244, 200))),
    ]
    reach = float(rng.uniform(-8.4, -7))
    return [
        *[
            solid(lathe([(0.4, reach + up), (r, reach + up + 3), (r, 2)], smooth=4), m, -1, "turned")
            for r, up, m in flame
        ],
        solid(taper(0, 0.6, 6.6, 4.6, 3.6), STEEL, 0, "turned"),
        *mirrored([solid(fin, red, -1)]),
        solid(
            lathe([(4.0, 3), (5.6, 10), (6.4, 19), (5.8, 28), (4.0, 35), (1.6, 41), (0.5, 43.6)], smooth=6),
            body,
            0,
            "turned",
        ),
        carve(lathe([(4.6, 33.4), (3.9, 35.2), (1.6, 41), (0.5, 43.6)], smooth=4) * [1.1, 1], front=0.1, material=red),
        carve(*[rect(0, y, 14, 0.35) for y in (9, 17.5, 32.6)], front=-0.2),
        carve(rect(0, 10, 14, 1.4), front=0.1, material=red),
        *[
            q
            for y, r in ((27, 2.5), (20.6, 1.5))
            for q in (
                carve(ellipse(0, y, r), front=0.5, material=BRASS),
                carve(ellipse(0, y, r * 0.7), front=-0.5, material=COLD_LIGHT),
            )
        ],
        solid(taper(0, -1.6, 1.1, 1.1, 13), red, 3),
        solid(taper(0, 43.2, 1.0, 0.6, 4), STEEL, 0, "turned"),
    ]


def robot(style: Style, _rng: np.random.Generator) -> Pieces:
    """A tin robot with lit eyes."""
    tin = style.made_of(STEEL.tinted((120, 164, 176)))
    red = LACQUER
    limb = [
        solid(rect(4.0, 0, 5.4, 2.6), red, 2),
        solid(rect(4.0, 2.4, 3.8, 8.4), tin, 0, "turned"),
        carve(*[rect(4, y, 4, 0.3) for y in (4, 5.6, 7.2)], front=-0.2),
        solid(ellipse(11.4, 21.4, 2.4), tin, 0, "turned"),
        solid(rect(11.8, 13, 3.0, 8), tin, 0, "turned"),
        carve(*[rect(11.8, y, 3.2, 0.3) for y in (14.6, 16.2, 17.8)], front=-0.2),
        solid(ellipse(11.8, 12, 2.0), red, 0.4, "turned"),
        cut(rect(11.8, 9.4, 1.2, 2.4)),
        solid(rect(5.9, 30, 1.8, 2.6), red, 0),
    ]
    return [
        *mirrored(limb),
        solid(rect(0, 10, 17.4, 13.6), tin, 1),
        carve(rect(0, 11.4, 13, 9.8), front=0.4),
        carve(ellipse(-2.9, 17.6, 2.1), front=0.4, material=PORCELAIN),
        carve(bar((-2.9, 17.0), (-1.8, 18.8), 0.4), front=0.2, material=red),
        *[
            carve(ellipse(x, 18.4, 0.8), front=0.4, material=LAMPLIGHT.tinted(c))
            for x, c in ((1.4, (255, 80, 60)), (3.6, (255, 200, 80)), (5.6, (120, 230, 120)))
        ],
        carve(*[rect(x, 12.4, 0.7, 2.8) for x in spread(7, 10)], front=-0.4, material=SHADOW),
        solid(rect(0, 23.4, 4, 2), tin, 0, "turned"),
        solid(rect(0, 25, 11, 9.6), tin, 1),
        carve(ellipse(-2.6, 30.6, 1.7), ellipse(2.6, 30.6, 1.7), front=0.5, material=SHADOW),
        carve(ellipse(-2.6, 30.6, 1.25), ellipse(2.6, 30.6, 1.25), front=0, material=LAMPLIGHT),
        carve(rect(0, 26.4, 6.4, 1.8), front=-0.4, material=SHADOW),
        carve(*[rect(x, 26.4, 0.4, 1.8) for x in spread(6, 6)], front=0.3, material=tin),
        solid(rect(0, 34.4, 1.1, 3.4), BRASS, 1, "turned"),
        solid(ellipse(0, 38.4, 1.2), LAMPLIGHT.tinted((255, 110, 60)), 1, "turned"),
    ]
