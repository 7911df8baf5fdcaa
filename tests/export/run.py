#!/usr/bin/env python3
"""Out and in again: export, load into an empty store, export again: the same bytes.

    run.py ANNALS ANNALSD [WORD...]     only the worlds whose names contain one of the words

A world is a way to fill a store. Each is exported and loaded anew; then the documents, the answers
and the records of both stores must be the same. Worlds by chance come from a fixed seed.
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ANNALS, ANNALSD = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
LARGE = 12000  # events of the large source: more than fits into one document


class Server:
    """A store of its own and a daemon on it."""

    def __init__(self, folder, name):
        self.db = folder / f"{name}.db"
        self.folder = folder
        token = subprocess.run([ANNALS, "token", "create", "--db", self.db, "--scope", "write", "t"],
                               capture_output=True, text=True, check=True).stdout.strip()
        self.process = subprocess.Popen([ANNALSD, "--db", self.db, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        assert self.url.startswith("http"), self.url
        self.env = dict(os.environ, ANNALS_URL=self.url, ANNALS_TOKEN=token, HOME=str(folder),
                        XDG_STATE_HOME=str(folder / "state"))
        self.token = token

    def annals(self, *words, code=0):
        """Runs the client; its exit code must be this one, where one is wanted."""
        done = subprocess.run([ANNALS, *map(str, words)], env=self.env, cwd=self.folder,
                              capture_output=True, text=True, timeout=250)
        assert code in (None, done.returncode), (words, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return answer.read()

    def delete(self, source):
        request = urllib.request.Request(f"{self.url}/v1/sources/{source}", method="DELETE",
                                         headers={"Authorization": f"Bearer {self.token}"})
        urllib.request.urlopen(request, timeout=60).read()

    def load(self, folder, files):
        """Puts each as a file of its own, in their order."""
        folder = self.folder / folder
        folder.mkdir(exist_ok=True)
        for i, what in enumerate(files):
            lines = what if isinstance(what, list) else None
            path = folder / (f"{i:03}.annals.ndjson" if lines else f"{i:03}.source.json")
            path.write_text("".join(json.dumps(x) + "\n" for x in lines) if lines
                            else json.dumps(what))
        self.annals("load", "--no-match", folder)

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


# ---- worlds ----

def demo(server):
    example = ROOT / "docs" / "example"
    server.annals("load", "--no-match", example / "south-caucasus-chronicle.annals.md")
    server.annals("load", "--no-match", example / "rzazade-2022.source.json")


def fixture(server):
    server.annals("load", "--no-match", ROOT / "tests" / "api" / "fixture")


def source(name, **more):
    return {"annals": 1, "source": {"id": name, "title": name.title()}, **more}


def circles(server):
    """Sources that refer to one another, and a group between two that do not."""
    server.load("circles", [
        {"annals": 1, "source": {"id": "zeta", "title": "Z", "derives_from": ["alpha"]},
         "actors": [{"id": "z1", "name": "Z one", "member_of": [{"actor": "a1"}]},
                    {"id": "z2", "name": "Z two"}],
         "types": [{"id": "talk", "parent": "word"}],
         "events": [{"id": "ez", "title": "EZ", "date": "2020"}],
         "relations": [{"from": "ez", "type": "follows", "to": "ea"}]},
        source("middle", events=[{"id": "em", "title": "EM", "date": "2021"}]),
        source("alpha", actors=[{"id": "a1", "name": "A one",
                                 "names": [{"name": "Alif", "used_by": "z2"}]}],
               types=[{"id": "word"}],
               events=[{"id": "ea", "title": "EA", "date": "2020-02",
                        "participants": [{"actor": "z2", "role": "host"}], "type": "talk"}]),
    ])


def removed(server):
    """A removed source of which a description stays, and references to what is no longer there."""
    circles(server)
    server.load("more", [source("late", events=[{"id": "el", "title": "L"}],
                                relations=[{"from": "el", "type": "causes", "to": "ez"}],
                                claims=[{"id": "cl", "speaker": "a1", "stance": "denies",
                                         "about": ["ez", "el"], "text": "No."}])])
    server.delete("zeta")


def withheld(server):
    """Texts given and not given out, quoted and not."""
    text = "Ünder the hill — “they” met.\nThen\tthey left. \U0001F30D"
    evidence = [{"start": 0, "end": 5, "supports": ["title", "date"]},
                {"start": 6, "end": 9, "exact": "the", "prefix": "r ", "suffix": " hill"}]
    for access in ("public", "withheld"):
        server.load(access, [{"annals": 1,
                              "source": {"id": access, "title": "T \"quoted\" \\ /", "text": text,
                                         "text_access": access, "precedence": -3,
                                         "creators": ["B", "A"], "published": "2022-05~"},
                              "events": [{"id": f"e-{access}", "title": "Tab\u00e9", "date": "2021?",
                                          "tags": ["b", "a"], "identifiers": {"x": "1", "a": "2"},
                                          "evidence": evidence}]}])


def chance(server):
    """Forty sources by chance that change and go, some of them told again and again."""
    r = random.Random(11)
    names = [f"s{i}" for i in range(40)]
    for step in range(120):
        name = r.choice(names)
        if step > 60 and r.random() < 0.15:
            try:
                server.delete(name)
            except urllib.error.HTTPError as e:
                assert e.code in (404, 410), e.code
            continue
        own = [f"{name}-{r.randrange(5)}" for _ in range(3)]
        shared = [f"shared-{r.randrange(12)}" for _ in range(3)]
        ids = sorted(set(own + shared))
        document = {
            "annals": 1,
            "source": {"id": name, "title": f"Source {step}", "precedence": r.randrange(3)},
            "actors": [{"id": f"a-{i}", "name": f"Actor {i} {r.randrange(3)}",
                        "kind": r.choice(["state", "person"]),
                        "names": [{"name": f"N {r.randrange(9)}", "language": "en"}]}
                       for i in range(r.randrange(1, 4))],
            "places": [{"id": "p-0", "name": "Everywhere"},
                       {"id": "p-1", "name": "There", "lat": r.uniform(-90, 90),
                        "lon": r.uniform(-180, 180), "part_of": "p-0"}],
            "events": [{"id": i, "title": f"Event {i} {r.randrange(9)}",
                        "date": r.choice(["2020", "2021-03", "-0044-03-15", "2020/2021", "../1990"]),
                        "participants": [{"actor": "a-0", "role": r.choice(["host", "target"])}],
                        "places": [r.choice(["p-0", "p-1"])], "type": r.choice(["agree", "aid"])}
                       for i in ids],
            "relations": [{"from": ids[0], "type": "follows", "to": ids[-1]}] if len(ids) > 1 else [],
            "claims": [{"id": f"{name}-c", "speaker": "a-0", "stance": "asserts", "about": ids[:2],
                        "text": "Yes."}],
        }
        path = server.folder / "one.source.json"
        path.write_text(json.dumps(document))
        server.annals("load", "--no-match", path)


def large(server):
    """A source of records that becomes no document, with references forward."""
    r = random.Random(7)
    lines = [{"annals": 1, "source": {"id": "table", "title": "Table", "licence": "CC0"}}]
    lines += [{"actor": {"id": f"a{i}", "name": f"Actor {i}"}} for i in range(50)]
    lines.append({"actor": {"id": "a1", "name": "Actor 1", "member_of": [{"actor": "a3"}],
                            "names": [{"name": "Uno", "used_by": "a49"}]}})
    lines += [{"event": {"id": f"e{i:06}", "title": f"Event {i} " + "of the large table " * 20,
                         "date": f"{1900 + i % 120}-{1 + i % 12:02}",
                         "participants": [{"actor": f"a{r.randrange(50)}"}]}}
              for i in range(LARGE)]
    lines += [{"relation": {"from": f"e{i:06}", "type": "follows", "to": f"e{i + 1:06}"}}
              for i in range(0, LARGE - 1, 11)]
    server.load("large", [source("first", actors=[{"id": "a1", "name": "Someone"}]), lines])


# Kinds of files (tests/load): the folder, their endings, and how many of them must load.
KINDS = [("markdown/valid", (".annals.md",), 10), ("brat/valid", (".ann", ".a1"), 6),
         ("webannotation/valid", (".jsonld",), 6), ("timeml/valid", (".tml",), 6),
         ("tei/valid", (".xml",), 6), ("timelinejs/valid", (".timeline.json",), 2),
         ("table", (".csv", ".tsv", ".jsonl"), 10)]


def readers(server):
    """What each reader makes of the files of its tests."""
    for place, endings, least in KINDS:
        kind, loaded = place.split("/")[0], 0
        folder = server.folder / kind
        folder.mkdir()
        for path in (ROOT / "tests" / "load" / place).iterdir():
            if path.is_file():
                (folder / f"{kind}-{path.name}").write_bytes(path.read_bytes())
        for path in sorted(p for p in folder.iterdir() if p.name.endswith(endings)):
            mapping = folder / (path.name.split(".")[0] + ".yaml")
            words = ["--map", mapping] if mapping.exists() else []
            said = server.annals("load", "--json", "--no-match", "--keep-going", *words, path,
                                 code=None).splitlines()
            loaded += bool(said) and json.loads(said[-1]).get("outcome") == "loaded"
        assert loaded >= least, f"{kind}: only {loaded} loaded"


def entangled(server):
    """A large source and a small one that refer to one another, the small one told first."""
    server.load("one", [source("small", events=[{"id": "es", "title": "ES", "date": "2020"}])])
    text = "Of the large table, at some length. " * 80
    lines = [{"annals": 1, "source": {"id": "table", "title": "Table"}},
             {"actor": {"id": "at", "name": "An actor", "kind": "group"}}]
    lines += [{"event": {"id": f"e{i:06}", "title": f"Event {i}", "summary": text,
                         "participants": [{"actor": "at"}]}} for i in range(1700)]
    lines.append({"relation": {"from": "e000000", "type": "follows", "to": "es"}})
    server.load("two", [lines])
    server.load("three", [source("small", events=[{"id": "es", "title": "ES", "date": "2020",
                                                   "participants": [{"actor": "at"}]}],
                                 relations=[{"from": "es", "type": "causes", "to": "e000007"}])])


WORLDS = [demo, fixture, circles, removed, withheld, chance, readers, entangled, large]


# ---- what must be the same ----

def contents(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def answers(server):
    """What questions give, without what says when it was recorded."""
    lines = server.get("/v1/events.ndjson?limit=all&fields=id,title,date,type,participants,places,"
                       "tags,identifiers,accounts,disputed").splitlines()
    return sorted(lines)


def check(name, fill, folder):
    one, two = Server(folder, "one"), Server(folder, "two")
    try:
        fill(one)
        out, again = folder / "out", folder / "again"
        one.annals("export", out)
        two.annals("load", "--no-match", out)
        two.annals("export", again)
        assert contents(out) == contents(again), f"{name}: another export"
        order = (out / "export.order").read_text().split()
        assert sorted(order) == sorted(p.name for p in out.iterdir() if p.name != "export.order")
        assert answers(one) == answers(two), f"{name}: other answers"
        if name != "removed":
            assert one.get("/v1/records") == two.get("/v1/records"), f"{name}: other records"
        if name in ("large", "entangled"):
            assert "table.annals.ndjson" in order, order
        if name == "large":
            assert one.annals("export") == one.get("/v1/records").decode()
        for file in order:
            if file.endswith(".source.json"):
                document = one.get(f"/v1/sources/{file.split('.')[0]}/document")
                assert name == "removed" or document == (out / file).read_bytes(), file
        # The same once more changes nothing, and leaves nothing else behind.
        before = two.get("/v1/changesets?limit=1")
        if name not in ("large", "entangled"):
            two.annals("load", "--no-match", out)
            assert two.get("/v1/changesets?limit=1") == before, f"{name}: loaded twice"
        one.annals("export", out)
        assert contents(out) == contents(again), f"{name}: an export over an export"
        subprocess.run([ANNALS, "check", "--db", two.db], check=True, stdout=subprocess.DEVNULL)
        EXTRA.get(name, lambda *_: None)(one, two, folder)
    finally:
        one.close()
        two.close()


# ---- of some worlds more ----

def check_demo(one, two, folder):
    """A part, an earlier version, and a copy of the file."""
    one.annals("export", folder / "part", "actor=aze", "date=2021")
    wanted = {json.loads(x)["id"] for x in
              one.get("/v1/events.ndjson?limit=all&fields=id&actor=aze&date=2021").splitlines()}
    told = set()
    for path in (folder / "part").glob("*.source.json"):
        told |= {e["id"] for e in json.loads(path.read_text()).get("events", [])}
    assert told == wanted and wanted, (told, wanted)
    three = Server(folder, "three")
    try:
        three.annals("load", "--no-match", folder / "part")
        three.annals("export", folder / "part-again")
        assert contents(folder / "part") == contents(folder / "part-again")
    finally:
        three.close()
    said = json.loads(one.annals("export", "--json", folder / "then", "as_of=1"))
    assert said["version"] == 1 and said["files"] == said["sources"] == 1, said
    assert (folder / "then" / "export.order").read_text() == "south-caucasus-chronicle.source.json\n"
    said = one.annals("backup", "--db", one.db, "--json", folder / "copy.db")
    assert json.loads(said)["version"] == 2, said
    one.annals("backup", "--db", one.db, folder / "copy.db", code=3)
    assert sorted(p.name for p in folder.glob("copy.db*")) == ["copy.db"]
    subprocess.run([ANNALS, "check", "--db", folder / "copy.db"], check=True,
                   stdout=subprocess.DEVNULL)


def check_removed(one, two, folder):
    order = (folder / "out" / "export.order").read_text().split()
    assert order == [f"{n}.source.json" for n in ("zeta", "middle", "alpha", "late")], order
    late = json.loads((folder / "out" / "late.source.json").read_text())
    assert "relations" not in late and late["claims"][0]["about"] == ["el"], late
    zeta = json.loads((folder / "out" / "zeta.source.json").read_text())
    assert [a["id"] for a in zeta["actors"]] == ["z2"] and "events" not in zeta, zeta


def check_withheld(one, two, folder):
    document = json.loads((folder / "out" / "withheld.source.json").read_text())
    assert "text" not in document["source"] and document["source"]["text_length"] > 0
    assert all("exact" not in e and "digest" in e for e in document["events"][0]["evidence"])
    document = json.loads((folder / "out" / "public.source.json").read_text())
    assert document["source"]["text"].endswith("\U0001F30D")


def check_circles(one, two, folder):
    """A folder with other things in it is left alone; nothing half-written stays."""
    other = folder / "other"
    other.mkdir()
    (other / "letter.txt").write_text("mine")
    one.annals("export", other, code=2)
    assert [p.name for p in other.iterdir()] == ["letter.txt"]
    one.annals("export", folder / "bad", "nonsense=1", code=1)
    assert not list(folder.glob("**/*.part"))


EXTRA = {"demo": check_demo, "removed": check_removed, "withheld": check_withheld,
         "circles": check_circles}


def main():
    words = sys.argv[3:]
    wrong = 0
    for fill in WORLDS:
        name = fill.__name__
        if words and not any(w in name for w in words):
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(name, fill, pathlib.Path(folder))
                print(f"ok {name} ({time.monotonic() - began:.1f} s)", flush=True)
            except (AssertionError, subprocess.SubprocessError, urllib.error.URLError) as e:
                wrong += 1
                print(f"FAILED {name}: {str(e)[:2000]}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
