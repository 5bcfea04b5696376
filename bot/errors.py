"""What can go wrong that a reader or a host can mend.

ReaderError             shown to the one who asked, privately, as it stands
├── StoryNotFound       no story goes by that name
├── StoryAmbiguous      more than one does
├── StoryGone           it was here, and is not now
├── StoryGated          it is for adults, and here it is not certain that all are
├── ChapterGone         the story is here, this chapter of it is not
├── PassageGone         a quote or a note that the story no longer has
├── DraftGone           an upload that is published, cancelled or too old
├── UploadRefused       a file that cannot be read as a story
├── NotOfThisServer     a story of another shelf
├── NotNow              the folder is being read already
├── NotWished           something that a writer does not want done with a story
├── TooLarge            a file that Discord does not take
├── OutOfRange          a page or a chapter that the story does not have
├── NothingBegun        "go on" with nothing to go on with
├── NothingAsked        a search without a word
├── SearchGone          a list of passages that is no longer kept
├── FindingGone         a list whose filters are no longer kept
├── NothingUnread       nothing that the reader has not begun
├── FollowsFull         more is followed than one reader may
├── NoQuotes            a story too short for one, or no stories at all
├── NoScene             "next scene" in the last one
├── NotAnEmoji          what a button cannot show
├── MayNotAdd           a member whom the server does not let add stories
├── BookmarkGone        one that was deleted, or whose story was
├── TooManyBookmarks    more than one reader may have
├── NotYours            pages that another reader turns for all
├── NoThread            where no thread can be opened
├── NotANumber          what was typed into the jump is none
└── ButtonUnknown       a button that no version of the bot has made
HostError               ends a program with one sentence
"""

from __future__ import annotations


class ReaderError(Exception):
    """Something a reader can mend: the message says what, and what to do next."""


class HostError(Exception):
    """Something the person who runs the bot can mend: the message says what, where, and what to do."""


class StoryNotFound(ReaderError):
    def __init__(self, title: str) -> None:
        super().__init__(f"I know no story called “{title[:100]}”. /stories lists what there is.")


class StoryAmbiguous(ReaderError):
    def __init__(self, title: str) -> None:
        super().__init__(
            f"More than one story is called “{title[:100]}”. Pick one from the list that opens as you type."
        )


class StoryGone(ReaderError):
    def __init__(self) -> None:
        super().__init__("That story is not in the library any more. /stories lists what there is.")


class StoryGated(ReaderError):
    def __init__(self) -> None:
        super().__init__("That story is for adults: it opens only in channels that are marked as age-restricted.")


class ChapterGone(ReaderError):
    def __init__(self, title: str) -> None:
        super().__init__(f"That chapter is no longer part of “{title}”. Use /read to open the story as it is now.")


class PassageGone(ReaderError):
    def __init__(self) -> None:
        super().__init__(
            "Those words are no longer in the library: their story was edited. /read opens stories as they are now."
        )


class DraftGone(ReaderError):
    def __init__(self) -> None:
        super().__init__("This upload is no longer waiting: it was published or cancelled, or it is a day old.")


class UploadRefused(ReaderError):
    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"I cannot read {file[:100]}: {reason}.")


class NotOfThisServer(ReaderError):
    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” was not uploaded in this server, so it cannot be changed from here.")


class NotNow(ReaderError):
    def __init__(self) -> None:
        super().__init__("The folder is being read already, or this bot has none. Try again in a minute.")


class NotWished(ReaderError):
    def __init__(self, what: str) -> None:
        super().__init__(f"The writer of this story does not wish it to be {what}.")


class TooLarge(ReaderError):
    def __init__(self) -> None:
        super().__init__("The file is larger than Discord takes here. The other format may be smaller.")


class OutOfRange(ReaderError):
    def __init__(self, what: str, whose: str, last: int) -> None:
        has = f"only one {what}" if last == 1 else f"{last:,} {what}s"
        super().__init__(f"{whose} has {has}: choose {'1' if last == 1 else f'a number from 1 to {last:,}'}.")


class NothingBegun(ReaderError):
    def __init__(self) -> None:
        super().__init__("You have no story open. Choose one with /stories, or name it: /read story:")


class NothingAsked(ReaderError):
    def __init__(self) -> None:
        super().__init__(
            "Type a word or two to look for. “A phrase” in quotation marks is found as it stands,"
            " and lant* finds lantern."
        )


class SearchGone(ReaderError):
    def __init__(self) -> None:
        super().__init__("I no longer know what you searched for here. Use /search once more.")


class FindingGone(ReaderError):
    def __init__(self) -> None:
        super().__init__("That list is too old to be changed or turned. /stories makes a fresh one.")


class NothingUnread(ReaderError):
    def __init__(self, filtered: bool) -> None:
        super().__init__(
            "No story that you have not begun fits that. Ask for less, or see /stories for what there is."
            if filtered
            else "You have begun every story here. /stories lists them, also those you read last."
        )


class NoQuotes(ReaderError):
    def __init__(self, title: str | None, *, first_part: bool = False) -> None:
        where = f"“{title}” has no passage that stands" if title else "There is no passage here yet that stands"
        what_else = (
            "/quote spoilers:True draws from all of it" if title and first_part else "/stories lists what else there is"
        )
        super().__init__(f"{where} by itself as a quote{' in its first part' if first_part else ''}. {what_else}.")


class NotYours(ReaderError):
    def __init__(self) -> None:
        super().__init__("Another reader turns these pages. Next and Previous open a copy of your own.")


class NoThread(ReaderError):
    def __init__(self) -> None:
        super().__init__(
            "I cannot open a thread here. It takes a text channel of a server, where I may create public threads and"
            " send messages in them. Without thread:true, the page opens right here."
        )


class BookmarkGone(ReaderError):
    def __init__(self) -> None:
        super().__init__("This bookmark is gone: it was deleted, or its story was. /bookmarks lists yours.")


class TooManyBookmarks(ReaderError):
    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most:,} bookmarks, which is as many as I keep. /bookmarks deletes some.")


class FollowsFull(ReaderError):
    def __init__(self, most: int) -> None:
        super().__init__(
            f"You follow {most:,} stories and authors, which is as many as I can keep. /following has all."
        )


class NotAnEmoji(ReaderError):
    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed[:40]}” is no emoji for a button. Discord's own are, and those of this server.")


class MayNotAdd(ReaderError):
    def __init__(self) -> None:
        super().__init__("You cannot add stories here. Those who manage this server can, and say who else may.")


class NoScene(ReaderError):
    def __init__(self) -> None:
        super().__init__("This is the last scene of the chapter. Next turns the page.")


class NotANumber(ReaderError):
    def __init__(self, typed: str, last: int) -> None:
        super().__init__(
            f"“{typed[:40]}” is not a place I know. Type a page from 1 to {last:,}, or like 50%, ch 4, next scene."
        )


class ButtonUnknown(ReaderError):
    def __init__(self) -> None:
        super().__init__("I do not know this button. Open the story afresh with /read, or see /help.")
