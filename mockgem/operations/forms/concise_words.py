"""Short words for wordy phrases: "due to the fact that" is "because"."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.sources import split_sentences
from mockgem.operations.forms.text_styles import change_words, read_pairs

WANTS_CONCISE = make_regex(
    r"\b(?:concise\w*|wordy|wordiness|shorten|shorter|tighten|unnecessary words|fewer words"
    r"|more direct|to the point|trim|streamline|cut (?:it |this )?down)\b",
    re.I,
)
WORDY = read_pairs(
    """due to the fact that=because; owing to the fact that=because; because of the fact
    that=because; in spite of the fact that=although; despite the fact that=although; in order
    to=to; so as to=to; for the purpose of=for; with regard to=about; with respect to=about;
    in regard to=about; in relation to=about; concerning the matter of=about; as to
    whether=whether; at this point in time=now; at the present time=now; at the present
    moment=now; at that point in time=then; in the near future=soon; in the event that=if;
    until such time as=until; prior to=before; subsequent to=after; in advance of=before; on a
    daily basis=daily; on a regular basis=regularly; on a weekly basis=weekly; on a monthly
    basis=monthly; a large number of=many; a great number of=many; a small number of=a few;
    the majority of=most; a majority of=most; in the amount of=for; is able to=can; are able
    to=can; was able to=could; were able to=could; has the ability to=can; have the ability
    to=can; is in a position to=can; made the decision to=decided to; make the decision
    to=decide to; made a decision to=decided to; make a decision=decide; came to the
    conclusion that=concluded that; gave consideration to=considered; give consideration
    to=consider; take into consideration=consider; take into account=consider; find it
    necessary to=need to; found it necessary to=needed to; is in need of=needs; it is
    important to note that=note that; it should be noted that=note that; each and every=every;
    first and foremost=first; end result=result; final outcome=outcome; past history=history;
    future plans=plans; completely finished=finished; absolutely essential=essential; close
    proximity=near; very heavily=heavily; very=; really=; quite=; basically=; actually=;
    extremely=; in my opinion=; i would like to inform you that=; please be advised that=;
    i am writing to you in order to inform you that=; this is to inform you that=; i
    am writing to inform you that=; the reason why is that=because; there is no doubt
    that=surely; has a tendency to=tends to; have a tendency to=tend to; conduct an
    investigation of=investigate; provide assistance to=help; provide support to=support;
    utilize=use; utilise=use; commence=start; terminate=end; in a timely manner=on time; at
    all times=always; in the process of=; due to unforeseen circumstances which are beyond our
    control=for reasons beyond our control; due to unforeseen circumstances=unexpectedly;
    i am writing to you today in order to inform you that=; i am writing to you today to inform you
    that=; i am writing to inform you=; will unfortunately have to be=is; which was originally
    scheduled for=of; a significant amount of=much; over the course of=during; until the following
    month=until next month; of the following week=of next week; the organizers of the=the;
    which are beyond our control=beyond our control; during the time that=while;
    regardless of the fact that=although; on account of the fact that=because"""
)


def make_concise(text: str) -> str:
    """Return a text with short words for its wordy phrases."""
    changed = change_words(text, WORDY)
    sentences = [" ".join(one.split()).lstrip(" ,") for one in split_sentences(changed)]
    return " ".join(one[:1].upper() + one[1:] for one in sentences)
