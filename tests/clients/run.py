#!/usr/bin/env python3
"""The thin clients of clients/ against the real daemon, each in its language.

    run.py ANNALSD ANNALS          every case of cases/ in every language
    run.py ANNALSD ANNALS WORD...  only those whose names contain one of the words

A case is a call: a verb with `id` and `filters`, `as` rows, `through` what of proxy.py or at another `url`.
What it must give:

    truth     the JSON at that address, or the events of its NDJSON
    rows      the rows of its CSV, which quotes what looks like a formula; `has` are parts of some, exactly
    source    that source with what its parts give, `query` behind each; `count` is of its text's bytes
    before    as truth, from before a write that comes after the first page
    size      the version that they are of, and how many match
    first     only so many of them; `count`: so many are there
    problem   the problem at that address; `status`, and what its message `says`
    error     an error of the language's own
    requests  so many requests came; `tokens`: who saw which Authorization

`languages` leaves out those that cannot say it. All languages must give the same. A language that is not
installed is SKIPPED aloud.
"""
import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
CLIENTS = HERE.parents[1] / "clients"
sys.path.append(str(HERE.parent / "support"))

import daemon  # noqa: E402
import proxy  # noqa: E402

MANY = 2600
# What pandas is asked for, and the same as CSV.
FRAMES = [
    ("events", {"source__not": ["many", "doomed"]}, "/v1/events.csv?source__not=many,doomed&limit=all"),
    ("events", {"source": "many", "limit": 2500}, "/v1/events.csv?source=many&limit=all"),
    ("events", {"date": "1066", "tag": "old & new"}, "/v1/events.csv?date=1066&tag=old%20%26%20new"),
    ("events", {"date": "1066", "fields": ["start_day", "id"]}, "/v1/events.csv?date=1066&fields=start_day,id"),
    ("timeline", {"by": "year", "date": "1840/1855"}, "/v1/histogram.csv?by=year&date=1840/1855"),
    ("timeline", {"undated": "only"}, "/v1/histogram.csv?undated=only"),
    ("timeline", {"undated": "only", "split": "type"}, "/v1/histogram.csv?undated=only&split=type"),
    ("facets", {"by": "tag", "date": "1066"}, "/v1/facets.csv?by=tag&date=1066"),
]
NUMBERS = {"start_year", "start_day", "end_day", "lat", "lon", "count", "min", "max"}
SYSTEM_PYTHON = "/usr/bin/python3"  # the one that pandas is installed for
PATIENCE = 240  # seconds for all the calls of a language
ENVIRONMENT = {"no_proxy": "*", "LC_ALL": "C.UTF-8", "PYTHONPATH": str(CLIENTS / "python"),
               "PYTHONDONTWRITEBYTECODE": "1"}


# ---- the languages ----


def has(command):
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def languages():
    """(name, the command that makes calls, or None and what is missing)"""
    drivers = HERE / "drivers"
    yield "python", [sys.executable, drivers / "ask.py"], None
    node = shutil.which("node")
    modern = node and has([node, "-e", "process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)"])
    yield "js", modern and [node, drivers / "ask.mjs"], "node 18 or newer"
    rscript = shutil.which("Rscript", path=f"/usr/bin:{os.environ.get('PATH', '')}")
    ready = rscript and has([rscript, "--vanilla", "-e", "library(jsonlite); library(curl)"])
    yield "r", ready and [rscript, "--vanilla", drivers / "ask.R"], "R with jsonlite and curl"
    pandas = has([SYSTEM_PYTHON, "-c", "import pandas"])
    yield "pandas", pandas and [SYSTEM_PYTHON, drivers / "ask.py"], f"pandas for {SYSTEM_PYTHON}"


CLIENT = {"js": [CLIENTS / "js" / "annals.js"], "r": [CLIENTS / "r" / "annals.R"]}


def ask(command, language, calls, folder):
    """What each call gave in a language."""
    file = folder / f"calls-{language}.json"
    file.write_text(json.dumps(calls))
    done = subprocess.run([*command, file, *CLIENT.get(language, [])], capture_output=True,
                          env=os.environ | ENVIRONMENT, timeout=PATIENCE, check=False)
    if done.returncode != 0:
        raise daemon.Failure(f"{language} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    return json.loads(done.stdout)


# ---- the store ----


def many():
    """A source of many events, some with one date, one month apart from the next."""
    events = [{"id": f"row-{n:04}", "title": f"Row {n}", "type": "consult",
               "date": f"{1700 + n // 36}-{n // 3 % 12 + 1:02}"} for n in range(MANY)]
    return {"annals": 1, "source": {"id": "many", "title": "Many"}, "events": events}


def small(name, **more):
    event = {"id": f"of-{name}", "title": f"Of {name}", "date": "1990"}
    return {"annals": 1, "source": {"id": name, "title": name, **more}, "events": [event]}


def fill(client):
    hard = json.loads((HERE.parent / "readers" / "hard.json").read_text())
    world = json.loads((HERE / "world.json").read_text())
    hidden = small("hidden", text="Not for everybody.\n", text_access="withheld")
    marked = small("marked", text="\ufeffA text behind a byte order mark.\n")
    for document in (hard, world, hidden, many(), small("gone"), small("doomed"), marked):
        answer = client.put(document)
        if answer.status != 201:
            raise daemon.Failure(f"{document['source']['id']}: {answer}")
    if client.ask("DELETE", "/v1/sources/gone").status != 200:
        raise daemon.Failure("a source cannot be removed")


# ---- what is true ----


def asked(served, target):
    with served.client() as client:  # one that waits for a language would be closed
        return client.ask("GET", target)


def body(served, target, status=200):
    answer = asked(served, target)
    if answer.status != status:
        raise daemon.Failure(f"GET {target}: {answer}")
    return answer.body.decode()


def items(served, target):
    text = body(served, target)
    if ".ndjson" in target:
        return [json.loads(line) for line in text.split("\n") if line]
    return json.loads(text)


def source(served, case):
    query = "?" + case["query"] if "query" in case else ""
    made = json.loads(body(served, case["source"] + query))
    text = asked(served, f"{case['source']}/text{query}")
    made["text"] = text.body.decode() if text.status == 200 else None
    made["annotations"] = json.loads(body(served, f"{case['source']}/annotations{query}"))["items"]
    return made


def same_cell(name, cell, got):
    if got is None or cell == "":
        return cell == (got or "")
    if name in NUMBERS:
        return not isinstance(got, str) and float(cell) == float(got)
    return got in (cell, cell.removeprefix("'"))


def check_rows(served, case, got):
    want = list(csv.DictReader(io.StringIO(body(served, case["rows"]))))[:case.get("first")]
    if len(want) != len(got):
        return f"{len(got)} rows and not {len(want)}"
    for row, given in zip(want, got):
        if list(row) != list(given):
            return f"columns {list(given)} and not {list(row)}"
        wrong = [name for name in row if not same_cell(name, row[name], given[name])]
        if wrong:
            return f"{wrong[0]} is {given[wrong[0]]!r} and not {row[wrong[0]]!r} in {row}"
    for part in case.get("has", []):
        if not any(part.items() <= given.items() for given in got):
            return f"no row is {part}"
    return None


def check_given(served, case, got, before):
    """What is wrong with what a call gave."""
    if "size" in case:
        wrong = None if case["size"] == got else difference(case["size"], got)
    elif "rows" in case:
        wrong = check_rows(served, case, got)
    elif "source" in case:
        want = source(served, case)
        wrong = None if want == got else difference(want, got)
        got = (got.get("text") or "").encode()
    else:
        want = before if "before" in case else items(served, case["truth"])
        want = want[:case.get("first")] if isinstance(want, list) else want
        wrong = None if want == got else difference(want, got)
    if wrong or "count" not in case or len(got) >= case["count"] > 0 and "source" in case:
        return wrong
    return None if len(got) == case["count"] else f"{len(got)} and not {case['count']}"


def difference(want, got, where=""):
    """Where two pieces of JSON begin to differ, and how."""
    if isinstance(want, dict) and isinstance(got, dict) and set(want) == set(got):
        key = next(key for key in want if want[key] != got[key])
        return difference(want[key], got[key], f"{where}/{key}")
    if isinstance(want, list) and isinstance(got, list):
        if len(want) != len(got):
            return f"{where} has {len(got)} items and not {len(want)}"
        at = next(at for at in range(len(want)) if want[at] != got[at])
        return difference(want[at], got[at], f"{where}/{at}")
    return f"{where} is {json.dumps(got)[:500]} and not {json.dumps(want)[:500]}"


def check_problem(served, case, got):
    if "problem" in case:
        want = json.loads(body(served, case["problem"], case["status"]))
        for key in ("status", "type", "title", "detail", "errors"):
            if got[key] != want.get(key, []):
                return f"{key} is {got[key]!r} and not {want.get(key)!r}"
        for error in want.get("errors", []):
            missing = [part for part in error.values() if str(part) not in got["message"]]
            if missing:
                return f"no {missing[0]!r} in the message {got['message']!r}"
    if got["status"] != case["status"]:
        return f"status {got['status']} and not {case['status']}"
    missing = [words for words in case.get("says", []) if words not in got["message"]]
    return f"no {missing[0]!r} in the message {got['message']!r}" if missing else None


def check_traffic(case, seen):
    """What is wrong with the requests that came; `seen` are those of one language."""
    if "requests" in case:
        came = sum(1 for what, _, _ in seen if what == case["through"])
        if came != case["requests"]:
            return f"{came} requests and not {case['requests']}"
    for what, token in case.get("tokens", {}).items():
        tokens = {headers.get("authorization") for did, path, headers in seen
                  if did == what and case["verb"] in path}
        if tokens != {token}:
            return f"/{what} saw the tokens {tokens}"
    if any("gzip" not in headers.get("accept-encoding", "") for _, _, headers in seen):
        return "gzip is not welcome"
    return None


def check(served, case, outcome, seen, before=None):
    expected = "error" if "error" in case else "problem" if "status" in case else "gave"
    if expected not in outcome:
        return f"ended as {json.dumps(outcome)[:1500]}"
    wrong = None
    if expected == "gave":
        wrong = check_given(served, case, outcome["gave"], before)
    elif expected == "problem":
        wrong = check_problem(served, case, outcome["problem"])
    return wrong or check_traffic(case, seen)


# ---- the play ----


class Play:
    """One store with its proxies, and the cases that are played on it."""

    def __init__(self, served, writer, near, folder):
        self.served, self.writer, self.near, self.folder = served, writer, near, folder
        self.wrong = self.played = 0
        self.given = {}  # name of a case: what a language gave first

    def call(self, case):
        keys = ("verb", "id", "filters", "as", "token", "timeout")
        url = f"{self.near.url}/{case['through']}" if "through" in case else f"http://{self.served.address}"
        url = case.get("url", url)
        return {"url": url, **{key: case[key] for key in keys if key in case}}

    def run(self, language, command, cases, before=None):
        cases = [case for case in cases if language in case.get("languages", [language])]
        marks = [len(seen) for seen in self.seen()]
        outcomes = ask(command, language, [self.call(case) for case in cases], self.folder)
        seen = [one for all_, mark in zip(self.seen(), marks) for one in all_[mark:]]
        for case, outcome in zip(cases, outcomes):
            wrong = check(self.served, case, outcome, seen, before)
            # Of errors of its own each language has its own words.
            if not wrong and "error" not in case:
                first = self.given.setdefault(case["name"], outcome)
                wrong = None if first == outcome else f"another language: {difference(first, outcome)}"
            self.played, self.wrong = self.played + 1, self.wrong + bool(wrong)
            if wrong:
                print(f"{language}: {case['name']}: FAILED: {wrong}", flush=True)

    def seen(self):
        return self.near.seen, self.near.away_proxy.seen

    def write_between(self, language, command, cases):
        """Cases in which something is taken away after the first page."""
        for case in cases:
            with self.writer() as client:
                client.put(small("doomed"))
            before = items(self.served, case["before"])
            self.given.pop(case["name"], None)
            self.run(language, command, [case], before)
            if items(self.served, case["before"]) == before:
                raise daemon.Failure("nothing was taken away between the pages")

    def frames(self, command):
        """Data frames of pandas: the rows and columns of the CSV, whole numbers where there are gaps too."""
        url = f"http://{self.served.address}"
        calls = [{"url": url, "as": "frame", "verb": verb, "filters": filters} for verb, filters, _ in FRAMES]
        for (verb, filters, target), outcome in zip(FRAMES, ask(command, "pandas", calls, self.folder)):
            wrong = outcome.get("error") or self.wrong_frame(verb, filters, target, outcome["gave"])
            self.played, self.wrong = self.played + 1, self.wrong + bool(wrong)
            if wrong:
                print(f"pandas: {target}: FAILED: {wrong}")

    def wrong_frame(self, verb, filters, target, frame):
        kinds, head = frame["kinds"], body(self.served, target).splitlines()[0].split(",")
        if list(kinds) != head:
            return f"columns {list(kinds)} and not {head}"
        whole = {"start_year", "start_day", "end_day"} if verb == "events" else {"count", "min", "max"}
        found = {kinds[name] for name in whole & set(kinds)}
        if found != {"Int64" if verb == "events" else "int64"}:
            return f"kinds {kinds}"
        return check_rows(self.served, {"rows": target, "first": filters.get("limit")}, frame["rows"])


def cases_of(words):
    files = sorted((HERE / "cases").glob("*.json"))
    cases = [case for file in files for case in json.loads(file.read_text())]
    names = [case["name"] for case in cases]
    if len(names) != len(set(names)):
        raise daemon.Failure("two cases have one name")
    return [case for case in cases if not words or any(word in case["name"] for word in words)]


def play_all(play, words):
    cases = cases_of(words)
    plain = [case for case in cases if "before" not in case]
    writing = [case for case in cases if "before" in case]
    ready = {}
    for language, command, needs in languages():
        if command:
            ready[language] = command
        else:
            print(f"{language}: SKIPPED: {needs} is not installed", flush=True)
    pandas = ready.pop("pandas", None)
    if pandas and not words:
        play.frames(pandas)
    for language, command in ready.items():
        play.run(language, command, plain)
    for language, command in ready.items():
        play.write_between(language, command, writing)


def main():
    annalsd, annals, words = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:]
    with tempfile.TemporaryDirectory(prefix="annals-clients-") as name:
        folder = pathlib.Path(name)
        token = daemon.make_token(annals, folder / "store.annals", "clients")
        with daemon.Daemon(annalsd, folder / "store.annals", log=folder / "log") as served, \
                served.client(token) as writer:
            fill(writer)

            def remove():
                with served.client(token) as client:
                    client.ask("DELETE", "/v1/sources/doomed")

            with proxy.Proxy(served.address) as far, \
                    proxy.Proxy(served.address, far.address, remove) as near:
                near.away_proxy = far
                play = Play(served, lambda: served.client(token), near, folder)
                play_all(play, words)
            served.must_run()
    print(f"{play.played} calls, {play.wrong} wrong")
    return 1 if play.wrong or not play.played else 0


if __name__ == "__main__":
    sys.exit(main())
