"""The charts of author statistics: their titles, their words and how to draw them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby

from bot.charts.bars import bars_png
from bot.charts.canvas import Axis
from bot.charts.stairs import stairs_png
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
    draw: Callable[[], bytes]
    """Return the PNG. It takes a moment, so call it in a thread."""


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
    across, up = _story_axis(), say("desk-readers-axis")
    return Chart(
        file="where-readers-stop.png",
        title=say("desk-stops"),
        words=" ".join([say("desk-stops-words", begun=readers.begun), *quarters])
        + "\n"
        + say("desk-stops-how", fewest=SMALLEST_GROUP),
        alt=say("desk-stops-alt", points=points),
        draw=lambda: stairs_png(reached, across, up),
    )


def _heat(heat: Heat) -> Chart:
    across, up = _story_axis(), say("desk-reacted-axis")
    points = " · ".join(f"{percent(start)}–{percent(end)}: {count}" for start, end, count in runs(heat))
    return Chart(
        file="what-moved-readers.png",
        title=say("heat"),
        words=say("desk-heat-words", percent=heat.percent, most=heat.most),
        alt=say("desk-heat-alt", points=points),
        draw=lambda: bars_png(heat.parts, across, up),
    )


def _weeks(desk: AuthorStats) -> Chart:
    weeks = [*desk.weeks]
    most = max(count or 0 for count in weeks)
    middle = len(weeks) // 2
    mondays = [((at + 0.5) / len(weeks), desk.week(at).isoformat()) for at in (0, middle, len(weeks) - 1)]
    across, up = Axis(say("desk-weeks-axis"), mondays), say("desk-reacted-axis")
    points = " · ".join(f"{desk.week(at)}: {count}" for at, count in enumerate(weeks) if count is not None)
    noon = datetime.combine(desk.week(weeks.index(most)), time(12), UTC)  # that Monday nearly everywhere
    return Chart(
        file="when-readers-reacted.png",
        title=say("desk-weeks"),
        words=say("desk-weeks-words", week=f"<t:{int(noon.timestamp())}:D>", most=most),
        alt=say("desk-weeks-alt", weeks=len(weeks), points=points),
        draw=lambda: bars_png(weeks, across, up),
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


def _story_axis() -> Axis:
    quarters = (0.0, 0.25, 0.5, 0.75, 1.0)
    return Axis(say("desk-story-axis"), [(share, percent(share)) for share in quarters])
