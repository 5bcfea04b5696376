"""What `doctor` found out about one thing."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "note", "WRONG"]
"""*note*: it works, but not as well as it could. *WRONG*: something cannot work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of what `doctor` says."""

    verdict: Verdict
    about: str
    what: str

    def __str__(self) -> str:
        return f"{self.verdict:<6} {self.about:<12} {self.what}"
