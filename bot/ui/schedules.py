"""The quote of the day and serials: their schedules, messages and lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import discord

from bot.domain.questions import Question
from bot.domain.reactions import Emoji, Reaction
from bot.domain.schedules import DAYS, Daily, Plan, PlanFault, PlanKind, RunLease, Schedule, Serial
from bot.domain.zones import Zone
from bot.stories.instalments import Instalment
from bot.stories.lengths import minutes
from bot.stories.model import Page, QuoteInContext, Spot, StorySummary
from bot.texts import listed, say
from bot.ui.chapters import footer_name, heading_of
from bot.ui.components import Style, button
from bot.ui.custom_id import CustomId
from bot.ui.ids import ReadPosted, SaveQuote, ShowPageReactions, Subscribe, TurnPage, UnfoldQuote
from bot.ui.limits import CHOICE_NAME, EMBED_AUTHOR, EMBED_TITLE, EMBEDS, EMBEDS_TOTAL, clip, embed_size, size
from bot.ui.markdown import escape, page_text
from bot.ui.notes import is_long, note_button, note_embed
from bot.ui.questions import answer_buttons, question_text, question_words
from bot.ui.quotes import card_file, quote_embed
from bot.ui.reactions import OFFERED, other_reactions, reaction_buttons, tally_line
from bot.ui.screen import ACCENT, QUIET, Group, Item, Screen, notice


def schedule_lines(plan: Plan, channel: int) -> list[str]:
    """Return the channel, days and time of a schedule, a line each."""
    days, time = _days(plan.schedule.days), f"{plan.schedule.time:%H:%M}"
    return [
        _channel_line(channel),
        say("schedule-days", days=days),
        say("schedule-time", time=time, zone=plan.schedule.zone),
    ]


def _channel_line(channel: int) -> str:
    return say("schedule-channel", channel=f"<#{channel}>")


def schedule_text(schedule: Schedule) -> str:
    """Return the days and the time of a schedule in one line."""
    return say("schedule-when", days=_days(schedule.days), time=f"{schedule.time:%H:%M}", zone=schedule.zone)


def _days(days: frozenset[int]) -> str:
    return next(say(f"schedule-on-{name.replace(' ', '-')}") for name, each in DAYS.items() if each == days)


def next_run_text(plan: Plan) -> str:
    """Return the time of the next run; for a schedule that is not running, the reason."""
    if plan.state != "running":
        return say(f"schedule-state-{plan.state}")
    return say("schedule-next", time=f"<t:{plan.next_at}:F>", far=f"<t:{plan.next_at}:R>")


def message_link(guild: int, channel: int, message: int) -> str:
    """Return the URL of a message."""
    return f"https://discord.com/channels/{guild}/{channel}/{message}"


def time_choice(at: time) -> str:
    """Return a time of day as an autocomplete choice, in 24-hour and 12-hour format."""
    twelve, half = f"{at.hour % 12 or 12}:{at:%M}", "am" if at.hour < 12 else "pm"
    return say("schedule-hour", time=f"{at:%H:%M}", twelve=twelve, half=half)


def zone_choice(zone: Zone, now: float) -> str:
    """Return a time zone as an autocomplete choice, with its current time, by which people recognise it."""
    offset = zone.offset(now)
    minutes = abs(offset) // timedelta(minutes=1)
    parts = f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else f"{minutes // 60}"
    return clip(
        say(
            "schedule-zone",
            where=", ".join(filter(None, (zone.city, zone.country))),
            zone=zone.name,
            offset=f"UTC{'-' if offset < timedelta(0) else '+'}{parts}",
            time=f"{datetime.fromtimestamp(now, UTC) + offset:%H:%M}",
        ),
        CHOICE_NAME,
    )


def permissions(names: Sequence[str]) -> str:
    """Return the names of permissions, given as in discord.py, as a list in words."""
    return listed([say(f"permission-{name.replace('_', '-')}") for name in names])


def stopped_screen(kind: PlanKind, channel: int, fault: PlanFault, server: str | None) -> Screen:
    """Return the message to managers about a schedule that *fault* stopped; a direct message names *server*."""
    lines = [say(f"schedule-state-{fault}"), say(f"schedule-stopped-{kind}-hint"), _channel_line(channel)]
    if server is not None:
        lines.append(say("schedule-stopped-server", server=escape(server)))
    title = say("schedule-stopped-daily" if kind == "daily" else "schedule-stopped-serial")
    return notice("\n".join(lines), title)


def daily_screen(quote: QuoteInContext, lease: RunLease, png: bytes | None) -> Screen:
    """Return the message with a quote of the day; with *png*, as a picture."""
    embed = quote_embed(quote)
    embed.set_author(name=say("daily-title"))
    files = [] if png is None else [card_file(quote, png)]
    if files:
        embed.description = None
        embed.set_image(url=files[0].uri)
    read = ReadPosted(lease.plan, lease.number, 1, quote.story.id, from_start=False)
    items = [
        button(read, say("card-read"), style=Style.primary),
        button(SaveQuote(quote.id), say("quote-save")),
        button(UnfoldQuote(quote.id, more=True), say("page-more")),
    ]
    return Screen([embed], [items], quote.story, quote=quote.id, files=files)


def daily_panel(daily: Daily, story: StorySummary | None, *, is_set: bool = False) -> Screen:
    """Return the settings of a quote of the day. *story* is its source; None for all or a hidden one."""
    plan = daily.plan
    lines = [*schedule_lines(plan, plan.channel), _source_line(daily, story)]
    if daily.style == "card":
        lines.append(say("daily-as-card"))
    if plan.by:
        lines.append(say("schedule-by", who=f"<@{plan.by}>"))
    lines.append(next_run_text(plan))
    if plan.posted:
        lines.append(say("schedule-last", link=message_link(plan.guild, plan.channel, plan.posted)))
    return notice("\n".join(lines), say("daily-set") if is_set else say("daily-title"))


def _source_line(daily: Daily, story: StorySummary | None) -> str:
    if story is not None:
        return say("daily-from", title=clip(story.title, 200, escape))
    return say("daily-from-any") if daily.story is None else say("daily-from-hidden")


MESSAGES_AT_MOST = 8
"""Maximum number of messages for an instalment. A button opens the rest."""


def instalment_screens(posted: Instalment, lease: RunLease, *, whole: bool, tells: bool) -> list[Screen]:
    """Return the messages of an instalment: its first page, or all its pages if *whole*.

    With *tells*, the last message has a button to get the role that the serial pings. The custom ids contain the run
    and the number of the message.
    """
    pages = posted.pages if whole else posted.pages[:1]
    parts = _grouped(_embeds(posted, pages))[:MESSAGES_AT_MOST]
    shown = sum(embed.page is not None for part in parts for embed in part)
    rest = Spot(posted.chapter.id, posted.pages[shown].start) if shown < len(posted.pages) else None
    screens: list[Screen] = []
    for number, part in enumerate(parts, start=1):
        start = ReadPosted(lease.plan, lease.number, number, posted.story.id, from_start=True)
        groups: list[Group] = [[button(start, say("serial-from-start"))]]
        if number == len(parts):
            groups = _groups(posted, lease, start, rest, tells=tells)
        page = next((Spot(posted.chapter.id, each.page.start) for each in part if each.page), None)
        screens.append(Screen([each.embed for each in part], groups, posted.story, page=page))
    return screens


@dataclass(frozen=True, slots=True)
class _Embed:
    embed: discord.Embed
    page: Page | None
    """The page that the embed shows; None for a note."""


def _embeds(posted: Instalment, pages: Sequence[Page]) -> list[_Embed]:
    """Return the embeds of notes and pages in order. The first page has the titles, the last the number."""
    shown = [_Embed(discord.Embed(description=page_text(page.text, page.spans), colour=ACCENT), page) for page in pages]
    story, first, last = posted.story, shown[0].embed, shown[-1].embed
    by = f" · {clip(story.author, 80)}" if story.author else ""
    first.set_author(name=clip(story.title, EMBED_AUTHOR - size(by)) + by)
    if posted.spot.offset == 0 and (heading := heading_of(posted.chapter.name)):
        first.title = clip(heading, EMBED_TITLE, escape)
    last.set_footer(text=_footer(posted))
    before = [_Embed(note_embed(posted.notes_before), None)] if posted.notes_before else []
    is_whole = len(pages) == len(posted.pages)
    after = [_Embed(note_embed(posted.notes_after), None)] if posted.notes_after and is_whole else []
    return [*before, *shown, *after]


def _footer(posted: Instalment) -> str:
    parts = [say("serial-place", number=posted.number, total=posted.total)]
    if posted.story.chapters > 1:
        parts.append(footer_name(posted.chapter.name, posted.story))
    parts.append(say("chapter-minutes", minutes=minutes(posted.words)))
    return " · ".join(parts)


def _grouped(shown: Sequence[_Embed]) -> list[list[_Embed]]:
    """Group the embeds in order, as many in each message as Discord allows."""
    groups: list[list[_Embed]] = []
    for each in shown:
        last = [*(one.embed for one in groups[-1]), each.embed] if groups else []
        if 0 < len(last) <= EMBEDS and embed_size(last) <= EMBEDS_TOTAL:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _groups(posted: Instalment, lease: RunLease, start: ReadPosted, rest: Spot | None, *, tells: bool) -> list[Group]:
    items, notes = list[Item](), list[Item]()
    if rest is not None:
        turn = TurnPage("n", True, rest.chapter, rest.offset)
        items.append(button(turn, say("serial-rest"), style=Style.primary))
    items.append(button(start, say("serial-from-start")))
    items.append(button(ShowPageReactions(posted.spot.chapter, posted.spot.offset), say("page-react")))
    if tells:
        items.append(button(Subscribe(lease.plan), say("serial-tell-me")))
    if is_long(posted.notes_before):
        notes.append(note_button("before", posted.spot))
    if is_long(posted.notes_after) and rest is None:
        notes.append(note_button("after", Spot(posted.chapter.id, posted.end - 1)))
    return [items, notes]


def end_screen(
    story: StorySummary,
    read: CustomId,
    *,
    question: Question | None,
    reactions: Sequence[Reaction],
    offered: Sequence[Emoji] = OFFERED,
) -> Screen:
    """Return the message after the last instalment, with question and reactions; *read* opens the story's start."""
    embed = discord.Embed(title=say("serial-end"), colour=ACCENT)
    embed.description = say("serial-end-of", title=clip(story.title, 200, escape))
    if question is not None:
        embed.add_field(name=question_words(question), value=question_text(question), inline=False)
    if others := other_reactions(reactions, offered):
        embed.add_field(name=say("page-also-given"), value=tally_line(others, 600), inline=False)
    groups = [
        [button(read, say("serial-from-start"))],
        answer_buttons(question, "end", None) if question is not None else [],
        reaction_buttons(story.id, reactions, "end", None, offered),
    ]
    return Screen([embed], groups, story)


@dataclass(frozen=True, slots=True)
class ListedSerial:
    """A serial in a list."""

    serial: Serial
    story: StorySummary | None
    """Story of the serial; None if the viewer may not see it."""
    place: tuple[int, int] | None
    """Number of the next instalment, and total number of instalments; None at the end of the serial."""


def title_of(story: StorySummary | None) -> str:
    """Return a story's title, or words for a hidden story."""
    return say("serial-hidden") if story is None else story.title


def serial_choice(serial: Serial, story: StorySummary | None) -> str:
    """Return a serial as an autocomplete choice."""
    return clip(f"{title_of(story)} · {schedule_text(serial.plan.schedule)}", CHOICE_NAME)


def serials_screen(serials: Sequence[ListedSerial]) -> Screen:
    """Return the list of a server's serials."""
    embed = discord.Embed(title=say("serial-serials"), colour=QUIET)
    for each in serials:
        name = clip(title_of(each.story), EMBED_TITLE, escape)
        embed.add_field(name=name, value="\n".join(_serial_lines(each)), inline=False)
    if not serials:
        embed.description = say("serial-none")
    return Screen([embed])


def started_screen(serial: ListedSerial) -> Screen:
    """Return the receipt for a new serial."""
    embed = discord.Embed(title=say("serial-started"), colour=QUIET)
    embed.add_field(name=clip(title_of(serial.story), EMBED_TITLE, escape), value="\n".join(_serial_lines(serial)))
    return Screen([embed])


def _serial_lines(each: ListedSerial) -> list[str]:
    serial, plan = each.serial, each.serial.plan
    found = [*schedule_lines(plan, serial.thread or plan.channel), say(f"serial-size-{serial.size}")]
    if each.place is not None and plan.state == "running":
        number, total = each.place
        time, far = f"<t:{plan.next_at}:F>", f"<t:{plan.next_at}:R>"
        found.append(say("serial-next", number=number, total=total, time=time, far=far))
    else:
        found.append(next_run_text(plan))
        if each.place is not None:
            found.append(say("serial-next-place", number=each.place[0], total=each.place[1]))
    if serial.role:
        found.append(say("serial-role", role=f"<@&{serial.role}>"))
    if plan.posted:
        is_in_thread = serial.thread is not None and plan.posted != serial.thread
        channel = serial.thread if is_in_thread and serial.thread else plan.channel
        found.append(say("schedule-last", link=message_link(plan.guild, channel, plan.posted)))
    return found
