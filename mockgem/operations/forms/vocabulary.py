"""Everyday words in twenty languages: for lists, for tables of words, and for translations."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from mockgem.operations.forms.lazy_patterns import make_regex

FILE = Path(__file__).parent.parent.parent / "data" / "words.json"
KINDS = (
    (
        "fruits",
        make_regex(
            r"\b(?:fruits?|obst\w*|früchte\w*|frutas?|frutta|frutti|owoc\w*|meyve\w*|фрукт\w*|buah"
            r"|trái cây)\b|فواكه|פירות|फल(?!स)|果物|フルーツ|水果|과일|ผลไม้",
            re.I,
        ),
    ),
    (
        "animals",
        make_regex(
            r"\b(?:animals?|pets?|(?:haus)?tiere?n?|animaux|animal|animales|mascotas?|animais"
            r"|animali|(?:huis)?dieren|zwierz\w*|hayvan\w*|животн\w*|тварин\w*|động vật|con vật"
            r"|vật nuôi|hewan|binatang)\b|حيوان|חיות|בעלי חיים|जानवर|動物|ペット|动物|宠物|寵物"
            r"|동물|สัตว์",
            re.I,
        ),
    ),
    (
        "colors",
        make_regex(
            r"\b(?:colou?rs?|farben?|couleurs?|colores|cores|colori|kleuren|kolor\w*|renk\w*"
            r"|цвет(?:а|ов)?|кольор\w*|màu(?: sắc)?|warna)\b|ألوان|צבעים|रंग|色|颜色|顏色|색깔"
            r"|색상|สี(?=[^่])",
            re.I,
        ),
    ),
    (
        "foods",
        make_regex(
            r"\b(?:foods?|lebensmitteln?|aliments?|alimentos?|alimenti|cibi|levensmiddelen"
            r"|produkty spożywcze|yiyecek\w*|продукт\w* питания|thực phẩm|món ăn|makanan)\b"
            r"|أطعمة|מאכלים|खाद्य|食べ物|食品|食物|음식|อาหาร",
            re.I,
        ),
    ),
    (
        "kitchen",
        make_regex(
            r"\b(?:kitchen(?:ware)?|cutlery|tableware|utensils|küchen\w+|geschirr|ustensiles|couverts"
            r"|utensilios|cubiertos|utensílios|talheres|posate|stoviglie|keukengerei|bestek)\b",
            re.I,
        ),
    ),
    (
        "adjectives",
        make_regex(
            r"\b(?:adjectives?|synonyms?|antonyms?|adjektive?n?|synonyme?n?|adjetivos?"
            r"|sinónimos?|sinônimos?"
            r"|adjectifs?|aggettivi|sinonimi|synoniem\w*|synonim\w*|przymiotnik\w*|sıfat\w*"
            r"|eş anlamlı\w*"
            r"|прилагательн\w*|синоним\w*|прикметник\w*|синонім\w*|tính từ|từ đồng nghĩa|sinonim"
            r"|kata sifat)\b|صفات|مرادفات|תארים|נרדפות|विशेषण|पर्यायवाची|समानार्थी|形容詞|形容词"
            r"|類義語|同義語|同义词|同義詞|近义词"
            r"|형용사|동의어|유의어|คำคุณศัพท์|คำพ้อง",
            re.I,
        ),
    ),
)
"""Kinds of words with the nouns for them in all languages."""
PHRASES = (
    r"good ?night|gute nacht|bonne nuit|buenas noches|buona ?notte|goedenacht|dobranoc|おやすみ"
    r"|晚安",
    r"(?:good)?bye|auf wiedersehen|au revoir|adiós|arrivederci|tot ziens|до свидания|再见"
    r"|さようなら",
    r"please|bitte|s'il (?:vous|te) plaît|por favor|per favore|alsjeblieft|пожалуйста",
    r"(?:i(?:['’]m| am) )?(?:so |very )?sorry|es tut mir leid|je suis désolée?|lo siento"
    r"|mi dispiace",
    r"see you tomorrow|bis morgen|à demain|hasta mañana|a domani|tot morgen|до завтра",
)
COMPILED_PHRASES = [make_regex(rf"\W*(?:{phrase})\W*\Z", re.I) for phrase in PHRASES]


@cache
def load_words(code: str) -> dict[str, list[str]]:
    """Return the words of a language by kind; the same places mean the same in all languages."""
    found = json.loads(FILE.read_text(encoding="utf-8")).get(code, {})
    return {kind: words.split(" / ") for kind, words in found.items()}


@cache
def index_words() -> dict[str, tuple[str, int]]:
    """Return the kind and the place of each word of all languages, in small letters."""
    codes = json.loads(FILE.read_text(encoding="utf-8"))
    return {
        word.lower(): (kind, at)
        for code in reversed(codes)
        for kind, words in load_words(code).items()
        for at, word in enumerate(words)
        if word.lower() not in ENGLISH_TOO or code == "en"
    }


ENGLISH_TOO = frozenset(
    """brief kind image main sole sale most list but el anne api jam pie pan et para tas
    lit hut ten mare guru vet gift bad pies tear sage""".split()
)
"""Words of other languages that are English words with another meaning."""


def find_kind(text: str) -> str:
    """Return the kind of words that a text names; empty if it names none."""
    return next((kind for kind, pattern in KINDS if pattern.search(text)), "")


def list_words(code: str, kind: str = "plain") -> list[str]:
    return load_words(code)[kind]


CAPITAL = make_regex(
    r"capital|hauptstadt|hoofdstad|stolic|başkent|столиц|عاصمة|בירה|राजधानी|首都|수도"
    r"|thủ đô|ibu kota|เมืองหลวง",
    re.I,
)


def list_fitting(text: str, code: str) -> list[str]:
    """Return single words of a language: of the kind that a text names, else of any kind."""
    kind = "capitals" if CAPITAL.search(text) else find_kind(text) or "plain"
    words = list_words(code, kind)
    return [word for word in words if " " not in word] or [word.split()[-1] for word in words]


def list_nouns(code: str) -> list[str]:
    """Return everyday nouns in an order that is the same in all languages."""
    words = load_words(code)
    kinds = ("home", "life", "foods", "animals", "times", "fruits")
    return [words[kind][at] for at in range(6) for kind in kinds]


def translate_word(text: str, code: str) -> str:
    """Return a known word or phrase in a language; empty for another one."""
    plain = re.sub(
        r"^(?:the|an?|der|die|das|le|la|les|el|il|los|het|de) ", "", text.strip(" .!?¿¡\"'").lower()
    )
    for at, pattern in enumerate(COMPILED_PHRASES):
        if pattern.match(text):
            return load_words(code)["phrases"][at]
    found = index_words().get(plain) or index_words().get(plain.removesuffix("s"))
    return load_words(code)[found[0]][found[1]] if found else ""
