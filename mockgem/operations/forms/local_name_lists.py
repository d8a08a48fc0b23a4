"""Names for a pet, a shop or a blog in other languages: "5 nombres para un gato"."""

from __future__ import annotations

import re

from mockgem.operations.forms.layout_words import NUMBERED, find_count
from mockgem.operations.forms.lazy_patterns import make_regex
from mockgem.operations.forms.question import Question
from mockgem.operations.forms.registry import form

MAX_PROMPT = 200
ASKS = make_regex(
    r"\b(?:namen|nombres?|noms?|nomi|nomes?|nome|nazw\w*|imion|imię|imiona|isim\w*|имен\w*|имён|имя"
    r"|названи\w*|імен\w*|ім['’]я|назв\w*|tên|nama)\b[^.?!\n]{0,24}?\b(?:für|para|pour|per|voor|dla"
    r"|için|для|cho|untuk)\b|\biçin\b[^.?!\n]{0,30}\b(?:isim\w*|adı?)\b"
    r"|أسماء ل|اسماء ل|اسم ل|שמות ל|שם ל|नाम (?:सुझा|बता|दो|दीजिए|रखो|रखें)"
    r"|名前を?[^。\n]{0,12}(?:考え|つけ|付け|提案|教え|出し|挙げ)"
    r"|이름[^.\n]{0,12}(?:추천|지어|알려|만들|제안|생각)|[起取想][^。\n]{0,8}(?:名字|名称|名稱)"
    r"|ชื่อ(?:ให้|สำหรับ|แมว|สุนัข|ร้าน)",
    re.I,
)
PET = make_regex(
    r"\b(?:katzen?|kater|hund\w*|welpen?|haustier\w*|gat[oa]s?|perr[oa]s?|mascotas?|chats?|chien\w*"
    r"|chaton|gatt[oi]|can[ei]|cuccioli?o?|cachorr[oa]s?|kat|kitten|hond|kot\w{0,2}|psa|pieska?"
    r"|kedi\w*"
    r"|köpe[kğ]\w*|кот\w*|кошк\w*|собак\w*|щен\w*|кіт|кішк\w*|пса|цуцен\w*|mèo|chó|kucing|anjing)\b"
    r"|قط|كلب|חתול|כלב|बिल्ली|कुत्ते|猫|犬|ねこ|いぬ|고양이|강아지|狗|แมว|สุนัข|หมา",
    re.I,
)
BABY = make_regex(
    r"\b(?:baby\w*|bebé|bébé|bambin[oai]|bebê|kind|mädchen|jungen?|niñ[oa]s?|fille|garçon|dziec\w*"
    r"|bebe\w*|дет\w*|девоч\w*|мальчик\w*|дитин\w*|дівчин\w*|хлопчик\w*|bayi)\b|赤ちゃん|아기|宝宝|طفل"
    r"|תינוק|बच्चे",
    re.I,
)
"""The names of people, which other forms list."""
SHOP = make_regex(
    r"店|カフェ|ブログ|会社|商品|ブランド|チーム|アプリ|가게|카페|블로그|회사|브랜드|제품|팀|앱|博客|公司|品牌|产品|產品|团队|團隊|应用"
)
LATIN_PETS = "Luna, Milo, Simba, Nala, Coco, Leo, Bella, Toby, Maya, Rocky"
PETS = {
    "ja": "たま、みけ、そら、もも、ハル、クロ、きなこ、ソラ、ルナ、チビ",
    "ko": "나비, 코코, 보리, 치즈, 두부, 초코, 별이, 구름, 콩이, 루나",
    "zh": "咪咪、小花、豆豆、团子、布丁、糯米、可可、毛毛、阿福、露娜",
    "zh-Hant": "咪咪、小花、豆豆、糰子、布丁、糯米、可可、毛毛、阿福、露娜",
    "ru": "Барсик, Мурка, Рыжик, Снежок, Пушок, Тиша, Луна, Симба, Ириска, Персик",
    "uk": "Мурчик, Сніжок, Рудик, Мурка, Тигрик, Пушинка, Луна, Сімба, Персик, Жужа",
    "ar": "لولو، مشمش، سيمبا، بندق، لونا، ميمي، زيتونة، سكر، نمر، كوكو",
    "he": "מיצי, לונה, שוקו, סימבה, קוקו, בל, ריצ'י, מוקה, טופי, נלה",
    "hi": "मोती, शेरू, चीकू, मिन्नी, बादल, लूना, सिंबा, गोल्डी, टॉफी, चिंटू",
    "th": "มะลิ, โมจิ, ส้ม, ข้าวปั้น, ลูน่า, ซิมบ้า, ถุงทอง, นมสด, เผือก, คุกกี้",
    "de": "Bello, Luna, Milo, Balu, Nala, Simba, Mia, Felix, Coco, Rocky",
    "vi": "Miu, Mướp, Mực, Vàng, Luna, Simba, Bông, Mít, Cam, Đốm",
}
BRANDS = {
    "de": "Horizont, Morgenrot, Kompass, Rückenwind, Lieblingspfad, Wegweiser, Lichtblick, Fernweh",
    "fr": "Horizon, Aurore, Boussole, Vent du large, Sentier libre, Grand Air, Escale, Lumière",
    "es": "Horizonte, Amanecer, Brújula, Brisa, Sendero, Rumbo Libre, Faro, Aire Nuevo",
    "it": "Orizzonte, Alba, Bussola, Brezza, Sentiero, Rotta Libera, Faro, Aria Nuova",
    "pt": "Horizonte, Alvorada, Bússola, Brisa, Trilha, Rumo Livre, Farol, Novo Ar",
    "nl": "Horizon, Dageraad, Kompas, Zeebries, Het Pad, Wegwijzer, Lichtpunt, Verre Reis",
    "pl": "Horyzont, Świt, Kompas, Wiatr w Żaglach, Szlak, Drogowskaz, Latarnia, Nowy Ląd",
    "tr": "Ufuk, Şafak, Pusula, Meltem, Patika, Deniz Feneri, Yol Arkadaşı, Yeni Gün",
    "ru": "Горизонт, Рассвет, Компас, Попутный ветер, Тропа, Маяк, Новый путь, Светлый день",
    "uk": "Обрій, Світанок, Компас, Вітер мандрів, Стежка, Маяк, Новий шлях, Ясний день",
    "ar": "أفق، فجر، بوصلة، نسيم، درب، منارة، طريق جديد، ضياء",
    "he": "אופק, שחר, מצפן, שביל, רוח טובה, מגדלור, דרך חדשה, אור",
    "hi": "क्षितिज, सवेरा, राह, दिशा, पवन, दीपस्तंभ, नई डगर, उजाला",
    "ja": "そよかぜ、あさひ、みちしるべ、ひだまり、こみち、羅針盤、灯台、新しい道",
    "ko": "햇살, 길잡이, 새벽, 바람결, 오솔길, 나침반, 등대, 새길",
    "zh": "启程、晨光、清风、小径、指南针、灯塔、新路、暖阳",
    "zh-Hant": "啟程、晨光、清風、小徑、指南針、燈塔、新路、暖陽",
    "vi": "Chân Trời, Bình Minh, La Bàn, Gió Mới, Đường Nhỏ, Hải Đăng, Lối Mới, Nắng Ấm",
    "id": "Cakrawala, Fajar, Kompas, Angin Segar, Jejak, Mercusuar, Jalan Baru, Cahaya",
    "th": "ขอบฟ้า, อรุณ, เข็มทิศ, สายลม, เส้นทาง, ประภาคาร, ทางใหม่, แสงอุ่น",
}
SEPARATOR = make_regex(r", |、|، ")
ONLY = make_regex(
    r"\b(?:nur|solo|sólo|seulement|juste|solamente|apenas|só|alleen|tylko|sadece|только|лише|тільки"
    r"|chỉ|hanya)\b|だけ|만|只|仅|僅|فقط|רק|केवल|सिर्फ|เท่านั้น",
    re.I,
)


@form(
    "names in another language",
    "5 nombres para un gato, solo los nombres",
    "猫の名前を5つ考えてください。",
    "придумай 3 назви для блогу про подорожі Карпатами",
    needs="foreign",
    about="names for a pet, a shop, a blog or a product, in the language of the prompt",
)
def list_local_names(question: Question) -> str | None:
    prompt = question.prompt.strip()
    if question.written_language == "en" or len(prompt) > MAX_PROMPT or question.material:
        return None
    if not ASKS.search(prompt) or BABY.search(prompt) or question.results:
        return None
    is_pet = PET.search(prompt) is not None
    known = PETS.get(question.language, LATIN_PETS) if is_pet else BRANDS.get(question.language, "")
    if (
        not is_pet
        and question.language in ("ja", "ko", "zh", "zh-Hant")
        and not SHOP.search(prompt)
    ):
        return None
    names = SEPARATOR.split(known) if known else []
    count = min(find_count(question, 5), len(names))
    chosen = names[:count]
    is_bare = ONLY.search(prompt) and not NUMBERED.search(question.layout)
    if count < 2 or is_bare:
        return "\n".join(chosen) or None
    return "\n".join(f"{at}. {name}" for at, name in enumerate(chosen, 1))
