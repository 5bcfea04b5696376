"""Sites: what they put round a story, known by its lines, in files of every format."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.sections.blocks import Block
from bot.stories.sections.labels import Labelled
from bot.stories.sites.archive import read_work
from bot.stories.sites.ends import without_site_lines
from bot.stories.sites.fanfiction import read_fanfiction
from bot.stories.sites.heads import read_head
from bot.stories.sites.mail import read_message
from bot.stories.sites.page import blocks_of, lines_of
from bot.stories.sites.threads import without_others

_PAGES = (without_others, read_message, read_work, read_fanfiction, read_head)
"""Readers of pages on which lines must be put into another order; each returns nothing for other pages."""


def without_sites(blocks: Sequence[Block]) -> tuple[list[Block], list[Labelled]]:
    """Return the *blocks* of a file without what sites put round the story, and what sites say of the story.

    What a page says of its story for sure becomes label blocks (``Title: Snow``) at the start, and what people said
    below the story becomes blocks of notes. What the author says in the text goes before the other labels.
    """
    lines = lines_of(blocks)
    items = next(filter(None, (read(lines) for read in _PAGES)), lines)
    items, labels = without_site_lines(items)
    return blocks_of(items), labels
