// What a timeline asks the server: events where there are few, counts per bin where there are many.
// One look at a time, at most two requests in flight; what is out of date is cancelled, and what was
// answered last stays until there is better.
import {parseBound, rangeText} from "./civil.js";

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
const ALL = [];
const EVER = {from: -Infinity, to: Infinity};
const FIELDS = {actor: ",participants", place: ",places", source: ",accounts&include=accounts"};

// The server, the filters as they were written, and the date of an address of events.
export function readSource(src, base) {
    const url = new URL(src, base), cut = url.pathname.lastIndexOf("/v1/");
    return {
        root: url.origin + url.pathname.slice(0, Math.max(0, cut)),
        filters: url.search.slice(1).split("&").filter(part => part && !SHAPE.test(part)),
        date: url.searchParams.get("date") ?? "",
    };
}

// A wider window whose sides change rarely, so that a pan finds its answers in a cache.
export function rangeAround({from, to}) {
    const span = to - from, unit = span > 4000 ? 365.2425 : span > 4 ? 1 : 1 / 86400;
    const block = unit * 2 ** Math.max(0, Math.floor(Math.log2(span / unit / 2)));
    return {
        from: Math.floor((from - span / 2) / block) * block,
        to: Math.ceil((to + span / 2) / block) * block,
    };
}

// The days from the first of the buckets to the last.
export function reachOf(buckets) {
    return {from: parseBound(buckets[0].from, false), to: parseBound(buckets.at(-1).to, true)};
}

// The stretch without a few that stand far away on either side, whatever else goes on there: a side
// that is a quarter of all, or stays.
export function nearOf(buckets, few) {
    const drop = counts => {
        let sum = 0, least = Infinity;
        const empty = counts.findIndex((count, i) => {
            sum += count;
            least = Math.min(least, count);
            return sum - least * (i + 1) > few;
        });
        return empty * 4 < counts.length ? 0 : empty;
    };
    const counts = buckets.map(bucket => bucket.max);
    const first = drop(counts), last = counts.length - drop(counts.reverse());
    return reachOf(first < last ? buckets.slice(first, last) : buckets);
}

export class Asker {
    // {mode, from, to, events or histogram}: what was answered, for that window.
    data = null;
    // {matched, undated, version} of everything that the filters let through, and where that is.
    total = null;
    extent = null;
    // How many match in the window: {text, matched, version}.
    count = null;
    // The window that was asked for.
    home = null;
    // Names of lanes by their ids.
    names = new Map();
    problem = null;
    #flight = new AbortController();
    #timer = 0;

    // told("busy"), told("window") as soon as that is known, told("done").
    constructor(told) {
        this.told = told;
    }

    // Begins anew. What was answered stays until there is another answer.
    open({source, lanes}) {
        Object.assign(this, {source, lanes, count: null, home: null, total: null});
    }

    stop() {
        clearTimeout(this.#timer);
        this.#flight.abort();
    }

    // Asks for what this window needs, after a rest; without a window the asker finds one.
    look(window, width, rest) {
        this.stop();
        const {signal} = this.#flight = new AbortController();
        this.#timer = setTimeout(async () => {
            this.told("busy");
            this.problem = null;
            const problem = await this.#load(signal, window, width).catch(error => error);
            if (signal.aborted)
                return;
            this.problem = problem;
            this.told("done");
        }, rest);
    }

    // Throws {status, title, detail}; status 0 is no answer.
    async #get(signal, what, date, ...more) {
        const {root, filters} = this.source;
        const kept = date ? [...filters, `date=${encodeURI(date)}`]
            : filters.filter(part => !OF_DATE.test(part));
        const address = `${root}/v1/${what}?${[...kept, ...more].join("&")}`;
        const answer = await fetch(address, {signal}).catch(() => {
            throw {status: 0, title: "The server does not answer", detail: root};
        });
        const text = await answer.text(), json = /json/.test(answer.headers.get("content-type"));
        const body = json ? JSON.parse(text) : text, {status} = answer;
        if (!answer.ok)
            throw {
                status, title: body.title ?? `The server answers ${status}`,
                detail: [body.detail, ...(body.errors ?? []).flatMap(
                    one => [`${one.parameter}: ${one.detail}.`, one.hint])].join(" ").trim(),
            };
        return body;
    }

    #bins(signal, date, bins) {
        const split = this.lanes === "none" ? [] : [`split=${this.lanes}`];
        return this.#get(signal, "histogram", date, `bins=${bins}`, ...split);
    }

    async #load(signal, window, width) {
        this.total ??= await this.#survey(signal);
        window ??= this.home = await this.#window(signal);
        if (!window)
            return;
        this.told("window");
        const text = rangeText(window.from, window.to);
        if (this.fixed)
            this.count = this.total;
        else if (this.count?.text !== text)
            this.count = await this.#count(signal, text);
        if (!this.whole && !this.fixed)
            this.data = await this.#part(signal, window, width);
    }

    async #count(signal, text, more = ALL) {
        const {matched, undated, version} = await this.#get(signal, "histogram", text, "bins=1", ...more);
        return {text, matched: matched - undated, version};
    }

    // Everything at once: how many, from when to when, the names of lanes; the events where they are few.
    async #survey(signal) {
        const {date, filters} = this.source, fixed = this.fixed = GAPS.test(date) ? date : "";
        let answer = await this.#bins(signal, fixed, SURVEY_BINS);
        let data = {mode: "events", from: 0, to: 0, events: []};
        const {undated, version, series} = answer, matched = answer.matched - undated;
        this.names = new Map(series?.map(({id, name}) => [id ?? "", name]));
        this.extent = null;
        // A few far away would make the picture twice as long: it is taken without one in twenty.
        for (let round = 0; answer.buckets.length && round < 8; round++) {
            const {buckets} = answer, all = reachOf(buckets), near = nearOf(buckets, matched / 40);
            const span = all.to - all.from, full = buckets.every(bucket => bucket.max === matched);
            // Where all events take all of it, there is more to see around them.
            const more = round ? 0 : span * (full ? 3.5 : 0.02);
            this.extent = {from: all.from - more, to: all.to + more};
            data = {mode: "bins", histogram: answer, ...round ? all : EVER};
            if (fixed || near.to - near.from > span / 2)
                break;
            answer = await this.#bins(signal, rangeText(near.from, near.to), SURVEY_BINS);
            if (answer.matched < matched * 0.95)
                break;
        }
        // What is said of a date, the server alone can tell.
        this.plain = !filters.some(part => OF_DATE.test(part));
        this.whole = this.plain && matched <= PAGE;
        this.data = this.whole ? await this.#events(signal, EVER, fixed) : data;
        return {matched, undated, version};
    }

    // The window that a date means, or everything. The server knows all forms of EDTF.
    async #window(signal) {
        const {extent, fixed, source: {date}} = this;
        if (fixed || !date)
            return extent;
        const [first, last = first] = date.split("/");
        let from = parseBound(first, false), to = parseBound(last, true);
        if (!(from < to)) {
            const {query: {date: {earliest, latest}}} = await this.#get(signal, "histogram", date, "bins=1");
            from = earliest ? parseBound(earliest, false) : extent?.from ?? parseBound(latest, false) - 365;
            to = latest ? parseBound(latest, true) : Math.max(extent?.to ?? from, from + 365);
        }
        return {from: Math.min(from, to - 1), to};
    }

    // Where there are too many, those that certainly began there may be few: the others are counted.
    async #part(signal, window, width) {
        const {data, plain, count: {matched}} = this, some = plain && matched > PAGE ? BEGAN : ALL;
        const bin = (window.to - window.from) / width * BIN_PIXELS, range = rangeAround(window);
        const text = rangeText(range.from, range.to);
        const covers = data.from <= window.from && data.to >= window.to;
        if (covers && data.mode === "events" && data.some === some)
            return data;
        if (matched <= PAGE || (some.length && (await this.#count(signal, text, some)).matched <= PAGE)) {
            const wide = await this.#events(signal, range, text, some);
            return wide.next ? this.#events(signal, window, rangeText(window.from, window.to), some) : wide;
        }
        if (data.mode === "bins") {
            const {buckets} = data.histogram, {from, to} = reachOf(buckets);
            const fine = (to - from) / buckets.length / bin;
            if (covers && fine > 0.4 && fine < 2)
                return data;
        }
        const answer = await this.#bins(signal, text, Math.ceil((range.to - range.from) / bin));
        return {mode: "bins", histogram: answer, ...reachOf(answer.buckets)};
    }

    async #events(signal, {from, to}, date, some = ALL) {
        const fields = `fields=id,title,date,type,disputed${FIELDS[this.lanes] ?? ""}`;
        const {items, next} = await this.#get(signal, "events.json", date, `limit=${PAGE}`, fields, ...some);
        return {mode: "events", from, to, some, next, events: items};
    }
}
