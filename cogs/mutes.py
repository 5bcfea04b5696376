"""Mutes: tags and authors that a reader does not want in lists, quotes and news."""

from typing import get_args

from bot.domain.filters import read_names
from bot.domain.mutes import MuteKind
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, picked_id, typed
from bot.interactions.messages import is_private
from bot.interactions.replies import ask, redraw_or_send
from bot.services.me import with_tabs
from bot.ui.ids.mutes import AskMutes, MutesModal, Unmute
from bot.ui.mutes import TYPED_CHARS, mutes_modal, mutes_screen
from bot.ui.screen import Screen


async def _panel(interaction: Interaction, too_many: int = 0) -> Screen:
    screen = mutes_screen(await store_for(interaction).mutes.of(interaction.user.id), too_many)
    return await with_tabs(interaction, "muted", screen)


@component(AskMutes, work="form")
async def ask_mutes(interaction: Interaction, press: AskMutes) -> None:
    """Ask for what to mute."""
    await ask(interaction, mutes_modal())


@modal(MutesModal)
async def mutes_typed(interaction: Interaction, _: MutesModal) -> None:
    """Mute the tags and authors that were typed."""
    kinds: tuple[MuteKind, ...] = get_args(MuteKind)
    too_many = 0
    for kind in kinds:
        muted = read_names(typed(interaction, kind)[:TYPED_CHARS])
        too_many += await store_for(interaction).mutes.add(interaction.user.id, kind, muted)
    await redraw_or_send(interaction, await _panel(interaction, too_many), again=is_private(interaction))


@component(Unmute)
async def unmute(interaction: Interaction, press: Unmute) -> None:
    """Unmute what was picked."""
    await store_for(interaction).mutes.drop(interaction.user.id, picked_id(interaction))
    await redraw_or_send(interaction, await _panel(interaction), again=is_private(interaction))
