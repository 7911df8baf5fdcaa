// Addresses of things in the reading of the view, which several panels ask for.

// "&policy=last" for the end of an address, or nothing.
export function behindReading(reading) {
    return reading ? `&${reading}` : "";
}

// Of the reading only what an address knows that does not merge accounts.
export function readingPart(reading, ...names) {
    return [...new URLSearchParams(reading)].filter(([name]) => names.includes(name))
        .map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("");
}

// One event with all that stands around it. The panels share the answer.
export function eventTarget(id, reading) {
    return `/v1/events/${encodeURIComponent(id)}?include=accounts,claims,evidence${behindReading(reading)}`;
}

export function sourceTarget(id, reading, part = "") {
    return `/v1/sources/${encodeURIComponent(id)}${part}?${readingPart(reading, "as_of").slice(1)}`
        .replace(/\?$/, "");
}
