"""An author's notes: beside a page in a quiet colour, never mixed with the story, and whole on request."""

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

BESIDE = 700
"""Characters of a note beside a page; a longer note has a button that opens it whole."""

LINE = NOTE_LINES * SMALL_COLUMNS["phone"] - 12
"""Characters of a note on a page, without the words before it."""

Side = Literal["before", "after"]


def joined(notes: Sequence[str]) -> str:
    return PARAGRAPH_BREAK.join(notes)


def beside(notes: Sequence[str]) -> str:
    """Return notes as they stand on a page: one quiet line, cut to what two lines of a phone hold."""
    return f"-# {say('page-note', words=clip(' '.join(joined(notes).split()), LINE, escape))}"


def is_long(notes: Sequence[str]) -> bool:
    """Whether the notes do not fit beside a page."""
    return size(escape(joined(notes))) > BESIDE


def note_embed(notes: Sequence[str], limit: int = BESIDE) -> discord.Embed:
    """Notes beside a page, clipped where they are long."""
    text = f"**{say('note')}**\n{clip(joined(notes), limit, escape)}"
    return discord.Embed(description=text, colour=QUIET)


def note_button(side: Side, spot: Spot) -> discord.ui.Button[discord.ui.View]:
    """Opens a long note whole."""
    return button(ShowNotes(side, spot.chapter, spot.offset, 0, turn=False), say(f"note-whole-{side}"))


def whole_note(notes: Sequence[str], press: ShowNotes | ShowDraftNotes) -> Screen:
    """The part of a long note that a press asks for; its parts are cut as pages are."""
    parts = cut(joined(notes))
    part = min(press.part, len(parts) - 1)
    embed = discord.Embed(title=say("note"), description=escape(parts[part].text).strip(), colour=QUIET)
    if len(parts) == 1:
        return Screen([embed])
    embed.set_footer(text=say("note-part", part=part + 1, parts=len(parts)))
    return Screen([embed], [part_buttons(lambda to: replace(press, part=to, turn=True), part, len(parts))])
