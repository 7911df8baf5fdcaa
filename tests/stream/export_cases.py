"""Answers without a limit: complete, of one version, in constant memory, or visibly broken."""

import http.client
import json
import os
import sqlite3
import threading
import time

from daemon import PATIENCE, Failure
from place import case, check, document, next_of, put
from wire import Stream

ALL = "limit=all"
ROWS = int(os.environ.get("ANNALS_STREAM_ROWS", "60000"))
MEGABYTE = 1 << 20


def pages(client, target, between=lambda: None):
    """The bodies of all pages, one after the other."""
    while target:
        answer = client.ask("GET", target)
        check(answer.status == 200, target, answer)
        yield answer.body
        target = next_of(answer)
        between()


def without_header(bodies):
    """Pages of CSV as one table."""
    header, parts = None, []
    for body in bodies:
        first, _, rest = body.partition(b"\r\n")
        check(header in (None, first), "another header", first)
        header = first
        parts.append(rest)
    return header + b"\r\n" + b"".join(parts)


@case
def everyone_sees_the_version_that_they_began_on(place):
    token = place.token()
    with place.daemon() as daemon, daemon.client(token) as writer:
        place.fill(writer, 20000)
        version = daemon.client().get("/v1/events?limit=1")["version"]
        expected = b"".join(pages(daemon.client(), "/v1/events.ndjson?limit=1000"))
        check(expected.count(b"\n") == 20000, "the store holds", expected.count(b"\n"))
        loading, loaded, results = threading.Event(), threading.Event(), {}

        def load():
            with daemon.client(token) as client:
                for n in range(20):
                    put(client, document(f"late-{n}", n * 500, 500))
                    loading.set()
            loaded.set()

        def slowly():
            loading.wait(PATIENCE)
            if not loaded.is_set():
                time.sleep(0.02)

        def page():
            with daemon.client() as client:
                walk = pages(client, "/v1/events.ndjson?limit=300", slowly)
                results["pages"] = b"".join(walk)

        def export(format_name):
            with Stream(daemon.address, f"/v1/events.{format_name}?{ALL}", buffer=4096) as stream:
                check(stream.headers["annals-version"] == str(version), stream.headers)
                parts = []
                while data := stream.piece():
                    parts.append(data)
                    if len(parts) % 10 == 0:
                        slowly()
                results[format_name] = b"".join(parts)
                results[format_name + " whole"] = stream.whole

        readers = [threading.Thread(target=page)]
        readers += [threading.Thread(target=export, args=(f,)) for f in ("ndjson", "csv")]
        for thread in readers:
            thread.start()
        time.sleep(0.2)  # for all of them to have begun
        loader = threading.Thread(target=load)
        loader.start()
        for thread in (*readers, loader):
            thread.join()
        check(results["pages"] == expected, "the pages are another answer")
        check(results["ndjson whole"] and results["ndjson"] == expected, "the export is another")
        table = without_header(pages(daemon.client(), f"/v1/events.csv?limit=1000&as_of={version}"))
        check(results["csv whole"] and results["csv"] == table, "the table is another")
        with Stream(daemon.address, f"/v1/events.ndjson?{ALL}") as stream:
            check(stream.body().count(b"\n") == 30000 and stream.whole, "not all that was loaded")
        daemon.stop()


QUESTIONS = [
    "", "sort=-date", "sort=updated", "sort=title", "type=agree", "actor=actor-1,actor-2",
    "date=1950/1990", "date=1950/1990&sort=title", "q=matter", "fields=id,title",
    "type=agree&fields=id,date&sort=title",
]


@case
def every_question_is_answered_as_by_pages(place):
    with place.daemon() as daemon, daemon.client(place.token()) as client:
        place.fill(client, 3000)
        for question in QUESTIONS + ["include=accounts,evidence", "undated=only"]:
            for name in ("ndjson", "csv"):
                if name == "csv" and "include" in question:
                    continue
                target = f"/v1/events.{name}?{question}&limit="
                bodies = list(pages(client, target + "250"))
                paged = without_header(bodies) if name == "csv" else b"".join(bodies)
                with Stream(daemon.address, target + "all") as stream:
                    check(stream.status == 200, target, stream.status)
                    check(stream.body() == paged and stream.whole, target, "differs from its pages")
        daemon.stop()


@case
def what_cannot_be_streamed_is_a_problem(place):
    with place.daemon() as daemon, daemon.client(place.token()) as client:
        place.fill(client, 3000)
        for target, status, word in [
            (f"/v1/events?{ALL}", 400, "limit"),
            (f"/v1/events.ndjson?{ALL}&q=matter&sort=relevance", 400, "sort"),
            (f"/v1/events.ndjson?{ALL}&actor=nobody", 400, "actor"),
            (f"/v1/events.csv?{ALL}&fields=nothing", 400, "fields"),
            (f"/v1/actors?{ALL}", 400, "limit"),
        ]:
            answer = client.ask("GET", target)
            check(answer.status == status, target, answer)
            check(word in str(answer.json()["errors"]), target, answer)
        with Stream(daemon.address, f"/v1/events.csv?{ALL}", version="1.0") as stream:
            check(stream.status == 400 and "HTTP/1.1" in stream.json()["detail"], stream.status)
        # One piece is an answer like any other.
        target = f"/v1/events.csv?{ALL}&actor=actor-1&date=1950"
        with Stream(daemon.address, target, version="1.0") as stream:
            check(stream.status == 200 and "content-length" in stream.headers, stream.headers)
        daemon.stop()


@case
def what_a_batch_wrote_is_said_where_nothing_can_be_streamed(place):
    lines = [{"annals": 1, "source": {"id": "table", "title": "A table"}}]
    lines += [{"event": {"id": f"row-{n}", "title": "A row", "date": "never"}} for n in range(9000)]
    lines += [{"event": {"id": "row", "title": "A row"}}]
    body = "".join(json.dumps(line) + "\n" for line in lines).encode()
    token = place.token()
    headers = {"Content-Type": "application/x-ndjson", "Authorization": f"Bearer {token}"}
    target = "/v1/batch?keep_going=true&format=ndjson&dry_run="
    with place.daemon() as daemon:
        for version, dry, count in [("1.1", "true", 9001), ("1.0", "false", 1)]:
            with Stream(daemon.address, target + dry, version, "POST", headers, body=body) as stream:
                told = stream.body().splitlines()
            check(stream.status == 201 and len(told) == count, stream.status, len(told))
            last = json.loads(told[-1])
            check(last["refused_lines"] == 9000 and last["added"]["events"] == ["row"], told[-1][:300])
        daemon.stop()


@case
def headers_and_validators_are_those_of_lists(place):
    with place.daemon() as daemon, daemon.client(place.token()) as client:
        place.fill(client, 3000)
        target = f"/v1/events.ndjson?{ALL}"
        with Stream(daemon.address, target) as stream:
            first = stream.headers
            check(first["transfer-encoding"] == "chunked" and "etag" in first, first)
            check(first["content-type"] == "application/x-ndjson", first)
            check(first["annals-version"] == "2", first)
            check(first["access-control-allow-origin"] == "*", first)
            stream.body()
            check(stream.whole, "not whole")
            # The connection is good for another request.
            stream.again("GET", "/healthz")
            check(stream.status == 200, "the connection is of no use afterwards")
        with Stream(daemon.address, target, method="HEAD") as stream:
            check(stream.status == 200, stream.status)
            check(stream.headers["etag"] == first["etag"], stream.headers)
            check(stream.headers["connection"] == "close", stream.headers)
            check(stream.rest() == b"", "HEAD has a body")
        for tag in (first["etag"], "*"):
            with Stream(daemon.address, target, headers={"If-None-Match": tag}) as stream:
                check(stream.status == 304, tag, stream.status)
        put(client, document("another", 0, 10))
        with Stream(daemon.address, target, headers={"If-None-Match": first["etag"]}) as stream:
            check(stream.status == 200 and stream.headers["etag"] != first["etag"], stream.headers)
            check(stream.body().count(b"\n") == 3010, "the answer is an old one")
        daemon.stop()


@case
def a_failure_in_the_middle_is_seen(place):
    """The table is taken away while the answer is on its way."""
    with place.daemon() as daemon, daemon.client(place.token()) as client:
        place.fill(client, 12000)
        with Stream(daemon.address, f"/v1/events.ndjson?{ALL}", buffer=4096) as stream:
            got = stream.piece()
            other = sqlite3.connect(place.db, timeout=10)
            other.execute("ALTER TABLE event_row RENAME TO lost")
            other.commit()
            other.close()
            got += stream.body()
            check(not stream.whole, "it looks complete after", got.count(b"\n"), "of 12000 rows")
            check(stream.ended and got.count(b"\n") < 12000, "it goes on")
        with Stream(daemon.address, f"/v1/events.ndjson?{ALL}") as stream:
            check(stream.status >= 500, "a failure at the start is no problem", stream.status)
            check(stream.headers["content-type"] == "application/problem+json", stream.headers)
        daemon.stop()
        check("broken_after=" in daemon.said(), "the failure is not in the log")
        check("stream=broken" in daemon.said(), "the request is not in the log")


@case
def other_peoples_clients_see_it_too(place):
    """Python's own client takes a body without its end for an error."""
    with place.daemon("--drain-seconds", "0") as daemon, daemon.client(place.token()) as client:
        place.fill(client, 20000)
        connection = http.client.HTTPConnection(daemon.address, timeout=PATIENCE)
        connection.request("GET", f"/v1/events.ndjson?{ALL}")
        answer = connection.getresponse()
        answer.read(1000)
        time.sleep(0.3)
        daemon.terminate()
        try:
            answer.read()
            raise Failure("a broken answer is read without an error")
        except (http.client.IncompleteRead, ConnectionResetError):
            pass
        daemon.ended()


def peak(daemon):
    """The largest size that the daemon has had, since reset_peak, bytes."""
    with open(f"/proc/{daemon.process.pid}/status", encoding="ascii") as status:
        for line in status:
            if line.startswith("VmHWM"):
                return int(line.split()[1]) * 1024
    raise Failure("no VmHWM")


def reset_peak(daemon):
    with open(f"/proc/{daemon.process.pid}/clear_refs", "w", encoding="ascii") as f:
        f.write("5")


def export_peak(daemon, target):
    """What an export costs at most on top of what the daemon has, and its rows."""
    reset_peak(daemon)
    before, rows, size = peak(daemon), 0, 0
    with Stream(daemon.address, target) as stream:
        while data := stream.piece():
            rows += data.count(b"\n")
            size += len(data)
        check(stream.whole, target, "is not whole")
    return peak(daemon) - before, rows, size


@case
def memory_does_not_grow_with_the_answer(place):
    with place.daemon() as daemon, daemon.client(place.token()) as client:
        place.fill(client, ROWS, each=10000)
    with place.daemon() as daemon:
        # The pages of the store that have been read once stay mapped; read them all first.
        for name in ("ndjson", "csv"):
            export_peak(daemon, f"/v1/events.{name}?{ALL}")
        few, rows, _ = export_peak(daemon, f"/v1/events.ndjson?{ALL}&date=1900/1911")
        many, all_rows, size = export_peak(daemon, f"/v1/events.ndjson?{ALL}")
        print(f"  {rows} rows: {few // 1024} KiB more; {all_rows} rows, {size // MEGABYTE} MiB: "
              f"{many // 1024} KiB more; {daemon.memory()['Rss'] // MEGABYTE} MiB resident")
        check(all_rows == ROWS, all_rows, "rows came of", ROWS)
        check(many < 8 * MEGABYTE, "an export of", size, "bytes took", many)
        daemon.stop()


@case
def a_slow_reader_is_served_and_one_that_stands_still_is_not(place):
    with place.daemon("--inactivity-seconds", "4") as daemon:
        with daemon.client(place.token()) as client:
            place.fill(client, 12000)
        still = [Stream(daemon.address, f"/v1/events.ndjson?{ALL}", buffer=4096)
                 for _ in range(8)]
        # A window smaller than a segment would wait for the sender's probes: seconds.
        with Stream(daemon.address, f"/v1/events.ndjson?{ALL}", buffer=1 << 18) as slow:
            begun, rows, parts = time.monotonic(), 0, 0
            with daemon.client() as client:
                while data := slow.piece():
                    rows += data.count(b"\n")
                    parts += 1
                    time.sleep(0.025)
                    if parts % 20 == 0:
                        year = 1900 + parts // 20 % 100
                        found = client.ask("GET", f"/v1/events?q=matter&limit=3&date={year}")
                        check(found.status == 200, "a search beside streams:", found)
            took = time.monotonic() - begun
            check(slow.whole and rows == 12000, "a slow reader got", rows, "rows in", took, "s")
            check(took > 5, "the reader was not slow:", took)
        for stream in still:
            stream.body()
            check(stream.ended and not stream.whole, "one that stood still got everything")
            stream.close()
        daemon.stop()


@case
def exports_are_bounded_and_dropped_ones_are_gone(place):
    with place.daemon("--exports", "4") as daemon:
        with daemon.client(place.token()) as client:
            place.fill(client, 12000)
        target = f"/v1/events.ndjson?{ALL}"
        open_ones = [Stream(daemon.address, target, buffer=4096) for _ in range(4)]
        check(all(s.status == 200 for s in open_ones), [s.status for s in open_ones])
        with Stream(daemon.address, target) as stream:
            check(stream.status == 503 and "retry-after" in stream.headers, stream.status)
        for stream in open_ones:
            stream.close()
        statuses = set()
        for n in range(1000):
            with Stream(daemon.address, target, buffer=4096) as stream:
                statuses.add(stream.status)
                if n % 3:
                    stream.piece()
        check(200 in statuses and statuses <= {200, 503}, statuses)
        time.sleep(0.5)
        open_ones = [Stream(daemon.address, target) for _ in range(4)]
        check(all(s.status == 200 for s in open_ones), "places are not given again")
        for stream in open_ones:
            check(stream.body().count(b"\n") == 12000 and stream.whole, "not whole")
            stream.close()
        daemon.stop()


@case
def exports_drain(place):
    """At SIGTERM a reader that reads gets everything; one that does not is broken off in time."""
    with place.daemon("--drain-seconds", "3") as daemon:
        with daemon.client(place.token()) as client:
            place.fill(client, 12000)
        reading = Stream(daemon.address, f"/v1/events.ndjson?{ALL}", buffer=4096)
        standing = Stream(daemon.address, f"/v1/events.ndjson?{ALL}", buffer=4096)
        reading.piece()
        standing.piece()
        daemon.terminate()
        time.sleep(0.3)
        check(reading.body().count(b"\n") > 6000 and reading.whole, "a reader is cut short")
        took = daemon.ended(20)
        check(took < 8, "the end took", took)
        standing.body()
        check(not standing.whole, "a broken answer looks complete")
        for stream in (reading, standing):
            stream.close()
