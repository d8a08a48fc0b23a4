"""Programs of a few lines for what a prompt names: servers, errors, models, settings files."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_go import write_go_example
from mockgem.operations.forms.code_members import find_members, find_table
from mockgem.operations.forms.code_readers import write_reader
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_snippets_c import write_c_snippet
from mockgem.operations.forms.code_snippets_typed import write_typed_snippet
from mockgem.operations.forms.code_switches import write_switch
from mockgem.operations.forms.lazy_patterns import make_regex

TRY = {
    "java": "try {\n    int number = Integer.parseInt(text);\n    System.out.println(number);\n} "
    'catch (NumberFormatException error) {\n    System.err.println("Not a number: " + '
    "error.getMessage());\n}",
    "javascript": "try {\n  const data = JSON.parse(text);\n  console.log(data);\n} catch "
    "(error) {\n"
    "  console.error('Not valid JSON:', error.message);\n} finally {\n  console.log('Done');\n}",
    "python": "try:\n    number = int(text)\n    print(number)\nexcept ValueError as error:\n"
    '    print(f"Not a number: {error}")\nfinally:\n    print("Done")',
    "csharp": "try\n{\n    int number = int.Parse(text);\n    Console.WriteLine(number);\n}\n"
    'catch (FormatException error)\n{\n    Console.WriteLine($"Not a number: {error.Message}");\n}',
    "php": "<?php\n\ntry {\n    $data = json_decode($text, true, 512, JSON_THROW_ON_ERROR);\n"
    "} catch (JsonException $error) {\n    echo 'Not valid JSON: ' . $error->getMessage();\n}",
    "kotlin": "try {\n    println(text.toInt())\n} catch (error: NumberFormatException) {\n"
    '    println("Not a number: ${error.message}")\n}',
    "cpp": "try {\n    std::cout << std::stoi(text) << '\\n';\n} catch (const "
    "std::invalid_argument& error) {\n"
    "    std::cerr << error.what() << '\\n';\n}",
}
TRY["typescript"] = TRY["javascript"].replace("error.message", "(error as Error).message")
HELLO = {
    "go": 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("Hello, world!")\n}',
    "rust": 'fn main() {\n    println!("Hello, world!");\n}',
    "java": "public class Main {\n    public static void main(String[] args) {\n"
    '        System.out.println("Hello, world!");\n    }\n}',
    "c": (
        '#include <stdio.h>\n\nint main(void) {\n    printf("Hello, world!\\n");\n    return 0;\n}'
    ),
    "cpp": '#include <iostream>\n\nint main() {\n    std::cout << "Hello, world!\\n";\n}',
    "csharp": 'Console.WriteLine("Hello, world!");',
    "javascript": 'console.log("Hello, world!");',
    "typescript": 'console.log("Hello, world!");',
    "ruby": 'puts "Hello, world!"',
    "php": '<?php\n\necho "Hello, world!\\n";',
    "kotlin": 'fun main() {\n    println("Hello, world!")\n}',
    "swift": 'print("Hello, world!")',
    "bash": '#!/usr/bin/env bash\necho "Hello, world!"',
}
PARSES_JSON = make_regex(r"\bpars\w+[^.\n]{0,16}\bjson\b|\bjson\b[^.\n]{0,12}\bpars", re.I)
JSON_PARSERS = {
    "java": "import com.fasterxml.jackson.databind.JsonNode;\n"
    "import com.fasterxml.jackson.databind.ObjectMapper;\n\npublic class Main {\n"
    "    public static void main(String[] args) throws Exception {\n"
    '        String text = "{\\"name\\": \\"Ann\\"}";\n'
    "        JsonNode node = new ObjectMapper().readTree(text);\n"
    '        System.out.println(node.get("name").asText());\n    }\n}',
    "csharp": 'using System.Text.Json;\n\nvar text = "{\\"name\\": \\"Ann\\"}";\n'
    "using var document = JsonDocument.Parse(text);\n"
    'Console.WriteLine(document.RootElement.GetProperty("name").GetString());',
    "php": '<?php\n\n$data = json_decode(\'{"name": "Ann"}\', true, 512, JSON_THROW_ON_ERROR);\n'
    "echo $data['name'];",
    "ruby": "require 'json'\n\ndata = JSON.parse('{\"name\": \"Ann\"}')\nputs data['name']",
    "rust": "use serde_json::Value;\n\nfn main() -> Result<(), serde_json::Error> {\n"
    '    let data: Value = serde_json::from_str(r#"{"name": "Ann"}"#)?;\n'
    '    println!("{}", data["name"]);\n    Ok(())\n}',
    "javascript": 'const data = JSON.parse(\'{"name": "Ann"}\');\nconsole.log(data.name);',
}
SINGLETON = make_regex(
    r"\bsingleton\b(?! session)|单例|單例|シングルトン|싱글톤|синглтон|одиночк", re.I
)
SINGLETONS = {
    "java": "public final class Singleton {\n    private static final Singleton INSTANCE = new "
    "Singleton();\n\n"
    "    private Singleton() {\n    }\n\n    public static Singleton getInstance() {\n"
    "        return INSTANCE;\n    }\n}",
    "python": "class Singleton:\n    _instance = None\n\n    def __new__(cls):\n"
    "        if cls._instance is None:\n            cls._instance = super().__new__(cls)\n"
    "        return cls._instance",
    "csharp": "public sealed class Singleton\n{\n    public static Singleton Instance { get; } "
    "= new();\n\n"
    "    private Singleton()\n    {\n    }\n}",
    "cpp": "class Singleton {\npublic:\n    static Singleton& instance() {\n        static "
    "Singleton single;\n"
    "        return single;\n    }\n\n    Singleton(const Singleton&) = delete;\n"
    "    Singleton& operator=(const Singleton&) = delete;\n\nprivate:\n    Singleton() = "
    "default;\n};",
    "javascript": "export class Singleton {\n  static #instance = null;\n\n  static "
    "getInstance() {\n"
    "    Singleton.#instance ??= new Singleton();\n    return Singleton.#instance;\n  }\n}",
    "typescript": "export class Singleton {\n  private static instance?: Singleton;\n\n"
    "  private constructor() {}\n\n  static getInstance(): Singleton {\n"
    "    Singleton.instance ??= new Singleton();\n    return Singleton.instance;\n  }\n}",
    "php": "<?php\n\nfinal class Singleton\n{\n    private static ?self $instance = null;\n\n"
    "    private function __construct()\n    {\n    }\n\n    public static function "
    "getInstance(): self\n"
    "    {\n        return self::$instance ??= new self();\n    }\n}",
    "kotlin": 'object Singleton {\n    fun describe() = "There is one of these"\n}',
}
C_READ = """#include <stdio.h>

int main(void) {
    int first;
    int second;
    printf("Enter two numbers: ");
    if (scanf("%d %d", &first, &second) != 2) {
        return 1;
    }
    printf("%d\\n", first {sign} second);
    return 0;
}"""
SIGNS = (
    ("*", r"product|multipl"),
    ("-", r"difference|subtract"),
    ("/", r"quotient|divi"),
    ("+", r""),
)


PYTHON_TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "array": "list[str]",
}
COLUMN_TYPES = {
    "string": "String(255)",
    "integer": "Integer",
    "number": "Float",
    "boolean": "Boolean",
    "array": "JSON",
}


def guess_members(request: CodeRequest) -> list[tuple[str, str]]:
    """Return the fields of a model, with the kinds that their names tell."""
    rows = (
        list(request.members)
        or find_members(request.text)
        or [("id", "integer"), ("name", "string")]
    )
    return [
        (re.sub(r"_(?:flag|field)$", "", name), guess_member(name, kind)) for name, kind in rows
    ]


def guess_member(name: str, kind: str) -> str:
    if name in ("id", "age", "year", "quantity", "stock") or name.endswith("_id"):
        return "integer"
    if re.search(r"^(?:is|has)_|flag$|^(?:active|published|completed|done)$", name):
        return "boolean"
    return "array" if name in ("tags", "items", "roles", "skills") else kind


def write_pydantic(request: CodeRequest) -> str:
    rows = "\n".join(
        f"    {name}: {PYTHON_TYPES.get(kind, 'str')}" for name, kind in guess_members(request)
    )
    return f"from pydantic import BaseModel\n\n\nclass {request.name}(BaseModel):\n{rows}"


def write_sqlalchemy(request: CodeRequest) -> str:
    rows = []
    used = {"Column"}
    for name, kind in guess_members(request):
        column = (
            "DateTime" if name.endswith(("_at", "date")) else COLUMN_TYPES.get(kind, "String(255)")
        )
        used.add(column.partition("(")[0])
        ends = ", primary_key=True" if name == "id" else ""
        rows.append(f"    {name} = Column({column}{ends})")
    own = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", request.name).lower()
    table = find_table(request.text) or (own if own.endswith("s") else f"{own}s")
    body = "\n".join(rows)
    return (
        f"from sqlalchemy import {', '.join(sorted(used))}\nfrom sqlalchemy.orm import "
        f"declarative_base\n\n"
        f"Base = declarative_base()\n\n\nclass {request.name}(Base):\n    __tablename__ = "
        f'"{table}"\n\n{body}'
    )


def write_django(request: CodeRequest) -> str:
    kinds = {
        "string": "CharField(max_length=255)",
        "integer": "IntegerField()",
        "number": "DecimalField(max_digits=10, decimal_places=2)",
        "boolean": "BooleanField(default=False)",
        "array": "JSONField(default=list)",
    }
    keys = FOREIGN_KEY.findall(request.text)
    rows = [
        f"    {name} = models.{write_django_field(request.text, name, kinds[kind])}"
        for name, kind in guess_members(request)
        if name != "id" and "foreign" not in name
    ]
    rows += [
        f'    {key.lower()} = models.ForeignKey("{key}", on_delete=models.CASCADE)' for key in keys
    ]
    body = "\n".join(rows)
    return f"from django.db import models\n\n\nclass {request.name}(models.Model):\n{body}"


FOREIGN_KEY = make_regex(r"\b[Ff]oreign ?[Kk]eys? to (?:an? |the )?`?([A-Z]\w+)")


def write_django_field(text: str, name: str, kind: str) -> str:
    """Return the field for a name, with the length or the kind that a text states beside it."""
    if name.endswith("_at"):
        return "DateTimeField(auto_now_add=True)"
    if re.search(r"(?:^|_)(?:date|deadline|birthday)$", name):
        return "DateField()"
    if name in ("body", "description", "content", "bio", "notes", "text"):
        return "TextField()"
    if name == "email":
        return "EmailField(unique=True)"
    size = re.search(rf"\b{name}\b[^,\n]{{0,20}}?\b(?:max\w*|up to)\D{{0,12}}(\d{{1,5}})", text)
    return kind.replace("255", size[1]) if size else kind


API = make_regex(r"\bfast ?api\b[^.\n]{0,80}\b(?:GET|POST|endpoints?|app|api)\b", re.I)
MODELS = (
    (make_regex(r"\bpydantic\b|\bBaseModel\b", re.I), write_pydantic),
    (make_regex(r"\bsqlalchemy\b", re.I), write_sqlalchemy),
    (make_regex(r"\bdjango\b[^.\n]{0,20}\bmodel\b", re.I), write_django),
)


def write_example(request: CodeRequest) -> str:
    """Return a program for what a prompt names; empty for other requests."""
    text = request.text[:1500]
    if request.language == "python" and "test" not in request.kind:
        for pattern, write in MODELS:
            if pattern.search(text) and not API.search(text):
                return write(request)
    if request.language == "ruby" and re.search(r"\bmodel\b", text, re.I):
        named = re.search(
            r"\bmodel (?:called |named )?([A-Z]\w+)|\b(?!Rails)([A-Z]\w+) model", text
        )
        field = re.search(r"\b(?:presence|uniqueness) of (?:an? |the )?(\w+)", text)
        name = (named[1] or named[2]) if named else "Item"
        owners = re.findall(r"\bbelongs?[ _]to:? (?:an? |the )?:?(\w+)", text)
        owned = re.findall(r"\bhas[ _]many:? (?:the )?:?(\w+)", text)
        rows = [f"  belongs_to :{owner.lower()}" for owner in owners]
        rows += [f"  has_many :{one.lower()}" for one in owned]
        rows.append(f"  validates :{field[1] if field else 'name'}, presence: true")
        body = "\n".join(rows)
        return f"class {name} < ApplicationRecord\n{body}\nend"
    if SINGLETON.search(text) and request.language in SINGLETONS:
        return SINGLETONS[request.language]
    if request.kind in ("tests", "class", "interface", "struct"):
        return ""
    if re.search(r"\btry[ /-](?:and )?(?:catch|except)\b|\bexception handling\b", text, re.I):
        return use_exception(TRY.get(request.language, ""), text, request.language)
    if re.search(r"\bhello,? world\b", text, re.I) and "server" not in text.lower():
        return HELLO.get(request.language, "")
    if switch := write_switch(text, request.language):
        return switch
    if PARSES_JSON.search(text) and request.language in JSON_PARSERS:
        return JSON_PARSERS[request.language]
    if reader := write_reader(request):
        return reader
    if request.language in ("c", "cpp") and (source := write_c_snippet(request)):
        return source
    if typed := write_typed_snippet(request):
        return typed
    if request.language == "go":
        return write_go_example(text)
    if request.language == "c" and re.search(r"\b(?:reads?|inputs?|asks?|enter)\b", text, re.I):
        sign = next(sign for sign, pattern in SIGNS if re.search(pattern, text, re.I))
        return C_READ.replace("{sign}", sign)
    return ""


EXCEPTION = make_regex(r"\b([A-Z]\w*(?:Error|Exception))\b")


def use_exception(source: str, text: str, language: str) -> str:
    """Return an example of Python that catches the exception which a prompt names."""
    named = EXCEPTION.search(text)
    if named is None or language != "python" or named[1] == "ValueError":
        return source
    if named[1] in ("FileNotFoundError", "PermissionError", "OSError", "IOError"):
        return (
            'try:\n    with open("data.txt", encoding="utf-8") as file:\n        '
            "print(file.read())\n"
            f'except {named[1]} as error:\n    print(f"Cannot read the file: {{error}}")'
        )
    return source.replace("ValueError", named[1])
