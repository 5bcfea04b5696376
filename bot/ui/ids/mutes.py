"""What a reader has muted: custom ids."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.mutes import MuteKind
from bot.ui.custom_id import CustomId, ModalId


@dataclass(frozen=True, slots=True)
class AskMutes(CustomId):
    """Ask for what to mute."""

    PREFIX = "ma1"


@dataclass(frozen=True, slots=True)
class MutesModal(ModalId):
    """The modal that asks for it."""

    PREFIX = "mm1"


@dataclass(frozen=True, slots=True)
class Unmute(CustomId):
    """A select of what a reader has muted; its values are the mutes' ids."""

    PREFIX = "mu1"
    kind: MuteKind
