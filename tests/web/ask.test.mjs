// What a timeline asks for: how it reads an address, which range it loads around a window, and which
// stretch it shows of a store.
import assert from "node:assert/strict";
import test from "node:test";
import {nearOf, rangeAround, readSource} from "../../clients/web/timeline/ask.js";
import {randomFrom} from "./tools.mjs";

const A = "https://a.example/page";

// Address, base, and what it is read as: root, filters, date.
const ADDRESSES = [
    ["/v1/events", A, "https://a.example", [], ""],
    ["/v1/events.csv?actor=aze,tur&limit=5", A, "https://a.example", ["actor=aze,tur"], ""],
    ["https://b.example/deep/v1/events?q=a+b&q=c", A, "https://b.example/deep", ["q=a+b", "q=c"], ""],
    ["https://b.example:8080/?as_of=3", A, "https://b.example:8080", ["as_of=3"], ""],
    ["/v1/events?date=2020/2021&when=within&lanes=actor", A, "https://a.example",
        ["when=within"], "2020/2021"],
    ["/v1/events?date=1846~%2F..&type__not=consult&&", A, "https://a.example",
        ["type__not=consult"], "1846~/.."],
    ["?policy=source:x&date_x=1&known_at=2021", "https://a.example/v1/events", "https://a.example",
        ["policy=source:x", "date_x=1", "known_at=2021"], ""],
];

test("addresses are read as they are meant", () => {
    for (const [src, base, root, filters, date] of ADDRESSES)
        assert.deepEqual(readSource(src, base), {root, filters, date}, src);
});

test("a range holds its window with a margin and rarely changes", () => {
    const random = randomFrom(5);
    for (let turn = 0; turn < 2000; turn++) {
        const from = (random() - 0.5) * 10 ** (random() * 13);
        const span = Math.max(10 ** (random() * 17 - 5), Math.abs(from) * 1e-11);
        const window = {from, to: from + span}, range = rangeAround(window);
        const most = 3.1 * span + 3 / 86400 + Math.abs(from) * 1e-12;
        const what = `${JSON.stringify(window)}: ${JSON.stringify(range)}`;
        assert.ok(range.from <= from - span * 0.49 && range.to >= window.to + span * 0.49, what);
        assert.ok(range.to - range.from <= most, what);
    }
    const seen = new Set();
    for (let shift = 0; shift < 100; shift++)
        seen.add(JSON.stringify(rangeAround({from: 1000 + shift, to: 1100 + shift})));
    assert.ok(seen.size <= 8, `${seen.size} ranges for a pan over one window`);
});

// Counts of the buckets 2000, 2001, …; how many may be left out on each side; first and last year kept.
const COUNTS = [
    ["all the same", [5, 5, 5, 5], 0, 2000, 2003],
    ["one far away", [1, 0, 0, 0, 0, 0, 9, 8, 9], 1, 2006, 2008],
    ["one far away, but none may go", [1, 0, 0, 0, 0, 0, 9, 8, 9], 0, 2000, 2008],
    ["far away on both sides, and little so", [1, 5, 9, 8, 9, 7, 8, 1], 1, 2000, 2007],
    ["far away on both sides", [2, 0, 0, 30, 40, 0, 0, 1], 2, 2003, 2004],
    ["what goes on for ever does not count", [1, 1, 1, 9, 8, 3, 3, 3, 3], 0, 2003, 2004],
    ["a bucket alone", [7], 3, 2000, 2000],
    ["few enough to leave out all", [1, 2, 1], 99, 2000, 2002],
];

test("the stretch that is shown leaves out what is far away", () => {
    for (const [what, counts, few, first, last] of COUNTS) {
        const buckets = counts.map((max, i) => ({from: 2000 + i, to: 2001 + i, max}));
        const want = {from: first, to: last + 1};
        assert.deepEqual(nearOf(buckets, few), want, what);
    }
});
