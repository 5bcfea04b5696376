"""The days and the times of day that a schedule is picked from."""

import re
from collections.abc import Mapping
from datetime import time

from bot.domain.recurrence import EVERY_DAY

_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

DAYS: Mapping[str, frozenset[int]] = {
    "every day": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
    **{name: frozenset((day,)) for day, name in enumerate(_DAY_NAMES)},
}
"""The days of a schedule, by what they are called; Monday is 0."""

TIMES: Mapping[str, time] = {f"{at:%H:%M}": at for at in (time(n // 2, 30 * (n % 2)) for n in range(48))}
"""Each half hour of the day, as 18:00."""


def search_times(typed: str, limit: int) -> list[time]:
    """Return the times that begin with the digits of *typed*, on a clock of 24 hours or one with ``am`` and ``pm``.

    Where they are more than *limit*, these are the full hours alone, of which a day has 24.
    """
    wanted = "".join(re.findall(r"\d|[ap]", typed.casefold()))
    found = [at for at in TIMES.values() if any(form.startswith(wanted) for form in _forms(at))]
    return found if len(found) <= limit else [at for at in found if not at.minute]


def _forms(at: time) -> list[str]:
    """What people may type of a time, as `search_times` compares it: ``1800``, ``600p``, and ``6p`` of a full hour."""
    hour, half = at.hour % 12 or 12, "ap"[at.hour // 12]
    return [f"{at:%H%M}", f"{hour}{at:%M}{half}", *([] if at.minute else [f"{hour}{half}"])]
