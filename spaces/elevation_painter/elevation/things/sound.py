"""What is listened to."""

import numpy as np

from ..craft.geometry import bar, ellipse, rect
from ..craft.materials import GOLD, RUBBER, SHADOW, STEEL, WOOD, Material
from ..craft.relief import Pieces, carve, mirrored, solid
from ..prompt.style import BRASS, Style

CONE = Material((92, 88, 86), "speckle", 0.6, 0.15)


def loudspeaker(style: Style, _rng: np.random.Generator) -> Pieces:
    """A loudspeaker: a tall wooden box with a tweeter, two woofers and a bass port, on spiked feet."""
    wood = style.made_of(WOOD.tinted((148, 92, 54)))
    baffle = Material((70, 66, 66), "speckle", 0.5, 0.15)
    return [
        *mirrored([solid(rect(7.2, -1.8, 1.6, 2.2), STEEL, 1, "turned")]),
        solid(rect(0, 0, 20, 44), wood, 0),
        carve(rect(0, 1.4, 17.2, 41.2), front=0.3, material=baffle),
        *_driver(32.2 + 5.6, 2.9, GOLD),
        *_driver(26.6, 6.2, BRASS),
        *_driver(12.6, 6.2, BRASS),
        carve(ellipse(0, 3.9, 3.4, 1.3), front=0.3, material=STEEL),
        carve(ellipse(0, 3.9, 2.9, 1.0), front=-0.6, material=SHADOW),
        carve(*[ellipse(x, y, 0.32) for x in (-7.6, 7.6) for y in (2.4, 41.4)], front=0.2, material=STEEL),
    ]


def _driver(y: float, radius: float, ring: Material) -> Pieces:
    """A chassis ring with its screws, the rubber surround, the cone and the dust cap."""
    turn = np.linspace(0, 2 * np.pi, 8, endpoint=False) + 0.4
    screws = [ellipse(radius * 1.0 * float(np.cos(t)), y + radius * float(np.sin(t)), radius * 0.05) for t in turn]
    ribs = [
        bar(
            (radius * 0.36 * float(np.cos(t)), y + radius * 0.36 * float(np.sin(t))),
            (radius * 0.72 * float(np.cos(t)), y + radius * 0.72 * float(np.sin(t))),
            radius * 0.03,
        )
        for t in np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ]
    return [
        carve(ellipse(0, y, radius * 1.12), front=0.5, material=STEEL.tinted((196, 200, 206))),
        carve(*screws, front=0.15, material=SHADOW),
        carve(ellipse(0, y, radius * 0.92), front=0.2, material=RUBBER),
        carve(ellipse(0, y, radius * 0.76), front=-0.5, material=CONE),
        carve(*ribs, front=0.12),
        carve(ellipse(0, y, radius * 0.34), front=0.4, material=ring, form="turned", bulge=0.5),
    ]
