// What is drawn of a date, against what `annals date` says that the date means.
import assert from "node:assert/strict";
import test from "node:test";
import {parseBound} from "../../clients/web/timeline/civil.js";
import {fateOf, makeSpan, meets, OPEN, scaleOf, UNKNOWN} from "../../clients/web/timeline/span.js";
import {annalsDate} from "./tools.mjs";

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
        const side = known => ({[OPEN]: "o", [UNKNOWN]: "u"})[known] ?? "";
        assert.equal(`${side(span.before)}-${side(span.after)}`
            + (span.rough ? "~" : ""), signs, edtf);
        assert.equal(span.from, date.earliest ? parseBound(date.earliest, false) : -Infinity, edtf);
        assert.equal(span.to, date.latest ? parseBound(date.latest, true) : Infinity, edtf);
        assert.equal(span.sure !== null, certain !== null, edtf);
        if (!certain)
            continue;
        const [from, to] = [certain[0] === ".." ? -Infinity : parseBound(certain[0], false),
            certain[1] === ".." ? Infinity : parseBound(certain[1], true)];
        const near = (a, b) => a === b || Math.abs(a - b) <= second;
        assert.ok(near(span.sure.from, from), `${edtf}: from ${span.sure.from}, not ${from}`);
        assert.ok(near(span.sure.to, to), `${edtf}: to ${span.sure.to}, not ${to}`);
    }
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

test("what is as long as a day, and no longer", () => {
    for (const [edtf, day] of [["1848-05-12", true], ["1848-05-12T09:30:00", true], ["1848-05", false]])
        assert.equal(makeSpan(annalsDate([edtf])[0]).day, day, edtf);
});

test("a stretch meets a window that it shares more than an edge with", () => {
    for (const [from, to, answer] of [[0, 1, false], [0, 2, true], [2, 3, true], [4, 5, false], [0, 9, true]])
        assert.equal(meets({from, to}, {from: 1, to: 4}), answer, `${from} to ${to}`);
    assert.equal(meets(null, {from: 1, to: 4}), false);
});

test("days stand within the width", () => {
    const at = scaleOf({from: 10, to: 20}, 200);
    assert.deepEqual([-Infinity, 10, 15, 20, Infinity].map(at), [0, 0, 100, 200, 200]);
});
