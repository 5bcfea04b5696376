"""Settings of readers and servers, the warnings that readers ask for, and a server's first steps.

A field of `ReaderSettings` or `ServerSettings` is a setting, and its entry is its default there. Panels, changes, the
log, the rows of the database and the table in ``docs/managing.md`` follow from the entries.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Final, Literal, Self, cast, get_args

from bot.domain.reactions import Emoji
from bot.domain.zones import find_zone
from bot.stories.folding import fold
from bot.stories.model import PageLength

Notices = Literal["direct", "server", "none"]
"""Where a reader gets news of what they follow."""

Reviews = Literal["direct", "digest", "none"]
"""How a writer is notified of reviews: of each at once, of all of a day together, or not at all."""
REVIEWS: tuple[Reviews, ...] = get_args(Reviews)

Adders = Literal["managers", "role", "everyone"]
"""Who may add stories to a server's library."""

Links = Literal["at-once", "asked"]
"""Whether a member who says that they wrote what they submit is linked at once, or after a manager's word."""

LANGUAGES = ("en", "fr", "es", "pt", "de", "it", "ru", "pl", "ja", "zh", "ar", "id")
"""The codes (ISO 639-1) of the languages that a reader may say they read."""

UPLOADS_MEGABYTES = 1000
"""The most megabytes that the uploads of all servers may take, where the host has not said otherwise."""

Whose = Literal["reader", "server"]

ReaderSection = Literal["first", "more"]
"""The screens of a reader's settings."""
READER_SECTIONS: tuple[ReaderSection, ...] = get_args(ReaderSection)

ServerSection = Literal["updates", "reading", "submissions", "moderators", "authors"]
"""The subjects of a server's settings."""
SERVER_SECTIONS: tuple[ServerSection, ...] = get_args(ServerSection)

Section = ReaderSection | ServerSection


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values, each of which has a word. The first is the default."""

    values: Mapping[str, object]

    def read(self, text: str) -> object:
        return self.values[text]

    def write(self, value: object) -> str:
        return next((word for word, each in self.values.items() if each == value), next(iter(self.values)))


class Whole:
    """A whole number."""

    def read(self, text: str) -> object:
        return int(text)

    def write(self, value: object) -> str:
        return str(value)


class Channel(Whole):
    """The id of a channel where the bot may write."""


class Role(Whole):
    """The id of a role."""


@dataclass(frozen=True, slots=True)
class Number(Whole):
    """A whole number that is typed, at least 1."""

    most: int
    are_megabytes: bool = False
    """Whether it is no more than what the uploads of all servers may take."""

    def most_within(self, megabytes: int) -> int:
        """Return the highest that it may be where the uploads of all servers may take *megabytes*."""
        return min(self.most, megabytes) if self.are_megabytes else self.most


class Words:
    """Several texts."""

    def read(self, text: str) -> object:
        return tuple(json.loads(text))

    def write(self, value: object) -> str:
        return json.dumps(value)


class Emojis:
    """The reactions on offer."""

    def read(self, text: str) -> object:
        return tuple(Emoji(**each) for each in json.loads(text))

    def write(self, value: object) -> str:
        return json.dumps([asdict(each) for each in cast(Iterable[Emoji], value)])


class TimeZone:
    """The name of a time zone in the IANA database."""

    def read(self, text: str) -> object:
        if find_zone(text) is None:
            raise LookupError(text)
        return text

    def write(self, value: object) -> str:
        return str(value)


Kind = Choice | Whole | Words | Emojis | TimeZone


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting of a reader or a server."""

    whose: Whose
    name: str
    default: object
    kind: Kind
    section: Section | None
    """The screen that shows it; None: no screen of the settings does."""
    only_for: tuple[Adders, ...] | None
    """It shows only where these may add stories; None: anywhere."""

    @property
    def dashed(self) -> str:
        """Its name as the ids of messages have it."""
        return self.name.replace("_", "-")

    def shows(self, chosen: "ServerSettings") -> bool:
        """Return whether its screen shows it beside what the server has *chosen*."""
        return self.only_for is None or chosen.adders in self.only_for

    def read(self, text: str) -> object:
        """Return the value of a *text* that was stored or picked; the default where it means none."""
        try:
            return self.kind.read(text)
        except (LookupError, TypeError, ValueError):
            return self.default


def _entry(
    kind: Kind, section: Section | None = None, only_for: tuple[Adders, ...] | None = None
) -> Mapping[str, object]:
    return {"kind": kind, "section": section, "only_for": only_for}


def _one_of(values: Iterable[str], otherwise: str | None = None) -> Choice:
    return Choice({**({otherwise: None} if otherwise else {}), **{each: each for each in values}})


def _yes_no(otherwise: str) -> Choice:
    return Choice({otherwise: None, "yes": True, "no": False})


_NO_YES = Choice({"no": False, "yes": True})
_YES_NO = Choice({"yes": True, "no": False})
_MEMBERS: tuple[Adders, ...] = ("role", "everyone")


@dataclass(frozen=True, slots=True)
class ReaderSettings:
    """What a reader has chosen."""

    page_length: PageLength = field(default="phone", metadata=_entry(_one_of(get_args(PageLength)), "first"))
    private: bool | None = field(default=None, metadata=_entry(_yes_no("server"), "first"))
    """Whether their pages open privately; None: as the server has chosen."""
    veil: bool = field(default=True, metadata=_entry(_YES_NO, "first"))
    """Whether what is beyond their furthest point is veiled in private messages."""
    notices: Notices = field(default="direct", metadata=_entry(_one_of(get_args(Notices)), "first"))
    """Where they get news: by direct message, in the server's news channel, or not at all."""
    adult: bool = field(default=False, metadata=_entry(_NO_YES, "more"))
    """Whether stories for adults show in direct messages with the bot; elsewhere the channel decides."""
    language: str | None = field(default=None, metadata=_entry(_one_of(LANGUAGES, otherwise="discord"), "more"))
    """The code of the language they read, one of `LANGUAGES`; None: the one that Discord speaks with them.

    Lists and cards name the language of a story where it is another. The bot itself speaks as Discord does.
    """
    warnings: tuple[str, ...] = field(default=(), metadata=_entry(Words(), "more"))
    """What they want to be asked about before the first page of a story that warns of it."""
    reviews: Reviews = field(default="direct", metadata=_entry(_one_of(REVIEWS)))
    """How they are notified, by direct message, of reviews of what they wrote."""
    unreached_at: int | None = field(default=None, metadata=_entry(Whole()))
    """When a direct message last failed to reach them, in seconds since 1970; None: the last one did not fail."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the managers of a server have chosen."""

    news_channel: int | None = field(default=None, metadata=_entry(Channel(), "updates"))
    """The updates channel."""
    zone: str | None = field(default=None, metadata=_entry(TimeZone(), "updates"))
    """The time zone of all schedules, which move with it (`Schedules.change_zone`); None: nobody has chosen yet."""
    private: bool | None = field(default=None, metadata=_entry(_yes_no("bot"), "reading"))
    """Whether pages open privately; None: as the host of the bot has chosen."""
    reactions: tuple[Emoji, ...] | None = field(default=None, metadata=_entry(Emojis(), "reading"))
    """The reactions that the server offers; None: the bot's own."""
    adders: Adders | None = field(default=None, metadata=_entry(_one_of(get_args(Adders)), "submissions"))
    """Who may submit stories beside the managers; None: nobody has chosen yet, and it counts as *managers*."""
    adders_role: int | None = field(default=None, metadata=_entry(Role(), "submissions", only_for=("role",)))
    approval: bool = field(default=False, metadata=_entry(_NO_YES, "submissions", only_for=_MEMBERS))
    """Whether what members submit waits for a manager."""
    stories_a_day: int = field(default=5, metadata=_entry(Number(50), "submissions", only_for=_MEMBERS))
    """The most stories that a member may submit in 24 hours."""
    member_megabytes: int = field(
        default=25, metadata=_entry(Number(500, are_megabytes=True), "submissions", only_for=_MEMBERS)
    )
    """The most megabytes that the uploads of one member may take in the database, with their versions."""
    server_megabytes: int = field(default=500, metadata=_entry(Number(5000, are_megabytes=True), "submissions"))
    """The most megabytes that all uploads of the server may take."""
    moderators_role: int | None = field(default=None, metadata=_entry(Role(), "moderators"))
    """Who may hide reviews and answer reports beside the managers."""
    reports_channel: int | None = field(default=None, metadata=_entry(Channel(), "moderators"))
    """Where reported and held reviews are posted, with buttons for moderators."""
    managers_channel: int | None = field(default=None, metadata=_entry(Channel(), "authors"))
    """Where submissions and claims that wait for managers are posted."""
    links: Links = field(default="at-once", metadata=_entry(_one_of(get_args(Links)), "authors"))
    """What becomes of *I wrote it* when a story is submitted."""
    steps_hidden: bool = field(default=False, metadata=_entry(_NO_YES))
    """Whether managers put the first steps away before all were done."""

    def within(self, megabytes: int) -> Self:
        """Return the settings as they hold where the uploads of all servers may take *megabytes*."""
        member, server = min(self.member_megabytes, megabytes), min(self.server_megabytes, megabytes)
        return replace(self, member_megabytes=member, server_megabytes=server)


def _entries(whose: Whose, settings: type[ReaderSettings | ServerSettings]) -> Mapping[str, Setting]:
    return {each.name: Setting(whose, each.name, each.default, **each.metadata) for each in fields(settings)}


READER: Final = _entries("reader", ReaderSettings)
"""The settings of a reader by their names, in the order of their screens; so are those of a server."""
SERVER: Final = _entries("server", ServerSettings)


ANY_WARNING = "all"
"""What a reader types to be asked about any warning."""

MOST_WARNINGS = 50
WARNING_CHARS = 60
"""Characters of one of a reader's warnings; of each only so many are kept."""


def read_warnings(typed: str) -> tuple[str, ...]:
    """Return the warnings that a reader typed, separated by commas, none twice."""
    words = (" ".join(each.split())[:WARNING_CHARS] for each in typed.split(","))
    return tuple(dict.fromkeys(each for each in words if each))[:MOST_WARNINGS]


def asked_about(warnings: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Return those of a story's *warnings* that a reader *asked* to be asked about: that contain their words."""
    wanted = [fold(each) for each in asked]
    return [each for each in warnings if any(word == ANY_WARNING or word in fold(each) for word in wanted)]


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """Which of the steps are done."""

    updates: bool
    submissions: bool
    story: bool
    hidden: bool
    """Whether managers put them away."""

    @property
    def are_shown(self) -> bool:
        """Whether a step is left, and they were not put away."""
        return not self.hidden and not (self.updates and self.submissions and self.story)
