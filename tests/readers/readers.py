"""The readers: each a function of a store (run.Store), listed in READERS at the end. It raises
Skipped where its program is not installed and Failure where it understood something else than the
JSON says. Readers that are Python libraries of the system are scripts/NAME.py or scripts/NAME.R: they
are given an address or a file and print what they understood as JSON."""

import datetime
import html
import json
import os
import pathlib
import re
import shutil
import subprocess

import daemon

SCRIPTS = pathlib.Path(__file__).parent / "scripts"
PYTHON = "/usr/bin/python3"  # the one that the system's libraries are for
PATIENCE = 120  # seconds
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
NOT_XML = re.compile("[\ufffe\uffff]")


class Skipped(Exception):
    pass


class Failure(Exception):
    pass


# ---- running ----


def program(name):
    found = shutil.which(name, path="/usr/bin:/usr/local/bin:" + os.environ.get("PATH", ""))
    if not found:
        raise Skipped(f"{name} is not installed")
    return found


def run(command, env=None, **more):
    """Standard output of a program that must end well."""
    environment = os.environ | {"LC_ALL": "C.UTF-8", "no_proxy": "*"} | (env or {})
    done = subprocess.run([str(part) for part in command], capture_output=True, timeout=PATIENCE,
                          env=environment, check=False, **more)
    out, errors = done.stdout.decode(), done.stderr.decode("utf-8", "replace")
    if done.returncode != 0:
        raise Failure(f"{command[0]} ended with {done.returncode}: {(errors or out)[-1500:]}")
    return out


def script(module, name, *arguments):
    """What a script of a library understood; the library must be there."""
    if not os.access(PYTHON, os.X_OK):
        raise Skipped(f"there is no {PYTHON}")
    there = subprocess.run([PYTHON, "-c", f"import {module}"], capture_output=True, check=False)
    if there.returncode != 0:
        raise Skipped(f"{PYTHON} has no module {module}")
    return json.loads(run([PYTHON, "-I", SCRIPTS / name, *arguments]))


# ---- comparing ----


def same(want, got, what):
    if want != got:
        raise Failure(f"{what}: {got!r} is not {want!r}")


def same_ids(events, got, what):
    if set(events) != set(got):
        raise Failure(f"{what}: {len(got)} events and not {len(events)}: "
                      f"{sorted(set(events) ^ set(got))[:5]} are not in both")


def title_of(event):
    return event["title"]


def clean(text):
    """As formats hold it that have no control characters."""
    return CONTROLS.sub("", text)


def point_of(event):
    """The point of the first place, as flat rows have it."""
    place = event["places"][0] if event["places"] else {"lat": None, "lon": None}
    return place["lat"], place["lon"]


def year_of(event):
    earliest = (event["date"] or {}).get("earliest")
    return int(re.match(r"[+-]?\d+", earliest)[0]) if earliest else None


def day_number(event):
    """Days from 1970-01-01 of the first day; None where Python cannot count them."""
    earliest = (event["date"] or {}).get("earliest") or ""
    if not re.match(r"\d{4}-", earliest) or earliest.startswith("0000"):
        return None
    return (datetime.date.fromisoformat(earliest[:10]) - datetime.date(1970, 1, 1)).days


def unquoted(title):
    """A title as CSV gives it: formulas begin with an apostrophe."""
    return title.removeprefix("'")


# ---- CSV ----


def csvclean(store):
    """csvkit's checker finds nothing to mend, and its reader the same cells."""
    csvclean_, csvjson = program("csvclean"), program("csvjson")
    file = store.save("/v1/events.csv")
    out = run([csvclean_, "-n", file])
    if "No errors" not in out:
        raise Failure(out)
    rows = {r["id"]: r for r in json.loads(run([csvjson, "--no-inference", file]))}
    same_ids(store.events, rows, "csvjson")
    for key, event in store.events.items():
        same(title_of(event), unquoted(rows[key]["title"]), f"title of {key}")
        same((event["date"] or {}).get("edtf"), rows[key]["date"] or None, f"date of {key}")
        same(f"{store.public}/v1/events/{key}", rows[key]["url"], f"url of {key}")


def pandas(store):
    """read_csv by URL: numbers are numbers, old years too."""
    rows = {r["id"]: r for r in script("pandas", "pandas_csv.py", store.address("/v1/events.csv"))}
    same_ids(store.events, rows, "pandas")
    for key, event in store.events.items():
        row = rows[key]
        same(title_of(event), unquoted(row["title"]), f"title of {key}")
        same(year_of(event), row["start_year"], f"start_year of {key}")
        if day_number(event) is not None:
            same(day_number(event), row["start_day"], f"start_day of {key}")
        same(point_of(event), (row["lat"], row["lon"]), f"point of {key}")


def r(store):
    """read.csv of R by URL."""
    out = run([program("Rscript"), "--vanilla", SCRIPTS / "read_csv.R",
               store.address("/v1/events.csv")])
    rows = {}
    for line in out.splitlines():
        key, year, day, lat, characters, title = line.split("\t")
        rows[key] = (year, day, lat, characters, title)
    same_ids(store.events, rows, "R")
    for key, event in store.events.items():
        year, _, lat, characters, title = rows[key]
        same(str(year_of(event)) if year_of(event) is not None else "NA", year, f"year of {key}")
        lat_of = point_of(event)[0]
        same("NA" if lat_of is None else float(lat_of), "NA" if lat == "NA" else float(lat),
             f"lat of {key}")
        plain = not CONTROLS.search(title_of(event)) and "\n" not in title_of(event)
        if plain and "'" not in title[:1]:
            same(title_of(event), title, f"title of {key}")
            same(len(title_of(event)), int(characters), f"characters of {key}")


# ---- calendars ----


def first_day(event):
    return event["date"]["earliest"][:10].replace("-", "")


def in_calendar(event):
    """Whether a calendar can hold it: years 1 to 9999 with a known start."""
    earliest = (event["date"] or {}).get("earliest")
    return bool(earliest) and re.match(r"\d{4}-", earliest) and not earliest.startswith("0000")


def icalendar(store):
    """The library icalendar: every event that a calendar can hold, and the count of the others."""
    calendar = script("icalendar", "icalendar_ics.py", store.save("/v1/events.ics"))
    events = {e["uid"].split("@")[0]: e for e in calendar["events"]}
    held = {key: e for key, e in store.events.items() if in_calendar(e)}
    same_ids(held, events, "icalendar")
    same(str(len(store.events) - len(held)), calendar["omitted"], "X-ANNALS-OMITTED")
    for key, event in held.items():
        got = events[key]
        same(first_day(event), got["start"][:8], f"start of {key}")
        same(clean(title_of(event)), got["summary"], f"summary of {key}")
        latest = event["date"]["latest"]
        if latest and "T" not in latest:
            day = datetime.date.fromisoformat(latest) + datetime.timedelta(days=1)
            same(f"{day:%Y%m%d}".zfill(8), got["end"], f"end of {key}")
        point = next(((p["lat"], p["lon"]) for p in event["places"] if p["lat"] is not None), None)
        same(list(point) if point else None, got["geo"], f"geo of {key}")


KHAL_CONFIG = """
[calendars]
[[annals]]
path = {0}/vdir
[sqlite]
path = {0}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Asia/Baku
default_timezone = Asia/Baku
"""


def khal(store):
    """The calendar khal imports the file and shows a day of it."""
    khal_ = program("khal")
    folder = store.folder / f"khal-{store.name}"
    (folder / "vdir").mkdir(parents=True)
    config = folder / "config"
    config.write_text(KHAL_CONFIG.format(folder))
    base = [khal_, "-c", config]
    run([*base, "import", "--batch", "-a", "annals", store.save("/v1/events.ics")],
        env={"HOME": str(folder)})
    held = [e for e in store.events.values() if in_calendar(e)]
    same(len(held), len(list((folder / "vdir").iterdir())), "files that khal made")
    shown = run([*base, "list", "--format", "{title}", "2021-06-15", "1d"],
                env={"HOME": str(folder)})
    for event in held:
        if event["date"]["earliest"] == event["date"]["latest"] == "2021-06-15" and \
                title_of(event) not in shown:
            raise Failure(f"no {title_of(event)} in {shown}")


# ---- feeds ----


def feedparser(store):
    """The library feedparser takes the feed for well-formed and finds every entry."""
    feed = script("feedparser", "feedparser_atom.py", store.address("/v1/events.atom"))
    same(0, feed["bozo"], f"bozo ({feed['exception']})")
    same("atom10", feed["version"], "version")
    entries = {e["link"].rsplit("/", 1)[1].removesuffix(".html"): e for e in feed["entries"]}
    same_ids(store.events, entries, "feedparser")
    same(len(entries), len({e["id"] for e in feed["entries"]}), "distinct ids")
    for key, event in store.events.items():
        entry = entries[key]
        title = NOT_XML.sub("", clean(title_of(event)))
        same(" ".join(title.split()), " ".join(entry["title"].split()), f"title of {key}")
        if not entry["link"].startswith(store.public):
            raise Failure(f"link of {key}: {entry['link']}")
        same(event["updated"], entry["updated"], f"updated of {key}")
        if event["date"] and event["date"]["display"] not in entry["summary"]:
            raise Failure(f"no date in words in {entry['summary']!r}")
        terms = [t for t in [event["type"], *event["tags"]] if t]
        same(terms, entry["terms"], f"categories of {key}")


def xmllint(store):
    """libxml2 takes every XML that is given for well-formed."""
    lint = program("xmllint")
    run([lint, "--noout", "--nonet", store.save("/v1/events.atom")])
    out = run([lint, "--nonet", "--xpath", "count(//*[local-name()='entry'])",
               store.save("/v1/events.atom")])
    same(str(len(store.events)), out.strip(), "entries")


def xmllint_svg(store):
    """The drawing is an SVG."""
    lint = program("xmllint")
    out = run([lint, "--nonet", "--xpath", "local-name(/*)", store.save("/v1/events.svg")])
    same("svg", out.strip(), "root element")


# ---- maps and graphs ----


def gdal(store):
    """GDAL reads the GeoJSON by URL: features, points, columns and their types."""
    ogrinfo, ogr2ogr = program("ogrinfo"), program("ogr2ogr")
    address = f"/vsicurl/{store.address('/v1/events.geojson')}"
    summary = run([ogrinfo, "-ro", "-al", "-so", f"GeoJSON:{store.save('/v1/events.geojson')}"])
    if f"Feature Count: {len(store.events)}" not in summary:
        raise Failure(summary)
    if "start_year: Integer" not in summary or "lat: Real" not in summary:
        raise Failure(f"columns are not numbers: {summary}")
    lines = run([ogr2ogr, "-f", "GeoJSONSeq", "/vsistdout/", address]).splitlines()
    # The property "id" is one with the feature's.
    features = {f["id"]: f for f in map(json.loads, lines)}
    same_ids(store.events, features, "ogr2ogr")
    for key, event in store.events.items():
        feature = features[key]
        same(title_of(event), feature["properties"]["title"], f"title of {key}")
        same(year_of(event), feature["properties"]["start_year"], f"start_year of {key}")
        points = [[p["lon"], p["lat"]] for p in event["places"] if p["lat"] is not None]
        geometry = feature["geometry"]
        got = geometry and geometry["coordinates"]
        same((points[0] if len(points) == 1 else points) if points else None, got,
             f"points of {key}")


def rdflib(store):
    """rdflib reads the JSON-LD into a graph and answers SPARQL over it."""
    rows = script("rdflib", "rdflib_jsonld.py", store.save("/v1/events.jsonld"))
    events = {row["event"].rsplit("/", 1)[1]: row for row in rows}
    same_ids(store.events, events, "rdflib")
    for key, event in store.events.items():
        row = events[key]
        same(f"{store.public}/v1/events/{key}", row["event"], f"IRI of {key}")
        same(title_of(event), row["name"], f"name of {key}")
        edtf = (event["date"] or {}).get("edtf")
        same(edtf, row["edtf"], f"date of {key}")
        exact = edtf and re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", edtf)
        if exact or not edtf:
            same(edtf, row["start"], f"startDate of {key}")
        points = sorted(p["lat"] for p in event["places"] if p["lat"] is not None)
        same(points, sorted(row["latitudes"]), f"latitudes of {key}")


# ---- the description of the interface ----


def openapi_answers(store):
    """Every address of /openapi.json answers as it says there, judged by jsonschema."""
    found = script("jsonschema", "openapi_answers.py", store.save("/openapi.json", "pretty"),
                   store.url)
    wrong = {path: why for path, why in found.items() if why}
    if wrong or len(found) < 20:
        raise Failure(json.dumps(wrong or found, indent=1))


def docs_examples(store):
    """Every example of /docs can be asked; nothing on the page runs or comes from elsewhere."""
    with daemon.Client(store.url.removeprefix("http://")) as client:
        page = client.ask("GET", "/docs").body.decode()
        links = {html.unescape(link) for link in re.findall(r'href="(/[^"]*)"', page)}
        for link in sorted(links):
            status = client.ask("GET", link).status
            if status != 200 and not (status == 403 and link.endswith("/text")):
                raise Failure(f"{link} of /docs answers {status}")
    if len(links) < 30:
        raise Failure(f"/docs has {len(links)} links")
    if re.search(r"<script|style=|src=", page):
        raise Failure("/docs runs or loads something")


READERS = [csvclean, pandas, r, icalendar, khal, feedparser, xmllint, xmllint_svg, gdal, rdflib,
           openapi_answers, docs_examples]
