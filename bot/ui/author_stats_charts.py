"""The charts of a writer's desk: what each is of, in words, and how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.charts.bars import bars_png
from bot.charts.canvas import Axis
from bot.charts.stairs import stairs_png
from bot.domain.anonymity import SMALLEST_GROUP
from bot.domain.author_stats import STEPS, AuthorStats
from bot.domain.heat import PARTS, Heat
from bot.texts import say

QUARTER = STEPS // 4


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture that is not drawn yet."""

    file: str
    title: str
    words: str
    """What is to be seen in it."""
    alt: str
    """All of its numbers, for those who do not see it; at most 1,024 characters."""
    draw: Callable[[], bytes]
    """Makes the PNG. It takes a moment: for a thread."""


def charts_of(desk: AuthorStats) -> list[Chart]:
    """Those that have something in them."""
    return [_stops(desk), *([_heat(desk.heat)] if desk.heat else []), *([_weeks(desk)] if any(desk.weeks) else [])]


def number(readers: int | None) -> str | int:
    """A number that may be too small to be told."""
    return say("desk-few", fewest=SMALLEST_GROUP) if readers is None else readers


def _stops(desk: AuthorStats) -> Chart:
    reached = desk.readers.reached
    quarter, half, most = (number(reached[QUARTER * quarters]) for quarters in (1, 2, 3))
    points = " · ".join(f"{percent(share / STEPS)}: {_plain(count)}" for share, count in enumerate(reached))
    few = say("desk-few", fewest=SMALLEST_GROUP)
    across, up = _story_axis(), say("desk-readers-axis")
    return Chart(
        file="where-readers-stop.png",
        title=say("desk-stops"),
        words=say("desk-stops-words", begun=desk.readers.begun, quarter=quarter, half=half, most=most)
        + " "
        + say("desk-stops-how", fewest=SMALLEST_GROUP),
        alt=say("desk-stops-alt", points=points),
        draw=lambda: stairs_png(reached, across, up, few),
    )


def _heat(heat: Heat) -> Chart:
    across, up = _story_axis(), say("desk-reacted-axis")
    points = " · ".join(f"{percent(start)}–{percent(end)}: {_plain(count)}" for start, end, count in runs(heat))
    return Chart(
        file="what-moved-readers.png",
        title=say("heat"),
        words=say("desk-heat-words", percent=heat.percent, most=heat.most),
        alt=say("desk-heat-alt", points=points, fewest=SMALLEST_GROUP),
        draw=lambda: bars_png(heat.parts, across, up),
    )


def _weeks(desk: AuthorStats) -> Chart:
    weeks = [*desk.weeks]
    most = max(count or 0 for count in weeks)
    middle = len(weeks) // 2
    mondays = [((at + 0.5) / len(weeks), desk.week(at).isoformat()) for at in (0, middle, len(weeks) - 1)]
    across, up = Axis(say("desk-weeks-axis"), mondays), say("desk-reacted-axis")
    points = " · ".join(f"{desk.week(at)}: {_plain(count)}" for at, count in enumerate(weeks) if count is not None)
    return Chart(
        file="when-readers-reacted.png",
        title=say("desk-weeks"),
        words=say("desk-weeks-words", week=desk.week(weeks.index(most)).isoformat(), most=most),
        alt=say("desk-weeks-alt", weeks=len(weeks), points=points, fewest=SMALLEST_GROUP),
        draw=lambda: bars_png(weeks, across, up),
    )


def runs(heat: Heat) -> Iterator[tuple[float, float, int]]:
    """Where a story's heat is told, as shares of it from and to, parts of the same heat together."""
    for count, parts in groupby(enumerate(heat.parts), key=lambda part: part[1]):
        numbers = [at for at, _ in parts]
        if count is not None:
            yield numbers[0] / PARTS, (numbers[-1] + 1) / PARTS, count


def percent(share: float) -> str:
    """A share of the story."""
    return say("desk-percent", percent=round(100 * share))


def _plain(readers: int | None) -> str:
    return str(number(readers))


def _story_axis() -> Axis:
    quarters = (0.0, 0.25, 0.5, 0.75, 1.0)
    return Axis(say("desk-story-axis"), [(share, percent(share)) for share in quarters])
