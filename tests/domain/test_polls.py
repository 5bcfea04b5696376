"""The rules of polls: what is typed, who won, when they close, and a table that does nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.csv_export import as_csv
from bot.domain.deadlines import LONGEST_SECONDS, read_deadline
from bot.domain.polls import CHOICE_CHARS, QUESTION_CHARS, PollChoice, Tally, read_choices, read_question
from bot.errors import ReaderError
from bot.interactions.replies import sentence
from bot.ui.bars import CELLS, EMPTY, FULL, bar

NOW = 1_790_000_000.0
"""2026-09-21 14:13:20 in UTC."""

MINUTE, HOUR, DAY = 60, 3600, 86400

# -- what is typed --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("go home|go on", ("go home", "go on")),
        ("  go home  |\tgo on|", ("go home", "go on")),
        ("go home; go on", ("go home", "go on")),
        ("go home; sleep | go on", ("go home; sleep", "go on")),
        ("go home | then\ngo on; then", ("go home | then", "go on; then")),
        ("a\r\n\r\nb\n\n\nc", ("a", "b", "c")),
        ("@everyone|<@1>", ("@everyone", "<@1>")),
        ("C|C++", ("C", "C++")),
        ("👩‍👩‍👧‍👦|🏴‍☠️", ("👩‍👩‍👧‍👦", "🏴‍☠️")),
        ("turned \u202eback|on", ("turned back", "on")),
    ],
)
def test_choices_are_parted_by_lines_else_by_bars_else_by_semicolons(typed: str, choices: tuple[str, ...]) -> None:
    assert read_choices(typed) == choices


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "too-few-choices"),
        ("go home", "too-few-choices"),
        ("go home||", "too-few-choices"),
        ("go home|\u200b\u2060| \u00a0", "too-few-choices"),
        ("|".join(map(str, range(11))), "too-many-choices"),
        ("a|" + "b" * (CHOICE_CHARS + 1), "choice-too-long"),
        ("a|" + "b" * 2000, "choice-too-long"),
        ("Go home|go  HOME", "choice-twice"),
        ("\uff21|a", "choice-twice"),
    ],
)
def test_what_is_no_set_of_choices_is_refused_with_the_reason(typed: str, error: str) -> None:
    with pytest.raises(ReaderError, match=error) as refused:
        read_choices(typed)
    assert len(sentence(refused.value)) < 200


def test_two_to_ten_choices_of_eighty_characters_are_taken() -> None:
    for count in (2, 10):
        choices = tuple(str(number) * CHOICE_CHARS for number in range(count))
        assert read_choices("\n".join(choices)) == choices


@pytest.mark.parametrize(
    ("typed", "error"),
    [("", "no-question"), (" \u200b\n", "no-question"), ("?" * (QUESTION_CHARS + 1), "question-too-long")],
)
def test_a_question_is_seen_and_fits(typed: str, error: str) -> None:
    with pytest.raises(ReaderError, match=error):
        read_question(typed)
    assert read_question("  What\n next? ") == "What next?"


@given(st.text(max_size=900))
def test_whatever_is_typed_is_choices_or_a_reason(typed: str) -> None:
    try:
        choices = read_choices(typed)
    except ReaderError:
        return
    assert 2 <= len(set(choices)) == len(choices) <= 10
    assert all(0 < len(choice) <= CHOICE_CHARS and "\n" not in choice for choice in choices)


# -- when it closes -------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("90 min", 90 * MINUTE),
        ("90m", 90 * MINUTE),
        ("12h", 12 * HOUR),
        ("1 hour", HOUR),
        ("an hour", HOUR),
        ("in a week", 7 * DAY),
        ("In 3 Days", 3 * DAY),
        ("1.5 h", 90 * MINUTE),
        ("1,5 h", 90 * MINUTE),
        ("1 day 12 h", DAY + 12 * HOUR),
        ("2d, 3h and 5 min", 2 * DAY + 3 * HOUR + 5 * MINUTE),
        ("1d12h", DAY + 12 * HOUR),
        (f"<t:{int(NOW) + 5 * DAY}:R>", 5 * DAY),
        (f"<t:{int(NOW) + 5 * DAY}>", 5 * DAY),
        ("2026-09-22 16:13:20+02:00", DAY),
        ("2026-09-22T16:13:20 +02:00", DAY),
        ("2026-09-22 14:13:20 UTC", DAY),
        ("2026-09-22 14:13:20Z", DAY),
    ],
)
def test_a_time_is_read_as_people_type_it(typed: str, seconds: int) -> None:
    assert read_deadline(typed, NOW) == NOW + seconds


@pytest.mark.parametrize("typed", ["never", " Never ", "no"])
def test_a_poll_may_close_never(typed: str) -> None:
    assert read_deadline(typed, NOW) is None


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "not-a-deadline"),
        ("soon", "not-a-deadline"),
        ("3", "not-a-deadline"),
        ("3 days ago", "not-a-deadline"),
        ("12 parsecs", "not-a-deadline"),
        ("h", "not-a-deadline"),
        ("-3 h", "not-a-deadline"),
        ("2026-12-01 18:00", "deadline-without-zone"),
        ("2026-12-01", "deadline-without-zone"),
        ("0 min", "deadline-out-of-reach"),
        ("0.5 min", "deadline-out-of-reach"),
        ("367 days", "deadline-out-of-reach"),
        ("999999 weeks", "deadline-out-of-reach"),
        ("<t:0>", "deadline-out-of-reach"),
        ("<t:999999999999>", "deadline-out-of-reach"),
        ("2020-01-01 00:00 UTC", "deadline-out-of-reach"),
        ("0001-01-01 00:00+14:00", "deadline-out-of-reach"),
    ],
)
def test_what_is_no_time_to_close_is_refused_with_the_reason(typed: str, error: str) -> None:
    with pytest.raises(ReaderError, match=error):
        read_deadline(typed, NOW)


@given(st.text(max_size=60))
def test_whatever_is_typed_for_a_time_is_one_or_refused(typed: str) -> None:
    try:
        at = read_deadline(typed, NOW)
    except ReaderError:
        return
    assert at is None or NOW + MINUTE <= at <= NOW + LONGEST_SECONDS


# -- who won --------------------------------------------------------------------


def tally(*votes: int, voters: int | None = None) -> Tally:
    counted = tuple(PollChoice(number, f"choice {number}", count) for number, count in enumerate(votes, start=1))
    return Tally(counted, sum(votes) if voters is None else voters)


@pytest.mark.parametrize(
    ("votes", "leading"), [((0, 0), ()), ((3, 1), (1,)), ((1, 3, 2), (2,)), ((2, 2), (1, 2)), ((1, 2, 0, 2), (2, 4))]
)
def test_most_votes_lead_and_ties_lead_together(votes: tuple[int, ...], leading: tuple[int, ...]) -> None:
    assert tuple(choice.number for choice in tally(*votes).leading) == leading


def test_percent_is_of_those_who_voted() -> None:
    several = tally(3, 2, 1, voters=4)
    assert [several.percent(choice) for choice in several.choices] == [75, 50, 25]
    nobody = tally(0, 0)
    assert [nobody.percent(choice) for choice in nobody.choices] == [0, 0]


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_bar_is_empty_for_nothing_and_full_for_all_alone(one: int, other: int) -> None:
    part, whole = sorted((one, other))
    drawn = bar(part, whole)
    assert len(drawn) == CELLS
    assert (FULL in drawn) is (part > 0)
    assert (EMPTY in drawn) is (part < whole or whole == 0)


# -- a table to take along ------------------------------------------------------


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "=cmd|' /C calc'!A0"])
def test_a_cell_is_never_a_formula(cell: str) -> None:
    assert written(cell).startswith("'")


def written(cell: str) -> str:
    [_, [found]] = csv.reader(io.StringIO(as_csv(["head"], [[cell]]).decode("utf-8-sig"), newline=""))
    return found


SEPARATORS = ";,\t| :/\n"


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1"])
@pytest.mark.parametrize("quote", ["", '"', '" '])
def test_a_cell_is_no_formula_wherever_a_spreadsheet_parts_it(separator: str, formula: str, quote: str) -> None:
    line = as_csv(["head"], [[f"yes{separator}{quote}{formula}"]]).decode("utf-8-sig").split("\n", 1)[1]
    assert not any(part.strip(' "').startswith(tuple("=+-@＝")) for part in line.split(separator))


@pytest.mark.parametrize("cell", ["e-mail", "ann@example.org", "one - two", "2+2=4", "<@12>", "10-12", ""])
def test_what_no_spreadsheet_computes_is_left_as_it_is(cell: str) -> None:
    assert written(cell) == cell


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=20), min_size=2, max_size=2)))
def test_a_table_reads_back_as_it_was(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(as_csv(["a", "b"], rows).decode("utf-8-sig"), newline="")))
    assert [[cell.replace("'", "") for cell in row] for row in read[1:]] == [
        [cell.replace("'", "") for cell in row] for row in rows
    ]
