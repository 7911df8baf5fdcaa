#!/usr/bin/env python3
"""Holds the sources against the rules of the house: layers, sizes, where SQL and libraries may be.

usage: house.py ROOT
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])

# A layer may include itself and the layers named here.
LAYERS = {
    "base": set(),
    "model": {"base"},
    "db": {"base"},
    "store": {"base", "model", "db"},
    "render": {"base", "model"},
    "api": {"base", "model", "store", "render"},
    "http": {"base", "api", "store", "model"},
}
# Where the header of a library may be included.
LIBRARIES = {
    "sqlite3.h": "server/db/sqlite/",
    "microhttpd.h": "server/http/",
    "curl/curl.h": "clients/annals/",
    "yaml.h": "clients/annals/",
    "cmark.h": "clients/annals/",
    "expat.h": "clients/annals/read/xml.c",
    "utf8proc.h": "server/base/",
    "gnutls/": "server/base/",
    "zlib.h": "server/api/",
}
LONGEST_FILE = 600
LONGEST_FUNCTION = 70

found = []


def report(path, line, text):
    found.append(f"{path.relative_to(ROOT)}:{line}: {text}")


def check_includes(path, lines):
    where = path.relative_to(ROOT).as_posix()
    layer = where.split("/")[1] if where.startswith("server/") and where.count("/") > 1 else None
    for number, line in enumerate(lines, 1):
        match = re.match(r'#include [<"]([^">]+)[">]', line)
        if not match:
            continue
        name = match.group(1)
        for library, room in LIBRARIES.items():
            # The bench measures SQLite itself, and tests may speak to libraries.
            if name.startswith(library) and not where.startswith((room, "tests/")):
                report(path, number, f"only {room} includes {library}")
        other = name.split("/")[0]
        if layer and other in LAYERS and other != layer and other not in LAYERS[layer]:
            report(path, number, f"{layer} must not know {other}")
        if layer != "store" and where.startswith("server/") and "store/" in name \
                and name != "store/store.h":
            report(path, number, "other layers see store/store.h alone")


def check_sizes(path, lines):
    if len(lines) > LONGEST_FILE:
        report(path, 1, f"{len(lines)} lines; {LONGEST_FILE} is too long")
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line.startswith("}") and start:
            if number - start > LONGEST_FUNCTION:
                report(path, start, f"a function of {number - start} lines")
            start = None


def check_sql(path, lines):
    where = path.relative_to(ROOT).as_posix()
    if not where.startswith("server/") or where.startswith("server/db/sqlite/"):
        return
    for number, line in enumerate(lines, 1):
        if re.search(r'"[^"]*\b(SELECT .* FROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET)\b', line):
            report(path, number, "SQL belongs into schema/queries.sql")


def check_words(path, lines):
    for number, line in enumerate(lines, 1):
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", line) and "XXXX" not in line:
            report(path, number, "finish it or write it down as an issue")


def main():
    files = [p for folder in ("server", "clients", "schema", "tests")
             for p in sorted((ROOT / folder).rglob("*")) if p.suffix in (".c", ".h")]
    for path in files:
        lines = path.read_text().splitlines()
        check_includes(path, lines)
        check_sizes(path, lines)
        check_sql(path, lines)
        check_words(path, lines)
    print("\n".join(found) or f"{len(files)} files keep the rules")
    return 1 if found else 0


sys.exit(main())
