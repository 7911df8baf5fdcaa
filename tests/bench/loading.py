"""
How fast a large table is loaded: `annals load` and annalsd together, with readers going on, beside
bare prepared statements that write the same rows and indexes (copy.c).
"""

import os
import pathlib
import shutil
import subprocess
import threading
import time

import generate
from daemon import LOST, Client, Daemon, Failure, make_token, run

READERS = 50
PAUSE = 0.1  # seconds between two questions of a reader


class Readers:
    """Ask for pages of the store while it grows."""

    def __init__(self, address):
        self.address, self.ending, self.asked = address, False, 0
        self.threads = [threading.Thread(target=self._read, args=(n,)) for n in range(READERS)]
        for thread in self.threads:
            thread.start()

    def _read(self, number):
        try:
            with Client(self.address) as client:
                while not self.ending:
                    year = generate.FIRST_YEAR + (number + self.asked) % 35
                    client.get(f"/v1/events?date={year}&limit=50")
                    self.asked += 1
                    time.sleep(PAUSE)
        except LOST:
            pass

    def stop(self):
        self.ending = True
        for thread in self.threads:
            thread.join()


def most_memory(pid):
    """The most memory that a process ever had, in bytes."""
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise Failure(f"no VmHWM of {pid}")


def load(bench, table, folder):
    """Seconds, and the most memory of client and daemon."""
    store = folder / "store"
    env = os.environ | {
        "ANNALS_TOKEN": make_token(bench.annals, store),
        "XDG_STATE_HOME": str(folder / "state"),
    }
    with Daemon(bench.annalsd, store, "--access-log", "off", log=folder / "log") as daemon:
        env["ANNALS_URL"] = f"http://{daemon.address}"
        readers = Readers(daemon.address)
        try:
            begun = time.monotonic()
            client = subprocess.Popen(
                [bench.annals, "load", "--json", table], env=env, stdout=subprocess.DEVNULL
            )
            _, status, used = os.wait4(client.pid, 0)
            client.returncode = os.waitstatus_to_exitcode(status)
            took = time.monotonic() - begun
        finally:
            readers.stop()
        if client.returncode != 0:
            raise Failure(f"annals load ended with {client.returncode}: {daemon.last_words()}")
        memory = most_memory(daemon.process.pid)
        daemon.stop()
    return took, used.ru_maxrss * 1024, memory, readers.asked


def measure(bench, events):
    """Adds rows of the table: the rate beside bare statements, and the memory that it took."""
    folder = bench.folder / "load"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    table = generate.write_table(events, folder / "table.annals.ndjson")
    took, client, daemon, asked = load(bench, table, folder)
    code, out, errors = run(bench.copy, folder / "store", folder / "copy", patience=7200)
    if code != 0:
        raise Failure(f"bench_copy: {errors}")
    bare = float(out.split()[0])
    bench.rows.append(
        (
            f"load of {events:,} events, {READERS} readers; bare statements",
            f"{events / took:,.0f}/s",
            f"{events / bare:,.0f}/s",
            f"{bare / took:.2f}",
            "0.5",
        )
    )
    print(
        f"loaded {events:,} events in {took:.1f} s, bare statements {bare:.1f} s; at most "
        f"{client / 1e6:.0f} MB in the client and {daemon / 1e6:.0f} MB in the daemon; readers "
        f"asked {asked:,} questions",
        flush=True,
    )
    shutil.rmtree(folder)
