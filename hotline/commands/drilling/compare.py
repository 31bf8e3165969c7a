"""What was acknowledged against what is there: reads a client's ledger and a database's export.

    python -m hotline.commands.drilling.compare LEDGER EXPORT

LEDGER: one JSON line an acknowledgement, {"delivery", "number"}, written and synced by the client
before it went on. EXPORT: one JSON line a report, {"delivery", "number", "done"}. It knows nothing
of the service. Exit code 0 when nothing is missing, doubled, untold, unfinished or misnumbered.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path


def compared(ledger: Iterable[dict[str, str]], export: list[dict[str, object]]) -> dict[str, int]:
    """How many are missing, doubled, wrongly numbered, told to nobody; how much is unfinished."""
    told = {line["delivery"]: line["number"] for line in ledger}
    kept = {str(line["delivery"]): line["number"] for line in export}
    times = Counter(str(line["delivery"]) for line in export)
    numbers = Counter(str(line["number"]) for line in export)
    return {
        "acknowledged": len(told),
        "there": len(export),
        "missing": sum(delivery not in kept for delivery in told),
        "misnumbered": sum(kept.get(one, number) != number for one, number in told.items()),
        "doubled": sum(n > 1 for n in times.values()) + sum(n > 1 for n in numbers.values()),
        "untold": sum(delivery not in told for delivery in times),  # a report nobody was told of
        "unfinished": sum(not line["done"] for line in export),
    }


def read(path: Path) -> list[dict[str, object]]:
    """The lines of a file; a last line cut by a kill was never synced, so it counts for nothing."""
    found = []
    for line in path.read_text("utf-8").splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found


def main(ledger: str, export: str) -> int:
    """Print the comparison as one JSON line."""
    told = ({name: str(value) for name, value in line.items()} for line in read(Path(ledger)))
    found = compared(told, read(Path(export)))
    print(json.dumps(found))
    faults = ("missing", "misnumbered", "doubled", "untold", "unfinished")
    return 1 if any(found[name] for name in faults) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
