"""Programs of frameworks: migrations of Laravel, views of SwiftUI."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_members import find_members
from mockgem.operations.forms.code_names import to_camel
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.lazy_patterns import make_regex

TABLE = make_regex(
    r"\btable (?:called |named |for )?[`\"']?(\w+)|[`\"']?\b(?!(?:a|an|the"
    r"|new)\b)(\w+)[`\"']? table\b"
)
LARAVEL_TYPES = {"integer": "integer", "number": "decimal", "boolean": "boolean", "array": "json"}


def write_laravel_migration(request: CodeRequest) -> str:
    """Return a migration of Laravel with the table and the columns that a prompt names."""
    named = TABLE.search(request.text)
    table = next(filter(None, named.groups())) if named else "items"
    rows = [
        f"            $table->{LARAVEL_TYPES.get(kind, 'string')}('{name}');"
        for name, kind in find_members(request.text) or list(request.members)
        if name not in ("id", table)
    ]
    body = "\n".join(rows)
    return (
        "<?php\n\nuse Illuminate\\Database\\Migrations\\Migration;\n"
        "use Illuminate\\Database\\Schema\\Blueprint;\nuse "
        "Illuminate\\Support\\Facades\\Schema;\n\n"
        "return new class extends Migration\n{\n    public function up(): void\n    {\n"
        f"        Schema::create('{table}', function (Blueprint $table) {{\n            "
        f"$table->id();\n"
        f"{body}\n            $table->timestamps();\n        }});\n    }}\n\n"
        f"    public function down(): void\n    {{\n        Schema::dropIfExists('{table}');\n  "
        f"  }}\n}};"
    )


VIEW = make_regex(
    r"\b(?:view|screen|struct) (?:called |named )?`?([A-Z]\w+)|\b(?!SwiftUI\b)([A-Z]\w*View)\b"
)
BUTTON = make_regex(
    r"[\"“']([\w ]{2,30})[\"”'] button|\b((?:[A-Z]\w+ ?){1,3}) button\b|\bbutton (?:labelled"
    r"|saying|named) [\"“']?([\w ]{2,30})"
)


def write_swift_view(request: CodeRequest) -> str:
    """Return a view of SwiftUI with the fields and the button that a prompt names."""
    named, button = VIEW.search(request.text), BUTTON.search(request.text)
    name = next(filter(None, named.groups())) if named else "ContentView"
    fields = [
        to_camel(re.sub(r"_fields?$", "", field))
        for field, _ in find_members(request.text) or list(request.members)
        if "button" not in field.lower()
    ]
    if not fields and not button and re.search(r"\blist\b", request.text, re.I):
        return (
            f"import SwiftUI\n\nstruct {name}: View {{\n    let items: [String]\n\n"
            "    var body: some View {\n        List(items, id: \\.self) { item in\n"
            "            Text(item)\n        }\n    }\n}"
        )
    state = "".join(f'    @State private var {field} = ""\n' for field in fields)
    rows = [
        f"            {'SecureField' if 'password' in field.lower() else 'TextField'}"
        f'("{field.capitalize()}", text: ${field})'
        for field in fields
    ] or ['            Text("Hello")']
    if button or "button" in request.text.lower():
        label = next(filter(None, button.groups())).strip() if button else "Continue"
        rows.append(f'            Button("{label}") {{ }}')
    inside = "\n".join(rows)
    return (
        f"import SwiftUI\n\nstruct {name}: View {{\n{state}\n    var body: some View {{\n"
        f"        VStack {{\n{inside}\n        }}\n        .padding()\n    }}\n}}"
    )


ESLINT_RULES = (
    (r"\bconsole", "'no-console': 'error'"),
    (r"\bsingle quotes?", "quotes: ['error', 'single']"),
    (r"\bdouble quotes?", "quotes: ['error', 'double']"),
    (r"\bsemicolons?|\bsemi\b", "semi: ['error', 'always']"),
    (r"\bunused", "'no-unused-vars': 'error'"),
    (r"\bindent\w*", "indent: ['error', 2]"),
    (r"\bvar\b", "'no-var': 'error'"),
    (r"===|\bstrict equality|\beqeqeq", "eqeqeq: 'error'"),
)


def write_eslint(text: str) -> str:
    """Return a configuration of ESLint with the rules that a text names."""
    rows = [rule for pattern, rule in ESLINT_RULES if re.search(pattern, text, re.I)]
    body = "\n".join(f"      {rule}," for rule in rows or ["'no-unused-vars': 'error'"])
    return (
        f"export default [\n  {{\n    files: ['**/*.js'],\n    rules: {{\n{body}\n    }},\n  }},"
        f"\n];"
    )


PACKAGES = {
    "junit": "testImplementation 'org.junit.jupiter:junit-jupiter:5.11.0'",
    "guava": "implementation 'com.google.guava:guava:33.3.0-jre'",
    "lombok": "compileOnly 'org.projectlombok:lombok:1.18.34'",
    "mockito": "testImplementation 'org.mockito:mockito-core:5.13.0'",
    "jackson": "implementation 'com.fasterxml.jackson.core:jackson-databind:2.18.0'",
    "spring": "implementation 'org.springframework.boot:spring-boot-starter-web'",
    "postgres": "runtimeOnly 'org.postgresql:postgresql:42.7.4'",
}


def write_dependencies(text: str) -> str:
    """Return the dependencies of Gradle that a text names."""
    rows = [line for word, line in PACKAGES.items() if word in text.lower()]
    body = "\n".join(f"    {line}" for line in rows or [PACKAGES["junit"]])
    return f"dependencies {{\n{body}\n}}"


EXTENSION = make_regex(
    r"\bextension\b(?: function| method)?[^.\n]{0,12}?\b(?:on|for|of|to)\s`?([A-Z]\w+)"
    r"|\b(?!(?:Swift|Kotlin|An?)\b)([A-Z]\w+) extension\b|\bextend `?([A-Z]\w+)"
)


def write_extension(request: CodeRequest) -> str:
    """Return an extension of a type in Swift or Kotlin."""
    match = EXTENSION.search(request.text)
    kind = next(filter(None, match.groups())) if match else "String"
    name = to_camel(request.name) if request.name != "run" else "isValid"
    is_test = re.search(r"\btrue\b|\bis[A-Z]|\bwhether\b|\bcheck", request.text) is not None
    if request.language == "kotlin":
        body = 'isNotBlank() && contains("@")' if is_test else "trim()"
        return f"fun {kind}.{name}(): {'Boolean' if is_test else kind} {{\n    return {body}\n}}"
    body = '!isEmpty && contains("@")' if is_test else "self"
    returns = "Bool" if is_test else kind
    return f"extension {kind} {{\n    var {name}: {returns} {{\n        return {body}\n    }}\n}}"


SERVICE = make_regex(r"\b([A-Z]\w*Service)\b")
CALLS = make_regex(r"\b([a-z]\w*)\(\)")
PATH = make_regex(r"https?://[^\s\"'<>`)]{3,200}|(?<![\w/:.])/[a-z][\w/-]*")


def write_angular_service(text: str) -> str:
    """Return a service of Angular with the methods and the address of a text; else empty."""
    named = SERVICE.search(text)
    if named is None or "angular" not in text.lower():
        return ""
    path = PATH.search(text)
    address = path[0].rstrip(".,") if path else "/api/items"
    methods = "\n\n".join(
        f"  {name}(): Observable<unknown[]> {{\n    return "
        f"this.http.get<unknown[]>('{address}');\n  }}"
        for name in dict.fromkeys(CALLS.findall(text)) or ["list"]
    )
    return (
        "import { HttpClient } from '@angular/common/http';\nimport { Injectable, inject } from "
        "'@angular/core';\n"
        "import { Observable } from 'rxjs';\n\n@Injectable({ providedIn: 'root' })\n"
        f"export class {named[1]} {{\n  private http = inject(HttpClient);\n\n{methods}\n}}"
    )


def write_framework(request: CodeRequest) -> str:
    """Return a program of a framework that a prompt names; empty for other prompts."""
    text = request.text
    if request.language == "php" and re.search(r"\bmigration\b", text, re.I):
        return write_laravel_migration(request)
    if request.language == "typescript" and (service := write_angular_service(text)):
        return service
    if "eslint" in text.lower() and request.language in ("javascript", "json"):
        return write_eslint(text)
    if request.language == "groovy" and "gradle" in text.lower():
        return write_dependencies(text)
    if EXTENSION.search(text) and request.language in ("swift", "kotlin"):
        return write_extension(request)
    if request.language == "swift" and re.search(r"\bswiftui\b|\b[A-Z]\w*View\b", text):
        return write_swift_view(request)
    return ""
