"""Read stories in Markdown: title and chapters."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.stories.formats.encoding import decode
from bot.stories.formats.html.lists import with_marks
from bot.stories.formats.html.story import with_chapters
from bot.stories.formats.html.titles import titled
from bot.stories.formats.markdown.blocks import Reader
from bot.stories.formats.markdown.inline import HARD_BREAK
from bot.stories.model import Refused
from bot.stories.sections.assembly import read_sections
from bot.stories.sections.parts import Sections
from bot.stories.sites import without_sites

_SIGNS = "*_[]`~<>&\\!"  # characters that may be markup, and take time even if they are not
_MOST_SIGNS = 300_000  # maximum number; five times as many as in the longest novel with emphasis on every page
_MOST_LINES = 100_000  # maximum number; the longest books have fewer, and a list takes two kilobytes a line
_COMMENT = re.compile(r"<!--.*?(?:(-->)|\Z)", re.S)
_LAYOUT = re.compile(r"(?<!\\)</?(?:center|p|div|span|font|small|big)(?:\s[^<>\n]{0,200})?>", re.I)
_LINE_BREAK = re.compile(r"(?<!\\)<br\s*/?>[ \t]*(?:\n[ \t]*(?=[^\s#>|+-]))?", re.I)


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
    title, author, pieces = titled(list(Reader(text).pieces()))
    pieces = with_marks(with_chapters(pieces))
    blocks = without_sites([replace(piece.block, is_heading=piece.level > 0) for piece in pieces])
    sections = read_sections(blocks, is_titled=title is not None)
    sections.title, sections.author = title or sections.title, author or sections.author
    if title is not None and sections.metadata.get("title", "").casefold() == title.casefold():
        del sections.metadata["title"]
    sections.warnings += [warning] if warning else []
    return sections
