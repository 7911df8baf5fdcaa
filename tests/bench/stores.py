"""
The made-up stores that are measured and drawn: made by the daemon and the loader once, and kept until the
schema or the generator changes.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import generate
from daemon import Daemon, Failure, make_token

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def fingerprint():
    """Of what a store depends on."""
    parts = sorted((ROOT / "schema" / "sqlite").glob("*.sql")) + [HERE / "generate.py"]
    return hashlib.sha256(b"".join(p.read_bytes() for p in parts)).hexdigest()[:12]


def load(annalsd, annals, events, at):
    """Makes the store; returns what to say of it."""
    with tempfile.TemporaryDirectory() as folder:
        sources = pathlib.Path(folder) / "sources"
        sources.mkdir()
        paths = generate.write(events, sources)
        size = sum(p.stat().st_size for p in paths)
        env = {"ANNALS_TOKEN": make_token(annals, at)}
        log = pathlib.Path(folder) / "log"
        with Daemon(annalsd, at, "--access-log", "off", log=log) as daemon:
            env["ANNALS_URL"] = f"http://{daemon.address}"
            begun = time.monotonic()
            done = subprocess.run(
                [annals, "load", "--json", sources],
                env=os.environ | env,
                stdout=subprocess.DEVNULL,
                check=False,
            )
            took = time.monotonic() - begun
            if done.returncode != 0:
                raise Failure(
                    f"annals load ended with {done.returncode}: {daemon.last_words()}"
                )
            daemon.stop()
    return (
        f"loaded {events:,} events in {len(paths)} sources ({size / 1e6:.0f} MB) with "
        f"annals load in {took:.0f} s: {events / took:,.0f} events/s"
    )


def prepare(annalsd, annals, events, kept):
    """A store of that many events below `kept`: the one that is there when it fits, else a new one."""
    prefix = f"{events}-"
    home = kept / f"{prefix}{fingerprint()}"
    note = home / "note"
    if not note.exists():
        for old in kept.glob(f"{prefix}*"):
            shutil.rmtree(old)
        home.mkdir(parents=True)
        print(f"Making a store of {events:,} events …", flush=True)
        said = load(annalsd, annals, events, home / "store")
        note.write_text(said)
    print(note.read_text(), flush=True)
    return home / "store"
