"""Emphasis that authors type into plain text: ``_x_``, ``*x*``, ``**x**``, ``/x/`` on a whole line, ``<i>``, ``[b]``.

A sign means emphasis only if a file uses it for hardly anything else. A sign without a partner stays as typed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.stories.emphasis import MARKS, MOST_SPANS, TAGS, balanced, marked
from bot.stories.model import Emphasis
from bot.stories.sections.blocks import Block, is_rule
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.lines import LONGEST_HEADING, ends_openly, is_framed, read_end_mark
from bot.stories.sections.names import read_names
from bot.stories.sections.remarks import has_remark

_LEAST_PAIRS = {"_": 3, "*": 1, "**": 1}
"""Minimum number of pairs of a sign in a post that uses the sign for emphasis; an underscore also joins words.

One pair is enough if every pair is around several words or within a sentence.
"""

_SENTENCE = 5  # minimum spaces in a sentence
_SOME_PAIRS = 3  # minimum pairs; with fewer, every sign must have a partner
_MOST_SIGNS = 20_000  # maximum signs in a paragraph; more of them mean no emphasis
_MOST_CHECKED = 5_000  # maximum paragraphs with a star at their start that are checked for notes; no story has more
_STRAY_SHARE = 0.02  # maximum share of signs without a partner, such as typing errors
_PARAGRAPHS = re.compile(r"(\n[ \t]*\n)")
_AROUND_A_STOP = re.compile(r"_([.,;:!?])_")  # a stop between underscores, in stage directions
_WORD = re.compile(r"[^\W_]")
_FIRST_LINE = re.compile(r"\s*[^\n]+")
_SIGNS = re.compile("[*_/]")
_SLASHED = re.compile(
    r"^(?P<indent>[ \t]*)(?P<sign>//?)(?P<words>[^\s/](?:(?:[^/\n]|\n(?![ \t]*(?:\n|\Z)))*[^\s/])?)(?P=sign)[ \t]*$",
    re.M,
)
"""One or more whole lines of a paragraph between slashes."""


_RUNS = {character: re.compile(re.escape(character) + "+") for character in "_*="}
_WITHIN_WORD = {typed: re.compile(rf"(?<=[^\W_]){re.escape(typed)}(?=[^\W_])") for typed in ("*", "**", "_")}
_ALONE = {
    character: re.compile(rf"(?<=\s){re.escape(character)}+(?=\s)|(?<=\s[:;]){re.escape(character)}+(?!\w)")
    for character in "_*"
}
"""Patterns for a sign between spaces or in an emoticon, which is no emphasis: ``2 * 3``, ``:*``."""
_NOWHERE = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class _Sign:
    """The sign on both sides of emphasised words: a character, once or repeated."""

    typed: str
    kind: Emphasis

    @property
    def runs(self) -> re.Pattern[str]:
        """Pattern for the sign and for longer runs of its character."""
        return _RUNS[self.typed[0]]

    @property
    def within_word(self) -> re.Pattern[str]:
        """Pattern for the sign within a word, where it masks a letter or joins a handle, and means no emphasis."""
        return _WITHIN_WORD.get(self.typed, _NOWHERE)


_ITALICS, _BOLD = _Sign("_", "italic"), _Sign("=", "bold")
_IN_POSTS = (_ITALICS, _Sign("**", "bold"), _Sign("*", "italic"))


def emphasised(text: str) -> str:
    """Return the text of a post with emphasis marks in place of each sign that its author uses for emphasis.

    A sign that occurs more than 2 × `MOST_SPANS` times stays as typed.
    """
    text = _without_tags(text)
    title, text = _framed_title(text)
    for sign in _IN_POSTS:
        if text.count(sign.typed) > 2 * MOST_SPANS:
            continue
        paragraphs = _PARAGRAPHS.split(text) if text.count(sign.typed) >= 2 else []
        pairs = _pairs_in(paragraphs, sign)
        least = 1 if _are_phrases(paragraphs, pairs) else _LEAST_PAIRS[sign.typed]
        if _means_emphasis(text, sign, sum(map(len, pairs)), least=least):
            text = _marked_pairs(paragraphs, pairs, sign)
    return title + _SLASHED.sub(lambda line: line["indent"] + marked(line["words"], "italic"), text)


def _framed_title(text: str) -> tuple[str, str]:
    """Return the first line if it is a title with a byline or in a frame of signs, else "", and the rest of *text*."""
    first = _FIRST_LINE.match(text)
    if first is None or len(first[0]) > LONGEST_HEADING or not _SIGNS.search(first[0]):
        return "", text
    line = first[0].strip()
    names = read_names(line, "title")
    is_signed = names.author is not None and read_byline(line.partition(names.title or "")[2].strip("*_ ")) is not None
    if not is_signed and not (is_framed(line) and ends_openly(line)):
        return "", text
    return first[0], text[first.end() :]


def emphasised_book(text: str) -> str:
    """Return the text of a Project Gutenberg book with emphasis marks in place of ``_italics_`` and ``=bold=``."""
    return _in_paragraphs(_in_paragraphs(_AROUND_A_STOP.sub(r"\1", text), _ITALICS), _BOLD)


# -- signs in pairs -------------------------------------------------------------------------


def _in_paragraphs(text: str, sign: _Sign) -> str:
    """Return *text* with emphasis marks in place of each pair of *sign*."""
    if sign.typed not in text:
        return text
    paragraphs = _PARAGRAPHS.split(text)
    return _marked_pairs(paragraphs, _pairs_in(paragraphs, sign), sign)


def _pairs_in(paragraphs: Sequence[str], sign: _Sign) -> list[list[tuple[int, int]]]:
    """Return the pairs of *sign* in each of *paragraphs*, which include the gaps between paragraphs."""
    return [_pairs(paragraph, sign) if sign.typed in paragraph else [] for paragraph in paragraphs]


def _marked_pairs(paragraphs: Sequence[str], pairs: Sequence[Sequence[tuple[int, int]]], sign: _Sign) -> str:
    """Return *paragraphs* joined, with emphasis marks in place of the *pairs* of *sign* in each."""
    on, off = MARKS[sign.kind]
    width = len(sign.typed)
    pieces: list[str] = []
    checked = 0
    for paragraph, paired in zip(paragraphs, pairs, strict=True):
        is_starred = (
            bool(paired) and sign.typed == "*" and paragraph.lstrip().startswith("*") and checked < _MOST_CHECKED
        )
        checked += is_starred
        last = 0
        for opened, closed in () if is_starred and _needs_signs(paragraph) else paired:
            pieces += [paragraph[last:opened], on, paragraph[opened + width : closed], off]
            last = closed + width
        pieces.append(paragraph[last:])
    return "".join(pieces)


def _needs_signs(paragraph: str) -> bool:
    """Return whether a paragraph is a note or an end mark (``*To Be Continued*``): later steps need its signs."""
    return read_end_mark(paragraph) is not None or has_remark(Block((paragraph,)))


def _pairs(paragraph: str, sign: _Sign) -> list[tuple[int, int]]:
    """Return the offsets of the opening and the closing *sign* of each pair around words."""
    pairs: list[tuple[int, int]] = []
    if not 1 < paragraph.count(sign.typed) <= _MOST_SIGNS:
        return pairs
    opened: int | None = None
    typed, last = sign.typed, len(paragraph)
    for match in sign.runs.finditer(paragraph):
        if match[0] != typed:
            continue  # a rule, a blank to fill in, or another sign
        i, end = match.span()
        before = paragraph[i - 1] if i else " "
        after = paragraph[end] if end < last else " "
        if opened is not None and not before.isspace() and not after.isalnum() and _WORD.search(paragraph, opened, i):
            pairs.append((opened, i))
            opened = None
        elif not before.isalpha() and not after.isspace():  # after a digit, too: 13_th_
            opened = i
    return pairs


def _are_phrases(paragraphs: Sequence[str], pairs: Sequence[Sequence[tuple[int, int]]]) -> bool:
    """Return whether all *pairs* are around several words or within a sentence, unlike underscores in a handle."""
    return all(
        all(" " in paragraph[opened:closed] for opened, closed in paired) or paragraph.count(" ") >= _SENTENCE
        for paragraph, paired in zip(paragraphs, pairs, strict=True)
    )


def _means_emphasis(text: str, sign: _Sign, pairs: int, *, least: int) -> bool:
    """Return whether a post has at least *least* pairs of *sign*, and hardly any other outside rules and words."""
    if pairs < least:
        return False
    lines = "\n".join(line for line in text.split("\n") if sign.typed in line and not is_rule(line))
    signs_within_words = len(sign.within_word.findall(lines))
    if sign.typed == "_":
        signs_within_words = min(signs_within_words, pairs)  # more underscores within words mean names of files
    lines = _ALONE[sign.typed[0]].sub(" ", lines)
    signs = sign.runs.findall(lines).count(sign.typed) - signs_within_words
    strays = signs - 2 * pairs
    return strays <= (signs * _STRAY_SHARE if pairs >= _SOME_PAIRS else 0)


# -- tags -----------------------------------------------------------------------------------

_TAG = re.compile(rf"<(?P<angle>/?(?:{'|'.join(TAGS)}))>|\[(?P<square>/?[ibus])\]", re.I)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


_LAYOUT = re.compile(
    r"\[(?P<end>/?)(?P<name>cent(?:er|re)|left|right|justify|align|size|font|colou?r|indent|url)(?:=[^\]\n]{0,200})?\]",
    re.I,
)


def _without_layout(text: str) -> str:
    """Return *text* without the layout tags of forums, such as ``[center]``; a tag that is never closed stays."""
    closed = {tag["name"].lower() for tag in _LAYOUT.finditer(text) if tag["end"]} if "[/" in text else set[str]()
    return _LAYOUT.sub(lambda tag: "" if tag["name"].lower() in closed else tag[0], text) if closed else text


def _without_tags(text: str) -> str:
    """Return *text* with emphasis marks in place of paired tags; if it has such tags, entities are decoded, too."""
    text = _without_layout(text)
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
    return _ENTITY.sub(_character, "".join(paragraphs))


def _character(entity: re.Match[str]) -> str:
    """Return the character of an entity, or the entity itself if the character is not printable."""
    character = html.unescape(entity[0])
    return character if (character and character.isprintable()) or character == "\u00a0" else entity[0]
