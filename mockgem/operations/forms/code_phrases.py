"""The sentences before and after a program, in the languages of prompts."""

from __future__ import annotations

from mockgem.core.frozen import frozen


@frozen
class CodePhrases:
    """Sentences before a program, with {0} for its language, and after it."""

    start: str
    ends: tuple[str, ...]


PHRASES: dict[str, CodePhrases] = {
    "en": CodePhrases(
        "Here is a short version in {0}:",
        (
            "The code is short on purpose; adapt the names and add checks where you need them.",
            "Run it with a few of your own values first, then add the cases that matter to you.",
            "It has no dependencies beyond what you see, so you can paste it as it is.",
            "Add error handling before you use it with data that you do not control.",
        ),
    ),
    "de": CodePhrases(
        "Hier ist der Code in {0}:",
        (
            "Passe die Namen an dein Projekt an und ergänze bei Bedarf weitere Prüfungen.",
            "Probiere ihn zuerst mit ein paar eigenen Werten aus.",
            "Der Code ist bewusst kurz gehalten, damit du ihn leicht erweitern kannst.",
        ),
    ),
    "fr": CodePhrases(
        "Voici le code en {0} :",
        (
            "Vous pouvez adapter les noms et ajouter les contrôles dont vous avez besoin.",
            "Essayez-le d'abord avec quelques valeurs simples.",
            "Le code est court pour que vous puissiez le modifier facilement.",
        ),
    ),
    "es": CodePhrases(
        "Aquí está el código en {0}:",
        (
            "Puedes adaptar los nombres y añadir las comprobaciones que necesites.",
            "Pruébalo primero con algunos valores sencillos.",
            "El código es corto para que sea fácil de modificar.",
        ),
    ),
    "pt": CodePhrases(
        "Aqui está o código em {0}:",
        (
            "Você pode adaptar os nomes e acrescentar as verificações de que precisar.",
            "Teste primeiro com alguns valores simples.",
            "O código é curto para que seja fácil de mudar.",
        ),
    ),
    "it": CodePhrases(
        "Ecco il codice in {0}:",
        (
            "Puoi adattare i nomi e aggiungere i controlli di cui hai bisogno.",
            "Provalo prima con alcuni valori semplici.",
            "Il codice è breve, così è facile da modificare.",
        ),
    ),
    "nl": CodePhrases(
        "Hier is de code in {0}:",
        (
            "Je kunt de namen aanpassen en controles toevoegen waar dat nodig is.",
            "Probeer het eerst met een paar eenvoudige waarden.",
        ),
    ),
    "pl": CodePhrases(
        "Oto kod w języku {0}:",
        (
            "Możesz zmienić nazwy i dodać potrzebne sprawdzenia.",
            "Najpierw wypróbuj go na kilku prostych wartościach.",
        ),
    ),
    "tr": CodePhrases(
        "İşte {0} dilinde kod:",
        (
            "Adları değiştirebilir ve ihtiyaç duyduğunuz kontrolleri ekleyebilirsiniz.",
            "Önce birkaç basit değer ile deneyin.",
        ),
    ),
    "ru": CodePhrases(
        "Вот код на {0}:",
        (
            "Вы можете изменить имена и добавить нужные проверки.",
            "Сначала попробуйте его на нескольких простых значениях.",
        ),
    ),
    "uk": CodePhrases(
        "Ось код мовою {0}:",
        (
            "Ви можете змінити імена й додати потрібні перевірки.",
            "Спочатку спробуйте його на кількох простих значеннях.",
        ),
    ),
    "ar": CodePhrases(
        "إليك الكود بلغة {0}:",
        ("يمكنك تغيير الأسماء وإضافة الفحوص التي تحتاج إليها.", "جربه أولا مع بعض القيم البسيطة."),
    ),
    "he": CodePhrases(
        "הנה הקוד בשפת {0}:",
        (
            "אפשר לשנות את השמות ולהוסיף בדיקות לפי הצורך.",
            "כדאי לנסות אותו קודם עם כמה ערכים פשוטים.",
        ),
    ),
    "hi": CodePhrases(
        "यह रहा {0} में कोड:",
        (
            "आप नाम बदल सकते हैं और ज़रूरत के अनुसार जाँच जोड़ सकते हैं।",
            "पहले इसे कुछ सरल मानों के साथ आज़माएँ।",
        ),
    ),
    "ja": CodePhrases(
        "{0}のコードは次のとおりです。",
        (
            "名前は用途に合わせて変更し、必要なチェックを追加してください。",
            "まずは簡単な値で試してみてください。",
        ),
    ),
    "zh": CodePhrases(
        "下面是 {0} 代码：",
        ("您可以修改名称，并添加需要的检查。", "请先用几个简单的值试一试。"),
    ),
    "zh-Hant": CodePhrases(
        "以下是 {0} 程式碼：",
        ("您可以修改名稱，並加入這個專案需要的檢查。", "請先用幾個簡單的值試試這段程式。"),
    ),
    "ko": CodePhrases(
        "다음은 {0} 코드입니다:",
        ("이름을 바꾸고 필요한 검사를 추가해서 사용하세요.", "먼저 간단한 값으로 시험해 보세요."),
    ),
    "vi": CodePhrases(
        "Đây là đoạn mã {0}:",
        (
            "Bạn có thể đổi tên và thêm các bước kiểm tra cần thiết.",
            "Bạn hãy thử trước với một vài giá trị đơn giản.",
        ),
    ),
    "id": CodePhrases(
        "Berikut adalah kode dalam {0}:",
        (
            "Anda dapat mengubah nama dan menambahkan pemeriksaan yang diperlukan.",
            "Cobalah dulu dengan beberapa nilai yang sederhana untuk memastikan hasilnya.",
        ),
    ),
    "th": CodePhrases(
        "นี่คือโค้ดภาษา {0}:",
        ("คุณสามารถเปลี่ยนชื่อและเพิ่มการตรวจสอบที่จำเป็นได้", "ลองใช้กับค่าง่าย ๆ ก่อน"),
    ),
}


def find_phrases(language: str) -> CodePhrases:
    return PHRASES.get(language) or PHRASES["en"]


ENDS: dict[str, tuple[str, ...]] = {
    "html css svg": (
        "Open it in a browser to see how it looks.",
        "Change the texts and the colours to fit your page.",
        "It needs no library, so you can paste it as it is.",
    ),
    "tests": (
        "Put the function into a separate module, and adjust the import to its name.",
        "Add a case for each value that matters to you.",
    ),
    "regex": (
        "Try it with a few texts that should match and a few that should not.",
        "It matches the usual cases; make it stricter where your data needs it.",
    ),
    "mermaid": (
        "Paste it into any viewer for Mermaid to see the diagram.",
        "Rename the boxes and add steps where you need them.",
    ),
    "dockerfile yaml hcl ini nginx makefile gitignore dotenv json xml groovy protobuf graphql"
    " prisma": (
        "Adapt the names, the versions and the paths to your project.",
        "It has only what is needed, so you can extend it easily.",
    ),
    "sql mongodb cypher elasticsearch redis": (
        "Adapt the names to those in your database.",
        "Try it on a copy of your data first.",
    ),
    "excel": (
        "Adapt the cells to those in your sheet.",
        "Copy it down to use it for the other rows.",
    ),
    "latex": (
        "Compile it with any LaTeX installation.",
        "Change the texts and the title to fit your document.",
    ),
    "bash powershell": (
        "Try it in a test folder first, and adapt the paths.",
        "It uses only standard commands, so you can paste it as it is.",
    ),
}
"""English sentences after texts that are not programs, by the languages of these texts."""
ENDS_BY_LANGUAGE = {name: ends for names, ends in ENDS.items() for name in names.split()}


def find_ends(reply: str, language: str) -> tuple[str, ...]:
    """Return sentences that fit after a text in a computer language.

    Args:
        reply: The language of the reply.
        language: The language of the program.
    """
    own = ENDS_BY_LANGUAGE.get(language, ()) if reply == "en" else ()
    return own or find_phrases(reply).ends
