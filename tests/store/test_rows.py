"""Values that are made of rows by the names of columns."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest

from bot.store.rows import as_value


@dataclass(frozen=True)
class Lamp:
    id: int
    street: int
    is_lit: bool
    oil: str | None = "whale"


@pytest.fixture
def row() -> Iterator[sqlite3.Row]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.row_factory = sqlite3.Row
        yield db.execute(
            "SELECT 'colza' AS lamp_oil, 1 AS lamp_is_lit, 7 AS lamp_id, 3 AS lamp_street_id, 4 AS street_id, 9 AS id,"
            " 0 AS is_lit"
        ).fetchone()


def test_a_field_is_the_column_of_its_name_or_its_id_whatever_their_order(row: sqlite3.Row) -> None:
    assert as_value(row, Lamp, "lamp_") == Lamp(7, 3, True, "colza")
    lamp = as_value(row, Lamp)
    assert lamp == Lamp(9, 4, False) and lamp.is_lit is False


def test_what_is_given_goes_before_a_column(row: sqlite3.Row) -> None:
    assert as_value(row, Lamp, "lamp_", street=12, oil=None) == Lamp(7, 12, True, None)


def test_a_field_that_is_nowhere_and_has_no_default_is_named(row: sqlite3.Row) -> None:
    with pytest.raises(LookupError, match=r"no column has Lamp\.id"):
        as_value(row, Lamp, "other_")
