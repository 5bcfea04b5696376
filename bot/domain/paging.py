"""Pages of a list, which may have become shorter since a button of it was sent."""


def count_pages(total: int, size: int) -> int:
    """Return how many pages of *size* rows hold *total* rows; an empty list has one page."""
    return max(1, -(-total // size))


def page_within(page: int, total: int, size: int) -> int:
    """Return *page*, counted from 0, or the last page where the list ends before it."""
    return max(0, min(page, count_pages(total, size) - 1))
