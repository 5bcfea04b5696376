"""k-anonymity: the bot does not report counts of few readers, since they could identify a reader."""

SMALLEST_GROUP = 5
"""The smallest number of readers that is reported."""


def k_anonymous(readers: int) -> int | None:
    """Return *readers*, a count of people, or None where they are fewer than `SMALLEST_GROUP` (also for zero)."""
    return readers if readers >= SMALLEST_GROUP else None
