#!/usr/bin/env python3
"""Pictures of what people see, taken by Chromium: for eyes, and for the README.

    pictures.py             every picture of pictures.mjs, as PNG
    pictures.py WORD...     only those whose names contain one of the words
    --programs FOLDER  of annalsd and annals; build/bin
    --folder FOLDER    where the pictures are put; build/pictures
    --kept FOLDER      where the store of 100,000 events is kept; build/bench, as ./dev bench does
    --npm FOLDER       where the libraries of npm are put; build/tests/browser/npm
    --front            only the pictures of the README, into docs/pictures

A word in the console, a request to another host or a
violation of the policy on the way is told at the end, and the result is 1.
"""

import argparse
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path += [str(HERE.parent / "support"), str(HERE.parent / "bench")]

import programs  # noqa: E402
import run  # noqa: E402
import stores  # noqa: E402
from daemon import Daemon, Failure, make_token  # noqa: E402

EVENTS = 100_000
FRONT = ["explorer"]  # of the README, by the names of its files
KINDS = [run.EXAMPLE, "large", "hard", run.EMPTY]
PATIENCE = 900  # seconds for all pictures
# What is hard to draw, in a source of its own.
ON_ONE_DAY = 300
HARM = "<script>document.title = 'run'</script><img src=x onerror=alert(1)>"
LONG = "The assembly of the estates, towns and abbeys of all the lands on both banks of the river "
HARD_EVENTS = [
    ("ides", "The Ides of March", "-0043-03-15", "violence"),
    ("rubicon", "Caesar crosses the Rubicon", "-0048-01~", "movement"),
    ("calendar", "The calendar is put right", "-0045", "decree"),
    ("triumvirate", "A pact of three", "-0059/-0052~", "treaty"),
    ("temple", "Some time before that, a temple", "../-0053", "building"),
    ("road", "The road is still in use", "-0050-05/..", "building"),
    ("siege", "A siege whose end nobody wrote down", "-0051-06/", "violence"),
    ("forties", "Some time in the 1840s a printing press comes", "184X", "building"),
    ("forties-spring", "In the spring of 1843 the river rises", "1843-21", "disaster"),
    ("forties-circa", "About 1845 the first school opens", "1845~", "building"),
    ("forties-one-of", "One of three harvests fails", "[1844,1846,1847]", "disaster"),
    ("forties-war", "A war, from some day in 1846 to some day in 1848", "1846/1848", "violence"),
    ("forties-day", "The charter is read out", "1847-03-15", "decree"),
    ("harm", HARM, "1901-02-03", "decree"),
    ("hebrew", "ועידת השלום בעיר הבירה נפתחת היום", "1901-03-01/1901-06-30", "treaty"),
    ("arabic", "افتتاح مؤتمر السلام في العاصمة", "1901-07-02", "treaty"),
    ("mixed", "The \u202eright-to-left\u202c word in شهر May", "1901-08-02", "decree"),
    ("long", LONG * 8, "1901-04-01/1901-09-30", "treaty"),
    ("very-long", LONG * 55, "1901-05-05", "decree"),
    ("one-word", "Unterbrechungslos" * 12, "1901-10-01", "decree"),
    ("emoji", "🕊️ Şuşa · Шуша · Շուշի · 舒沙 👩‍👩‍👧", "1901-11-11", "treaty"),
]


def hard_document():
    events = [
        {"id": i, "title": title.strip(), "date": date, "type": kind} for i, title, date, kind in HARD_EVENTS
    ]
    events += [
        {"id": f"day-{n:03}", "title": f"Report {n + 1} of the day", "date": "1950-06-15",
         "type": ("report", "petition", "arrest")[n % 3]} for n in range(ON_ONE_DAY)
    ]
    types = sorted({event["type"] for event in events})
    return {"annals": 1, "source": {"id": "hard", "title": "What is hard to draw", "published": "2026"},
            "types": [{"id": one, "label": one.capitalize()} for one in types], "events": events}


def put(served, token, document):
    with served.client(token) as client:
        answer = client.put(document)
    if answer.status != 201:
        raise Failure(f"{document['source']['id']}: {answer}")


def serve(kind, tools, folder, kept):
    """A daemon on one of the stores."""
    annalsd, annals = tools
    log = folder / f"{kind}.log"
    if kind == "large":
        store = stores.prepare(annalsd, annals, EVENTS, kept)
        return Daemon(annalsd, store, "--read-only", "--title", "A made-up chronicle", log=log)
    if kind in (run.EXAMPLE, run.EMPTY):
        return run.make_store(kind, annalsd, annals, folder)[0]
    db = folder / "hard.annals"
    token = make_token(annals, db)
    served = Daemon(annalsd, db, "--title", "What is hard to draw", log=log)
    try:
        put(served, token, hard_document())
    except Failure:
        served.kill()
        raise
    return served


def smaller(picture):
    """A picture of 256 colours, which is hard to tell from the one of more."""
    if shutil.which("pngquant"):
        subprocess.run(["pngquant", "--force", "--ext", ".png", "256", picture], check=True)
    print(f"{picture}: {picture.stat().st_size:,} bytes")


def take(arguments, words):
    """Serves what the pictures need and takes them; returns Node's exit code."""
    tools = arguments.programs / "annalsd", arguments.programs / "annals"
    node, chromium = programs.node(), programs.chromium()
    modules = programs.libraries(arguments.npm.resolve())
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="annals-pictures-") as name, contextlib.ExitStack() as stack:
        place = {"chromium": chromium, "modules": str(modules), "folder": str(arguments.folder.resolve()),
                 "words": words, "front": FRONT if arguments.front else [], "urls": {}}
        for kind in KINDS:
            served = stack.enter_context(serve(kind, tools, pathlib.Path(name), arguments.kept.resolve()))
            place["urls"][kind] = f"http://{served.address}"
        code = subprocess.run([node, HERE / "pictures.mjs", json.dumps(place)], check=False,
                              timeout=PATIENCE, env=os.environ | {"TMPDIR": name, "no_proxy": "*"}).returncode
    if code == 0 and arguments.front:
        for name in FRONT:
            smaller(arguments.folder / f"{name}.png")
    return code


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--programs", type=pathlib.Path, default=ROOT / "build" / "bin")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / "build" / "pictures")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--kept", type=pathlib.Path, default=ROOT / "build" / "bench")
    parser.add_argument("--npm", type=pathlib.Path, default=ROOT / "build" / "tests" / "browser" / "npm")
    parser.add_argument("--front", action="store_true")
    arguments = parser.parse_args()
    arguments.programs = arguments.programs.resolve()
    if arguments.front:
        arguments.folder = ROOT / "docs" / "pictures"
    try:
        return take(arguments, arguments.words)
    except programs.Skipped as why:
        print(f"SKIPPED: {why}")
        return 77
    except Failure as why:
        print(why)
        return 1


if __name__ == "__main__":
    sys.exit(main())
