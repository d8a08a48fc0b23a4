"""Greetings for birthdays and other days, in the language of the reply."""

from __future__ import annotations

import re

from mockgem.operations.forms.counts import NUMBER, parse_count
from mockgem.operations.forms.format_wishes import wants
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

BIRTHDAY = make_regex(
    r"\b(?:birthday (?:wish(?:es)?|message|greetings?|card|text|toast|note)|happy birthday"
    r" (?:message"
    r"|text|note)|(?:wish|congratulate) .{2,30} (?:a )?happy birthday|geburtstags(?:grüße?|gruß"
    r"|wünsche?|glückwünsche|karte)|glückwünsche zum geburtstag|felicitaci[óo]n(?:es)? de"
    r" cumpleaños"
    r"|mensaje de cumpleaños|message d'anniversaire|v[œo]eux d'anniversaire|auguri di compleanno"
    r"|mensagem de aniversário|życzenia urodzinowe|verjaardagswens(?:en)?|doğum günü (?:mesajı"
    r"|kutlaması)|ucapan (?:selamat )?ulang tahun|lời chúc (?:mừng )?sinh nhật)\b"
    r"|поздравлени\w* с дн[её]м рождения|привітання з дн[её]м народження|生日祝福"
    r"|誕生日の?(?:お祝い|祝い)?の?メッセージ"
    r"|생일 축하 (?:메시지|글|인사)|تهنئة (?:عيد|بعيد) ميلاد|ברכת יום הולדת|जन्मदिन (?:की|का) "
    r"(?:शुभकामना|संदेश)|คำอวยพรวันเกิด",
    re.I,
)
WRITES = make_regex(
    r"\b(?:how (?:do|can)|translate|classif\w+|rewrite|json|table|code|lines?|words"
    r"|sentences?|poem|rhym\w*|post|tweet|e-?mail|letter|ideas)\b",
    re.I,
)
FOR = make_regex(
    r"\b(?:to|for) (?:my |our |the |an? )?([A-Za-z][\w'-]*)(?=[,.!?;\n]|\s*\Z| (?:who|with|from|in"
    r"|that)\b)"
)
WISHES = {
    "en": "Happy birthday{}! I wish you health, happiness and a wonderful year full of good days.",
    "de": "Alles Gute zum Geburtstag! Ich wünsche dir Gesundheit, Glück und ein wunderbares Jahr.",
    "fr": "Joyeux anniversaire ! Je te souhaite santé, bonheur et une merveilleuse année.",
    "es": "¡Feliz cumpleaños! Te deseo salud, felicidad y un año maravilloso.",
    "pt": "Feliz aniversário! Desejo-te saúde, felicidade e um ano maravilhoso.",
    "it": "Buon compleanno! Ti auguro salute, felicità e un anno meraviglioso.",
    "nl": "Gefeliciteerd met je verjaardag! Ik wens je gezondheid, geluk en een prachtig jaar.",
    "pl": "Wszystkiego najlepszego z okazji urodzin! Życzę Ci zdrowia, szczęścia i wspaniałego"
    " roku.",
    "tr": "Doğum günün kutlu olsun! Sana sağlık, mutluluk ve harika bir yıl diliyorum.",
    "ru": "С днём рождения! Желаю здоровья, счастья и прекрасного года.",
    "uk": "З днем народження! Бажаю здоров'я, щастя й чудового року.",
    "ar": "عيد ميلاد سعيد! أتمنى لك الصحة والسعادة وعامًا رائعًا.",
    "he": "יום הולדת שמח! אני מאחל לך בריאות, אושר ושנה נפלאה.",
    "hi": "जन्मदिन मुबारक हो! आपको अच्छा स्वास्थ्य, खुशी और एक शानदार साल मिले।",
    "ja": "お誕生日おめでとうございます！健康で幸せな、すばらしい一年になりますように。",
    "zh": "生日快乐！祝你身体健康、幸福快乐，新的一年一切顺利。",
    "zh-Hant": "生日快樂！祝你身體健康、幸福快樂，新的一年一切順利。",
    "ko": "생일 축하합니다! 건강하고 행복한 멋진 한 해가 되기를 바랍니다.",
    "vi": "Chúc mừng sinh nhật! Chúc bạn sức khỏe, hạnh phúc và một năm tuyệt vời.",
    "id": "Selamat ulang tahun! Semoga sehat, bahagia, dan tahun ini menyenangkan.",
    "th": "สุขสันต์วันเกิด! ขอให้คุณมีสุขภาพแข็งแรง มีความสุข และมีปีที่ยอดเยี่ยม",
}


SHORT = make_regex(
    r",? ?(?:keep it |make it )?\(?(?:under|at most|max(?:imum)?|less than|about|in|up to) "
    r"(?:[2-9]\d|1\d\d)"
    r" words\)?",
    re.I,
)
"""A length that such wishes never exceed."""
SENTENCES = make_regex(rf",? ?(?:in|with|of) ({NUMBER}) (?:short )?sentences\b", re.I)
MORE_WISHES = (
    "Thank you for all that you do every day.",
    "Enjoy your cake and a long, sunny evening.",
    "I hope that all your plans come true.",
)


@form(
    "birthday wishes",
    "Write a short birthday message for my mom.",
    "Napisz krótkie życzenia urodzinowe dla mamy.",
    about="good wishes in the language of the reply",
    words="birthday geburtstagsgrüße geburtstagswünsche geburtstagsglückwünsche geburtstagskarte"
    " geburtstag cumpleaños d'anniversaire anniversaire compleanno aniversário urodzinowe"
    " verjaardagswens verjaardagswensen doğum tahun sinh",
)
def write_birthday_wishes(question: Question) -> str | None:
    text = SHORT.sub("", question.stated)
    if not BIRTHDAY.search(text) or wants("json", question):
        return None
    wish = WISHES.get(question.language)
    counted = SENTENCES.search(text)
    if wish and counted and question.language == "en":
        more = [wish.split("! ")[1], *MORE_WISHES]
        parts = [f"{wish.split('! ')[0]}!", *more][: parse_count(counted[1], 5)]
        text, wish = SENTENCES.sub("", text), " ".join(parts)
    if WRITES.search(text):
        return None
    if wish is None:
        return None
    person = FOR.search(text) if question.language == "en" else None
    return wish.format(f", {person[1][:1].upper()}{person[1][1:]}" if person else "")
