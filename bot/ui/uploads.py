"""An upload as whoever sent it sees it, before anyone else does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import discord
from discord import ui

from bot.drafts import Details, Draft
from bot.readers import minutes
from bot.stories.model import Story
from bot.ui.components import Style, button, sent
from bot.ui.ids import EditDraft, OnDraft
from bot.ui.limits import EMBED_AUTHOR, EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Screen

OPENING = 900
"""Characters of the first page that the preview shows."""

FIELDS: dict[str, tuple[str, int]] = {
    "title": ("Title", 255),
    "author": ("Author", 100),
    "summary": ("Summary", 1250),
    "rating": ("Rating: general, teen, mature, explicit", 40),
    "status": ("Status: one-shot, in progress, complete…", 40),
}
"""What can be said of an upload: its label, and how many characters (Archive of Our Own's limits for texts)."""


def draft_screen(draft: Draft, story: Story, warnings: Sequence[str]) -> Screen:
    """What was understood of an upload, with Publish, Edit and Cancel."""
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), colour=ACCENT)
    if story.author:
        embed.set_author(name=clip(f"by {story.author}", EMBED_AUTHOR))
    embed.description = clip(story.summary, 1000, escape) if story.summary else None
    embed.add_field(name="Length", value=_length(story), inline=False)
    said = [
        f"{clip(name.capitalize(), 40, escape)}: {clip(value, 120, escape)}" for name, value in story.metadata.items()
    ]
    if said:
        embed.add_field(name="Details", value=clip("\n".join(said), 700), inline=False)
    for name, notes in (("Note before", story.notes_before), ("Note after", story.notes_after)):
        if notes:
            embed.add_field(name=name, value=clip("\n\n".join(notes), 300, escape), inline=False)
    opening = next(chapter.prose[: 2 * OPENING] for chapter in story.chapters)
    if len(story.chapters) > 1:
        named = [f"{number}. {chapter.title or 'without a title'}" for number, chapter in enumerate(story.chapters, 1)]
        embed.add_field(name="Chapters", value=clip("\n".join(named), 700, escape), inline=False)
    embed.add_field(name="It begins", value=clip(opening, OPENING, escape), inline=False)
    if warnings:
        embed.add_field(name="Please check", value=clip("\n".join(warnings), 500, escape), inline=False)
    embed.set_footer(text="Only you see this until you publish it.")
    items = [
        button(OnDraft("publish", draft.id), "Publish" if draft.replaces is None else "Save", 0, style=Style.success),
        button(OnDraft("edit", draft.id), "Edit", 0),
        button(OnDraft("cancel", draft.id), "Cancel", 0),
    ]
    return Screen([embed], sent(items))


def _length(story: Story) -> str:
    pages = sum(len(chapter.pages) for chapter in story.chapters)
    parts = [f"{story.words:,} words", f"{pages:,} {'page' if pages == 1 else 'pages'}"]
    if len(story.chapters) > 1:
        parts.insert(1, f"{len(story.chapters):,} chapters")
    return " · ".join([*parts, f"about {minutes(story.words):,} min"])


def edit_modal(draft: Draft) -> ui.Modal:
    """Asks what is to be said of an upload; a field left empty keeps what the file says."""
    modal = ui.Modal(title="What readers see", custom_id=str(EditDraft(draft.id)), timeout=15 * 60)
    now = asdict(draft.understood)
    for name, (label, limit) in FIELDS.items():
        box = ui.TextInput[ui.Modal](
            custom_id=name,
            style=discord.TextStyle.paragraph if name == "summary" else discord.TextStyle.short,
            default=(now[name] or "")[:limit] or None,
            required=False,
            max_length=limit,
        )
        modal.add_item(ui.Label(text=label, component=box))
    return modal


def details_of(draft: Draft, values: dict[str, str]) -> Details:
    """What was typed into the modal: a field that was left as it stood says no more than before."""
    said, stood = asdict(draft.details), asdict(draft.understood)

    def now(name: str, limit: int) -> str | None:
        typed = values.get(name) or ""
        return said[name] if typed == (stood[name] or "")[:limit] else typed.strip() or None

    return Details(**{name: now(name, limit) for name, (_, limit) in FIELDS.items()})


def report_screen(summary: str, changed: Sequence[str]) -> Screen:
    """What became of the files of the folder: what changed, and what was refused with the reason."""
    embed = discord.Embed(title="The folder was read", description=escape(summary), colour=QUIET)
    if changed:
        embed.add_field(name="Changed", value=clip("\n".join(changed), 1000, escape), inline=False)
    return Screen([embed], sent([]))


def settled(title: str, text: str) -> Screen:
    """What a draft becomes when it is published or cancelled."""
    return Screen([discord.Embed(title=clip(title, EMBED_TITLE, escape), description=text, colour=QUIET)], sent([]))
