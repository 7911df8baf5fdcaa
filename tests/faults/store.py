#!/usr/bin/env python3
"""Stores that are full, damaged, foreign, locked or not to be written, and the end by a signal.

    store.py PATH-TO-ANNALSD PATH-TO-ANNALS [WORD…]    the cases whose names hold one of the words

Each function below with the mark @case is one case, with a folder of its own. What a machine does
not allow (mounting a small disk) is skipped aloud.
"""

import json
import os
import pathlib
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from daemon import LOST, PATIENCE, STREAM_TYPE, Daemon, Failure, make_token, run

CASES = []
CANNOT = 3  # the exit code for a store that cannot be served


class Skipped(Exception):
    pass


def case(function):
    CASES.append(function)
    return function


class Place:
    """What a case works with: the programs, and a folder with a store of some events."""

    def __init__(self, annalsd, annals, folder):
        self.annalsd, self.annals, self.folder = annalsd, annals, folder
        self.db, self.log = folder / "store", folder / "log"
        self.mounted = []

    def daemon(self, *options, db=None, **more):
        return Daemon(self.annalsd, db or self.db, *options, log=self.log, **more)

    def fill(self, sources=3, events=20, db=None):
        """Makes the store; returns a token for it."""
        token = make_token(self.annals, db or self.db)
        with self.daemon(db=db) as daemon, daemon.client(token) as client:
            for n in range(sources):
                must(client.put(document(f"source-{n}", events)), 201)
            daemon.stop()
        return token

    def refused(self, *options, db=None):
        """annalsd must not start; returns what it said, which must be one clear line."""
        command = (self.annalsd, "--db", db or self.db, "--listen", "127.0.0.1:0", *options)
        code, out, errors = run(*command, "--stop-after", "5")
        said = [line for line in errors.splitlines() if line.startswith("annalsd: ")]
        if code != CANNOT or out or len(said) != 1:
            raise Failure(f"wanted exit {CANNOT} and one line, got {code}: {out}{errors}")
        return said[0]

    def mount(self, at, options):
        at.mkdir(exist_ok=True)
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "annals-test", at],
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            raise Skipped("no file system can be mounted here")
        self.mounted.append(at)

    def clean(self):
        for at in self.mounted:
            subprocess.run(["umount", at], check=False)


def document(source, events, word="text", size=0):
    return {
        "annals": 1,
        "source": {"id": source, "title": f"{source} {word}"},
        "events": [
            {
                "id": f"{source}-event-{n}",
                "title": f"{word} {n}",
                "summary": ("summary " * (size // 8 + 1))[: max(size, 1)].strip(),
                "date": f"{1990 + n % 30}",
            }
            for n in range(events)
        ],
    }


def must(answer, *statuses):
    if answer.status not in statuses:
        raise Failure(f"wanted {statuses}, got {answer}")
    return answer


def must_say(text, *words):
    for word in words:
        if word not in text:
            raise Failure(f"wanted {word!r} in: {text}")


def must_be_problem(answer, status):
    must(answer, status)
    if answer.headers["Content-Type"] != "application/problem+json":
        raise Failure(f"not a problem document: {answer.headers['Content-Type']}")
    problem = answer.json()
    if problem["status"] != status or not problem["detail"]:
        raise Failure(f"not a good problem: {problem}")
    return problem["detail"]


# ---- no room ----


def write_much(client, n):
    return client.put(document(f"much-{n}", 20, size=2000))


def write_until_full(client):
    """Puts ever new sources until one is refused; returns how many went in and the refusal."""
    for n in range(2000):
        answer = write_much(client, n)
        if answer.status != 201:
            return n, answer
    raise Failure("the disk never was full")


def survive_no_room(place, daemon, client, make_room):
    """From no room to room again: writes are refused and reads go on, then both work."""
    count, refusal = write_until_full(client)
    must_say(must_be_problem(refusal, 503), "disk")
    for n in range(5):
        must_be_problem(write_much(client, count + n), 503)
        must(client.ask("GET", f"/v1/events/source-0-event-{n}"), 200)
    must(client.ask("GET", "/v1/sources?count=true&limit=1"), 200)
    must(client.ask("GET", "/readyz"), 200, 503)
    daemon.must_run()
    must_say(daemon.said(), "error store")
    make_room()
    must(client.put(document("after", 3)), 201)
    found = client.get("/v1/sources?count=true&limit=1")["matched"]
    if found != 3 + count + 1:
        raise Failure(f"{found} sources, wanted {3 + count + 1}")
    daemon.stop()
    code, out, errors = run(place.annals, "check", "--db", daemon.db)
    if code != 0:
        raise Failure(f"annals check: {code}: {out}{errors}")


@case
def full_disk(place):
    disk = place.folder / "disk"
    place.mount(disk, "size=4m")
    db, filler = disk / "store", disk / "filler"
    token = place.fill(db=db)
    filler.write_bytes(bytes(1 << 20))
    with place.daemon(db=db) as daemon, daemon.client(token) as client:
        survive_no_room(place, daemon, client, filler.unlink)


@case
def largest_file(place):
    """A limit on the size of files (ulimit -f), whose signal would end a process."""
    token = place.fill()
    with place.daemon(file_limit=1 << 20) as daemon, daemon.client(token) as client:
        survive_no_room(place, daemon, client, lambda: daemon.limit_files(1 << 40))


# ---- damaged files ----

READS = (
    "/v1/events",
    "/v1/events?limit=1000",
    "/v1/events?q=text",
    "/v1/events?sort=title&count=true",
    "/v1/events/source-1-event-7",
    "/v1/events/source-1-event-7/accounts",
    "/v1/sources",
    "/v1/sources/source-2",
    "/v1/changesets",
    "/v1/changesets/2",
    "/v1/types",
    "/readyz",
    "/",
)


def read_all(client):
    """Every kind of read: 200 or a clear 503. Returns how many were 503."""
    failed = 0
    for target in READS:
        answer = client.ask("GET", target)
        if answer.status == 503:
            must_be_problem(answer, 503)
            failed += 1
        else:
            must(answer, 200, 404)
    return failed


def damage(path, first, last, seed):
    """Overwrites that part of the file, as fractions, with noise."""
    size = path.stat().st_size
    start, end = int(size * first), int(size * last)
    with open(path, "r+b") as f:
        f.seek(start)
        f.write(random.Random(seed).randbytes(end - start))


def serve_damaged(place):
    """Serves or refuses a damaged store; returns the number of reads that failed, or None."""
    try:
        daemon = place.daemon("--cache-bytes", "0")
    except Failure:
        must_say(place.refused(), str(place.db))
        return None
    with daemon, daemon.client() as client:
        failed = read_all(client)
        if failed > 0:
            must_say(daemon.said(), "error store")
        daemon.stop()
    return failed


@case
def damaged_file(place):
    place.fill(events=60)
    whole = place.db.read_bytes()
    outcomes = []
    parts = [(0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.05, 1), (0, 0.01), (0.5, 0.51)]
    for seed, (first, last) in enumerate(parts):
        place.db.write_bytes(whole)
        damage(place.db, first, last, seed)
        outcomes.append(serve_damaged(place))
        code, _, errors = run(place.annals, "check", "--db", place.db)
        if code not in (1, CANNOT) and outcomes[-1] != 0:
            raise Failure(f"annals check found nothing ({code}): {errors}")
    if all(outcome == 0 for outcome in outcomes):
        raise Failure(f"no damage was noticed: {outcomes}")


@case
def damaged_while_served(place):
    place.fill(events=60)
    with place.daemon("--cache-bytes", "0") as daemon, daemon.client() as client:
        if read_all(client) != 0:
            raise Failure("a sound store is not read")
        damage(place.db, 0.05, 1, 1)
        if read_all(client) == 0:
            raise Failure("the damage was not noticed")
        must_say(daemon.said(), "error store")
        daemon.stop()


@case
def cut_file(place):
    place.fill(events=60)
    whole = place.db.read_bytes()
    for keep in (0.5, 0.9, 0.01):
        place.db.write_bytes(whole[: int(len(whole) * keep)])
        if serve_damaged(place) == 0:
            raise Failure(f"that only {keep} of the file are there was not noticed")


# ---- files that are no stores ----


@case
def not_a_store(place):
    place.db.write_text("These are the annals of nothing in particular.\n" * 100)
    must_say(place.refused(), str(place.db), "not an Annals store")
    must_say(place.refused("--read-only"), str(place.db), "not an Annals store")
    code, _, errors = run(place.annals, "check", "--db", place.db)
    if code != CANNOT:
        raise Failure(f"annals check: {code}: {errors}")


@case
def another_database(place):
    with sqlite3.connect(place.db) as other:
        other.execute("CREATE TABLE account (name TEXT)")
    before = place.db.read_bytes()
    must_say(place.refused(), str(place.db), "another program")
    if place.db.read_bytes() != before:
        raise Failure("the database of another program was changed")


@case
def a_folder(place):
    place.db.mkdir()
    must_say(place.refused(), str(place.db))


@case
def a_missing_folder(place):
    db = place.folder / "nowhere" / "store"
    must_say(place.refused(db=db), str(db))


@case
def missing_to_read(place):
    must_say(place.refused("--read-only"), str(place.db))
    if place.db.exists():
        raise Failure("--read-only made a file")


@case
def newer_schema(place):
    place.fill()
    with sqlite3.connect(place.db) as store:
        store.execute("INSERT INTO migration VALUES (9999, 'from the future', 0)")
    must_say(place.refused(), str(place.db), "newer", "9999")
    must_say(place.refused("--read-only"), "newer", "9999")
    code, _, errors = run(place.annals, "check", "--db", place.db)
    if code != CANNOT:
        raise Failure(f"annals check: {code}: {errors}")
    must_say(errors, "newer")


@case
def schema_from_before_the_first_release(place):
    place.fill()
    with sqlite3.connect(place.db) as store:
        store.execute("UPDATE migration SET number = 1")
    must_say(place.refused(), str(place.db), "before the first release", "into a new store")
    must_say(place.refused("--read-only"), "before the first release")


# ---- who may open it ----


@case
def two_daemons(place):
    token = place.fill()
    with place.daemon() as daemon, daemon.client(token) as client:
        must_say(place.refused(), str(place.db), "another annalsd")
        must(client.put(document("still", 2)), 201)
        daemon.stop()
    with place.daemon() as daemon:  # the lock ends with the process, however that ends
        daemon.kill()
    with place.daemon() as daemon:
        daemon.stop()


def serve_read_only(place, db):
    with place.daemon("--read-only", db=db) as daemon, daemon.client("x") as client:
        if read_all(client) != 0:
            raise Failure("not everything can be read")
        must_be_problem(client.put(document("more", 2)), 403)
        daemon.stop()


@case
def read_only(place):
    place.fill()
    before = place.db.read_bytes()
    serve_read_only(place, place.db)
    if place.db.read_bytes() != before:
        raise Failure("--read-only changed the file")


@case
def read_only_disk(place):
    """On a medium that cannot be written: with --read-only it is served, else refused."""
    place.fill()
    disk = place.folder / "disk"
    place.mount(disk, "size=16m")
    db = disk / "store"
    shutil.copy(place.db, db)
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    serve_read_only(place, db)
    must_say(place.refused(db=db), str(db))


@case
def read_only_permissions(place):
    """The same by permissions, which root does not feel."""
    if os.geteuid() == 0:
        raise Skipped("root may write everywhere")
    place.fill()
    disk = place.folder / "disk"
    disk.mkdir()
    db = disk / "store"
    shutil.copy(place.db, db)
    db.chmod(0o444)
    disk.chmod(0o555)
    try:
        serve_read_only(place, db)
        must_say(place.refused(db=db), str(db))
    finally:
        disk.chmod(0o755)


# ---- the end ----


class Upload:
    """A write whose body is sent in two halves, over a plain socket, once the head was read."""

    def __init__(self, daemon, token, name, events):
        lines = [json.dumps(document(f"{name}-{n}", events, size=200)) for n in range(4)]
        body = "\n".join(lines).encode()
        host, port = daemon.address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), PATIENCE)
        head = (
            f"POST /v1/sources HTTP/1.1\r\nHost: {host}\r\nContent-Type: {STREAM_TYPE}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n"
            "Expect: 100-continue\r\n\r\n"
        )
        self.socket.sendall(head.encode())
        must_say(self.socket.recv(1000).decode(), "HTTP/1.1 100 ")
        self.rest = body[len(body) // 2 :]
        self.socket.sendall(body[: len(body) // 2])

    def finish(self):
        """Sends the other half; returns the whole answer."""
        self.socket.sendall(self.rest)
        answer = b""
        while piece := self.socket.recv(65536):
            answer += piece
        self.socket.close()
        return answer.decode("utf-8", "replace")


class Question:
    """A read that takes a while, sent over a connection that was used before, not yet answered."""

    def __init__(self, daemon):
        self.connection = daemon.client().connection
        self.send("/readyz")
        self.status()
        self.send("/v1/events?limit=1000&count=true")

    def send(self, target):
        self.connection.request("GET", target)

    def status(self):
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


def wait_until_closed(daemon):
    """Until new connections are refused."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with daemon.client(patience=2) as client:
                client.ask("GET", "/readyz")
        except LOST:
            return
    raise Failure("new connections are served long after the signal")


@case
def drain(place):
    """SIGTERM while bodies come in, writes run and questions are answered: all of them end well."""
    token = place.fill(events=300)
    with place.daemon("--drain-seconds", "30", "--cache-bytes", "0") as daemon:
        uploads = [Upload(daemon, token, f"late-{n}", 250) for n in range(3)]
        answers = [None] * len(uploads)

        def finish(n):
            answers[n] = uploads[n].finish()

        running = threading.Thread(target=finish, args=(0,))
        running.start()
        questions = [Question(daemon) for _ in range(4)]
        daemon.terminate()
        wait_until_closed(daemon)
        for n in range(1, len(uploads)):
            finish(n)
        statuses = [question.status() for question in questions]
        running.join()
        took = daemon.ended(30)
        if took > 5:
            raise Failure(f"with everything answered it took {took:.1f} s to end")
    for answer in answers:
        must_say(answer or "", "HTTP/1.1 201 ", '"changeset":')
    if statuses != [200] * 4:
        raise Failure(f"questions under way were answered {statuses}")
    with place.daemon() as daemon, daemon.client() as client:
        for n in range(3):
            must(client.ask("GET", f"/v1/sources/late-{n}-3"), 200)
        daemon.stop()


@case
def drain_time_over(place):
    """A client that never ends its request does not hold the end up."""
    token = place.fill()
    with place.daemon("--drain-seconds", "1") as daemon:
        upload = Upload(daemon, token, "never", 20)
        daemon.terminate()
        took = daemon.ended()
        if not 0.5 < took < 5:
            raise Failure(f"with a drain time of 1 s it ended after {took:.1f} s")
        upload.socket.close()
    with place.daemon() as daemon, daemon.client() as client:
        must(client.ask("GET", "/v1/sources/never-0"), 404)
        daemon.stop()


# ---- all of them ----


def play(function, annalsd, annals):
    """How the case went: ok, SKIPPED or FAILED."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        place = Place(annalsd, annals, pathlib.Path(folder))
        try:
            function(place)
            outcome = "ok"
        except Skipped as why:
            outcome = f"SKIPPED: {why}"
        except (Failure, subprocess.SubprocessError, *LOST) as why:
            outcome = f"FAILED: {type(why).__name__}: {why}"
        finally:
            place.clean()
    print(f"{function.__name__:24} {time.monotonic() - begun:5.1f} s  {outcome}", flush=True)
    return outcome.partition(":")[0]


def main():
    annalsd, annals = (pathlib.Path(p) for p in sys.argv[1:3])
    words = sys.argv[3:]
    chosen = [c for c in CASES if not words or any(w in c.__name__ for w in words)]
    results = [play(function, annalsd, annals) for function in chosen]
    print(", ".join(f"{results.count(r)} {r}" for r in ("ok", "SKIPPED", "FAILED")))
    return 1 if "FAILED" in results or not results else 0


if __name__ == "__main__":
    sys.exit(main())
