"""Translations of commands for Discord.

The cogs contain the English names and descriptions. Files of other languages translate them in messages without an
English counterpart: ``command-manage-story-add`` describes `/manage story add`, ``command-read-story`` describes the
option `story` of `/read`, and ``command-save-quote`` is the name of the context menu *Save quote*. Option values have
messages in all languages (`named_choice`).
"""

from typing import Any

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.texts import ENGLISH, language_for, text_in


def named_choice(message: str, value: str) -> app_commands.Choice[str]:
    """Return a choice of an option, with a message id for its name. Raises `LookupError` for an unknown message."""
    english = text_in(ENGLISH, message)
    if english is None:
        raise LookupError(f"no message {message}")
    return app_commands.Choice(name=app_commands.locale_str(english, message=message), value=value)


class Translator(app_commands.Translator):
    """Gives discord.py the translations of commands, options and choices."""

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        language, message = language_for(locale.value), _message(string, context)
        return text_in(language, message) if language and language != ENGLISH and message else None


def _message(string: app_commands.locale_str, context: app_commands.TranslationContext[Any, Any]) -> str | None:
    match context.location:
        case Location.command_name if isinstance(context.data, app_commands.ContextMenu):
            return _id(context.data.name.lower())
        case Location.command_description | Location.group_description:
            return _id(context.data.qualified_name)
        case Location.parameter_description:
            return _id(f"{context.data.command.qualified_name} {context.data.display_name}")
        case Location.choice_name:
            return string.extras.get("message")
        case _:
            return None


def _id(qualified_name: str) -> str:
    return f"command-{qualified_name.replace(' ', '-')}"
