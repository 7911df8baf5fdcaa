#!/usr/bin/env python3
"""What Annals gives out, read by programs of other people.

    run.py ANNALSD ANNALS          every reader of readers.py on every store
    run.py ANNALSD ANNALS WORD...  only those whose names contain one of the words

Two stores are served: the example, and one of dates and texts that are hard to write down
(hard.json). The JSON of the interface is the truth, and each reader is asked what it understood: how
many events, their titles, dates, points. A reader that is not installed is SKIPPED aloud.
"""

import pathlib
import shutil
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.append(str(HERE.parent / "support"))

import daemon  # noqa: E402
import readers  # noqa: E402

PUBLIC = "https://events.example.org"


class Store:
    """A store that is served, and what the interface says is in it."""

    def __init__(self, name, served, folder):
        self.name, self.folder = name, folder
        self.url = f"http://{served.address}"
        self.public = PUBLIC
        with served.client() as client:
            page = client.get("/v1/events?limit=1000&undated=include&count=true")
        if page["next"] or page["matched"] != len(page["items"]):
            raise daemon.Failure(f"{name} has more events than a page")
        self.events = {event["id"]: event for event in page["items"]}

    def address(self, path, query="limit=1000"):
        return f"{self.url}{path}?{query}"

    def save(self, path, query="limit=1000"):
        """The bytes at an address, in a file."""
        host = self.url.removeprefix("http://")
        with daemon.Client(host) as client:
            answer = client.ask("GET", f"{path}?{query}")
        if answer.status != 200:
            raise daemon.Failure(f"GET {path}: {answer}")
        file = self.folder / f"{self.name}-{path.rsplit('/', 1)[1]}"
        file.write_bytes(answer.body)
        return file


def example(annalsd, folder):
    """A daemon that serves a copy of the example store of the build."""
    built = annalsd.parent.parent / "share" / "annals" / "example.annals"
    db = folder / "example.annals"
    shutil.copy(built, db)
    return daemon.Daemon(annalsd, db, "--public-url", PUBLIC, log=folder / "example.log")


def hard_cases(annals, annalsd, folder):
    """A daemon with hard.json in its store."""
    db = folder / "hard.annals"
    token = daemon.make_token(annals, db, "readers")
    served = daemon.Daemon(annalsd, db, "--public-url", PUBLIC, log=folder / "hard.log")
    with served.client(token) as client:
        answer = client.ask("PUT", "/v1/sources/hard-cases", (HERE / "hard.json").read_bytes(),
                            {"Content-Type": daemon.SOURCE_TYPE})
    if answer.status != 201:
        served.kill()
        raise daemon.Failure(f"hard.json: {answer}")
    return served


def outcome(reader, store):
    """How it went: ok, SKIPPED or FAILED, and why."""
    try:
        reader(store)
    except readers.Skipped as why:
        return "SKIPPED", str(why)
    except (daemon.Failure, readers.Failure) as why:
        return "FAILED", str(why)
    return "ok", ""


def play(stores, words):
    results = []
    for reader in readers.READERS:
        for store in stores:
            name = f"{reader.__name__} of {store.name}"
            if words and not any(word in name for word in words):
                continue
            result, why = outcome(reader, store)
            results.append(result)
            print(f"{name}: {result}{': ' if why else ''}{why}", flush=True)
    return results


def main():
    annalsd, annals, words = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
    with tempfile.TemporaryDirectory(prefix="annals-readers-") as name:
        folder = pathlib.Path(name)
        with example(annalsd, folder) as demo, hard_cases(annals, annalsd, folder) as hard:
            results = play([Store("example", demo, folder), Store("hard", hard, folder)], words)
            demo.must_run()
            hard.must_run()
    print(", ".join(f"{results.count(r)} {r}" for r in ("ok", "SKIPPED", "FAILED")))
    return 1 if "FAILED" in results or not results else 0


if __name__ == "__main__":
    sys.exit(main())
