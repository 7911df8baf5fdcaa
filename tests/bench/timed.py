"""
How long one question takes over HTTP: asked over one connection that stays open, the response cache
off, no question twice in a run. Beside each stands a yardstick taken in turn with it: another
question of the same daemon, or a bare scan of the same rows in process (bare.c).
"""

import contextlib
import datetime
import os
import random
import re
import socket
import sqlite3
import statistics
import time
from dataclasses import dataclass

import generate
from daemon import PATIENCE, Failure, run

DAY = 86400
EPOCH = datetime.date(1970, 1, 1)
YEARS = 20  # of a histogram
EXPORTED = 100_000  # rows that are read of an export, at most
AIMED_AT = 1_000_000  # events from which the aim for histograms holds
HEAD_END = b"\r\n\r\n"


class Asker:
    """A connection of as few instructions as can be, so that the daemon's time is what is seen."""

    def __init__(self, address):
        self.host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((self.host, int(port)), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _send(self, target):
        head = f"GET {target} HTTP/1.1\r\nHost: {self.host}\r\nAccept: */*\r\n\r\n"
        self.socket.sendall(head.encode())

    def _receive(self):
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise Failure("annalsd closed the connection")
        return piece

    def seconds(self, target):
        """From the first byte sent to the last one received."""
        begun = time.perf_counter()
        self._send(target)
        answer = b""
        while HEAD_END not in answer:
            answer += self._receive()
        head, _, body = answer.partition(HEAD_END)
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if not length or not head.startswith(b"HTTP/1.1 200"):
            raise Failure(f"GET {target}: {head[:200]!r} {body[:200]!r}")
        left = int(length[1]) - len(body)
        while left > 0:
            left -= len(self._receive())
        return time.perf_counter() - begun

    def rows(self, target, most):
        """Rows per second of an export, of which at most so many are read."""
        begun = time.perf_counter()
        self._send(target)
        rows, last = 0, b""
        while rows < most and not last.endswith(b"\r\n0\r\n\r\n"):
            piece = self._receive()
            rows += piece.count(b"}\n")
            last = (last + piece)[-16:]
        took = time.perf_counter() - begun
        self.close()
        return rows / took

    def close(self):
        self.socket.close()


@dataclass
class Facts:
    """What of a store the questions are about."""

    events: int
    actors: list  # ids and keys of those with many events
    names: list  # words that few events have: of actors


def read_facts(store):
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as db:
        actors = db.execute("SELECT id, key FROM actor ORDER BY key LIMIT 40").fetchall()
        version = db.execute("SELECT version FROM store").fetchone()[0]
        events = db.execute(
            "SELECT n FROM total WHERE name = 0 AND since <= ? ORDER BY since DESC LIMIT 1",
            (version,),
        ).fetchone()[0]
    return Facts(events, actors, [a for a, _ in actors])


def on(day):
    return (EPOCH + datetime.timedelta(days=day)).isoformat()


def days(rng, count):
    first = (datetime.date(generate.FIRST_YEAR + 8, 1, 1) - EPOCH).days
    last = (datetime.date(generate.LAST_YEAR, 1, 1) - EPOCH).days
    return rng.sample(range(first, last), count)


class Timed:
    """The questions over one store, their times and those of the yardsticks."""

    def __init__(self, bench, store, address):
        self.bench, self.store, self.address = bench, store, address
        self.facts = read_facts(store)
        self.asker = Asker(address)
        self.rng = random.Random(self.facts.events)

    def median(self, targets):
        """The median time of some questions, each asked once."""
        return statistics.median(self.asker.seconds(t) for t in targets)

    def slow(self, target):
        """The median of one slow question, asked a few times."""
        return self.median([target] * min(self.bench.plan.asked, 5))

    def bare(self, kind, lines):
        """Seconds of one scan in process."""
        listed = self.bench.folder / "scanned"
        listed.write_text("\n".join(lines) + "\n")
        code, out, errors = run(self.bench.bare, self.store, listed, kind, 1)
        if code != 0:
            raise Failure(f"bench_bare: {errors}")
        return 1 / float(out)

    def compare(self, what, ours, yardstick, aim):
        """Times of both sides in turn; returns the median of ours."""
        pairs = [(ours(), yardstick()) for _ in range(self.bench.plan.runs)]
        ratios = [a / y for a, y in pairs]
        mine, theirs = (statistics.median(side) for side in zip(*pairs))
        spread = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        what = f"{self.facts.events:,}: {what}"
        self.bench.times.append((what, f"{mine * 1e3:,.2f} ms", f"{theirs * 1e3:,.2f} ms", spread, aim))
        return mine

    # ---- what is asked ----

    def pages(self, when, width):
        """The first 50 of windows of so many days, each beginning on another day."""
        return [
            f"/v1/events?date={on(d)}/{on(d + width - 1)}&when={when}&sort=date&limit=50"
            for d in days(self.rng, self.bench.plan.asked)
        ]

    def narrow(self):
        """A narrow window: what begins in as many days as give 50 rows."""
        lasted = (generate.LAST_YEAR - generate.FIRST_YEAR + 1) * 365
        return self.pages("starts", -(-75 * lasted // self.facts.events))

    def in_force(self):
        """Returns the times of the page in force on a day, by `when`."""
        return {
            when: self.compare(
                f"50 in force on a day ({when}); in a narrow window",
                lambda when=when: self.median(self.pages(when, 1)),
                lambda: self.median(self.narrow()),
                "≤ 3",
            )
            for when in ("covers", "overlaps")
        }

    def histogram(self):
        actors = self.facts.actors[: max(1, self.bench.plan.asked // 4)]
        spans = [(y, y + YEARS - 1) for y in range(generate.FIRST_YEAR, generate.LAST_YEAR - YEARS)]
        asked = [(a, self.rng.choice(spans)) for a in actors]
        self.compare(
            f"histogram by month, {YEARS} years, an actor; bare scan of its links",
            lambda: self.median(
                f"/v1/histogram?by=month&date={y}/{z}&actor={a}" for (a, _), (y, z) in asked
            ),
            lambda: self.bare(
                "links",
                [
                    f"{key} {(datetime.date(y, 1, 1) - EPOCH).days * DAY} "
                    f"{(datetime.date(z + 1, 1, 1) - EPOCH).days * DAY - 1}"
                    for (_, key), (y, z) in asked
                ],
            ),
            "≤ 4" if self.facts.events >= AIMED_AT else "",
        )

    def search(self):
        words = "number matters told subject tagged".split()
        numbers = self.rng.sample(range(self.facts.events), len(words))
        sides = (
            ("a name", self.facts.names[: len(words)], "≤ 5"),
            ("a word of one event", numbers, ""),
        )
        for rare, others, aim in sides:
            self.compare(
                f"50 with a word of every event; {rare}",
                lambda: self.median(f"/v1/events?q={w}&limit=50" for w in words),
                lambda others=others: self.median(f"/v1/events?q={w}&limit=50" for w in others),
                aim,
            )

    def export(self):
        most = min(self.facts.events, EXPORTED)
        self.compare(
            f"{most:,} rows of limit=all; bare scan of their documents",
            lambda: most / Asker(self.address).rows("/v1/events.ndjson?limit=all", most),
            lambda: self.bare("documents", [str(most)]),
            "",
        )

    def counts(self):
        year = f"{generate.FIRST_YEAR + 15}"
        questions = (
            ("count=true of everything", "/v1/events?limit=1&count=true"),
            ("count=true of one year", f"/v1/events?limit=1&count=true&date={year}"),
            ("count=true of 30 years", "/v1/events?limit=1&count=true&date=1991/2020"),
            ("facets of everything", "/v1/facets"),
            ("facets of one year", f"/v1/facets?date={year}"),
            ("histogram of everything", "/v1/histogram?by=year"),
            ("histogram of everything by type", "/v1/histogram?by=year&split=type"),
            ("suggest, three letters", "/v1/suggest?q=sha"),
            ("suggest, one letter", "/v1/suggest?q=s"),
            ("the landing page", "/v1"),
        )
        for what, target in questions:
            self.compare(
                f"{what}; bare scan of all events",
                lambda target=target: self.slow(target),
                lambda: self.bare("events", ["0"]),
                "",
            )


def measure(bench, store):
    """Asks everything of a store; returns the times of the page in force."""
    options = ("--cache-bytes", "0", "--read-only")
    with bench.daemon(*options, db=store) as daemon:
        timed = Timed(bench, store, daemon.address)
        timed.median(timed.pages("overlaps", 1))  # the file's pages come to memory
        in_force = timed.in_force()
        timed.histogram()
        timed.search()
        timed.export()
        timed.counts()
        timed.asker.close()
        daemon.stop()
    return in_force


def growth(times):
    """Rows for how the page in force grows from the smallest store to the largest."""
    sizes = sorted(times)
    rows = []
    for when in times[sizes[0]]:
        first, last = times[sizes[0]][when], times[sizes[-1]][when]
        what = f"50 in force on a day ({when}), {sizes[-1]:,} events; {sizes[0]:,}"
        figures = (f"{last * 1e3:,.2f} ms", f"{first * 1e3:,.2f} ms", f"{last / first:.2f}")
        rows.append((what, *figures, "≤ 1.5"))
    return rows


def sizes_of(text):
    """The sizes of the stores: "10000,100000"."""
    return sorted({int(n) for n in text.split(",")})


SIZES = "ANNALS_BENCH_SIZES"


def wanted_sizes(option, default):
    return sizes_of(option or os.environ.get(SIZES) or default)
