"""The screens of a reader's settings. A select carries its setting's name in each option."""

from typing import get_args

from discord import ui

from bot.domain.settings import LANGUAGES, Adders, Links, Notices, ReaderSettings
from bot.stories.model import PageLength
from bot.texts import say
from bot.ui.components import button, option, select
from bot.ui.custom_id import CustomId
from bot.ui.ids.reviews import ShowReviewNews
from bot.ui.ids.settings import ReaderOption, ReaderSection, SetReaderOption, ShowReaderSection
from bot.ui.ids.warnings import AskWarnings
from bot.ui.screen import Screen, notice

_OPTIONS: dict[str, tuple[str, ...]] = {
    "length": get_args(PageLength),
    "private": ("server", "yes", "no"),
    "veil": ("yes", "no"),
    "notices": get_args(Notices),
    "adult": ("no", "yes"),
    "language": ("discord", *LANGUAGES),
    "adders": get_args(Adders),
    "approval": ("no", "yes"),
    "links": get_args(Links),
    "server-private": ("bot", "yes", "no"),
}
"""The values of each setting, in the order of its select."""

SECTIONS: dict[ReaderSection, tuple[ReaderOption, ...]] = {
    "first": ("length", "private", "veil", "notices"),
    "more": ("adult", "language"),
}
"""The settings of each screen, in the order of their rows."""


def yes_no(value: bool | None, otherwise: str) -> str:
    """The option that stands for *value*."""
    return otherwise if value is None else "yes" if value else "no"


def read_yes_no(option: str) -> bool | None:
    """The value that an option stands for."""
    return {"yes": True, "no": False}.get(option)


def reader_panel(
    chosen: ReaderSettings, section: ReaderSection = "first", *, writes: bool = False, takes_adult: bool = True
) -> Screen:
    """A screen of a reader's settings, with a select for each, and the way to the other screen.

    One who *writes* finds on the other one how they hear of reviews, too. A bot that *takes_adult* stories asks there
    who wants them.
    """
    values: dict[ReaderOption, str] = {
        "length": chosen.page_length,
        "private": yes_no(chosen.private, "server"),
        "veil": yes_no(chosen.veil, "yes"),
        "notices": chosen.notices,
        "adult": yes_no(chosen.adult, "no"),
        "language": chosen.language or "discord",
    }
    shown: list[ReaderOption] = [name for name in SECTIONS[section] if takes_adult or name != "adult"]
    selects = [setting_select(SetReaderOption(name), name, values[name], row) for row, name in enumerate(shown)]
    other: ReaderSection = "more" if section == "first" else "first"
    buttons = [button(ShowReaderSection(other), say(f"settings-to-{other}"), len(shown))]
    if section == "more":
        buttons.append(button(AskWarnings(), say("warned-button"), len(shown)))
    if writes and section == "more":
        buttons.append(button(ShowReviewNews(), say("review-news-how"), len(shown)))
    return notice(say("settings-about"), say("settings-title"), [*selects, *buttons])


def setting_select(custom_id: CustomId, what: str, chosen: str, row: int) -> ui.Select[ui.View]:
    """Return a select of the values of a setting; each option says what it sets, so the chosen one needs no label."""
    labels = {value: say(f"settings-option-{what}-{value}") for value in _OPTIONS[what]}
    return select(custom_id, [option(label, value, default=value == chosen) for value, label in labels.items()], row)
