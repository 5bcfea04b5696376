"""Links between readers and stories: what waits for a reader, and the messages about claims and links.

A claim goes to the channel that a server's managers chose; without one it waits in their list. Its answer, and the
question to one whom managers named, go by direct message, and wait in the reader's own list.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress

import discord

from bot.domain.authors import LinkJob, LinkOffer
from bot.interactions.audience import audience_in, audience_of
from bot.interactions.channels import WRITING, missing
from bot.interactions.client import Interaction, Oneshot
from bot.services.delivery import Delivery, nonce_of, server_anywhere, server_of
from bot.ui.author_links import OFFERS_SHOWN, offers_screen
from bot.ui.authors import claim_post
from bot.ui.screen import Screen

log = logging.getLogger(__name__)


async def _server_names(bot: Oneshot, offers: Sequence[LinkOffer]) -> dict[int, str]:
    """Return the names of the servers that ask; the server of another process's shard is asked of Discord."""
    names = dict[int, str]()
    for number in {offer.guild for offer in offers if offer.guild}:
        with suppress(discord.HTTPException):  # one that the bot has left has no name
            names[number] = (await server_anywhere(bot, number)).name
    return names


async def offers_of(interaction: Interaction, done: str | None = None) -> Screen:
    """What waits for the reader's answer; *done* says what they just answered."""
    bot, reader = interaction.client, interaction.user.id
    offers = await bot.store.link_offers.open(reader, OFFERS_SHOWN + 1)
    adult = audience_of(interaction).adult or (await bot.store.settings.of_reader(reader)).adult
    return offers_screen(offers, await _server_names(bot, offers), adult=adult, done=done)


class LinkDelivery(Delivery[LinkJob]):
    """Tells managers of claims, and readers of answers and of what they are asked."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, bot.store.link_news)

    async def _deliver(self, job: LinkJob) -> None:
        await (self._to_managers(job) if job.guild else self._to_reader(job))

    async def _to_reader(self, job: LinkJob) -> None:
        store = self._store
        asked = [story for kind, story in job.about if kind == "offer"]
        offers = await store.link_offers.open(job.reader, OFFERS_SHOWN + 1, asked)
        refused = await store.claims.refused(job.reader, [story for kind, story in job.about if kind == "refused"])
        if not offers and not refused:
            return
        adult = (await store.settings.of_reader(job.reader)).adult
        names = await _server_names(self._bot, offers)
        screen = offers_screen(offers, names, adult=adult, refused=refused)
        await self._send_direct(job, job.reader, screen)

    async def _to_managers(self, job: LinkJob) -> None:
        chosen = (await self._store.settings.of_server(job.guild)).managers_channel
        if chosen is None or (guild := server_of(self._bot, job.guild)) is None:
            return
        channel = guild.get_channel(chosen)
        [(_, story)] = job.about
        claim = await self._store.claims.of(job.reader, story)
        if claim is None or not isinstance(channel, discord.TextChannel) or missing(channel, WRITING):
            return
        try:
            await self._send(job, channel, claim_post(claim, adult=audience_in(channel).adult))
        except (discord.Forbidden, discord.NotFound) as error:  # the claim still waits in the managers' list
            log.warning("The managers' channel %d cannot be written to: %s", chosen, error)

    def _subject(self, job: LinkJob) -> str:
        return f"{len(job.about)} links"

    def _nonce(self, job: LinkJob) -> str:
        return nonce_of("links", job.reader, job.guild, job.about)

    async def _record(self, job: LinkJob, message: discord.Message) -> None:
        if not job.guild:
            await self._store.news.unreached(job.reader, None)
