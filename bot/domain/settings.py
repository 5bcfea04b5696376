"""Settings of readers and servers."""

from dataclasses import dataclass, replace
from typing import Literal, Self, get_args

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

Links = Literal["at-once", "asked"]
"""Whether a member who says that they wrote what they submit is linked at once, or after a manager's word."""
LINKS: tuple[Links, ...] = get_args(Links)

LANGUAGES = ("en", "fr", "es", "pt", "de", "it", "ru", "pl", "ja", "zh", "ar", "id")
"""The codes (ISO 639-1) of the languages that a reader may say they read."""

LimitName = Literal["stories_a_day", "member_megabytes", "server_megabytes"]
"""A limit that managers choose."""

_MOST: dict[LimitName, int] = {"stories_a_day": 50, "member_megabytes": 500, "server_megabytes": 5000}


def most_of(limit: LimitName, megabytes: int) -> int:
    """Return the highest that a limit may be where all uploads may take *megabytes*; the lowest is 1."""
    return _MOST[limit] if limit == "stories_a_day" else min(_MOST[limit], megabytes)


UPLOADS_MEGABYTES = 1000
"""The most megabytes that the uploads of all servers may take, where the host has not said otherwise."""

OFFERED_AT_MOST = 5
"""How many reactions a server may offer: a row of buttons."""


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What a reader has chosen."""

    page_length: PageLength = "phone"
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
    language: str | None = None
    """The code of the language they read, one of `LANGUAGES`; None: the one that Discord speaks with them.

    Lists and cards name the language of a story where it is another. The bot itself speaks as Discord does.
    """
    warnings: tuple[str, ...] = ()
    """What they want to be asked about before the first page of a story that warns of it: `bot.domain.warnings`."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the managers of a server have chosen."""

    news_channel: int | None = None
    """The updates channel."""
    adders: Adders | None = None
    """Who may submit stories beside the managers; None: nobody has chosen yet, and it counts as *managers*."""
    adders_role: int | None = None
    approval: bool = False
    """Whether what members submit waits for a manager."""
    stories_a_day: int = 5
    """The most stories that a member may submit in 24 hours."""
    member_megabytes: int = 25
    """The most megabytes that the uploads of one member may take in the database, with their versions."""
    server_megabytes: int = 500
    """The most megabytes that all uploads of the server may take."""
    moderators_role: int | None = None
    """Who may hide reviews and answer reports beside the managers."""
    reports_channel: int | None = None
    """Where reported and held reviews are posted, with buttons for moderators."""
    managers_channel: int | None = None
    """Where submissions and claims that wait for managers are posted."""
    links: Links = "at-once"
    """What becomes of *I wrote it* when a story is submitted."""
    private: bool | None = None
    """Whether pages open privately; None: as the host of the bot has chosen."""
    reactions: tuple[Emoji, ...] | None = None
    """The reactions that the server offers; None: the bot's own."""
    steps_hidden: bool = False
    """Whether managers put the first steps away before all were done."""

    def within(self, megabytes: int) -> Self:
        """Return the settings as they hold where the uploads of all servers may take *megabytes*."""
        member, server = min(self.member_megabytes, megabytes), min(self.server_megabytes, megabytes)
        return replace(self, member_megabytes=member, server_megabytes=server)
