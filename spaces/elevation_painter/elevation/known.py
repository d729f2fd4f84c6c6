"""The monuments known by name. Everything else they are called stands in prompt/lexicon.toml."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from .craft.relief import Pieces
from .egypt import pyramids as egypt_pyramids
from .egypt import temples as egypt_temples
from .elsewhere import bridges, europe, overseas
from .japan import castles as japan_castles
from .japan import temples as japan_temples
from .paris import churches, city, columns, domes, landmarks

Draw: TypeAlias = Callable[[np.random.Generator], Pieces]

PARIS: dict[str, Draw] = {
    "Eiffel Tower": landmarks.eiffel_tower,
    "Arc de Triomphe": landmarks.arc_de_triomphe,
    "Notre-Dame": churches.notre_dame,
    "Sacré-Cœur": churches.sacre_coeur,
    "Louvre Pyramid": landmarks.louvre_pyramid,
    "Luxor Obelisk": landmarks.luxor_obelisk,
    "Panthéon": domes.pantheon,
    "Les Invalides": domes.invalides,
    "La Madeleine": domes.madeleine,
    "Tour Saint-Jacques": domes.saint_jacques,
    "Sainte-Chapelle": domes.sainte_chapelle,
    "Opéra Garnier": city.opera_garnier,
    "Moulin Rouge": city.moulin_rouge,
    "Conciergerie": city.conciergerie,
    "Pont Alexandre III": city.pont_alexandre,
    "Grande Arche": columns.grande_arche,
    "Tour Montparnasse": columns.montparnasse,
    "July Column": columns.july_column,
    "Vendôme Column": columns.vendome_column,
    "Centre Pompidou": columns.pompidou,
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
    "Golden Gate Bridge": bridges.golden_gate,
    "Brooklyn Bridge": bridges.brooklyn,
    "Sydney Harbour Bridge": bridges.sydney_harbour,
    "Rialto Bridge": bridges.rialto,
    "Ponte Vecchio": bridges.ponte_vecchio,
}

KNOWN: dict[str, Draw] = PARIS | EGYPT | JAPAN | ELSEWHERE
