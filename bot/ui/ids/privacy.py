"""What is stored of a reader: custom ids."""

from __future__ import annotations

from typing import Literal

from bot.ui.custom_id import CustomId


class PrivacyAction(CustomId, prefix="pv1"):
    """What a reader does with what is stored of them."""

    action: Literal["export", "ask", "delete", "keep"]
