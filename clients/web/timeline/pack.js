// Events into the rows of a lane, so that neither marks nor titles overlap.
import {ceil, max, min} from "./numbers.js";
import {meets, scaleOf} from "./span.js";

// How events are drawn, in pixels. row: height of a row; font: of titles, see paint.js.
export const TEXT = {row: 19, bar: 13, dot: 9, font: "label"};
export const MARKS = {row: 13, bar: 7, dot: 7, font: "small"};

// Between a mark and its title; between one event and the next in a row; of a dashed outline.
const LABEL_GAP = 5;
const MARK_GAP = 9;
const OUTLINE = 3;
// In a longer window one day is a point.
const SHORT_DAY = 3;
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
    const cut = count => `${letters.slice(0, count).join("").trimEnd()}…`;
    let fits = ceil(letters.length * max(0, width) / measure(text, font));
    while (fits > 0 && measure(cut(fits), font) > width)
        fits--;
    return cut(fits);
}

// ---- marks ----

// The event as a mark: a box within [0, width], its y yet to come, and what it takes of a row.
export function makeMark(event, {window, width}, style) {
    const {span} = event, {dot} = style, at = scaleOf(window, width);
    const left = at(span.from), right = at(span.to);
    const short = right - left < dot || (span.day && window.to - window.from > SHORT_DAY);
    const point = short && !span.before && !span.after;
    const w = short ? dot : right - left, h = point ? dot : style.bar;
    const x = max(0, min(width - w, (left + right - w) / 2));
    const sure = !point && meets(span.sure, window)
        ? {x: at(span.sure.from), w: max(1, at(span.sure.to) - at(span.sure.from))} : null;
    const edge = span.rough ? OUTLINE : 0;
    return {
        event, span, point, sure, box: {x, y: 0, w, h},
        from: max(0, x - edge), to: min(width, x + w + edge),
        vague: w >= width || (!sure && !point && w > VAGUE_SHARE * width),
    };
}

// Where its title may stand, the best place first: where most of it is, and that within its bar (where
// that is of one shade), after it, or before it.
function labelPlaces({event, box, sure, point, from, to}, {width, measure}, share, font) {
    const title = (event.disputed?.length > 0 ? "‡ " : "") + (cleanText(event.title) || event.id);
    const most = max(SHORTEST_LABEL, width * share), least = min(LEAST_LABEL, measure(title, font));
    const place = (x, room, solid) => {
        const text = fitText(title, room - LABEL_GAP, font, measure);
        return {x: x + LABEL_GAP, w: measure(text, font), text, font, solid};
    };
    const shade = point || sure?.w < box.w / 2 ? {x: 0, w: 0} : sure ?? box;
    const before = place(0, min(from, most)), after = place(to, min(width - to, most));
    const places = [place(shade.x, shade.w - LABEL_GAP, sure), after, before];
    before.x = from - LABEL_GAP - before.w;
    return places.filter(({w, text}) => w >= least && text !== "…").sort((a, b) => b.w - a.w);
}

// ---- rows: lists of {from, to} ----

// Puts the mark and its title into a row where nothing else is, the former one if possible.
function placeMark(mark, rows, label, former) {
    const from = min(mark.from, label?.x ?? Infinity);
    const to = label ? max(mark.to, label.x + label.w) + MARK_GAP : mark.to + 2;
    const row = [former, ...rows.keys()].find(number =>
        rows[number]?.every(one => one.to <= from || one.from >= to));
    rows[row]?.push({from, to});
    Object.assign(mark, {label, row});
    return row !== undefined;
}

/*
 * Packs marks into at most `count` rows: {placed, rest, used}. First the selected one, then those
 * that had a row before, then from left to right, what is vague last. The first row begins behind
 * `head`; share: of the width that a title may take; options: see layout.js.
 */
export function pack(marks, count, head, share, style, options) {
    const {selected} = options, placed = [], rest = [];
    const rows = Array.from({length: count}, (_, i) => i ? [] : [{from: 0, to: head}]);
    const rank = ({event: {id, row}, vague}) => id === selected ? 0 : vague ? 3 : row === undefined ? 2 : 1;
    marks.sort((a, b) => rank(a) - rank(b) || a.box.x - b.box.x);
    for (const mark of marks) {
        const {event} = mark, chosen = event.id === selected;
        const places = style === TEXT || chosen ? labelPlaces(mark, options, share, style.font) : [];
        if (chosen || places.length === 0)
            places.push(null);
        const fits = places.some(place => placeMark(mark, rows, place, event.row));
        (fits ? placed : rest).push(mark);
    }
    return {placed, rest, used: max(0, ...placed.map(({row}) => row + 1))};
}
