"""The words of programming tasks in other languages, in English.

The tables of tasks know English. "Напиши функцию, которая проверяет, простое ли число" is looked
up as "check prime number".
"""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

WORDS: tuple[tuple[str, str], ...] = (
    (
        "prime number",
        r"primzahl\w*|nombres? premiers?|números? primos?|numer\w primi?|prost\w+ liczb\w*"
        r"|liczb\w+ pierwsz\w*|pierwsz\w+|asal"
        r"|прост\w+|простое|priemgetal\w*|素数|質數|质数|소수|أولي\w*"
        r"|ראשוני\w*|अभाज्य|số nguyên tố|bilangan prima|จำนวนเฉพาะ",
    ),
    (
        "even number",
        r"gerade|par(?:es?)?|pairs?|pari|parzyst\w+|çift|чётн\w+|четн\w+|парн\w+|even|偶数|偶數"
        r"|짝수|زوجي\w*|זוגי\w*|सम|số chẵn|genap|เลขคู่",
    ),
    (
        "odd number",
        r"ungerade|impar(?:es)?|impairs?|dispari|nieparzyst\w+|tek sayı\w*|нечётн\w+|нечетн\w+"
        r"|непарн\w+|oneven|奇数|奇數|홀수|فردي\w*|số lẻ|ganjil",
    ),
    (
        "palindrome",
        r"palindrom\w*|palíndromo\w*|палиндром\w*|паліндром\w*|回文|팰린드롬|회문|متناظر\w*"
        r"|פלינדרום",
    ),
    (
        "recursive",
        r"rekursi\w*|recursiv[oae]\w*|récursi\w*|ricorsi\w*|recursief|rekurencyj\w*|özyineleme\w*"
        r"|рекурси\w*|递归|遞迴|再帰|재귀|đệ quy|rekursif",
    ),
    (
        "factorial",
        r"fakultät\w*|factorielle?|fattoriale|silni\w+|faktöriyel\w*|факториал\w*|факторіал\w*"
        r"|阶乘|階乗|階乘|팩토리얼|giai thừa|faktorial|مضروب|עצרת",
    ),
    (
        "fibonacci",
        r"фибоначчи|фібоначчі|斐波那契|피보나치|フィボナッチ|فيبوناتشي|פיבונאצ'י|फिबोनाची|फाइबोनैचि",
    ),
    (
        "random",
        r"zufäll\w*|zufalls\w*|aleator\w+|aléatoire\w*|casual\w*|losow\w*|rastgele|случайн\w+"
        r"|випадков\w+|willekeurig\w*|随机|隨機|ランダム|乱数|무작위|랜덤|난수|عشوائي\w*"
        r"|אקראי\w*|यादृच्छिक|ngẫu nhiên|acak|สุ่ม",
    ),
    (
        "sum",
        r"summ\w+|somme|suma\w*|soma\w*|somma\w*|som|сумм\w+|сум\w|toplam\w*|求和|总和|總和"
        r"|和(?!数)|合計|합계?|더하\w*|مجموع|סכום|योग|tổng|jumlah\w*|ผลรวม",
    ),
    (
        "average",
        r"durchschnitt\w*|mittelwert\w*|promedio\w*|médias?|moyennes?|gemiddelde|średni\w+"
        r"|ortalama\w*|средн\w+|середн\w+|平均\w*|평균|متوسط|ממוצע|औसत|trung bình|rata-rata"
        r"|ค่าเฉลี่ย",
    ),
    (
        "largest",
        r"größte\w*|maximum|mayor(?:es)?|máxim\w+|maximal\w*|plus grande?s?|massim\w+"
        r"|maior(?:es)?|największ\w+|en büyük|наибольш\w+|максимальн\w+|найбільш\w+|grootste"
        r"|最大\w*|최대\w*|가장 큰|أكبر|הגדול|सबसे बड़ा|lớn nhất|terbesar|มากที่สุด",
    ),
    (
        "smallest",
        r"kleinste\w*|minimum|mínim\w+|plus petite?s?|minim\w+|menor(?:es)?|najmniejsz\w+"
        r"|en küçük|наименьш\w+|минимальн\w+|найменш\w+|最小\w*|최소\w*|가장 작은|أصغر|הקטן"
        r"|nhỏ nhất|terkecil",
    ),
    (
        "sort",
        r"sortier\w*|orden(?:a|ar|e|ada|ado)\b|trier?|trie|ordina\w*|ordene|sorteer\w*"
        r"|sortuj\w*|posortuj\w*|sırala\w*|сортир\w*|сортув\w*|排序|ソート|並べ替え\w*|정렬\w*"
        r"|ترتيب|يرتب|מיי\w+|sắp xếp|urutkan|mengurutkan|เรียง",
    ),
    (
        "reverse",
        r"umkehr\w*|umdreh\w*|invert\w*|inverse|invierte?|inverte|omkeer\w*|omdraai\w*|odwr\w+"
        r"|ters çevir\w*|переворач\w*|перевор\w+|разворач\w*|обернен\w*|反转|反轉|逆順|逆序"
        r"|逆に\w*|뒤집\w*|역순|عكس|יעכ\w*|הפוך|उल्टा|उलट\w*|đảo ngược|membalik\w*|กลับ",
    ),
    (
        "duplicates remove",
        r"duplikat\w*|doppelte\w*|duplicad\w+|repetid\w+|doublons?|duplicat\w*|dubbele\w*"
        r"|tekrar eden\w*|дублик\w*|повторя\w*|дублік\w*|重複\w*|重复|중복\w*|مكرر\w*|المكررة"
        r"|כפול\w*|डुप्लिकेट|trùng lặp|duplikat",
    ),
    (
        "string",
        r"zeichenkette\w*|text(?:es|o)?|cadenas?|cha[iî]nes?|string[ae]?|stringhe|tekst\w*"
        r"|ciąg\w*|łańcuch\w*|metn\w*|dize\w*|строк\w+|рядок|рядк\w+|字符串|文字列|字串|문자열"
        r"|نص|سلسلة|מחרוזת|स्ट्रिंग|chuỗi|ข้อความ|สตริง",
    ),
    (
        "list",
        r"listen?|lista|listas|tableau|arreglo|arrays?|lijst|liste\w*|dizi\w*|списк\w+"
        r"|массив\w*|масив\w*|列表|リスト|配列|数组|數組|陣列|리스트|배열|목록|قائمة|مصفوفة"
        r"|רשימה|מערך|सूची|ऐरे|danh sách|mảng|daftar|รายการ|อาร์เรย์",
    ),
    (
        "numbers",
        r"zahlen|números|numeros|nombres|numeri|getallen|liczb\w*|sayı\w*|чис\w+|数字|數字"
        r"|数値|整数|숫자|정수|أرقام|الأعداد|عدد|رقم|מספר\w*|संख्या\w*|số|angka|bilangan"
        r"|ตัวเลข",
    ),
    (
        "vowels",
        r"vokale?\w*|vocales|voyelles|vocali|vogais|klinkers|samogłosk\w*|sesli harf\w*"
        r"|гласн\w+|голосн\w+|母音|元音|모음|حروف العلة|स्वर|nguyên âm|vokal",
    ),
    (
        "words",
        r"wörter\w*|palabras|mots|parole|palavras|woorden|słow\w*|słów|kelime\w*|слов\w*|слів"
        r"|单词|單詞|単語|단어|كلمات|מילים|शब्द\w*|từ|kata",
    ),
    (
        "count",
        r"zähl\w*|anzahl|cuenta|contar|conta\w*|compte\w*|tel\b|aantal|policz\w*|zlicza\w*"
        r"|liczb[aę] \w+|say(?:an|ar)|подсч\w*|считает|кількість|количеств\w+|统计|計算個數"
        r"|数える|カウント\w*|세는|개수|عدد|يحسب عدد|סופר\w*|गिन\w*|đếm|menghitung jumlah|นับ",
    ),
    (
        "file",
        r"datei\w*|archivos?|ficheros?|fichiers?|bestand\w*|arquivos?|plik\w*|dosya\w*|файл\w*"
        r"|文件|ファイル|檔案|파일|ملف|קובץ|फ़ाइल|tệp|file|berkas|ไฟล์",
    ),
    (
        "read",
        r"lies\w*|lese\w*|einles\w*|lee\b|leer|lit\b|lire|legge\w*|lê\b|ler\b|lees\w*|czyta\w*"
        r"|odczyt\w*|oku\w*|чита\w*|прочит\w*|зчит\w*|读取|讀取|読み\w*|읽\w*|يقرأ|קרא\w*"
        r"|קורא\w*|पढ़\w*|đọc|membaca|อ่าน",
    ),
    (
        "lines",
        r"zeilen\w*|líneas|lignes|righe|linhas|regels|wiersz\w*|satır\w*|строки файла"
        r"|построчно|рядки|行|줄|سطور|שורות|dòng|baris|บรรทัด",
    ),
    (
        "celsius to fahrenheit",
        r"celsius (?:in|a|en|nach|w|na|naar|em|till|auf) fahrenheit|摄氏度?转\w*华氏"
        r"|摂氏\w*華氏|цельси\w+ в фаренгейт\w*|섭씨\w*\s?화씨",
    ),
    (
        "email validate",
        r"(?:gültig\w*|válid\w*|valid\w*|проверя\w*|prüf\w*)[^.\n]{0,30}(?:e-?mail|correo|почт\w*)"
        r"|(?:e-?mail|correo|邮箱|メールアドレス|이메일)[^.\n]{0,30}(?:gültig|válid\w*|valid\w*|验证|有効|検証"
        r"|유효\w*)",
    ),
    (
        "password generate",
        r"(?:passw[oö]rt|contraseñas?|mots? de passe|senhas?|parol\w+|пароль|пароли|паролей|密码"
        r"|密碼|パスワード|비밀번호|كلمة مرور|mật khẩu)\w*",
    ),
    (
        "calculator",
        r"taschenrechner\w*|calculadora|calculatrice|calcolatrice|kalkulator\w*|hesap makinesi"
        r"|калькулятор\w*|rekenmachine|计算器|計算機|電卓|계산기|آلة حاسبة|מחשבון|कैलकुलेटर"
        r"|máy tính|เครื่องคิดเลข",
    ),
    (
        "guess the number game",
        r"zahlenrat\w*|adivina\w* (?:el|un)? ?número|devin\w+ (?:le|un) nombre"
        r"|угада\w* числ\w*|猜数字|数当て|숫자 맞추기|zgadywan\w*",
    ),
    (
        "area of a circle",
        r"kreisfläche\w*|fläche (?:eines|des) kreises|área (?:de un|del|de um|do) c[ií]rculo"
        r"|aire d'un cercle|area (?:di un|del) cerchio|площад\w+ круга|pol[ea] koła|円の面積"
        r"|圆的面积|원의 넓이|luas lingkaran|مساحة الدائرة|diện tích hình tròn",
    ),
    (
        "greatest common divisor",
        r"größte\w* gemeinsame\w*|máximo común|plus grand commun|massimo comun"
        r"|наибольш\w+ общ\w+|最大公约数|最大公約数|최대공약수|ebob",
    ),
    (
        "leap year",
        r"schaltjahr\w*|bisiestos?|bissextile?s?|bisestile|bissexto|високосн\w*|artık yıl|闰年"
        r"|閏年|うるう年|윤년|przestępn\w*|schrikkeljaar|năm nhuận|kabisat",
    ),
    (
        "current date",
        r"aktuelle\w* datum|fecha actual|date (?:actuelle|du jour)"
        r"|data (?:attuale|corrente|atual)|текущ\w+ дат\w*|当前日期|現在の日付|현재 날짜"
        r"|bugünün tarihi",
    ),
    (
        "days between dates",
        r"(?:tage|días|jours|giorni|dias|дней|天数|日数)\b[^.\n]{0,20}(?:zwischen|entre|tra|между)",
    ),
    (
        "two numbers add",
        r"(?:zwei zahlen|dos números|deux nombres|due numeri|dois números|twee getallen|dwie "
        r"liczby|iki sayı\w*"
        r"|два числа|двух чисел|两个数|二つの数|두 수|두 숫자|두 개의 숫자|رقمين|עددین|hai số"
        r"|dua (?:angka|bilangan))[^.\n]{0,30}(?:addier\w*|sum\w*|somm\w*|som\w*|dodaj\w*"
        r"|topla\w*|слож\w*|склад\w*|相加|足\w*|더\w*|تجمع|cộng|menjumlahkan)"
        r"|(?:addier\w*|sum[ae]\w*|additionn\w*|somm\w*|som[ae]\w*|dodaj\w*|topla\w*|склад\w*"
        r"|слож\w*|جمع|يجمع|cộng|menjumlahkan|tính tổng)[^.\n]{0,30}(?:zwei|dos|deux|due|dois"
        r"|twee|dwie|dwóch|iki|два|двух|عددين|رقمين|hai|dua)",
    ),
    (
        "uppercase",
        r"großbuchstaben|mayúsculas|majuscules?|maiuscol\w*|maiúscul\w*|hoofdletters"
        r"|wielki\w* liter\w*|büyük harf\w*|верхн\w+ регистр\w*|大写|大文字|대문자",
    ),
    (
        "longest word",
        r"längste\w* wort\w*|palabra más larga|mot le plus long|parola più lunga"
        r"|самое длинн\w+ слов\w+|最长的?单词|最長の単語|가장 긴 단어|najdłuższ\w+ słow\w+",
    ),
    (
        "convert binary",
        r"binär\w*|binari\w+|binaire|binário|двоичн\w+|двійков\w+|二进制|二進数|이진수|ikili"
        r"|dwójkow\w+",
    ),
    (
        "download image",
        r"(?:herunterl\w+|lädt|descarga\w*|télécharge\w*|scarica\w*|baixa\w*|скачив\w*|скача\w*"
        r"|下载|ダウンロード|다운로드|pobier\w*|indir\w*)[^.\n]{0,30}(?:bild\w*|imagen\w*|images?|immagin\w*"
        r"|imagem|изображ\w*|картин\w*|图片|画像|이미지|datei\w*|archivo\w*|fichier\w*|файл\w*)",
    ),
    (
        "bubble sort",
        r"bubblesort|冒泡排序|バブルソート|버블 정렬|пузырьк\w*|burbuja|à bulles|bąbelkow\w*",
    ),
    (
        "binary search",
        r"binäre? suche|búsqueda binaria|recherche (?:binaire|dichotomique)|ricerca binaria"
        r"|busca binária|двоичн\w+ поиск\w*|бинарн\w+ поиск\w*|二分查找|二分搜索|二分探索"
        r"|이진 탐색|이진 검색|wyszukiwani\w+ binarn\w+|ikili arama",
    ),
    (
        "multiplication table",
        r"einmaleins|tabla de multiplicar|table de multiplication|tabellin\w*|tabuada"
        r"|таблиц\w+ умножения|九九|乘法表|구구단|çarpım tablosu|tabliczk\w+ mnożenia",
    ),
    (
        "hello world",
        r"hallo welt|hola mundo|bonjour le monde|ciao mondo|olá mundo|привет,? мир|你好,?世界"
        r"|こんにちは世界|안녕하세요? 세계|witaj świecie|merhaba dünya",
    ),
)
EDGES = r"(?<![A-Za-zÀ-ɏЀ-ӿ])"
COMPILED = tuple((word, make_regex(rf"{EDGES}(?:{stems})", re.I)) for word, stems in WORDS)


def gloss_task(text: str) -> str:
    """Return the task that a prompt in another language describes, in English words in order."""
    found = {
        word: match.start()
        for word, pattern in COMPILED
        if (match := pattern.search(text[:600])) is not None
    }
    words = sorted(found, key=found.__getitem__)
    if not words:
        return ""
    backwards = " ".join(reversed(words))
    return f"{' '.join(words)}." + (f" {backwards}." if len(words) > 1 else "")
