#!/usr/bin/env python3
"""Answers without a limit and the change feed.

    run.py PATH-TO-ANNALSD PATH-TO-ANNALS [WORD…]    the cases whose names hold one of the words

Each function with the mark @case in export_cases.py and feed_cases.py is one case, with a store of
its own. ANNALS_STREAM_ROWS is the size of the store on which memory is measured.
"""

import os
import pathlib
import sys
import tempfile
import time

from place import CASES, Place
from daemon import LOST, Failure
import export_cases
import feed_cases


def attempt(function, annalsd, annals):
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        try:
            function(Place(annalsd, annals, pathlib.Path(folder)))
        except (Failure, *LOST, ValueError, KeyError) as problem:
            print(f"FAILED {function.__name__}: {type(problem).__name__}: {problem}", flush=True)
            return False
    print(f"{function.__name__}: {time.monotonic() - begun:.1f} s", flush=True)
    return True


def main(arguments):
    if len(arguments) < 2:
        raise SystemExit(__doc__)
    annalsd, annals = (pathlib.Path(p).resolve() for p in arguments[:2])
    words = arguments[2:]
    # Memory is measured here: what AddressSanitizer holds back of what was freed is none of ours.
    options = os.environ.get("ASAN_OPTIONS", "")
    os.environ["ASAN_OPTIONS"] = f"{options}:quarantine_size_mb=1".removeprefix(":")
    chosen = [f for f in CASES if not words or any(w in f.__name__ for w in words)]
    results = [attempt(f, annalsd, annals) for f in chosen]
    print(f"{sum(results)} of {len(results)} passed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
