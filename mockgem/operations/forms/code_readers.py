"""Functions that read a file, in the languages of the families of C and Ruby."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_names import mentions, to_camel
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

READS = make_regex(
    r"\bread\w*\b[^.\n]{0,30}\b(?:text )?files?\b|\bcounts?\b[^.\n]{0,30}\bin an? (?:\w+ )?file\b",
    re.I,
)
COUNTS = make_regex(r"\b(?:count\w*|number of)\b[^.\n]{0,24}\b(lines|words|characters)\b", re.I)
C_READER = """#include <stdio.h>

int main(int argc, char *argv[]) {
    FILE *file = fopen(argc > 1 ? argv[1] : "data.txt", "r");
    if (file == NULL) {
        perror("Cannot open the file");
        return 1;
    }
{steps}
    fclose(file);
    return 0;
}"""
C_STEPS = {
    "lines": """    char line[1024];
    int lines = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        lines++;
    }
    printf("%d lines\\n", lines);""",
    "words": """    char word[256];
    int words = 0;
    while (fscanf(file, "%255s", word) == 1) {
        words++;
    }
    printf("%d words\\n", words);""",
    "characters": """    int characters = 0;
    while (fgetc(file) != EOF) {
        characters++;
    }
    printf("%d characters\\n", characters);""",
    "": """    char line[1024];
    while (fgets(line, sizeof line, file) != NULL) {
        fputs(line, stdout);
    }""",
}
COUNTERS = {
    ("rust", "lines"): ("text.split_whitespace().count()", "text.lines().count()"),
    ("rust", "characters"): ("text.split_whitespace().count()", "text.chars().count()"),
    ("go", "lines"): ("strings.Fields(string(data))", 'strings.Split(string(data), "\\n")'),
    ("go", "characters"): (
        "len(strings.Fields(string(data)))",
        'strings.Count(string(data), "") - 1',
    ),
}
"""How programs that count words count something else."""
READERS = {
    "rust": """use std::fs;
use std::io;

pub fn {name}(path: &str) -> Result<usize, io::Error> {
    let text = fs::read_to_string(path)?;
    Ok(text.split_whitespace().count())
}""",
    "go": """package main

import (
	"fmt"
	"os"
	"strings"
)

func {name}(path string) (int, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", path, err)
	}
	return len(strings.Fields(string(data))), nil
}""",
    "java": """import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

public class FileReader {
    public static List<String> {name}(String path) throws IOException {
        return Files.readAllLines(Path.of(path));
    }
}""",
    "csharp": """using System.IO;

public static class FileReader
{
    public static string[] {name}(string path)
    {
        return File.ReadAllLines(path);
    }
}""",
    "kotlin": """import java.io.File

fun {name}(path: String): List<String> {
    return File(path).readLines()
}""",
    "perl": "use strict;\nuse warnings;\n\nsub {name} {\n    my ($path) = @_;\n    open my "
    "$file, '<', $path or die "
    '"Cannot open $path: $!";\n    my $count = 0;\n    $count++ while <$file>;\n    close '
    "$file;\n    return $count;\n}\n\n"
    'print {name}($ARGV[0]), "\\n";',
    "ruby": "def {name}(path)\n  File.readlines(path, chomp: true)\nend",
    "php": "<?php\n\nfunction {name}(string $path): array\n{\n"
    "    return file($path, FILE_IGNORE_NEW_LINES);\n}",
    "swift": """import Foundation

func {name}(path: String) throws -> [String] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return text.components(separatedBy: .newlines)
}""",
    "cpp": """#include <fstream>
#include <string>
#include <vector>

std::vector<std::string> {name}(const std::string& path) {
    std::ifstream file(path);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    return lines;
}""",
}
"""Functions that read a file, with a place for the name."""


LOADERS = {
    "json": ("json", "json.load(file)", ""),
    "yaml": ("yaml", "yaml.safe_load(file)", ""),
    "toml": ("tomllib", "tomllib.load(file)", "b"),
}
LOADS = make_regex(
    r"\b(?:read|load|pars|open)\w*\b[^.\n]{0,24}\b(json|ya?ml|toml)(?: \w+)? (?:files?|path)\b",
    re.I,
)
"""A file whose data a function returns, with its kind."""
MORE = make_regex(
    r"\b(?:pandas|filter\w*|sum|count\w*|prints?|convert\w*|writ\w+ (?:to|it|them)|csv|sort\w*"
    r"|class|merg\w+|validat\w+|update\w*|average|api|for each)\b",
    re.I,
)


def write_loader(request: CodeRequest) -> str:
    """Return a function in Python that returns the data of a file; empty for other requests."""
    text = request.text[:600]
    match = LOADS.search(text)
    if request.language != "python" or request.kind != "function" or match is None:
        return ""
    if MORE.search(text) or request.name in ("run", "Item"):
        return ""
    module, loads, mode = LOADERS[match[1].lower().replace("yml", "yaml")]
    encoding = "" if mode else ', encoding="utf-8"'
    return (
        f"import {module}\n\n\ndef {request.name}(path: str) -> dict:\n"
        f'    with open(path, "r{mode}"{encoding}) as file:\n        return {loads}'
    )


def write_reader(request: CodeRequest) -> str:
    """Return a function that reads a file; empty for other requests."""
    is_json = request.language == "go" and "json" in request.text.lower()
    if is_json or READS.search(request.text) is None:
        return ""
    counted = COUNTS.search(request.text)
    what = counted[1].lower() if counted else ""
    if request.language == "c":
        return C_READER.replace("{steps}", C_STEPS[what])
    source = READERS.get(request.language, "")
    if not source:
        return ""
    source = source.replace(*COUNTERS.get((request.language, what), ("", "")))
    given = request.name not in ("run", "Item") and mentions(request.text, request.name)
    name = request.name if given else f"count_{what}" if what else "read_file"
    is_snake = request.language in ("rust", "ruby", "cpp", "perl") or re.search(
        rf"\b{name}\b", request.text
    )
    return source.replace("{name}", name if is_snake else to_camel(name))
