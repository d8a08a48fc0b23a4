"""Find the fields or columns that a prompt in another language lists, before or after the word."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER
from mockgem.operations.forms.field_blocks import KEYS
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.serialising import ROW_UNITS

KEY = make_regex(
    rf"(?<!\w)(?:{KEYS}|(?:alan|anahtar|sütun|kolon)\w*|kol[uo]mny|pole\w*|полям\w*|столбц\w*"
    rf"|стовпц\w*|"
    r"колонк\w*|ключ\w*|kolom|field|fieldy?|cột|(?:các )?trường|khóa|thuộc tính)(?!\w)"
    r"|(?:ال|بال|لل)?(?:حقول|أعمدة|اعمدة|مفاتيح|الأعمدة|الحقول)|ה?(?:שדות|עמודות|מפתחות)|फ़?ील्ड"
    r"|फील्ड|कॉलम|कुंजि\w*"
    r"|列(?!出|表)|字段|欄位|栏位|键|キー|フィールド|項目|필드|열(?=[이을로의 ]|$)"
    r"|키(?=[를로가는:： ]|$)|คอลัมน์|ฟิลด์|คีย์",
    re.I,
)
"""The word for fields or columns."""
EXTRACTED = make_regex(
    r"を(?:抽出|取り出|含|持)|を?JSON|를? ?추출|을 추출|निकाल|(?:bilgi\w+ )?(?:çıkar|içer)\w*", re.I
)
"""What follows fields that a prompt names without a word for them."""
AND = r"(?:and|und|y|e|ed|et|en|i|oraz|ve|и|та|і|й|و|और|dan|và|และ|&)"
SEPARATOR = make_regex(
    rf"\s?[,;،、，]\s?(?:{AND}\s)?|\s{AND}\s|(?<=\S)\s?(?:和|与|與|及び|及|および|と)\s?(?=\S)"
    r"|(?<=[\uac00-\ud7a3a-z\"'`”’」])(?:와|과) |\sו-?(?=[\w\u05d0-\u05ea])",
    re.I,
)
NOT_NAMES = make_regex(
    rf"^{NUMBER}\s?(?:{ROW_UNITS})|^(?:共|총|รวม|จำนวน)?\s?{NUMBER}",
    re.I,
)
END = make_regex(
    r"\s(?:con|mit|avec|com|met|z|ze|ile|с|со|з|із|مع|من|עם|के|का|की|वाली|वाले|จำนวน|zurück"
    r"|terug|para|für|pour|per|voor|dla|для|"
    r"för|cho|untuk|dari|từ|über|sobre|sur|su|o|aus|de|del|des|du|di|della|da|em|in|zu[mr]?|na"
    r"|на|ed|dengan|sebanyak|gồm|olarak|şeklinde|als|como|come|jako|sebagai|על|של|عن|حول"
    r"|sobre)(?!\w)"
    r"|(?:です|を|で|に|が|の|이|을|를|로|으로|형식)(?:\s|$|持|使|し|含|お)|(?<=[\u4e00-\u9fff])(?:的|共)|\s?[(（]"
    r"|\sل(?=[\u0621-\u064a]{3})|(?<=[\"'`”’」])(?:이?야|이?예요|이에요|입니다|이다|으로|로|です)(?:\s|$)",
    re.I,
)
LINE_END = make_regex(r"[.。!！?？\n…:：]|\s[-–—]\s")
TAIL = make_regex(
    r"\s?(?:の|という|といった|名の|이라는|라는|인|adlı|isimli|olan|şeklindeki|नाम के|नामक|के"
    r"|की|का|和|这些|這些|这|這|[两兩三四五六]?[个個]|三つの)\s*$"
)
WORD = make_regex(r"[^\W\d][\w'’./-]{0,30}")
MIXED = make_regex(
    r"[A-Za-z]\s?[\u3040-\u9fff\uac00-\ud7a3]|[\u3040-\u9fff\uac00-\ud7a3]\s?[A-Za-z]"
)
"""Letters of two scripts: a name with words of the sentence around it."""
MAX_WORDS = 3
QUOTES = "\"'`“”«»„「」『』*"


EACH_HAS = make_regex(
    r"每[^，。,、\n]{1,8}?(?:都)?(?:有|包含|包括|含)|各[^、。\n]{1,10}?(?:には|は|に)(?=[^。\n]{1,12}[、と])"
    r"|(?<!\w)각 ?[^\n,]{1,10}?(?:은|는|에는|에) (?=\S{1,10},)|แต่ละ[^\s,]{1,10}?มี",
)
"""What stands before the fields of each of several things: "每本书有书名、作者"."""


def find_local_names(text: str) -> list[str]:
    """Return the names in "mit den Spalten Land und Sprache" or "国、首都の列を持つ表"."""
    for match in KEY.finditer(text[:3000]):
        found = read_after(text[match.end() : match.end() + 300])
        if len(found) < 2:
            found = read_before(text[max(0, match.start() - 300) : match.start()])
        if len(found) > 1:
            return found
    for match in EACH_HAS.finditer(text[:3000]) if not text.isascii() else ():
        if len(found := read_after(text[match.end() : match.end() + 300])) > 1:
            return found
    for match in EXTRACTED.finditer(text[:3000]) if not text.isascii() else ():
        if len(found := read_before(text[max(0, match.start() - 300) : match.start()])) > 1:
            return found
    return []


def read_after(text: str) -> list[str]:
    """Return the names at the beginning of a text, up to a word that ends the list."""
    lead = re.match(
        r"\s?(?:[:：]|は|为|為|是|有|은|는|이|가|包括|包含|分别是|分別是|ได้แก่|คือ|sau|sau đây"
        r"|berikut|seguenti|siguientes"
        r"|suivants?|suivantes|folgenden|volgende|następujące|следующие|такие)?\s?[:：]?\s*"
        r"(?:(?![^:：]{0,40}(?:和|与|與|と|와| (?:und|y|et|e|и|i"
        r"|en) ))[^,،、，:：\n]{0,40}[:：]\s?(?=[^.\n]{2,30}[,،、，]))?",
        text,
        re.I,
    )
    listed = LINE_END.split(text[lead.end() if lead else 0 :], maxsplit=1)[0]
    names: list[str] = []
    for item in split_names(listed):
        if NOT_NAMES.match(item):
            break
        name = END.split(f"{item} ", maxsplit=1)[0].strip(f" {QUOTES}")
        if not is_name(name):
            break
        names.append(name)
        if name != item:
            break
    return names


def read_before(text: str) -> list[str]:
    """Return the names at the end of a text."""
    listed = LINE_END.split(text)[-1]
    listed = re.split(r"[:：]", TAIL.sub("", listed.strip()))[-1]
    items = split_names(listed)
    if len(items) < 2:
        return []
    first = items[0].split()[-1:] or [""]
    first = [re.split(r"(?<=[\u3040-\u30ff])(?=[A-Za-z\u4e00-\u9fff])", first[0])[-1]]
    names = [*first, *items[1:]]
    return names if all(map(is_name, names)) else []


def split_names(text: str) -> list[str]:
    items = [item.strip(f" {QUOTES}") for item in SEPARATOR.split(text)]
    return [item for item in items if item]


def is_name(text: str) -> bool:
    words = text.split()
    if MIXED.search(text):
        return False
    return 0 < len(words) <= MAX_WORDS and len(text) < 32 and all(map(WORD.match, words))


def find_noted_names(text: str) -> list[tuple[str, str]]:
    """Return the names that a text lists, with what stands in parentheses after them."""
    notes = dict(NOTED.findall(text))
    return [(name, notes.get(name, "")) for name in find_local_names(NOTE.sub(keep_list, text))]


def keep_list(match: re.Match[str]) -> str:
    """Return parentheses with a list in them without the marks, others as nothing."""
    is_list = re.search("[:：]", match[0]) is not None
    return f". {match[0].strip(' ()（）')}." if is_list else ""


NOTE = make_regex(r" ?[(（][^()（）\n]{1,60}[)）]")
NOTED = make_regex(r"([^\s\d(),、，：:（][^\s(),、，（]{0,30}) ?[(（]([^()（）\n:：]{1,60})[)）]")
