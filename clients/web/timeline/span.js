// The date of an event as what is drawn: where it can have been, and where it was for certain.
// It means the same as in the server's own drawings.
import {parseBound} from "./civil.js";

// Times how much coarser a date may be than the window is long.
const WIDER = 3;
// In a longer window one day is a point.
const SHORT_DAY = 3;
const BRIEF = 1.5 / 86400;

// A mask or set with holes, such as XXXX-02-24 or [1667,1669]: its bounds are not all it means.
function gapped(edtf) {
    return /^[[{].*,/.test(edtf) || (!edtf.includes("/") && /X.*\d/.test(edtf));
}

// The stretch in which it certainly went on: from its latest start to its earliest end, both as
// days of their own where they are days.
function certain(from, startLatest, endEarliest, to, edtf) {
    if (startLatest === Infinity || endEarliest === -Infinity || to - from <= 1
        || startLatest - endEarliest > BRIEF || gapped(edtf))
        return null;
    const sureFrom = startLatest - from <= 1 ? from : startLatest;
    return {from: sureFrom, to: Math.max(sureFrom, to - endEarliest <= 1 ? to : endEarliest)};
}

// A date object of the API; null where there is none, or none that can be read.
export function makeSpan(date) {
    if (!date)
        return null;
    const edtf = date.edtf ?? "";
    const bound = (text, isEnd, none) => text == null ? none : parseBound(text, isEnd);
    const from = bound(date.earliest, false, -Infinity), to = bound(date.latest, true, Infinity);
    // Open is endless for certain; of what is unknown, or before or after a set, nothing is certain.
    const startLatest = date.start_latest && date.start_latest === date.latest ? to
        : bound(date.start_latest, true, /^\{?\.\./.test(edtf) ? -Infinity : Infinity);
    const endEarliest = date.end_earliest && date.end_earliest === date.earliest ? from
        : bound(date.end_earliest, false, /\.\.\}?$/.test(edtf) ? Infinity : -Infinity);
    if (![from, to, startLatest, endEarliest].every(value => value === value))
        return null;
    const unknownStart = edtf.startsWith("/"), unknownEnd = edtf.endsWith("/");
    const sure = certain(from, startLatest, endEarliest, to, edtf);
    return {
        from, to, sure: sure !== null, sureFrom: sure?.from, sureTo: sure?.to,
        openStart: from === -Infinity && !unknownStart, openEnd: to === Infinity && !unknownEnd,
        unknownStart, unknownEnd, rough: date.qualifier != null, day: to - from <= 1,
    };
}

const spans = new WeakMap();

// The span of an event, read once; null without a date.
export function spanOf(event) {
    if (!spans.has(event))
        spans.set(event, makeSpan(event.date));
    return spans.get(event);
}

// Where each of its accounts puts a disputed event, if they came with it (include=accounts).
export function accountSpans(event) {
    if (!Array.isArray(event.accounts) || !event.disputed?.includes("date"))
        return [];
    const dates = new Map(event.accounts.filter(account => account.date)
        .map(account => [account.date.edtf, account.date]));
    return dates.size > 1 ? [...dates.values()].map(makeSpan).filter(Boolean) : [];
}

// Where a day stands in a window that is so wide.
export function scaleOf({from, to}, width) {
    return day => Math.max(0, Math.min(width, (day - from) / (to - from) * width));
}

export function isPoint(span, window) {
    return span.day && window.to - window.from > SHORT_DAY;
}

// "inside", "outside", or "wide": dated far more coarsely than the window is long.
export function fateOf(span, window) {
    if (span.from >= window.to || span.to <= window.from)
        return "outside";
    const sure = span.sure && span.sureFrom < window.to && span.sureTo >= window.from;
    const wide = (span.from < window.from && span.to > window.to)
        || (Number.isFinite(span.to - span.from) && (span.to - span.from) / WIDER > window.to - window.from);
    return !sure && wide ? "wide" : "inside";
}
