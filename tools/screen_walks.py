"""Walks through every screen of the bot, as readers, managers and authors take them.

Each walk begins with a command, so a failed walk does not stop the next. Some walks need the data of earlier ones.
They are written for the stories of the folder `seeds`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tools.preview_driver import LAST, Driver, Measures

LAMP, BOOK, GOOSE, PIANO = (
    "The Lamp on Quarry Road",
    "Deliver by Low Water",
    "The Goose Has the Deciding Vote",
    "The Piano Between Four and Five",
)
FERRY = "The Ferry Bell"
NEW_STORY = """Title: The Ferry Bell
Author: Ann
Summary: A bell rings on the wrong side of the river, every night at the same time.

The bell had hung on the far landing for as long as there had been a ferry.

Nobody had rung it since the bridge. Then, one Monday in March, it rang at ten past four.
"""
NEW_CHAPTER = """Chapter Two

Nobody stood at the far landing. The rope moved all the same, a hand's breadth up and a hand's breadth down.
"""


PLACES = (0, 3, 4)
"""Indexes of the preview's pages that the walks use."""


@dataclass(slots=True)
class Stage:
    """The pages that the walks use, and the pictures taken so far."""

    room: Driver
    """A channel for everyone."""
    lobby: Driver
    """A channel of a server that the bot has just joined."""
    alone: Driver
    """Ann's direct messages."""
    folder: Path
    taken: dict[str, Measures] = field(default_factory=dict[str, Measures])

    def shot(self, name: str, page: Driver | None = None, *, fresh: bool = False) -> None:
        """Take a picture; *fresh* reloads the page first.

        Without a reload, SimCord keeps the picked option of a select that another select has replaced.
        """
        if fresh:
            self.room.open()
        self.taken[name] = (page or self.room).shot(self.folder / f"{len(self.taken) + 1:03} {name}.png")


Walk = Callable[[Stage], None]

WALKS: list[Walk] = []


def walk(function: Walk) -> Walk:
    """Register a walk. Walks run in the order of this file."""
    WALKS.append(function)
    return function


@walk
def beginnings(stage: Stage) -> None:
    room = stage.room
    room.view_as("Ann")
    room.slash("help")
    stage.shot("help")
    room.slash("me")
    stage.shot("me, nothing yet")
    stage.lobby.open()
    stage.lobby.view_as("Nora")
    stage.shot("first steps", stage.lobby)
    stage.lobby.page.close()
    stage.room.page.bring_to_front()


@walk
def every_empty_tab(stage: Stage) -> None:
    room = stage.room
    room.view_as("Ben")
    room.slash("me")
    for tab in room.options(0)[1:]:
        room.pick(tab, of=0)
        stage.shot(f"me, empty, {tab}")


@walk
def library(stage: Stage) -> None:
    room = stage.room
    room.view_as("Ann")
    room.slash("stories")
    stage.shot("list")
    room.press("More")
    stage.shot("list, More", fresh=True)
    room.press("Filters")
    stage.shot("filters", fresh=True)
    room.press("Tags and names…")
    stage.shot("filters, form")
    room.fill({"Tags": "no such tag"})
    stage.shot("filters, nothing fits")
    room.slash("stories")
    room.press("Surprise me")
    stage.shot("card, surprise")


@walk
def card(stage: Stage) -> None:
    room = stage.room
    room.slash("stories", story=BOOK)
    stage.shot("card")
    room.press("More")
    stage.shot("card, More")
    room.press("Add to list")
    stage.shot("lists of a story")
    room.slash("stories", story=PIANO)
    room.press("Later")
    stage.shot("card, kept for later")
    room.press("Follow")
    stage.shot("follow")
    room.press("Follow story")
    stage.shot("followed")


@walk
def pages(stage: Stage) -> None:
    room = stage.room
    room.slash("read", story=LAMP)
    stage.shot("first page")
    room.press("Next")
    room.press("Next")
    stage.shot("middle page")
    room.press("React")
    stage.shot("middle page, React")
    room.press("😭")
    stage.shot("middle page, reacted")
    room.press("React")
    room.press("More")
    stage.shot("middle page, More")
    room.press("Go to…")
    stage.shot("go to")
    room.close()
    room.press("Bookmark")
    stage.shot("bookmark, form")
    room.fill({"Your note": "the lamp and the bus"})
    stage.shot("bookmark, kept")
    room.press("Info")
    stage.shot("Info of a page")
    room.press("Follow")
    stage.shot("Info of a page, Follow")


@walk
def sharing(stage: Stage) -> None:
    room = stage.room
    room.slash("read", story=LAMP)
    if room.has("More"):
        room.press("More")
    room.press("Info")
    room.press("Share here")
    stage.shot("shared page")
    room.press("React")
    stage.shot("shared page, React")
    room.slash("read", story=GOOSE, share="True")
    stage.shot("public page")
    room.press("More")
    stage.shot("public page, More")
    room.slash("read", story=GOOSE, together="True")
    stage.shot("read together")


@walk
def book(stage: Stage) -> None:
    room = stage.room
    room.slash("read", story=BOOK)
    stage.shot("first page of a book")
    while "Handed In" not in room.text:
        room.press("Next")
    stage.shot("first page of a chapter")
    room.press("More")
    stage.shot("page of a book, More")
    room.press("Go to…")
    stage.shot("go to, with chapters")
    room.close()
    room.slash("read", story=BOOK, chapter="3")
    stage.shot("visit")
    room.press("More")
    stage.shot("visit, More")
    room.press("Quote")
    stage.shot("quote picker")


@walk
def end(stage: Stage) -> None:
    room = stage.room
    room.slash("read", story=LAMP)
    while LAST not in room.text:
        room.press("Next")
    stage.shot("last page")
    room.press("❤️")
    stage.shot("last page, reacted")
    room.press("I want more")
    stage.shot("last page, answered")
    room.press("Review")
    stage.shot("review, form")
    room.fill({"Your review": "I read it twice. The match that goes out is the whole story."})
    stage.shot("review, posted")
    room.slash("read", story=LAMP)
    stage.shot("last page, voted")
    room.press("More")
    stage.shot("last page, More")
    room.slash("read", story=LAMP)
    room.press("Next")
    stage.shot("What next")


@walk
def quotes(stage: Stage) -> None:
    room = stage.room
    room.slash("quote", story=LAMP)
    stage.shot("quote")
    room.slash("quote", story=PIANO)
    if room.has("More"):
        room.press("More")
        stage.shot("quote, More")
    room.press("Save")
    stage.shot("quote, saved")
    room.slash("quote", story=LAMP)
    if room.has("More"):
        room.press("More")
    room.press("Make image")
    stage.shot("card picture")
    room.press("More")
    stage.shot("card picture, More")
    room.press("Share here")
    stage.shot("card picture, shared")
    stage.alone.open()
    stage.alone.slash("quote", story=BOOK)
    stage.shot("quote alone", stage.alone)
    stage.alone.press("More")
    stage.shot("quote alone, More", stage.alone)
    room.page.bring_to_front()


@walk
def search(stage: Stage) -> None:
    room = stage.room
    room.slash("search", text="lamp")
    stage.shot("search")
    room.pick("1.")
    stage.shot("search, opened")
    room.slash("read", story=BOOK)
    room.slash("search", text="lamp", story=BOOK)
    stage.shot("search, spoilers")
    room.slash("search", text="zeppelin")
    stage.shot("search, nothing")


@walk
def votes_and_reviews(stage: Stage) -> None:
    room = stage.room
    room.slash("vote", story=LAMP)
    stage.shot("vote details")
    room.slash("vote", story=GOOSE)
    stage.shot("vote details, no votes")
    room.slash("review", story=LAMP)
    stage.shot("reviews")
    room.view_as("Ben")
    room.slash("review", story=LAMP)
    stage.shot("reviews, another's")
    room.slash("review", story=GOOSE)
    stage.shot("reviews, none")
    room.view_as("Ann")
    room.slash("react", story=LAMP)
    stage.shot("reactions of a story")
    room.slash("top")
    stage.shot("top")


@walk
def every_tab(stage: Stage) -> None:
    room = stage.room
    room.view_as("Ann")
    room.slash("me")
    stage.shot("me, Reading")
    for tab in room.options(0)[1:]:
        room.pick(tab, of=0)
        stage.shot(f"me, {tab.split(' · ')[0]}", fresh=True)
    room.press("What I store")
    stage.shot("me, what is stored")
    room.press("Back")
    room.press("Delete data…")
    stage.shot("me, delete data")


@walk
def tabs_opened(stage: Stage) -> None:
    room = stage.room
    room.slash("me")
    room.press("Edit this list")
    stage.shot("me, Reading, edited")
    room.pick("Bookmarks", of=0)
    room.pick("the lamp", of=1)
    stage.shot("me, a bookmark")
    room.press("Back")
    room.pick("Quotes", of=0)
    room.pick(room.options(1)[0], of=1)
    stage.shot("me, a quote")
    room.press("Back")
    room.pick("Muted", of=0)
    room.press("Mute…")
    stage.shot("mute, form")
    room.fill({"Tags": "Adventure/Mystery", "Authors": "mudlark_hetty"})
    stage.shot("me, Muted, some", fresh=True)
    room.slash("stories")
    stage.shot("list, some muted")
    room.slash("me")
    room.pick("Muted", of=0)
    room.pick("mudlark_hetty", of=2)
    room.pick("Adventure", of=1)


@walk
def settings(stage: Stage) -> None:
    room = stage.room
    room.slash("settings")
    stage.shot("settings")
    room.press("More")
    stage.shot("settings, More", fresh=True)
    room.press("Warnings…")
    stage.shot("settings, warnings")
    room.close()


@walk
def refusals(stage: Stage) -> None:
    room = stage.room
    room.slash("read", story="no such story")
    stage.shot("no such story")
    room.slash("read", story=LAMP, page="900")
    stage.shot("no such page")


@walk
def server_settings(stage: Stage) -> None:
    room = stage.room
    room.view_as("Mira")
    room.slash("manage settings")
    stage.shot("first steps, manage settings")
    if room.has("All settings"):
        room.press("All settings")
    stage.shot("manage Settings: updates")
    room.press("Time zone…")
    stage.shot("manage settings, time zone")
    room.close()
    for subject in room.options(0)[1:]:
        room.pick(subject, of=0)
        stage.shot(f"manage {subject}", fresh=True)
    room.pick("Settings: submissions", of=0)
    room.open()
    room.pick("Submit: everyone", of=1)
    room.pick("Approval: by a mod", of=2)
    stage.shot("manage Settings: submissions, everyone")
    room.press("Limits…")
    stage.shot("manage settings, limits")
    room.close()


@walk
def uploads(stage: Stage) -> None:
    room = stage.room
    file = stage.folder.parent / "ferry.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(NEW_STORY, "utf-8")
    room.view_as("Ann")
    room.slash("author stories")
    stage.shot("author stories, none")
    room.slash("author submit", file=file)
    stage.shot("upload preview")
    room.press("I wrote it")
    room.press("Submit")
    stage.shot("upload, sent to the mods")
    room.view_as("Mira")
    room.slash("manage uploads")
    stage.shot("manage uploads, one waits")
    room.press("Waiting (1)")
    stage.shot("manage uploads, queue")
    room.pick("1.")
    stage.shot("manage uploads, a submission")
    room.press("Read")
    stage.shot("manage uploads, a page of a submission")
    room.press("Decide")
    room.press("Approve")
    stage.shot("manage uploads, approved")
    room.slash("manage uploads")
    stage.shot("manage uploads")
    room.pick("1.")
    stage.shot("manage uploads, one")


@walk
def authors(stage: Stage) -> None:
    room = stage.room
    room.view_as("Ann")
    room.slash("author stories")
    stage.shot("author stories")
    room.pick("1.")
    stage.shot("author panel")
    for label in ("Permissions…", "Add chapter…", "New text…"):
        room.press(label)
        stage.shot(f"author panel, {label}")
        room.close()
    for label in ("Edit", "Versions", "Stats", "Delete…"):
        room.slash("author stories")
        room.pick("1.")
        if not room.has(label):
            continue
        room.press(label)
        stage.shot(f"author panel, {label}")
    room.slash("vote", story=FERRY)
    stage.shot("vote details, author")
    room.press("Manage")
    stage.shot("manage vote")
    room.press("Reply…")
    stage.shot("manage vote, reply")
    room.close()


@walk
def question(stage: Stage) -> None:
    room = stage.room
    asked = {"Question": "Who rang the bell?", "Answers": "Her sister\nNobody\nThe river itself"}
    room.view_as("Ann")
    room.slash("author ask", story=FERRY)
    stage.shot("question, form")
    room.fill(asked | {"Answers": "Her sister"})
    stage.shot("question, to be mended")
    room.press("Try again")
    room.fill(asked)
    stage.shot("question, waits for the mods")
    room.view_as("Mira")
    room.slash("manage uploads")
    room.press("Waiting (1)")
    stage.shot("question, in the queue")
    room.pick("Who rang")
    stage.shot("question, to be approved")
    room.press("Approve")
    room.view_as("Ben")
    room.slash("read", story=FERRY)
    stage.shot("question, end of the story")
    room.press("2")
    stage.shot("question, receipt")
    room.press("Details")
    stage.shot("question, details")
    room.view_as("Mo")
    room.slash("vote", story=FERRY)
    room.press("2")
    room.view_as("Olga")
    room.slash("vote", story=FERRY)
    room.press("3")
    room.view_as("Ann")
    room.slash("vote", story=FERRY)
    stage.shot("question, details, author")
    room.press("Manage")
    stage.shot("question, manage")
    room.press("Post…")
    stage.shot("question, post")
    room.fill({"Post in": "reading"})
    stage.shot("question, posted")
    room.slash("vote", story=FERRY)
    room.press("Manage")
    room.press("Reply…")
    stage.shot("question, reply")
    room.fill({"Your reply": "Nobody it is. Thank you!"})
    stage.shot("question, replied")


@walk
def chapter_of_a_question(stage: Stage) -> None:
    room = stage.room
    room.view_as("Ann")
    room.slash("author stories")
    room.pick("1.")
    room.press("Add chapter…")
    room.fill({"Or type it here": NEW_CHAPTER})
    room.press("Publish")
    stage.shot("question, its chapter is published")
    room.view_as("Ben")
    room.slash("read", story=FERRY, chapter="2")
    stage.shot("question, first page of its chapter")
    room.slash("vote", story=FERRY)
    room.press("Older question")
    stage.shot("question, an older one")
    room.slash("stories", story=FERRY)
    room.press("More")
    stage.shot("question, card")
    room.view_as("Olga")
    room.slash("vote", story=FERRY)
    room.press("Older question")
    stage.shot("question, an older one, spoilers")


@walk
def claims(stage: Stage) -> None:
    room = stage.room
    room.view_as("Ben")
    room.slash("author claim", story=FERRY)
    stage.shot("claim sent")
    room.view_as("Ann")
    room.slash("author stories")
    stage.shot("author stories, a claim waits")
    room.press("Answer claims")
    stage.shot("claims")


@walk
def managing(stage: Stage) -> None:
    room = stage.room
    room.view_as("Mira")
    room.slash("manage story edit", story=FERRY)
    stage.shot("manage story edit")
    room.slash("quote", story=FERRY)
    room.press("More")
    stage.shot("quote, More of a mod")
    room.press("Don't post this again")
    stage.shot("quote taken out")
    when = {"channel": "quotes", "time": "18:00", "timezone": "Europe/Berlin"}
    room.slash("manage daily set", **when)
    stage.shot("manage daily set")
    room.slash("manage daily show")
    stage.shot("manage daily show")
    room.slash("manage serial start", story=BOOK, every="weekdays", **when)
    stage.shot("manage serial start")
    room.slash("manage serial show")
    stage.shot("manage serial show")
    room.slash("manage log")
    stage.shot("manage log")


@walk
def hosting(stage: Stage) -> None:
    room = stage.room
    room.view_as("Ben")
    room.slash("author claim", story=LAMP)
    room.view_as("Olga")
    room.slash("bot status")
    stage.shot("bot status")
    room.slash("bot servers")
    stage.shot("bot servers")
    room.pick("The Long Table")
    stage.shot("bot servers, one", fresh=True)
    room.press("Leave…")
    stage.shot("bot servers, leave")
    room.slash("bot reload")
    stage.shot("bot reload")


@walk
def alone(stage: Stage) -> None:
    stage.alone.open()
    stage.alone.slash("read", story=GOOSE)
    stage.shot("direct message, first page", stage.alone)
    stage.alone.slash("author submit", file=stage.folder.parent / "ferry.txt")
    stage.shot("direct message, submit", stage.alone)
