"""The charts of author statistics: their titles, their words and their bars."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby

from bot.cards import Bars
from bot.domain.anonymity import SMALLEST_GROUP
from bot.domain.author_stats import STEPS, AuthorStats, Readership
from bot.domain.heat import PARTS, Heat
from bot.texts import say

QUARTER = STEPS // 4


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart that is not drawn yet."""

    file: str
    title: str
    words: str
    """A sentence on what it shows."""
    alt: str
    """Alt text with all of its numbers, at most 1,024 characters."""
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
    noon = datetime.combine(desk.week(weeks.index(most)), time(12), UTC)  # that Monday nearly everywhere
    return Chart(
        file="when-readers-reacted.png",
        title=say("desk-weeks"),
        words=say("desk-weeks-words", week=f"<t:{int(noon.timestamp())}:D>", most=most),
        alt=say("desk-weeks-alt", weeks=len(weeks), points=points),
        bars=Bars(weeks, say("desk-reacted-axis"), say("desk-weeks-axis"), mondays, (weeks.index(most),)),
    )


def runs(heat: Heat) -> Iterator[tuple[float, float, int]]:
    """Yield the runs of parts with the same count: start and end as shares of the story, and the count."""
    for count, parts in groupby(enumerate(heat.parts), key=lambda part: part[1]):
        numbers = [at for at, _ in parts]
        if count is not None:
            yield numbers[0] / PARTS, (numbers[-1] + 1) / PARTS, count


def percent(share: float) -> str:
    """Return a share of the story in percent."""
    return say("desk-percent", percent=round(100 * share))
