"""Authors: a reader's claim to have written a story."""

from dataclasses import dataclass

from bot.stories.model import StorySummary


@dataclass(frozen=True, slots=True)
class Claim:
    """A reader's claim to be the author of a story, until it is answered."""

    id: int
    story: StorySummary
    reader: int
