"""The log of a server, for its managers."""

from bot.domain.audit import LOG_FILTERS, LogFilter
from bot.domain.paging import page_within
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, picked
from bot.interactions.groups import manage
from bot.interactions.replies import redraw, send
from bot.services.rights import allow_here
from bot.ui.ids.manage import LogPage, PickLog
from bot.ui.manage_log import ACTS_A_PAGE, log_screen
from bot.ui.screen import Screen


@manage.command(name="log", extras=LOOKUP)
async def manage_log(interaction: Interaction) -> None:
    """See who did what in this server in the last 90 days"""
    await send(interaction, await _log(interaction, "all", 0), private=True)


@component(LogPage, work="lookup")
async def turn_log(interaction: Interaction, press: LogPage) -> None:
    """Turn the log to another page."""
    await redraw(interaction, await _log(interaction, press.which, press.page))


@component(PickLog, work="lookup")
async def pick_log(interaction: Interaction, _: PickLog) -> None:
    """Show some of the acts only."""
    await redraw(interaction, await _log(interaction, known(LOG_FILTERS, picked(interaction)), 0))


async def _log(interaction: Interaction, which: LogFilter, page: int) -> Screen:
    await allow_here(interaction, "see-log")
    audit, guild = store_for(interaction).audit, interaction.guild_id or 0
    total = await audit.total(guild, which)
    page = page_within(page, total, ACTS_A_PAGE)
    acts = await audit.page(guild, which, ACTS_A_PAGE, page * ACTS_A_PAGE)
    return log_screen(acts, which, page, total)
