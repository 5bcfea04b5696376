"""Counts that tell on nobody: what readers do without saying it is told of groups alone, in steps and at set times.

What readers say (a reaction, a vote, a review) is shown as it is. What they only do (begin, finish or stop reading,
save a quote, finish without voting) is told so:

- A count is told from `SMALLEST_GROUP` on, and rounded down to a multiple of it.
- The told count changes at midnight UTC alone, and only once the true one differs from it by `SMALLEST_GROUP`.

So between two looks, whenever they are, a told count stays as it was or has at least `SMALLEST_GROUP` readers in the
difference. Somebody who looks before and after one reader they know learns nothing of that reader. It does not hold
against a writer who reads with four accounts of their own and waits for the fifth reader.
"""

SMALLEST_GROUP = 5
"""The smallest number of readers that is reported, and the step in which counts move."""

DAY_SECONDS = 24 * 60 * 60


def k_anonymous(readers: int) -> int | None:
    """Return *readers*, a count of people, or None where they are fewer than `SMALLEST_GROUP` (also for zero)."""
    return readers if readers >= SMALLEST_GROUP else None


def in_steps(readers: int) -> int | None:
    """Return *readers* as they are told: rounded down to a step, None for fewer than `SMALLEST_GROUP`."""
    return k_anonymous(readers // SMALLEST_GROUP * SMALLEST_GROUP)


def day_of(at: float) -> int:
    """Return the day (UTC) of *at*, in seconds since 1970."""
    return int(at) // DAY_SECONDS


def released(count: int, told: int, day: int, today: int) -> int:
    """Return the count that is told today, before it is rounded: *told* so far, or *count* as it is by now.

    *day* is when *count* last changed. What changed today waits until tomorrow.
    """
    return count if day < today and abs(count - told) >= SMALLEST_GROUP else told
