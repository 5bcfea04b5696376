"""The pages of a draft, as its readers will have them: cut where its file was read, and stored nowhere.

Its chapters have no ids yet, so here they go by their positions.
"""

from bisect import bisect_right

from bot.stories.emphasis import within
from bot.stories.model import Chapter, ChapterSummary, OpenPage, PageLength, Spot, Story, StorySummary


def open_page(story: Story, at: Spot, length: PageLength) -> OpenPage:
    """Return the page that holds a spot; for one that the story has not, the nearest before."""
    chapters = list(enumerate(story.chapters, 1))
    starts = [(position, start) for position, chapter in chapters for start in chapter.page_starts[length]]
    words = [count for chapter in story.chapters for count in chapter.page_words[length]]
    here, last = max(0, bisect_right(starts, (at.chapter, at.offset)) - 1), len(starts) - 1
    position, start = starts[here]
    chapter = story.chapters[position - 1]
    own = chapter.page_starts[length]
    number = own.index(start) + 1
    until = own[number] if number < len(own) else len(chapter.prose)
    count = len(story.chapters)
    return OpenPage(
        StorySummary(0, story.title, story.author, story.words, last + 1, count, last_number=story.last_number),
        _summary(chapter, position, len(own)),
        chapter.prose[start:until],
        Spot(position, start),
        number,
        sum(words[:here]),
        words[here],
        notes_before=(story.notes_before if here == 0 else ()) + (chapter.notes_before if number == 1 else ()),
        notes_after=(chapter.notes_after if number == len(own) else ()) + (story.notes_after if here == last else ()),
        first=Spot(*starts[0]),
        previous=Spot(*starts[here - 1]) if here > 0 else None,
        following=Spot(*starts[here + 1]) if here < last else None,
        last=Spot(*starts[last]),
        spans=within(chapter.spans, start, until),
    )


def contents_of(story: Story, around: int, limit: int) -> list[ChapterSummary]:
    """Return *limit* chapters at most, those around position *around*."""
    first = max(0, min(around - limit // 2 - 1, len(story.chapters) - limit))
    chosen = story.chapters[first : first + limit]
    return [_summary(chapter, position, len(chapter.pages)) for position, chapter in enumerate(chosen, first + 1)]


def _summary(chapter: Chapter, position: int, pages: int) -> ChapterSummary:
    return ChapterSummary(position, position, chapter.name, chapter.words, pages)
