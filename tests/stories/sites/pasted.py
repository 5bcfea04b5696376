"""Pages of sites as somebody copies them: the site's lines around one story. All texts are made up here."""

from __future__ import annotations

TALE = """The lamp had been out for a week before anybody went up to ask the keeper why.

"It isn't out," said the keeper. "It's resting. You'd rest too, if you had looked at the sea for ninety years."

Mara sat down on the top step, because her knees had opinions about stairs, and looked at the sea for a while.

"It does go on," she said.

"It does," said the keeper, and he put the kettle on for the two of them, and for the lamp."""

REDDIT = f"""r/WritingPrompts
•
4 yr. ago
u/slow_ferry

[WP] You are the last keeper of a lamp that refuses to be lit.
Writing Prompt

2.1k

Share

u/AutoModerator
MOD
•
4 yr. ago
Welcome to the Prompt! All top-level comments must be a story or poem.

u/wick_fen
•
4y ago

{TALE}

171

Reply

Share

u/slow_ferry
OP
•
4y ago

The kettle! Thank you for this.

u/wick_fen
•
4y ago

Glad you liked it, more of mine at r/wickfen.
"""

OLD_REDDIT = f"""reddit shortstories
12
The Lamp That Rested (self.shortstories)
submitted 5 years ago by wick_fen

{TALE}

14 comments
[–]slow_ferry 4 points 5 years ago
The kettle!
"""

FICBOOK = f"""Книга Фанфиков
Войти

Лампа отдыхает
Джен
PG-13
Завершён
61
Тихая Заводь
автор
Фэндом:
Ориджиналы
Описание:
Лампа не горит неделю.
Публикация на других ресурсах:
Уточнять у автора

{TALE}

Отзывы (2)
Показать ещё
"""

EFP = f"""EFP - pagina
Categoria: Originali > Generale
Segui la storia |
Autore: Ninfa di mare    23/04/2011    6 recensioni
[La lampada è spenta da una settimana.]
Genere: Malinconico | Stato: completa
Tipo di coppia: Nessuna | Personaggi: nessuno
Dimensione del testo A A A

La lampada riposa

{TALE}

Torna indietro / Vai alla storia
Devi essere loggato per recensire.
"""

SPIRIT = f"""Spirit Fanfics e Histórias
Início
Fanfic / Fanfiction A lâmpada descansa - Capítulo 1
Escrita por: ~maresia
Sinopse:
A lâmpada está apagada há uma semana.
Idioma Português
Classificação 12 anos

Notas do Autor
Oi gente, é a minha primeira, tenham paciência!

{TALE}

Gostou da Fanfic? Compartilhe!
"""

FANFIKTION = f"""FanFiktion.de
Startseite > Prosa

Die Lampe ruht
von Wattfaden

Kurzbeschreibung
Die Lampe ist seit einer Woche aus.
GeschichteAllgemein / P12 / Gen
Die Wärterin
03.02.2016
03.02.2016
1
412

{TALE}
"""


TITLED_EFP = f"""EFP - pagina
Home | Regolamento

Categoria: Originali > Generale
Segui la storia | Autore: Ninfa di mare | 23/04/2011 | 6 recensioni
Titolo: La lampada riposa
Rating: Verde
Genere: Malinconico

La lampada riposa

{TALE}

Ricorda: una recensione fa felice chi scrive.
"""

EFP_BELOW = f"""EFP - pagina

La lampada riposa

Autore: Ninfa di mare   23/04/2011   6 recensioni

Segui la storia - Preferita
Genere: Malinconico | Stato: completa
Rating: Verde

{TALE}

Torna all'indice   Segnala violazione
"""

COUNTED_FICBOOK = f"""Книга фанфиков
Найти   Войти

Лампа отдыхает

Джен
G
Завершён
34

Автор: Тихая Заводь
Описание:
Лампа не горит неделю.
Награды от читателей:
Пока нет
Нравится 34
Отзывы 6

{TALE}

Нравится 34
Отзывы 6
"""

REDDIT_POST = f"""r/shortstories
•
4 yr. ago
wick_fen

[RF] The Lamp That Rested

Realistic Fiction

{TALE}

Upvote
37
Share

AutoModerator
MOD
•
4y ago
Welcome! This is an automated message.
"""

WATTPAD = f"""Wattpad
Explorar  Comunidad

La lámpara descansa
Capítulo 3: El faro
wick_fen
1.8K lecturas · 214 votos · 37 comentarios

{TALE}
"""

ARCHIVE = f"""Archive of Our Own beta
User Navigation

    Hi, mira!
    Post
    Log Out

Actions

    Chapter Index
    Download

Work Header

Rating:
    Teen And Up Audiences
Archive Warning:
    No Archive Warnings Apply
Fandom:
    Harbour Books
Language:
    English
Stats:
    Published: 2021-03-04 Words: 81 Chapters: 1/1 Kudos: 12 Hits: 300

A Lamp at Rest
wick_fen

Summary:

    The lamp has been out for a week.

Notes:

    Written on a bus.

(See the end of the work for more notes.)

Work Text:

{TALE}

Notes:

    Thank you for reading.

Actions

    ↑ Top
    Kudos ♥
    Bookmark
    Comments (2)

Kudos

tidepaint and 19 guests left kudos on this work!
"""

FANFICTION = f"""FanFiction

    Just In
    Community

Follow/Fav A Lamp at Rest
By: wick_fen
The lamp has been out for a week.
Rated: Fiction T - English - Drama - Mara, The Keeper - Words: 81 - Reviews: 2 - Published: 3/4/2021 - id: 9
+ - Full 3/4 1/2 Expand Tighten

{TALE}

The author would like to thank you for your continued support. Your review has been posted.
Review
Favorite : Story Author Follow : Story Author
"""

DISCORD = f"""#harbour-stories
October 21, 2026
wick_fen — Today at 10:02 PM
ok so this is unedited and I'm on mobile, sorry
wick_fen — Today at 10:03 PM
{TALE}
NEW MESSAGES
keeper 🕯 — Today at 10:14 PM
omg the KETTLE
"""

PAGES = {
    "reddit": REDDIT,
    "old reddit": OLD_REDDIT,
    "ficbook": FICBOOK,
    "efp": EFP,
    "spirit": SPIRIT,
    "fanfiktion": FANFIKTION,
    "titled efp": TITLED_EFP,
    "efp below": EFP_BELOW,
    "counted ficbook": COUNTED_FICBOOK,
    "reddit post": REDDIT_POST,
    "archive": ARCHIVE,
    "fanfiction": FANFICTION,
}
