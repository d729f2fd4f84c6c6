"""What is known by name, and how a prompt is matched with it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np

from . import invented, paris_churches, paris_landmarks
from .relief import Pieces
from .words import clauses, find, normalise

Draw: TypeAlias = Callable[[np.random.Generator], Pieces]


@dataclass(frozen=True)
class Subject:
    """What will be painted: a name that is the same for every prompt that means it, and its drawing."""

    name: str
    draw: Draw


KNOWN: dict[str, tuple[Draw, str]] = {
    "Eiffel Tower": (paris_landmarks.eiffel_tower, "Tour Eiffel|Eiffel|Eiffelturm|Torre Eiffel|エッフェル塔|埃菲尔铁塔|Эйфелева башня|برج إيفل"),
    "Arc de Triomphe": (paris_landmarks.arc_de_triomphe, "Arch of Triumph|Triumphbogen|Arco del Triunfo|Arco di Trionfo|Triumphal Arch|凱旋門|凯旋门|Триумфальная арка"),
    "Notre-Dame": (paris_churches.notre_dame, "Notre Dame de Paris|Notre Dame Cathedral|Our Lady of Paris|ノートルダム|巴黎圣母院|Нотр Дам"),
    "Sacré-Cœur": (paris_churches.sacre_coeur, "Sacre Coeur|Basilica of the Sacred Heart|Montmartre Basilica|Basilique de Montmartre|サクレ・クール|圣心大教堂|Сакре Кёр"),
    "Louvre Pyramid": (paris_landmarks.louvre_pyramid, "Pyramide du Louvre|Pyramid of the Louvre|Louvre|Glass Pyramid|ルーヴル|ルーブル|卢浮宫|Лувр"),
    "Luxor Obelisk": (paris_landmarks.luxor_obelisk, "Obelisk of Luxor|Obélisque de Louxor|Obelisk|Obélisque|Obelisco|Cleopatra's Needle|Place de la Concorde|オベリスク|方尖碑|Обелиск"),
}  # fmt: skip
"""Name -> (drawing, further names separated by |)."""

_NAMES = {
    normalise(name): (title, draw) for title, (draw, others) in KNOWN.items() for name in (title, *others.split("|"))
}


def find_subject(prompt: str) -> Subject:
    """What a prompt means, its first clause first; never fails.

    In a clause a known name outranks a kind of building, and whichever of a known name and a kind of object stands first wins
    ("a lamp like the Eiffel Tower" is a lamp). A clause with neither is decoration. Words like "monument" name nothing, so
    they wait for a better clause.
    """
    parts = clauses(prompt)
    for words in parts:
        place, known = _known(words)
        noun = invented.noun_of(words)
        if known and not (noun and noun.is_object and noun.place < place):
            return known
        if noun:
            return Subject(words, partial(invented.draw, noun.kind, words))
    words = " ".join(parts)
    return Subject(words, partial(invented.draw, invented.kind_for(words), words))


def _known(words: str) -> tuple[int, Subject | None]:
    """(where, what) of the first known name in a clause; the longest of those that start there."""
    hits = [(place, -len(name), name) for name in _NAMES if (place := find(name, words)) >= 0]
    if not hits:
        return len(words), None
    place, _, name = min(hits)
    return place, Subject(*_NAMES[name])
