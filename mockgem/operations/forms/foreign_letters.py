"""What letters and e-mails in other languages than English say."""

from __future__ import annotations

from mockgem.core.frozen import frozen
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
        "dass",
        "ich schreibe Ihnen, weil {}.",
        "ich schreibe Ihnen zum Thema „{}“.",
        ("Bei Fragen melden Sie sich gern.", "Vielen Dank für Ihr Verständnis."),
        "Kurze Nachricht",
    ),
    "fr": LetterWords(
        "(?:pour (?:lui |leur )?dire |disant )?(?:que|qu')",
        "je vous écris parce que {}.",
        "je vous écris au sujet de « {} ».",
        (
            "N'hésitez pas à me contacter pour toute question.",
            "Je vous remercie de votre compréhension.",
        ),
        "Message",
    ),
    "es": LetterWords(
        "(?:diciendo|avisando|para decir(?:le)?) (?:de )?que",
        "Le escribo porque {}.",
        "Le escribo en relación con «{}».",
        ("No dude en contactarme si tiene preguntas.", "Gracias por su comprensión."),
        "Mensaje",
    ),
    "it": LetterWords(
        "(?:dicendo|per dire|per avvisare) che",
        "Le scrivo perché {}.",
        "Le scrivo riguardo a «{}».",
        ("Resto a disposizione per qualsiasi domanda.", "Grazie per la comprensione."),
        "Messaggio",
    ),
    "pt": LetterWords(
        "(?:dizendo|avisando|para dizer) que",
        "Escrevo porque {}.",
        "Escrevo a respeito de “{}”.",
        ("Estou à disposição para qualquer dúvida.", "Agradeço a compreensão."),
        "Mensagem",
    ),
    "nl": LetterWords(
        "dat",
        "Ik schrijf u omdat {}.",
        "Ik schrijf u over ‘{}’.",
        ("Neem gerust contact op als u vragen heeft.", "Bedankt voor uw begrip."),
        "Bericht",
    ),
    "pl": LetterWords(
        "",
        "",
        "Piszę w sprawie: „{}”.",
        ("W razie pytań proszę o kontakt.", "Dziękuję za zrozumienie."),
        "",
    ),
    "tr": LetterWords(
        "",
        "",
        "“{}” konusunda yazıyorum.",
        ("Sorularınız olursa bana yazabilirsiniz.", "Anlayışınız için teşekkür ederim."),
        "",
    ),
    "ru": LetterWords(
        "",
        "",
        "Пишу вам по теме «{}».",
        ("Если у вас есть вопросы, напишите мне.", "Спасибо за понимание."),
        "",
    ),
    "uk": LetterWords(
        "",
        "",
        "Пишу вам щодо теми «{}».",
        ("Якщо у вас є запитання, напишіть мені.", "Дякую за розуміння."),
        "",
    ),
}
CLAUSES = {
    code: make_regex(rf"(?<!\w){words.clause} ([^.!?\n]{{5,160}})")
    for code, words in WORDS.items()
    if words.clause
}


def find_reason(question: Question) -> str:
    """Return the clause with the reason for a letter; empty without one."""
    pattern = CLAUSES.get(question.language)
    match = pattern.search(question.stated) if pattern else None
    return match[1].strip() if match else ""


def find_reason_subject(question: Question) -> str:
    """Return the subject of an e-mail with a reason; empty without one."""
    return WORDS[question.language].subject if find_reason(question) else ""


def write_foreign_paragraphs(question: Question, topic: str) -> list[str]:
    """Return the paragraphs of a letter; nothing for languages without sentences here."""
    words = WORDS.get(question.language)
    if words is None:
        return []
    reason = find_reason(question)
    first = words.reason.format(reason) if reason else words.about.format(topic)
    return [f"{first} {words.polite[0]}", words.polite[1]]
