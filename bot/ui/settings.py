"""The panel of a reader's settings."""

from typing import get_args

from discord import ui

from bot.domain.settings import Adders, Links, Notices, ReaderSettings
from bot.stories.model import PageLength
from bot.texts import say
from bot.ui.components import option, select
from bot.ui.custom_id import CustomId
from bot.ui.ids.settings import ReaderOption, SetReaderOption
from bot.ui.screen import Screen, notice

_OPTIONS: dict[str, tuple[str, ...]] = {
    "length": get_args(PageLength),
    "private": ("server", "yes", "no"),
    "veil": ("yes", "no"),
    "notices": get_args(Notices),
    "adult": ("no", "yes"),
    "adders": get_args(Adders),
    "approval": ("no", "yes"),
    "links": get_args(Links),
    "server-private": ("bot", "yes", "no"),
}
"""The values of each setting, in the order of its select."""


def yes_no(value: bool | None, otherwise: str) -> str:
    """The option that stands for *value*."""
    return otherwise if value is None else "yes" if value else "no"


def read_yes_no(option: str) -> bool | None:
    """The value that an option stands for."""
    return {"yes": True, "no": False}.get(option)


def reader_panel(chosen: ReaderSettings) -> Screen:
    """A reader's settings, with a select for each."""
    values: dict[ReaderOption, str] = {
        "length": chosen.page_length,
        "private": yes_no(chosen.private, "server"),
        "veil": yes_no(chosen.veil, "yes"),
        "notices": chosen.notices,
        "adult": yes_no(chosen.adult, "no"),
    }
    lines = [
        say("settings-pages", chosen=words_of("length", values["length"])),
        say("settings-pages-show", chosen=words_of("private", values["private"])),
        say("settings-spoilers", chosen=words_of("veil", values["veil"])),
        say("settings-news", chosen=words_of("notices", values["notices"])),
        say("settings-adults", chosen=words_of("adult", values["adult"])),
    ]
    items = [
        setting_select(SetReaderOption(name), say(f"settings-ask-{name}"), name, value, row)
        for row, (name, value) in enumerate(values.items())
    ]
    screen = notice("\n".join(lines), say("settings-title"), items)
    screen.embeds[0].set_footer(text=say("settings-footer"))
    return screen


def words_of(what: str, value: str) -> str:
    """Return what a value of a setting is called."""
    return say(f"settings-option-{what}-{value}")


def setting_select(custom_id: CustomId, placeholder: str, what: str, chosen: str, row: int) -> ui.Select[ui.View]:
    """Return a select of the values of a setting."""
    options = [option(words_of(what, value), value, default=value == chosen) for value in _OPTIONS[what]]
    return select(custom_id, options, row, placeholder)
