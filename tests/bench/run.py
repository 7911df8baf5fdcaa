#!/usr/bin/env python3
"""Measures Annals beside what it could be measured by, and prints ratios.

    run.py             on 100,000 events; the store is kept in build/bench/ for the next time
    run.py --quick     the same with short runs: noisier
    run.py --sizes 10000,100000,1000000
                       the sizes of the stores whose questions are timed; ANNALS_BENCH_SIZES says
                       the same; without either 10,000 and 100,000. Making the store of a million
                       events takes some ten minutes and 7 GB of disk, once.
    run.py --load 1000000
                       loads tables of so many events (sizes with commas between them), and nothing
                       else
    run.py --drawing   draws timelines in Chromium beside other libraries (drawing.py), and nothing else
    run.py --smoke     a tiny store and one short run of each, to see that the bench itself works

Answers from memory are measured against nginx, which serves the same bytes from a file with the
same number of threads; answers that are computed, against the bare statements in process
(bare.c); memory after many requests, against memory after few. Both sides of a ratio run in turn,
several times; the table shows the median ratio and the extremes. How long single questions take,
and how that grows with the store, is in a table of its own (timed.py).
"""

import argparse
import datetime
import os
import pathlib
import random
import re
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "support"))
import drawing
import generate
import loading
import stores
import timed
from daemon import Daemon, Failure, run

SKIP = 77
CONNECTIONS = 32
DAY = 86400
EPOCH = datetime.date(1970, 1, 1)
HOT = 100  # addresses asked over and over while memory is measured


@dataclass
class Plan:
    events: int
    seconds: int  # of a run
    runs: int
    fill: int  # requests that fill the cache before memory is looked at
    few: int  # requests after these, before memory is read the first time
    many: int  # and the second time
    sizes: str  # of the stores whose questions are timed, in events
    asked: int  # questions of a kind that are timed in a run
    loaded: int  # events of the table whose load is timed


PLANS = {
    "full": Plan(100_000, 3, 5, 200_000, 10_000, 1_000_000, "10000,100000", 200, 100_000),
    "quick": Plan(100_000, 1, 3, 50_000, 10_000, 200_000, "10000,100000", 50, 20_000),
    "smoke": Plan(500, 1, 1, 1_000, 1_000, 5_000, "500", 8, 500),
}


class Bench:
    def __init__(self, plan, programs, folder):
        self.plan, self.folder = plan, folder
        self.annalsd, self.annals, self.bare, self.copy = (
            programs / name for name in ("annalsd", "annals", "bench_bare", "bench_copy")
        )
        self.threads = os.cpu_count()
        self.store = None
        self.rows, self.times, self.drawn = [], [], []

    def daemon(self, *options, db=None):
        options = ("--access-log", "off", "--threads", str(self.threads), *options)
        return Daemon(self.annalsd, db or self.store, *options, log=self.folder / "log")

    def prepare(self, events, kept):
        return stores.prepare(self.annalsd, self.annals, events, kept)


# ---- the questions ----


def write_lines(path, lines):
    path.write_text("\n".join(lines) + "\n")
    return path


def make_questions(bench):
    """The same random ids and windows for both sides, as files."""
    rng = random.Random(1)
    with sqlite3.connect(f"file:{bench.store}?mode=ro", uri=True) as store:
        ids = [row[0] for row in store.execute("SELECT id FROM event ORDER BY key")]
    rng.shuffle(ids)
    first = (datetime.date(generate.FIRST_YEAR, 1, 1) - EPOCH).days
    last = (datetime.date(generate.LAST_YEAR, 1, 1) - EPOCH).days
    windows = []
    for _ in range(5000):
        start = rng.randrange(first, last)
        windows.append((start, start + rng.choice((30, 90, 365, 1000))))

    def on(day):
        return (EPOCH + datetime.timedelta(days=day)).isoformat()

    f = bench.folder
    events = [f"/v1/events/{i}" for i in ids]
    pages = [f"/v1/events?date={on(a)}/{on(b)}&limit=50" for a, b in windows]
    seconds = [f"{a * DAY} {(b + 1) * DAY - 1}" for a, b in windows]
    bench.ids = write_lines(f / "ids", ids)
    bench.windows = write_lines(f / "windows", seconds)
    bench.events = write_lines(f / "events", events)
    bench.pages = write_lines(f / "pages", pages)
    # Every stretch of it is alike, so that memory is the same whatever was asked last.
    bench.mixed = write_lines(f / "mixed", rng.sample(events + pages, len(events) + len(pages)))
    bench.one_event, bench.one_page = events[0], pages[0]


# ---- the measuring sides ----


def wrk(address, target="/", questions=None, hot=None, seconds=1):
    """Requests per second and their number; anything but 200 is a failure."""
    threads = min(2, os.cpu_count())
    command = ["wrk", f"-t{threads}", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    if questions:
        command += ["-s", str(HERE / "questions.lua")]
    command.append(f"http://{address}{target}")
    if questions:
        command += ["--", str(questions), *([str(hot)] if hot else [])]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    text = said.stdout + said.stderr
    rate = re.search(r"Requests/sec: +([\d.]+)", text)
    count = re.search(r"(\d+) requests in", text)
    if said.returncode != 0 or not rate or "Non-2xx" in text or "Socket errors" in text:
        raise Failure(f"wrk: {text}")
    return float(rate[1]), int(count[1])


def bare(bench, kind, questions):
    code, out, errors = run(bench.bare, bench.store, questions, kind, bench.plan.seconds)
    if code != 0:
        raise Failure(f"bench_bare: {errors}")
    return float(out)


NGINX = """
{user}
worker_processes {threads};
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=16 inactive=1h;
  open_file_cache_valid 1h;
  default_type {content_type};
  client_body_temp_path {folder};
  proxy_temp_path {folder};
  fastcgi_temp_path {folder};
  uwsgi_temp_path {folder};
  scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }}
}}
"""


class Nginx:
    """Serves the given bytes, by name, from files, with as many workers as annalsd has threads."""

    def __init__(self, bench, files, content_type):
        with socket.create_server(("127.0.0.1", 0)) as s:
            port = s.getsockname()[1]
        self.address = f"127.0.0.1:{port}"
        folder = bench.folder / "nginx"
        (folder / "www").mkdir(parents=True)
        for name, content in files.items():
            (folder / "www" / name).write_bytes(content)
        config = NGINX.format(
            user="user root;" if os.geteuid() == 0 else "",
            threads=bench.threads,
            folder=folder,
            content_type=content_type,
            port=port,
        )
        (folder / "conf").write_text(config)
        error_log = folder / "error.log"
        command = ["nginx", "-e", error_log, "-p", folder, "-c", folder / "conf"]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except ConnectionRefusedError:
                time.sleep(0.05)
        self.process.kill()
        raise Failure(f"nginx did not start: {error_log.read_text()}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


# ---- what is measured ----


def compare(bench, what, annals, yardstick, aim):
    """Runs both in turn and adds a row to the table."""
    pairs = []
    for _ in range(bench.plan.runs):
        pairs.append((annals(), yardstick()))
    ratios = [a / y for a, y in pairs]
    ours, theirs = (statistics.median(side) for side in zip(*pairs))
    spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
    bench.rows.append((what, f"{ours:,.0f}/s", f"{theirs:,.0f}/s", spread, aim))


def measure_hot(bench):
    seconds = bench.plan.seconds
    with bench.daemon() as daemon, daemon.client() as client:
        targets = {"event": bench.one_event, "page": bench.one_page}
        answers = {name: client.ask("GET", target) for name, target in targets.items()}
        content_type = answers["event"].headers["Content-Type"]
        files = {name: answer.body for name, answer in answers.items()}
        with Nginx(bench, files, content_type) as nginx:
            for name, aim in (("event", "1.1"), ("page", "0.85")):
                compare(
                    bench,
                    f"{name} of {len(files[name]):,} bytes, hot; nginx",
                    lambda name=name: wrk(daemon.address, targets[name], seconds=seconds)[0],
                    lambda name=name: wrk(nginx.address, f"/{name}", seconds=seconds)[0],
                    aim,
                )
        daemon.stop()


def measure_cold(bench):
    seconds = bench.plan.seconds
    kinds = (
        ("event, cold; its document in process", bench.events, "event", bench.ids, ""),
        ("event, cold; its tables in process", bench.events, "parts", bench.ids, "0.6"),
        ("page of 50, cold; in process", bench.pages, "page", bench.windows, "0.6"),
    )
    with bench.daemon("--cache-bytes", "0") as daemon:
        wrk(daemon.address, questions=bench.mixed, seconds=1)  # the file's pages come to memory
        for what, targets, kind, questions, aim in kinds:
            compare(
                bench,
                what,
                lambda targets=targets: wrk(
                    daemon.address, questions=targets, seconds=seconds
                )[0],
                lambda kind=kind, questions=questions: bare(bench, kind, questions),
                aim,
            )
        daemon.stop()


def request_many(daemon, bench, hot, count):
    done = 0
    while done < count:
        done += wrk(daemon.address, questions=bench.mixed, hot=hot, seconds=1)[1]
    return done


def measure_memory(bench):
    """Hits, misses and evictions mixed, after the cache was filled."""
    with bench.daemon("--cache-bytes", "16M") as daemon:
        request_many(daemon, bench, None, bench.plan.fill)
        few = request_many(daemon, bench, HOT, bench.plan.few)
        before = daemon.memory()
        many = few + request_many(daemon, bench, HOT, bench.plan.many - few)
        after = daemon.memory()
        for kind, what in (("Rss", "RSS"), ("Pss", "PSS"), ("Pss_Anon", "of it no file's pages")):
            bench.rows.append(
                (
                    f"memory after {many:,} requests; {few:,} ({what})",
                    f"{after[kind] / 1e6:,.1f} MB",
                    f"{before[kind] / 1e6:,.1f} MB",
                    f"{after[kind] / before[kind]:.2f}",
                    "1.00",
                )
            )
        daemon.stop()


def measure_times(bench, sizes, kept):
    """Single questions over stores of several sizes, and how the times grow."""
    in_force = {}
    for events in sizes:
        store = bench.prepare(events, kept)
        in_force[events] = timed.measure(bench, store)
    if len(sizes) > 1:
        bench.times += timed.growth(in_force)


def print_table(rows, head):
    if not rows:
        return
    table = [head, *rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(head))]
    for row in table:
        cells = [row[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(row[1:], widths[1:])]
        print("  ".join(cells).rstrip())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_const", const="quick", dest="plan")
    parser.add_argument("--smoke", action="store_const", const="smoke", dest="plan")
    parser.add_argument("--sizes", help="events of the stores whose questions are timed: 10000,100000")
    parser.add_argument("--times", action="store_true", help="time questions, and nothing else")
    parser.add_argument("--load", help="time the load of tables of so many events, and nothing else")
    parser.add_argument("--drawing", action="store_true", help="draw timelines, and nothing else")
    parser.add_argument("--npm", type=pathlib.Path, default=drawing.NPM, help="where npm puts libraries")
    parser.add_argument("--kept", type=pathlib.Path, help="where stores are kept; build/bench")
    parser.add_argument("--programs", type=pathlib.Path, default=ROOT / "build" / "bin")
    arguments = parser.parse_args()
    plan = PLANS[arguments.plan or "full"]
    missing = [name for name in ("nginx", "wrk") if not shutil.which(name)]
    if missing and not arguments.drawing:
        print(f"SKIPPED: {' and '.join(missing)} not installed (nginx-light, wrk)")
        return SKIP

    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(plan, arguments.programs.resolve(), pathlib.Path(folder))
        sizes = timed.wanted_sizes(arguments.sizes, plan.sizes)
        lasting = arguments.kept or ROOT / "build" / "bench"
        kept = bench.folder if arguments.plan == "smoke" else lasting
        print(
            f"{bench.threads} threads each for annalsd and nginx, on as many cores, which they "
            f"share with wrk ({CONNECTIONS} connections); bare statements in one thread. "
            f"{plan.runs} runs of {plan.seconds} s a side, in turn. "
            f"Load at the start: {os.getloadavg()[0]:.1f}."
        )
        print(
            f"Questions are timed at {', '.join(f'{n:,}' for n in sizes)} events "
            f"(--sizes, {timed.SIZES})."
        )
        try:
            for events in map(int, arguments.load.split(",") if arguments.load else ()):
                loading.measure(bench, events)
            if arguments.drawing:
                drawing.measure(bench, kept, arguments.npm)
                return 0
            if not arguments.times and not arguments.load:
                loading.measure(bench, plan.loaded)
                bench.store = bench.prepare(plan.events, kept)
                make_questions(bench)
                measure_hot(bench)
                measure_cold(bench)
                measure_memory(bench)
            if not arguments.load:
                measure_times(bench, sizes, kept)
            if not arguments.times and not arguments.load and arguments.plan != "smoke":
                drawing.measure(bench, kept, arguments.npm)
        except Failure as failure:
            print(failure)
            return 1
        finally:
            sides = ("annals", "yardstick", "ratio (min–max)", "aim")
            print_table(bench.rows, ("what; yardstick", *sides))
            print_table(bench.times, ("events: what, one question; yardstick", *sides))
            print_table(bench.drawn, ("in Chromium: what; yardstick", "annals", "yardstick", "ratio", "aim"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
