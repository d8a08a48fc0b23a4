"""Choices in other scripts than Latin: "积极、消极还是中性", "高 / 中 / 低"."""

from __future__ import annotations

from mockgem.operations.forms.labels import choose
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.option_pairs import find_known_pair
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.statements import list_marked

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
    needs="script",
    about="one of the options in a row, in languages with other scripts than Latin",
)
def choose_in_script(question: Question) -> str | None:
    text = question.stated[:MAX_PROMPT]
    if question.is_latin or not (question.material or question.is_terse) or WRITES.search(text):
        return None
    labels = find_row(text)
    labels = labels or list_slashed(text)
    if len(labels) < 2 or find_known_pair(text) is not None:
        return None
    items = list_marked(question.prompt)
    if items and (NUMBERED.search(text) or EACH_LINE.search(text)):
        mark = ": " if NUMBERED.search(text) else ". "
        return "\n".join(
            f"{at}{mark}{choose(labels, [''] * len(labels), item, question)}"
            for at, item in enumerate(items[:100], 1)
        )
    return choose(labels, [""] * len(labels), question.material or text, question)


NUMBERED = make_regex(
    r"['‘\"“「](?:번호|番号|编号|編號|序号|序號|номер|หมายเลข|رقم|מספר"
    r"|क्रमांक) ?[:：] ?[^'’\"”」]{1,12}['’\"”」]"
)
EACH_LINE = make_regex(r"한 줄에 하나|一行に(?:一つ|1つ)|每行一个|每行一個|一行一个")
"""A wish for the label of each numbered text: "한 줄에 하나씩 '번호: 라벨' 형식"."""
SLASHED = make_regex(
    r"(?<![\w/])((?:[\uac00-\ud7a3]{2,5}?|[\u4e00-\u9fff\u3040-\u30ff]{1,6}?)(?:/(?:[\uac00-\ud7a3]{2,5}?"
    r"|[\u4e00-\u9fff\u3040-\u30ff]{1,6}?)){1,6})(?=으?로\s|に(?:分類|分け)|[，,。 ]|로 )"
)


def list_slashed(text: str) -> list[str]:
    """Return options between slashes in front of a particle: "긍정/부정으로"."""
    match = SLASHED.search(text)
    return match[1].split("/") if match else []


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
    bare = PARTICLE.sub("", label.strip(MARKS)).removesuffix("です").removeprefix("或")
    return bare.removesuffix("으") if len(bare) > SHORTEST else bare


SHORTEST = 2
"""Syllables of a Korean option, to which a particle may stick: "부정으로"."""
