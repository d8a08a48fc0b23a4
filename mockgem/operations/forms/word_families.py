"""Words that questions and the texts that answer them say differently, and words without spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache

from mockgem.operations.forms.lazy_patterns import make_regex

FAMILIES = tuple(
    frozenset(line.split())
    for line in """
dog cat pupp pet pets
hund hunde katze haustier tiere
perro gato gatos mascota animal
chien animaux cane gatto animal
aparcar aparcamiento parking estaciona parcheggi parken parkpl
wlan wifi internet
car park
wifi internet
child kid famil
pay card
breakfast meal
refund return send
gift present birthday anniversar surpris
holiday vacation
sick ill
boss manager
phone call hotline telefon contact reach
connect link join
come coming attend join joins said
take borrow
bring carry
late overdue
heavy weigh weight
height tall high
allow permit welcome forbid
last shin batter charg
try tri
win won winn beat defeat victor gagn battu remport vainqu gewann gewonnen siegt besiegt schlug
gan venc derrot vinto vinc batt выигр побед обыгр
cost price fee kost preis cuesta vale coût coûte prix costa prezzo custa preço стои цен wart koszt
cost price fee expensive cheap afford
begin start began kick beginn anfang fängt empiez empez commenc début inizi comec начина начал
die died death dead sterb starb gestorben muri mort décéd morreu умер
born birth geboren nació naci naît nasc родил
buy bought purchas kauf compr achet acquist купи
write wrote writt geschrieben schrieb escrib escrit écri scri написа
live lived lives home wohn viv habit abit жив
leave left quit resign verließ dej quitt part lasc ушёл уеха
invent create built develop erfund invent inventó создал
teach taught teacher lehr enseñ enseign insegn
job jobs career work profession beruf profes métier mestier arbeit trabaj travail lavor работа
old age years jahre años ans anni anos лет
drive drove
eat ate
due hand submit deadline
fail broke outage crash
broken damag defect faulty kaputt beschädig
swim pool
offline internet
receive deliver arriv ship
password login
""".strip().splitlines()
)
"""Beginnings of words: one stands in a question, and another in the sentence that answers it."""
MIN_START = 4
"""Letters of a beginning; a shorter one is a whole word."""


def index_families() -> dict[str, frozenset[str]]:
    index: dict[str, frozenset[str]] = {}
    for family in FAMILIES:
        for start in family:
            index[start] = index.get(start, frozenset()) | (family - {start})
    return index


INDEX = index_families()
LONGEST = max(map(len, INDEX))


@lru_cache(maxsize=256)
def list_kin(wanted: frozenset[str]) -> frozenset[str]:
    """Return beginnings of the words that answer those of a question."""
    found: set[str] = set()
    for word in wanted:
        for size in range(3, min(len(word), LONGEST) + 1):
            if size >= MIN_START or size == len(word):
                found |= INDEX.get(word[:size], frozenset())
    return frozenset(found)


def count_kin(kin: Set[str], words: Set[str]) -> int:
    """Return how many words begin as kin do."""
    return (
        sum(
            any(word.startswith(one) if len(one) >= MIN_START else word == one for one in kin)
            for word in words
        )
        if kin
        else 0
    )


UNSPACED = make_regex(r"[\u0e00-\u0e7f]+|[\u3040-\u30ff\u4e00-\u9fff]+|[\uac00-\ud7af]+")
ASKING = frozenset(
    """
    什么 什麼 多少 几点 幾點 哪里 哪裡 哪儿 什么 时候 为什 怎么 怎样 是多 少？ 是什 的是 是哪
    是谁 谁是
    何時 何曜 いつ どこ だれ です ます すか りま ます ている てい いま いる でし した ました
    ください
    무엇 언제 어디 누구 얼마 니까 습니 입니 합니 인가 나요 는가 몇시
    เท่า ไหร่ อะไร ที่ไ ไหน เมื่ กี่โ
    """.split()
)
"""Pairs of letters that questions have, whatever they are about."""


def is_unspaced(text: str) -> bool:
    return not text.isascii() and UNSPACED.search(text) is not None


@lru_cache(maxsize=512)
def list_pairs(text: str) -> frozenset[str]:
    """Return the pairs of letters in a text whose words have no spaces between them."""
    runs = UNSPACED.findall(text[:4000])
    pairs = {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
    return frozenset(pairs) - ASKING


SUBJECT = make_regex(
    r"\W*((?:The |An? |My |Our |Der |Die |Das |El |La |Le |Il |O |A )?[A-ZÀ-ÞА-Я][\w'’-]+"
    r"(?: (?:de |van |von |da |del )?[A-ZÀ-ÞА-Я][\w'’-]+){0,3}"
    r"|(?:The|My|Our|La|Le|L['’]|El|Il|Lo|O|A|Los|Les|I) ?[a-zà-ÿ][\w-]+)"
)
PRONOUN = make_regex(
    r"\W*(?:[A-Z][a-z]+ (?:\d{1,4}|\w+day|\w+),? )?(?:she|he|it|they|her|his|its|their|sie|er|es"
    r"|ihr"
    r"|ihre|sein|seine|ella|él|ellos|su|sus|elle|il|ils|elles|son|sa|ses|lei|lui|egli|essa|suo|sua"
    r"|ela|ele|eles|seu|она|он|оно|они|его|её|ему|ей|их|вона|він|вони)\b",
    re.I,
)


def find_antecedents(sentences: Sequence[str]) -> list[str]:
    """Return for each sentence the subject that its pronoun stands for; empty without one."""
    subject, found = "", []
    for sentence in sentences:
        begins_with_pronoun, own = read_beginning(sentence)
        found.append(subject if begins_with_pronoun else "")
        subject = own or subject
    return found


@lru_cache(maxsize=512)
def read_beginning(sentence: str) -> tuple[bool, str]:
    """Return whether a sentence begins with a pronoun, else its subject; turns come again."""
    if PRONOUN.match(sentence):
        return True, ""
    match = SUBJECT.match(sentence)
    return False, match[1] if match else ""
