"""
Timelines drawn in Chromium: the same events by <annals-timeline>, vis-timeline and TimelineJS in turn; the
first visit to the explorer; and a hand that pans over a large store. The libraries get their data in
memory before the clock runs; Annals asks its server while it runs.
"""

import contextlib
import gzip
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

from daemon import Failure

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.append(str(HERE.parent / "browser"))
import programs

FEW, MANY, LARGE = 1_000, 5_000, 100_000
NPM = ROOT / "build" / "tests" / "browser" / "npm"
PATIENCE = 3600  # seconds for all of it
OTHERS = {"vis": "vis-timeline", "timelinejs": "TimelineJS"}
LIBRARIES = {
    "vis": ["vis-timeline/standalone/umd/vis-timeline-graph2d.min.js",
            "vis-timeline/styles/vis-timeline-graph2d.min.css"],
    "timelinejs": ["@knight-lab/timelinejs/dist/js/timeline.js",
                   "@knight-lab/timelinejs/dist/css/timeline.css"],
}  # fmt: skip


def ask_browser(bench, kept, npm):
    """What drawing.mjs measured, and where the libraries are."""
    node, chromium = programs.node(), programs.chromium()
    modules = programs.libraries(npm.resolve())
    example = bench.folder / "example.annals"
    shutil.copy(bench.annalsd.parent.parent / "share" / "annals" / "example.annals", example)
    large = min(LARGE, bench.plan.events)
    names = {"few": min(FEW, large), "many": min(MANY, large), "large": large}
    stores = {name: bench.prepare(events, kept) for name, events in names.items()}
    with contextlib.ExitStack() as stack:
        urls = {}
        for name, store in (stores | {"example": example}).items():
            served = stack.enter_context(bench.daemon("--read-only", db=store))
            urls[name] = f"http://{served.address}"
        place = {"chromium": chromium, "modules": str(modules), "urls": urls,
                 "runs": bench.plan.runs, "slow": min(bench.plan.runs, 2)}  # fmt: skip
        done = subprocess.run(
            [node, HERE / "drawing.mjs", json.dumps(place)],
            stdout=subprocess.PIPE,
            text=True,
            timeout=PATIENCE,
            check=False,
            env=os.environ | {"TMPDIR": str(bench.folder), "no_proxy": "*"},
        )
    if done.returncode != 0:
        raise Failure(f"drawing.mjs ended with {done.returncode}")
    return json.loads(done.stdout), modules


def drawn(bench, what, times):
    """Rows for one number of events: how many times as long the others take."""
    for name, title in OTHERS.items():
        mine, theirs = times["annals"], times[name]
        ratios = sorted(t / m for m, t in zip(mine, theirs))
        ours, other = statistics.median(mine), statistics.median(theirs)
        spread = f"{statistics.median(ratios):.1f} ({ratios[0]:.1f}–{ratios[-1]:.1f})"
        bench.drawn.append((f"{what} drawn; {title}", f"{ours:,.0f} ms", f"{other:,.0f} ms", spread, ""))


def compressed(path):
    return len(gzip.compress(path.read_bytes(), 9))


def sizes(bench, modules, weight):
    own = next(size for path, size in weight["files"].items() if path.endswith("annals-timeline.js"))
    for name, files in LIBRARIES.items():
        other = sum(compressed(modules / "node_modules" / one) for one in files)
        bench.drawn.append((f"the module compressed; {OTHERS[name]}, its style included",
                            f"{own:,} B", f"{other:,} B", f"{other / own:.1f}", ""))  # fmt: skip


def visits(bench, result):
    large = f"{min(LARGE, bench.plan.events):,} events"
    for what, moment, aim in (
        ("first paint of the explorer", "paint", "≤ 300 ms"),
        ("until its timeline and list are there", "drawn", ""),
    ):
        first = {name: statistics.median(one[moment] for one in runs)
                 for name, runs in result["first"].items()}  # fmt: skip
        bench.drawn.append((f"{what}, {large}; the example", f"{first['large']:,.0f} ms",
                            f"{first['example']:,.0f} ms",
                            f"{first['large'] / first['example']:.1f}", aim))  # fmt: skip
    for part, what, aim in (
        ("page", "page, styles and scripts", "≤ 40,960"),
        ("map", "the map", "≤ 30,720"),
        ("answers", "first answers", "≤ 102,400"),
    ):
        theirs, ours = (result["weight"][name][part] for name in ("example", "large"))
        bench.drawn.append((f"bytes of a first visit: {what}, {large}; the example", f"{ours:,}",
                            f"{theirs:,}", f"{ours / theirs:.2f}", aim))  # fmt: skip


def pans(bench, pan):
    """Frames while a hand pans; vis-timeline has 5,000 events in memory."""

    def middle(name, part):
        return statistics.median(one[part] for one in pan[name])

    for name, what in (("counts", "counts of ten years"), ("events", "events of a month")):
        asked = middle(name, "asked")
        for part, title, form in (
            ("median", "median frame", "{:.1f} ms"),
            ("worst", "worst frame", "{:.0f} ms"),
            ("late", "frames over 50 ms", "{:.0f}"),
        ):
            ours, theirs = middle(name, part), middle("vis", part)
            bench.drawn.append((f"pan over {what}, {asked:.0f} questions asked: {title}; vis-timeline",
                                form.format(ours), form.format(theirs),
                                f"{theirs / ours:.1f}" if ours else "", ""))  # fmt: skip


def measure(bench, kept, npm=NPM):
    """Adds rows to bench.drawn. What is not installed leaves all of it out, aloud."""
    try:
        result, modules = ask_browser(bench, kept, npm)
    except programs.Skipped as why:
        print(f"SKIPPED: drawings: {why}")
        return
    drawn(bench, f"{min(FEW, bench.plan.events):,} events, each by itself", result["few"])
    drawn(bench, f"{min(MANY, bench.plan.events):,} events", result["many"])
    sizes(bench, modules, result["weight"]["large"])
    visits(bench, result)
    pans(bench, result["pan"])
