"""The screen of `/help`: the commands that a member can use, short enough for a phone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import discord

from bot.texts import say
from bot.ui.screen import ACCENT, Screen

_COMMON = ("read", "stories", "me")
"""Most common commands, listed first."""

_OTHERS = ("search", "quote", "react", "vote", "review", "top", "settings", "menu")


@dataclass(frozen=True, slots=True)
class HelpRights:
    """Rights of the user of `/help`, which decide the listed commands."""

    may_submit: bool
    has_stories: bool
    """Whether the user uploaded or wrote a story."""
    is_author: bool
    may_ask: bool
    is_manager: bool
    may_moderate: bool
    runs_bot: bool


def help_screen(rights: HelpRights, pages: Mapping[str, str]) -> Screen:
    """Return the commands that a user can use: common ones, other ones, and ones that need rights.

    *pages* maps the names of the pages linked below (``privacy``, ``terms``, ``support``) to their URLs.
    """
    with_rights = {
        "submit": rights.may_submit,
        "own": rights.has_stories,
        "claim": True,
        "ask": rights.may_ask,
        "answer": rights.is_author,
    }
    for_staff = {"manage": rights.is_manager, "moderate": rights.may_moderate, "host": rights.runs_bot}
    parts = [
        _lines(_COMMON),
        _lines([*_OTHERS, *_usable(with_rights)]),
        _lines(_usable(for_staff)),
        f"-# {say('help-about')}",
        _links(pages),
    ]
    text = "\n\n".join(filter(None, parts))
    return Screen([discord.Embed(title=say("help-title"), description=text, colour=ACCENT)])


def _links(pages: Mapping[str, str]) -> str:
    links = [f"[{say(f'help-page-{page}')}]({url})" for page, url in pages.items()]
    return f"-# {' · '.join(links)}" if links else ""


def _usable(commands: dict[str, bool]) -> list[str]:
    return [command for command, may_use in commands.items() if may_use]


def _lines(commands: Sequence[str]) -> str:
    return "\n".join(say(f"help-line-{command}") for command in commands)
