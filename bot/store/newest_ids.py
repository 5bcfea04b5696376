"""The newest ids of a set, so that most of what is asked about it costs no query."""

from collections.abc import Iterable


class NewestIds:
    """The newest *most* of a set of Discord's ids, which grow with time.

    Before `fill` it knows nothing. Ids that are new since are to be added as they come.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._ids = set[int]()
        self._oldest: float = float("inf")
        """From here on every id of the set is known."""

    def fill(self, newest: Iterable[int]) -> None:
        """Take over the newest ids of the set: all of them where there are fewer than *most*."""
        self._ids.update(newest)
        self._oldest = 0
        self._drop_old()

    def add(self, id: int) -> None:
        self._ids.add(id)
        if len(self._ids) >= 2 * self.most:
            self._drop_old()

    def lacks(self, id: int) -> bool:
        """Return whether an id is certain not to be in the set."""
        return id >= self._oldest and id not in self._ids

    def _drop_old(self) -> None:
        if len(self._ids) >= self.most:
            newest = sorted(self._ids)[-self.most :]
            self._ids, self._oldest = set(newest), newest[0]
