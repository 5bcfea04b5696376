"""Emphasis on its way from a source to a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.stories.emphasis import marked, plain, unmarked, within
from bot.stories.model import Emphasis, Span
from bot.stories.pages import PAGE_CHARS, cut
from bot.ui.limits import EMBED_DESCRIPTION, size
from bot.ui.markdown import emphasised, page_text
from tests.markdown_reference import _rule  # pyright: ignore[reportPrivateUsage]

KINDS: dict[str, tuple[Emphasis, int]] = {
    "bold": ("bold", 2),
    "underline": ("underline", 2),
    "italic": ("italic", 1),
    "struck": ("strike", 2),
}


def read(source: str, active: frozenset[Emphasis] = frozenset()) -> Iterator[tuple[str, frozenset[Emphasis]]]:
    """Each character that Discord shows, with the emphasis that it is shown in."""
    position = 0
    while position < len(source):
        name, match = _rule(source, position)
        if match is None:
            yield source[position], active
            position += 1
            continue
        if name in KINDS:
            kind, width = KINDS[name]
            yield from read(match[0][width:-width], frozenset[Emphasis]((*active, kind)))
        else:
            assert not name, f"{name} in {source!r}"
            yield match[match.lastindex or 0], active
        position = match.end()


def wanted(text: str, spans: tuple[Span, ...]) -> list[tuple[str, frozenset[Emphasis]]]:
    kinds: list[frozenset[Emphasis]] = [
        frozenset(span.kind for span in spans if span.start <= i < span.end) for i in range(len(text))
    ]
    return [(c, kinds[i]) for i, c in enumerate(text) if not c.isspace()]


hostile = st.text(st.sampled_from("ab ab é*_~`|<>[]():#-.1\\ \n"), min_size=1, max_size=40)


kinds_of_emphasis: st.SearchStrategy[Emphasis] = st.sampled_from(get_args(Emphasis))


@st.composite
def emphasised_texts(draw: st.DrawFn) -> tuple[str, tuple[Span, ...]]:
    """A text with emphasis as authors use it: of whole words, one kind inside another or beside it."""
    words = draw(
        st.lists(
            st.sampled_from(["fox", "a*b", "_x", "1.", "- no", "ü", "won't", "(so)", "a_b"]), min_size=1, max_size=8
        )
    )
    text, spans = "", list[Span]()
    for word in words:
        kinds: list[Emphasis] = draw(st.lists(kinds_of_emphasis, max_size=2, unique=True))
        beside = any(span.end == len(text) for span in spans) and kinds  # two emphases that touch are ambiguous
        text += draw(st.sampled_from([" ", "\n", ", "] if beside else ["", " ", "\n", ", "])) if text else ""
        spans += [Span(len(text), len(text) + len(word), kind) for kind in kinds]
        text += word
    return text, tuple(spans)


@given(emphasised_texts())
def test_discord_shows_the_text_and_its_emphasis(given_text: tuple[str, tuple[Span, ...]]) -> None:
    text, spans = given_text
    shown = [(c, kinds) for line in emphasised(text, spans).split("\n") for c, kinds in read(line) if not c.isspace()]
    assert shown == wanted(text, spans)


@given(hostile)
def test_a_text_in_italics_shows_as_it_is(text: str) -> None:
    shown = [
        (c, kinds) for line in emphasised(text, (Span(0, len(text), "italic"),)).split("\n") for c, kinds in read(line)
    ]
    assert [c for c, _ in shown if not c.isspace()] == [c for c in text if not c.isspace()]


CASES: dict[str, tuple[str, str]] = {
    "a word": (f"He said {marked('never', 'italic')} again.", "He said _never_ again."),
    "within a word": (f"un{marked('believ', 'italic')}able", "un*believ*able"),
    "bold": (f"{marked('Stop', 'bold')}!", "**Stop**!"),
    "one in the other": (f"{marked('Stop ' + marked('now', 'italic'), 'bold')}!", "**Stop _now_**!"),
    "white space at its ends": (f"so{marked(' it ', 'italic')}is", "so _it_ is"),
    "over lines": (marked("roses\nviolets", "italic"), "_roses_\n_violets_"),
    "over paragraphs": (marked("one\n\ntwo", "italic"), "_one_\n\n_two_"),
    "struck and underlined": (marked("no", "strike") + " " + marked("yes", "underline"), "~~no~~ __yes__"),
    "an asterisk in it": (marked("a*b", "italic"), "_a\\*b_"),
    "a list that is none": (marked("- so", "italic"), "_\\- so_"),
}


@pytest.mark.parametrize("name", CASES)
def test_emphasis_is_written_as_discord_reads_it(name: str) -> None:
    source, written = CASES[name]
    assert page_text(*unmarked(source)) == written


def test_a_mark_without_its_partner_is_no_loss() -> None:
    opened = marked("never", "italic")[:-1]
    assert unmarked(f"He said {opened}") == ("He said never", (Span(8, 13, "italic"),))
    assert plain(marked("a", "bold") + "b") == "ab"


@given(st.integers(1, 400), st.integers(1, 30))
@example(3_000, 1)  # of so many a page of either length is full
def test_pages_of_dense_emphasis_fit_and_keep_it(words: int, length: int) -> None:
    source = " ".join(marked("*" * length, "bold") for _ in range(words))
    text, spans = unmarked(source)
    pages = cut(text, spans)
    assert "".join(page.text for page in pages) == text
    assert all(len(page.text.strip()) <= PAGE_CHARS for page in pages)
    for page in pages:
        assert size(page_text(page.text, page.spans)) <= EMBED_DESCRIPTION
        assert page.spans == within(spans, page.start, page.start + len(page.text))
        assert page_text(page.text, page.spans).count("**") >= 2 * len(page.spans), "marks are left out"
