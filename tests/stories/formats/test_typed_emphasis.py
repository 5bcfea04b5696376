"""Signs of emphasis in plain text: read where they pair, and else as they were typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.emphasis import plain, unmarked
from bot.stories.formats.typed_emphasis import emphasised, emphasised_book

WORDS = "The keeper climbed the stair and the lamp went round above the empty harbour all night long."


def read(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The plain text, and each emphasis with its words."""
    bare, spans = unmarked(emphasised(text))
    return bare, [(span.kind, bare[span.start : span.end]) for span in spans]


@pytest.mark.parametrize(
    ("sign", "kind"), [("*", "italic"), ("_", "italic"), ("**", "bold")], ids=["star", "underscore", "two stars"]
)
def test_a_sign_that_pairs_throughout_is_emphasis(sign: str, kind: str) -> None:
    text = "\n\n".join(f"{WORDS} {sign}No {word},{sign} she thought." for word in ("rain", "oil", "rope"))
    bare, found = read(text)
    assert bare == text.replace(sign, "")
    assert found == [(kind, f"No {word},") for word in ("rain", "oil", "rope")]


@pytest.mark.parametrize(
    "text",
    [
        f"{WORDS} *Once* and *once more.",
        f"{WORDS} *One* *two* *three* and * a star * and another* and *one more.",
        "5*3*2 is 30.\n\n6*3*2 is 36.\n\n7*3*2 is 42.",
        "~*~*~*~\n\nOne.\n\n*  *  *\n\nTwo.\n\n***\n\nThree.",
        "He owed her _____ and _____ and _____.",
        "https://a.example/b/c\n\n/etc/lamps/oil\n\nand/or",
        "a <i> b <b> c [i] d",
        "</i> first, and then <i>",
        f"{WORDS} Tea &amp; rope, where there are no tags.",
    ],
)
def test_what_has_no_partner_stays_as_it_was_typed(text: str) -> None:
    assert read(text) == (text, [])


@pytest.mark.parametrize("sign", ["*", "_"])
def test_one_pair_within_a_sentence_is_enough(sign: str) -> None:
    assert read(f"{WORDS} {sign}Once{sign} only.")[1] == [("italic", "Once")]


def test_a_sign_between_blanks_is_no_stray_sign() -> None:
    assert read(f"{WORDS} *Once* and 2 * 3 is 6.") == (f"{WORDS} Once and 2 * 3 is 6.", [("italic", "Once")])


def test_an_underscore_in_a_name_is_no_stray_sign() -> None:
    text = "_One_ lamp, _two_ lamps, _three_. I am lamp_keeper_99 on every site."
    assert read(text) == (
        "One lamp, two lamps, three. I am lamp_keeper_99 on every site.",
        [("italic", "One"), ("italic", "two"), ("italic", "three")],
    )


def test_a_masked_letter_is_no_stray_sign() -> None:
    text = "*One* f*ck, *two* sh*t, *three* d*mn."
    assert read(text) == (
        "One f*ck, two sh*t, three d*mn.",
        [("italic", "One"), ("italic", "two"), ("italic", "three")],
    )


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("<i>Keeper</i>", "italic", "Keeper"),
        ("<STRONG>Keeper</STRONG>", "bold", "Keeper"),
        ("[b]Not ever.[/b]", "bold", "Not ever."),
        ("<del>Never.</del>", "strike", "Never."),
    ],
)
def test_closed_tags_are_emphasis(line: str, kind: str, words: str) -> None:
    assert read(f"{WORDS}\n\n{line}\n\n{WORDS}") == (f"{WORDS}\n\n{words}\n\n{WORDS}", [(kind, words)])


def test_entities_are_read_where_tags_are() -> None:
    assert read("<i>Keeper</i> &mdash; that&#39;s it &amp;&nbsp;all &bogus; &#8; AT&T")[0] == (
        "Keeper — that's it &\u00a0all &bogus; &#8; AT&T"
    )


def test_tags_reach_over_paragraphs_and_close_in_each() -> None:
    assert read("[i]One.\n\n[b]Two.\n\nThree.[/i] Four.[/b]")[1] == [
        ("italic", "One."),
        ("bold", "Two."),
        ("italic", "Two."),
        ("bold", "Three. Four."),
        ("italic", "Three."),
    ]


def test_a_pair_around_a_full_stop_is_dropped() -> None:
    assert plain(emphasised_book("KEEPER. [Quietly_._] It is _out_.")) == "KEEPER. [Quietly.] It is out."


@given(st.text(st.sampled_from("ab *_/<>[]i\n&;."), max_size=60))
def test_no_word_is_lost(text: str) -> None:
    tags = ("<i>", "</i>", "[i]", "[/i]")
    left = plain(emphasised(text))
    for tag in tags:
        text, left = text.replace(tag, ""), left.replace(tag, "")
    assert [c for c in left if c in "ab"] == [c for c in text if c in "ab"]
