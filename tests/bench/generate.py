"""
A made-up chronicle of any size, the same at every run: annotated source documents about invented
states, people and places. It is shaped like the real thing: accounts of one event in two sources,
dates of every precision, a text in each source with the words that bear the dates and names out.
"""

import json
import random

SEED = 19900101
SERIES = 12
FIRST_YEAR, LAST_YEAR = 1990, 2025
ACTORS, PLACES = 200, 500
DOUBLE = 0.1  # of the events are told by a second source too

TYPES = (
    "agree consult support concede cooperate aid retreat request accuse reject threaten protest "
    "sanction mobilize coerce assault"
).split()
ROLES = "initiator target signatory mediator guarantor host speaker participant observer".split()
KINDS = {"state": 40, "organisation": 60, "person": 70, "group": 30}
TAGS = [f"{a}-{b}" for a in "border energy trade treaty court army".split() for b in
        "talks crisis reform vote law relief deal march".split()]
MONTHS = (
    "January February March April May June July August September October November December"
).split()
VERBS = {
    "agree": "signed an agreement with", "consult": "held talks with", "support": "spoke for",
    "concede": "yielded to", "cooperate": "worked with", "aid": "sent relief to",
    "retreat": "withdrew before", "request": "appealed to", "accuse": "blamed",
    "reject": "turned down an offer of", "threaten": "warned", "protest": "marched against",
    "sanction": "cut its trade with", "mobilize": "moved troops towards",
    "coerce": "detained members of", "assault": "attacked",
}  # fmt: skip
ONSETS = "b br d dr f g gr h j k kr l m n p r s st t tr v z sh ch".split()
VOWELS = "a e i o u ai ea ou".split()
CODAS = "n r l s t k m nd rt sh".split() + [""] * 6


class World:
    """The invented actors and places, and the random choices of a chronicle."""

    def __init__(self):
        self.rng = random.Random(SEED)
        self.words = set()
        self.actors = self._make_actors()
        self.places = self._make_places()

    def word(self):
        """A new invented name."""
        rng = self.rng
        while True:
            parts = [rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.choice((2, 2, 3)))]
            word = ("".join(parts) + rng.choice(CODAS)).capitalize()
            if word not in self.words:
                self.words.add(word)
                return word

    def _make_actors(self):
        actors = []
        for kind, count in KINDS.items():
            for n in range(count * ACTORS // 200):
                name = self.word()
                actor = {"id": name.lower(), "name": name, "kind": kind}
                actor["names"] = [{"name": self.word(), "language": "en"}]
                actor["identifiers"] = {"wikidata": f"Q{9000000 + len(actors)}"}
                if kind == "organisation" or n % 3 == 0:
                    actor["name"] += " " + self.rng.choice("Union Council League Front".split())
                if kind != "state":
                    state = self.rng.choice(actors[:40])["id"]
                    actor["member_of"] = [{"actor": state, "date": f"{1980 + n % 40}/.."}]
                actors.append(actor)
        return actors

    def _make_places(self):
        """Eight regions, in them countries, in these provinces, in these towns."""
        places = []
        for n in range(PLACES):
            name = self.word()
            place = {"id": f"{name.lower()}-place", "name": name}
            if n >= 8:
                whole = places[self.rng.randrange(n // 10)] if n >= 48 else places[n % 8]
                place["part_of"] = whole["id"]
            if n >= 48:
                place["lat"] = round(self.rng.uniform(-60, 70), 4)
                place["lon"] = round(self.rng.uniform(-180, 180), 4)
                place["names"] = [{"name": self.word(), "language": "en"}]
            places.append(place)
        return places

    def gazetteer(self):
        return {
            "annals": 1,
            "source": {"id": "gazetteer", "title": "A gazetteer of invented places and actors"},
            "actors": self.actors,
            "places": self.places,
        }


def date_of(rng, year):
    """An EDTF date in that year, and the words by which a text gives it."""
    month, day = rng.randint(1, 12), rng.randint(1, 28)
    name = MONTHS[month - 1]
    full = f"{year}-{month:02}-{day:02}"
    chance = rng.random()
    if chance < 0.62:
        return full, f"On {day} {name} {year}"
    if chance < 0.74:
        return f"{year}-{month:02}", f"In {name} {year}"
    if chance < 0.80:
        return f"{year}", f"During {year}"
    if chance < 0.86:
        end = f"{year}-{month:02}-{min(day + rng.randint(1, 9), 28):02}"
        return f"{full}/{end}", f"From {day} {name} {year} for some days"
    if chance < 0.90:
        return f"{full}/{year + rng.randint(1, 6)}", f"From {day} {name} {year} for years"
    if chance < 0.92:
        return f"{full}/..", f"Ever since {day} {name} {year}"
    if chance < 0.94:
        return f"{year}-{month:02}/", f"From {name} {year} on"
    if chance < 0.96:
        return f"{year}-{month:02}~", f"Around {name} {year}"
    if chance < 0.97:
        return f"{year}-XX-{day:02}", f"On the {day}th of a month in {year}"
    if chance < 0.985:
        return f"{year // 10}X", f"Some time in the {year // 10 * 10}s"
    return f"{year}?", f"Perhaps in {year}"


class Writer:
    """A source document that grows: its text sentence by sentence, with the events in it."""

    def __init__(self, world, series, year):
        self.world, self.length, self.text = world, 0, []
        names = ("Herald", "Observer", "Gazette", "Bulletin", "Yearbook", "Ledger")
        self.document = {
            "annals": 1,
            "source": {
                "id": f"series-{series:02}-{year}",
                "title": f"{names[series % len(names)]} {series + 1}, volume {year}",
                "creators": [f"Editors of series {series + 1}"],
                "published": f"{year + 1}-0{1 + series % 9}",
                "language": "en",
                "licence": "CC0-1.0",
                "precedence": series % 5,
            },
            "events": [],
        }

    def add(self, text):
        """Appends to the text; returns the span."""
        self.text.append(text)
        start, self.length = self.length, self.length + len(text)
        return {"start": start, "end": self.length, "exact": text}

    def tell(self, event):
        """Writes the sentence of an account, its evidence with it."""
        date, words, who, verb, whom, place = event.pop("told")
        dated = self.add(words)
        self.add(" ")
        acting = self.add(who)
        self.add(f" {verb} ")
        acted = self.add(whom)
        self.add(" at ")
        located = self.add(place)
        self.add(". ")
        event["date"] = date
        event["evidence"] = [
            dated | {"supports": ["date"]},
            acting | {"supports": ["participants"]},
            acted | {"supports": ["participants"]},
            located | {"supports": ["places"]},
        ]
        self.document["events"].append(event)

    def finish(self):
        self.document["source"]["text"] = "".join(self.text)
        return self.document


def make_event(world, number, year):
    rng = world.rng
    kind = rng.choice(TYPES)
    who, whom, *more = rng.sample(world.actors, rng.choice((2, 2, 2, 3, 4)))
    place = world.places[rng.randrange(8, PLACES)]
    date, words = date_of(rng, year)
    people = [(who, "initiator"), (whom, "target")] + [(m, rng.choice(ROLES)) for m in more]
    return {
        "id": f"{kind}-{who['id']}-{number}",
        "title": f"{who['name']} {VERBS[kind]} {whom['name']} at {place['name']}",
        "summary": f"{words} {who['name']} {VERBS[kind]} {whom['name']}; "
        f"number {number} of the matters told here, tagged by its subject.",
        "type": kind,
        "participants": [{"actor": a["id"], "role": role} for a, role in people],
        "places": [place["id"]],
        "tags": rng.sample(TAGS, rng.choice((0, 1, 1, 2))),
        "identifiers": {"wikidata": f"Q{20000000 + number}"} if number % 5 == 0 else {},
        "told": (date, words, who["name"], VERBS[kind], whom["name"], place["name"]),
    }


def second_account(world, event, year):
    """The same event as another source tells it: half of them disagree about the date."""
    told = event["told"]
    if world.rng.random() < 0.5:
        told = (*date_of(world.rng, year), *told[2:])
    return event | {"summary": f"Another account: {event['summary']}", "told": told}


def documents(count):
    """The source documents of a chronicle of so many events: first the gazetteer, then one for
    each series and year."""
    world = World()
    yield world.gazetteer()
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    cells = [(year, series) for year in years for series in range(SERIES)]
    number, carried = 0, []
    for index, (year, series) in enumerate(cells):
        writer = Writer(world, series, year)
        for event in carried:
            writer.tell(event)
        carried = []
        while number < count * (index + 1) // len(cells):
            event = make_event(world, number, year)
            number += 1
            # Told again by the next source; the last one has none after it.
            if world.rng.random() < DOUBLE and index + 1 < len(cells):
                carried.append(second_account(world, event, year))
            writer.tell(event)
        yield writer.finish()


def write(count, folder):
    """Writes the documents as files in the order in which they must be loaded."""
    paths = []
    for number, document in enumerate(documents(count)):
        path = folder / f"{number:04}-{document['source']['id']}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        paths.append(path)
    return paths


def write_table(count, path):
    """The same world as one large table: a file of records, as batches take them. Its events have
    an account each and no text."""
    world = World()
    with open(path, "w", encoding="utf-8") as out:

        def add(kind, thing):
            out.write(json.dumps({kind: thing}, ensure_ascii=False) + "\n")

        source = {"id": "table", "title": "A table of invented events", "published": "2026-01-15"}
        out.write(json.dumps({"annals": 1, "source": source}) + "\n")
        for actor in world.actors:
            add("actor", actor)
        for place in world.places:
            add("place", place)
        for number in range(count):
            year = FIRST_YEAR + number * (LAST_YEAR + 1 - FIRST_YEAR) // count
            event = make_event(world, number, year)
            event["date"] = event.pop("told")[0]
            add("event", {k: v for k, v in event.items() if v})
    return path
