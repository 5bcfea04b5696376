"""What is a reader's own, in one private panel: `/me`."""

from discord import app_commands

from bot.domain.me import ME_TABS
from bot.interactions.answering import LOOKUP
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, picked
from bot.interactions.messages import is_private
from bot.interactions.replies import redraw_or_send, send
from bot.services.me import me_screen
from bot.ui.ids.me import MePage, PickMeTab


@app_commands.command(extras=LOOKUP)
async def me(interaction: Interaction) -> None:
    """See your lists, bookmarks, quotes, follows, reviews and data"""
    await send(interaction, await me_screen(interaction, "reading"), private=True)


@component(PickMeTab)
async def pick_tab(interaction: Interaction, _: PickMeTab) -> None:
    """Show the tab that was picked."""
    screen = await me_screen(interaction, known(ME_TABS, picked(interaction)))
    await redraw_or_send(interaction, screen, again=is_private(interaction))


@component(MePage, work=lambda press: "act" if press.tab == "following" else "lookup")
async def turn_tab(interaction: Interaction, press: MePage) -> None:
    """Show a page of a tab, or go back to it."""
    screen = await me_screen(interaction, press.tab, press.page)
    await redraw_or_send(interaction, screen, again=is_private(interaction))
