"""Quotes stand by themselves: whole sentences or whole lines, talk with who says it, and of a story the good ones."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import read_story
from bot.stories.quotes import selection
from bot.stories.quotes.blocks import QUOTE_CHARS, SEARCHED_CHARS
from bot.stories.quotes.score import score
from bot.stories.quotes.selection import (
    FINE,
    LEAST,
    WORDS_PER_FINE_QUOTE,
    WORDS_PER_QUOTE,
    select_quotes,
)
from bot.stories.quotes.weights import weights_of
from tests.quote_reference import check_that_it_stands, leans

SEEDS = sorted((Path(__file__).parents[3] / "seeds").iterdir())

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
LINES = [
    "The ferry is late and the river is wide,",
    "and nobody waits on the opposite side.",
    "Count me the herons, count me the reeds,",
    "(a fox never asks for the thing that he needs)",
    "and tell me the water is only a word.",
    "“It is colder,” she said, “than the last thing I heard.”",
]
paragraphs = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(" ".join)
verses = st.lists(st.sampled_from(LINES), min_size=2, max_size=9).map("\n".join)
proses = st.lists(st.one_of(paragraphs, paragraphs, verses), min_size=1, max_size=8).map("\n\n".join)


def picked(prose: str, least: int = 65) -> list[str]:
    """Return all quotes of *prose* with *least* points, however short it is."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(selection, "WORDS_PER_QUOTE", 1)
        patched.setattr(selection, "LEAST", least)
        return [quote.text for quote in select_quotes([prose])[0]]


@given(st.one_of(proses, st.text("aB. \"“”\n!?«»—‘’'", max_size=400)))
def test_a_quote_is_a_piece_of_the_prose_of_fair_length_and_stands_where_it_says(prose: str) -> None:
    [quotes] = select_quotes([prose])
    for quote in quotes:
        assert prose.startswith(quote.text, quote.start)
        assert len(quote.text) in QUOTE_CHARS
        assert quote.text == quote.text.strip()
        assert "\n\n\n" not in quote.text
        assert LEAST <= quote.score <= 100
    assert all(a.start + len(a.text) <= b.start for a, b in pairwise(quotes))


@given(proses)
def test_a_quote_is_whole_sentences_or_whole_lines(prose: str) -> None:
    pieces = [*SENTENCES, *LINES]
    whole = {start for start in range(len(prose)) if any(prose.startswith(s, start) for s in pieces)}
    ends = {start + len(s) for start in whole for s in pieces if prose.startswith(s, start)}
    for quote in select_quotes([prose])[0]:
        assert quote.start in whole
        assert quote.start + len(quote.text) in ends


@given(proses)
def test_the_marks_of_speech_are_closed_in_a_quote(prose: str) -> None:
    for text in picked(prose):
        assert text.count('"') % 2 == 0
        for opening, closing in ("“”", "«»", "()"):
            assert text.count(opening) == text.count(closing)


@given(proses)
def test_a_quote_is_worth_what_its_text_is(prose: str) -> None:
    for quote in select_quotes([prose])[0]:
        assert quote.score == score(quote.text, weights_of(prose))


@given(st.lists(proses, min_size=1, max_size=4))
def test_what_is_quoted_is_the_best_there_is(chapters: list[str]) -> None:
    """No fine passage that is quoted of a paragraph by itself would have been better than the best of all."""
    best = max((quote.score for quotes in select_quotes(chapters) for quote in quotes), default=0)
    weights = weights_of(" ".join(chapters))
    for paragraph in {paragraph for prose in chapters for paragraph in prose.split("\n\n")}:
        for text in () if paragraph[0].islower() else picked(paragraph):  # by itself it would be without capitals
            assert score(text, weights) <= max(best, FINE - 1) + 1


@pytest.mark.parametrize(
    "paragraph",
    [
        '"You will not swim it, not today and not in any of the years that you have left."',
        "“You will not swim it, not today and not in any of the years that you have left.”",
        "— You will not swim it; not today and not in any of the years that you have left.",
        "and then they went on without it, the whole long way, until it rained.",
        "The fox came down to the water at dusk, when the herons had gone,",
        "The end.",
        '"I have something to tell you about the river and the fox,',
        "x" * 400 + ".",
        "12 May. The fox came down to the water at dusk, when the herons had gone.",
        "OTTER: You will not swim it, not today and not in any of the years that you have left.",
        "[The fox is typing, and has been typing since the herons went away at dusk.]",
        "- A fox who came down to the water at dusk, and a heron who had gone away.",
        "The otter wrote it all down at https://otter.example/river, where nobody ever looked.",
        "The fox (who had never once been asked came down to the water at dusk, when the herons had gone.",
        "Dear fox,",
        "Yours, as ever and in spite of the river,",
    ],
)
def test_what_does_not_stand_by_itself_is_no_quote(paragraph: str) -> None:
    assert picked(paragraph) == []


@pytest.mark.parametrize(
    "paragraph",
    [
        '"You will not swim it," said the otter. "I have watched nine of you try."',
        "The fox came down to the water at dusk, when the herons had gone, and looked at the other bank.",
        "« Tu ne passeras jamais », dit la loutre, qui en avait vu mourir neuf avant lui.",
        "— Vous n'avez jamais perdu que cinq minutes de votre vie, monsieur Vidalou, disait-elle.",
        "— Ты не переплывёшь, — сказала выдра, которая видела, как пробовали девять других.",
        "—No vas a cruzarlo nunca —dijo la nutria, que había visto morir a otros nueve—. Ni hoy ni mañana.",
        "„Du kommst nie hinüber“, sagte der Otter, der schon neun andere hatte schwimmen sehen.",
        "‘You will not swim it,’ said the otter. ‘I’ve watched nine of you try, and buried the boys’ boat.’",
        "'You will not swim it,' said the otter. 'I have watched nine of you try, and it's cold.'",
        "「誰も渡れない」と川獺は言った。九匹の狐が試すのを、もう見てきたからだ。誰も帰ってこなかった。",
        "“你过不去的。”水獭说，它已经看过九只狐狸试过了。没有一只回来。",
    ],
)
def test_what_stands_by_itself_is_quoted_whole(paragraph: str) -> None:
    assert picked(paragraph, LEAST) == [paragraph]


TOLD = "The otter looked at the river for as long as it takes to eat a fish."
MONOLOGUE = (
    "You will not swim it. The current takes a fox by the tail and a year later gives back the tail. Nobody has ever"
    " crossed here but the ferryman, and the ferryman had a boat. I have seen nine of you try, and every one of the"
    " nine had a plan that was better than yours, and a mother who had told him not to. Go home."
)


@pytest.mark.parametrize("marks", ["“”", '""', "«»"])
@pytest.mark.parametrize("paragraph", ["{0}{1}{2}", "{3} {0}{1}{2}", "{0}{1}{2} {3}"])
def test_of_a_long_speech_whole_sentences_are_quoted_without_its_marks(marks: str, paragraph: str) -> None:
    texts = picked(paragraph.format(marks[0], MONOLOGUE, marks[1], TOLD))
    assert any(text in MONOLOGUE for text in texts)
    for text in texts:
        assert text == TOLD or (text in MONOLOGUE and text.endswith(".") and text[0].isupper())


@pytest.mark.parametrize("end", [",” she said, and she pulled the oars.", "”, she said, and she pulled the oars."])
def test_the_end_of_a_long_speech_is_quoted_up_to_where_its_sentence_goes_on(end: str) -> None:
    last = "You must believe that one of us has to be afraid of the river, and that it never was the river"
    texts = picked(f"“{MONOLOGUE[: MONOLOGUE.index('Go home')]}{last}{end}")
    assert any(text.endswith(last) for text in texts)
    assert not any("she said" in text and "“" not in text for text in texts)


def test_no_quote_begins_with_who_said_what_stands_before_it() -> None:
    said = "The river has never forgiven anybody, and neither have I."
    texts = picked(f'"Row!" Tilda cried. {said} "You must believe me, because nobody ever has," she said.')
    assert texts and not any(text.startswith("Tilda") for text in texts)


def test_no_part_of_a_short_speech_is_quoted() -> None:
    paragraph = f'"{MONOLOGUE[:150]}." {TOLD}'
    assert not any(text in MONOLOGUE for text in picked(paragraph))


def test_nothing_is_quoted_across_an_end_of_a_speech() -> None:
    said = MONOLOGUE.replace("boat. I", "boat.” The fox sat down. “I")
    for text in picked(f"“{said}”"):
        assert text.count("“") == text.count("”")


def test_a_sentence_does_not_end_at_an_abbreviation() -> None:
    paragraph = (
        "It was long past midnight, and the rain had not let up since Sunday, when the fox came at last to see old Mr."
        " Reed, who kept a boat on the other bank and had not untied it in all the years that the otter had known"
        " him, nor in those before, when there had been a ferry there, and a bell to call it, and a boy who came"
        " running when it rang in the night."
    )
    assert len(paragraph) > QUOTE_CHARS.stop
    assert picked(paragraph) == []


# -- chats --------------------------------------------------------------------

MESSAGE = "nobody who loves a river has ever asked it to be on time"


@pytest.mark.parametrize(
    "sender", ["fox_92: ", "<fox> ", "[12:03] Fox (no. 7): ", "[River] fox: ", "**Fox:** ", "12:03 - THE FOX: "]
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_message_of_a_chat_is_quoted_without_its_sender(sender: str, between: str) -> None:
    other = sender.replace("fox", "heron").replace("Fox", "Heron").replace("FOX", "HERON")
    lines = (f"{sender}is it there", f"{other}it is", f"{sender}{MESSAGE}", f"{other}no", f"{sender}right")
    assert picked(between.join(lines)) == [MESSAGE]


def test_a_line_with_a_colon_amid_a_story_is_no_message() -> None:
    told = "The fox came down to the water at dusk, when the herons had gone."
    assert picked(f"{told}\n\nNote: {MESSAGE}.\n\n{told}\n\n{told}", LEAST) == [told]


def test_a_story_without_capitals_has_quotes() -> None:
    told = f"the fox came down to the water. {MESSAGE}. it rained."
    assert picked("\n\n".join([told, "the river went by.", "the fox looked at it."])) != []
    assert picked(f"The fox came down to the water, and {MESSAGE}. it rained.\n\nIt was late.", LEAST)[0][0] == "T"


# -- verse --------------------------------------------------------------------

STANZA = (
    "Leave me the ferry, leave me the bell,\nleave me whatever the river won't sell.\n"
    "I had a penny, I had a plan,\nI had the word of a waterlogged man."
)
SONG = (
    f"{STANZA}\nSo ring, if you're ringing, and row, if you row,\nthere's nobody left on the bank that I know.\n"
    "The herons are counting, the heron's asleep,\nand the water is wider than promises keep."
)


def test_a_stanza_is_quoted_whole_with_its_lines() -> None:
    assert picked(STANZA) == [STANZA]


def test_of_a_longer_song_lines_up_to_the_end_of_a_sentence_are_quoted() -> None:
    texts = picked(SONG)
    assert texts
    for text in texts:
        assert text in SONG and len(text) in QUOTE_CHARS
        assert all(line in SONG.split("\n") for line in text.split("\n"))
        assert text.endswith((".", "man."))


@given(st.integers(1, 60))
def test_of_a_verse_too_long_to_look_at_no_half_line_is_quoted(more: int) -> None:
    lines = [
        f"The heron at the {'far ' * (n % 5)}bank has counted every fox" for n in range(SEARCHED_CHARS // 50 + more)
    ]
    for text in picked("\n".join(lines)):
        assert set(text.split("\n")) <= set(lines)


@pytest.mark.parametrize(
    "block",
    [
        "Anna: hi, are you still at the river?\nBen: define river for me, would you",
        "fox_92: is anybody there on the other side\nheron: no, nobody has been there in years",
        "Number Nine, the Old Ferry House,\nLittle Reeding",
        "Yours, in spite of all that water,\nThe Otter",
        "1. a fox who has a plan for the river\n2. a boat that nobody has untied",
        "[12:03] the fox is looking at the river\n[12:04] the river is looking at the fox",
        '"You will not swim it, not in your life."\n"I never said that I wanted to swim it."',
        "It rained.\nAgain.\nAll day.\nAll night.\nAll week.\nAll of it.\nOn us.",
        "The fox came down to the water at dusk, when the herons had gone, and sat down to wait for somebody.\nNobody.",
    ],
    ids=["chat", "nicknames", "address", "signature", "list", "log", "talk", "words", "paragraph"],
)
def test_lines_that_are_no_verse_are_no_quote(block: str) -> None:
    assert picked(block) == []


# -- a story ------------------------------------------------------------------

FINE_ONE = (
    "Nobody who loves you ever forgets you, and in {n} winters I have forgotten nothing at all of what you said to me."
)
GOOD_ONE = "The heron had a clock for {n} winters, and the clock had stopped for the whole of a war."
NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
DULL = "He shook his head {n} times and looked at her. She sighed and turned to him. They walked on quietly."


def test_a_story_with_enough_fine_quotes_has_no_other() -> None:
    fine = [FINE_ONE.format(n=f"{n} hundred") for n in NUMBERS]
    prose = "\n\n".join(f"{DULL.format(n='two')}\n\n{text}\n\n{DULL.format(n='three')}" for text in fine)
    assert set(picked(prose)) == set(fine)


@pytest.mark.parametrize("count", [20, 40, 80])
def test_the_longer_a_story_the_more_quotes_it_has(count: int) -> None:
    numbers = [f"{NUMBERS[n // 10]} hundred and {NUMBERS[n % 10]}" for n in range(count)]
    prose = "\n\n".join(FINE_ONE.format(n=n) for n in numbers)
    assert len(select_quotes([prose])[0]) == 1 + len(prose.split()) // WORDS_PER_FINE_QUOTE


@pytest.mark.parametrize(("fine", "dull"), [(0, 6), (1, 6), (2, 10), (8, 3)])
def test_a_story_has_its_fine_passages_and_one_for_each_four_hundred_words(fine: int, dull: int) -> None:
    told = [FINE_ONE.format(n=n) for n in NUMBERS[:fine]] + [GOOD_ONE.format(n=n) for n in NUMBERS]
    walked = [f"{DULL.format(n=f'{a} hundred and {b}')} It rained." for a in NUMBERS[:dull] for b in NUMBERS]
    each = len(walked) // len(told)
    prose = "\n\n".join(" ".join(walked[n * each : n * each + each]) + f"\n\n{told[n]}" for n in range(len(told)))
    [quotes] = select_quotes([prose])
    words = len(prose.split())
    due, most = 1 + words // WORDS_PER_QUOTE, 1 + words // WORDS_PER_FINE_QUOTE
    assert len(quotes) == max(due, min(len(picked(prose, FINE)), most))
    assert sum(quote.score >= FINE for quote in quotes) >= min(fine, most)


def test_each_story_has_its_best_passage() -> None:
    said = "The ferry was late again, and the keeper of the bell had a cold."
    walked = "\n\n".join(f"{DULL.format(n=n)} Then they went to the door." for n in NUMBERS)
    [[quote]] = select_quotes([f"{walked}\n\n{said}"])
    assert quote.text == said and quote.score < FINE


def test_the_first_line_is_quoted_only_where_it_is_the_best() -> None:
    first = GOOD_ONE.format(n="two")
    walked = "\n\n".join(DULL.format(n=n) for n in NUMBERS)
    assert [quote.text for quote in select_quotes([f"{first}\n\n{walked}"])[0]] == [first]
    better = FINE_ONE.format(n="nine")
    long = "\n\n".join([first, walked, better, walked, walked, walked])
    assert first not in [quote.text for quote in select_quotes([long])[0]]


def test_the_first_third_is_quoted_though_the_rest_is_better() -> None:
    dull = "\n\n".join(f"{DULL.format(n=n)} The lamp was lit." for n in ("two", "three", "four", "five") * 10)
    good = GOOD_ONE.format(n="nine")
    rest = "\n\n".join(FINE_ONE.format(n=f"{n} hundred") for n in range(100, 140))
    first = f"{DULL.format(n='two')}\n\n{good}\n\n{dull}"
    [quote], better = select_quotes([first, rest])
    assert quote.text == good and quote.score < min(each.score for each in better)
    assert len(better) == 1 + len(f"{first} {rest}".split()) // WORDS_PER_FINE_QUOTE


@pytest.mark.parametrize(
    "opening", ["Just then", "So", "Then", "Presently", "Maybe", "As soon as it was dark", "For", "A moment later"]
)
def test_a_quote_does_not_begin_with_what_leans_on_the_words_before(opening: str) -> None:
    told = "the keeper loved nobody in the world, because the sea had never once promised him anything."
    assert picked(f"{told.capitalize()} He slept.") != []
    assert all(not text.startswith(opening) for text in picked(f"He slept. {opening} {told}"))


@pytest.mark.parametrize("mark", ["*{}*", "_{}_", "<i>{}</i>", "[b]{}[/b]", "//{}//"])
def test_nothing_with_marks_in_pairs_is_quoted(mark: str) -> None:
    prose = f"{FINE_ONE.format(n='nine')[:-1]}, {mark.format('whatever')} the otter had heard of it."
    assert picked(prose) == []


@pytest.mark.parametrize("note", ["The song is by somebody else.", "I don't own any of it!", "Lyrics: the radio"])
def test_no_verse_is_quoted_where_the_story_credits_a_song(note: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "WORDS_PER_QUOTE", 10)
    dull = DULL.format(n="two")
    text = f"Title: Low Water\n\n{{}}----\n\n{dull}\n\n{STANZA}\n\n{dull} {dull}\n"
    for head, is_quoted in (("", True), (f"A/N: {note}\n\n", False)):
        [chapter] = read_story(text.format(head).encode(), "low.txt").chapters
        assert any(quote.text == STANZA for quote in chapter.quotes) == is_quoted


def test_nothing_from_the_notes_is_quoted() -> None:
    told = "The fox came down to the water at dusk, when the herons had gone."
    body = "\n\n".join([told, *(DULL.format(n=n) for n in NUMBERS)])
    note = "I wrote this whole thing on a bus, and nobody has ever loved a story as I love this one."
    story = read_story(f"A/N: {note}\n\n----\n\n{body}\n\n-Fin-\n\nThanks for reading! {note}\n".encode(), "fox.txt")
    [chapter] = story.chapters
    assert [quote.text for quote in chapter.quotes] == [told]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_what_is_dealt_of_a_seed_stands_by_itself(path: Path) -> None:
    story = read_story(path.read_bytes(), path.name)
    quotes = [(chapter.prose, quote) for chapter in story.chapters for quote in chapter.quotes]
    assert len(quotes) * 100 <= story.words, "few enough to be good"
    assert all(quote.score >= LEAST for _, quote in quotes)
    for prose, quote in quotes:
        check_that_it_stands(prose, quote)
    assert 8 * sum(leans(quote, prose) for prose, quote in quotes) <= len(quotes) + 8, (
        "most begin with what they tell of"
    )
