"""Facts about places that a follow-up such as "And in Rome?" asks for: their dishes."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.text_styles import read_pairs

DISH = make_regex(
    r"\b(?:typical|traditional|famous|local|national|popular"
    r"|signature)\b[^?.\n]{0,20}\b(?:dish"
    r"|food"
    r"|meal|specialty|speciality)\b|\bwhat (?:do|should|can) (?:people|you|i|we|they) (?:\w+ "
    r")?eat\b",
    re.I,
)
DISHES = read_pairs(
    """rome=cacio e pepe; naples=pizza margherita; milan=risotto alla milanese;
    venice=fegato alla veneziana;
    florence=bistecca alla fiorentina; bologna=tagliatelle al ragù; sicily=arancini;
    italy=pizza; paris=steak frites; lyon=quenelles; marseille=bouillabaisse; nice=salade niçoise;
    france=coq au vin; madrid=cocido madrileño; barcelona=pa amb tomàquet; valencia=paella;
    seville=gazpacho; spain=tortilla de patatas; lisbon=grilled sardines; porto=francesinha;
    portugal=bacalhau à Brás; berlin=currywurst; munich=Weißwurst with sweet mustard;
    hamburg=Labskaus; germany=Sauerbraten; vienna=Wiener Schnitzel; austria=Wiener Schnitzel;
    zurich=Zürcher Geschnetzeltes; switzerland=cheese fondue; london=fish and chips;
    england=fish and chips; scotland=haggis; ireland=Irish stew; greece=moussaka; athens=souvlaki;
    istanbul=balık ekmek; turkey=kebab; poland=pierogi; warsaw=pierogi; hungary=goulash;
    budapest=goulash; prague=svíčková; sweden=meatballs with lingonberries; norway=fårikål;
    tokyo=sushi; osaka=takoyaki; kyoto=kaiseki; japan=ramen; china=Peking duck; beijing=Peking duck;
    shanghai=xiaolongbao; thailand=pad thai; bangkok=pad thai; vietnam=phở; hanoi=bún chả;
    india=biryani; mumbai=vada pav; delhi=butter chicken; korea=bibimbap; seoul=bibimbap;
    mexico=tacos al pastor; peru=ceviche; lima=ceviche; brazil=feijoada; argentina=asado;
    chicago=deep-dish pizza; new orleans=gumbo; new york=bagels with lox; boston=clam chowder;
    morocco=tagine; egypt=koshari; lebanon=tabbouleh; ethiopia=doro wat; georgia=khachapuri"""
)


def tell_dish(before: str, place: str) -> str:
    """Return the dish of a place after a question for the dish of another; empty if unknown."""
    dish = DISHES.get(place.lower().strip(" ?.!")) if DISH.search(before) else None
    return f"A typical dish in {place} is {dish}." if dish else ""
