"""The k of k-anonymity of a table, by pycanon. Runs in benchmarks/.venv, which lacks our package.

`python privacy_peers.py COUNT` reads {"columns": [name, …], "rows": [[value, …], …]} from standard input, counts once
to warm up, then COUNT times, and prints {"seconds": of one, "k": …}. Making the data frame is not counted.
"""

from __future__ import annotations

import json
import sys
from time import perf_counter

import pandas
from pycanon import anonymity


def main() -> None:
    count = int(sys.argv[1])
    table = json.load(sys.stdin)
    frame = pandas.DataFrame(table["rows"], columns=table["columns"])
    anonymity.k_anonymity(frame, table["columns"])
    start = perf_counter()
    for _ in range(count):
        k = anonymity.k_anonymity(frame, table["columns"])
    print(json.dumps({"seconds": (perf_counter() - start) / count, "k": int(k)}))


if __name__ == "__main__":
    main()
