"""What the values of fields look like: dates, times, addresses, amounts, codes."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Januar|Februar|März|Mai|Juni|Juli"
    r"|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre"
    r"|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro"
    r"|março"
    r"|maio|junho|julho|setembro|outubro|novembro|dezembro)\b\.?"
)


DATE_SOURCE = (
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}日|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    r"|\b\d{1,2}/\d{1,2}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er)?\.? (?:of |de )?{MONTH}(?:,?(?: de)? \d{{4}})?\b"
    rf"|\b{MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?\b"
)


DATE = make_regex(DATE_SOURCE)


TIME = make_regex(
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\b\.?)?|\b(?:1[0-2]"
    r"|0?[1-9]) ?[ap]\.?m\b"
    r"|\b(?:half past|quarter (?:past|to)|halb|viertel (?:vor|nach)) (?:\d{1,2}|[a-zäöüß]{3,8})\b"
    r"|\b(?:noon|midnight|mittags?|\d{1,2} o'clock|\d{1,2} Uhr(?: \d\d)?|\d{1,2}h\d{0,2})\b",
    re.I,
)


DAY = make_regex(
    rf"{DATE_SOURCE}|\b(?:(?:this|next|nächsten|diesen|kommenden|ce|le|este|el|próximo) )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag"
    r"|mittwoch|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche)\b(?: (?:morning|afternoon|evening|night))?"
    r"|\b(?:tomorrow|today|tonight|morgen|heute|übermorgen|mañana|hoy|demain|next week)\b",
    re.I,
)
"""A date, or a day of the week."""


COUNT_WORDS = "an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|several"


KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (r"(?:^|_)ip(?:_address)?$", make_regex(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")),
    (r"e?mail", make_regex(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    (r"(?:^|_)(?:url|link|website)$", make_regex(r"https?://[^\s,;)\"'>]+|\bwww\.[^\s,;)\"'>]+")),
    (r"^next_|(?:^|_)(?:date|day|datum|fecha|eta|deadline|due|birthday|born)(?:_|$)", DAY),
    (r"^data$", DATE),
    (r"^(?:log_?)?level$", make_regex(r"\b(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|CRITICAL)\b")),
    (r"^timestamp$", make_regex(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?Z?")),
    (
        r"(?:^|_)(?:sex|gender)$",
        make_regex(r"\b(?:fe)?male\b|\b(?:wo)?man\b|\bnon-?binary\b", re.I),
    ),
    (r"(?:^|_)(?:time|uhrzeit|hora|heure|start_time|end_time)$", TIME),
    (
        r"(?:^|_)(?:phone|mobile|tel|telephone|fax)(?:_number)?$",
        make_regex(r"\+?\d[\d ()/-]{6,18}\d"),
    ),
    (r"(?:^|_)(?:percentage|percent|discount)$", make_regex(r"\d+(?:\.\d+)?(?= ?%)")),
    (r"(?:^|_)flight(?:_number|_no)?$", make_regex(r"\b[A-Z][A-Z0-9] ?\d{2,4}\b")),
    (
        r"(?:^|_)(?:id|code|number|no|ref|reference|sku|serial|ticket|plate|invoice|order|tracking"
        r"|flight)(?:_id"
        r"|_number|_code|_no)?$",
        make_regex(
            r"\b(?=[A-Z0-9-]{0,14}\d)(?=[A-Z0-9-]{0,14}[A-Z-])[A-Z0-9]{1,10}(?:-?[A-Z0-9]{1,12}){1,4}\b"
            r"|\b\d{6,20}\b"
        ),
    ),
    (
        r"(?:^|_)(?:address|street|adresse|dirección|indirizzo|endereço)$",
        make_regex(
            r"\b\d{1,5} (?:[A-Z][\w'.-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square"
            r"|Row|Court|Way)\b"
            r"|\b[A-ZÀ-Þ][\w'.-]+(?: (?:[A-ZÀ-Þ]|das|dos|de|da|do|di|del|la)[\w'.-]*){0,4},?"
            r" \d{1,4}[a-z]?\b"
        ),
    ),
    (
        r"(?:^|_)(?:price|amount|cost|total|fee|sum|salary|budget|rent|preis|betrag|precio"
        r"|prix)(?:_raised|_due|_paid)?$",
        make_regex(
            r"[$€£] ?\d(?:[\d.,]*\d)?(?: ?(?:million|billion|k|m)\b)?"
            r"|\b(?:EUR|USD|GBP|CHF) \d(?:[\d.,]*\d)?|\b\d(?:[\d.,]*\d)? ?(?:€|\$|£|euros?\b"
            r"|EUR\b|USD\b"
            r"|GBP\b|CHF\b|dollars?\b|pounds?\b|Euro\b)"
        ),
    ),
    (r"(?:^|_)(?:city|town|ort|stadt|ville|ciudad)$", make_regex(r"(?<=\b\d{5} )[A-ZÀ-Þ][\w-]+")),
    (
        r"^(?:duration|length_of_stay|how_long|notice_period|since)$",
        make_regex(
            r"(?<=\bfor )\d{1,3} (?:minute|hour|day|week|month|year)s?\b|"
            rf"(?<!times )\b(?:{COUNT_WORDS}|\d{{1,3}})(?: ?(?:-|–|to|or) ?(?:{COUNT_WORDS}"
            rf"|\d{{1,3}}))?[- "
            rf"](?:minute|hour|day|week|month|year)s?\b",
            re.I,
        ),
    ),
    (
        r"(?:^|_)degree$",
        make_regex(
            r"\b(?:B\.?Sc|M\.?Sc|B\.?A|M\.?A|Ph\.?D|MBA|Bachelor(?:'s)?|Master(?:'s)?|Diploma"
            r"|B\.?Eng|M\.?Eng)\b"
            r"[^,.;\n]{0,50}"
        ),
    ),
    (
        r"(?:^|_)(?:school|university|institution|college)$",
        make_regex(
            r"\b(?:University of [A-Z]\w+|(?:[A-Z][\w-]+ ){1,3}(?:University|College|Institute"
            r"|School)|(?:TU|ETH|MIT|UCL|UC) ?[A-Z]?\w*)"
        ),
    ),
    (
        r"^colou?r$",
        make_regex(
            r"\b(?:(?:dark|light|navy|sky|forest|deep|pale|bright|matte) )?(?:red|green|blue"
            r"|yellow|black"
            r"|white|grey|gray|brown|orange|pink|purple|beige|navy|teal|silver|gold|turquoise)\b",
            re.I,
        ),
    ),
    (r"^size$", make_regex(r"(?<=\bsize )[\w.]+|(?<![\w'’])(?-i:XXL|XL|XS|[SML])\b", re.I)),
    (
        r"^material$",
        make_regex(
            r"\b(?:cotton|wool|silk|leather|linen|denim|polyester|oak|pine|steel|stainless steel"
            r"|aluminium"
            r"|plastic|glass|ceramic|wood|bamboo|rubber|velvet|nylon)\b",
            re.I,
        ),
    ),
    (
        r"(?:^|_)(?:employment_type|job_type|contract_type)$",
        make_regex(
            r"\b(?:full[- ]time|part[- ]time|contract|temporary|internship|freelance|permanent)\b",
            re.I,
        ),
    ),
    (
        r"^(?:role|job_title|(?:current|present)_(?:title|role|position|job)|position|occupation"
        r"|profession|job|stelle|beruf)$",
        make_regex(
            r"(?<=year-old )[a-z]{4,20}(?: [a-z]{4,20})?(?= (?:from|in|at|who|of|and)\b|[,.])"
            r"|(?<=[^\W\d_], an )[a-z]{4,20}(?= (?:from|in|at|who)\b)"
            r"|(?<=[^\W\d_], a )[a-z]{4,20}(?= (?:from|in|at|who)\b)"
            r"|(?<=\bmich als )[A-ZÄÖÜ]\w+(?:in)?|(?<=\barbeite als )[A-ZÄÖÜ]\w+|"
            r"\b(?:CEO|CFO|CTO|COO|CMO|CIO|Head of [A-Z]\w+|(?:[A-Z][a-z]+ ){0,3}(?:Manager"
            r"|Director|Engineer"
            r"|Officer|President|Developer|Designer|Analyst|Consultant|Accountant|Teacher"
            r"|Professor|Architect"
            r"|Specialist|Assistant|Nurse|Scientist|Administrator))\b"
        ),
    ),
    (
        r"^airline$",
        make_regex(
            r"\b(?:Lufthansa|British Airways|Air France|KLM|Ryanair|easyJet|Delta|United"
            r"|American Airlines"
            r"|Emirates|Qatar Airways|Iberia|SWISS|Turkish Airlines|Air Canada|Qantas|Southwest)\b"
        ),
    ),
    (
        r"^age$",
        make_regex(
            r"(?<=, )\d{1,3}(?=,)|\d{1,3}(?=[ -]years?[ -]old)|(?<=\baged )\d{1,3}"
            r"|(?<=\b[Ii]['’]m )"
            r"\d{1,3}\b(?! (?:minutes?|hours?|days?|km|miles|percent|%))"
            r"|(?<=\b[Ii] am )\d{1,3}\b(?! (?:minutes?|hours?|days?|km|miles|percent|%))"
        ),
    ),
    (r"^(?:funding_)?round$", make_regex(r"\b(?:Series [A-H]|(?:pre-)?seed|angel)\b", re.I)),
    (
        r"^(?:room|area)$",
        make_regex(
            r"\b(?:kitchen|living room|bedroom|bathroom|office|garage|garden|hallway|basement|attic"
            r"|dining room|Room [A-Z]?\d{0,4})\b"
        ),
    ),
    (
        r"^(?:device|appliance)(?:_name)?$",
        make_regex(
            r"\b(?:lamps?|lights?|heating|heater|tv|television|fan|thermostat|oven|speakers?|blinds"
            r"|air conditioning|radio|vacuum|alarm|phone|laptop|printer|router)\b",
            re.I,
        ),
    ),
    (
        r"^fuel(?:_type)?$",
        make_regex(r"\b(?:diesel|petrol|gasoline|electric|plug-in hybrid|hybrid|benzin)\b", re.I),
    ),
    (
        r"^(?:transmission|gearbox)$",
        make_regex(r"\b(?:manual|automatic|automatik|schaltgetriebe)\b", re.I),
    ),
    (
        r"^(?:make|car_make|manufacturer)$",
        make_regex(
            r"\b(?:Volkswagen|VW|Audi|BMW|Mercedes(?:-Benz)?|Toyota|Honda|Ford|Tesla|Volvo|Opel"
            r"|Renault|Peugeot|Citroën|Fiat|Skoda|Škoda|Seat|Mazda|Nissan|Hyundai|Kia|Subaru"
            r"|Porsche|Jeep|Chevrolet|Lexus|Mini|Suzuki|Mitsubishi|Dacia|Land Rover|Jaguar)\b"
        ),
    ),
    (
        r"^(?:model|car_model)$",
        make_regex(
            r"(?<=\bVolkswagen )\w[\w-]*|(?<=\bVW )\w[\w-]*|(?<=\bAudi )\w[\w-]*"
            r"|(?<=\bBMW )\w[\w-]*|(?<=\bToyota )\w[\w-]*|(?<=\bHonda )\w[\w-]*"
            r"|(?<=\bFord )\w[\w-]*|(?<=\bTesla )(?:Model \w|\w[\w-]*)|(?<=\bVolvo )\w[\w-]*"
            r"|(?<=\bOpel )\w[\w-]*|(?<=\bRenault )\w[\w-]*|(?<=\bFiat )\w[\w-]*"
            r"|(?<=\bSkoda )\w[\w-]*|(?<=\bMazda )\w[\w-]*|(?<=\bNissan )\w[\w-]*"
            r"|(?<=\bHyundai )\w[\w-]*|(?<=\bKia )\w[\w-]*|(?<=\bPorsche )\w[\w-]*"
        ),
    ),
    (
        r"^(?:billing_cycle|billing_period|billing|payment_interval|recurrence)$",
        make_regex(
            r"\b(?:monthly|yearly|annual(?:ly)?|weekly|quarterly|daily|monatlich|jährlich|mensual"
            r"|anual)\b",
            re.I,
        ),
    ),
    (r"^brand$", make_regex(r"\A\W*[A-Z][\w'’&-]+(?= [a-z])|(?<=\bby )[A-Z][\w'’&-]+")),
    (r"(?:^|_)(?:version)$", make_regex(r"\bv?\d+\.\d+(?:\.\d+)?\b")),
)


COMPILED = [(make_regex(pattern, re.I), value) for pattern, value in KINDS]
