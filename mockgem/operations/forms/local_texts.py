"""Kinds of text in other languages than English: product descriptions, thanks, replies, posts."""

from __future__ import annotations

import re
from functools import cache

from mockgem.operations.forms.birthday_wishes import BIRTHDAY
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.fact_books import UNSPACED, Groups, has_words, read_groups, simplify
from mockgem.operations.forms.foreign_topics import EDGE_MARKS, shorten, strip_request
from mockgem.operations.forms.glosses import PROGRAM
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.lengths import find_length
from mockgem.operations.forms.local_answers import find_text, load_answers
from mockgem.operations.forms.phrases import translate_noun
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.short_texts import EMOJI, HASHTAGS, MAX_CHARACTERS, TWEET
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.writing import Writer

MAX_PROMPT = 300
"""Characters of an instruction that asks for a kind of text."""
PLACE = "{}"
SENTENCES = make_regex(r"Write (\d+) sentences\.")
MAIL = "Write an email."
ONE_PARAGRAPH = "Write 1 paragraphs."
ALLOWED = (MAIL, "Write a letter.", ONE_PARAGRAPH)
MAIL_WORDS = make_regex(
    r"\be-?mails?\b|\bmails?\b|betreff|\bcorreo\b|courriel|\basunto\b|\boggetto\b|\bobjet\b|assunto"
    r"|\bonderwerp\b|\be-?posta",
    re.I,
)
REPLIES = ("feedback", "reply")
FOR_MAILS = (*REPLIES, "delayed", "shipped", "apology", "welcome")
"""Kinds that are e-mails themselves; the others are not written for a wish for an e-mail."""
TOPIC_FIRST = ("ja", "ko", "tr", "hi", "zh", "zh-Hant")
"""Languages in which the topic stands before the kind of text."""
LINKS = {
    "ja": r"(?:用|向け|に関する|について|に対する)?の?\Z",
    "ko": r"(?:에 대한|에 관한|을 위한|를 위한|의|용)?\s?(?:짧은|간단한)?\s?\Z",
    "tr": r"\s?(?:için|hakkında|ile ilgili)?(?: kısa| bir| kısa bir)?\s?(?:instagram|sosyal)?\Z",
    "hi": r"\s?(?:के लिए|के बारे में|का|की|पर)?(?: एक| छोटा| संक्षिप्त){0,2}\s?\Z",
    "zh": r"(?:写|撰写|创作|生成)?(?:[一两几]?[个则篇段份条])?(?:简短|短)?的?\Z",
    "zh-Hant": r"(?:寫|撰寫|創作|生成)?(?:[一兩幾]?[個則篇段份條])?(?:簡短|短)?的?\Z",
}
"""What stands between a topic and the kind of text after it."""
PLATFORM = make_regex(
    r"\A\W*(?:(?:positiv|negativ|pozytywn|положительн|позитивн)\w*\s|(?:breve|cort[oa]|curt[oa]"
    r"|courte?|short|kurze[nrs]?|korte?|krótk\w+|коротк\w+|kısa)\s"
    r"|(?:[^\W\d_]{1,4}\s(?:[^\W\d_]{1,3}\s)?)?(?:instagram|facebook|linkedin|twitter|tiktok"
    r"|инстаграм\w*)\b|[לב]?(?:פייסבוק|אינסטגרם)|(?:على |عن )?(?:إنستغرام|انستغرام|فيسبوك))\W*"
    r"(?:на\s)?|\A\W*на\s",
    re.I,
)
"""How a text should be, and where a post stands: "para Instagram"."""
BEFORE = make_regex(
    r"\A(?:[一两兩]?[款個个则則篇段份条條]|[为為替给給]|关于|關於|宣传|宣傳|สำหรับ|ของ"
    r"|เกี่ยวกับ|เปิดตัว|โซเชียล"
    r"|קצרה? |של |על |ל(?=[א-ת]{3})|قصير\w? |عن |حول |ل(?=[^\W\d_]{4}))+"
)
"""Words before a topic in languages that join them to it."""
OWN_WORDS = ("ja", "ko", "tr", "hi", "zh", "zh-Hant", "th", "ar", "he")
"""Languages whose invitations do not keep the preposition of the prompt."""


@form(
    "kind of text in another language",
    "Schrijf een korte productbeschrijving voor een houten eettafel.",
    "Napisz podziękowanie dla klienta za zamówienie.",
    "以下のメールに返信を書いてください。\n\n「会議の日程を変更できますか。」",
    "Créez une publication Instagram sur notre nouveau café.",
    needs="foreign",
    about="a product description, thanks, a reply, an apology, a post or an invitation",
)
def write_local_text(question: Question) -> str | None:
    is_long = len(question.stated) > MAX_PROMPT
    if question.language == "en" or is_long or PROGRAM.search(question.stated):
        return None
    kind = find_kind(question.stated, question.written_language, bool(question.material))
    said = load_answers(question.language).kinds.get(kind)
    if said is None or not fits_kind(kind, question) or wants_own_text(question):
        return None
    topic = find_kind_topic(kind, question)
    text = cut(fill(said[1][0], topic), question)
    text = name_position(text, question) if text and kind == "cover" else text
    text = fit_hashtags(text, topic, question) if text else None
    subject = load_answers(question.language).texts.get(f"subject {kind}", "")
    if text is None or not subject or not wants_mail(question):
        return text
    return f"{load_pack(question.language).subject}: {subject}\n\n{text}"


def wants_mail(question: Question) -> bool:
    return MAIL in question.gloss or MAIL_WORDS.search(question.stated) is not None


def find_kind(text: str, code: str, is_given: bool) -> str:
    """Return the kind of text that an instruction asks for; empty without one.

    Args:
        is_given: Whether the prompt gives a text, to which a short instruction wants a reply.
    """
    answers = load_answers(code)
    plain = simplify(text)
    kinds = [key for key, (groups, _) in answers.kinds.items() if has_words(groups, plain)]
    if not NEWS.isdisjoint(kinds) and not MESSAGE.search(text):
        kinds = [kind for kind in kinds if kind not in NEWS]
    if kinds and not has_words(read_verbs(code), plain):
        replies = [kind for kind in kinds if kind in REPLIES]
        return replies[0] if replies and is_given and REPLY_TO.search(text) else ""
    return kinds[0] if kinds else ""


NEWS = frozenset(("delayed", "shipped", "cancelled"))
"""Kinds that tell a customer what has happened."""
MESSAGE = make_regex(
    r"nachricht|mail|\bsms\b|\bbrief\b|kund|message|courriel|lettre|client|mensaje|correo|carta\b"
    r"|messaggio|lettera|mensagem|bericht|klant|wiadomoś|klient|mesaj|müşteri|e-posta|сообщени"
    r"|письм|клиент|повідомленн|\bлист|клієнт|\bpesan\b|pelanggan|surat|tin nhắn|khách|\bthư\b"
    r"|customer|note\b|letter|संदेश|ग्राहक|ईमेल|הודע|לקוח|מכתב|رسالة|عميل|بريد|メッセージ|メール"
    r"|お客様|顧客|메시지|메일|고객|문자|消息|邮件|短信|客户|顾客|訊息|郵件|簡訊|客戶|ข้อความ|อีเมล|ลูกค้า",
    re.I,
)
"""Words for a message or for those who get it."""


REPLY_TO = make_regex(
    r"\b(?:antworten? (?:\w+ )?auf (?:diese|die|folgende)"
    r"|répond(?:s|ez|re) (?:\w+ )?à (?:ce|cet|cette|l'avis)"
    r"|respond[ae]r? (?:\w+ )?a est[ea]|contest[ae] (?:\w+ )?(?:a )?este"
    r"|rispond(?:i|ere) (?:\w+ )?a quest|respond[ae] (?:\w+ )?a? ?est[ea]"
    r"|odpowiedz (?:\w+ )?na t|odpisz na"
    r"|(?:reageer|antwoord) (?:\w+ )?op (?:dit|deze)|balas(?:lah)? (?:pesan|email|surat)"
    r"|trả lời (?:email|tin nhắn|thư))\w*|ответь(?:те)? на это"
    r"|дай(?:те)? відповідь на цей|に(?:返信|返事)|[回答][复覆]这|[回答][复覆]這|에 답장"
    r"|رد على هذ|השב ל|का जवाब दें|ตอบ(?:กลับ)?(?:อีเมล|ข้อความ)นี้",
    re.I,
)
"""A wish for a reply to a given message that has no word for writing."""


@cache
def read_verbs(code: str) -> Groups:
    """Return the words of a language for writing, one of which a wish for a text has."""
    words = load_answers(code).texts.get("write", "")
    return read_groups(words, code) if words else ((),)


def fits_kind(kind: str, question: Question) -> bool:
    """Return whether the rest of an instruction allows a text of a kind."""
    wishes = split_sentences(question.gloss)
    wishes = [one for one in wishes if kind != "invitation" or not MOST_WORDS.match(one)]
    others = [one for one in wishes if not SENTENCES.match(one) and one not in ALLOWED]
    is_other_mail = kind not in FOR_MAILS and wants_mail(question)
    if others or question.is_terse or is_other_mail:
        return False
    marks = (EMOJI, HASHTAGS, MAX_CHARACTERS)
    is_tweet = kind == "post" and TWEET.search(question.instruction) is not None
    return not (is_tweet and any(mark.search(question.instruction) for mark in marks))


MOST_WORDS = make_regex(r"Use at most (?:[4-9]\d|\d{3,}) words\.")
"""A limit that the invitations here keep."""


def wants_own_text(question: Question) -> bool:
    """Return whether another form has the text: a birthday wish, an introduction."""
    own = question.written_language
    is_introduction = find_text("introduction", question.prompt, own, own) != ""
    return is_introduction or BIRTHDAY.search(question.stated) is not None


def find_kind_topic(kind: str, question: Question) -> str:
    """Return what a text of a kind is about; empty if the prompt does not say it."""
    code = question.written_language
    if code == "en":
        return translate_noun(question.topic, "en", question.language) or question.topic
    text = question.stated
    start, end = find_place(text, load_answers(code).kinds[kind][0], code)
    before, after = text[:start], PLATFORM.sub("", text[end:])
    if kind == "invitation" and code not in OWN_WORDS:
        return cut_occasion(after)
    if code in LINKS:
        before = re.sub(LINKS[code], "", before.rstrip(EDGE_MARKS))
    sides = (before, after) if code in TOPIC_FIRST else (after, before)
    found = (clean_topic(side, code) for side in sides)
    return next(filter(None, found), "") or shorten(question.material.split("\n")[0])


POSITIONS = {
    "de": (
        r"(?:für|um) (eine? (?:stelle|position|ausbildung|praktikum|job)[^.!?\n]{3,90})",
        "Es geht um {}.",
    ),
    "fr": (
        r"pour (une? (?:poste|emploi|stage|place)[^.!?\n]{3,90})",
        "Ma candidature concerne {}.",
    ),
    "es": (r"para (un (?:puesto|empleo|trabajo)[^.!?\n]{3,90})", "Se trata de {}."),
    "it": (r"per (un (?:posto|lavoro|tirocinio|impiego)[^.!?\n]{3,90})", "Si tratta di {}."),
    "pt": (r"para (uma? (?:vaga|emprego|estágio|cargo)[^.!?\n]{3,90})", "Trata-se de {}."),
    "nl": (r"voor (een (?:baan|functie|stage|vacature)[^.!?\n]{3,90})", "Het gaat om {}."),
}
"""What names the position in a cover letter, and a sentence with it."""
POSITION_PATTERNS = {
    code: (make_regex(rf"\b{pattern}", re.I), said) for code, (pattern, said) in POSITIONS.items()
}


def name_position(text: str, question: Question) -> str:
    """Return a cover letter with the position that the prompt names in its first paragraph."""
    pattern, said = POSITION_PATTERNS.get(question.language, (None, ""))
    match = pattern.search(question.stated) if pattern else None
    paragraphs = text.split("\n\n")
    if match is None or len(paragraphs) < 2:
        return text
    head, _, rest = paragraphs[1].partition(". ")
    paragraphs[1] = f"{head}. {said.format(match[1].strip())} {rest}".strip()
    return "\n\n".join(paragraphs)


OCCASION = make_regex(r"\s*((?:[^.!?\n]|(?<=\d)\.(?=\s?[^\W\d_])){3,160})")
FOR_EVENT = make_regex(r"\A(?:para|per|pour) (?=(?:el|la|il|lo|le|a|o|une?|una?) )")


def cut_occasion(text: str) -> str:
    """Return to what an invitation invites, with its day, time and place."""
    match = OCCASION.match(text)
    return FOR_EVENT.sub("a ", match[1].strip(" ,")) if match else ""


def clean_topic(text: str, code: str) -> str:
    text = LAYOUT.sub("", text.strip("\n ").split("\n")[0])
    return shorten(BEFORE.sub("", strip_request(text, code)))


LAYOUT = make_regex(
    r"[,\s]+(?:com|con|avec|mit|met|z|с|з|ile|dengan|với|inkl\.?|e|y|et|und|en)\s(?:[^\s,]+\s){0,2}?"
    r"(?:emojis?|hash-?tags?|эмодзи|хештег\w*)\b.*\Z",
    re.I,
)
"""What a prompt says about the layout behind the topic: "com emojis e 3 hashtags"."""
TAG_COUNT = make_regex(rf"(?<!\w)({NUMBER})\s(?:[^\W\d_]+\s)?hash-?tags?\b", re.I)
TAGS = make_regex(r"(?:#\w+ ?)+\Z")


def fit_hashtags(text: str, topic: str, question: Question) -> str:
    """Return a text with as many hashtags at its end as the prompt wants."""
    match, shown = TAG_COUNT.search(question.stated), TAGS.search(text)
    if match is None or question.language in OWN_WORDS:
        return text
    own = shown[0].split() if shown else []
    words = re.findall(r"[^\W\d_]{4,}", topic)
    tags = list(dict.fromkeys([*own, *(f"#{word.capitalize()}" for word in words), *MORE_TAGS]))
    body = text[: shown.start()].rstrip() if shown else text
    return f"{body}\n\n{' '.join(tags[: parse_count(match[1], 10)])}"


MORE_TAGS = ("#Tips", "#Community", "#Inspiration", "#New", "#Team", "#Life")


def find_place(text: str, groups: Groups, code: str) -> tuple[int, int]:
    """Return where the words of a kind begin and end in a text."""
    rest = "" if code in UNSPACED else r"\w*"
    matches = []
    for group in groups:
        words = "|".join(re.escape(word.strip()) for word in group)
        if match := re.search(f"(?:{words}){rest}", text, re.I):
            matches.append(match)
    if not matches:
        return 0, len(text)
    return min(match.start() for match in matches), max(match.end() for match in matches)


def fill(text: str, topic: str) -> str:
    """Return the paragraphs of a text with its topic; without one, those that need none."""
    parts = [part for part in text.split(" / ") if topic or PLACE not in part]
    capital = topic[:1].upper() + topic[1:]
    return "\n\n".join(
        part.replace(PLACE, topic if " {}" in part[3:] else capital) for part in parts
    )


def cut(text: str, question: Question) -> str | None:
    """Return a text with as many sentences as the prompt wants; None if it has fewer."""
    match = SENTENCES.search(question.gloss)
    body = max(text.split("\n\n"), key=len)
    length = find_length(question) if question.written_language == "en" else None
    count = int(match[1]) if match else length[0] if length and length[1] == "sentence" else 0
    if not count:
        is_short = ONE_PARAGRAPH in question.gloss and question.written_language not in OWN_WORDS
        return body if is_short else text
    sentences = split_sentences(body)
    space = Writer(question).space
    return space.join(sentences[:count]) if len(sentences) >= count else None
