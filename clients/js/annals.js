// A thin client of Annals, the server of dated events: this one file, for browsers and Node from 18 on.
//
//     import {Annals} from "./annals.js";
//     const store = new Annals("http://127.0.0.1:8080");
//     for await (const event of store.events({actor: "aze", date: "2021"})) console.log(event.title);
//
// Filters are those of the interface: type__not: "consult", as_of: 7. A list means any of its values,
// actor: ["aze", "tur"]; a list of lists all of them, actor: [["aze"], ["tur"]]. Dates are text (EDTF)
// and numbers of days, never Date, which no BCE year passes whole. What is refused is a Problem.

const VERSION = "0.1.0", PAGE = 1000, TRIES = 5; // rows at most; of one request, after 429 and 503
const WORDS = ["value", "detail", "hint"]; // of an error; its other members say where it is
const node = globalThis.process?.versions?.node ? globalThis.process.env : null;

/** What was refused and why: status, type, title, detail and the list errors (RFC 9457). */
export class Problem extends Error {
    constructor(status, body, url) {
        const given = parsed(body) ?? {title: "The answer is not one of Annals", detail: url};
        const {type = "", title = "", detail = "", errors = []} = given;
        const lines = errors.map((error) => {
            const kinds = Object.keys(error).filter((kind) => !WORDS.includes(kind));
            const place = kinds.map((kind) => `${kind} ${error[kind]}`).join(" ");
            const value = "value" in error ? `=${error.value}` : "";
            return `${place}${value}: ${error.detail ?? ""}${error.hint ? ` (${error.hint})` : ""}`;
        });
        super([`${status} ${title}: ${detail}`, ...lines].join("\n  "));
        Object.assign(this, {name: "Problem", status, type, title, detail, errors});
    }
}

function parsed(body) {
    try {
        return JSON.parse(body);
    } catch {
        return null;
    }
}

/** A timeline or facets, as the interface gives them in JSON. */
class Answer {
    constructor(document) {
        Object.assign(this, document);
    }

    /** Flat, as the CSV of the same address: an array of objects. */
    rows() {
        const facets = this.facets?.flatMap(({by, values}) => values.map(({id, name, count}) =>
            ({facet: by, id, name, count})));
        return facets ?? this.series?.flatMap(({id, name, buckets}) => buckets.map((counts, at) =>
            ({series: id, name, ...this.buckets[at], ...counts}))) ?? this.buckets;
    }
}

/**
 * The events of a question, asked for page by page as they are wanted, all pages of one version of
 * the store: `version`, and `matched` with count: true, are known from the first page on.
 */
class Events {
    constructor(store, filters) {
        const {limit, ...others} = filters ?? {};
        this.ask = (path, query) => store.ask(path, query);
        this.filters = others;
        this.limit = Number((limit ?? "all") === "all" ? Infinity : limit);
    }

    [Symbol.asyncIterator]() {
        return this.#items("/v1/events.json", "items");
    }

    /** The same events flat: objects with the columns of the CSV, one after the other. */
    async *rows() {
        for await (const feature of this.#items("/v1/events.geojson", "features")) {
            yield feature.properties;
        }
    }

    async *#items(path, member) {
        let left = this.limit;
        let query = encoded({...this.filters, limit: Math.min(left, PAGE)});
        while (query) {
            const page = await this.ask(path, query);
            this.version = page.version;
            this.matched = page.matched ?? page.numberMatched;
            const items = page[member].slice(0, left);
            yield* items;
            left -= items.length;
            const onward = page.links.find((link) => link.rel === "next")?.href;
            // Its query alone: the server may not know the address under which it is asked.
            query = onward && left > 0 ? onward.slice(onward.indexOf("?") + 1) : "";
        }
    }
}

/** All that an asynchronous iterator gives, as an array: await collect(store.events(…).rows()). */
export async function collect(iterator) {
    const all = [];
    for await (const one of iterator) {
        all.push(one);
    }
    return all;
}

/**
 * A store: its address, with a path too (https://example.org/annals), else ANNALS_URL of Node.
 * Of the options, `token` is else ANNALS_TOKEN, and `timeout` is in milliseconds.
 */
export class Annals {
    #token;

    constructor(url = node?.ANNALS_URL ?? "http://127.0.0.1:8080", {token, timeout = 60000} = {}) {
        Object.assign(this, {url: String(url).replace(/\/+$/, ""), timeout});
        this.#token = token ?? node?.ANNALS_TOKEN;
    }

    /** The events that hold all filters: all, or `limit` of them. `for await` over them, or over rows(). */
    events(filters) {
        return new Events(this, filters);
    }

    /** One event; include: ["accounts", "relations", "claims", "evidence"] brings these along. */
    event(id, reading) {
        return this.ask(`/v1/events/${encodeURIComponent(id)}.json`, encoded(reading));
    }

    /** Counts by: "day", "month", "year", "decade", or in bins: N; split: "type" in series. */
    async timeline(filters) {
        return new Answer(await this.ask("/v1/histogram.json", encoded(filters)));
    }

    /** The commonest values; by: "actor", "place", "type", "tag", "source", "role" or a list. */
    async facets(filters) {
        return new Answer(await this.ask("/v1/facets.json", encoded(filters)));
    }

    /** One source with its "annotations" and "text" (null where it is not given), of one version. */
    async source(id, reading) {
        const path = `/v1/sources/${encodeURIComponent(id)}`;
        const {headers, body} = await this.#fetch(`${path}.json`, encoded(reading));
        const query = encoded({as_of: headers.get("Annals-Version"), ...reading});
        const {items: annotations} = await this.ask(`${path}/annotations.json`, query);
        const text = await this.#fetch(`${path}/text.txt`, query).catch((problem) => // withheld, not there
            ([403, 404].includes(problem.status) ? {body: null} : Promise.reject(problem)));
        return {...JSON.parse(body), text: text.body, annotations};
    }

    /** The JSON at any path of the server, with a query as encoded() makes it. */
    async ask(path, query = "") {
        const answer = parsed((await this.#fetch(path, query)).body);
        if (!answer) throw new Problem(200, "", this.url + path);
        return answer;
    }

    async #fetch(path, query) {
        const url = this.url + path + (query && `?${query}`);
        for (let left = TRIES - 1; ; left--) {
            const {status, headers, body} = await this.#send(url);
            if (status === 200) return {headers, body};
            const problem = new Problem(status, body, url);
            const wait = Number(headers.get("Retry-After")?.match(/^\d+$/)?.[0] ?? 2);
            const slow = problem.type.endsWith("#deadline"); // the question is; it would be again
            if (!left || ![429, 503].includes(status) || wait > 60 || slow) {
                throw problem;
            }
            await new Promise((resolve) => setTimeout(resolve, wait * 1000));
        }
    }

    async #send(url) {
        // A browser would ask for leave to send any of these to another host.
        const headers = {...node && {"User-Agent": `annals-js/${VERSION}`},
            ...this.#token && {Authorization: `Bearer ${this.#token}`}};
        const signal = AbortSignal.timeout(this.timeout);
        let answer = await fetch(url, {headers, signal});
        const at = answer.url.indexOf("/v1/");
        if (answer.redirected && !answer.ok && at > 0) { // a path of the interface lies below our own
            answer = await fetch(this.url + answer.url.slice(at), {headers, signal});
        }
        const body = new TextDecoder("utf-8", {ignoreBOM: true}).decode(await answer.arrayBuffer());
        return {status: answer.status, headers: answer.headers, body};
    }
}

/** Filters as a query: a list joined by commas, a list of lists as a repeated parameter. */
export function encoded(filters) {
    return Object.entries(filters ?? {}).filter(([, value]) => value !== undefined && value !== null)
        .flatMap(([name, value]) => (Array.isArray(value) && value.some(Array.isArray) ? value : [value])
            .map((one) => `${encodeURIComponent(name)}=${encodeURIComponent([one].flat().join(","))}`))
        .join("&").replaceAll("%2C", ",");
}

/** Days from 1970-01-01 to the day that an ISO 8601 date begins with; null of null. */
export function dayNumber(date) {
    const found = /^Y?([+-]?\d+)(?:-(\d\d))?(?:-(\d\d))?/.exec(date ?? "");
    if (!found) return null;
    const [years, months, day] = found.slice(1).map((part) => Number(part ?? 1)), whole = Math.floor;
    const year = years - (months < 3), month = (months + 9) % 12; // years begin in March
    return 365 * year + whole(year / 4) - whole(year / 100) + whole(year / 400) +
        whole((153 * month + 2) / 5) + day - 719469;
}
