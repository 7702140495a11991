"""How long things take, as measured once: the same numbers on every machine that rebuilds the book.

`benchmarks/timings.py` measured them and wrote `data/timings.json`. Seconds differ between machines, and
ratios between the methods of one run far less: quote ratios.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

import numpy as np

from ml_from_scratch._checks import FloatArray


@dataclass(frozen=True, eq=False)
class Timings:
    """The time that each method took at each size, all measured in one run.

    what: what was timed. sizes: n sizes, ascending, as whole numbers.
    seconds: for each method's name, (n,) read-only: of one call, the median of many turns, at each size.
    machine, date: where, in general words, and when.
    """

    what: str
    sizes: tuple[int, ...]
    seconds: Mapping[str, FloatArray]
    machine: str
    date: str

    def at(self, method: str, size: int) -> float:
        """Seconds that the method took at this size.

        Raises ValueError for a method or size that was not measured, and names those that were.
        """
        if method not in self.seconds:
            raise ValueError(f"method must be one of {', '.join(self.seconds)}; got {method!r}.")
        if size not in self.sizes:
            raise ValueError(f"size must be one of {', '.join(map(str, self.sizes))}; got {size!r}.")
        return float(self.seconds[method][self.sizes.index(size)])


def load_timings(what: str) -> Timings:
    """Load the committed measurements of "dot" or "step".

    "dot": one dot product of two vectors, (n,), for n from 1 to a million, by five methods: "np.dot", "@",
    "sum over arrays", "sum over lists" (Python's sum of products), and "np.dot of lists".
    "step": one step of descent for linear regression with 3 features, X (n, 3), for n from a hundred to a
    million, by two: "full batch", on all rows, and "mini-batch", on 32 rows drawn anew with replacement.
    Raises ValueError for another name. Source: benchmarks/timings.py.
    """
    file = resources.files("ml_from_scratch") / "data" / "timings.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    rows = [row for row in record["rows"] if row["what"] == what]
    if not rows:
        known = dict.fromkeys(row["what"] for row in record["rows"])
        raise ValueError(f"what must be one of {', '.join(known)}; got {what!r}.")
    sizes = sorted({row["n"] for row in rows})
    seconds = {}
    for method in dict.fromkeys(row["method"] for row in rows):
        by_size = {row["n"]: row["seconds"] for row in rows if row["method"] == method}
        seconds[method] = np.array([by_size[n] for n in sizes])
        seconds[method].setflags(write=False)
    return Timings(what, tuple(sizes), MappingProxyType(seconds), record["machine"], record["date"])
