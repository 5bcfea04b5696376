"""A story's card: what it is, how long, and what readers say."""

from collections.abc import Sequence

from bot.domain.heat import Heat
from bot.domain.reactions import Emoji, Reaction
from bot.domain.votes import VoteStatus
from bot.stories.lengths import minutes
from bot.stories.model import ChapterSummary, StoryCard
from bot.stories.wishes import Wishes
from bot.texts import say
from bot.ui.chapters import list_name
from bot.ui.components import Style, button
from bot.ui.details import details_text
from bot.ui.heat import heat_text
from bot.ui.ids.follows import ShowFollow
from bot.ui.ids.pages import ReadStory
from bot.ui.ids.quotes import RandomQuote
from bot.ui.ids.reactions import ShowReactions
from bot.ui.ids.reading_lists import ShowReadingLists
from bot.ui.ids.reviews import ShowReviews
from bot.ui.ids.stories import Download
from bot.ui.ids.story_lists import AnotherStory
from bot.ui.ids.votes import ShowVote
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.notes import joined
from bot.ui.reactions import OFFERED, reaction_buttons, tally_line, unoffered
from bot.ui.screen import Screen, story_embed
from bot.ui.votes import vote_text

SUMMARY = 1500
NOTES = 500
DETAILS = 700
CHAPTERS_SHOWN = 12


def card_screen(
    card: StoryCard,
    *,
    contents: Sequence[ChapterSummary],
    vote: VoteStatus | None,
    wishes: Wishes,
    reviews: int | None = None,
    reactions: Sequence[Reaction],
    offered: Sequence[Emoji] = OFFERED,
    heat: Heat | None = None,
    by_chance: int | None = None,
) -> Screen:
    """The card with its buttons; *by_chance* is the id of the query that a random story came from.

    *reviews* is their number in this server, None where the author does not wish for any.
    """
    embed = story_embed(card.entry, clip(card.summary, SUMMARY, escape) if card.summary else None, byline=True)
    embed.add_field(name=say("card-length"), value=_length(card), inline=False)
    if details := details_text(card.metadata, card.rating, card.status, DETAILS):
        embed.add_field(name=say("card-details"), value=details, inline=False)
    if card.entry.chapters > 1:
        embed.add_field(name=say("chapters"), value=_chapters(card, contents), inline=False)
    for name, notes in ((say("note"), card.notes_before), (say("note-at-end"), card.notes_after)):
        if notes:
            embed.add_field(name=name, value=clip(joined(notes), NOTES, escape), inline=False)
    if vote is not None:
        embed.add_field(name=say("vote-question"), value=vote_text(vote), inline=False)
    if others := unoffered(reactions, offered):
        embed.add_field(name=say("page-also-given"), value=tally_line(others, 500), inline=False)
    if heat is not None:
        embed.add_field(name=say("heat"), value=heat_text(card.entry, heat), inline=False)
    items = [
        button(ReadStory(card.entry.id), say("card-read"), 0, style=Style.primary),
        *([button(RandomQuote(card.entry.id), say("card-quote"), 0)] if wishes.quote else []),
        button(ShowReactions(card.entry.id), say("card-react"), 0),
        *([button(ShowVote(card.entry.id), say("card-vote"), 0)] if vote is not None else []),
        *reaction_buttons(card.entry.id, reactions, "card", None, 1, offered),
        button(ShowReadingLists(card.entry.id), say("card-lists"), 2),
        button(ShowFollow(card.entry.id), say("card-follow"), 2),
        *([button(ShowReviews(card.entry.id), say("reviews-button", count=reviews), 2)] if reviews is not None else []),
        *([button(AnotherStory(by_chance), say("card-another"), 2)] if by_chance is not None else []),
        *([button(Download(card.entry.id, "epub"), say("card-epub"), 3)] if wishes.download else []),
        *([button(Download(card.entry.id, "text"), say("card-text"), 3)] if wishes.download else []),
    ]
    return Screen([embed], items, card.entry)


def _length(card: StoryCard) -> str:
    entry = card.entry
    parts = [say("chapter-words", words=entry.words)]
    if entry.chapters > 1:
        parts.append(say("card-chapters", chapters=entry.chapters))
    parts += [say("card-pages", pages=entry.pages), say("chapter-minutes", minutes=minutes(entry.words))]
    return " · ".join(parts)


def _chapters(card: StoryCard, contents: Sequence[ChapterSummary]) -> str:
    rows = [f"{clip(escape(list_name(chapter.name)), 70)}" for chapter in contents[:CHAPTERS_SHOWN]]
    more = card.entry.chapters - len(rows)
    return "\n".join([*rows, *([say("and-more", count=more)] if more > 0 else [])])
