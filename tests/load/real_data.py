#!/usr/bin/env python3
"""Data that nobody here wrote: all of it loads, or is refused for a reason that is stated.

    real_data.py PATH-TO-ANNALSD PATH-TO-ANNALS [SECTION...]

ANNALS_SHARED names the folder above data/. Each section counts what lies in the files by a few
lines of its own, which share nothing with the readers, loads the files, and compares what the
store then holds. Without the data, it is skipped aloud.
"""

import csv
import datetime
import html
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
from daemon import Daemon, Failure, make_token

SECTIONS = []
PATIENCE = 1200  # seconds for one load


def section(check):
    """Adds a function (data, world) to the sections. It answers a line of what it found."""
    SECTIONS.append(check)
    return check


class Absent(Exception):
    """The data of a section are not there."""


def agree(what, counted, said):
    if counted != said:
        raise Failure(f"{what}: counted {counted!r}, and the store or client says {said!r}")


class World:
    """A daemon over an empty store, and the client."""

    def __init__(self, annalsd, annals, folder):
        self.annals, self.folder = annals, folder
        db = folder / "store.db"
        self.daemon = Daemon(annalsd, db, log=folder / "log")
        self.environment = os.environ | {
            "ANNALS_URL": f"http://{self.daemon.address}",
            "ANNALS_TOKEN": make_token(annals, db),
            "XDG_STATE_HOME": str(folder / "state"),
        }

    def load(self, *arguments):
        """`annals load --json`: its lines, one for each file."""
        command = [str(self.annals), "load", "--json", *map(str, arguments)]
        done = subprocess.run(
            command, capture_output=True, timeout=PATIENCE, env=self.environment, check=False
        )
        if done.returncode not in (0, 1):
            raise Failure(f"{arguments[-1]}: {done.returncode}: {done.stderr.decode()[:2000]}")
        return [json.loads(line) for line in done.stdout.decode().splitlines()]

    def get(self, target):
        with self.daemon.client() as client:
            return client.get(target)

    def count(self, **filters):
        """How many events there are of those that pass the filters, dated or not."""
        query = "&".join(f"{k}={v}" for k, v in ({"undated": "include"} | filters).items())
        return self.get(f"/v1/events?limit=1&count=true&{query}")["matched"]


def by_outcome(lines):
    counts = {}
    for line in lines:
        counts[line["outcome"]] = counts.get(line["outcome"], 0) + 1
    return counts


def need(folder):
    if not folder.exists():
        raise Absent(str(folder))
    return folder


# ---- brat ----


@section
def brat(data, world):
    """LitBank: every trigger arrives, under its words and at its place."""
    folder = need(data / "brat" / "litbank-events")
    triggers = {}  # file: [(start, end, words)]
    for path in sorted(folder.glob("*.ann")):
        rows = (line.split("\t") for line in path.read_text("utf-8").split("\n"))
        triggers[path.stem] = sorted(
            (*map(int, row[1].split(" ")[1:3]), row[2]) for row in rows if row[0][:1] == "T"
        )
    lines = world.load(folder)
    agree("files of LitBank", {"loaded": len(triggers)}, by_outcome(lines))
    agree("triggers of LitBank", sum(map(len, triggers.values())), world.count())
    for line in lines:
        stem = pathlib.Path(line["file"]).stem
        found = world.get(f"/v1/sources/{line['source']}/annotations")["items"]
        spans = []
        for item in found:
            at, quote = item["target"]["selector"][:2]
            spans += [(at["start"], at["end"], quote["exact"])] * len(item["body"])
        agree(f"anchors of {stem}", triggers[stem], sorted(spans))
    notes = sum(int(n["detail"].split()[0]) for line in lines for n in line.get("notes", []))
    return f"{len(lines)} files, {world.count()} triggers, {notes} notes left behind"


# ---- W3C Web Annotation ----


def points_into_text(value):
    """Whether a selector that a reader of text can use lies anywhere in the target."""
    if isinstance(value, list):
        return any(map(points_into_text, value))
    if not isinstance(value, dict):
        return False
    if value.get("type") == "TextQuoteSelector":
        return True
    # A position within something that is no text counts from nowhere.
    if value.get("type") == "TextPositionSelector":
        return True
    if "refinedBy" in value:
        inner = value["refinedBy"]
        return isinstance(inner, dict) and inner.get("type") == "TextQuoteSelector"
    return points_into_text(value.get("selector", []))


def annotations_of(root):
    if root.get("type") == "AnnotationCollection":
        root = root.get("first")
        root = root if isinstance(root, dict) else {}
    return root.get("items", []) if root.get("type") != "Annotation" else [root]


@section
def web_annotation(data, world):
    """The W3C's samples are of the model, few are of texts, and none has its text beside it."""
    samples = need(data / "webannotation" / "w3c-model-tests" / "samples")
    reasons = {"text": "is missing", "none": "points into a text", "away": "stand elsewhere"}
    counted, said = {}, {}
    lines = {pathlib.Path(l["file"]).name: l for l in world.load(samples / "correct")}
    for path in sorted((samples / "correct").glob("*.json")):
        root = json.loads(path.read_text("utf-8"))
        targets = [a["target"] for a in annotations_of(root)]
        kind = "text" if any(map(points_into_text, targets)) else "none" if targets else "away"
        counted[kind] = counted.get(kind, 0) + 1
        details = " ".join(p["detail"] for p in lines[path.name]["problems"])
        agree(f"outcome of {path.name}", "invalid", lines[path.name]["outcome"])
        kinds = [k for k, words in reasons.items() if words in details]
        said[kinds[0]] = said.get(kinds[0], 0) + 1
    agree("reasons for the correct samples", counted, said)

    # With a text that has the words, those that quote them load.
    text = world.folder / "text.txt"
    text.write_text("this is an anotation that has some; text before the Selected Text and text after it")
    for name in ("anno26.json", "anno32.json"):
        (line,) = world.load("--text", text, samples / "correct" / name)
        agree(f"{name} with a text", "loaded", line["outcome"])

    no_json = set()
    for path in sorted((samples / "incorrect").glob("*.json")):
        try:
            json.loads(path.read_text("utf-8"))
        except ValueError:
            no_json.add(path.name)
    found = set()
    for line in world.load(samples / "incorrect"):
        name = pathlib.Path(line["file"]).name
        agree(f"outcome of the incorrect {name}", "invalid", line["outcome"])
        if any("not JSON" in p["detail"] for p in line["problems"]):
            found.add(name)
    agree("samples that are no JSON", no_json, found)
    return f"correct: {counted}; incorrect: all refused, {len(no_json)} are no JSON"


# ---- TimeML ----


TIMEX = re.compile(r"<TIMEX3([^>]*)>([^<]*)</TIMEX3>")
YEAR = r"(BC)?(?=[X]*[0-9])[0-9X]{1,4}"
DATE = re.compile(YEAR + r"(-[0-9X]{2}(-[0-9X]{2})?|-W..|-SP|-SU|-FA|-WI|-H[12])?(T[A-Z0-9:]+)?$")
DATELESS = re.compile(r"P[0-9XT]|(PAST|PRESENT|FUTURE)_REF|T|(BC)?XXXX")


def class_of(attributes):
    value = attributes["value"]
    if attributes["type"] == "SET" or DATELESS.match(value):
        return "none"
    return "date" if DATE.match(value) else "bad"


def plain_edtf(attributes):
    """What a date must have become, for the forms that need no thought; else None."""
    value = attributes["value"]
    if "mod" in attributes or class_of(attributes) != "date":
        return None
    if re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", value):
        return value
    if re.fullmatch(r"[0-9]{2,3}", value):
        return value.ljust(4, "X")
    before = re.fullmatch(r"BC([0-9]{4})((-[0-9]{2})*)", value)
    return f"-{int(before[1]) - 1:04}{before[2]}" if before else None


@section
def timeml(data, world):
    """WikiWars in Greek: every dated expression is an event, under its date and words."""
    folder = need(data / "timeml" / "wikiwars-el")
    totals, sure = {"date": 0, "none": 0, "bad": 0}, 0
    for line in world.load(folder / "tagged"):
        agree(f"outcome of {line['file']}", "loaded", line["outcome"])
        marked = pathlib.Path(line["file"]).read_text("utf-8")
        body = re.search(r"<TEXT>(.*)</TEXT>", marked, re.S)[1]
        with world.daemon.client() as client:
            text = client.ask("GET", f"/v1/sources/{line['source']}/text").body.decode("utf-8")
        agree(f"text of {line['file']}", html.unescape(re.sub(r"<[^>]*>", "", body)), text)
        events = world.get(f"/v1/events?source={line['source']}&limit=1000&undated=include")["items"]
        events = {e["id"].rsplit("-", 1)[1]: e for e in events}
        counts = {"date": 0, "none": 0, "bad": 0}
        for attributes, words in TIMEX.findall(marked):
            attributes = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
            kind = class_of(attributes)
            totals[kind] += 1
            if attributes.get("functionInDocument") == "CREATION_TIME":
                source = world.get(f"/v1/sources/{line['source']}")
                agree(f"date of {line['file']}", attributes["value"], source["published"]["edtf"])
                continue
            counts[kind] += 1
            edtf = plain_edtf(attributes)
            if edtf is not None:
                sure += 1
                agree(f"{attributes['tid']} of {line['file']}", edtf,
                      events[attributes["tid"]]["date"]["edtf"])
        agree(f"events of {line['file']}", counts["date"], len(events))
        notes = [n["detail"] for n in line.get("notes", [])]
        bad = sum("is no date of TimeML" in n for n in notes)
        none = sum(int(n.split()[0]) for n in notes if "without a date" in n)
        agree(f"expressions without a date in {line['file']}", counts["none"], none)
        agree(f"bad values in {line['file']}", counts["bad"], bad)
    agree("all dated expressions but those of whole files", totals["date"] - 19, world.count())
    agree("files without marks", {"loaded": 19}, by_outcome(world.load(folder / "untagged")))
    agree("events of files without marks", 0, world.count())
    return f"{sum(totals.values())} expressions: {totals}, {sure} dates the same letter by letter"


# ---- all of it ----


# ---- tables ----


def table(world, path, *options):
    """Loads a copy of a table, with --keep-going: lines of JSON by what they tell."""
    copy = world.folder / path.name
    shutil.copyfile(path, copy)
    lines = world.load("--no-match", "--keep-going", *options, copy)
    told = {"problem": [], "note": [], "outcome": None}
    for line in lines:
        for what in ("problem", "note"):
            if what in line:
                told[what].append((line[what]["line"], line[what]["detail"]))
        told["outcome"] = line.get("outcome", told["outcome"])
    return told


def rows_of(world, **filters):
    """The events of a question as rows of CSV, by their ids."""
    query = "&".join(f"{k}={v}" for k, v in ({"undated": "include"} | filters).items())
    with world.daemon.client() as client:
        answer = client.ask("GET", f"/v1/events.csv?limit=all&{query}")
    text = answer.body.decode("utf-8")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def bounds(row):
    return tuple(row[key] for key in ("earliest", "start_latest", "end_earliest", "latest"))


@section
def ucdp_lines(data, world):
    """Events as JSON lines: one each, some time between its days, in its country."""
    rows = []
    for path in sorted(need(data / "csv" / "ucdp").glob("*.jsonl")):
        agree(path.name, [], table(world, path)["problem"])
        rows += [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    said = rows_of(world)
    agree("events of UCDP", len({row["id"] for row in rows}), len(said))
    for row in rows:
        start, end = row["start_date"], row["end_date"]
        agree(f"days of {row['id']}", (start, end, start, end), bounds(said[f"ucdp-ged-{row['id']}"]))
    for country in ("Azerbaijan", "Somalia", "Mali"):
        counted = sum(row["location_root_name"] == country for row in rows)
        agree(f"events in {country}", counted, world.count(place=f"ucdp-{country.lower()}"))
    return f"{len(rows)} events"


@section
def ucdp_prio(data, world):
    """Conflict-years and episodes: precision codes, and ends that are not known."""
    path = need(data / "csv" / "ucdp") / "ucdp_acd.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    agree(path.name, [], table(world, path)["problem"])
    said = rows_of(world)
    episodes = {}
    for row in rows:  # the last row of an episode knows best whether it ended
        episodes[row["conflict_id"], row["start_date2"]] = row
    agree("rows and episodes", len(rows) + len(episodes), len(said))
    exact = 0
    for (conflict, start), row in episodes.items():
        got = said[f"ucdp-acd-{conflict}-from-{start}"]
        shown = {"1": start, "2": start[:7], "3": start[:7]}.get(row["start_prec2"], start[:4])
        shown += {"6": "~", "7": "?"}.get(row["start_prec2"], "")
        end = row["ep_end_date"] or ".."
        exact += row["start_prec2"] == "1"
        agree(f"episode {conflict} {start}", shown if shown == end else f"{shown}/{end}", got["date"])
    for year in ("1946", "1999", "2021"):
        counted = sum(row["year"] == year for row in rows)
        agree(f"rows of {year}", counted, sum(row["date"] == year for row in said.values()))
    return f"{len(rows)} rows, {len(episodes)} episodes, {exact} from an exact day"


def has_control(line):
    return any(ord(c) < 0x20 and c not in "\t\r\n" or 0x7F <= ord(c) < 0xA0 for c in line)


def gdelt(world, path, rows, columns, *options):
    """rows: of the file, split, with the lines they stand in; columns: id, day, root code."""
    bad = [number for number, cells in rows if has_control("".join(cells))]
    told = table(world, path, *options)
    agree(f"refused rows of {path.name}", bad, [line for line, _ in told["problem"]])
    wanted, days, roots = {}, {}, {}
    for number, cells in rows:
        if number not in bad:
            day, root = cells[columns[1]], int(cells[columns[2]])
            wanted[cells[columns[0]]] = f"{day[:4]}-{day[4:6]}-{day[6:]}"
            roots[root] = roots.get(root, 0) + 1
    said = rows_of(world)
    agree(
        f"days of {path.name}",
        wanted,
        {key.removeprefix("gdelt-"): row["date"] for key, row in said.items()},
    )
    # Roots whose codes all have one type in CAMEO's translation to PLOVER.
    for root, kind in {3: "agree", 4: "consult", 5: "support", 14: "protest", 10: "request"}.items():
        agree(f"events of {kind}", roots.get(root, 0), world.count(type=kind))
    return f"{len(wanted)} events, {len(bad)} rows refused"


@section
def gdelt_1(data, world):
    """Tabs, no header, two widths of rows."""
    path = need(data / "csv" / "gdelt") / "gdelt1_export_20160728_sample.tsv"
    lines = path.read_bytes().decode("utf-8").split("\n")
    rows = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line]
    assert {len(cells) for _, cells in rows} == {57, 58}
    return gdelt(world, path, rows, (0, 1, 28), "--map", "gdelt-1")


@section
def gdelt_2(data, world):
    """Commas, a header with names of its own, codes without their zeros."""
    path = need(data / "csv" / "gdelt") / "gdelt2_20201113.csv"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(enumerate(csv.reader(file), 1))[1:]
    return gdelt(world, path, rows, (1, 2, 29))


@section
def cdb90(data, world):
    """Battles, and their periods with four bounds each."""
    folder = need(data / "csv" / "cdb90")

    def read(name):
        with open(folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    for name in ("battles.csv", "battle_actors.csv", "battle_durations.csv", "active_periods.csv"):
        agree(name, [], table(world, folder / name)["problem"])
    battles, periods = read("battles.csv"), read("active_periods.csv")
    said = rows_of(world)
    agree("battles and periods", len(battles) + len(periods), len(said))
    uncertain = 0
    for row in periods:
        wanted = []
        for side in ("start", "end"):
            least, most = row[f"{side}_time_min"], row[f"{side}_time_max"]
            days = least != most  # from one midnight to the next: some time on that day
            uncertain += side == "start" and days
            wanted += [least[:10], least[:10]] if days else [least, most]
        got = bounds(said[f"cdb90-{row['isqno']}-{row['atp_number']}"])
        if not row["start_time_min"]:  # some time before the end
            got, wanted = got[2:], wanted[2:]
        # A time of day is only shown where every part of a date has one.
        same = all(g == w or g == w[:10] or w == g[:10] for g, w in zip(got, wanted, strict=True))
        if not same:
            raise Failure(f"{row}: {got}")
    for row in read("battle_durations.csv"):
        got = bounds(said[f"cdb90-{row['isqno']}"])
        if row["datetime_min"]:
            last = datetime.datetime.fromisoformat(row["datetime_max"])
            if last.time() == datetime.time(0):
                last -= datetime.timedelta(days=1)
            wanted = (row["datetime_min"][:10], last.date().isoformat())
            agree(f"days of {row['isqno']}", wanted, (got[1][:10], got[2][:10]))
    actors = {}
    for row in read("battle_actors.csv"):
        actors.setdefault(row["isqno"], set()).add(row["actor"])
    for battle, names in actors.items():
        agree(f"actors of {battle}", len(names), len(set(said[f"cdb90-{battle}"]["actors"].split("; "))))
    return f"{len(battles)} battles, {len(periods)} periods, {uncertain} of them uncertain"


@section
def timelinejs(data, world):
    """Sheets and JSON: every slide but the title; what is no timeline is refused."""
    folder = need(data / "timelinejs")
    refused, events = [], 0
    for path in sorted(folder.iterdir()):
        if path.suffix == ".csv":
            with open(path, encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            slides = [row for row in rows if row.get("Type") != "title"]
            wanted = len(slides) if rows and "Headline" in rows[0] else None
            fine = table(world, path)["outcome"] == "loaded"
        else:
            root = json.loads(path.read_text("utf-8"))
            wanted = None
            if isinstance(root, dict) and "events" in root:
                wanted = len(root["events"]) + len(root.get("eras", []))
            fine = by_outcome(world.load("--no-match", path)) == {"loaded": 1}
        agree(f"whether {path.name} loads", wanted is not None, fine)
        if wanted is None:
            refused.append(path.name)
            continue
        source = re.sub("[^a-z0-9]+", "-", path.stem.lower()).strip("-")
        agree(f"slides of {path.name}", wanted, world.count(source=source))
        events += wanted
    return f"{events} slides; refused: {', '.join(refused)}"


def main():
    annalsd, annals = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
    wanted = sys.argv[3:]
    shared = os.environ.get("ANNALS_SHARED")
    if not shared or not (pathlib.Path(shared) / "data").is_dir():
        print("SKIPPED: data of others (ANNALS_SHARED is not set, or has no data)")
        return 0
    failed = 0
    for check in SECTIONS:
        if wanted and check.__name__ not in wanted:
            continue
        with tempfile.TemporaryDirectory(prefix="annals-data-") as folder:
            world = World(annalsd, annals, pathlib.Path(folder))
            try:
                print(f"{check.__name__}: {check(pathlib.Path(shared) / 'data', world)}", flush=True)
                world.daemon.stop()
            except Absent as absent:
                print(f"SKIPPED: {check.__name__}: there is no {absent}")
            except Failure as failure:
                failed += 1
                print(f"FAILED: {check.__name__}: {failure}")
            finally:
                world.daemon.kill()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
