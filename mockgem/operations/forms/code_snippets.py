"""Short Python programs that prompts ask for by what they use: a file, a page, an API."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_bots import add_options, answer_command
from mockgem.operations.forms.code_endpoints import write_decorator, write_fastapi, write_flask
from mockgem.operations.forms.code_request import CodeRequest
from mockgem.operations.forms.code_snippets_python import COMMON
from mockgem.operations.forms.code_stated_names import DESCENDING, find_stated_field
from mockgem.operations.forms.lazy_patterns import make_regex

URL = make_regex(r"https?://[^\s\"'<>`)]{3,200}")
FILE = make_regex(r"\b[\w/-]{1,40}\.(?:txt|csv|json|log|xlsx|xml|ya?ml|md|db|html|png|jpg|pdf)\b")


SNIPPETS: tuple[tuple[str, str], ...] = (
    (
        r"\bsqlite\b",
        'import sqlite3\n\nconnection = sqlite3.connect("[data.db]")\nconnection.row_factory '
        "= sqlite3.Row\n\n"
        'for row in connection.execute("SELECT * FROM <table>"):\n    '
        "print(dict(row))\n\nconnection.close()",
    ),
    (
        r"\bboto3\b|\bs3\b",
        'import boto3\n\n\ndef {upload}(path, bucket, key):\n    client = boto3.client("s3")\n'
        "    client.upload_file(path, bucket, key)",
    ),
    (
        r"\bcsv\b[^.\n]{0,40}\b(?:to|into|as|a|en|in) json\b",
        "import csv\nimport json\nfrom pathlib import Path\n\nfor path in "
        'Path(".").glob("*.csv"):\n'
        '    with path.open(newline="", encoding="utf-8") as file:\n        rows = '
        "list(csv.DictReader(file))\n"
        '    path.with_suffix(".json").write_text(json.dumps(rows, indent=2), encoding="utf-8")',
    ),
    (
        r"\benv(?:ironment)?[- ]var\w*|\bvariable d'environnement|\bumgebungsvariable",
        'import os\n\nvalue = os.environ.get("<variable>", "default")\nprint(value)',
    ),
    (
        r"\bfixture\b",
        "import sqlite3\n\nimport pytest\n\n\n@pytest.fixture\ndef {database}(tmp_path):\n"
        '    connection = sqlite3.connect(tmp_path / "test.db")\n    yield connection\n    '
        "connection.close()",
    ),
    (
        r"\bmonths?\b[^.\n]{0,40}\b(?:days|length)",
        'MONTHS = {\n    "January": 31,\n    "February": 28,\n    "March": 31,\n    "April": 30,\n'
        '    "May": 31,\n    "June": 30,\n    "July": 31,\n    "August": 31,\n    "September": '
        "30,\n"
        '    "October": 31,\n    "November": 30,\n    "December": 31,\n}',
    ),
    (
        r"\b(?:example|explain|what)\b[^.\n]{0,40}\blambdas?\b|\blambda (?:function )?example",
        'double = lambda number: number * 2\n\nprint(double(4))\nprint(sorted(["bb", "a"], '
        "key=lambda word: len(word)))",
    ),
    (
        r"\b(?:example|explain|what)\b[^.\n]{0,40}\b(?:list )?comprehensions?\b",
        "squares = [number * number for number in range(10) if number % 2 == 0]\nprint(squares)",
    ),
    (
        r"\basks? (?:the |a )?user\b|\buser(?:'s)? input\b|\bprompts? the user\b",
        'name = input("Your name: ")\nprint(f"Hello, {name}!")',
    ),
    (
        r"download\w*[^.\n]{0,30}\b(?:image|file|picture|pdf)",
        "import sys\nfrom pathlib import Path\n\nimport requests\n\n\n"
        "def {download_file}(url, path):\n    response = requests.get(url, timeout=30)\n"
        "    response.raise_for_status()\n    Path(path).write_bytes(response.content)\n\n\n"
        'if __name__ == "__main__":\n    {download_file}(sys.argv[1], sys.argv[2])',
    ),
    (
        r"\bscrap\w+|beautiful ?soup|all (?:the )?links|headlines? from",
        "import requests\nfrom bs4 import BeautifulSoup\n\n\ndef {scrape_page}(url):\n"
        "    response = requests.get(url, timeout=30)\n    response.raise_for_status()\n"
        '    soup = BeautifulSoup(response.text, "html.parser")\n'
        '    return [link.get_text(strip=True) for link in soup.find_all("a")]\n\n\n'
        'print({scrape_page}("[url]"))',
    ),
    (
        r"\b(?:requests library|http (?:get )?request|get request|calls? (?:an|the"
        r"|a) (?:\w+ )?api|rest api call"
        r"|fetch\w* (?:data|json|the))",
        "import requests\n\n\ndef {fetch_data}(url):\n    response = requests.get(url, "
        "timeout=30)\n"
        "    response.raise_for_status()\n    return response.json()\n\n\n"
        'print({fetch_data}("[url]"))',
    ),
    (
        r"\bread\w*[^.\n]{0,40}\b(?:json)\b|\bparse\w*[^.\n]{0,20}\bjson\b|load\w* (?:a "
        r"|the )?json",
        "import json\n\n\ndef {read_json}(path):\n"
        '    with open(path, encoding="utf-8") as file:\n        return json.load(file)\n\n\n'
        'print({read_json}("[data.json]"))',
    ),
    (
        r"\bread\w*[^.\n]{0,40}\b(?:file|lines)\b|line by line",
        "def {read_lines}(path):\n"
        '    with open(path, encoding="utf-8") as file:\n        for line in file:\n'
        "            yield line.rstrip()\n\n\n"
        'for line in {read_lines}("[data.txt]"):\n    print(line)',
    ),
    (
        r"\bwrit\w+[^.\n]{0,30}\bto (?:a|the) (?:\w+ )?file\b",
        "def {write_file}(path, text):\n"
        '    with open(path, "w", encoding="utf-8") as file:\n        file.write(text)\n\n\n'
        '{write_file}("[output.txt]", "Hello")',
    ),
    (
        r"\brandom password|password generator|generat\w+[^.\n]{0,20}password",
        "import secrets\nimport string\n\n\ndef {generate_password}(length=16):\n"
        "    letters = string.ascii_letters + string.digits + string.punctuation\n"
        '    return "".join(secrets.choice(letters) for _ in range(length))\n\n\n'
        "print({generate_password}())",
    ),
    (
        r"\bguess\w*[^.\n]{0,20}\b(?:number|game)\b|guessing game",
        "import random\n\n\ndef {play}():\n    secret = random.randint(1, 100)\n    while True:\n"
        '        guess = int(input("Your guess: "))\n        if guess == secret:\n'
        '            print("Correct!")\n            return\n'
        '        print("Too low" if guess < secret else "Too high")\n\n\n{play}()',
    ),
    (
        r"\brenam\w+[^.\n]{0,30}\bfiles\b",
        "from pathlib import Path\n\n\ndef {rename_files}(folder, prefix):\n"
        "    for number, path in enumerate(sorted(Path(folder).iterdir()), 1):\n"
        '        path.rename(path.with_name(f"{prefix}_{number}{path.suffix}"))\n\n\n'
        '{rename_files}(".", "file")',
    ),
    (
        r"\b(?:web|socket|http) ?server\b",
        "from http.server import HTTPServer, SimpleHTTPRequestHandler\n\n\ndef "
        "{run_server}(port=8000):\n"
        '    server = HTTPServer(("127.0.0.1", port), SimpleHTTPRequestHandler)\n'
        "    server.serve_forever()\n\n\n{run_server}()",
    ),
    (
        r"\bsend\w*[^.\n]{0,20}\be-?mail",
        "import smtplib\nfrom email.message import EmailMessage\n\n\n"
        "def {send_email}(sender, recipient, subject, body):\n    message = EmailMessage()\n"
        '    message["From"] = sender\n    message["To"] = recipient\n'
        '    message["Subject"] = subject\n    message.set_content(body)\n'
        '    with smtplib.SMTP("localhost") as server:\n        server.send_message(message)',
    ),
    (
        r"\bmerg\w+[^.\n]{0,20}\b(?:dict\w*)|combin\w+[^.\n]{0,20}dict",
        "def {merge}(first, second):\n    return {**first, **second}",
    ),
    (
        r"\b(?:list|lista|liste|elenco)\b[^.\n]{0,24}\b(?:dict\w*|diccionarios|dictionnaires"
        r"|dizionari"
        r"|wörterbüch\w+|objects)\b[^.\n]{0,40}\b(?:by|por|nach|par|per|key|clave|clé|chiave)\b",
        'def {sort_by}(rows):\n    return sorted(rows, key=lambda row: row["<key>"])',
    ),
    (
        r"\bsort\w*[^.\n]{0,40}\b(?:dictionary|dict\w*)\b|dictionar\w+[^.\n]{0,30}\b(?:by"
        r"|sorted)\b",
        "def {sort_items}(items):\n    return dict(sorted(items.items(), key=lambda pair: "
        "pair[1]))",
    ),
    (
        r"\bflatten",
        "def {flatten}(items):\n    result = []\n    for item in items:\n"
        "        if isinstance(item, list):\n            result.extend({flatten}(item))\n"
        "        else:\n            result.append(item)\n    return result",
    ),
    (
        r"\bword (?:frequenc\w+|counts)|frequenc\w+ of (?:each )?words?|count\w*[^.\n]{0,24}"
        r"\b(?:occurrences?|each word|frequenc\w+)",
        "from collections import Counter\n\n\ndef {count_words}(text):\n"
        "    return Counter(text.lower().split())",
    ),
    (
        r"\btruncat\w+\b[^.\n]{0,40}\b(?:string|text)|\b(?:string|text)\b[^.\n]{0,40}\bellipsis",
        "def {truncate}(text, max_length):\n    if len(text) <= max_length:\n        return text\n"
        '    return text[:max_length] + "..."',
    ),
    (
        r"\bcontext manager\b",
        "import time\nfrom contextlib import contextmanager\n\n\n@contextmanager\ndef "
        "{timer}(label):\n"
        "    start = time.perf_counter()\n    try:\n        yield\n    finally:\n"
        '        print(f"{label}: {time.perf_counter() - start:.3f} s")',
    ),
    (
        r"\bgenerator\b(?! (?:script|tool))",
        "def {generate}(limit):\n    first, second = 0, 1\n    while first < limit:\n"
        "        yield first\n        first, second = second, first + second",
    ),
    (
        r"\bto-?do (?:list|app|cli)",
        "tasks = []\n\n\ndef add(task):\n    tasks.append(task)\n\n\ndef show():\n"
        "    for number, task in enumerate(tasks, 1):\n"
        '        print(f"{number}. {task}")\n\n\nadd("Buy milk")\nshow()',
    ),
    (
        r"\bargparse\b|command[- ]line (?:tool|interface|arguments?)|\bcli\b",
        "import argparse\n\n\ndef main():\n    parser = argparse.ArgumentParser()\n"
        '    parser.add_argument("path", help="the file to read")\n'
        '    parser.add_argument("--verbose", action="store_true")\n'
        "    options = parser.parse_args()\n    print(options.path)\n\n\n"
        'if __name__ == "__main__":\n    main()',
    ),
    (
        r"\bcurrent (?:date|time)|today'?s date|date and time",
        "from datetime import datetime\n\n\ndef {show_time}():\n"
        '    print(datetime.now().strftime("%Y-%m-%d %H:%M:%S"))\n\n\n{show_time}()',
    ),
    (
        r"\bplot|matplotlib|line chart|bar chart|histogram",
        "import matplotlib.pyplot as plt\n\n\ndef {plot}(labels, values):\n    "
        "plt.bar(labels, values)\n"
        '    plt.xlabel("Label")\n    plt.ylabel("Value")\n    plt.tight_layout()\n    '
        "plt.show()\n\n\n"
        '{plot}(["a", "b", "c"], [3, 1, 2])',
    ),
    (
        r"\bhello,? world",
        'def {main}():\n    print("Hello, world!")\n\n\nif __name__ == "__main__":\n    {main}()',
    ),
)
"""What a prompt says, and a program with {name} for the name of its function."""
COMPILED = [(make_regex(pattern, re.I), source) for pattern, source in SNIPPETS]
PLACE = make_regex(r"\{([a-z_]+)\}(?=\()|\[(url|[\w.]+\.\w+)\]")
FRAMEWORKS = (
    (make_regex(r"\bfast ?api\b", re.I), write_fastapi),
    (make_regex(r"\bflask\b", re.I), write_flask),
    (
        make_regex(r"\bdecorator\b|\bdekorator\b|\bdecorador\b|\bdécorateur\b", re.I),
        write_decorator,
    ),
)


HEAD = make_regex(r"def \{\w+\}\(([^()]*)\)")


def fit_parameters(source: str, request: CodeRequest) -> str:
    """Return a program whose function has the parameters of a prompt; empty if it cannot have."""
    head, given = HEAD.search(source), request.parameters
    if head is None or not given:
        return source
    own = [part.partition("=")[0].strip() for part in head[1].split(",") if part.strip()]
    if len(own) != len(given) or any(re.search(rf"\b{one}\b", source) for one in {*given} - {*own}):
        return source if [*given] == own[: len(given)] else ""
    for old, new in zip(own, given, strict=True):
        source = re.sub(rf"\b{old}\b(?!\()", new, source)
    return source


def write_snippet(request: CodeRequest) -> str:
    """Return the program of a framework or of a well-known task; empty for other requests."""
    text = request.text[:1500]
    for pattern, write in FRAMEWORKS:
        if pattern.search(text):
            return write(request)
    rows = (*COMMON, *COMPILED)
    found = (source for pattern, source in rows if pattern.search(text))
    source = next(filter(None, (fit_parameters(one, request) for one in found)), "")
    if not source:
        return ""
    named = (
        request.name if re.search(rf"\b{request.name}\b", text) and request.name != "run" else ""
    )
    table = re.search(r"\btable (?:called |named )?[`\"']?(?!called|named)(\w+)", text)
    url, file = URL.search(text), FILE.search(text)

    def fill(match: re.Match[str]) -> str:
        if match[1]:
            return named or match[1]
        if match[2] == "url":
            return url[0].rstrip(".,") if url else "https://example.com"
        return file[0] if file else match[2]

    source = answer_command(source, text)
    city = CITY.search(text)
    source = source.replace("<city>", city[1] if city else "Berlin")
    most = re.search(r"\b(?:top|the) (\d{1,4}) (?:most|common)|\btop (\d{1,4})\b", text)
    if "return Counter(text" in source and (file or most):
        source = count_in_file(source, file[0] if file else "", most)
    source = source.replace("<table>", table[1] if table else "items")
    variable = re.search(r"\b([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b", text)
    source = source.replace("<variable>", variable[1] if variable else "APP_ENV")
    key = re.search(
        r"\b(?:key|clave|clé|chiave|schlüssel|by|por|nach|par) (?:the )?(?:key )?[\"'`](\w+)", text
    )
    source = source.replace("<key>", key[1] if key else find_stated_field(text) or "name")
    if 'row["' in source and DESCENDING.search(text):
        source = re.sub(r"(key=lambda row: row\[[^\]\n]*\])", r"\1, reverse=True", source)
    high = re.search(r"\b(?:to|and|bis|до|a|à) (\d{1,6})\b", text)
    source = source.replace("<high>", high[1] if high else "100")
    kinds = [one.lower() for one in re.findall(r"\b(png|webp|bmp|jpe?g)\b", text, re.I)]
    source = source.replace("<from>", f".{kinds[0]}" if kinds else "")
    source = source.replace("<to>", f".{kinds[-1]}" if kinds else "")
    if tag := find_tag(text):
        source = source.replace('find_all("a")', f'find_all("{tag}")')
    if "pair[1]))" in source and re.search(r"\bdescending|\bhighest first|\breverse", text, re.I):
        source = source.replace("pair[1]))", "pair[1], reverse=True))")
    if "add_argument" in source:
        source = add_options(source, text)
    if asked := ASKED.search(text):
        source = (
            write_dialogue(asked[1])
            if "input(" in source and not ASKS_MORE.search(source)
            else source
        )
    return use_given_lists(PLACE.sub(fill, source), text)


def count_in_file(source: str, file: str, most: re.Match[str] | None) -> str:
    """Return a program that counts words in a file and shows the most common ones."""
    count = next(filter(None, most.groups())) if most else ""
    if count:
        source = source.replace(".split())", f".split()).most_common({count})")
    shown = (
        "for word, count in {count_words}(text):"
        if count
        else ("for word, count in {count_words}(text).items():")
    )
    if not file:
        return source
    return (
        f'{source}\n\n\nwith open("{file}", encoding="utf-8") as file:\n    text = file.read()\n'
        f"{shown}\n    print(word, count)"
    )


ASKS_MORE = make_regex(r"guess|random|while")
"""What a program has whose questions belong to a game."""
CITY = make_regex(
    r"\b(?i:in|for|of|city=) ?([A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][a-zà-ÿ]+)?)(?! (?i:api|code|function))"
)
"""A city whose weather a prompt asks for."""


def use_given_lists(source: str, text: str) -> str:
    """Return a program that shows the lists which a text gives: "months = ['Jan', 'Feb']"."""
    given = dict(GIVEN_LIST.findall(text))
    if len(given) < 2 or '(["a", "b", "c"], [3, 1, 2])' not in source:
        return source
    first, second = list(given)[:2]
    rows = "\n".join(f"{name} = {value}" for name, value in given.items())
    start, _, last = source.rpartition("\n")
    return f"{start}\n{rows}\n{last.partition('(')[0]}({first}, {second})"


GIVEN_LIST = make_regex(r"\b([a-z_]\w{0,30}) ?= ?(\[[^\[\]\n]{1,200}\])")


TAG = make_regex(r"<?\b(h[1-6]|img|li|td|tr|title|article|span|p|a)>? (?:tags?|elements?)\b")


def find_tag(text: str) -> str:
    """Return the tag of HTML that a prompt wants from a page; empty without one."""
    named = TAG.search(text)
    return named[1] if named else "h2" if re.search(r"\bheadlines?\b", text, re.I) else ""


ASKED = make_regex(
    r"\bfor (?:their |his |her |an? |the )?(\w+(?:(?:, | and |, and )(?:their |an? "
    r"|the )?\w+){0,4})"
)


def write_dialogue(listed: str) -> str:
    """Return a program that asks for some values and shows them."""
    names = [
        re.sub(r"^(?:their|an?|the) ", "", one) for one in re.split(r", and |, | and ", listed)
    ]
    names = [name for name in names if name.isidentifier()] or ["name"]
    rows = [f'{name} = input("Your {name}: ")' for name in names]
    others = "".join(f" Your {name} is {{{name}}}." for name in names[1:])
    return "\n".join([*rows, f'print(f"Hello, {{{names[0]}}}!{others}")'])
