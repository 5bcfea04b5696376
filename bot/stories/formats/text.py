"""Plain text: stories as authors post them, and books of Project Gutenberg."""

from __future__ import annotations

from bot.stories.formats.editor_comments import without_editor_comments
from bot.stories.formats.encoding import decode
from bot.stories.formats.gutenberg import read_gutenberg, without_illustrations
from bot.stories.formats.pages import without_page
from bot.stories.formats.pages.archive_of_our_own import without_archive_page, without_work_head
from bot.stories.formats.pages.fanfiction_net import without_rated_head, without_story_page
from bot.stories.formats.posted import (
    without_counts,
    without_manuscript_head,
    without_message_head,
    without_other_comments,
    without_other_voices,
)
from bot.stories.formats.site_lines import SiteText, without_site_lines
from bot.stories.formats.typed_emphasis import emphasised
from bot.stories.sections.assembly import read_book, read_sections
from bot.stories.sections.blocks import raw_blocks, shaped, split, usual_gap
from bot.stories.sections.contents import take_contents
from bot.stories.sections.parts import Sections


def read_text(data: bytes) -> Sections:
    """Return the sections of a text file. Raises `Refused` if it is not text, or is too large."""
    text, warning = decode(data)
    book = read_gutenberg(text)
    if book is None:
        text = emphasised(without_illustrations(_without_heads(text)))
    raws = list(raw_blocks(book.body if book else text))
    around = SiteText()
    if book is None:
        raws, around = without_site_lines(raws)
    contents, raws = take_contents(raws)
    blocks = shaped(raws, is_book=book is not None)
    if book is None:
        sections = read_sections(blocks, contents=contents)
        around.onto(sections)
    else:
        known = Sections()
        for label in book.labels:
            known.take(label)
        known.notes_before = [block.text for note in book.notes_before for block in split(note, is_book=True)]
        sections = read_book(blocks, known, contents=contents)
        sections.notes_after += [block.text for note in book.notes_after for block in split(note, is_book=True)]
    sections.gap = usual_gap(blocks)
    sections.warnings += [warning] if warning else []
    return sections


def _without_heads(text: str) -> str:
    """Return *text* with headers of sites and messages as labelled lines, without comments and remarks of others."""
    for without in (
        without_editor_comments,
        without_other_voices,
        without_other_comments,
        without_message_head,
        without_archive_page,
        without_story_page,
        without_page,
        without_work_head,
        without_rated_head,
        without_manuscript_head,
        without_counts,
    ):
        text = without(text)
    return text
