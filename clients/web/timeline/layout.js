/*
 * Where everything of a drawing stands, before a pixel of it is painted: lanes, events in rows, what
 * can only be counted, and the axis. Pure: nothing here knows of a page.
 *
 * A picture is {density, width, height, window, plot, lanes, axis, placed, more, wide, outside,
 * undated}; density is "text", "marks" or "bins". Of events, placed + more + wide + outside + undated
 * are all there are.
 * measure(text, font) is the width of a text; font is "label", "small" or "bold", see paint.js.
 */
import {axisTicks} from "./axis.js";
import {parseBound} from "./civil.js";
import {laneOf, settleLanes} from "./lanes.js";
import {fitText, makeMark, MARKS, pack, TEXT} from "./pack.js";
import {fateOf, scaleOf, spanOf} from "./span.js";

export const AXIS_HIGH = 26;
const FOOT_HIGH = 12; // ticks of what has no room
const LANE_GAP = 3;
const HEAD_EDGE = 8;
const TICK_WIDTH = 4;
const TICK_RISE = 2;
const LEAST_BINS = 22;
const MOST_BINS = 72;
const USUAL_BINS = 300;
const MOST_LANES = 12;
const USUAL_ROWS = 20;
// A title takes about so much. Where there are so many times more events than room, none has one.
const USUAL_LABEL = 150;
const TOO_MANY = 3;
const CROWDED = 0.28;

// ---- events ----

// The events of each lane that are in the window, and what becomes of the others.
function gather({events, window, lanes: by, selected}) {
    const lanes = new Map(), counts = {undated: 0, outside: 0};
    for (const event of events) {
        const span = spanOf(event), fate = span ? fateOf(span, window) : "undated";
        const [id, name] = laneOf(event, by);
        if (!lanes.has(id))
            lanes.set(id, {id, name, count: 0, inside: [], wider: []});
        const lane = lanes.get(id);
        lane.count++;
        if (fate === "inside" || (fate === "wide" && event.id === selected))
            lane.inside.push(event);
        else if (fate === "wide")
            lane.wider.push(event);
        else
            counts[fate]++;
    }
    const list = [...lanes.values()];
    // Where there is nothing else, they are the picture.
    if (list.every(lane => lane.inside.length === 0))
        for (const lane of list)
            [lane.inside, lane.wider] = [lane.wider, []];
    return [list, counts];
}

// One more row for each in turn, until all have what they need or the total is reached.
function shareRows(needs, total) {
    const rows = needs.map(need => Math.min(need, 1));
    let left = total - rows.length;
    for (let turn = 1; turn < total; turn++)
        for (const [i, need] of needs.entries())
            if (need > turn && left-- > 0)
                rows[i]++;
    return rows;
}

// The name of a lane stands in its first row, and room is left there for what is to be said of it.
function makeHead({name, inside, wide}, {width, measure}) {
    const text = fitText(name, width / 2, "bold", measure), w = measure(text, "bold");
    const notes = eventNotes({wide, more: inside.length}).map(note => measure(note, "small") + 2 * HEAD_EDGE);
    const note = notes.find(one => one <= width / 4) ?? notes.at(-1);
    const taken = [{from: 0, to: w && w + 2 * HEAD_EDGE}, {from: width - note, to: width}];
    return {x: HEAD_EDGE, w, text, taken};
}

// Packs all lanes into rows, two at least where these are needed, and as many as there is room for.
function packLanes(lanes, options, style, high) {
    const {window, width, previous, hold} = options, same = previous?.density === style.density;
    const room = {...options, share: 1, style};
    if (same)
        room.former = new Map(previous.lanes.flatMap(({placed}) =>
            placed.map(mark => [mark.event.id, mark.row])));
    const total = Math.max(2 * lanes.length, Math.floor(high / style.row));
    const packed = lanes.map(lane => {
        const marks = lane.inside.map(event => makeMark(event, spanOf(event), window, width, style));
        lane.head = makeHead(lane, options);
        return {marks, ...pack(marks, total - lanes.length + 1, {...room, taken: lane.head.taken})};
    });
    const needs = packed.map(({used, rest}) => rest.length > 0 ? total : used);
    const kept = hold && same && previous.lanes.length === lanes.length;
    const rows = kept ? previous.lanes.map(lane => lane.rows) : shareRows(needs, total);
    for (const [i, lane] of lanes.entries()) {
        const {marks} = packed[i];
        const done = needs[i] <= rows[i] ? packed[i]
            : pack(marks, rows[i], {...room, share: CROWDED, taken: lane.head.taken});
        Object.assign(lane, done, {rows: rows[i], row: style.row, more: done.rest.length, bins: []});
    }
}

// With titles, or as dots and bars where these are too many for it. The lanes are packed then.
function packBest(lanes, options) {
    const {width, height} = options, all = lanes.reduce((sum, {inside}) => sum + inside.length, 0);
    const high = height ? height - AXIS_HIGH - lanes.length * (FOOT_HIGH + LANE_GAP)
        : TEXT.row * Math.max(USUAL_ROWS, 2.5 * lanes.length);
    const room = Math.max(lanes.length, high / TEXT.row) * Math.max(1, width / USUAL_LABEL);
    const style = all <= Math.max(TOO_MANY * room, 12) ? TEXT : MARKS;
    packLanes(lanes, options, style, high);
    return style.density;
}

// What has no room, as ticks along the foot of its lane.
function makeTicks(rest, width) {
    const slots = new Map(), last = Math.max(0, Math.floor(width / TICK_WIDTH) - 1);
    for (const {event, box, point} of rest.sort((a, b) => a.box.x - b.box.x)) {
        const at = point ? box.x + box.w / 2 : box.x;
        const x = Math.min(Math.floor(at / TICK_WIDTH), last) * TICK_WIDTH;
        const tick = slots.get(x) ?? {x, w: TICK_WIDTH - 1, count: 0, some: []};
        slots.set(x, tick);
        tick.count++;
        if (tick.some.length < 3)
            tick.some.push(event);
    }
    return [...slots.values()];
}

/*
 * Events of the API. {events, window: {from, to} in days, width, height (the most; else what is usual),
 * lanes: "type", "actor", "place", "source" or "none", measure, selected: id of an event that is placed
 * in any case, order: ids of lanes, names: Map of id to name, previous: the picture before, whose
 * events keep their rows, hold: and whose lanes keep theirs}.
 */
export function layoutEvents(given) {
    const options = {lanes: "type", ...given}, {height = Infinity, width} = options;
    const [list, counts] = gather(options);
    const most = Math.floor((height - AXIS_HIGH) / (2 * TEXT.row + FOOT_HIGH + LANE_GAP));
    const lanes = settleLanes(list, options, Math.max(1, Math.min(MOST_LANES, most)));
    for (const lane of lanes.filter(lane => lane.merged))
        for (const key of ["inside", "wider"])
            lane[key] = lane.merged.flatMap(one => one[key]);
    for (const lane of lanes)
        lane.wide = lane.wider.length;
    const density = packBest(lanes, options);
    for (const lane of lanes)
        lane.ticks = makeTicks(lane.rest, width);
    const highest = Math.max(1, ...lanes.flatMap(({ticks}) => ticks.map(({count}) => count)));
    for (const tick of lanes.flatMap(({ticks}) => ticks))
        tick.h = Math.max(3, Math.min(tick.count * TICK_RISE, (FOOT_HIGH - 2) * tick.count / highest));
    return {...stack(lanes, options, FOOT_HIGH, eventNotes), ...counts, density};
}

function eventNotes({wide, more}) {
    const join = (...parts) => parts.filter(part => !/^0 /.test(part)).join(" · ");
    return [join(`${wide} dated only to a wider period`, `${more} more, zoom in`),
        join(`${wide} wider`, `${more} more`), join(`${wide + more} more`)];
}

// ---- all lanes ----

// Lanes below each other: rows, and a foot of ticks or bins that stand on its ground.
function stack(lanes, options, foot, notes) {
    const {window, width, height = 0, measure} = options, high = height - AXIS_HIGH;
    const least = lane => lane.rows * lane.row + foot;
    const spare = high - lanes.reduce((sum, lane) => sum + least(lane) + LANE_GAP, -LANE_GAP);
    let y = 0, placed = 0, more = 0, wide = 0;
    for (const lane of lanes) {
        const h = least(lane) + Math.max(0, spare / lanes.length), {head} = lane;
        lane.box = {x: 0, y, w: width, h};
        let end = head.taken[0].to;
        for (const {row, box, label, to} of lane.placed) {
            box.y = y + row * lane.row + (lane.row - box.h) / 2;
            if (label)
                Object.assign(label, {y: y + row * lane.row, h: lane.row});
            if (row === 0)
                end = Math.max(end, to + HEAD_EDGE, label ? label.x + label.w + HEAD_EDGE : 0);
        }
        // The longest note that fits behind what stands in the first row.
        const note = notes(lane).find(text => measure(text, "small") <= width - HEAD_EDGE - end) ?? "";
        const noteWidth = measure(note, "small"), noteX = width - HEAD_EDGE - noteWidth;
        Object.assign(head, {y, h: lane.row, note, noteX, noteWidth});
        for (const one of [...lane.ticks, ...lane.bins])
            one.y = y + h - one.h - 1;
        y += h + LANE_GAP;
        placed += lane.placed.length;
        more += lane.more;
        wide += lane.wide;
    }
    const plot = {x: 0, y: 0, w: width, h: Math.max(0, high, y - LANE_GAP)};
    return {
        width, height: plot.h + AXIS_HIGH, window, plot, lanes, placed, more, wide,
        axis: {y: plot.h, ticks: axisTicks(window, width, measure)},
    };
}

// ---- bins ----

function binNotes({bins}) {
    const most = Math.max(0, ...bins.map(({max}) => max));
    return most > 0 ? [`up to ${most} at a time`, String(most)] : [];
}

// The counts of several lanes as those of one.
function addCounts(lanes) {
    return lanes[0].counts.map((_, i) => lanes.reduce(({min, max}, {counts}) =>
        ({min: min + counts[i].min, max: max + counts[i].max}), {min: 0, max: 0}));
}

/*
 * The answer of /v1/histogram, split or not: {histogram, window, width, height, lanes, measure, order,
 * names, previous, hold} as for events; events: the selected one alone, or none, and selected: its id.
 * The window may be another than that of the answer.
 */
export function layoutBins(given) {
    const options = {lanes: "type", events: [], ...given}, {histogram, window, width, height} = options;
    const {series, matched, undated = 0, buckets} = histogram, at = scaleOf(window, width);
    const list = (series ?? [{matched, buckets}]).map(({id, name, matched: count, buckets: counts}) =>
        ({id: id ?? "", name: options.lanes === "type" ? "" : name, count, counts}));
    const room = (height || Infinity) - AXIS_HIGH - TEXT.row, least = TEXT.row + LANE_GAP + LEAST_BINS;
    const most = Math.max(2, Math.min(MOST_LANES, Math.floor(room / least)));
    const lanes = settleLanes(list, series ? options : {lanes: "none"}, most);
    const [chosen] = gather(options)[0], home = lanes.find(({id}) => id === chosen?.id) ?? lanes.at(-1);
    for (const lane of lanes)
        Object.assign(lane, {inside: lane === home && chosen ? chosen.inside : [], wide: 0});
    packLanes(lanes, {...options, hold: false}, TEXT, 0);
    const edges = buckets.map(bucket => {
        const from = parseBound(bucket.from, false), to = parseBound(bucket.to, true), x = at(from);
        return {from, to, x, w: at(to) - x};
    });
    for (const lane of lanes) {
        const counts = lane.counts ?? addCounts(lane.merged);
        const bins = edges.map((edge, i) => ({...edge, ...counts[i]})).filter(({w, max}) => w > 0 && max > 0);
        Object.assign(lane, {bins, ticks: []});
    }
    const {length} = lanes, high = height - AXIS_HIGH - TEXT.row - length * (TEXT.row + LANE_GAP);
    const foot = Math.max(LEAST_BINS, (height ? high : Math.min(USUAL_BINS, MOST_BINS * length)) / length);
    // One scale for all, but for the lane of all others, which would press the rest down.
    const highest = Math.max(1, ...lanes.flatMap(({bins, merged}) => bins.map(({max}) => merged ? 0 : max)));
    const rise = count => count && Math.max(2, Math.min(1, count / highest) * (foot - 2));
    for (const bin of lanes.flatMap(({bins}) => bins))
        Object.assign(bin, {h: rise(bin.max), solid: rise(bin.min)});
    return {...stack(lanes, options, foot, binNotes), outside: 0, undated, density: "bins"};
}
