"""A made-up store of odd dates, texts and places, and what can be asked about it."""

import json

TYPES = "agree consult sanction protest assault aid".split()
OWN_TYPES = {"march": "protest", "parley": "consult", "tea": "parley"}
ROLES = "initiator target signatory mediator host observer".split()
RELATIONS = "responds_to part_of implements violates follows causes".split()
STANCES = "asserts denies accuses proposes promises acknowledges".split()
KINDS = "state organisation person group".split()
TAGS = ["gate", "peace", "=1+1", "über alles", "a;b", "тег", "x&y=z", "100%"]
LANGUAGES = ["az", "ru", "hy", "en", "zh-Hant"]

# Words that titles are made of; some of them are hard on one format or another.
WORDS = [
    "gate", "treaty", "march", "Şenköy", "Лир", "մարտ", "Əliağa", "naïve", "crisis", "north",
    "=SUM(A1)", "+49", "-1", "@home", '"quoted"', "O'Brien", "a,b", "semi;colon", "back\\slash",
    "<b>bold</b>", "&amp;", "]]>", "100%", "🕊️", "𐐀𐐁", "שלום", "مرحبا",
    "e\u0301clair", "zero\u200bwidth", "\u202eright", "{curly}", "open{", "$1", "NULL", "漢字", "ﬁne",
]  # fmt: skip
DATES = [
    "2021-03", "2021-03-24", "2021", "202X", "20XX", "2021-XX-05", "XXXX-02-24", "2021-06-15/..",
    "../2021-05", "2021-06/", "/2021-06", "2020-09-27/2020-11-10", "2021-03~", "2021?", "2021-04%",
    "2021-21", "2021-24", "2021-33", "-0043-03-15", "-0100", "0000", "0001-01-01", "9999-12-31",
    "Y170000", "Y-170000002", "Y17E8", "1950S2", "[2019,2021]", "{2019,2021-05}", "[..2019-12]",
    "[2020-01..2020-03,2022]", "2021-06-15T10:00:00", "2021-06-15T10:00:00+04:00",
    "2021-06-15T23:59:59Z/2021-06-16T00:00:00Z", "2016-?06-15", "1X21", "2X21-03", "-02XX",
    "2000-02-29", "1900", "156X-12-25",
]  # fmt: skip
# When the sources were published, and how much they count; the second may be of any time since.
PUBLISHED = {"chronicle": ("2021-06-01", 1), "gazette": ("2019~", 0), "herald": (None, 1)}
POLICIES = ["preferred", "first", "last", "source:chronicle", "source:gazette", "source:herald"]
KNOWN_AT = ["2018", "2019-11", "2019-12-31", "2021-05/2021-06", "2021-05-31", "2025~", "2099"]
POINTS = [(40.5, 46.75), (-89.5, 0.0), (10.0, 179.5), (10.5, -179.5), (0.0, 0.0), (52.1, -1.25)]


class World:
    """Its documents, to be put one after the other; rng makes them, the same for the same seed."""

    def __init__(self, rng, events=260):
        self.rng = rng
        self.actors = [self._actor(n) for n in range(14)]
        self.places = [self._place(n) for n in range(12)]
        self.ids = [f"e{n}" for n in range(events)]
        self.sources = ["chronicle", "gazette", "herald"]
        self.actor_ids = [a["id"] for a in self.actors]
        self.place_ids = [p["id"] for p in self.places]
        self.types = TYPES + list(OWN_TYPES)
        # Events with two ids and with three, of which each but the last is another's.
        self.same = [("e7", "e8"), ("e30", "e20"), ("e100", "e101"), ("e101", "e102")]
        self.split = [("e40", "e41")]  # until the last version

    def text(self, most=6):
        return " ".join(self.rng.choice(WORDS) for _ in range(self.rng.randint(1, most)))

    def date(self):
        rng = self.rng
        if rng.random() < 0.4:
            return rng.choice(DATES)
        year, month, day = rng.randint(2015, 2025), rng.randint(1, 12), rng.randint(1, 28)
        start = f"{year}-{month:02}-{day:02}"
        return rng.choice([start, start[:7], start[:4], f"{start}/{year + rng.randint(1, 9)}"])

    def _names(self):
        count = self.rng.randint(0, 3)
        return [{"name": self.text(2), "language": x} for x in self.rng.sample(LANGUAGES, count)]

    def _actor(self, n):
        actor = {"id": f"a{n}", "name": self.text(2), "kind": KINDS[n % 4], "names": self._names()}
        actor["identifiers"] = {"wikidata": f"Q{n + 1000}"}
        if n >= 4:
            whole = {"actor": f"a{self.rng.randrange(n)}"}
            if self.rng.random() < 0.5:
                whole["date"] = self.rng.choice(["2018/..", "../2020", "2021", "2016/2022-06"])
            actor["member_of"] = [whole]
        return actor

    def _place(self, n):
        place = {"id": f"p{n}", "name": self.text(2), "names": self._names()}
        if n >= 3:
            place["part_of"] = f"p{self.rng.randrange(n)}"
        if n % 2:
            place["lat"], place["lon"] = POINTS[n // 2]
        return place

    def _event(self, event_id):
        rng = self.rng
        people = rng.sample(self.actor_ids, rng.randint(0, 3))
        event = {
            "id": event_id,
            "title": self.text(),
            "participants": [{"actor": a, "role": rng.choice(ROLES)} for a in people],
            "places": rng.sample(self.place_ids, rng.choice((0, 1, 1, 2))),
            "tags": rng.sample(TAGS, rng.choice((0, 0, 1, 3))),
        }
        if rng.random() < 0.95:
            event["date"] = self.date()
        if rng.random() < 0.9:
            event["type"] = rng.choice(self.types)
        if rng.random() < 0.5:
            event["summary"] = self.text(12)
        return event

    def _relations(self, count):
        for _ in range(count):
            one, other = self.rng.sample(self.ids, 2)
            yield {"from": one, "type": self.rng.choice(RELATIONS), "to": other}

    def _claims(self, prefix, count):
        for n in range(count):
            yield {
                "id": f"{prefix}-{n}",
                "speaker": self.rng.choice(self.actor_ids),
                "stance": self.rng.choice(STANCES),
                "about": self.rng.sample(self.ids, self.rng.randint(1, 3)),
                "text": self.text(),
            }

    def _document(self, source, events, relations, claims):
        seen, unique = set(), []
        for relation in self._relations(relations):
            key = tuple(relation.values())
            if key not in seen:
                seen.add(key)
                unique.append(relation)
        published, precedence = PUBLISHED[source]
        told_by = {"id": source, "title": self.text(3), "precedence": precedence}
        if published:
            told_by["published"] = published
        return {
            "annals": 1,
            "source": told_by,
            "events": [self._event(e) for e in events],
            "relations": unique,
            "claims": list(self._claims(source, claims)),
        }

    def documents(self):
        """
        All events from the first; some of them told otherwise by the other two; then the second
        tells of others and is a reprint of the first, and the third no longer says that two events are the same.
        """
        first = self._document(self.sources[0], self.ids, 80, 60)
        first["actors"], first["places"] = self.actors, self.places
        first["types"] = [
            {"id": name, "label": name.title(), "parent": parent}
            for name, parent in OWN_TYPES.items()
        ]
        yield first
        for source, same, derives in [
            ("gazette", [], []), ("herald", self.same + self.split, []),
            ("gazette", [], ["chronicle"]), ("herald", self.same, []),
        ]:  # fmt: skip
            document = self._document(source, self.rng.sample(self.ids, 60), 30, 20)
            document["source"]["derives_from"] = derives
            document["relations"] += [
                {"from": one, "type": "same_as", "to": other} for one, other in same
            ]
            yield document


# ---- questions ----


def some(rng, values, most=3):
    """Any of several values."""
    return ",".join(rng.sample(values, rng.randint(1, min(most, len(values)))))


def filters_of(world):
    """What makes a value of each filter: {name: maker}. In a list, "," parts values."""
    rng = world.rng
    plain_tags = [tag for tag in TAGS if "," not in tag]
    actors = world.actor_ids + ["wikidata:Q1003"]
    return {
        "date": world.date,
        "actor": lambda: some(rng, actors),
        "actor__not": lambda: some(rng, actors, 2),
        "place": lambda: some(rng, world.place_ids),
        "place__not": lambda: some(rng, world.place_ids, 1),
        "type": lambda: some(rng, world.types),
        "type__not": lambda: some(rng, world.types, 2),
        "tag": lambda: some(rng, plain_tags),
        "tag__not": lambda: some(rng, plain_tags, 1),
        "source": lambda: some(rng, world.sources, 2),
        "source__not": lambda: some(rng, world.sources, 1),
        "id__not": lambda: some(rng, world.ids, 5),
        "id": lambda: some(rng, world.ids, 40),
        "precision": lambda: some(rng, ["day", "month", "year", "second", "decade"]),
        "precision__not": lambda: some(rng, ["day", "season", "year"], 1),
        "role": lambda: some(rng, ROLES),
        "role__not": lambda: some(rng, ROLES, 1),
        "related_to": lambda: some(rng, world.ids, 30),
        "related_to__not": lambda: some(rng, world.ids, 3),
        "relation": lambda: some(rng, RELATIONS),
        "relation__not": lambda: some(rng, RELATIONS, 1),
        "claimed_by": lambda: some(rng, world.actor_ids),
        "claimed_by__not": lambda: some(rng, world.actor_ids, 1),
        "stance": lambda: some(rng, STANCES),
        "stance__not": lambda: some(rng, STANCES, 1),
        "disputed": lambda: rng.choice(["true", "false"]),
        "bbox": lambda: rng.choice(["-180,-90,180,90", "170,-20,-170,20", "40,40,50,41", "0,0,0,0"]),
        "near": lambda: rng.choice(["40.5,46.75,10", "10,180,100", "-90,0,20016", "0,0,1e-3"]),
        "q": lambda: world.text(2) + rng.choice(["", "", "*", ' "', " OR", " -"]),
        "as_of": lambda: rng.choice(["1", "2", "3", "4", "5"]),
        "policy": lambda: rng.choice(POLICIES),
        "known_at": lambda: rng.choice(KNOWN_AT),
        "undated": lambda: rng.choice(["exclude", "include", "only"]),
    }


REPEATABLE = {"actor", "place", "type", "tag", "source", "related_to", "claimed_by", "bbox"}
NEEDS = {"when": "date", "certainty": "date"}


def question(world, makers):
    """A list of (name, value) that is a good question: a few filters, some of them twice."""
    rng = world.rng
    names = rng.sample(sorted(makers), rng.choice((0, 1, 1, 2, 2, 3, 4)))
    pairs = [(name, makers[name]()) for name in names]
    pairs += [(name, makers[name]()) for name in names if name in REPEATABLE and rng.random() < 0.2]
    if "actor" in names and rng.random() < 0.4:
        pairs.append(("members", "true"))
    if "date" in names:
        pairs = [(name, value) for name, value in pairs if (name, value) != ("undated", "only")]
        if rng.random() < 0.6:
            pairs.append(("when", rng.choice("overlaps within covers starts ends".split())))
        if rng.random() < 0.4:
            pairs.append(("certainty", rng.choice(["possible", "certain"])))
    rng.shuffle(pairs)
    return pairs


def junk(world):
    """A value that nobody should send."""
    rng = world.rng
    return rng.choice([
        "", " ", ",", ",,", "x" * rng.choice((1, 300, 6000)), "-1", "0", "1e999", "NaN", "inf",
        "99999999999999999999", "' OR 1=1 --", '"; DROP TABLE event;', "../../etc/passwd", "\0",
        "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe", b"\xc0\xaf", "%", "%zz", "{x}",
        "2021-13", "2021-02-30", "2021-03-24/2021-03-01", "Y" + "9" * 30, "[" + "2021," * 80 + "2022]",
        "1,2,3,4,5", "91,0,10", "180,0,-180,0", "a" * 129, "wikidata:", ":Q1", "NEAR(a b)", "title:x",
        "^a", "(" * 500, '"' * 99, "*" * 50, "AND OR NOT", json.dumps({"a": 1}), "true", "all",
        ",".join(world.ids[:255] + ["e0"] * 10), "\u202e\u0301" * 40,
    ])  # fmt: skip
