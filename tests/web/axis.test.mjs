// Ticks: for known windows the words, for random ones that they are readable.
import assert from "node:assert/strict";
import test from "node:test";
import {axisTicks} from "../../clients/web/timeline/axis.js";
import {parseBound} from "../../clients/web/timeline/civil.js";
import {randomFrom} from "./tools.mjs";

// What fits into seconds of 64 bits.
const FARTHEST = 106751991167300;
const measure = text => text.length * 7;

// From, to, width, the labels that are shown, * before those of coarser units.
const WINDOWS = [
    ["1846", "1850", 620, "*1846| Jul| *1847| Jul| *1848| Jul| *1849| Jul| *1850| Jul"],
    ["-0299", "0199", 700, "300 BCE| 200 BCE| 150 BCE| 100 BCE| 50 BCE| *1 CE| 50 CE| 100 CE| 150 CE"],
    ["-0003", "0000", 500, "*4 BCE| Jul| *3 BCE| Jul| *2 BCE| Jul| *1 BCE| Jul"],
    ["2019-04-14", "2019-05-13", 300, "15 Apr 2019| 29 Apr| 6 May| 13 May"],
    ["2019-12-30", "2020-01-04", 400, "30 Dec 2019| *1 Jan 2020| 2 Jan| 3 Jan| 4 Jan"],
    ["2019-04-14T23:00:00", "2019-04-15T00:59:59", 400, "23:00, 14 Apr 2019| *15 Apr| 00:30| 01:00"],
    ["2019-04-14T09:00:00", "2019-04-14T09:59:59", 400, "09:00, 14 Apr 2019| 09:30| 10:00"],
    ["2019-04-14T09:00:00", "2019-04-14T09:00:01", 400, "09:00:00, 14 Apr 2019| 09:00:01| 09:00:02"],
    ["Y-4500000000", "2000", 600,
        "4,000 million BCE| 3,000 million BCE| 2,000 million BCE| 1,000 million BCE| *1 CE"],
];

test("the words of known windows", () => {
    for (const [from, to, width, words] of WINDOWS) {
        const ticks = axisTicks({from: parseBound(from, false), to: parseBound(to, true)}, width, measure);
        const said = ticks.filter(tick => tick.label).map(tick => `${tick.major ? "*" : ""}${tick.label}`);
        assert.equal(said.join("| "), words, `${from} to ${to}`);
    }
});

test("in random windows there are ticks, in order, and no two words meet", () => {
    const random = randomFrom(5);
    for (let i = 0; i < 3000; i++) {
        const span = 10 ** (-5 + random() * 18), middle = (random() - 0.7) * 10 ** (random() * 13);
        const half = Math.max(span / 2, Math.abs(middle) * 1e-11);
        const window = {from: middle - half, to: middle + half}, width = 200 + random() * 2000;
        const ticks = axisTicks(window, width, measure), where = JSON.stringify([window, width, ticks]);
        assert.ok(ticks.length >= 1 && ticks.length <= 128, where);
        let end = -Infinity, last = -Infinity;
        for (const tick of ticks) {
            assert.ok(tick.x >= -1e-6 && tick.x <= width && tick.x > last, where);
            last = tick.x;
            if (!tick.label)
                continue;
            assert.ok(tick.left >= Math.max(0, end + 5) && tick.left + tick.width <= width + 1e-6, where);
            assert.ok(tick.left <= tick.x + 1e-6 && tick.x <= tick.left + tick.width + 1e-6, where);
            end = tick.left + tick.width;
        }
        assert.ok(ticks.some(tick => tick.label), where);
    }
});

test("at the ends of what can be stored", () => {
    for (const at of [-FARTHEST, FARTHEST])
        for (const span of [1e4, 1e9, FARTHEST])
            assert.ok(axisTicks({from: at - span, to: at + span}, 600, measure).length >= 1);
});

test("on the narrowest line there is one word", () => {
    const ticks = axisTicks({from: 18000, to: 18001}, 3, measure);
    assert.equal(ticks.length, 1);
});
