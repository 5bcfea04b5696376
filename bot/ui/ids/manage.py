"""What a server's managers look at: custom ids."""

from typing import Literal

from bot.domain.audit import LogFilter
from bot.ui.custom_id import CustomId, ModalId, Snowflake


class LogPage(CustomId, prefix="mlg1"):
    """A page of the log of a server."""

    button: Literal["p", "n"]
    which: LogFilter
    page: int


class PickLog(CustomId, prefix="mlf1"):
    """A select of which acts of the log show."""


Everybody = Literal["all", "one"]
"""Whether a list has the uploads of all senders, or of one."""


class UploadsPage(CustomId, prefix="mul1"):
    """A page of the uploads of a server."""

    button: Literal["p", "n", "back", "sender"]
    whose: Everybody
    sender: Snowflake
    """Whose uploads they are; 0 for former members, and where they are of all."""
    page: int


class PickUpload(CustomId, prefix="mup1"):
    """A select of the uploads of a server."""


class UploadAction(CustomId, prefix="mua1"):
    """Remove or restore an upload."""

    action: Literal["remove", "restore"]
    story: int


class RemoveAll(CustomId, prefix="mur1"):
    """Remove all uploads of one sender, after asking once more."""

    action: Literal["ask", "remove"]
    sender: Snowflake


class ShowQueue(CustomId, prefix="mq1"):
    """The submissions that wait for a manager."""


class PickSubmission(CustomId, prefix="mqp1"):
    """A select of them."""


class SubmissionAction(CustomId, prefix="mqa1"):
    """Show how a submission reads. Older releases approved it by this id, which does not say what was read."""

    action: Literal["open", "approve"]
    submission: int


class ApproveSubmission(CustomId, prefix="mqa2"):
    """Approve what a manager saw of a submission: its draft's edition."""

    submission: int
    edition: int


class AskDecline(CustomId, prefix="mqd1"):
    """Ask for the reason for which a submission is declined."""

    submission: int


class DeclineModal(AskDecline, ModalId, prefix="mqdm1"):
    """That reason."""
