"""What the cases of this folder work with: programs, stores made of simple events, checks."""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from daemon import STREAM_TYPE, Daemon, Failure, make_token

CASES = []
DEFAULTS = ["--log-level", "info", "--connections-per-address", "0", "--stop-after", "900"]
DAYS = 28


def case(function):
    CASES.append(function)
    return function


def check(fine, *what):
    if not fine:
        raise Failure(" ".join(str(w) for w in what))


def event(name, number):
    """An event that differs from its neighbours in all that lists are sorted by."""
    year, month, day = 1900 + number % 120, 1 + number // 120 % 12, 1 + number % DAYS
    date = f"{year}-{month:02}-{day:02}"
    found = {
        "id": f"{name}-{number}",
        "title": f"Matter {number * 7919 % 10007} of «{name}», with a comma and a \"quote\"",
        "type": ("agree", "consult", "protest")[number % 3],
        "participants": [{"actor": f"actor-{number % 5}", "role": "initiator"}],
    }
    if number % 11:
        found["date"] = date if number % 3 else f"{date}/{year + number % 4}-12-31"
    return found


def document(name, first, count, events=event):
    actors = [{"id": f"actor-{n}", "name": f"Actor {n}", "kind": "state"} for n in range(5)]
    return {
        "annals": 1,
        "source": {"id": name, "title": f"Source {name}", "published": "2020-01-01"},
        "actors": actors,
        "events": [events(name, n) for n in range(first, first + count)],
    }


class Place:
    def __init__(self, annalsd, annals, folder):
        self.annalsd, self.annals, self.folder = annalsd, annals, folder
        self.db, self.log = folder / "store", folder / "log"

    def daemon(self, *options):
        return Daemon(self.annalsd, self.db, *DEFAULTS, *options, log=self.log)

    def token(self):
        return make_token(self.annals, self.db)

    def fill(self, client, events, each=2000, name="source"):
        """So many events, in documents of `each`."""
        for n, first in enumerate(range(0, events, each)):
            put(client, document(f"{name}-{n}", first, min(each, events - first)))


def put(client, source, message=None):
    target = f"/v1/sources/{source['source']['id']}"
    target += f"?message={message}" if message else ""
    answer = client.ask("PUT", target, json.dumps(source),
                        {"Content-Type": "application/vnd.annals.source+json"})
    check(answer.status in (200, 201), target, answer)
    return answer.json()


def put_all(client, sources):
    """All in one changeset."""
    body = "\n".join(json.dumps(s) for s in sources)
    answer = client.ask("POST", "/v1/sources", body, {"Content-Type": STREAM_TYPE})
    check(answer.status in (200, 201), answer)
    return answer.json()


def next_of(answer):
    """The target of the next page, or None."""
    link = answer.headers.get("Link")
    return link[1 : link.index(">")] if link else None
