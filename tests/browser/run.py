#!/usr/bin/env python3
"""What Annals gives out, read in a browser and by programs of npm.

    run.py ANNALSD ANNALS FOLDER            every case of CASES on every store it names
    run.py ANNALSD ANNALS FOLDER WORD...    only those whose names contain one of the words

Each case is cases/NAME.mjs and has a daemon of its own. npm puts the libraries of package-lock.json
into FOLDER, once. What is not installed or cannot be fetched is SKIPPED aloud. With
ANNALS_PICTURES=FOLDER the cases leave pictures of what they saw there.
"""

import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).parent
sys.path.append(str(HERE.parent / "support"))

import daemon  # noqa: E402
from programs import Skipped, chromium, firefox, libraries, node, once  # noqa: E402

EXAMPLE, HARD, EMPTY = "example", "hard", "empty"
# Case: which browser it needs, and the stores that it is played on.
CASES = {
    "openapi": (None, [EXAMPLE, HARD]),
    "timelinejs": ("chromium", [EXAMPLE, HARD]),
    "vis_timeline": ("chromium", [EXAMPLE, HARD]),
    "svg": ("chromium", [EXAMPLE, HARD]),
    "pages": ("chromium", [EXAMPLE, HARD]),
    "changes": ("chromium", [EXAMPLE]),
    "panels": ("chromium", [EXAMPLE, HARD]),
    "explorer": ("chromium", [EXAMPLE, HARD, EMPTY]),
    "weight": ("chromium", [EXAMPLE, HARD]),
    "embed": ("chromium", [EXAMPLE, HARD]),
    "dashboards": ("chromium", [EXAMPLE]),
    "firefox": ("firefox", [EXAMPLE, HARD]),
}
PATIENCE = 300  # seconds for one case
AT_ONCE = 2  # cases: a browser waits more than it works


# ---- stores ----


def make_store(name, annalsd, annals, folder):
    """A daemon on a new copy of the example, on a store of hard cases or on one without anything; and
    a token to write."""
    db = folder / f"{name}.annals"
    if name == EXAMPLE:
        shutil.copy(annalsd.parent.parent / "share" / "annals" / "example.annals", db)
    token = daemon.make_token(annals, db, "browser")
    served = daemon.Daemon(annalsd, db, log=folder / f"{name}.log")
    if name == HARD:
        document = json.loads((HERE.parent / "readers" / "hard.json").read_bytes())
        with served.client(token) as client:
            answer = client.put(document)
        if answer.status != 201:
            served.kill()
            raise daemon.Failure(f"hard.json: {answer}")
    return served, token


# ---- playing ----


def play(case, browser, store, tools, programs):
    """Runs one case on one store; what it says of itself."""
    command = [tools["node"](), HERE / "play.mjs", case]
    place = {"name": store, "modules": str(tools["modules"]().resolve())}
    if browser:
        place[browser] = tools[browser]()
    with tempfile.TemporaryDirectory(prefix="annals-browser-") as name:
        served, token = make_store(store, *programs, pathlib.Path(name))
        with served:
            place |= {"url": f"http://{served.address}", "token": token}
            # Browsers keep their temporary files in the case's own folder, which goes with it.
            done = subprocess.run([*map(str, command), json.dumps(place)], capture_output=True,
                                  text=True, timeout=PATIENCE, check=False,
                                  env=os.environ | {"TMPDIR": name, "no_proxy": "*"})
            served.must_run()
    said = (done.stdout + done.stderr).strip()
    if done.returncode != 0:
        raise daemon.Failure(said[-4000:] or f"node ended with {done.returncode}")
    return done.stdout.strip()


def outcome(*arguments):
    begun = time.monotonic()
    try:
        said = play(*arguments)
    except Skipped as why:
        return "SKIPPED", str(why)
    except (daemon.Failure, subprocess.TimeoutExpired, OSError) as why:
        return "FAILED", str(why)
    return "ok", f"{said} ({time.monotonic() - begun:.1f} s)"


def main():
    annalsd, annals, folder = (pathlib.Path(p).resolve() for p in sys.argv[1:4])
    words = sys.argv[4:]
    tools = {"node": once(node), "chromium": once(chromium), "firefox": once(firefox),
             "modules": once(libraries, folder)}
    wanted = [(case, browser, store) for case, (browser, stores) in CASES.items()
              for store in stores
              if not words or any(word in f"{case} of {store}" for word in words)]
    results = []
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        played = pool.map(lambda one: outcome(*one, tools, (annalsd, annals)), wanted)
        for (case, _, store), (result, why) in zip(wanted, played):
            results.append(result)
            print(f"{case} of {store}: {result}: {why}", flush=True)
    print(", ".join(f"{results.count(r)} {r}" for r in ("ok", "SKIPPED", "FAILED")))
    return 1 if "FAILED" in results or not results else 0


if __name__ == "__main__":
    sys.exit(main())
