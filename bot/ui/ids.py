"""The custom ids of all buttons, selects and modals. They hold all state, so the bot keeps none in memory."""

from typing import Literal

from bot.cards import Design
from bot.domain.audit import LogFilter
from bot.domain.follows import FollowKind
from bot.domain.me import MeTab, MuteKind, ReadingList
from bot.domain.questions import Choice, RuleName
from bot.domain.reactions import Metric, Period, Ranked
from bot.domain.reviews import ReviewScope
from bot.domain.settings import ReaderSection
from bot.stories.model import Spot
from bot.ui.custom_id import (
    AtSpot,
    CustomId,
    EmojiText,
    MessageKind,
    ModalId,
    Name,
    OfQuestion,
    OfStory,
    Shown,
    Snowflake,
)

# A page, its jumps and its notes.


class TurnPage(CustomId, prefix="p1"):
    """Show the page that holds a spot: the previous or the next, the furthest, or this one, as the reader's place.

    Two buttons may name the same spot: *button* keeps their ids apart.
    """

    button: Literal["p", "n", "u", "g"]
    peek: bool
    """Whether this turn leaves the reader's place alone."""
    chapter: int
    offset: int


Unfolded = Literal["react", "more", "contents"]
"""What may stand unfolded under a page: its reactions, what is rarer, or the story's chapters."""


class UnfoldPage(CustomId, prefix="pu1"):
    """Unfold something under the open page, or fold it."""

    part: Literal["react", "more", "contents", "fold"]
    peek: bool
    chapter: int
    offset: int


class SetPageLength(CustomId, prefix="pl1"):
    """A select of how long the reader's pages are, under a page."""

    peek: bool
    chapter: int
    offset: int


class SharePage(AtSpot, prefix="ps1"):
    """Post the open page for all to see: it does not turn."""


class ReadTogether(AtSpot, prefix="pt1"):
    """Open a thread where the one who presses turns the pages for all."""


class ReadFrom(AtSpot, prefix="rf1"):
    """Open a page that was shared, privately and without moving the reader's place."""


class WhatNext(CustomId, prefix="wn1"):
    """What to read after the story whose last page is open, in its place."""

    peek: bool
    chapter: int
    offset: int


class PickNext(CustomId, prefix="wp1"):
    """A select of what to read next; its values are stories' ids."""


class AnswerWarnings(OfStory, prefix="wa1"):
    """Open a story in spite of what it warns of, or do not."""

    answer: Literal["show", "leave"]


class AskJump(CustomId, prefix="j1"):
    """Ask for a page number of the chapter that is open."""

    peek: bool
    chapter: int
    offset: int


class JumpModal(AskJump, ModalId, prefix="jm1"):
    """The modal that asks."""


class PickChapter(CustomId, prefix="c1"):
    """A select of chapters beside a page; its values are their ids, or the number around which to show others."""

    peek: bool
    chapter: int
    offset: int


class ShowNotes(CustomId, prefix="n1"):
    """The whole of an author's note that was too long to stand beside the page."""

    side: Literal["before", "after"]
    chapter: int
    offset: int
    part: int
    turn: bool
    """Whether the press turns a message that shows the note, and does not open one."""


class ReadStory(OfStory, prefix="r1"):
    """Open a story where the reader stopped."""


class ShowCard(OfStory, prefix="s1"):
    """A story's card, privately."""


class ReadPicked(CustomId, prefix="rp2"):
    """A select of stories; the one that is picked opens where the reader stopped."""


# Shared reading.


class AskTurner(CustomId, prefix="to1"):
    """Ask who should turn the pages for all."""


class PickTurner(CustomId, prefix="th1"):
    """A select of who turns the pages of a message from now on."""

    message: Snowflake


# Story cards.


class UnfoldCard(CustomId, prefix="cm1"):
    """Unfold what is rarer on a card, or fold it."""

    story: int
    more: bool


class ShareCard(OfStory, prefix="cs1"):
    """Post a story's card for all to see."""


class Download(CustomId, prefix="dl1"):
    """A story as a file."""

    story: int
    format: Literal["epub", "text"]


# Lists of stories, their filters, stories by chance.


class StoryListPage(CustomId, prefix="l1"):
    """A page of a list. Two buttons may name the same page: *button* keeps their ids apart."""

    button: Literal["p", "n", "show", "clear", "more", "fold"]
    query_id: int
    """What was asked of the list, by its number in the database; 0 is the whole library."""
    page: int


class PickStory(CustomId, prefix="lp1"):
    """A select of stories; its values are their ids."""

    page: int


class SortStoryList(CustomId, prefix="ls1"):
    """A select of the orders of a list."""

    query_id: int


class ShowFilters(CustomId, prefix="lf1"):
    """The filters of a list, to be changed."""

    query_id: int


PickedFilter = Literal["length", "status", "rating", "languages"]
"""Filters that are picked from a select; the others are typed."""


class PickFilter(CustomId, prefix="lo1"):
    """A select of the values of one filter."""

    filter: PickedFilter
    query_id: int


class AskNames(CustomId, prefix="la1"):
    """Ask for tags and names to filter by."""

    query_id: int


class NamesModal(AskNames, ModalId, prefix="lm1"):
    """The modal that asks for them."""


class AnotherStory(CustomId, prefix="rs1"):
    """Another story by chance in the place of this one."""

    query_id: int


class SurpriseMe(CustomId, prefix="rs2"):
    """A random story of a list, in a new message."""

    query_id: int


# Search.


class SearchPage(CustomId, prefix="h2"):
    """A page of what a search found; *query_id* is the number that it is kept under."""

    button: Literal["p", "n"]
    query_id: int
    page: int


class PickHit(CustomId, prefix="hp1"):
    """A select of what a search found; its values say what to open."""


# The leaderboard.


class LeaderboardPage(CustomId, prefix="t1"):
    """A page of a leaderboard. Several buttons may lead to the same page: *button* keeps their ids apart.

    ``s`` shows the page to all.
    """

    button: Literal["p", "n", "w", "m", "e", "h", "s"]
    ranked: Ranked
    metric: Metric
    period: Period
    here: bool
    """Whether it counts this server only."""
    page: int


class PickLeaderboard(CustomId, prefix="tp1"):
    """A select of what is ranked, and by which metric."""

    period: Period
    here: bool


class PickRanked(CustomId, prefix="to2"):
    """A select of the ranked stories or quotes; its values are their ids."""

    ranked: Ranked


class ShowTop(CustomId, prefix="ts1"):
    """The most-loved stories, in a new message."""


# Questions under stories.


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


# Reactions.


class ShowReactions(OfStory, prefix="rp1"):
    """The reactions of a story, privately."""


class ShowPageReactions(AtSpot, prefix="rh1"):
    """The reactions to the page that begins there, privately."""


class React(CustomId, prefix="e1"):
    """Give or take back an emoji, to the page that is named if there is one, and draw the message again."""

    story: int
    screen: MessageKind
    chapter: int
    offset: int
    emoji: EmojiText

    @property
    def shown(self) -> Shown:
        return Shown(self.screen, self.story, Spot(self.chapter, self.offset))


# Quotes.

QuoteLengthOption = Literal["any", "short", "medium", "long"]


class RandomQuote(OfStory, prefix="q1"):
    """A quote in a new message."""


class AnotherQuote(CustomId, prefix="a2"):
    """The next quote in the place of this one; story 0 is all stories."""

    story: int
    length: QuoteLengthOption
    spoilers: bool
    """Whether it may come from beyond the first part of a story."""
    query_id: int
    """What else was asked for, by its number in the database; 0 is nothing."""


class AuthorQuote(OfStory, prefix="qa1"):
    """A quote of who wrote a story, in a new message."""


class UnfoldQuote(CustomId, prefix="qm1"):
    """Unfold what is rarer under a quote, or fold it."""

    quote: int
    more: bool


class UnfoldQuoteCard(CustomId, prefix="qim1"):
    """Unfold what is rarer under a quote's picture, or fold it."""

    quote: int
    design: Design
    more: bool


class QuoteContext(CustomId, prefix="k1"):
    """The page that a quote is from, privately and without moving the reader's place."""

    quote: int


class SaveQuote(CustomId, prefix="qs1"):
    """Keep a quote."""

    quote: int


class QuoteCard(CustomId, prefix="qi1"):
    """A quote as a picture: in a new message, in the place of one in another design, or in one that all see."""

    shows: Literal["new", "again", "share"]
    quote: int
    design: Design


class ShareQuote(CustomId, prefix="qp1"):
    """Post a quote for all to see."""

    quote: int


class PickSavedQuote(CustomId, prefix="qk1"):
    """A select of the quotes that a reader keeps; its values are their ids."""

    page: int


class DeleteSavedQuote(CustomId, prefix="qd1"):
    """Keep a quote no more; *page* of the list leads back, where it was taken off there."""

    shown: Literal["list", "receipt"]
    quote: int
    page: int


class AskSentences(AtSpot, prefix="qc1"):
    """Ask which sentences of the page that is open make a quote."""


class PickSentences(AtSpot, prefix="qw1"):
    """A select of its sentences; its values are their numbers, or the number from which to show others."""


class SentencesAction(CustomId, prefix="qo1"):
    """What to do with the words that were chosen, which stand from *start* to *end* of a chapter."""

    action: Literal["post", "save"]
    chapter: int
    start: int
    end: int


# Reviews.

ReviewOrigin = Literal["new", "story", "mine"]
"""Where a review is asked for: a message of its own answers it, or this list is drawn again."""


class ShowReviews(OfStory, prefix="rv1"):
    """What readers say of a story, privately."""


class AskReview(CustomId, prefix="rva1"):
    """Ask for the words of a review, new or to be changed."""

    origin: ReviewOrigin
    story: int
    chapter: int
    """0: it is about the story as a whole."""


class ReviewModal(AskReview, ModalId, prefix="rvam1"):
    """The modal that asks for them."""


class ReviewsPage(CustomId, prefix="rvp2"):
    """A page of a list of reviews."""

    button: Literal["previous", "next", "back", "waiting"]
    scope: ReviewScope
    story: int
    """0 where the list is not of one."""
    page: int


ReviewActionName = Literal["ask", "delete", "show", "hide"]
"""What to do with a review: ask whether to delete it, do so; show it to all, or to nobody else."""


class ReviewAction(CustomId, prefix="rvo2"):
    """What to do with a review; the list, its story and its page lead back."""

    action: ReviewActionName
    review: int
    scope: ReviewScope
    story: int
    page: int


class CheckReview(CustomId, prefix="rvc1"):
    """Answer for a review in the reports channel."""

    action: Literal["show", "hide"]
    review: int


class ShowWholeReview(CustomId, prefix="rvw1"):
    """A part of a review that is longer than a message."""

    review: int
    part: int
    turn: bool
    """Whether the press turns a message that shows it, and does not open one."""


class AskReport(CustomId, prefix="rvr1"):
    """Ask why a review is reported."""

    review: int


class ReportModal(AskReport, ModalId, prefix="rvrm1"):
    """The modal that asks."""


class ShowReviewNews(CustomId, prefix="rvn1"):
    """How the one who presses hears of reviews."""


class SetReviewNews(CustomId, prefix="rvs1"):
    """A select of how they do."""


# What a reader follows.


class ShowFollow(OfStory, prefix="fw1"):
    """Whether the reader follows a story and its author."""


class Follow(CustomId, prefix="fo1"):
    """Follow or unfollow a story or its author."""

    subject: FollowKind
    story: int
    on: bool


class FollowFromVote(OfStory, prefix="ft1"):
    """Follow a story from its vote; the message with the vote stays unchanged."""


class Unfollow(CustomId, prefix="fu1"):
    """Unfollow from a message with news; the number is the id of the story or the author."""

    subject: FollowKind
    number: int


class PickUnfollowed(CustomId, prefix="fd2"):
    """A select of a page of what the reader follows, to unfollow one; its values say a kind and an id."""

    page: int


# What is a reader's own.


class PickMeTab(CustomId, prefix="me1"):
    """A select of the tabs."""


class MePage(CustomId, prefix="mep1"):
    """A page of a tab, counted from 0. Several buttons may lead to the same page: *button* keeps their ids apart."""

    button: Literal["p", "n", "back"]
    tab: MeTab
    page: int


# Bookmarks.


class AskBookmark(AtSpot, prefix="bk1"):
    """Ask for the note of a new bookmark at the open page."""


class BookmarkModal(AskBookmark, ModalId, prefix="bkm1"):
    """The note of a new bookmark."""


class PickBookmark(CustomId, prefix="bp1"):
    """A select of a page of the reader's bookmarks; its values are their ids."""

    page: int


class BookmarkAction(CustomId, prefix="bo1"):
    """Open, edit or delete a bookmark; *page* of the list leads back."""

    action: Literal["open", "edit", "delete"]
    bookmark: int
    page: int


class BookmarkNoteModal(ModalId, prefix="bem1"):
    """The changed note of a bookmark."""

    bookmark: int
    page: int


# Mutes.


class AskMutes(CustomId, prefix="ma1"):
    """Ask for what to mute."""


class MutesModal(ModalId, prefix="mm1"):
    """The tags and authors to mute."""


class Unmute(CustomId, prefix="mu1"):
    """A select of what a reader has muted; its values are the mutes' ids."""

    kind: MuteKind


# A reader's lists.


class EditReadingList(CustomId, prefix="ml2"):
    """A page of one of the reader's lists, whose stories can be moved."""

    list: ReadingList
    page: int


class PickListed(CustomId, prefix="mp2"):
    """A select of the stories of a list, to move one; its values are their ids."""


class ShowReadingLists(OfStory, prefix="mw1"):
    """On which list a story is, and where it may go."""


class MoveToList(OfStory, prefix="mo1"):
    """A select of where a story may go."""


class ToggleLater(CustomId, prefix="ma2"):
    """Keep the story of a card for later, or no more; *more* says whether the card is unfolded."""

    story: int
    more: bool


# A reader's data.


class PrivacyAction(CustomId, prefix="pv1"):
    """Say what is stored of a reader, who sees it and what stays; export it, ask whether to delete it, or do so."""

    action: Literal["export", "ask", "delete", "stored", "seen", "kept"]


class ExportFiles(CustomId, prefix="pf1"):
    """A part of the files that a reader uploaded."""

    part: int


# Settings of readers and servers.

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


class AskZone(CustomId, prefix="sz1"):
    """Ask for the server's time zone."""


class ZoneModal(ModalId, prefix="szm1"):
    """The server's time zone."""


class FirstStep(CustomId, prefix="fs1"):
    """One of a server's first steps, all settings, or put the steps away."""

    step: Literal["updates", "submissions", "story", "all", "hide"]


class AskOfferedReactions(CustomId, prefix="sq1"):
    """Ask for the reactions that a server offers."""


class OfferedReactionsModal(ModalId, prefix="sqm1"):
    """The reactions that a server offers."""


# Uploads.


class DraftAction(CustomId, prefix="d1"):
    """Do something with a draft, or say of it that its sender wrote it, or that it is all of the story."""

    action: Literal["publish", "edit", "preview", "cancel", "whole", "twin", "mine", "not-mine"]
    draft: int


class ReadDraft(AtSpot, prefix="rd1"):
    """Show a page of an edition of a draft: its first, the previous or next one, or that of a chapter picked there."""

    draft: int
    edition: int
    button: Literal["open", "p", "n", "pick"]


class ShowDraftNotes(CustomId, prefix="rdn1"):
    """The whole of an author's note before or after a chapter of a draft."""

    chapter: int
    draft: int
    edition: int
    side: Literal["before", "after"]
    part: int
    turn: bool
    """Whether the press turns a message that shows the note, and does not open one."""


DetailRow = Literal["story", "rating", "tags", "wishes", "bounds", "lines"]
"""Details of an upload that are asked for together."""


class AskDetails(CustomId, prefix="dr1"):
    """Ask for one row of details of a draft."""

    row: DetailRow
    draft: int


class DetailsModal(AskDetails, ModalId, prefix="dm1"):
    """One row of details of a draft."""


# The stories that somebody uploaded or wrote.


class OwnStories(CustomId, prefix="ow1"):
    """Show a page of one's own stories, counted from 0."""

    side: Literal["p", "n"]
    page: int


class PickOwnStory(CustomId, prefix="op1"):
    """Open the panel of the story that is picked."""


PanelAction = Literal[
    "open", "replace", "add-chapter", "edit", "permissions", "versions", "withdraw", "restore", "delete", "delete-now"
]
"""What the buttons of a story's panel do. *Replace*, *add-chapter* and *permissions* open a form."""


class OwnStoryAction(CustomId, prefix="oa1"):
    """Show the panel of a story, or do one of its acts."""

    action: PanelAction
    story: int


class OwnStoryModal(ModalId, prefix="om1"):
    """A form about a story: a new text, a new chapter, or its author's permissions."""

    form: Literal["replace", "add-chapter", "permissions"]
    story: int


class PickVersion(OfStory, prefix="ov1"):
    """Look at the version of a story that is picked."""


class PutBack(OfStory, prefix="ob1"):
    """Put a version of a story back."""

    version: int


# Authors, their claims and their statistics.


class ClaimAction(CustomId, prefix="ac1"):
    """Approve or decline a reader's claim to be the author of a story."""

    action: Literal["approve", "refuse"]
    claim: int
    listed: bool
    """Whether the button is in a list of claims, which is drawn again, and not below the claim itself."""


class LeaveStory(CustomId, prefix="au1"):
    """Unlink oneself from a story."""

    story: int


class ShowClaims(CustomId, prefix="acl1"):
    """The claims that wait for the reader's answer."""


class ShowAuthorStats(OfStory, prefix="as1"):
    """Show the statistics of a story."""


class ExportAuthorStats(OfStory, prefix="at1"):
    """The statistics of a story as a file."""


# What a server's managers look at.


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


# Scheduled posts.


class ReadPosted(CustomId, prefix="sd1"):
    """Open the story of a scheduled post, where the reader stopped or from its start.

    The plan, the run and the part identify the message when the bot checks whether it was posted; 0 means no check.
    """

    plan: int
    run: int
    part: int
    story: int
    from_start: bool


class Subscribe(CustomId, prefix="sn1"):
    """Give the reader the role that every instalment pings, or take it."""

    plan: int


# What whoever runs the bot presses.


class ServersPage(CustomId, prefix="hos1"):
    """The servers whose ids come after one; 0 for the first of them."""

    after: Snowflake


class PickServer(CustomId, prefix="hop1"):
    """A select of the servers of a page."""


class LeaveServer(CustomId, prefix="hol1"):
    """Leave a server, after asking once more."""

    action: Literal["ask", "leave"]
    server: Snowflake


_OWN = [each for each in list(vars().values()) if getattr(each, "__module__", None) == __name__]
KINDS = tuple(each for each in _OWN if isinstance(each, type) and issubclass(each, CustomId))
"""Every kind of custom id of this module."""
