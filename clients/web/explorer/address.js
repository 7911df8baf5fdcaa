// The state of the view and the address of the page are one thing. The query is the API's, in the
// order and the form in which it was given; the fragment is the view's own: #e=ID&panel=…&lanes=…

// Of an answer, not of a question.
const SHAPES = new Set(["cursor", "format", "count", "fields", "include", "shape", "pretty", "explain",
    "limit", "width", "lanes", "bins", "split", "by"]);
const PASSING = new Set(["cursor", "format"]); // they never stay in an address
const READINGS = new Set(["policy", "known_at", "as_of", "lang"]);

// Rows that an answer has unless it is told otherwise.
export const ANSWERED = 100;
export const PANELS = ["event", "source", "relations", "history"];
export const LANES = ["type", "actor", "place", "source", "none"];

function askedPart(name, value) {
    const plain = encodeURIComponent(value).replace(/%(2C|2F|3A)/g, decodeURIComponent).replace(/%20/g, "+");
    return {name, value, text: `${name}=${plain}`};
}

function readPart(text) {
    const [[name, value]] = new URLSearchParams(text);
    return {name, value, text};
}

export function readAddress({pathname, search, hash}) {
    const mark = new URLSearchParams(hash.slice(1));
    const oneOf = (name, values) => (values.includes(mark.get(name)) ? mark.get(name) : values[0]);
    const asked = search.slice(1).split("&").filter(part => /[^=]/.test(part)).map(readPart);
    const lanes = asked.find(part => part.name === "lanes")?.value;
    return {
        path: pathname === "/" ? "/" : "/v1/events",
        asked: asked.filter(part => !PASSING.has(part.name)),
        selected: mark.get("e") || null,
        panel: oneOf("panel", PANELS),
        source: mark.get("s") || null,
        start: /^\d{1,9}$/.test(mark.get("at")) ? Number(mark.get("at")) : null,
        lanes: LANES.includes(lanes) && !mark.has("lanes") ? lanes : oneOf("lanes", LANES),
    };
}

export function writeAddress(view) {
    const mark = [
        view.selected && `e=${encodeURIComponent(view.selected)}`,
        view.panel !== PANELS[0] && `panel=${view.panel}`,
        view.source && `s=${encodeURIComponent(view.source)}`,
        view.start !== null && `at=${view.start}`,
        view.lanes !== LANES[0] && `lanes=${view.lanes}`,
    ].filter(Boolean).join("&");
    const asked = view.asked.map(part => part.text).join("&");
    return `${asked ? `/v1/events?${asked}` : view.path}${mark && `#${mark}`}`;
}

// What is asked, as everything that counts takes it, without the parameters named.
export function questionOf(view, ...without) {
    return listedOf(view, "sort", "lang", ...without);
}

// The same with what a list of events takes beyond: its order, and the language of names.
export function listedOf(view, ...without) {
    return view.asked.filter(part => !SHAPES.has(part.name) && !without.includes(part.name))
        .map(part => part.text).join("&");
}

// How accounts are read, for the address of one thing.
export function readingOf(view) {
    return view.asked.filter(part => READINGS.has(part.name)).map(part => part.text).join("&");
}

export function isShape(name) {
    return SHAPES.has(name);
}

// "/v1/facets" and parameters that may be empty.
export function target(path, ...parameters) {
    const all = parameters.filter(Boolean).join("&");
    return all ? `${path}?${all}` : path;
}

export function valueOf(view, name) {
    return view.asked.find(part => part.name === name)?.value ?? "";
}

export function valuesOf(view, name) {
    return view.asked.filter(part => part.name === name).flatMap(part => part.value.split(","));
}

// The view with other values of these parameters, in the old places; null drops one.
export function changed(view, changes) {
    const left = new Map(Object.entries(changes));
    const asked = view.asked.flatMap(part => {
        if (!Object.hasOwn(changes, part.name))
            return [part];
        const value = left.get(part.name);
        left.delete(part.name);
        return value === null || value === undefined || value === "" ? [] : [askedPart(part.name, value)];
    });
    for (const [name, value] of left)
        if (value !== null && value !== "")
            asked.push(askedPart(name, value));
    // `when` and `certainty` say how events stand to a date; without one they are refused.
    const dated = asked.some(part => part.name === "date");
    return {...view, asked: dated ? asked : asked.filter(part => !["when", "certainty"].includes(part.name))};
}

// The view without the part of that place.
export function withoutPart(view, place) {
    const {name} = view.asked[place];
    const asked = view.asked.filter((_, i) => i !== place);
    return name === "date" ? changed({...view, asked}, {}) : {...view, asked};
}

// One value of a filter more, or less when it is there: a comma means any of them.
export function toggled(view, name, value) {
    const place = view.asked.findIndex(part => part.name === name && part.value.split(",").includes(value));
    if (place < 0) {
        const first = view.asked.findIndex(part => part.name === name);
        if (first < 0)
            return {...view, asked: [...view.asked, askedPart(name, value)]};
        const values = `${view.asked[first].value},${value}`;
        return {...view, asked: view.asked.with(first, askedPart(name, values))};
    }
    const rest = view.asked[place].value.split(",").filter(one => one !== value).join(",");
    return rest ? {...view, asked: view.asked.with(place, askedPart(name, rest))} : withoutPart(view, place);
}

// A date as the two fields show it; `plain` when it is one stretch of time without gaps, as a
// drawing needs it.
export function splitDate(date) {
    if (/[X[{]/.test(date))
        return {from: date, to: "", plain: false};
    const [from, to = from] = date.split("/");
    const shown = side => (side === ".." ? "" : side);
    return {from: shown(from), to: shown(to), plain: date !== ""};
}

export function joinDate(from, to) {
    if (to === "" && (from === "" || /[X[{/]/.test(from)))
        return from;
    return from === to ? from : `${from || ".."}/${to || ".."}`;
}
