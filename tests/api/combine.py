#!/usr/bin/env python3
"""Filters, orders, pages and formats in random combinations: all answers must agree.

    combine.py ANNALSD ANNALS

The daemon serves the store of odd_world.py. Each round asks one question in many ways: the count is
the number of rows of limit=all, of the pages together, of the histogram and of every format; a
facet's count is that of the narrowed question; and so on, see CHECKS. Other rounds ask what nobody
should ask. ANNALS_SEED repeats a run; ANNALS_RANDOM_SECONDS is how long it may take (10),
ANNALS_RANDOM_ROUNDS how many rounds there are at most.
"""

import csv
import io
import json
import os
import pathlib
import random
import re
import sys
import tempfile
import time
import xml.etree.ElementTree

HERE = pathlib.Path(__file__).parent
sys.path.append(str(HERE.parent / "support"))

import compare  # noqa: E402
import daemon  # noqa: E402
import odd_world  # noqa: E402
from asking import EVERYTHING, Asker, address, ids, reading, same, strictly, without  # noqa: E402
from daemon import Failure  # noqa: E402

MOST_FAILURES = 20  # then it is time to look
SORTS = ["date", "-date", "updated", "title"]
COLUMNS = ["earliest", "start_latest", "end_earliest", "latest", "precision", "qualifier"]
SPLITS = ["type", "actor", "place", "tag", "source"]
LISTS = ["sources", "actors", "places", "types", "claims", "relations", "changesets"]
FORMATS = "json ndjson csv geojson ics atom timelinejs jsonld txt svg html".split()
ATOM = "{http://www.w3.org/2005/Atom}"


# ---- one question asked in many ways: each check gets the pairs and its rows in JSON ----


def check_pages(asker, pairs, rows):
    """The pages of any size and order together are what there is, each row once."""
    rng = asker.rng
    sort = rng.choice(SORTS + ["relevance"] * any(name == "q" for name, _ in pairs))
    whole = asker.json("/v1/events", pairs + [("sort", sort), ("limit", str(EVERYTHING))])
    same("rows in another order", sorted(ids(whole["items"])), sorted(ids(rows)))
    size = rng.randint(max(1, len(rows) // 6), len(rows) + 2)
    href = address("/v1/events", pairs + [("sort", sort), ("limit", str(size)), ("count", "true")])
    got = []
    while href:
        page = strictly(asker.good(href).body)
        same("matched", page["matched"], len(rows))
        same("returned", page["returned"], len(page["items"]))
        got += ids(page["items"])
        href = page["next"]
        if len(got) > len(rows):
            break
    same(f"pages of {size} by {sort}", got, ids(whole["items"]))


def unformulated(cell):
    return cell[1:] if cell.startswith("'") else cell


def check_all(asker, pairs, rows):
    """limit=all in NDJSON and CSV: the same rows in the same order, with the same members."""
    sort = ("sort", asker.rng.choice(SORTS))
    rows = asker.json("/v1/events", pairs + [sort, ("limit", str(EVERYTHING))])["items"]
    every = pairs + [sort, ("limit", "all")]
    lines = asker.good(address("/v1/events.ndjson", every)).body.splitlines()
    same("rows of NDJSON", [strictly(line) for line in lines], rows)
    text = asker.good(address("/v1/events.csv", every)).body.decode()
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    same("rows of CSV", [row["id"] for row in table], ids(rows))
    for row, event in zip(table, rows):
        date = event["date"] or {}
        cells = {name: date.get(name) for name in COLUMNS}
        cells |= {"type": event["type"], "date": date.get("edtf")}
        cells["actors"] = "; ".join(unique(p["actor"] for p in event["participants"]))
        for name, value in cells.items():
            same(f"{name} of {event['id']}", unformulated(row[name]), value or "")
        same("title", row["title"].lstrip("'"), (event["title"] or "").lstrip("'"))


def unique(values):
    return list(dict.fromkeys(values))


def check_histogram(asker, pairs, rows):
    """As many events as rows; a bucket counts what the same question with its date would find."""
    rng = asker.rng
    extra = rng.choice([
        [("by", "decade")], [("by", "year")], [("by", "month")], [], [("bins", "7")],
        [("bins", str(rng.randint(1, 300)))], [("split", rng.choice(SPLITS))],
    ])  # fmt: skip
    target = address("/v1/histogram", pairs + extra)
    answer = asker.send(target)
    if answer.status == 400:
        named = {error["parameter"] for error in answer.json()["errors"]}
        same("what is wrong with a histogram", named <= {"by", "bins"}, True)
        return
    same("status", answer.status, 200)
    found = strictly(answer.body)
    same("matched by the histogram", found["matched"], len(rows))
    same("undated in it", found["undated"], sum(1 for row in rows if row["date"] is None))
    dated = found["matched"] - found["undated"]
    for bucket in found["buckets"]:
        same("0 <= min <= max <= dated", 0 <= bucket["min"] <= bucket["max"] <= dated, True)
    for series in found.get("series", []):
        same("buckets of a series", len(series["buckets"]), len(found["buckets"]))
        same("matched in a series", 0 < series["matched"] <= found["matched"], True)
    table = asker.good(address("/v1/histogram.csv", pairs + extra)).body.decode()
    lines = list(csv.DictReader(io.StringIO(table, newline="")))
    same("lines of CSV", len(lines), len(found["buckets"]) * len(found.get("series", [0])))
    if found["buckets"]:
        check_bucket(asker, pairs, rows, rng.choice(found["buckets"]))


def check_bucket(asker, pairs, rows, bucket):
    """It counts those of the rows that its own date finds."""
    # EDTF has no days and seconds in years that do not have four digits: they cannot be asked for.
    if bucket["start"][0] == "+" or re.search(r"\d{5,}", bucket["start"]):
        return
    as_of = reading(pairs)
    for certainty, count in (("possible", "max"), ("certain", "min")):
        asked = [("date", bucket["start"]), ("certainty", certainty), ("limit", str(EVERYTHING))]
        found = set(ids(asker.json("/v1/events", as_of + asked)["items"]))
        same(f"{count} of {bucket['start']}", bucket[count], len(found.intersection(ids(rows))))


def check_facets(asker, pairs, rows):
    """A value is counted as often as the rows have it and as the narrowed question finds it."""
    by = asker.rng.choice(["actor", "place", "type", "tag", "source", "role"])
    found = asker.json("/v1/facets", pairs + [("by", by), ("limit", "100")])
    same("matched by the facets", found["matched"], len(rows))
    values = found["facets"][0]["values"]
    counts = {value["id"]: value["count"] for value in values}
    in_order = sorted(counts, key=lambda value: (-counts[value], value))
    same("values in order", [value["id"] for value in values], in_order)
    if by != "source":
        same(f"counts by {by}", counts, counted(rows, by))
    table = asker.good(address("/v1/facets.csv", pairs + [("by", by), ("limit", "100")])).body
    lines = list(csv.DictReader(io.StringIO(table.decode(), newline="")))
    same("counts in CSV", [int(line["count"]) for line in lines], list(counts.values()))
    bound = {"role", "role__not", "members"} if by == "actor" else set()
    if values and by in ("actor", "tag", "source") and not bound & {name for name, _ in pairs}:
        value = asker.rng.choice(values)
        narrowed = asker.json("/v1/events", pairs + [(by, value["id"]), ("count", "true")])
        same(f"{by} {value['id']}", narrowed["matched"], value["count"])
        same("behind its url", strictly(asker.good(value["url"] + "&count=true").body)["matched"],
             value["count"])  # fmt: skip


def counted(rows, by):
    members = {
        "actor": lambda row: {p["actor"] for p in row["participants"]},
        "role": lambda row: {p["role"] for p in row["participants"]},
        "place": lambda row: {p["place"] for p in row["places"]},
        "type": lambda row: {row["type"]} - {None},
        "tag": lambda row: set(row["tags"]),
    }
    counts = {}
    for row in rows:
        for value in members[by](row):
            counts[value] = counts.get(value, 0) + 1
    return counts


def check_halves(asker, pairs, rows):
    """What a filter finds and what its __not finds are all, and nothing is in both. Of precision
    that is true of events that have a date."""
    rng = asker.rng
    bound = {"role", "role__not", "relation", "relation__not", "stance", "stance__not"}
    if bound & {name for name, _ in pairs}:
        return
    names = "actor place type tag source id precision related_to claimed_by".split()
    name = rng.choice(names)
    value = asker.makers[name]()
    parts = []
    for half in (name, name + "__not"):
        asked = pairs + [(half, value), ("limit", str(EVERYTHING))]
        parts += ids(asker.json("/v1/events", asked)["items"])
    whole = [row["id"] for row in rows if row["date"] or name != "precision"]
    same(f"{name}={value} and not", sorted(parts), sorted(whole))


def check_match(asker, pairs, rows):
    """What is said to match for certain is what certainty=certain finds."""
    if not any(name == "date" for name, _ in pairs):
        return
    asked = without(pairs, "certainty") + [("certainty", "certain"), ("limit", str(EVERYTHING))]
    certain = [row["id"] for row in asker.json("/v1/events", asked)["items"] if "match" in row]
    said = [row["id"] for row in rows if row.get("match") == "certain"]
    same("certain matches", sorted(certain), sorted(said))


def check_shapes(asker, pairs, rows):
    """fields=, include=, lang=, shape=array, explain and pretty change the shape and no row."""
    rng = asker.rng
    pairs = pairs + [("limit", str(EVERYTHING))]
    bare = asker.json("/v1/events", pairs + [("shape", "array"), ("fields", "id,title")])
    same("bare rows", bare, [{"id": row["id"], "title": row["title"]} for row in rows])
    parts = rng.choice(["accounts", "relations,claims", "evidence", "claims,accounts"])
    languages = rng.choice(["az", "ru,en", "zh"])
    extra = [("include", parts), ("lang", languages), ("explain", "true"), ("pretty", "true")]
    full = asker.json("/v1/events", pairs + rng.sample(extra, rng.randint(1, 4)))
    same("rows with more", ids(full["items"]), ids(rows))
    if "events" not in full["query"]["description"]:
        raise Failure(f"described as {full['query']['description']}")
    link = rng.choice(full["links"])
    asker.good(link["href"])


def check_same_bytes(asker, pairs, rows):
    """Again, compressed, as HEAD and as 304: one representation, one tag."""
    name = asker.rng.choice(FORMATS)
    target = address(f"/v1/events.{name}", pairs)
    plain = asker.good(target)
    same("the same again", asker.good(target).body, plain.body)
    head = asker.send(target, "HEAD")
    for field in ("ETag", "Content-Type", "Annals-Version", "Cache-Control", "Content-Length"):
        same(f"{field} of HEAD", head.headers[field], plain.headers[field])
    packed = asker.send(target, headers={"Accept-Encoding": "gzip"})
    same("unpacked", packed.body, plain.body)
    if packed.headers["Content-Encoding"] == "gzip":
        same("smaller", len(packed.sent) < len(plain.body), True)
        same("one tag for two encodings", packed.headers["ETag"] != plain.headers["ETag"], True)
    again = asker.send(target, headers={"If-None-Match": plain.headers["ETag"]})
    same("status with its tag", again.status, 304)
    same("body of 304", again.body, b"")


# ---- formats: how many events each shows, and what all of it must be ----


def read_ics(text):
    for line in text.split("\r\n"):
        same("octets of a line", len(line.encode()) <= 75, True)
    same("bare line ends", text.replace("\r\n", "").count("\n"), 0)
    omitted = int(re.search(r"^X-ANNALS-OMITTED:(\d+)", text.replace("\r\n ", ""), re.M)[1])
    return text.count("BEGIN:VEVENT") + omitted


def read_svg(text):
    xml.etree.ElementTree.fromstring(text)
    same("script in a drawing", "<script" in text, False)


def read_txt(text):
    odd = re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    same("control characters for a terminal", odd, [])


def read_html(text):
    ours = '<script type="module" src="/assets/explorer.js"></script>'
    same("script on a page", "<script" in text.replace(ours, ""), False)
    same("an unescaped title", "<b>bold" in text, False)


def read_jsonld(text):
    graph = strictly(text)["@graph"]
    return sum(1 for node in graph if str(node.get("@type")) == "Event" or "Event" in node["@type"])


READERS = {
    "geojson": lambda text: len(strictly(text)["features"]),
    "ics": read_ics,
    "atom": lambda text: len(xml.etree.ElementTree.fromstring(text).findall(ATOM + "entry")),
    "timelinejs": lambda text: strictly(text) and None,
    "jsonld": read_jsonld,
    "txt": read_txt,
    "svg": read_svg,
    "html": read_html,
}


def check_formats(asker, pairs, rows):
    rng = asker.rng
    name = rng.choice(sorted(READERS))
    shown = pairs + [("limit", str(EVERYTHING))]
    if name in ("txt", "svg"):
        shown.append(("width", str(rng.randint(300, 400))))
        shown.append(("lanes", rng.choice("none type actor place source".split())))
    text = asker.good(address(f"/v1/events.{name}", shown)).body.decode()
    shown = READERS[name](text)
    if shown is not None:
        same(f"events as {name}", shown, len(rows))


def check_event(asker, pairs, rows):
    """One of them by itself, in any format, with its parts."""
    if not rows:
        return
    rng = asker.rng
    row = rng.choice(rows)
    as_of = reading(pairs)
    one = asker.json(f"/v1/events/{row['id']}", as_of)
    row = {name: row[name] for name in row if name not in ("match", "excerpt")}
    same("an event by itself", {name: one[name] for name in row}, row)
    asker.good(address(f"/v1/events/{row['id']}.{rng.choice(FORMATS[:1] + FORMATS[2:])}", as_of))
    part = rng.choice(["accounts", "relations", "claims", "evidence"])
    whole = asker.json(f"/v1/events/{row['id']}", as_of + [("include", part)])
    listed = asker.json(f"/v1/events/{row['id']}/{part}", as_of + [("shape", "array")])
    same(f"{part} of an event", listed, whole[part])


def check_graph(asker, pairs, rows):
    """A graph of one step is the event's relations; more steps add what is farther away."""
    if not rows:
        return
    middle, kept = asker.rng.choice(rows)["id"], reading(pairs)
    edges = {}
    for one in asker.json(f"/v1/events/{middle}/relations", kept + [("shape", "array")]):
        ends = (middle, one["event"]) if one["direction"] == "out" else (one["event"], middle)
        if one["type"] != "same_as":
            edges.setdefault((ends[0], one["type"], ends[1]), set()).add(one["source"])
    graph = asker.json(f"/v1/events/{middle}/graph", kept)
    touching = [edge for edge in graph["edges"] if middle in (edge["from"], edge["to"])]
    same("relations", {(edge["from"], edge["type"], edge["to"]): set(edge["sources"])
                       for edge in touching}, edges)  # fmt: skip
    others = {end for ends in edges for end in (ends[0], ends[2])} - {middle}
    same("nodes", ids(graph["nodes"]), [middle] + sorted(others))
    depth = str(asker.rng.randint(2, 4))
    wider = asker.json(f"/v1/events/{middle}/graph", kept + [("depth", depth)])
    same("nearest", wider["nodes"][: len(graph["nodes"])], graph["nodes"])
    for edge in graph["edges"]:
        same("an edge of more steps", edge in wider["edges"], True)
    asker.good(address(f"/v1/events/{middle}/graph.html", kept + [("depth", depth)]))


def check_moved(asker, pairs, rows):
    """An id that is another's leads there, with whatever was asked; as a filter it means that."""
    rng = asker.rng
    one, other = rng.choice(asker.world.same)
    kept = reading(pairs)
    part = rng.choice(["", "/accounts", "/claims", ".html", "/relations.ndjson", "/graph"])
    answer = asker.send(address(f"/v1/events/{one}{part}", kept))
    if int(dict(kept).get("as_of", "5")) < 3:
        same("not moved yet", answer.status in (200, 404), True)
        return
    same("moved", answer.status, 308)
    last = {"e101": "e102"}.get(other, other)
    same("where to", answer.headers["Location"], address(f"/v1/events/{last}{part}", kept))
    asked = [("limit", str(EVERYTHING))]
    for name in ("id", "related_to", "id__not"):
        found = [asker.json("/v1/events", pairs + asked + [(name, x)])["items"]
                 for x in (one, last)]  # fmt: skip
        same(f"{name}={one} and {last}", ids(found[0]), ids(found[1]))


CHECKS = [
    check_pages, check_all, check_histogram, check_facets, check_halves, check_match, check_shapes,
    check_same_bytes, check_formats, check_event, check_graph, check_moved, *compare.CHECKS,
]  # fmt: skip


def ask_well(asker):
    pairs = odd_world.question(asker.world, asker.makers)
    found = asker.json("/v1/events", pairs + [("count", "true"), ("limit", str(EVERYTHING))])
    rows = found["items"]
    same("matched", found["matched"], len(rows))
    same("each once", len(set(ids(rows))), len(rows))
    dated = any(name == "date" for name, _ in pairs)
    for row in rows:
        same("match", "match" in row, dated and row["date"] is not None)
    for check in asker.rng.sample(CHECKS, 4):
        check(asker, pairs, rows)


# ---- other rounds ----


def ask_lists(asker):
    """A list of things: count= and the pages agree, and each can be asked for by its id."""
    rng, world = asker.rng, asker.world
    kind = rng.choice(LISTS)
    terms = {
        "sources": [], "types": [("parent", "protest")], "changesets": [],
        "actors": [("kind", rng.choice(odd_world.KINDS)), ("member_of", "a0"), ("lang", "az")],
        "places": [("part_of", "p0"), ("source__not", "gazette"), ("lang", "ru,hy")],
        "claims": [("stance", "denies"), ("speaker", "a1"), ("about", rng.choice(world.ids))],
        "relations": [("type", "follows"), ("event", rng.choice(world.ids)), ("source", "herald")],
    }[kind]  # fmt: skip
    pairs = rng.sample(terms, rng.randint(0, len(terms)))
    if kind != "changesets":
        pairs += [("count", "true")] + [("q", world.text(1))] * rng.randint(0, 1)
    rows = asker.json(f"/v1/{kind}", pairs + [("limit", str(EVERYTHING))])
    same("matched", rows.get("matched", len(rows["items"])), len(rows["items"]))
    href, got = address(f"/v1/{kind}", pairs + [("limit", str(rng.randint(7, 40)))]), []
    while href and len(got) <= len(rows["items"]):
        page = asker.json(href)
        got += page["items"]
        href = page["next"]
    same("pages", got, rows["items"])
    asker.good(address(f"/v1/{kind}.html", pairs))
    if rows["items"]:
        item = rng.choice(rows["items"])
        asker.good(f"/v1/{kind}/{item.get('id', item['version'])}{rng.choice(['', '.html'])}")


def ask_suggest(asker):
    typed = asker.world.text(2)
    typed = typed[: asker.rng.randint(1, len(typed))].strip() or "g"
    limit = asker.rng.randint(1, 50)
    found = asker.json("/v1/suggest", [("q", typed), ("limit", str(limit))])
    same("returned", found["returned"], len(found["items"]))
    same("no more than the limit", len(found["items"]) <= limit, True)
    for item in found["items"][:3]:
        for link in item["links"]:
            asker.good(link["href"])


def ask_changes(asker):
    since = asker.rng.randint(0, 3)
    href, got = f"/v1/changes?since={since}&limit={asker.rng.randint(40, 1000)}", []
    while href:
        page = asker.json(href)
        got += page["items"]
        href = page["next"]
    every = [strictly(line) for line in asker.good(f"/v1/changes.ndjson?limit=1000&since={since}")
             .body.splitlines()]  # fmt: skip
    same("changes", got[: len(every)], every)
    same("none before", all(change["version"] > since for change in got), True)


# Parameters that are no filters.
PARAMETERS = (
    "when certainty members policy known_at sort limit cursor count fields include lang pretty "
    "explain format shape width lanes depth by bins split since dry_run message nothing"
).split()

PATHS = ["/v1/events", "/v1/histogram", "/v1/facets", "/v1/suggest", "/v1/changes", "/v1/events/e1",
         "/v1/events/e1/claims", "/v1/events/e1/graph",
         "/v1/disagreements", "/", "/embed", "/oembed", "/docs", "/openapi.json", "/healthz"]
PATHS += [f"/v1/{kind}" for kind in LISTS] + ["/v1/actors/a1", "/v1/sources/chronicle/text"]
ACCEPTS = ["*/*", "text/html", "text/csv", "text/plain, application/json", "application/ld+json",
           "image/svg+xml", "text/calendar;q=0", "text/event-stream;q=0", ",;=", "text/html;q=x"]
METHODS = ["GET"] * 12 + ["HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH"]


def ask_badly(asker):
    """Whatever comes, an answer: good, or a problem, and never a failure of ours."""
    rng = asker.rng
    makers = list(asker.makers) + list(PARAMETERS)
    pairs = []
    for _ in range(rng.choice((1, 1, 2, 3, 5, 70))):
        name = rng.choice(makers)
        good = asker.makers.get(name)
        value = good() if good and rng.random() < 0.5 else odd_world.junk(asker.world)
        pairs.append((name + rng.choice(["", "", "", "__not", "s"]), value))
    suffix = rng.choice([""] * 4 + ["." + rng.choice(FORMATS + ["event-stream", "exe", ""])])
    target = address(rng.choice(PATHS) + suffix, pairs)
    # Without a wrong parameter the change feed would stay open.
    if "event-stream" in target and "/changes" in target:
        return
    method = rng.choice(METHODS)
    headers = {"Accept": rng.choice(ACCEPTS)}
    if rng.random() < 0.2:
        headers |= {"If-None-Match": rng.choice(["*", '"x"', "W/", ""]), "Last-Event-ID": "-1"}
    if rng.random() < 0.2:
        headers["Accept-Encoding"] = rng.choice(["gzip", "gzip;q=0", "*", "br"])
    answer = asker.send(target, method, headers)
    fine = {200, 204, 303, 304, 308, 400, 401, 403, 404, 405, 406, 411, 414, 501}
    same("status", answer.status in fine or answer, True)
    if answer.status == 405:
        same("Allow", "GET, HEAD" in answer.headers["Allow"], True)


ROUNDS = [ask_well] * 10 + [ask_badly] * 12 + [ask_lists, ask_lists, ask_suggest, ask_changes]


# ---- the run ----


def play(server, rng, world):
    """Rounds until time is up; how many there were, how many requests, and what failed."""
    until = time.monotonic() + float(os.environ.get("ANNALS_RANDOM_SECONDS", "10"))
    most = int(os.environ.get("ANNALS_RANDOM_ROUNDS", "2000"))
    asker = Asker(server, rng, world)
    rounds = requests = 0
    failures = []
    while rounds < most and time.monotonic() < until and len(failures) < MOST_FAILURES:
        rounds += 1
        asker.asked = []
        try:
            rng.choice(ROUNDS)(asker)
        except (Failure, LookupError, TypeError, ValueError, xml.etree.ElementTree.ParseError) as e:
            asked = "\n    ".join(target[:600] for target in asker.asked[-3:])
            failures.append(f"{type(e).__name__} {e}\n    {asked}")
        requests += len(asker.asked)
    asker.client.close()
    return rounds, requests, failures


def main():
    annalsd, annals = sys.argv[1:3]
    seed = int(os.environ.get("ANNALS_SEED", "20210324"))
    rng = random.Random(seed)
    world = odd_world.World(rng)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        db = folder / "store.db"
        token = daemon.make_token(pathlib.Path(annals), db)
        settings = ["--deadline-ms", "30000", "--search-deadline-ms", "30000"]
        with daemon.Daemon(annalsd, db, *settings, log=folder / "log") as server:
            with server.client(token) as writer:
                for document in world.documents():
                    answer = writer.put(document)
                    if answer.status not in (200, 201):
                        raise Failure(f"the store was not made: {answer}")
            rounds, requests, failures = play(server, rng, world)
            server.stop()
    for failure in failures:
        print(f"FAILED {failure}")
    print(f"seed {seed}: {rounds} rounds, {requests} requests, {len(failures)} failed")
    return 1 if failures or rounds < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
