"""Things that every language has a word for: days, months, seasons, colours, numbers."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

KINDS = (
    (
        make_regex(
            r"\bdays of the week|\bweekdays|wochentage|jours de la semaine|días de la semana"
            r"|giorni della settimana|dias da semana|dagen van de week",
            re.I,
        ),
        "days",
    ),
    (make_regex(r"\bmonths\b|\bmonate\b|\bmois\b|\bmeses\b|\bmesi\b|\bmaanden\b", re.I), "months"),
    (
        make_regex(
            r"\bseasons\b|jahreszeiten|\bsaisons\b|\bestaciones\b|\bstagioni\b|\bestações\b", re.I
        ),
        "seasons",
    ),
    (
        make_regex(r"\bcolou?rs\b|\bfarben\b|\bcouleurs\b|\bcolores\b|\bcolori\b|\bcores\b", re.I),
        "colors",
    ),
    (make_regex(r"\bfruits\b|\bfrüchte\b|\bfrutas\b|\bfrutti\b|\bfrutta\b", re.I), "fruits"),
    (
        make_regex(r"\bnumbers (?:from )?(?:1|one) to (?:10|ten|5|five)\b|\bzahlen von\b", re.I),
        "numbers",
    ),
)
WORDS = {
    "de": {
        "days": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
        "months": "Januar Februar März April Mai Juni Juli August September Oktober November"
        " Dezember",
        "seasons": "Frühling Sommer Herbst Winter",
        "colors": "Rot Grün Blau Gelb Orange Violett Braun Schwarz Weiß Grau",
        "fruits": "Apfel Banane Birne Kirsche Pflaume Traube Erdbeere Pfirsich",
        "numbers": "eins zwei drei vier fünf sechs sieben acht neun zehn",
    },
    "fr": {
        "days": "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "months": "janvier février mars avril mai juin juillet août septembre octobre novembre"
        " décembre",
        "seasons": "printemps été automne hiver",
        "colors": "rouge vert bleu jaune orange violet brun noir blanc gris",
        "fruits": "pomme banane poire cerise prune raisin fraise pêche",
        "numbers": "un deux trois quatre cinq six sept huit neuf dix",
    },
    "es": {
        "days": "lunes martes miércoles jueves viernes sábado domingo",
        "months": "enero febrero marzo abril mayo junio julio agosto septiembre octubre"
        " noviembre diciembre",
        "seasons": "primavera verano otoño invierno",
        "colors": "rojo verde azul amarillo naranja morado marrón negro blanco gris",
        "fruits": "manzana plátano pera cereza ciruela uva fresa melocotón",
        "numbers": "uno dos tres cuatro cinco seis siete ocho nueve diez",
    },
    "it": {
        "days": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
        "months": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre"
        " novembre dicembre",
        "seasons": "primavera estate autunno inverno",
        "colors": "rosso verde blu giallo arancione viola marrone nero bianco grigio",
        "fruits": "mela banana pera ciliegia prugna uva fragola pesca",
        "numbers": "uno due tre quattro cinque sei sette otto nove dieci",
    },
    "pt": {
        "days": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
        "months": "janeiro fevereiro março abril maio junho julho agosto setembro outubro"
        " novembro dezembro",
        "seasons": "primavera verão outono inverno",
        "colors": "vermelho verde azul amarelo laranja roxo castanho preto branco cinza",
        "fruits": "maçã banana pera cereja ameixa uva morango pêssego",
        "numbers": "um dois três quatro cinco seis sete oito nove dez",
    },
    "nl": {
        "days": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "months": "januari februari maart april mei juni juli augustus september oktober"
        " november december",
        "seasons": "lente zomer herfst winter",
        "colors": "rood groen blauw geel oranje paars bruin zwart wit grijs",
        "fruits": "appel banaan peer kers pruim druif aardbei perzik",
        "numbers": "een twee drie vier vijf zes zeven acht negen tien",
    },
}


CODES = {
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "dutch": "nl",
}
IN_LANGUAGE = make_regex(rf"\bin ({'|'.join(CODES)})\b", re.I)


def find_local_things(text: str, language: str) -> list[str]:
    """Return the words of a language for the kind of thing that a text names; else none."""
    named = IN_LANGUAGE.search(text) if language == "en" else None
    words = WORDS.get(CODES[named[1].lower()] if named else language)
    if words is None:
        return []
    kind = next((kind for pattern, kind in KINDS if pattern.search(text)), "")
    return words[kind].split() if kind else []
