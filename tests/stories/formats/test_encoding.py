"""Bytes become text, or are refused with a reason."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories import Refused, emphasis, read_story
from bot.stories.emphasis import MOST_SPANS
from bot.stories.formats import typed_emphasis
from bot.stories.formats.encoding import MAX_BYTES, MAX_LINES, MOST_BLANK_LINES, decode

FRENCH = (
    "La rivière était glacée à l’aube, et le renard s’y mira longuement. « Où vas-tu ? » demanda la loutre. "
    "Il ne répondit pas ; déjà il s’éloignait, là-bas, vers la forêt où l’été s’achève.\n\n"
) * 3
RUSSIAN = "Лиса спустилась к воде, когда цапли уже улетели, и долго смотрела на другой берег.\n\n" * 6
JAPANESE = "狐は夕暮れに水辺へ降りてきて、長いあいだ向こう岸を見ていた。「泳げないよ」とカワウソが言った。\n\n" * 6
POLISH = (
    "Lis zszedł nad wodę o zmierzchu, gdy czaple już odleciały, i długo patrzył na drugi brzeg. Żółć, gęś, źdźbło.\n\n"
    * 6
)


@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize(
    ("damaged", "shown", "told"),
    [
        (FRENCH.encode() + b"caf\xe9.", f"{FRENCH}caf\ufffd.", "one byte is damaged"),
        (b"\xff" + FRENCH.encode() + b"\xc3", f"\ufffd{FRENCH}\ufffd", "2 bytes are damaged"),
        ("“Oh,” she said, ".encode() + b"na\xefve.", "“Oh,” she said, na\ufffdve.", "one byte is damaged"),
    ],
)
def test_a_damaged_byte_in_utf_8_costs_one_character_and_the_writer_is_told(
    bom: bytes, damaged: bytes, shown: str, told: str
) -> None:
    text, warning = decode(bom + damaged)
    assert text == shown
    assert told in (warning or "")


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, JAPANESE, "One word"])
def test_unicode_is_read_as_it_says_without_a_warning(bom: bytes, encoding: str, text: str) -> None:
    assert decode(bom + text.encode(encoding)) == (text, None)


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859_15"])
def test_a_western_file_is_recognised_and_the_writer_is_told(encoding: str) -> None:
    french = FRENCH if encoding == "cp1252" else FRENCH.replace("’", "'")
    text, warning = decode(french.encode(encoding))
    assert text == french
    assert warning is not None
    assert "UTF-8" in warning


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "utf-16-le"),
        (FRENCH, "utf-16-be"),
    ],
)
def test_another_encoding_is_recognised_or_refused_never_read_as_gibberish(text: str, encoding: str) -> None:
    try:
        decoded, warning = decode(text.encode(encoding))
    except Refused as refusal:
        assert str(refusal)
    else:
        assert decoded == text
        assert warning is not None


TYPEWRITTEN = "“I won’t,” said the fox — and she didn’t. ‘Not for a naïve otter’s café,’ she thought…\n\n" * 3


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize("text", [TYPEWRITTEN, FRENCH, "It was plain English for a page or two. " * 40 + "“Oh!”"])
def test_old_windows_and_old_macs_are_told_apart(text: str, encoding: str) -> None:
    decoded, warning = decode(text.encode(encoding))
    assert decoded == text
    assert warning is not None
    assert encoding in warning


@pytest.mark.parametrize("name", ["utf-8", "no-such-code", "hex", "utf-16"])
def test_an_archive_that_names_a_wrong_encoding_is_not(name: str) -> None:
    text = f"Character set encoding: {name}\n\n{FRENCH}"
    assert decode(text.encode("cp1252"))[0] == text


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_line_end_is_a_newline(end: str) -> None:
    assert decode(f"one{end}two{end}{end}three".encode())[0] == "one\ntwo\n\nthree"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_story_is_the_same_whatever_its_line_ends(end: str) -> None:
    text = "Title: Banks\n\nA/N: Hi.\n\n----\n\nThe fox came down.\n\nIt drank.\n\n-Fin-\n"
    assert read_story(text.replace("\n", end).encode(), "a.txt") == read_story(text.encode(), "a.txt")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        ("\u00a0\u3000\n".encode(), "empty"),
        ("\u200d\n\ufe0f\u00ad".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xfe", "not a text file"),
        (b"Once upon\x00 a time", "not a text file"),
        (b"Once upon \x1b[31ma time", "not a text file"),
        (bytes(range(256)) * 20, "not a text file"),
        (codecs.BOM_UTF8 + b"caf\xe9", "breaks at byte"),
        (codecs.BOM_UTF16_LE + b"a\x00b", "breaks at byte"),
        (b"x" * (MAX_BYTES + 1), "bytes"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        decode(data)


def test_a_file_of_the_largest_size_is_read() -> None:
    assert len(decode(b"x" * MAX_BYTES)[0]) == MAX_BYTES


@given(st.binary(max_size=400))
def test_any_bytes_are_text_without_control_characters_or_refused(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except Refused as refusal:
        assert str(refusal)
        return
    assert text.strip()
    assert not any(ord(character) < 32 and character not in "\n\t" for character in text)
    text.encode()  # no lone surrogate, which SQLite could not keep


_NO_TEXT = "\ufeff\u2028\u2029" + "".join(map(chr, range(0xFDD0, 0xFDF0)))
"""Line ends, marks and what Unicode says is no character: `decode` takes them out."""


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=_NO_TEXT)))
def test_any_text_in_utf_8_comes_back_as_it_is(text: str) -> None:
    seen = f"{text}a"  # a text of which nothing is seen is refused
    assert decode(seen.encode()) == (seen, None)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_story_or_refused(data: bytes) -> None:
    try:
        story = read_story(data, "a.txt")
    except Refused:
        return
    assert story.chapters
    assert all(chapter.pages for chapter in story.chapters)
    assert story.title


def test_a_format_that_is_not_read_is_refused_by_its_ending() -> None:
    with pytest.raises(Refused, match=r"\.xyz"):
        read_story(b"Once.", "a.xyz")


def test_too_many_lines_are_refused_and_blank_ones_are_few() -> None:
    with pytest.raises(Refused, match="the file has 300,001 lines; a story may have 300,000"):
        decode(b"a\n" * (MAX_LINES + 1))
    assert decode(b"Hi." + b"\r\n" * 400_000 + b"Bye.")[0] == "Hi." + "\n" * (MOST_BLANK_LINES + 1) + "Bye."


def test_more_signs_of_markdown_than_a_story_has_are_refused() -> None:
    with pytest.raises(Refused, match="the file has 400,000 signs of Markdown; a story may have 300,000"):
        read_story(b"_a_ " * 200_000, "a.md")


@pytest.mark.parametrize("most", [20_000, pytest.param(MOST_SPANS, marks=pytest.mark.slow)])
def test_emphasis_without_end_is_none(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (emphasis, typed_emphasis):
        monkeypatch.setattr(module, "MOST_SPANS", most)
    [chapter] = read_story(b"The fox came.\n\n" + b"_a_\n\n" * (most + most // 10), "a.txt").chapters
    assert chapter.spans == ()
    assert chapter.prose.endswith("_a_\n\n_a_")


def test_more_lines_of_markdown_than_a_book_has_are_refused() -> None:
    with pytest.raises(Refused, match="the file has 100,001 lines; a Markdown file may have 100,000"):
        read_story(b"a\n" * 100_001, "a.md")
