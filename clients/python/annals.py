"""A thin client of Annals, the server of dated events: this one file, the standard library alone.

    import annals
    store = annals.Annals("http://127.0.0.1:8080")
    for event in store.events(actor="aze", date="2021"):
        print(event["date"]["edtf"], event["title"])

Filters are those of the interface: type__not="consult", as_of=7. A list means any of its values,
actor=["aze", "tur"]; a list of lists all of them, actor=[["aze"], ["tur"]]. Dates are text (EDTF)
and numbers of days, never datetime, which has no year before 1. What is refused is a Problem.
"""
import gzip
import json
import os
import re
import time
from urllib import error, parse, request

__version__ = "0.1.0"
PAGE, TRIES = 1000, 5  # rows of a page at most; of one request, after 429, 503 and redirects
LISTS = (list, tuple, set, frozenset)
KINDS = {"start_year": "Int64", "start_day": "Int64", "end_day": "Int64", "lat": float, "lon": float,
         "count": int, "min": int, "max": int}  # of columns that are no text


class Problem(Exception):
    """What was refused and why: status, type, title, detail and the list errors (RFC 9457)."""

    def __init__(self, status, body, url):
        try:
            given = dict(json.loads(body))
        except (ValueError, TypeError):
            given = {"title": "The answer is not one of Annals", "detail": url}
        self.status, self.errors = status, given.get("errors", [])
        self.type, self.title, self.detail = (given.get(key, "") for key in ("type", "title", "detail"))
        message = f"{status} {self.title}: {self.detail}"
        for one in self.errors:
            place = (kind for kind in one if kind not in ("value", "detail", "hint"))
            message += "\n  " + " ".join(f"{kind} {one[kind]}" for kind in place)
            message += f"={one['value']}: " if "value" in one else ": "
            message += one.get("detail", "") + (f" ({one['hint']})" if "hint" in one else "")
        super().__init__(message)


class Answer(dict):
    """A timeline or facets, as the interface gives them in JSON."""

    def rows(self):
        """Flat, as the CSV of the same address: a list of dicts."""
        if "facets" in self:
            return [{"facet": facet["by"], "id": one["id"], "name": one["name"], "count": one["count"]}
                    for facet in self["facets"] for one in facet["values"]]
        split = [{"series": one["id"], "name": one["name"], **bucket, **counts}
                 for one in self.get("series", ())
                 for bucket, counts in zip(self["buckets"], one["buckets"])]
        return split if "series" in self else self["buckets"]

    def frame(self):
        """The rows as a pandas.DataFrame."""
        columns = "facet id name count" if "facets" in self else "start from to min max"
        return framed(self.rows(), ["series", "name"] * ("series" in self) + columns.split())


class Events:
    """The events of a question, asked for page by page as they are wanted, all pages of one version
    of the store: `version`, and `matched` with count=True, are known from the first page on."""

    def __init__(self, store, limit=None, **filters):
        self._store, self._filters = store, filters
        self._limit = None if limit in (None, "all") else int(limit)
        self.version = self.matched = None

    def __iter__(self):
        return self._items("/v1/events.json", "items")

    def rows(self):
        """The same events flat: dicts with the columns of the CSV."""
        return (one["properties"] for one in self._items("/v1/events.geojson", "features"))

    def frame(self):
        """The rows as a pandas.DataFrame; days and years are Int64, whatever the year."""
        rows = list(self.rows())
        csv = b"" if rows else self._store._fetch("/v1/events.csv", encoded(self._filters))[1]
        return framed(rows, list(rows[0]) if rows else csv.decode().splitlines()[0].split(","))

    def _items(self, path, member):
        left = self._limit
        query = encoded({**self._filters, "limit": PAGE if left is None else min(left, PAGE)})
        while query:
            page = self._store.ask(path, query)
            self.version, self.matched = page["version"], page.get("matched", page.get("numberMatched"))
            yield from page[member][:left]
            left = None if left is None else max(left - len(page[member]), 0)
            following = [link["href"] for link in page["links"] if link["rel"] == "next"]
            query = following[0].partition("?")[2] if following and left != 0 else None  # below our address


class Annals:
    """A store: its address, with a path too (https://example.org/annals), else ANNALS_URL."""

    def __init__(self, url=None, token=None, timeout=60):
        self.url = (url or os.environ.get("ANNALS_URL") or "http://127.0.0.1:8080").rstrip("/")
        self.token, self.timeout = token or os.environ.get("ANNALS_TOKEN"), timeout  # seconds
        plain = request.HTTPErrorProcessor()  # _fetch sees to redirects and refusals
        plain.http_response = plain.https_response = lambda _, answer: answer
        self._open = request.build_opener(plain).open

    def events(self, **filters):
        """The events that hold all filters: all, or `limit` of them. Iterate, or rows(), frame()."""
        return Events(self, **filters)

    def event(self, id, **reading):
        """One event; include=["accounts", "relations", "claims", "evidence"] brings these along."""
        return self.ask(f"/v1/events/{parse.quote(str(id), safe='')}.json", encoded(reading))

    def timeline(self, **filters):
        """Counts by="day", "month", "year", "decade", or in bins=N; split="type" in series."""
        return Answer(self.ask("/v1/histogram.json", encoded(filters)))

    def facets(self, **filters):
        """The commonest values; by="actor", "place", "type", "tag", "source", "role" or a list."""
        return Answer(self.ask("/v1/facets.json", encoded(filters)))

    def source(self, id, **reading):
        """One source with its "annotations" and "text" (None where it is not given), of one version."""
        path = f"/v1/sources/{parse.quote(str(id), safe='')}"
        headers, body = self._fetch(f"{path}.json", encoded(reading))
        query = encoded({"as_of": headers["Annals-Version"], **reading})
        source = {**json.loads(body), "text": None}
        source["annotations"] = self.ask(f"{path}/annotations.json", query)["items"]
        try:
            source["text"] = self._fetch(f"{path}/text.txt", query)[1].decode()
        except Problem as problem:
            if problem.status not in (403, 404):  # withheld; not in the store
                raise
        return source

    def ask(self, path, query=""):
        """The JSON at any path of the server, with a query as encoded() makes it."""
        try:
            return json.loads(self._fetch(path, query)[1])
        except ValueError:
            raise Problem(200, b"", self.url + path) from None

    def _fetch(self, path, query):
        url = self.url + path + ("?" + query if query else "")
        for left in reversed(range(TRIES)):
            status, headers, body = self._send(url)
            if status == 200:
                return headers, body
            problem, to, told = Problem(status, body, url), headers["Location"], headers["Retry-After"]
            wait = int(told) if (told or "").isdecimal() else 2
            slow = problem.type.endswith("#deadline")  # the question is; it would be again
            if to and 300 < status < 400:  # paths of the interface lie below our own
                url = self.url + to if to.startswith("/v1/") else parse.urljoin(url, to)
            elif left and status in (429, 503) and wait <= 60 and not slow:
                time.sleep(wait)
            else:
                break
        raise problem

    def _send(self, url):
        headers = {"User-Agent": f"annals-python/{__version__}", "Accept-Encoding": "gzip"}
        if self.token and url.startswith(self.url + "/"):  # not where a redirect leads away
            headers["Authorization"] = f"Bearer {self.token}"
        if not url.startswith(("http://", "https://")):
            raise error.URLError(f"no address as http://127.0.0.1:8080: {url}")
        with self._open(request.Request(url, headers=headers), timeout=self.timeout) as answer:
            body, packed = answer.read(), answer.headers["Content-Encoding"] == "gzip"
            return answer.status, answer.headers, gzip.decompress(body) if packed else body


def framed(rows, columns):
    import pandas  # here, so that all else works without it
    frame = pandas.DataFrame(rows, columns=columns)
    return frame.astype({name: kind for name, kind in KINDS.items() if name in frame})


def encoded(filters):
    """Filters as a query: a list joined by commas, a list of lists as a repeated parameter."""
    pairs = []
    for name, value in filters.items():
        repeated = isinstance(value, LISTS) and any(isinstance(one, LISTS) for one in value)
        for one in value if repeated else () if value is None else [value]:
            words = one if isinstance(one, LISTS) else [one]
            words = (str(word).lower() if isinstance(word, bool) else str(word) for word in words)
            pairs.append((name, ",".join(words)))
    return parse.urlencode(pairs, quote_via=parse.quote, safe=",")


def day_number(date):
    """Days from 1970-01-01 to the day that an ISO 8601 date begins with; None of what is none."""
    found = re.match(r"Y?([+-]?\d+)(?:-(\d\d))?(?:-(\d\d))?", date) if isinstance(date, str) else None
    if not found:
        return None
    year, month, day = found.groups("1")
    year, month = int(year) - (int(month) < 3), (int(month) - 3) % 12  # years begin in March
    leaps = year // 4 - year // 100 + year // 400
    return 365 * year + leaps + (153 * month + 2) // 5 + int(day) - 719469
