"""Tables as CSV files, without formulas that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

_BEGINS_A_FORMULA = r"=+\-@＝＋－＠"
"""What makes a spreadsheet compute a cell (https://owasp.org/www-community/attacks/CSV_Injection)."""

_FORMULA = re.compile(rf"^(?=[{_BEGINS_A_FORMULA}\t\r\n])|(?<![\w<{_BEGINS_A_FORMULA}])(?=[{_BEGINS_A_FORMULA}]\S)")
"""Where a cell may begin with a formula. Spreadsheets part cells at commas, semicolons, tabs, or whatever their user
chooses, so any sign within a text may end one cell and begin another. (``<@1>`` is a mention.)"""


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return a table as CSV (RFC 4180), in UTF-8 with the byte order mark that Excel needs; no text is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _defused(cell: str | int) -> str | int:
    return _FORMULA.sub("'", cell) if isinstance(cell, str) else cell
