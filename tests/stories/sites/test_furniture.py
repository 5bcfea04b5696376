"""Buttons and counters of sites in twelve languages; what a story says is none, alone or beside others."""

from __future__ import annotations

import pytest

from bot.stories import read_story
from bot.stories.sites.furniture import furniture_of

TALE = (
    "The harbour was empty by noon, and a gull walked the length of the wall as if it had been asked to measure it.\n\n"
    '"You came back," she said.\n\n'
    "The lamp turned once above them, and did not turn again, and nobody in the whole town thought to ask her why."
)

ROWS = [
    "1.2K Reads 74 Votes 19 Comments",
    "📖 2,3K leídos ⭐ 186 votos 💬 40 comentarios",
    "J'aime · Commenter · Partager",
    "Comentários (5)  Favoritar  Recomendar  Denunciar",
    "Nach oben | Zitieren | Beitrag melden",
    "Home | Storie | Autori | Regolamento | Contatti",
    "Нравится 34  Отзывы 7  В сборник 12  Скачать",
    "Lubię to · Komentarz · Udostępnij",
    "187   64 komentar   12 kali dibagikan",
    "いいね！・コメント・シェア",
    "热度(386) 评论(42) 推荐(17)",
    "أعجبني · تعليق · مشاركة",
    "Sent from my iPhone",
    "Envoyé de mon iPhone",
    "Last updated: 4 May 2019",
    "Mis à jour le 03/05/2021",
    "Seguir leyendo",
    "Weiterlesen | Review schreiben",
]
SINGLE = [
    "Share",
    "Répondre",
    "Compartir",
    "Comentar",
    "Antworten",
    "Rispondi",
    "Ответить",
    "Odpowiedz",
    "Balas",
    "返信",
    "举报",
    "رد",
    "3 hours ago",
    "il y a 3 heures",
    "12 comments",
]
NONE = [
    "Back home.",
    "Home, he said, and shut the door.",
    "Three chapters later she left.",
    "He went back to the top of the page.",
    "Part 2",
    "Chapter 5",
    "Bab 1. Menu",
    "34",
    "Table of Contents",
    "He liked the comments.",
    "Sent from my window, with love.",
    "Vote, comment, share, he read on the wall.",
    "Anna – Marie",
]  # fmt: skip


@pytest.mark.parametrize("line", ROWS)
def test_a_row_of_a_site_is_left_out(line: str) -> None:
    assert furniture_of(line) == "sure"
    story = read_story(f"{TALE}\n\n{line}\n".encode(), "a1.txt")
    assert story.chapters[-1].prose.split("\n\n")[-1].endswith("ask her why.")


@pytest.mark.parametrize("line", SINGLE)
def test_a_single_button_is_left_out_beside_others_and_never_amid_the_story(line: str) -> None:
    assert furniture_of(line) == "beside"
    amid = read_story(f"{TALE}\n\n{line}\n\n{TALE}\n".encode(), "a1.txt")
    beside = read_story(f"{TALE}\n\n{line}\nLike · Comment · Share\n".encode(), "a1.txt")
    assert line in amid.chapters[-1].prose
    assert line not in beside.chapters[-1].prose


@pytest.mark.parametrize("line", NONE)
def test_a_line_of_a_story_is_no_button(line: str) -> None:
    assert furniture_of(line) is None


def test_two_buttons_on_lines_of_their_own_tell_each_other() -> None:
    story = read_story(f"{TALE}\n\nTeilen\nAntworten\n".encode(), "a1.txt")
    assert "Teilen" not in story.chapters[-1].prose


def test_stories_that_a_site_offers_below_are_left_out() -> None:
    below = "You'll also like\nThe Duke's Lighthouse by wickling 3.4M 98K\nSalt by inkgull"
    story = read_story(f"{TALE}\n\n{TALE}\n\n{below}\n".encode(), "a1.txt")
    assert "Duke" not in story.chapters[-1].prose
    assert not story.notes_after
