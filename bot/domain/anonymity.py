"""Anonymous counts: private acts of readers are published for groups only, in steps and once a day.

Public acts (a reaction, a vote, a review) are counted exactly. Private acts (beginning, finishing or abandoning a
story, saving a quote, finishing without a vote) follow two rules:

- A count below `SMALLEST_GROUP` is not published. Any other count is rounded down to a multiple of `SMALLEST_GROUP`.
- The published count changes at midnight UTC only, and only if the true count differs by `SMALLEST_GROUP` or more.

So a published count stays the same or changes by at least `SMALLEST_GROUP` readers. Comparing the count before and
after one person's act reveals nothing about that person. The rules do not stop an author who reads with four accounts
of their own and waits for a fifth reader.
"""

SMALLEST_GROUP = 5
"""Smallest published number of readers, and the step of published counts."""

DAY_SECONDS = 24 * 60 * 60


def k_anonymous(readers: int) -> int | None:
    """Return *readers*, a number of people, or None if it is below `SMALLEST_GROUP` (also for zero)."""
    return readers if readers >= SMALLEST_GROUP else None


def in_steps(readers: int) -> int | None:
    """Return *readers* rounded down to a multiple of `SMALLEST_GROUP`; None below `SMALLEST_GROUP`."""
    return k_anonymous(readers // SMALLEST_GROUP * SMALLEST_GROUP)


def day_of(at: float) -> int:
    """Return the day (UTC) of *at*, in days since 1970; *at* is in seconds since 1970."""
    return int(at) // DAY_SECONDS


def released(count: int, told: int, day: int, today: int) -> int:
    """Return the count to publish on the day *today*, before rounding.

    *told* is the published count so far, *count* the true one, and *day* the day of the last change of *count*, counted
    from 1970. Changes of today are published tomorrow at the earliest.
    """
    return count if day < today and abs(count - told) >= SMALLEST_GROUP else told
