"""Rich text (``.rtf``), as saved by older programs.

`striprtf` decodes words and encodings, but drops emphasis. So each change of emphasis is first written into the text as
a character that `striprtf` keeps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import cast

from striprtf.striprtf import rtf_to_text  # pyright: ignore[reportUnknownVariableType]

from bot.stories.formats.encoding import MAX_BYTES, too_large
from bot.stories.formats.html.reader import read_markup
from bot.stories.model import Refused
from bot.stories.sections.parts import Sections

_WORD = re.compile(
    r"(?:\\\*\s*)?\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}]+|\\.|\\)",
    re.I | re.S,
)
_BITS = {"i": 1, "b": 2, "ul": 4, "strike": 8, "v": 16, "deleted": 16}
_TAGS = {1: "i", 2: "b", 4: "u", 8: "s"}
_HIDDEN = 16
_BULLETS = dict.fromkeys(range(0xF000, 0xF100), "•")
"""Characters of the fonts Symbol and Wingdings, which are bullets of lists."""

_DOT = re.compile(r"(\\(?:listtext|pntext)\b[^{}]{0,200}?)\\'b7", re.I)
"""A bullet of the font Symbol; in other fonts its code is a dot."""

_STATES = 0xFDD0  # first of the noncharacters that stand for a state of emphasis
_STATE = re.compile("([\ufdd0-\ufdef])")
_HEADING = re.compile("[\x01-\x05]")
_LINE_BREAK = "\x0b"
_NOTE, _END_OF_NOTE, _CELL = "\x06", "\x07", "\x0e"
_NOTES = re.compile(f"{_NOTE}([^{_NOTE}{_END_OF_NOTE}]*){_END_OF_NOTE}")
_END_IN_CELL = re.compile(
    f"\n([\\s\ufdd0-\ufdef]*){_CELL}"
)  # the end of the last paragraph in a cell, which needs no line of its own
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef]")
_SKIPPED = frozenset({"pict", "fonttbl", "colortbl", "stylesheet", "info", "object", "themedata", "datastore"})
_BREAKS = {"line": _LINE_BREAK, "cell": _CELL}
_MOST_GROUPS = 1000
"""Maximum depth of nested groups."""


def read_rtf(data: bytes) -> Sections:
    """Return the sections of an RTF file. Raises `Refused` if it is damaged, too large or nested too deeply."""
    if len(data) > MAX_BYTES:
        raise too_large(len(data))
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Refused("rtf", "the file is not in RTF, or it is damaged")
    source = _CONTROLS.sub("", data.decode("cp1252", "replace")).replace("HYPERLINK", "LINK")
    source = "".join(_with_states(_DOT.sub(r"\1\\u8226 ?", source)))
    try:
        text = cast("str", rtf_to_text(source, errors="replace"))
    except (LookupError, TypeError, UnicodeError, ValueError, OverflowError) as error:
        raise Refused("rtf", "the file is not in RTF, or it is damaged") from error
    text = (
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_BULLETS)
    )  # an emoji has two UTF-16 units
    notes: list[str] = []

    def number(found: re.Match[str]) -> str:
        notes.append(found[1].strip())
        return f"[{len(notes)}]"

    page = "".join(_paragraphs(_END_IN_CELL.sub(rf"\1{_CELL}", _NOTES.sub(number, text))))
    for count, note in enumerate(notes, 1):
        page += f'<aside role="doc-footnote">{"".join(_paragraphs(f"[{count}] {note}"))}</aside>'
    return read_markup(page)


def _with_states(source: str) -> Iterator[str]:
    """Yield *source* with a character for each change of emphasis, line break, heading, footnote and table cell."""
    states, state, shown = [0], 0, 0
    skipped = 0  # depth of the skipped group, or 0
    note = 0  # depth of the footnote, or 0
    fonts = False
    for token in _WORD.finditer(source):
        word, brace = token["word"], token["brace"]
        if brace == "{":
            states.append(state)
            if len(states) > _MOST_GROUPS:
                raise Refused("nested-file", "the file is nested more deeply than any story")
        elif brace == "}":
            state = states.pop() if len(states) > 1 else 0
        if skipped:
            skipped = skipped if len(states) >= skipped else 0
            if fonts or not skipped:
                yield token[0]
            continue
        if word is not None and word.lower() in _SKIPPED:
            skipped, fonts = len(states), word == "fonttbl"
            yield token[0]
            continue
        if word in _BITS or word in ("plain", "ulnone"):
            state = _next_state(state, word, is_on=token["number"] != "0")
        elif word == "outlinelevel" and (token["number"] or "9") in "01234":
            yield chr(1 + int(token["number"]))
        if note and len(states) < note:
            yield _END_OF_NOTE
            note = 0
        if word == "pntext":  # the number of an item, in files from before Word 97
            yield r"\listtext "
        elif word == "footnote" and not note:
            yield _NOTE
            note = len(states)
        elif word in _BREAKS:
            yield _BREAKS[word]
        else:
            yield token[0]
        if state != shown and brace != "{":
            yield chr(_STATES + state)
            shown = state


def _next_state(state: int, word: str, *, is_on: bool) -> int:
    if word == "plain":
        return 0
    if word == "ulnone":
        return state & ~_BITS["ul"]
    return state | _BITS[word] if is_on else state & ~_BITS[word]


def _paragraphs(text: str) -> Iterator[str]:
    """Yield each line as HTML: a paragraph, a heading or a row of a table."""
    state = 0
    for line in text.split("\n"):
        level = _HEADING.search(line)
        name = f"h{1 + ord(level[0])}" if level else "p"
        cells: list[str] = []
        for cell in _HEADING.sub("", line).split(_CELL):
            html, state = _emphasized(cell, state)
            cells.append(html)
        if len(cells) > 1:
            yield f"<table><tr>{''.join(f'<td>{cell}</td>' for cell in cells if cell)}</tr></table>"
        else:
            yield f"<{name}>{cells[0]}</{name}>"


def _emphasized(text: str, state: int) -> tuple[str, int]:
    """Return the HTML of *text*, which begins in *state*, and the state of emphasis at its end."""
    pieces: list[str] = []
    for piece in _STATE.split(text):
        if _STATE.fullmatch(piece):
            state = ord(piece) - _STATES
        elif piece and not state & _HIDDEN:
            tags = [tag for bit, tag in _TAGS.items() if state & bit]
            words = escape(piece).replace(_LINE_BREAK, "<br>")
            opening, closing = "".join(f"<{tag}>" for tag in tags), "".join(f"</{tag}>" for tag in reversed(tags))
            pieces += [opening, words, closing]
    return "".join(pieces), state
