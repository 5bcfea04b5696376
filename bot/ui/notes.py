"""An author's notes: truncated on a page, or in full. The colour of the embed sets them apart from the story."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import discord

from bot.stories.model import PARAGRAPH_BREAK, Spot
from bot.stories.page_frames import NOTE_LINES, SMALL_COLUMNS
from bot.stories.pages import cut
from bot.texts import say
from bot.ui.components import button, part_buttons
from bot.ui.ids import ShowDraftNotes, ShowNotes
from bot.ui.limits import clip, size
from bot.ui.markdown import escape
from bot.ui.screen import QUIET, Screen

NOTE_CHARS = 700
"""Maximum length of a note in an embed, in escaped characters. A button opens a longer note in full."""

LINE_CHARS = NOTE_LINES * SMALL_COLUMNS["phone"] - 12
"""Maximum length of the note in `note_line`, in characters."""

Side = Literal["before", "after"]


def note_text(notes: Sequence[str]) -> str:
    return PARAGRAPH_BREAK.join(notes)


def note_line(notes: Sequence[str]) -> str:
    """Return notes as one line of subtext on a page, truncated to `LINE_CHARS` characters."""
    return f"-# {say('page-note', words=clip(' '.join(note_text(notes).split()), LINE_CHARS, escape))}"


def is_long(notes: Sequence[str]) -> bool:
    """Return whether `note_embed` truncates the notes to `NOTE_CHARS` characters."""
    return size(escape(note_text(notes))) > NOTE_CHARS


def note_embed(notes: Sequence[str], limit: int = NOTE_CHARS) -> discord.Embed:
    """Return an embed of notes, truncated to *limit* characters."""
    text = f"**{say('note')}**\n{clip(note_text(notes), limit, escape)}"
    return discord.Embed(description=text, colour=QUIET)


def note_button(side: Side, spot: Spot) -> discord.ui.Button[discord.ui.View]:
    """Return the button that opens a long note in full."""
    return button(ShowNotes(side, spot.chapter, spot.offset, 0, turn=False), say(f"note-whole-{side}"))


def whole_note(notes: Sequence[str], press: ShowNotes | ShowDraftNotes) -> Screen:
    """Return the part of a note that *press* selects; a long note is divided like the text of a story."""
    parts = cut(note_text(notes))
    part = min(press.part, len(parts) - 1)
    embed = discord.Embed(title=say("note"), description=escape(parts[part].text).strip(), colour=QUIET)
    if len(parts) == 1:
        return Screen([embed])
    embed.set_footer(text=say("note-part", part=part + 1, parts=len(parts)))
    return Screen([embed], [part_buttons(lambda to: replace(press, part=to, turn=True), part, len(parts))])
