"""The bytes of a text file become text, or are refused with a reason."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from bot.stories.model import Refused

MAX_BYTES = 8 * 1024 * 1024
"""A book of a million words is some 6 MB; what is larger is not a story."""

_BOMS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODINGS = (
    "cp1252",
    "cp1250",
    "cp1251",
    "koi8_r",
    "iso8859_2",
    "mac_roman",
    "shift_jis",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_NO_CHARACTERS = re.compile("[\ufeff\ufdd0-\ufdef]")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def decode(data: bytes) -> tuple[str, str | None]:
    """Return the text of *data* with ``\\n`` line ends, and a warning where its encoding had to be guessed.

    Raises `Refused` for what is too large, holds no text, or is no text in any encoding.
    """
    if len(data) > MAX_BYTES:
        raise Refused(f"the file has {len(data):,} bytes; a story may have {MAX_BYTES:,}")
    text, warning = _decoded(data)
    text = _NO_CHARACTERS.sub("", _LINE_END.sub("\n", text))
    if not text.strip():
        raise Refused("the file is empty")
    if _CONTROL.search(text):
        raise Refused("this is not a text file (it holds control characters)")
    return text, warning


def _decoded(data: bytes) -> tuple[str, str | None]:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strict(data, name), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise Refused("this is not a text file (it holds NUL bytes)")
    found = from_bytes(data, cp_isolation=list(_ENCODINGS))
    guess = found.best()
    western = next((match for match in found if match.encoding == "cp1252"), None)
    if guess and western and (western.chaos, -western.coherence) <= (guess.chaos, -guess.coherence):
        guess = western  # of two that fit equally well, the commoner
    if guess is None:
        raise Refused("the encoding is not recognised; save the file as UTF-8")
    return str(guess), f"not UTF-8: read as {guess.encoding}; check accents and quotation marks"


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise Refused(f"the file claims to be {name} but breaks at byte {error.start:,}") from error
