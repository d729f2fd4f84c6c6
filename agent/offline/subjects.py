"""What the offline planner knows: galleries by name, their pieces and what may stand in for them."""

import functools
import re
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from splatelier.tools.gallery.manifest import slugify


class Piece(BaseModel):
    """Something to make a splat of."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    caption: str = ""


class Theme(BaseModel):
    """A gallery that the planner can build from its name alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    names: list[str]
    title: str
    subtitle: str
    place: str
    pieces: list[Piece]
    spare: list[Piece]
    slender: list[str]


@functools.cache
def themes() -> dict[str, Theme]:
    """Every theme by its key, from subjects.yaml."""
    text = Path(__file__).with_name("subjects.yaml").read_text(encoding="utf-8")
    return {key: Theme.model_validate(value) for key, value in yaml.safe_load(text).items()}


def theme_in(text: str) -> Theme | None:
    """The theme that a sentence names, or None."""
    words = set(re.findall(r"\w+", text.lower()))
    return next((theme for theme in themes().values() if words & set(theme.names)), None)


def theme_of(slugs: list[str]) -> Theme | None:
    """The theme that most of a gallery's pieces come from, or None where there is none."""
    scores = {key: sum(slugify(piece.title) in slugs for piece in every(theme)) for key, theme in themes().items()}
    best = max(scores, key=lambda key: scores[key])
    return themes()[best] if scores[best] else None


def every(theme: Theme) -> list[Piece]:
    """A theme's pieces, the spare ones last."""
    return [*theme.pieces, *theme.spare]


def piece_named(name: str) -> tuple[Piece, str]:
    """A piece by its name, with its caption and place where some theme knows them."""
    wanted = slugify(name)
    for theme in themes().values():
        for piece in every(theme):
            if slugify(piece.title) == wanted:
                return piece, theme.place
    return Piece(title=name), ""
