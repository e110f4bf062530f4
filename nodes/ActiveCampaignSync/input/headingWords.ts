/**
 * What headings of forms, exports and sheets are made of, in any language: data only. A line is a meaning or a
 * qualifier, a language (ISO 639-1, `*` for any) and words of it. Words are compared without case, accents, blanks and
 * marks; several words in one belong together, in any order.
 *
 * What a heading is about: `name` is a word for a name, which means the whole name, or what is missing beside a first
 * or last name in the same language; `familyFirst` a whole name that begins with the family name; `infix` what goes before
 * a last name, such as "van der"; `givenHalf` and `familyHalf` a first or last name, but only beside the other one;
 * `besideCity` and so on words that also mean something else, so that they count only beside another part of an address;
 * `technical` what a form or a sheet adds to what people fill in; `other` what looks like one of these, but is not.
 *
 * What may stand around it: `primary`, `work`, `mobile`, `home` and `billing` say which of several; `person` whose it is;
 * `question` makes a question of a name, or says that an answer is required; `remark` words say in brackets what it is for.
 * `someoneElse` is never the contact, nor is a `seller`, a `parent` or a `teacher`; beside a parent or teacher, a
 * `dependent` isn't, and beside a `parent` a `participant` isn't. `staff` may be someone else beside a contact, as may a
 * `buyer` beside an `attendee`. A `child` word says that a birthday in the row may be the child's. In values, `honorific`
 * stands around a name, `nobody` in place of one, `organization` in a name that is not a person's, `legalForm` at its end,
 * and `status` means that a column called "State" isn't about a place.
 */
export const HEADING_WORDS = `
email | * | Email; E-mail; Emails; E-mails; Mail; Email address; E-mail address; Email addresses
email | en | Subscriber; Mail address; Email ID; Mail ID; Email addr; Electronic mail; Email adress
email | en | Gmail; Gmail address; Gmail ID; Where should we send it email; What email address should we use
email | en | What email should we use; Email to receive the certificate; Email for certificate
email | de | E-Mail-Adresse; Mailadresse; E-Mailadresse; Emailadresse; E-Mail Anschrift
email | de | E-Mail für Rückfragen; E-Mail für Bestätigung; E-Mail-Adresse für Bestätigung; E-Mail-Adr; Kontaktmail; E-Mail P; E-Mail privat
email | fr | Courriel; Adresse e-mail; Adresse mail; Adresse électronique; Adresse de courriel
email | fr | Adresse courriel; Mél; Courrier électronique; Adresse de messagerie
email | fr | E-mail pour vous recontacter; Adresse e-mail pour vous recontacter; E-mail pour recevoir le guide
email | es | Correo; Correo electrónico; Dirección de correo electrónico; Dirección de correo
email | es | Dirección de email; Correo e; Dirección email; Cuenta de correo electrónico; Cuenta de correo
email | es | A qué correo te respondemos; A qué correo te escribimos
email | es | Correo para recibir la información; Correo para recibir información; Correo para envío de certificado
email | it | Indirizzo e-mail; Indirizzo mail; Posta elettronica; Indirizzo di posta elettronica; Indirizzo di posta
email | it | Email per ricevere la conferma
email | pt | Endereço de e-mail; Endereço de email; Correio eletrônico; Correio eletrónico
email | pt | Endereço eletrônico; Endereço email
email | pt | E-mail para envio do certificado; E-mail para receber o certificado; E-mail para receber o ebook
email | nl | E-mailadres; Mailadres; E-mail adres; Emailadres
email | nl | Op welk e-mailadres kunnen we je bereiken; Op welk e-mailadres kunnen we u bereiken
email | sv | E-post; E-postadress; Mejl; Mejladress; Mailadress; Epost; E-postadressen
email | da | E-mailadresse; Mailadresse; E-mail adresse
email | no | E-post; E-postadresse; Epostadresse; E-post adresse; E-postadressen; E-posten
email | fi | Sähköposti; Sähköpostiosoite; Sähköpostisi; Sähköpostiosoitteesi; S-posti
email | pl | Adres e-mail; Adres email; Poczta elektroniczna; Adres mailowy; Adres poczty elektronicznej
email | cs | E-mailová adresa; Emailová adresa; Elektronická pošta; Mailová adresa
email | tr | E-posta; E-posta adresi; Eposta; E-mail adresi; Mail adresi; E-postanız; E-posta adresiniz
email | tr | Mail adresiniz
email | ru | Электронная почта; Эл. почта; Почта; Адрес электронной почты; Электронный адрес; Имейл; Емейл
email | ru | Е-мейл; Эл. адрес; Email адрес; Адрес эл. почты; Электронную почту
email | uk | Електронна пошта; Електронна адреса; Ел. пошта; Пошта
email | ja | メール; メールアドレス; Eメール; 電子メール; Eメールアドレス; Emailアドレス; E-mail アドレス; E-mailアドレス; 電子メールアドレス; メアド; PCメールアドレス
email | ja | メール送信先
email | zh | 邮箱; 电子邮箱; 电子邮件; 邮件; 邮箱地址; 电子邮件地址; 电子邮箱地址; 邮件地址; 電子郵件; 電子信箱; 信箱; 電郵; 電子郵件地址; Email信箱; 常用邮箱; 个人邮箱
email | ko | 이메일; 이메일 주소; 메일; 메일 주소; 전자우편; 회사 이메일; 개인 이메일
email | ko | 이메일을 입력해주세요; 이메일을 입력해 주세요; 이메일 주소를 입력해주세요; 이메일 주소를 입력해 주세요; 이메일 주소가 어떻게 되십니까; 이메일 주소가 어떻게 되세요
email | hu | E-mail cím; Emailcím; Email cím; E-mail címed; E-mail címe; Email címed; Céges e-mail; Privát e-mail
email | ro | Adresa de e-mail; Adresa email; Adresă de e-mail; Adresa ta de e-mail; Adresa dvs de e-mail
email | ro | Email-ul; Adresa ta de email
email | el | Ηλεκτρονική διεύθυνση; Διεύθυνση email; Ηλεκτρονικό ταχυδρομείο; Το email σας
email | hr | E-pošta; Adresa e-pošte; E-mail adresa; Email adresa; Elektronička pošta; Elektronska pošta
email | sl | E-pošta; E-poštni naslov; E-naslov; Elektronski naslov; Elektronska pošta
email | bg | Имейл; Имейл адрес; Мейл; Е-поща; Електронна поща; Ел. поща
email | lt | El. paštas; Elektroninis paštas; El. pašto adresas; Jūsų el. paštas; Jūsų el. pašto adresas
email | lv | E-pasts; E-pasta adrese; Jūsu e-pasts; Jūsu e-pasta adrese
email | et | E-post; E-posti aadress; Meil; Meiliaadress; Teie e-post; Teie e-posti aadress
email | vi | Địa chỉ email; Địa chỉ e-mail; Thư điện tử; Địa chỉ thư điện tử; Email liên hệ; Email cá nhân
email | id | Alamat email; Alamat e-mail; Surel; Alamat surel; Email pribadi; Email aktif; E-mel; Alamat e-mel
email | th | อีเมล; อีเมล์; อีเมลล์; ที่อยู่อีเมล; อีเมลของคุณ
email | he | אימייל; מייל; דוא"ל; דואר אלקטרוני; כתובת אימייל; כתובת מייל; כתובת המייל; כתובת האימייל; כתובת דוא"ל
email | ar | البريد الإلكتروني; بريد إلكتروني; البريد; الإيميل; إيميل; عنوان البريد الإلكتروني; عنوان بريد إلكتروني
email | ar | بريدك الإلكتروني; البريد الإلكتروني الشخصي; عنوان بريدك الإلكتروني
email | fa | ایمیل; آدرس ایمیل; پست الکترونیک; پست الکترونیکی
email | ur | ای میل; ای میل ایڈریس
email | hi | ईमेल; ई-मेल; ईमेल पता; ईमेल आईडी
email | bn | ইমেইল; ই-মেইল; ইমেইল ঠিকানা; ইমেল
email | ca | Correu; Correu electrònic; Adreça electrònica; Adreça de correu electrònic
email | sr | Имејл; Имејл адреса; Е-пошта; Е-пошта адреса; Електронска пошта
email | mk | Е-пошта; Е-маил; Електронска пошта
email | kk | Эл. пошта; Электрондық пошта
email | is | Netfang; Tölvupóstur; Tölvupóstfang
email | ka | ელფოსტა; ელ. ფოსტა; იმეილი; მეილი
email | hy | Էլ. փոստ; Էլ. հասցե; Էլեկտրոնային փոստ

firstName | en | First name; Given name; Given names; First names; Forename; Fore name; Christian name; FName
firstName | en | First nm; Firstname
firstName | en | Legal first name; Preferred first name; First name as per passport; First name as on passport
firstName | de | Vorname; Vornamen; Rufname
firstName | fr | Prénom; Prénoms; Prénom(s)
firstName | es | Nombre de pila; Primer nombre; Nombre propio
firstName | it | Nome di battesimo; Primo nome
firstName | pt | Primeiro nome; Nome próprio
firstName | nl | Voornaam; Voornamen; Roepnaam
firstName | sv | Förnamn; Tilltalsnamn
firstName | da | Fornavn
firstName | no | Fornavn
firstName | fi | Etunimi; Etunimet
firstName | pl | Imię; Imiona; Jak masz na imię
firstName | cs | Křestní jméno
firstName | tr | İsim adı; İlk ad; Adınız; Ön ad; İlk isim
firstName | hu | Keresztnév; Utónév
firstName | ro | Prenume
firstName | el | Όνομα
firstName | bg | Собствено име
firstName | lt | Vardas
firstName | lv | Vārds
firstName | et | Eesnimi
firstName | id | Nama depan; Nama pertama
firstName | th | ชื่อจริง
firstName | he | שם פרטי; השם הפרטי
firstName | ar | الاسم الأول
firstName | fa | نام
firstName | ka | სახელი
firstName | hy | Անուն
firstName | sq | Emri

lastName | en | Last name; Surname; Sur name; Family name; LName; Last names; Surnames; Lastname
lastName | en | Last name surname; Surname last name; Last name family name; Legal last name
lastName | en | Last name as per passport; Last name as on passport
lastName | de | Nachname; Familienname; Zuname; Nachnamen
lastName | fr | Nom de famille; Nom d'usage; Nom usage
lastName | es | Apellido; Apellidos; Primer apellido; Apellido(s)
lastName | es | Apellido paterno; Apellido P; Apellido pat; Ap paterno; Paterno; Apell paterno
lastName | it | Cognome
lastName | pt | Sobrenome; Apelido; Apelidos; Último nome; Nome de família; Sobrenomes
lastName | nl | Achternaam; Familienaam
lastName | sv | Efternamn; Släktnamn
lastName | da | Efternavn
lastName | no | Etternavn
lastName | fi | Sukunimi
lastName | pl | Nazwisko
lastName | cs | Příjmení
lastName | sk | Priezvisko
lastName | tr | Soyad; Soyadı; Soyisim; Soyadınız; Soy ad
lastName | ru | Фамилия; Ваша фамилия; Фамилию; Вашу фамилию
lastName | uk | Прізвище
lastName | ja | 姓; 苗字
lastName | ja | 名前(姓); 氏名(姓)
lastName | zh | 姓; 姓氏
lastName | ko | 성
lastName | hu | Vezetéknév; Családnév
lastName | ro | Nume de familie
lastName | el | Επώνυμο; Επίθετο
lastName | hr | Prezime
lastName | sl | Priimek
lastName | bg | Фамилия; Фамилно име
lastName | lt | Pavardė
lastName | lv | Uzvārds
lastName | et | Perekonnanimi; Perenimi
lastName | id | Nama belakang; Nama keluarga; Nama akhir
lastName | th | นามสกุล
lastName | he | שם משפחה; שם המשפחה
lastName | ar | اسم العائلة; الاسم الأخير; الكنية
lastName | fa | نام خانوادگی
lastName | ca | Cognom; Cognoms
lastName | sr | Презиме
lastName | mk | Презиме
lastName | ka | გვარი
lastName | hy | Ազգանուն
lastName | sq | Mbiemri
lastName | tl | Apelyido

name | en | Name; Names
name | en | Preferred name; What should we call you; What can we call you; How should we address you
name | de | Name; Wie heißt du; Wie heißen Sie
name | de | Wie dürfen wir dich nennen; Wie sollen wir dich nennen; Wie dürfen wir Sie ansprechen
name | fr | Nom; Comment vous appelez-vous; Comment t'appelles-tu
name | fr | Comment puis-je vous appeler; Comment pouvons-nous vous appeler
name | es | Nombre; Nombres; Cómo te llamas; Cómo se llama; Cómo podemos llamarte; Cómo te podemos llamar
name | it | Nome; Come ti chiami; Come possiamo chiamarti
name | pt | Nome; Nomes; Como você se chama; Como se chama
name | pt | Como podemos te chamar; Como podemos chamar você; Como posso te chamar; Comprador(a)
name | nl | Naam; Hoe heet je; Hoe heet u
name | sv | Namn; Vad heter du
name | da | Navn; Hvad hedder du
name | no | Navn; Hva heter du
name | fi | Nimi; Mikä on nimesi
name | cs | Jméno; Jak se jmenujete; Jak se jmenuješ
name | sk | Meno
name | tr | İsim; Adı
name | ru | Имя; Как вас зовут; Как тебя зовут
name | ru | Как к вам обращаться
name | uk | Ім'я
name | ro | Nume; Numele; Cum te numești; Cum vă numiți
name | ca | Nom
name | ja | 氏名; 名前
name | zh | 名字
name | ko | 이름; 이름을 입력해주세요
name | pl | Jak się nazywasz
name | hr | Ime; Kako se zovete; Kako se zoveš
name | sl | Ime
name | bg | Име
name | et | Nimi
name | id | Nama
name | th | ชื่อ
name | he | שם; השם
name | ar | الاسم; اسم; اسمك
name | ur | نام
name | hi | नाम
name | bn | নাম
name | sr | Име
name | mk | Име
name | kk | Аты
name | is | Nafn
name | tl | Pangalan

fullName | en | Full name; Complete name; First and last name; First and last; Name and surname
fullName | en | First name and surname; First name last name; Fullname; Full names; Whole name
fullName | en | First name and last name; Name surname; First last name; First last
fullName | en | Name in full; Full legal name; Legal full name; Full name as per passport; Name as per passport
fullName | en | Full name as on passport; Contact person
fullName | de | Vor- und Nachname; Vorname und Nachname; Vorname Nachname; Vollständiger Name
fullName | de | Ganzer Name; Voller Name; Vor- und Zuname
fullName | de | Vor Nachname; Vor Zuname
fullName | de | Ansprechpartner; Ansprechpartnerin; Ansprechperson; Kontaktperson
fullName | fr | Nom complet; Prénom et nom; Nom et prénom; Nom Prénom; Prénom Nom; Nom et prénoms
fullName | fr | Prénom et nom de famille; Nom de famille et prénom
fullName | fr | Personne de contact; Personne à contacter
fullName | es | Nombre completo; Nombre y apellidos; Nombre y apellido; Nombres y apellidos; Nombre apellidos
fullName | es | Nombre apellido
fullName | es | Nombres y apellidos completos; Nombre y apellidos completos; Nombre y apellido completos
fullName | es | Persona de contacto
fullName | it | Nome completo; Nome e cognome; Nome cognome; Nominativo
fullName | it | Persona di contatto; Come ti chiami nome e cognome; Persona riferimento; Persona di riferimento
fullName | pt | Nome completo; Nome e sobrenome; Nome e apelido; Nome sobrenome
fullName | pt | Pessoa de contato; Pessoa de contacto
fullName | nl | Volledige naam; Voor- en achternaam; Voornaam en achternaam; Naam en achternaam
fullName | nl | Voornaam achternaam; Voor achternaam
fullName | nl | Contactpersoon
fullName | sv | Fullständigt namn; För- och efternamn; Förnamn och efternamn; Hela namnet; Fullt namn
fullName | sv | Förnamn efternamn; För efternamn
fullName | sv | Kontaktperson; Vad heter du för- och efternamn
fullName | da | Fulde navn; For- og efternavn; Fornavn og efternavn; Fuldt navn; Navn og efternavn
fullName | da | Fornavn efternavn; For efternavn
fullName | da | Kontaktperson
fullName | no | Fullt navn; For- og etternavn; Fornavn og etternavn; Fornavn etternavn; For etternavn
fullName | no | Kontaktperson
fullName | fi | Koko nimi; Etu- ja sukunimi; Etunimi ja sukunimi; Etunimi sukunimi
fullName | fi | Yhteyshenkilö
fullName | pl | Imię i nazwisko; Imię nazwisko; Pełne imię i nazwisko; Imiona i nazwisko
fullName | pl | Osoba kontaktowa; Osoba do kontaktu
fullName | cs | Celé jméno; Jméno a příjmení; Jméno příjmení
fullName | cs | Kontaktní osoba
fullName | sk | Celé meno; Meno a priezvisko
fullName | tr | Ad Soyad; Adı Soyadı; Ad ve soyad; Tam ad; Tam adı; İsim soyisim; Ad-Soyad; Adınız Soyadınız
fullName | tr | Adı ve soyadı; İsim ve soyisim; Adınız ve soyadınız
fullName | ru | Имя и фамилия; Имя фамилия; Полное имя
fullName | ru | Контактное лицо
fullName | uk | Ім'я та прізвище; Повне ім'я
fullName | ro | Nume complet; Nume și prenume; Prenume și nume
fullName | el | Ονοματεπώνυμο; Πλήρες όνομα
fullName | ja | 姓名; 名前(漢字); 氏名(漢字); 担当者名; ご担当者名
fullName | zh | 姓名; 全名; 真实姓名; 真實姓名
fullName | ko | 성명; 성함; 성함이 어떻게 되세요; 성함을 입력해주세요; 고객명; 고객성명
fullName | hr | Ime i prezime; Ime prezime; Puno ime
fullName | sl | Ime in priimek; Ime priimek
fullName | bg | Име и фамилия; Име, фамилия
fullName | lt | Vardas ir pavardė; Vardas pavardė; Vardas, pavardė
fullName | lv | Vārds un uzvārds; Vārds, uzvārds
fullName | et | Ees- ja perekonnanimi; Eesnimi ja perekonnanimi; Täisnimi
fullName | id | Nama lengkap; Nama penuh
fullName | th | ชื่อ-นามสกุล; ชื่อและนามสกุล; ชื่อ - สกุล; ชื่อเต็ม
fullName | he | שם מלא; שם ושם משפחה; שם פרטי ומשפחה; שם פרטי ושם משפחה; השם המלא
fullName | hi | पूरा नाम
fullName | fa | نام و نام خانوادگی
fullName | ca | Nom i cognoms
fullName | is | Fullt nafn
fullName | ar | الاسم الكامل; الاسم بالكامل; الاسم كامل; الاسم الثلاثي; الاسم الثنائي; اسمك الكامل

familyFirst | en | Last name first name; Last First; Surname and name; Surname and first name
familyFirst | en | Last name and first name; Surname name
familyFirst | de | Nachname Vorname; Nachname und Vorname; Name und Vorname; Name Vorname
familyFirst | es | Apellidos y nombre; Apellidos y nombres; Apellido y nombre; Apellidos nombre
familyFirst | it | Cognome e nome; Cognome nome
familyFirst | pl | Nazwisko i imię
familyFirst | cs | Příjmení a jméno
familyFirst | ru | ФИО; Ф.И.О.; Фамилия Имя Отчество; Фамилия и имя; Фамилия Имя; Фамилия, имя, отчество
familyFirst | uk | ПІБ; Прізвище та ім'я
familyFirst | hu | Név; Teljes név
familyFirst | hr | Prezime i ime
familyFirst | vi | Họ và tên; Họ tên; Họ tên đầy đủ; Tên đầy đủ

infix | nl | Tussenvoegsel; Tussenvoegsels; Tussenv

givenHalf | en | First
givenHalf | tr | Ad
givenHalf | ja | 名; 名前(名); 氏名(名)
givenHalf | zh | 名
givenHalf | vi | Tên

familyHalf | en | Last
familyHalf | vi | Họ; Họ và tên đệm; Họ và chữ đệm

phone | * | Phone; Tel; Phone number
phone | en | Phones; Phone numbers; Phone no; Telephone; Telephone number; Telephone no; Tel no; Tel number
phone | en | Contact phone; Contact number; Contact no; Contact phone number; Mobile; Mobile phone
phone | en | Mobile number; Mobile no; Mobile phone number; Cell; Cell phone; Cellphone; Cell number
phone | en | Cell phone number; Cellular; Cellular phone; Ph; Ph no; Phone nr; Mob; Mob no; WhatsApp
phone | en | WhatsApp number; WhatsApp no; Direct dial; SMS; SMS number; Mobile telephone
phone | en | Direct line; Ph number; How can we reach you by phone
phone | en | Phone with country code; Phone including country code; Phone incl country code; Phone with area code
phone | en | Phone 10 digits; Phone 10 digit only; Phone number without country code; Number to reach you
phone | de | Telefon; Telefonnummer; Telefonnr; Tel-Nr; Telefon-Nr; Tel Nummer; Rufnummer; Handy; Handynummer
phone | de | Handynr; Handy-Nr; Mobil; Mobilnummer; Mobiltelefon; Mobilfunknummer; Festnetz; Festnetznummer
phone | de | WhatsApp-Nummer; Mobilfunk; Mobiltelefonnummer; Telefon Nummer; Telephon; Telephonnummer
phone | de | Unter welcher Telefonnummer können wir dich erreichen; Unter welcher Telefonnummer können wir Sie erreichen
phone | de | Natel; Mobilnr; Mobil-Nr; Telefon für Rückfragen; Telefonnummer für Rückfragen; Telefon mit Vorwahl; Telefonnummer mit Vorwahl
phone | de | Telefonnummer mit Ländervorwahl
phone | fr | Téléphone; Numéro de téléphone; N° de téléphone; No de téléphone; Numéro de tél; Tél
phone | fr | Téléphone portable; Portable; Téléphone mobile; Mobile; Numéro de portable; Numéro de mobile
phone | fr | Numéro de téléphone portable; Téléphone fixe; Fixe; GSM; Numéro WhatsApp; Numéro de GSM
phone | fr | Téléphone avec indicatif; Numéro de téléphone avec indicatif
phone | fr | Numéro de téléphone avec indicatif pays; Numéro tel
phone | es | Teléfono; Número de teléfono; Núm. de teléfono; N° de teléfono; Nº de teléfono; Teléfono móvil
phone | es | Móvil; Celular; Teléfono celular; Número de celular; Número de móvil; Teléfono fijo
phone | es | Teléfono de contacto; Número de contacto; Número de WhatsApp; Número celular; Número telefónico
phone | es | Teléfonos; Cel; Nro de teléfono; Número de teléfono móvil; Tlf; Tfno; Número móvil; WhatsApp
phone | es | A qué número de WhatsApp podemos escribirte; A qué número podemos llamarte
phone | es | Teléfono con código de país; Número de teléfono con código de país; WhatsApp con código de país
phone | es | Fono; Fono contacto
phone | it | Telefono; Numero di telefono; N. di telefono; Cellulare; Numero di cellulare; Numero cellulare
phone | it | Telefono cellulare; Telefono fisso; Recapito telefonico; Numero telefonico; Numero telefono; Cell
phone | it | Telefono mobile; Numero WhatsApp
phone | it | Telefono con prefisso; Cellulare con prefisso; Lasciaci il tuo numero di telefono
phone | pt | Telefone; Número de telefone; Nº de telefone; Telefone celular; Celular; Número de celular
phone | pt | Telemóvel; Número de telemóvel; Telefone fixo; Telefone de contato; Telefone para contato
phone | pt | Número de WhatsApp; Telefones; Número do celular; Número do WhatsApp; Número do telefone; Fone
phone | pt | Telemovel; WhatsApp; Cel
phone | pt | Telefone com código do país; WhatsApp com código do país
phone | nl | Telefoon; Telefoonnummer; Tel nr; Telefoonnr; Mobiel; Mobiele telefoon; Mobiel nummer
phone | nl | Mobiele nummer; Gsm; Gsm-nummer; 06-nummer; Vaste telefoon; Telefoon nummer
phone | nl | Telefoonnummer met landcode
phone | nl | Op welk telefoonnummer kunnen we je bereiken; Op welk telefoonnummer kunnen we u bereiken
phone | sv | Telefon; Telefonnummer; Telnr; Mobil; Mobilnummer; Mobiltelefon; Mobiltelefonnummer
phone | sv | Vad har du för telefonnummer
phone | da | Telefon; Telefonnummer; Tlf; Tlf nr; Mobil; Mobilnummer; Mobiltelefon; Telefonnr
phone | no | Telefon; Telefonnummer; Tlf; Mobil; Mobilnummer; Mobiltelefon; Tlf nr; Mobiltelefonnummer
phone | no | Telefonnummeret; Mobilnummeret
phone | fi | Puhelin; Puhelinnumero; Puh; Matkapuhelin; Matkapuhelinnumero; Kännykkä; Puhelinnumerosi; Gsm
phone | pl | Telefon; Numer telefonu; Nr telefonu; Nr tel; Telefon komórkowy; Komórka; Numer komórki
phone | pl | Numer telefonu komórkowego; Telefon kontaktowy; Numer kontaktowy
phone | pl | Telefon z numerem kierunkowym; Numer telefonu z kierunkowym
phone | cs | Telefon; Telefonní číslo; Číslo telefonu; Mobil; Mobilní telefon; Telefonní kontakt
phone | cs | Mobilní číslo; Tel číslo
phone | sk | Telefón; Telefónne číslo; Mobil
phone | tr | Telefon; Telefon numarası; Tel no; Telefon no; Cep telefonu; Cep telefonu numarası; Cep tel
phone | tr | Cep numarası; GSM; GSM no; İrtibat numarası; Telefon numaranız; İletişim numarası; Cep no
phone | tr | Telefonunuz; Cep telefonunuz
phone | ru | Телефон; Номер телефона; Тел; Мобильный телефон; Мобильный; Контактный телефон; Моб. телефон
phone | ru | Телефоны; Номер мобильного телефона; Сотовый телефон; Сотовый; № телефона; Номер моб. телефона
phone | uk | Телефон; Номер телефону; Мобільний телефон; Контактний телефон
phone | ja | 電話; 電話番号; 携帯; 携帯電話; 携帯番号; 携帯電話番号; TEL番号; 連絡先電話番号; お電話番号; 電話番号(携帯)
phone | ja | 電話番号(ハイフンなし)
phone | zh | 电话; 电话号码; 手机; 手机号; 手机号码; 联系电话; 移动电话; 電話; 電話號碼; 手機; 手機號碼; 聯絡電話; 联系方式电话; 行動電話
phone | ko | 전화; 전화번호; 휴대폰; 휴대폰 번호; 핸드폰; 연락처; 휴대전화; 핸드폰 번호; 휴대전화번호; 휴대폰번호
phone | ko | 연락처가 어떻게 되세요; 연락처를 입력해주세요; 전화번호를 입력해주세요; 휴대폰 번호를 입력해주세요
phone | hu | Telefon; Telefonszám; Mobil; Mobilszám; Telefonszámod; Telefonszáma
phone | ro | Telefon; Număr de telefon; Număr telefon; Mobil; Telefon mobil; Numărul de telefon
phone | el | Τηλέφωνο; Αριθμός τηλεφώνου; Κινητό; Κινητό τηλέφωνο
phone | hr | Telefon; Broj telefona; Mobitel; Broj mobitela; Mobilni telefon; Kontakt telefon; Telefonski broj
phone | sl | Telefon; Telefonska številka; Mobilni telefon; Mobitel; GSM; Številka telefona
phone | bg | Телефон; Телефонен номер; Номер на телефон; Мобилен телефон; Телефон за връзка; Тел
phone | lt | Telefonas; Telefono numeris; Tel. nr; Mobilusis telefonas; Telefono nr
phone | lv | Tālrunis; Tālruņa numurs; Telefons; Telefona numurs; Mobilais tālrunis
phone | et | Telefon; Telefoninr; Telefoninumber; Telefoni number; Mobiil; Mobiiltelefon
phone | vi | Số điện thoại; Điện thoại; SĐT; Số ĐT; ĐT; Di động; Số di động; Điện thoại di động; Số điện thoại liên hệ
phone | id | Nomor HP; No HP; Nomor telepon; No telepon; Telepon; No telp; Nomor telp; Nomor handphone; No handphone
phone | id | Nomor WhatsApp; No WhatsApp; Nomor WA; No WA; Nomor ponsel; Ponsel; Telefon; No telefon; Nombor telefon
phone | th | เบอร์โทร; เบอร์โทรศัพท์; โทรศัพท์; หมายเลขโทรศัพท์; เบอร์มือถือ; มือถือ; เบอร์ติดต่อ; เบอร์โทรศัพท์มือถือ; โทร
phone | he | טלפון; מספר טלפון; נייד; טלפון נייד; מספר נייד; סלולרי; פלאפון; מס' טלפון; מספר פלאפון; מספר הטלפון
phone | ar | الهاتف; رقم الهاتف; الجوال; رقم الجوال; الموبايل; رقم الموبايل; هاتف; جوال; رقم التليفون; رقم التواصل
phone | ar | واتساب; رقم الواتساب; رقم الواتس; الهاتف المحمول; رقم الهاتف المحمول; رقم المحمول; تليفون
phone | ar | رقم هاتفك; رقم جوالك
phone | fa | موبایل; تلفن; شماره موبایل; شماره تلفن; تلفن همراه; شماره تماس
phone | ur | فون نمبر; موبائل نمبر; فون
phone | hi | मोबाइल; मोबाइल नंबर; फ़ोन; फ़ोन नंबर; दूरभाष
phone | bn | মোবাইল; মোবাইল নম্বর; ফোন; ফোন নম্বর
phone | ca | Telèfon; Telèfon mòbil; Mòbil; Número de telèfon
phone | sr | Телефон; Број телефона; Мобилни телефон
phone | mk | Телефон; Телефонски број
phone | is | Sími; Símanúmer; Farsími; GSM
phone | ka | ტელეფონი; ტელეფონის ნომერი; მობილური
phone | hy | Հեռախոս; Հեռախոսահամար
phone | sq | Telefoni; Numri i telefonit
phone | tl | Numero ng telepono; Telepono

company | en | Company; Company name; Organization; Organisation; Organization name; Organisation name
company | en | Account name; Business name; Employer; Employer name; Firm; Firm name; Company organization
company | en | Company organisation; Org; Org name; Corporation; Name of company; Company or organization
company | en | Associated company
company | en | What company do you work for; Which company do you work for; What is the name of your company
company | de | Firma; Firmenname; Unternehmen; Unternehmensname; Firmenbezeichnung; Arbeitgeber; Organisation
company | de | Name der Firma; Name des Unternehmens; Betrieb; Gesellschaft
company | de | Firma Institution; Firma Organisation; Unternehmen Organisation; Firma Unternehmen
company | de | Wie heißt dein Unternehmen; Wie heißt deine Firma; Wie heißt Ihre Firma; Wie heißt Ihr Unternehmen
company | fr | Entreprise; Société; Nom de l'entreprise; Nom de la société; Organisation; Raison sociale
company | fr | Nom de société; Nom entreprise; Nom d'entreprise; Employeur; Nom société; Organisme
company | fr | Nom de l'organisation; Compagnie; Nom de la compagnie; Comment s'appelle votre entreprise
company | es | Empresa; Compañía; Nombre de la empresa; Nombre de empresa; Organización; Razón social
company | es | Nombre empresa; Nombre de la compañía; Nombre de la organización
company | es | Empresa u organización; Empresa o institución; Empresa institución; Empresa donde trabaja
company | es | Cómo se llama tu empresa; En qué empresa trabajas; Entidad u organización
company | it | Azienda ente; Azienda; Società; Ragione sociale; Nome azienda; Organizzazione; Nome dell'azienda; Impresa
company | it | Nome della società; Nome società; Ditta; Come si chiama la tua azienda; Per quale azienda lavori
company | pt | Empresa; Companhia; Nome da empresa; Organização; Razão social; Nome empresa
company | pt | Nome da organização
company | pt | Empresa onde trabalha; Empresa instituição; Empresa em que trabalha; Como se chama sua empresa
company | nl | Bedrijf; Bedrijfsnaam; Organisatie; Naam bedrijf; Organisatienaam; Naam organisatie; Werkgever
company | nl | Naam van bedrijf; Firmanaam; Hoe heet je bedrijf; Hoe heet uw bedrijf
company | sv | Företag; Företagsnamn; Organisation; Bolag; Arbetsgivare; Företagets namn
company | sv | Vad heter ditt företag; Vilket företag representerar du
company | da | Virksomhed; Firma; Firmanavn; Virksomhedsnavn; Organisation; Firma navn; Virksomhedens navn
company | da | Arbejdsgiver; Hvad hedder din virksomhed
company | no | Bedrift; Firma; Firmanavn; Bedriftsnavn; Selskap; Organisasjon; Virksomhet; Firma navn
company | no | Arbeidsgiver
company | fi | Yritys; Yrityksen nimi; Organisaatio; Yhtiö; Työnantaja
company | pl | Firma; Nazwa firmy; Organizacja; Przedsiębiorstwo; Nazwa organizacji; Nazwa przedsiębiorstwa
company | pl | Pracodawca
company | cs | Firma; Společnost; Název firmy; Název společnosti; Organizace; Název organizace
company | sk | Firma; Spoločnosť; Názov firmy; Názov spoločnosti
company | tr | Şirket; Firma; Şirket adı; Firma adı; Kurum; Kuruluş; Kurum adı; Şirket ismi; Firma ismi
company | tr | İşletme adı; Firmanız; Şirketiniz
company | ru | Компания; Организация; Название компании; Название организации; Фирма; Предприятие
company | ru | Наименование организации; Наименование компании; Место работы
company | uk | Компанія; Організація; Назва компанії
company | ja | 会社; 会社名; 企業名; 組織; 組織名; 貴社名; 御社名; 団体名; 法人名; 勤務先; 勤務先名; 企業; 会社名・団体名; 所属企業; 会社名を教えてください
company | zh | 公司; 公司名称; 企业; 企业名称; 单位; 单位名称; 公司名; 公司名稱; 組織名稱; 机构名称; 工作单位; 所在公司; 組織
company | ko | 회사; 회사명; 회사 이름; 기업명; 소속
company | hu | Cég; Cégnév; Cég neve; Vállalat
company | ro | Companie; Firmă; Nume companie; Nume firmă; Denumire firmă; Organizație
company | el | Εταιρεία; Επωνυμία
company | hr | Tvrtka; Naziv tvrtke; Firma; Naziv firme; Poduzeće; Kompanija; Organizacija
company | sl | Podjetje; Ime podjetja; Naziv podjetja; Organizacija
company | bg | Фирма; Компания; Име на фирма; Организация
company | lt | Įmonė; Įmonės pavadinimas; Organizacija
company | lv | Uzņēmums; Uzņēmuma nosaukums; Organizācija
company | et | Ettevõte; Ettevõtte nimi; Firma; Organisatsioon
company | vi | Công ty; Tên công ty; Doanh nghiệp; Tên doanh nghiệp; Tổ chức
company | id | Perusahaan; Nama perusahaan; Instansi; Nama instansi; Organisasi; Syarikat; Nama syarikat
company | th | บริษัท; ชื่อบริษัท; หน่วยงาน; องค์กร
company | he | מקום עבודה; חברה; שם החברה; שם חברה; ארגון; שם הארגון; שם העסק
company | ar | الشركة; اسم الشركة; شركة; المؤسسة; اسم المؤسسة; جهة العمل

jobTitle | en | Position; Job title; Job position; Job role; Designation; Position title; Organization title
jobTitle | en | Job function; Professional title; Work title; Position in company; Position at company
jobTitle | en | Company title; Company position
jobTitle | de | Position; Funktion; Jobtitel; Berufsbezeichnung; Stellenbezeichnung; Position im Unternehmen
jobTitle | de | Funktion im Unternehmen; Jobbezeichnung; Berufliche Position
jobTitle | fr | Poste; Fonction; Intitulé du poste; Titre du poste; Intitulé de poste; Poste occupé
jobTitle | fr | Titre de poste; Poste actuel
jobTitle | es | Cargo; Puesto; Puesto de trabajo; Posición; Título del puesto; Cargo en la empresa
jobTitle | es | Puesto o cargo; Cargo actual; Cargo o función
jobTitle | it | Posizione; Qualifica; Posizione lavorativa; Mansione; Titolo professionale
jobTitle | it | Posizione in azienda
jobTitle | pt | Cargo; Posição; Função; Cargo na empresa; Cargo atual
jobTitle | nl | Functie; Functietitel; Functieomschrijving; Functienaam; Positie
jobTitle | sv | Befattning; Yrkestitel; Jobbtitel
jobTitle | da | Stilling; Jobtitel; Stillingsbetegnelse
jobTitle | no | Stilling; Stillingstittel; Jobbtittel
jobTitle | fi | Tehtävänimike; Asema; Työnimike
jobTitle | pl | Stanowisko; Stanowisko pracy; Nazwa stanowiska
jobTitle | cs | Pozice; Pracovní pozice; Funkce; Název pozice
jobTitle | tr | Pozisyon; Görev; Görevi; İş unvanı; Görev unvanı; Görevi / Unvanı; Göreviniz; Pozisyonunuz
jobTitle | tr | Mevki
jobTitle | ru | Должность; Позиция; Ваша должность; Название должности
jobTitle | uk | Посада
jobTitle | ja | 役職; 役職名; 職位; 肩書; 肩書き; お役職
jobTitle | zh | 职位; 职务; 職位; 職稱; 岗位; 职称; 職務
jobTitle | ko | 직위; 직책; 직급
jobTitle | hu | Beosztás; Pozíció
jobTitle | vi | Chức vụ; Chức danh; Vị trí công việc
jobTitle | id | Jabatan
jobTitle | th | ตำแหน่ง; ตำแหน่งงาน
jobTitle | he | תפקיד
jobTitle | ar | المسمى الوظيفي; الوظيفة; المنصب

street | en | Street; Address; Street address; Address 1; Address line 1; Street address 1; Street 1
street | en | Address line; Street name; Street and house number; Street line 1; Street address line 1
street | en | Address street; House number and street; Addr; Postal address; Addr 1; Address1; Complete address; Full address
street | de | Straße; Strasse; Adresse; Anschrift; Straße und Hausnummer; Straße Hausnummer; Straße und Nr
street | de | Straße Nr; Straße Hausnr; Straße und Hausnr; Str; Postanschrift; Straße und Haus Nr
street | de | Adresszeile 1
street | fr | Rue; Adresse; Adresse postale; Adresse ligne 1; Adresse 1; Numéro et rue; Numéro et nom de rue
street | fr | Ligne d'adresse 1; Rue et numéro
street | es | Calle; Dirección; Domicilio; Dirección postal; Calle y número; Dirección 1; Línea de dirección 1
street | es | Dirección línea 1
street | it | Indirizzo; Via e numero civico; Indirizzo 1; Via e civico; Indirizzo postale
street | pt | Endereço completo; Rua; Endereço; Logradouro; Morada; Endereço 1; Endereço linha 1; Rua e número
street | nl | Straat; Adres; Straatnaam; Straat en huisnummer; Straat huisnummer; Straat + nr; Straat nr
street | nl | Adresregel 1; Straat en nr; Straat + huisnummer
street | sv | Gata; Gatuadress; Adress; Postadress; Adressrad 1
street | da | Vej; Adresse; Gade; Vejnavn; Gadenavn; Adresselinje 1; Vejnavn og nummer
street | no | Gate; Adresse; Gateadresse; Postadresse; Adresselinje 1
street | fi | Katuosoite; Osoite; Katu; Lähiosoite; Postiosoite
street | pl | Ulica; Adres; Ulica i numer; Adres 1; Ulica i nr domu; Ulica i numer domu; Ulica nr domu
street | cs | Ulice; Adresa; Ulice a číslo popisné; Ulice a č p; Ulice a číslo
street | sk | Ulica; Adresa
street | tr | Adres; Sokak; Cadde; Adres satırı 1; Açık adres; Adresi; Adresiniz; Adres 1; Sokak adresi
street | ru | Адрес; Улица; Адрес проживания; Улица и дом; Почтовый адрес; Улица дом
street | uk | Адреса; Вулиця
street | ja | 住所; ご住所; 番地; 住所1; 住所１; 町名番地; 丁目番地
street | zh | 地址; 街道; 详细地址; 街道地址; 通讯地址; 聯絡地址; 联系地址
street | ko | 주소; 도로명 주소
street | hu | Utca; Cím; Lakcím; Utca házszám; Utca és házszám
street | ro | Strada; Adresa; Adresă
street | el | Διεύθυνση; Οδός
street | vi | Địa chỉ
street | id | Alamat
street | th | ที่อยู่
street | he | כתובת; רחוב
street | ca | Adreça; Carrer

city | en | City; Town; City town; City or town; City name; Town city; Suburb city; Municipality
city | en | What city do you live in; Which city do you live in
city | de | Stadt; Ort; Wohnort; Ortschaft; Stadt Ort; Ort Stadt; Ortsname
city | de | In welcher Stadt wohnst du; In welcher Stadt wohnen Sie
city | fr | Ville; Commune; Localité; Dans quelle ville habitez-vous; Dans quelle ville habites-tu
city | es | Ciudad; Población; Localidad; Municipio; Ciudad de residencia
city | es | En qué ciudad vives; En qué ciudad estás
city | es | En qué ciudad resides; Ciudad donde vives; Ciudad donde resides
city | it | Città; Comune; Località; Città di residenza
city | pt | Cidade; Localidade; Município; Cidade onde mora; Em qual cidade você mora; Em que cidade você mora
city | pt | Em qual cidade você reside; Cidade onde reside; Cidade em que reside
city | nl | Stad; Plaats; Woonplaats; Plaatsnaam; Gemeente; In welke plaats woon je; In welke stad woon je
city | sv | Stad; Ort; Postort; Bostadsort
city | da | Bynavn; Postby
city | no | Poststed; Sted
city | fi | Kaupunki; Postitoimipaikka; Paikkakunta; Kotipaikkakunta
city | pl | Miasto; Miejscowość; Miasto zamieszkania
city | cs | Město; Obec; Město obec
city | sk | Mesto
city | tr | Şehir; Şehri; Yaşadığınız şehir; Şehriniz
city | ru | Город; Населенный пункт; Город проживания; Ваш город
city | uk | Місто
city | ja | 市区町村; 都市; 市町村; 市
city | zh | 城市; 市; 所在城市; 城市名; 縣市; 居住縣市
city | ko | 도시; 시
city | hu | Város; Település
city | ro | Oraș; Localitate
city | el | Πόλη
city | hr | Grad; Mjesto
city | sl | Mesto
city | bg | Град; Населено място
city | lt | Miestas
city | lv | Pilsēta
city | et | Linn
city | vi | Thành phố; Tỉnh/Thành phố; Tỉnh thành
city | id | Kota; Kota/Kabupaten; Bandar
city | th | เมือง
city | ca | Població; Ciutat; Poble
city | he | עיר; עיר מגורים; יישוב
city | ar | المدينة; مدينة

besideCity | da | By
besideCity | no | By
besideCity | tr | İl

besideState | en | State; Region
state | en | Province; State province; State or province; State name; State abbreviation; Province name
state | en | US state; State territory; State prov
state | de | Bundesland; Kanton
state | fr | Province; Région
state | es | Provincia; Estado provincia; Comunidad autónoma; Provincia estado
state | it | Provincia; Regione
state | pt | UF; Estado UF; Distrito; Província; Em qual estado você mora
state | nl | Provincie
state | sv | Län
state | no | Fylke
state | da | Delstat
state | fi | Maakunta; Lääni; Osavaltio
state | pl | Województwo; Stan
state | cs | Kraj
state | tr | Eyalet; İl eyalet
state | ru | Область; Регион; Край; Штат; Область край; Область, край, республика
state | ja | 都道府県; 県; 州
state | zh | 省; 省份; 州; 省州; 省市自治区
state | ko | 도; 시/도; 시도
state | hu | Megye
state | ro | Județ
state | th | จังหวัด
state | id | Provinsi

besideState | nl | Staat
besideState | es | Estado
besideState | pt | Estado

zip | en | Zip; Zip code; Postal code; Postcode; Post code; Zipcode; Zip postal code; Postal zip code
zip | en | Zip postcode; Postalcode; ZIP5; Pin code; Pincode; Eircode
zip | de | PLZ; Postleitzahl
zip | fr | Code postal; CP; NPA
zip | es | Código postal; CP; C.P.; Cód. postal
zip | it | Codice postale; Codice di avviamento postale; NAP
zip | pt | CEP; Código postal
zip | nl | Postcode; Postcode cijfers
zip | sv | Postnummer; Postnr
zip | da | Postnummer; Postnr
zip | no | Postnummer; Postnr
zip | fi | Postinumero
zip | pl | Kod pocztowy
zip | cs | PSČ; Poštovní směrovací číslo; Směrovací číslo
zip | sk | PSČ
zip | tr | Posta kodu; Posta kodunuz
zip | ru | Индекс; Почтовый индекс
zip | uk | Поштовий індекс; Індекс
zip | ja | 郵便番号
zip | zh | 邮编; 邮政编码; 郵遞區號; 邮政区号; 邮编号码; 郵政編碼
zip | ko | 우편번호; 우편 번호
zip | hu | Irányítószám
zip | ro | Cod poștal
zip | hr | Poštanski broj
zip | bg | Пощенски код
zip | vi | Mã bưu điện; Mã bưu chính
zip | id | Kode pos; Poskod
zip | th | รหัสไปรษณีย์
zip | he | מיקוד
zip | ar | الرمز البريدي
zip | el | Τ.Κ.; ΤΚ; Ταχυδρομικός κώδικας
zip | ca | Codi postal
zip | sl | Poštna številka

besideZip | it | CAP

country | en | Country; Country name; Nation; Country territory; Country of residence; Residence country
country | en | What country do you live in; Which country do you live in
country | de | Land; Wohnsitzland
country | fr | Pays; Pays de résidence
country | es | País; País de residencia; Pais; En qué país vives; En qué país estás
country | it | Paese; Nazione; Paese di residenza; Nazione di residenza
country | pt | País; Nação; País de residência
country | nl | Land
country | sv | Land
country | da | Land
country | no | Land
country | fi | Maa; Kotimaa
country | pl | Kraj; Państwo; Kraj zamieszkania
country | cs | Země; Stát; Stát země
country | sk | Krajina
country | tr | Ülke; Ülkesi; Ülkeniz
country | ru | Страна; Государство; Страна проживания
country | uk | Країна
country | ja | 国; 国名; 居住国
country | zh | 国家; 國家; 国家地区; 國家地區; 国家名称
country | ko | 국가; 나라; 거주 국가
country | hu | Ország
country | ro | Țară; Țara
country | el | Χώρα
country | hr | Država; Zemlja
country | bg | Държава; Страна
country | vi | Quốc gia; Đất nước
country | id | Negara
country | th | ประเทศ
country | he | מדינה; ארץ
country | ar | الدولة; البلد; بلد الإقامة

birthday | en | Birthday; Birth date; Date of birth; DOB; Birthdate; Birth day; Bday; D.O.B.
birthday | en | Date of birth DOB; Born; When is your birthday; When were you born
birthday | de | Geburtstag; Geburtsdatum; Geb; Geb. Datum; Geb-Datum; Geboren am
birthday | fr | Date de naissance; Anniversaire; Date d'anniversaire; Né le; Née le; Naissance
birthday | es | Fecha de nacimiento; Cumpleaños; Fecha nacimiento; Fecha de cumpleaños; F. nacimiento
birthday | es | Nacimiento; Fecha nac; Fec nac; F nac; F nacim; Fecha nacim; Fecha de nac
birthday | it | Data di nascita; Compleanno; Data nascita
birthday | pt | Data de nascimento; Aniversário; Data nascimento; Nascimento; Data de aniversário
birthday | pt | Nasc; Data nasc; Dt nasc; Dt nascimento; Data de nasc
birthday | nl | Geboortedatum; Verjaardag; Geboorte datum
birthday | sv | Födelsedatum; Födelsedag
birthday | da | Fødselsdato; Fødselsdag; Foedselsdato
birthday | no | Fødselsdato; Fødselsdag; Bursdag
birthday | fi | Syntymäaika; Syntymäpäivä
birthday | pl | Data urodzenia; Urodziny; Data ur; Data urodz
birthday | cs | Datum narození; Narozeniny
birthday | sk | Dátum narodenia
birthday | tr | Doğum tarihi; Doğum günü; Doğum tarihiniz; Doğum gününüz; D. tarihi; Doğum tarih
birthday | ru | Дата рождения; День рождения; ДР; Д.р.
birthday | uk | Дата народження
birthday | ja | 生年月日; 誕生日; お誕生日
birthday | zh | 生日; 出生日期; 出生年月日; 出生年月
birthday | ko | 생년월일; 생일
birthday | hu | Születési dátum; Születésnap; Születési idő
birthday | ro | Data nașterii
birthday | el | Ημερομηνία γέννησης
birthday | hr | Datum rođenja
birthday | sl | Datum rojstva
birthday | bg | Дата на раждане; Рождена дата
birthday | vi | Ngày sinh; Ngày tháng năm sinh; Sinh nhật
birthday | id | Tanggal lahir; Tgl lahir; Tarikh lahir
birthday | th | วันเกิด; วันเดือนปีเกิด
birthday | he | תאריך לידה; יום הולדת
birthday | ar | تاريخ الميلاد; تاريخ الولادة

note | en | Note; Notes; Message; Comment; Comments; Messages; Memo; Questions or comments; Comment or message
note | en | Your message; Remarks; Additional comments; Questions comments
note | de | Notiz; Notizen; Nachricht; Kommentar; Bemerkung; Bemerkungen; Anmerkung; Anmerkungen
note | de | Ihre Nachricht; Mitteilung; Kommentare
note | fr | Note; Remarque; Remarques; Message; Commentaire; Commentaires
note | es | Nota; Notas; Mensaje; Comentario; Comentarios; Observaciones
note | it | Nota; Note; Messaggio; Commento; Commenti
note | pt | Nota; Notas; Mensagem; Comentário; Comentários; Observações; Observação
note | nl | Notitie; Notities; Bericht; Opmerking; Opmerkingen; Je bericht
note | sv | Meddelande; Kommentar; Anteckning; Anteckningar
note | da | Besked; Kommentar; Bemærkning; Note; Bemærkninger
note | no | Melding; Kommentar; Merknad; Notat
note | fi | Viesti; Kommentti; Huomautus; Muistiinpanot; Lisätiedot
note | pl | Wiadomość; Komentarz; Uwagi; Notatka; Notatki; Treść wiadomości
note | cs | Zpráva; Poznámka; Komentář; Poznámky
note | tr | Mesaj; Mesajınız; Not; Notlar; Yorum; Açıklama
note | ru | Сообщение; Комментарий; Комментарии; Примечание; Заметки; Заметка; Примечания
note | ja | メッセージ; 備考; お問い合わせ内容; コメント; メモ; ご質問
note | zh | 留言; 备注; 消息; 備註; 訊息; 评论
note | ko | 메시지; 메모; 비고; 문의 내용
note | hr | Poruka; Napomena
note | bg | Съобщение; Забележка; Коментар
note | vi | Ghi chú; Lời nhắn; Tin nhắn; Nội dung tin nhắn
note | id | Pesan; Catatan; Keterangan
note | th | ข้อความ; หมายเหตุ
note | he | הודעה; הערות; הערה
note | ar | الرسالة; ملاحظات; ملاحظة; رسالتك

tags | * | Tags; Tag
tags | en | Contact tags; Tag names; Tag list
tags | de | Schlagworte; Schlagwörter
tags | fr | Étiquettes; Étiquette
tags | es | Etiquetas; Etiqueta
tags | it | Etichette
tags | pt | Etiquetas; Marcadores
tags | nl | Labels
tags | pl | Tagi; Etykiety
tags | cs | Štítky
tags | tr | Etiketler; Etiket
tags | ru | Теги; Метки; Тег
tags | ja | タグ
tags | zh | 标签; 標籤

lists | en | Lists; List; Mailing list; Mailing lists; Email lists; Subscribed lists; Email list; List name
lists | de | Listen; Liste; Verteiler
lists | fr | Listes; Liste
lists | es | Listas; Lista
lists | it | Liste; Lista
lists | pt | Listas; Lista
lists | nl | Lijsten; Lijst
lists | tr | Listeler; Liste
lists | pl | Listy; Lista
lists | ru | Списки; Список
lists | ja | リスト
lists | zh | 列表

technical | * | row_number; submittedAt; formMode; formQueryParameters; webhookUrl; executionMode
technical | en | Timestamp; Submission date; Submission ID; Submission time; Submitted at; Submitted on; Submit date
technical | en | Submit date (UTC); Start date (UTC); Network ID; Response ID; Respondent ID; Response type
technical | en | Entry ID; Entry date; Start time; Completion time; Last modified time; User agent; User IP
technical | en | Submission IP; Form ID; Form name; Date submitted; Date updated; Entry_DateSubmitted
technical | en | Entry_DateUpdated; Entry_Status; Source URL; Remote IP; IP address; Collector ID
technical | en | Respondent's IP address
technical | de | Zeitstempel; Startzeit; Fertigstellungszeit
technical | fr | Horodateur; Heure de début; Heure de fin
technical | es | Marca temporal; Hora de inicio; Hora de finalización
technical | it | Informazioni cronologiche; Ora di inizio; Ora di completamento
technical | pt | Carimbo de data/hora; Hora de início; Hora de conclusão
technical | nl | Tijdstempel; Begintijd; Tijd van voltooien
technical | sv | Tidstämpel
technical | da | Tidsstempel
technical | no | Tidsmerke
technical | fi | Aikaleima
technical | pl | Sygnatura czasowa; Godzina rozpoczęcia; Godzina ukończenia
technical | cs | Časová značka
technical | tr | Zaman damgası; Başlangıç zamanı; Tamamlanma zamanı
technical | ru | Отметка времени; Время начала; Время завершения
technical | ja | タイムスタンプ; 開始時刻; 完了時刻
technical | zh | 时间戳记; 时间戳; 開始時間; 开始时间; 完成时间

other | en | User name; Username; Display name; Nick name; Home town; Hometown; Last contact; First contact
other | en | Birth name; Contact country; Birth city; Birth country; Birth place
other | en | Phone country; Phone code; Phone country code; Phone area code; Mobile country code
other | en | To email; To email address; To name; To phone; To address; Email to; Email for; For email; Email at
other | en | Company contact name; Company contact person; Organization contact name; Business contact name; Account contact name
other | en | Street no; Primary position; Main position
other | de | Benutzername; Nutzername; Geburtsname; Geburtsort; Geburtsland
other | fr | Nom d'utilisateur; Nom de naissance; Nom de jeune fille; Pays de naissance; Ville de naissance
other | fr | Lieu de naissance
other | es | Estado del lead; Estado del cliente; Estado del contacto; Nombre de usuario; País de nacimiento; Ciudad de nacimiento
other | es | Distrito
other | it | Nome utente; Paese di nascita; Città di nascita; Comune di nascita
other | pt | Nome de usuário; Nome de utilizador; Cidade de nascimento; País de nascimento
other | nl | Gebruikersnaam
other | sv | Användarnamn
other | da | Brugernavn; Post By
other | no | Brukernavn
other | fi | Käyttäjänimi
other | pl | Nazwa użytkownika
other | cs | Uživatelské jméno
other | tr | Kullanıcı adı
other | ru | Имя пользователя
other | ja | ユーザー名
other | zh | 用户名

primary | en | Primary; Main
preferred | en | Preferred; Default
primary | de | Haupt; Primäre; Primärer; Primär
preferred | de | Bevorzugte; Bevorzugter
primary | fr | Principal; Principale
preferred | fr | Préféré; Préférée
primary | es | Principal
preferred | es | Preferido; Preferida
primary | it | Principale
preferred | it | Preferito
primary | pt | Principal
preferred | pt | Preferencial
primary | nl | Hoofd; Primair; Primaire
preferred | nl | Voorkeurs
primary | pl | Główny; Podstawowy
primary | ru | Основной; Основная

work | en | Work; Business; Office; Professional; Direct; Job; Biz
work | de | Geschäftlich; Geschäftliche; Dienstlich; Dienstliche; Beruflich; Berufliche; Arbeit; Büro
work | de | Geschäft; Geschaeft; Geschaeftlich
work | fr | Professionnel; Professionnelle; Pro; Bureau; Travail
work | es | Trabajo; Laboral; Profesional; Oficina; Corporativo; Corporativa; Institucional
work | it | Lavoro; Lavorativo; Lavorativa; Ufficio; Aziendale; Professionale
work | pt | Trabalho; Comercial; Profissional; Corporativo; Escritório
work | nl | Werk; Zakelijk; Zakelijke; Kantoor
work | sv | Arbete; Jobb; Jobbet
work | da | Arbejde; Job; Arbejds
work | no | Jobb; Arbeid; Arbeids
work | fi | Työ
work | pl | Służbowy; Firmowy; Praca
work | cs | Pracovní; Firemní; Práce
work | tr | Kurumsal; Ofis
work | ru | Рабочий; Рабочая; Корпоративный; Корпоративная; Служебный
work | ja | 会社; 勤務先
work | zh | 工作; 公司; 办公

workEmail | en | Official; School; University; College; Institutional
workEmail | en | Account; Registered; Login; PayPal; Checkout
workEmail | de | Firmen
workEmail | ja | 大学; 学校
companyEmail | en | Company; Corporate

mobile | en | Mobile; Cell; Cellular; Cellphone; WhatsApp; SMS; Mob; Smartphone
mobile | de | Handy; Mobil; Mobiltelefon; Handynummer; Mobilnummer; Mobilfunknummer; Mobilfunk; Mobile
mobile | fr | Portable; Mobile; GSM
mobile | es | Móvil; Celular
mobile | it | Cellulare; Mobile
mobile | pt | Celular; Telemóvel; Móvel
mobile | nl | Mobiel; Mobiele; Gsm
mobile | sv | Mobil; Mobilnummer; Mobiltelefon
mobile | fi | Matkapuhelin; Matkapuhelinnumero; Kännykkä
mobile | pl | Komórka; Komórkowy; Komórkowego
mobile | cs | Mobilní
mobile | tr | Cep
mobile | ru | Мобильный; Сотовый; Мобильного; Моб
mobile | ja | 携帯; 携帯電話; 携帯番号; 携帯電話番号
mobile | zh | 手机; 手机号; 手机号码; 手機; 手機號碼; 移动电话; 行動電話
mobile | ko | 휴대폰; 핸드폰; 휴대전화

home | en | Home; Personal; Private; Daytime; Evening; Landline; House; Residential; Residence; Permanent; Day
home | en | Night
home | de | Privat; Private; Privater; Persönliche; Festnetz; Festnetznummer; Zuhause; Heim; Tagsüber
home | fr | Personnel; Personnelle; Perso; Domicile; Fixe; Privé; Maison
home | es | Personal; Casa; Particular; Fijo; Privado; Hogar
home | it | Personale; Casa; Fisso; Privato; Abitazione; Privata; Residenza
home | pt | Pessoal; Residencial; Fixo; Casa; Particular; Residência
home | nl | Privé; Persoonlijk; Persoonlijke; Thuis; Vaste; Vast
home | sv | Privat; Hem; Hemma
home | da | Privat; Hjemme
home | no | Privat; Hjemme
home | fi | Koti; Henkilökohtainen
home | pl | Prywatny; Domowy; Osobisty; Stacjonarny; Dom
home | cs | Osobní; Domů; Soukromý
home | tr | Ev; Kişisel; Özel
home | ru | Домашний; Личный; Личная; Городской
home | ja | 自宅; 個人
home | zh | 个人; 家庭; 家

billing | en | Billing; Bill; Invoice; Invoicing; Mailing; Billed
billing | de | Rechnung; Rechnungs; Rechnungsadresse; Rechnungsanschrift; Rechnungsstellung
billing | fr | Facturation; Facture
billing | es | Facturación; Factura
billing | it | Fatturazione; Fattura
billing | pt | Cobrança; Faturamento; Faturação; Correspondência
billing | nl | Factuur; Facturen; Facturatie; Factuuradres; Facturering
billing | sv | Faktura; Fakturering; Fakturerings
billing | da | Faktura; Fakturering; Fakturerings
billing | no | Faktura; Fakturering
billing | fi | Laskutus; Laskutusosoite
billing | pl | Rozliczeniowy; Rozliczeniowe; Faktura; Faktury; Płatności; Rozliczeniowa
billing | cs | Fakturační; Fakturace
billing | tr | Fatura; Faturalama
billing | ru | Платежный; Платежная; Оплата; Выставления счета
billing | ja | 請求先; 請求
billing | zh | 账单; 帳單; 开票; 发票; 計費; 计费

ofAddress | en | Address; Location; Residential; Addr
ofAddress | de | Adresse; Anschrift; Wohnsitz
ofAddress | fr | Adresse; Résidence
ofAddress | es | Dirección; Residencia; Domicilio
ofAddress | it | Indirizzo; Residenza
ofAddress | pt | Endereço; Residência; Morada
ofAddress | nl | Adres
ofAddress | sv | Adress
ofAddress | da | Adresse
ofAddress | pl | Adres; Zamieszkania
ofAddress | cs | Adresa
ofAddress | tr | Adres
ofAddress | ru | Адрес; Проживания
ofAddress | ja | 住所
ofAddress | zh | 地址

region | en | Region; Territory; Prefecture; County; Area; Division
region | de | Region
region | fr | Région
region | es | Región; Estado
region | it | Regione
region | ja | 地域
region | zh | 地区; 地區

firstOf | * | 1; Value; 01

current | en | Current; Present; Residence; Living
current | de | Aktuelle; Aktuelles; Derzeitige
current | fr | Actuel; Actuelle
current | es | Actual
current | pt | Atual

person | en | User; Customer; Client; Invitee; Attendee; Participant; Registrant; Subscriber; Member; Buyer
person | en | Purchaser; Guest; Lead; Respondent; Applicant; Donor; Patient; Candidate; Payer; Student
person | en | Delegate; Supporter; Volunteer; Employee; Learner; Users; Customers; Patron; Prospect; Shopper
person | en | Consumer; Visitor; Responder; Reservee; Booker; Tenant; Renter; Speaker; Exhibitor; Investor; Winner
person | en | Resident; Trainee; Cus; Cust; Swimmer; Athlete; Nominee; Contestant; Entrant; Submitter; Signer; Signatory; Backer; Traveler; Traveller; Passenger
person | en | Homeowner
person | de | Kunde; Kunden; Teilnehmer; Teilnehmerin; Käufer; Besteller; Mitglied; Gast; Bewerber; Abonnent
person | de | Interessent; Spender; Schüler; Teilnehmers; Mitglieds; Käufers; Bewerbers; Gastes; Bestellers
person | fr | Client; Participant; Acheteur; Invité; Membre; Abonné; Donateur; Candidat; Adhérent; Utilisateur
person | fr | Prospect; Payeur; Titulaire; Titulaires
person | es | Cliente; Participante; Comprador; Invitado; Asistente; Miembro; Suscriptor; Alumno; Usuario
person | es | Donante; Candidato
person | it | Cliente; Partecipante; Acquirente; Ospite; Iscritto; Utente; Donatore; Candidato
person | pt | Cliente; Participante; Comprador; Convidado; Membro; Assinante; Aluno; Usuário; Doador
person | pt | Candidato; Inscrito
person | nl | Klant; Deelnemer; Koper; Gast; Lid; Abonnee; Gebruiker
person | sv | Kund; Deltagare; Köpare; Gäst; Medlem; Prenumerant
person | da | Kunde; Deltager; Køber; Gæst; Medlem; Abonnent
person | no | Kunde; Deltaker; Kjøper; Gjest; Medlem; Abonnent
person | fi | Asiakas; Asiakkaan; Osallistuja; Osallistujan; Tilaaja; Tilaajan; Ostajan; Jäsenen
person | pl | Klient; Klienta; Uczestnik; Uczestnika; Kupujący; Kupującego; Subskrybent; Subskrybenta
person | cs | Zákazník; Zákazníka; Účastník; Účastníka; Klient; Klienta; Kupující
person | tr | Müşteri; Katılımcı; Alıcı; Üye; Misafir
person | ru | Клиент; Клиента; Покупатель; Покупателя; Участник; Участника; Подписчик; Подписчика; Заказчик
person | ru | Заказчика; Гостя; Гость
person | ja | お客様; 顧客; 参加者; 購入者; 会員; ご購入者
person | zh | 客户; 用户; 参会者; 购买者; 会员; 買家; 买家; 客戶; 顾客
person | ko | 고객; 참가자; 회원

question | * | Required; Optional; Mandatory; YYYY; MM; DD; Properties; MF
question | en | What; What's; Whats; Is; Your; My; The; A; An; Please; Enter; Provide; Tell us; Us
question | en | Give; Fill; Share; Of; If applicable; Here; Below
question | en | Are; May; Have; I; We; Best; On; Get; Could; Good
question | de | Was; Wie; Ist; Lautet; Ihr; Ihre; Dein; Deine; Deiner; Ihrer; Der; Die; Das; Bitte; Geben; Sie
question | de | Ein; Gib; Angeben; Eingeben; Pflichtfeld; Optional; Pflicht; Erforderlich; Freiwillig; Mein
question | de | Meine; Nenne; Uns; Deines; Des; An
question | fr | Quel; Quelle; Est; Votre; Ton; Ta; Vos; Le; La; L; D; Un; Une; Veuillez; Saisir; Entrer
question | fr | Indiquer; Obligatoire; Facultatif; Optionnel; S'il vous plaît; Merci de; Mon; Ma; De; Du; Des
question | fr | Requis; Entrez; Saisissez; Indique; Indiquez; Donne; Donnez; Renseignez
question | es | Cuál; Cual; Es; Su; Tu; El; La; Un; Una; Por favor; Ingrese; Ingresa; Introduce; Introduzca
question | es | Escribe; Escriba; Obligatorio; Opcional; De; Del; Mi; Tus; Sus; Indica; Requerido; Cuáles; Son
question | it | Qual; È; Il; La; Tuo; Tua; Suo; Sua; Inserisci; Inserire; Obbligatorio; Obbligatoria
question | it | Facoltativo; Facoltativa; Di; Del; Della; Mio; Mia; Per favore; Opzionale; Scrivi; Dell; Lo; L
question | it | Vostro; Vostra
question | pt | Qual; É; O; A; Seu; Sua; Teu; Tua; Digite; Insira; Informe; Obrigatório; Opcional; De; Do; Da
question | pt | Meu; Minha; Por favor; Escreva; Facultativo
question | nl | Wat; Is; Jouw; Je; Uw; De; Het; Een; Vul; In; Verplicht; Optioneel; Van; Mijn; Graag; Invullen
question | sv | Vad; Vilken; Är; Din; Ditt; Ange; Fyll; I; Obligatoriskt; Valfritt; Er; Min; Mitt; Skriv
question | sv | Obligatorisk; Valfri; Vänligen
question | da | Hvad; Er; Dit; Din; Dine; Indtast; Angiv; Valgfri; Obligatorisk; Valgfrit; Skriv; Venligst
question | da | Påkrævet; Skal udfyldes
question | no | Hva; Er; Ditt; Din; Skriv; Inn; Oppgi; Valgfritt; Obligatorisk; Vennligst; Påkrevd; Valgfri
question | fi | Mikä; On; Sinun; Anna; Syötä; Pakollinen; Valinnainen; Vapaaehtoinen; Kirjoita
question | pl | Jaki; Jest; Twój; Twoje; Twoja; Podaj; Proszę; Podać; Wpisz; Wymagane; Opcjonalne; Pana; Pani
question | pl | Swój; Swoje; Obowiązkowe; Nieobowiązkowe; Opcjonalnie
question | cs | Jaký; Jaké; Je; Váš; Vaše; Tvůj; Zadejte; Prosím; Povinné; Nepovinné; Tvoje; Uveďte; Volitelné
question | cs | Vyplňte
question | tr | Nedir; Lütfen; Giriniz; Girin; Yazınız; Zorunlu; İsteğe bağlı; Sizin; Opsiyonel; Yazın
question | tr | Belirtiniz
question | ru | Какой; Какая; Каков; Ваш; Ваша; Ваше; Укажите; Введите; Пожалуйста; Обязательно; Необязательно
question | ru | Обязательное; Твой; Твоя; Мой; Напишите; Как вас зовут; Вашу; Необязательное
question | ru | У; Вас; Тебя; Оставьте
question | ja | ご; お; あなたの; 必須; 任意; を入力してください; をご入力ください; の; は; 様; 入力; あなた; ください; 項目; を教えてください; を教えて下さい; 教えてください
question | zh | 您的; 你的; 请输入; 必填; 选填; 请填写; 是; 请; 的; 您; 你; 輸入; 請輸入; 請填寫; 可选; 必須; 什么; 什麼; 多少; 请问; 請問
question | ko | 귀하의; 필수; 선택; 입력; 을; 를
question | hr | Vaš; Vaše; Vaša; Unesite; Obavezno; Koja; Koji; Koje; Je
question | bg | Вашето; Вашият; Вашия; Моля; Въведете
question | vi | Của; Bạn; Anh; Chị; Quý khách; Vui lòng; Nhập; Bắt buộc; Điền
question | id | Anda; Kamu; Masukkan; Silakan; Isi; Wajib; Aktif; Saudara; Apa; Siapa; Mohon
question | th | ของคุณ; กรุณากรอก; จำเป็น
question | he | שלך; שלכם; נא; להזין; חובה; אנא; מה; של
question | ar | الخاص; بك; يرجى; أدخل; إدخال; مطلوب; إلزامي; ما; هو; هي
question | ro | Care; Este; Ta; Tău; Te; Rog; Introdu; Introduceți; Dumneavoastră
question | el | Ποιο; Ποια; Ποιος; Είναι; Σας; Σου; Το; Ο; Η
question | uk | Яка; Який; Яке; Ваша; Ваш; Ваше; Вкажіть; Введіть
question | hu | Mi; Az; A
question | ur | آپ; کا; کیا; ہے

filler | * | S
filler | en | Contact; Person; Best; Reach; To; You; At; Can; And; Or; Where; For; Do; Valid; Current; Be
filler | en | Correct; Can we; Contacts; Individual; No; Nr; Best way
filler | de | Und; Oder; Kontakt; Kontaktperson; Ansprechpartner; Beste; Für; Am; Erreichbar; Wir; Dich
filler | de | Gültige; Person; Erreichen; Unter; Der; Ihnen; Zur; Zum; Von
filler | fr | Et; Ou; Contact; Pour; Vous; Contacter; Valide; Meilleur; Meilleure; Personne; N; À; Joindre
filler | fr | Nous; Te; Laquelle
filler | es | Y; O; Contacto; Para; Contactarte; Válido; Mejor; Persona; En; N; Al; Contactarle; Nos; Que; Qué
filler | es | Tienes; U
filler | it | E; O; Contatto; Per; Valido; Migliore; Persona; Contattarti; Un; A; Referente; Dove; Possiamo
filler | pt | E; Ou; Contato; Contacto; Para; Melhor; Válido; Pessoa; Com; Em; DDD; Com DDD; Entrar; Contatar
filler | nl | En; Of; Contact; Contactpersoon; Voor; Beste; Geldig; Om; Waarop; Persoon; Wij; Kunnen; Bereiken
filler | sv | Och; Eller; Kontakt; Kontaktperson; För; Bästa; Nå; Vi; Dig
filler | da | Og; Eller; Kontakt; Kontaktperson; For; Bedste
filler | no | Og; Eller; Kontakt; Kontaktperson; For; Beste
filler | fi | Ja; Tai; Yhteyshenkilö; Yhteyshenkilön; Yhteys
filler | pl | I; Lub; Kontaktowy; Do; Kontaktu; Osoba; Kontakt; Osoby; Oraz; Kontaktowe; Z
filler | cs | A; Nebo; Kontakt; Kontaktní; Osoba; Na; Osoby
filler | tr | Ve; Veya; İletişim; İrtibat; Kişi; Size; İçin
filler | ru | И; Или; Контакт; Контактный; Контактное лицо; Для; Связи; Контактная; Лицо; Контакта
filler | ja | 連絡先; 担当者; ご担当者; 連絡用
filler | zh | 联系; 联系人; 聯絡; 聯絡人; 和; 或; 或者; 联络
filler | hr | I
filler | sl | In
filler | bg | И; За; На; Контакт; Връзка
filler | lt | Ir
filler | vi | Và; Liên hệ; Liên lạc
filler | id | Dan; Yang; Bisa; Dihubungi; Kontak
filler | he | ליצירת קשר
filler | ar | للتواصل

nobody | * | Anonymous; Unknown; Guest; None; Test
nobody | de | Anonym; Gast; Unbekannt
nobody | fr | Anonyme; Invité; Inconnu
nobody | es | Anónimo; Invitado; Desconocido
nobody | it | Anonimo; Ospite
nobody | pt | Anônimo; Anónimo; Convidado
nobody | nl | Anoniem; Gast
nobody | sv | Anonym
nobody | pl | Anonimowy
nobody | tr | Anonim
nobody | ru | Аноним; Гость
nobody | ja | 匿名
nobody | zh | 匿名

status | en | Approved; Rejected; Registered; Processing; Progress; Success; Done; Sale; Failed; Error; Verified; Expired
status | en | Published; Waiting; Trialing; Hold; In; On
status | en | Active; Inactive; Enabled; Disabled; Pending; New; Open; Closed; Won; Lost; Invited; Declined; Subscribed
status | en | Unsubscribed; Confirmed; Canceled; Cancelled; Completed; Paid; Unpaid; Shipped; Delivered; Archived; Draft
status | en | Complete
status | es | Activo; Activa; Inactivo; Inactiva; Nuevo; Nueva; Pendiente; Enviado; Enviada; Entregado; Pagado; Pagada; Cerrado
status | es | Abierto; Cancelado; Cancelada; Confirmado; Confirmada; Suscrito; Completado; Baja; Alta
status | pt | Ativo; Ativa; Inativo; Inativa; Novo; Nova; Pendente; Enviado; Entregue; Pago; Fechado; Aberto; Cancelado; Concluído

child | en | Child; Childs; Children; Kid; Kids; Son; Daughter; Baby; Pet; Dog; Puppy; Cat; Camper
child | de | Kind; Kindes; Kinder; Hund; Hundes; Tier; Tieres; Tiers
child | fr | Enfant; Enfants; Élève
child | es | Hijo; Hija; Niño; Niña; Bebé
child | it | Figlio; Figlia; Bambino; Bambina
child | pt | Filho; Filha; Criança
child | nl | Kind; Leerling
child | sv | Barn; Barnets
child | da | Barn; Barnets
child | no | Barn; Barnets
child | pl | Dziecko; Dziecka
child | tr | Çocuk; Çocuğun; Çocuğunuzun
child | ru | Ребёнок; Ребёнка
child | ja | お子様
child | zh | 孩子
child | id | Anak

staff | en | User; Users; Employee; Account; Provider; Doctor; Practitioner; Advisor; Adviser; Therapist; Trainer; Broker; Salesperson

dependent | en | Student; Patient; Pupil
dependent | de | Schüler
dependent | es | Alumno
dependent | pt | Aluno

someoneElse | en | Owner; Manager; Requester; Assignee; Assigned; Creator; Created; Updated; Modified; Author; Host
someoneElse | en | Organizer; Agent; Referrer; Referred; Referral; Shipping; Delivery; Emergency; Secondary; Alternate
someoneElse | en | Alternative; Other; Spouse; Partner; Rep; Representative; Assistant; Friend
someoneElse | en | Sender; Recipient; Supplier; Store; Shop; Staff; Admin
someoneElse | en | Operator; Approver; Reviewer; Supervisor; Consultant; Previous; Old; Child; Children; Reply

buyer | en | Buyer; Purchaser; Payer; Payor; Booker
buyer | de | Käufer; Käufers; Besteller; Bestellers
buyer | fr | Acheteur; Payeur
buyer | es | Comprador
buyer | it | Acquirente
buyer | pt | Comprador
buyer | nl | Koper
buyer | sv | Köpare
buyer | da | Køber
buyer | no | Kjøper
buyer | fi | Ostajan
buyer | pl | Kupujący; Kupującego
buyer | cs | Kupující
buyer | tr | Alıcı
buyer | ru | Покупатель; Покупателя
buyer | ja | 購入者; ご購入者
buyer | zh | 购买者; 買家; 买家

attendee | en | Attendee; Guest; Participant; Registrant; Delegate
attendee | de | Teilnehmer; Teilnehmers; Teilnehmerin; Gast; Gastes
attendee | fr | Participant; Invité
attendee | es | Participante; Asistente; Invitado
attendee | it | Partecipante; Ospite
attendee | pt | Participante; Inscrito; Convidado
attendee | nl | Deelnemer; Gast

remark | en | Updates; Confirmation; Certificate; Certificates; Receipt; Communication; Communications; Notifications; Link
remark | en | Zoom; Meeting; Ticket; Tickets; Pass; Ebook; Webinar; Active; Gmail; Only; Kindly; Check; Double; Carefully
remark | en | Regularly; Use; One; Will; LL; Send; Never; Share; Spam; Receive; Aadhaar; Passport; ID; Capital; Letters; As; Per
remark | en | This; It; Must; Email; Address
remark | de | Bestätigung; Bestätigungen; Rückfragen; Zertifikat
remark | fr | Confirmation; Certificat; Attestation; Recevoir; Lien
remark | es | Confirmación; Certificado; Información; Recibir; Enlace
remark | it | Conferma; Certificato; Ricevere
remark | pt | Confirmação; Certificado; Receber; Enviar; Link; Acesso; Material
remark | nl | Bevestiging; Certificaat

seller | en | Producer; Producers; Affiliate; Affiliates; Seller; Vendor; Merchant
seller | de | Verkäufer
seller | fr | Vendeur
seller | es | Vendedor; Productor; Afiliado
seller | it | Venditore
seller | pt | Produtor; Produtora; Produtores; Vendedor; Afiliado; Afiliados; Coprodutor

parent | en | Parent; Parents; Guardian; Guardians; Mother; Mothers; Father; Fathers; Caregiver; Mum; Mom; Dad
parent | de | Eltern; Mutter; Vater; Elternteil; Erziehungsberechtigte; Erziehungsberechtigter; Sorgeberechtigte
parent | de | Erziehungsberechtigten; Sorgeberechtigter; Sorgeberechtigten
parent | fr | Parents; Mère; Père; Tuteur; Légal; Tutrice
parent | es | Padre; Madre; Padres; Tutor; Tutora; Apoderado; Apoderada; Acudiente
parent | it | Genitore; Genitori; Madre; Padre; Tutore
parent | pt | Pai; Mãe; Pais; Responsável; Responsáveis; Encarregado
parent | nl | Ouder; Ouders; Verzorger; Moeder; Vader
parent | sv | Förälder; Föräldrar; Vårdnadshavare; Målsman
parent | da | Forælder; Forældre; Værge
parent | no | Forelder; Foreldre; Foresatt; Foresatte
parent | fi | Huoltaja; Huoltajan
parent | pl | Rodzic; Rodzica; Opiekun; Opiekuna; Matka; Matki; Ojciec; Ojca
parent | cs | Rodič; Rodiče
parent | tr | Veli; Velisi; Velinin; Anne; Baba
parent | ru | Родитель; Родителя; Мама; Мамы; Папа; Опекун; Опекуна
parent | ja | 保護者
parent | zh | 家长; 家長; 监护人

teacher | en | Teacher; Teachers; Instructor; Coach
teacher | de | Lehrer; Lehrerin; Lehrkraft
teacher | fr | Professeur; Enseignant; Enseignante
teacher | es | Profesor; Profesora; Maestro; Maestra
teacher | pt | Professor; Professora

participant | en | Participant; Member; Swimmer; Athlete; Registrant
participant | de | Teilnehmer; Teilnehmers; Teilnehmerin; Mitglied; Mitglieds
participant | fr | Participant; Adhérent; Membre
participant | es | Participante; Miembro
participant | it | Partecipante; Iscritto
participant | pt | Participante; Inscrito; Membro
participant | nl | Deelnemer; Lid
participant | sv | Deltagare; Medlem
participant | da | Deltager; Medlem
participant | no | Deltaker; Medlem
participant | fi | Osallistuja; Osallistujan
participant | pl | Uczestnik; Uczestnika
participant | cs | Účastník; Účastníka
participant | tr | Katılımcı; Üye
participant | ru | Участник; Участника
participant | ja | 参加者; 会員
participant | zh | 参会者; 会员

organization | * | ООО; ЗАО; Bhd; 株式会社; 有限公司; Ltd; LLC; LLP; Inc; Corp; PLC; Pty; Pvt; GmbH; mbH; OHG; GbR; SARL; SRL; Ltda; Kft; ApS
organization | * | Lda; EURL; EIRELI; EPP; Oy; Oyj; SpA; SV; FC
legalForm | * | AG; BV; NV; SpA; Oy; Oyj; eV; KG; AB; sro; SRL; SARL; Ltda; SA; SAS; SL; SLU; CV
organization | en | Limited; Incorporated; Corporation; Company; University; Institute; Foundation; Association; Holdings
organization | en | Solutions; Technologies; Consulting; Department; Dept
organization | de | Verein; Stiftung; Schule; Universität; Hochschule
organization | fr | École; Université; Fondation
organization | es | Instituto; Clínica; Fundación; Asociación; Colegio; Universidad
organization | it | Università; Fondazione; Associazione
organization | pt | Escola; Faculdade; Universidade; Fundação; Associação

honorific | en | Mr; Mrs; Ms; Miss; Mx; Dr; Prof; Professor; Sir; Madam; Rev; Mister; Smt; Shri; Adv
honorific | de | Herr; Herrn; Frau; Dipl
honorific | fr | M; Mme; Mlle; Monsieur; Madame; Me
honorific | es | Sr; Sra; Srta; Don; Doña; Señor; Señora; Dra
honorific | it | Sig; Sigra; Signora; Signor; Dott; Avv; Dottssa; Ing
honorific | pt | Senhor; Senhora
honorific | nl | Dhr; Mevr; Mw
honorific | pl | Pan; Pani
honorific | ja | 様; 先生
honorific | th | นาย; นาง; นางสาว
honorific | id | Bapak; Ibu
`;
