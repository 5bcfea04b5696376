"""Discord's limits: what is sent stays within them, whatever the story holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from functools import cache
from itertools import product
from typing import get_args

import discord
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.questions import (
    ANSWER_CHARS,
    MOST_ANSWERS,
    QUESTION_CHARS,
    read_answers,
)
from bot.domain.reactions import Emoji, Reaction
from bot.domain.reviews import Review, ReviewDigest, ReviewScope, ReviewState, Viewer
from bot.domain.schedules import SERIALS_AT_MOST, Plan, RunLease, Schedule, Serial
from bot.domain.stories import StoryFilter, read_names
from bot.domain.uploads import Draft, Upload, details_of
from bot.errors import ReaderError
from bot.stories.excerpts import EXCERPT_CHARS, Excerpt, Hit, Hits
from bot.stories.facts import Facts
from bot.stories.instalments import Instalment
from bot.stories.model import Chapter, ChapterName, ChapterSummary, OpenPage, Page, Span, Spot, Story, StorySummary
from bot.stories.pages import cut
from bot.ui import limits
from bot.ui.chapters import CHAPTERS_IN_FORM
from bot.ui.ids import AskJump, DetailRow, ReviewAction, ShowNotes, ShowWholeReview, Unfolded
from bot.ui.limits import clip, embed_size, size
from bot.ui.markdown import escape
from bot.ui.notes import note_embed, note_text, whole_note
from bot.ui.pages import Info, PageEnd, Unfolding, Visit, jump_modal, more_screen, page_screen, shared_page_screen
from bot.ui.questions import (
    ask_modal,
    change_modal,
    closed_lines,
    manage_panel,
    post_modal,
    posted_screen,
    question_panel,
    receipt,
    rejected_question_screen,
    reply_modal,
    waiting_screen,
)
from bot.ui.reviews import (
    REVIEWS_IN_DIGEST,
    ReviewList,
    confirm_screen,
    digest_screen,
    review_list_screen,
    review_receipt,
    whole_review_screen,
)
from bot.ui.reviews import ROWS as REVIEWS_A_PAGE
from bot.ui.schedules import ListedSerial, end_screen, instalment_screens, serial_choice, serials_screen, started_screen
from bot.ui.search import HITS_A_PAGE, ROW_EXCERPT, STORIES_NAMED, search_screen
from bot.ui.stories import NAME_CHARS, NAMES_SHOWN, filter_words, filters_screen, names_modal
from bot.ui.uploads import FIELDS, details_modal, details_panel, draft_screen
from tests.markdown_reference import reading
from tests.ui.longest import ASKED, BIG, PLACE, REPLY, card_with_all, opens, texts
from tests.votes import question_with


@given(texts, st.integers(1, 300))
def test_a_clipped_text_fits_and_is_the_beginning_of_the_whole(text: str, limit: int) -> None:
    clipped = clip(text, limit)
    assert size(clipped) <= limit
    assert clipped == text or (clipped.endswith("…") and text.startswith(clipped[:-1]))


@given(texts, st.integers(2, 300))
def test_a_clip_never_parts_a_grapheme(text: str, limit: int) -> None:
    kept = clip(text, limit).removesuffix("…")
    ends = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    assert len(kept) in ends or kept == text or text[len(kept) :].lstrip(" ,;:–—-") != text[len(kept) :]


@given(texts, st.integers(2, 300))
def test_a_clip_never_parts_an_escape_from_its_character(text: str, limit: int) -> None:
    clipped = clip(text, limit, escape).removesuffix("…")
    backslashes = len(clipped) - len(clipped.rstrip("\\"))
    assert backslashes % 2 == 0


def test_a_clip_ends_between_words_where_a_space_is_near() -> None:
    assert clip("The quick brown fox jumps", 18) == "The quick brown…"
    assert clip("short", 18) == "short"
    assert clip("   and more words than fit", 3) == "…"
    assert clip("🦊🦊🦊", 5) == "🦊🦊…"


def test_characters_are_counted_as_utf_16_counts_them() -> None:
    for text in ("plain", "é", "🦊", "👩‍👩‍👧‍👦", "物語", "𝔣𝔬𝔵"):
        assert size(text) == len(text) + sum(character > "\uffff" for character in text)


def test_every_text_of_an_embed_counts() -> None:
    embed = discord.Embed(title="a" * 3, description="b" * 5)
    embed.set_footer(text="c" * 7)
    embed.set_author(name="d" * 11)
    embed.add_field(name="e" * 13, value="f" * 17)
    assert embed_size([embed, embed]) == 2 * (3 + 5 + 7 + 11 + 13 + 17)


def assert_within_limits(embeds: list[discord.Embed], view: discord.ui.View) -> None:
    """All that Discord checks of a message with embeds and components."""
    assert 1 <= len(embeds) <= 10
    assert embed_size(embeds) <= limits.EMBEDS_TOTAL
    for embed in embeds:
        assert size(embed.title or "") <= limits.EMBED_TITLE
        assert size(embed.description or "") <= limits.EMBED_DESCRIPTION
        assert size(embed.author.name or "") <= limits.EMBED_AUTHOR
        assert size(embed.footer.text or "") <= limits.EMBED_FOOTER
        assert len(embed.fields) <= 25
        for field in embed.fields:
            assert 1 <= size(field.name or "") <= limits.EMBED_FIELD_NAME
            assert 1 <= size(field.value or "") <= limits.EMBED_FIELD_VALUE
    assert len(view.to_components()) <= 5
    for row in view.to_components():
        assert sum(5 if part["type"] == 3 else 1 for part in row["components"]) <= 5
    ids: list[str] = []
    for item in view.children:
        if isinstance(item, discord.ui.Button):
            assert item.emoji or item.label
            assert size(item.label or "") <= limits.BUTTON_LABEL
            ids.append(str(item.custom_id))
        elif isinstance(item, discord.ui.Select):
            ids.append(item.custom_id)
            assert 1 <= len(item.options) <= limits.SELECT_OPTIONS
            for option in item.options:
                assert 1 <= size(option.label) <= limits.OPTION_LABEL and 1 <= size(option.value) <= 100
                assert size(option.description or "") <= limits.OPTION_DESCRIPTION
    assert all(1 <= len(custom_id) <= limits.CUSTOM_ID for custom_id in ids)
    assert len(set(ids)) == len(ids)


@given(
    opens,
    st.booleans(),
    st.lists(texts.filter(str.strip), max_size=CHAPTERS_IN_FORM),
    st.sampled_from([None, *get_args(Unfolded)]),
    st.lists(texts, max_size=4),
)
def test_a_page_of_any_story_stays_within_discord_s_limits(
    page: OpenPage, peek: bool, titles: list[str], part: Unfolded | None, facts: list[str]
) -> None:
    contents = [ChapterSummary(n, n, ChapterName(title, n), BIG, BIG) for n, title in enumerate(titles, start=1)] or [
        page.chapter
    ]
    reactions = [Reaction(Emoji(str(BIG + n), "e" * 32, True, usable=n % 2 == 0), 10**9) for n in range(60)]
    card = card_with_all(ASKED, ASKED, reactions, story=page.story, words=" ".join(facts) or "x")
    screen = page_screen(
        page,
        peek=peek,
        visit=Visit(PLACE.spot, BIG),
        facts=Facts("explicit", tuple(facts), tuple(facts)),
        end=PageEnd(reactions, ASKED, may_review=True) if page.is_last else None,
        unfolding=Unfolding(part, Info(card, may_share=True) if part == "info" else None) if part else None,
    )
    assert screen.view is not None
    assert_within_limits(list(screen.embeds), screen.view)
    form = jump_modal(AskJump(peek, BIG, BIG), page, contents).to_dict()
    assert size(form["title"]) <= 45 and all(size(each["label"]) <= 45 for each in form["components"])
    beside = more_screen(page)
    assert beside.view is not None
    assert_within_limits(list(beside.embeds), beside.view)
    shared = shared_page_screen(page, page.story.title, may_spoil=peek)
    assert shared.view is not None
    assert_within_limits(list(shared.embeds), shared.view)


@given(st.lists(texts, min_size=1, max_size=4).filter(lambda notes: any(note.strip() for note in notes)))
def test_notes_fit_beside_a_page_and_every_part_of_a_long_one_by_itself(notes: list[str]) -> None:
    assert size(note_embed(notes).description or "") <= 800
    for part in range(10):
        screen = whole_note(notes, ShowNotes("before", BIG, 10**9, part, turn=False))
        assert size(screen.embeds[0].description or "") <= limits.EMBED_DESCRIPTION
    assert size(note_text(notes)) <= sum(map(size, notes)) + 2 * len(notes)


@pytest.mark.parametrize(
    ("before", "words", "percent"), [(0, 10, 0), (90, 9, 90), (95, 5, 95), (100, 0, 99), (0, 0, 0)]
)
def test_the_percentage_is_what_is_behind_the_reader(before: int, words: int, percent: int) -> None:
    spot = Spot(1, 0)
    page = OpenPage(
        StorySummary(1, "T", None, 100, 3, 1),
        ChapterSummary(1, 1, ChapterName(number=1), 100, 3),
        "text",
        spot,
        2,
        before,
        words,
        (),
        (),
        spot,
        spot,
        spot,
        spot,
    )
    assert page.percent == percent


LONG = st.sampled_from(["*" * 9000, "👩‍👩‍👧" * 3000, "a b " * 4000, "a\n\n" * 3000, "x"])


@given(st.data())
def test_an_upload_and_its_panel_stay_within_discord_s_limits(data: st.DataObject) -> None:
    long = [data.draw(LONG) for _ in range(8)]
    title, author, summary, note, label, value, chapter, prose = long
    spans = (Span(0, min(2000, len(prose)), "bold"),)
    told = Chapter(ChapterName(chapter, BIG), prose, (), (), (), BIG, {"phone": [0]}, spans)
    metadata = {f"{label}{n}": value for n in range(40)} | dict.fromkeys(("rating", "status", "warnings"), value)
    story = Story(title, author, summary, metadata, (note,) * 3, (note,) * 3, None, (told,) * 60)
    details = {name: value for row in FIELDS.values() for name in row}
    replaces = data.draw(st.sampled_from([None, BIG]))
    draft = Draft(BIG, BIG, BIG, Upload(title, b"", details), details_of(story), "publish", replaces)
    twin = data.draw(st.sampled_from([None, StorySummary(BIG, title or "x", author, 1, 1, 1)]))
    for screen in (draft_screen(draft, story, [note] * 20, twin), details_panel(draft)):
        assert screen.view is not None
        assert_within_limits(list(screen.embeds), screen.view)
    for row in FIELDS:
        modal = details_modal(draft, row).to_dict()
        assert 1 <= len(modal["components"]) <= 5 and size(modal["title"]) <= 45


answers_typed = st.lists(
    st.one_of(
        st.just("*" * ANSWER_CHARS),
        st.just("🦊" * (ANSWER_CHARS // 2)),
        texts.map(lambda text: clip(text, ANSWER_CHARS)),
    ),
    min_size=2,
    max_size=MOST_ANSWERS,
)


@given(texts.map(lambda text: clip(text, QUESTION_CHARS) or "?"), texts.filter(str.strip), answers_typed, st.data())
def test_a_question_stays_within_discord_s_limits(
    text: str, title: str, answers: list[str], data: st.DataObject
) -> None:
    counts = tuple(data.draw(st.integers(0, 10**9)) for _ in answers)
    closed = data.draw(st.sampled_from([None, BIG]))
    question = question_with(
        counts, number=BIG, text=text, answers=tuple(answers), closed_at=closed, reply=replace(REPLY, choice=None)
    )
    story = StorySummary(BIG, title, None, BIG, 1, 1)
    screens = [
        posted_screen(story, question),
        receipt(story, question, len(answers), again=True, follows=False),
        question_panel(story, question, 1, "keeper", follows=False),
        manage_panel(story, question, "author", may_ask=True, may_post=True),
        waiting_screen(story, question),
        rejected_question_screen(BIG, text, "\n".join(answers), "`" * 80),
    ]
    for screen in screens:
        assert screen.view is not None
        assert_within_limits(list(screen.embeds), screen.view)
    on_card = closed_lines([(question, False), (question, True), (question, True)])
    assert 0 < size(on_card) <= limits.EMBED_FIELD_VALUE
    modals = (
        ask_modal(BIG, may_post=True, text=text, answers="\n".join(answers)),
        change_modal(question),
        reply_modal(question),
        post_modal(BIG),
    )
    for box in (label["component"] for modal in modals for label in modal.to_dict()["components"]):
        assert box["type"] != 4 or size(box.get("value") or "") <= box["max_length"] <= limits.INPUT_VALUE


@given(st.lists(texts, max_size=8))
def test_answers_are_read_as_they_were_typed_or_refused_with_a_reason(typed: list[str]) -> None:
    try:
        found = read_answers("\n".join(typed))
    except ReaderError as why:
        assert why.message in ("question-answers-number", "question-answer-long", "question-answer-twice")
    else:
        assert 2 <= len(found) <= MOST_ANSWERS and all(0 < len(answer) <= ANSWER_CHARS for answer in found)


@pytest.mark.parametrize("row", FIELDS)
def test_each_row_of_the_panel_asks_for_what_a_modal_takes(row: DetailRow) -> None:
    draft = Draft(1, 1, 1, Upload("", b""), {})
    labels = [field["label"] for field in details_modal(draft, row).to_dict()["components"]]
    assert 1 <= len(labels) <= 5 and all(size(label) <= limits.INPUT_LABEL for label in labels)
    assert all(2 <= len(detail.options) + 1 <= 25 for detail in FIELDS[row].values() if detail.options)
    assert all(detail.limit <= limits.INPUT_VALUE for detail in FIELDS[row].values())


# -- a serial -------------------------------------------------------------------------------------

PLAN = Plan(BIG, "serial", BIG, BIG, BIG, Schedule(frozenset(range(7)), time(18), "Europe/Berlin"), "running", BIG, BIG)
LEASE = RunLease(BIG, "serial", 10**6, BIG, BIG, BIG, 0)


@cache
def pages_of(prose: str) -> tuple[Page, ...]:
    return cut(prose)


@given(st.data())
def test_the_messages_of_a_serial_stay_within_discord_s_limits(data: st.DataObject) -> None:
    title, author, chapter, before, after = [data.draw(LONG) for _ in range(5)]
    short_lines = "a line of it\n\n" * 40, "a\n\n" * 3000
    prose = data.draw(st.sampled_from(["*" * 9000, "👩‍👩‍👧" * 3000, "a b " * 4000, *short_lines, "x"]))
    pages, story = pages_of(prose), StorySummary(BIG, title, author, BIG, BIG, 400)
    summary, following = ChapterSummary(BIG, 400, ChapterName(chapter, 10**6), BIG, BIG), Spot(BIG, BIG)
    posted = Instalment(
        story, summary, pages, 10**6, 10**6, following, "",
        *data.draw(st.tuples(*(st.sampled_from([(), (note,), (note,) * 3]) for note in (before, after)))),
    )  # fmt: skip
    serial = Serial(PLAN, BIG, "chapter", True, BIG, BIG, following)
    listed = ListedSerial(serial, story, (10**6, 10**6))
    reactions = [Reaction(Emoji(str(BIG + n), "e" * 32, True, usable=n % 2 == 0), 10**9) for n in range(60)]
    for whole, tells in product((False, True), repeat=2):
        for screen in instalment_screens(posted, LEASE, whole=whole, tells=tells):
            assert screen.view is not None
            assert_within_limits(list(screen.embeds), screen.view)
    end = end_screen(story, ShowNotes("before", BIG, 0, 0, turn=False), question=ASKED, reactions=reactions)
    assert end.view is not None
    assert_within_limits(list(end.embeds), end.view)
    for screen in (serials_screen([listed] * SERIALS_AT_MOST), started_screen(listed)):
        assert_within_limits(list(screen.embeds), discord.ui.View())
    assert size(serial_choice(serial, story)) <= limits.CHOICE_NAME


# -- what a search finds, and the filters of a list ---------------------------------------------------


@given(st.data())
def test_what_a_search_finds_stays_within_discord_s_limits(data: st.DataObject) -> None:
    title, author, chapter, typed = [data.draw(LONG) for _ in range(4)]
    text = data.draw(texts.filter(str.strip))
    story = StorySummary(BIG, title, data.draw(st.sampled_from([None, author])), BIG, BIG, 400)
    name = ChapterSummary(BIG, 400, ChapterName(chapter, 10**6), BIG, BIG)
    excerpt = Excerpt(text[: 2 * EXCERPT_CHARS], tuple(Span(n, n + 2, "bold") for n in range(0, 200, 5)), 0)
    hits = tuple(Hit(story, name, Spot(BIG, n), 99, excerpt) for n in range(HITS_A_PAGE))
    found = Hits(hits, 10**6, 10**7, 10**9, is_all=False)
    spoilers = {hit.spot for hit in hits} if data.draw(st.booleans()) else set[Spot]()
    named = [replace(story, id=n) for n in range(STORIES_NAMED)]
    screen = search_screen(typed, named, found, BIG, spoilers)
    assert screen.view is not None
    assert_within_limits(list(screen.embeds), screen.view)
    rows = str(screen.embeds[0].description).split("\n> ")[1:]
    assert len(rows) == HITS_A_PAGE and all(size(row.split("\n\n")[0]) <= ROW_EXCERPT + 4 for row in rows)


@given(st.lists(st.one_of(texts.filter(str.strip), st.just("🎏*" * 150)), min_size=1, max_size=10))
def test_filters_of_any_names_stay_within_discord_s_limits_and_show_the_first_as_they_are(names: list[str]) -> None:
    typed = read_names(",".join(names))
    filters = StoryFilter(typed, typed, typed, typed, typed, "one-shot", 10**6, "complete", "explicit", typed)
    screen = filters_screen(filters, BIG, "10 stories fit", names)
    assert screen.view is not None
    assert_within_limits(list(screen.embeds), screen.view)
    shown = filter_words(StoryFilter(tags=typed))
    assert all(f"**{clip(name, NAME_CHARS, escape)}**" in shown for name in typed[:NAMES_SHOWN])
    assert size(shown) <= NAMES_SHOWN * (NAME_CHARS + 4) + 60
    for box in (label["component"] for label in names_modal(filters, BIG).to_dict()["components"]):
        assert size(box.get("value") or "") <= box["max_length"] <= limits.INPUT_VALUE


# -- reviews --------------------------------------------------------------------------------------------

STATES: tuple[ReviewState, ...] = get_args(ReviewState)
LISTS: tuple[tuple[int, ReviewScope], ...] = ((BIG, "mine"), (1, "story"), (1, "waiting"))
REVIEWS = ("*" * 4000, "👩‍👩‍👧" * 500, "a b " * 1000, "a\n\n" * 1300, "x" * 10, "[](_)~`|<>@#\\" * 300)
reviews = st.sampled_from(REVIEWS)


def review(number: int, text: str, state: ReviewState, story: StorySummary | None, title: str) -> Review:
    return Review(
        BIG + number, BIG, title[:40], BIG, BIG + number, story, BIG,
        ChapterSummary(BIG, 10**6, ChapterName(title, 10**6), BIG, BIG), text, state, BIG, BIG, 10**6, True, (1, 1),
    )  # fmt: skip


@given(
    st.lists(st.tuples(reviews, st.booleans(), st.sampled_from(STATES)), max_size=REVIEWS_IN_DIGEST),
    reviews,
    st.booleans(),
)
def test_reviews_of_any_words_stay_within_discord_s_limits(
    said: list[tuple[str, bool, ReviewState]], title: str, manages: bool
) -> None:
    story = StorySummary(BIG, title, title, BIG, BIG, 400)
    there = [review(n, text, state, story if is_seen else None, title) for n, (text, is_seen, state) in enumerate(said)]
    for reader, which in LISTS:
        listing = ReviewList(
            which,
            story if which == "story" else None,
            Viewer(reader, BIG, moderates=manages),
            there[:REVIEWS_A_PAGE],
            BIG,
            BIG,
            "a" * 300,
            may_write=True,
            spoilers={BIG + 1},
            waiting=BIG,
            reasons={BIG + n: ["*" * 300] * 20 for n in range(5)},
        )
        screen = review_list_screen(listing)
        assert screen.view is not None
        assert_within_limits(list(screen.embeds), screen.view)
    for each in there:
        for part in (0, 1, 9):
            whole = whole_review_screen(each, part, is_own=False, is_spoiler=True)
            assert size(whole.embeds[-1].description or "") <= limits.EMBED_DESCRIPTION
        press = ReviewAction("ask", BIG, "story", BIG, BIG)
        for screen in (review_receipt(each, is_change=True), confirm_screen(each, press)):
            assert screen.view is not None
            assert_within_limits(list(screen.embeds), screen.view)
    if there:
        screen = digest_screen(ReviewDigest(tuple(there), 10**6))
        assert screen.view is not None
        assert_within_limits(list(screen.embeds), screen.view)


@pytest.mark.parametrize("is_spoiler", [False, True])
@pytest.mark.parametrize("text", [*REVIEWS, "🦊" * 2000, "word " * 800, "a\n" * 1990, f".{'*' * 3999}"])
def test_the_parts_of_a_review_are_all_of_it_as_it_was_written(text: str, is_spoiler: bool) -> None:
    written, parts = review(1, text, "shown", StorySummary(BIG, "T", None, 9, 9, 1), "T"), list[str]()
    while True:
        screen = whole_review_screen(written, len(parts), is_own=False, is_spoiler=is_spoiler)
        shown = str(screen.embeds[-1].description)
        assert size(shown) <= limits.EMBED_DESCRIPTION
        parts.append(reading(shown.removeprefix("||").removesuffix("||") if is_spoiler else shown))
        on = ShowWholeReview(written.id, len(parts), turn=True)
        if not any(getattr(item, "custom_id", None) == str(on) for group in screen.groups or () for item in group):
            break
    assert "".join("".join(parts).split()) == "".join(text.split())
