"""Labels that are levels of urgency or severity: the level that the words of a text support."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

NAMES = (
    r"critical|blocker|emergency|kritisch|crític[oa]|critique|critico|критическ\w+|严重|緊急"
    r"|critical \w+",
    r"high|urgent|major|severe|hoch|dringend|alt[oa]|haute?|élevée?|urgente|wysoki|yüksek|acil"
    r"|высок\w+|срочн\w+|висок\w+|терміново|高|紧急|높음|상|عالي\w*|عاجل\w*|גבוה\w*|דחוף|उच्च|สูง"
    r"|ด่วน|tinggi|cao|hoog|hög|elevat[oa]",
    r"medium|normal|moderate|mittel|medi[oa]|moyen(?:ne)?|médi[oa]|średni|orta|средн\w+|середн\w+"
    r"|обычн\w+|звичайн\w+|中|普通|중간|보통|중|متوسط\w*|בינוני\w*|मध्यम|ปานกลาง|sedang|trung bình"
    r"|gemiddeld|normaal|normale?",
    r"low|minor|niedrig|gering|baj[oa]|bass[oa]|faible|basse|baix[oa]|laag|niski|düşük|низк\w+"
    r"|низьк\w+|несрочн\w+|低|낮음|하|منخفض\w*|נמוך\w*|निम्न|कम|ต่ำ|rendah|thấp|not[ _-]urgent",
    r"trivial|cosmetic|informational",
)
LEVELS = [
    make_regex(rf"(?:{names})(?:[ _-](?:priority|severity|urgency))?", re.I) for names in NAMES
]
CODE = make_regex(r"(?:p|s|sev|prio|level|l|t|priority|severity)[ -]?(\d)", re.I)
SEVERE = make_regex(
    r"\ball (?:our )?(?:customers|users|clients|regions|sites|orders)\b|\beveryone\b|\boutage\b"
    r"|\b(?:completely|entirely|totally) (?:down|unavailable|broken)|(?<!\d)100 ?%"
    r"|\b(?:production|prod|site|website|shop|database|server|checkout|system|service) (?:is|are"
    r"|went) (?:completely )?down\b|\bdata loss\b|\b(?:security )?breach\b"
    r"|\b(?:smoke|fire|flames|burning|explo\w+|flood\w*|gas leak|overheat\w*|hacked|ransomware"
    r"|bleeding|unconscious|chest pain|can['’]?t breathe|injured|short circuit)\b"
    r"|\bwater (?:is )?(?:coming|pouring|dripping|running|leaking)\b|\b[4-9]\d ?(?:°|degrees)"
    r"|\bserver room\b[^.\n]{0,40}\b(?:dead|hot|failed)\b|\bAC (?:is )?(?:dead|out|broken)\b"
    r"|\balle (?:kunden|nutzer|benutzer)|ausgefallen|\btodos (?:los|os) (?:clientes|usuarios"
    r"|usuários)"
    r"|\bniemand kann\b|\bniemand (?:\w+ ){0,3}kan\b|ligt (?:helemaal )?plat|\bplus personne\b"
    r"|\bpersonne ne peut\b|\bnadie puede\b|\bnessuno (?:può|riesce)\b|\bninguém consegue\b"
    r"|\bnikt nie może\b|никто не может|ніхто не може|\bhiç kimse\b"
    r"|\btous (?:les|nos) (?:clients|utilisateurs)|hors service|\btutti i (?:clienti|utenti)"
    r"|все (?:клиенты|пользователи)|всі (?:клієнти|користувачі)|所有(?:客户|用户)|宕机"
    r"|全(?:ユーザー|顧客|員)"
    r"|停止して|모든 (?:고객|사용자)|장애|جميع (?:العملاء|المستخدمين)",
    re.I,
)
URGENT = make_regex(
    r"(?<!not )\burgent(?:ly)?\b|\basap\b|\bimmediately\b|\bright away\b|\bemergency\b|\bat once\b"
    r"|\bby (?:today|tonight|noon|end of day)\b|\bsofort\b|\bdringend\b|\bumgehend\b"
    r"|\burgente(?:mente)?"
    r"\b|cuanto antes|de inmediato|\bimmédiatement\b|\burgence\b|\bsubito\b|\bo quanto antes\b"
    r"|\bpilne\b"
    r"|\bacil\b|\bhemen\b|\bkhẩn\b|\bsegera\b|(?<!не)срочно|немедленно|терміново|негайно|紧急|緊急|至急"
    r"|马上|立即|尽快|本日中|すぐに|急いで|긴급|즉시|오늘 중|عاجل|فور|דחוף|מיד|तुरंत|ด่วน"
    r"|не работает|\bnot working\b|\bcannot (?:log ?in|access|work|pay)\b|\bcan['’]t (?:log ?in"
    r"|access"
    r"|work|pay)\b|\bfunktioniert nicht\b|\bno funciona\b|\bne (?:fonctionne|marche) p",
    re.I,
)
MINOR = make_regex(
    r"\btypos?\b|\bcosmetic\b|\bmisaligned\b|\bslightly\b|\bfooter\b|\btooltip\b|\bfavicon\b|\bfont\b"
    r"|\bcolou?r of\b|\bwhenever\b|\bwhen(?:ever)? you (?:have|get|find) (?:some )?(?:time|a chance"
    r"|a minute)|\bno (?:rush|hurry)\b|\bnot urgent\b|\bnice to have\b|\bsomeday\b"
    r"|\bat some point\b"
    r"|\bkeine eile\b|\bwenn (?:sie|du|ihr) zeit\b|\btippfehler\b|\bgelegentlich\b|\bcuando pued\w+"
    r"|\bsin prisa\b|\bquand vous (?:pou|aur)\w+|\bpas urgent\b|\bquando (?:puoi|puder|possibile)\b"
    r"|\bsem pressa\b|\bsenza fretta\b|не срочно|несрочно|когда будет время|опечатк|не горить"
    r"|お時間のある|急ぎません|お知らせ|不急|有空|错别字|방문해|급하지|천천히",
    re.I,
)
PLAIN_SCALE = 3
"""A scale of up to this number of levels has no level above "high"."""


def rank(label: str) -> int | None:
    """Return the place of a level, 0 for the most severe one; None for another label."""
    if code := CODE.fullmatch(label.strip()):
        return int(code[1])
    return next((at for at, names in enumerate(LEVELS) if names.fullmatch(label.strip())), None)


def choose_level(labels: list[str], text: str) -> str:
    """Return the level that a text supports; empty for other labels or without a sign."""
    ranks = {label: found for label in labels if (found := rank(label)) is not None}
    if len(ranks) < max(2, len(labels)) or len(set(ranks.values())) < len(ranks):
        return ""
    ordered = sorted(ranks, key=ranks.__getitem__)
    text = text[:2000]
    if SEVERE.search(text):
        return ordered[0]
    if MINOR.search(text):
        return ordered[-1]
    if not URGENT.search(text):
        return ""
    return ordered[0] if len(ordered) <= PLAIN_SCALE else ordered[1]
