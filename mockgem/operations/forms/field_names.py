"""The names of fields in other languages, by the English one that the generators know."""

from __future__ import annotations

KNOWN_NAMES = {
    "name": "nombre nom nome naam imię imie isim ad adı nama ten tên họ_tên ho_ten full_nombre"
    " nombre_completo nom_complet nome_completo imię_i_nazwisko ad_soyad nama_lengkap",
    "first_name": "vorname prénom prenom nome_de_batismo voornaam primer_nombre",
    "last_name": "nachname apellido apellidos cognome sobrenome achternaam nazwisko soyad soyadı"
    " nom_de_famille",
    "title": "titel título titulo titre titolo tytuł tytul başlık baslik judul tiêu_đề tieu_de",
    "author": "autor auteur autore auteur_nom yazar penulis tác_giả tac_gia auteur",
    "year": "jahr año ano année annee anno jaar rok yıl yil tahun năm nam",
    "age": "alter edad âge idade età eta leeftijd wiek yaş yas umur usia tuổi tuoi",
    "city": "stadt ciudad ville cidade città citta stad miasto şehir sehir kota thành_phố"
    " thanh_pho ort wohnort woonplaats lugar ort",
    "country": "land país pais pays paese kraj ülke ulke negara quốc_gia quoc_gia",
    "price": "preis precio prix preço preco prezzo prijs cena fiyat fiyatı harga giá gia",
    "amount": "betrag importe montant importo valor bedrag kwota tutar jumlah số_tiền so_tien",
    "category": "kategorie categoría categoria catégorie kategoria kategori categorie danh_mục",
    "date": "datum fecha data tarih tanggal ngày ngay",
    "color": "farbe couleur cor colore kleur kolor renk warna màu mau",
    "email": "correo courriel e_mail e-mail eposta e-posta correo_electrónico",
    "phone": "telefon teléfono telefono téléphone telefone telefoonnummer telefoon"
    " numer_telefonu telepon nomor_telepon số_điện_thoại telefonnummer",
    "address": "adresse dirección direccion indirizzo endereço adres alamat địa_chỉ dia_chi",
    "description": "beschreibung descripción descripcion descrizione descrição opis açıklama"
    " deskripsi mô_tả beschrijving",
    "product": "produkt producto produit produto prodotto ürün urun produk sản_phẩm san_pham"
    " artikel artículo",
    "company": "firma empresa entreprise azienda bedrijf şirket sirket perusahaan công_ty cong_ty"
    " unternehmen société",
    "language": "sprache idioma langue lingua taal język dil bahasa ngôn_ngữ",
    "job": "beruf profesión profesion métier metier professione profissão beroep zawód meslek"
    " pekerjaan nghề_nghiệp profession",
    "customer": "kunde kundin kundenname cliente client klant klient müşteri nombre_cliente "
    "pelanggan",
    "participants": "teilnehmer teilnehmende teilnehmerliste asistentes participantes "
    "partecipanti invités",
    "director": "regisseur regisseurin réalisateur réalisatrice realisateur regista diretor "
    "regisseurs reżyser",
    "ingredients": "zutaten ingredientes ingrédients ingredienti zutatenliste",
    "steps": "schritte pasos étapes etapes passaggi passos arbeitsschritte",
    "subjects": "fächer matières matieres asignaturas materias materie matérias",
    "birthday": "geburtsdatum geburtstag fecha_de_nacimiento fecha_nacimiento date_de_naissance"
    " date_naissance data_di_nascita data_de_nascimento data_nascimento",
    "birth_year": "geburtsjahr año_de_nacimiento año_nacimiento année_de_naissance annee_naissance"
    " année_naissance anno_di_nascita anno_nascita ano_de_nascimento ano_nascimento geboortejaar"
    " rok_urodzenia doğum_yılı tahun_lahir năm_sinh",
    "quantity": "menge cantidad quantité quantità quantidade aantal ilość miktar adet jumlah_barang"
    " số_lượng anzahl stückzahl",
    "summary": "zusammenfassung resumen résumé resumo riassunto samenvatting streszczenie özet"
    " ringkasan tóm_tắt",
    "number": "numer numéro número numero nummer номер رقم מספר 番号 编号 編號 번호 số nomor"
    " numer_zamówienia bestellnummer rechnungsnummer número_de_pedido numéro_de_commande",
    "place": "lieu luogo lugar ort plaats miejsce yer tempat địa_điểm",
    "time": "uhrzeit hora heure ora godzina saat jam giờ tijd",
    "department": "abteilung département departamento reparto afdeling dział",
    "salary": "gehalt salaire salario stipendio salário salaris",
    "size": "talla größe groesse grösse taille taglia tamanho tamaño maat grootte rozmiar",
    "temperament": "charakter caractère carácter carattere caráter temperamento karakter",
    "milk": "milch milchart lait leche latte leite melk",
    "capital": "hauptstadt capitale hoofdstad stolica başkent ibu_kota thủ_đô",
}
OTHER_LETTERS = {
    "name": "名称 名稱 氏名 名前 お名前 姓名 名字 人名 이름 성명 имя фио ім'я імя الاسم שם नाम ชื่อ",
    "company": (
        "会社 会社名 公司 公司名称 公司名稱 企业 회사 회사명 компания компанія الشركة חברה"
        " कंपनी บริษัท"
    ),
    "phone": "電話番号 電話 电话 电话号码 電話號碼 전화번호 전화 телефон الهاتف טלפון फ़ोन โทรศัพท์",
    "email": "メールアドレス メール 邮箱 电子邮件 電子郵件 이메일 почта البريد אימייל ईमेल อีเมล",
    "address": "住所 地址 주소 адрес адреса العنوان כתובת पता ที่อยู่",
    "city": "都市 都市名 城市 도시 город місто المدينة עיר शहर เมือง",
    "country": "国 国名 国家 國家 나라 국가 страна країна البلد الدولة מדינה देश ประเทศ",
    "age": "年齢 年龄 年齡 나이 возраст вік العمر גיל उम्र आयु อายุ",
    "date": "日付 日期 날짜 дата التاريخ תאריך तारीख วันที่",
    "price": "価格 値段 价格 價格 가격 цена ціна السعر מחיר कीमत ราคา",
    "amount": "金額 金额 금액 сумма сума المبلغ סכום राशि จำนวนเงิน",
    "title": "タイトル 書名 书名 题目 标题 標題 제목 название назва заголовок العنوان_الرئيسي כותרת"
    " शीर्षक",
    "author": "著者 作者 저자 작가 автор المؤلف מחבר लेखक ผู้เขียน",
    "year": "年 年份 출판년도 год рік السنة שנה वर्ष ปี",
    "product": "商品名 商品 製品名 产品 產品 상품 상품명 제품 товар продукт المنتج מוצר उत्पाद สินค้า",
    "category": (
        "カテゴリ カテゴリー 类别 分类 類別 카테고리 категория категорія الفئة קטגוריה श्रेणी"
    ),
    "quantity": "数量 數量 個数 수량 количество кількість الكمية כמות मात्रा จำนวน",
    "description": "説明 描述 설명 описание опис الوصف תיאור विवरण คำอธิบาย",
    "summary": "要約 概要 摘要 요약 резюме ملخص סיכום सारांश สรุป",
    "job": "職業 职业 職稱 职位 職位 직책 役職 직업 профессия професія المهنة מקצוע पेशा อาชีพ",
    "color": "颜色 顏色 色 색깔 색상 цвет колір",
    "language": "言語 语言 語言 언어 язык мова اللغة שפה भाषा ภาษา",
    "salary": "工资 薪资 工資 薪資 薪水 給料 給与 급여 연봉 зарплата оклад",
    "capital": "首都 수도 столица столиця العاصمة בירה राजधानी เมืองหลวง",
}
ENGLISH_NAMES = {
    own: name
    for names in (KNOWN_NAMES, OTHER_LETTERS)
    for name, words in names.items()
    for own in words.split()
}
