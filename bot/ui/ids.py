"""The custom ids of all buttons, selects and modals.

A press can be handled from its id and the database alone, so the bot keeps no UI state in memory.
"""

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

# Pages, jumps and notes.


class TurnPage(CustomId, prefix="p1"):
    """Show another page: previous (``p``), next (``n``), one's place (``u``), or this one as one's place (``g``).

    *button* keeps the ids of two buttons to the same page distinct.
    """

    button: Literal["p", "n", "u", "g"]
    peek: bool
    """Whether the new page leaves the reader's place in the story unchanged."""
    chapter: int
    offset: int


Unfolded = Literal["react", "more", "info"]
"""Part that can be unfolded: reactions or less common actions below a page, or what the story is about in its place."""


class UnfoldPage(CustomId, prefix="pu1"):
    """Unfold a part of the open page, or fold it."""

    part: Literal["react", "more", "info", "fold"]
    peek: bool
    chapter: int
    offset: int


class SetPageLength(CustomId, prefix="pl1"):
    """Select of the reader's page length, under the first page that they ever open."""

    peek: bool
    chapter: int
    offset: int


class SharePage(AtSpot, prefix="ps1"):
    """Post the open page in the channel, without buttons to turn it."""


class ReadTogether(AtSpot, prefix="pt1"):
    """Open a thread in which the user turns the pages for all readers."""


class ReadFrom(AtSpot, prefix="rf1"):
    """Open a shared page privately, without moving the reader's place to another page."""


class WhatNext(CustomId, prefix="wn1"):
    """Replace a story's last page with suggestions of the next story."""

    peek: bool
    chapter: int
    offset: int


class PickNext(CustomId, prefix="wp1"):
    """Select of suggested stories, to open one; its values are story ids."""


class AnswerWarnings(OfStory, prefix="wa1"):
    """Open a story in spite of its content warnings, or leave it."""

    answer: Literal["show", "leave"]


class AskJump(CustomId, prefix="j1"):
    """Ask for the place to jump to: a page, a percentage or a chapter."""

    peek: bool
    chapter: int
    offset: int


class JumpModal(AskJump, ModalId, prefix="jm1"):
    """Modal for the place to jump to."""


class ShowNotes(CustomId, prefix="n1"):
    """Show an author's note in full; a long note has several parts."""

    side: Literal["before", "after"]
    chapter: int
    offset: int
    part: int
    turn: bool
    """Whether the pressed message shows another part of the note: it is then edited, else a new message is sent."""


class ReadStory(OfStory, prefix="r1"):
    """Open a story at the reader's place."""


class ShowCard(OfStory, prefix="s1"):
    """Show a story's card privately."""


class ReadPicked(CustomId, prefix="rp2"):
    """Select of stories; the picked one opens at the reader's place."""


# Shared reading.


class AskTurner(CustomId, prefix="to1"):
    """Show a user select for the next reader who turns the pages."""


class PickTurner(CustomId, prefix="th1"):
    """User select of the reader who turns the pages of a shared message."""

    message: Snowflake


# Story cards.


class UnfoldCard(CustomId, prefix="cm1"):
    """Unfold the details and further buttons of a card, or fold them."""

    story: int
    more: bool


class ShareCard(OfStory, prefix="cs1"):
    """Post a story's card in the channel."""


class Download(CustomId, prefix="dl1"):
    """Send a story as a file."""

    story: int
    format: Literal["epub", "text"]


# Story lists, filters, random stories.


class StoryListPage(CustomId, prefix="l1"):
    """Show a page of a story list. *button* keeps the ids of two buttons to the same page distinct."""

    button: Literal["p", "n", "show", "clear", "more", "fold"]
    query_id: int
    """Id of the list's saved filters; 0 for the whole library."""
    page: int


class PickStory(CustomId, prefix="lp1"):
    """Select of stories, to show the card of one; its values are story ids."""

    page: int


class SortStoryList(CustomId, prefix="ls1"):
    """Select of sort orders for a story list."""

    query_id: int


class ShowFilters(CustomId, prefix="lf1"):
    """Show the panel of a story list's filters."""

    query_id: int


PickedFilter = Literal["length", "status", "rating", "languages"]
"""Filters with a select; the other filters are typed."""


class PickFilter(CustomId, prefix="lo1"):
    """Select of the values of one filter."""

    filter: PickedFilter
    query_id: int


class AskNames(CustomId, prefix="la1"):
    """Ask for the filters that are typed: tags, fandoms, characters, authors, and names to exclude."""

    query_id: int


class NamesModal(AskNames, ModalId, prefix="lm1"):
    """Modal for the typed filters."""


class AnotherStory(CustomId, prefix="rs1"):
    """Replace the message with the card of a random story."""

    query_id: int


class SurpriseMe(CustomId, prefix="rs2"):
    """Show a random story of a list in a new message."""

    query_id: int


# Search.


class SearchPage(CustomId, prefix="h2"):
    """Show a page of search results; *query_id* is the id of the saved search."""

    button: Literal["p", "n"]
    query_id: int
    page: int


class PickHit(CustomId, prefix="hp1"):
    """Select of search results, to open one; a value has the spot of a passage or the id of a story."""


# The leaderboard.


class LeaderboardPage(CustomId, prefix="t1"):
    """Show a page of a leaderboard; *button* keeps the ids of several buttons to the same page distinct.

    ``p`` and ``n`` turn pages; ``w``, ``m`` and ``e`` set the period; ``h`` changes *here*; ``s`` shares the page.
    """

    button: Literal["p", "n", "w", "m", "e", "h", "s"]
    ranked: Ranked
    metric: Metric
    period: Period
    here: bool
    """Whether the counts are of this server only."""
    page: int


class PickLeaderboard(CustomId, prefix="tp1"):
    """Select of rankings: stories or quotes, by a metric."""

    period: Period
    here: bool


class PickRanked(CustomId, prefix="to2"):
    """Select of the ranked stories or quotes, to show one; its values are story or quote ids."""

    ranked: Ranked


class ShowTop(CustomId, prefix="ts1"):
    """Show the most popular stories in a new message."""


# Questions under stories.


class ShowVote(OfStory, prefix="vp1"):
    """Show a story's question privately."""


class CastVote(CustomId, prefix="v1"):
    """Answer a story's default question, from messages of older releases. `Answer` replaces it."""

    choice: Choice
    story: int
    screen: MessageKind
    chapter: int
    offset: int


class Answer(OfQuestion, prefix="qu1"):
    """Answer a question, and redraw the pressed message."""

    number: int
    screen: MessageKind
    chapter: int
    offset: int

    def shown(self, story: int) -> Shown:
        """Return the content of the pressed message; *story* is the subject of the question."""
        return Shown(self.screen, story, Spot(self.chapter, self.offset), self.question)


class ShowQuestion(OfQuestion, prefix="qus1"):
    """Show a question privately, with the reader's answer."""


class RemoveAnswer(OfQuestion, prefix="qur1"):
    """Withdraw the reader's answer to a question."""


class ManageQuestion(OfQuestion, prefix="qum1"):
    """Show the panel to manage a question."""


class SetRule(OfQuestion, prefix="qul1"):
    """Select of the values of one rule of the default question."""

    rule: RuleName


class EndQuestion(OfQuestion, prefix="que1"):
    """Close a question, reopen the default one, or remove an author's question."""

    act: Literal["close", "reopen", "remove"]


class AskReply(OfQuestion, prefix="qua1"):
    """Ask for a reply to readers' answers."""


class ReplyModal(AskReply, ModalId, prefix="quat1"):
    """Modal for the reply to readers' answers."""


class AskChange(OfQuestion, prefix="quc1"):
    """Ask for the changes to an author's question that nobody has answered yet."""


class ChangeModal(AskChange, ModalId, prefix="quct1"):
    """Modal for the changes to a question."""


class AskPost(OfQuestion, prefix="qup1"):
    """Ask for the channel to post a question in."""


class PostModal(AskPost, ModalId, prefix="qupt1"):
    """Modal for the channel to post a question in."""


class AskAgain(OfStory, prefix="qun1"):
    """Reopen the modal for a rejected question, whose text is in the pressed message."""


class AskModal(AskAgain, ModalId, prefix="qunt1"):
    """Modal for an author's question."""


class PickQuestion(CustomId, prefix="quw1"):
    """Select of the questions that wait for approval, to show one; its values are question ids."""


class JudgeQuestion(OfQuestion, prefix="quj1"):
    """Approve or decline a question that waits for approval."""

    approves: bool


# Reactions.


class ShowReactions(OfStory, prefix="rp1"):
    """Show the reactions to a story privately."""


class ShowPageReactions(AtSpot, prefix="rh1"):
    """Show the reactions to a page privately."""


class React(CustomId, prefix="e1"):
    """Add or remove the reader's reaction to a page, or to the story if no page is given; redraw the message."""

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
    """Show a random quote of a story in a new message."""


class AnotherQuote(CustomId, prefix="a2"):
    """Replace a quote with the next random one; story 0 stands for all stories."""

    story: int
    length: QuoteLengthOption
    spoilers: bool
    """Whether quotes from beyond the first part of a story are included."""
    query_id: int
    """Id of the saved other filters; 0 for none."""


class AuthorQuote(OfStory, prefix="qa1"):
    """Show, in a new message, a random quote from any story by this story's author."""


class UnfoldQuote(CustomId, prefix="qm1"):
    """Unfold further buttons of a quote, or fold them."""

    quote: int
    more: bool


class UnfoldQuoteCard(CustomId, prefix="qim1"):
    """Unfold further buttons of a quote's picture, or fold them."""

    quote: int
    design: Design
    more: bool


class QuoteContext(CustomId, prefix="k1"):
    """Open the page with a quote privately, without moving the reader's place."""

    quote: int


class SaveQuote(CustomId, prefix="qs1"):
    """Save a quote."""

    quote: int


class TakeOutQuote(CustomId, prefix="qx1"):
    """Deal a quote no more, or again."""

    quote: int
    out: bool


class QuoteCard(CustomId, prefix="qi1"):
    """Draw a quote as a picture: in a new message, again in another design, or posted in the channel."""

    shows: Literal["new", "again", "share"]
    quote: int
    design: Design


class ShareQuote(CustomId, prefix="qp1"):
    """Post a quote in the channel."""

    quote: int


class PickSavedQuote(CustomId, prefix="qk1"):
    """Select of the reader's saved quotes, to show one; its values are quote ids."""

    page: int


class DeleteSavedQuote(CustomId, prefix="qd1"):
    """Delete a saved quote, from the list or from the quote's receipt; *page* is the page of the list to return to."""

    shown: Literal["list", "receipt"]
    quote: int
    page: int


class AskSentences(AtSpot, prefix="qc1"):
    """Ask which sentences of the open page make a quote."""


class PickSentences(AtSpot, prefix="qw1"):
    """Select of the page's sentences. A value is a sentence's number, or ``~`` and the number to list others from."""


class SentencesAction(CustomId, prefix="qo1"):
    """Post or save the chosen quote, which begins at *start* and ends at *end* in a chapter."""

    action: Literal["post", "save"]
    chapter: int
    start: int
    end: int


# Reviews.

ReviewOrigin = Literal["new", "story", "mine"]
"""Where a review's modal was opened: ``story`` and ``mine`` redraw that list of reviews, ``new`` sends a receipt."""


class ShowReviews(OfStory, prefix="rv1"):
    """Show the reviews of a story privately."""


class AskReview(CustomId, prefix="rva1"):
    """Ask for the text of a new or changed review."""

    origin: ReviewOrigin
    story: int
    chapter: int
    """Id of the reviewed chapter; 0 for the whole story."""


class ReviewModal(AskReview, ModalId, prefix="rvam1"):
    """Modal for the text of a review."""


class ReviewsPage(CustomId, prefix="rvp2"):
    """Show a page of a list of reviews."""

    button: Literal["previous", "next", "back", "waiting"]
    scope: ReviewScope
    story: int
    """Id of the story of all reviews in the list; 0 for a list about several stories."""
    page: int


ReviewActionName = Literal["ask", "delete", "show", "hide"]
"""Action on a review: ask to confirm its deletion, delete it, show it, or hide it from other readers."""


class ReviewAction(CustomId, prefix="rvo2"):
    """Do an action on a review; the fields after *review* are the list and page to return to."""

    action: ReviewActionName
    review: int
    scope: ReviewScope
    story: int
    page: int


class CheckReview(CustomId, prefix="rvc1"):
    """Show or hide a held or reported review, from its message in the reports channel."""

    action: Literal["show", "hide"]
    review: int


class ShowWholeReview(CustomId, prefix="rvw1"):
    """Show a part of a review that is too long for one message."""

    review: int
    part: int
    turn: bool
    """Whether the pressed message shows another part of the review: it is then edited, else a new message is sent."""


class AskReport(CustomId, prefix="rvr1"):
    """Ask for the reason for reporting a review."""

    review: int


class ReportModal(AskReport, ModalId, prefix="rvrm1"):
    """Modal for the reason for reporting a review."""


class ShowReviewNews(CustomId, prefix="rvn1"):
    """Show an author's setting for messages about new reviews."""


class SetReviewNews(CustomId, prefix="rvs1"):
    """Select of the values of the setting for messages about new reviews."""


# Follows.


class ShowFollow(OfStory, prefix="fw1"):
    """Show whether the reader follows a story and its author."""


class Follow(CustomId, prefix="fo1"):
    """Follow or unfollow a story or its author."""

    subject: FollowKind
    story: int
    on: bool


class FollowFromVote(OfStory, prefix="ft1"):
    """Follow a story from the message with its question, and leave that message unchanged."""


class Unfollow(CustomId, prefix="fu1"):
    """Unfollow a story or an author, from a message with news; *number* is the id of either."""

    subject: FollowKind
    number: int


class PickUnfollowed(CustomId, prefix="fd2"):
    """Select of a page of followed stories and authors, to unfollow one; a value is a kind and an id."""

    page: int


# The tabs of `/me`.


class PickMeTab(CustomId, prefix="me1"):
    """Select of the tabs of `/me`."""


class MePage(CustomId, prefix="mep1"):
    """Show a page of a tab of `/me`, counted from 0. *button* keeps the ids of buttons to the same page distinct."""

    button: Literal["p", "n", "back"]
    tab: MeTab
    page: int


# Bookmarks.


class AskBookmark(AtSpot, prefix="bk1"):
    """Ask for the note of a new bookmark at the open page."""


class BookmarkModal(AskBookmark, ModalId, prefix="bkm1"):
    """Modal for the note of a new bookmark."""


class PickBookmark(CustomId, prefix="bp1"):
    """Select of a page of the reader's bookmarks, to show one; its values are bookmark ids."""

    page: int


class BookmarkAction(CustomId, prefix="bo1"):
    """Open, edit or delete a bookmark; *page* is the page of the list to return to."""

    action: Literal["open", "edit", "delete"]
    bookmark: int
    page: int


class BookmarkNoteModal(ModalId, prefix="bem1"):
    """Modal for the changed note of a bookmark."""

    bookmark: int
    page: int


# Mutes.


class AskMutes(CustomId, prefix="ma1"):
    """Ask for tags and authors to mute."""


class MutesModal(ModalId, prefix="mm1"):
    """Modal for the tags and authors to mute."""


class Unmute(CustomId, prefix="mu1"):
    """Select of the reader's mutes, to remove one; its values are mute ids."""

    kind: MuteKind


# A reader's lists.


class EditReadingList(CustomId, prefix="ml2"):
    """Show a page of one of the reader's lists, with a select to move its stories."""

    list: ReadingList
    page: int


class PickListed(CustomId, prefix="mp2"):
    """Select of a list's stories, to move one; its values are story ids."""


class ShowReadingLists(OfStory, prefix="mw1"):
    """Show the reader's list that has a story, and the lists that the story can move to."""


class MoveToList(OfStory, prefix="mo1"):
    """Select of the lists that a story can move to."""


class ToggleLater(CustomId, prefix="ma2"):
    """Add a card's story to the list *later*, or remove it; *more* means that the card is unfolded."""

    story: int
    more: bool


# A reader's data.


class PrivacyAction(CustomId, prefix="pv1"):
    """Explain the storage, visibility or retention of the reader's data; export it, or delete it after confirmation."""

    action: Literal["export", "ask", "delete", "stored", "seen", "kept"]


class ExportFiles(CustomId, prefix="pf1"):
    """Send a part of the files that a reader uploaded."""

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
"""Current names of settings, by their names in the ids of older releases."""


class SetReaderOption(CustomId, prefix="sr1"):
    """Select of the values of a reader's setting."""

    setting: Name


class ShowReaderSection(CustomId, prefix="sm1"):
    """Show the other page of a reader's settings in the same message."""

    section: ReaderSection


class AskWarnings(CustomId, prefix="wr1"):
    """Ask which content warnings the reader wants to confirm before a story opens."""


class WarningsModal(ModalId, prefix="wrm1"):
    """Modal for the content warnings."""


class ShowServerSection(CustomId, prefix="sv1"):
    """Select of the sections of a server's settings."""


class SetServerOption(CustomId, prefix="ss1"):
    """Select of the values of a server's setting."""

    setting: Name


class AskLimits(CustomId, prefix="sl1"):
    """Ask for the limits of members' uploads."""


class LimitsModal(ModalId, prefix="slm1"):
    """Modal for the limits of members' uploads."""


class AskZone(CustomId, prefix="sz1"):
    """Ask for the server's time zone."""


class ZoneModal(ModalId, prefix="szm1"):
    """Modal for the server's time zone."""


class FirstStep(CustomId, prefix="fs1"):
    """Open one of a server's first steps, open all settings, or hide the list of steps."""

    step: Literal["updates", "submissions", "story", "all", "hide"]


class AskOfferedReactions(CustomId, prefix="sq1"):
    """Ask for the reactions that a server offers."""


class OfferedReactionsModal(ModalId, prefix="sqm1"):
    """Modal for the reactions that a server offers."""


# Uploads.


class DraftAction(CustomId, prefix="d1"):
    """Do an action on a draft.

    ``whole`` confirms that the text is complete, ``twin`` replaces the similar story that exists. ``mine`` and
    ``not-mine`` state whether the sender is the author.
    """

    action: Literal["publish", "edit", "preview", "cancel", "whole", "twin", "mine", "not-mine"]
    draft: int


class ReadDraft(AtSpot, prefix="rd1"):
    """Show a page of a draft: the first, previous or next page, or the first page of a picked chapter."""

    draft: int
    edition: int
    button: Literal["open", "p", "n", "pick"]


class ShowDraftNotes(CustomId, prefix="rdn1"):
    """Show an author's note before or after a draft's chapter in full."""

    chapter: int
    draft: int
    edition: int
    side: Literal["before", "after"]
    part: int
    turn: bool
    """Whether the pressed message shows another part of the note: it is then edited, else a new message is sent."""


DetailRow = Literal["story", "rating", "tags", "wishes", "bounds", "lines"]
"""Group of an upload's details that share a modal."""


class AskDetails(CustomId, prefix="dr1"):
    """Ask for one group of a draft's details."""

    row: DetailRow
    draft: int


class DetailsModal(AskDetails, ModalId, prefix="dm1"):
    """Modal for one group of a draft's details."""


# A member's own stories.


class OwnStories(CustomId, prefix="ow1"):
    """Show a page of the member's own stories, counted from 0."""

    side: Literal["p", "n"]
    page: int


class PickOwnStory(CustomId, prefix="op1"):
    """Select of the member's own stories, to open the panel of one."""


PanelAction = Literal[
    "open", "replace", "add-chapter", "edit", "permissions", "versions", "withdraw", "restore", "delete", "delete-now"
]
"""Actions of a story's panel. ``replace``, ``add-chapter`` and ``permissions`` open a modal."""


class OwnStoryAction(CustomId, prefix="oa1"):
    """Show a story's panel, or do one of its actions."""

    action: PanelAction
    story: int


class OwnStoryModal(ModalId, prefix="om1"):
    """Modal about a story: for a new text, a new chapter, or the author's permissions."""

    form: Literal["replace", "add-chapter", "permissions"]
    story: int


class PickVersion(OfStory, prefix="ov1"):
    """Select of a story's earlier versions, to view one."""


class PutBack(OfStory, prefix="ob1"):
    """Restore an earlier version of a story."""

    version: int


# Authors, their claims and their statistics.


class ClaimAction(CustomId, prefix="ac1"):
    """Approve or decline a claim to be the author of a story."""

    action: Literal["approve", "refuse"]
    claim: int
    listed: bool
    """Whether the button is in a list of claims, which is redrawn, rather than below a single claim."""


class LeaveStory(CustomId, prefix="au1"):
    """Remove the link between a story and the user, its author."""

    story: int


class ShowClaims(CustomId, prefix="acl1"):
    """Show the claims that wait for the user's decision."""


class ShowAuthorStats(OfStory, prefix="as1"):
    """Show the statistics of a story."""


class ExportAuthorStats(OfStory, prefix="at1"):
    """Send the statistics of a story as a file."""


# For a server's managers.


class LogPage(CustomId, prefix="mlg1"):
    """Show a page of a server's log."""

    button: Literal["p", "n"]
    which: LogFilter
    page: int


class PickLog(CustomId, prefix="mlf1"):
    """Select of filters of a server's log."""


UploadScope = Literal["all", "one"]
"""Whether a list of uploads has those of all senders, or of one."""


class UploadsPage(CustomId, prefix="mul1"):
    """Show a page of a server's uploads, of all senders or of one."""

    button: Literal["p", "n", "back", "sender"]
    whose: UploadScope
    sender: Snowflake
    """Id of the sender, for a list of one sender; 0 for former members, and for a list of all senders."""
    page: int


class PickUpload(CustomId, prefix="mup1"):
    """Select of a server's uploads, to show one; its values are story ids."""


class UploadAction(CustomId, prefix="mua1"):
    """Remove or restore an upload."""

    action: Literal["remove", "restore"]
    story: int


class RemoveAll(CustomId, prefix="mur1"):
    """Remove all uploads of one sender, after a confirmation."""

    action: Literal["ask", "remove"]
    sender: Snowflake


class ShowQueue(CustomId, prefix="mq1"):
    """Show the submissions and questions that wait for approval."""


class PickSubmission(CustomId, prefix="mqp1"):
    """Select of the submissions that wait for approval, to show one; its values are draft ids."""


class SubmissionAction(CustomId, prefix="mqa1"):
    """Show the preview of a submission. ``approve`` is in ids of older releases, and does the same now."""

    action: Literal["open", "approve"]
    submission: int


class ApproveSubmission(CustomId, prefix="mqa2"):
    """Approve a submission, if its text is still the edition that the manager has seen."""

    submission: int
    edition: int


class AskDecline(CustomId, prefix="mqd1"):
    """Ask for the reason for declining a submission."""

    submission: int


class DeclineModal(AskDecline, ModalId, prefix="mqdm1"):
    """Modal for the reason for declining a submission."""


# Scheduled posts.


class ReadPosted(CustomId, prefix="sd1"):
    """Open the story of a scheduled post, at the reader's place or at its start.

    The bot finds its own posts by *plan*, *run* and *part*; all three are 0 in a message that it need not find.
    """

    plan: int
    run: int
    part: int
    story: int
    from_start: bool


class Subscribe(CustomId, prefix="sn1"):
    """Give the member the role that a serial pings for each instalment, or remove it."""

    plan: int


# For the host.


class ServersPage(CustomId, prefix="hos1"):
    """Show a page of the bot's servers, sorted by id. All ids are above *after*; 0 shows the first page."""

    after: Snowflake


class PickServer(CustomId, prefix="hop1"):
    """Select of the servers on a page, to show one; its values are server ids."""


class LeaveServer(CustomId, prefix="hol1"):
    """Leave a server, after a confirmation."""

    action: Literal["ask", "leave"]
    server: Snowflake


_OWN = [each for each in list(vars().values()) if getattr(each, "__module__", None) == __name__]
KINDS = tuple(each for each in _OWN if isinstance(each, type) and issubclass(each, CustomId))
"""All custom id classes of this module."""
