"""Lines that are known to have the title or the author: the name alone is taken, and a plain one stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.stories.sections.names import Holder, Names, read_names

SAID_BESIDE = {
    # a word for a piece of writing, a label, a day
    "Fic: The Ferry Keeps No Lamp": "The Ferry Keeps No Lamp",
    "Sunday flash: Where the Herons Sleep": "Where the Herons Sleep",
    "Freitags-Drabble: Die letzte Laterne": "Die letzte Laterne",
    "Desafío abril: La lámpara azul": "La lámpara azul",
    "Titolo della storia: La chiave di latte": "La chiave di latte",
    "TYTUŁ PRACY: Zimna herbata": "Zimna herbata",
    "Betreff: Der Mond über Kiel": "Der Mond über Kiel",
    "القصة: نافذة على البحر": "نافذة على البحر",
    "题目：雨里的灯": "雨里的灯",
    "Working title: Salt and Kettle": "Salt and Kettle",
    "OS Naruto : La porte du fond": "La porte du fond",
    # brackets before it
    "[Fanfic] O barco de papel": "O barco de papel",
    "[OS] Le jardin d'à côté": "Le jardin d'à côté",
    "【原创】雨里的灯": "雨里的灯",
    "[COMPLETE] Paper Harbour": "Paper Harbour",
    "[12345] 月の椅子": "月の椅子",
    # the way through a site
    "Forums » Fan works » Paper Harbour": "Paper Harbour",
    "Home > Fanfiction > Paper Harbour": "Paper Harbour",
    "Home / Fictions / Fan Fiction / Paper Harbour": "Paper Harbour",
    "Fan Fiction ❯ Paper Harbour ❯ Chapter 1": "Paper Harbour",
    "Publicado: Lun Ene 14    Asunto: [Relato] La lámpara azul": "La lámpara azul",
    "Subject: [list] FIC: Paper Harbour (1/1) PG": "Paper Harbour",
    "Título — La lámpara azul": "La lámpara azul",
    "COMPLETE: Paper Harbour": "Paper Harbour",
    # brackets behind it
    "Paper Harbour (Good Omens, gen)": "Paper Harbour",
    "Paper Harbour (Wren/Ada, PG, 300 words)": "Paper Harbour",
    "Paper Harbour (a Star Trek ficlet)": "Paper Harbour",
    "Paper Harbour [WIP]": "Paper Harbour",
    "雨里的灯（短篇，完结）": "雨里的灯",
    "月の椅子（三）": "月の椅子",
    "[Fic] Paper Harbour (Good Omens)": "Paper Harbour",
    # chapters
    "Paper Harbour, Ch. 12": "Paper Harbour",
    "Paper Harbour - Chapter 3: The Well": "Paper Harbour",
    "Der Mond über Kiel | Teil 2": "Der Mond über Kiel",
    "月の椅子④": "月の椅子",
    # bylines
    "Paper Harbour / by sora_inks": "Paper Harbour",
    "La chiave di latte - di Ginestra": "La chiave di latte",
    "Paper Harbour – Edda M.": "Paper Harbour",
    "PAPER HARBOUR by Dylan": "PAPER HARBOUR",
    "The Paper Harbour by inkcap": "The Paper Harbour",
    "Lampu di Teluk oleh kopi_sore": "Lampu di Teluk",
    "Zimna herbata // autor: lisia_nora // fantasy": "Zimna herbata",
    "月の椅子\u3000\u3000作：北野": "月の椅子",
    "《雨里的灯》三两": "雨里的灯",
    # ornaments and quotation marks
    "✨ LA LÁMPARA AZUL ✨": "LA LÁMPARA AZUL",
    "🌙 Paper Harbour 🌙": "Paper Harbour",
    "★·.·´¯`·.·★ paper harbour ★·.·´¯`·.·★": "paper harbour",
    "**Paper Harbour**": "Paper Harbour",
    'songfic "Paper Harbour"': "Paper Harbour",
    '"Paper Harbour" — Edda Marsh': "Paper Harbour",
    "Paper Harbour | Good Omens | PG": "Paper Harbour",
    "Paper Harbour #fanfic #goodomens": "Paper Harbour",
    "Paper Harbour [Ada Wren x Tom Hale]": "Paper Harbour",
    "Paper Harbour Chapter 3: The Well": "Paper Harbour",
    "雨里的灯 第三章 回家": "雨里的灯",
}


@pytest.mark.parametrize(("line", "title"), SAID_BESIDE.items())
def test_the_title_is_taken_out_of_what_stands_beside_it(line: str, title: str) -> None:
    assert read_names(line, "title").title == title


PLAIN = (
    "Stay: A Story",
    "Part of the Furniture",
    "Chapter and Verse",
    "2001: A Rabbit Odyssey",
    "Love, Actually - and other lies",
    "Death by Chocolate",
    "Side by Side",
    "Man by the River",
    "The Story of an Hour",
    "A Christmas Story: Redux",
    "News Flash: I Love You",
    "Day 3: The Well",
    "Henry IV, Part 1",
    "Kill the Bill: Vol. 1",
    "Heaven: Dropped",
    "Fahrenheit 9/11",
    "Room #9",
    "Stay - A Story",
    "[REDACTED]",
    "Home > Pictures > Gone",
    "Catch-22",
    "Apollo 13",
    "Eat, Pray, Worry",
    "captains log (unofficial)",
    "Five Doors He Held Open (and One He Shut)",
    "Love Letters [REDACTED]",
    "Yes/No",
    "Before / After",
    "I ♥ Lighthouses",
    "C++ for Wizards",
    "Agent J.",
    "And Then There Were None...",
    "...And Justice for Owls",
    "Service History, 1967–",
    "My Drabble Life",
    "Un paseo por Madrid",
    "Histoire d'une porte",
    "Geschichten von Anna",
    "Storia di una ladra di libri",
    "История одного города",
    "Cerita dari Blora",
    "قصة مدينتين",
    "千と千尋の日々",
    "○○の話",
    "故事新编",
    "???",
)


HOLDERS: tuple[Holder, ...] = ("title", "signed title")


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("title", PLAIN)
def test_a_plain_title_is_never_shortened(title: str, holder: Holder) -> None:
    assert read_names(title, holder) == Names(title, None)


def test_a_signed_text_has_no_byline_in_its_title() -> None:
    assert read_names("Deliver by Low Water", "signed title").title == "Deliver by Low Water"
    assert read_names("Second Floor by K. Harrow", "title").author == "K. Harrow"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Paper Harbour / by sora_inks", "sora_inks"),
        ("Paper Harbour – Edda M.", "Edda M."),
        ("La chiave di latte - di Ginestra", "Ginestra"),
        ("《雨里的灯》三两", "三两"),
        ("Paper Harbour | edda | Rated T", "edda"),
        ("Paper Harbour (by edda)", "edda"),
        ("Zimna herbata // autor: lisia_nora // fantasy", "lisia_nora"),
    ],
)
def test_a_title_may_name_its_author(line: str, author: str) -> None:
    assert read_names(line, "title").author == author


@pytest.mark.parametrize(
    ("line", "details"),
    [
        ("Paper Harbour, Ch. 12", [("part", "Ch. 12")]),
        ("Paper Harbour (part 7)", [("part", "part 7")]),
        ("Paper Harbour - Chapter 3: The Well", [("part", "Chapter 3: The Well")]),
        ("Paper Harbour [COMPLETE]", [("status", "COMPLETE")]),
        ("Paper Harbour (PG-13)", [("rating", "PG-13")]),
        ("Paper Harbour (Wren/Ada, PG, 300 words)", [("tags", "Wren/Ada"), ("rating", "PG"), ("tags", "300 words")]),
        ("[Good Omens] Paper Harbour", [("tags", "Good Omens")]),
        ("Forums » Fan works » Paper Harbour", []),
        ("Fic: Paper Harbour (1/1)", []),
        ("Paper Harbour", []),
    ],
)
def test_what_stands_beside_a_title_has_labels(line: str, details: list[tuple[str, str]]) -> None:
    assert read_names(line, "title") == Names("Paper Harbour", None, tuple(details))


AUTHORS = {
    "Author: edda marsh": "edda marsh",
    "作者：北野": "北野",
    "Verfasserin: Edda Marsch": "Edda Marsch",
    "Entrant: E. M. Marsh": "E. M. Marsh",
    "Nama : Ratih L.": "Ratih L.",
    "كاتبة القصة: سلمى": "سلمى",
    "✍️ Autora: Luz Marín": "Luz Marín",
    "by edda_marsh_": "edda_marsh_",
    "Posted on March 4, 2011 by Edda": "Edda",
    "May 5, 2014 by Edda in Stories": "Edda",
    "(por Luz Marín)": "Luz Marín",
    "— dari ratih": "ratih",
    "@lunademarzo": "lunademarzo",
    "escrita por @lunademarzo": "lunademarzo",
    "a ghost story, by E. Marsh": "E. Marsh",
    "eine Erzählung von Edda Marsch": "Edda Marsch",
    "edda_m am 4.5.2012, 16:30": "edda_m",
    "Edda Marsh · 3 hours ago": "Edda Marsh",
    "Edda Marsh, 16": "Edda Marsh",
    "Kasia napisała:": "Kasia",
    "北野 著": "北野",
    "文/北野": "北野",
    "Author: Edda (revealed!)": "Edda",
    "© Edda Marsh 2012": "Edda Marsh",
    "Love, Edda": "Edda",
    "From: Edda Marsh <edda@mail.example>": "Edda Marsh",
    "edda_m ([info]edda_m) wrote in saltmarsh,": "edda_m",
    "Publicado por Luz en 23:14": "Luz",
    "2003.10.05\u3000北野": "北野",
    "北野\u30002016-10-08 23:58": "北野",
    "Posted by u/edda_m 3 years ago": "edda_m",
    "Edda Marsh (she/her)": "Edda Marsh",
    "Edda Marsh | 3 March 2012": "Edda Marsh",
    # plain names
    "Edda Marsh": "Edda Marsh",
    "E. M. Marsh": "E. M. Marsh",
    "Edda M.": "Edda M.",
    "De Witt Clinton": "De Witt Clinton",
    "Otto von Berg": "Otto von Berg",
    "Luz de la Mar": "Luz de la Mar",
    "edda (saltmarsh)": "edda (saltmarsh)",
    "WTF Owls 2012": "WTF Owls 2012",
    "дядя Фёдор из 3 подъезда": "дядя Фёдор из 3 подъезда",
    "lapwing-radio": "lapwing-radio",
    "sora_": "sora_",
    "ريم الكاتبة": "ريم الكاتبة",
    "三两": "三两",
}


@pytest.mark.parametrize(("line", "author"), AUTHORS.items())
def test_the_author_is_taken_out_of_what_stands_beside(line: str, author: str) -> None:
    assert read_names(line, "author").author == author


MARKS = "\"'“”«»()[]【】《》「」:：-–—|/／·~*_#.,;!?©@★✨\u3000\u200f "
ODD = st.text(
    st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from(MARKS + "abcXYZ019一の")), max_size=120
)


PIECES = (
    "Fic",
    "by",
    "BY",
    "von",
    "Ch.",
    "3",
    "(",
    ")",
    "[",
    "]",
    ":",
    " - ",
    "|",
    "//",
    "»",
    ">",
    "Story",
    "Edda",
    "M.",
    "《",
    "》",
    '"',
    "1/1",
    "PG",
    "／",
    "\u3000",
    "作",
    "：",
    "①",
    "@a",
    "#b",
    "_",
    "*",
    "★",
    "Follow/Fav",
    "©",
    "2012",
)
BUILT = st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join)


@given(line=st.one_of(ODD, BUILT), holder=st.sampled_from(HOLDERS))
@example(line="[Fic] : ()", holder="title")
@example(line="Title:", holder="signed title")
@example(line="by by by", holder="title")
@example(line="BY 0 _", holder="title")
def test_any_line_has_a_name_and_nothing_is_raised(line: str, holder: Holder) -> None:
    found = read_names(line, holder)
    assert found.title is not None and (found.title.strip() or not line.strip())
    assert found.author != ""
    assert all(label and text.strip() for label, text in found.details)
    author = read_names(line, "author").author
    assert author is not None and (author.strip() or not line.strip(" @"))


WORDS = ("paper", "harbour", "the", "Lamp", "of", "winter", "Salt", "and", "a", "Kettle", "laterne", "барка", "солнце")


@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), holder=st.sampled_from(HOLDERS))
def test_a_title_of_plain_words_comes_out_as_it_went_in(words: list[str], holder: Holder) -> None:
    title = " ".join(words)
    assert read_names(title, holder) == Names(title, None)
