"""Settings of readers and servers, the warnings that readers ask for, and a server's first steps.

Each field of `ReaderSettings` or `ServerSettings` is a setting: the default of the field is the default of the setting,
and its metadata has the kind and the screen. Panels, changes, the log, database rows and the tables in
``docs/settings.md`` are made from these fields.
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
"""Where a reader receives news of followed stories and authors: in a direct message, in a server, or nowhere."""

Reviews = Literal["direct", "digest", "none"]
"""How an author is notified of reviews: of each review immediately, of all once a day, or never."""
REVIEWS: tuple[Reviews, ...] = get_args(Reviews)

Adders = Literal["managers", "role", "everyone"]
"""Who may add stories to a server's library."""

Links = Literal["at-once", "asked"]
"""Whether a member who submits a story as its author is linked at once, or after a manager's approval."""

LANGUAGES = ("en", "fr", "es", "pt", "de", "it", "ru", "pl", "ja", "zh", "ar", "id")
"""Codes (ISO 639-1) of the languages that a reader may choose as the reading language."""

UPLOADS_MEGABYTES = 1000
"""Maximum size of the uploads of all servers together, in megabytes, unless the host sets another."""

Whose = Literal["reader", "server"]

ReaderSection = Literal["first", "more"]
"""Screens of a reader's settings."""
READER_SECTIONS: tuple[ReaderSection, ...] = get_args(ReaderSection)

ServerSection = Literal["updates", "reading", "submissions", "moderators", "authors"]
"""Sections of a server's settings."""
SERVER_SECTIONS: tuple[ServerSection, ...] = get_args(ServerSection)

Section = ReaderSection | ServerSection


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values; each is stored as a word. The first value is the default."""

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
    """Id of a channel for the bot's messages."""


class Role(Whole):
    """Id of a role."""


@dataclass(frozen=True, slots=True)
class Number(Whole):
    """A whole number in a text field, at least 1."""

    most: int
    are_megabytes: bool = False
    """Whether this is a number of megabytes, which the limit for the uploads of all servers limits, too."""

    def most_within(self, megabytes: int) -> int:
        """Return the largest valid number, if the uploads of all servers may use at most *megabytes*."""
        return min(self.most, megabytes) if self.are_megabytes else self.most


class Words:
    """Several texts."""

    def read(self, text: str) -> object:
        return tuple(json.loads(text))

    def write(self, value: object) -> str:
        return json.dumps(value)


class Emojis:
    """The emoji that a server offers as reactions."""

    def read(self, text: str) -> object:
        return tuple(Emoji(**each) for each in json.loads(text))

    def write(self, value: object) -> str:
        return json.dumps([asdict(each) for each in cast(Iterable[Emoji], value)])


class TimeZone:
    """Name of a time zone in the IANA database."""

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
    """Section of the screens that shows the setting; None for a setting that no section shows."""
    only_for: tuple[Adders, ...] | None
    """Choices of the server's *adders* with which the setting is shown; None if it is always shown."""

    @property
    def hyphenated_name(self) -> str:
        """Name with hyphens, as in the ids of Fluent messages."""
        return self.name.replace("_", "-")

    def shows(self, chosen: "ServerSettings") -> bool:
        """Return whether to show the setting on its screen, given the server's *chosen* settings."""
        return self.only_for is None or chosen.adders in self.only_for

    def read(self, text: str) -> object:
        """Return the value that a stored or picked *text* means; the default if *text* is not valid."""
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
    """A reader's settings: the chosen values, otherwise the defaults."""

    page_length: PageLength = field(default="phone", metadata=_entry(_one_of(get_args(PageLength)), "first"))
    private: bool | None = field(default=None, metadata=_entry(_yes_no("server"), "first"))
    """Whether pages open in private messages; None: as the server chose."""
    veil: bool = field(default=True, metadata=_entry(_YES_NO, "first"))
    """Whether private messages veil text beyond the reader's furthest point."""
    notices: Notices = field(default="direct", metadata=_entry(_one_of(get_args(Notices)), "first"))
    """Where the reader receives news: in a direct message, in the server's news channel, or nowhere."""
    adult: bool = field(default=False, metadata=_entry(_NO_YES, "more"))
    """Whether direct messages show stories for adults; elsewhere the channel decides."""
    language: str | None = field(default=None, metadata=_entry(_one_of(LANGUAGES, otherwise="discord"), "more"))
    """Code of the reading language, one of `LANGUAGES`; None: the language of the reader's Discord client.

    Lists and cards name a story's language only if it is another. The bot's own words are in the client's language.
    """
    warnings: tuple[str, ...] = field(default=(), metadata=_entry(Words(), "more"))
    """Content warnings that the bot shows and asks about before a story's first page."""
    reviews: Reviews = field(default="direct", metadata=_entry(_one_of(REVIEWS)))
    """How direct messages notify the reader of reviews of the stories that they wrote."""
    unreached_at: int | None = field(default=None, metadata=_entry(Whole()))
    """Time of the last direct message to the reader, in seconds since 1970, if it failed; otherwise None."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """A server's settings: the values that its managers chose, otherwise the defaults."""

    news_channel: int | None = field(default=None, metadata=_entry(Channel(), "updates"))
    """Id of the channel for news of followed stories."""
    zone: str | None = field(default=None, metadata=_entry(TimeZone(), "updates"))
    """Time zone of the server's schedules, which `Schedules.change_zone` adapts to a new zone; None: not chosen yet."""
    private: bool | None = field(default=None, metadata=_entry(_yes_no("bot"), "reading"))
    """Whether pages open in private messages; None: as the host of the bot chose."""
    reactions: tuple[Emoji, ...] | None = field(default=None, metadata=_entry(Emojis(), "reading"))
    """Reactions that the server offers; None: the bot's default ones."""
    adders: Adders | None = field(default=None, metadata=_entry(_one_of(get_args(Adders)), "submissions"))
    """Who may submit stories; None: not chosen yet, with the effect of *managers*."""
    adders_role: int | None = field(default=None, metadata=_entry(Role(), "submissions", only_for=("role",)))
    """Id of the role that may submit stories, if *adders* is *role*."""
    approval: bool = field(default=False, metadata=_entry(_NO_YES, "submissions", only_for=_MEMBERS))
    """Whether submissions of members wait for a manager's approval."""
    stories_a_day: int = field(default=5, metadata=_entry(Number(50), "submissions", only_for=_MEMBERS))
    """Maximum number of stories that a member may submit in 24 hours."""
    member_megabytes: int = field(
        default=25, metadata=_entry(Number(500, are_megabytes=True), "submissions", only_for=_MEMBERS)
    )
    """Maximum size of one member's uploads with all stored versions, in megabytes."""
    server_megabytes: int = field(default=500, metadata=_entry(Number(5000, are_megabytes=True), "submissions"))
    """Maximum size of all uploads of the server with all stored versions, in megabytes."""
    moderators_role: int | None = field(default=None, metadata=_entry(Role(), "moderators"))
    """Id of the role that may hide reviews and answer reports, like the managers."""
    reports_channel: int | None = field(default=None, metadata=_entry(Channel(), "moderators"))
    """Id of the channel for reported and held reviews, with buttons for moderators."""
    managers_channel: int | None = field(default=None, metadata=_entry(Channel(), "authors"))
    """Id of the channel for submissions and claims that wait for the managers."""
    links: Links = field(default="at-once", metadata=_entry(_one_of(get_args(Links)), "authors"))
    """Effect of the option *I wrote it* when a member submits a story: linked at once, or only after a claim."""
    steps_hidden: bool = field(default=False, metadata=_entry(_NO_YES))
    """Whether a manager hid the first steps of the setup."""

    def within(self, megabytes: int) -> Self:
        """Return the settings with *member_megabytes* and *server_megabytes* reduced to at most *megabytes*."""
        member, server = min(self.member_megabytes, megabytes), min(self.server_megabytes, megabytes)
        return replace(self, member_megabytes=member, server_megabytes=server)


def _entries(whose: Whose, settings: type[ReaderSettings | ServerSettings]) -> Mapping[str, Setting]:
    return {each.name: Setting(whose, each.name, each.default, **each.metadata) for each in fields(settings)}


READER: Final = _entries("reader", ReaderSettings)
"""The settings of readers, by name."""

SERVER: Final = _entries("server", ServerSettings)
"""The settings of servers, by name."""


ANY_WARNING = "all"
"""The word in a reader's list of warnings that matches any warning."""

MOST_WARNINGS = 50
"""Maximum number of warnings in a reader's list; further ones are dropped."""

WARNING_CHARS = 60
"""Maximum length of one warning in a reader's list, in characters; longer warnings are cut."""


def read_warnings(typed: str) -> tuple[str, ...]:
    """Return the warnings in the typed comma-separated list, without duplicates."""
    words = (" ".join(each.split())[:WARNING_CHARS] for each in typed.split(","))
    return tuple(dict.fromkeys(each for each in words if each))[:MOST_WARNINGS]


def asked_about(warnings: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Return the *warnings* of a story that contain one of the words in *asked*; `ANY_WARNING` matches all."""
    wanted = [fold(each) for each in asked]
    return [each for each in warnings if any(word == ANY_WARNING or word in fold(each) for word in wanted)]


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """The steps of a server's setup: whether each is finished."""

    updates: bool
    submissions: bool
    story: bool
    hidden: bool
    """Whether a manager hid the steps."""

    @property
    def are_shown(self) -> bool:
        """Whether a step is unfinished and the steps are not hidden."""
        return not self.hidden and not (self.updates and self.submissions and self.story)
