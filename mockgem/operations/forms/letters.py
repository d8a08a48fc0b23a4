"""Letters and e-mails."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.foreign_letters import (
    find_reason_subject,
    trim_topic,
    write_family_letter,
    write_foreign_paragraphs,
)
from mockgem.operations.forms.foreign_statements import list_told as list_foreign_told
from mockgem.operations.forms.glosses import HOW
from mockgem.operations.forms.layout_words import BULLETS, NUMBERED, find_count, has_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.letter_details import find_applicant, find_reader, state_details
from mockgem.operations.forms.letter_lengths import lengthen
from mockgem.operations.forms.letter_offers import add_offer, split_offer
from mockgem.operations.forms.letter_statements import list_told, name_subject
from mockgem.operations.forms.letter_words import (
    LENGTH_BEHIND,
    find_purpose,
    find_sender,
    find_signature,
    find_stated,
    write_polite_sentences,
)
from mockgem.operations.forms.local_names import invent_person
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.short_texts import MAX_WORDS
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.prompt_analysis import topic_of

WRITE = (
    r"(?:write|draft|compose|create|prepare|generate|send|reply to|schreibe?|verfasse"
    r"|entwirf|escribe|redacta|écris|rédige[zr]?|scrivi|escreva|redija|schrijf|napisz|yaz"
    r"|tulis(?:kan)?|viết|напиши|напишите)"
)
EMAIL = make_regex(
    r"^\W{0,4}(?:\w+ ){0,2}e-?mail (?:template |draft )?(?:for|to|about|announcing|asking"
    rf"|inviting)\b|{WRITE}\b(?:[^.\n]|\d\.){{0,120}}?\b(?:e-?mails?|mails?"
    r"|correos?(?: electrónicos?)?|courriels?|e-posta)\b|\bsubject line\b"
    r"|напиши[^.\n]{0,40}письмо|写[^。\n]{0,16}(?:邮件|郵件)|メールを|이메일(?! ?(?:마케팅|주소))",
    re.I,
)
LETTER = make_regex(
    rf"^\W*(?:\w+ ){{0,2}}letter (?:to|for|about|asking|of)\b"
    r"|^\W*(?:[\w-]+ ){0,3}(?:thank[- ]you|thanks|welcome|apology|farewell|congratulations?"
    r"|condolence|sympathy|get[- ]well|goodbye) (?:note|card|message) (?:to|for)\b"
    rf"|{WRITE}\b[^.\n]{{0,20}}?\bcomplaint (?:to|about|against) (?!the (?:code|api))"
    rf"|{WRITE}\b[^.\n]{{0,60}}?\b(?:letter"
    r"|(?:thank[- ]you|welcome|apology|farewell|congratulations?|condolence) (?:note|card|message)"
    r"|(?:note|message) to (?:my|our|the) [a-z]+,? [A-Z]"
    rf"|(?:einen?|den|meinen?|kurzen|\w+en) (?:\w+ )?brief"
    rf"|anschreiben|bewerbung|carta|lettre"
    rf"|lettera|mektup|surat|thư|cover letter)\b(?! of the)|写[^。\n]{{0,16}}信|手紙を|편지",
    re.I,
)
NOT_A_LETTER = make_regex(
    r"\b(?:letters? (?:a|b|c|only)|letter grade|regex|function|script"
    r"|(?<!discount )(?<!promo )(?<!voucher )(?<!coupon )(?<!dress )(?<!access )(?<!zip )code"
    r"|(?:in|using|with) (?:python|javascript|java|php)(?! and|,)|(?:python|javascript) (?:code"
    r"|program)"
    r"|template engine|e-?mail subject lines?\b|subject lines\b|(?:write|give|suggest|create"
    r"|generate|need|propose)(?: me| us)? (?:an?|one|the) (?:[a-z]+ )?subject line(?! and)"
    r"|subject line (?:ideas|options|suggestions|variants|variations)|(?:list|letters) of)\b"
    r"|\b(?:people|they|who|never|always|often|i|we|he|she) (?:reply|write|send|draft)\b",
    re.I,
)
TO = make_regex(
    r"\b(?:to|an|a|à|para|aan|do|per)\s+(?:my |the |our |meinen? |den |mi |mon |ma |il "
    r"mio )?((?:[A-Z][\w'-]+|Mr\.?|Mrs\.?|Ms\.?|Dr\.?)(?:\s[A-Z][\w'-]+)*|[a-z]+(?: "
    r"team| manager)?)\b"
)
TO_ENGLISH = make_regex(
    r"\bto (?:my |the |our |an? )?((?:(?:Mrs?|Ms|Dr|Prof)\.?|[A-Z][\w'-]+)(?:\s[A-Z][\w'-]+)*"
    r"(?: team| department)?|(?!(?:ask|announce|request|inform|thank|apologi[sz]e"
    r"|complain|invite|confirm|tell|say|move|the|an?|convince|persuade|volunteer|remind|follow"
    r"|explain|offer|introduce|schedule|reschedule|encourage|get|share|check|update|notify|discuss"
    r"|express|be|come|join|give|make|help|let|attend|cancel|have|point|end|meeting|party|event"
    r"|next|following|two|three|four|five|a|one|buy|take|do|find|sell|pay|see|send|return|resign|go)\b)[^\W\d_]+"
    r"(?: (?:team|manager|owner|director|department|committee|office|service|agency|company|council"
    r"|board|station|school|hall)|(?<=head) of (?:[A-Z]+|[a-z]+))?)\b"
)
NAMED = make_regex(
    r"\b(?:note|card|message) for (?:my|our|the|his|her) (?P<person>[a-z]+(?: teacher"
    r"| coach)?)(?=\W*\Z|[.,;:\n]| (?:for|to|about|who|that|with|after|in)\b)|\b(?:boss|manager"
    r"|landlord|landlady|teacher|supervisor|recipient|contact"
    r"|director)(?:['’]s name)? is (?P<boss>(?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?[A-Z][\w'-]+)|\bto (?:my"
    r"|our|the) (?:airline|company|shop|store|hotel|bank|firm|agency|school|restaurant|provider"
    r"|insurer) ([A-Z]\w+)|\baddress(?:ed)? (?:it |this )?to ((?:(?:Mr|Mrs|Ms|Dr"
    r"|Prof)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)|\b(?:to|an|a|à|para) [^.,\n]{1,40},? ((?:Mr|Mrs"
    r"|Ms|Dr|Prof)\.? [A-Z][\w'-]+)|\bto (?:an? |the |my |our )?(?:(?!from\b)[\w-]+ ){1,4}?(?:named"
    r"|called) ((?:(?:Mr|Mrs|Ms|Dr|Prof)\.? )?[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)|\bto (?:my|our|the"
    r"|his|her) [a-z]+ ([A-Z][a-z]+)(?=[.,;\n]| (?:about|to|for|that|and|asking|who)\b|\Z)"
)
"""A name after what the person is: "to my manager, Mr. Brown"."""
INVITED = make_regex(
    r"\b(?:inviting|asking|telling|reminding|informing|thanking|congratulating|(?:to "
    r"|can )(?:convince|persuade|remind|inform|tell|ask|invite|thank)) (?:the |my |our |your |all "
    r"|an? )?(?:[a-z]+ (?=(?:friend|colleague|neighbou?r|boss|manager|teacher|team|customer"
    r"|client)s?\b))?((?!me|you|him|her|them|for|about|if|whether|that|to)\w+) (?:to|that|about"
    r"|for|of|on|if|whether)\b",
    re.I,
)
KIND = make_regex(
    r"\b(thank[- ]you|resignation|complaint|application|apology|recommendation) letter\b", re.I
)
ABOUT = make_regex(
    r"\b(?:about(?! \d{1,4} (?:words|lines|sentences))|regarding|asking|announcing|saying(?: "
    r"that)?|to say(?: that)?|to (?:announce|ask|request|inform|thank"
    r"|apologi[sz]e|complain|invite|confirm)|apologi[sz]ing for|requesting|confirming"
    r"|announcing|inviting|thanking \w+ for"
    r"|um|с просьбой|über|sobre|pour|per|that)\b\s*([^.\n]{3,100})",
    re.I,
)


AWAY_MAIL = make_regex(r"\bout[- ]of[- ](?:the[- ])?office (?:e-?mail|reply|message|note)", re.I)


@form(
    "e-mail",
    "Draft an e-mail to Sarah asking to move the meeting to Monday.",
    "Compose an email to the team announcing the new office. Include a subject line.",
    words="e-mail email emails mail mails correo correos courriel e-posta subject",
    about="a subject line, a greeting, two paragraphs, a closing",
)
def write_email(question: Question) -> str | None:
    if not EMAIL.search(question.instruction) or is_about_letters(question):
        return None
    if AWAY_MAIL.search(question.stated) and (absence := write_absence(question)):
        return absence
    question, offer = split_offer(question)
    writer = Writer(question)
    about = find_subject(question)
    if writer.language == "en" and not about.isascii():
        about = "a short question"
    body = add_offer(write_body(question, writer, "Hello"), offer)
    return f"{writer.pack.subject}: {shorten_subject(about)}\n\n{body}"


MAX_SUBJECT = 70


def shorten_subject(about: str) -> str:
    """Return what an e-mail is about as its subject, cut between two words."""
    if len(about) > MAX_SUBJECT:
        about = about[: MAX_SUBJECT + 1].rpartition(" ")[0].rstrip(" ,;:")
    return about[:1].upper() + about[1:]


@form(
    "letter",
    "Write a formal letter to my landlord about the broken heating.",
    words="letter complaint note card message brief anschreiben bewerbung carta lettre lettera"
    " mektup surat thư cover",
    about="a greeting, three paragraphs, a closing",
)
def write_letter(question: Question) -> str | None:
    if not LETTER.search(question.instruction) or is_about_letters(question):
        return None
    if has_count(question) and (
        NUMBERED.search(question.layout) or BULLETS.search(question.layout)
    ):
        return None
    question, offer = split_offer(question)
    body = add_offer(write_body(question, Writer(question), "Sir or Madam"), offer)
    counted = PARAGRAPHS.search(question.instruction) if question.language == "en" else None
    if counted is not None:
        body = fit_paragraphs(body, parse_count(counted[1], 12))
    closing = CLOSES.search(question.instruction)
    return body.replace("Kind regards,", f"{closing[1].strip()},") if closing else body


PARAGRAPHS = make_regex(rf"\b({NUMBER})(?: short| brief)? paragraphs?\b", re.I)


def fit_paragraphs(letter: str, count: int) -> str:
    """Return a letter whose text between greeting and closing has a number of paragraphs."""
    greeting, *middle, closing = letter.split("\n\n")
    sentences = split_sentences(" ".join(middle))
    if len(middle) == count or len(sentences) < count:
        return letter
    size, more = divmod(len(sentences), count)
    parts = []
    for at in range(count):
        take = size + (at < more)
        parts.append(" ".join(one.strip() for one in sentences[:take]))
        sentences = sentences[take:]
    return "\n\n".join([greeting, *parts, closing])


CLOSES = make_regex(
    r"\b(?:end|close|finish|sign off|closing)(?: it"
    r"| the letter)? with:? [\"“'‘]([A-Z][a-z]+(?: [a-z]+){0,2}),?[\"”'’]"
)
"""The words with which a prompt wants a letter to end."""


def is_about_letters(question: Question) -> bool:
    if question.gloss == "" and HOW.match(question.stated) and question.written_language != "en":
        return True
    return question.asks_how or NOT_A_LETTER.search(question.instruction) is not None


LETTER_NOUN = make_regex(
    rf"{WRITE}\s(?:mir |me |moi )?(?:eine?n?|una?|une|um|uma|een)\s(?:[a-zà-ÿ]+e[nrs]? )?"
    r"(?!e-?mail|mail|brief|correo|carta|lettre|courriel|lettera)([^\W\d_]{4,30})\s"
    r"(?:an|a|à|al|alla|au|para|aan|do|als|come|como)\b",
    re.I,
)
"""What a letter in another language is: "Schreib eine Absage an …"."""


def find_subject(question: Question) -> str:
    text = re.sub(r"\b(Mrs?|Ms|Dr|Prof)\.", r"\1", question.instruction)
    _, purpose = find_purpose(question.instruction) if question.language == "en" else ("", "")
    if purpose:
        return purpose
    if question.language != "en" and (noun := LETTER_NOUN.search(text)):
        return noun[1]
    if question.language != "en" and (name := name_foreign_subject(question)):
        return name
    if reasoned := find_reason_subject(question):
        return reasoned
    if question.language != "en" and (content := AFTER_COLON.search(text)):
        return content[1]
    if question.language == "en" and (told := name_subject(list_told(question.stated).statements)):
        return told
    match = ABOUT.search(text)
    if match is None and (kind := KIND.search(question.instruction)):
        return (
            f"my {kind[1].lower()}" if kind[1][:5].lower() != "thank" else "everything that you did"
        )
    if match is not None:
        return LENGTH_BEHIND.sub("", re.split(r"[.!?\n]", match[1])[0]).strip()
    if after := AFTER_ADDRESSEE.search(text):
        return after[1]
    if "subject" not in question.topic.lower():
        return trim_topic(question.topic)
    return topic_of(re.split(r"[.!?\n]", question.instruction)[0])


def name_foreign_subject(question: Question) -> str:
    """Return a subject from what a letter in another language says; empty for a stated one."""
    if find_reason_subject(question):
        return ""
    said = list_foreign_told(question.stated, question.language)
    return name_subject(tuple(said[:1]))


AFTER_COLON = make_regex(r"\A[^:.?!\n]{8,120}: ?(?=[^\W\d_])([^.!?\n]{4,90})")
"""What a letter in another language says, after a colon."""
AFTER_ADDRESSEE = make_regex(
    r"\b(?:e-?mails?|letters?|mail|message|note) to (?:my |our |the |an? )?[\w ]{2,30}[,:] "
    r"([^.\n]{4,80})",
    re.I,
)
"""What stands behind the person: "email to my boss, I am sick today"."""


MENTION = make_regex(
    r"\bmention(?:ing)? (?!that\b|how\b|why\b)([^.,;\n]{3,60}?)(?=[.,;\n]| and |\s*\Z)", re.I
)


def write_paragraphs(question: Question, writer: Writer) -> list[str]:
    """Return the paragraphs of a letter: why it is written, and polite sentences."""
    if writer.language != "en" and (
        paragraphs := write_foreign_paragraphs(question, find_subject(question))
    ):
        return paragraphs
    if writer.language != "en":
        first = f"{writer.write_opener()}{writer.space}{writer.write_sentence()}"
        return [first, writer.write_paragraph(2, about=False)]
    opening, _ = find_purpose(question.instruction)
    sentences = write_polite_sentences(question, 3)
    if paragraphs := write_told_paragraphs(question, opening, sentences):
        return paragraphs
    subject = find_subject(question)
    subject = subject if subject.isascii() else "a short question"
    is_wish = subject.lower().startswith("please ")
    wished = f"{subject[:1].upper()}{subject[1:]}." if is_wish else ""
    opening = opening or wished or f"I am writing about {subject}."
    stated = find_stated(question.instruction)
    if stated and stated[:-1].lower() not in opening.lower():
        opening = f"{opening} {stated}"
    if mention := MENTION.search(question.instruction):
        opening = f"{opening} I also want to mention {mention[1].strip()}."
    opening = f"{opening} {state_details(question.prompt)}".strip()
    return [f"{opening} {sentences[0]}", " ".join(sentences[1:])]


def write_told_paragraphs(question: Question, opening: str, polite: list[str]) -> list[str]:
    """Return a letter with what the prompt tells it to say; nothing if it tells too little."""
    told = list_told(question.stated)
    if not told.statements and not told.wishes:
        return []
    if not opening and not told.statements:
        opening = f"I am writing about {find_subject(question)}."
    parts = (opening, *told.statements, state_details(question.prompt))
    return [" ".join(filter(None, parts)), " ".join((*told.wishes, polite[-1]))]


ADDRESSEE = make_regex(
    r"(?<!\w)((?:Herrn?|Frau|[Ss]eñora?|Sra?\.|Monsieur|Madame|Mme|[Ss]ignora?|Sig(?:\.ra|\.)?"
    r"|[Ss]enhora?|[Mm]eneer|[Mm]evrouw|Pan[ia]?) (?:Dr\. )?[A-ZÀ-Þ][\w'-]+)"
    r"|(?<!\w)(?:a|à|para|per|aan) (?!Mme|Mr|Sr|Dr|Herr|Frau|Monsieur"
    r"|Madame)([A-ZÀ-Þ][a-zà-þ]+)(?= |[.,;:]|\Z)"
    r"|(?<!\w)(?:an|a|à|para|per|aan|do) (?:meinen?|unseren?|mi|mis|ma|mon|minha|meu|mia|mio"
    r"|mijn|mojej|mojego) ([^\W\d_]{3,14})"
)
"""A person to whom a letter in another language than English goes."""


def find_addressee(text: str) -> str:
    found = (match[1] or match[2] or "" for match in ADDRESSEE.finditer(text[:1500]))
    name = next(filter(None, found), "")
    return name.replace("Herrn ", "Herr ")


AWAY = make_regex(r"\bout[- ]of[- ](?:the[- ])?office\b|\bvacation (?:reply|responder)\b", re.I)
FIRST_SENTENCE = make_regex(r"^[^.!?:\n]{3,200}[.!?:\n]\s*")


@form(
    "out-of-office message",
    "Write an out-of-office message. I'm away from 3 to 14 August; Carla is my replacement.",
    words="office vacation",
    about="thanks for the message, what the prompt says about the absence, a closing",
)
def write_absence(question: Question) -> str | None:
    text = f"{question.stated} {question.material}".strip()
    if not AWAY.search(text) or question.asks_how or question.language != "en":
        return None
    said = find_return(text) or find_absence(text) or "I am out of the office until next Monday."
    end = "" if said.endswith((".", "!")) else "."
    named = FOR_PERSON.search(text)
    signature = named[1] if named else find_signature(question) or invent_person(question)
    return f"Hello,\n\nThank you for your message. {said}{end}\n\nKind regards,\n{signature}"


FOR_PERSON = make_regex(r"\bfor ([A-Z][a-zà-ÿ]+ [A-Z][\w'-]+)(?=[,.;\n]|\Z)")
LAYOUT = make_regex(
    r"^(?:keep|make|use|include|sign|add|write|max|no|at most|be|please|polite|friendly|short"
    r"|brief|formal)\b",
    re.I,
)
SENTENCE_END = make_regex(r"(?<=[.!?])\s+|\n+")
BACK = make_regex(r"\b(?:back|returning|return)\b (?:on )?([^.,;\n]{2,30})", re.I)
AWAY_FROM = make_regex(r"\b((?:from|until|between|till) [^.,;\n]{3,40})", re.I)


RETURN = make_regex(
    r"\b(?:back|returning|return) (?:on |at |from )?(?P<day>[^.,;\n]{2,30})[,;.]? (?:and )?"
    r"(?:(?:for )?(?:urgent|emergenc\w+)[^,;.\n]{0,30}? (?:to|contact|please contact|:) ?)"
    r"(?P<who>[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})(?: ?\(?(?P<mail>[\w.+-]+@[\w.-]+\w)\)?)?"
)
"""Notes for a message: "back on 12 August, urgent matters to Tom Reed (tom@reed.test)"."""


def find_return(text: str) -> str:
    """Return when the writer is back and who helps until then; empty without both."""
    match = RETURN.search(text)
    if match is None:
        return ""
    mail = f" at {match['mail']}" if match["mail"] else ""
    return (
        f"I am out of the office and will be back on {match['day']}. "
        f"In urgent matters please contact {match['who']}{mail}."
    )


def find_absence(text: str) -> str:
    """Return what a prompt says about an absence; empty if it says nothing."""
    rest = SENTENCE_END.split(FIRST_SENTENCE.sub("", f"{text}\n"))
    said = " ".join(one for one in rest if one and not LAYOUT.match(one))
    if said:
        return said
    back, away = BACK.search(text), AWAY_FROM.search(text)
    parts = [f"I am out of the office {away[1]}." if away else "I am out of the office."]
    return " ".join([*parts, f"I will be back on {back[1]}."]) if back else parts[0] if away else ""


def write_body(question: Question, writer: Writer, fallback: str) -> str:
    match = (TO_ENGLISH if writer.language == "en" else TO).search(question.instruction)
    match = NAMED.search(question.instruction) or INVITED.search(question.instruction) or match
    sender = find_sender(question.material)
    if writer.language == "en":
        read = find_reader(question.instruction)
        name = (
            sender or read or (next(filter(None, match.groups()), "") if match else "") or fallback
        )
    else:
        name = find_addressee(question.instruction)
    name = name.title() if name.islower() else name
    is_nobody = writer.language == "en" and name == "Hello"
    greeting = ("Hello" if is_nobody else f"{writer.pack.dear} {name}".strip()) + (
        "," if writer.language not in ("ja", "zh", "zh-Hant") else "："
    )
    paragraphs = write_paragraphs(question, writer)
    if BULLETS.search(question.layout):
        writer.first = find_purpose(question.instruction)[1] or writer.first
        paragraphs.insert(
            1, "\n".join(f"- {writer.write_item()}" for _ in range(find_count(question, 3)))
        )
    signature = (
        find_signature(question) or find_applicant(question.prompt) or invent_person(question)
    )
    if family := write_family_letter(question):
        return "\n\n".join([*family[:-1], f"{family[-1]}\n{signature.split()[0]}"])
    ending = f"{writer.pack.regards},\n{signature}"
    limit = MAX_WORDS.search(question.instruction)
    if limit is not None:
        most = parse_count(next(filter(None, limit.groups())), 2000)
        paragraphs = fit_words(paragraphs, most - len(f"{greeting} {ending}".split()))
        paragraphs = lengthen(paragraphs, f"{greeting} {ending}", question, writer)
    return "\n\n".join([greeting, *paragraphs, ending])


def fit_words(paragraphs: list[str], most: int) -> list[str]:
    """Return the first sentences of a letter, at most as many as have some number of words."""
    kept: list[str] = []
    for paragraph in paragraphs:
        sentences: list[str] = []
        for sentence in re.split(r"(?<=[.!?])\s+", paragraph):
            most -= len(sentence.split())
            if most >= 0 or not (kept or sentences):
                sentences.append(sentence)
        kept += [" ".join(sentences)] if sentences else []
    return kept
