// What is drawn of a date, against what `annals date` says that the date means.
import assert from "node:assert/strict";
import test from "node:test";
import {parseBound} from "../../clients/web/timeline/civil.js";
import {accountSpans, fateOf, isPoint, makeSpan, spanOf} from "../../clients/web/timeline/span.js";
import {annalsDate, eventOf} from "./tools.mjs";

// EDTF, the certain stretch (first and last day; null: none) and signs: o open, u unknown (before or
// after the dash: at the start or the end), ~ approximate or uncertain.
const DATES = [
    ["1994-05-12", null, "-"],
    ["1994-05", null, "-"],
    ["184X", null, "-"],
    ["1994-05-12/1994-05-20", ["1994-05-12", "1994-05-20"], "-"],
    ["1994-05/1996-07", ["1994-06-01", "1996-06-30"], "-"],
    ["1994-05/1994-06", ["1994-06-01", "1994-05-31"], "-"],
    ["1994-05-12/1996", ["1994-05-12", "1995-12-31"], "-"],
    ["1994-05/..", ["1994-06-01", ".."], "-o"],
    ["1994-05-12~/..", ["1994-05-12", ".."], "-o~"],
    ["1994-05/", null, "-u"],
    ["../1994-05-12", ["..", "1994-05-12"], "o-"],
    ["/1994-05-12", null, "u-"],
    ["../..", ["..", ".."], "o-o"],
    ["/..", null, "u-o"],
    ["../", null, "o-u"],
    ["[1667,1669]", null, "-"],
    ["{1667,1669}", null, "-"],
    ["[1960..]", null, "-o"],
    ["[..1960]", null, "o-"],
    ["2021-XX-05", null, "-"],
    ["XXXX-02-24", null, "-"],
    ["-0043-03-15?", null, "-~"],
    ["-0058/-0050", ["-0057-01-01", "-0051-12-31"], "-"],
    ["Y-12000", null, "-"],
    ["1994-05-12T09:30:00", null, "-"],
    ["1994-05-12T09:30:00/1994-05-14T10:00:00", ["1994-05-12T09:30:00", "1994-05-14T10:00:00"], "-"],
];

test("certain stretches and signs", () => {
    const second = 1.5 / 86400;
    for (const [i, date] of annalsDate(DATES.map(([edtf]) => edtf)).entries()) {
        const [edtf, certain, signs] = DATES[i], span = makeSpan(date);
        const side = (open, unknown) => open ? "o" : unknown ? "u" : "";
        assert.equal(`${side(span.openStart, span.unknownStart)}-${side(span.openEnd, span.unknownEnd)}`
            + (span.rough ? "~" : ""), signs, edtf);
        assert.equal(span.from, date.earliest ? parseBound(date.earliest, false) : -Infinity, edtf);
        assert.equal(span.to, date.latest ? parseBound(date.latest, true) : Infinity, edtf);
        assert.equal(span.sure, certain !== null, edtf);
        if (!certain)
            continue;
        const [from, to] = [certain[0] === ".." ? -Infinity : parseBound(certain[0], false),
            certain[1] === ".." ? Infinity : parseBound(certain[1], true)];
        const near = (a, b) => a === b || Math.abs(a - b) <= second;
        assert.ok(near(span.sureFrom, from), `${edtf}: from ${span.sureFrom}, not ${from}`);
        assert.ok(near(span.sureTo, to), `${edtf}: to ${span.sureTo}, not ${to}`);
    }
});

test("what is no date is none", () => {
    assert.equal(spanOf(eventOf("a", null)), null);
    assert.equal(spanOf(eventOf("b", undefined)), null);
    const odd = {edtf: "x", earliest: "<b>", start_latest: "y", end_earliest: 5, latest: {}};
    assert.equal(spanOf(eventOf("c", odd)), null);
});

// EDTF, window, what becomes of it.
const FATES = [
    ["1848-05-12", "1846", "outside"], ["1846", "1847", "outside"], ["1847", "1847", "inside"],
    ["184X", "1846", "wide"], ["184X", "1846/1850", "inside"], ["18XX", "1846/1850", "wide"],
    ["1840/1860", "1848", "inside"], ["1848", "1848-03-05", "wide"], ["1840/..", "1848", "inside"],
    ["1840/", "1848", "wide"], ["/1860", "1848", "wide"], ["1848-02/", "1848", "inside"],
    ["1848-05", "1848-05-01", "wide"],
];

test("inside, outside, or dated only to a wider period", () => {
    const said = annalsDate(FATES.flatMap(([edtf, window]) => [edtf, window]));
    for (const [i, [edtf, window, fate]] of FATES.entries()) {
        const span = makeSpan(said[2 * i]), {from, to} = makeSpan(said[2 * i + 1]);
        assert.equal(fateOf(span, {from, to}), fate, `${edtf} in ${window}`);
    }
});

test("a day is a point in a window of more than three days", () => {
    const [day, month] = annalsDate(["1848-05-12", "1848-05"]).map(makeSpan);
    assert.equal(isPoint(day, {from: 0, to: 3}), false);
    assert.equal(isPoint(day, {from: 0, to: 3.01}), true);
    assert.equal(isPoint(month, {from: 0, to: 1e6}), false);
});

test("the accounts of an event whose date is disputed", () => {
    const [a, b] = annalsDate(["1848-05-12", "1848-06"]), one = {date: a}, other = {date: b};
    const accounts = [one, other, one, {date: null}], ends = spans => spans.map(({from, to}) => [from, to]);
    const spans = accountSpans(eventOf("e", a, {disputed: ["date"], accounts}));
    assert.deepEqual(ends(spans), ends([makeSpan(a), makeSpan(b)]));
    assert.deepEqual(accountSpans(eventOf("e", a, {disputed: ["type"], accounts: [one, other]})), []);
    assert.deepEqual(accountSpans(eventOf("e", a, {disputed: ["date"], accounts: 2})), []);
});
