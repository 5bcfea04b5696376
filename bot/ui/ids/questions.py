"""Questions under stories: custom ids."""

from typing import Literal

from bot.domain.questions import Choice, RuleName
from bot.stories.model import Spot
from bot.ui.custom_id import CustomId, MessageKind, ModalId, OfQuestion, OfStory, Shown


class ShowVote(OfStory, prefix="vp1"):
    """What a story's readers are asked, privately."""


class CastVote(CustomId, prefix="v1"):
    """An answer to the default, on messages of before: `Answer` names its question."""

    choice: Choice
    story: int
    screen: MessageKind
    chapter: int
    offset: int


class Answer(OfQuestion, prefix="qu1"):
    """Answer a question, and draw the message again."""

    number: int
    screen: MessageKind
    chapter: int
    offset: int

    def shown(self, story: int) -> Shown:
        """Return what the message shows, whose question is about *story*."""
        return Shown(self.screen, story, Spot(self.chapter, self.offset), self.question)


class ShowQuestion(OfQuestion, prefix="qus1"):
    """A question with one's own answer, privately."""


class RemoveAnswer(OfQuestion, prefix="qur1"):
    """Take one's answer back, in the details."""


class ManageQuestion(OfQuestion, prefix="qum1"):
    """What those who may can do with a question."""


class SetRule(OfQuestion, prefix="qul1"):
    """A rule of the default: the option that is picked."""

    rule: RuleName


class EndQuestion(OfQuestion, prefix="que1"):
    """Close a question, open the default again, or remove an own one."""

    act: Literal["close", "reopen", "remove"]


class AskReply(OfQuestion, prefix="qua1"):
    """Ask for the reply to what readers answered."""


class ReplyModal(AskReply, ModalId, prefix="quat1"):
    """That reply."""


class AskChange(OfQuestion, prefix="quc1"):
    """Ask for other words of a question that nobody has answered."""


class ChangeModal(AskChange, ModalId, prefix="quct1"):
    """Those words."""


class AskPost(OfQuestion, prefix="qup1"):
    """Ask where to post a question."""


class PostModal(AskPost, ModalId, prefix="qupt1"):
    """The channel."""


class AskAgain(OfStory, prefix="qun1"):
    """Ask again for an own question; what was typed before is on the message."""


class AskModal(AskAgain, ModalId, prefix="qunt1"):
    """An own question."""


class PickQuestion(CustomId, prefix="quw1"):
    """A select of the questions that wait for the mods; its values are their ids."""


class JudgeQuestion(OfQuestion, prefix="quj1"):
    """Approve a question that waits for the mods, or decline it."""

    approves: bool
