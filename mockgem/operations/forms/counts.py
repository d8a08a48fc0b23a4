"""Numbers in a prompt, as digits or words of several languages."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.word_patterns import join_words

WORDS = """
1: one a an single ein eine einem einen einer un une una um uma uno een jeden bir один одна satu một
2: two couple dwóch двух двома zwei deux dos dois duas due twee dwa dwie iki два две дві dua hai
3: three trzech трех трёх zwei_ drei trois tres três tre drie trzy üç три tiga ba
4: four czterech четырех vier quatre cuatro quatro quattro cztery dört четыре чотири empat bốn
5: five pięciu пяти fünf cinq cinco cinque vijf pięć beş пять п'ять lima năm
6: six sechs seis sei zes sześć altı шесть шість enam sáu
7: seven sieben sept siete sete sette zeven siedem yedi семь сім tujuh bảy
8: eight acht huit ocho oito otto osiem sekiz восемь вісім delapan tám
9: nine neun neuf nueve nove negen dziewięć dokuz девять дев'ять sembilan chín
10: ten zehn dix diez dez dieci tien dziesięć on_ десять sepuluh mười
12: twelve dozen zwölf douze doce doze dodici twaalf
15: fifteen
20: twenty zwanzig vingt veinte vinte venti
50: fifty
100: hundred
1: одним одной одном одну однім однією одному одно jednym jednej jedno één
2: двух двумя двома двох dwóch dwoma
3: трех трёх тремя трьома трьох trzech trzema
4: четырех четырёх чотирьох czterech
5: пяти п'яти pięciu
6: шести шісти sześciu
7: семи siedmiu
8: восьми ośmiu
9: девяти dziewięciu
10: десяти dziesięciu
"""
VALUES = {
    word: int(number)
    for line in WORDS.strip().splitlines()
    for number, _, words in [line.partition(": ")]
    for word in words.split()
}
CJK = {
    "一": 1,
    "二": 2,
    "两": 2,
    "兩": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "두": 2,
    "여섯": 6,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "สอง": 2,
    "ثلاث": 3,
    "ثلاثة": 3,
    "أربعة": 4,
    "أربع": 4,
    "خمس": 5,
    "خمسة": 5,
    "तीन": 3,
    "चार": 4,
    "पांच": 5,
    "पाँच": 5,
    "दो": 2,
    "שלוש": 3,
    "שלושה": 3,
    "חמש": 5,
    "חמישה": 5,
    "ארבע": 4,
    "שתי": 2,
}
for line in """
1: واحدة واحد אחת אחד एक
2: שני שתיים
4: ארבעה
5: خمسة חמישה
6: ستة ست שישה שש छह
7: سبعة سبع שבעה שבע सात
8: ثمانية ثماني שמונה आठ
9: تسعة تسع תשעה תשע नौ
10: عشرة عشر עשרה עשר दस
""".split("\n"):
    number, _, words = line.partition(": ")
    CJK.update(dict.fromkeys(words.split(), int(number or 0)))
LONG_WORDS = join_words(VALUES.keys() - {"a", "an", "ba", "năm", "on_", "sei"})
OTHER_WORDS = join_words(CJK)
NUMBER = rf"(?:\d{{1,4}}|(?<!\w)(?:{LONG_WORDS})(?!\w)|{OTHER_WORDS})"


def parse_count(text: str, most: int = 100) -> int:
    """Return the value of a number in digits or words, from 1 to `most`."""
    word = text.strip().lower()
    value = int(word) if word.isdecimal() else VALUES.get(word) or CJK.get(word) or 3
    return max(1, min(value, most))


def find_before(text: str, at: int, words: int = 1) -> str:
    """Return the number before a position, at most `words` words away; empty without a number."""
    near = SENTENCE_END.split(text[max(0, at - 20 * (words + 1)) : at])[-1]
    before = near.rstrip(" -").lower().translate(MARKS).split(" ")
    for word in reversed(before[-words - 1 :] if words > 1 else before[-1:]):
        plain = word.strip("(:.,;\"'*")
        if plain in UNITS:  # the number before it is a length
            return ""
        if (plain.isdecimal() and len(plain) < 5) or plain in VALUES or plain in CJK:
            return plain
        if plain[-1:] in CJK or plain[-1:].isdecimal():
            found = re.search(r"(\d{1,4}|[一二两兩三四五六七八九十])$", plain)
            if found:
                return found[1]
    return ""


UNITS = frozenset(("characters", "chars"))
SENTENCE_END = make_regex(r"[\n!?;:]|\.(?=\s)")
MARKS = str.maketrans({"-": " ", "\n": " ", "‑": " "})
