"""What Discord shows of the commands."""

from discord import app_commands

from bot.texts import ENGLISH, said_in


def named_choice(message: str, value: str) -> app_commands.Choice[str]:
    """A value of an option, called by what a message says; for declaring a command, before anyone is spoken to."""
    english = said_in(ENGLISH, message)
    if english is None:
        raise LookupError(f"no message {message}")
    return app_commands.Choice(name=app_commands.locale_str(english, message=message), value=value)
