"""Mutes: custom ids."""

from bot.domain.mutes import MuteKind
from bot.ui.custom_id import CustomId, ModalId


class AskMutes(CustomId, prefix="ma1"):
    """Ask for what to mute."""


class MutesModal(ModalId, prefix="mm1"):
    """The tags and authors to mute."""


class Unmute(CustomId, prefix="mu1"):
    """A select of what a reader has muted; its values are the mutes' ids."""

    kind: MuteKind
