#!/usr/bin/env python3
"""What browsers are given, as the build makes it: whole, small enough, and nothing that pages forbid.

    bundles.py ASSETS     the folder in the build that holds them

Node says whether each script can be read as a module; without Node that part is SKIPPED aloud.
"""

import gzip
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

KB = 1024
# Sizes compressed: of a file, or of several that are loaded together. The page itself, at most 4 KB,
# comes on top of a first visit and of the explorer, which holds what is loaded later, when an event is
# selected. The map comes after the first answer.
FIRST = ["annals-timeline.js", "explorer.js", "page.css", "explorer.css"]
BUDGETS = {
    "the timeline": (12 * KB, ["annals-timeline.js"]),
    "a first visit": (31 * KB, FIRST),
    "the explorer": (46 * KB, [*FIRST, "panels.js"]),
    "the map": (30 * KB, ["map.js", "coast.json"]),
}
NEEDED = {"annals-timeline.js", "explorer.js", "embed.js", "page.css", "explorer.css", "coast.json",
          "custom-elements.json"}
# What the policy of the pages forbids, and what reads dates of history wrongly.
FORBIDDEN = {
    ".js": r"\.(?:inner|outer)HTML\b|insertAdjacentHTML|\beval\(|\bnew Function\b|document\.write|"
           r"\bnew Date\b|\bDate\.(?:parse|UTC)\b",
    ".css": r"@import|url\(|expression\(|https?://",
}
STATEMENT = r"(?:^|[;}\n])\s*"


def check_text(path):
    text = path.read_text()
    for found in re.finditer(FORBIDDEN.get(path.suffix, r"(?!)"), text):
        line = text[text.rfind("\n", 0, found.start()) + 1:][:120].split("\n")[0]
        yield f"{path.name}: {found[0]!r} has no place in {line!r}"
    if path.suffix == ".js" and re.search(STATEMENT + r'(?:import|export)\b[^"\'`;]*\bfrom ?"\./', text):
        yield f"{path.name}: it fetches a module that the bundle was to hold"
    if path.name == "annals-timeline.js" and re.search(STATEMENT + r"import\b", text):
        yield f"{path.name}: it is to be a module by itself"


def check_syntax(path, node):
    """As a module, which a script that is one by its name alone would not be."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / f"{path.stem}.mjs"
        shutil.copy(path, copy)
        done = subprocess.run([node, "--check", copy], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        yield f"{path.name}: {done.stderr.strip()[:600]}"


def check_sizes(files):
    sizes = {name: len(gzip.compress(path.read_bytes(), 9)) for name, path in files.items()}
    for name, size in sorted(sizes.items()):
        print(f"{size:7} {name}")
    for what, (most, names) in BUDGETS.items():
        size = sum(sizes.get(name, 0) for name in names)
        if size > most:
            yield f"{what}: {size} bytes compressed; {most} is the budget"


def main():
    files = {path.name: path for path in sorted(pathlib.Path(sys.argv[1]).iterdir())}
    node = next(filter(None, map(shutil.which, ["node", "nodejs"])), None)
    wrong = [f"{name} is not there" for name in sorted(NEEDED - set(files))]
    for path in files.values():
        wrong += check_text(path)
        if node and path.suffix == ".js":
            wrong += check_syntax(path, node)
    wrong += check_sizes(files)
    if not node:
        print("SKIPPED: node is not installed, and nobody read the scripts")
    print("\n".join(wrong) or f"{len(files)} files: fine")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
