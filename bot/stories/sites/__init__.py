"""Sites: what they put round a story, known by its lines, in files of every format."""

from __future__ import annotations

from collections.abc import Sequence

from bot.stories.sections.blocks import Block
from bot.stories.sites.archive import read_work
from bot.stories.sites.fanfiction import read_fanfiction
from bot.stories.sites.heads import read_head
from bot.stories.sites.lines import without_site_lines
from bot.stories.sites.page import blocks_of, lines_of
from bot.stories.sites.threads import without_others

_PAGES = (without_others, read_work, read_fanfiction, read_head)
"""Readers of pages on which lines must be put into another order; each returns nothing for other pages."""


def without_sites(blocks: Sequence[Block]) -> list[Block]:
    """Return the *blocks* of a file without what sites put round the story.

    What a page says of its story for sure becomes label blocks (``Title: Snow``) at the start.
    """
    lines = lines_of(blocks)
    return blocks_of(without_site_lines(next(filter(None, (read(lines) for read in _PAGES)), lines)))
