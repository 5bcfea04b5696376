"""What is stored of a reader, in plain words, and what they can do about it."""

from __future__ import annotations

import discord

from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.privacy import PrivacyAction
from bot.ui.screen import QUIET, Screen


def privacy_screen() -> Screen:
    """What is stored, with Export and Delete."""
    embed = discord.Embed(title=say("privacy-title"), description=say("privacy-stored"), colour=QUIET)
    items = [
        button(PrivacyAction("export"), say("privacy-export"), 0),
        button(PrivacyAction("ask"), say("privacy-ask-delete"), 0, style=Style.danger),
    ]
    return Screen([embed], sent(items))


def confirm_screen() -> Screen:
    """Asks once more before everything is deleted."""
    embed = discord.Embed(title=say("privacy-confirm-title"), description=say("privacy-confirm"), colour=QUIET)
    items = [
        button(PrivacyAction("delete"), say("privacy-delete"), 0, style=Style.danger),
        button(PrivacyAction("keep"), say("privacy-keep"), 0),
    ]
    return Screen([embed], sent(items))


def deleted_screen() -> Screen:
    embed = discord.Embed(title=say("privacy-deleted-title"), description=say("privacy-deleted"), colour=QUIET)
    return Screen([embed], sent([]))
