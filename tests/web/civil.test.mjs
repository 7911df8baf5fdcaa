// Day numbers and the civil calendar, against known days, against themselves, and against the dates
// of Annals.
import assert from "node:assert/strict";
import test from "node:test";
import {civilFromDays, daysFromCivil, parseBound, partsOf, rangeText, rangeWords, YEAR_DAYS, yearWords}
    from "../../clients/web/timeline/civil.js";
import {annalsDate, randomFrom} from "./tools.mjs";

const KNOWN = [
    ["1970-01-01", 0], ["1969-12-31", -1], ["2000-02-29", 11016], ["2000-03-01", 11017],
    ["1582-10-15", -141427], ["1900-03-01", -25508], ["0001-01-01", -719162],
    ["0000-03-01", -719468], ["0000-01-01", -719528],
    ["-0043-03-15", -735160], ["-4713-11-24", -2440588], ["+12345-06-07", 3789548], ["-9999-01-01", -4371587],
];

function daysInMonth(year, month) {
    return daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);
}

test("known days", () => {
    for (const [text, day] of KNOWN) {
        assert.equal(parseBound(text, false), day, text);
        assert.equal(parseBound(text, true), day + 1, text);
        const [year, month, ofMonth] = civilFromDays(day);
        assert.equal(daysFromCivil(year, month, ofMonth), day, text);
        assert.equal(rangeText(day, day + 1), Math.abs(year) > 9999 ? `Y${year}` : text);
    }
});

test("days there and back, over all that fits into 64 bits of seconds", () => {
    const random = randomFrom(1);
    for (let i = 0; i < 300000; i++) {
        const day = Math.floor((random() - 0.5) * 10 ** (1 + random() * 13.3));
        const [year, month, ofMonth, second] = civilFromDays(day);
        assert.equal(daysFromCivil(year, month, ofMonth), day);
        assert.ok(month >= 1 && month <= 12 && ofMonth >= 1 && ofMonth <= daysInMonth(year, month), `${day}`);
        assert.equal(second, 0);
    }
});

test("each day follows the one before, over four centuries around the year 0", () => {
    let last = civilFromDays(-719528 - 146097 / 2 - 0.5);
    for (let day = -719528 - 73048; day < -719528 + 73050; day++) {
        const next = civilFromDays(day), within = next[2] === last[2] + 1 && next[1] === last[1];
        const begins = next[2] === 1 && last[2] === daysInMonth(last[0], last[1]);
        assert.ok(within || begins, JSON.stringify([last, next]));
        last = next;
    }
});

test("seconds keep their place", () => {
    const random = randomFrom(2);
    for (let i = 0; i < 50000; i++) {
        const day = Math.floor((random() - 0.5) * 1e8), second = Math.floor(random() * 86400);
        assert.equal(civilFromDays(day + second / 86400)[3], second);
        assert.equal(Math.floor(day + second / 86400), day);
    }
});

// One of each form of docs/reference/dates.md that has bounds.
const FORMS = [
    "1994", "1994-05", "1994-05-12", "1994-05-12T09:30:00", "1994-05-12T23:59:59Z", "0000-02-29",
    "-0043-03-15", "-0043", "-9999", "9999", "Y170000002", "Y-12000", "Y10000", "Y-292277022656",
    "Y292277026595", "1945-24", "1945-33", "199X", "19XX", "1994-XX-XX", "1950S2", "2004-06~-11",
    "1X55-XX-3X", "[1667,1668,1670..1672]", "1994-05-12/1995",
    "2019-12-31T00:00:00/2020-01-01T00:00:01", "-0999-12/0001-01",
];

test("bounds of every form are read, and written so that they mean the same", () => {
    const dates = annalsDate(FORMS), windows = [];
    for (const {edtf, earliest, start_latest, end_earliest, latest} of dates) {
        const e = parseBound(earliest, false), s = parseBound(start_latest, true);
        const f = parseBound(end_earliest, false), l = parseBound(latest, true);
        assert.ok(e < s && s <= l && e <= f && f < l, `${edtf}: ${[e, s, f, l]}`);
        windows.push([e, l]);
    }
    const again = annalsDate(windows.map(([from, to]) => rangeText(from, to)));
    for (const [i, {edtf, valid, earliest, latest}] of again.entries()) {
        assert.ok(valid, edtf);
        assert.deepEqual([earliest, latest], [dates[i].earliest, dates[i].latest], `${FORMS[i]} as ${edtf}`);
    }
});

test("what is no bound is NaN", () => {
    const none = [null, undefined, "", "x", "194", "1994-5-1", "1994-05-12T9:00:00", "1994/1995", "<script>",
        "Y", "12345678901234567890x"];
    for (const text of none)
        assert.ok(Number.isNaN(parseBound(text, false)), `${text}`);
});

test("random windows are valid dates of Annals and hold the window", () => {
    const random = randomFrom(3), windows = [];
    for (let i = 0; i < 500; i++) {
        const from = (random() - 0.6) * 10 ** (2 + random() * 7), to = from + 10 ** (-4 + random() * 8);
        windows.push([from, to]);
    }
    const said = annalsDate(windows.map(([from, to]) => rangeText(from, to)));
    for (const [i, {edtf, valid, earliest, latest}] of said.entries()) {
        const [from, to] = windows[i], slack = 1.01 / 86400;
        assert.ok(valid, edtf);
        assert.ok(parseBound(earliest, false) <= from + slack && parseBound(latest, true) >= to - slack,
            `${edtf} for ${from} to ${to}`);
    }
});

const YEARS = [
    [1848, "1848"], [476, "476 CE"], [0, "1 BCE"], [-43, "44 BCE"], [1, "1 CE"], [-99, "100 BCE"],
    [9999, "9999"], [12000, "12,000"], [-11999, "12,000 BCE"], [-1234566, "1,234,567 BCE"],
    [-1199999, "1.2 million BCE"], [-13799999999, "13,800 million BCE"], [1e9, "1,000 million"],
];

test("years in words", () => {
    for (const [year, words] of YEARS)
        assert.equal(yearWords(year), words);
});

const RANGES = [
    ["1846-01-01", "1850-12-31", "1846 to 1850"], ["1848-01-01", "1848-12-31", "1848"],
    ["1848-03-01", "1848-03-31", "Mar 1848"], ["1848-03-03", "1848-04-09", "3 Mar 1848 to 9 Apr 1848"],
    ["-0099-01-01", "0099-12-31", "100 BCE to 99 CE"], ["-0043-03-15", "-0043-03-15", "15 Mar 44 BCE"],
    ["1848-03-03T09:30:00", "1848-03-03T11:29:59", "09:30, 3 Mar 1848 to 11:29, 3 Mar 1848"],
    ["1846-03-02", "1899-03-05", "1846 to 1899"],
];

test("windows in words", () => {
    for (const [from, to, words] of RANGES)
        assert.equal(rangeWords(parseBound(from, false), parseBound(to, true)), words);
    const deep = rangeWords(-4.5e9 * YEAR_DAYS, 0);
    assert.match(deep, /^4,499,998,0\d\d BCE to 1969$/);
});
