"""Reading together: a page that one reader turns for all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SharedReading:
    """A page that is read together, known by its message."""

    message: int
    turner: int
    """Who turns it for all."""
