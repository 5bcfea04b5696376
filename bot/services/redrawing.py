"""Redrawing a message after a press has changed a count on it."""

from bot.domain.questions import Question
from bot.errors import ChapterGone, QuestionGone
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.messages import is_alone, page_owner, session_of
from bot.services.questions import find_question, panel_of, question_of
from bot.services.reactions import page_at, react_panel_of
from bot.services.reading import page_of
from bot.services.schedules import end_of
from bot.services.stories import card_of
from bot.stories.model import StorySummary
from bot.ui.custom_id import Shown
from bot.ui.ids import ReadPosted
from bot.ui.questions import hidden_screen, posted_screen
from bot.ui.screen import Screen


async def redrawn(interaction: Interaction, shown: Shown) -> Screen:
    """Return the current screen of the pressed message. Raises `StoryGone` if its story is gone."""
    match shown.kind:
        case "page" | "peek" | "page-react" | "peek-react":
            return await _page(interaction, shown)
        case "card":
            return await card_of(interaction, shown.story, public=not is_alone(interaction))
        case "vote":
            return await panel_of(interaction, *await _question_of(interaction, shown))
        case "question":
            try:
                return posted_screen(*await find_question(interaction, shown.question))
            except QuestionGone:
                return hidden_screen()
        case "react":
            page = await page_at(interaction, shown.story, shown.spot)
            return await react_panel_of(interaction, shown.story, page)
        case "end":
            store, start = store_for(interaction), ReadPosted(0, 0, 0, shown.story, from_start=True)
            return await end_of(store, await store.stories.entry(shown.story), interaction.guild_id, start)


async def _page(interaction: Interaction, shown: Shown) -> Screen:
    owner = await page_owner(interaction)
    try:
        page = await store_for(interaction).pages.open(shown.spot, owner)
    except ChapterGone:  # the press itself is already counted
        return await card_of(interaction, shown.story, public=not is_alone(interaction))
    return await page_of(
        interaction,
        page,
        peek=shown.kind.startswith("peek"),
        unfolded="react" if shown.kind.endswith("-react") else None,
        session=await session_of(interaction),
        reader=owner,
    )


async def _question_of(interaction: Interaction, shown: Shown) -> tuple[StorySummary, Question]:
    """Return the message's story and question; the story's current question if the message's was removed."""
    try:
        return await find_question(interaction, shown.question)
    except QuestionGone:
        story = await store_for(interaction).stories.entry(shown.story)
        return story, await question_of(interaction, story)
