"""Take the title page of a published book, and the text after its end mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.sections.blocks import Block
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.lines import has_speech, read_end_mark
from bot.stories.sections.parts import Part, Sections

_TITLE_PAGE_WORDS = 24  # maximum words of a paragraph on a title page
_LAST_BLOCKS = 20  # maximum blocks after an end mark
_OPENING_WORDS = 300  # minimum words before the first heading that make a chapter without a heading


def take_title_page(sections: Sections, blocks: Sequence[Block], *, has_parts: bool) -> list[Block]:
    """Take the title page of a book; return the rest. Drop lines that only repeat title and author."""
    known = {"by", *(_normalised(text) for text in (sections.title, sections.author) if text)}
    if has_parts:
        start = next((i for i, block in enumerate(blocks) if is_paragraph(block)), len(blocks))
        if sum(block.words for block in blocks[start:] if is_paragraph(block)) < _OPENING_WORDS:
            start = len(blocks)
    else:
        start = next((i for i, b in enumerate(blocks) if not (b.is_rule or known.issuperset(_lines_of(b)))), 0)
    for block in blocks[:start]:
        if block.is_rule or _normalised(block.text) in known:
            continue
        lines = [line for line in block.lines if _normalised(line) not in known]
        if sections.author is None and (author := read_byline(" ".join(line.strip() for line in block.lines))):
            sections.author = author
        elif lines and not set(_normalised(" ".join(lines)).split()) <= set(" ".join(known).split()):
            sections.notes_before.append("\n".join(lines))
    return list(blocks[start:])


def _lines_of(block: Block) -> set[str]:
    return set(map(_normalised, block.lines))


def _normalised(text: str) -> str:
    """Return *text* normalised, to find repetitions on a title page."""
    words = re.findall(r"[^\W_]+", text[:400].casefold())
    return " ".join(words[1:] if words[:1] == ["by"] and words[1:] else words)


def is_paragraph(block: Block) -> bool:
    """Return whether *block* is a paragraph of text, and not a line of a title page."""
    return not block.is_rule and block.is_line and (block.words > _TITLE_PAGE_WORDS or has_speech(block.text))


def take_book_ending(part: Part, *, is_last: bool) -> None:
    """Take the end mark of a published book from *part*; in the last chapter, text may follow it."""
    most = _LAST_BLOCKS if is_last else 1
    for i in range(len(part.blocks) - 1, max(0, len(part.blocks) - 1 - most), -1):
        block = part.blocks[i]
        if block.is_line and read_end_mark(block.text) is not None:
            part.end_marker = block.text.strip()
            part.notes_after = [below.text for below in part.blocks[i + 1 :] if not below.is_rule]
            part.blocks = part.blocks[:i]
            break
    part.drop_last_rules()
