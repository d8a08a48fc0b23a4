"""Whether a prompt asks for a program."""

from __future__ import annotations

import re

from mockgem.operations.forms.code_languages import COMMAND, find_language
from mockgem.operations.forms.code_text_wishes import wants_text, wants_to_learn
from mockgem.operations.forms.lazy_patterns import make_regex

NOUN = make_regex(
    r"(?<!\w)(?:contracts?|messages?|types|records?|cron expression|models?|quick ?sort"
    r"|merge ?sort|bubble ?sort"
    r"|fizz ?buzz"
    r"|fibonacci|palindrome|hello world|linked"
    r" list|binary tree|factorial|hooks?|routes?|functions?|scripts?|programs?|class(?:es)?"
    r"|code|snippets?|methods?"
    r"|quer(?:y|ies)|statements?|components?|interfaces?|unit tests?|tests?|one[- ]liners?"
    r"|algorithms?|loops?|regex|endpoints?|api|app|page|requests?"
    r"|form|config\w*|docker ?file|docker[- ]?compose\S*|package\.json|diagrams?|flow "
    r"?charts?|modules?|structs?|enums?|decorators?|commands?|workflow|template|hook"
    r"|search|sort|example|implementation|type|schema|stylesheet|card|button|layout|handler"
    r"|middleware|server|entry|view|macro|resource|(?:server|location) block|manifests?|playbooks?"
    r"|unit file|procedimiento|rules?(?= (?:to|for|that)\b)|formulas?|(?:type|message"
    r"|class) definitions?|migrations?|triggers?"
    r"|procedures?|lambda"
    r"|scraper|cli|plugin|toggle|modal|drop-?down|carousel|countdown|stopwatch|chat ?bot|web ?site"
    r"|calculator|game|animation|navbar|trait|mixin|generator|\.env(?:\.\w+)?(?: file)?"
    r"|controllers?|stages?|widget|(?:hero|landing|page) section|hello world|constructor|getters?"
    r"|setters?|subclass(?:es)?|jenkinsfile|assertion|parser|dax measure"
    r"|composant|componente|komponente|kompon\w+|zapytani\w+|consultas?|requêtes?|abfragen?"
    r"|scriptje|méthode|método|metodo|methode|metod\w+|formel|fórmula|formule"
    r"|funktion|skript|programm|klasse|abfrage|función|programa|clase|consulta|código"
    r"|fonction|programme|classe|requête|funzione|programma|função|functie|funkcj\w+"
    r"|skrypt\w*|fonksiyon\w*|fungsi|hàm|pipeline|ya?ml|функци\w+|скрипт|программ\w+|код|函数|代码"
    r"|関数|コード|함수"
    r"|코드)(?!\w)|函数|函數|代码|程式|関数|コード|함수|코드|查询|查詢|クエリ|쿼리|запрос|دالة|كود|برنامج|פונקציה|קוד"
    r"|फ़ंक्शन|फंक्शन|कोड|ฟังก์ชัน|โค้ด|スクリプト|脚本|스크립트|函式|程式碼|メソッド|메서드|메소드|方法|類別|爬蟲|爬虫|程序|接口|组件"
    r"|正则|类|クラス|클래스"
    r"|크롤러|ボット|プログラム"
    r"|프로그램|класс|метод",
    re.I,
)
WISH = make_regex(
    r"(?<!\w)(?:write|create|implement|generate|code|build|make|give|show|need|want"
    r"|provide|draw|convert|translate|port|rewrite|refactor|fix|debug|correct"
    r"|optimi[sz]e|add|develop|program|define|design|example|how (?:do|can|to|would)"
    r"|using|i['’]d like|i would like|produce|looking for|turn"
    r"|schreiben?|erstelle|implementiere|zeig|programmiere|escribe|crea|implementa"
    r"|genera|dame|écris|crée|implémente|donne|scrivi|scrivimi|crea|escreva|crie"
    r"|implemente|schrijf|maak|napisz|stwórz|yaz|oluştur|buat|tulis|viết|tạo)(?!\w)"
    r"|напиши\w*|создай\w*|写|寫|給我|给我|编写|書いて|作成|작성|만들|اكتب|כתוב|लिख|เขียน",
    re.I,
)
ALWAYS_CODE = frozenset(("mermaid", "dockerfile", "makefile", "regex", "gitignore"))
SQL_VERB = make_regex(
    r"\b(?:insert|select|update|delete|join|create table|query|statement|index on|constraint"
    r"|trigger)\b",
    re.I,
)
EXPLAINS = make_regex(
    r"^\W*(?:(?:please|can you|could you|pls|hey|hi) )*(?:what is|what are|what's|what do(?:es)?"
    r"|summari[sz]e|walk me|help me understand|tell me (?:what|why|how)|who|when"
    r"|explain (?!how to)|why"
    r"|describe"
    r"|how (?:does|did|is|are)|how do (?!i\b|you\b|we\b|one\b)"
    r"|difference|compare|is|are|should|was ist|qué es|qu'est-ce)\b",
    re.I,
)


def is_generator(system: str) -> bool:
    return (
        re.search(
            r"\b(?:sql|code|regex|bash|python|html|shell) (?:generator|writer|assistant"
            r"|expert that "
            r"(?:outputs|returns))\b|\b(?:returns?|outputs?|writes?|generates?|(?:answer|respond"
            r"|reply)(?:s|ing)?"
            r"(?: \w+){0,3} (?:with|in)) "
            r"(?:only )?(?:the |valid |raw |one |an? |single |only |just |exactly |fenced ){0,4}"
            r"(?:\w+ )?(?:sql(?:ite)?|mysql|mongo\w*|postgres\w*|code|bash|html|config\w*|query"
            r"|(?:shell "
            r"|terminal |linux )?commands?|regex"
            r"|cypher|yaml"
            r"|terraform)\b|\b(?:translate|convert|turn)\b[^.\n]{0,60}"
            r"\b(?:in)?to (?:a |an |valid )?(?:\w+ )?(?:sql|mongo\w*|bash|shell command|regex"
            r"|python"
            r"|code)\b",
            system,
            re.I,
        )
        is not None
    )


SHOWS_SNIPPETS = make_regex(
    r"\b(?:include|provide|add|give|show|with)\b[^.\n]{0,20}\bcode (?:example|snippet|sample)s?\b"
    r"|\banswer with code\b|\binclude code\b"
    r"|\b(?:followed by|and|with|plus) (?:an? |the )?(?:[\w#+.]+ )?(?:code )?(?:snippet"
    r"|code block|example code)s?\b",
    re.I,
)
"""A standing wish for code in every answer."""
QUERIES = make_regex(
    r"\b(?:database|sql|postgres\w*|mysql|sqlite|bi|data) (?:\w+ )?(?:assistant|expert|analyst"
    r"|engineer"
    r"|agent|bot|copilot)\b[\s\S]{0,600}\b\w+ ?\(\w+(?:, ?\w+)+\)",
    re.I,
)
"""An assistant for a database whose tables are shown."""
ASKS_DATA = make_regex(
    r"\?\s*\Z|\b(?:how many|show|list|get|find|which|count|average|total|top|number of|per)\b", re.I
)


HOW_TO = make_regex(r"\bhow (?:do|can|to|would|should)\b", re.I)


def asks_by_system(text: str, system: str) -> bool:
    """Return whether a system instruction makes a question one for code."""
    return (QUERIES.search(system) is not None and ASKS_DATA.search(text) is not None) or (
        SHOWS_SNIPPETS.search(system) is not None
        and (
            find_language(text) not in NO_PROGRAMS
            or (HOW_TO.search(text) is not None and find_language(system) not in NO_PROGRAMS)
        )
        and "```" not in text
    )


DIFFERENCE_ABROAD = make_regex(
    r"\W*(?:qual è la differenza|quelle est la différence|cuál es la diferencia"
    r"|was ist der unterschied"
    r"|qual é a diferença|wat is het verschil|jaka jest różnica|в чём разница|в чем разница"
    r"|яка різниця)\b",
    re.I,
)
"""A question for a difference, which wants words."""
PROSE_FIRST = make_regex(
    r"\W*(?:please |can you |could you )?(?:write|draft|compose|create"
    r"|help me write)(?: me)? (?:an?|the|my)"
    r" (?:[a-z-]+ ){0,2}(?:cover letter|motivation letter|recommendation letter"
    r"|resignation letter|essay"
    r"|blog ?post|linkedin post|speech|toast|poem|short story|press release|job description"
    r"|job posting"
    r"|job ad|resum[eé]|newsletter)\b(?! (?:generator|app|template|function|script|class|page"
    r"|component"
    r"|table|schema|parser|builder|api|endpoint))",
    re.I,
)
"""A wish for a text, whatever languages of programs it mentions: "know SQL and Python"."""
OTHER_CODE = make_regex(
    r"\b(?:code of (?:conduct|ethics|practice|hono\w+|behaviou?r)|dress code|building code"
    r"|(?:training|fitness|exercise|mentoring|loyalty|exchange|reading|workout|wellness|concert"
    r"|festival|event) program(?:me)?|(?:intro|outro|podcast|video|sales|call|phone|youtube|movie"
    r"|film"
    r"|play|voice-?over|radio) scripts?|job class|yoga class|dance class|cooking class)\b",
    re.I,
)
"""Codes, programs and classes that are not software."""


def is_code_request(text: str, language: str) -> bool:
    if EXPLAINS.search(text) and not re.search(
        r"\b(?:show|example|syntax|write|code (?:for|that|to)|(?:with|in) code)\b"
        r"|\b(?:the|which|what) (?:[\w.]+ ){0,2}(?:command|query|regex|formula|sql|code|css|html"
        r"|one-?liner) (?:to|for|that)\b",
        text,
        re.I,
    ):
        return False
    if not language and OTHER_CODE.search(text):
        return False
    if PROSE_FIRST.match(text) or DIFFERENCE_ABROAD.match(text):
        return False
    if wants_text(text) or wants_to_learn(text):
        return False
    if language and HEAD.search(text):
        return True
    first = FIRST_WORDS.match(text) if language and "?" not in text else None
    if first is not None and find_language(first[1]):
        return True
    if language and begins_with_language(text):
        return True
    if language and (begins := BEGINS.match(text)) and find_language(begins[0][:-2]):
        return True
    if language not in NO_PROGRAMS and CODE_ALONE.search(text) and NOUN.search(text):
        return True
    if language == "bash" and (IN_TERMINAL.search(text) or COMMAND.search(text)):
        return True
    if language not in NO_PROGRAMS and is_short_wish(text):
        return True
    if language not in NO_PROGRAMS and asks_how_to(text):
        return True
    if (used := USES_LANGUAGE.search(text)) and find_language(used[1]) not in NO_PROGRAMS:
        return True
    if language == "sql" and SQL_VERB.search(text):
        return True
    if language not in NO_PROGRAMS and ANSWERS_IN.search(text):
        return True
    if language in ALWAYS_CODE or (
        language in ("css", "html") and re.search(r"\b(?:code only|only code)\b", text, re.I)
    ):
        return WISH.search(text) is not None or len(text) < 120
    if language == "latex":
        is_document = re.search(r"\bdocument|\btemplate|\bbeamer|\barticle class", text, re.I)
        return is_document is not None and (WISH.search(text) is not None or len(text) < 120)
    if language == "json" and not re.search(r"package|tsconfig|json[ -]?schema", text, re.I):
        return False
    if OF_LANGUAGE.search(text) and WISH.search(text) and not PROSE_KIND.search(text):
        return True
    return asks_for_program(text, language)


USES_LANGUAGE = make_regex(
    r"(?:[.!?\n]|\A)\s*(?:please )?(?:use|using|code it in|do it in|solve it in"
    r"|solve this (?:in|with)) ([A-Za-z+#]{1,12})(?: only| please)?[.!]?\s*\Z",
    re.I,
)
"""The last sentence of a task: "Use Java."."""
HEAD = make_regex(
    r"\b(?:fn|func|def|fun)\s\w+\s?\(|\b(?:function|void|int|bool|double|String)\s\w+\(\w*"
    r"|\b(?:public|private|static|async|export) \w+ \w+\("
)
"""The head of a function: "rust fn add(a: i32, b: i32)"."""
CODE_ALONE = make_regex(r"\b(?:only|just) (?:the )?code\b|\bcode only\b", re.I)
IN_TERMINAL = make_regex(
    r"\b(?:in|from|on|via|using|through) (?:the |a |my )?(?:\w+ )?(?:terminal|command[- ]line"
    r"|shell|cli)"
    r"(?=\s*(?:[?.!,]|\Z))",
    re.I,
)
ANSWERS_IN = make_regex(
    r"\buse [\w+#]+ to (?:solve|answer|implement|write)\b"
    r"|\bsyntax (?:of|for) \w|\b(?:answer|reply|respond|return|output|solve)\b[^.\n]{0,24}?"
    r"\b(?:with|in|as|using|just|only)\s"
    r"(?:the |an? |valid |only |just ){0,3}(?:\w+ )?(?:sql|code|query|script|function|python"
    r"|javascript"
    r"|java|c\+\+|bash|command)\b",
    re.I,
)
"""How a prompt says that its answer is a program."""
OF_LANGUAGE = make_regex(
    r"\b(?:an?|the|some|my|simple|short|small|basic|async|two|three)\s(?:python|javascript"
    r"|typescript|swiftui"
    r"|react|vue|laravel|django|flask|fastapi|kotlin|c#|php|ruby|rails|sql|bash|powershell|html"
    r"|css|node(?:\.js)?"
    r"|express|angular|svelte|terraform|ansible|kubernetes|docker|graphql|haskell|scala|perl"
    r"|lua|flutter|matlab"
    r"|vba|jest|pytest|tailwind|pandas|spring boot|next\.?js)\s(?!(?:developers?|jobs?|snakes?"
    r"|course|books?|tutorial"
    r"|community|ecosystem|team|engineers?|resume|interviews?|questions?|programmers?"
    r"|conference|meetup|library"
    r"|libraries|framework|learning|learner|beginner|expert|career|cheat|roadmap|project ideas"
    r"|vs|and|or|class"
    r" schedule|bootcamp|exhibition|podcast|channel|newsletter|quiz|article|blog|logo|fan|poem"
    r"|joke|study|guide"
    r"|test for|exam|world|code review|skills?|experience|teacher|student|language|version"
    r"|update|release|at|in|on|of|for|with|is|was|to|from"
    r"|by|about)\b)[a-z]",
    re.I,
)
"""A thing of a language: "a Python context manager"."""
PROSE_KIND = make_regex(
    r"\b(?:poem|story|song|essay|article|blog|joke|letter|e-?mail|speech|review|tweet|haiku"
    r"|caption|tips|slogan)\b",
    re.I,
)
FOREIGN_HOW = make_regex(
    r"\W{0,4}(?:wie|comment|cómo|come (?:si|posso|faccio)|como|jak|hoe|nasıl|bagaimana|как|як|どう"
    r"|怎么|怎麼|如何|어떻게|كيف|איך|कैसे)\b"
    r"|(?:用|使用)\s?(?:[A-Z][\w+#]*)\s?(?:来|來)?[^\W\d_a-zA-Z]|[A-Za-z+#]{2,12}\s?(?:で|を使って|으로|로)"
    r"|làm (?:thế nào|sao)|nasıl\b|อย่างไร|ยังไง",
    re.I,
)
"""How people ask in other languages how something is done."""
BESIDE_LANGUAGE = make_regex(
    r"(?:\b(?:in|en|em|w|v|di|dalam|trong|με|на|в|у|mit|con|avec|com|z|met|bằng)\s|用|使用|ב-?"
    r"|في |में )"
    r"\s?([\w#+.]{1,12}?)(?=[\s?!.,’'`]|[^\x00-\x7f]|\Z)"
    r"|([A-Za-z+#]{1,12})\s?(?:で|を使って|으로|로|'da|'de| ile|中)",
    re.I,
)


def asks_how_to(text: str) -> bool:
    """Return whether a text in another language asks how to do something in a language."""
    if len(text) > 200 or not FOREIGN_HOW.search(text):
        return False
    names = (match[1] or match[2] for match in BESIDE_LANGUAGE.finditer(text))
    return any(find_language(name) not in NO_PROGRAMS for name in names)


NO_PROGRAMS = frozenset(("", "latex", "json", "xml", "yaml"))


def is_short_wish(text: str) -> bool:
    """Return whether a text is as short as "reverse a string in go" or "LRU cache in Python"."""
    if len(text) > 120 or "?" in text or not names_language(text):
        return False
    return VERB.match(text) is not None or (len(text) < 90 and IN_LANGUAGE.match(text) is not None)


def asks_for_program(text: str, language: str) -> bool:
    """Return whether a text wishes a program, or names a kind of program and a language."""
    return (
        WISH.search(text) is not None
        and (
            NOUN.search(text) is not None
            or (
                language != ""
                and len(text) < 400
                and EXPLAINS.search(text) is None
                and (names_language(text) or MARKUP.search(text) is not None)
            )
        )
    ) or (
        NOUN.search(text) is not None
        and language != ""
        and len(text) < 120
        and not EXPLAINS.search(text)
    )


BEFORE_LANGUAGE = make_regex(
    r"\b(?:in|to|into|with|using|via|auf|en|mit|con|avec|em|nach|write|show|give me|need"
    r"|want|have"
    r"|create|make|schreibe?|escribe|écris|scrivi)\s+"
    r"(?:(?!(?:about|on|of|for|from|to)\b)[\w-]+\s){0,3}[\w.#+]{1,14}",
    re.I,
)
MARKUP = make_regex(
    r"\bfix\b|\brefactor\b|\bpandas\b|\bdataframe\b|\bcss\b|\bdiv\b|\bhtml\b|\bsql\b", re.I
)


def names_language(text: str) -> bool:
    """Return whether a language is what to write in, not what to write about."""
    return any(
        find_language(match[0])
        for pattern in (BEFORE_LANGUAGE, AFTER_IN)
        for match in pattern.finditer(text[:1000])
    )


AFTER_IN = make_regex(r"\b(?:in|using) [\w.#+]{1,14}", re.I)


IN_LANGUAGE = make_regex(
    r"(?!.*\b(?:list|best|jobs?|librar\w+|frameworks?|ideas?|tips|differences?|history|vs|pros"
    r"|article|blog"
    r"|essay|explain|describe|summary|questions?|courses?|books?|translat\w+|poem|story|why"
    r"|what|career"
    r"|answer|reply|respond)\b)"
    r"[^?\n]{3,70}\b(?:in|with|using) [\w#+.]{1,12}\W*$",
    re.I,
)
"""A short prompt such as "LRU cache in Python"."""
VERB = make_regex(
    r"\W{0,4}(?:please )?(?:simulate|plot|scrape|solve|implement|train|load|save|encode|decode|hash"
    r"|encrypt|decrypt|build|set|extract|compress|resize|animate|render|serialize|deserialize|query"
    r"|select|update|log|schedule|run|search|escape|trim|pad|capitalize|transpose|multiply|divide"
    r"|normalize|tokenize|benchmark|measure|mock|wrap|debounce|throttle|retry|poll|watch|upload|zip"
    r"|unzip|clone|reverse|sort|parse|read|find|remove|check|convert|merge|split|loop"
    r"|iterate"
    r"|count|filter|generate|fetch|call|connect|send|open|calculate|compute|print|get|download"
    r"|rename"
    r"|delete|flatten|validate|format|replace|sum|swap|shuffle|group|map|center|align|create|make"
    r"|concatenate|join|append|insert|return|compare|round)\b",
    re.I,
)
"""The beginning of "reverse a string in go"."""
LEAD = make_regex(
    r"\W{0,4}(?:how (?:2|to) |need (?:an? |some )?)?([\w.#+]{1,12})(?: linq)?[,:]? "
    r"(?:[\d.]{1,4} )?(?=\w)"
)
TOOLS = frozenset(
    "python py javascript typescript js ts html css sql mysql postgres sqlite bash nginx terraform"
    " java kotlin c# c++ cpp php pandas django fastapi flask node nodejs k8s numpy"
    " dockerfile".split()
)
ABOUT_TOOL = make_regex(
    r"\b(?:best|jobs?|librar\w+|frameworks?|ideas?|tips|differences?|history|vs|versus|pros|article"
    r"|blog|essay|explain\w*|describe|summary|questions?|courses?|books?|translat\w+|poem|story|why"
    r"|what|who|career|answer|reply|respond|is|are|was|were|has|have|isn['’]?t|tutorials?|roadmap"
    r"|salar\w+|developers?|engineers?|programmers?|interview\w*|snakes?|practices|overview"
    r"|introduction|advantages|cheat|resume|cv|meaning|news|conference|meetup|review|feedback|wrong"
    r"|crash\w*|fails?|slow|coffee|island|email|meeting|workshop|training|lessons?|beginners?"
    r"|expert|team|documentation)\b"
    r"|\A\S+ (?:to|for|in|on|of|and|from|at|with|by|can|will|vs)\b|\A(?:\S+\s*){1,3}\Z",
    re.I,
)
"""What people say of a language or a tool without wishing a program."""
CONCRETE = make_regex(
    r"\w_\w|[a-z][A-Z]|[(){}\[\]=<>`:\"]|\d|\b(?:called|named)\b"
    r"|\w\.(?:py|js|ts|csv|json|txt|html|css|md)\b"
)
"""What stands in a wish for a certain program: names, numbers, brackets, files."""
NAMES_AND_WORDS = frozenset("go swift rust c r ruby".split())
"""Languages that begin sentences as words, too."""
PART = make_regex(
    r"(?:(?:simple|small|basic|responsive|dark|sticky|fixed|animated|minimal) ){0,3}"
    r"(?:(?:id|class|class ?name) (?:is|=)|nav(?: ?bar|igation)?|counter|header|footer|sidebar"
    r"|table|list|grid|tabs|slider|accordion|spinner|tooltip|gallery|timer|clock|progress bar"
    r"|log ?in|sign ?up|menu|checkbox|select|input|textarea|link|breadcrumbs?|badge|banner|hero"
    r"|card|button|form|modal|dropdown|todo|dict\w*|array|object|set|string|dataframe"
    r"|fn|def|flask|express|fastapi|django|rails|laravel|spring|GET /|POST /|every|context manager"
    r"|http server|server|struct|enum|trait|interface|class|function|func|script"
    r"|program|endpoint|api|route|view|hook|component|decorator|generator|method|loop|lambda|type"
    r"|list comprehension|top \d+|last \d+|undo|revert|stash|squash|move|copy|kill)\b",
    re.I,
)
"""What stands after the language in "svelte counter with two buttons"."""


def begins_with_language(text: str) -> bool:
    """Return whether a short text begins as "js group an array" or "html nav with a logo"."""
    return find_first_language(text) != ""


def find_first_language(text: str) -> str:
    """Return the language with which a short request for a program begins; empty for others."""
    lead = LEAD.match(text) if len(text) < 300 else None
    if lead is None:
        return ""
    is_word = lead[1].lower() in NAMES_AND_WORDS
    patterns = (PART,) if lead[1].lower() in ("go", "swift", "ruby") else (VERB, PART)
    if not any(pattern.match(text, lead.end()) for pattern in patterns) and (
        is_word
        or lead[1].lower() not in TOOLS
        or "?" in text
        or ABOUT_TOOL.search(text)
        or not CONCRETE.search(text, lead.end())
    ):
        return ""
    language = find_language(f"in {lead[1]}")
    return "" if language in NO_PROGRAMS or language == "regex" else language


FIRST_WORDS = make_regex(
    r"\W{0,4}([\w.#+]{1,12}) (?:to|for|that|which|one[- ]?liner|snippet|code|function|script|query"
    r"|program)\b"
)
"""The beginning of "SQL to get the second highest salary"."""
BEGINS = make_regex(r"\W{0,4}[\w.#+]{1,12}(?: (?:code|linq|query|snippet|function))?\s?: (?=\w)")
"""The beginning of "Python: merge two dictionaries"."""
