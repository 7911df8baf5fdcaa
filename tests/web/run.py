#!/usr/bin/env python3
"""The modules of clients/web that know of no page, tried by Node's own test runner.

    run.py ANNALS             every *.test.mjs of this folder
    run.py ANNALS WORD...     only those whose names contain one of the words

Without a Node of OLDEST_NODE or newer the tests are SKIPPED aloud. ANNALS is the program that says
what dates mean; the tests find it in the environment.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
OLDEST_NODE = 18
PATIENCE = 240  # seconds


def node():
    """Node's path, or None and why there is none."""
    found = next(filter(None, map(shutil.which, ["node", "nodejs"])), None)
    if not found:
        return None, "node is not installed"
    done = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", done.stdout)
    if not version or int(version[1]) < OLDEST_NODE:
        return None, f"{found} is older than {OLDEST_NODE}: {done.stdout.strip()}"
    return found, ""


def main():
    annals = pathlib.Path(sys.argv[1]).resolve()
    words = sys.argv[2:]
    files = [str(f) for f in sorted(HERE.glob("*.test.mjs"))
             if not words or any(word in f.name for word in words)]
    if not files:
        print("FAILED: no test has such a name")
        return 1
    program, why = node()
    if not program:
        print(f"SKIPPED: {why}")
        return 0
    done = subprocess.run([program, "--test", *files], env=os.environ | {"ANNALS": str(annals)},
                          timeout=PATIENCE, check=False)
    return 1 if done.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
