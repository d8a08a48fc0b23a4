"""Find the language of a text by its letters and most common words."""

from __future__ import annotations

from functools import lru_cache

from mockgem.operations.forms.language_words import AMBIGUOUS, LATIN_WORDS
from mockgem.operations.forms.lazy_patterns import make_regex

MAX_TEXT = 600
SCRIPTS = (
    ("ja", make_regex("[\u3041-\u30ff]")),
    ("ko", make_regex("[\uac00-\ud7a3]")),
    ("zh", make_regex("[\u4e00-\u9fff]")),
    ("th", make_regex("[\u0e01-\u0e5b]")),
    ("hi", make_regex("[\u0904-\u096f]")),
    ("he", make_regex("[\u05d0-\u05ea]")),
    ("ar", make_regex("[\u0621-\u064a]")),
    ("uk", make_regex("[іїєґІЇЄҐ]")),
    ("ru", make_regex("[а-яёА-ЯЁ]")),
)
"""Letters that tell a language, the most particular first."""
TRADITIONAL = make_regex(
    "[們說與為時從對學問關點實應後過這個麼請寫說嗎樣還見東車長門開馬語讓會灣國話買賣書電當無發氣歡愛聽頭線義業專區歷經濟陽飛鐵魚鳥龍麵飯館廣場處兒幾變讀錢銀]"
)
LATIN_LETTERS = {
    "vi": "ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
    "tr": "ğışİ",
    "pl": "ąćęłńśźż",
    "de": "ßäü",
    "pt": "ãõ",
    "es": "ñ¿¡",
    "fr": "œêèçû",
    "it": "ìò",
}
UKRAINIAN = make_regex("[іїєґІЇЄҐ]")
RUSSIAN = make_regex("[ыэъёЫЭЪЁ\u3041-\u30ff\uac00-\ud7a3\u4e00-\u9fff]")
UKRAINIAN_WORDS = frozenset(
    "що як чи це від мені ласка який яка яке розкажи поясни чому коли переклади треба".split()
)
"""Words that Russian does not have."""
WORD = make_regex(r"[^\W\d_]+(?:'[^\W\d_]+)?")
WORD_SETS = {code: frozenset(words.split()) for code, words in LATIN_WORDS.items()}
FOREIGN_WORDS = (
    frozenset().union(*(words for code, words in WORD_SETS.items() if code != "en"))
    - WORD_SETS["en"]
    - AMBIGUOUS
)
"""Common words of other languages that are not English ones as well."""
LANGUAGE_NAMES = {
    "en": "english englisch englische anglais inglés inglês inglese engels angielski angielskim "
    "ingilizce inggris"
    " английский английском англійською англійська 英語 英语 英文 영어 إنجليزية الإنجليزية "
    "אנגלית अंग्रेज़ी",
    "de": "german deutsch deutsche allemand alemán alemão tedesco duits niemiecki almanca "
    "jerman немецком"
    " немецкий 德语 德文 德語 ドイツ語 독일어",
    "fr": "french französisch französische français francés francês francese frans francuski "
    "fransızca prancis"
    " французском французский 法语 法文 法語 フランス語 프랑스어",
    "es": "spanish spanisch spanische espagnol español espanhol spagnolo spaans hiszpański "
    "ispanyolca spanyol"
    " castellano испанском испанский 西班牙语 西班牙文 スペイン語 스페인어",
    "pt": "portuguese portugiesisch portugais portugués português portoghese portugees portekizce"
    " brazilian португальском 葡萄牙语 ポルトガル語",
    "it": "italian italienisch italienische italien italiano italiaans włoski italyanca "
    "italia итальянском"
    " 意大利语 イタリア語 이탈리아어",
    "nl": "dutch niederländisch néerlandais neerlandés holandés holandês olandese nederlands "
    "holenderski"
    " hollandaca 荷兰语 オランダ語",
    "pl": "polish polnisch polonais polaco polonês polacco pools polski polsku lehçe польском"
    " 波兰语",
    "tr": "turkish türkisch turc turco turks turecki türkçe турецком 土耳其语",
    "ru": "russian russisch russische russe ruso russo rosyjski rusça rusia русский русском"
    " 俄语 俄文 ロシア語 러시아어",
    "uk": "ukrainian ukrainisch ukrainien ucraniano ucraino українською українська украинском",
    "ar": "arabic arabisch arabe árabe arabo arabski arapça العربية арабском 阿拉伯语 アラビア語",
    "he": "hebrew hebräisch hébreu hebreo hebraico ebraico עברית",
    "hi": "hindi हिंदी हिन्दी",
    "ja": "japanese japanisch japanische japonais japonés japonês giapponese japans japoński "
    "japonca jepang"
    " японском 日本語 日语 日文",
    "zh": "chinese mandarin chinesisch chinesische chinois chino chinês cinese chinees "
    "chiński çince "
    "китайском 中文"
    " 汉语 中国語 简体中文",
    "zh-Hant": "繁體中文 正體中文",
    "ko": "korean koreanisch coréen coreano koreaans koreański korece корейском 한국어 韩语 韓国語",
    "vi": "vietnamese vietnamesisch vietnamien vietnamita việt vietnam",
    "id": "indonesian bahasa indonesisch indonésien indonesio indonesia",
    "th": "thai thailändisch tailandés ภาษาไทย 泰语 タイ語",
}
CODES = {name: code for code, names in LANGUAGE_NAMES.items() for name in names.split()}


@lru_cache(maxsize=256)
def detect(text: str) -> str:
    """Return the code of a text's language, "en" if nothing tells another one."""
    text = text[:MAX_TEXT]
    if text.isascii():
        is_english = FOREIGN_WORDS.isdisjoint(WORD.findall(text.lower()))
        return "en" if is_english else detect_latin(text)
    letter_count = count_letters(text)
    if not UKRAINIAN_WORDS.isdisjoint(WORD.findall(text.lower())):
        return "uk"
    if UKRAINIAN.search(text) and not RUSSIAN.search(text):
        return "uk"
    for code, letters in SCRIPTS:
        share = 25 if code in ("ja", "uk") else 3
        if len(letters.findall(text)) * share >= letter_count:
            return "zh-Hant" if code == "zh" and TRADITIONAL.search(text) else code
    return detect_latin(text)


def count_letters(text: str) -> int:
    return sum(map(str.isalpha, text)) or 1


SPELLINGS = {
    code: make_regex(pattern)
    for code, pattern in {
        "de": r"sch|ung$|lich$|keit$|^ge\w+t$|ae|oe|ue",
        "fr": r"eau|oux$|ez$|aux$|^qu|ement$|eur$|tte$",
        "es": r"cion$|^ll|dad$|ame$|eme$|arme$|ando$|iendo$|ue[sn]",
        "pt": r"cao$|coes$|ao$|nh|lh|agem$|ndo$|inho$",
        "it": r"zion[ei]$|gli|cch|zz|tt[oaei]$|ssim|are$|ere$",
        "nl": r"ij|aa|oo|uu|sch|lijk$|tje$|heid$",
        "pl": r"sz|cz|rz|prz|dz|ow$|ych$|iej$|ze$|wy",
        "tr": r"l[ea]r[iı]?$|yor|d[ıiu]r$|lik$|y[ei]$|[^aeiou]l[iu]$",
        "id": r"kan$|nya$|^me[mn]|^ber|^ter|^pe[mn]|asi$|ng$",
    }.items()
}
"""Beginnings, ends and letters of words that tell a language when the words are rare."""


def detect_latin(text: str) -> str:
    """Return the language with the most common words and letters in a text."""
    words = WORD.findall(text.lower())
    letters = frozenset(text + text.lower() if not text.isascii() else ())
    best, best_score, english = "en", 0.0, 0.0
    for code, known in WORD_SETS.items():
        score = float(sum(map(known.__contains__, words)))
        if score and code in SPELLINGS:
            score += 0.5 * sum(SPELLINGS[code].search(word) is not None for word in words[:20])
        score += 1.5 * len(letters.intersection(LATIN_LETTERS.get(code, "")))
        english = score if code == "en" else english
        if score > best_score:
            best, best_score = code, score
    is_foreign = best_score >= 2 or letters or (best_score and not english and len(words) > 1)
    return best if is_foreign else "en"
