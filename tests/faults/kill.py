#!/usr/bin/env python3
"""kill -9 in the middle of writes, many times on one store.

    kill.py PATH-TO-ANNALSD PATH-TO-ANNALS

Clients put sources and streams of several sources as fast as they can; after a random moment the
daemon is killed and started again. Then every acknowledged changeset is there with what it put,
every changeset that is there is whole, versions have no gaps, and what is not there left no trace:
each source is as its last changeset put it. A request repeated with its Idempotency-Key gives the
changeset that it made. Every few rounds the dead daemon's store is checked.

ANNALS_ROUNDS sets the number of rounds (50), ANNALS_SEED the choices (the time).
"""

import json
import os
import pathlib
import random
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from daemon import LOST, STREAM_TYPE, Daemon, Failure, make_token, run

ROUNDS = int(os.environ.get("ANNALS_ROUNDS", "50"))
SEED = int(os.environ.get("ANNALS_SEED", str(time.time_ns())))
CLIENTS = 4
SHARED_SOURCES = 24  # that all clients replace
ROUNDS_BETWEEN_CHECKS = 5


class Attempt:
    """A write, told by its number, which is in its message and in all that it puts."""

    def __init__(self, number, rng):
        self.number = number
        self.version = None  # of an acknowledged one
        count = rng.choice((1, 1, 2, 5))
        names = rng.sample(range(SHARED_SOURCES), count)
        ids = [f"new-{number}-{n}" if rng.random() < 0.3 else f"source-{n}" for n in names]
        self.documents = {i: self._document(i, rng.randint(1, 4)) for i in ids}

    def _document(self, source, events):
        marker = f"marker {self.number}"
        return {
            "annals": 1,
            "source": {"id": source, "title": marker},
            "events": [
                {
                    "id": f"{source}-event-{n}",
                    "title": marker,
                    "date": f"20{self.number % 100:02}-0{n + 1}",
                    "type": "agree",
                    "tags": [f"tag-{self.number % 7}"],
                }
                for n in range(events)
            ],
        }

    def send(self, client):
        target, kind = f"?message={self.number}", STREAM_TYPE
        body = "\n".join(json.dumps(d) for d in self.documents.values())
        method = "POST"
        if len(self.documents) == 1:
            method, kind = "PUT", "application/json"
            target = f"/{next(iter(self.documents))}" + target
        headers = {"Content-Type": kind, "Idempotency-Key": f"attempt-{self.number}"}
        return client.ask(method, f"/v1/sources{target}", body, headers)


class Ledger:
    """What was tried, and what the store was seen to hold."""

    def __init__(self):
        self.lock = threading.Lock()
        self.attempts = []
        self.made_by = {}  # version: attempt
        self.last_put = {}  # source: (version, document)

    def attempt(self, rng):
        with self.lock:
            self.attempts.append(Attempt(len(self.attempts), rng))
            return self.attempts[-1]


def read_version(answer, attempt):
    if answer.status not in (200, 201):
        raise Failure(f"attempt {attempt.number} was answered {answer}")
    return answer.json()["changeset"]


class Writer(threading.Thread):
    """One client: writes until the connection breaks."""

    def __init__(self, daemon, token, ledger, seed):
        super().__init__()
        self.client, self.ledger = daemon.client(token), ledger
        self.rng = random.Random(seed)
        self.unanswered = self.failure = None

    def run(self):
        try:
            while True:
                attempt = self.unanswered = self.ledger.attempt(self.rng)
                answer = attempt.send(self.client)
                if answer.status == 503:  # more at once than the queue holds
                    continue
                attempt.version = read_version(answer, attempt)
                self.unanswered = None
        except LOST:
            pass
        except Failure as failure:
            self.failure = failure
        finally:
            self.client.close()


# ---- what must hold after a restart ----


def check_source(client, version, document):
    """The source and its events at that version are those of the document, all of them."""
    source, title = document["source"]["id"], document["source"]["title"]
    at = client.get(f"/v1/sources/{source}?as_of={version}")
    events = client.get(f"/v1/events?source={source}&as_of={version}&sort=title")["items"]
    wanted = sorted((e["id"], title) for e in document["events"])
    found = sorted((e["id"], e["title"]) for e in events)
    if at["title"] != title or at["accounts"] != len(wanted) or found != wanted:
        raise Failure(
            f"changeset {version}, {source}: wanted {title} with {wanted}, found {at['title']}, "
            f"{at['accounts']} accounts, {found}"
        )


def check_changeset(client, ledger, version):
    found = client.get(f"/v1/changesets/{version}")
    if found["id"] != version:
        raise Failure(f"changeset {version} says that it is {found['id']}")
    attempt = ledger.attempts[int(found["message"])]
    named = found["added"].get("sources", []) + [
        s["id"] for s in found["changed"].get("sources", [])
    ]
    if sorted(named) != sorted(attempt.documents):
        raise Failure(f"changeset {version} put {named}, not {sorted(attempt.documents)}")
    for document in attempt.documents.values():
        check_source(client, version, document)
    return attempt


def check_store(daemon, ledger, first):
    """Everything from version `first` on; returns the newest."""
    with daemon.client() as client:
        newest = client.get("/v1/changesets?limit=1")["version"]
        for version in range(first, newest + 1):
            attempt = check_changeset(client, ledger, version)
            if attempt in ledger.made_by.values():
                raise Failure(f"attempt {attempt.number} was made twice, again as {version}")
            ledger.made_by[version] = attempt
            for source, document in attempt.documents.items():
                ledger.last_put[source] = version, document
        for attempt in ledger.attempts:
            if attempt.version and ledger.made_by.get(attempt.version) is not attempt:
                raise Failure(f"attempt {attempt.number}, acknowledged as {attempt.version}: lost")
        for source, (version, document) in ledger.last_put.items():
            if version >= first or source.startswith("source-"):
                check_source(client, newest, document)
    return newest


def check_repeats(daemon, token, ledger, unanswered, rng):
    """Requests without an answer, and one with, sent again. Returns how many had been made."""
    made = {attempt.number: version for version, attempt in ledger.made_by.items()}
    acknowledged = [a for a in ledger.attempts if a.version]
    again = unanswered + ([rng.choice(acknowledged)] if acknowledged else [])
    with daemon.client(token) as client:
        for attempt in again:
            version = read_version(attempt.send(client), attempt)
            if made.get(attempt.number, version) != version:
                raise Failure(
                    f"attempt {attempt.number} made {made[attempt.number]} and, repeated, {version}"
                )
            attempt.version = version
    return sum(a.number in made for a in unanswered)


# ---- the rounds ----


def play_round(daemon, token, ledger, rng):
    """Writes until the daemon is killed; returns what was left without an answer."""
    writers = [Writer(daemon, token, ledger, rng.random()) for _ in range(CLIENTS)]
    for writer in writers:
        writer.start()
    time.sleep(rng.uniform(0.02, 0.15))
    daemon.must_run()
    daemon.kill()
    for writer in writers:
        writer.join()
        if writer.failure:
            raise writer.failure
    return [w.unanswered for w in writers if w.unanswered]


def check_file(annals, db):
    code, out, errors = run(annals, "check", "--db", db)
    if code != 0:
        raise Failure(f"annals check: {code}: {out}{errors}")


def play(annalsd, annals, folder):
    rng = random.Random(SEED)
    db, log = folder / "store", folder / "log"
    token, ledger = make_token(annals, db), Ledger()
    unanswered, checked, cut, found_made = [], 0, 0, 0
    for number in range(ROUNDS + 1):
        with Daemon(annalsd, db, log=log) as daemon:
            checked = check_store(daemon, ledger, checked + 1)
            found_made += check_repeats(daemon, token, ledger, unanswered, rng)
            if number < ROUNDS:
                unanswered = play_round(daemon, token, ledger, rng)
                cut += len(unanswered)
            else:
                check_store(daemon, ledger, checked + 1)
                daemon.stop()
        if number % ROUNDS_BETWEEN_CHECKS == 0 or number == ROUNDS:
            check_file(annals, db)
    acknowledged = len(ledger.attempts) - cut
    print(
        f"{ROUNDS} rounds, {len(ledger.made_by)} changesets: {acknowledged} writes acknowledged "
        f"before a kill, {cut} cut off by one, of which {found_made} had been made"
    )
    if acknowledged < ROUNDS:
        raise Failure("too few writes to prove anything")


def main():
    annalsd, annals = (pathlib.Path(p) for p in sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        try:
            play(annalsd, annals, pathlib.Path(folder))
        except Failure as failure:
            print(f"ANNALS_SEED={SEED}: {failure}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
