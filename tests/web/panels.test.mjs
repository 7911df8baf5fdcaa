// What the explorer's panels reckon: the map's projection and its circles, the coastlines, marks in
// texts, the places of a graph's boxes, and dates in words.
import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";
import {gzipSync} from "node:zlib";
import {labelLines, layOut} from "../../clients/web/explorer/graphlayout.js";
import {nested, Points, readAnnotation} from "../../clients/web/explorer/marks.js";
import {around, bounded, boxOf, clustered, eastScale, fitted, inBox, latitudeOf, moved, northing, POLE,
    project, unproject, zoomed} from "../../clients/web/explorer/projection.js";
import {dateMeaning, dayWords} from "../../clients/web/explorer/things.js";
import {annalsDate, randomFrom} from "./tools.mjs";

const SIZE = {width: 400, height: 300};

function near(a, b, what, error = 1e-6) {
    assert.ok(Math.abs(a - b) <= error, `${what}: ${a} is not ${b}`);
}

function someView(random) {
    return bounded({...SIZE, lon: random() * 360 - 180, lat: random() * 160 - 80, scale: 400 / (4
        + random() * 356)});
}

// ---- the map ----

test("northing and latitudeOf are each other's inverse, and grow", () => {
    for (let latitude = -90; latitude < 90; latitude += 0.5) {
        near(latitudeOf(northing(latitude)), latitude, "latitude");
        assert.ok(northing(latitude) < northing(latitude + 0.5));
    }
});

test("what is projected comes back, and shapes are kept around the centre of a close view", () => {
    const random = randomFrom(1);
    for (let i = 0; i < 500; i++) {
        const view = someView(random);
        const [x, y] = [random() * SIZE.width, random() * SIZE.height];
        const at = unproject(view, x, y);
        const back = project(view, at.lon, at.lat);
        if (Math.abs(at.lon - view.lon) < 180 && Math.abs(at.lat) < 89.9) {
            near(back.x, x, "x", 1e-4);
            near(back.y, y, "y", 1e-4);
        }
    }
    for (const lat of [0, 25, 40, 60, 70]) {
        const view = {...SIZE, lon: 10, lat, scale: SIZE.width / 20};
        const north = (northing(lat + 0.01) - northing(lat)) / 0.01 * view.scale;
        near(eastScale(view) / north, Math.cos(lat * Math.PI / 180), `shape at ${lat}`, 2e-3);
    }
});

test("a point under the pointer stays there while one zooms", () => {
    const random = randomFrom(2);
    for (let i = 0; i < 300; i++) {
        const view = bounded({...SIZE, lon: random() * 360 - 180, lat: random() * 60 - 30, scale: 3
            + random() * 4});
        const [x, y] = [random() * SIZE.width, random() * SIZE.height];
        const at = unproject(view, x, y);
        const back = project(zoomed(view, 1.5, x, y), at.lon, at.lat);
        near(back.x, x, "x", 0.01);
        near(back.y, y, "y", 0.01);
    }
});

test("a view stays within bounds whatever the hand does", () => {
    const random = randomFrom(3);
    let view = someView(random);
    for (let i = 0; i < 2000; i++) {
        view = random() < 0.5 ? moved(view, random() * 4000 - 2000, random() * 4000 - 2000)
            : zoomed(view, 2 ** (random() * 8 - 4), random() * 400, random() * 300);
        assert.ok(view.lon >= -180 && view.lon < 180 && Math.abs(view.lat) <= 90, JSON.stringify(view));
        assert.ok(view.scale >= Math.min(400 / 360, 300 / (2 * POLE)) - 1e-9 && view.scale <= 100,
            JSON.stringify(view));
        const [west, south, east, north] = boxOf(view).split(",").map(Number);
        assert.ok([west, east].every(one => Math.abs(one) <= 180) && south < north, boxOf(view));
    }
});

test("places fit into the view, also on both sides of the antimeridian, and one is not looked at too closely",
    () => {
    const sets = [
        [[46.8, 40], [44.5, 40.2]], [[178, -18], [-179, -17]], [[-3.7, 40.4], [37.6, 55.7], [-74, 40.7]],
        [[170, 60], [-160, 60], [150, -40]], [[0, 80], [0, -80]],
    ];
    for (const places of sets.map(set => set.map(([lon, lat]) => ({lon, lat})))) {
        const view = fitted(SIZE, places);
        for (const place of places) {
            const {x, y} = project(view, place.lon, place.lat);
            assert.ok(x >= 0 && x <= 400 && y >= 0 && y <= 300, `${JSON.stringify(place)} at ${x}, ${y}`);
            assert.ok(inBox(boxOf(view), place), `${JSON.stringify(place)} in ${boxOf(view)}`);
        }
    }
    const [west, , east] = boxOf(fitted(SIZE, [{lon: 46.8, lat: 40}])).split(",").map(Number);
    assert.ok(east - west >= 10, "one place");
    assert.equal(boxOf(fitted(SIZE, [])), "-180,-90,180,90");
    assert.deepEqual([180, -180, 540, -181].map(around), [-180, -180, -180, 179]);
});

test("no place is lost in the circles, and those that stand apart are", () => {
    const random = randomFrom(4);
    const places = Array.from({length: 100}, (_, i) => ({id: i, lon: random() * 20 + 40, lat: random() * 20
        + 30,
        count: 1 + Math.floor(random() * 50)}));
    for (const factor of [1, 4, 16]) {
        const view = zoomed(fitted(SIZE, places), factor, 200, 150);
        const circles = clustered(view, places, count => 4 + 2 * Math.sqrt(count));
        assert.equal(circles.flatMap(one => one.places).length, 100);
        assert.equal(circles.reduce((sum, one) => sum + one.count, 0), places.reduce((sum, one) => sum
            + one.count, 0));
        assert.ok(circles.every(one => one.r > 0 && Number.isFinite(one.x) && Number.isFinite(one.y)));
    }
    const far = [{lon: 0, lat: 0, count: 1}, {lon: 100, lat: 0, count: 5}];
    assert.deepEqual(clustered(fitted(SIZE, []), far, () => 5).map(one => one.count), [5, 1]);
});

// ---- coastlines ----

const coast = JSON.parse(readFileSync(new URL("../../clients/web/coast.json", import.meta.url)));

function* cornersOf([x, y, steps]) {
    yield [x / coast.grid, y / coast.grid];
    for (let i = 0; i < steps.length; i += 2) {
        x += steps.charCodeAt(i) - 80;
        y += steps.charCodeAt(i + 1) - 80;
        yield [x / coast.grid, y / coast.grid];
    }
}

const rings = coast.rings.map(ring => [...cornersOf(ring)]);

function isLand(lon, lat) {
    let within = false;
    for (const ring of rings)
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
            const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
            if (ay > lat !== by > lat && lon < (bx - ax) * (lat - ay) / (by - ay) + ax)
                within = !within;
        }
    return within;
}

test("land is land, sea is sea, no line runs across the world, and it is small", () => {
    const land = [[-3.7, 40.4], [46, 40.5], [-175, 66.6], [178.5, 66.5], [0, -85], [-60, -3], [134, -25],
        [-42, 72], [178, -17.8]];
    const sea = [[-30, 30], [51, 41.5], [35, 43], [18, 38], [-160, 0], [179, 0], [90, -10], [-179, 60],
        [5, 57]];
    for (const [lon, lat] of land)
        assert.ok(isLand(lon, lat), `land at ${lon}, ${lat}`);
    for (const [lon, lat] of sea)
        assert.ok(!isLand(lon, lat), `sea at ${lon}, ${lat}`);
    for (const ring of rings)
        for (const [i, [x, y]] of ring.entries()) {
            assert.ok(Math.abs(x) <= 180 && Math.abs(y) <= 90, `${x}, ${y}`);
            const [nextX, nextY] = ring[(i + 1) % ring.length];
            assert.ok(Math.abs(nextX - x) < 90 || y === -90 && nextY === -90,
                `${x}, ${y} to ${nextX}, ${nextY}`);
        }
    assert.ok(gzipSync(JSON.stringify(coast), {level: 9}).length < 24_000);
});

// ---- marks ----

test("a text is cut by code points, wherever it is", () => {
    const random = randomFrom(5);
    const letters = ["a", "😀", "𝔊", "ə", "\n", "👩‍👩‍👧", "ש"];
    const text = Array.from({length: 6000}, () => letters[Math.floor(random() * letters.length)]).join("");
    const all = [...text];
    const points = new Points(text);
    assert.equal(points.length, all.length);
    for (let i = 0; i < 400; i++) {
        const start = Math.floor(random() * all.length);
        const end = Math.min(all.length, start + Math.floor(random() * 5000));
        assert.equal(points.slice(start, end), all.slice(start, end).join(""), `${start} to ${end}`);
    }
    assert.equal(new Points("").length, 0);
    assert.equal(points.slice(all.length, all.length + 9), "");
});

function pieces(node, found) {
    let at = node.start;
    for (const inner of node.inside) {
        assert.ok(inner.start >= at && inner.end <= node.end && inner.start < inner.end,
            "within, one after the other");
        if (node.of)
            assert.ok(inner.of.end - inner.of.start <= node.of.end - node.of.start,
                "the smaller stands inside");
        found.set(inner.of, [...found.get(inner.of) ?? [], [inner.start, inner.end]]);
        pieces(inner, found);
        at = inner.end;
    }
    return found;
}

test("every annotation is marked from its start to its end, however they overlap", () => {
    const random = randomFrom(6);
    for (let round = 0; round < 300; round++) {
        const annotations = Array.from({length: 1 + Math.floor(random() * 12)}, (_, id) => {
            const start = Math.floor(random() * 40);
            return {id, start, end: start + 1 + Math.floor(random() * 20)};
        });
        const found = pieces(nested(annotations, 5, 45), new Map());
        for (const one of annotations) {
            const want = [Math.max(5, one.start), Math.min(45, one.end)];
            const got = (found.get(one) ?? []).sort((a, b) => a[0] - b[0]);
            if (want[0] >= want[1]) {
                assert.deepEqual(got, []);
                continue;
            }
            assert.deepEqual([got[0][0], got.at(-1)[1]], want);
            for (let i = 1; i < got.length; i++)
                assert.equal(got[i][0], got[i - 1][1], "no gap between its pieces");
        }
    }
});

test("hostile heaps of annotations are bounded", () => {
    const crossing = Array.from({length: 400}, (_, i) => ({start: i, end: i + 1000}));
    let count = 0;
    const walk = node => node.inside.forEach(one => { count++; walk(one); });
    walk(nested(crossing, 0, 2000));
    assert.ok(count >= 400 && count <= 10_000, `${count} marks`);
});

test("an annotation says where it stands and what it speaks of", () => {
    const body = (source, supports) => ({type: "SpecificResource", source, ...supports
        && {"annals:supports": supports}});
    const one = readAnnotation({
        target: {selector: [{type: "TextPositionSelector", start: 3, end: 7}, {type: "annals:DigestSelector",
            digest: "ab"}]},
        body: [body("/v1/events/a-b", "date"), body("/v1/events/a-b", "title"), body("/v1/actors/aze"),
            body("https://elsewhere")],
    });
    assert.deepEqual(one, {start: 3, end: 7, digest: "ab", bodies: [
        {kind: "events", id: "a-b", supports: ["date", "title"]}, {kind: "actors", id: "aze",
            supports: []}]});
    assert.deepEqual(readAnnotation({target: {selector: {type: "TextPositionSelector", start: 0,
        end: 1}}}).bodies, []);
});

// ---- the graph ----

function graphOf(random, count) {
    const nodes = Array.from({length: count}, (_, i) => ({id: `e${i}`, title: `Event ${i}`, distance: i === 0
        ? 0 : 1 + i % 3,
        date: random() < 0.1 ? null
            : {earliest: `${random() < 0.2 ? "-0" : "1"}${100 + Math.floor(random() * 899)}-01-01`}}));
    const edges = Array.from({length: count * 2}, () => ({from: `e${Math.floor(random() * count)}`,
        to: `e${Math.floor(random() * count)}`, type: "alleged_breach_of"}));
    return {event: "e0", nodes, edges};
}

test("boxes do not overlap, time runs from left to right, and what is left out is counted", () => {
    const random = randomFrom(7);
    for (const count of [1, 2, 3, 9, 40, 60, 300]) {
        const graph = graphOf(random, count);
        const drawn = layOut(graph, 500);
        assert.equal(drawn.boxes.length + drawn.left, count);
        assert.ok(drawn.boxes.length <= 40 && drawn.boxes.some(box => box.node.id === "e0"));
        for (const [i, a] of drawn.boxes.entries()) {
            assert.ok(a.x >= 0 && a.y >= 0 && a.x + a.w <= drawn.width && a.y + a.h <= drawn.height,
                "within");
            for (const b of drawn.boxes.slice(i + 1))
                assert.ok(a.x >= b.x + b.w || b.x >= a.x + a.w || a.y >= b.y + b.h || b.y >= a.y + a.h,
                    "apart");
        }
        const year = ({date}) => Number(/^-?\d+/.exec(date.earliest)[0]);
        const [middle] = drawn.boxes.filter(box => box.node.id === "e0");
        if (middle.node.date)
            for (const box of drawn.boxes.filter(one => one.node.date && one !== middle))
                assert.equal(box.x < middle.x, year(box.node) <= year(middle.node),
                    `${box.node.date.earliest}`);
        assert.ok(drawn.lines.every(({path}) => !path.includes("NaN")));
    }
});

test("the words of a relation fit between two columns", () => {
    assert.deepEqual(labelLines("alleged_breach_of"), ["alleged", "breach of"]);
    assert.deepEqual(labelLines("follows"), ["follows"]);
    assert.ok(labelLines("a_".repeat(60)).length <= 3);
    assert.ok(labelLines("x".repeat(100))[0].length < 20);
});

// ---- dates ----

test("dates say what they leave open", () => {
    const table = [
        ["2022-03-24", "on 24 March 2022"],
        ["-0043-03-15", "on 15 March 44 BCE"],
        ["0000-01-01", "on 1 January 1 BCE"],
        ["2021-03", "at some time between 1 March 2021 and 31 March 2021"],
        ["1846~", "at some time between 1 January 1846 and 31 December 1846; approximate"],
        ["2021-12-01/..", "begins 1 December 2021, ends open"],
        ["../1991-12-26", "begins nobody says when, ends 26 December 1991"],
        ["2021-03/2021-05",
            "begins between 1 March 2021 and 31 March 2021, ends between 1 May 2021 and 31 May 2021"],
        ["2021-05-12/", "begins 12 May 2021, ends not earlier than 12 May 2021"],
    ];
    const meanings = annalsDate(table.map(([edtf]) => edtf));
    table.forEach(([edtf, words], i) => assert.equal(dateMeaning(meanings[i]), words, edtf));
    assert.equal(dayWords("2022-02-24T05:07:00"), "24 February 2022, 05:07");
    assert.equal(dayWords("Y170000002-12-31"), "31 December 170000002");
    assert.equal(dayWords("what"), "what");
});
