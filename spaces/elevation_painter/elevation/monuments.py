"""The monuments known by name. Everything else they are called stands in lexicon.toml."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from . import (
    egypt_pyramids,
    egypt_temples,
    europe,
    japan_castles,
    japan_temples,
    overseas,
    paris_churches,
    paris_city,
    paris_columns,
    paris_domes,
    paris_landmarks,
)
from .relief import Pieces

Draw: TypeAlias = Callable[[np.random.Generator], Pieces]

PARIS: dict[str, Draw] = {
    "Eiffel Tower": paris_landmarks.eiffel_tower,
    "Arc de Triomphe": paris_landmarks.arc_de_triomphe,
    "Notre-Dame": paris_churches.notre_dame,
    "Sacré-Cœur": paris_churches.sacre_coeur,
    "Louvre Pyramid": paris_landmarks.louvre_pyramid,
    "Luxor Obelisk": paris_landmarks.luxor_obelisk,
    "Panthéon": paris_domes.pantheon,
    "Les Invalides": paris_domes.invalides,
    "La Madeleine": paris_domes.madeleine,
    "Tour Saint-Jacques": paris_domes.saint_jacques,
    "Sainte-Chapelle": paris_domes.sainte_chapelle,
    "Opéra Garnier": paris_city.opera_garnier,
    "Moulin Rouge": paris_city.moulin_rouge,
    "Conciergerie": paris_city.conciergerie,
    "Pont Alexandre III": paris_city.pont_alexandre,
    "Grande Arche": paris_columns.grande_arche,
    "Tour Montparnasse": paris_columns.montparnasse,
    "July Column": paris_columns.july_column,
    "Vendôme Column": paris_columns.vendome_column,
    "Centre Pompidou": paris_columns.pompidou,
}

EGYPT: dict[str, Draw] = {
    "Great Pyramid": egypt_pyramids.great_pyramid,
    "Great Sphinx": egypt_pyramids.sphinx,
    "Abu Simbel": egypt_temples.abu_simbel,
    "Karnak": egypt_temples.karnak,
    "Philae": egypt_temples.philae,
    "Edfu": egypt_temples.edfu,
    "Step Pyramid": egypt_pyramids.step_pyramid,
    "Bent Pyramid": egypt_pyramids.bent_pyramid,
    "Pyramid of Khafre": egypt_pyramids.khafre_pyramid,
    "Temple of Hatshepsut": egypt_temples.hatshepsut,
    "Lighthouse of Alexandria": egypt_pyramids.alexandria_lighthouse,
}

JAPAN: dict[str, Draw] = {
    "Himeji Castle": japan_castles.himeji,
    "Osaka Castle": japan_castles.osaka,
    "Tokyo Tower": japan_castles.tokyo_tower,
    "Tokyo Skytree": japan_castles.skytree,
    "Five-Storey Pagoda": japan_temples.pagoda,
    "Itsukushima Torii": japan_temples.itsukushima,
    "Kinkaku-ji": japan_temples.kinkakuji,
    "Todai-ji": japan_temples.todaiji,
    "Kaminarimon": japan_temples.kaminarimon,
    "Fushimi Inari": japan_temples.fushimi,
    "Kiyomizu-dera": japan_temples.kiyomizu,
    "Great Buddha of Kamakura": japan_temples.great_buddha,
}

ELSEWHERE: dict[str, Draw] = {
    "Big Ben": europe.big_ben,
    "Tower Bridge": europe.tower_bridge,
    "Colosseum": europe.colosseum,
    "Leaning Tower of Pisa": europe.pisa,
    "Brandenburg Gate": europe.brandenburg_gate,
    "Saint Basil's Cathedral": europe.saint_basil,
    "Taj Mahal": overseas.taj_mahal,
    "Christ the Redeemer": overseas.christ_redeemer,
    "Statue of Liberty": overseas.statue_of_liberty,
}

KNOWN: dict[str, Draw] = PARIS | EGYPT | JAPAN | ELSEWHERE
