"""Serials: managers post a story in instalments; a button gives readers the role mentioned in each instalment."""

import discord
from discord import app_commands

from bot.domain.schedules import SERIALS_AT_MOST, NewPlan, Schedule, Serial
from bot.errors import ForbiddenByAuthor, ReaderError
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for, store_for_channel
from bot.interactions.client import Interaction
from bot.interactions.components import component, number_in
from bot.interactions.groups import manage_serial
from bot.interactions.options import DaysChoice, SizeChoice, StoryArgument, TimeArgument, ZoneArgument, zone_here
from bot.interactions.permissions import IN_THREAD, POSTING, allow_giving, allow_pinging, allow_posting
from bot.interactions.replies import send, think
from bot.services.rights import allow_here
from bot.services.schedules import ScheduledPosting
from bot.services.stories import shown_story
from bot.stories.folding import fold
from bot.texts import say
from bot.ui.ids import Subscribe
from bot.ui.limits import CHOICES, clip
from bot.ui.markdown import escape
from bot.ui.schedules import (
    ListedSerial,
    message_link,
    next_run_text,
    serial_choice,
    serials_screen,
    started_screen,
    title_of,
)
from bot.ui.screen import notice


class SerialOption(app_commands.Transformer):
    """A serial of this server, by its title. Raises `ReaderError` for an unknown one."""

    async def transform(self, interaction: Interaction, value: str, /) -> Serial:  # type: ignore[override]
        number = number_in(value)
        for serial in await store_for(interaction).serials.of(interaction.guild_id or 0):
            if serial.plan.id == number or fold(title_of(await shown_story(interaction, serial.story))) == fold(value):
                return serial
        raise ReaderError("serial-unknown")

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        serials = await store_for(interaction).serials.of(interaction.guild_id or 0)
        named = [(serial_choice(serial, await shown_story(interaction, serial.story)), serial) for serial in serials]
        found = [(name, serial) for name, serial in named if fold(value) in fold(name)]
        return [app_commands.Choice(name=name, value=str(serial.plan.id)) for name, serial in found[:CHOICES]]


SerialArgument = app_commands.Transform[Serial, SerialOption]


@manage_serial.command()
@app_commands.describe(
    story="Title or author",
    channel="Where to post it",
    every="On which days",
    time="Type the hour, like 18 or 6 pm, and pick",
    timezone="This server's time zone. Type a big city near you, and pick",
    size="Post a page, a scene or a chapter at a time",
    thread="Post all parts in one thread",
    role="Role to ping for each part. People get it by pressing a button",
)
async def start(
    interaction: Interaction,
    story: StoryArgument,
    channel: discord.TextChannel,
    every: DaysChoice,
    time: TimeArgument,
    timezone: ZoneArgument | None = None,
    size: SizeChoice = "page",
    thread: bool = False,
    role: discord.Role | None = None,
) -> None:
    """Start posting a story from the beginning"""
    await allow_here(interaction, "schedule")
    schedule = Schedule(every, time, await zone_here(interaction, timezone))
    allow_posting(channel, IN_THREAD if thread else POSTING)
    if role is not None:
        allow_giving(role, await store_for(interaction).settings.of_server(interaction.guild_id))
        allow_pinging(role, channel)
    store = store_for_channel(interaction, channel)
    if not (await store.stories.entry(story.id)).may_share:
        raise ForbiddenByAuthor("share")
    first, _ = await store.pages.ends(story.id)
    serial = await store.serials.start(
        NewPlan(channel.guild.id, channel.id, interaction.user.id, schedule),
        story.id,
        first,
        interaction.client.clock(),
        size=size,
        in_thread=thread,
        role=role.id if role else None,
    )
    interaction.client.dispatch("due")
    await send(interaction, started_screen(await _listed(interaction, serial)), private=True)


@manage_serial.command(extras=LOOKUP)
async def show(interaction: Interaction) -> None:
    """See this server's serials"""
    await allow_here(interaction, "schedule")
    await think(interaction)
    serials = await store_for(interaction).serials.of(interaction.guild_id or 0)
    shown = [await _listed(interaction, serial) for serial in serials[:SERIALS_AT_MOST]]
    await send(interaction, serials_screen(shown), private=True)


@manage_serial.command()
@app_commands.describe(serial="Which serial, if there's more than one")
async def pause(interaction: Interaction, serial: SerialArgument | None = None) -> None:
    """Pause a serial"""
    await allow_here(interaction, "schedule")
    serial = serial or await _only_serial(interaction)
    if serial.plan.state != "running":
        raise ReaderError("serial-rests")
    await store_for(interaction).schedules.rest(serial.plan.id, "paused")
    await _confirm(interaction, say("serial-paused", title=await _title(interaction, serial)))


@manage_serial.command()
@app_commands.describe(serial="Which serial, if there's more than one", channel="Move it to this channel")
async def resume(
    interaction: Interaction, serial: SerialArgument | None = None, channel: discord.TextChannel | None = None
) -> None:
    """Continue a serial where it stopped"""
    await allow_here(interaction, "schedule")
    serial = serial or await _only_serial(interaction)
    if serial.plan.state == "running" and channel is None:
        raise ReaderError("serial-goes")
    where = channel or (interaction.guild.get_channel(serial.plan.channel) if interaction.guild else None)
    if not isinstance(where, discord.TextChannel):
        raise ReaderError("not-posted", why=say("schedule-state-channel"))
    allow_posting(where, IN_THREAD if serial.in_thread else POSTING)
    store = store_for_channel(interaction, where)
    if await store.instalments.open(serial.story, serial.spot, serial.size) is None:
        raise ReaderError("serial-ended")
    others = [each for each in await store.serials.of(where.guild.id) if each.plan.id != serial.plan.id]
    if sum(each.plan.state in ("running", "paused") for each in others) >= SERIALS_AT_MOST:
        raise ReaderError("too-many-serials", most=SERIALS_AT_MOST)
    if where.id != serial.plan.channel or serial.plan.state == "channel":
        await store.serials.open_thread(serial.plan.id, None)
    await store.schedules.resume(serial.plan, where.id, interaction.client.clock())
    interaction.client.dispatch("due")
    found = await store.serials.find(serial.plan.id)
    next_at = found.plan.next_at if found else 0
    title, time, far = await _title(interaction, serial), f"<t:{next_at}:F>", f"<t:{next_at}:R>"
    await _confirm(interaction, say("serial-resumed", title=title, time=time, far=far))


@manage_serial.command(name="next")
@app_commands.describe(serial="Which serial, if there's more than one")
async def post_next(interaction: Interaction, serial: SerialArgument | None = None) -> None:
    """Post the next part now, on top of the schedule"""
    await allow_here(interaction, "schedule")
    serial = serial or await _only_serial(interaction)
    if serial.plan.state not in ("running", "paused"):
        raise ReaderError("serial-rests")
    await think(interaction)
    store = store_for(interaction)
    lease = await store.schedules.begin_now(serial.plan.id, interaction.client.clock())
    if lease is None:
        raise ReaderError("serial-busy")
    message = await ScheduledPosting(interaction.client).post(lease)
    interaction.client.dispatch("due")
    found = await store.serials.find(serial.plan.id)
    if message is None or found is None:
        if found is not None and found.plan.state not in ("running", "paused"):
            raise ReaderError("not-posted", why=next_run_text(found.plan))
        raise ReaderError("not-posted-yet")
    where = found.thread if found.thread and message != found.thread else found.plan.channel
    posted = message_link(found.plan.guild, where, message)
    await _confirm(interaction, say("serial-posted", link=posted))


@manage_serial.command()
@app_commands.describe(serial="Which serial, if there's more than one")
async def stop(interaction: Interaction, serial: SerialArgument | None = None) -> None:
    """Stop a serial and keep its posted parts"""
    await allow_here(interaction, "schedule")
    serial = serial or await _only_serial(interaction)
    await store_for(interaction).schedules.rest(serial.plan.id, "stopped")
    await _confirm(interaction, say("serial-stopped", title=await _title(interaction, serial)))


async def _only_serial(interaction: Interaction) -> Serial:
    """Return the only serial of this server, without counting stopped ones if there are others.

    Raises `ReaderError` if there is none, or several.
    """
    serials = await store_for(interaction).serials.of(interaction.guild_id or 0)
    going = [serial for serial in serials if serial.plan.state != "stopped"] or serials
    if len(going) > 1:
        raise ReaderError("serial-not-named")
    if not going:
        raise ReaderError("serial-unknown")
    return going[0]


async def _confirm(interaction: Interaction, text: str) -> None:
    await send(interaction, notice(text), private=True)


async def _title(interaction: Interaction, serial: Serial) -> str:
    return clip(title_of(await shown_story(interaction, serial.story)), 200, escape)


async def _listed(interaction: Interaction, serial: Serial) -> ListedSerial:
    story = await shown_story(interaction, serial.story)
    if story is None:
        return ListedSerial(serial, None, None)
    following = await store_for(interaction).instalments.open(serial.story, serial.spot, serial.size)
    return ListedSerial(serial, story, (following.number, following.total) if following else None)


@component(Subscribe)
async def subscribe(interaction: Interaction, press: Subscribe) -> None:
    """Give the reader the serial's role, or remove it. Raises `ReaderError` if the bot cannot or must not give it."""
    serial = await store_for(interaction).serials.find(press.plan)
    guild, reader = interaction.guild, interaction.user
    if serial is None or guild is None or serial.plan.guild != guild.id or not isinstance(reader, discord.Member):
        raise ReaderError("button-unknown")
    role = guild.get_role(serial.role or 0)
    if role is None:
        raise ReaderError("role-gone")
    await think(interaction)
    try:
        if has_it := reader.get_role(role.id) is not None:
            await reader.remove_roles(role)
        else:
            allow_giving(role, await store_for(interaction).settings.of_server(guild.id))
            await reader.add_roles(role)
    except discord.Forbidden:
        raise ReaderError("may-not-give-roles") from None
    name = f"<@&{role.id}>"
    await _confirm(interaction, say("serial-untold", role=name) if has_it else say("serial-told", role=name))
