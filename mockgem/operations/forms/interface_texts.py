"""Texts of user interfaces: error messages, empty pages, cookie banners, confirmation dialogs."""

from __future__ import annotations

import re

from mockgem.core.frozen import frozen
from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

WISH = make_regex(
    r"\b(?:write|create|draft|generate|give|make|need|suggest|schreib\w*|erstell\w*|formulier\w*"
    r"|escrib\w*|redacta|crea|écri\w*|rédige\w*)\b",
    re.I,
)
OTHER_WISH = make_regex(
    r"\b(?:html|react|component|css|json|code|function|python|javascript|explain|why|translate)\b",
    re.I,
)


@frozen
class InterfaceText:
    """What asks for a text of a page or a dialog, and the text in some languages."""

    asks: str
    texts: dict[str, str]


TEXTS = (
    InterfaceText(
        r"\b404[- ](?:error )?(?:page|text|message)\b|\bpage[- ]not[- ]found (?:page|text"
        r"|message)\b",
        {
            "en": "Oops, this page has wandered off. Even our best detective could not find it."
            " Let's"
            " get you back to the home page.",
            "de": "Hoppla, diese Seite ist ausgebüxt. Wir bringen dich zurück zur Startseite.",
            "es": "¡Vaya! Esta página se ha perdido. Te llevamos de vuelta al inicio.",
            "fr": "Oups, cette page s'est égarée. Revenons à l'accueil.",
        },
    ),
    InterfaceText(
        r"\bcookie[- ]?(?:banner|consent|notice|hinweis|popup)|(?:bannière|aviso) (?:de )?cookies",
        {
            "en": "We use cookies to make this site work and to understand how it is used. You can"
            " accept all cookies or choose which ones you allow.\n\n[Accept all] [Only necessary]"
            " [Settings]",
            "de": "Wir verwenden Cookies, damit diese Website funktioniert und wir sie verbessern"
            " können. Du kannst alle akzeptieren oder selbst auswählen.\n\n[Alle akzeptieren] [Nur"
            " notwendige] [Einstellungen]",
            "es": "Usamos cookies para que el sitio funcione y para mejorarlo. Puedes aceptarlas"
            " todas o elegir cuáles permites.\n\n[Aceptar todas] [Solo necesarias] [Configurar]",
            "fr": "Nous utilisons des cookies pour faire fonctionner ce site et l'améliorer. Vous"
            " pouvez tout accepter ou choisir.\n\n[Tout accepter] [Seulement nécessaires]"
            " [Paramètres]",
        },
    ),
    InterfaceText(
        r"\berror (?:message|text|copy)\b[^.\n]{0,60}\b(?:pay\w*|card|transaction|checkout)",
        {
            "en": "Your payment did not go through. Please check your card details or try another"
            " payment method. You have not been charged."
        },
    ),
    InterfaceText(
        r"\berror (?:message|text|copy)\b[^.\n]{0,40}\b(?:log ?in|sign ?in|password|credentials)",
        {
            "en": "That e-mail address and password do not match. Please try again or reset your"
            " password."
        },
    ),
    InterfaceText(
        r"\berror (?:message|text|copy)\b[^.\n]{0,40}\b(?:network|connection|offline|internet"
        r"|timeout)",
        {
            "en": "You seem to be offline. Please check your connection and try again. Your changes"
            " are saved on this device."
        },
    ),
    InterfaceText(
        r"\berror (?:message|text|copy)\b[^.\n]{0,40}\b(?:upload\w*|file|image|photo)",
        {
            "en": "This file could not be uploaded. Please use a JPG, PNG or PDF of at most 10 MB"
            " and try again."
        },
    ),
    InterfaceText(
        r"\berror (?:message|text|copy)\b[^.\n]{0,40}\b(?:form|field|e-?mail|invalid|input)",
        {"en": "Please enter a valid e-mail address, such as name@example.com."},
    ),
    InterfaceText(
        r"\bempty[- ]state\b[^.\n]{0,40}\b(?:search|results?)",
        {"en": "No results yet. Try a shorter word or remove a filter."},
    ),
    InterfaceText(
        r"\bempty[- ]state\b[^.\n]{0,40}\b(?:cart|basket)",
        {"en": "Your cart is empty. Find something you like and add it here."},
    ),
    InterfaceText(
        r"\bempty[- ]state\b",
        {"en": "Nothing here yet. Add your first entry to get started."},
    ),
    InterfaceText(
        r"\b(?:confirm\w*|warning) (?:dialog|modal|popup|message|text)\b[^.\n]{0,40}\b(?:delet\w+"
        r"|remov\w+)",
        {
            "en": "Delete this for good? You cannot undo this.\n\n[Delete] [Cancel]",
        },
    ),
    InterfaceText(
        r"\bmaintenance (?:message|notice|page|text|banner)\b",
        {
            "en": "We are improving things right now and will be back shortly. Thank you for your"
            " patience."
        },
    ),
    InterfaceText(
        r"\b(?:success|thank[- ]you) (?:message|page|text|screen)\b[^.\n]{0,40}\b(?:order|purchase"
        r"|checkout|payment)",
        {
            "en": "Thank you for your order! We have sent a confirmation to your e-mail address and"
            " will let you know when it ships."
        },
    ),
)
MAX_PROMPT = 220


@form(
    "text of an interface",
    "Write an error message for a failed payment in a mobile app",
    "Write a 404 page text that is funny",
    "Schreib einen Text für ein Cookie-Banner",
    words="error 404 cookie empty confirmation confirm maintenance success warning page banner"
    " thank bannière aviso",
    about="a short text for a page, a message or a dialog of the kind that the prompt names",
)
def write_interface(question: Question) -> str | None:
    wish = question.instruction
    is_wished = WISH.search(wish) or WRITER.search(question.system)
    if len(question.prompt) > MAX_PROMPT or not is_wished or OTHER_WISH.search(wish):
        return None
    if wants("json", question) or question.material:
        return None
    found = next((one for one in TEXTS if re.search(one.asks, wish, re.I)), None)
    text = found.texts.get(question.language, "") if found else ""
    limit = SENTENCES.search(wish)
    most = parse_count(limit[1], 9) if limit else 0
    return " ".join(re.split(r"(?<=[.!?]) ", text)[: most or None]) or None


WRITER = make_regex(r"\b(?:ux writer|ux copywriter|microcopy|interface texts?)\b", re.I)
"""A system instruction that makes each message a wish for such a text."""
SENTENCES = make_regex(
    rf"\b(?:max(?:imum)?\.?|at most|up to|in) ({NUMBER}) (?:\w+ )?sentences?", re.I
)
