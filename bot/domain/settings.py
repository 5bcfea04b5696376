"""What readers and servers choose for themselves; values without Discord or SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from bot.domain.reactions import Emoji
from bot.stories.model import PageLength

Notices = Literal["direct", "server", "none"]
NOTICES: tuple[Notices, ...] = get_args(Notices)

Reviews = Literal["direct", "digest", "none"]
"""How a writer hears of reviews: each as it comes, all of a day in one message, not at all."""

Adders = Literal["managers", "role", "everyone"]
"""Who may add stories to a server's library."""

OFFERED_AT_MOST = 5
"""Reactions on offer: a row of buttons."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What a reader has chosen."""

    page_length: PageLength = "medium"
    private: bool | None = None
    """Whether pages open for them alone; None: as the server has it."""
    adult: bool = False
    """Whether stories for adults show in direct messages with the bot; elsewhere the channel says."""
    veil: bool = True
    """Whether what is beyond their furthest point is veiled where they alone see it."""
    notices: Notices = "direct"
    """Where they are told of what they follow: by direct message, in the server's news channel, or not at all."""
    reviews: Reviews = "direct"
    """How they are told, by direct message, of reviews of what they wrote."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What those who manage a server have chosen."""

    news_channel: int | None = None
    adders: Adders = "managers"
    adders_role: int | None = None
    private: bool | None = None
    """Whether pages open for the one alone who asks; None: as the bot has it."""
    reactions: tuple[Emoji, ...] | None = None
    """The reactions on offer; None: the bot's own."""
