"""The form for warnings that a reader wants to be asked about."""

from collections.abc import Sequence

from discord import ui

from bot.texts import say
from bot.ui.components import modal, text_field
from bot.ui.ids.warnings import WarningsModal

WARNINGS_CHARS = 1000
"""Characters that a reader may type."""


def warnings_modal(warnings: Sequence[str]) -> ui.Modal:
    """The form, with what the reader typed before."""
    default = ", ".join(warnings)[:WARNINGS_CHARS]
    field = text_field(
        "warnings", say("warned-field"), WARNINGS_CHARS, hint=say("warned-hint"), default=default, is_long=True
    )
    return modal(WarningsModal(), say("warned-form"), [field])
