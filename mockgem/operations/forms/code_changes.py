"""Changes of a given program: comments, types, documentation, tests, mended names, its language."""

from __future__ import annotations

import re
from dataclasses import replace

from mockgem.core.frozen import frozen
from mockgem.operations.forms.code_added_methods import add_planned_method, find_added_method
from mockgem.operations.forms.code_components import add_tsx_types
from mockgem.operations.forms.code_dataclasses import write_dataclass
from mockgem.operations.forms.code_docs import add_docs, style_docs
from mockgem.operations.forms.code_edits import (
    APPEND_LOOP,
    SHORT_LOOP,
    VAR,
    add_logging,
    guard,
    make_async,
    make_class,
    rename,
    use_arrows,
    use_switch,
    write_comprehension,
)
from mockgem.operations.forms.code_emitter import translate_python
from mockgem.operations.forms.code_expressions import NotWritable
from mockgem.operations.forms.code_field_sums import convert_field_sum
from mockgem.operations.forms.code_fixes import check_for_null, fix_code
from mockgem.operations.forms.code_follow_ups import add_element, edit_query, edit_style
from mockgem.operations.forms.code_from_braces import rewrite_in_python
from mockgem.operations.forms.code_functions import write_plain
from mockgem.operations.forms.code_inputs import handle_case
from mockgem.operations.forms.code_remarks import add_remarks
from mockgem.operations.forms.code_signatures import guess_kind
from mockgem.operations.forms.code_small_edits import (
    COUNTED_BRACES,
    COUNTED_FOR,
    NEW_PARAMETER,
    add_checks,
    add_parameter,
    simplify_tests,
    write_while,
    write_while_braces,
)
from mockgem.operations.forms.code_structural_edits import (
    WANTS_CACHE,
    WANTS_TABLE,
    cache_results,
    raise_own_error,
    use_dictionary,
)
from mockgem.operations.forms.code_tests import find_functions, write_tests_for
from mockgem.operations.forms.code_types import add_types, annotate, parse_python
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.named_patterns import NAME, search_named
from mockgem.operations.forms.sql_rewriting import join_inner

WISHES = (
    (
        "uncomment",
        r"\b(?:without|no|remove|delete|drop|strip)(?: all| any)?(?: the)? comments?\b"
        r"|\bohne kommentare\b|\bsin comentarios\b|\bsans commentaires\b|\bsenza commenti\b",
    ),
    ("arrow", r"\barrow function\b"),
    ("async", r"\basync(?:hronous)?\b|\bpromises?\b|\bawait\b"),
    ("logging", r"\badd (?:some )?(?:logging|log messages|log statements|print statements)\b"),
    ("rename", r"\brename\b[^.\n]{0,40}\b(?:to|into|as)\b"),
    (
        "guard",
        r"\b(?:error|exception)[- ]handling\b|\bhandle (?:errors?|exceptions?)\b"
        r"|\btry[-/ ](?:except|catch)\b"
        r"|\bfehlerbehandlung\b",
    ),
    (
        "tests",
        r"\b(?:unit ?tests?|test cases|tests? for|pytest|(?-i:Jest)|jest tests?"
        r"|(?:with|using|in) jest|junit|write tests|tests schreib"
        r"|pruebas unitarias|tests unitaires|test unitari)\b",
    ),
    ("types", r"\b(?:type hints?|type annotations?|types? to|annotate|typisier)"),
    (
        "validate",
        r"\b(?:input|parameter|argument) validation\b|\badd (?:some )?validation\b"
        r"|\bvalidat\w+ (?:the )?(?:inputs?|parameters?|arguments?)\b",
    ),
    ("docs", r"\b(?:docstrings?|jsdoc|javadoc|doc comments?|documentation|document)\b"),
    (
        "comments",
        r"\b(?:add|write|insert|include|put|with|füge|añade|agrega|ajoute|aggiungi)\b"
        r"[^.\n]{0,30}\b(?:comment\w*|kommentare?|comentarios?|commentaires?|commenti)\b"
        r"|\bcomment (?:this|the|each|every|my)\b|\bkommentier\w*|\bcomenta\b|\bcommente[rz]?\b"
        r"|\bcommenta\b|komentarz\w*|\byorum\w*"
        r"|コメント|注释|註解|주석|комментар\w*|коментар\w*|chú thích|تعليق\w*|הערות|टिप्पणी",
    ),
    (
        "convert",
        r"\b(?:convert|translate|port|rewrite|transpile|turn|change|transform|migrate"
        r"|réécri\w*|reescrib\w*|reescrev\w*|przepisz|dönüştür|ubah|wandle|übersetze"
        r"|konvertiere|convierte|traduce|convertis|traduis|converti|converta)\b"
        r"|\b(?:equivalent|version)\b[^.\n]{0,20}\b(?:in|of)\b|\bsame(?: thing| one| code"
        r"| function)? in\b"
        r"|\bmake (?:it|this|that) (?:in )?(?:typescript|ts|python|go|rust|java|kotlin|swift|php"
        r"|ruby)\b",
    ),
    (
        "fix",
        r"\b(?:fix\w*|bugs?|debug|broken|error|wrong|doesn['’]?t work|not work\w*|correct|repair"
        r"|mend|why (?:does|is|am)|fehler|korrigiere|corrige|erreur|errore|correggi|issue|corrija"
        r"|popraw|napraw|düzelt|perbaiki|verbeter|sửa)\b"
        r"|修正|修复|修復|バグ|버그|고쳐|수정|исправ\w*|виправ\w*|أصلح|תקן",
    ),
    (
        "change",
        r"\b(?:refactor\w*|optimi[sz]\w+|improv\w+|clean\w* up|simplif\w+|format|rename|shorten"
        r"|readable|pythonic|modernize|rewrite|faster|efficient|refaktoriere|verbessere|mejora"
        r"|améliore|migliora|list comprehension|async|minify|extend|add|make|replace)\b",
    ),
)
"""What a prompt may want of a program that it gives. The first that fits counts."""
COMPILED = [(name, make_regex(pattern, re.I)) for name, pattern in WISHES]


@frozen
class GivenCode:
    """A program in a prompt.

    Attributes:
        language: The name of its language, as after a fence; empty if unknown.
        wish: What the prompt says besides the program.
    """

    language: str
    source: str
    wish: str


def name_wish(wish: str) -> str:
    """Return what a prompt wants of a given program; empty if it wants a new one."""
    return next((name for name, pattern in COMPILED if pattern.search(wish)), "")


ADDED = ("logging", "guard", "types", "docs", "comments")
"""Changes that can be made one after the other."""


def change_code(given: GivenCode, target: str) -> tuple[str, str]:
    """Return the language and the text of a changed program; empty if there is no way.

    Args:
        target: The language that the prompt names, if any.
    """
    first = name_wish(given.wish)
    if given.language == "python" and (written := write_dataclass(given.source, given.wish)):
        return "python", written
    language, source = make_change(first, given, target)
    for name, pattern in COMPILED:
        if (first, name) == ("docs", "comments"):
            continue
        may_follow = name in ADDED and name != first and first in (*ADDED, "async")
        if source and may_follow and pattern.search(given.wish):
            source = make_change(name, replace(given, source=source), target)[1] or source
    return language, source


def make_change(wish: str, given: GivenCode, target: str) -> tuple[str, str]:
    """Return the language and the text of a program after one change."""
    language = given.language
    match wish:
        case "uncomment":
            return language, remove_comments(given.source, language)
        case "arrow":
            return language, use_arrows(given.source)
        case "async":
            return language, make_async(given.source, language)
        case "logging":
            return language, add_logging(given.source, language)
        case "rename":
            return language, rename(given.source, given.wish)
        case "guard":
            return language, guard(given.source, language)
        case "tests":
            return language, write_tests_for(given.source, language, given.wish)
        case "types" if language == "python":
            return language, add_types(given.source)
        case "types" if language == "javascript" and "<" not in given.source:
            return "typescript", add_script_types(given.source)
        case "validate":
            return language, add_checks(given.source, language)
        case "docs":
            return language, style_docs(add_docs(given.source, language), given.wish)
        case "comments":
            return language, add_remarks(given.source, language)
        case "convert" if target and target != language:
            is_component = re.search(r"return \(?\s*<", given.source) is not None
            shown = "tsx" if target == "typescript" and is_component else target
            return shown, convert(given.source, language, target)
        case "fix":
            fixed = fix_code(given.source, language)
            return language, check_for_null(fixed) if "null" in given.wish.lower() else fixed
        case "change" | "convert" | "types":
            return language, improve(given.source, language, given.wish)
    return language, ""


COMMENT_LINE = make_regex(r"^[ \t]*(?:#(?!!)|//|--)[^\n]*\n?", re.M)
COMMENT_END = make_regex(r"[ \t]+(?:#|//) [^\n\"']*$", re.M)
BLOCK_COMMENT = make_regex(r"/\*[\s\S]*?\*/\n?")


def remove_comments(source: str, language: str) -> str:
    """Return a program without its comments."""
    plain = COMMENT_END.sub("", COMMENT_LINE.sub("", source))
    return plain if language in ("python", "bash", "sql", "ruby") else BLOCK_COMMENT.sub("", plain)


def convert(source: str, language: str, target: str) -> str:
    """Return a program in another language; empty if there is no way."""
    if target == "typescript" and re.search(r"return \(?\s*<", source):
        return add_tsx_types(source)
    if target in ("jsx", "tsx"):
        return source
    if summed := convert_field_sum(source, target):
        return summed
    if language == "javascript" and target == "typescript":
        return add_script_types(source)
    python = source if language == "python" else rewrite_in_python(source)
    if target == "python":
        return python
    if not python:
        return write_heads(source, language, target)
    try:
        return translate_python(annotate(python), target)
    except NotWritable:
        return write_heads(source, language, target)


def write_heads(source: str, language: str, target: str) -> str:
    """Return functions with the names and parameters of a program, in another language."""
    written = []
    for name, names in find_functions(source, language):
        plain = write_plain(name, tuple(names) or ("value",), name)
        try:
            written.append(translate_python(plain, target, name))
        except NotWritable:
            return ""
    return "\n\n".join(written)


SCRIPT_HEAD = make_regex(r"(function \w*\s?\(|const \w+ = \()([^()\n]*)(\))(?=\s*(?:\{|=>))")


def add_script_types(source: str) -> str:
    """Return JavaScript whose functions name the types of their parameters."""

    def annotate_head(match: re.Match[str]) -> str:
        names = [name.strip() for name in match[2].split(",") if name.strip()]
        typed = [f"{name}: {find_script_type(name, source)}" for name in names if ":" not in name]
        typed = typed or names
        return f"{match[1]}{', '.join(typed)}{match[3]}"

    return SCRIPT_HEAD.sub(annotate_head, source)


COUNTED = make_regex(
    rf"[-*/%] ?{NAME}\b|\b{NAME} ?(?:[-*/%]|\+\+|--)|\bformat\({NAME}\)|\b{NAME}\.toFixed\("
)
"""What programs do with numbers."""


def find_script_type(name: str, source: str) -> str:
    """Return the type of a parameter, by what a program does with it, else by its name."""
    if name.startswith("..."):
        return "unknown[]"
    if CALLABLE.fullmatch(name) and re.search(rf"\b{name}(?:\(|\.(?:apply|call)\()", source):
        return "(...args: unknown[]) => unknown"
    if name.isidentifier() and search_named(COUNTED, name, source):
        return "number"
    return SCRIPT_TYPES[guess_kind(name)]


CALLABLE = make_regex(r"fn|func|callback|cb|handler|predicate|mapper|reducer|comparator", re.I)
SCRIPT_TYPES = {
    "int": "number",
    "float": "number",
    "str": "string",
    "bool": "boolean",
    "list[float]": "number[]",
    "list[str]": "string[]",
}


PROPS = make_regex(
    r"function ([A-Z]\w*)\(\{ ?([\w, ]+?) ?\}\)|const ([A-Z]\w*) = \(\{ ?([\w, ]+?) ?\}\)"
)


def add_prop_types(source: str) -> str:
    """Return a component of React with the types of its props."""
    match = PROPS.search(source)
    if match is None:
        return source
    name, names = match[1] or match[3], (match[2] or match[4]).split(", ")
    kinds = {"int": "number", "float": "number", "bool": "bool"}
    rows = "\n".join(
        f"  {one}: "
        f"PropTypes.{'func' if one.startswith('on') else kinds.get(guess_kind(one), 'string')}.i"
        f"sRequired,"
        for one in names
    )
    return f"import PropTypes from 'prop-types';\n\n{source}\n\n{name}.propTypes = {{\n{rows}\n}};"


ATTRIBUTE = make_regex(r"\bself\.(\w+) = ")


def add_method(source: str, language: str, name: str) -> str:
    """Return a class with one more method; a special one of Python shows or compares its fields."""
    if language != "python" or not name.startswith("__"):
        return add_planned_method(source, language, name)
    fields = list(dict.fromkeys(ATTRIBUTE.findall(source)))
    named = re.search(r"\bclass (\w+)", source)
    if named is None:
        return ""
    shown = ", ".join(f"{one}={{self.{one}!r}}" for one in fields)
    is_test = name in ("__eq__", "__lt__")
    body = (
        f"return ({', '.join(f'self.{one}' for one in fields)},) "
        f"{'==' if name == '__eq__' else '<'} "
        f"({', '.join(f'other.{one}' for one in fields)},)"
        if is_test
        else f'return f"{named[1]}({shown})"'
    )
    return (
        f"{source.rstrip()}\n\n    def {name}(self{', other' if is_test else ''}):\n        {body}"
    )


UNIQUE_LOOP = make_regex(
    r"^([ \t]*)(\w+) = \[\]\n\1for (\w+) in (?:range\(len\((\w+)\)\)|(\w+)):\n"
    r"[ \t]+if ([\w\[\]]+) not in \2:\n[ \t]+\2\.append\(\6\)",
    re.M,
)
"""A loop that collects each value once, and looks for it in a list each time."""


def use_unique(match: re.Match[str]) -> str:
    items = match[5] if match[6] == match[3] else match[4] or ""
    is_plain = match[6] in (match[3], f"{match[4]}[{match[3]}]")
    return (
        f"{match[1]}{match[2]} = list(dict.fromkeys({items}))" if items and is_plain else match[0]
    )


def improve(source: str, language: str, wish: str) -> str:
    """Return a program with the changes that need no thought; else as it is."""
    if re.search(r"\bswitch\b", wish, re.I):
        return use_switch(source)
    if (handled := handle_case(source, wish)) != source:
        return handled
    if re.search(r"\bwhile[- ]loop\b", wish, re.I):
        counted = COUNTED_FOR.sub(write_while, source)
        return counted if language == "python" else COUNTED_BRACES.sub(write_while_braces, source)
    if language in ("css", "scss"):
        return edit_style(source, wish)
    if (added := NEW_PARAMETER.search(wish)) and (
        longer := add_parameter(source, language, added[1])
    ):
        return longer
    if language == "python" and WANTS_CACHE.search(wish) and (cached := cache_results(source)):
        return cached
    if language == "python" and WANTS_TABLE.search(wish) and (table := use_dictionary(source)):
        return table
    if (method := find_added_method(wish)) and (longer := add_method(source, language, method)):
        return raise_own_error(longer, wish) if language == "python" else longer
    if language == "python" and re.search(
        r"\b(?:into|to|as|in) (?:an? )?(?:python )?class\b", wish, re.I
    ):
        return make_class(source)
    if language == "python":
        tree = parse_python(source)
        if tree is None:
            return fix_code(source, language)
        source = UNIQUE_LOOP.sub(use_unique, source)
        text = APPEND_LOOP.sub(write_comprehension, simplify_tests(source))
        return SHORT_LOOP.sub(r"\1\4 = [\5 for \2 in \3]", text)
    if "proptypes" in wish.lower():
        return add_prop_types(source)
    if language == "html":
        return add_element(source, wish)
    if language == "sql":
        return join_inner(source, wish) or edit_query(source, wish)
    return VAR.sub(r"\1let \2", TRUE_FALSE_BRACES.sub(return_comparison, source))


TRUE_FALSE_BRACES = make_regex(
    r"if \(([^\n{}]{1,120})\) ?\{\s*return (true|false);?\s*\}"
    r"(?:\s*else ?\{\s*return (true|false);?\s*\}|\s*return (true|false);?)"
)
"""A choice in braces whose branches return whether its condition holds."""


def return_comparison(match: re.Match[str]) -> str:
    """Return the condition itself instead of a choice between true and false."""
    other = match[3] or match[4]
    if match[2] == other:
        return match[0]
    return f"return {match[1]};" if match[2] == "true" else f"return !({match[1]});"
