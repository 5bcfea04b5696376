"""Chapters that come out later: what their authors do with them, and what publishes them in the background."""

from functools import partial

from discord.ext import commands

from bot.domain.coming_chapters import ComingChapter
from bot.domain.rights import Act
from bot.domain.uploads import upload_warnings_of
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.components import component, modal, picked_id, typed
from bot.interactions.replies import acknowledge, ask, redraw, sentence
from bot.services.author_stories import panel_of, receipt
from bot.services.coming_chapters import publish_due, publish_now
from bot.services.draft_times import read_time
from bot.services.outbox import Outbox
from bot.services.rights import allow
from bot.services.uploads import reading_of
from bot.ui.coming_chapters import CITY, TIME, coming_screen, drop_screen, time_modal
from bot.ui.ids.coming_chapters import ComingAction, ComingTimeModal, PickComing
from bot.ui.screen import Screen


class ComingChapters(Outbox):
    """Also wakes when a chapter was scheduled, or given another time."""

    def __init__(self, bot: Oneshot) -> None:
        super().__init__(bot, partial(publish_due, bot), bot.store.coming_chapters.next_due)

    @commands.Cog.listener()
    async def on_coming(self) -> None:
        self.wake()


@component(PickComing)
async def open_coming(interaction: Interaction, _: PickComing) -> None:
    """Show the coming chapter that was picked."""
    await _show(interaction, await _allowed(interaction, picked_id(interaction), "see-versions"))


async def _allowed(interaction: Interaction, number: int, act: Act) -> ComingChapter:
    """Return a coming chapter. Raises `ReaderError` where the member may not do *act* with its story."""
    chapter = await store_for(interaction).coming_chapters.find(number)
    await allow(interaction, chapter.story, act)
    return chapter


async def _show(interaction: Interaction, chapter: ComingChapter) -> None:
    await acknowledge(interaction)  # a book takes a while to read
    await redraw(interaction, await _screen(interaction, chapter))


async def _screen(interaction: Interaction, chapter: ComingChapter) -> Screen:
    store = store_for(interaction)
    standing = await allow(interaction, chapter.story, "see-versions")
    story, draft = await store.uploads.own_story(chapter.story), await store.coming_chapters.draft(chapter.id)
    try:
        read, _ = await reading_of(interaction.client, draft)
    except ReaderError as error:  # it can still be dropped
        return coming_screen(chapter, story, standing, None, [sentence(error)])
    return coming_screen(chapter, story, standing, read, list(upload_warnings_of(read)))


@component(ComingAction, form=lambda press: press.action == "time")
async def on_coming(interaction: Interaction, press: ComingAction) -> None:
    """Do with a coming chapter what was pressed."""
    store = store_for(interaction)
    match press.action:
        case "open":
            await _show(interaction, await _allowed(interaction, press.chapter, "see-versions"))
        case "publish":
            chapter = await _allowed(interaction, press.chapter, "add-chapter")
            await acknowledge(interaction)
            await redraw(interaction, receipt(interaction, await publish_now(interaction, chapter), "add-chapter"))
        case "time":
            chapter = await _allowed(interaction, press.chapter, "add-chapter")
            zone = (await store.settings.of_reader(interaction.user.id)).zone
            await ask(interaction, time_modal(ComingTimeModal(chapter.id), chapter.time, zone, required=True))
        case "drop":
            await redraw(interaction, drop_screen(await _allowed(interaction, press.chapter, "withdraw")))
        case "drop-now":
            chapter = await _allowed(interaction, press.chapter, "withdraw")
            await store.coming_chapters.drop(chapter, interaction.user.id)
            await redraw(interaction, await panel_of(interaction, chapter.story))


@modal(ComingTimeModal)
async def move_coming(interaction: Interaction, submitted: ComingTimeModal) -> None:
    """Have a chapter come at the time that was typed."""
    chapter = await _allowed(interaction, submitted.chapter, "add-chapter")
    time = typed(interaction, TIME).strip()
    at = await read_time(interaction, time, typed(interaction, CITY).strip())
    await store_for(interaction).coming_chapters.move(chapter, time, at)
    interaction.client.dispatch("coming")
    await _show(interaction, await _allowed(interaction, submitted.chapter, "see-versions"))
