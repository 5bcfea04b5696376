"""A story's card: what it is about, for whom, how long, and what readers say."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from bot.domain.heat import Heat
from bot.domain.questions import Question
from bot.domain.reactions import Emoji, Reaction
from bot.domain.reading_lists import ReadingList
from bot.stories.facts import facts_of
from bot.stories.metadata import MetadataField, value_of
from bot.stories.model import ChapterSummary, StoryCard
from bot.stories.wishes import Wishes
from bot.texts import say
from bot.ui.bars import bar
from bot.ui.chapters import list_name
from bot.ui.components import Style, button
from bot.ui.filters import value_words
from bot.ui.heat import heat_text
from bot.ui.ids.follows import ShowFollow
from bot.ui.ids.pages import ReadStory
from bot.ui.ids.questions import ShowVote
from bot.ui.ids.quotes import RandomQuote
from bot.ui.ids.reading_lists import ShowReadingLists, ToggleLater
from bot.ui.ids.reviews import ShowReviews
from bot.ui.ids.stories import Download, ShareCard, UnfoldCard
from bot.ui.ids.story_lists import AnotherStory
from bot.ui.limits import EMBED_FIELD_VALUE, clip
from bot.ui.markdown import escape
from bot.ui.notes import joined
from bot.ui.questions import asks, own_vote, question_summary, question_text
from bot.ui.quotes import quotation
from bot.ui.reactions import OFFERED, emoji_buttons, tally_line, unoffered
from bot.ui.screen import Item, Screen, story_embed
from bot.ui.story_facts import fandoms_text, language_text, length_text, quiet, rating_text

SUMMARY = 900
OPENING = 200
NOTES = 62
ANSWER = 200
DETAIL = 160
CHAPTERS_SHOWN = 8

DETAILS: tuple[MetadataField, ...] = (
    "relationships", "characters", "tags", "genres", "series", "published", "updated", "completed",
)  # fmt: skip
"""Labels of the file that *More* shows, in this order."""

DATES: tuple[MetadataField, ...] = ("published", "updated", "completed")


def card_screen(
    card: StoryCard,
    *,
    contents: Sequence[ChapterSummary],
    question: Question | None,
    wishes: Wishes,
    own: int | None = None,
    closed: str = "",
    reviews: int | None = None,
    reactions: Sequence[Reaction],
    offered: Sequence[Emoji] = OFFERED,
    heat: Heat | None = None,
    by_chance: int | None = None,
    reads: str = "",
    holding: ReadingList | None = None,
    more: bool = False,
) -> Screen:
    """The card with its buttons; *by_chance* is the id of the query that a random story came from.

    *Own* is what the one reader who sees the card answered to the question, *holding* their list that has the story.
    *Closed* are its questions that are closed. *Reviews* is their number in this server, None where the author does not
    wish for any. *More* unfolds the details and what is rarer.
    """
    entry = card.entry
    told = None if more else question  # More tells all of it
    embed = story_embed(entry, _description(card, told, reactions, reads, more=more), byline=True)
    if more:
        for name, value in _fields(card, contents, question, own, closed, unoffered(reactions, offered), heat):
            embed.add_field(name=name, value=value, inline=False)
    later = Style.success if holding == "later" else Style.secondary
    items: list[Item] = [
        button(ReadStory(entry.id), say("card-read"), 0, style=Style.primary),
        button(ToggleLater(entry.id, more), say("card-later"), 0, style=later),
        button(ShowFollow(entry.id), say("card-follow"), 0),
        button(UnfoldCard(entry.id, not more), say("card-more"), 0),
    ]
    if more:
        items += _unfolded(card, offered, wishes, reviews, has_questions=question is not None or bool(closed))
    if by_chance is not None:
        items.append(button(AnotherStory(by_chance), say("card-another"), 3 if more else 1))
    return Screen([embed], items, entry)


def _description(
    card: StoryCard, question: Question | None, reactions: Sequence[Reaction], reads: str, *, more: bool
) -> str:
    """What it is about, or with *more* the details in its place: both are too high for a phone."""
    words = clip(card.summary, SUMMARY, escape) if card.summary else ""
    if not words and card.opening:
        words = quotation(card.opening, OPENING)
    said = [tally_line(reactions, 500), _question_line(question) if question is not None else ""]
    facts = "\n".join(filter(None, _quiet(card, reads)))
    blocks = [facts, _details(card.metadata)] if more else [words, facts]
    return "\n\n".join(filter(None, [*blocks, "\n".join(filter(None, said))]))


def _quiet(card: StoryCard, reads: str) -> list[str]:
    """The quiet lines: for whom and how long it is, then what it warns of."""
    entry, facts = card.entry, facts_of(card.metadata, card.rating)
    length = [say("chapter-words", words=entry.words), length_text(entry.words)]
    if entry.chapters > 1:
        length.append(say("card-chapters", chapters=entry.chapters))
    status = value_words("status", card.status) if card.status and card.status != "one-shot" else ""
    rating = rating_text(card.rating)
    first = quiet(rating, fandoms_text(facts.fandoms), language_text(card.language, reads), *length, status)
    warnings = clip(", ".join(facts.warnings), 300, escape)
    return [first, quiet(say("fact-warnings", warnings=warnings)) if warnings else ""]


def _question_line(question: Question) -> str:
    if not question.is_default:
        return asks(question)
    if question.reply is not None or not question.is_open:
        return question_text(question, line=ANSWER).split("\n")[0]
    if not question.voters or question.counts is None:
        return question_summary(question) if question.voters else ""
    return f"{bar(question.counts.overall[0], question.counts.all)}  {question_summary(question)}"


def _fields(
    card: StoryCard,
    contents: Sequence[ChapterSummary],
    question: Question | None,
    own: int | None,
    closed: str,
    others: Sequence[Reaction],
    heat: Heat | None,
) -> list[tuple[str, str]]:
    """What *More* tells, each part under a name of its own."""
    notes = [(say("note"), card.notes_before), (say("note-at-end"), card.notes_after)]
    found = [
        (say("chapters"), _chapters(card, contents) if card.entry.chapters > 1 else ""),
        *((name, clip(joined(note), NOTES, escape)) for name, note in notes if note),
        (asks(question), _question_field(question, own)) if question is not None else ("", ""),
        (say("questions-closed"), closed),
        (say("page-also-given"), tally_line(others, 500)),
        (say("heat"), heat_text(card.entry, heat) if heat is not None else ""),
    ]
    return [(name, value) for name, value in found if value]


def _question_field(question: Question, own: int | None) -> str:
    """All there is to say of a question; nothing of the default where nobody has answered and no rule was set."""
    text = question_text(question, own)
    if text == say("vote-none"):
        return ""
    return "\n".join(filter(None, [text, own_vote(question, own) if question.is_default else ""]))


def _details(metadata: Mapping[str, str]) -> str:
    rows: list[str] = []
    for field in DETAILS:
        if value := value_of(metadata, field):
            shown = _date(value) if field in DATES else clip(value, DETAIL, escape)
            rows.append(say(f"card-detail-{field}", value=shown))
    return clip("\n".join(rows), EMBED_FIELD_VALUE)


def _date(value: str) -> str:
    """A date as Discord shows it to each reader; words that are none, as they stand."""
    try:
        day = datetime.fromisoformat(value.strip())
    except ValueError:
        return clip(value, DETAIL, escape)
    return f"<t:{int((day if day.tzinfo else day.replace(tzinfo=UTC)).timestamp())}:D>"


def _unfolded(
    card: StoryCard, offered: Sequence[Emoji], wishes: Wishes, reviews: int | None, *, has_questions: bool
) -> list[Item]:
    """The buttons behind *More*."""
    story = card.entry.id
    items = [*emoji_buttons(story, "card", None, 1, offered)]
    if wishes.quote:
        items.append(button(RandomQuote(story), say("card-quote"), 2))
    if has_questions:
        items.append(button(ShowVote(story), say("card-vote"), 2))
    if reviews is not None:
        items.append(button(ShowReviews(story), say("reviews-button", count=reviews), 2))
    items.append(button(ShowReadingLists(story), say("card-lists"), 3))
    if card.entry.may_share:
        items.append(button(ShareCard(story), say("card-share"), 3))
    if wishes.download:
        items.append(button(Download(story, "epub"), say("card-epub"), 4))
        items.append(button(Download(story, "text"), say("card-text"), 4))
    return items


def _chapters(card: StoryCard, contents: Sequence[ChapterSummary]) -> str:
    names = [clip(list_name(chapter.name), 70, escape) for chapter in contents[:CHAPTERS_SHOWN]]
    more = card.entry.chapters - len(names)
    return " · ".join([*names, *([say("and-more", count=more)] if more > 0 else [])])
