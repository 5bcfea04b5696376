"""Pages copied from sites with a fixed layout: keep the story, turn metadata into labelled lines, drop the rest.

Sites without a fixed layout are in ``site_lines.toml``.
"""

from __future__ import annotations

from bot.stories.formats.pages.efp import without_efp_head
from bot.stories.formats.pages.fanfiktion_de import without_fanfiktion_head
from bot.stories.formats.pages.ficbook import without_ficbook_head
from bot.stories.formats.pages.forum import without_other_posts
from bot.stories.formats.pages.pixiv import without_pixiv_head
from bot.stories.formats.pages.reddit import without_reddit_thread
from bot.stories.formats.pages.spirit import without_spirit_head

_READERS = (
    without_fanfiktion_head,
    without_ficbook_head,
    without_efp_head,
    without_spirit_head,
    without_pixiv_head,
    without_reddit_thread,
    without_other_posts,
)


def without_page(text: str) -> str:
    """Return the story in *text*, with metadata as labelled lines; unchanged if *text* is no page of a known site."""
    for without in _READERS:
        if (found := without(text)) != text:
            return found
    return text
