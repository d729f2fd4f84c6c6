"""What is not known by name: composed from the kind of thing that the words name, and from their adjectives."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from . import buildings, furniture, things, vessels
from .relief import Pieces
from .style import Style
from .words import find, normalise

Compose: TypeAlias = Callable[[Style, np.random.Generator], Pieces]

BUILDINGS: dict[str, tuple[Compose, str]] = {
    "tower": (buildings.tower, "tower|campanile|belfry|minaret|turret|tour|torre|turm|башня|塔|タワー|برج"),
    "skyscraper": (buildings.skyscraper, "skyscraper|high rise|office building|gratte ciel|rascacielos|wolkenkratzer|небоскрёб|摩天楼|摩天大楼"),
    "bridge": (buildings.bridge, "bridge|viaduct|aqueduct|pont|puente|ponte|brücke|мост|橋|桥|جسر"),
    "dome": (buildings.domed, "dome|rotunda|mosque|observatory|planetarium|mausoleum|capitol|synagogue|mosquée|купол|мечеть|ドーム|モスク|مسجد"),
    "temple": (buildings.temple, "temple|parthenon|museum|library|bank|parliament|theatre|theater|opera|templo|tempel|musée|храм|神殿|寺|神社|寺庙"),
    "gate": (buildings.gate, "gate|gateway|arch|portal|porte|puerta|arco|tor|ворота|門|门|アーチ"),
    "castle": (buildings.castle, "castle|fort|fortress|citadel|keep|château|castillo|castello|schloss|burg|замок|城|城堡|قلعة"),
    "palace": (buildings.palace, "palace|palais|palacio|palazzo|villa|mansion|hotel|city hall|town hall|дворец|宮殿|宫殿|قصر"),
    "church": (buildings.church, "church|cathedral|chapel|basilica|abbey|minster|monastery|église|cathédrale|iglesia|kirche|dom|церковь|собор|教会|教堂"),
    "lighthouse": (buildings.lighthouse, "lighthouse|beacon|phare|faro|leuchtturm|маяк|灯台|灯塔"),
    "pyramid": (buildings.pyramid, "pyramid|ziggurat|pyramide|pirámide|piramide|пирамида|ピラミッド|金字塔|هرم"),
    "house": (buildings.house, "house|home|cottage|hut|cabin|school|station|shop|maison|casa|haus|дом|家|房子"),
    "windmill": (buildings.windmill, "windmill|mill|moulin|molino|windmühle|мельница|風車|风车"),
    "monument": (buildings.monument, "monument|memorial|column|pillar|colonne|denkmal|памятник|記念碑"),
    "statue": (buildings.statue, "statue|sculpture|colossus|figure|bust|angel|buddha|estatua|статуя|像|彫刻"),
    "fountain": (buildings.fountain, "fountain|fontaine|fuente|brunnen|фонтан|噴水|喷泉"),
}  # fmt: skip
"""Kind of building -> (how it is composed, the words for it)."""

OBJECTS: dict[str, tuple[Compose, str]] = {
    "bottle": (vessels.bottle, "bottle|flask|flacon|decanter|carafe|perfume|parfum|cologne|bouteille|botella|flasche|бутылка|瓶|ボトル|香水"),
    "vase": (vessels.vase, "vase|urn|amphora|jar|pitcher|jug|florero|ваза|花瓶|壺"),
    "cup": (vessels.cup, "cup|mug|teacup|coffee cup|tasse|taza|tazza|tasse|чашка|カップ|杯子"),
    "goblet": (vessels.goblet, "goblet|chalice|wine glass|champagne glass|grail|trophy|trophée|кубок|トロフィー|奖杯"),
    "teapot": (vessels.teapot, "teapot|kettle|coffee pot|samovar|théière|tetera|teekanne|чайник|急須|茶壶"),
    "bowl": (vessels.bowl, "bowl|basin|dish|bol|cuenco|schale|чаша|茶碗|碗"),
    "candle": (vessels.candle, "candle|candlestick|candelabra|candelabrum|bougie|vela|kerze|свеча|蝋燭|蜡烛"),
    "chair": (furniture.chair, "chair|stool|throne|chaise|silla|sedia|stuhl|стул|椅子"),
    "armchair": (furniture.armchair, "armchair|sofa|couch|settee|loveseat|fauteuil|canapé|sillón|sessel|кресло|диван|ソファ|沙发"),
    "table": (furniture.table, "table|desk|bench|mesa|tavolo|tisch|стол|机|テーブル|桌子"),
    "lamp": (furniture.lamp, "lamp|lantern|lampshade|chandelier|light bulb|lampe|lámpara|лампа|ランプ|灯"),
    "clock": (furniture.clock, "clock|horloge|reloj de pared|uhr|часы|時計|钟"),
    "cabinet": (furniture.cabinet, "cabinet|cupboard|wardrobe|bookcase|bookshelf|shelf|dresser|chest|armoire|schrank|шкаф|箪笥|柜子"),
    "watch": (things.watch, "watch|wristwatch|montre|reloj|armbanduhr|腕時計|手表"),
    "car": (things.car, "car|automobile|taxi|van|truck|bus|voiture|coche|auto|машина|автомобиль|車|汽车"),
    "shoe": (things.shoe, "shoe|sneaker|boot|trainer|chaussure|basket|zapato|schuh|ботинок|靴|鞋"),
    "camera": (things.camera, "camera|appareil photo|cámara|kamera|камера|カメラ|相机"),
    "headphones": (things.headphones, "headphones|headphone|headset|earphones|casque|kopfhörer|наушники|ヘッドホン|耳机"),
    "guitar": (things.guitar, "guitar|violin|cello|ukulele|guitare|guitarra|гитара|ギター|吉他"),
    "bag": (things.bag, "handbag|bag|purse|backpack|suitcase|briefcase|sac|bolso|tasche|сумка|鞄|バッグ|包"),
    "ring": (things.ring, "ring|diamond|gem|jewel|bague|anillo|кольцо|指輪|戒指"),
    "phone": (things.phone, "phone|smartphone|tablet|telephone|téléphone|teléfono|handy|телефон|スマートフォン|电话|手机"),
    "rocket": (things.rocket, "rocket|spaceship|spacecraft|missile|fusée|cohete|rakete|ракета|ロケット|火箭"),
    "ship": (things.ship, "ship|boat|sailboat|yacht|galleon|bateau|barco|schiff|корабль|船"),
    "tree": (things.tree, "tree|plant|bonsai|bush|arbre|árbol|baum|дерево|木|树|盆栽"),
    "crown": (things.crown, "crown|tiara|diadem|couronne|corona|krone|корона|王冠"),
    "robot": (things.robot, "robot|android|droid|astronaut|toy|person|man|woman|doll|робот|ロボット|机器人"),
    "book": (things.book, "book|notebook|album|livre|libro|buch|книга|本|书"),
}  # fmt: skip
"""Kind of object -> (how it is composed, the words for it)."""

_KINDS = {**BUILDINGS, **OBJECTS}
_NOUNS = {normalise(noun): kind for kind, (_, nouns) in _KINDS.items() for noun in nouns.split("|")}
_LINKS = frozenset(
    "of in on with for at by from near beside under over made featuring and or like inside holding against "
    "de du des en sur avec au aux dans et di da del con per y von mit aus und auf im am".split()
)
"""Words after which another noun no longer names the thing: a lamp ON a desk is a lamp."""


@dataclass(frozen=True)
class Noun:
    """The kind of thing a clause names, and where its word begins."""

    kind: str
    place: int
    is_object: bool


def noun_of(words: str) -> Noun | None:
    """The head noun of a normalised clause: of "desk lamp" the lamp, of "lamp on a desk" the lamp too."""
    found: dict[int, tuple[int, str]] = {}
    for word, kind in _NOUNS.items():
        for form in (word, f"{word}s") if word.isascii() else (word,):
            place = find(form, words)
            if place >= 0:
                found[place] = max(found.get(place, (0, "")), (len(form), kind))
    head: Noun | None = None
    end = 0
    for place, (length, kind) in sorted(found.items()):
        if head and not _LINKS.isdisjoint(words[end:place].split()):
            break
        head, end = Noun(kind, place, kind in OBJECTS), place + length
    return head


def kind_for(words: str) -> str:
    """A kind of building for words that name none: always the same for the same words."""
    kinds = sorted(BUILDINGS)
    return kinds[hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[0] % len(kinds)]


def draw(kind: str, words: str, rng: np.random.Generator) -> Pieces:
    """Compose a thing of this kind; adjectives among the words choose what it is made of."""
    return _KINDS[kind][0](Style(words), rng)
