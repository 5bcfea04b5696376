"""Emphasis that authors type into plain text: ``_x_``, ``*x*``, ``**x**``, ``<i>``, ``[b]``.

A sign means emphasis only if a file uses it for hardly anything else. A sign without a partner stays as typed.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from bot.stories.emphasis import MARKS, MOST_SPANS, TAGS, balanced
from bot.stories.model import Emphasis
from bot.stories.sections.blocks import is_rule

_SOME_PAIRS = 3  # minimum pairs; with fewer, every sign must have a partner
_MOST_SIGNS = 20_000  # maximum signs in a paragraph; more of them mean no emphasis
_STRAY_SHARE = 0.02  # maximum share of signs without a partner, such as typing errors
_PARAGRAPHS = re.compile(r"(\n[ \t]*\n)")
_AROUND_A_STOP = re.compile(r"_([.,;:!?])_")  # a stop between underscores, in stage directions
_WORD = re.compile(r"[^\W_]")
_RUNS = {character: re.compile(re.escape(character) + "+") for character in "_*="}


@dataclass(frozen=True, slots=True)
class _Sign:
    """The sign on both sides of emphasised words: a character, once or repeated."""

    typed: str
    kind: Emphasis

    @property
    def runs(self) -> re.Pattern[str]:
        """Pattern for the sign and for longer runs of its character."""
        return _RUNS[self.typed[0]]


_ITALICS, _BOLD = _Sign("_", "italic"), _Sign("=", "bold")
_IN_POSTS = (_ITALICS, _Sign("**", "bold"), _Sign("*", "italic"))


def emphasised(text: str) -> str:
    """Return the text of a post with emphasis marks in place of each sign that its author uses for emphasis.

    A sign that occurs more than 2 × `MOST_SPANS` times stays as typed.
    """
    marked_text = with_tags_marked(_without_layout(text))
    text = text if marked_text == text else _ENTITY.sub(_character, marked_text)
    for sign in _IN_POSTS:
        if 2 <= text.count(sign.typed) <= 2 * MOST_SPANS:
            with_marks, pairs, strays = _with_marks(text, sign)
            if strays <= (2 * pairs * _STRAY_SHARE if pairs >= _SOME_PAIRS else 0):
                text = with_marks
    return text


def emphasised_book(text: str) -> str:
    """Return the text of a Project Gutenberg book with emphasis marks in place of ``_italics_`` and ``=bold=``."""
    text, *_ = _with_marks(_AROUND_A_STOP.sub(r"\1", text), _ITALICS)
    return _with_marks(text, _BOLD)[0]


# -- signs in pairs -------------------------------------------------------------------------


def _with_marks(text: str, sign: _Sign) -> tuple[str, int, int]:
    """Return *text* with emphasis marks in place of each pair of *sign*, and how many pairs and other signs it has."""
    on, off = MARKS[sign.kind]
    width, pairs, strays = len(sign.typed), 0, 0
    pieces: list[str] = []
    for paragraph in _PARAGRAPHS.split(text):
        paired, others = _pairs(paragraph, sign)
        pairs += len(paired)
        strays += others
        last = 0
        for opened, closed in paired:
            pieces += [paragraph[last:opened], on, paragraph[opened + width : closed], off]
            last = closed + width
        pieces.append(paragraph[last:])
    return "".join(pieces), pairs, strays


def _pairs(paragraph: str, sign: _Sign) -> tuple[list[tuple[int, int]], int]:
    """Return the offsets of the opening and the closing *sign* of each pair around words, and the number of others.

    A sign in a rule, between spaces (``2 * 3``), within a word (``f*ck``) or in an emoticon (``:*``) is not counted.
    """
    pairs: list[tuple[int, int]] = []
    others = 0
    if not 1 <= paragraph.count(sign.typed) <= _MOST_SIGNS or is_rule(paragraph):
        return pairs, others
    opened: int | None = None
    typed, last = sign.typed, len(paragraph)
    for match in sign.runs.finditer(paragraph):
        i, end = match.span()
        if match[0] != typed:
            continue  # a rule, a blank to fill in, or another sign
        before = paragraph[i - 1] if i else " "
        after = paragraph[end] if end < last else " "
        may_close = not before.isspace() and not after.isalnum()
        if opened is not None and may_close and _WORD.search(paragraph, opened, i):
            pairs.append((opened, i))
            opened = None
        elif not before.isalpha() and not after.isspace():  # after a digit, too: 13_th_
            others += opened is not None
            opened = i
        else:
            others += may_close and before not in ":;"
    return pairs, others + (opened is not None)


# -- tags -----------------------------------------------------------------------------------

_TAG = re.compile(rf"<(?P<angle>/?(?:{'|'.join(TAGS)}))\s*>|\[(?P<square>/?[ibus])\]", re.I)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


_LAYOUT = re.compile(
    r"\[(?P<end>/?)(?P<name>cent(?:er|re)|left|right|justify|align|size|font|colou?r|indent|url)(?:=[^\]\n]{0,200})?\]",
    re.I,
)


def _without_layout(text: str) -> str:
    """Return *text* without the layout tags of forums, such as ``[center]``; a tag that is never closed stays."""
    closed = {tag["name"].lower() for tag in _LAYOUT.finditer(text) if tag["end"]} if "[/" in text else set[str]()
    return _LAYOUT.sub(lambda tag: "" if tag["name"].lower() in closed else tag[0], text) if closed else text


def with_tags_marked(text: str) -> str:
    """Return *text* with emphasis marks in place of paired tags."""
    tags = list(_TAG.finditer(text)) if "</" in text or "[/" in text else []
    opened: dict[str, list[int]] = {}
    marks: dict[int, str] = {}
    for i, tag in enumerate(tags):
        name = (tag["angle"] or tag["square"]).lower()
        on, off = MARKS[TAGS[name.lstrip("/")]]
        bracket = tag[0][0]
        if not name.startswith("/"):
            opened.setdefault(bracket + name, []).append(i)
        elif waiting := opened.get(bracket + name[1:]):
            marks[waiting.pop()], marks[i] = on, off
    if not marks:
        return text
    pieces: list[str] = []
    last = 0
    for i, mark in sorted(marks.items()):
        pieces += [text[last : tags[i].start()], mark]
        last = tags[i].end()
    paragraphs = _PARAGRAPHS.split("".join([*pieces, text[last:]]))
    paragraphs[::2] = balanced(paragraphs[::2])
    return "".join(paragraphs)


def _character(entity: re.Match[str]) -> str:
    """Return the character of an entity, or the entity itself if the character is not printable."""
    character = html.unescape(entity[0])
    return character if (character and character.isprintable()) or character == "\u00a0" else entity[0]
