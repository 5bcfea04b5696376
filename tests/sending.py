"""Drafts sent to the mods, as the command does it."""

from bot.domain.uploads import Draft
from bot.store import Store
from bot.stories import Story, read_story

RAIN = read_story(b"Title: Rain\n\nIt rained all day, and nobody minded.\n", "rain.txt")


async def send(store: Store, draft: Draft, story: Story = RAIN) -> Draft:
    """Have a draft that reads as *story* wait for the mods; return it as it waits."""
    written = store.preparing.written(str(draft.guild), story, member=draft.user)
    async with written as text:
        await store.drafts.send(draft, text)
    return await store.drafts.find_waiting(draft.id, draft.guild)
