// Pictures of random and of odd worlds: nothing overlaps, nothing leaves the canvas, and every event is
// drawn or counted.
import assert from "node:assert/strict";
import test from "node:test";
import {daysFromCivil, rangeText} from "../../clients/web/timeline/civil.js";
import {layoutBins, layoutEvents} from "../../clients/web/timeline/layout.js";
import {cleanText, fitText} from "../../clients/web/timeline/pack.js";
import {pick} from "../../clients/web/timeline/paint.js";
import {fateOf} from "../../clients/web/timeline/span.js";
import {eventOf, randomFrom} from "./tools.mjs";

const SIZES = {label: 6.6, small: 6, bold: 6.8};
const measure = (text, font) => Array.from(text).length * SIZES[font];
const TYPES = ["agree", "assault", "accuse", "treaty", "", null,
    "a-very-long-name-of-a-type-that-nobody-would-ever-use"];
const YEARS = {from: daysFromCivil(1846, 1, 1), to: daysFromCivil(1851, 1, 1)};

// From the first of four days to the last: earliest, latest start, earliest end, latest.
function dateOf(first, startLatest, endEarliest, last, more) {
    const day = at => at === null ? null : rangeText(at, at + 1);
    return {edtf: "", qualifier: null, earliest: day(first), start_latest: day(startLatest),
        end_earliest: day(endEarliest), latest: day(last), ...more};
}

function randomDate(random, window) {
    const span = window.to - window.from, day = Math.floor(window.from + (random() * 1.6 - 0.3) * span);
    const long = Math.floor(random() ** 4 * span), kind = random();
    const more = random() < 0.1 ? {qualifier: "approximate"} : {};
    if (kind < 0.05)
        return dateOf(day, day, null, null, {edtf: "x/..", ...more});
    if (kind < 0.08)
        return dateOf(day, day, day, null, {edtf: "x/", ...more});
    if (kind < 0.1)
        return dateOf(null, day, day, day, {edtf: "/x", ...more});
    if (kind < 0.12)
        return dateOf(day - 20 * span, day + 20 * span, day - 20 * span, day + 20 * span, more);
    return kind < 0.5 ? dateOf(day, day, day, day, more)
        : kind < 0.75 ? dateOf(day, day + long, day, day + long, more)
        : dateOf(day, day + Math.floor(long / 8), day + long, day + long + 30, more);
}

function randomWorld(random, n, window) {
    return Array.from({length: n}, (_, i) => {
        const date = randomDate(random, window), other = randomDate(random, window);
        const actor = `a${Math.floor(random() ** 2 * 30)}`;
        return eventOf(`e${i}`, date, {
            title: "Event of some length ".repeat(1 + random() ** 6 * 40),
            type: TYPES[Math.floor(random() * TYPES.length)],
            participants: random() < 0.8 ? [{actor, name: actor.toUpperCase()}] : [],
            disputed: random() < 0.1 ? ["date"] : [],
            accounts: random() < 0.5 ? 2 : [{date}, {date: other}],
        });
    });
}

// ---- what must hold ----

function overlap(a, b) {
    const meet = (at, size) => a[at] < b[at] + b[size] - 0.01 && b[at] < a[at] + a[size] - 0.01;
    return meet("x", "w") && meet("y", "h");
}

// Boxes of a lane, each event's mark and title as two of the same owner.
function boxesOf(lane) {
    const boxes = [];
    for (const {box, label} of lane.placed) {
        boxes.push({...box, owner: box});
        if (label)
            boxes.push({...label, owner: box});
    }
    for (const bin of lane.bins)
        boxes.push({...bin, owner: bin});
    const {x, y, w, h, noteX, noteWidth} = lane.head;
    boxes.push({x, y, w, h, owner: "name"}, {x: noteX, y, w: noteWidth, h, owner: "note"});
    return boxes.filter(box => box.w > 0);
}

function checkLane(lane, picture, where) {
    const boxes = boxesOf(lane).sort((a, b) => a.x - b.x);
    for (const [i, one] of boxes.entries()) {
        const {x, y, w, h} = one, say = `${where}: ${JSON.stringify(one)}`;
        assert.ok([x, y, w, h].every(Number.isFinite), say);
        assert.ok(x >= -0.01 && x + w <= picture.width + 0.01 && w >= 0, say);
        assert.ok(y >= lane.box.y && y + h <= lane.box.y + lane.box.h, say);
        for (let k = i + 1; k < boxes.length && boxes[k].x < one.x + one.w; k++)
            assert.ok(one.owner === boxes[k].owner || !overlap(one, boxes[k]),
                `${where}: ${JSON.stringify([one, boxes[k]])}`);
    }
    for (const {label, sure, box} of lane.placed) {
        assert.ok(!label || label.w <= measure(label.text, label.font) + 0.01, where);
        const end = box.x + box.w + 1.01;
        assert.ok(!sure || (sure.w > 0 && sure.x >= box.x - 0.01 && sure.x + sure.w <= end), where);
    }
    const behind = lane.bins.filter(({some}) => some);
    assert.equal(behind.reduce((sum, {max}) => sum + max, 0), lane.more, where);
    assert.ok(behind.every(({min, max, some}) => min === max && some.length === Math.min(max, 3)), where);
}

function checkPicture(picture, where) {
    let foot = 0;
    for (const lane of picture.lanes) {
        assert.ok(lane.box.y >= foot, where);
        foot = lane.box.y + lane.box.h;
        checkLane(lane, picture, where);
    }
    assert.ok(picture.lanes.length === 0 || Math.abs(picture.axis.y - foot) < 0.01, where);
    assert.ok(picture.height > foot, where);
    const names = picture.lanes.map(({name}) => name);
    assert.equal(new Set(names).size, names.length, where);
}

function drawn(options, where) {
    const usual = {measure, names: new Map(), lanes: "type", width: 1200, window: YEARS};
    const picture = layoutEvents({...usual, ...options});
    const {placed, more, wide, window} = picture;
    checkPicture(picture, where);
    const there = options.events.filter(({span}) => fateOf(span, window) !== "outside");
    assert.equal(placed + more + wide, there.length, where);
    if (options.height > 200 && picture.lanes.length < 4)
        assert.ok(Math.abs(picture.height - options.height) < 0.01, `${where}: ${picture.height}`);
    return picture;
}

// ---- worlds ----

const SIZES_OF_WORLDS = [0, 1, 2, 7, 40, 200, 300, 1500];

test("random worlds", () => {
    const random = randomFrom(7);
    for (let i = 0; i < 120; i++) {
        const span = 10 ** (random() * 6 + 0.5), from = (random() - 0.6) * 10 ** (random() * 7);
        const window = {from, to: from + span}, n = SIZES_OF_WORLDS[i % SIZES_OF_WORLDS.length];
        const events = randomWorld(random, n, window), width = 200 + random() * 1800;
        const lanes = ["type", "actor", "none", "place", "source"][i % 5];
        const height = i % 3 ? undefined : 60 + random() * 700;
        const selected = `e${Math.floor(random() * n)}`, where = `world ${i}`;
        const picture = drawn({events, window, width, lanes, height, selected}, where);
        assert.ok(picture.lanes.length <= 12, where);
        const seen = new Set(picture.lanes.flatMap(lane => lane.placed.map(({event}) => event.id)));
        assert.equal(seen.size, picture.placed, where);
        for (const {placed} of picture.lanes.slice(0, 2))
            for (const {box, event} of placed.slice(0, 3))
                assert.equal(pick(picture, box.x + box.w / 2, box.y + box.h / 2).event, event, where);
        // A little later, in the same rows.
        const moved = {from: window.from + span / 50, to: window.to + span / 50};
        const more = {previous: i % 2 ? null : picture};
        drawn({events, window: moved, width, lanes, height, selected, ...more}, where);
    }
});

test("the selected event is placed, whatever there is beside it", () => {
    const random = randomFrom(8), events = randomWorld(random, 800, YEARS);
    const counts = drawn({events}, "none selected");
    assert.ok(counts.more > 0 && counts.wide > 0 && counts.placed < 800);
    for (let i = 0; i < 25; i++) {
        const {id, date} = events[i], picture = drawn({events, selected: id}, id);
        const {earliest, latest} = date ?? {}, year = (text, none) => text ? Number(text.slice(0, 4)) : none;
        if (date && year(earliest, 0) < 1850 && year(latest, 9999) > 1846)
            assert.ok(picture.lanes.some(({placed}) => placed.some(({event}) => event.id === id)), id);
    }
});

test("300 events on one day, in years and in days", () => {
    const day = daysFromCivil(1848, 3, 13);
    const events = Array.from({length: 300}, (_, i) => eventOf(`e${i}`, dateOf(day, day, day, day)));
    for (const [window, width] of [[YEARS, 1200], [YEARS, 360], [{from: day, to: day + 1}, 1200],
        [{from: day - 3, to: day + 4}, 360]]) {
        const picture = drawn({events, window, width}, `${width}`), [lane] = picture.lanes;
        assert.equal(picture.placed + picture.more, 300);
        assert.ok(picture.placed >= 8, `${picture.placed} placed`);
        assert.match(lane.head.note, new RegExp(`^${picture.more} more`));
    }
});

test("on a phone names of lanes and notes do not meet, and titles are cut", () => {
    const random = randomFrom(9);
    for (const width of [120, 240, 320, 383]) {
        const events = randomWorld(random, 400, YEARS);
        for (const lanes of ["type", "actor"])
            drawn({events, width, lanes}, `${width}`);
        drawn({events: events.slice(0, 20), width}, `${width}`);
    }
});

test("what is dated to a decade or a century is said in words, unless there is nothing else", () => {
    const decade = dateOf(daysFromCivil(1840, 1, 1), daysFromCivil(1849, 12, 31), daysFromCivil(1840, 1, 1),
        daysFromCivil(1849, 12, 31)), day = daysFromCivil(1846, 5, 5);
    const events = [eventOf("a", decade), eventOf("b", dateOf(day, day, day, day))];
    const year = {from: daysFromCivil(1846, 1, 1), to: daysFromCivil(1847, 1, 1)};
    const picture = drawn({events, window: year}, "a year");
    assert.deepEqual([picture.placed, picture.wide], [1, 1]);
    assert.equal(picture.lanes[0].head.note, "1 dated only to a wider period");
    assert.equal(drawn({events: [events[0]], window: year}, "alone").placed, 1);
    assert.equal(drawn({events, window: YEARS}, "years").placed, 2);
});

test("before the common era, and in the deep past", () => {
    const ides = daysFromCivil(-43, 3, 15), events = [eventOf("ides", dateOf(ides, ides, ides, ides))];
    const year = {from: daysFromCivil(-43, 1, 1), to: daysFromCivil(-42, 1, 1)};
    const picture = drawn({events, window: year}, "44 BCE");
    const {box, point} = picture.lanes[0].placed[0];
    assert.ok(point && Math.abs(box.x + box.w / 2 - 73.5 / 365 * 1200) < 0.5, `${box.x}`);
    const deep = {...dateOf(0, 0, 0, 0), earliest: "-65999999-01-01", start_latest: "-65000000-12-31",
        end_earliest: "-65999999-01-01", latest: "-65000000-12-31"};
    const past = drawn({events: [eventOf("deep", deep)], window: {from: -30e9, to: 0}}, "deep");
    assert.equal(past.placed, 1);
});

test("events keep their rows while the window moves", () => {
    const events = randomWorld(randomFrom(11), 150, YEARS), before = drawn({events}, "before");
    const window = {from: YEARS.from + 20, to: YEARS.to + 20};
    const after = drawn({events, window, previous: before}, "after");
    const marks = ({lanes}) => lanes.flatMap(({placed}) => placed);
    const rows = picture => new Map(marks(picture).map(({event, row}) => [event.id, row]));
    const [old, now] = [rows(before), rows(after)], both = [...now.keys()].filter(id => old.has(id));
    assert.ok(both.length > 20);
    assert.ok(both.filter(id => old.get(id) === now.get(id)).length > both.length * 0.9);
    assert.deepEqual(after.lanes.map(({rows}) => rows), before.lanes.map(({rows}) => rows));
});

// ---- bins ----

function histogramOf(random, n, series, from, to) {
    const one = () => {
        const max = Math.floor(random() ** 3 * 50);
        return {min: Math.floor(max * random()), max};
    };
    const edge = i => Math.round(from + i * (to - from) / n);
    const edges = Array.from({length: n}, (_, i) => [edge(i), edge(i + 1)]);
    return {
        matched: 1234, undated: 5,
        buckets: edges.map(([first, after]) => ({
            from: first, to: after, ...one(),
        })),
        series: series?.map(id => ({id, name: id?.toUpperCase(), matched: 10, buckets: edges.map(one)})),
    };
}

test("histograms, split or not, in their own window and in others", () => {
    const random = randomFrom(12);
    for (let i = 0; i < 60; i++) {
        const ids = Array.from({length: 1 + i % 21}, (_, k) => k === 3 ? null : `t${k}`);
        const series = i % 3 ? ids : undefined;
        const histogram = histogramOf(random, 10 + 10 * i, series, YEARS.from, YEARS.to), far = (i % 4) * 300;
        const window = {from: YEARS.from - far, to: YEARS.to + 2 * far}, width = 300 + 15 * i;
        const picture = layoutBins({histogram, window, width, measure, lanes: i % 2 ? "type" : "actor",
            names: new Map(), height: i % 5 ? undefined : 150 + 10 * i});
        checkPicture(picture, `histogram ${i}`);
        assert.equal(picture.placed, 0);
        if (i % 5 === 0)
            assert.ok(Math.abs(picture.height - 150 - 10 * i) < 0.01, `${picture.height}`);
        const bins = picture.lanes.flatMap(lane => lane.bins);
        for (const {min, max, h, solid} of bins)
            assert.ok(min <= max && solid <= h && (min > 0) === (solid > 0));
        const highest = bins.reduce((a, b) => a.max > b.max ? a : b), middle = highest.x + highest.w / 2;
        assert.equal(pick(picture, middle, highest.y + highest.h - 1, 1).bin?.max, highest.max);
    }
});

// ---- titles ----

const TITLES = [
    ["a\u202eb\u2066c", "abc"], ["  two\n lines\u0000 ", "two lines"], ["\u200fשלום", "שלום"],
    [null, ""], [7, "7"],
    ["می\u200cخواهم", "می\u200cخواهم"],
    ["<script>alert(1)</script>", "<script>alert(1)</script>"],
];

test("titles are cleaned", () => {
    for (const [title, clean] of TITLES)
        assert.equal(cleanText(title), clean);
    assert.ok(cleanText("x".repeat(5000)).length <= 400);
});

test("titles are cut between letters", () => {
    assert.equal(fitText("abcdef", 36, "small", measure), "abcdef");
    assert.equal(fitText("abcdef", 30, "small", measure), "abcd…");
    assert.equal(fitText("e\u0301e\u0301e\u0301e\u0301", 30, "small", measure), "e\u0301e\u0301…");
    assert.equal(fitText("😀😀😀😀", 18, "small", measure), "😀😀…");
    assert.equal(fitText("abcdef", 0, "small", measure), "…");
});

test("5,000 events are laid out quickly", () => {
    const events = randomWorld(randomFrom(13), 5000, YEARS), times = [];
    for (let i = 0; i < 4; i++) {
        const begun = process.cpuUsage().user;
        layoutEvents({events, window: YEARS, width: 1300, lanes: "type", names: new Map(), measure});
        times.push((process.cpuUsage().user - begun) / 1000);
    }
    // Far above what it takes, for slow machines.
    assert.ok(Math.min(...times) < 250, `${times} ms`);
});
