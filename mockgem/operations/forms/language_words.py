"""The most common words of languages with Latin letters, also spelled without accents.

People write questions without accents, and short ones: "Quanto costa un biglietto?". So each
language has its question words, its function words and the verbs and nouns of everyday questions.
"""

from __future__ import annotations

from mockgem.operations.forms.request_words import REQUEST_WORDS, add_folded

COMMON_WORDS = {
    "en": "me about tell your our we they not but from by as at be has have between word words some"
    " only just the is are of and to in that what how why a an you this with for on it can write"
    " give answer please who when which make list explain my i do does should best where many much"
    " will would could did was were or if so no yes there their his her its into than then "
    "more most"
    " get use need want show find name per all any one two new good day city year long time work",
    "de": "der die das ist und wie was ich ein eine für mit nicht auf zu den von bitte kann warum"
    " wer welche mir erkläre schreibe gib nenne sind im dem oder nur antworte es sich wo wann drei"
    " vier fünf welcher welches wieviel viele viel wohin woher hat habe haben wird werden kannst"
    " konnen können du sie wir ihr mein meine dein deine einen einem einer des zum zur bei nach aus"
    " uber über unter zwischen durch gegen ohne um als auch noch schon sehr mehr gibt geht macht"
    " kostet heisst heißt hauptstadt unterschied fur erklare wurde muss soll sollte brauche hilf"
    " kurz dass wenn aber man am vom jahr jahre tage stadt zeit arbeit heute morgen gestern liegt"
    " zeige erstelle beschreibe hallo guten danke servus",
    "fr": "a à oui le la les des est et comment que pour quel quelle pourquoi je un une dans "
    "vous avec sur"
    " moi donne écris sont qui du au explique réponds ou uniquement quels quelles c'est où trois"
    " quatre cinq fournis cite avantages combien quand quoi coute coûte ecris ecrire peux peut"
    " puis-je dois faut avoir etre être fait faire ai as avez sommes nous ils elle elles il son sa"
    " ses mon ma mes ton ta tes leur leurs notre votre ce cette ces aux par sans sous plus moins"
    " tres très aussi comme mais ou entre capitale pays ville jour jours an ans annee année "
    "habitants"
    " billet temps difference différence merci bonjour salut est-ce qu'est-ce qu'est de en quelque"
    " trouve trouver meilleur meilleure meilleurs signifie décris decris parle raconte",
    "es": "el la los las que cómo como qué para por una un es en y del cuál cuáles puedo dónde "
    "quién"
    " escribe dame son con mi me se haz explica responde o lista sobre cuando tres cuatro cinco"
    " enumera hacer ventajas cual cuales donde quien quienes cuanto cuantos cuanta cuantas cuánto"
    " cuántos cuánta cuántas cuesta hay tiene tengo tienes puede puedes debo quiero necesito esta"
    " está estan ser fue hace hacen su sus mis tu tus nuestro este esto ese eso al de lo le les muy"
    " mas más pero porque sin entre desde hasta ciudad pais país dia días dias ano años anos"
    " habitantes diferencia significa mejor mejores hola buenas buenos gracias favor explicame "
    "dime describe vuelo llega llegar ir viajar trabajo tiempo hora",
    "pt": "fale conte "
    "a o os as explica como que para por uma um é em e do da qual quais posso onde quem são com meu"
    " minha faço escreva explique não eu você me responda liste fazer sobre quando quanto quantos"
    " quanta quantas custa tem tenho pode podem devo quero preciso esta está foi ser sao nao voce"
    " voces sua seu suas seus dos das no na nos nas ao pelo pela mais muito mas porque sem entre"
    " cidade pais país dia dias ano anos habitantes diferenca diferença significa melhor melhores"
    " ola olá oi bom boa obrigado obrigada favor isso isto este esta esse essa de ate até ja "
    "já fica ficam diga descreva ajuda trabalho tempo hora horas existe existem",
    "it": "fammi dammi tabella elenco spiegami il lo la gli come che per una un è in e del della"
    " qual quale quali posso dove chi sono con"
    " mio mia scrivi perché cosa cos'è dammi spiega rispondi non di mi elenca tre quattro cinque"
    " vantaggi quanto quanti quanta quante costa quando perche ha ho hai hanno puoi puo può devo"
    " voglio fare fa sia essere le i un' dell' delle dei degli al alla alle nel nella sul sulla dal"
    " dalla da su tra fra piu più molto ma anche se senza questo questa quello quella suo sua "
    "tuo tua"
    " citta città giorno giorni anno anni abitanti differenza significa migliore migliori ciao"
    " grazie favore capitale si ci biglietto tempo ora ore lavoro c'è dimmi descrivi vorrei trova",
    "nl": "de het een hoe wat is en van ik kan voor niet op waarom wie welke mijn schrijf geef met"
    " zijn naar leg uit zo dat aan deze je waar wanneer welk om te beste maak geven kunt er hoeveel"
    " heeft heb hebben moet moeten mag zal wordt worden jij jouw hij zij wij ons onze hun haar die"
    " dit deze bij over onder tussen door zonder als ook nog al meer veel maar of want kost ligt"
    " heet betekent verschil hoofdstad stad land dag dagen jaar inwoners tijd werk vandaag morgen"
    " hallo goedemorgen dank bedankt alsjeblieft vertel noem beschrijf den in",
    "pl": "jak co czy jest i w na z do się nie dlaczego kto gdzie mogę moje mój napisz podaj jakie"
    " są dla to wyjaśnij o po warto jaki jaka kiedy ile który która mi kosztuje ma mam masz "
    "moze może"
    " moge sie sa byc być byl było bylo bedzie będzie od przez przed przy pod nad bez za tego "
    "tej ten"
    " ta te ich jego jej moja twoja oraz albo lub ale juz już tylko bardzo wiecej więcej miedzy"
    " między roznica różnica znaczy stolica stolicą stolica miasto kraj dzien dzień dni rok "
    "lat lata mieszkancow mieszkańców czas praca dziekuje dziękuję prosze proszę czesc cześć bilet "
    "ktora ktory wyjasnij opisz polega dziala działa",
    "tr": "öner söyle listele yer tane gezilecek"
    " nasıl nedir ne bir ve bu için mi mı ile neden kim nerede hangi yaz olan var açıkla bana"
    " şifremi en nelerdir neler nasıldır midir mıdır hakkında kaç hangisi gibi daha nasil icin kac"
    " nerededir kimdir hangisidir kadar zaman niye niçin nicin yok mu mü değil degil ben sen "
    "biz siz"
    " benim senin onun cok çok az ama veya ya da olarak sonra once önce arasindaki arasındaki fark"
    " farki farkı baskenti başkenti ulke ülke sehir şehir gun gün yil yıl saat kisi kişi nufusu"
    " nüfusu yapilir yapılır yapabilirim olur eder acikla açıklar hakkinda lutfen lütfen merhaba"
    " tesekkurler teşekkürler tane dir demek nereye nereden",
    "vi": "là làm thế nào của và có cho tôi một các gì hãy viết những được không tại sao để",
    "id": "bagaimana cara apa yang dan di untuk dengan ini itu dari mengapa siapa adalah saya"
    " buatkan manfaat setiap hari pada atau bisa tidak ada jika cara sebutkan berapa kota tuliskan"
    " jelaskan kenapa tolong berikan apakah dimana mana kapan ibu negara kamu anda kami kita mereka"
    " akan sudah belum harus dapat boleh lebih paling sangat juga karena tapi tetapi ke oleh "
    "sebagai"
    " dalam antara tentang seperti tanpa perbedaan beda arti artinya terbesar terbaik tahun bulan"
    " orang jumlah penduduk harga waktu jam kerja halo selamat terima kasih mohon ya bukan "
    "agar supaya membuat bahasa letak terletak",
}
LATIN_WORDS = {
    code: add_folded(f"{words} {REQUEST_WORDS.get(code, '')}") if code != "en" else words
    for code, words in COMMON_WORDS.items()
}
"""The common words, those of requests, and their spellings without accents."""
AMBIGUOUS = frozenset(
    "des den con die was do me as du mi in at an so per list i or war del via en la el o e y z "
    "no on he"
    " son main pays ans fait sur tu us am man hat bald rot bad arm hier mag one two al com sa"
    " ma ton mes mon moi ai ville sous sans ta te ten to pod nad od lat dni ich de da le sole"
    " fare data use case si ci a van is over dank heb door want land work of dag more make"
    " mine met op om we be by ne az gun saw ben sen bin eder dir fark tane mu once can var"
    " kota mana anda jam ada beda akan ya hari orang dim tempo ora ha ho fa sia su tra fra era"
    " hay sin ser fue lo par plus cite capitale temps billet lavoro trova costa liste mal sol"
    " mar ate ja sea red real note page pages pour sent sens tour dire dame base train piano"
    " vino casa pasta auto taxi arrivals menu hotel tous long mini maxi audio video radio"
    " robot explique minute minutes cause place important table date describe nation nature"
    " idea ideas poem analyse analyze analysis compare compares resume propose corrige film films"
    " simple poema recommend invent liste liste genera frase frases help brief week reis idee hond"
    " vat zien cat chat chien amigo amigos padre madre pollo gato gatos nomi nomi historia story"
    " history anne baba isim ver pies lat kat aide raid stel voor raad mere pere cadeau conte"
    " mai facile rapide rapid ayah malam kasih nama pai crea crie gere cane cani mie polo"
    " beaucoup chef fass plan plane sag sage witz note nouvelle ode carta lettera idioma"
    " anna kopi nasi goreng pas siren kot eser oner bul her ev gece ornek yardim tani tanie"
    " polec wil zou namen willen wafer mots phrase phrases imiona recipe ration ejemplos"
    " puis pense depuis chez serait mais jamais toujours kinder vater mutter freund urlaub"
    " cores legumes numero"
    " question service social local final general animal material central hospital".split()
)
"""Words of these languages that English texts have as well, as words or names."""
