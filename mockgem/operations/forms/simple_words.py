"""Simple words for hard ones: "utilize" is "use"."""

from __future__ import annotations

import re

from mockgem.operations.forms.concise_words import make_concise
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_styles import change_words, read_pairs

SIMPLE = read_pairs(
    """additional=more; adjacent to=next to; administer=give; allocate=give; anticipate=expect;
    approximately=about; ascertain=find out; assist=help; assistance=help; attain=reach;
    beneficial=good; by means of=with; commencement=start; commence=start; commences=starts;
    comprise=include; comprises=includes; consequently=so; constitute=make up; constitutes=is;
    construct=build; constructed=built; consume=eat; contain=have; contains=has;
    conversion=change; convert=turn; converts=turns; convert incident solar radiation into=turn
    sunlight into; critical=very important; decrease=fall; demonstrate=show; demonstrates=shows;
    determine=find; detrimental=bad; discontinue=stop; disseminate=spread; due to=because of;
    duration=time; electrical energy=electricity; eliminate=remove; emit=give off; emits=gives
    off; employ=use; endeavour=try; endeavor=try; enable=let; enables=lets; encounter=meet;
    enormous=very big; establish=set up; evident=clear; exceed=go above; exhibit=show;
    exhibiting=that show; expenditure=spending; facilitate=help; facilitates=helps;
    feasible=possible; forthwith=at once; frequently=often; fundamental=basic; furthermore=also;
    generate=make; generates=makes; hence=so; however=but; immediately=at once; implement=carry
    out; implemented=carried out; in accordance with=under; in addition=also; inception=start;
    incident solar radiation=sunlight; indicate=show; indicates=shows; individuals=people;
    inform=tell; inhabitants=people; initial=first; initially=at first; initiate=start; in order
    to=to; installations=systems; large-scale=big; liability=responsibility; legislation=law;
    locate=find; maintain=keep; modification=change; modify=change; moreover=also;
    necessitate=need; notify=tell; notwithstanding=despite; numerous=many; objective=goal;
    obligation=duty; obtain=get; obtained=got; occur=happen; occurs=happens; optimal=best;
    participate=take part; pertaining to=about; perform=do; performed=done; permit=let;
    photovoltaic installations=solar panels; process by which=way in which; portion=part;
    possess=have; possesses=has; preceding=before; predominantly=mostly; prescribe=set;
    preserve=keep; primarily=mainly; principal=main; prior to=before; procure=get;
    proficient=good; prohibited=not allowed; provided that=if; purchase=buy; pursuant to=under;
    rapidly=fast; receive=get; receives=gets; regarding=about; relocate=move; remuneration=pay;
    require=need; requires=needs; required=needed; reside=live; residence=home; retain=keep;
    significant=big; significantly=a lot; solar radiation=sunlight; strategy=plan;
    subsequently=later; subsequent=later; substantial=large; sufficient=enough; terminate=end;
    terminated=ended; terminates=ends; termination=end; therefore=so; thereby=so; therefrom=from
    it; transmit=send; transmitted=sent; undertake=do; utilise=use; utilize=use;
    utilization=use; utilizing=using; utilising=using; vehicle=car; via=through; whereas=while;
    with regard to=about; indemnify=pay for the damage of; the party of the first part=one side;
    the party of the second part=the other side; hereby=; herein=here; hereunder=; thereof=of
    it; shall=must"""
)
NUMBER_TWICE = make_regex(r"\b([a-z-]+) \((\d{1,3}%?)\)", re.I)
"""A number in words and in digits, as contracts have it: "thirty (30)"."""
CLAUSE_NUMBER = make_regex(r"(?:^|(?<=[.;:] ))\d{1,2}(?:\.\d{1,2})+\.? ")
ASIDE = make_regex(r" \([^()\n]{3,80}\)")
MOST = 4


def simplify(text: str) -> str:
    """Return the first sentences of a text in simple words, without what stands in brackets."""
    plain = NUMBER_TWICE.sub(lambda match: match[2], text)
    plain = ASIDE.sub("", CLAUSE_NUMBER.sub("", plain))
    changed = make_concise(change_words(plain, SIMPLE))
    sentences = [one for sentence in split_sentences(changed) for one in split_long(sentence)]
    return " ".join(sentences[:MOST])


LONG = 22
JOINT = make_regex(r", (?:which|and|but) (?=[a-z]+ [a-z]+)|; ", re.I)


def split_long(sentence: str) -> list[str]:
    """Return a long sentence as two, if it has a joint near its middle."""
    if len(sentence.split()) <= LONG:
        return [sentence]
    for match in JOINT.finditer(sentence):
        first, rest = sentence[: match.start()], sentence[match.end() :]
        if min(len(first.split()), len(rest.split())) > LONG // 4:
            word = match[0].strip(" ,;").lower()
            lead = "This " if word == "which" else "But " if word == "but" else ""
            rest = f"{lead}{rest}" if lead else rest[:1].upper() + rest[1:]
            return [f"{first}.", rest]
    return [sentence]
