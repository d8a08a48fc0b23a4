"""Choices in other scripts than Latin: "积极、消极还是中性", "高 / 中 / 低"."""

from __future__ import annotations

from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_pairs import find_known_pair
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

HAN = r"[「“『]?(?:(?![是为為或])[\u4e00-\u9fffA-Za-z]){1,8}?[」”』]?"
KANA = r"[「『]?[\u3040-\u30ff\u4e00-\u9fffA-Za-z]{1,12}?[」』]?"
HANGUL = r"['‘\"]?[\uac00-\ud7a3]{1,6}(?: [\uac00-\ud7a3]{1,6})?['’\"]?"
WORD = r"[^\W\d_][^\s,،;:.!?؟।/]{0,15}"
THAI = r"[\u0e00-\u0e7f]{2,14}"
LAST = "(?:还是|還是|或者|或是|或)"
SERIES = (
    make_regex(
        rf"(?:[是为為：:类類]|属于|屬於|分成|表达|判断|判斷)({HAN}(?:[、，/]{HAN}){{0,6}}[、，]?{LAST}{HAN})"
        r"(?=[？?。，,；;\s]|\Z|呢|的|中)"
    ),
    make_regex(rf"[：:为為成]\s?({HAN}(?:[、/]{HAN}){{1,8}})(?=[。；;\s]|\Z|之一|中的)"),
    make_regex(
        rf"(?:[はをがで：:？?、]|\A|\n)\s?({KANA}(?:[、/・]\s?{KANA}){{1,8}}|{KANA}(?:か、?{KANA}){{1,6}})"
        r"(?=の(?:どれ|いずれ|どちら|うち|中)|か(?:を|で|に|、|。|？|\?)|のどの)"
    ),
    make_regex(
        rf"(?:[은는을를이가:] ?|\A|\n)({HANGUL}(?:\s?[,/]\s?{HANGUL}){{1,8}})"
        r"(?=\s?중(?:에서|에)?\s?(?:하나|어느|어디|무엇|어떤|한)|\s?(?:으로|로) (?:분류|답|구분))"
    ),
    make_regex(
        rf"(?<!\w)({WORD}(?:\s?[,،/]\s?{WORD}){{0,6}}(?:,?\s(?:या|अथवा|أم|أو|או)\s?{WORD}){{1,6}})"
        r"(?=\s|[?؟.।]|\Z)"
    ),
    make_regex(rf"เป็น({THAI}(?:[,/ ]\s?{THAI}){{0,5}} ?หรือ{THAI})"),
    make_regex(
        r"(?:[:：?？]|\A|\n"
        r"|を)\s?([^\s/:：?？。]{1,12}(?:\s?/\s?[^\s/:：?？。]{1,12}){1,6})(?=\s*(?:\n|\Z))"
    ),
)
"""Options in a row, as Chinese, Japanese, Korean, Hindi, Arabic, Hebrew and Thai list them."""
SPLIT = make_regex(
    r"\s?[、，,،/・]\s?(?:还是|還是|或者|或是|或|या|أم|أو|או\s)?\s?|还是|還是|或者|或是|或|หรือ"
    r"|\s(?:या|अथवा|أم|أو|או)\s|(?<=[\u3040-\u9fff」])か、?(?=[\u3040-\u9fff「])"
)
THAI_SPLIT = make_regex(r"[,/ ]\s?|หรือ")
PARTICLE = make_regex(r"\A[\u3040-\u30ff\u4e00-\u9fff]{2,12}[はを](?=[\u30a0-\u30ff\u4e00-\u9fff])")
"""The words before the first option of a Japanese sentence."""
MARKS = " \"'“”‘’「」『』"
MAX_PROMPT = 400
WRITES = make_regex(
    r"[写寫](?:一|出|篇)|列出|列举|列舉|介绍|介紹|书いて|書いて|挙げて|써 ?[주줘]|작성|설명"
    r"|比較して|比较一下|翻译|翻譯"
    r"|翻訳|번역|表[格で]|اكتب|लिख|เขียน|כתוב|JSON|json|すべて|全部|모두|提取|抽出"
)
"""Other wishes for a text that has words in a row."""


@form(
    "option in another script",
    "这句话的情感是积极、消极还是中性？只回答一个词。\n\n“服务太差了。”",
    "このチケットの緊急度は？ 高 / 中 / 低\n\n「サーバーが落ちました」",
    about="one of the options in a row, in languages with other scripts than Latin",
)
def choose_in_script(question: Question) -> str | None:
    text = question.stated[:MAX_PROMPT]
    if question.is_latin or not (question.material or question.is_terse) or WRITES.search(text):
        return None
    labels = find_row(text)
    if len(labels) < 2 or find_known_pair(text) is not None:
        return None
    return choose(labels, [""] * len(labels), question.material or text, question)


def find_row(text: str) -> list[str]:
    """Return the options that an instruction has in a row; nothing without them."""
    for pattern in SERIES:
        if match := pattern.search(text):
            split = THAI_SPLIT if "หรือ" in match[1] else SPLIT
            labels = [trim(one) for one in split.split(match[1])]
            return [one for one in dict.fromkeys(labels) if one]
    return []


def trim(label: str) -> str:
    """Return an option without marks and the words around it."""
    return PARTICLE.sub("", label.strip(MARKS)).removesuffix("です").removeprefix("或")
