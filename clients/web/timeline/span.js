// The date of an event as what is drawn: where it can have been, and where it was for certain.
// It means the same as in the server's own drawings.
import {parseBound, SECOND} from "./civil.js";
import {max, min} from "./numbers.js";

// Times how much coarser a date may be than the window is long.
const WIDER = 3;

// What is known of an end.
export const OPEN = 1;
export const UNKNOWN = 2;

// A mask or set with holes, such as XXXX-02-24 or [1667,1669]: its bounds are not all it means.
const GAPPED = /^[[{].*,|^[^/]*X[^/]*\d[^/]*$/;

// A date object of the API: {from, to, sure: {from, to} or null, before, after: what is known of the
// ends, day: whether it is no longer, rough}.
export function makeSpan({edtf, earliest, start_latest, end_earliest, latest, qualifier}) {
    const bound = (text, isEnd, none) => text ? parseBound(text, isEnd) : none;
    const from = bound(earliest, false, -Infinity), to = bound(latest, true, Infinity);
    // Open is endless for certain; of what is unknown, or before or after a set, nothing is certain.
    const starts = bound(start_latest, true, /^\{?\.\./.test(edtf) ? -Infinity : Infinity);
    const ends = bound(end_earliest, false, /\.\.\}?$/.test(edtf) ? Infinity : -Infinity);
    const day = to - from <= 1, sureFrom = starts - from <= 1 ? from : starts;
    // It certainly went on from its latest start to its earliest end.
    const sure = day || !(starts - ends <= 1.5 * SECOND) || GAPPED.test(edtf) ? null
        : {from: sureFrom, to: max(sureFrom, to - ends <= 1 ? to : ends)};
    const known = (letter, bound) => letter === "/" ? UNKNOWN : Number.isFinite(bound) ? 0 : OPEN;
    const before = known(edtf[0], from), after = known(edtf.at(-1), to);
    return {from, to, sure, day, before, after, rough: qualifier !== null};
}

// Where a day stands in a window that is so wide.
export function scaleOf({from, to}, width) {
    return day => max(0, min(width, (day - from) / (to - from) * width));
}

export function meets(one, {from, to}) {
    return one !== null && one.from < to && one.to > from;
}

// "inside", "outside", or "wide": dated far more coarsely than the window is long.
export function fateOf(span, window) {
    const {from, to, sure} = span, long = window.to - window.from;
    const wide = (from < window.from && to > window.to) || (to - from < Infinity && to - from > WIDER * long);
    return !meets(span, window) ? "outside" : wide && !meets(sure, window) ? "wide" : "inside";
}
