"""When a draft comes out: what its sender typed, on their clocks."""

from dataclasses import replace

from bot.domain.moments import read_moment
from bot.domain.uploads import Draft
from bot.domain.zones import find_zone
from bot.errors import ReaderError
from bot.interactions.client import Interaction
from bot.interactions.replies import sentence
from bot.ui.coming_chapters import when_text
from bot.ui.markdown import escape


async def read_time(interaction: Interaction, typed: str, city: str = "") -> int:
    """Return the moment that the member typed, in seconds since 1970; their time zone is remembered.

    Their clocks are those of the *city* that they typed, else those of the last time. Raises `ReaderError`.
    """
    settings, user = interaction.client.store.settings, interaction.user.id
    known = (await settings.of_reader(user)).zone
    moment = read_moment(typed, interaction.client.clock(), find_zone(city).name if city else known)
    if moment.zone not in (None, known):
        await settings.change_reader(user, lambda chosen: replace(chosen, zone=moment.zone))
    return moment.at


async def settle_time(interaction: Interaction, draft: Draft, city: str = "") -> tuple[Draft, str | None]:
    """Read when a draft comes out, where that is not known yet, and save it.

    Return the draft with it, and what to say: the moment, or why there is none; nothing of a draft without a time.
    """
    if not draft.time:
        return draft, None
    if draft.comes_at is None:
        try:
            draft = replace(draft, comes_at=await read_time(interaction, draft.time, city))
        except ReaderError as error:
            return draft, escape(sentence(error))
        await interaction.client.store.drafts.change(draft)
    return draft, when_text(draft.comes_at or 0)
