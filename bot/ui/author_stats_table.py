"""Author statistics as a table, for a spreadsheet."""

from collections.abc import Iterator

from bot.domain.author_stats import STEPS, AuthorStats
from bot.domain.csv_export import as_csv
from bot.domain.heat import PARTS
from bot.texts import say
from bot.ui.author_stats_charts import percent
from bot.ui.questions import answer_words, asks
from bot.ui.reactions import says

Row = tuple[str, str, str | int]


def author_stats_csv(desk: AuthorStats) -> bytes:
    """A row for each number that is told, as CSV: what it counts, where or when, and how many readers."""
    return as_csv([say("desk-table-what"), say("desk-table-where"), say("desk-table-count")], _rows(desk))


def _rows(desk: AuthorStats) -> Iterator[Row]:
    yield say("desk-table-story"), desk.story.title, ""
    yield from _said(desk)
    for what, where, count in _done(desk):
        if count is not None:
            yield what, where, count


def _said(desk: AuthorStats) -> Iterator[Row]:
    for question in desk.questions:
        for n, count in enumerate(question.counts.overall if question.counts and question.voters else (), start=1):
            yield asks(question), answer_words(question, n), count
    for reaction in desk.reactions:
        yield say("desk-table-reaction"), says(reaction.emoji) or reaction.emoji.key, reaction.readers
    if desk.reviews:
        yield say("desk-table-reviews"), "", desk.reviews


def _done(desk: AuthorStats) -> Iterator[tuple[str, str, int | None]]:
    """What readers only did; None where it is not told."""
    if desk.readers is not None:
        yield say("desk-table-begun"), "", desk.readers.begun
        yield say("desk-table-finished"), "", desk.readers.finished
        for step, count in enumerate(desk.readers.reached):
            yield say("desk-table-reached"), percent(step / STEPS), count
    for part, count in enumerate(desk.heat.parts if desk.heat else ()):
        yield say("desk-table-heat"), f"{percent(part / PARTS)}–{percent((part + 1) / PARTS)}", count
    for week, count in enumerate(desk.weeks):
        yield say("desk-table-week"), desk.week(week).isoformat(), count
    yield say("desk-table-saves"), "", desk.saves
