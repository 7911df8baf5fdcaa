// Events into the rows of a lane, so that neither marks nor titles overlap.
import {accountSpans, isPoint, scaleOf} from "./span.js";

// How events are drawn, in pixels. row: height of a row; font: of titles, see paint.js.
export const TEXT = {density: "text", row: 19, bar: 12, dot: 9, font: "label"};
export const MARKS = {density: "marks", row: 13, bar: 7, dot: 7, font: "small"};

// Between a mark and its title; between one event and the next in a row; of a dashed outline;
// before and after a title within its bar.
const LABEL_GAP = 5;
const MARK_GAP = 9;
const OUTLINE = 3;
const LABEL_INSET = 5;
// A title may always take so much; a cut one takes no less than that.
const SHORTEST_LABEL = 160;
const LEAST_LABEL = 48;
// A bar without a certain part that takes more than this share of the window leaves it to others.
const VAGUE_SHARE = 0.15;

// ---- titles ----

// On one line, without what controls the direction of others' text. Joiners belong to the words.
export function cleanText(text) {
    return String(text ?? "").slice(0, 400).replace(/[\p{Cc}\s]+/gu, " ")
        .replace(/(?![\u200c\u200d])[\p{Cf}\p{Cs}]/gu, "").trim();
}

// The text, or its beginning and "…", at most so wide. Letters keep what is joined to them.
export function fitText(text, width, font, measure) {
    if (measure(text, font) <= width)
        return text;
    const letters = text.match(/.[\p{M}\u200c\u200d]*/gu) ?? [];
    let fits = 0, over = letters.length;
    while (over - fits > 1) {
        const middle = (fits + over) >> 1;
        if (measure(`${letters.slice(0, middle).join("")}…`, font) <= width)
            fits = middle;
        else
            over = middle;
    }
    return `${letters.slice(0, fits).join("").trimEnd()}…`;
}

function titleOf(event) {
    return (event.disputed?.length > 0 ? "‡ " : "") + (cleanText(event.title) || event.id);
}

// ---- marks ----

// The event as a mark: a box within [0, width], its y yet to come.
export function makeMark(event, span, window, width, style) {
    const at = scaleOf(window, width);
    const stretch = ({from, to}, least) => ({x: at(from), w: Math.max(least, at(to) - at(from))});
    const {dot} = style, whole = stretch(span, 0);
    const middle = isPoint(span, window) ? at((span.from + span.to) / 2) : whole.x + whole.w / 2;
    const short = isPoint(span, window) || whole.w < dot;
    const point = short && !span.openStart && !span.openEnd && !span.unknownStart && !span.unknownEnd;
    const x = short ? Math.max(0, Math.min(width - dot, middle - dot / 2)) : whole.x;
    const box = {x, y: 0, w: short ? dot : whole.w, h: point ? dot : style.bar}, end = x + box.w;
    let sure = !point && span.sure && span.sureFrom < window.to && span.sureTo >= window.from
        ? stretch({from: span.sureFrom, to: span.sureTo}, 1) : null;
    if (sure) {
        const from = Math.max(x, Math.min(sure.x, end - 1));
        sure = {x: from, w: Math.min(sure.x + sure.w, end) - from};
    }
    const accounts = accountSpans(event).filter(({from, to}) => from < window.to && to > window.from)
        .map(one => stretch(one, 2)), pad = span.rough ? OUTLINE : 0;
    return {
        event, span, point, box, sure, accounts, row: 0, label: null,
        // What it takes of a row, and whether it goes on outside of the window.
        from: Math.max(0, Math.min(x - pad, ...accounts.map(one => one.x))),
        to: Math.min(width, Math.max(end + pad, ...accounts.map(one => one.x + one.w))),
        before: span.from < window.from, after: span.to > window.to,
        vague: box.w >= width || (!span.sure && !point && box.w > VAGUE_SHARE * width),
    };
}

// The stretch of a bar that is of one shade and can hold its title.
function shadeOf({point, span, box, sure}) {
    if (point || span.unknownStart || span.unknownEnd)
        return {x: 0, w: 0};
    return !sure ? box : {...sure, w: sure.w > box.w / 2 ? sure.w : 0, solid: true};
}

// Where its title may stand, the best place first: within its bar, after it, or before it.
function labelPlaces(mark, {width, share, style: {font}, measure}) {
    const title = titleOf(mark.event), {x, w: room, solid} = shadeOf(mark);
    const within = fitText(title, room - 2 * LABEL_INSET, "small", measure);
    const left = mark.from - LABEL_GAP, right = mark.to + LABEL_GAP, side = Math.max(left, width - right);
    const text = fitText(title, Math.min(side, Math.max(SHORTEST_LABEL, width * share)), font, measure);
    const w = measure(text, font), beside = side >= Math.min(LEAST_LABEL, w) && text !== "…";
    const inside = {x: x + LABEL_INSET, w: measure(within, "small"), text: within, font: "small", solid};
    return [
        (within === title || (room > LEAST_LABEL && !beside)) && inside,
        beside && right + w <= width && {x: right, w, text, font},
        beside && left >= w && {x: left - w, w, text, font},
    ].filter(Boolean);
}

// ---- rows: sorted lists of {from, to, mark} ----

// Puts the mark and its title into the row, unless something is there.
function placeInRow(mark, label, row) {
    const from = Math.min(mark.from, label?.x ?? Infinity);
    const to = label ? Math.max(mark.to, label.x + label.w) + MARK_GAP : mark.to + 2;
    let low = 0, high = row.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (row[middle].to > from)
            high = middle;
        else
            low = middle + 1;
    }
    if (low < row.length && row[low].from < to)
        return false;
    row.splice(low, 0, {from, to, mark});
    mark.label = label;
    return true;
}

function placeMark(mark, rows, label, former) {
    const turns = former < rows.length ? [former, ...rows.keys()] : rows.keys();
    for (const number of turns) {
        mark.row = number;
        if (placeInRow(mark, label, rows[number]))
            return true;
    }
    return false;
}

// Titles for marks that stand alone, where there is room before the next one.
function labelLoose(row, {width, style: {font}, measure}) {
    for (const [number, {mark}] of row.entries()) {
        if (!mark || mark.label)
            continue;
        const x = mark.to + LABEL_GAP, room = (row[number + 1]?.from ?? width) - MARK_GAP - x;
        const text = room < LEAST_LABEL ? "" : titleOf(mark.event), w = measure(text, font);
        if (text && w <= room)
            mark.label = {x, w, text, font};
    }
}

/*
 * Packs marks into at most `count` rows: {placed, rest, used}. First the selected one, then those
 * that had a row before, then from left to right, what is vague last. room: {width, share of it that
 * a title may take, style, measure, selected, former: Map of id to row, taken: what of the first row is
 * not free, two of {from, to}}.
 */
export function pack(marks, count, room) {
    const {selected, style, former, taken} = room, placed = [], rest = [];
    const rows = Array.from({length: count}, (_, i) => i === 0 ? [...taken] : []);
    const rank = ({event: {id}, vague}) => id === selected ? 0 : former?.has(id) ? 1 : vague ? 3 : 2;
    const order = marks.map(mark => [rank(mark), mark]).sort(([a, one], [b, other]) => a - b
        || one.box.x - other.box.x || other.box.w - one.box.w || (one.event.id < other.event.id ? -1 : 1));
    for (const [first, mark] of order) {
        const row = former?.get(mark.event.id);
        const places = style === TEXT || !first ? labelPlaces(mark, room) : [];
        const fits = places.some(place => placeMark(mark, rows, place, row))
            || ((places.length === 0 || !first) && placeMark(mark, rows, null, row));
        (fits ? placed : rest).push(mark);
    }
    if (style === MARKS)
        rows.forEach(row => labelLoose(row, room));
    return {placed, rest, used: rows.findLastIndex(row => row.length > 0) + 1};
}
