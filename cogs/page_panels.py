"""What unfolds under a page: reactions, what is rarer, chapters; its notes, its length, and the ways to share it."""

from dataclasses import replace

from bot.domain.places import is_spoiler
from bot.errors import NotWished, ReaderError
from bot.interactions.audience import store_for
from bot.interactions.channels import allow_sharing
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, picked
from bot.interactions.messages import is_alone, page_owner
from bot.interactions.replies import redraw_or_send, send
from bot.services.posts import post
from bot.services.reactions import react_panel_of
from bot.services.reading import more_of, turn
from bot.services.shared_reading import read_together
from bot.store.chapters import LENGTHS
from bot.stories.model import Spot
from bot.ui.ids.pages import ReadTogether, SetPageLength, SharePage, ShowNotes, UnfoldPage
from bot.ui.notes import whole_note
from bot.ui.page_panels import more_screen, shared_page_screen


@component(UnfoldPage)
async def unfold(interaction: Interaction, press: UnfoldPage) -> None:
    """Unfold something under the page, or fold it; under a page that others see, it opens privately."""
    spot = Spot(press.chapter, press.offset)
    if is_alone(interaction):
        await turn(
            interaction, spot, peek=press.peek, unfolded=None if press.part == "fold" else press.part, moves=False
        )
        return
    page = await store_for(interaction).pages.open(spot, await page_owner(interaction))
    if press.part == "react":
        await post(interaction, await react_panel_of(interaction, page.story.id, page), private=True)
    else:
        await send(interaction, more_screen(page, await more_of(interaction, page)), private=True)


@component(SetPageLength)
async def set_length(interaction: Interaction, press: SetPageLength) -> None:
    """Keep how long the reader's pages are, and show the open one anew."""
    length = known(LENGTHS, picked(interaction))
    settings = store_for(interaction).settings
    await settings.change_reader(interaction.user.id, lambda chosen: replace(chosen, page_length=length))
    await turn(interaction, Spot(press.chapter, press.offset), peek=press.peek, moves=False)


@component(SharePage)
async def share(interaction: Interaction, press: SharePage) -> None:
    """Post the open page for all in the channel, with the name of who shared it."""
    if interaction.guild_id is None:
        raise ReaderError("button-unknown")
    allow_sharing(interaction)
    page = await store_for(interaction).pages.open(press.spot, interaction.user.id)
    if not page.story.may_share:
        raise NotWished("share")
    may_spoil = is_spoiler(page.story, page.words_before)
    await post(interaction, shared_page_screen(page, interaction.user.display_name, may_spoil=may_spoil), private=False)


@component(ReadTogether)
async def together(interaction: Interaction, press: ReadTogether) -> None:
    """Open a thread with the page, where the one who pressed turns the pages for all."""
    page = await store_for(interaction).pages.open(press.spot, interaction.user.id)
    await read_together(interaction, page)


@component(ShowNotes, work="lookup")
async def show_notes(interaction: Interaction, press: ShowNotes) -> None:
    """Show the whole of a note, privately; its buttons turn the parts of a long one."""
    spot = Spot(press.chapter, press.offset)
    page = await store_for(interaction).pages.open(spot, await page_owner(interaction))
    notes = page.notes_before if press.side == "before" else page.notes_after
    if not notes:
        raise ReaderError("passage-gone")
    await redraw_or_send(interaction, whole_note(notes, press), again=press.turn)
