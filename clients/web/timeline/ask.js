// What a timeline asks the server: events where there are few, counts per bin where there are many.
// One look at a time; what is out of date is cancelled, and what was answered last stays until there is
// better. An asker is an object with these properties:
//   data      {events of the window from, to} or {histogram}: what was answered
//   total     {matched, undated, version} of everything that the filters let through, extent: where that is
//   count     {text, matched, version}: how many match in the window
//   home      the window that was asked for; names: of lanes, by their ids
//   problem   {status, title, detail} of what went wrong; status 0 is no answer
//   told      told(false) when something is known or asked, told(true) when all is there
import {parseBound, rangeText} from "./civil.js";
import {ceil, floor, max, min} from "./numbers.js";
import {makeSpan} from "./span.js";

// A page of the API: so many events are drawn one by one.
const PAGE = 1000;
const BIN_PIXELS = 6;
const SURVEY_BINS = 200;
// Parameters that say what an answer looks like, and those that need a date.
const SHAPE = /^(date|limit|cursor|count|fields|include|sort|shape|format|pretty|lanes|width|lang)=/;
const OF_DATE = /^(when|certainty)=/;
// A date that is no window: "on this day", one of these.
const GAPS = /[[{]|X.*-\d/;
const BEGAN = ["when=starts", "certainty=certain"];
const FIELDS = {actor: ",participants", place: ",places", source: ",accounts&include=accounts"};

// The server, the filters as they were written, and the date of an address of events.
export function readSource(src, base) {
    const url = new URL(src, base);
    return {
        root: url.origin + url.pathname.replace(/(\/v1)?\/[^/]*$/, ""),
        filters: url.search.slice(1).split("&").filter(part => part && !SHAPE.test(part)),
        date: url.searchParams.get("date") ?? "",
    };
}

// A wider window whose sides change rarely, so that a pan finds its answers in a cache.
export function rangeAround({from, to}) {
    const span = to - from, block = 2 ** floor(Math.log2(span / 2));
    return {
        from: floor((from - span / 2) / block) * block,
        to: ceil((to + span / 2) / block) * block,
    };
}

function reachOf(buckets) {
    return {from: buckets[0].from, to: buckets.at(-1).to};
}

// The stretch without a few that stand far away on either side, whatever else goes on there: a side
// that is a quarter of all, or stays.
export function nearOf(buckets, few) {
    const drop = counts => {
        let sum = 0, least = Infinity;
        const empty = counts.findIndex((count, i) =>
            (sum += count) - (least = min(least, count)) * (i + 1) > few);
        return empty * 4 < counts.length ? 0 : empty;
    };
    const counts = buckets.map(bucket => bucket.max);
    const first = drop(counts), last = counts.length - drop(counts.reverse());
    return reachOf(first < last ? buckets.slice(first, last) : buckets);
}

// Begins anew. What was answered stays until there is another answer.
export function forget(asker) {
    asker.count = asker.home = asker.total = null;
}

export function stopAsker({flight, timer}) {
    clearTimeout(timer);
    flight?.abort();
}

// Asks for what this window needs, after a rest; without a window the asker finds one.
export function look(asker, window, width, rest) {
    stopAsker(asker);
    const {signal} = asker.flight = new AbortController();
    asker.timer = setTimeout(async () => {
        asker.problem = null;
        asker.told(false);
        const get = getterOf(asker.source, signal);
        const problem = await load(asker, get, window, width).catch(error => error);
        if (signal.aborted)
            return;
        asker.problem = problem;
        asker.told(true);
    }, rest);
}

// get(what, date, ...more) is the answer to a question; it throws a problem.
function getterOf({root, filters}, signal) {
    return async (what, date, ...more) => {
        const kept = date ? [...filters, `date=${encodeURI(date)}`]
            : filters.filter(part => !OF_DATE.test(part));
        const address = `${root}/v1/${what}?${[...kept, ...more].join("&")}`;
        const answer = await fetch(address, {signal}).catch(() => {
            throw {status: 0, title: "The server does not answer", detail: root};
        });
        const {status, ok} = answer, body = await answer.json().catch(() => null);
        if (ok && body)
            return body;
        const {title = `The server answers ${status}`, detail, errors = []} = body ?? {};
        const all = errors.map(one => `${one.parameter}: ${one.detail}. ${one.hint ?? ""}`);
        throw {status, title, detail: [detail, ...all].join(" ")};
    };
}

// Counts of bins, with days for their bounds.
async function getBins({lanes}, get, date, bins) {
    const split = lanes === "none" ? [] : [`split=${lanes}`];
    const histogram = await get("histogram", date, `bins=${bins}`, ...split);
    for (const bucket of histogram.buckets)
        Object.assign(bucket, {from: parseBound(bucket.from, false), to: parseBound(bucket.to, true)});
    return histogram;
}

async function getCount(get, date, ...more) {
    const {matched, undated, version} = await get("histogram", date, "bins=1", ...more);
    return {text: date, matched: matched - undated, version};
}

async function getEvents({lanes}, get, {from, to}, date, ...some) {
    const fields = `fields=id,title,date,type,disputed${FIELDS[lanes] ?? ""}`;
    const {items, next} = await get("events.json", date, `limit=${PAGE}`, fields, ...some);
    const events = items.filter(({date}) => date).map(event => ({...event, span: makeSpan(event.date)}));
    return {from, to, some: some.length, next, events};
}

async function load(asker, get, window, width) {
    asker.total ??= await survey(asker, get);
    window ??= asker.home = await findWindow(asker, get);
    if (!window)
        return;
    asker.told(false);
    const text = rangeText(window.from, window.to), {fixed, whole, total} = asker;
    if (asker.count?.text !== text)
        asker.count = fixed ? total : await getCount(get, text);
    if (!whole && !fixed)
        asker.data = await findPart(asker, get, window, width);
}

// Everything at once: how many, from when to when, the names of lanes; the events where they are few.
async function survey(asker, get) {
    const {date, filters} = asker.source, fixed = asker.fixed = GAPS.test(date) ? date : "";
    let answer = await getBins(asker, get, fixed, SURVEY_BINS), extent = null;
    let data = {events: []};
    const {undated, version, series} = answer, matched = answer.matched - undated;
    // A few far away would make the picture twice as long: it is taken without one in twenty.
    for (let round = 0; answer.buckets.length && round < 8; round++) {
        const {buckets} = answer, all = reachOf(buckets), near = nearOf(buckets, matched / 40);
        const span = all.to - all.from, full = buckets.every(bucket => bucket.max === matched);
        // Where all events take all of it, there is more to see around them.
        const more = round ? 0 : span * (full ? 3.5 : 0.02);
        extent = {from: all.from - more, to: all.to + more};
        data = {histogram: answer};
        if (fixed || near.to - near.from > span / 2)
            break;
        answer = await getBins(asker, get, rangeText(near.from, near.to), SURVEY_BINS);
        if (answer.matched < matched * 0.95)
            break;
    }
    // What is said of a date, the server alone can tell.
    const plain = !filters.some(part => OF_DATE.test(part)), whole = plain && matched <= PAGE;
    if (whole)
        data = await getEvents(asker, get, {}, fixed);
    const names = new Map(series?.map(({id, name}) => [id ?? "", name]));
    Object.assign(asker, {data, extent, plain, whole, names});
    return {matched, undated, version};
}

// The window that a date means, or everything. The server knows all forms of EDTF.
async function findWindow({extent, fixed, source: {date}}, get) {
    if (fixed || !date)
        return extent;
    const [first, last = first] = date.split("/");
    let from = parseBound(first, false), to = parseBound(last, true);
    if (!(from < to)) {
        const {query: {date: {earliest, latest}}} = await get("histogram", date, "bins=1");
        from = earliest ? parseBound(earliest, false) : extent?.from ?? parseBound(latest, false) - 365;
        to = latest ? parseBound(latest, true) : max(extent?.to ?? from, from + 365);
    }
    return {from: min(from, to - 1), to};
}

// Where there are too many, those that certainly began there may be few: the others are counted.
async function findPart(asker, get, window, width) {
    const {data, plain, count: {matched, text}} = asker, some = plain && matched > PAGE ? BEGAN : [];
    const bin = (window.to - window.from) / width * BIN_PIXELS, range = rangeAround(window);
    const around = rangeText(range.from, range.to), covers = data.from <= window.from && data.to >= window.to;
    if (covers && data.some === some.length)
        return data;
    if (matched <= PAGE || (plain && (await getCount(get, around, ...some)).matched <= PAGE)) {
        const wide = await getEvents(asker, get, range, around, ...some);
        return wide.next ? getEvents(asker, get, window, text, ...some) : wide;
    }
    return {histogram: await getBins(asker, get, around, ceil((range.to - range.from) / bin))};
}
