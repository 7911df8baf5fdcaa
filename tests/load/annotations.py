#!/usr/bin/env python3
"""The annotations that the server gives out are read back: the same words support the same.

    annotations.py PATH-TO-ANNALSD PATH-TO-ANNALS

Every source of valid/ and of docs/example that has a text goes into a store; its annotations,
beside its text, go into an empty one; what both say of events is compared.
"""

import json
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "support")]
from daemon import Failure
from real_data import World, agree

FILES = [*sorted((HERE / "valid").glob("*.json")),
         HERE.parent.parent / "docs" / "example" / "south-caucasus-chronicle.annals.md"]
LEAST = 5  # sources that must have been compared


def evidence(page):
    """What each annotation of a page says of events: position, words, event and property."""
    found = []
    for item in page["items"]:
        at, quote = item["target"]["selector"][:2]
        for body in item["body"]:
            if "/v1/events/" in body["source"]:
                found.append((at["start"], at["end"], quote.get("exact"), body["source"],
                              body.get("annals:supports")))
    return sorted(found, key=str)


def round_trip(first, second, file):
    """Whether the source of a file could be compared."""
    (line,) = first.load("--no-match", file)
    if line["outcome"] != "loaded":
        return False  # it refers to other sources
    source = first.get(f"/v1/sources/{line['source']}")
    said = first.get(f"/v1/sources/{line['source']}/annotations")
    if not evidence(said) or source.get("text_access") == "withheld":
        return False
    with first.daemon.client() as client:
        answer = client.ask("GET", f"/v1/sources/{line['source']}/text")
    if answer.status != 200:
        return False
    stem = second.folder / file.name.split(".")[0]
    stem.with_suffix(".txt").write_bytes(answer.body)
    stem.with_suffix(".jsonld").write_text(json.dumps(said))
    (back,) = second.load("--no-match", stem.with_suffix(".jsonld"))
    agree(f"outcome of {file.name}", "loaded", back["outcome"])
    again = second.get(f"/v1/sources/{back['source']}/annotations")
    agree(f"evidence of {file.name}", evidence(said), evidence(again))
    return True


def main():
    annalsd, annals = (pathlib.Path(p).resolve() for p in sys.argv[1:3])
    compared = 0
    with tempfile.TemporaryDirectory(prefix="annals-own-") as folder:
        worlds = []
        for name in ("first", "second"):
            (pathlib.Path(folder) / name).mkdir()
            worlds.append(World(annalsd, annals, pathlib.Path(folder) / name))
        try:
            for file in FILES:
                compared += round_trip(*worlds, file)
            for world in worlds:
                world.daemon.stop()
            if compared < LEAST:
                raise Failure(f"{compared} sources compared, not {LEAST}")
        except Failure as failure:
            print(f"FAILED: {failure}")
            return 1
        finally:
            for world in worlds:
                world.daemon.kill()
    print(f"{compared} sources came back")
    return 0


if __name__ == "__main__":
    sys.exit(main())
