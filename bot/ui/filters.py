"""The filters of the library: in words above the list, and a panel that changes them without typing a command."""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import discord
from discord import ui

from bot.domain.filters import OFFERED_MINUTES, Filter, Sort, StoryFilter
from bot.stories.lengths import LENGTHS
from bot.stories.ratings import Rating
from bot.stories.status import Status
from bot.texts import listed, say
from bot.ui.components import Style, button, modal, option, select, text_field
from bot.ui.ids.story_lists import AskNames, NamesModal, PickedFilter, PickFilter, StoryListPage
from bot.ui.limits import OPTION_LABEL, SELECT_OPTIONS, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen

Valued = Literal["length", "status", "rating"]
VALUES: dict[Valued, tuple[str, ...]] = {"length": LENGTHS, "status": get_args(Status), "rating": get_args(Rating)}
"""Filters that are one of a few values."""

ANY = "-"
"""The option that sets no filter."""

NAME_CHARS = 60
NAMES_SHOWN = 3
"""Characters of a name, and names of a filter, that are shown above a list."""

NAMES_CHARS = 2000
"""Characters that are typed into one field of the modal."""

TYPED: tuple[Filter, ...] = ("tags", "fandoms", "characters", "authors", "without")
"""Filters that are typed; a modal takes five."""


def sort_words(sort: Sort) -> str:
    """An order of the list, with a label."""
    return say("filter-order", sort=say(f"filter-sort-{sort}"))


def value_words(kind: Valued | Literal["wish"], value: str) -> str:
    """A value of a filter, or a writer's wish."""
    return say(f"value-{kind}-{_id(value)}")


def _valued(kind: Valued, value: str) -> str:
    """A value of a filter, with a label."""
    return say(f"filter-value-{kind}", value=value_words(kind, value))


def _id(value: str) -> str:
    """A value as messages are called by it."""
    return value.replace(" ", "-")


def filter_words(filters: StoryFilter) -> str:
    """The filters that are on, as a reader says them; nothing where none is."""
    words = [
        *(_named(name, getattr(filters, name)) for name in ("tags", "fandoms", "characters", "authors", "languages")),
        _valued("length", filters.length) if filters.length else "",
        say("filter-within-minutes", minutes=filters.minutes) if filters.minutes else "",
        _valued("status", filters.status) if filters.status else "",
        _valued("rating", filters.rating) if filters.rating else "",
        _named("without", filters.without),
    ]
    return " · ".join(filter(None, words))


def _named(what: Filter, names: Sequence[str]) -> str:
    if not names:
        return ""
    bold = [f"**{clip(name, NAME_CHARS, escape)}**" for name in names[:NAMES_SHOWN]]
    more = [say("filter-more-names", count=len(names) - NAMES_SHOWN)] if len(names) > NAMES_SHOWN else []
    is_either = what in ("languages", "without")
    return say(f"filter-on-{what}", names=listed([*bold, *more], "or" if is_either else "standard"))


def looser_words(looser: Mapping[Filter, int]) -> str:
    """What to loosen where nothing fits, and how many stories that gives."""
    if not looser:
        return say("filter-looser-none")
    gives = [say("filter-looser-gives", loosened=say(f"filter-any-{name}"), count=looser[name]) for name in looser]
    return "\n".join([say("filter-looser"), *(f"- {each}" for each in gives)])


def filters_screen(filters: StoryFilter, query_id: int, fitting: str, languages: Sequence[str]) -> Screen:
    """The panel; *fitting* says how many stories fit, *languages* are those that can be picked."""
    words = filter_words(filters)
    embed = discord.Embed(title=say("filter-title"), colour=ACCENT)
    embed.description = words if words else say("filter-none")
    embed.set_footer(text=fitting)
    language = filters.languages[0] if filters.languages else None
    items = [
        _select("length", query_id, _lengths(filters), str(filters.minutes or filters.length or ""), 0),
        _select("status", query_id, _values("status"), filters.status, 1),
        _select("rating", query_id, _values("rating"), filters.rating, 2),
        _select("languages", query_id, _languages(filters, languages), language, 3),
        button(StoryListPage("show", query_id, 0), say("filter-show"), 4, style=Style.primary),
        button(AskNames(query_id), say("filter-ask-names"), 4),
    ]
    if filters.on():
        items.append(button(StoryListPage("clear", 0, 0), say("filter-clear"), 4))
    return Screen([embed], items)


def _values(kind: Valued) -> dict[str, str]:
    return {value: _valued(kind, value) for value in VALUES[kind]}


def _lengths(filters: StoryFilter) -> dict[str, str]:
    """The lengths by words, and those by minutes, with the one that is set."""
    offered = sorted({*OFFERED_MINUTES, *filter(None, [filters.minutes])})
    return _values("length") | {str(most): say("filter-within-minutes", minutes=most) for most in offered}


def _languages(filters: StoryFilter, offered: Sequence[str]) -> dict[str, str]:
    """At most as many as a select takes, with the one that is set; what is longer than a value may be is none."""
    names = dict.fromkeys([*filters.languages[:1], *offered])
    fitting = [name for name in names if clip(name, OPTION_LABEL) == name][: SELECT_OPTIONS - 1]
    return {name: say("filter-on-languages", names=name) for name in fitting}


def _select(
    name: PickedFilter, query_id: int, options: Mapping[str, str], picked: str | None, row: int
) -> ui.Select[ui.View]:
    values = [
        option(say(f"filter-any-{name}"), ANY, default=not picked),
        *(option(label, value, default=value == picked) for value, label in options.items()),
    ]
    return select(PickFilter(name, query_id), values, row)


def names_modal(filters: StoryFilter, query_id: int) -> ui.Modal:
    """The modal for the filters that are typed, with their present values."""
    fields: list[ui.Label[ui.Modal]] = []
    for name in TYPED:
        hint = say("filter-names-without" if name == "without" else "filter-names-parted")
        now = ", ".join(getattr(filters, name))[:NAMES_CHARS]
        fields.append(text_field(name, say(f"filter-field-{name}"), NAMES_CHARS, hint=hint, default=now))
    return modal(NamesModal(query_id), say("filter-names"), fields)
