"""Plain text in the language of the prompt, or in the one that it asks for."""

from __future__ import annotations

import re

from mockgem.operations.forms.foreign_topics import begins_request
from mockgem.operations.forms.introduced_jobs import name_own_job
from mockgem.operations.forms.language_packs import load_pack
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_answers import (
    SERIES,
    find_answer_key,
    find_text,
    load_answers,
)
from mockgem.operations.forms.local_themes import find_first_words, names_topic
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.writing import Writer
from mockgem.operations.generators.prompt_analysis import is_greeting
from mockgem.operations.generators.result_facts import list_facts

GREETING = make_regex(
    r"^\W*(?:hallo|guten (?:tag|morgen|abend)|servus|hola|buen[oa]s (?:días|tardes"
    r"|noches)|bonjour|salut|bonsoir|ciao|buongiorno|buonasera|olá|oi|bom dia|boa tarde"
    r"|goedemorgen|goedendag|cześć|dzień dobry|witaj|merhaba|selam|halo|selamat \w+|xin "
    r"chào|привет|здравствуйте|добрый день|привіт|вітаю|добрий день)\b([\w ,¿¡'’]{0,26})\W*$"
    r"|^\W*(?:مرحب\w+|السلام عليكم|שלום|नमस्ते|こんにちは|おはよう\w*|你好|您好|안녕\w*"
    r"|สวัสดี\w*)\W*$",
    re.I,
)
"""A greeting, and what stands after it."""
SMALL_TALK = make_regex(
    r"\W*(?:wie geht(?:['’]?s| es)?|qu[eé] tal|c[oó]mo (?:est[aá]s?|vas|va|vai|te va)"
    r"|(?:comment )?ça va|comment (?:vas|allez)|come (?:stai|sta|va)|hoe gaat"
    r"|jak (?:się masz|leci)|co słychać|nasılsın|как (?:дела|ты|поживаешь|вы)"
    r"|як (?:справи|ти|ви)|apa kabar|tudo b[eo]m)",
    re.I,
)
"""Questions about how the other one is, which ask for nothing."""


THANKS = make_regex(
    r"\W*(?:(?:vielen |herzlichen )?dank(?:e|eschön)?|merci|(?:muchas )?gracias|grazie|obrigad[oa]"
    r"|bedankt|dank (?:je|u)|dzięk\w+|teşekkür\w*|спасибо|дякую|cảm ơn|terima kasih|makasih)"
    r"(?!\w)[^?\n.]{0,40}[.!]*\Z|\W*(?:شكر|תודה|धन्यवाद|शुक्रिया|ありがとう|谢谢|謝謝|감사합|고마|ขอบคุณ)"
    r"[^?？؟\n]{0,20}\Z",
    re.I,
)
"""Thanks, which ask for nothing."""
GREETING_WISH = make_regex(
    r"\W*(?:please )?(?:write|say|give me|send) (?:me )?(?:an? )?(?:short |friendly |simple "
    r"|formal )?(?:greeting|hello|hi|welcome)\b(?! to (?!me))",
    re.I,
)
"""A wish for a greeting in a language that the prompt names."""


@form(
    "tool results in another language",
    needs="foreign",
    about="each result of a tool, in the language of the prompt",
)
def tell_results(question: Question) -> str | None:
    if not question.results or question.language == "en":
        return None
    template = load_pack(question.language).result
    lines = []
    for result in question.results[-12:]:
        facts = (
            ", ".join(f"{name}: {value}" for name, value in list_facts(result))
            or result.output[:400]
        )
        lines.append(template.replace("{tool}", result.name or "tool").replace("{facts}", facts))
    return "\n".join(lines)


@form(
    "greeting in another language",
    "¡Hola!",
    "Guten Tag!",
    about="a greeting in the language of the prompt",
)
def greet(question: Question) -> str | None:
    is_short = len(question.prompt) <= MAX_GREETING
    source, target = question.written_language, question.language
    if is_short and (said := find_text("fine", question.prompt, source, target)):
        return said
    is_talk = is_short and SMALL_TALK.match(question.prompt) is not None
    if is_talk and len(question.prompt.split()) < MAX_TALK:
        return Writer(question).pack.greetings[0]
    if is_short and question.language != "en" and is_greeting(question.prompt):
        return Writer(question).pack.greetings[0]
    if is_short and THANKS.match(question.prompt):
        return Writer(question).pack.welcome
    if is_short and question.language != "en" and GREETING_WISH.match(question.prompt):
        return Writer(question).pack.greetings[0]
    match = GREETING.match(question.prompt) if is_short else None
    rest = match[1] or "" if match is not None else ""
    is_talk = SMALL_TALK.match(rest) is not None
    if match is None or (not is_talk and begins_request(rest, question.written_language)):
        return None
    return Writer(question, find_own(question)).pack.greetings[0]


def find_own(question: Question) -> str:
    """Return the language of a greeting, which its first word alone tells if it is short."""
    word = question.prompt.strip(" ¡!.,").split(" ")[0].lower().strip("!,.")
    return OWN.get(word, "") if question.language == "en" else ""


OWN = {
    word: code
    for code, words in {
        "de": "hallo guten servus",
        "fr": "bonjour salut bonsoir",
        "es": "hola buenos buenas",
        "it": "ciao buongiorno buonasera",
        "pt": "olá oi bom boa",
        "nl": "goedemorgen goedendag",
        "pl": "cześć dzień witaj",
        "tr": "merhaba selam",
        "id": "halo selamat",
    }.items()
    for word in words.split()
}
MAX_TALK = 6
"""Words of a message that only asks how somebody is."""
MAX_GREETING = 80
"""Characters of a message that only greets."""


@form(
    "another language",
    "¿Cómo puedo cancelar mi suscripción?",
    "Explain gravity. Answer in German.",
    "パスワードを変更するにはどうすればいいですか？",
    "כיצד אני משנה את הסיסמה שלי?",
    needs="foreign",
    about="sentences about the topic in the language of the prompt, or in the requested one",
)
def write_in_language(question: Question) -> str | None:
    if question.language == "en" and question.written_language == "en":
        return None
    source, target = question.written_language, question.language
    if said := find_own_text(question.prompt, source, target):
        return said
    writer = Writer(question)
    if writer.advice:
        return question.opening + tell_advice(writer)
    is_support = SUPPORT.search(question.system) and len(question.prompt) <= MAX_REQUEST
    is_known = writer.said and not writer.is_shaped and writer.everyday in SERVICE_THEMES
    if is_support and not is_known:
        return offer_help(writer)
    texts = load_answers(target).texts
    if "help" in texts and not writer.said and COMPLAINT.search(question.prompt[:MAX_REQUEST]):
        return f"{texts['help']}{writer.space}{texts['help_asks']}"
    if writer.said:
        closer = () if len(writer.said) >= ENOUGH else (writer.write_closer(),)
        return question.opening + writer.space.join([*name_theme(writer), *writer.said, *closer])
    return question.opening + writer.write_paragraph(5)


def name_theme(writer: Writer) -> tuple[str, ...]:
    """Return a sentence with the topic before advice that does not name it; else nothing."""
    question = writer.question
    verdict = find_first_words(question.stated, question.written_language, writer.language)
    is_named = not writer.everyday or verdict or names_topic(writer.said, writer.topic)
    is_short = 0 < len(writer.topic) <= MAX_NAMED
    return (
        ()
        if is_named or not is_short
        else (writer.pack.openers[0].replace("{topic}", f"**{writer.topic}**"),)
    )


MAX_NAMED = 90
"""Letters of a topic that a sentence before advice names."""
COMPLAINT = make_regex(
    r"\A(?!.*[?？؟])(?=.*(?:\b(?:rechnung|bestellung|lieferung|abgebucht|factura|pedido|facture"
    r"|commande|fattura|ordine|fatura|encomenda|factuur|bestelling|faktur\w*|zamówieni\w*"
    r"|sipariş\w*|hóa đơn|đơn hàng|tagihan|pesanan)\b|счёт|счет|заказ|рахун|замовлен|請求|注文"
    r"|청구|주문|账单|订单|帳單|訂單|فاتورة|طلبي|חשבונית|הזמנה|बिल|ऑर्डर|ใบแจ้งหนี้|คำสั่งซื้อ))",
    re.I,
)
"""A message about an invoice or an order that asks nothing."""
SERVICE_THEMES = frozenset(("", "money", "tech", "security", "energy", "travel"))
"""Themes about which companies advise their customers."""
ENOUGH = 3
"""Sentences of an answer that needs no offer to say more."""


def tell_advice(writer: Writer) -> str:
    """Return known answers as sentences, and short ones that are not sentences as a list."""
    question, said = writer.question, writer.advice
    key = find_answer_key(question.stated, question.written_language)
    if key == "track" and (number := ORDER.search(question.stated)):
        return load_answers(writer.language).texts["tracked"].replace("{}", number[0])
    if key not in SERIES:
        return writer.space.join(said)
    opener = writer.pack.openers[0].replace("{topic}", f"**{writer.topic}**")
    opener = opener if writer.topic else ""
    things = "\n".join(f"- {one}" for one in said)
    return f"{opener}\n\n{things}\n\n{writer.write_closer()}".strip()


ORDER = make_regex(r"#?\b[A-Z]{0,3}-?\d{4,12}\b")
"""The number of an order."""


def find_own_text(prompt: str, source: str, target: str) -> str:
    """Return an introduction or a story, if a prompt asks for one."""
    texts = (find_text(name, prompt, source, target) for name in ("introduction", "story"))
    text = next(filter(None, texts), "").replace(" / ", "\n\n")
    return name_own_job(text, prompt, target) if text else ""


SUPPORT = make_regex(
    r"\b(?:support|customer|service|help ?desk|kunden\w*|client\w*|assistant for|agent for"
    r"|booking|hotel|shop|store|bank|airline|restaurant|company|clinic"
    r"|tienda|atención|soporte|asistente virtual|negozio|assistenza|ristorante|loja|atendimento"
    r"|suporte|restaurante|banco|banca|banque|boutique|magasin|winkel|klanten\w*|sklep\w*|obsług\w+"
    r"|mağaza\w*|müşteri|destek|cửa hàng|khách hàng|toko|pelanggan)\b"
    r"|магазин|поддержк|клиент|банк|підтримк|клієнт|サポート|カスタマー|店|ショップ|客服|商店|电商|電商"
    r"|고객|쇼핑몰|상담|매장|ร้าน|ลูกค้า|ग्राहक|दुकान|متجر|عملاء|العملاء|מסעדה|שירות|לקוחות|חנות",
    re.I,
)
"""What a system instruction says about an assistant of a company."""


MAX_REQUEST = 300
"""Characters of a request to which a support assistant offers help."""
MOST = 0.7
"""A topic with more of the letters of a request than this is the request itself."""


def offer_help(writer: Writer) -> str:
    """Return what a support assistant says to a request whose answer is not known."""
    texts = load_answers(writer.language).texts
    is_short = len(writer.topic) < MOST * len(writer.question.prompt)
    has_topic = writer.topic and is_short
    first = texts["help_with"].replace("{}", writer.topic) if has_topic else texts["help"]
    return f"{first}{writer.space}{texts['help_asks']}"
