"""The table and the conditions that a prompt for SQL names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mockgem.operations.forms.code_compares import LESS, LIMITS, MORE, NUMBER, NUMERIC
from mockgem.operations.forms.code_joins import SqlTable
from mockgem.operations.forms.lazy_patterns import make_regex

TABLE = make_regex(
    r"\b(?:table|tabelle|tabla|tabela)\s+(?:named |called )?[\"'`]?([A-Za-z_]\w{1,40})"
    r"|\b(?:from|into|in|of|update|rows from|records from|all)\s+(?:the )?(?:table "
    r")?[\"'`]?([a-z_]\w{1,40})[\"'`]?(?: table)?(?=\s*(?:$|[.,?]|who|that|where|with|cheaper"
    r"|costing|under|over|more|less|sorted"
    r"|older|ordered|order|table|by|whose|and|for|signed|in\b))"
    r"|(?:таблиц\w+|表)\s[\"'`]?([A-Za-z_]\w{1,40})"
    r"|\b(?!(?:create|drop|alter|to|the|a|an|this|that|new|my|our|your|sql|database"
    r"|in)\b)([a-z_]\w{1,40}) table\b",
    re.I,
)


YEAR = make_regex(r"\b(19|20)\d\d\b")


DATE_COLUMN = make_regex(
    r"\bcolumn (?:is |called |named )?[`\"']?([a-z]\w{2,40})|\b([a-z]+_(?:at|seen|on|date|time))"
    r" column\b"
)
IN_TABLE = make_regex(
    r"\b(?:in|from|of|on|to) (?:the )?table [`\"']?([a-z_]\w{2,40})"
    r"|\brows (?:in|from|of) (?:the )?[`\"']?([a-z_]\w{2,40})(?= (?:older|that|where|which|with))"
)
DAYS = make_regex(r"older than (\d{1,4}) days?", re.I)


NOT_TABLES = frozenset(
    "to this that new my our your sql database existing the all a an each every rows records"
    " columns customers_by sql query statement data "
    "which that table tables column called named postgresql postgres mysql sqlite mariadb".split()
)


SCHEMA = make_regex(
    r"\b(?!(?:sql|sqlite|postgresql|mysql|query|table"
    r"|database)\b)([A-Za-z_]\w{0,40})\s?\((\s?[A-Za-z_]\w{0,40}(?:(?:,\s?"
    r"|\s)\w{1,41}){0,90},?\s?)\)",
    re.I,
)
"""A table with its columns: orders(id, customer_id, amount)."""


BESIDE_WORD = make_regex(r"([A-Za-z_]+) ?(?:表|テーブル|테이블)")


def find_table(text: str) -> str:
    if beside := BESIDE_WORD.search(text):
        return beside[1]
    rows = IN_TABLE.search(text)
    if rows and (rows[1] or rows[2]) not in NOT_TABLES:
        return str(rows[1] or rows[2])
    if match := SCHEMA.search(text):
        return match[1]
    for match in TABLE.finditer(text):
        name = str(next(filter(None, match.groups())))
        if name.lower() in NOT_TABLES or name.isdigit():
            continue
        if name.islower() or "_" in name or KNOWN_TABLES.search(text) is None:
            return name
    known = KNOWN_TABLES.search(text)
    if known is None:
        return next((name for name, stems in FOREIGN_TABLES if re.search(stems, text)), "items")
    return known[1].lower()


FOREIGN_TABLES = (
    ("users", r"пользовател|用户|用戶|ユーザー|사용자|المستخدم|kullanıcı|người dùng|pengguna"),
    ("customers", r"клиент|客户|顧客|고객|العملاء|müşteri|khách hàng|pelanggan"),
    ("orders", r"заказ|订单|注文|주문|الطلبات|sipariş|đơn hàng|pesanan"),
    ("products", r"товар|продукт|产品|商品|제품|상품|المنتجات|ürün|sản phẩm|produk"),
    ("employees", r"сотрудник|员工|社員|従業員|직원|الموظف|çalışan|nhân viên|karyawan"),
    ("students", r"студент|学生|학생|الطلاب|öğrenci|sinh viên|siswa"),
)
"""Nouns of other scripts for well-known tables."""


KNOWN_TABLES = make_regex(
    r"\b(users|customers|orders|products|employees|students|posts|articles|comments|invoices|sales"
    r"|books|authors|accounts|transactions|payments|courses|departments|events|tickets|kunden"
    r"|bestellungen|clientes|pedidos|clients|commandes|clienti|ordini|usuarios|productos"
    r"|empleados|utilisateurs|produits"
    r"|employés|benutzer|nutzer|produkte|mitarbeiter|utenti|prodotti|dipendenti|usuários"
    r"|produtos)\b",
    re.I,
)


EQUALS = make_regex(
    r"\b([a-z_]\w{1,30})(?: (?:column|field))?(?: (?:is|equals?|=|equal to|of))?"
    r" [\"'`]([^\"'`\n]{1,40})[\"'`]",
    re.I,
)


COMPARES = make_regex(
    r"\b([a-z_]\w{1,30}) (?:is |are )?(greater than|more than|above|over|at least|less than|below"
    r"|under|>=?|<=?)"
    r" (?:than )?[$€£]?(\d{1,9}(?:\.\d{1,4})?)\b(?! (?:days|rows|records|hours|weeks|months))",
    re.I,
)


CHEAPER = make_regex(
    r"\b(?:cheaper than|(?:costing |priced )?under|costing less than"
    r"|more expensive than) [$€£]?(\d{1,7}(?:\.\d{1,2})?)",
    re.I,
)


OLDER = make_regex(
    r"\b(older|younger|старше|младше|älter|jünger|mayores|menores|ouder) (?:than |als |de "
    r")?(\d{1,3})\b"
    r"(?! days)|(?P<years>\b(?:más de|plus de|mais de|più di|мehr als) (\d{1,3}) (?:años|ans"
    r"|anos|anni|jahre))"
    r"|(?P<over>\d{1,3})歳以上|年[龄齡]大[于於](?P<above>\d{1,3})|(?P<more>\d{1,3})세 이상",
    re.I,
)
YOUNGER = frozenset(("younger", "младше", "jünger", "menores"))


MEANT = {"earn": "salary", "earns": "salary", "cost": "price", "costs": "price", "spent": "amount"}
"""The column that a verb means."""


IDLE = make_regex(
    r"\b(?:for|in) (?:the last |more than |over )?(?:a |an |one )?(\d{1,4})? ?(day|week|month"
    r"|year)s?\b",
    re.I,
)
UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


SIGNS = {"at least": ">=", "less than": "<", "below": "<", "under": "<"}


PLACE = make_regex(r"\b(?:in|from|aus|de|en|di) ([A-Z][a-z]+(?: [A-Z][a-z]+)?)(?=[\s.,?!]|\Z)")


RECENT = make_regex(r"\b(?:last|past) (\d{1,4}) days\b", re.I)


def find_place(text: str, tables: Sequence[SqlTable]) -> str:
    """Return the condition in "customers from Berlin"; empty without a place."""
    match = PLACE.search(text)
    names = {table.name.lower() for table in tables}
    if match is None or match[1].lower() in names | MONTHS:
        return ""
    asked = text.rpartition("\n")[2].lower()
    named = [table for table in tables if table.name.lower().removesuffix("s") in asked]
    columns = [column for table in named or tables for column in table.columns]
    kinds: tuple[str, ...] = ("city", "country", "region", "location", "state")
    kinds = ("country", *kinds) if match[1] in COUNTRIES else kinds
    known = next((one for kind in kinds for one in columns if one.lower().endswith(kind)), "")
    column = known or ("" if columns else "country" if match[1] in COUNTRIES else "city")
    if not column and "department" in text.lower():
        return ""
    return f"\nWHERE {column} = '{match[1]}'" if column else ""


COUNTRIES = frozenset(
    "Germany France Spain Italy USA UK Canada Brazil Japan China India Mexico Poland Turkey "
    "Australia"
    " Netherlands Austria Switzerland Portugal Sweden Norway Denmark Deutschland España Francia"
    " Alemania Italia Frankreich Spanien Italien Österreich Schweiz".split()
)
MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " sql postgres postgresql mysql sqlite table python".split()
)


MONTH_NAMES = (
    "january february march april may june july august september october november december".split()
)
IN_MONTH = make_regex(rf"\b({'|'.join(MONTH_NAMES)}) (?:of )?(\d{{4}})\b", re.I)
SPAN = make_regex(
    r"\b(?:last|past|previous) (year|month|week|quarter|\d{1,3} (?:months|years|weeks))\b", re.I
)
SPAN_DAYS = {"year": 365, "month": 30, "week": 7, "quarter": 91}
AFTER_YEAR = make_regex(r"\b(after|since|before|from|until) (\d{4})(?:-(\d\d)-(\d\d))?\b", re.I)


def find_column_conditions(text: str, tables: Sequence[SqlTable]) -> list[str]:
    """Return the conditions on the columns of the tables that a text names, and on their dates."""
    columns = [column for table in tables for column in table.columns]
    found = [row for column in dict.fromkeys(columns) if (row := compare_column(text, column))]
    if not found and (number := find_comparison(text)):
        numeric = next((one for one in columns if NUMERIC.search(one)), "")
        found = [f"{numeric} {number}"] if numeric else []
    if between := RANGE.search(text):
        numeric = next((one for one in columns if NUMERIC.search(one)), "")
        found += [f"{numeric} BETWEEN {between[1]} AND {between[2].rstrip('.')}"] if numeric else []
    dated = [one for one in columns if one.lower().endswith(("_at", "date", "_on", "time", "_ts"))]
    dated += [one for one in columns if one.lower() in ("ts", "created", "fecha", "datum", "day")]
    return [*found, *find_dates(text, dated, columns)]


IN_RANGE = make_regex(
    r"\b(?:whose|where|with|having) (?:an? |the )?([a-z_]\w{1,30}) (?:is )?between [$€£]?(\d[\d.]*)"
    r" and [$€£]?(\d+(?:\.\d+)?)",
    re.I,
)
"""A column and its limits, where no table shows its columns."""
RANGE = make_regex(
    r"\b(?:between|zwischen|entre|tra) [$€£]?(\d[\d.]*) (?:and|und|y|et|e) [$€£]?(\d[\d.]*)", re.I
)
PAST = make_regex(
    r"\b(\w+_at|\w*date) (?:is |are )?(?:in the past|expired|before (?:now|today))", re.I
)


def find_comparison(text: str) -> str:
    """Return the sign and the number in "more than 3000"; empty without one."""
    for sign, words in LIMITS:
        if match := re.search(
            rf"(?<!\w)(?:{words})\s{{0,2}}{NUMBER}(?! (?:days|rows|records|hours))", text, re.I
        ):
            return f"{sign} {match[1].replace(',', '.')}"
    return ""


def compare_column(text: str, column: str) -> str:
    """Return the condition on a column that a text states; empty without one."""
    lower = text.lower()
    if column.lower() not in lower and column.replace("_", " ").lower() not in lower:
        return ""
    words = re.escape(column.replace("_", " ").lower())
    name = rf"(?<!\w)(?:{words}|{re.escape(column)})(?!\w)"
    for sign, signal in LIMITS:
        match = re.search(
            rf"{name}[^.,;\n]{{0,12}}?(?<!\w)(?:{signal})\s{{0,2}}{NUMBER}", text, re.I
        )
        if match:
            return f"{column} {sign} {match[1].replace(',', '.')}"
    equal = re.search(
        rf"{name} ?(?:is|=|equals?|of|:)? ?['\"‘“]([^'\"’”\n]{{1,40}})['\"’”]", text, re.I
    )
    if equal:
        return f"{column} = '{equal[1]}'"
    number = re.search(rf"{name} ?(?:=|==|is|equals) ?(\d+(?:\.\d+)?)\b", text, re.I)
    return f"{column} = {number[1]}" if number else ""


FOREIGN = make_regex(
    r"([A-Za-z_]\w{1,30})\)?\s?(?:(?:est|ist|es|è|é|jest|sea|sia)\s)?"
    rf"(?:(?P<more>{MORE})|(?P<less>{LESS}))\s?{NUMBER}",
    re.I,
)


def compare_foreign(text: str) -> str:
    """Return the condition of a text in another language on a column: "balance больше 9"."""
    match = None if text.isascii() else FOREIGN.search(text)
    return f"{match[1]} {'>' if match['more'] else '<'} {match[4]}" if match else ""


def find_dates(text: str, dated: Sequence[str], columns: Sequence[str]) -> list[str]:
    """Return the conditions on a column with dates or years."""
    since = AFTER_YEAR.search(text)
    if since and not since[3] and "year" in columns:
        sign = "<" if since[1].lower() in ("before", "until") else ">"
        return [f"year {sign} {since[2]}"]
    if not dated:
        return []
    column = dated[0]
    if month := IN_MONTH.search(text):
        at = MONTH_NAMES.index(month[1].lower()) + 1
        year, after = int(month[2]), at % 12 + 1
        end = f"{year + (at == 12)}-{after:02}-01"
        return [f"{column} >= '{year}-{at:02}-01'", f"{column} < '{end}'"]
    if since:
        sign = "<" if since[1].lower() in ("before", "until") else ">="
        return [f"{column} {sign} '{since[2]}-{since[3] or '01'}-{since[4] or '01'}'"]
    if span := SPAN.search(text):
        amount, _, unit = span[1].rpartition(" ")
        days = SPAN_DAYS[unit.lower().rstrip("s")] * int(amount or 1)
        return [f"{column} >= CURRENT_DATE - {days}"]
    return []


def find_condition(text: str, tables: Sequence[SqlTable] = ()) -> str:
    """Return the WHERE clause that a text describes; empty without a condition."""
    if tables and (rows := find_column_conditions(text, tables)):
        return f"\nWHERE {' AND '.join(rows[:4])}"
    if (inside := IN_RANGE.search(text)) and inside[1].lower() not in NOT_TABLES:
        return f"\nWHERE {inside[1]} BETWEEN {inside[2]} AND {inside[3]}"
    if past := PAST.search(text):
        return f"\nWHERE {past[1]} < CURRENT_TIMESTAMP"
    if (match := IDLE.search(text)) and re.search(
        r"\bn['’]t\b|\bnot\b|\binactive\b|n['’]t log", text
    ):
        days = int(match[1] or 1) * UNIT_DAYS[match[2].lower()]
        return f"\nWHERE last_login < CURRENT_DATE - {days}"
    if match := RECENT.search(text):
        dated = [c for table in tables for c in table.columns if c.endswith(("_at", "date", "_on"))]
        recent = f"{dated[0] if dated else 'created_at'} >= CURRENT_DATE - {match[1]}"
        place = find_place(text, tables)
        return f"{place} AND {recent}" if place else f"\nWHERE {recent}"
    if (match := EQUALS.search(text)) and match[1].lower() not in NOT_TABLES:
        return f"\nWHERE {match[1]} = '{match[2]}'"
    if foreign := compare_foreign(text):
        return f"\nWHERE {foreign}"
    if match := CHEAPER.search(text):
        return f"\nWHERE price {'>' if 'expensive' in match[0].lower() else '<'} {match[1]}"
    if match := OLDER.search(text):
        number = next(one for one in reversed(match.groups()) if one and one.isdigit())
        return f"\nWHERE age {'<' if (match[1] or '').lower() in YOUNGER else '>'} {number}"
    if (match := COMPARES.search(text)) and match[1].lower() not in ("is", "are", "with", "have"):
        sign, column = match[2].lower(), MEANT.get(match[1].lower(), match[1])
        return f"\nWHERE {column} {SIGNS.get(sign, sign if sign[0] in '<>' else '>')} {match[3]}"
    if match := DAYS.search(text):
        named = DATE_COLUMN.search(text)
        column = (named[1] or named[2]) if named else "created_at"
        return f"\nWHERE {column} < CURRENT_DATE - {match[1]}"
    if match := YEAR.search(text):
        dated = [c for table in tables for c in table.columns if c.endswith(("_at", "date", "_on"))]
        column = dated[0] if dated else "signed_up_at" if "sign" in text else "created_at"
        return f"\nWHERE {column} >= '{match[0]}-01-01' AND {column} < '{int(match[0]) + 1}-01-01'"
    return find_place(text, tables)
