"""The monuments known by name, and everything else they are called."""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from . import egypt, japan_castles, japan_temples, paris_churches, paris_city, paris_domes, paris_landmarks
from .relief import Pieces

Draw: TypeAlias = Callable[[np.random.Generator], Pieces]

PARIS: dict[str, tuple[Draw, str]] = {
    "Eiffel Tower": (
        paris_landmarks.eiffel_tower,
        "Tour Eiffel|Eiffel|Eiffelturm|Torre Eiffel|エッフェル塔|埃菲尔铁塔|에펠탑|Эйфелева башня|برج إيفل",
    ),
    "Arc de Triomphe": (
        paris_landmarks.arc_de_triomphe,
        "Arch of Triumph|Triumphal Arch|Triumphbogen|Arco del Triunfo|Arco di Trionfo|凱旋門|凯旋门|개선문|Триумфальная арка",
    ),
    "Notre-Dame": (
        paris_churches.notre_dame,
        "Notre Dame de Paris|Notre Dame Cathedral|Cathedral of Notre Dame|Our Lady of Paris|ノートルダム|巴黎圣母院|노트르담|Нотр-Дам",
    ),
    "Sacré-Cœur": (
        paris_churches.sacre_coeur,
        "Sacre Coeur Basilica|Basilica of the Sacred Heart|Montmartre Basilica|Basilique du Sacré-Cœur|Sacro Cuore|"
        "サクレ・クール|圣心大教堂|사크레쾨르|Сакре-Кёр",
    ),
    "Louvre Pyramid": (
        paris_landmarks.louvre_pyramid,
        "Pyramide du Louvre|Pyramid of the Louvre|Louvre Museum|Louvre|Glass Pyramid|ルーヴル|ルーブル|卢浮宫|루브르|Лувр",
    ),
    "Luxor Obelisk": (
        paris_landmarks.luxor_obelisk,
        "Obelisk of Luxor|Obélisque de Louxor|Obelisk|Obélisque|Obelisco|Cleopatra's Needle|Place de la Concorde|"
        "オベリスク|方尖碑|오벨리스크|Обелиск",
    ),
    "Panthéon": (paris_domes.pantheon, "Pantheon de Paris|Paris Pantheon|パンテオン|先贤祠|Пантеон"),
    "Les Invalides": (
        paris_domes.invalides,
        "Invalides|Hôtel des Invalides|Dome of the Invalides|Dôme des Invalides|Napoleon's Tomb|Invalidendom|廃兵院|荣军院",
    ),
    "La Madeleine": (paris_domes.madeleine, "Madeleine|Église de la Madeleine|Madeleine Church|マドレーヌ|马德莱娜"),
    "Tour Saint-Jacques": (paris_domes.saint_jacques, "Saint Jacques Tower|Saint-Jacques|サン・ジャック塔|圣雅各塔"),
    "Sainte-Chapelle": (paris_domes.sainte_chapelle, "Saint Chapelle|Holy Chapel|サント・シャペル|圣礼拜堂"),
    "Opéra Garnier": (
        paris_city.opera_garnier,
        "Palais Garnier|Garnier Opera|Paris Opera|Opera de Paris|Opera House of Paris|ガルニエ|加尼叶歌剧院|Опера Гарнье",
    ),
    "Moulin Rouge": (paris_city.moulin_rouge, "Red Mill|Red Windmill|ムーラン・ルージュ|红磨坊|물랭루주|Мулен Руж"),
    "Conciergerie": (paris_city.conciergerie, "Palais de la Cité|コンシェルジュリー|巴黎古监狱|Консьержери"),
    "Pont Alexandre III": (
        paris_city.pont_alexandre,
        "Pont Alexandre|Alexandre III Bridge|Alexander III Bridge|アレクサンドル3世橋|亚历山大三世桥|Мост Александра III",
    ),
    "Grande Arche": (paris_city.grande_arche, "Grande Arche de la Défense|La Défense|Great Arch|グランダルシュ|新凯旋门"),
    "Tour Montparnasse": (paris_city.montparnasse, "Montparnasse Tower|Montparnasse|モンパルナス|蒙帕纳斯"),
    "July Column": (paris_city.july_column, "Colonne de Juillet|Bastille Column|Place de la Bastille|Bastille|七月の円柱|七月柱"),
    "Vendôme Column": (paris_city.vendome_column, "Colonne Vendôme|Place Vendôme|Vendome|ヴァンドーム|旺多姆圆柱"),
    "Centre Pompidou": (paris_city.pompidou, "Pompidou Centre|Pompidou Center|Pompidou|Beaubourg|ポンピドゥー|蓬皮杜"),
}

EGYPT: dict[str, tuple[Draw, str]] = {
    "Great Pyramid": (
        egypt.great_pyramid,
        "Great Pyramid of Giza|Pyramid of Giza|Pyramids of Giza|Giza Pyramid|Giza Pyramids|Pyramid of Khufu|Pyramid of Cheops|"
        "Khufu|Cheops|Egyptian Pyramid|Grande Pyramide|Pyramide de Khéops|Gran Pirámide|Pyramiden von Gizeh|"
        "ギザの大ピラミッド|クフ王|胡夫金字塔|Пирамида Хеопса|الهرم الأكبر",
    ),
    "Great Sphinx": (
        egypt.sphinx,
        "Sphinx|Great Sphinx of Giza|Sphinx of Giza|Esfinge|Sfinge|スフィンクス|狮身人面像|스핑크스|Сфинкс|أبو الهول",
    ),
    "Abu Simbel": (egypt.abu_simbel, "Temple of Ramesses|Ramses Temple|Abou Simbel|アブ・シンベル|阿布辛贝|Абу-Симбел|أبو سمبل"),
    "Karnak": (egypt.karnak, "Karnak Temple|Temple of Karnak|Temple of Amun|Luxor Temple|Temple of Luxor|Luxor|Louxor|カルナック|卡纳克|Карнак|الكرنك"),
    "Philae": (egypt.philae, "Philae Temple|Temple of Isis|Temple of Philae|フィラエ|イシス神殿|菲莱|Филы|فيلة"),
    "Edfu": (egypt.edfu, "Edfu Temple|Temple of Edfu|Temple of Horus|Egyptian Temple|エドフ|埃德富|Эдфу|إدفو"),
    "Step Pyramid": (
        egypt.step_pyramid, "Djoser|Pyramid of Djoser|Step Pyramid of Djoser|Saqqara|Sakkara|Zoser|ジェセル王|左塞尔|Джосер|سقارة",
    ),
    "Bent Pyramid": (egypt.bent_pyramid, "Bent Pyramid of Sneferu|Dahshur|Sneferu|Snefru|屈折ピラミッド|弯曲金字塔|دهشور"),
    "Pyramid of Khafre": (egypt.khafre_pyramid, "Khafre Pyramid|Khafre|Chephren|Pyramid of Chephren|カフラー王|卡夫拉"),
    "Temple of Hatshepsut": (
        egypt.hatshepsut, "Hatshepsut|Hatshepsut Temple|Deir el-Bahari|Deir el Bahri|ハトシェプスト|哈特谢普苏特|Хатшепсут|حتشبسوت",
    ),
    "Lighthouse of Alexandria": (
        egypt.alexandria_lighthouse,
        "Alexandria Lighthouse|Pharos of Alexandria|Pharos|Phare d'Alexandrie|Faro de Alejandría|アレクサンドリアの大灯台|亚历山大灯塔|Фаросский маяк",
    ),
}  # fmt: skip

JAPAN: dict[str, tuple[Draw, str]] = {
    "Himeji Castle": (
        japan_castles.himeji, "Himeji|Himeji-jo|White Heron Castle|Japanese Castle|Chateau de Himeji|姫路城|姬路城|히메지|Химэдзи",
    ),
    "Osaka Castle": (japan_castles.osaka, "Osaka-jo|Ōsaka|Osaka|Chateau d'Osaka|大阪城|大坂城|오사카|Осака"),
    "Tokyo Tower": (japan_castles.tokyo_tower, "Tour de Tokyo|Torre de Tokio|東京タワー|东京塔|도쿄 타워|Токийская башня"),
    "Tokyo Skytree": (japan_castles.skytree, "Skytree|Sky Tree|スカイツリー|晴空塔|스카이트리"),
    "Five-Storey Pagoda": (
        japan_temples.pagoda,
        "Pagoda|Five Story Pagoda|Five Storied Pagoda|Toji|To-ji|Horyu-ji|Horyuji|Yasaka Pagoda|Pagode|五重塔|八坂の塔|Пагода",
    ),
    "Itsukushima Torii": (
        japan_temples.itsukushima,
        "Itsukushima|Miyajima|Torii|Torii Gate|Floating Torii|Itsukushima Shrine|Japanese Gate|厳島|鳥居|嚴島|严岛|도리이|Тории",
    ),
    "Kinkaku-ji": (
        japan_temples.kinkakuji, "Kinkakuji|Golden Pavilion|Temple of the Golden Pavilion|Pavillon d'Or|金閣寺|金阁寺|긴카쿠지|Кинкаку-дзи",
    ),
    "Todai-ji": (japan_temples.todaiji, "Todaiji|Tōdai-ji|Great Buddha Hall|Daibutsuden|Nara Temple|東大寺|东大寺|Тодай-дзи"),
    "Kaminarimon": (
        japan_temples.kaminarimon, "Kaminari-mon|Thunder Gate|Sensoji|Senso-ji|Sensō-ji|Asakusa|雷門|浅草寺|雷门|센소지|Каминаримон",
    ),
    "Fushimi Inari": (
        japan_temples.fushimi, "Fushimi Inari Taisha|Fushimi Inari Shrine|Inari Shrine|Shinto Shrine|Japanese Shrine|伏見稲荷|伏见稻荷|후시미 이나리",
    ),
    "Kiyomizu-dera": (
        japan_temples.kiyomizu, "Kiyomizudera|Kiyomizu|Kiyomizu Temple|Japanese Temple|清水寺|기요미즈데라|Киёмидзу-дэра",
    ),
    "Great Buddha of Kamakura": (
        japan_temples.great_buddha, "Great Buddha|Kamakura Buddha|Kamakura Daibutsu|Daibutsu|Buddha|Kamakura|鎌倉大仏|大仏|Будда",
    ),
}  # fmt: skip

KNOWN: dict[str, tuple[Draw, str]] = PARIS | EGYPT | JAPAN
"""Name -> (drawing, further names separated by |)."""
