"""The longest that screens show: any text, and the largest numbers."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from bot.domain.author_stats import PARTS, Heat
from bot.domain.places import Place
from bot.domain.questions import REPLY_CHARS, Finishers, Question, Reply, Rules
from bot.domain.reactions import Emoji, Reaction
from bot.stories.model import ChapterName, ChapterSummary, OpenPage, Spot, StoryCard, StorySummary
from bot.stories.pages import PAGE_CHARS
from bot.ui.reactions import OFFERED
from bot.ui.stories import Card
from tests.votes import question_with

BIG = 10**17

texts = st.one_of(
    st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=400),
    st.builds(
        lambda text, times: (text * times)[:5000].strip() or "x",
        st.sampled_from(["*", "_~|", "🦊", "👩‍👩‍👧‍👦", "word ", "x", "1. ", "e\u0301"]),
        st.integers(1, 3000),
    ),
)

opens = st.builds(
    lambda title, author, chapter, text, before, after, chapters, single, last: OpenPage(
        story=StorySummary(BIG, title, author, BIG, 1 if single else 10**6, chapters),
        chapter=ChapterSummary(BIG, chapters, ChapterName(chapter, chapters), BIG, 10**6),
        text=text[:PAGE_CHARS],
        spot=Spot(BIG, 10**9),
        number=10**6,
        words_before=BIG // 2,
        words=400,
        notes_before=tuple(before),
        notes_after=tuple(after),
        first=Spot(BIG, 0),
        previous=None if single else Spot(BIG, 10),
        following=None if last or single else Spot(BIG, 10**9 + 1),
        last=Spot(BIG, 10**9 + 2),
    ),
    texts.filter(str.strip),
    st.one_of(st.none(), texts.filter(str.strip)),
    st.one_of(st.none(), texts.filter(str.strip)),
    texts.filter(str.strip),
    st.lists(texts, max_size=3),
    st.lists(texts, max_size=3),
    st.integers(1, 400),
    st.booleans(),
    st.booleans(),
)
HUGE = (10**9, 10**9)
REPLY = Reply("*" * REPLY_CHARS, by_author=False, choice="leave")
ASKED = question_with(
    HUGE,
    rules=Rules(100, "two-thirds"),
    finishers=Finishers(10**9, 10**9, 10**9),
    closed_at=BIG,
    reply=REPLY,
    chapter=ChapterName(number=10**6),
)
PLACE = Place(BIG, Spot(BIG, 1), True, Spot(BIG, 10**9 + 7), True, BIG)


def card_with_all(
    question: Question,
    closed: Question,
    reactions: Sequence[Reaction] = (),
    *,
    story: StorySummary | None = None,
    words: str = "Ice.",
    offered: Sequence[Emoji] = OFFERED,
) -> Card:
    """A card with all that one can have; its summary, tags and notes are *words*."""
    summary = story or StorySummary(3, "T", "A", 900, 20, 4)
    return Card(
        story=StoryCard(summary, words, "de", "mature", "complete", {"tags": words}, (words,), (words,)),
        contents=[ChapterSummary(n, n, ChapterName("Ice", n), 9, 5) for n in range(1, 5)],
        question=question,
        own=1,
        closed=[(closed, True)],
        reviews=3,
        reactions=reactions,
        offered=offered,
        heat=Heat((1,) * PARTS, ChapterName("Ice", 1)),
        reader_language="en-GB",
        holding="later",
        by_chance=7,
        more=True,
    )
