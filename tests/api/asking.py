"""Asking one daemon again and again, and what every answer must be like."""

import gzip
import json
import pathlib
import sys
import urllib.parse

HERE = pathlib.Path(__file__).parent
sys.path.append(str(HERE.parent / "support"))

import odd_world  # noqa: E402
from daemon import Failure  # noqa: E402

EVERYTHING = 1000  # rows: more than there are events


def address(path, pairs):
    """The target of a question. A value may be text or bytes."""
    quoted = [f"{name}={urllib.parse.quote(value, safe='')}" for name, value in pairs]
    return path + ("?" + "&".join(quoted) if quoted else "")


class Asker:
    """Asks, and checks what every answer must be like."""

    def __init__(self, server, rng, world):
        self.rng, self.world = rng, world
        self.makers = odd_world.filters_of(world)
        self.client = server.client()
        self.asked = []  # since the question began

    def send(self, target, method="GET", headers=None):
        self.asked.append(f"{method} {target}")
        answer = self.client.ask(method, target, headers=headers)
        if answer.headers["Access-Control-Allow-Origin"] != "*":
            raise Failure("no CORS")
        packed = answer.headers["Content-Encoding"] == "gzip" and method != "HEAD"
        answer.sent = answer.body
        answer.body = gzip.decompress(answer.sent) if packed else answer.sent
        if answer.status == 400 and is_page(answer):
            check_page(target, headers or {}, answer)
        elif answer.status >= 400 and method != "HEAD":
            check_problem(answer)
        return answer

    def good(self, target):
        answer = self.send(target)
        if answer.status != 200:
            raise Failure(f"{target}: {answer}")
        return answer

    def json(self, path, pairs=()):
        return strictly(self.good(address(path, pairs)).body)


def strictly(body):
    """JSON without what JSON does not have, and without a member twice."""

    def no_constant(word):
        raise Failure(f"{word} is not JSON")

    def no_twice(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise Failure(f"a member stands twice: {[name for name, _ in pairs]}")
        return dict(pairs)

    return json.loads(body, parse_constant=no_constant, object_pairs_hook=no_twice)


def is_page(answer):
    return (answer.headers["Content-Type"] or "").startswith("text/html")


def check_page(target, headers, answer):
    """A browser is told on the page that it asked for what is wrong."""
    path = target.partition("?")[0]
    path = path.removesuffix(".html")
    if path not in ("/", "/v1", "/v1/events", "/embed") or "text/html" not in headers.get("Accept", ""):
        raise Failure(f"a page as a problem: {answer}")
    if not answer.headers["Content-Security-Policy"] or (answer.body and b"<li " not in answer.body):
        raise Failure(f"a page without what is wrong: {answer}")


def check_problem(answer):
    if answer.headers["Content-Type"] != "application/problem+json":
        raise Failure(f"{answer.status} without a problem: {answer}")
    problem = strictly(answer.body)
    if problem["status"] != answer.status or not problem["detail"] or not problem["title"]:
        raise Failure(f"an odd problem: {answer}")
    if answer.status == 400 and "errors" in problem:
        for error in problem["errors"]:
            if not error["detail"]:
                raise Failure(f"an error without words: {answer}")
    if answer.status >= 500 and answer.status != 501:
        raise Failure(f"{answer}")


def same(what, got, want):
    if got == want:
        return
    if isinstance(got, list) and isinstance(want, list):
        odd = [x for x in got if x not in want] + [x for x in want if x not in got]
        raise Failure(f"{what}: {len(got)} and not {len(want)}, or in another order; {odd[:3]}"[:900])
    raise Failure(f"{what}: {str(got)[:500]} and not {str(want)[:500]}")


def without(pairs, *names):
    return [pair for pair in pairs if pair[0] not in names]


def reading(pairs):
    """The state of the store, and how its accounts are read."""
    return [pair for pair in pairs if pair[0] in ("as_of", "policy", "known_at")]


def ids(items):
    return [item["id"] for item in items]
