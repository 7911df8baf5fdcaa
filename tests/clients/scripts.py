#!/usr/bin/env python3
"""Runs the scripts of docs/scripts and the notebooks of docs/notebooks on the example store.

    scripts.py ROOT BIN          all of them
    scripts.py ROOT BIN FOLDER   likewise, and leaves what they draw in FOLDER

A script must end well, say what it says here and draw a picture that can be read and has something on
it. The cells of a notebook are run in order by plain Python, as Jupyter would run them; it must be
valid and hold no outputs. What is not installed is SKIPPED aloud.
"""
import contextlib
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree
import zlib

ROOT = pathlib.Path(sys.argv[1]).resolve()
BIN = pathlib.Path(sys.argv[2]).resolve()
sys.path.append(str(ROOT / "tests" / "support"))
sys.dont_write_bytecode = True

import daemon  # noqa: E402

SYSTEM_PYTHON = "/usr/bin/python3"  # the one that pandas and matplotlib are installed for
R_NEEDS = "library(jsonlite); library(curl)"
# What runs a script, and what asks whether all of it is there.
LANGUAGES = {
    ".py": ([SYSTEM_PYTHON], ["-c", "import matplotlib"]),
    ".R": (["Rscript", "--vanilla"], ["-e", R_NEEDS]),
    ".mjs": (["node"], ["-e", "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"]),
}
# script, picture, filters, what it says, words that are in the picture where it is an SVG of text
SCRIPTS = [
    ("uncertain-dates.py", "uncertain-dates.svg", ["date=2021-07/2022-06", "actor=rus"], "13 events", []),
    ("uncertain-dates.py", "uncertain-dates.png", ["date=2021-07/2022-06", "actor=rus"], "13 events", []),
    ("uncertain-dates.py", "a-century.png", ["date=1900/2030", "actor=arm"], "20 events", []),
    ("certain-and-possible.R", "certain-and-possible.png", [], "24 of 24 months", []),
    ("certain-and-possible.R", "certain-and-possible.svg", ["actor=tur"], "19 of 24 months", []),
    ("who-with-whom.mjs", "who-with-whom.svg", [], "14 actors, 38 pairs",
     ["Azerbaijan", "Recep Tayyip Erdoğan", "17"]),
]


def pixels(file):
    """Rows of bytes of a PNG, unfiltered as they are stored, which is enough to see whether it is blank."""
    data, at, packed = file.read_bytes(), 8, b""
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise daemon.Failure(f"{file.name} is no PNG")
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        packed += data[at + 8:at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return zlib.decompress(packed)


def check_picture(file, words):
    """A picture must be whole and have something on it."""
    if file.suffix == ".png":
        if len(set(pixels(file))) < 8:
            raise daemon.Failure(f"{file.name} is blank")
        return
    root = xml.etree.ElementTree.parse(file).getroot()
    shapes = [node for node in root.iter() if node.tag.rsplit("}")[-1] in ("path", "rect", "use", "text")]
    if len(shapes) < 20:
        raise daemon.Failure(f"{file.name} has {len(shapes)} shapes")
    text = " ".join(node.text or "" for node in root.iter())
    missing = [word for word in words if word not in text]
    if missing:
        raise daemon.Failure(f"{file.name} has no {missing[0]}")


def ready(suffix):
    words, asks = LANGUAGES[suffix]
    program = shutil.which(words[0], path=f"/usr/bin:{os.environ.get('PATH', '')}")
    if not program:
        return None
    found = subprocess.run([program, *words[1:], *asks], capture_output=True, check=False)
    return [program, *words[1:]] if found.returncode == 0 else None


def play_script(script, file, filters, says, words, environment):
    command = ready(pathlib.Path(script).suffix)
    if not command:
        return f"SKIPPED: what {script} needs is not installed"
    done = subprocess.run([*command, ROOT / "docs" / "scripts" / script, file, *filters], cwd=ROOT,
                          env=environment, capture_output=True, timeout=120, check=False)
    said = (done.stdout + done.stderr).decode()
    if done.returncode != 0 or says not in said:
        raise daemon.Failure(f"{script} {' '.join(filters)} ended with {done.returncode}: {said[-1500:]}")
    check_picture(file, words)
    return "ok"


def check_notebook(notebook):
    """What nbformat 4.5 asks of a notebook as ours are."""
    if (notebook["nbformat"], notebook["nbformat_minor"]) != (4, 5):
        raise daemon.Failure("not nbformat 4.5")
    ids = [cell["id"] for cell in notebook["cells"]]
    if len(set(ids)) != len(ids) or not all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", one) for one in ids):
        raise daemon.Failure("ids of cells")
    for cell in notebook["cells"]:
        members = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            members |= {"execution_count", "outputs"}
            if cell["outputs"] or cell["execution_count"] is not None:
                raise daemon.Failure(f"{cell['id']} holds outputs")
        if set(cell) != members or cell["cell_type"] not in ("code", "markdown"):
            raise daemon.Failure(f"{cell['id']} has {sorted(cell)}")


PLAIN = """
import ast, json, sys
import matplotlib
matplotlib.use("Agg")
from matplotlib import pyplot
space = {"__name__": "__main__"}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] != "code":
        continue
    tree, name = ast.parse("".join(cell["source"])), f"<{cell['id']}>"
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), space)
    value = eval(compile(ast.Expression(last.value), name, "eval"), space) if last else None
    if value is not None:
        print(cell["id"], type(value).__name__, getattr(value, "shape", ""))
    for number in pyplot.get_fignums():
        pyplot.figure(number).savefig(f"{sys.argv[2]}/{cell['id']}.png", bbox_inches="tight")
    pyplot.close("all")
"""
SAID = {"uncertain-dates.ipynb": ["frame DataFrame (12, 5)", "width DataFrame", "disputed DataFrame (",
                                  "10 events as of version 3"]}


def play_notebook(file, folder, environment):
    check_notebook(json.loads(file.read_text()))
    if subprocess.run([SYSTEM_PYTHON, "-c", "import pandas, matplotlib"], capture_output=True,
                      check=False).returncode != 0:
        return f"SKIPPED: pandas or matplotlib is not installed for {SYSTEM_PYTHON}"
    done = subprocess.run([SYSTEM_PYTHON, "-c", PLAIN, file, folder], cwd=file.parent, env=environment,
                          capture_output=True, timeout=120, check=False)
    said = done.stdout.decode()
    missing = [words for words in SAID[file.name] if words not in said]
    if done.returncode != 0 or missing:
        raise daemon.Failure(f"no {missing} in {said[-1500:]}{done.stderr.decode()[-1500:]}")
    return "ok"


def told(name, play, *arguments):
    """Whether it went well; says how it went."""
    try:
        outcome = play(*arguments)
    except (daemon.Failure, xml.etree.ElementTree.ParseError, OSError, ValueError, KeyError) as why:
        outcome = f"FAILED: {why}"
    print(f"{name}: {outcome}", flush=True)
    return not outcome.startswith("FAILED")


def main():
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="annals-scripts-")))
        store = folder / "example.annals"
        shutil.copy(BIN.parent / "share" / "annals" / "example.annals", store)
        drawn = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else folder / "drawn"
        drawn.mkdir(exist_ok=True)
        served = stack.enter_context(daemon.Daemon(BIN / "annalsd", store, log=folder / "log"))
        environment = os.environ | {"ANNALS_URL": f"http://{served.address}", "no_proxy": "*",
                                    "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1",
                                    "MPLCONFIGDIR": str(folder)}
        well = [told(f"{picture} by {script}", play_script, script, drawn / picture, filters, says, words,
                     environment) for script, picture, filters, says, words in SCRIPTS]
        notebooks = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
        well += [told(file.name, play_notebook, file, drawn, environment) for file in notebooks]
        served.must_run()
    unknown = {file.name for file in (ROOT / "docs" / "scripts").iterdir()} - {row[0] for row in SCRIPTS}
    if unknown or not notebooks:
        print(f"not run: {unknown or 'any notebook'}")
    return 0 if all(well) and not unknown and notebooks else 1


sys.exit(main())
