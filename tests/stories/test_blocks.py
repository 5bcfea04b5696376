"""Blocks: paragraphs, verses and rules as they were typed."""

from __future__ import annotations

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.sections.blocks import Block, is_rule, split, usual_gap


@pytest.mark.parametrize(
    "line",
    [
        "----",
        "---",
        "***",
        "* * *",
        "*",
        "xXx",
        ".",
        "XxX",
        "xXxXx",
        "x x x",
        "~*~",
        "~~~",
        "~*~*~*~",
        "oOo",
        "o0o",
        "OoOoO",
        "===",
        "___",
        "#",
        "###",
        "⁂",
        "❦",
        "* * * * *",
        "<>",
        "+++",
        "-x-X-x-",
        "—",
        "/////",
        "[line break]",
        "Page Break",
        "New page",
        "~ new page ~",
        "--- scene break ---",
        "-o-O-o-",
    ],
)
def test_an_ornament_is_a_rule(line: str) -> None:
    assert is_rule(line)


@pytest.mark.parametrize(
    "line", ["...", "…", ". . .", "", "O", "o", "xoxo", "XOXO", "I", "a", "1", "42", "- x y -", "The end"]
)
def test_a_silence_a_kiss_or_a_word_is_no_rule(line: str) -> None:
    assert not is_rule(line)


def test_a_rule_is_a_block_of_its_own_however_close_it_stands() -> None:
    assert [block.text for block in split("One.\n***\nTwo.")] == ["One.", "***", "Two."]


def test_short_lines_that_stand_together_keep_their_breaks() -> None:
    [verse] = split("Roses are red\n  violets blue\nsugar is sweet")
    assert verse.lines == ("Roses are red", "  violets blue", "sugar is sweet")


def test_long_lines_that_stand_together_are_paragraphs() -> None:
    line = "It was a long line about a long day, and it went on and on until the day had gone, and still it went on."
    assert [block.text for block in split(f"{line}\n{line}")] == [line, line]


def test_lines_broken_by_an_editor_are_joined() -> None:
    words = (
        "The fox came down to the water at dusk when the herons had gone and looked across for a long time. " * 6
    ).split()
    wrapped, row = [], ""
    for word in words:
        if len(row) + len(word) + 1 > 70:
            wrapped.append(row)
            row = word
        else:
            row = f"{row} {word}".strip()
    assert [block.text for block in split("\n".join([*wrapped, row]))] == [" ".join(words)]


def test_talk_in_single_lines_is_paragraphs() -> None:
    assert len(split('"Who is there?"\n"Only me."\n"Then come in."')) == 3


def test_the_gap_is_the_blank_lines_before_a_block() -> None:
    assert [block.gap for block in split("One.\n\nTwo.\n\n\n\nThree.\n \t \nFour.")] == [0, 1, 3, 1]
    assert usual_gap(split("One.\n\nTwo.\n\nThree.\n\n\nFour.")) == 1
    assert usual_gap(split("One.\n\n\nTwo.\n\n\nThree.")) == 2
    assert usual_gap([Block(("One.",))]) == 1


@given(st.text(st.sampled_from("ab. \n\t*-\u00a0—\"'"), max_size=200))
def test_blocks_hold_every_token_of_the_text_in_order(text: str) -> None:
    assert " ".join(block.text for block in split(text)).split() == text.split()


@given(
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x0b\x0c\r\x85\u2028\u2029"), max_size=200)
)
def test_no_block_has_a_blank_line(text: str) -> None:
    assert all(line.strip() for block in split(text) for line in block.lines)


TALE = (
    "The harbour was empty by noon. A gull walked the length of the wall as if it had been asked to measure it and "
    "meant to be paid by the yard. ",
    "Nobody spoke of the lamp, though all of them had seen it go out, and the keeper himself went down to the quay and "
    "asked the boats for oil. ",
    "“You came back,” said the woman who mended the nets, and she did not look up from her knot, for she knew him by "
    "the sound of his boots. ",
)


def broken(paragraph: str, width: int = 60, indent: str = "") -> list[str]:
    return wrap(paragraph, width, initial_indent=indent)


@pytest.mark.parametrize("indent", ["  ", "     ", "        ", "\t", "          "])
def test_lines_broken_by_hand_are_joined_where_only_an_indent_opens_each_paragraph(indent: str) -> None:
    wide = indent.expandtabs(8)
    lines = [line.replace(wide, indent, 1) for paragraph in TALE for line in broken(paragraph, indent=wide)]
    assert [block.text for block in split("\n".join(lines))] == [paragraph.strip() for paragraph in TALE]


def test_many_paragraphs_of_two_lines_that_an_indent_opens_are_joined() -> None:
    said = [paragraph.split(". ")[0][:100].rsplit(" ", 1)[0] for paragraph in TALE] * 3
    lines = [line for words in said for line in broken(words, indent="     ")]
    assert [block.text for block in split("\n".join(lines))] == said


def test_lines_that_a_hand_broke_a_word_early_are_joined() -> None:
    paragraphs = ["\n".join(broken(paragraph, width)) for paragraph, width in zip(TALE, (62, 58, 60), strict=True)]
    assert [block.text for block in split("\n\n".join(paragraphs))] == [paragraph.strip() for paragraph in TALE]


def test_a_line_of_talk_between_them_is_a_paragraph_of_its_own() -> None:
    talk = '     "Where?" he said.'
    lines = [line for paragraph in TALE for line in (*broken(paragraph, indent="     "), talk, talk)]
    found = [block.text for block in split("\n".join(lines))]
    assert found == [line for paragraph in TALE for line in (paragraph.strip(), talk.strip(), talk.strip())]
