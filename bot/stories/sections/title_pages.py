"""Take the title page of a published book, and the text after its end mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.stories.sections.blocks import Block
from bot.stories.sections.bylines import read_byline
from bot.stories.sections.lines import has_speech, looks_titled, read_end_mark
from bot.stories.sections.parts import Part, Sections

_TITLE_PAGE_WORDS = 24  # maximum words of a paragraph on a title page
_OPENING_WORDS = 300  # minimum words before the first heading that make a chapter without a heading


def take_title_page(sections: Sections, blocks: Sequence[Block], *, has_parts: bool) -> list[Block]:
    """Take the title page of a book; return the rest. Drop lines that only repeat title and author."""
    known = {_normalised(text) for text in (sections.title, sections.author) if text}
    if has_parts:
        start = next((i for i, block in enumerate(blocks) if is_paragraph(block)), len(blocks))
    else:
        start = next((i for i, block in enumerate(blocks) if not _is_on_title_page(block, known)), 0)
    prose = sum(block.words for block in blocks[start:] if is_paragraph(block))
    if has_parts and prose < _OPENING_WORDS:
        start = len(blocks)
    for block in blocks[:start]:
        if block.is_rule or _normalised(block.text) in known:
            continue
        lines = [line for line in block.lines if _normalised(line) not in known and _normalised(line) != "by"]
        if sections.author is None and (author := read_byline(" ".join(line.strip() for line in block.lines))):
            sections.author = author
        elif lines and not set(_normalised(" ".join(lines)).split()) <= set(" ".join(known).split()):
            sections.notes_before.append("\n".join(lines))
    return list(blocks[start:])


def _normalised(text: str) -> str:
    """Return *text* normalised, to find repetitions on a title page."""
    words = re.findall(r"[^\W_]+", text[:400].casefold())
    return " ".join(words[1:] if words[:1] == ["by"] and words[1:] else words)


def _is_on_title_page(block: Block, known: set[str]) -> bool:
    """Return whether every line of *block* belongs on a title page."""
    return block.is_rule or all(
        _normalised(line) in known
        or _normalised(line) == "by"
        or read_byline(line) is not None
        or (looks_titled(line) and not has_speech(block.text))
        or _IMPRINT.search(line[:200]) is not None
        for line in block.lines
    )


_IMPRINT = re.compile(
    r"(?i)copyright|all rights reserved|(?:translated|illustrated|edited) by|^\W*(?:1[5-9]|20)\d\d\W*$"
)


def is_paragraph(block: Block) -> bool:
    """Return whether *block* is a paragraph of text, and not a line of a title page."""
    return not block.is_rule and block.is_line and (block.words > _TITLE_PAGE_WORDS or has_speech(block.text))


_NOTE_SHARE = 0.3  # maximum share of the last chapter's words after its end mark


def take_book_ending(part: Part, *, is_last: bool) -> None:
    """Take the end mark of a published book, and the text after it, from *part*."""
    blocks = part.blocks
    words = [0 if block.is_rule else block.words for block in blocks]
    most = _NOTE_SHARE * sum(words) if is_last else 0
    after = 0
    for i in range(len(blocks) - 1, 0, -1):
        if after > most:
            break
        if blocks[i].is_line and read_end_mark(blocks[i].text) is not None:
            part.end_marker = blocks[i].text.strip()
            part.notes_after = [block.text for block in blocks[i + 1 :] if not block.is_rule]
            part.blocks = blocks[:i]
            break
        after += words[i]
    part.drop_last_rules()
