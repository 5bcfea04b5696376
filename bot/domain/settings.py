"""Settings of readers and servers."""

from dataclasses import dataclass
from typing import Literal, get_args

from bot.domain.reactions import Emoji
from bot.stories.model import PageLength

Notices = Literal["direct", "server", "none"]
"""Where a reader gets news of what they follow."""
NOTICES: tuple[Notices, ...] = get_args(Notices)

Reviews = Literal["direct", "digest", "none"]
"""How a writer is notified of reviews: of each at once, of all of a day together, or not at all."""
REVIEWS: tuple[Reviews, ...] = get_args(Reviews)

Adders = Literal["managers", "role", "everyone"]
"""Who may add stories to a server's library."""
ADDERS: tuple[Adders, ...] = get_args(Adders)

OFFERED_AT_MOST = 5
"""How many reactions a server may offer: a row of buttons."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What a reader has chosen."""

    page_length: PageLength = "medium"
    private: bool | None = None
    """Whether their pages open privately; None: as the server has chosen."""
    adult: bool = False
    """Whether stories for adults show in direct messages with the bot; elsewhere the channel decides."""
    veil: bool = True
    """Whether what is beyond their furthest point is veiled in private messages."""
    notices: Notices = "direct"
    """Where they get news: by direct message, in the server's news channel, or not at all."""
    reviews: Reviews = "direct"
    """How they are notified, by direct message, of reviews of what they wrote."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the managers of a server have chosen."""

    news_channel: int | None = None
    adders: Adders = "managers"
    adders_role: int | None = None
    private: bool | None = None
    """Whether pages open privately; None: as the host of the bot has chosen."""
    reactions: tuple[Emoji, ...] | None = None
    """The reactions that the server offers; None: the bot's own."""
