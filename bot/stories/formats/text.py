"""Plain text: stories as authors post them, and books of Project Gutenberg."""

from __future__ import annotations

from bot.stories.formats.editor_comments import without_editor_comments
from bot.stories.formats.encoding import decode
from bot.stories.formats.gutenberg import read_gutenberg, without_illustrations
from bot.stories.formats.typed_emphasis import emphasised
from bot.stories.sections.assembly import read_book, read_sections
from bot.stories.sections.blocks import Block, Raw, raw_blocks, shaped, usual_gap
from bot.stories.sections.contents import take_contents
from bot.stories.sections.parts import Sections
from bot.stories.sites import without_sites


def read_text(data: bytes) -> Sections:
    """Return the sections of a text file. Raises `Refused` if it is not text, or is too large."""
    text, warning = decode(data)
    book = read_gutenberg(text)
    if book is None:
        text = emphasised(without_illustrations(without_editor_comments(text)))
    raws = list(raw_blocks(book.body if book else text))
    if book is None:
        kept = without_sites([Block.of(raw.lines, raw.gap) for raw in raws])
        raws = [Raw(block.marked or block.lines, block.gap) for block in kept]
    contents, raws = take_contents(raws)
    blocks = shaped(raws, is_book=book is not None)
    if book is None:
        sections = read_sections(blocks, contents=contents)
    else:
        known = Sections()
        known.take_all(book.labels)
        sections = read_book(blocks, known, contents=contents)
    sections.gap = usual_gap(blocks)
    sections.warnings += [warning] if warning else []
    return sections
