"""Author statistics: readers' use of a story in numbers, texts, charts and a CSV table.

Public acts are votes, reactions and reviews. Private acts are reading and saving quotes. Counts of private acts, and of
reactions by part of the story or by week, are published only for groups of readers.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby

import discord

from bot.cards import Bars
from bot.domain.anonymity import SMALLEST_GROUP
from bot.domain.author_stats import PARTS, STEPS, AuthorStats, Heat, Readership
from bot.domain.downloads import as_csv
from bot.texts import say
from bot.ui.components import button
from bot.ui.ids import ExportAuthorStats, ShowCard
from bot.ui.questions import answer_words, question_text, question_words
from bot.ui.reactions import reaction_meaning, tally_line
from bot.ui.screen import ACCENT, Screen, story_embed

QUARTER = STEPS // 4


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title and texts."""

    file: str
    title: str
    words: str
    """Text below the title."""
    alt: str
    """Alt text with all published numbers of the chart, within the 1,024 characters that Discord allows."""
    bars: Bars


def charts_of(desk: AuthorStats) -> list[Chart]:
    """Return the charts that have data."""
    return [
        *([_stops(desk.readers)] if desk.readers else []),
        *([_heat(desk.heat)] if desk.heat else []),
        *([_weeks(desk)] if any(desk.weeks) else []),
    ]


def _stops(readers: Readership) -> Chart:
    reached = readers.reached
    quarters = [
        say("desk-stops-reached", percent=percent(quarter / 4), readers=there)
        for quarter in (1, 2, 3)
        if (there := reached[QUARTER * quarter]) is not None
    ]
    points = " · ".join(f"{percent(step / STEPS)}: {count}" for step, count in enumerate(reached) if count is not None)
    last = max(step for step, count in enumerate(reached) if count is not None)
    ticks = [((QUARTER * quarter + 0.5) / len(reached), percent(quarter / 4)) for quarter in range(5)]
    return Chart(
        file="where-readers-stop.png",
        title=say("desk-stops"),
        words=" ".join([say("desk-stops-words", begun=readers.begun), *quarters])
        + "\n"
        + say("desk-stops-how", fewest=SMALLEST_GROUP),
        alt=say("desk-stops-alt", points=points),
        bars=Bars(reached, say("desk-readers-axis"), say("desk-story-axis"), ticks, (0, last)),
    )


def _heat(heat: Heat) -> Chart:
    ticks = [(quarter / 4, percent(quarter / 4)) for quarter in range(5)]
    points = " · ".join(f"{percent(start)}–{percent(end)}: {count}" for start, end, count in runs(heat))
    return Chart(
        file="what-moved-readers.png",
        title=say("heat"),
        words=say("desk-heat-words", percent=heat.percent, most=heat.most),
        alt=say("desk-heat-alt", points=points),
        bars=Bars(heat.parts, say("desk-reacted-axis"), say("desk-story-axis"), ticks, (heat.parts.index(heat.most),)),
    )


def _weeks(desk: AuthorStats) -> Chart:
    weeks = [*desk.weeks]
    most = max(count or 0 for count in weeks)
    middle = len(weeks) // 2
    mondays = [((at + 0.5) / len(weeks), desk.week(at).isoformat()) for at in (0, middle, len(weeks) - 1)]
    points = " · ".join(f"{desk.week(at)}: {count}" for at, count in enumerate(weeks) if count is not None)
    noon = datetime.combine(desk.week(weeks.index(most)), time(12), UTC)  # Monday in nearly all zones
    return Chart(
        file="when-readers-reacted.png",
        title=say("desk-weeks"),
        words=say("desk-weeks-words", week=f"<t:{int(noon.timestamp())}:D>", most=most),
        alt=say("desk-weeks-alt", weeks=len(weeks), points=points),
        bars=Bars(weeks, say("desk-reacted-axis"), say("desk-weeks-axis"), mondays, (weeks.index(most),)),
    )


def runs(heat: Heat) -> Iterator[tuple[float, float, int]]:
    """Yield each run of parts with the same published count: start and end, as shares of the story, and the count."""
    for count, parts in groupby(enumerate(heat.parts), key=lambda part: part[1]):
        numbers = [at for at, _ in parts]
        if count is not None:
            yield numbers[0] / PARTS, (numbers[-1] + 1) / PARTS, count


def percent(share: float) -> str:
    """Return *share*, from 0 to 1, as text such as ``25%``."""
    return say("desk-percent", percent=round(100 * share))


def author_stats_screen(desk: AuthorStats, charts: Sequence[tuple[Chart, bytes]]) -> Screen:
    """Return the statistics: numbers of public acts, numbers of private acts, then each chart with its PNG."""
    embed = story_embed(desk.story).set_author(name=say("desk"))
    for name, value in (*_public_fields(desk), *_private_fields(desk)):
        embed.add_field(name=name, value=value, inline=False)
    embeds = [embed, *(_chart_embed(chart) for chart, _ in charts)]
    items = [button(ShowCard(desk.story.id), say("page-info"))]
    if embed.fields or charts:
        items.insert(0, button(ExportAuthorStats(desk.story.id), say("desk-table")))
    else:
        embed.description = say("desk-nothing")
    if desk.readers is not None or desk.saves is not None:
        embeds[-1].set_footer(text=say("desk-rule", fewest=SMALLEST_GROUP))
    files = [discord.File(io.BytesIO(png), chart.file, description=chart.alt) for chart, png in charts]
    return Screen(embeds, [items], files=files)


def _public_fields(desk: AuthorStats) -> Iterator[tuple[str, str]]:
    """Yield a field for each public act with a count: votes, reactions, reviews."""
    for question in desk.questions:
        if question.voters:
            yield question_words(question), question_text(question)
    if desk.reactions:
        yield say("desk-reactions"), tally_line(desk.reactions)
    if desk.reviews:
        yield say("desk-reviews"), say("desk-reviewed", count=desk.reviews)


def _private_fields(desk: AuthorStats) -> Iterator[tuple[str, str]]:
    """Yield a field for each private act with a published count: reading, saving quotes."""
    if desk.readers is not None:
        yield say("desk-read"), _readers(desk.readers)
    if desk.saves is not None:
        yield say("desk-saves"), say("desk-saved", count=desk.saves)


def _readers(readers: Readership) -> str:
    if readers.finished is None or readers.percent is None:
        return say("desk-readers-begun", begun=readers.begun)
    return say("desk-readers", begun=readers.begun, finished=readers.finished, percent=readers.percent)


def _chart_embed(chart: Chart) -> discord.Embed:
    """Return an embed with a chart's text, and with its picture and alt text.

    Discord accepts a description of an embed's image (https://github.com/discord/discord-api-docs/issues/8373).
    `Embed.set_image` does not support it yet.
    """
    embed = discord.Embed(title=chart.title, description=chart.words, colour=ACCENT)
    image = {"url": f"attachment://{chart.file}", "description": chart.alt}
    return discord.Embed.from_dict({**embed.to_dict(), "image": image})


TableRow = tuple[str, str, str | int]


def author_stats_csv(desk: AuthorStats) -> bytes:
    """Return the published numbers as CSV. The columns are the act, its answer, emoji, place or week, and the count."""
    return as_csv([say("desk-table-what"), say("desk-table-where"), say("desk-table-count")], _rows(desk))


def _rows(desk: AuthorStats) -> Iterator[TableRow]:
    yield say("desk-table-story"), desk.story.title, ""
    yield from _public_rows(desk)
    for what, where, count in _private_rows(desk):
        if count is not None:
            yield what, where, count


def _public_rows(desk: AuthorStats) -> Iterator[TableRow]:
    for question in desk.questions:
        for n, count in enumerate(question.counts.overall if question.counts and question.voters else (), start=1):
            yield question_words(question), answer_words(question, n), count
    for reaction in desk.reactions:
        yield say("desk-table-reaction"), reaction_meaning(reaction.emoji) or reaction.emoji.key, reaction.readers
    if desk.reviews:
        yield say("desk-table-reviews"), "", desk.reviews


def _private_rows(desk: AuthorStats) -> Iterator[tuple[str, str, int | None]]:
    """Yield the rows of private acts and of reactions by part and by week; an unpublished count is None."""
    if desk.readers is not None:
        yield say("desk-table-begun"), "", desk.readers.begun
        yield say("desk-table-finished"), "", desk.readers.finished
        for step, count in enumerate(desk.readers.reached):
            yield say("desk-table-reached"), percent(step / STEPS), count
    for part, count in enumerate(desk.heat.parts if desk.heat else ()):
        yield say("desk-table-heat"), f"{percent(part / PARTS)}–{percent((part + 1) / PARTS)}", count
    for week, count in enumerate(desk.weeks):
        yield say("desk-table-week"), desk.week(week).isoformat(), count
    yield say("desk-table-saves"), "", desk.saves
