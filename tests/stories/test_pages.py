"""Pages: slices of a chapter that end where a reader can put the story down."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import get_args

import pytest
import regex
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.stories import Page, read_story
from bot.stories.model import PARAGRAPH_BREAK, SCENE_BREAK, PageLength
from bot.stories.page_places import LINE, SHAPES, Frame, Place, blocks_in, places_in, tenths
from bot.stories.pages import PAGE_CHARS, cut, page_starts, pages_of
from bot.stories.text_width import width_of
from bot.ui.limits import EMBED_DESCRIPTION, size
from bot.ui.markdown import SCENE_ORNAMENT, page_text
from tests.markdown_reference import reading

STRANGE = [
    "🦊",
    "👩‍👩‍👧‍👦",
    "🏳️‍🌈",
    "e\u0301",
    "o\u0308\u0323",
    "日本語",
    "。",
    "！",
    "한국어",
    "नमस्ते",
    "…",
    "—",
    "\u00a0",
    "*",
    "_",
    "\\",
    "a\u200db",
    " \u0301",
    "👍🏽",
    "ก็",
]

words = st.one_of(
    st.from_regex(r"[a-zé]{1,9}[.,!?]?", fullmatch=True),
    st.sampled_from(STRANGE),
    st.sampled_from(["see", "the", "fox", "run", "and", "stop."]),
).filter(str.strip)
long_words = st.builds(lambda text, times: text * times, st.sampled_from(["x", *STRANGE]), st.integers(1, 2500))
lines = st.lists(words, min_size=1, max_size=12).map(" ".join).map(str.strip).filter(bool)
paragraphs = st.builds(lambda line, times: " ".join([line] * times), lines, st.sampled_from([1, 1, 3, 20]))
verses = st.builds(
    lambda them, times: "\n".join(them * times), st.lists(lines, min_size=2, max_size=8), st.integers(1, 6)
)
long_paragraphs = st.builds(" ".join, st.tuples(lines, long_words.map(str.strip).filter(bool), lines))
blocks = st.one_of(paragraphs, paragraphs, verses, long_paragraphs)


@st.composite
def proses(draw: st.DrawFn) -> str:
    """The prose of a chapter: paragraphs and verses, parted as `bot.stories.model` says."""
    prose = draw(blocks)
    for block in draw(st.lists(blocks, max_size=6)):
        prose += draw(st.sampled_from([PARAGRAPH_BREAK, PARAGRAPH_BREAK, SCENE_BREAK])) + block
    return prose


def starts(pages: tuple[Page, ...]) -> list[int]:
    return [page.start for page in pages]


def inner_cuts(prose: str) -> list[int]:
    return starts(cut(prose))[1:]


def is_between_blocks(prose: str, offset: int) -> bool:
    return prose[:offset].endswith("\n\n") or prose[offset:].startswith("\n\n")


def lines_of(text: str, length: PageLength) -> float:
    """Return the height of *text* in lines, measured as a page of this *length*."""
    text = text.strip("\n")
    limit = len(text) + 1
    [*_, last] = places_in(text, list(blocks_in(text)), SHAPES[length], Frame(), limit, width_of(text))
    return last.height / LINE


@given(proses())
def test_pages_joined_are_the_prose_and_none_is_empty_or_too_long(prose: str) -> None:
    pages = cut(prose)
    is_whole = "".join(page.text for page in pages) == prose  # named, for pytest's diff of long texts takes minutes
    assert is_whole
    assert all(prose.startswith(page.text, page.start) for page in pages)
    assert all(a.start + len(a.text) == b.start for a, b in pairwise(pages))
    assert all(page.text.strip() and len(page.text.strip()) <= PAGE_CHARS for page in pages)


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n"), max_size=300), st.integers(5, 60))
def test_pages_of_any_text_and_size_joined_are_that_text(text: str, limit: int) -> None:
    for starts in page_starts(text, limit=limit).values():  # the limit of characters, below that of lines
        pages = cut(text, starts=starts)
        assert "".join(page.text for page in pages) == text
        assert all(page.text and len(page.text.strip()) <= limit for page in pages)


frames = st.builds(Frame, st.floats(0, 12), st.floats(0, 12))


@given(proses(), st.sampled_from(get_args(PageLength)), frames)
def test_a_page_with_what_stands_around_it_takes_no_more_lines_than_a_screen_has(
    prose: str, length: PageLength, frame: Frame
) -> None:
    pages = cut(prose, starts=page_starts(prose, (), {length: frame})[length])
    assert "".join(page.text for page in pages) == prose
    for number, page in enumerate(pages):
        around = (0 if number else frame.above) + (frame.below if number == len(pages) - 1 else 0)
        assert lines_of(page.text, length) + around <= SHAPES[length].lines + 0.001, ascii(page.text)


paragraphs = st.lists(
    st.tuples(st.integers(1, 400), st.sampled_from([PARAGRAPH_BREAK, PARAGRAPH_BREAK, SCENE_BREAK])), min_size=1
)


@given(paragraphs, st.sampled_from(get_args(PageLength)), frames)
def test_no_other_way_to_cut_a_chapter_costs_less(
    lengths: list[tuple[int, str]], length: PageLength, frame: Frame
) -> None:
    prose = "".join("ab " * words + "ab" + gap for words, gap in lengths).rstrip()
    full, blocks = tenths(SHAPES[length].lines), list(blocks_in(prose))
    places = list(places_in(prose, blocks, SHAPES[length], frame, PAGE_CHARS, width_of(prose)))

    def cost(begin: Place, end: Place) -> int | None:
        """Return what a page from one place to another costs, or None where it is too long."""
        left = full - end.height + begin.base
        is_too_long = left < 0 or end.end - begin.start > PAGE_CHARS
        return None if is_too_long else left * left + round(end.cost * full * full)

    least: list[float] = [0]
    for i, end in enumerate(places[1:], 1):
        ways = (least[j] + each for j in range(i) if (each := cost(places[j], end)) is not None)
        least.append(min(ways, default=inf))
    assume(least[-1] < inf)  # else the ornament below a paragraph that fills a page does not fit
    starts = page_starts(prose, (), {length: frame})[length]
    chosen = [place for place in places if place.start in {*starts, len(prose)}]
    costs = [cost(begin, end) for begin, end in pairwise(chosen)]
    assert None not in costs and sum(filter(None, costs)) == least[-1]


def test_lines_are_measured_in_columns_of_which_a_wide_character_has_two_and_a_mark_none() -> None:
    assert lines_of("x" * 31, "phone") == 1 and lines_of("x" * 32, "phone") == 2
    assert lines_of("天" * 15, "phone") == 1 and lines_of("天" * 16, "phone") == 2
    assert lines_of("e\u0301" * 31, "phone") == 1 and lines_of("e\u0301" * 32, "phone") == 2
    assert lines_of("one\ntwo\nthree", "phone") == 3
    assert lines_of("one\n\ntwo", "phone") == pytest.approx(2.8)
    assert lines_of("one\n\n\ntwo", "phone") == pytest.approx(4.6)


def test_a_page_that_is_just_full_is_one_page() -> None:
    prose = "\n\n".join(["“Well,” she said."] * 10 + ["x " * (4 * SHAPES["phone"].columns - 1) + "x"])
    assert lines_of(prose, "phone") == SHAPES["phone"].lines
    assert page_starts(prose, (), {"phone": Frame()}) == {"phone": [0]}
    assert len(page_starts(f"{prose}\nx", (), {"phone": Frame()})["phone"]) == 2


def test_talk_makes_shorter_pages_than_a_long_paragraph() -> None:
    talk = cut("\n\n".join(["“Well,” she said."] * 200), starts=None)
    prose = cut(" ".join([S(80)] * 60))
    assert 2 * len(talk[0].text) < len(prose[0].text)


@given(proses())
def test_a_page_as_it_is_sent_fits_and_differs_only_in_white_space_at_its_ends(prose: str) -> None:
    pages = cut(prose)
    shown = [page_text(page.text) for page in pages]
    assert all(size(text) <= EMBED_DESCRIPTION for text in shown)
    for page, text in zip(pages, shown, strict=True):
        said = reading(text).replace(f"\n\n{SCENE_ORNAMENT}", "\n").replace(f"{SCENE_ORNAMENT}\n\n", "\n")
        is_same = said.strip() == page.text.strip()
        assert is_same, ascii(page.text[:200])


@given(proses())
def test_each_scene_break_shows_once_as_an_ornament_alone_on_its_line(prose: str) -> None:
    shown = [page_text(page.text) for page in cut(prose)]
    assert sum(text.count(SCENE_ORNAMENT) for text in shown) == prose.count(SCENE_BREAK)
    for text in shown:
        around = text.split(SCENE_ORNAMENT)
        assert all(after.startswith("\n\n") for after in around[1:] if after)
        assert all(before.endswith("\n\n") for before in around[:-1] if before)


def exceeds_a_page(block: str) -> bool:
    return len(block) > PAGE_CHARS or lines_of(block, "desktop") > SHAPES["desktop"].lines


@given(proses())
def test_a_verse_is_cut_only_where_it_exceeds_a_page_and_then_between_lines(prose: str) -> None:
    for block in regex.finditer(r"[^\n](?:[^\n]|\n(?!\n))*", prose):
        if "\n" not in block[0]:
            continue
        inside = [offset for offset in inner_cuts(prose) if block.start() < offset < block.end()]
        assert not inside or exceeds_a_page(block[0])
        for offset in inside:
            start, end = prose.rfind("\n", 0, offset) + 1, (prose + "\n").find("\n", offset)
            assert prose[offset - 1] == "\n" or exceeds_a_page(prose[start:end])


@given(proses())
def test_a_grapheme_is_cut_only_where_it_exceeds_a_page(prose: str) -> None:
    cuts = set(inner_cuts(prose))
    for grapheme in regex.finditer(r"\X", prose):
        if len(grapheme[0]) > 1 and len(grapheme[0]) <= PAGE_CHARS:
            assert not cuts.intersection(range(grapheme.start() + 1, grapheme.end())), ascii(grapheme[0])


@given(st.sampled_from([1, 3, 7, 10, 13]), st.integers(1, 60))
def test_no_paragraph_is_cut_where_whole_ones_fill_a_page_well(lines: int, count: int) -> None:
    prose = PARAGRAPH_BREAK.join([" ".join([S(52)] * lines)] * count)
    assert all(is_between_blocks(prose, offset) for offset in inner_cuts(prose))


@pytest.mark.parametrize("gap", [PARAGRAPH_BREAK, SCENE_BREAK])
@pytest.mark.parametrize("length", get_args(PageLength))
def test_a_verse_that_just_fits_is_not_cut(length: PageLength, gap: str) -> None:
    verse = "\n".join(["roses are red"] * int(SHAPES[length].lines))
    prose = gap.join(["Before it.", verse, "After it."])
    assert any(verse in page.text for page in cut(prose, starts=page_starts(prose)[length]))


@pytest.mark.parametrize("quotes", ["“”", '""', "«»", "„“", "「」", "‘’", "''"])
def test_a_speech_is_cut_only_where_it_does_not_fit_on_a_page_by_itself(quotes: str) -> None:
    for sentences, is_cut in ((20, False), (60, True)):
        speech = f"{quotes[0]}{' '.join([S(31)] * sentences)}{quotes[1]}"
        prose = PARAGRAPH_BREAK.join([" ".join([S(31)] * 10), speech, " ".join([S(31)] * 10)])
        pages = cut(prose, starts=page_starts(prose)["phone"])
        assert any(speech in page.text for page in pages) is not is_cut
        assert all(page.text.rstrip()[-1] in f".{quotes[1]}" for page in pages), "not within a sentence"


def test_a_salutation_stands_with_its_letter() -> None:
    letter = " ".join([S(31)] * 10)
    for lines in range(1, int(SHAPES["phone"].lines) + 1):
        prose = PARAGRAPH_BREAK.join([" ".join([S(31)] * lines), "Marta,", letter, letter])
        pages = cut(prose, starts=page_starts(prose)["phone"])
        assert not any(page.text.rstrip().endswith("Marta,") for page in pages)


def sentence(length: int, end: str = ".") -> str:
    return "Word " + ("word " * (length // 5))[: length - 5 - len(end)].rstrip().ljust(length - 5 - len(end), "x") + end


S = sentence

PREFERENCES = {
    "one page is not cut": (S(900), []),
    "scene before paragraph": (
        PARAGRAPH_BREAK.join([S(500)] * 2) + SCENE_BREAK + PARAGRAPH_BREAK.join([S(500)] * 2),
        ["scene"],
    ),
    "scene before paragraph though the page is two thirds full": (
        PARAGRAPH_BREAK.join([S(530)] * 2) + SCENE_BREAK + PARAGRAPH_BREAK.join([S(265)] * 5),
        ["scene"],
    ),
    "scene before paragraph though the page is full": (
        PARAGRAPH_BREAK.join([S(470)] * 3) + SCENE_BREAK + S(900),
        ["scene"],
    ),
    "paragraph before sentence": (PARAGRAPH_BREAK.join([" ".join([S(100)] * 7)] * 4), ["paragraph"]),
    "sentence before a page that is not half full": (
        PARAGRAPH_BREAK.join([S(530), " ".join([S(53)] * 32)]),
        ["sentence"],
    ),
    "sentence before word": (" ".join([S(150)] * 25), ["sentence"]),
    "question and speech end sentences": (" ".join([S(150, "?”"), S(150, "!"), S(150, "…")] * 8), ["sentence"]),
    "sentence without spaces": (("天" * 99 + "。") * 40, ["sentence"]),
    "word before grapheme": ("word " * 1000, ["word"]),
    "grapheme before nothing": ("é" * 5000, ["grapheme"]),
    "family emoji stay whole": ("👩‍👩‍👧‍👦" * 700, ["grapheme"]),
    "a long paragraph among short ones": (
        PARAGRAPH_BREAK.join([S(1200), " ".join([S(200)] * 14), S(1200)]),
        ["paragraph", "sentence"],
    ),
    "a long sentence among short ones": (" ".join([S(1000), S(3500), S(1000)]), ["sentence", "word"]),
}


def kind_of(prose: str, offset: int) -> str:
    before, after = prose[:offset], prose[offset:]
    if before.endswith(SCENE_BREAK):
        return "scene"
    if before.endswith("\n\n"):
        return "paragraph"
    if regex.search(r"[.!?…][”\"]?\s+$|[。！？]$", before):
        return "sentence"
    return "word" if before[-1].isspace() and not after[0].isspace() else "grapheme"


@pytest.mark.parametrize("name", PREFERENCES)
def test_a_page_ends_at_the_best_place_there_is(name: str) -> None:
    prose, wanted = PREFERENCES[name]
    assert {kind_of(prose, offset) for offset in inner_cuts(prose)} == set(wanted)


def test_no_page_is_a_stub_where_the_chapter_can_be_shared_out() -> None:
    pages = cut(PARAGRAPH_BREAK.join([S(300)] * 13))
    assert min(len(page.text) for page in pages) > 500


@pytest.mark.parametrize("mark", ["\u0301", "\u200d🦊", "\ufe0f", "🏽", "\u093e"])
def test_a_mark_is_not_parted_from_the_space_it_stands_on(mark: str) -> None:
    prose = ("word " + mark) * 900
    boundaries = {match.start() for match in regex.finditer(r"\X", prose)}
    assert set(inner_cuts(prose)) <= boundaries


def test_a_full_stop_keeps_its_variation_selector() -> None:
    prose = "天天天天天天天。\ufe00" * 500
    boundaries = {match.start() for match in regex.finditer(r"\X", prose)}
    assert set(inner_cuts(prose)) <= boundaries


def test_a_grapheme_longer_than_a_page_is_cut_at_the_page_s_length() -> None:
    prose = "a" + "\u0301" * 4500
    assert [len(page.text) for page in cut(prose)] == [PAGE_CHARS, PAGE_CHARS, 4501 - 2 * PAGE_CHARS]


@pytest.mark.parametrize(
    "text",
    [
        "word " * 60_000,
        "x" * 20_000,
        "Sentence after sentence. " * 12_000,
        "\n".join("a line of verse" for _ in range(100_000)),
        '"' * 10_000,
        "." * 50_000,
        ". " * 10_000,
        "a" + "\u0301" * 50_000,
    ],
    ids=["line", "word", "sentences", "verse", "quotes", "dots", "spaced", "marks"],
)
def test_a_monstrous_text_is_cut_too(text: str) -> None:
    pages = cut(text)
    is_whole = "".join(page.text for page in pages) == text
    assert is_whole
    assert max(len(page.text.strip()) for page in pages) <= PAGE_CHARS


@pytest.mark.parametrize("gap", [" " * 5000, "\u00a0" * 5000, " " * 2000], ids=["spaces", "no-break", "a page of them"])
def test_a_file_with_a_long_run_of_spaces_gives_no_blank_page(gap: str) -> None:
    story = read_story(f"Once upon a time{gap}there was a fox.\n".encode(), "fox.txt")
    assert all(page.text.strip() for chapter in story.chapters for page in pages_of(chapter))


def test_a_hundred_thousand_blank_lines_are_one_scene_break() -> None:
    [chapter] = read_story(b"A fox.\n\nIt ran.\n\nIt ate." + b"\n" * 100_000 + b"It slept.", "f.txt").chapters
    assert "".join(page.text for page in pages_of(chapter)) == "A fox.\n\nIt ran.\n\nIt ate.\n\n\nIt slept."


@pytest.mark.parametrize("head", ["", "a ", "a? ", "a. b ", "a? 👩‍👩‍👧‍👦 ", "word " * 9])
@pytest.mark.parametrize("length", range(PAGE_CHARS - 40, PAGE_CHARS + 6, 3))
def test_a_word_as_long_as_a_page_leaves_no_page_too_long(head: str, length: int) -> None:
    for end in (" b", " b. c", "\n\nb"):
        pages = cut(head + "x" * length + end)
        assert all(1 <= len(page.text.strip()) <= PAGE_CHARS for page in pages)


def test_an_empty_chapter_has_no_page_and_a_short_one_has_one() -> None:
    assert cut("") == ()
    assert cut("Once.") == (Page(0, "Once."),)
