"""American and British spelling: "color" and "colour"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form
from mockgem.operations.forms.text_styles import change_words, read_pairs

PAIRS = """color=colour; colors=colours; colored=coloured; colorful=colourful; favor=favour;
    favors=favours; favorite=favourite; favorites=favourites; honor=honour; honors=honours;
    labor=labour; neighbor=neighbour; neighbors=neighbours; neighborhood=neighbourhood;
    behavior=behaviour; behaviors=behaviours; flavor=flavour; flavors=flavours; humor=humour;
    rumor=rumour; harbor=harbour; vapor=vapour; armor=armour; savor=savour; odor=odour;
    center=centre; centers=centres; centered=centred; theater=theatre; theaters=theatres;
    meter=metre; meters=metres; kilometer=kilometre; kilometers=kilometres; liter=litre;
    liters=litres; fiber=fibre; somber=sombre; caliber=calibre; organize=organise;
    organizes=organises; organized=organised; organizing=organising; organization=organisation;
    organizations=organisations; realize=realise; realized=realised; realizes=realises;
    recognize=recognise; recognized=recognised; apologize=apologise; apologized=apologised;
    analyze=analyse; analyzed=analysed; analyzing=analysing; optimize=optimise;
    optimized=optimised; prioritize=prioritise; summarize=summarise; summarized=summarised;
    customize=customise; customized=customised; emphasize=emphasise; minimize=minimise;
    maximize=maximise; specialize=specialise; specialized=specialised; criticize=criticise;
    memorize=memorise; traveler=traveller; travelers=travellers; traveling=travelling;
    traveled=travelled; canceled=cancelled; canceling=cancelling; labeled=labelled;
    labeling=labelling; modeling=modelling; fueled=fuelled; jewelry=jewellery; gray=grey;
    program=programme; programs=programmes; catalog=catalogue; dialog=dialogue; check=cheque;
    tire=tyre; tires=tyres; curb=kerb; plow=plough; pajamas=pyjamas; aluminum=aluminium;
    defense=defence; offense=offence; license plate=number plate; skillful=skilful;
    enrollment=enrolment; fulfill=fulfil; installment=instalment; mom=mum; math=maths;
    airplane=aeroplane; skeptical=sceptical; mustache=moustache; draft beer=draught beer;
    practiced=practised; practicing=practising; aging=ageing; judgment=judgement"""
TO_BRITISH = read_pairs(PAIRS)
TO_AMERICAN = {new: old for old, new in TO_BRITISH.items()}
RISKY = ("check", "curb", "tire", "tires", "program", "programs", "dialog", "meter", "meters")
"""Words that mean something else, too, and stay where the sentence does not tell."""
WISH = make_regex(
    r"\b(?P<to>british|uk|american|us) (?:english )?(?:spellings?|english|form|version)"
    r"|\b(?:into|to|in|use) (?P<into>british|uk|american|us) (?:english|spelling)",
    re.I,
)
CONVERTS = make_regex(r"\b(?:convert|change|rewrite|turn|switch|use|correct|put|translate)\b", re.I)
SYSTEM = make_regex(
    r"\b(?:convert|change|rewrite|turn|translate)s? (?:[\w'’]+ ){0,5}(?:to|into|in)"
    r" (?:british|uk|american|us)\b",
    re.I,
)
"""A system instruction that makes each message a text to change."""
TARGET = make_regex(r"\b(?:to|into|in|use|with) (?:the )?(british|uk|american|us)\b", re.I)


@form(
    "regional spelling",
    "Convert American spelling to British spelling: The color of the center is gray.",
    words="british american uk us",
    about="the given text in British or American spelling",
)
def change_spelling(question: Question) -> str | None:
    wish = question.wish
    if question.language != "en" or not WISH.search(wish) or not CONVERTS.search(wish):
        return None
    target = TARGET.search(wish) or WISH.search(wish)
    text = question.material or (question.prompt if SYSTEM.search(question.system) else "")
    if target is None or not text.strip() or "{" in text:
        return None
    name = next(filter(None, target.groups())).lower()
    pairs = TO_BRITISH if name in ("british", "uk") else TO_AMERICAN
    kept = {old: new for old, new in pairs.items() if old not in RISKY}
    return change_words(text.strip(" \"'“”"), kept)
