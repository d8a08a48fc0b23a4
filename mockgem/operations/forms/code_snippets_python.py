"""Python programs that prompts often ask for: games, algorithms, files, dates, learning."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_programs_python import (
    BFS,
    CALCULATOR,
    CLASSIFIER,
    DFS,
    DIJKSTRA,
    DISCORD,
    NETWORK,
    REGRESSION,
    ROCK,
    SNAKE,
    TELEGRAM,
    TIC_TAC_TOE,
    TKINTER,
)
from mockgem.operations.forms.code_puzzles import PUZZLES
from mockgem.operations.forms.lazy_patterns import make_regex

ROWS: tuple[tuple[str, str], ...] = (
    (r"\bsnake\b[^.\n]{0,12}\bgame|\bgame\b[^.\n]{0,12}\bsnake", SNAKE),
    (r"\btic[- ]?tac[- ]?toe", TIC_TAC_TOE),
    (r"\brock[, -]+paper", ROCK),
    (r"\bcalculator\b|taschenrechner|calculadora|calculatrice|calcolatrice", CALCULATOR),
    (r"\bbreadth[- ]first|\bbfs\b", BFS),
    (r"\bdepth[- ]first|\bdfs\b", DFS),
    (r"\bdijkstra|\bshortest path", DIJKSTRA),
    (r"\blinear regression", REGRESSION),
    (r"\bneural network|\bpytorch\b", NETWORK),
    (r"\bclassifier\b|\brandom forest|\bscikit-?learn\b|\bsklearn\b", CLASSIFIER),
    (r"\btkinter\b|\bgui\b", TKINTER),
    (r"\bdiscord\b[^.\n]{0,12}\bbot\b", DISCORD),
    (r"\btelegram\b[^.\n]{0,12}\bbot\b", TELEGRAM),
    (
        r"\bsha-?256\b|\bmd5\b|\bhash\w*\b[^.\n]{0,20}\b(?:file|string|password)",
        "import hashlib\n\n\ndef {hash_text}(text):\n"
        "    return hashlib.sha256(text.encode()).hexdigest()",
    ),
    (
        r"\bbase64\b",
        "import base64\n\n\ndef {encode}(text):\n"
        '    return base64.b64encode(text.encode("utf-8")).decode("ascii")',
    ),
    (r"\buuid\b", "import uuid\n\n\ndef {create_id}():\n    return str(uuid.uuid4())"),
    (
        r"\bdays?\b[^.\n]{0,20}\bbetween\b|\bdifference between two dates|\bdate difference",
        "from datetime import date\n\n\ndef {days_between}(start, end):\n"
        "    return abs((date.fromisoformat(end) - date.fromisoformat(start)).days)",
    ),
    (
        r"\bage\b[^.\n]{0,20}\b(?:birth|born)|\bbirth\w*[^.\n]{0,30}\bage\b",
        "from datetime import date\n\n\ndef {calculate_age}(birthday):\n    today = date.today()\n"
        "    before = (today.month, today.day) < (birthday.month, birthday.day)\n"
        "    return today.year - birthday.year - before",
    ),
    (
        r"\bgroup(?:s|ed|ing)?\b[^.\n]{0,30}\bby\b|\bgroup_?by\b",
        "from collections import defaultdict\n\n\ndef {group_by}(rows, key):\n"
        "    groups = defaultdict(list)\n    for row in rows:\n"
        "        groups[row[key]].append(row)\n    return dict(groups)",
    ),
    (
        r"\bfile\b[^.\n]{0,12}\bexists?\b|\bexists?\b[^.\n]{0,12}\bfile\b",
        "from pathlib import Path\n\n\ndef {file_exists}(path):\n    return "
        "Path(path).is_file()\n\n\n"
        'print({file_exists}("data.txt"))',
    ),
    (
        r"\b(?:count\w*|number of)\b[^.\n]{0,30}\blines\b|\blines\b[^.\n]{0,12}\bcount",
        "def {count_lines}(path):\n"
        '    with open(path, encoding="utf-8") as file:\n        return sum(1 for _ in file)\n\n\n'
        'print({count_lines}("[data.txt]"))',
    ),
    (
        r"\bconvert\w*\b[^.\n]{0,30}\b(?:png|webp|bmp|jpe?g)\b[^.\n]{0,30}\b(?:png|webp|bmp"
        r"|jpe?g)\b",
        "from pathlib import Path\n\nfrom PIL import Image\n\n\ndef {convert_images}(folder):\n"
        '    for path in sorted(Path(folder).glob("*<from>")):\n'
        '        Image.open(path).convert("RGB").save(path.with_suffix("<to>"))\n\n\n'
        '{convert_images}(".")',
    ),
    (
        r"\b(?:loop|iterat\w+)\b[^.\n]{0,20}\bdict\w*",
        'person = {"name": "Ann", "city": "Oslo"}\n\nfor key, value in person.items():\n    '
        "print(key, value)",
    ),
    (
        r"\b(?:sine?|cosine?)\b[^.\n]{0,12}\b(?:wave|curve|function)|\bplot\w*[^.\n]{0,12}\bsin\b",
        "import matplotlib.pyplot as plt\nimport numpy as np\n\nx = np.linspace(0, 2 * np.pi, "
        "200)\n"
        'plt.plot(x, np.sin(x))\nplt.xlabel("x")\nplt.ylabel("sin(x)")\nplt.show()',
    ),
    (
        r"\b(?:count\w*|number of)\b[^.\n]{0,20}\bwords\b[^.\n]{0,30}\bfile\b",
        "def {count_words}(path):\n"
        '    with open(path, encoding="utf-8") as file:\n        return '
        "len(file.read().split())\n\n\n"
        'print({count_words}("[data.txt]"))',
    ),
    (
        r"\bdistance between two points|\beuclidean",
        "import math\n\n\ndef {distance}(first, second):\n    return math.dist(first, second)",
    ),
    (
        r"\bhex\b[^.\n]{0,20}\brgb\b",
        "def {hex_to_rgb}(color):\n"
        '    value = int(color.lstrip("#"), 16)\n    return value >> 16 & 255, value >> 8 & '
        "255, value & 255",
    ),
    (
        r"\bpassword\b[^.\n]{0,24}\b(?:strong|strength|valid\w*|secure|check\w*)"
        r"|\b(?:strong|strength|validat\w+|check\w*)\b[^.\n]{0,24}\bpassword",
        "def {is_strong_password}(password):\n    return (\n        len(password) >= 8\n"
        "        and any(letter.islower() for letter in password)\n"
        "        and any(letter.isupper() for letter in password)\n"
        "        and any(letter.isdigit() for letter in password)\n    )",
    ),
    (
        r"\b(?:supprime\w*|enlève\w*|elimina\w*|quita\w*|rimuov\w*|remov[ae]\w*|entfern\w*|verwijder\w*"
        r"|usuwa\w*)\b[^.\n]{0,24}\b(?:doublons|duplicad\w*|duplicat[ei]|duplikate?|dubbele|duplikaty)\b",
        "def {remove_duplicates}(items):\n    return list(dict.fromkeys(items))",
    ),
    (
        r"\b(?:find|return|list|get)s?\b[^.\n]{0,16}\bduplicate|\bfind_duplicates",
        "from collections import Counter\n\n\ndef {find_duplicates}(items):\n"
        "    return [item for item, count in Counter(items).items() if count > 1]",
    ),
    (
        r"\bluhn\b",
        "def {is_valid_card}(number):\n    digits = [int(digit) for digit in str(number)][::-1]\n"
        "    total = sum(digits[::2])\n    for digit in digits[1::2]:\n"
        "        double = digit * 2\n        total += double - 9 if double > 9 else double\n"
        "    return total % 10 == 0",
    ),
    (
        r"\brandom (?:numbers?|integers?|int)\b",
        "import random\n\n\ndef {random_number}(low=1, high=<high>):\n"
        "    return random.randint(low, high)\n\n\nprint({random_number}())",
    ),
    (
        r"\b(?:dice|die) ?(?:roll\w*|simulat\w*)|\broll\w*[^.\n]{0,12}\bdice",
        "import random\n\n\ndef {roll_dice}(count=1, sides=6):\n"
        "    return [random.randint(1, sides) for _ in range(count)]\n\n\nprint({roll_dice}())",
    ),
    (
        r"\bcoin\b[^.\n]{0,12}\b(?:flip|toss)|\b(?:flip|toss)\w*[^.\n]{0,12}\bcoin",
        'import random\n\n\ndef {flip_coin}():\n    return random.choice(["heads", "tails"])',
    ),
    (
        r"\b(?:balanced|valid|matching)\b[^.\n]{0,12}\b(?:parenthes\w+|brackets)",
        'PAIRS = {")": "(", "]": "[", "}": "{"}\n\n\ndef {is_balanced}(text):\n    stack = []\n'
        '    for letter in text:\n        if letter in "([{":\n            stack.append(letter)\n'
        "        elif letter in PAIRS and (not stack or stack.pop() != PAIRS[letter]):\n"
        "            return False\n    return not stack",
    ),
    (
        r"\bcaesar",
        "def {caesar}(text, shift):\n    result = []\n    for letter in text:\n"
        '        if letter.isalpha():\n            start = ord("A") if letter.isupper() else '
        'ord("a")\n'
        "            result.append(chr((ord(letter) - start + shift) % 26 + start))\n"
        '        else:\n            result.append(letter)\n    return "".join(result)',
    ),
    (
        r"\broman\b",
        'VALUES = [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),\n'
        '          (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]\n'
        "\n\n"
        'def {to_roman}(number):\n    result = ""\n    for value, letters in VALUES:\n'
        "        while number >= value:\n            result += letters\n            number -= "
        "value\n"
        "    return result",
    ),
    (
        r"\bhanoi\b",
        "def {hanoi}(count, start, target, spare):\n    if count == 0:\n        return\n"
        "    {hanoi}(count - 1, start, spare, target)\n"
        '    print(f"Move disk {count} from {start} to {target}")\n'
        "    {hanoi}(count - 1, spare, target, start)",
    ),
    (
        r"\bsieve\b|\b(?:all|list of|first)\b[^.\n]{0,16}\bprimes?\b|\bprimes?\b[^.\n]{0,30}"
        r"\b(?:up to|below|less than|under|between)\b",
        "def {find_primes}(limit):\n    is_prime = [True] * (limit + 1)\n    primes = []\n"
        "    for number in range(2, limit + 1):\n        if is_prime[number]:\n"
        "            primes.append(number)\n"
        "            for multiple in range(number * number, limit + 1, number):\n"
        "                is_prime[multiple] = False\n    return primes",
    ),
    (
        r"\bpermutations?\b",
        "from itertools import permutations\n\n\ndef {list_permutations}(items):\n"
        "    return [list(order) for order in permutations(items)]",
    ),
    (
        r"\blevenshtein|\bedit distance",
        "def {edit_distance}(first, second):\n    previous = list(range(len(second) + 1))\n"
        "    for i, a in enumerate(first, 1):\n        current = [i]\n"
        "        for j, b in enumerate(second, 1):\n"
        "            current.append(\n                min(previous[j] + 1, current[-1] + 1, "
        "previous[j - 1] + (a != b))\n"
        "            )\n        previous = current\n    return previous[-1]",
    ),
    (
        r"\bmatri(?:x|ces)\b[^.\n]{0,20}\bmultipl|\bmultipl\w+[^.\n]{0,20}\bmatri",
        "def {multiply_matrices}(first, second):\n    return [\n"
        "        [sum(a * b for a, b in zip(row, column)) for column in zip(*second)]\n"
        "        for row in first\n    ]",
    ),
    (
        r"\btranspos",
        "def {transpose}(matrix):\n    return [list(row) for row in zip(*matrix)]",
    ),
    (
        r"\bretr(?:y|ies)\b[^.\n]{0,30}\b(?:backoff|times|attempts?)|\bexponential backoff",
        "import time\n\n\ndef {retry}(function, attempts=3, delay=1.0):\n"
        "    for attempt in range(attempts):\n        try:\n            return function()\n"
        "        except Exception:\n            if attempt == attempts - 1:\n                "
        "raise\n"
        "            time.sleep(delay * 2**attempt)",
    ),
    (
        r"\blogg(?:er|ing)\b",
        'import logging\n\nlogging.basicConfig(\n    level=logging.INFO,\n    filename="app.log",\n'
        '    format="%(asctime)s %(levelname)s %(message)s",\n)\nlogger = '
        "logging.getLogger(__name__)\n\n"
        'logger.info("Started")\nlogger.error("Something went wrong")',
    ),
    (
        r"\bthread(?:s|ing)?\b|\bparallel\b|\bconcurren\w+",
        "from concurrent.futures import ThreadPoolExecutor\n\n\ndef {work}(item):\n"
        "    return item * 2\n\n\nwith ThreadPoolExecutor(max_workers=4) as pool:\n"
        "    print(list(pool.map({work}, range(10))))",
    ),
    (
        r"\baiohttp\b|\basync\w*\b[^.\n]{0,40}\b(?:fetch|urls?|requests?|download)",
        "import asyncio\n\nimport aiohttp\n\n\nasync def load(session, url):\n"
        "    async with session.get(url) as response:\n        return await response.text()\n\n\n"
        "async def {fetch_all}(urls):\n    async with aiohttp.ClientSession() as session:\n"
        "        return await asyncio.gather(*(load(session, url) for url in urls))\n\n\n"
        'print(asyncio.run({fetch_all}(["[url]"])))',
    ),
    (
        r"\basync\b[^.\n]{0,12}\bawait\b|\basyncio\b|\bcoroutines?\b",
        "import asyncio\n\n\nasync def {load}(name, delay):\n    await asyncio.sleep(delay)\n"
        '    return f"{name} is ready"\n\n\nasync def main():\n'
        '    results = await asyncio.gather({load}("first", 1), {load}("second", 2))\n'
        "    print(results)\n\n\nasyncio.run(main())",
    ),
    (
        r"\bpost request\b|\bposts? (?:json|data)\b|\bsend\w*\b[^.\n]{0,20}\bpost\b",
        "import requests\n\n\ndef {send}(url, data):\n"
        "    response = requests.post(url, json=data, timeout=30)\n    "
        "response.raise_for_status()\n"
        '    return response.json()\n\n\nprint({send}("[url]", {"name": "example"}))',
    ),
    (
        r"\b(?:list|walk|show|print)\w*\b[^.\n]{0,20}\b(?:all )?files\b[^.\n]{0,30}\b(?:folder"
        r"|director)",
        "from pathlib import Path\n\n\ndef {list_files}(folder):\n"
        '    return sorted(path for path in Path(folder).rglob("*") if path.is_file())\n\n\n'
        'for path in {list_files}("."):\n    print(path)',
    ),
    (
        r"\b(?:merge|combine)\w*[^.\n]{0,20}\bpdfs?\b",
        "from pypdf import PdfWriter\n\n\ndef {merge_pdfs}(paths, target):\n    writer = "
        "PdfWriter()\n"
        "    for path in paths:\n        writer.append(path)\n    writer.write(target)",
    ),
    (
        r"\bqr[- ]?codes?\b",
        "import qrcode\n\n\ndef {create_qr_code}(text, path):\n    "
        "qrcode.make(text).save(path)\n\n\n"
        '{create_qr_code}("[url]", "code.png")',
    ),
    (
        r"\bstopwatch\b|\bcountdown\b|\btimer (?:app|program|script|function)\b",
        "import time\n\n\ndef {countdown}(seconds):\n    while seconds > 0:\n"
        '        print(f"{seconds // 60:02}:{seconds % 60:02}", end="\\r")\n        time.sleep(1)\n'
        '        seconds -= 1\n    print("Time is up!")\n\n\n{countdown}(60)',
    ),
    (
        r"\bextract\w*\b[^.\n]{0,30}\be-?mail|\ball e-?mail addresses",
        "import re\n\n\ndef {find_emails}(text):\n    return "
        're.findall(r"[\\w.+-]+@[\\w-]+\\.[\\w.-]+", text)',
    ),
    (
        r"\A(?![\s\S]{0,400}?(?:\d|function|funktion|función|fonction|함수|関数|函数))"
        r"[\s\S]{0,400}?\bmultiplication tables?\b",
        "for first in range(2, 10):\n    for second in range(1, 10):\n"
        '        print(f"{first} x {second} = {first * second}")\n    print()',
    ),
    (
        r"\b(?:connect\w*|quer\w+|fetch\w*)\b[^.\n]{0,40}\b(?:postgres\w*|psycopg\d?)\b",
        "import os\n\nimport psycopg\n\n\ndef {fetch_rows}():\n"
        '    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:\n'
        '        return connection.execute("SELECT * FROM <table>").fetchall()\n\n\n'
        "for row in {fetch_rows}():\n    print(row)",
    ),
    (
        r"\bweather\b",
        "import requests\n\n\ndef {get_weather}(city):\n"
        '    response = requests.get(f"https://wttr.in/{city}", params={"format": "j1"}, '
        "timeout=30)\n"
        "    response.raise_for_status()\n    return "
        'response.json()["current_condition"][0]["temp_C"]\n\n\n'
        'print({get_weather}("<city>"))',
    ),
    (
        r"\bopenai\b|\bchat ?gpt api|\bchatbot\b",
        "from openai import OpenAI\n\nclient = OpenAI()\n\n\ndef {ask}(prompt):\n"
        "    response = client.chat.completions.create(\n"
        '        model="gpt-4o-mini", messages=[{"role": "user", "content": prompt}]\n    )\n'
        '    return response.choices[0].message.content\n\n\nprint({ask}("Hello!"))',
    ),
    (
        r"\bgemini\b",
        "from google import genai\n\nclient = genai.Client()\n\n\ndef {ask}(prompt):\n"
        '    response = client.models.generate_content(model="gemini-2.5-flash", contents=prompt)\n'
        '    return response.text\n\n\nprint({ask}("Hello!"))',
    ),
)
"""What a prompt says, and a program with {name} for the name of its function."""
COMMON = [(make_regex(pattern, re.I), source) for pattern, source in (*PUZZLES, *ROWS)]
