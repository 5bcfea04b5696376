"""What stands above a posted story, in the shapes in which people type it; all of it is made up."""

from __future__ import annotations

import pytest

from bot.stories import Story, read_story
from bot.stories.metadata import value_of

FIRST = "The ferry came in at six with nobody on it, as it did on the last Friday of each month."
TALE = (
    f"{FIRST}\n\n"
    '"You rang for it," said Ottilie, and she held out the rope.\n\n'
    '"I rang for the other one."\n\n'
    "She looked over the water for a while, at the lights, which were going out from left to right. Then she made fast."
)


def read(text: str) -> Story:
    return read_story(text.encode(), "0001.txt")


def heads(cases: list[tuple[str, str, str | None]]) -> pytest.MarkDecorator:
    ids = [head.splitlines()[0][:40] for head, _, _ in cases]
    return pytest.mark.parametrize(("head", "title", "author"), cases, ids=ids)


@heads(
    [
        ("Title: The Last Friday | Author: wickfen | Rated: T", "The Last Friday", "wickfen"),
        ("**Title:** The Last Friday // **Author:** wickfen // **Genre:** Angst", "The Last Friday", "wickfen"),
        ("Titre : Le dernier bac – Auteur : Mésange – Genre : Drame", "Le dernier bac", "Mésange"),
        ("Título: La última barca; Autora: Nieve; Clasificación: T", "La última barca", "Nieve"),
        ("Title = The Last Friday\nAuthor = wickfen\nRating = PG", "The Last Friday", "wickfen"),
        ("Title » The Last Friday\nAuthor » wickfen", "The Last Friday", "wickfen"),
        ("Titel: Die letzte Fähre\nAutor/in: Moorhuhn\nGenre: Drama", "Die letzte Fähre", "Moorhuhn"),
        ("Titel: Die letzte Fähre\nAutorin: Moorhuhn", "Die letzte Fähre", "Moorhuhn"),
        ("Título: A última balsa\nAutor(a): Maré\nGênero: Drama", "A última balsa", "Maré"),
        ("Titolo: L'ultimo traghetto\nAutrice: scogliera_\nGenere: Drammatico", "L'ultimo traghetto", "scogliera_"),
        ("Название: Последний паром\nНик автора: Чайка", "Последний паром", "Чайка"),
        ("The Last Friday | wickfen_ | Rated T", "The Last Friday", "wickfen_"),
        ("The Last Friday | by Hanne Vost | PG-13", "The Last Friday", "Hanne Vost"),
        ("【标题】最后一班渡轮\n【作者】苇子", "最后一班渡轮", "苇子"),
        ("《最后一班渡轮》\n作者：苇子", "最后一班渡轮", "苇子"),
        ("タイトル：最後の渡し船\n書き手：葦子", "最後の渡し船", "葦子"),
        ("「最後の渡し船」 作：葦子", "最後の渡し船", "葦子"),
    ]
)
def test_labels_are_read_with_any_sign_between_them(head: str, title: str, author: str | None) -> None:
    story = read(f"{head}\n\n{TALE}")
    assert (story.title, story.author, story.chapters[0].prose) == (title, author, TALE)


@heads(
    [
        ("Title: The Last Friday\nby Wick Fen", "The Last Friday", "Wick Fen"),
        ("Title: The Last Friday\nRating: T\nby wickfen", "The Last Friday", "wickfen"),
        ("Title: The Last Friday\n\nby Wick Fen", "The Last Friday", "Wick Fen"),
        ("Title: The Last Friday\n\n*by wick_fen99*\nRating: T", "The Last Friday", "wick_fen99"),
        ("Titre : Le dernier bac\npar Marie Mésange", "Le dernier bac", "Marie Mésange"),
        ("Title: The Last Friday\nby the old pier", "The Last Friday by the old pier", None),
    ]
)
def test_a_byline_among_labels_or_below_them_is_one(head: str, title: str, author: str | None) -> None:
    story = read(f"{head}\n\n{TALE}")
    assert (story.title, story.author) == (title, author)
    assert story.chapters[0].prose == TALE


@heads(
    [
        ("The Last Friday\nAn Ottilie & Bo songfic by MossFoot", "The Last Friday", "MossFoot"),
        ("The Last Friday\na oneshot by wickfen", "The Last Friday", "wickfen"),
        ("The Last Friday\nA short story by Hanne Vost", "The Last Friday", "Hanne Vost"),
        ("the last friday\nwritten by: wickfen", "the last friday", "wickfen"),
        ("The Last Friday\n(a little sad, sorry)\nby wickfen", "The Last Friday", "wickfen"),
        ("La última barca\n(songfic, no me maten)\npor Nieve de Mayo", "La última barca", "Nieve de Mayo"),
        ("Le dernier bac\nde @mesange_bleue", "Le dernier bac", "mesange_bleue"),
        ("A última balsa\npor @mare.alta", "A última balsa", "mare.alta"),
        ("[center][b]The Last Friday[/b][/center]\n[center]by wickfen[/center]", "The Last Friday", "wickfen"),
        ("[center][size=18]The Last Friday[/size]\nby wickfen[/center]", "The Last Friday", "wickfen"),
        ("[b][u]The Last Friday[/u][/b]\nby wickfen", "The Last Friday", "wickfen"),
        ('"The Last Friday"\nby wickfen', "The Last Friday", "wickfen"),
        ('"The Last Friday" by wickfen', "The Last Friday", "wickfen"),
        ("The Last Friday (by wickfen)", "The Last Friday", "wickfen"),
        ("The Last Friday, by Hanne Vost", "The Last Friday", "Hanne Vost"),
        ("The Last Friday\n@wickfen", "The Last Friday", "wickfen"),
        ("The Last Friday\n~wickfen~", "The Last Friday", "wickfen"),
        ("The Last Friday\n- wickfen", "The Last Friday", "wickfen"),
    ]
)
def test_a_byline_is_read_in_its_many_forms(head: str, title: str, author: str | None) -> None:
    story = read(f"{head}\n\n{TALE}")
    assert (story.title, story.author, story.chapters[0].prose) == (title, author, TALE)


@heads(
    [
        (
            "Re: August contest\n« Reply #4 on: March 2, 2010, 08:15:12 PM »\n\nLANDING\nby wickfen",
            "LANDING",
            "wickfen",
        ),
        (
            "Hi everyone! This is my first fic here, please be nice.\n\nThe Last Friday\nby wickfen",
            "The Last Friday",
            "wickfen",
        ),
        ("hello all!! enjoy and review :)\n\n**The Last Friday**", "The Last Friday", None),
        (
            "Games » Saltmarsh » The Last Friday\nAuthor: Hanne Vost\nRated: K - English - Drama - Words: 90 - id: 1",
            "The Last Friday",
            "Hanne Vost",
        ),
        (
            "The Last Friday\nBy: Hanne of the Reeds Follow/Fav\n"
            "Ottilie waits for a boat.\nRated: Fiction T - English - Words: 90 - id: 1",
            "The Last Friday",
            "Hanne of the Reeds",
        ),
        ("The Last Friday\nTo: Bo\nFrom: your secret santa\nRating: G", "The Last Friday", "your secret santa"),
        (
            "La última barca\nPara: Ruy\nDe: tu amigo invisible\nAviso: dos groserías",
            "La última barca",
            "tu amigo invisible",
        ),
        ("Der letzte Freitag\nFür: Bo\nVon: deinem Wichtel\nGenre: Drama", "Der letzte Freitag", "deinem Wichtel"),
        (
            "Le dernier bac\nPour : Bo\nDe : ton père Noël secret\nGenre : Drame",
            "Le dernier bac",
            "ton père Noël secret",
        ),
        ("The Last Friday\n\n(posting this from my phone, ignore the typos)", "The Last Friday", None),
        ("Jumat Terakhir\n\n(iseng doang, jangan diseriusin)", "Jumat Terakhir", None),
        ("THE LAST FRIDAY\n\nCover by @inkgull\n\n© 2018 wickfen. All rights reserved.", "THE LAST FRIDAY", None),
    ]
)
def test_what_a_site_or_an_author_says_above_is_no_title(head: str, title: str, author: str | None) -> None:
    story = read(f"{head}\n\n{TALE}")
    assert (story.title, story.author, story.chapters[0].prose) == (title, author, TALE)


@heads(
    [
        ("[OS] The Last Friday\nDisclaimer: not mine\nPairing: O/B", "The Last Friday", None),
        ("FIC: The Last Friday [Saltmarsh, Ottilie/Bo, PG-13]", "The Last Friday", None),
        ("Fic: A última balsa\nAutora: Maré\nShipper: Otília/Bo", "A última balsa", "Maré"),
        ("Oneshot: Die letzte Fähre", "Die letzte Fähre", None),
        ("the last friday (98 words)", "the last friday", None),
        ("Titolo: L'ultimo traghetto ~\nAutore: scoglio", "L'ultimo traghetto", "scoglio"),
        ("✧･ﾟ: *✧･ﾟ:* the last friday *:･ﾟ✧*:･ﾟ✧", "the last friday", None),
        ("[url=https://archive.example/1]The Last Friday[/url]", "The Last Friday", None),
        ("最後の渡し船\n\n葦子", "最後の渡し船", "葦子"),
        ("最后一班渡轮\n\n苇子", "最后一班渡轮", "苇子"),
        ("最后一班渡轮 by 苇子", "最后一班渡轮", "苇子"),
        ("最後の渡し船（短編）", "最後の渡し船", None),
        ("The Last Friday - a songfic", "The Last Friday", None),
        ("楼主：苇子\n发表于 2012-03-02 20:15\n\n最后一班渡轮", "最后一班渡轮", "苇子"),
        ("«Последний паром»\n(с) Чайка", "Последний паром", "Чайка"),
        ("A Última Balsa\nEscrita por Maré Alta", "A Última Balsa", "Maré Alta"),
        ("Titre: Le dernier bac / Auteur: Mésange / Rating: T", "Le dernier bac", "Mésange"),
    ]
)
def test_a_title_is_shown_without_what_a_post_says_of_itself(head: str, title: str, author: str | None) -> None:
    story = read(f"{head}\n\n{TALE}")
    assert (story.title, story.author, story.chapters[0].prose) == (title, author, TALE)


@heads(
    [
        ('"The Last Friday"\n\nA Saltmarsh fanfic\n\nby wickfen', "The Last Friday", "wickfen"),
        ("The Last Friday\nFor Bo, who wanted boats", "The Last Friday", None),
        ("La última barca\n\npara Ruy, que la perdió", "La última barca", None),
        ('The Last Friday\n(Songfic to "Low Water" by The Gulls)', "The Last Friday", None),
        ("The Last Friday ✔️\n\nHighest rank: #3 in Ferries", "The Last Friday", None),
        (
            '[B]The Last Friday[/B]\n[I]by wickfen[/I]\n\n[SPOILER="Warnings"]none[/SPOILER]',
            "The Last Friday",
            "wickfen",
        ),
        (
            "The Last Friday\nwickfen\nSummary:\nShe waits for a boat.\nNotes:\nfor bo\nWork Text:",
            "The Last Friday",
            "wickfen",
        ),
        ("ferries, mostly\n\nfor r., who knows which quay", "ferries, mostly", None),
        ("ostatni prom\n\ndla Oli, która wie dlaczego", "ostatni prom", None),
        ("Kapal Terakhir\n.\nSaltmarsh © Ann Vane\nFanfiction by wick_fen\n.\nRated: T", "Kapal Terakhir", "wick_fen"),
        ("The Last Friday\n\nPreviously: the ferry left without them.", "The Last Friday", None),
    ]
)
def test_what_stands_between_title_and_story_is_a_note(head: str, title: str, author: str | None) -> None:
    story = read(f"{head}\n\n{TALE}")
    assert (story.title, story.author, story.chapters[0].prose) == (title, author, TALE)


@pytest.mark.parametrize(
    ("head", "end"),
    [
        ("wickfen\nJoin Date: May 2008\nPosts: 204", "__________________\nMy fics | My LJ\nReply With Quote"),
        ("wickfen\nWell-Known Member\nMar 14, 2019\n#1", "Like Reply\nReactions: Bo, Finn and 12 others"),
        ("FIC: The Last Friday", "feedback to wick@fen.example, please"),
    ],
)
def test_what_a_site_puts_below_is_no_story(head: str, end: str) -> None:
    assert read(f"{head}\n\n{TALE}\n\n{end}").chapters[0].prose == TALE


@pytest.mark.parametrize(
    "opening",
    [
        "For Mara there was no ferry.",
        "For Mara there was no ferry,\nfor Bo there was no bell,\n"
        "for no one was the harbour,\nfor all of us the swell.",
        "(London, 1890)",
    ],
)
def test_what_only_begins_like_a_note_is_story(opening: str) -> None:
    assert read(f"THE LAST FRIDAY\n\n{opening}\n\n{TALE}").chapters[0].prose.startswith(opening)


@pytest.mark.parametrize(
    ("head", "chapter"),
    [
        ("How to Steal a Ferry\nChapter 3: In Which Nobody Swims", "In Which Nobody Swims"),
        ("how to steal a ferry\nChapter 2 - the rope", "the rope"),
        ("How to Steal a Ferry\n\nChapter 3: In Which Nobody Swims", "In Which Nobody Swims"),
    ],
)
def test_a_chapter_heading_stands_right_below_the_title(head: str, chapter: str) -> None:
    story = read(f"{head}\n\n~Ottilie's POV~\n\n{TALE}\n\n~Bo's POV~\n\nHe let go of the rope.")
    assert story.title.lower() == "how to steal a ferry"
    assert [each.title for each in story.chapters] == [chapter]


@pytest.mark.parametrize("opening", ["拝啓", "前略", "敬启者"])
def test_a_salutation_is_no_title(opening: str) -> None:
    text = f"{opening}\n\n港の灯が消えてから、もう三日になります。\n\nあなたの船はまだ戻りません。\n\n敬具"
    assert read(text).chapters[0].prose.startswith(opening)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "THE CHAT\n\nbo: anyone up\n\nottilie: no\n\nbo: good\n\n"
            "ottilie: what now\n\n[bo added finn]\n\nfinn: hi everyone :)",
            "finn: hi everyone :)",
        ),
        (
            "THE CHAT\n\nbo: ferry?\n\nottilie: no\n\nbo: tell me if it comes\n\n"
            "ottilie: ok\n\nbo: let me know what you think :)",
            "bo: let me know what you think :)",
        ),
    ],
)
def test_a_chat_ends_with_its_last_message(text: str, last: str) -> None:
    assert read(text).chapters[0].prose.endswith(last)


def test_stage_directions_below_the_title_are_story() -> None:
    text = "THE FERRY\n\n(a quay, at night.)\n\nBO: Is it here?\n\n(he looks out.)\n\nOTTILIE: No.\n\nBO: Then we wait."
    assert read(text).chapters[0].prose.startswith("(a quay, at night.)")


def test_a_classification_is_a_rating_only_by_itself() -> None:
    assert value_of({"rating": "PG", "classification": "V, A"}, "rating") == "PG"
    assert value_of({"classification": "PG"}, "rating") == "PG"


def test_a_tight_copy_of_a_work_has_its_title_above_the_notes() -> None:
    story = read(
        "Rating:\nMature\nFandom:\nSaltmarsh\nStats:\nPublished:\n"
        "2020-03-01\nWords:\n90\nHits:\n12\nthe last friday\nwickfen\n"
        f"Work Text:\n{TALE}"
    )
    assert (story.title, story.author, story.chapters[0].prose) == ("the last friday", "wickfen", TALE)


@pytest.mark.parametrize(
    ("head", "title", "author"),
    [
        ("Title: The Last Friday (1/1)\nAuthor: Wick F. <wick@fen.example>", "The Last Friday", "Wick F."),
        (
            "Title: The Last Friday\nFollow/Fav\nAutore: wickfen    09/10/2015    6 recensioni",
            "The Last Friday",
            "wickfen",
        ),
        ("The Last Friday\nAutor: wickfen (wick@fen.example)\nGenero: Drama", "The Last Friday", "wickfen"),
    ],
)
def test_a_label_keeps_the_name_alone(head: str, title: str, author: str) -> None:
    story = read(f"{head}\n\n{TALE}")
    assert (story.title, story.author) == (title, author)


@pytest.mark.parametrize("line", ["12 | the rope", "[12] - the rope", "12. the rope"])
def test_a_number_and_a_title_head_a_chapter(line: str) -> None:
    story = read(f"The Last Friday\nby wickfen\n\n{line}\n\nhii sorry this is late!! please vote and comment\n\n{TALE}")
    assert [(each.name.number, each.title) for each in story.chapters] == [(12, "the rope")]
    assert (story.title, story.author, story.chapters[0].prose) == ("The Last Friday", "wickfen", TALE)


def test_labels_below_a_chapters_heading_are_the_storys() -> None:
    head = "WEBNOVEL   Browse   Rankings   Forum\nThe Last Friday\nChapter 31 - The Rope\nAuthor: wick_fen\nRating: T"
    story = read(f"{head}\n\n{TALE}")
    assert (story.title, story.author, story.metadata["rating"]) == ("The Last Friday", "wick_fen", "T")
    assert [each.title for each in story.chapters] == ["The Rope"]


@pytest.mark.parametrize(
    "sign", ["-- Hanne Vost", "by wick_fen", "Love, Hanne", "Bisous salés,\nHanne", "(c) Hanne Vost, 2018"]
)
def test_who_signs_below_the_story_is_its_author(sign: str) -> None:
    story = read(f"The Last Friday\n\n{TALE}\n\nThe End\n\nThanks for reading!! Please review.\n\n{sign}")
    assert story.author is not None and story.author in sign
    assert story.chapters[0].prose == TALE


@pytest.mark.parametrize(
    "said", ["~ To be continued ~", "-x-x-x-", "Sorted by: best", "Love, from all of us at the sea"]
)
def test_what_signs_nothing_names_no_author(said: str) -> None:
    assert read(f"The Last Friday\n\n{TALE}\n\nThanks for reading!! Please review.\n\n{said}").author is None


@pytest.mark.parametrize("line", ["Inès's POV", "Narra Inès"])
def test_who_tells_a_story_stands_above_it_as_part_of_it(line: str) -> None:
    story = read(
        f"THE LAST FRIDAY\n\nChapter 2: The Rope\n\nHi guys, sorry I'm late!! Enjoy and review.\n\n{line}\n\n{TALE}"
    )
    assert story.chapters[0].prose == f"{line}\n\n{TALE}"


def test_values_below_their_labels_are_kept_with_them() -> None:
    head = (
        "Книга фанфиков",
        "Последний паром",
        "Джен",
        "PG-13",
        "Завершён",
        "86",
        "Пэйринг и персонажи:",
        "Оттилия, Бо",
    )
    below = ("Автор:", "Тётя Чайка", "Размер:", "3 страницы, 1 часть", "Описание:", "Паром приходит пустым.")
    story = read("\n".join((*head, *below)) + f"\n\n{TALE}")
    assert (story.title, story.author, story.summary) == ("Последний паром", "Тётя Чайка", "Паром приходит пустым.")
    assert story.metadata["пэйринг и персонажи"] == "Оттилия, Бо" and "" not in story.metadata.values()
    assert story.chapters[0].prose == TALE


@pytest.mark.parametrize("name", ["TAM  sell.", "Nell (she/her)", "A. N. Other, Leeds", "de Witt"])
def test_an_odd_name_behind_its_label_stays(name: str) -> None:
    assert read(f"Title: The Last Friday\nAuthor: {name}\n\n{TALE}").author == name


def test_two_chapters_that_fanficfare_wrote_as_text_are_two() -> None:
    details = (
        "Category: Harbour Tales\nGenre: Drama, Hurt, Comfort\nCharacters: Mara, The Keeper, Otto the Ferryman\n"
        "Status: Completed\nPackaged: 2020-01-02 20:11:12\nRating: K+\nPublisher: www.harbour.example\n"
        "Summary: A ferry comes in without anybody on it, and nobody asks it where it\nhas been."
    )
    chapters = f"\t1. The Quay\n\n{TALE}\n\n\n\t2. The Lamp\n\n{TALE}"
    text = f"The Last Friday\n\nby wick_fen\n\n\n{details}\n\n\n{chapters}\n\n\nEnd file.\n"
    story = read(text)
    assert [(each.name.number, each.title, each.prose) for each in story.chapters] == [
        (1, "The Quay", TALE),
        (2, "The Lamp", TALE),
    ]
    assert (story.title, story.author, story.summary) == (
        "The Last Friday",
        "wick_fen",
        "A ferry comes in without anybody on it, and nobody asks it where it has been.",
    )
