"""What a reader types becomes a query, and what is found becomes an excerpt: for any text."""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.engines.sqlite_search import match_expression
from bot.stories.excerpts import EXCERPT_CHARS, excerpt_of, spread
from bot.stories.folding import WORD, Folded, searchable
from bot.stories.query import MOST_WORDS, Term, read_query

LETTERS = "abcdefgxyzABCÉéÀàñÇßœÆåØЖжщΣσςاب日本語かタ한국어09"
MARKS = " \n\t\"*()[]{}:;^+-_'’“”«».,!?…~|`<>@#\\/=&%$🦊✨\x00\u0301\u200b"
texts = st.text(st.sampled_from(LETTERS + MARKS), max_size=120)
anything = st.one_of(texts, st.text(max_size=300))


def found(text: str, typed: str) -> bool:
    """Whether a search for what was typed finds *text*, by an index of its own."""
    db = sqlite3.connect(":memory:")
    try:
        db.execute(
            "CREATE VIRTUAL TABLE i USING fts5 (text, scope, content = '', tokenize = 'unicode61', prefix = '2 3')"
        )
        db.execute("INSERT INTO i (rowid, text, scope) VALUES (1, ?, 'all0')", (searchable(text),))
        query = match_expression(read_query(typed), ["text"], ["all0"])
        return db.execute("SELECT rowid FROM i WHERE i MATCH ?", (query,)).fetchall() == [(1,)]
    finally:
        db.close()


# -- what is typed ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("lantern", (Term(("lantern",)),)),
        ("  Old   LANTERN ", (Term(("old",)), Term(("lantern",)))),
        ('"the old lantern"', (Term(("the", "old", "lantern")),)),
        ("“the old lantern”", (Term(("the", "old", "lantern")),)),
        ("«vieille lanterne»", (Term(("vieille", "lanterne")),)),
        ("lant*", (Term(("lant",), True),)),
        ('"old lant*"', (Term(("old", "lant"), True),)),
        ('"old lant"*', (Term(("old", "lant"), True),)),
        ("l*", (Term(("l",)),)),
        ("*", ()),
        ("la*nt", (Term(("la", "nt")),)),
        ("don’t", (Term(("don", "t")),)),
        ("été", (Term(("ete",)),)),
        ("same Same SAME", (Term(("same",)),)),
        ('"never closed', (Term(("never",)), Term(("closed",)))),
        ('""', ()),
        ("a OR b", (Term(("a",)), Term(("or",)), Term(("b",)))),
        ("NEAR(a b, 2)", (Term(("near", "a")), Term(("b",)), Term(("2",)))),
        ("text:fox", (Term(("text", "fox")),)),
        ("-fox ^fox {fox}", (Term(("fox",)),)),
        ("snake_case", (Term(("snake", "case")),)),
        ("物語の", (Term(("物", "語", "の")),)),
        ("グム・ラー", (Term(("ク", "ム", "ラ", "ー")),)),
        ("\u3040", ()),
        ("🦊!?", ()),
        ("", ()),
    ],
)  # fmt: skip
def test_what_is_typed_is_words_phrases_and_beginnings(typed: str, query: tuple[Term, ...]) -> None:
    assert read_query(typed) == query


@given(anything)
def test_no_text_breaks_out_of_its_query(typed: str) -> None:
    query = read_query(typed)
    assert sum(len(term.words) for term in query) <= MOST_WORDS
    assert all(word.isalnum() for term in query for word in term.words)
    assert not query or not found("", typed)


def stands(term: Term, words: list[str]) -> bool:
    """Whether *words* have those of *term* one after the other."""
    size = len(term.words)
    runs = (words[i : i + size] for i in range(len(words) - size + 1))
    return any(
        run[:-1] == list(term.words[:-1])
        and (run[-1].startswith(term.words[-1]) if term.is_prefix else run[-1] == term.words[-1])
        for run in runs
    )


@given(texts, texts)
def test_a_text_is_found_where_it_has_each_of_the_words(text: str, typed: str) -> None:
    words = Folded(text).words()
    if query := read_query(typed):
        assert found(text, typed) == all(stands(term, words) for term in query)


@given(texts)
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    typed = " ".join(Folded(text).words())
    if read_query(typed):
        assert found(text, typed)


@given(anything)
def test_a_word_stands_where_it_says(text: str) -> None:
    folded = Folded(text)
    spans = [folded.span(*word.span()) for word in WORD.finditer(folded.folded)]
    for start, end in spans:
        assert 0 <= start < end <= len(text)
    assert spans == sorted(spans)


@given(texts, texts)
def test_a_shown_match_is_a_word_that_was_looked_for(text: str, typed: str) -> None:
    query = read_query(typed)
    shown = excerpt_of(text, query)
    looked_for = {word for term in query for word in term.words}
    for span in shown.marked:
        for word in Folded(shown.text[span.start : span.end]).words():
            assert word in looked_for or any(term.is_prefix and word.startswith(term.words[-1]) for term in query)
    if query and all(stands(term, Folded(text).words()) for term in query):
        assert shown.marked


# -- what is shown ------------------------------------------------------------------


def bold(text: str, typed: str) -> list[str]:
    excerpt = excerpt_of(text, read_query(typed))
    return [excerpt.text[span.start : span.end] for span in excerpt.marked]


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("The old lantern went out.", "lantern", ["lantern"]),
        ("The old lantern went out.", "old lantern", ["old", "lantern"]),
        ("The old lantern went out.", '"old lantern"', ["old lantern"]),
        ("A lantern, an old lantern.", '"old lantern"', ["old lantern"]),
        ("Lanterns and lanthorns.", "lant*", ["Lanterns", "lanthorns"]),
        ("L’ÉTÉ finit; l'été.", "ete", ["ÉTÉ", "été"]),
        ("e\u0301te\u0301 fini", "été", ["e\u0301te\u0301"]),
        ("この物語は長い", "物語", ["物語"]),
        ("old\n\nlantern", '"old lantern"', ["old lantern"]),
    ],
)
def test_the_words_looked_for_are_marked(text: str, typed: str, marked: list[str]) -> None:
    assert bold(text, typed) == marked


def test_an_excerpt_is_some_words_around_the_place_with_most_of_them() -> None:
    far = "Rain fell on the quay and on the boats, and nobody came. " * 6
    text = f"A fox went by. {far}Then the fox saw the heron, and the heron saw the fox. {far}"
    excerpt = excerpt_of(text, read_query("fox heron"))
    assert excerpt.text.startswith("…") and excerpt.text.endswith("…")
    assert "the fox saw the heron" in excerpt.text
    assert len(excerpt.text) <= EXCERPT_CHARS + 2
    assert text[excerpt.offset :].startswith("fox saw the heron")


@given(anything, anything)
def test_an_excerpt_is_short_and_says_nothing_of_its_own(text: str, typed: str) -> None:
    excerpt = excerpt_of(text, read_query(typed))
    said = excerpt.text.removeprefix("…").removesuffix("…")
    assert " ".join(said.split()) in " ".join(text.split())
    assert len(excerpt.text) <= 2 * EXCERPT_CHARS + 2
    assert 0 <= excerpt.offset <= len(text)
    assert all(span.kind == "bold" for span in excerpt.marked)
    ends = [0, *(end for span in excerpt.marked for end in (span.start, span.end)), len(excerpt.text)]
    assert ends == sorted(ends)


# -- in which order -----------------------------------------------------------------


@given(st.lists(st.integers(1, 5), max_size=80), st.integers(1, 10), st.integers(1, 4))
def test_spreading_loses_nothing_and_no_story_fills_a_page_while_others_wait(
    stories: list[int], size: int, most: int
) -> None:
    order = spread(stories, size, most)
    assert sorted(order) == list(range(len(stories)))
    for start in range(0, len(order), size):
        page, later = order[start : start + size], order[start + size :]
        given_ = Counter(stories[i] for i in page)
        if max(given_.values()) > most:
            assert all(given_[stories[i]] >= most for i in later)


def test_the_best_stand_first() -> None:
    assert spread([1, 1, 1, 2, 1, 3], 4, 2) == [0, 1, 3, 5, 2, 4]
    assert spread([1, 1, 1], 2, 1) == [0, 1, 2]
