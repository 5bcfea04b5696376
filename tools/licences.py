"""List the licence of each installed package of a lock file: ``python -m tools.licences [LOCK]``.

Exits with status 1 if a licence may be incompatible with this project's own (MIT).
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements" / "postgresql.txt"

COMPATIBLE = re.compile(
    r"MIT|BSD|0BSD|Apache|PSF|Python Software Foundation|ISC|HPND|MPL|Mozilla Public License|Unlicense|CC0|OFL|Unicode"
    r"|Zlib|LGPL|Lesser General Public"
)
"""Licences that a program under MIT may depend on. LGPL and MPL put no conditions on programs that only import."""

_NAME = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.M)


def packages(lock: Path) -> list[str]:
    """Return the names of the packages in a lock file."""
    return _NAME.findall(lock.read_text("utf-8"))


def licence_of(found: Distribution) -> str:
    """Return the licence in a package's metadata: its expression, else its classifiers, else its free text."""
    stated = {name: found.metadata.get_all(name) or [] for name in ("License-Expression", "Classifier", "License")}
    if stated["License-Expression"]:
        return stated["License-Expression"][0]
    classifiers = [each for each in stated["Classifier"] if each.startswith("License ::")]
    named = [each.rpartition(" :: ")[2] for each in classifiers if each != "License :: OSI Approved"]
    free_text = stated["License"][0].strip().partition("\n")[0] if stated["License"] else ""
    return " AND ".join(named) or free_text or "unknown"


def licences(lock: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, version and licence of the packages of *lock* that are installed."""
    for name in packages(lock):
        try:
            found = distribution(name)
        except PackageNotFoundError:  # for another system, or another Python
            continue
        yield name, found.version, licence_of(found)


def main(lock: Path = LOCK) -> int:
    doubtful = 0
    for name, version, licence in licences(lock):
        is_compatible = COMPATIBLE.search(licence) is not None
        doubtful += not is_compatible
        print(f"{name} {version}: {licence}{'' if is_compatible else '   LOOK AT THIS'}")
    return 1 if doubtful else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:2])))
