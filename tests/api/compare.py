"""Answers about sources held against one another and against what a few lines of Python make of them:
disagreements and accounts, citations and their fingerprints, histories and earlier versions, records and
documents. combine.py plays them among its own checks; each gets a question and its rows."""

import csv
import hashlib
import io
import json
import re

from asking import EVERYTHING, address, ids, reading, same, strictly, without

PROPERTIES = ["date", "type", "places", "participants"]
# Members of the canonical form of an event, which fingerprints are made of.
MEMBERS = "accounts date disputed id identifiers participants places summary tags title type".split()
NAMED = 100  # what a citation lists of each kind


def versions(asker):
    return asker.json("/v1/events", [("limit", "1")])["version"]


# ---- disagreements ----


def pages_of(asker, path, pairs, size, most):
    """The items of all pages, and the first page."""
    href, items, first = address(path, pairs + [("limit", str(size))]), [], None
    while href and len(items) <= most:
        page = strictly(asker.good(href).body)
        first = first or page
        same("returned", page["returned"], len(page["items"]))
        items += page["items"]
        href = page["next"]
    return items, first


def check_disagreements(asker, pairs, rows):
    """One item for each property that an event of the question is disputed on, in any format."""
    rng = asker.rng
    pairs = without(pairs, "disputed")
    wanted = rng.choice([PROPERTIES, PROPERTIES, rng.sample(PROPERTIES, rng.randint(1, 3))])
    asked = pairs + ([("property", ",".join(wanted))] if len(wanted) < 4 else [])
    events = asker.json("/v1/events", pairs + [("disputed", "true"), ("limit", str(EVERYTHING))])
    expected = [(event["id"], name) for event in events["items"]
                for name in PROPERTIES if name in event["disputed"] and name in wanted]  # fmt: skip
    size = rng.randint(max(1, len(expected) // 5), len(expected) + 2)
    items, first = pages_of(asker, "/v1/disagreements", asked + [("count", "true")], size,
                            len(expected))  # fmt: skip
    same("disagreements", [(x["event"], x["property"]) for x in items], expected)
    same("how many", first["matched"], len(expected))
    whole = asked + [("limit", str(EVERYTHING))]
    lines = asker.good(address("/v1/disagreements.ndjson", whole)).body.splitlines()
    same("disagreements as NDJSON", [strictly(line) for line in lines], items)
    text = asker.good(address("/v1/disagreements.csv", whole)).body.decode()
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    same("disagreements as CSV", [(row["event"], row["property"], row["reports"]) for row in table],
         [(x["event"], x["property"], str(v["reports"])) for x in items for v in x["values"]])  # fmt: skip
    shape = rng.choice(["txt", "html"])
    text = asker.good(address(f"/v1/disagreements.{shape}", whole)).body.decode()
    same(f"scripts and controls in {shape}", "<script" in text or "\x1b" in text, False)
    for item in rng.sample(items, min(2, len(items))):
        check_values(asker, reading(pairs), item)
    if first["pairs_over"]["all"] and len(wanted) == 4:
        check_pairs(first["pairs"], items)


def said_of(account, name):
    if name == "date":
        return account["date"]["edtf"] if account["date"] else None
    if name == "places":
        return sorted(place["place"] for place in account["places"]) or None
    return account[name]


def check_values(asker, kept, item):
    """Who says what, told again from the accounts."""
    name = item["property"]
    same("values that contradict each other", len(item["contradictions"]) > 0, True)
    accounts = asker.json(f"/v1/events/{item['event']}/accounts", kept)["items"]
    if name != "participants":
        said = {}
        for account in accounts:
            value = said_of(account, name)
            if value is not None:
                said.setdefault(json.dumps(value), set()).add(account["source"])
        told = {json.dumps(sorted(v["value"]) if name == "places" else v["value"]):
                set(v["sources"]) for v in item["values"]}  # fmt: skip
        same(f"who says what of the {name} of {item['event']}", told, said)
        own = {}
        for account in accounts:
            if "reprint_of" not in account:
                own.setdefault(json.dumps(said_of(account, name)), set()).add(account["source"])
        for value in item["values"]:
            key = json.dumps(sorted(value["value"]) if name == "places" else value["value"])
            same(f"reports of {key}", value["reports"], len(own.get(key, ())))
    for one, other in item["contradictions"]:
        values = [item["values"][n]["value"] for n in (one, other)]
        if name == "places":
            same("a place of both", set(values[0]) & set(values[1]), set())
        elif name == "participants":
            check_roles(*values)
        else:
            same("a value against itself", values[0] != values[1], True)
    if name == "date":
        check_spread(item, {a["date"]["edtf"]: a["date"] for a in accounts if a["date"]})


def check_roles(one, other):
    roles = [{}, {}]
    for mine, value in zip(roles, (one, other)):
        for part in value:
            mine.setdefault(part["actor"], set()).add(part["role"])
    both = set(roles[0]) & set(roles[1])
    same("actors in other roles", any(roles[0][who] != roles[1][who] for who in both), True)


def check_spread(item, dates):
    """Dates contradict each other exactly where one ends before the other begins."""
    values = [dates[value["value"]] for value in item["values"]]

    def apart(one, other):
        known = one["latest"] is not None and other["earliest"] is not None
        plain = known and all(re.fullmatch(r"\d{4}-\d\d-\d\d", x)
                              for x in (one["latest"], other["earliest"]))  # fmt: skip
        return plain and one["latest"] < other["earliest"]

    listed = {tuple(pair) for pair in item["contradictions"]}
    for a, one in enumerate(values):
        for b, other in enumerate(values):
            if a < b and (apart(one, other) or apart(other, one)):
                same(f"{one['edtf']} against {other['edtf']}", (a, b) in listed, True)
    same("least days", item["spread_days"]["least"] >= 0, True)  # two moments of one day
    same("days of the widest", item["widest"]["days"], item["spread_days"]["least"])
    greatest = item["spread_days"]["greatest"]
    same("greatest days", greatest is None or greatest >= item["spread_days"]["least"], True)


def check_pairs(pairs, items):
    """Each contradiction is of the sources of its values, where none is a reprint: see odd_world."""
    told = {tuple(sorted(pair["sources"])): pair["disagreements"] for pair in pairs}
    counts = {}
    for item in items:
        for pair in item["contradictions"]:
            one, other = (item["values"][n]["sources"] for n in pair)
            for a in one:
                for b in other:
                    if a != b:
                        key = tuple(sorted((a, b)))
                        counts[key] = counts.get(key, 0) + 1
    same("pairs of sources", set(told) <= set(counts), True)
    for key, count in counts.items():
        if "gazette" not in key:
            same(f"disagreements of {key}", told.get(key, 0) >= count, True)


# ---- citations ----


def canonical(event):
    """The canonical form of an event, as the documentation makes it."""
    form = {member: event[member] for member in MEMBERS}
    form["date"] = event["date"] and event["date"]["edtf"]
    form["places"] = [place["place"] for place in event["places"]]
    form["participants"] = [{key: who[key] for key in ("actor", "role")}
                            for who in event["participants"]]  # fmt: skip
    return form


def forms_of(asker, pairs, version):
    """{id: form} of all events of a question at a version, and their fingerprint."""
    asked = without(pairs, "as_of") + [("as_of", str(version)), ("limit", "all")]
    forms, digest = {}, hashlib.sha256()
    for line in asker.good(address("/v1/events.ndjson", asked)).body.splitlines():
        form = canonical(strictly(line))
        forms[form["id"]] = form
        text = json.dumps(form, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest.update(text.encode() + b"\n")
    return forms, "sha-256:" + digest.hexdigest()


def local(url):
    return re.sub(r"^http://[^/]*", "", url)


def balanced(text):
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def check_citation(asker, pairs, rows):
    """The fingerprint, recomputed; and what is said to differ at another version."""
    newest = versions(asker)
    version, until = asker.rng.randint(1, newest), asker.rng.randint(1, newest)
    before, fingerprint = forms_of(asker, pairs, version)
    after, then = forms_of(asker, pairs, until)
    asked = without(pairs, "as_of") + [("as_of", str(version))]
    cited = asker.json("/v1/cite", asked)
    same("fingerprint", (cited["fingerprint"], cited["matched"]), (fingerprint, len(before)))
    linked = asker.json(local(cited["link"]) + "&count=true&limit=1")
    same("behind the link", (linked["matched"], linked["version"]), (len(before), version))
    again = asker.json(local(cited["verify"]) + f"&until={until}")
    found = again["compared"]
    same("proven", again["proven"], True)
    same("verdict", again["verdict"], "identical" if fingerprint == then else "changed")
    same("compared", (found["version"], found["matched"], found["fingerprint"]),
         (until, len(after), then))  # fmt: skip
    for what, there in (("added", set(after) - set(before)), ("removed", set(before) - set(after))):
        same(what, (found[what]["count"], len(found[what]["ids"])), (len(there), min(len(there), NAMED)))
        same(f"ids {what}", set(found[what]["ids"]) <= there, True)
    changed = {event: sorted(m for m in MEMBERS if before[event][m] != after[event][m])
               for event in set(before) & set(after) if before[event] != after[event]}  # fmt: skip
    same("changed", found["changed"]["count"], len(changed))
    for item in found["changed"]["items"]:
        same(f"what changed of {item['id']}", sorted(item["properties"]), changed[item["id"]])
    wrong = asker.json("/v1/cite", asked + [("fingerprint", "sha-256:" + "0" * 64)])
    same("a wrong fingerprint", (wrong["verdict"], wrong["proven"]), ("changed", False))
    for name in ("bibtex", "csl", "txt", "html"):
        text = asker.good(address(f"/v1/cite.{name}", asked)).body.decode()
        same(f"fingerprint in {name}", fingerprint in text, True)
        if name == "bibtex":  # which counts braces, those behind a backslash too
            same("braces", balanced(text), True)


def check_event_citation(asker, pairs, rows):
    """One event is cited with the fingerprint of what it is in that reading."""
    if not rows:
        return
    event = asker.rng.choice(rows)["id"]
    kept = reading(pairs)
    whole = asker.json(f"/v1/events/{event}", kept)
    text = json.dumps(canonical(whole), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode() + b"\n").hexdigest()
    cited = asker.json(f"/v1/events/{event}/cite", kept)
    same("fingerprint of one", (cited["fingerprint"], cited["matched"]), ("sha-256:" + digest, 1))
    again = asker.json(local(cited["link"]))
    same("behind its link", canonical(again), canonical(whole))
    text = asker.good(address(f"/v1/events/{event}/cite.bibtex", kept)).body.decode()
    same("braces", balanced(text), True)
    told = [account["source"] for account in asker.json(f"/v1/events/{event}/accounts", kept)["items"]]
    same("sources of one", {source["id"] for source in cited["sources"]}, set(told))
    asked = asker.json(local(cited["verify"]))
    same("proven", asked["proven"], True)


# ---- histories ----

IN_HISTORY = [member for member in MEMBERS if member != "id"]


def check_history(asker, pairs, rows):
    """Folded forward the history gives the event of every version."""
    event = asker.rng.choice(asker.world.ids)
    answer = asker.send(f"/v1/events/{event}/history?limit=1000")
    if answer.status == 308:
        event = re.search(r"events/([^/]*)", answer.headers["Location"])[1]
        answer = asker.good(f"/v1/events/{event}/history?limit=1000")
    entries = strictly(answer.body)["items"]
    same("newest first", [x["version"] for x in entries],
         sorted({x["version"] for x in entries}, reverse=True))  # fmt: skip
    items, _ = pages_of(asker, f"/v1/events/{event}/history", [], 1, len(entries))
    same("history page by page", items, entries)
    by_version = {entry["version"]: entry for entry in entries}
    state = {}
    for version in range(1, versions(asker) + 1):
        there = asker.send(f"/v1/events/{event}?as_of={version}")
        entry = by_version.get(version, {"changes": [], "action": None})
        known = bool(state)
        for change in entry["changes"]:
            name = change["property"]
            earlier = state.get(name, unsaid(name)) if known else None
            same(f"{name} before", change["before"], earlier)
            state[name] = change["after"]
        if there.status != 200:
            same("gone, another, or not there yet", there.status in (404, 410, 308), True)
            state = {}
        else:
            shown = strictly(there.body)
            want = {member: shown[member] for member in IN_HISTORY}
            folded = {member: state.get(member, unsaid(member)) for member in IN_HISTORY}
            same(f"{event} folded to version {version}", folded, want)
            state = want
        if entry["action"] is not None:
            earlier = asker.send(f"/v1/events/{event}/history?as_of={version}&limit=1000")
            if earlier.status == 200:
                same("history up to a version", strictly(earlier.body)["items"],
                     [x for x in entries if x["version"] <= version])  # fmt: skip


def unsaid(member):
    if member in ("participants", "places", "tags", "disputed"):
        return []
    return {} if member == "identifiers" else None


# ---- what sources say ----

LISTS = {"type": "types", "role": "roles", "relation_type": "relation_types", "actor": "actors",
         "place": "places", "event": "events", "relation": "relations", "claim": "claims"}  # fmt: skip


def check_said(asker, pairs, rows):
    """A source as a document and as records: the same things; as many accounts as it has."""
    source = asker.rng.choice(asker.world.sources)
    kept = [pair for pair in pairs if pair[0] == "as_of"]
    answer = asker.send(address(f"/v1/sources/{source}/document", kept))
    if answer.status == 404:
        return
    document = strictly(answer.body)
    lines = asker.good(address(f"/v1/sources/{source}/records", kept)).body.splitlines()
    records = [strictly(line) for line in lines]
    same("the head", records[0], {"annals": 1, "source": document["source"]})
    for kind, name in LISTS.items():
        told = [record[kind] for record in records if kind in record]
        if kind in ("actor", "place"):  # an actor may be there twice, first without what it refers to
            told = list({thing["id"]: thing for thing in told}.values())
        listed = document.get(name, [])
        same(f"{name} of {source}", sorted(map(json.dumps, told)), sorted(map(json.dumps, listed)))
    asked = [("source", source), ("limit", str(EVERYTHING)), ("include", "accounts")]
    events = asker.json("/v1/events", kept + asked)["items"]
    accounts = {account.get("event", event["id"]) for event in events
                for account in event["accounts"] if account["source"] == source}  # fmt: skip
    same(f"events of {source}", {event["id"] for event in document["events"]}, accounts)
    everything = asker.good(address("/v1/records", kept)).body.splitlines()
    same("sources in all records", sum(b'"annals"' in line[:10] for line in everything),
         len(asker.json("/v1/sources", kept)["items"]))  # fmt: skip


def check_names(asker, pairs, rows):
    """Actors and places by identifier and by every name that they have."""
    rng = asker.rng
    kind = rng.choice(["actors", "places"])
    kept = [pair for pair in pairs if pair[0] == "as_of"]
    things = asker.json(f"/v1/{kind}", kept + [("limit", str(EVERYTHING))])["items"]
    thing = rng.choice(things)
    names = [thing["name"]] + [name["name"] for name in thing.get("names", [])]
    name = rng.choice(names).replace(",", " ")
    for asked in ("name", "name_near"):
        found = asker.json(f"/v1/{kind}", kept + [(asked, name), ("limit", str(EVERYTHING))])
        if asked == "name" and any(character.isalnum() for character in name):
            same(f"{thing['id']} by its name {name!r}", thing["id"] in ids(found["items"]), True)
    for scheme, value in thing.get("identifiers", {}).items():
        found = asker.json(f"/v1/{kind}", kept + [("identifier", f"{scheme}:{value}")])
        same("by identifier", ids(found["items"]), [thing["id"]])


CHECKS = [check_disagreements, check_citation, check_event_citation, check_history, check_said,
          check_names]  # fmt: skip
