"""Counts as they are told, in SQL: the rule is `bot.domain.anonymity.released`."""

from bot.domain.anonymity import SMALLEST_GROUP


def released_sql(count: str, told: str, day: str, today: str) -> str:
    """Return SQL for what is told of *count* today; all four are SQL, too."""
    return f"CASE WHEN {day} < {today} AND abs({count} - {told}) >= {SMALLEST_GROUP} THEN {count} ELSE {told} END"
