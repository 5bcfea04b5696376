"""Stories: the card of a story, lines of facts, and the library as a list with filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, get_args

import discord
from discord import ui

from bot.domain.author_stats import Heat
from bot.domain.me import ReadingList
from bot.domain.questions import Question
from bot.domain.reactions import Emoji, Reaction
from bot.domain.stories import OFFERED_MINUTES, SORTS, Filter, Sort, StoryFilter, StoryPage, count_pages
from bot.stories.facts import facts_of
from bot.stories.languages import language_name
from bot.stories.lengths import LENGTHS, minutes
from bot.stories.metadata import MetadataField, value_of
from bot.stories.model import ChapterSummary, StoryBlurb, StoryCard, StorySummary
from bot.stories.ratings import Rating
from bot.stories.status import Status
from bot.texts import current_language, listed, say
from bot.ui.bars import bar, heat_text
from bot.ui.chapters import list_name
from bot.ui.components import Button, Style, button, modal, option, page_buttons, select, text_field
from bot.ui.ids import (
    AnotherStory,
    AskNames,
    Download,
    NamesModal,
    PickedFilter,
    PickFilter,
    PickStory,
    RandomQuote,
    ReadStory,
    ShareCard,
    ShowFilters,
    ShowFollow,
    ShowReadingLists,
    ShowReviews,
    ShowTop,
    ShowVote,
    SortStoryList,
    StoryListPage,
    SurpriseMe,
    ToggleLater,
    UnfoldCard,
)
from bot.ui.limits import CHOICE_NAME, EMBED_FIELD_VALUE, OPTION_LABEL, SELECT_OPTIONS, clip, size
from bot.ui.markdown import escape
from bot.ui.notes import note_text
from bot.ui.questions import closed_lines, own_vote, question_summary, question_text, question_words
from bot.ui.quotes import quotation
from bot.ui.reactions import emoji_buttons, other_reactions, tally_line
from bot.ui.screen import ACCENT, Group, Item, Screen, story_embed

SUMMARY_CHARS = 900
OPENING_CHARS = 200
NOTE_CHARS = 62
REPLY_CHARS = 200
DETAIL_CHARS = 160
CHAPTERS_SHOWN = 8

DETAILS: tuple[MetadataField, ...] = (
    "relationships", "characters", "tags", "genres", "series", "published", "updated", "completed",
)  # fmt: skip
"""Details that *More* shows, in this order."""

DATES: tuple[MetadataField, ...] = ("published", "updated", "completed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All facts that a story's card shows. `bot.services.stories` fills it."""

    story: StoryCard
    contents: Sequence[ChapterSummary]
    question: Question | None
    own: int | None
    """Number of the reader's answer to the question; None without an answer, and on a public card."""
    closed: Sequence[tuple[Question, bool]]
    """Latest closed questions of the story, each with whether it is hidden as a spoiler."""
    reviews: int
    """Number of visible reviews in this server."""
    reactions: Sequence[Reaction]
    offered: Sequence[Emoji]
    heat: Heat | None
    reader_language: str
    """Language that the reader reads, such as ``en-US``."""
    holding: ReadingList | None
    """Reader's list that has the story; None if no list has it, and on a public card."""
    by_chance: int | None
    """Id of the saved filters by which the story was drawn at random; None for a chosen story."""
    more: bool
    """Whether *More* is unfolded."""


def card_screen(card: Card) -> Screen:
    """Return a story's card with its buttons."""
    entry = card.story.entry
    later = Style.success if card.holding == "later" else Style.secondary
    first = [
        button(ReadStory(entry.id), say("card-read"), style=Style.primary),
        button(ToggleLater(entry.id, card.more), say("card-later"), style=later),
        button(ShowFollow(entry.id), say("card-follow")),
        button(UnfoldCard(entry.id, not card.more), say("card-more")),
    ]
    another = [button(AnotherStory(card.by_chance), say("card-another"))] if card.by_chance is not None else []
    return Screen([card_embed(card)], [*(_more_groups(card, another) if card.more else [another]), first], entry)


def card_embed(card: Card) -> discord.Embed:
    """Return what a story is about: its summary and facts, and with *More* its details."""
    embed = story_embed(card.story.entry, _description(card), byline=True)
    if card.more:
        for name, value in _fields(card):
            embed.add_field(name=name, value=value, inline=False)
    return embed


def _description(card: Card) -> str:
    """Return the summary and the facts; with *More*, the details, too."""
    story, question = card.story, None if card.more else card.question  # a field of More has the whole question
    words = clip(story.summary, SUMMARY_CHARS, escape) if story.summary else ""
    if not words and story.opening:
        words = quotation(story.opening, OPENING_CHARS)
    said = [tally_line(card.reactions, 500), _question_line(question) if question is not None else ""]
    facts = "\n".join(filter(None, _fact_lines(story, card.reader_language)))
    details = _details(story.metadata) if card.more else ""
    return "\n\n".join(filter(None, [words, facts, details, "\n".join(filter(None, said))]))


def _fact_lines(card: StoryCard, reader_language: str) -> list[str]:
    """Return a line with rating, fandoms, language, length and status, and a line with warnings; each may be empty."""
    entry, facts = card.entry, facts_of(card.metadata, card.rating)
    length = [say("chapter-words", words=entry.words), length_text(entry.words)]
    if entry.chapters > 1:
        length.append(say("card-chapters", chapters=entry.chapters))
    status = value_words("status", card.status) if card.status and card.status != "one-shot" else ""
    rating = rating_text(card.rating)
    first = subtext(rating, fandoms_text(facts.fandoms), language_text(card.language, reader_language), *length, status)
    warnings = clip(", ".join(facts.warnings), 300, escape)
    return [first, subtext(say("fact-warnings", warnings=warnings)) if warnings else ""]


def _question_line(question: Question) -> str:
    if not question.is_default:
        return question_words(question)
    if question.reply is not None or not question.is_open:
        return question_text(question, line=REPLY_CHARS).split("\n")[0]
    if not question.voters or question.counts is None:
        return question_summary(question) if question.voters else ""
    return f"{bar(question.counts.overall[0], question.counts.all)}  {question_summary(question)}"


def _fields(card: Card) -> list[tuple[str, str]]:
    """Return the names and values of the fields that *More* adds."""
    story, question = card.story, card.question
    notes = [(say("note"), story.notes_before), (say("note-at-end"), story.notes_after)]
    found = [
        (say("chapters"), _chapters(card) if story.entry.chapters > 1 else ""),
        *((name, clip(note_text(note), NOTE_CHARS, escape)) for name, note in notes if note),
        (question_words(question), _question_field(question, card.own)) if question is not None else ("", ""),
        (say("questions-closed"), closed_lines(card.closed)),
        (say("page-also-given"), tally_line(other_reactions(card.reactions, card.offered), 500)),
        (say("heat"), heat_text(story.entry, card.heat) if card.heat is not None else ""),
    ]
    return [(name, value) for name, value in found if value]


def _question_field(question: Question, own: int | None) -> str:
    """Return the text of a question; empty for a default question with no answers and unchanged rules."""
    text = question_text(question, own)
    if text == say("vote-none"):
        return ""
    return "\n".join(filter(None, [text, own_vote(question, own) if question.is_default else ""]))


def _details(metadata: Mapping[str, str]) -> str:
    rows: list[str] = []
    for field in DETAILS:
        if value := value_of(metadata, field):
            shown = _date(value) if field in DATES else clip(value, DETAIL_CHARS, escape)
            rows.append(say(f"card-detail-{field}", value=shown))
    return clip("\n".join(rows), EMBED_FIELD_VALUE)


def _date(value: str) -> str:
    """Return an ISO date as a Discord timestamp, in each reader's own format; other text unchanged."""
    try:
        day = datetime.fromisoformat(value.strip())
    except ValueError:
        return clip(value, DETAIL_CHARS, escape)
    return f"<t:{int((day if day.tzinfo else day.replace(tzinfo=UTC)).timestamp())}:D>"


def _more_groups(card: Card, another: Group) -> list[Group]:
    """Return the buttons that *More* adds."""
    entry, kept = card.story.entry, list[Item]()
    said = [button(RandomQuote(entry.id), say("card-quote"))] if entry.wishes.quote else []
    kept.append(button(ShowReadingLists(entry.id), say("card-lists")))
    if entry.may_share:
        kept.append(button(ShareCard(entry.id), say("card-share")))
    emoji = emoji_buttons(entry.id, "card", None, card.offered)
    return [[*kept, *another], download_buttons(entry), [*said, *said_buttons(card)], emoji]


def said_buttons(card: Card) -> list[Button]:
    """Return the buttons to what readers say of a story: its question and its reviews."""
    entry, found = card.story.entry, list[Button]()
    if card.question is not None or card.closed:
        found.append(button(ShowVote(entry.id), say("card-vote")))
    if entry.wishes.review:
        found.append(button(ShowReviews(entry.id), say("reviews-button", count=card.reviews)))
    return found


def download_buttons(entry: StorySummary) -> list[Button]:
    """Return the buttons to download a story, if its author lets it be."""
    if not entry.wishes.download:
        return []
    return [
        button(Download(entry.id, "epub"), say("card-epub")),
        button(Download(entry.id, "text"), say("card-text")),
    ]


def _chapters(card: Card) -> str:
    names = [clip(list_name(chapter.name), 70, escape) for chapter in card.contents[:CHAPTERS_SHOWN]]
    more = card.story.entry.chapters - len(names)
    return " · ".join([*names, *([say("and-more", count=more)] if more > 0 else [])])


ValueFilter = Literal["length", "status", "rating"]
VALUES_OF: dict[ValueFilter, tuple[str, ...]] = {
    "length": LENGTHS,
    "status": get_args(Status),
    "rating": get_args(Rating),
}
"""Values of each filter that has a fixed set of values."""

ANY_VALUE = "-"
"""Value of the option that sets no filter."""

NAME_CHARS = 60
NAMES_SHOWN = 3
"""Maximum length of a name, in characters, and maximum number of names of one filter, in `filter_words`."""

NAMES_CHARS = 2000
"""Maximum length of a field in the modal for typed filters, in characters."""

TYPED_FILTERS: tuple[Filter, ...] = ("tags", "fandoms", "characters", "authors", "without")
"""Filters that are typed in a modal, which has at most five fields."""


def sort_words(sort: Sort) -> str:
    """Return the label of a sort order."""
    return say("filter-order", sort=say(f"filter-sort-{sort}"))


def value_words(kind: ValueFilter | Literal["wish"], value: str) -> str:
    """Return a value of a filter, or an author's wish, in words."""
    return say(f"value-{kind}-{_dashed(value)}")


def _labelled_value(kind: ValueFilter, value: str) -> str:
    """Return a value of a filter in words, with the filter's name."""
    return say(f"filter-value-{kind}", value=value_words(kind, value))


def _dashed(value: str) -> str:
    """Return *value* with hyphens in place of spaces, as in message ids."""
    return value.replace(" ", "-")


def filter_words(filters: StoryFilter) -> str:
    """Return the active filters in words; empty if there are none."""
    words = [
        *(_names(name, getattr(filters, name)) for name in ("tags", "fandoms", "characters", "authors", "languages")),
        _labelled_value("length", filters.length) if filters.length else "",
        say("filter-within-minutes", minutes=filters.minutes) if filters.minutes else "",
        _labelled_value("status", filters.status) if filters.status else "",
        _labelled_value("rating", filters.rating) if filters.rating else "",
        _names("without", filters.without),
    ]
    return " · ".join(filter(None, words))


def _names(what: Filter, names: Sequence[str]) -> str:
    if not names:
        return ""
    bold = [f"**{clip(name, NAME_CHARS, escape)}**" for name in names[:NAMES_SHOWN]]
    more = [say("filter-more-names", count=len(names) - NAMES_SHOWN)] if len(names) > NAMES_SHOWN else []
    is_either = what in ("languages", "without")
    return say(f"filter-on-{what}", names=listed([*bold, *more], "or" if is_either else "standard"))


def suggestion_text(looser: Mapping[Filter, int]) -> str:
    """Return suggestions of filters to remove if no story matches, with the number of matches for each."""
    if not looser:
        return say("filter-looser-none")
    gives = [say("filter-looser-gives", loosened=say(f"filter-any-{name}"), count=looser[name]) for name in looser]
    return "\n".join([say("filter-looser"), *(f"- {each}" for each in gives)])


def filters_screen(filters: StoryFilter, query_id: int, fitting: str, languages: Sequence[str]) -> Screen:
    """Return the panel of filters. *fitting* is the text with the number of matches; *languages* are offered."""
    words = filter_words(filters)
    embed = discord.Embed(title=say("filter-title"), colour=ACCENT)
    embed.description = words if words else say("filter-none")
    embed.set_footer(text=fitting)
    language = filters.languages[0] if filters.languages else None
    selects = [
        [_select("length", query_id, _lengths(filters), str(filters.minutes or filters.length or ""))],
        [_select("status", query_id, _values("status"), filters.status)],
        [_select("rating", query_id, _values("rating"), filters.rating)],
        [_select("languages", query_id, _languages(filters, languages), language)],
    ]
    items = [
        button(StoryListPage("show", query_id, 0), say("filter-show"), style=Style.primary),
        button(AskNames(query_id), say("filter-ask-names")),
    ]
    if filters.on():
        items.append(button(StoryListPage("clear", 0, 0), say("filter-clear")))
    return Screen([embed], [*selects, items])


def _values(kind: ValueFilter) -> dict[str, str]:
    return {value: _labelled_value(kind, value) for value in VALUES_OF[kind]}


def _lengths(filters: StoryFilter) -> dict[str, str]:
    """Return the options for length, in words and in minutes, including the chosen one."""
    offered = sorted({*OFFERED_MINUTES, *filter(None, [filters.minutes])})
    return _values("length") | {str(most): say("filter-within-minutes", minutes=most) for most in offered}


def _languages(filters: StoryFilter, offered: Sequence[str]) -> dict[str, str]:
    """Return the languages that fit into a select, the chosen one first. Names too long for an option are left out."""
    names = dict.fromkeys([*filters.languages[:1], *offered])
    fitting = [name for name in names if clip(name, OPTION_LABEL) == name][: SELECT_OPTIONS - 1]
    return {name: say("filter-on-languages", names=name) for name in fitting}


def _select(name: PickedFilter, query_id: int, options: Mapping[str, str], picked: str | None) -> ui.Select[ui.View]:
    values = [
        option(say(f"filter-any-{name}"), ANY_VALUE, default=not picked),
        *(option(label, value, default=value == picked) for value, label in options.items()),
    ]
    return select(PickFilter(name, query_id), values)


def names_modal(filters: StoryFilter, query_id: int) -> ui.Modal:
    """Return the modal for the typed filters, prefilled with their current values."""
    fields: list[ui.Label[ui.Modal]] = []
    for name in TYPED_FILTERS:
        hint = say("filter-names-without" if name == "without" else "filter-names-parted")
        now = ", ".join(getattr(filters, name))[:NAMES_CHARS]
        fields.append(text_field(name, say(f"filter-field-{name}"), NAMES_CHARS, hint=hint, default=now))
    return modal(NamesModal(query_id), say("filter-names"), fields)


FANDOMS, FANDOM_CHARS = 2, 40
"""Maximum number of fandoms that `fandoms_text` names, and maximum length of each, in characters."""

DOT = " \N{MIDDLE DOT} "


def rating_text(rating: str | None) -> str:
    """Return a rating in words; empty if there is none."""
    return value_words("rating", rating) if rating else ""


def fandoms_text(fandoms: Sequence[str]) -> str:
    """Return the names of the first `FANDOMS` fandoms of a story."""
    return ", ".join(clip(name, FANDOM_CHARS, escape) for name in fandoms[:FANDOMS])


def language_text(language: str | None, reader_language: str) -> str:
    """Return a story's language if it differs from *reader_language*, such as ``en-US``; else an empty text."""
    if not language or language_name(language) == language_name(reader_language):
        return ""
    return say("fact-language", name=clip(language_name(language), FANDOM_CHARS, escape))


def length_text(words: int) -> str:
    """Return the reading time of *words* words."""
    return say("chapter-minutes", minutes=minutes(words))


def subtext(*facts: str) -> str:
    """Return the non-empty facts in one line of subtext; empty if there are none."""
    return f"-# {DOT.join(filter(None, facts))}" if any(facts) else ""


STORIES_A_PAGE = 5
"""Number of stories on a page of the library: six do not fit a phone's screen."""

FACT_COLUMNS = 38
"""Columns of a line of small text on a phone."""

WORDS_CHARS = 62
"""Maximum length of a summary or an opening in a list, in characters: two lines on a phone."""


def library_screen(
    found: StoryPage,
    filters: StoryFilter,
    query_id: int,
    *,
    reader_language: str,
    more: bool = False,
) -> Screen:
    """Return a page of the library.

    *reader_language* is the reader's language, such as ``en-US``. *more* unfolds less common actions below the list.
    """
    embed = discord.Embed(colour=ACCENT)
    rows = [
        _story_row(current_language(), entry, blurb, reader_language)
        for entry, blurb in zip(found.entries, found.blurbs, strict=True)
    ]
    parts = [_heading(filters), *(rows or [_empty_text(found, filters)])]
    embed.description = "\n\n".join(filter(None, parts))
    if found.entries:
        embed.set_footer(text=_footer(found))
    return Screen([embed], _groups(found, filters, query_id, more=more))


def _footer(found: StoryPage) -> str:
    first, stories = found.page * STORIES_A_PAGE + 1, story_count_text(found)
    text = say("list-footer-all", stories=stories)
    if found.total > STORIES_A_PAGE:
        last = first + len(found.entries) - 1
        if first == last:
            text = say("list-footer-one", last=last, stories=stories)
        else:
            text = say("list-footer", first=first, last=last, stories=stories)
    return f"{text} · {say('list-muted', count=found.left_out)}" if found.left_out else text


def story_count_text(found: StoryPage) -> str:
    """Return the number of stories in a list, in words."""
    return say("list-stories" if found.is_all else "list-stories-first", count=found.total)


def _heading(filters: StoryFilter) -> str:
    words = [filter_words(filters), sort_words(filters.sort) if filters.sort != "title" else ""]
    return " · ".join(filter(None, words))


def _empty_text(found: StoryPage, filters: StoryFilter) -> str:
    if filters.on():
        muted = f"{say('list-left-out', count=found.left_out)}\n\n" if found.left_out else ""
        return f"{say('list-none-fits')}\n{muted}{suggestion_text(found.looser)}"
    if found.left_out:
        return say("list-left-out", count=found.left_out)
    return say("list-none-read" if filters.sort == "recent" else "list-empty")


@lru_cache(1024)  # everybody who opens a list sees the same stories
def _story_row(_language: str, entry: StorySummary, blurb: StoryBlurb, reader_language: str) -> str:
    """Return a story's lines in a list. *_language* is for the cache only, since `say` knows the current language."""
    by = f" {say('by', author=clip(entry.author, 60, escape))}" if entry.author else ""
    chapters = say("card-chapters", chapters=entry.chapters) if entry.chapters > 1 else ""
    status = value_words("status", blurb.status or "") if blurb.status not in (None, "one-shot", "complete") else ""
    loved = say("list-loved", emoji=blurb.loved[0], count=blurb.loved[1]) if blurb.loved else ""
    language = language_text(blurb.language, reader_language)
    facts = [rating_text(blurb.rating), chapters, length_text(entry.words), status, loved, language]
    line = _full_line([*facts, fandoms_text(blurb.fandoms)])
    return "\n".join(filter(None, [f"**{clip(entry.title, 100, escape)}**{by}", line, _excerpt(blurb)]))


def _full_line(facts: Sequence[str]) -> str:
    """Return as many *facts* as fit one line of small text on a phone, in their order."""
    shown: list[str] = []
    for fact in filter(None, facts):
        if size(DOT.join([*shown, fact])) <= FACT_COLUMNS:
            shown.append(fact)
    return subtext(*shown)


def _excerpt(blurb: StoryBlurb) -> str:
    if blurb.summary:
        return clip(blurb.summary, WORDS_CHARS, escape)
    return quotation(blurb.opening, WORDS_CHARS) if blurb.opening else ""


def _groups(found: StoryPage, filters: StoryFilter, query_id: int, *, more: bool) -> list[Group]:
    if filters.on() and not found.entries:
        return [[button(ShowFilters(query_id), say("list-filters"), style=Style.primary)]]
    pages, picking, ways = count_pages(found.total, STORIES_A_PAGE), list[Item](), list[Item]()
    if found.entries:
        options = [option(entry.title, entry.id, _author_text(entry)) for entry in found.entries]
        picking.append(select(PickStory(found.page), options, say("list-open")))
        if found.page == 0:
            ways.append(button(SurpriseMe(query_id), say("list-surprise")))
    ways += page_buttons(lambda way, to: StoryListPage(way, query_id, to), found.page, pages, style=Style.primary)
    if found.entries or filters.on() or query_id:
        unfold = StoryListPage("fold" if more else "more", query_id, found.page)
        ways.append(button(unfold, say("card-more"), style=Style.primary if more and pages <= 1 else Style.secondary))
    if not more:
        return [picking, ways]
    rarer = [button(ShowFilters(query_id), say("list-filters")), button(ShowTop(), say("list-top"))]
    sorts = [option(sort_words(sort), sort, default=sort == filters.sort) for sort in SORTS]
    return [picking, ways, rarer, [select(SortStoryList(query_id), sorts)]]


def _author_text(entry: StorySummary) -> str | None:
    return say("by", author=entry.author) if entry.author else None


def several_screen(stories: Sequence[tuple[int, str]]) -> Screen:
    """Return a select of stories with the same title, to open the card of one."""
    options = [option(title, story) for story, title in stories]
    return Screen([], [[select(PickStory(0), options, say("list-open"))]])


def near_screen(story: int) -> Screen:
    """Return a button to read the story that a misspelt name may mean."""
    return Screen([], [[button(ReadStory(story), say("card-read"), style=Style.primary)]])


def choice_name(entry: StorySummary) -> str:
    """Return the label of a story as an autocomplete choice: its title and author."""
    by = f" · {clip(entry.author, 30)}" if entry.author else ""
    return clip(entry.title, CHOICE_NAME - size(by)) + by


def name_choices(before: str, offered: Sequence[str]) -> list[str]:
    """Return autocomplete choices: each name after the names typed *before*. Choices that are too long are left out."""
    whole = [f"{before}, {name}" if before else name for name in offered]
    return [text for text in whole if size(text) <= CHOICE_NAME]
