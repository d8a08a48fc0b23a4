"""Products, jobs, colours and cities of things in other languages, for invented data."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_lists import MAX_TEXT, find_local_things
from mockgem.operations.forms.vocabulary import find_kind, list_words

PRODUCTS = {
    "de": "Schreibtischlampe|Trinkflasche|Notizbuch|Kabellose Maus|Rucksack",
    "fr": "Lampe de bureau|Gourde|Carnet|Souris sans fil|Sac à dos",
    "es": "Lámpara de mesa|Botella de agua|Cuaderno|Ratón inalámbrico|Mochila",
    "pt": "Luminária de mesa|Garrafa de água|Caderno|Mouse sem fio|Mochila",
    "it": "Lampada da tavolo|Borraccia|Quaderno|Mouse senza fili|Zaino",
    "nl": "Bureaulamp|Drinkfles|Notitieboek|Draadloze muis|Rugzak",
    "pl": "Lampka biurkowa|Butelka na wodę|Notatnik|Mysz bezprzewodowa|Plecak",
    "tr": "Masa lambası|Su şişesi|Defter|Kablosuz fare|Sırt çantası",
    "ru": "Настольная лампа|Бутылка для воды|Блокнот|Беспроводная мышь|Рюкзак",
    "uk": "Настільна лампа|Пляшка для води|Блокнот|Бездротова миша|Рюкзак",
    "ja": "デスクライト|水筒|ノート|ワイヤレスマウス|リュックサック",
    "zh": "台灯|水杯|笔记本|无线鼠标|背包",
    "zh-Hant": "檯燈|水壺|筆記本|無線滑鼠|背包",
    "ko": "책상 스탠드|물병|공책|무선 마우스|배낭",
}
JOBS = {
    "de": "Ingenieurin|Lehrer|Krankenpfleger|Architektin|Buchhalter",
    "fr": "ingénieure|professeur|infirmier|architecte|comptable",
    "es": "ingeniera|profesor|enfermero|arquitecta|contable",
    "pt": "engenheira|professor|enfermeiro|arquiteta|contador",
    "it": "ingegnere|insegnante|infermiere|architetto|contabile",
    "nl": "ingenieur|leraar|verpleegkundige|architect|boekhouder",
    "pl": "inżynier|nauczyciel|pielęgniarka|architekt|księgowy",
    "tr": "mühendis|öğretmen|hemşire|mimar|muhasebeci",
    "ru": "инженер|учитель|медсестра|архитектор|бухгалтер",
    "uk": "інженер|учитель|медсестра|архітектор|бухгалтер",
    "ja": "エンジニア|教師|看護師|デザイナー|会計士",
    "zh": "工程师|教师|护士|设计师|会计",
    "zh-Hant": "工程師|教師|護理師|設計師|會計師",
    "ko": "엔지니어|교사|간호사|디자이너|회계사",
}
COLORS = {
    "de": "rot|grün|blau|gelb|schwarz",
    "fr": "rouge|vert|bleu|jaune|noir",
    "es": "rojo|verde|azul|amarillo|negro",
    "pt": "vermelho|verde|azul|amarelo|preto",
    "it": "rosso|verde|blu|giallo|nero",
    "nl": "rood|groen|blauw|geel|zwart",
    "pl": "czerwony|zielony|niebieski|żółty|czarny",
    "ru": "красный|зелёный|синий|жёлтый|чёрный",
    "ja": "赤|緑|青|黄色|黒",
    "zh": "红色|绿色|蓝色|黄色|黑色",
    "ko": "빨강|초록|파랑|노랑|검정",
}
TITLES = {
    "de": "Der lange Weg|Das stille Haus|Unter der alten Brücke|Sieben kleine Schritte",
    "fr": "Le long chemin|La maison tranquille|Sous le vieux pont|Sept petits pas",
    "es": "El largo camino|La casa tranquila|Bajo el viejo puente|Siete pasos",
    "pt": "O longo caminho|A casa tranquila|Sob a velha ponte|Sete passos",
    "it": "La lunga strada|La casa tranquilla|Sotto il vecchio ponte|Sette passi",
    "nl": "De lange weg|Het stille huis|Onder de oude brug|Zeven stappen",
    "pl": "Długa droga|Cichy dom|Pod starym mostem|Siedem kroków",
    "ru": "Долгая дорога|Тихий дом|Под старым мостом|Семь шагов",
    "ja": "遠い道|静かな家|古い橋の下で|七つの歩み",
    "zh": "漫长的路|安静的房子|老桥下|七小步",
    "ko": "먼 길|조용한 집|오래된 다리 아래|일곱 걸음",
}
INGREDIENTS = {
    "de": "Mehl|Zucker|Butter|Eier|Milch",
    "fr": "farine|sucre|beurre|œufs|lait",
    "es": "arroz|aceite|cebolla|tomate|sal",
    "pt": "farinha|açúcar|manteiga|ovos|leite",
    "it": "farina|zucchero|burro|uova|latte",
}
STEPS = {
    "de": "Zutaten vorbereiten|Alles mischen|Zwanzig Minuten garen|Warm servieren",
    "fr": "Préparer les ingrédients|Tout mélanger|Cuire vingt minutes|Servir chaud",
    "es": "Preparar los ingredientes|Mezclar todo|Cocinar veinte minutos|Servir caliente",
    "pt": "Preparar os ingredientes|Misturar tudo|Cozinhar vinte minutos|Servir quente",
    "it": "Preparare gli ingredienti|Mescolare tutto|Cuocere venti minuti|Servire caldo",
}
SUBJECTS = {
    "de": "Mathematik|Geschichte|Biologie",
    "fr": "mathématiques|histoire|biologie",
    "es": "matemáticas|historia|biología",
    "pt": "matemática|história|biologia",
    "it": "matematica|storia|biologia",
}
SIZES = {
    "de": "mittel|groß|klein",
    "fr": "moyen|grand|petit",
    "es": "mediano|grande|pequeño",
    "pt": "médio|grande|pequeno",
    "it": "medio|grande|piccolo",
    "nl": "middelgroot|groot|klein",
}
TEMPERAMENTS = {
    "de": "freundlich|lebhaft|ruhig|verspielt",
    "fr": "doux|vif|calme|joueur",
    "es": "amable|activo|tranquilo|juguetón",
    "pt": "amigável|ativo|calmo|brincalhão",
    "it": "amichevole|vivace|calmo|giocherellone",
    "nl": "vriendelijk|levendig|rustig|speels",
}
REGIONS = {
    "de": "Bayern|Sachsen|Hessen|Schwaben",
    "fr": "Normandie|Auvergne|Savoie|Bretagne",
    "es": "Andalucía|Galicia|Castilla|Asturias",
    "pt": "Minho|Alentejo|Algarve|Beira",
    "it": "Toscana|Lombardia|Puglia|Sicilia",
    "nl": "Friesland|Limburg|Zeeland|Drenthe",
}
MILKS = {
    "de": "Kuhmilch|Schafsmilch|Ziegenmilch",
    "fr": "lait de vache|lait de brebis|lait de chèvre",
    "es": "leche de vaca|leche de oveja|leche de cabra",
    "pt": "leite de vaca|leite de ovelha|leite de cabra",
    "it": "latte di mucca|latte di pecora|latte di capra",
    "nl": "koemelk|schapenmelk|geitenmelk",
}
VALUES = {
    "size": SIZES,
    "temperament": TEMPERAMENTS,
    "region": REGIONS,
    "milk": MILKS,
    "ingredients": INGREDIENTS,
    "steps": STEPS,
    "subjects": SUBJECTS,
    "product": PRODUCTS,
    "item": PRODUCTS,
    "job": JOBS,
    "profession": JOBS,
    "occupation": JOBS,
    "color": COLORS,
    "title": TITLES,
    "book": TITLES,
}
"""The values of fields by their English names, then by language."""
PRODUCT_WORDS = make_regex(
    r"\b(?:productos?|artículos?|produkte?n?|artikeln?|produits?|articles?|prodott[oi]|articol[oi]"
    r"|produtos?|artigos?|producten?|produkt(?:y|ów)?|ürün(?:ler)?|товар\w*|продукт\w*)\b"
    r"|商品|製品|产品|產品|상품|제품",
    re.I,
)
"""Words for things whose name is not that of a person."""


def list_local_values(field: str, language: str, text: str) -> list[str]:
    """Return what a field such as "job" may hold in a language; empty if that is not known.

    Args:
        text: What the data is about. The name of a product is not that of a person.
    """
    if language == "en":
        return []
    if field in ("name", "names") and (kind := find_kind(text)) and kind != "adjectives":
        return list_words(language, kind)
    if field in NAMING and (things := find_local_things(text[:MAX_TEXT], language)):
        return things
    if field in ("name", "names") and PRODUCT_WORDS.search(text):
        field = "product"
    found = VALUES.get(field, {}).get(language, "")
    return found.split("|") if found else []


NAMING = frozenset("name names title item product".split())
"""Fields that may say what a thing is called; one word of another language stands for several."""


def list_all_values(*fields: str) -> list[str]:
    """Return what some fields may hold in all languages."""
    return [one for field in fields for words in VALUES[field].values() for one in words.split("|")]
