"""Decode the bytes of a text file, whatever its encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from bot.stories.model import Refused

MAX_BYTES = 8 * 1024 * 1024
"""Maximum size of a story file, in bytes; a book of a million words has some 6 MB."""

MAX_LINES = 300_000
"""Maximum number of lines in a story file; the longest books have half as many, and more take too long to parse."""

MOST_BLANK_LINES = 50
"""Maximum number of consecutive blank lines that are kept; a longer gap is shortened, as it means no more."""

_BOMS = (  # longer marks first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSED: str = "cp1252 cp1250 cp1251 koi8_r iso8859_2 mac_roman shift_jis euc_jp gb18030 big5 cp949"
_CONTROLS = [chr(code) for code in (*range(0x09), *range(0x0E, 0x20))]
_NO_CHARACTERS = dict.fromkeys(map(chr, (0xFEFF, *range(0xFDD0, 0xFDF0))))
_BLANK_LINES = re.compile(rf"\n{{{MOST_BLANK_LINES + 2},}}")
_VISIBLE = re.compile(
    "[^\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0]"
)
_VALID = re.compile("[^\\x00-\\x7f\ufffd]")
_VALID_PER_BAD = 5  # minimum valid non-ASCII characters in UTF-8 for each damaged byte, if there are several
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def decode(data: bytes) -> tuple[str, str | None]:
    """Return the text of *data* with ``\\n`` line ends, and a warning if its encoding was guessed.

    Raises `Refused` for data that is too large, has too many lines, is empty, or is not text in any encoding.
    """
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    text, warning = _decoded(data)
    if _has_any(text, _LINE_ENDS):
        text = _LINE_END.sub("\n", text)
    if _has_any(text, _NO_CHARACTERS):
        text = text.translate(str.maketrans(_NO_CHARACTERS))
    if not _VISIBLE.search(text):
        raise Refused("empty", "the file is empty")
    if _has_any(text, _CONTROLS):
        raise Refused("controls", "this is not a text file (it holds control characters)")
    if "\n" * (MOST_BLANK_LINES + 2) in text:
        text = _BLANK_LINES.sub("\n" * (MOST_BLANK_LINES + 1), text)
    if (lines := text.count("\n")) > MAX_LINES:
        raise Refused("lines", "the file has {lines:,} lines; a story may have {most:,}", lines=lines, most=MAX_LINES)
    return text, warning


def _has_any(text: str, signs: Iterable[str]) -> bool:
    """Return whether *text* has one of *signs*; for rare signs, ten times as fast as a pattern."""
    return any(map(text.__contains__, signs))


def too_large(size: int) -> Refused:
    """Return the error for a file of *size* bytes."""
    return Refused("bytes", "the file has {bytes:,} bytes; a story may have {most:,}", bytes=size, most=MAX_BYTES)


def _decoded(data: bytes) -> tuple[str, str | None]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name), None
            except UnicodeDecodeError as error:
                if name == "utf-8-sig" and (repaired := _repaired(data)) is not None:
                    return repaired
                english = "the file claims to be {encoding} but breaks at byte {byte:,}"
                raise Refused("encoding-breaks", english, encoding=name, byte=error.start) from error
    utf8 = in_encoding(data, "utf-8")
    if utf8 is not None:
        return utf8, None
    if b"\x00" in data:
        raise Refused("nul", "this is not a text file (it holds NUL bytes)")
    if (repaired := _repaired(data)) is not None:
        return repaired
    guess = _guessed(data)
    if guess is None:
        raise Refused("encoding", "the encoding is not recognised; save the file as UTF-8")
    text, name = guess
    return text, f"not UTF-8: read as {name}; check accents and quotation marks"


def _repaired(data: bytes) -> tuple[str, str] | None:
    """Return the text of UTF-8 with a few damaged bytes, and a warning; None for another encoding."""
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = len(_VALID.findall(text))
    if not good or (bad > 1 and bad * _VALID_PER_BAD > good):
        return None
    what = "one byte is damaged and shows" if bad == 1 else f"{bad:,} bytes are damaged and show"
    return text, f"not quite UTF-8: {what} as \ufffd; save the file again as UTF-8"


def _guessed(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes  # a slow import, and most files are UTF-8

    found = from_bytes(data, cp_isolation=_GUESSED.split())
    guess = found.best()
    western = next((match for match in found if "cp1252" in match.could_be_from_charset), None)
    if guess and western and (western.chaos, -western.coherence) <= (guess.chaos, -guess.coherence):
        return str(western), "cp1252"  # of two encodings that fit equally well, the more common one
    return (str(guess), guess.encoding) if guess is not None else None


def in_encoding(data: bytes, name: str) -> str | None:
    """Return the text of *data* in an encoding; None if *data* is not valid in it, or the encoding is unknown."""
    try:
        return data.decode(name)
    except (LookupError, UnicodeError):
        return None
