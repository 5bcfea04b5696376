"""Read stories in Markdown: title and chapters."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.stories.formats.encoding import decode
from bot.stories.formats.html.lists import with_marks
from bot.stories.formats.html.page import Piece
from bot.stories.formats.html.story import with_chapters
from bot.stories.formats.markdown.blocks import Reader
from bot.stories.formats.markdown.inline import HARD_BREAK
from bot.stories.model import Refused
from bot.stories.sections.assembly import read_sections
from bot.stories.sections.blocks import Block
from bot.stories.sections.headings import read_chapter
from bot.stories.sections.parts import Sections
from bot.stories.sections.remarks import has_remark
from bot.stories.sites import without_sites

_SIGNS = "*_[]`~<>&\\!"  # characters that may be markup, and take time even if they are not
_MOST_SIGNS = 300_000  # maximum number; five times as many as in the longest novel with emphasis on every page
_MOST_LINES = 100_000  # maximum number; the longest books have fewer, and a list takes two kilobytes a line
_COMMENT = re.compile(r"<!--.*?(?:(-->)|\Z)", re.S)
_LAYOUT = re.compile(r"(?<!\\)</?(?:center|p|div|span|font|small|big)(?:\s[^<>\n]{0,200})?>", re.I)
_LINE_BREAK = re.compile(r"(?<!\\)<br\s*/?>[ \t]*(?:\n[ \t]*(?=[^\s#>|+-]))?", re.I)
_BYLINE = re.compile(r"(?i)\W*(?:written )?by\b")
_NUMERAL = re.compile(r"[\dIVXLCivxlc]+[.)]?")


def read_markdown(data: bytes) -> Sections:
    """Return the sections of a Markdown file. Raises `Refused` if it is not text, or too large to parse."""
    text, warning = decode(data)
    if (lines := text.count("\n")) > _MOST_LINES:
        english = "the file has {lines:,} lines; a Markdown file may have {most:,}"
        raise Refused("markdown-lines", english, lines=lines, most=_MOST_LINES)
    if (signs := sum(map(text.count, _SIGNS))) > _MOST_SIGNS:
        english = "the file has {signs:,} signs of Markdown; a story may have {most:,}"
        raise Refused("markdown-signs", english, signs=signs, most=_MOST_SIGNS)
    text = _COMMENT.sub(lambda match: "" if match[1] else match[0], text)  # comments are not for readers
    text = _LINE_BREAK.sub(HARD_BREAK, _LAYOUT.sub("", text))
    title, pieces = _without_title(list(Reader(text).pieces()))
    pieces = with_marks(with_chapters(pieces))
    blocks = without_sites([replace(piece.block, is_heading=piece.level > 0) for piece in pieces])
    sections = read_sections(blocks, is_titled=title is not None)
    sections.title = title or sections.title
    if title is not None and sections.metadata.get("title", "").casefold() == title.casefold():
        del sections.metadata["title"]
    sections.warnings += [warning] if warning else []
    return sections


def _without_title(pieces: list[Piece]) -> tuple[str | None, list[Piece]]:
    """Return the title, or None, and the other pieces.

    The title is the first heading, unless it names a chapter, text comes before it, or another heading has a higher
    level, or the same level with text between the first two headings.
    """
    headings = [i for i, piece in enumerate(pieces) if piece.level]
    if not headings:
        return None, pieces
    first = headings[0]
    text, level = pieces[first].block.text, pieces[first].level
    if read_chapter(text) or _NUMERAL.fullmatch(text) or not all(_may_follow_title(p.block) for p in pieces[:first]):
        return None, pieces
    if len(headings) > 1:
        highest = min(pieces[i].level for i in headings[1:])
        between = pieces[first + 1 : headings[1]]
        if highest < level or (highest == level and not all(_may_follow_title(piece.block) for piece in between)):
            return None, pieces
    return text, pieces[:first] + pieces[first + 1 :]


def _may_follow_title(block: Block) -> bool:
    """Return whether a block beside a title is not yet the story: a byline, a rule, labels or a note."""
    is_byline = block.is_line and _BYLINE.match(block.text) is not None and block.words < 8
    return is_byline or block.is_rule or block.labels is not None or has_remark(block)
