"""The change feed: pages of changes, and events that nobody misses or gets twice."""

import json
import threading
import time

from daemon import PATIENCE, Failure
from place import case, check, document, put, put_all
from wire import Events, Stream


def threads_of(daemon):
    with open(f"/proc/{daemon.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("Threads"))


def changes(client, target):
    """All changes, page by page."""
    found = []
    while target:
        page = client.get(target)
        check(page["returned"] == len(page["items"]), page)
        found += page["items"]
        target = page["next"]
    return found


@case
def pages_tell_every_change(place):
    with place.daemon() as daemon, daemon.client(place.token()) as client:
        put(client, document("one", 0, 5))
        changed = document("one", 0, 4)
        changed["events"][0]["title"] = "Another title"
        put(client, changed)
        put_all(client, [document("two", 0, 30), document("three", 0, 30)])
        check(client.ask("DELETE", "/v1/sources/two").status == 200, "not deleted")
        whole = changes(client, "/v1/changes?limit=1000")
        for limit in (1, 7, 100):
            check(changes(client, f"/v1/changes?limit={limit}") == whole, limit, "differs")
        said = {(c["version"], c["action"], c["kind"], c["id"]) for c in whole}
        for expected in [(1, "added", "events", "one-0"), (2, "changed", "events", "one-0"),
                         (2, "removed", "events", "one-4"), (3, "added", "sources", "three"),
                         (4, "removed", "events", "two-29"), (4, "removed", "sources", "two")]:
            check(expected in said, expected, "is missing in", whole)
        title = next(c for c in whole if (c["version"], c["id"]) == (2, "one-0"))
        check("title" in title["properties"], title)
        check([c["version"] for c in whole] == sorted(c["version"] for c in whole), "the order")
        check(changes(client, "/v1/changes?since=2") == [c for c in whole if c["version"] > 2],
              "since=2 differs")
        lines = client.ask("GET", "/v1/changes.ndjson?limit=1000").body.decode().splitlines()
        check([json.loads(line) for line in lines] == whole, "NDJSON differs")
        last = client.get("/v1/changes?since=4")
        check(last["items"] == [] and last["next"] is None and last["version"] == 4, last)
        # Pages go on at the version that they began on.
        page = client.get("/v1/changes?since=3&limit=5")
        put(client, document("four", 0, 5))
        rest = changes(client, page["next"])
        check(page["items"] + rest == [c for c in whole if c["version"] > 3], "a later version")
        daemon.stop()


@case
def what_the_feed_does_not_understand(place):
    with place.daemon() as daemon, daemon.client(place.token()) as client:
        put(client, document("one", 0, 5))
        stream = {"Accept": "text/event-stream"}
        for target, headers, word in [
            ("/v1/changes?since=2", {}, "since"),
            ("/v1/changes?since=-1", {}, "since"),
            ("/v1/changes?since=x", {}, "since"),
            ("/v1/changes?since=2", stream, "since"),
            ("/v1/changes", stream | {"Last-Event-ID": "2"}, "Last-Event-ID"),
            ("/v1/changes", stream | {"Last-Event-ID": "one"}, "Last-Event-ID"),
            ("/v1/changes", stream | {"Last-Event-ID": "99999999999999999999"}, "Last-Event-ID"),
            ("/v1/changes?fields=id", stream, "fields"),
            ("/v1/changes?pretty", stream, "pretty"),
            ("/v1/changes?limit=all", {}, "limit"),
        ]:
            answer = client.ask("GET", target, headers=headers)
            check(answer.status == 400, target, headers, answer)
            check(word in str(answer.json()["errors"]), target, answer)
        with Stream(daemon.address, "/v1/changes.event-stream", version="1.0") as old:
            check(old.status == 400, "HTTP/1.0", old.status)
        with Stream(daemon.address, "/v1/changes?format=event-stream", method="HEAD") as head:
            check(head.status == 200 and head.headers["content-type"] == "text/event-stream",
                  head.headers)
            check("etag" not in head.headers, "a stream has no tag")
        daemon.stop()


@case
def a_reader_comes_back_and_misses_nothing(place):
    """The connection is lost again and again, also in the middle of an event."""
    versions = 60
    token = place.token()
    with place.daemon() as daemon:

        def write():
            with daemon.client(token) as client:
                for n in range(versions):
                    put(client, document(f"s{n}", 0, 1 + n % 7), message=f"write-{n}")

        writer = threading.Thread(target=write)
        writer.start()
        seen, last, visits = [], None, 0
        while len(seen) < versions and visits < 10 * versions:
            visits += 1
            with Events(daemon.address, "/v1/changes?since=0", last) as events:
                for _ in range(visits % 4):
                    found = events.next()
                    check(found is not None, "the stream ended by itself after", seen)
                    last, name, data = found
                    check(name == "changeset" and data["version"] == last, found)
                    check(data["message"] == f"write-{last - 1}" and data["changes"], found)
                    seen.append(last)
                    if len(seen) == versions:
                        break
                if visits % 5 == 0:
                    events.stream.piece(0.01)  # bytes that the reader never makes an event of
                check(visits % 4 == 0 or events.retry == "2000", "retry is", events.retry)
        writer.join()
        check(seen == list(range(1, versions + 1)), "seen", seen)
        with Events(daemon.address) as events:
            check(events.next(0.5) is None, "without since= it begins at the newest")
            with daemon.client(token) as client:
                put(client, document("news", 0, 3))
            found = events.next()
            check(found and found[0] == versions + 1, found)
            check(found[2]["author"] == "test" and "change_count" not in found[2], found)
        daemon.stop()


@case
def a_large_change_is_counted(place):
    with place.daemon() as daemon, daemon.client(place.token()) as client:
        put(client, document("large", 0, 2000))
        for limit, expected in (("", 100), ("&limit=1000", 1000)):
            with Events(daemon.address, f"/v1/changes?since=0{limit}") as events:
                _, _, data = events.next()
                check(len(data["changes"]) == expected, len(data["changes"]))
                check(data["change_count"] == len(changes(client, "/v1/changes?limit=1000")), data)
        daemon.stop()


@case
def two_hundred_readers(place):
    token = place.token()
    with place.daemon("--feeds", "200") as daemon, daemon.client(token) as client:
        put(client, document("one", 0, 5))
        threads = threads_of(daemon)
        for round_number in range(2):
            readers = all_readers(daemon, 200)
            check(threads_of(daemon) == threads, "readers take threads")
            with Stream(daemon.address, "/v1/changes.event-stream") as one_more:
                check(one_more.status == 503 and "retry-after" in one_more.headers, one_more.status)
            begun = time.monotonic()
            version = put(client, document(f"round-{round_number}", 0, 50))["version"]
            for reader in readers:
                found = reader.next()
                check(found and found[0] == version, found)
            took = time.monotonic() - begun
            print(f"  200 readers heard of a write within {took * 1000:.0f} ms")
            check(took < 10, "200 readers took", took)
            for reader in readers:
                reader.close()
        daemon.stop()


def all_readers(daemon, count):
    """So many readers, as soon as those that have gone are noticed: a few seconds."""
    readers, until = [], time.monotonic() + 15
    while len(readers) < count:
        try:
            readers.append(Events(daemon.address))
        except Failure:
            check(time.monotonic() < until, "readers that have gone hold their places")
            time.sleep(0.2)
    return readers


@case
def thousands_of_readers_come_and_go(place):
    token = place.token()
    with place.daemon("--heartbeat-seconds", "1") as daemon, daemon.client(token) as client:
        put(client, document("one", 0, 50))
        for n in range(3000):
            stream = Stream(daemon.address, f"/v1/changes.event-stream?since={n % 2}")
            check(stream.status in (200, 503), stream.status)
            stream.close()
            if n % 300 == 0:
                put(client, document(f"n-{n}", 0, 10))
        readers = all_readers(daemon, 1000)
        size = daemon.memory()["Pss_Anon"] >> 20
        print(f"  {size} MiB of its own after 3000 readers, with 1000 there")
        for reader in readers:
            reader.close()
        daemon.stop()


@case
def silence_has_a_heartbeat(place):
    with place.daemon("--heartbeat-seconds", "1") as daemon:
        with Events(daemon.address) as events:
            check(events.next(1.9) is None and events.comments >= 1, "no sign of life")
            # Who sends nothing more may still read.
            events.stream.socket.shutdown(1)
            check(events.next(2.5) is None and events.comments >= 2, "half-closed is closed")
            check(not events.stream.ended, "half-closed is closed")
        daemon.stop()


@case
def feeds_end_at_once_when_the_daemon_does(place):
    with place.daemon("--drain-seconds", "10") as daemon:
        readers = [Events(daemon.address) for _ in range(50)]
        for reader in readers:
            check(reader.next(0.05) is None, "an event out of nothing")
        daemon.terminate()
        took = daemon.ended(20)
        check(took < 5, "feeds hold the daemon up for", took)
        for reader in readers:
            reader.next()
            check(reader.stream.ended and not reader.stream.whole, "a feed looks complete")
            reader.close()
