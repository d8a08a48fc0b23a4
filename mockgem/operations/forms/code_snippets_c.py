"""C and C++ that prompts often ask for: pointers, memory, texts, lists, matrices, containers."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

ROWS: tuple[tuple[str, str, str], ...] = (
    (
        "c",
        r"\bswap\w*\b",
        "void {swap}(int *a, int *b) {\n    int before = *a;\n    *a = *b;\n    *b = before;\n}",
    ),
    (
        "cpp",
        r"\bswap\w*\b",
        "template <typename T>\nvoid {swap}(T& a, T& b) {\n    T before = a;\n    a = b;\n    b "
        "= before;\n}",
    ),
    (
        "c",
        r"\b(?:string length|length of (?:a |the )?string|strlen)\b",
        "#include <stddef.h>\n\nsize_t {string_length}(const char *text) {\n    size_t length = "
        "0;\n"
        "    while (text[length] != '\\0') {\n        length++;\n    }\n    return length;\n}",
    ),
    (
        "c",
        r"\b(?:malloc|dynamic\w* (?:array|memory|alloc\w*))\b",
        "#include <stdlib.h>\n\nint *{create_array}(size_t length) {\n"
        "    int *items = malloc(length * sizeof *items);\n    if (items == NULL) {\n        "
        "return NULL;\n    }\n"
        "    for (size_t i = 0; i < length; i++) {\n        items[i] = 0;\n    }\n    return "
        "items;\n}",
    ),
    (
        "c",
        r"\blinked list\b",
        "#include <stdlib.h>\n\ntypedef struct Node {\n    int value;\n    struct Node "
        "*next;\n} Node;\n\n"
        "Node *{insert}(Node *head, int value) {\n    Node *node = malloc(sizeof *node);\n"
        "    if (node == NULL) {\n        return head;\n    }\n    node->value = value;\n"
        "    node->next = head;\n    return node;\n}\n\nvoid free_list(Node *head) {\n"
        "    while (head != NULL) {\n        Node *next = head->next;\n        free(head);\n"
        "        head = next;\n    }\n}",
    ),
    (
        "c",
        r"\bmatri(?:x|ces)\b",
        "#include <stdio.h>\n\n#define SIZE 2\n\nvoid {multiply}(int a[SIZE][SIZE], int "
        "b[SIZE][SIZE], int result[SIZE][SIZE]) {\n"
        "    for (int i = 0; i < SIZE; i++) {\n        for (int j = 0; j < SIZE; j++) {\n"
        "            result[i][j] = 0;\n            for (int k = 0; k < SIZE; k++) {\n"
        "                result[i][j] += a[i][k] * b[k][j];\n            }\n        }\n    }\n}\n\n"
        "int main(void) {\n    int a[SIZE][SIZE] = {{1, 2}, {3, 4}};\n    int b[SIZE][SIZE] = "
        "{{5, 6}, {7, 8}};\n"
        "    int result[SIZE][SIZE];\n    {multiply}(a, b, result);\n    for (int i = 0; i < "
        "SIZE; i++) {\n"
        '        printf("%d %d\\n", result[i][0], result[i][1]);\n    }\n    return 0;\n}',
    ),
    (
        "c",
        r"\bpointers?\b",
        "#include <stdio.h>\n\nint main(void) {\n    int number = 42;\n    int *pointer = "
        "&number;\n"
        '    printf("%d\\n", *pointer);\n    *pointer = 7;\n    printf("%d\\n", number);\n    '
        "return 0;\n}",
    ),
    (
        "cpp",
        r"\b(?:smart pointers?|unique_ptr|shared_ptr)\b",
        "#include <iostream>\n#include <memory>\n\nint main() {\n    auto number = "
        "std::make_unique<int>(42);\n"
        "    std::cout << *number << '\\n';\n}",
    ),
    (
        "cpp",
        r"\bcount\w*\b[^.\n]{0,30}\b(?:words?|characters?|frequenc\w+|occurrences?)",
        "#include <map>\n#include <sstream>\n#include <string>\n\n"
        "std::map<std::string, int> {countWords}(const std::string& text) {\n"
        "    std::map<std::string, int> counts;\n    std::istringstream words(text);\n"
        "    for (std::string word; words >> word;) {\n        ++counts[word];\n    }\n    "
        "return counts;\n}",
    ),
)
COMPILED = [(language, make_regex(pattern, re.I), source) for language, pattern, source in ROWS]
PLACE = make_regex(r"\{([A-Za-z_]\w*)\}(?=\()")


def write_c_snippet(request: CodeRequest) -> str:
    """Return a well-known program of C or C++; empty for other requests."""
    if request.kind in ("tests", "class", "interface"):
        return ""
    text = request.text[:1500]
    named = re.search(rf"\b{request.name}\b", text) is not None and request.name != "run"
    for language, pattern, source in COMPILED:
        if language == request.language and pattern.search(text):
            return PLACE.sub(request.name if named else r"\1", source)
    return ""
