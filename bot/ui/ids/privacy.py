"""What is stored of a reader: custom ids."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.ui.custom_id import CustomId


@dataclass(frozen=True, slots=True)
class PrivacyAction(CustomId):
    """What a reader does with what is stored of them."""

    PREFIX = "pv1"
    action: Literal["export", "ask", "delete", "keep"]
