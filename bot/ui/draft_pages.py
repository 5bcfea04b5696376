"""A page of a draft, which whoever decides on it reads as readers will: its looks are those of any page.

Nothing here acts but *Decide*, which opens what does. The row that turns the pages is the last one, and the same on
each page.
"""

from bot.domain.draft_pages import contents_of
from bot.domain.uploads import Draft
from bot.stories.facts import facts_of
from bot.stories.model import OpenPage, Story
from bot.stories.ratings import read_rating
from bot.texts import say
from bot.ui.components import Style, button
from bot.ui.ids.manage import SubmissionAction
from bot.ui.ids.uploads import ReadDraft, ShowDraftNotes
from bot.ui.page_panels import CHAPTER_OPTIONS, chapter_select
from bot.ui.pages import PageEnd, page_screen
from bot.ui.screen import Item, Screen


def draft_page_screen(draft: Draft, story: Story, page: OpenPage, around: int) -> Screen:
    """A page of a draft, over a select of the chapters *around* one where there are several."""
    here, named = page.spot, (draft.id, draft.edition)
    previous, following = page.previous or here, page.following or here
    items: list[Item] = []
    if page.story.chapters > 1:
        picks = ReadDraft(here.chapter, here.offset, *named, "pick")
        items.append(chapter_select(page, picks, contents_of(story, around, CHAPTER_OPTIONS), peek=True))
    if page.notes_before:
        opens = ShowDraftNotes(here.chapter, *named, "before", 0, turn=False)
        items.append(button(opens, say("page-notes"), 2))
    if page.notes_after:
        opens = ShowDraftNotes(here.chapter, *named, "after", 0, turn=False)
        items.append(button(opens, say("page-notes-after"), 2))
    back = ReadDraft(previous.chapter, previous.offset, *named, "p")
    on = ReadDraft(following.chapter, following.offset, *named, "n")
    items += [
        button(back, say("page-back"), 3, disabled=page.previous is None),
        button(on, say("page-next"), 3, style=Style.primary, disabled=page.following is None),
        button(SubmissionAction("open", draft.id), say("queue-decide"), 3),
    ]
    facts = facts_of(story.metadata, read_rating(story.metadata, story.all_notes))
    end = PageEnd((), None, may_review=False) if page.is_last else None
    return Screen(page_screen(page, peek=False, facts=facts, end=end).embeds, items)
