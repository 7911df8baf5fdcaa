// The address of the explorer is its state: read and written again it is the same, changes touch what
// they name alone, and two fields make the date that was meant.
import assert from "node:assert/strict";
import test from "node:test";
import {changed, joinDate, listedOf, questionOf, readAddress, readingOf, splitDate, toggled, valuesOf,
    withoutPart, writeAddress} from "../../clients/web/explorer/address.js";
import {randomFrom} from "./tools.mjs";

function read(address) {
    return readAddress(new URL(address, "http://annals.example"));
}

// Addresses that stay as they are.
const FAITHFUL = [
    "/",
    "/v1/events",
    "/#e=farrukh-incident",
    "/v1/events?type=agree,assault&type__not=aid",
    "/v1/events?actor=aze&actor=tur&members=true",
    "/v1/events?q=%22peace+talks%22&date=-0043/0001",
    "/v1/events?q=a%26b%3Dc%23d%25&date=[2019,2021]",
    "/v1/events?near=40,45,20&as_of=2026-11-24T08:15:00Z#e=x_1&panel=history&at=0&lanes=none",
    "/v1/events?date=2021-06/..&when=covers&certainty=certain#e=a&panel=source&s=rzazade-2022&at=120",
    "/v1/events?nothing=known&limit=20&sort=-date#panel=relations",
];

test("what is read is written as it was", () => {
    for (const address of FAITHFUL)
        assert.equal(writeAddress(read(address)), address);
});

// Addresses, and what becomes of them.
const MENDED = [
    ["/?type=agree", "/v1/events?type=agree"],
    ["/v1/events.html?&&=&type=agree&", "/v1/events?type=agree"],
    ["/v1/events?type=agree&cursor=AQAA&format=html", "/v1/events?type=agree"],
    ["/v1/events#e=&panel=nowhere&lanes=moon&at=-1&more=1", "/v1/events"],
    ["/v1/events?lanes=actor", "/v1/events?lanes=actor#lanes=actor"],
    ["/v1/events?lanes=actor#lanes=place", "/v1/events?lanes=actor#lanes=place"],
    ["/v1/events?q=%E0%A4%A", "/v1/events?q=%E0%A4%A"],
];

test("what does not belong to a view is left out", () => {
    for (const [given, want] of MENDED)
        assert.equal(writeAddress(read(given)), want);
});

test("shapes are no part of the question, order and language only of a list", () => {
    const view = read("/v1/events?type=agree&limit=5&fields=id&sort=-date&lang=az&policy=last&as_of=2"
        + "&date=2021");
    assert.equal(questionOf(view), "type=agree&policy=last&as_of=2&date=2021");
    assert.equal(questionOf(view, "date"), "type=agree&policy=last&as_of=2");
    assert.equal(listedOf(view), "type=agree&sort=-date&lang=az&policy=last&as_of=2&date=2021");
    assert.equal(readingOf(view), "lang=az&policy=last&as_of=2");
});

// A view, what is changed in it, and the view then.
const CHANGES = [
    ["?type=agree&q=x", {q: "y z"}, "?type=agree&q=y+z"],
    ["?type=agree&q=x", {type: null, q: ""}, ""],
    ["?actor=a&actor=b&q=x", {actor: "c,d"}, "?actor=c,d&q=x"],
    ["", {q: "a&b=c#d", date: "2021/.."}, "?q=a%26b%3Dc%23d&date=2021/.."],
    ["?date=2021&when=within&certainty=certain&undated=include", {date: null}, "?undated=include"],
    ["?date=2021&when=within", {date: "2022"}, "?date=2022&when=within"],
    ["?toString=1&type=agree", {q: "x"}, "?toString=1&type=agree&q=x"],
];

test("changes touch what they name", () => {
    for (const [given, changes, want] of CHANGES)
        assert.equal(writeAddress(changed(read(`/v1/events${given}`), changes)), `/v1/events${want}`);
});

test("a value of a filter comes and goes without the others", () => {
    const steps = [["type", "agree"], ["type", "aid"], ["actor", "aze"], ["type", "agree"], ["type", "aid"],
        ["actor", "aze"]];
    const seen = steps.map((step, i) => steps.slice(0, i + 1)
        .reduce((view, [name, value]) => toggled(view, name, value), read("/v1/events?q=x")));
    assert.deepEqual(seen.map(view => questionOf(view)), [
        "q=x&type=agree", "q=x&type=agree,aid", "q=x&type=agree,aid&actor=aze", "q=x&type=aid&actor=aze",
        "q=x&actor=aze", "q=x",
    ]);
    const both = read("/v1/events?actor=a,b&actor=c");
    assert.equal(questionOf(toggled(both, "actor", "c")), "actor=a,b");
    assert.equal(questionOf(toggled(both, "actor", "d")), "actor=a,b,d&actor=c");
    assert.deepEqual(valuesOf(both, "actor"), ["a", "b", "c"]);
    assert.equal(questionOf(withoutPart(read("/v1/events?date=2021&when=within&q=x"), 0)), "q=x");
});

// A date, the fields that show it, whether a drawing can have it as its window.
const DATES = [
    ["", "", "", false],
    ["2021", "2021", "2021", true],
    ["2021/2022-06", "2021", "2022-06", true],
    ["-0043-03-15/..", "-0043-03-15", "", true],
    ["../1851", "", "1851", true],
    ["XXXX-02-24", "XXXX-02-24", "", false],
    ["[2019,2021]", "[2019,2021]", "", false],
    ["2021~/2022?", "2021~", "2022?", true],
];

test("a date stands in two fields and comes back from them", () => {
    for (const [date, from, to, plain] of DATES) {
        assert.deepEqual(splitDate(date), {from, to, plain}, date);
        assert.equal(joinDate(from, to), date);
    }
    assert.equal(joinDate("2021/2022", ""), "2021/2022");
    assert.equal(joinDate("2021", ""), "2021/..");
});

test("any values survive a link", () => {
    const random = randomFrom(5);
    const signs = [..."aZ09 ,/:;&=?#%+\"'<>[]{}~.-_é漢🐟\u200F"];
    for (let i = 0; i < 2000; i++) {
        const sign = () => signs[Math.floor(random() * signs.length)];
        const some = () => Array.from({length: 1 + random() * 8}, sign).join("");
        const [q, tag] = [some(), some()];
        const again = read(writeAddress(changed(read("/"), {q, tag})));
        assert.deepEqual(again.asked.map(part => [part.name, part.value]), [["q", q], ["tag", tag]]);
    }
});
