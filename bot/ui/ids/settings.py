"""Settings of readers and servers: custom ids."""

from typing import Literal

from bot.domain.settings import ReaderSection
from bot.ui.custom_id import CustomId, ModalId, Name

OLD_NAMES = {
    "length": "page_length",
    "news": "news_channel",
    "role": "adders_role",
    "moderators": "moderators_role",
    "reports": "reports_channel",
    "managers": "managers_channel",
}
"""What ids of before call some settings."""


class SetReaderOption(CustomId, prefix="sr1"):
    """A select of one of a reader's settings."""

    setting: Name


class ShowReaderSection(CustomId, prefix="sm1"):
    """The other screen of a reader's settings, in place of the one that shows."""

    section: ReaderSection


class AskWarnings(CustomId, prefix="wr1"):
    """Ask for the warnings that a reader wants to be asked about."""


class WarningsModal(ModalId, prefix="wrm1"):
    """The warnings that a reader wants to be asked about."""


class ShowServerSection(CustomId, prefix="sv1"):
    """Another subject of a server's settings, in place of the one that shows; the select names it."""


class SetServerOption(CustomId, prefix="ss1"):
    """A select of one of a server's settings."""

    setting: Name


class AskLimits(CustomId, prefix="sl1"):
    """Ask for the limits of what members submit."""


class LimitsModal(ModalId, prefix="slm1"):
    """The limits of what members submit."""


class FirstStep(CustomId, prefix="fs1"):
    """One of a server's first steps, all settings, or put the steps away."""

    step: Literal["updates", "submissions", "story", "all", "hide"]


class AskOfferedReactions(CustomId, prefix="sq1"):
    """Ask for the reactions that a server offers."""


class OfferedReactionsModal(ModalId, prefix="sqm1"):
    """The reactions that a server offers."""
