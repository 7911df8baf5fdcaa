/*
 * Where everything of a drawing stands, before a pixel of it is painted: lanes, events in rows, what
 * can only be counted, and the axis. Pure: nothing here knows of a page.
 *
 * A picture is {width, height, window, lanes, axis, placed, more, wide}; placed + more + wide are all
 * the events that the window has. Bins stand at the foot of a lane: {x, y, w, h, solid: how high it is for
 * certain, min, max, and some of the events in it or its days from and to}.
 * measure(text, font) is the width of a text; font is "label", "small" or "bold", see paint.js.
 */
import {axisTicks} from "./axis.js";
import {laneOf, settleLanes} from "./lanes.js";
import {floor, max, min} from "./numbers.js";
import {fitText, makeMark, MARKS, pack, TEXT} from "./pack.js";
import {fateOf, scaleOf} from "./span.js";

export const AXIS_HIGH = 26;
const FOOT_HIGH = 12; // bins of what has no room
const LANE_GAP = 3;
const HEAD_EDGE = 8;
const BIN_WIDTH = 4;
const LEAST_BINS = 22;
const MOST_BINS = 72;
const USUAL_BINS = 300;
const BRIEF_WIDTH = 600;
const MOST_LANES = 12;
const USUAL_ROWS = 20;
// A title takes about so much. Where there are so many times more events than room, none has one.
const USUAL_LABEL = 150;
const TOO_MANY = 3;
const CROWDED = 0.28;

// How many lanes there can be in a height, of so much each.
function mostLanes({height = Infinity}, least) {
    return max(1, min(MOST_LANES, floor((height - AXIS_HIGH) / (least + LANE_GAP))));
}

// The name of a lane and what is to be said of it stand in its first row. Events have room from `end` on.
function setHead(lane, words, {width, measure}) {
    const text = fitText(lane.name, width / 2, "bold", measure), w = measure(text, "bold");
    const noteX = 2 * HEAD_EDGE + w, note = fitText(words, width - noteX - HEAD_EDGE, "small", measure);
    const noteWidth = measure(note, "small");
    lane.head = {x: HEAD_EDGE, w, text, note, noteX, noteWidth, end: noteX + noteWidth + HEAD_EDGE};
}

// Lanes below each other: rows, and a foot of bins that stand on its ground. What there is to spare, they
// share. One scale for all bins, but for the lane of all others, which would press the rest down.
function stack(lanes, options, foot) {
    const {window, width, height = 0, measure} = options;
    const needed = lane => lane.rows * lane.row + foot + LANE_GAP;
    const left = lanes.reduce((sum, lane) => sum - needed(lane), height - AXIS_HIGH + LANE_GAP);
    const counts = lanes.flatMap(({bins, others}) => others ? [] : bins.map(({max}) => max));
    const highest = max(1, ...counts), sums = {placed: 0, more: 0, wide: 0};
    let y = 0;
    for (const lane of lanes) {
        const h = needed(lane) - LANE_GAP + max(0, left / lanes.length), most = h - lane.rows * lane.row - 2;
        const rise = count => count && max(2, min(1, count / highest) * most);
        lane.box = {x: 0, y, w: width, h};
        Object.assign(lane.head, {y, h: lane.row});
        for (const {row, box, label} of lane.placed) {
            box.y = y + row * lane.row + (lane.row - box.h) / 2;
            Object.assign(label ?? {}, {y: y + row * lane.row, h: lane.row});
        }
        for (const bin of lane.bins)
            Object.assign(bin, {h: rise(bin.max), solid: rise(bin.min), y: y + h - 1 - rise(bin.max)});
        y += h + LANE_GAP;
        sums.placed += lane.placed.length;
        sums.more += lane.more;
        sums.wide += lane.wide;
    }
    y = max(0, height - AXIS_HIGH, y - LANE_GAP);
    const axis = {y, ticks: axisTicks(window, width, measure)};
    return {width, height: y + AXIS_HIGH, window, lanes, axis, ...sums};
}

// ---- events ----

// One more row for each in turn, until all have what they need or the total is reached.
function shareRows(needs, total) {
    const rows = needs.map(() => 1);
    for (let turn = 1, left = total - rows.length; turn < total; turn++)
        needs.forEach((need, i) => {
            rows[i] += need > turn && left-- > 0;
        });
    return rows;
}

function eventNote({wide, more}, {width}) {
    const brief = width < BRIEF_WIDTH;
    return [wide && `${wide} ${brief ? "wider" : "dated only to a wider period"}`,
        more && `${more} more${brief ? "" : ", zoom in"}`].filter(Boolean).join(" · ");
}

// What has no room, as bins at the foot of its lane.
function binRest(rest) {
    const bins = new Map();
    for (const {event, box} of rest) {
        const x = floor(box.x / BIN_WIDTH) * BIN_WIDTH;
        const bin = bins.get(x) ?? {x, w: BIN_WIDTH - 1, min: 0, max: 0, some: []};
        bins.set(x, bin);
        bin.min = ++bin.max;
        if (bin.max < 4)
            bin.some.push(event);
    }
    return [...bins.values()];
}

// Packs a lane into so many rows; `more`: for how many words keep room that there may be.
function packLane(lane, rows, more, share, style, options) {
    setHead(lane, eventNote({...lane, more}, options), options);
    const marks = lane.inside.map(event => makeMark(event, options, style));
    const {placed, rest, used} = pack(marks, rows, lane.head.end, share, style, options);
    Object.assign(lane, {placed, used: rest.length > 0 ? Infinity : used, rows, row: style.row,
        more: rest.length, bins: binRest(rest)});
}

// Packs all lanes into rows, two at least where these are needed, and as many as there is room for: with
// titles, or as dots and bars where these are too many for it.
function packLanes(lanes, options) {
    const {width, height, previous} = options, {length} = lanes;
    const high = height ? height - AXIS_HIGH - length * (FOOT_HIGH + LANE_GAP)
        : TEXT.row * max(USUAL_ROWS, 2.5 * length);
    const room = max(length, high / TEXT.row) * max(1, width / USUAL_LABEL);
    const all = lanes.reduce((sum, {inside}) => sum + inside.length, 0);
    const style = all <= max(TOO_MANY * room, 12) ? TEXT : MARKS;
    const total = max(2 * length, floor(high / style.row));
    for (const lane of lanes)
        packLane(lane, total - length + 1, 0, 1, style, options);
    const same = previous?.lanes.length === length && previous.lanes[0].row === style.row;
    const rows = same ? previous.lanes.map(lane => lane.rows) : shareRows(lanes.map(({used}) => used), total);
    for (const [i, lane] of lanes.entries()) {
        if (lane.used > rows[i])
            packLane(lane, rows[i], lane.inside.length, CROWDED, style, options);
        lane.rows = rows[i];
        setHead(lane, eventNote(lane, options), options);
        for (const {event, row} of lane.placed)
            event.row = row;
    }
}

/*
 * Events of the API, each with its span. {events, window: {from, to} in days, width, height (the most;
 * else what is usual), lanes: "type", "actor", "place", "source" or "none", measure, selected: id of an
 * event that is placed in any case, names: of lanes by their ids, in order, previous: a
 * picture whose lanes keep their rows}. Events keep theirs, as `row`.
 */
export function layoutEvents(options) {
    const {events, window, lanes: by, selected} = options, list = new Map();
    for (const event of events) {
        const lane = laneOf(event, by), {count} = list.get(lane.id) ?? {count: 0};
        list.set(lane.id, {...lane, count: count + 1});
    }
    const homes = settleLanes([...list.values()], options, mostLanes(options, 2 * TEXT.row + FOOT_HIGH));
    const lanes = [...new Set(homes.values())];
    for (const lane of lanes)
        Object.assign(lane, {inside: [], wider: []});
    for (const event of events) {
        const fate = fateOf(event.span, window), {inside, wider} = homes.get(laneOf(event, by).id);
        if (fate !== "outside")
            (fate === "wide" && event.id !== selected ? wider : inside).push(event);
    }
    // Where there is nothing else, they are the picture.
    const alone = lanes.every(({inside}) => inside.length === 0);
    for (const lane of lanes) {
        if (alone)
            lane.inside = lane.wider.splice(0);
        lane.wide = lane.wider.length;
    }
    if (lanes.length > 0)
        packLanes(lanes, options);
    return stack(lanes, options, FOOT_HIGH);
}

// ---- bins ----

/*
 * The answer of /v1/histogram, split or not, with days for its bounds: {histogram, window, width, height,
 * lanes, measure, names} as for events. The window may be another than that of the answer.
 */
export function layoutBins(options) {
    const {histogram: {series, matched, buckets}, window, width, height} = options;
    const at = scaleOf(window, width);
    const list = (series ?? [{matched, buckets}]).map(({id, name, matched: count, buckets: counts}) =>
        ({id: id ?? "", name, count, counts}));
    const most = mostLanes(options, TEXT.row + LEAST_BINS);
    const homes = settleLanes(list, series ? options : {...options, lanes: "none"}, most);
    const lanes = [...new Set(homes.values())];
    for (const lane of lanes)
        lane.bins = buckets.map(({from, to}) =>
            ({from, to, x: at(from), w: at(to) - at(from), min: 0, max: 0}));
    for (const {id, counts} of list)
        for (const [i, {min, max}] of counts.entries()) {
            const bin = homes.get(id).bins[i];
            bin.min += min;
            bin.max += max;
        }
    for (const lane of lanes) {
        lane.bins = lane.bins.filter(({w, max}) => w > 0 && max > 0);
        Object.assign(lane, {placed: [], rows: 1, row: TEXT.row, more: 0, wide: 0});
        setHead(lane, `up to ${max(0, ...lane.bins.map(bin => bin.max))} at a time`, options);
    }
    const foot = height ? LEAST_BINS : max(LEAST_BINS, min(MOST_BINS, USUAL_BINS / lanes.length));
    return stack(lanes, options, foot);
}
