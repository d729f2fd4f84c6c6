"""The type pairings of the page and of the picture that a link to it shows: one list, site_templates/fonts.json."""

import json
from dataclasses import dataclass
from pathlib import Path

from splatelier.tools.site.viewer import VIEWER, viewer
from splatelier.tools.templates import SITE_TEMPLATES

_LIST = json.loads((SITE_TEMPLATES / "fonts.json").read_text(encoding="utf-8"))

PAIRINGS: dict[str, tuple[str, str]] = {name: (pair[0], pair[1]) for name, pair in _LIST["pairings"].items()}
"""The families of each pairing's display face and text face."""


@dataclass(frozen=True)
class Face:
    """One font file that the viewer brings.

    Attributes:
        file: its name in the viewer's folder.
        weight, style: as CSS says them.
    """

    family: str
    file: str
    weight: str
    style: str

    @property
    def path(self) -> Path:
        """Where the file lies on this machine."""
        return VIEWER / self.file


def pairing(name: str) -> tuple[Face, Face]:
    """The display face and the text face of a pairing.

    Raises:
        SplatelierError: the viewer was not bundled.
    """
    fonts = viewer()["fonts"]
    display, text = (Face(family, **fonts[family]) for family in PAIRINGS[name])
    return display, text
