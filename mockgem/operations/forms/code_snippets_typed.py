"""Well-known functions in Rust, Go, Java, C#, Kotlin and Swift that need types of their own."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

WORD_COUNTS = (
    r"\bword_?counts?\([^\n]{0,80}(?:Map|map\[)|"
    r"\bword (?:frequenc\w+|counts)\b|\bfrequenc\w+ of (?:each |the )?words?\b"
    r"|\bcount\w*[^.\n]{0,30}\b(?:word frequenc\w+|occurrences? of (?:each )?word|each word"
    r"|how often)|\bcount\w*[^.\n]{0,30}\bwords?\b[^.\n]{0,60}\b(?:hash ?map|map|dictionary)\b"
)
TRUNCATE = r"\btruncat\w+\b[^.\n]{0,40}\b(?:string|text)|\b(?:string|text)\b[^.\n]{0,40}\bellipsis"
SAFE_COUNTER = (
    r"\b(?:concurren\w+|thread|goroutine)[- ]?safe\b[^.\n]{0,40}\bcounter\b"
    r"|\bcounter\b[^.\n]{0,60}\b(?:thread-?safe|mutex|goroutines|concurren\w+)"
)
ROWS: tuple[tuple[str, str, str], ...] = (
    (
        "go",
        SAFE_COUNTER,
        'package main\n\nimport "sync"\n\ntype Counter struct {\n\tmu    sync.Mutex\n'
        "\tvalue int\n}\n\n"
        "func (c *Counter) Increment() {\n\tc.mu.Lock()\n\tdefer c.mu.Unlock()\n\tc.value++\n}\n\n"
        "func (c *Counter) Value() int {\n\tc.mu.Lock()\n\tdefer c.mu.Unlock()\n\treturn"
        " c.value\n}",
    ),
    (
        "java",
        SAFE_COUNTER,
        "import java.util.concurrent.atomic.AtomicInteger;\n\npublic class Counter {\n"
        "    private final AtomicInteger value = new AtomicInteger();\n\n"
        "    public void increment() {\n        value.incrementAndGet();\n    }\n\n"
        "    public int getValue() {\n        return value.get();\n    }\n}",
    ),
    (
        "rust",
        SAFE_COUNTER,
        "use std::sync::atomic::{AtomicU64, Ordering};\n\n#[derive(Default)]\npub struct Counter"
        " {\n"
        "    value: AtomicU64,\n}\n\nimpl Counter {\n    pub fn increment(&self) {\n"
        "        self.value.fetch_add(1, Ordering::Relaxed);\n    }\n\n    pub fn value(&self)"
        " -> u64 {\n"
        "        self.value.load(Ordering::Relaxed)\n    }\n}",
    ),
    (
        "rust",
        WORD_COUNTS,
        "use std::collections::HashMap;\n\n"
        "pub fn {count_words}(text: &str) -> HashMap<String, usize> {\n"
        "    let mut counts = HashMap::new();\n    for word in text.split_whitespace() {\n"
        "        *counts.entry(word.to_lowercase()).or_insert(0) += 1;\n    }\n    counts\n}",
    ),
    (
        "go",
        WORD_COUNTS,
        'package main\n\nimport "strings"\n\nfunc {countWords}(text string) map[string]int {\n'
        "\tcounts := make(map[string]int)\n"
        "\tfor _, word := range strings.Fields(strings.ToLower(text)) {\n\t\tcounts[word]++\n\t}\n"
        "\treturn counts\n}",
    ),
    (
        "java",
        WORD_COUNTS,
        "import java.util.HashMap;\nimport java.util.Map;\n\npublic class Main {\n"
        "    public static Map<String, Integer> {countWords}(String text) {\n"
        "        Map<String, Integer> counts = new HashMap<>();\n"
        '        for (String word : text.toLowerCase().split("\\\\s+")) {\n'
        "            counts.merge(word, 1, Integer::sum);\n        }\n        return counts;\n  "
        "  }\n}",
    ),
    (
        "csharp",
        WORD_COUNTS,
        "using System;\nusing System.Collections.Generic;\nusing System.Linq;\n\n"
        "public static class TextTools\n{\n"
        "    public static Dictionary<string, int> {CountWords}(string text)\n    {\n"
        "        return text.ToLower()\n"
        "            .Split((char[])null, StringSplitOptions.RemoveEmptyEntries)\n"
        "            .GroupBy(word => word)\n"
        "            .ToDictionary(group => group.Key, group => group.Count());\n    }\n}",
    ),
    (
        "kotlin",
        WORD_COUNTS,
        "fun {countWords}(text: String): Map<String, Int> =\n"
        '    text.lowercase().split(Regex("\\\\s+")).filter { it.isNotEmpty() }\n'
        "        .groupingBy { it }.eachCount()",
    ),
    (
        "swift",
        WORD_COUNTS,
        "func {countWords}(text: String) -> [String: Int] {\n    var counts: [String: Int] = [:]\n"
        '    for word in text.lowercased().split(separator: " ") {\n'
        "        counts[String(word), default: 0] += 1\n    }\n    return counts\n}",
    ),
    (
        "csharp",
        TRUNCATE,
        "public static class StringExtensions\n{\n"
        "    public static string {Truncate}(this string value, int maxLength)\n    {\n"
        "        if (string.IsNullOrEmpty(value) || value.Length <= maxLength)\n        {\n"
        "            return value;\n        }\n"
        '        return value.Substring(0, maxLength) + "...";\n    }\n}',
    ),
    (
        "java",
        TRUNCATE,
        "public class Main {\n    public static String {truncate}(String text, int maxLength) {\n"
        "        if (text.length() <= maxLength) {\n            return text;\n        }\n"
        '        return text.substring(0, maxLength) + "...";\n    }\n}',
    ),
    (
        "kotlin",
        TRUNCATE,
        "fun {truncate}(text: String, maxLength: Int): String =\n"
        '    if (text.length <= maxLength) text else text.take(maxLength) + "..."',
    ),
    (
        "go",
        TRUNCATE,
        "package main\n\nfunc {truncate}(text string, maxLength int) string {\n"
        "\tletters := []rune(text)\n\tif len(letters) <= maxLength {\n\t\treturn text\n\t}\n"
        '\treturn string(letters[:maxLength]) + "..."\n}',
    ),
    (
        "rust",
        TRUNCATE,
        "pub fn {truncate}(text: &str, max_length: usize) -> String {\n"
        "    if text.chars().count() <= max_length {\n        return text.to_string();\n    }\n"
        '    text.chars().take(max_length).collect::<String>() + "..."\n}',
    ),
    (
        "swift",
        TRUNCATE,
        "func {truncate}(text: String, maxLength: Int) -> String {\n"
        '    text.count <= maxLength ? text : text.prefix(maxLength) + "..."\n}',
    ),
)
COMPILED = [(language, make_regex(pattern, re.I), source) for language, pattern, source in ROWS]
PLACE = make_regex(r"\{([A-Za-z_]\w*)\}(?=\()")


def write_typed_snippet(request: CodeRequest) -> str:
    """Return a well-known function of a typed language; empty for other requests."""
    if request.kind in ("tests", "class", "interface"):
        return ""
    text = request.text[:1500]
    is_named = re.search(rf"\b{request.name}\b", text) is not None and request.name != "run"
    for language, pattern, source in COMPILED:
        if language == request.language and pattern.search(text):
            return PLACE.sub(request.name if is_named else r"\1", source)
    return ""
