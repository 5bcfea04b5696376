"""Authors: who says that they wrote a story, and who was asked whether they did."""

from dataclasses import dataclass
from typing import Literal

from bot.stories.model import StorySummary

WAITS_SECONDS = 30 * 24 * 60 * 60
"""The seconds that a claim waits for the managers, and an offer for the one who was asked. A refused claim is not made
again for as long."""

ASKED_ONCE_SECONDS = 180 * 24 * 60 * 60
"""The seconds after which somebody may be asked about the same story again."""

NEW_SECONDS = 30 * 24 * 60 * 60
"""The seconds that a story is new: one whose author is linked later is no news to those who follow them."""

CLAIMS_EACH = 3
"""The most claims that one reader may have waiting, beside those to what they uploaded themselves."""

CLAIMS_A_SHELF = 100
"""The most claims that wait for the managers of one shelf."""

OFFERS_EACH = 25
"""The most offers that wait for one reader."""

AUTHORS_AT_MOST = 10
"""The most readers who are linked to one story, or were asked."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A reader's claim to be the author of a story, until it is answered."""

    id: int
    story: StorySummary
    reader: int
    is_mature: bool = False
    """Whether the story is for adults."""


@dataclass(frozen=True, slots=True)
class LinkOffer:
    """The question to a reader whether they are the author of a story, until they accept or decline."""

    id: int
    story: StorySummary
    is_mature: bool
    """Whether the story is for adults."""
    guild: int
    """The server whose shelf the story is on; 0 for the bot's own folder."""
    was_claimed: bool
    """Whether it answers their claim."""
    ends_at: int
    """When it lapses, in seconds since 1970."""


LinkNewsKind = Literal["claim", "offer", "refused"]
"""A claim waits for managers; a reader was asked; a reader's claim was refused."""


@dataclass(frozen=True, slots=True)
class LinkJob:
    """What is due for the managers of one server, or for one reader."""

    reader: int
    """Whom it is about."""
    guild: int
    """The server whose managers are to be told; 0: the reader is."""
    about: tuple[tuple[LinkNewsKind, int], ...]
    """What it is, and the story's id."""
    tries: int
    """How many deliveries have failed."""
