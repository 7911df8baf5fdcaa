// Addresses of things in the reading of the view, which several panels ask for; and links to events.
import {make, plainClick, said} from "./markup.js";

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

// A link that selects an event.
export function eventLink(context, id, title) {
    return make("a", {href: context.eventHref(id), onclick: plainClick(() => context.select(id))},
        said(title ?? id));
}

export function sourceTarget(id, reading, part = "") {
    return `/v1/sources/${encodeURIComponent(id)}${part}?${readingPart(reading, "as_of").slice(1)}`
        .replace(/\?$/, "");
}
