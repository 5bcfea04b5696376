"""Quotes stand by themselves: whole sentences of one paragraph, dialogue with who says it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import read_story
from bot.stories.quotes import QUOTE_CHARS, pick

SENTENCES = [
    "The fox came down to the water at dusk, when the herons had gone.",
    '"You will not swim it," said the otter, who had seen nine of them try.',
    "“Not today,” said the fox.",
    "She drank.",
    "Then it rained?",
    "Nobody had ever crossed there, not even in the year of the great drought…",
    '"No!"',
    "« Où vas-tu ? » demanda la loutre, sans lever la tête de son poisson.",
    "Mr. Reed kept a boat on the other bank, and never once untied it.",
    "It cost 3.50 at the ferry, and the ferry was gone by then.",
]
proses = st.lists(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6
).map("\n\n".join)


@given(st.one_of(proses, st.text('aB. "“”\n!?«»—', max_size=400)))
def test_a_quote_is_a_piece_of_one_paragraph_of_fair_length_and_stands_where_it_says(prose: str) -> None:
    quotes = pick(prose)
    for quote in quotes:
        assert prose.startswith(quote.text, quote.start)
        assert len(quote.text) in QUOTE_CHARS
        assert "\n" not in quote.text
        assert quote.text == quote.text.strip()
    assert all(a.start + len(a.text) <= b.start for a, b in pairwise(quotes))


@given(proses)
def test_a_quote_is_whole_sentences(prose: str) -> None:
    whole = {start for start in range(len(prose)) if any(prose.startswith(s, start) for s in SENTENCES)}
    ends = {start + len(s) for start in whole for s in SENTENCES if prose.startswith(s, start)}
    for quote in pick(prose):
        assert quote.start in whole
        assert quote.start + len(quote.text) in ends


@given(proses)
def test_the_marks_of_speech_are_closed_in_a_quote(prose: str) -> None:
    for quote in pick(prose):
        assert quote.text.count('"') % 2 == 0
        assert quote.text.count("“") == quote.text.count("”")
        assert quote.text.count("«") == quote.text.count("»")


@pytest.mark.parametrize(
    "paragraph",
    [
        '"You will not swim it, not today and not in any of the years that you have left."',
        "“You will not swim it, not today and not in any of the years that you have left.”",
        "and then they went on without it, the whole long way, until it rained.",
        "The fox came down to the water at dusk, when the herons had gone,",
        "The end.",
        '"I have something to tell you about the river and the fox,',
        "Roses are red and so is the fox at the water,\nviolets are blue and so is the river at dusk.",
        "x" * 400 + ".",
    ],
)
def test_what_does_not_stand_by_itself_is_no_quote(paragraph: str) -> None:
    assert pick(paragraph) == ()


@pytest.mark.parametrize(
    "paragraph",
    [
        '"You will not swim it," said the otter. "I have watched nine of you try."',
        "The fox came down to the water at dusk, when the herons had gone, and looked at the other bank.",
        "« Tu ne passeras pas », dit la loutre, qui en avait vu neuf essayer avant lui.",
        "— Vous avez encore cinq minutes de retard, monsieur Vidalou, disait-elle.",
    ],
)
def test_what_stands_by_itself_is_quoted_whole(paragraph: str) -> None:
    assert [quote.text for quote in pick(paragraph)] == [paragraph]


def test_a_sentence_does_not_end_at_an_abbreviation() -> None:
    paragraph = (
        "It was long past midnight, and the rain had not let up since Sunday, when the fox came at last to see old Mr."
        " Reed, who kept a boat on the other bank and had not untied it in all the years that the otter had known"
        " him, nor in those before, when there had been a ferry there, and a bell to call it, and a boy who came"
        " running when it rang in the night."
    )
    assert len(paragraph) > QUOTE_CHARS.stop
    assert pick(paragraph) == ()


def test_nothing_from_the_notes_is_quoted() -> None:
    story = read_story(
        b"A/N: I wrote this whole thing on a bus and I am very proud of it, so please be kind to it.\n\n----\n\n"
        b"The fox came down to the water at dusk, when the herons had gone.\n\n-Fin-\n\n"
        b"Thanks for reading all of this, and please review it if you have got a minute left today!\n",
        "fox.txt",
    )
    [chapter] = story.chapters
    assert [quote.text for quote in chapter.quotes] == [
        "The fox came down to the water at dusk, when the herons had gone."
    ]
