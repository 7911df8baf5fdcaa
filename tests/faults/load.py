#!/usr/bin/env python3
"""kill -9 of the client and of the daemon in the middle of a large load, and on it goes.

    load.py PATH-TO-ANNALSD PATH-TO-ANNALS

A file of records is loaded in pieces while readers ask all the time. Several times the client or
the daemon is killed at a random moment, or the client stopped by Ctrl-C, each time a piece later
than the time before; the daemon is started again on its port, the client waits for it or is run
again. At the end every record is there, each written once: one account for each event, and as many
versions as there are pieces. What the readers saw were whole versions: as many events as the pieces
before make up, and never fewer than before.

ANNALS_ROWS sets the number of events (6000), ANNALS_KILLS how often something is killed (3),
ANNALS_SEED the choices (the time).
"""

import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "support"))
from daemon import LOST, Client, Daemon, Failure, make_token, run

ROWS = int(os.environ.get("ANNALS_ROWS", "6000"))
KILLS = int(os.environ.get("ANNALS_KILLS", "3"))
SEED = int(os.environ.get("ANNALS_SEED", str(time.time_ns())))
READERS = 50
PIECE = 10_000  # records that the client sends at once, or:
PIECE_BYTES = 6 * 1024 * 1024
LONG = "x" * 2900  # makes rows that fill a piece soon
VICTIMS = ["daemon", "client", "client by Ctrl-C"]
PATIENCE = 300  # seconds for the whole


def write_records(path, rng):
    """One source; a tenth of the records are of other things than events."""
    with open(path, "w", encoding="utf-8") as out:

        def add(record):
            out.write(json.dumps(record) + "\n")

        add({"annals": 1, "source": {"id": "rows", "title": "Rows of a table"}})
        for n in range(200):
            add({"actor": {"id": f"actor-{n}", "name": f"Actor {n}", "kind": "group"}})
        for n in range(ROWS):
            day = f"{1950 + n * 70 // ROWS}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            people = [{"actor": f"actor-{a}"} for a in rng.sample(range(200), 2)]
            event = {"id": f"row-{n}", "title": f"Row {n}", "date": day, "summary": LONG}
            add({"event": event | {"participants": people}})
            if n % 20 == 19:
                add({"relation": {"from": f"row-{n}", "type": "follows", "to": f"row-{n - 1}"}})


def event_counts(path):
    """How many events there may be: after each piece, as the client cuts them."""
    counts, events = [], 0
    with open(path, "rb") as lines:
        source = len(next(lines))
        size, records = source, 0
        for line in lines:
            size, records = size + len(line), records + 1
            events += line.startswith(b'{"event"')
            if records >= PIECE or size >= PIECE_BYTES:
                counts.append(events)
                size, records = source, 0
    return counts if records == 0 else counts + [events]


class Readers:
    """Ask for the newest state over and over, whatever happens to the daemon."""

    def __init__(self, address):
        self.address, self.ending = address, False
        self.seen, self.failures = set(), []
        self.threads = [threading.Thread(target=self._read) for _ in range(READERS)]
        for thread in self.threads:
            thread.start()

    def _ask(self, client, before):
        at = client.ask("GET", "/")
        if at.status != 200:
            return before
        version, events = at.json()["version"], at.json()["counts"]["events"]
        self.seen.add(events)
        if (version, events) < before or (version == before[0] and events != before[1] and version):
            self.failures.append(f"version {version} has {events} events after {before}")
        return version, events

    def _read(self):
        before = (0, 0)
        while not self.ending and not self.failures:
            try:
                with Client(self.address) as client:
                    while not self.ending and not self.failures:
                        before = self._ask(client, before)
                        time.sleep(0.1)  # fifty of them ask five hundred times a second
            except LOST:
                time.sleep(0.05)

    def stop(self):
        self.ending = True
        for thread in self.threads:
            thread.join()
        if self.failures:
            raise Failure(self.failures[0])


class Load:
    """The world of one test: a store, a daemon that comes back on its port, and a client."""

    def __init__(self, annalsd, annals, folder):
        self.annalsd, self.annals, self.folder = annalsd, annals, folder
        self.store, self.records = folder / "store", folder / "rows.annals.ndjson"
        with socket.create_server(("127.0.0.1", 0)) as s:
            self.port = s.getsockname()[1]
        self.env = os.environ | {
            "ANNALS_TOKEN": make_token(annals, self.store),
            "ANNALS_URL": f"http://127.0.0.1:{self.port}",
            "XDG_STATE_HOME": str(folder / "state"),
        }

    def start_daemon(self):
        listen, log = f"127.0.0.1:{self.port}", self.folder / "log"
        return Daemon(self.annalsd, self.store, "--access-log", "off", listen=listen, log=log)

    def start_client(self):
        return subprocess.Popen(
            [str(self.annals), "load", "--json", str(self.records)],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )


def interrupt(client):
    """Ctrl-C: the piece under way is waited for, and the client says that it stopped."""
    client.send_signal(signal.SIGINT)
    code = client.wait(PATIENCE)
    said = json.loads(client.stdout.read().splitlines()[-1])
    if (code, said["outcome"]) != (3, "stopped"):
        raise Failure(f"after Ctrl-C: {code} {said}")


def load(world, rng):
    """Loads with kills until the client says that all is there; returns what it says."""
    daemon, client = world.start_daemon(), world.start_client()
    readers = Readers(daemon.address)
    victims = rng.sample(VICTIMS, len(VICTIMS)) + rng.choices(VICTIMS, k=KILLS)
    kills, begun = 0, time.monotonic()
    try:
        while time.monotonic() - begun < PATIENCE:
            # The next one comes while the next piece is under way.
            due = kills < KILLS and len(readers.seen - {0}) >= kills
            try:
                client.wait(rng.uniform(0.1, 1) if due else 0.05)
                if client.returncode == 0:
                    return json.loads(client.stdout.read().splitlines()[-1]), kills
                raise Failure(f"annals load: {client.returncode} {client.stderr.read()}")
            except subprocess.TimeoutExpired:
                pass
            if not due:
                continue
            kills += 1
            if victims[kills - 1] == "daemon":
                daemon.kill()
                time.sleep(rng.uniform(0, 0.5))
                daemon = world.start_daemon()
                continue
            if victims[kills - 1] == "client":
                client.kill()
                client.wait()
            else:
                interrupt(client)
            client = world.start_client()
        raise Failure(f"the load did not end within {PATIENCE} s")
    finally:
        if client.poll() is None:
            client.kill()
            client.wait()
        try:
            readers.stop()
        finally:
            daemon.kill()
        strange = readers.seen - {0, *event_counts(world.records)}
        if strange:
            raise Failure(f"readers saw {sorted(strange)} events, which no piece ends with")


def check_store(world):
    """Every record once."""
    with world.start_daemon() as daemon, daemon.client() as client:
        counts = client.get("/")["counts"]
        counts["accounts"] = client.get("/v1/sources/rows")["accounts"]
        wanted = {"events": ROWS, "accounts": ROWS, "relations": ROWS // 20, "actors": 200}
        found = {k: counts[k] for k in wanted}
        if found != wanted:
            raise Failure(f"the store holds {found}, not {wanted}")
        pieces = len(event_counts(world.records))
        version = client.get("/")["version"]
        if version != pieces:
            raise Failure(f"{pieces} pieces became {version} versions")
        again = client.get(f"/v1/events/row-{ROWS - 1}")
        if again["title"] != f"Row {ROWS - 1}" or again["accounts"] != 1:
            raise Failure(f"the last row is {again}")
        daemon.stop()
    code, out, errors = run(world.annals, "check", "--db", world.store)
    if code != 0:
        raise Failure(f"annals check: {out}{errors}")


def main():
    annalsd, annals = map(pathlib.Path, sys.argv[1:3])
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        world = Load(annalsd, annals, pathlib.Path(folder))
        write_records(world.records, rng)
        try:
            said, kills = load(world, rng)
            check_store(world)
        except Failure as failure:
            print(f"ANNALS_SEED={SEED}: {failure}")
            return 1
        if list(pathlib.Path(folder, "state").rglob("*.load")):
            print("a journal was left behind")
            return 1
    print(f"{ROWS} events, {kills} kills; the last client sent {said['records']} records")
    return 0


if __name__ == "__main__":
    sys.exit(main())
