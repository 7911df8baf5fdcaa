// What several tests need: what `annals date` says of dates, and random numbers that are the same
// every time.
import assert from "node:assert/strict";
import {execFileSync} from "node:child_process";
import {makeSpan} from "../../clients/web/timeline/span.js";

// One object for each date, see docs/reference/dates.md.
export function annalsDate(dates) {
    const input = `${dates.join("\n")}\n`;
    const said = execFileSync(process.env.ANNALS, ["date", "-"], {input, encoding: "utf8"});
    const lines = said.trimEnd().split("\n").map(line => JSON.parse(line));
    assert.equal(lines.length, dates.length);
    return lines;
}

// Numbers from 0 to below 1 (mulberry32).
export function randomFrom(seed) {
    let state = seed | 0;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

// An event as the timeline keeps it.
export function eventOf(id, date, more = {}) {
    const usual = {title: `Event ${id}`, type: "agree", disputed: [], participants: [], places: []};
    return {id, date, span: makeSpan(date), ...usual, ...more};
}
