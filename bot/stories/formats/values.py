"""Values that a writer states, as they are written."""

from __future__ import annotations

import datetime
from typing import cast

Tree = str | list["Tree"] | dict[str, "Tree"]
"""A value as it is written."""

MAX_DEPTH = 8


def written(value: object, depth: int = 0) -> Tree:
    """A value of TOML as it is written there. Raises `ValueError` where lists in lists are too deep."""
    if depth > MAX_DEPTH:
        raise ValueError("lists in lists are too deep")
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list):
        return [written(item, depth + 1) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return {key: written(item, depth + 1) for key, item in cast("dict[str, object]", value).items()}
    return str(value)
