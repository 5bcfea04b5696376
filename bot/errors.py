"""What can go wrong that somebody can mend: a reader or a manager (`ReaderError`), or who runs the bot (`HostError`).

What a `ReaderError` says stands in `bot/texts`, under its name: `StoryGone` says the message ``story-gone``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from bot.texts import say


class HostError(Exception):
    """Ends a program with one sentence: what is wrong, where, and what to do."""


class ReaderError(Exception):
    """Shown to the one who asked, privately, as it stands: what is wrong, and what to do next."""

    def __init__(self, message: str | None = None, /, **values: str | int) -> None:
        super().__init__(say(message or re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower(), **values))


class StoryNotFound(ReaderError):
    """No story goes by that name."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title[:100])


class StoryAmbiguous(ReaderError):
    """More than one story does."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title[:100])


class StoryGone(ReaderError):
    """It was here, and is not now."""


class StoryGated(ReaderError):
    """It is for adults, and here it is not certain that all are."""


class ChapterGone(ReaderError):
    """The story is here, this chapter of it is not."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title)


class PassageGone(ReaderError):
    """A quote or a note that the story no longer has."""


class DraftGone(ReaderError):
    """An upload that is published, cancelled or too old."""


class UploadRefused(ReaderError):
    """A file that cannot be read as a story."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(file=file[:100], reason=reason)


class NotOfThisServer(ReaderError):
    """A story of another shelf."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title)


class NotCounted(ReaderError):
    """A list of the most loved that there is not."""


class NotNow(ReaderError):
    """The folder is being read already."""


class NotWished(ReaderError):
    """Something that a writer does not want done with a story."""

    def __init__(self, wish: Literal["quote", "vote", "review", "download", "share"]) -> None:
        super().__init__(wish=wish)


class TooLarge(ReaderError):
    """A file that Discord does not take."""


class NoSuchPage(ReaderError):
    """A page that a story does not have, or, of several chapters, this *chapter* of it."""

    def __init__(self, last: int, chapter: int | None) -> None:
        if chapter is None:
            super().__init__(last=last)
        else:
            super().__init__("no-such-page-of-chapter", last=last, chapter=chapter)


class NoSuchChapter(ReaderError):
    """A chapter that a story does not have."""

    def __init__(self, title: str, last: int) -> None:
        super().__init__(title=title, last=last)


class NothingBegun(ReaderError):
    """ "Go on" with nothing to go on with."""


class NothingAsked(ReaderError):
    """A search without a word."""


class SearchGone(ReaderError):
    """A list of passages that is no longer kept."""


class FindingGone(ReaderError):
    """A list whose filters are no longer kept."""


class NothingUnread(ReaderError):
    """Nothing that the reader has not begun, of all or of what they asked for."""

    def __init__(self, filtered: bool) -> None:
        super().__init__("nothing-unread-of-these" if filtered else "nothing-unread")


class NoQuotes(ReaderError):
    """A story too short for one, or no stories at all."""

    def __init__(self, title: str | None, *, first_part: bool = False) -> None:
        part = "first" if first_part else "all"
        if title is None:
            super().__init__(part=part)
        else:
            super().__init__("no-quotes-of-story", title=title, part=part)


class NoQuotesLikeThat(ReaderError):
    """Filters that no quote fits."""


class SavedGone(ReaderError):
    """A saved quote that is saved no more, or whose story is gone."""


class TooManySaved(ReaderError):
    """More than one reader may have."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class TooLongAQuote(ReaderError):
    """Sentences that are too much for one quote."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class NotYours(ReaderError):
    """Pages that another reader turns for all."""


class NoThread(ReaderError):
    """Where no thread can be opened."""


class OwnStory(ReaderError):
    """A reaction to a story, or a vote on it, by who wrote it."""


class VoteClosed(ReaderError):
    """A vote that was closed before this press of it."""


class VoteBegun(ReaderError):
    """A change of the rules after somebody has voted."""


class MayNotDecide(ReaderError):
    """A decision by who neither wrote the story nor keeps its shelf."""


class AuthorAnswered(ReaderError):
    """An answer in place of the author's."""


class MayNotLink(ReaderError):
    """Who wrote a story is said by those alone who answer for its shelf: a server's, or the bot's folder."""

    def __init__(self, title: str, shelf: Literal["server", "folder"]) -> None:
        super().__init__(title=title, shelf=shelf)


class NoReader(ReaderError):
    """A bot, where a reader is meant."""


class NotLinked(ReaderError):
    """Somebody who is not linked to a story as its writer."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title)


class AlreadyLinked(ReaderError):
    """A claim by whom the story is linked to already."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title)


class ClaimGone(ReaderError):
    """A claim that is answered or too old."""


class TooManyClaims(ReaderError):
    """More open claims than one reader may have."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class ReviewGone(ReaderError):
    """One that was deleted or hidden, or that the one who asks does not see."""


class ReviewOfOwn(ReaderError):
    """A review of a story by who wrote it."""


class ReviewLength(ReaderError):
    """A review that is too short to say anything, or longer than can be shown and changed."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__(least=least, most=most)


class ReviewsTooMany(ReaderError):
    """More reviews within an hour than one reader may leave."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class NotYourStory(ReaderError):
    """The desk of a story that somebody is not linked to."""

    def __init__(self, title: str) -> None:
        super().__init__(title=title)


class NothingWritten(ReaderError):
    """A desk for somebody who is linked to no story that shows here."""


class ReviewTwice(ReaderError):
    """The same words for two stories, or for two chapters."""


class ReviewUnread(ReaderError):
    """A review in a direct message of a story whose writers are not known: nobody would read it."""


class ReviewTooEarly(ReaderError):
    """A review in a direct message by a new account: nobody could look at it first."""


class BookmarkGone(ReaderError):
    """One that was deleted, or whose story was."""


class TooManyBookmarks(ReaderError):
    """More than one reader may have."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class FollowsFull(ReaderError):
    """More is followed than one reader may."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class NotAnEmoji(ReaderError):
    """What a button cannot show."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed=typed[:40])


class MayNotAdd(ReaderError):
    """A member whom the server does not let add stories."""


class NoScene(ReaderError):
    """ "Next scene" in the last one."""


class NotANumber(ReaderError):
    """What was typed into the jump is no place."""

    def __init__(self, typed: str, last: int) -> None:
        super().__init__(typed=typed[:40], last=last)


class NotDrawable(ReaderError):
    """A quote with letters that no font of the bot has; *missing* are some of them, none for a quote without words."""

    def __init__(self, missing: Sequence[str]) -> None:
        if missing:
            super().__init__(missing=", ".join(map(_with_code_points, missing[:10])))
        else:
            super().__init__("nothing-to-draw")


class TooLongForCard(ReaderError):
    """A quote that a picture cannot hold."""


class TooManyCards(ReaderError):
    """More pictures asked for at once than are drawn."""


class TimeUnknown(ReaderError):
    """What was typed is no time of day."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed=typed[:40])


class DaysUnknown(ReaderError):
    """What was typed names no days of the week."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed=typed[:60])


class ZoneUnknown(ReaderError):
    """No time zone goes by that name."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed=typed[:60])


class SerialRuns(ReaderError):
    """A story that is read by instalments here already."""


class TooManySerials(ReaderError):
    """More of them than one server may have."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class MayNotPoll(ReaderError):
    """A poll on a story by one who neither manages the server nor wrote the story."""


class NoQuestion(ReaderError):
    """A poll that asks nothing."""


class QuestionTooLong(ReaderError):
    """One of more characters than its place has."""

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class SerialUnknown(ReaderError):
    """No serial of this server, or not that one."""


class SerialNotNamed(ReaderError):
    """Which of several serials is not said."""


class SerialEnded(ReaderError):
    """A story that has no more instalments for now."""


class SerialRests(ReaderError):
    """A serial that is stopped, or has ended."""


class SerialGoes(ReaderError):
    """A serial that runs already."""


class SerialBusy(ReaderError):
    """An instalment that is on its way."""


class NotPosted(ReaderError):
    """Something that could not be posted, and *why*."""

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


class NotPostedYet(ReaderError):
    """Something that did not get through to Discord."""


class MayNotPost(ReaderError):
    """A channel in which the bot lacks permissions."""

    def __init__(self, channel: str, permissions: str) -> None:
        super().__init__(channel=channel, permissions=permissions)


class DailyNotSet(ReaderError):
    """A server without a quote of the day."""


class MayNotPing(ReaderError):
    """A role that the bot's mention does not tell."""

    def __init__(self, role: str) -> None:
        super().__init__(role=role)


class RoleGone(ReaderError):
    """A role that was deleted."""


class RoleUnfit(ReaderError):
    """A role that a button of the bot cannot or must not give."""

    def __init__(self, why: Literal["everyone", "managed", "high", "power"], role: str) -> None:
        super().__init__(f"role-unfit-{why}", role=role)


class MayNotGiveRoles(ReaderError):
    """A server in which the bot may not manage roles."""


class TooFewChoices(ReaderError):
    """A poll with nothing to choose."""

    def __init__(self, fewest: int, most: int) -> None:
        super().__init__(fewest=fewest, most=most)


class TooManyChoices(ReaderError):
    """A poll with more choices than its message has room for."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(count=count, most=most)


class ChoiceTooLong(ReaderError):
    """One of more characters than its button has."""

    def __init__(self, choice: str, most: int) -> None:
        super().__init__(choice=f"{choice[:40]}…", most=most)


class ChoiceTwice(ReaderError):
    """A choice that only differs from another in case."""

    def __init__(self, choice: str) -> None:
        super().__init__(choice=choice)


class PollNotFound(ReaderError):
    """No poll of this server goes by that name."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed=typed[:100])


class PollGone(ReaderError):
    """It was here, and is not now, or is not for the one who asks."""


class PollClosed(ReaderError):
    """A vote, or what else takes an open poll, after its end."""


class CannotPost(ReaderError):
    """A channel where the bot may not post, or the one who asks may not."""

    def __init__(self, whose: Literal["bot", "reader"]) -> None:
        super().__init__(whose=whose)


class NotADeadline(ReaderError):
    """What was typed is no time."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed=typed[:40])


class DeadlineWithoutZone(ReaderError):
    """A date that is another moment in another place."""


class DeadlineOutOfReach(ReaderError):
    """A time that has passed, or almost, or is too far away."""


class ButtonUnknown(ReaderError):
    """A button that no version of the bot has made."""


def _with_code_points(grapheme: str) -> str:
    """A few characters with their code points, which say more of one that nobody has letters for."""
    points = " ".join(f"U+{ord(character):04X}" for character in grapheme[:3])
    return f"{grapheme[:3]} ({points})" if grapheme[:3].isprintable() else points
