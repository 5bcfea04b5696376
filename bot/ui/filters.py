"""The filters of a list: in words above it, and as a panel that changes them without typing a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import discord
from discord import ui

from bot.finding import Asked, Filter, Sort
from bot.stories.lengths import BOUNDS, LENGTHS
from bot.stories.ratings import Rating
from bot.stories.status import Status
from bot.ui.components import Style, button, sent
from bot.ui.ids.finding import AskNames, ListPage, NamesTyped, PickedFilter, PickFilter
from bot.ui.limits import OPTION_LABEL, SELECT_OPTIONS, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen

SORT_WORDS: dict[Sort, str] = {
    "title": "by title",
    "newest": "newest first",
    "loved": "most loved first",
    "continue": "most votes to continue first",
    "longest": "longest first",
    "recent": "those you read, the latest first",
}
ANY = "-"
"""The option that sets no filter."""

NAME_CHARS = 60
NAMES_SHOWN = 3
"""Characters of a name, and names of a filter, that are shown above a list."""

NAMES_CHARS = 2000
"""Characters that are typed into one field of the modal."""

TYPED: dict[Filter, str] = {
    "tags": "Tags",
    "fandoms": "Fandoms",
    "characters": "Characters",
    "authors": "Authors",
    "without": "Without",
}
"""Filters that are typed, with their names in the modal; it takes five."""

_LOOSER: dict[Filter, str] = {
    "tags": "any tag",
    "fandoms": "any fandom",
    "characters": "any character",
    "authors": "any author",
    "languages": "any language",
    "length": "any length",
    "status": "any status",
    "rating": "any rating",
    "without": "nothing left out",
}


def filter_words(asked: Asked) -> str:
    """The filters that are on, as a reader says them; nothing where none is."""
    said = [
        _named("tagged", asked.tags),
        _named("fandom", asked.fandoms),
        _named("with", asked.characters),
        _named("by", asked.authors),
        _named("in", asked.languages, "or"),
        f"{asked.length}: {BOUNDS[asked.length]}" if asked.length else "",
        asked.status or "",
        f"rated {asked.rating}" if asked.rating and asked.rating != "not rated" else asked.rating or "",
        _named("without", asked.without, "or"),
    ]
    return " · ".join(filter(None, said))


def _named(what: str, names: Sequence[str], joint: str = "and") -> str:
    bold = [f"**{clip(name, NAME_CHARS, escape)}**" for name in names[:NAMES_SHOWN]]
    more = [f"{len(names) - NAMES_SHOWN} more"] if len(names) > NAMES_SHOWN else []
    return f"{what} {f' {joint} '.join([*bold, *more])}" if names else ""


def looser_words(looser: Mapping[Filter, int]) -> str:
    """What to loosen where nothing fits, and how many stories that gives."""
    if not looser:
        return "Nothing fits with one filter less, either: clear some of them."
    rows = [f"- {_LOOSER[name]}: {count:,} {'story' if count == 1 else 'stories'}" for name, count in looser.items()]
    return "\n".join(["With one filter less there is more:", *rows])


def filters_screen(asked: Asked, finding: int, fitting: str, languages: Sequence[str]) -> Screen:
    """The panel; *fitting* says how many stories fit, *languages* are those that can be picked."""
    words = filter_words(asked)
    embed = discord.Embed(title="Filters", colour=ACCENT)
    embed.description = f"{words[:1].upper()}{words[1:]}" if words else "No filter is on: this is the whole library."
    embed.set_footer(text=fitting)
    language = asked.languages[0] if asked.languages else None
    items = [
        _select("length", finding, "length", {one: f"{one}: {BOUNDS[one]}" for one in LENGTHS}, asked.length, 0),
        _select("status", finding, "status", _plain(get_args(Status)), asked.status, 1),
        _select("rating", finding, "rating", _plain(get_args(Rating)), asked.rating, 2),
        _select("languages", finding, "language", _languages(asked, languages), language, 3),
        button(ListPage("show", finding, 0), "Show the stories", 4, style=Style.primary),
        button(AskNames(finding), "Tags and names…", 4),
        button(ListPage("clear", 0, 0), "Clear all", 4, disabled=not asked.on()),
    ]
    return Screen([embed], sent(items))


def _plain(values: Sequence[str]) -> dict[str, str]:
    return {value: value for value in values}


def _languages(asked: Asked, offered: Sequence[str]) -> dict[str, str]:
    """At most as many as a select takes, with the one that is asked for; what is longer than a value may be is none."""
    names = dict.fromkeys([*asked.languages[:1], *offered])
    return _plain([name for name in names if clip(name, OPTION_LABEL) == name][: SELECT_OPTIONS - 1])


def _select(
    name: PickedFilter, finding: int, what: str, options: Mapping[str, str], picked: str | None, row: int
) -> ui.Select[ui.View]:
    return ui.Select(
        custom_id=str(PickFilter(name, finding)),
        row=row,
        options=[
            discord.SelectOption(label=f"Any {what}", value=ANY, default=not picked),
            *(
                discord.SelectOption(label=label[:1].upper() + label[1:], value=value, default=value == picked)
                for value, label in options.items()
            ),
        ],
    )


def names_modal(asked: Asked, finding: int) -> ui.Modal:
    """Asks for the filters that are typed, with what stands now."""
    modal = ui.Modal(title="Tags and names", custom_id=str(NamesTyped(finding)), timeout=15 * 60)
    for name, label in TYPED.items():
        hint = "Tags, fandoms, characters or authors to leave out" if name == "without" else "Parted by commas"
        box = ui.TextInput[ui.Modal](
            custom_id=name,
            default=", ".join(getattr(asked, name))[:NAMES_CHARS] or None,
            required=False,
            max_length=NAMES_CHARS,
        )
        modal.add_item(ui.Label(text=label, description=hint, component=box))
    return modal
