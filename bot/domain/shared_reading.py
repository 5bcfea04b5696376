"""Reading together: a page that one reader turns for all."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SharedReading:
    """A page that several readers read together; its message identifies it."""

    message: int
    turner: int
    """The id of the reader who turns the page for all."""
