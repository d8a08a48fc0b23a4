"""How texts in many languages compare a number, and which columns hold numbers."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

MORE = (
    r"大于|大於|超过|より大きい|以上|보다 큰|이상"
    r"|(?:greater|more|higher|bigger|larger|older|expensive) than"
    r"|(?:is |are )?(?:above|over|exceed\w*)"
    r"|después de|más de|más que|plus de|supérieure?s? à|mehr als|über|größer als|più di"
    r"|superiore a"
    r"|meer dan|więcej niż|powyżej|mais de|acima de|больше|свыше|>"
)
LESS = (
    r"小于|小於|低于|より小さい|以下|보다 작은|이하"
    r"|(?:less|fewer|lower|smaller|younger|cheaper) than|(?:is "
    r"|are )?(?:below|under)|menos de|moins de"
    r"|weniger als|unter|meno di|minder dan|mniej niż|poniżej|меньше|<"
)
LIMITS = (
    (">=", r"at least|mindestens|al menos|au moins|>=|or more|minimum(?: of)?"),
    ("<=", r"at most|höchstens|como máximo|au plus|<=|up to|maximum(?: of)?"),
    (">", MORE),
    ("<", LESS),
)
"""How texts compare a number, and the sign."""
NUMBER = r"[$€£]?(\d{1,9}(?:[.,]\d{1,3})?)(?![\d-])"
NUMERIC = make_regex(
    r"amount|price|total|cost|salar|salaire|lohn|gehalt|precio|prix|preis|prezzo|preço|sueldo|age\b"
    r"|edad|alter\b|quantity|stock|rating|score|value|year|count|size|weight|betrag|importe"
    r"|montant",
    re.I,
)
