#!/usr/bin/env python3
"""What docs/how-to/dashboards.md says of Grafana, GDAL and spreadsheets, done with its own words.

    dashboards.py ROOT BIN

Grafana: each query of the page is asked as the backend of the Infinity data source asks it (its
parameters sorted and escaped by Go's url.Values, its Accept), and the answer is read as its framer
reads it: the root selector, a column for each selector, times by their layout. GDAL and LibreOffice
read the page's addresses themselves and are SKIPPED aloud where they are not installed.
"""
import csv
import datetime
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = pathlib.Path(sys.argv[1]).resolve()
BIN = pathlib.Path(sys.argv[2]).resolve()
sys.path.append(str(ROOT / "tests" / "support"))
sys.dont_write_bytecode = True

import daemon  # noqa: E402

PAGE = (ROOT / "docs" / "how-to" / "dashboards.md").read_text()
BASE = "http://127.0.0.1:8080"
ACCEPT = {"json": "application/json;q=0.9,text/plain", "csv": "text/csv; charset=utf-8"}
LAYOUTS = {"2006-01-02": "%Y-%m-%d"}  # of Go, as Python writes them
TIME_RANGE = {"__from": "2021-01-01", "__to": "2022-12-31"}
PATIENCE = 120  # seconds


class Skipped(Exception):
    pass


def same(want, got, what):
    if want != got:
        raise daemon.Failure(f"{what}: {got!r} is not {want!r}")


# ---- Grafana ----


def infinity_target(query):
    """The path and query that the plugin asks for."""
    path, _, asked = query["url"].partition("?")
    pairs = urllib.parse.parse_qsl(asked, keep_blank_values=True, strict_parsing=True)
    for one in query["url_options"]["params"]:
        value = re.sub(r"\$\{(__from|__to):date:YYYY-MM-DD\}", lambda found: TIME_RANGE[found[1]],
                       one["value"])
        if "$" in value:
            raise daemon.Failure(f"what is {value}?")
        pairs.append((one["key"], value))
    return f"{path}?{urllib.parse.urlencode(sorted(pairs, key=lambda pair: pair[0]))}"


def selected(item, path):
    for key in path.split("."):
        item = item.get(key) if isinstance(item, dict) else None
    return item


def cell(value, column):
    """A cell as the framer makes it: None where it can make nothing of a value."""
    if value is None or value == "":
        return None
    if column["type"] == "number":
        return float(value)
    if column["type"] == "timestamp":
        try:
            time = datetime.datetime.strptime(value, LAYOUTS[column["timestampFormat"]])
        except ValueError:
            return None
        return time if 1678 <= time.year <= 2261 else None
    return value if isinstance(value, str) else json.dumps(value)


def infinity(client, query):
    """The frame that a panel gets: rows of cells in the order of the columns."""
    if any(column["text"] for column in query["columns"]) or query["parser"] != "backend":
        raise daemon.Failure("columns with other names, or another parser, are not tried here")
    answer = client.ask("GET", infinity_target(query), headers={"Accept": ACCEPT[query["type"]]})
    if answer.status != 200:
        raise daemon.Failure(f"{infinity_target(query)}: {answer}")
    if query["type"] == "csv":
        items = list(csv.DictReader(io.StringIO(answer.body.decode())))
    else:
        items = answer.json()[query["root_selector"]]
    return [[cell(selected(item, column["selector"]), column) for column in query["columns"]]
            for item in items]


def grafana(served):
    queries = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.S)]
    window = "date=2021-01-01/2022-12-31"
    with served.client() as client:
        curve, table, marks = (infinity(client, query) for query in queries)
        months = client.get(f"/v1/histogram?by=month&{window}&actor=aze,arm")["buckets"]
        midnight = datetime.datetime.fromisoformat
        same([[midnight(m["from"]), m["min"], m["max"]] for m in months], curve, "curve")
        same(24, len(curve), "months")
        events = client.get(f"/v1/events?{window}&limit=1000&count=true")
        same([[e["date"]["edtf"], e["title"]] for e in events["items"]],
             [[row[0], row[2]] for row in table], "table")
        same(events["matched"], len(table), "rows")
        if None in [row[1] for row in table if not row[0].startswith("..")]:
            raise daemon.Failure("an event has no year")
        days = client.get(f"/v1/events?{window}&precision=day&certainty=certain&limit=200")["items"]
        same([[midnight(e["date"]["earliest"]), e["title"]] for e in days], marks, "marks")
    return f"{len(curve)} months, {len(table)} rows, {len(marks)} marks"


# ---- programs ----


def run(name, *arguments, folder):
    program = shutil.which(name)
    if not program:
        raise Skipped(f"{name} is not installed")
    environment = os.environ | {"no_proxy": "*", "LC_ALL": "C.UTF-8", "HOME": str(folder)}
    done = subprocess.run([program, *arguments], capture_output=True, timeout=PATIENCE, cwd=folder,
                          env=environment, check=False)
    if done.returncode != 0:
        raise daemon.Failure(f"{name} ended with {done.returncode}: {done.stderr.decode()[-1500:]}")
    return done.stdout.decode()


def here(served, address):
    return re.sub(f"{BASE}|https://example.org", f"http://{served.address}", address)


def gdal(served, folder):
    """The layer of the section on QGIS, which reads by GDAL."""
    address = re.search(r"\*Layer.*?```text\n(\S+)\n```", PAGE, re.S)[1]
    said = run("ogrinfo", "-ro", "-al", "-so", f"/vsicurl/{here(served, address)}", folder=folder)
    with served.client() as client:
        count = client.get("/v1/events?undated=exclude&count=true&limit=1")["matched"]
    for words in (f"Feature Count: {count}\n", "start_day: Integer", "start_year: Integer", "lat: Real"):
        if words not in said:
            raise daemon.Failure(f"no {words!r} in {said}")
    return f"{count} features"


def spreadsheet(served, folder):
    """IMPORTDATA takes what its address gives for CSV."""
    address = re.search(r'=IMPORTDATA\("([^"]+)"\)', PAGE)[1]
    target = here(served, address).removeprefix(f"http://{served.address}")
    with served.client() as client:
        answer = client.ask("GET", target, headers={"Accept": "*/*"})
        count = client.get("/v1/events?actor=aze&count=true&limit=1")["matched"]
    rows = list(csv.reader(io.StringIO(answer.body.decode())))
    same((200, ["date", "start_year", "title"], count + 1), (answer.status, rows[0], len(rows)), "IMPORTDATA")
    return f"{count} rows"


def libreoffice(served, folder):
    """Calc reads the page's address by itself and writes it out again: nothing becomes another date."""
    filter_, address = re.search(r'soffice --headless (\S+) --convert-to ods "([^"]+)"', PAGE).groups()
    run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", filter_,
        "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", str(folder),
        here(served, address), folder=folder)
    with served.client() as client:
        items = client.get("/v1/events?actor=aze&limit=1000")["items"]
    rows = list(csv.DictReader((folder / "events.csv").open(encoding="utf-8", newline="")))
    same([e["title"] for e in items], [row["title"] for row in rows], "titles")
    same([(e["date"] or {}).get("edtf", "") for e in items], [row["date"] for row in rows], "dates")
    return f"{len(rows)} rows"


def main():
    results = []
    with tempfile.TemporaryDirectory(prefix="annals-dashboards-") as name:
        folder = pathlib.Path(name)
        store = folder / "example.annals"
        shutil.copy(BIN.parent / "share" / "annals" / "example.annals", store)
        with daemon.Daemon(BIN / "annalsd", store, log=folder / "log") as served:
            for part in (grafana, gdal, spreadsheet, libreoffice):
                try:
                    arguments = [] if part is grafana else [folder]
                    results.append(f"ok: {part(served, *arguments)}")
                except Skipped as why:
                    results.append(f"SKIPPED: {why}")
                except (daemon.Failure, OSError, ValueError, KeyError, TypeError) as why:
                    results.append(f"FAILED: {type(why).__name__}: {why}")
                print(f"{part.__name__}: {results[-1]}", flush=True)
            served.must_run()
    return 1 if any(result.startswith("FAILED") for result in results) else 0


sys.exit(main())
