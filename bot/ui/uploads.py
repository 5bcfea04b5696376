"""An upload as whoever sent it sees it, before anyone else does."""

from __future__ import annotations

from collections.abc import Sequence

import discord

from bot.drafts import Draft
from bot.readers import minutes
from bot.stories.model import Story
from bot.stories.ratings import read_rating
from bot.stories.status import read_status
from bot.ui.components import Style, button, sent
from bot.ui.details import details_text
from bot.ui.ids.uploads import OnDraft
from bot.ui.limits import EMBED_AUTHOR, EMBED_DESCRIPTION, EMBED_TITLE, EMBEDS_TOTAL, clip, embed_size, size
from bot.ui.markdown import escape, page_text
from bot.ui.panel import publish_label
from bot.ui.screen import ACCENT, QUIET, Screen

SUMMARY, DETAILS, NOTES, CHAPTERS, WARNINGS = 600, 600, 300, 500, 500
"""Characters of each; so at least 2,000 are left for the page."""

ENDING = 160
"""Characters of the last words."""

PAGE = "Its first page"


def draft_screen(draft: Draft, story: Story, warnings: Sequence[str]) -> Screen:
    """What was understood of an upload, with Publish, Edit and Cancel."""
    footer = "Only you see this until you publish it."
    if draft.replaces is not None:
        footer = "Only you see this until you save it. Places, votes and reactions stay."
    items = [
        button(OnDraft("publish", draft.id), publish_label(draft), 0, style=Style.success),
        button(OnDraft("edit", draft.id), "Edit", 0),
        button(OnDraft("cancel", draft.id), "Cancel", 0),
    ]
    return Screen(understood(story, warnings, footer), sent(items))


def understood(story: Story, warnings: Sequence[str], footer: str) -> list[discord.Embed]:
    """How a file reads: what it says of itself, its notes and chapters, and its first page as readers will see it."""
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), colour=ACCENT)
    if story.author:
        embed.set_author(name=clip(f"by {story.author}", EMBED_AUTHOR))
    embed.description = clip(story.summary, SUMMARY, escape) if story.summary else None
    embed.add_field(name="Length", value=_length(story), inline=False)
    rating = read_rating(story.metadata, story.all_notes)
    status = read_status(story.metadata, len(story.chapters), story.end_marker)
    if details := details_text(story.metadata, rating, status, DETAILS):
        embed.add_field(name="Details", value=details, inline=False)
    for name, notes in (("Note before", story.notes_before), ("Note after", story.notes_after)):
        if notes:
            embed.add_field(name=name, value=clip("\n\n".join(notes), NOTES, escape), inline=False)
    if len(story.chapters) > 1:
        named = [f"{number}. {chapter.title or 'without a title'}" for number, chapter in enumerate(story.chapters, 1)]
        embed.add_field(name="Chapters", value=clip("\n".join(named), CHAPTERS, escape), inline=False)
    if warnings:
        embed.add_field(name="Please check", value=clip("\n".join(warnings), WARNINGS, escape), inline=False)
    embed.add_field(name="It ends", value=_ending([chapter.prose for chapter in story.chapters][-1]), inline=False)
    first = next(page for chapter in story.chapters for page in chapter.pages)
    text, room = page_text(first.text, first.spans), EMBEDS_TOTAL - embed_size([embed]) - len(PAGE) - len(footer)
    page = discord.Embed(title=PAGE, colour=ACCENT)
    page.description = text if size(text) <= room else clip(first.text, min(room, EMBED_DESCRIPTION), escape)
    page.set_footer(text=footer)
    return [embed, page]


def _ending(prose: str) -> str:
    """The last words of the story proper: what comes after them in the file was taken for a note."""
    words = " ".join(prose[-ENDING:].split(" ")[1:]) if len(prose) > ENDING else prose
    return clip(words if words == prose else f"…{words}", 2 * ENDING + 2, escape)


def _length(story: Story) -> str:
    pages = sum(len(chapter.pages) for chapter in story.chapters)
    parts = [f"{story.words:,} words", f"{pages:,} {'page' if pages == 1 else 'pages'}"]
    if len(story.chapters) > 1:
        parts.insert(1, f"{len(story.chapters):,} chapters")
    parts.append(f"about {minutes(story.words):,} min")
    for count, one, more in (
        (sum(chapter.scene_breaks for chapter in story.chapters), "scene break", "scene breaks"),
        (sum(chapter.verse_blocks for chapter in story.chapters), "verse", "verses"),
        (sum(len(chapter.quotes) for chapter in story.chapters), "quote", "quotes"),
    ):
        parts += [f"{count:,} {one if count == 1 else more}"] if count else []
    return " · ".join(parts)


def reading_screen(done: int, files: int) -> Screen:
    """How far a load of the folder is."""
    text = f"{done:,} of {files:,} files are read." if files else "This may take a while; the answer comes here."
    return settled("Reading the folder…", text)


def report_screen(summary: str, changed: Sequence[str]) -> Screen:
    """What became of the files of the folder: what changed, and what was refused with the reason."""
    embed = discord.Embed(title="The folder was read", description=escape(summary), colour=QUIET)
    if changed:
        embed.add_field(name="Changed", value=clip("\n".join(changed), 1000, escape), inline=False)
    return Screen([embed], sent([]))


def settled(title: str, text: str) -> Screen:
    """What a draft becomes when it is published or cancelled."""
    return Screen([discord.Embed(title=clip(title, EMBED_TITLE, escape), description=text, colour=QUIET)], sent([]))
