"""Words with which people ask for something in languages with Latin letters: verbs and things.

A short prompt such as "Raccontami una barzelletta" has none of the most common words of its
language. It begins with a verb in the imperative, or names what it wants.
"""

from __future__ import annotations

import unicodedata

REQUEST_WORDS = {
    "de": "erzähl erzähle erzaehl erzaehle schreib hilf übersetze uebersetze übersetz erklär"
    " erklaer"
    " erklaere fasse zusammen fass empfiehl empfehle schlage vorschlag vorschläge vorschlaege witz"
    " gedicht rezept geschichte liste aufzählung beispiele beispiel gründe tipps idee ideen"
    " zähle zaehle vergleiche berechne rechne analysiere korrigiere formuliere verfasse entwirf"
    " zeig nenn sag sage plane übung übungen bedeutung gerne könntest koenntest möchte moechte"
    " würde wuerde wieso weshalb wofür funktioniert gehört frage antwort hausaufgaben geburtstag"
    " geschenk urlaub reise wetter hund katze kinder mutter vater freund freundin bewerbung"
    " klassifiziere extrahiere ordne früchte obst gemüse tiere farben länder städte berufe"
    " planeten wochentage monate zutaten bewertung kommentar satz wort zahl",
    "fr": "raconte explique-moi écris-moi aide-moi aide donne-moi propose suggère suggere"
    " recommande"
    " conseille traduis résume resume rédige redige corrige compare calcule analyse trouve-moi"
    " dis-moi raconte-moi montre blague poème poeme recette histoire idées idees conseils exemples"
    " lettre devoirs voyage cadeau anniversaire chien chat enfants mère père ami besoin aimerais"
    " voudrais pourrais pouvez dois-je veux pense puis faites serait signification phrase phrases"
    " mots liste facile rapide semaine jamais toujours beaucoup pendant depuis chez quelques"
    " extrais classe classifie énumère nomme légumes animaux couleurs pays métiers planètes"
    " mois saisons ingrédients commentaire mot chiffre fromages fleurs ferme",
    "es": "cuéntame cuentame cuenta escríbeme ayúdame ayudame ayuda recomiéndame recomiendame"
    " recomienda sugiere sugiéreme traduce traduceme resume resúmeme corrige compara calcula"
    " analiza"
    " explícame dime muéstrame muestrame enséñame redacta genera crea inventa propón busca necesito"
    " quisiera podrías podrias puedas chiste poema receta cuento historia ideas consejos ejemplos"
    " carta tarea tareas viaje regalo cumpleaños perro perros gato gatos niños ninos madre padre"
    " amigo pollo fácil facil rápido rapido semana siempre nunca mucho mientras algunos frase"
    " frases palabra palabras película peliculas películas libros nombres mañana noche casa"
    " extrae clasifica nombra menciona enumera frutas verduras animales colores países"
    " profesiones planetas meses estaciones ingredientes reseña comentario número edad correo",
    "pt": "conte escreve escreva-me ajude ajude-me ajudar recomende recomenda sugira sugere traduza"
    " traduz resuma corrija compare calcule analise diga-me mostre ensine redija gere crie invente"
    " proponha procure preciso gostaria poderia podes piada poema receita história historia ideias"
    " dicas conselhos exemplos carta lição licao tarefa viagem presente aniversário aniversario"
    " cachorro cachorros gato gatos filhos mãe pai amigo frango fácil semana sempre nunca muito"
    " enquanto alguns frase frases palavra palavras filmes livros nomes amanhã amanha noite casa"
    " bolo simples fotossíntese português inglês funciona fazendo"
    " extraia classifique enumere cite nomeie dê frutas legumes verduras animais cores países"
    " profissões planetas meses estações ingredientes avaliação comentário número idade"
    " tropicais cinco três quatro esportes olímpicos bebidas cidades pratos brinquedos",
    "it": "raccontami racconta scrivimi aiutami consigliami consiglia suggeriscimi suggerisci"
    " traduci traducimi riassumi riassumimi correggi confronta calcola analizza spiegami dimmi"
    " mostrami insegnami componi genera crea inventa proponi cercami vorrei potresti potrei"
    " questa questo queste questi valuta recensione restituisci rispondi elenca"
    " barzelletta poesia ricetta storia idee consigli esempi lettera compiti viaggio regalo"
    " compleanno cane cani gatto gatti bambini madre padre amico pollo facile veloce settimana"
    " sempre mai molto mentre alcuni frase frasi parola parole film libri nomi domani notte"
    " ristorante economico funziona prepara preparare significato possibile bisogno"
    " estrai classifica nomina frutta frutti verdure animali colori paesi mestieri pianeti"
    " mesi stagioni ingredienti commento numero età cinque",
    "nl": "vertel vertel schrijf schrijven help vertaal vat samenvatting raad aan stel voor"
    " suggereer corrigeer vergelijk bereken analyseer laat zien grapje gedicht recept verhaal"
    " ideeën ideeen voorbeelden brief huiswerk reis cadeau verjaardag hond honden kat katten"
    " kinderen moeder vader vriend kip makkelijk snel week altijd nooit terwijl enkele zin zinnen"
    " woord woorden boeken namen leuke leuk graag zou zouden wil willen gaan werkt betekenis"
    " appeltaart eten drinken waarmee waarvoor hoelang hoever"
    " vat samen classificeer groenten dieren kleuren landen beroepen planeten maanden"
    " seizoenen ingrediënten recensie getal",
    "pl": "opowiedz powiedz pomóż pomoz przetłumacz przetlumacz streść stresc zaproponuj poleć"
    " polec"
    " popraw porównaj porownaj oblicz policz przeanalizuj pokaż pokaz naucz wymyśl wymysl stwórz"
    " stworz ułóż uloz wymień wymien chcę chce chciałbym chcialbym potrzebuję potrzebuje możesz"
    " mozesz żart zart dowcip wiersz przepis historia historię pomysły pomysly porady przykłady"
    " przyklady podróż podroz prezent urodziny pies psa kot kota dzieci matka ojciec przyjaciel"
    " kurczak łatwy latwy szybko tydzień tydzien zawsze nigdy kilka zdanie zdania słowo słowa slowa"
    " książki ksiazki filmy imię imie imiona jutro noc dom kolację kolacje kupię kupie wynalazł"
    " wynalazl waży wazy niebo naleśniki nalesniki tani tanie działa wie",
    "tr": "anlat söyle soyle yardım yardim öner oner önerir önerisi onerisi çevir cevir özetle"
    " ozetle"
    " düzelt duzelt karşılaştır karsilastir hesapla göster goster öğret ogret oluştur olustur"
    " hazırla"
    " hazirla bul ver yazar isterim istiyorum gerekiyor lazım lazim bilgi fıkra fikra şiir siir"
    " tarif"
    " tarifi hikaye fikir fikri fikirler örnek ornek mektup ödev odev seyahat tatil hediye doğum"
    " dogum"
    " köpek kopek kedi çocuk cocuk anne baba arkadaş arkadas tavuk kolay hızlı hizli hafta her"
    " zaman"
    " cümle cumle kelime kitap isim yarın yarin gece ev yağmur yagmur yağar yagar icat etti"
    " kiralik kiralık ararken nelere dikkat etmeliyim etmeli gerek önemli onemli alırken alirken"
    " seçerken secerken"
    " tavsiye yapmalıyım yapmaliyim gitmeli yemek pişir pisir planı plani kahvaltı kahvalti komik"
    " sürpriz surpriz neresi neresidir nerde eser yeri",
    "id": "ceritakan bantu bantuan terjemahkan ringkas ringkaskan rekomendasikan rekomendasi"
    " sarankan saran perbaiki bandingkan hitung analisis tunjukkan ajari tulis buat carikan"
    " usulkan ingin perlu butuh bisakah lelucon puisi resep cerita ide contoh surat tugas"
    " perjalanan hadiah anjing kucing anak ayah teman ayam mudah cepat minggu selalu"
    " tidak pernah beberapa kalimat kata buku nama besok malam rumah belajar berikut pendek"
    " romantis"
    " goreng nasi kerjakan langkah tempat wisata makanan sehat gimana bikin kasih",
}


def fold(word: str) -> str:
    """Return a word without accents, as people type it who have no keys for them."""
    plain = word.replace("ł", "l").replace("ı", "i").replace("ß", "ss")
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def add_folded(words: str) -> str:
    """Return words, with those of four letters and more also without their accents."""
    found = words.split()
    return " ".join([*found, *(fold(word) for word in found if len(word) > 3)])
