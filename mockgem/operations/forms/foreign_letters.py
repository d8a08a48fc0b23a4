"""What letters and e-mails in other languages than English say."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.foreign_statements import list_told
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question


@frozen
class LetterWords:
    """The sentences of a letter in a language.

    Attributes:
        clause: The beginning of a clause with the reason: "dass ich krank bin".
        reason: A sentence with that clause; empty where the clause does not fit into one.
        about: A sentence with the topic.
        polite: Sentences that fit every letter.
        subject: The subject of an e-mail with a reason.
    """

    clause: str
    reason: str
    about: str
    polite: tuple[str, str]
    subject: str


WORDS = {
    "de": LetterWords(
        "(?:dass|weil)",
        "ich schreibe Ihnen, weil {}.",
        "ich schreibe Ihnen zum Thema „{}“.",
        ("Bei Fragen melden Sie sich gern.", "Vielen Dank für Ihr Verständnis."),
        "Kurze Nachricht",
    ),
    "fr": LetterWords(
        "(?:(?:pour (?:lui |leur )?(?:dire|expliquer) |(?:en )?(?:disant|expliquant) )?(?:que"
        "|qu')|parce qu(?:e|'))",
        "je vous écris parce que {}.",
        "je vous écris au sujet de « {} ».",
        (
            "N'hésitez pas à me contacter pour toute question.",
            "Je vous remercie de votre compréhension.",
        ),
        "Message",
    ),
    "es": LetterWords(
        "(?:(?:diciendo|avisando|explicando|informando|para (?:decir|explicar|informar"
        "|avisar)(?:les?)?)"
        " (?:de )?que|porque)",
        "Le escribo porque {}.",
        "Le escribo en relación con «{}».",
        ("No dude en contactarme si tiene preguntas.", "Gracias por su comprensión."),
        "Mensaje",
    ),
    "it": LetterWords(
        "(?:(?:dicendo|spiegando|per (?:dire|avvisare|spiegare|informare)\\w*) che|perché)",
        "Le scrivo perché {}.",
        "Le scrivo riguardo a «{}».",
        ("Resto a disposizione per qualsiasi domanda.", "Grazie per la comprensione."),
        "Messaggio",
    ),
    "pt": LetterWords(
        "(?:(?:dizendo|avisando|explicando|informando|para (?:dizer|explicar|avisar|informar))"
        " (?:de )?que|porque)",
        "Escrevo porque {}.",
        "Escrevo a respeito de “{}”.",
        ("Estou à disposição para qualquer dúvida.", "Agradeço a compreensão."),
        "Mensagem",
    ),
    "nl": LetterWords(
        "(?:dat|omdat)",
        "Ik schrijf u omdat {}.",
        "Ik schrijf u over ‘{}’.",
        ("Neem gerust contact op als u vragen heeft.", "Bedankt voor uw begrip."),
        "Bericht",
    ),
    "pl": LetterWords(
        "(?:że|bo|ponieważ)",
        "Piszę, ponieważ {}.",
        "Piszę w sprawie: „{}”.",
        ("W razie pytań proszę o kontakt.", "Dziękuję za zrozumienie."),
        "Wiadomość",
    ),
    "tr": LetterWords(
        "",
        "",
        "“{}” konusunda yazıyorum.",
        ("Sorularınız olursa bana yazabilirsiniz.", "Anlayışınız için teşekkür ederim."),
        "",
    ),
    "ru": LetterWords(
        "(?:о том, что|что|потому что)",
        "Пишу вам, потому что {}.",
        "Пишу вам по теме «{}».",
        ("Если у вас есть вопросы, напишите мне.", "Спасибо за понимание."),
        "Сообщение",
    ),
    "uk": LetterWords(
        "(?:про те, що|що|бо)",
        "Пишу вам, бо {}.",
        "Пишу вам щодо теми «{}».",
        ("Якщо у вас є запитання, напишіть мені.", "Дякую за розуміння."),
        "Повідомлення",
    ),
}
WORDS |= {
    "ja": LetterWords(
        "",
        "",
        "「{}」の件でご連絡いたしました。",
        ("ご不明な点がございましたら、お知らせください。", "よろしくお願いいたします。"),
        "",
    ),
    "zh": LetterWords(
        "", "", "就“{}”一事，特此致信。", ("如有任何问题，请随时与我联系。", "感谢您的理解。"), ""
    ),
    "zh-Hant": LetterWords(
        "", "", "就「{}」一事，特此致信。", ("如有任何問題，請隨時與我聯絡。", "感謝您的理解。"), ""
    ),
    "ko": LetterWords(
        "",
        "",
        "‘{}’ 건으로 연락드립니다.",
        ("궁금한 점이 있으면 알려 주세요.", "양해해 주셔서 감사합니다."),
        "",
    ),
    "vi": LetterWords(
        "(?:rằng|vì)",
        "Tôi viết thư này vì {}.",
        "Tôi viết thư này về việc “{}”.",
        ("Nếu có câu hỏi, xin hãy liên hệ với tôi.", "Cảm ơn sự thông cảm của quý vị."),
        "Thông báo",
    ),
    "id": LetterWords(
        "(?:bahwa|karena)",
        "Saya menulis karena {}.",
        "Saya menulis mengenai “{}”.",
        ("Jika ada pertanyaan, silakan hubungi saya.", "Terima kasih atas pengertiannya."),
        "Pesan",
    ),
    "th": LetterWords(
        "", "", "ดิฉันเขียนมาเกี่ยวกับเรื่อง “{}”", ("หากมีคำถามโปรดติดต่อกลับ", "ขอบคุณที่เข้าใจ"), ""
    ),
    "ar": LetterWords(
        "",
        "",
        "أكتب إليكم بخصوص «{}».",
        ("لا تترددوا في التواصل معي إذا كانت لديكم أسئلة.", "شكرًا لتفهمكم."),
        "",
    ),
    "he": LetterWords(
        "", "", "אני כותב בנוגע ל„{}”.", ("אשמח לענות על כל שאלה.", "תודה על ההבנה."), ""
    ),
    "hi": LetterWords(
        "(?:कि|क्योंकि)",
        "मैं इसलिए लिख रहा हूँ, क्योंकि {}।",
        "मैं “{}” के बारे में लिख रहा हूँ।",
        ("कोई प्रश्न हो तो कृपया मुझसे संपर्क करें।", "आपकी समझ के लिए धन्यवाद।"),
        "संदेश",
    ),
}
REST = r"(?:[^.!?\n]|(?<=\d)\.(?= ?[A-Z])){3,140}"
PURPOSES: dict[str, tuple[tuple[str, str], ...]] = {
    "de": (
        (rf"\bum ({REST}?\b(?:zu \w+n|\w+zu\w+en)\b)", "ich schreibe Ihnen, um {}."),
        (rf"\b(wegen {REST})", "ich schreibe Ihnen {}."),
        (
            rf"\bKündigung(?:s\w+)? (?:für|von) (mein\w* {REST})",
            "hiermit kündige ich {}.",
        ),
        (rf"\bmit der bitte um ({REST})", "ich schreibe Ihnen mit der Bitte um {}."),
    ),
    "fr": (
        (rf"\bpour (?:lui|leur) ([^\W\d_]+(?:er|ir|re)\b{REST})", "je vous écris pour vous {}."),
        (
            rf"\bpour ((?:[ms]'|me |vous )?(?!dire)[^\W\d_]+(?:er|ir|re)\b{REST})",
            "je vous écris pour {}.",
        ),
    ),
    "es": (
        (rf"\bpara ((?!decir)[^\W\d_]+(?:ar|er|ir)(?:me|se|les?)?\b{REST})", "Le escribo para {}."),
        (rf"\bpidiendo ({REST})", "Le escribo para pedir {}."),
        (rf"\bsolicitando ({REST})", "Le escribo para solicitar {}."),
    ),
    "pt": (
        (rf"\bpara ((?!dizer)[^\W\d_]+(?:ar|er|ir)(?:-me)?\b{REST})", "Escrevo para {}."),
        (rf"\bpedindo ({REST})", "Escrevo para pedir {}."),
        (rf"\bsolicitando ({REST})", "Escrevo para solicitar {}."),
    ),
    "it": (
        (rf"\bper ((?!dire)[^\W\d_]+(?:[aei]re|[aei]rmi)\b{REST})", "Le scrivo per {}."),
        (rf"\bchiedendo ({REST})", "Le scrivo per chiedere {}."),
    ),
    "nl": ((rf"\bom ({REST}?\bte \w+n\b)", "Ik schrijf u om {}."),),
    "pl": (
        (rf"\bz prośbą o ({REST})", "Piszę z prośbą o {}."),
        (rf"\b(?:aby|żeby|by) ([^\W\d_]+ć\b{REST})", "Piszę, aby {}."),
    ),
    "ru": (
        (rf"\bс просьбой ({REST})", "Пишу вам с просьбой {}."),
        (rf"\bчтобы ([^\W\d_]+(?:ть|ться|ти)\b{REST})", "Пишу вам, чтобы {}."),
    ),
    "uk": (
        (rf"\bз проханням ({REST})", "Пишу вам із проханням {}."),
        (rf"\bщоб ([^\W\d_]+(?:ти|тися)\b{REST})", "Пишу вам, щоб {}."),
    ),
}
"""What stands after the purpose of a letter, and a sentence with it."""
PURPOSE_PATTERNS = {
    code: tuple((make_regex(pattern, re.I), said) for pattern, said in rows)
    for code, rows in PURPOSES.items()
}
TO_INFINITIVE = make_regex(r"\bzu (?=\w+n$)|(?<=\w)zu(?=\w+en$)")
ARTICLE = make_regex(r"^(?:einen?|eine[mr]?|den|die|das|meinen?|meine[mr]?|unsere?n?) ", re.I)
AROUND_TOPIC = make_regex(
    r"^一封(?:电子邮件|電子郵件|邮件|郵件|信)?|^(?:给|給|向)(?:我的|我)?[^，,]{1,8}(?=道歉|请"
    r"|說|说|告|申|感)"
    r"|(?:を(?:伝える|知らせる))?(?:の|という)?(?:メール|手紙)(?:を?書いて)?$|(?:라는|다는"
    r"|는)?\s?(?:이메일|메일|편지)(?:를|을)?$"
    r"|^(?:một )?(?:email|thư|bức thư) (?:cho|gửi)? ?|^(?:e-?mail|surat|correo|mail)\s",
    re.I,
)
"""The words for a letter at the edges of its topic."""
CLAUSES = {
    code: make_regex(rf"(?<!\w){words.clause} ([^.!?\n]{{5,160}})")
    for code, words in WORDS.items()
    if words.clause
}


def find_reason(question: Question) -> str:
    """Return the clause with the reason for a letter; empty without one."""
    pattern = CLAUSES.get(question.language)
    match = pattern.search(question.stated) if pattern else None
    return TURN.split(match[1])[0].strip() if match else ""


TURN = make_regex(
    r",? (?:y|e|et|und|en|i) (?:pidiendo|pidiéndole|solicitando|chiedendo|pedindo|demandant|bitte"
    r"|frage?|vraag|poproś)\b"
)
"""Where a prompt goes on with another wish: "explicando que … y pidiendo que …"."""


def find_purpose(question: Question) -> tuple[str, str]:
    """Return a sentence with the purpose of a letter, and the purpose; empty without one."""
    for pattern, said in PURPOSE_PATTERNS.get(question.language, ()):
        if match := pattern.search(question.stated):
            return said.format(match[1].strip()), match[1].strip()
    return "", ""


def find_reason_subject(question: Question) -> str:
    """Return the subject of an e-mail with a reason or a purpose; empty without one."""
    _, purpose = find_purpose(question)
    if purpose:
        return TO_INFINITIVE.sub("", ARTICLE.sub("", purpose))
    return WORDS[question.language].subject if find_reason(question) else ""


def trim_topic(topic: str) -> str:
    """Return the topic of a letter without the words for a letter at its edges."""
    return AROUND_TOPIC.sub("", topic).strip(" ，,、") or topic


FAMILY = make_regex(
    r"\b(?:Oma|Opa|Großmutter|Großvater|Mama|Mutter|Papa|Vater|Tante|Onkel|Bruder|Schwester|Tochter"
    r"|Sohn|Freundin|Freund|Cousine?|Nichte|Neffe)\b"
)
WOMEN = frozenset(
    "Oma Großmutter Mama Mutter Tante Schwester Tochter Freundin Cousine Nichte".split()
)
BIRTHDAY = make_regex(r"\b(\d{1,3}\. )?Geburtstag\b")


def write_family_letter(question: Question) -> list[str]:
    """Return a German letter to a relative: greeting, paragraphs and ending."""
    person = FAMILY.search(question.stated) if question.language == "de" else None
    if person is None:
        return []
    dear = f"Liebe{'' if person[0] in WOMEN else 'r'} {person[0]},"
    birthday = BIRTHDAY.search(question.stated)
    if birthday:
        first = (
            f"alles Gute zu deinem {birthday[1] or ''}Geburtstag! Ich wünsche dir Gesundheit,"
            " Freude und ein schönes Fest mit allen, die dir lieb sind."
        )
    else:
        first = (
            "ich habe in den letzten Tagen oft an dich gedacht und wollte dir endlich schreiben."
        )
    second = (
        "Ich denke gern an die vielen schönen Stunden mit dir und freue mich darauf, dich bald"
        " wiederzusehen."
    )
    return [dear, first, second, "Ganz liebe Grüße"]


def write_foreign_paragraphs(question: Question, topic: str) -> list[str]:
    """Return the paragraphs of a letter; nothing for languages without sentences here."""
    words = WORDS.get(question.language)
    if words is None:
        return []
    told = list_told(question.stated, question.language)
    first = write_first(question, topic, has_more=bool(told))
    space = "" if question.language in ("ja", "zh", "zh-Hant") else " "
    said = space.join((*first, *told))
    if question.language == "de":
        said = said[:1].lower() + said[1:]
    return [said, space.join(words.polite)]


def write_first(question: Question, topic: str, *, has_more: bool) -> list[str]:
    """Return why a letter is written; only a known reason if there is more to say."""
    words = WORDS[question.language]
    reason = find_reason(question)
    said, purpose = find_purpose(question)
    if said and reason in purpose:
        return [said]
    if reason and said and purpose not in reason:
        return [words.reason.format(reason), said]
    if reason:
        return [words.reason.format(reason)]
    return [] if has_more else [words.about.format(topic)]
