"""How far a load of the folder, or a check of it, is: what those who read files tell those who show it."""

from collections.abc import Awaitable, Callable

Progress = Callable[[int, int], Awaitable[None]]
"""Gets how many files are done, and of how many."""


async def show_nothing(done: int, files: int) -> None:
    """Show no progress."""
