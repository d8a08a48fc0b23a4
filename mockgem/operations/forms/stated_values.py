"""Values that texts in other languages state: "Ich heiße Jonas", "29 лет", "住在杭州", "249,90
€"."""

from __future__ import annotations

import re
from typing import Any

from mockgem.operations.forms.field_names import ENGLISH_NAMES, KNOWN_NAMES
from mockgem.operations.forms.glosses import is_foreign
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.local_cities import find_local_city
from mockgem.operations.forms.sources import split_sentences

CAPITAL = r"[A-ZÀ-ÞĀ-ŽА-ЯЁІЇЄҐ]"
PERSON = rf"({CAPITAL}[\w'’-]*(?: (?:de |da |do |van |von |der )?{CAPITAL}[\w'’-]*){{0,3}})"
"""A name of a person in Latin or Cyrillic letters."""
SURNAMES = (
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅"
    "梁宋郑鄭谢謝韩韓唐冯馮于董程曹袁邓鄧许許"
)
NAMES = (
    make_regex(
        rf"(?<!\w)(?:I am|I'm|I’m|[Mm]y name is|[Tt]his is|[Hh]ere is"
        rf"|[Nn]ame's)\s{PERSON}(?=[,.!?;:\n]|\s(?:from|at|with|and|of"
        rf"|here|speaking|writing|calling)\b|\s*\Z)"
    ),
    make_regex(
        rf"(?:[Rr]egards|[Bb]est|[Ss]incerely|[Cc]heers|[Tt]hanks|Grüßen?|Grüße|[Ss]aludos"
        rf"|[Cc]ordialement),?[ \t]*\n+[ \t]*{PERSON}(?=\s*(?:\n|\Z))"
    ),
    make_regex(
        r"(?<!\w)(?:ich heiße|ich bin|mein name ist|hier ist|je m['’]appelle|je suis|mon nom est|me"
        r" llamo|mi nombre es|soy|(?:eu )?me chamo|(?:o )?meu nome é|mi chiamo|sono"
        r"|il mio nome è|ik"
        r" heet|ik ben|mijn naam is|nazywam się|mam na imię|jestem|(?:benim )?adım|ben"
        r"|меня зовут|моё"
        r" имя|мене звати|tôi (?:tên )?là|tên tôi là|em là|nama saya|saya|perkenalkan(?:, saya)?)"
        rf"[,:]?\s(?-i:{PERSON})",
        re.I,
    ),
    make_regex(
        rf"(?<!\w)(?:Herrn?|Frau|Monsieur|Madame|Mme|Señora?|Senhora?|Signora?|Sig\.(?:ra)?|Sr\."
        rf"|Sra\.|Dott\.|"
        rf"Pan|Pani|Pana|Mevrouw|Meneer|Bay|Bayan|Ông|Bà|Bapak|Ibu) {PERSON}"
    ),
    make_regex(
        r"(?:مع|السيد|السيدة|الأستاذ|الأستاذة|الدكتور"
        r"|الدكتورة)\s([\u0621-\u064a]+ [\u0621-\u064a]+)"
    ),
    make_regex(r"(?:اسمي|أنا|اسمه|اسمها)\s([\u0621-\u064a]+(?:\s(?!و)[\u0621-\u064a]+)?)"),
    make_regex(
        r"(?:קוראים לי|שמי|השם שלי(?: הוא)?|שמו|שמה)\s([\u05d0-\u05ea]+(?:\s[\u05d0-\u05ea]+)?)"
    ),
    make_regex(r"(?:मेरा|उसका|उनका) नाम ((?:(?!है)[^\s,।]+\s?){1,2}?)(?= है|,|।)"),
    make_regex(
        r"(?:私の名前は|名前は|私は)([^\s、。0-9]{2,8}?)(?=です|と申|といい|、|。)|([^\s、。「」『』は]{2,6})(?:さん|様|氏)"
    ),
    make_regex(
        r"(?:我叫|我是|名字是|名叫|姓名是|我的名字叫)([\u4e00-\u9fff]{2,4}?)(?=[，,。、\s]|今|来|來|住|$)"
    ),
    make_regex(
        rf"(?:^|[，。、：:\s])([{SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=昨|今|明|上|下|在|于|於|是|和|与|與|，|,|。|先生|女士"
        r"|小姐|加入|担任|擔任|说|說|的|已|将|將|向|从|從|住)"
    ),
    make_regex(
        r"(?:제 이름은|이름은|저는)\s?([\uac00-\ud7a3]{2,4}?)(?=이고|이며|입니다|이에요|예요"
        r"|라고|고|,|\s)"
        r"|([\uac00-\ud7a3]{2,4})(?:\s?씨|님)(?=[은는이가의,.\s])"
    ),
    make_regex(r"(?:ฉัน|ผม|ดิฉัน|หนู)?ชื่อ\s?([\u0e00-\u0e7f]+)"),
)
AGES = make_regex(
    r"(?<![\d.,])(\d{1,3})\s?(?:-?\s?(?:jahre|jährige?r?|ans|años|anos|anni|jaar|lata?\b|yaş|лет"
    r"|год|років|рок|"
    r"tahun|tuổi)|سنة|عام|साल|वर्ष|歳|才|岁|歲|살|세|ปี)|(?:בן|בת)\s(\d{1,3})",
    re.I,
)
PLACES = (
    make_regex(
        r"(?<!\w)(?:wohn\w* in|lebe? in|aus|komme aus|vis à|habite (?:à|a)|viens de|vivo en"
        r"|vive en|soy de|moro em|"
        r"mora em|vivo em|vivo a|vive a|abito a|abita a|woon\w* in|uit|mieszka\w* w|z|живу в"
        r"|живет в|живёт в|живе у|живу у|"
        r"живу во|из|із|з|tinggal di|berasal dari|sống (?:ở|tại)|ở|đến từ)"
        rf"\s(?-i:({CAPITAL}[\w'’-]*(?:[ -]{CAPITAL}[\w'’-]*){{0,2}}))",
        re.I,
    ),
    make_regex(rf"({CAPITAL}[\w]*)['’](?:da|de|ta|te|dan|den|tan|ten)\b"),
    make_regex(r"(?:أعيش|أسكن|أقيم|يعيش|تعيش|يسكن|مقيم) في ([\u0621-\u064a]+)"),
    make_regex(r"(?:גר|גרה|מתגורר\w?) ב-?([\u05d0-\u05ea]+(?:\s[\u05d0-\u05ea]+)?)"),
    make_regex(r"([^\s,।]+) में (?:रहत|रहता|रहती|रहते|बस)"),
    make_regex(r"([^\s、。は]{2,8}?)に(?:住|在住|暮ら)|([^\s、。は]{2,6})在住"),
    make_regex(
        r"(?:住在|居住在|来自|來自|现居|現居|家在)([\u4e00-\u9fff]{2,6}?)(?=[，,。、\s市]|工作|$)"
    ),
    make_regex(r"([\uac00-\ud7a3]{2,6}?)(?:에서?|에)\s?(?:살|거주)"),
    make_regex(r"(?:อยู่ที่|อาศัยอยู่ที่|อยู่|มาจาก)\s?([\u0e00-\u0e7f]+)"),
)
COMPANIES = (
    make_regex(
        r"((?:株式会社|合同会社)[^\s、。はがをの]{1,14}|[^\s、。はがをの]{1,14}(?:株式会社|社(?=[はがにで])))"
    ),
    make_regex(r"([\u4e00-\u9fffA-Za-z]{2,14}(?:公司|集团|集團|银行|銀行))"),
    make_regex(
        r"(?:加入了?|就职于|任职于|就職於|任職於|供职于)([\u4e00-\u9fffA-Za-z]{2,12}?)(?=[，,。、]|担任|擔任|工作|$)"
    ),
    make_regex(
        rf"({CAPITAL}[\w&-]*(?: {CAPITAL}[\w&-]*){{0,2}} (?:GmbH|AG|S\.?A\.?|SARL|S\.?L\.?"
        rf"|Ltda\.?|S\.?r\.?l\.?|S\.?p\.?A\.?|B\.?V\.?"
        r"|Sp\. z o\.o\.|A\.?Ş\.?))"
    ),
    make_regex(
        r"(?<!\w)(?:компани\w+|ООО|ТОВ|شركة|חברת|कंपनी|บริษัท|công ty|(?-i:PT)(?= )) ?[«\"„]?"
        r"([^\s,.»\"“]{2,20})",
        re.I,
    ),
)
GOODS = (
    make_regex(
        r"(?:Товар|Producto|Produkt|Produit|Prodotto|Produto|Artikel"
        r"|商品|产品|產品|상품|المنتج)[:：] ?"
        r"([^,，、.。\n]{2,40})"
    ),
)
TITLES = (
    *GOODS,
    make_regex(r"[《『「«„“]([^》』」»“”\n]{1,60})[》』」»“”]"),
)
AUTHORS = (make_regex(r"[》』」](?:は|是)([^\s、。，]{2,8}?)(?:が|の|在|于|於|所|写|寫|创|創|的)"),)
YEARS = make_regex(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
MONEY = make_regex(
    r"(?<![\d.,])(\d{1,3}(?:[. \u00a0]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?)\s?"
    r"(?:€|\$|£|EUR|USD|CHF|TL|₺|zł|PLN|руб|₽|грн|₴|円|元|원|₩|đồng|đ\b|VND|บาท|reais|euros?|Euro"
    r"|dólares|złotych|ريال|درهم"
    r"|دولار|שקל|₪|रुपये|रु)"
    r"|(?:€|\$|£|R\$|Rp\.?|¥|￥|₹|₺|₩|₪)\s?(\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?"
    r"|\d+(?:[.,]\d{1,2})?)"
)
NUMBERS = make_regex(
    r"(?<!\w)(?:nr\.?|n[°º]\.?|№|número|numéro|nummer|numero|numer|номер|رقم|מספר|番号|编号|編號|號碼|번호"
    r"|số|nomor|หมายเลข|bestellung|auftrag|rechnung|pedido|commande|ordine|bestelling"
    r"|zamówienie)\s?(?:[:：]\s?)?#?"
    r"([A-Z]{0,4}-?\d[\w/-]{2,20})",
    re.I,
)
HOBBIES = (
    make_regex(
        r"(?:休日|週末|趣味)?(?:は|には|に)([^\s、。はにを]{1,8}?)(?:に出かけ|をして|を楽し|が好き|が趣味|に行)"
        r"|趣味は([^\s、。]{1,10}?)(?:です|で|、|。)"
    ),
    make_regex(r"(?:喜欢|喜歡|爱好是|愛好是|爱好：)([\u4e00-\u9fff]{1,6}?)(?=[，,。、和]|$)"),
    make_regex(r"취미는 ([\uac00-\ud7a3 ]{1,10}?)(?:입니다|이에요|예요|이고)"),
    make_regex(
        r"\b(?:likes?|loves?|enjoys?|hobby is|hobbies are|interested in|spends? (?:his|her|their"
        r"|my) free time)"
        r" ([a-z]+ing(?: [a-z]+)?|[a-z]{4,14})(?=[.,;!]| and| in| on|\Z)"
    ),
)
FINDERS: dict[str, tuple[re.Pattern[str], ...]] = {
    "name": (*GOODS, *NAMES),
    "first_name": NAMES,
    "last_name": NAMES,
    "person": NAMES,
    "full_name": NAMES,
    "customer": NAMES,
    "hobby": HOBBIES,
    "hobbies": HOBBIES,
    "趣味": HOBBIES,
    "age": (AGES,),
    "city": PLACES,
    "place": PLACES,
    "location": PLACES,
    "company": COMPANIES,
    "organization": COMPANIES,
    "title": TITLES,
    "product": GOODS,
    "book": TITLES,
    "author": AUTHORS,
    "year": (YEARS,),
    "number": (NUMBERS,),
    "price": (MONEY,),
    "amount": (MONEY,),
    "total": (MONEY,),
}
"""The patterns of values by the English name of their field."""


PERSON_KEY = make_regex(
    r"^(?:sender|customer|client|patient|guest|contact|user|caller|author|applicant|employee"
    r"|candidate)(?:_name)?$"
)


def find_stated(name: str, text: str) -> str:
    """Return what a text states for a field by its English name; empty for nothing."""
    plain = name.lower()
    if plain not in FINDERS and PERSON_KEY.match(plain):
        plain = "name"
    for pattern in FINDERS.get(plain, ()):
        if pattern is MONEY and len(set(pattern.findall(text[:4000]))) > 1:
            return ""
        if match := pattern.search(text[:4000]):
            return str(next(filter(None, match.groups()))).strip(" .,")
    return find_local_city(text) if plain in ("city", "town") else ""


def fill_stated(name: str, value: Any, schema: dict[str, Any], text: str) -> Any:
    """Return what a text states for a field, as the kind of the field's value; None for nothing."""
    found = find_stated(name, text)
    if not found or "enum" in schema or isinstance(value, (bool, list, dict)):
        return None
    if schema.get("type") not in ("integer", "number"):
        part = {"first_name": 0, "last_name": -1}.get(name)
        return found if part is None else found.split()[part]
    number = parse_amount(found)
    if number is None:
        return None
    return int(number) if schema["type"] == "integer" or number == int(number) else number


def parse_amount(text: str) -> float | None:
    """Return the value of "1.249,90", "1,249.90" or "29"; None for another text."""
    plain = re.sub(r"[ \u00a0]", "", text)
    if re.search(r",\d{1,2}\Z", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif re.search(r"\.\d{3}\Z", plain):
        plain = plain.replace(".", "")
    plain = plain.replace(",", "")
    return float(plain) if re.fullmatch(r"\d{1,15}(?:\.\d{1,4})?", plain) else None


MAX_QUOTE = 120


def quote_foreign(value: dict[str, Any], fields: dict[str, Any], text: str) -> dict[str, Any]:
    """Return an object in which fields of an unknown kind have the first sentence of a text.

    That is for texts in another language than English, of which a single word says nothing.
    """
    if not is_foreign(text) or (sentences := split_sentences(text)[:1]) == []:
        return value
    return {
        key: sentences[0][:MAX_QUOTE] if is_guess(key, item, fields.get(key), text) else item
        for key, item in value.items()
    }


def is_guess(name: str, value: Any, schema: dict[str, Any] | None, text: str) -> bool:
    """Return whether a value is any word of the text, for a field of an unknown kind."""
    if schema != {"type": "string"} or not isinstance(value, str):
        return False
    plain = ENGLISH_NAMES.get(name.lower(), name.lower())
    if plain in KNOWN_NAMES or plain in FINDERS:
        return False
    return value == "sample" or (value.isalpha() and value in text and not value.isupper())
