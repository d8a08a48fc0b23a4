"""What a given program does, in other languages than English."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_explaining import RETURNED, TITLES, is_recursive
from mockgem.operations.forms.code_tests import find_functions
from mockgem.operations.forms.lazy_patterns import make_regex

SENTENCES: dict[str, tuple[str, str, str, str, str]] = {
    "de": (
        "Dieser Code ist in {0} geschrieben.",
        "Er definiert die Funktion `{0}` mit den Parametern {1}.",
        "Eine Schleife geht die Werte der Reihe nach durch.",
        "Eine Bedingung entscheidet, welcher Schritt als Nächstes kommt.",
        "Am Ende gibt er `{0}` zurück.",
    ),
    "fr": (
        "Ce code est écrit en {0}.",
        "Il définit la fonction `{0}` avec les paramètres {1}.",
        "Une boucle parcourt les valeurs une par une.",
        "Une condition décide de l'étape suivante.",
        "À la fin, il renvoie `{0}`.",
    ),
    "es": (
        "Este código está escrito en {0}.",
        "Define la función `{0}` con los parámetros {1}.",
        "Un bucle recorre los valores uno por uno.",
        "Una condición decide cuál es el siguiente paso.",
        "Al final devuelve `{0}`.",
    ),
    "it": (
        "Questo codice è scritto in {0}.",
        "Definisce la funzione `{0}` con i parametri {1}.",
        "Un ciclo scorre i valori uno per uno.",
        "Una condizione decide qual è il passo successivo.",
        "Alla fine restituisce `{0}`.",
    ),
    "pt": (
        "Este código está escrito em {0}.",
        "Ele define a função `{0}` com os parâmetros {1}.",
        "Um laço percorre os valores um por um.",
        "Uma condição decide qual é o próximo passo.",
        "No final, ele retorna `{0}`.",
    ),
    "nl": (
        "Deze code is geschreven in {0}.",
        "De code definieert de functie `{0}` met de parameters {1}.",
        "Een lus gaat de waarden één voor één langs.",
        "Een voorwaarde bepaalt wat de volgende stap is.",
        "Aan het einde geeft de code `{0}` terug.",
    ),
    "pl": (
        "Ten kod jest napisany w języku {0}.",
        "Definiuje funkcję `{0}` z parametrami {1}.",
        "Pętla przechodzi przez wartości jedna po drugiej.",
        "Warunek decyduje o następnym kroku.",
        "Na końcu zwraca `{0}`.",
    ),
    "ru": (
        "Этот код написан на {0}.",
        "Он определяет функцию `{0}` с параметрами {1}.",
        "Цикл проходит по всем значениям по очереди.",
        "Условие решает, какой шаг будет следующим.",
        "В конце он возвращает `{0}`.",
    ),
    "zh": (
        "这段代码是用 {0} 写的。",
        "它定义了函数 `{0}`，参数是 {1}。",
        "循环会依次处理每个值。",
        "条件决定下一步做什么。",
        "最后返回 `{0}`。",
    ),
    "ja": (
        "このコードは {0} で書かれています。",
        "関数 `{0}` を定義し、引数は {1} です。",
        "ループで値を一つずつ処理します。",
        "条件によって次の処理が決まります。",
        "最後に `{0}` を返します。",
    ),
    "ko": (
        "이 코드는 {0}로 작성되었습니다.",
        "함수 `{0}`를 정의하고 매개변수는 {1}입니다.",
        "반복문이 값을 하나씩 처리합니다.",
        "조건에 따라 다음 단계가 정해집니다.",
        "마지막에 `{0}`를 반환합니다.",
    ),
}
"""Sentences about the language, the function, a loop, a condition and the result."""


MAIN = {
    "de": "Die wichtigste Zeile ist `{0}`.",
    "fr": "La ligne principale est `{0}`.",
    "es": "La línea principal es `{0}`.",
    "it": "La riga principale è `{0}`.",
    "pt": "A linha principal é `{0}`.",
    "nl": "De belangrijkste regel is `{0}`.",
    "pl": "Najważniejszy wiersz to `{0}`.",
    "ru": "Главная строка здесь: `{0}`.",
    "zh": "最主要的一行是 `{0}`。",
    "ja": "中心になる行は `{0}` です。",
    "ko": "가장 중요한 줄은 `{0}`입니다.",
}
"""The sentence about a program that defines no function."""


RECURSIVE = {
    "de": "Die Funktion ruft sich selbst mit einem kleineren Wert auf, bis der einfache Fall "
    "erreicht ist.",
    "fr": "La fonction s'appelle elle-même avec une valeur plus petite jusqu'au cas simple.",
    "es": "La función se llama a sí misma con un valor menor hasta llegar al caso base.",
    "it": "La funzione chiama sé stessa con un valore più piccolo fino al caso base.",
    "pt": "A função chama a si mesma com um valor menor até chegar ao caso base.",
    "nl": "De functie roept zichzelf aan met een kleinere waarde tot het eenvoudige geval.",
}
"""The sentence about a function that calls itself."""
HEAD = make_regex(r"^[ \t]*(?:[\w<>\[\]*]+ ){1,4}(\w+)\(", re.M)


def explain_abroad(source: str, language: str, spoken: str) -> str | None:
    """Return sentences about a program in a language; None for languages without sentences."""
    rows = SENTENCES.get(spoken)
    if rows is None:
        return None
    written, defines, loops, decides, returns = rows
    found = [written.format(TITLES.get(language, language.capitalize() or "Code"))]
    functions = find_functions(source, language)
    if functions and functions[0][1]:
        name, names = functions[0]
        found.append(defines.format(name, ", ".join(f"`{one}`" for one in names)))
    named = functions[0][0] if functions else next(iter(HEAD.findall(source)), "")
    if named and spoken in RECURSIVE and is_recursive(source, named):
        found.append(RECURSIVE[spoken])
    if re.search(r"\b(?:for|while|forEach|map)\b", source):
        found.append(loops)
    if re.search(r"\b(?:if|case|when|WHERE)\b|\?", source):
        found.append(decides)
    if len(found) == 1:
        longest = max(source.split("\n"), key=len).strip().replace("`", "")
        found.append(MAIN[spoken].format(longest[:120]))
    ends = [match[1] for line in source.split("\n") if (match := RETURNED.match(line))]
    if ends:
        found.append(returns.format(ends[-1].strip()))
    return ("" if spoken in ("zh", "ja") else " ").join(found)
