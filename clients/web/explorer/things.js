// Things of the store in the panels: their names, links to them, and what dates say in words.
import {counted, make, plainClick, said} from "./markup.js";
import {readingPart, sourceTarget} from "./targets.js";

const MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December"];
const MOST_NAMED = 12; // sources of which the titles are asked

// Titles of sources by id. One that cannot be had is called by its id.
export async function sourceTitles(context, ids, reading, signal) {
    const titles = new Map(ids.map(id => [id, id]));
    await Promise.all([...titles.keys()].slice(0, MOST_NAMED).map(async id => {
        const source = await context.fetch(sourceTarget(id, reading), {signal}).catch(error => {
            if (signal.aborted)
                throw error;
        });
        titles.set(id, source?.title || id);
    }));
    return titles;
}

export async function actorNames(context, ids, reading, signal) {
    const names = new Map(ids.map(id => [id, id]));
    const some = [...names.keys()].slice(0, 50);
    if (some.length === 0)
        return names;
    const {items} = await context.fetch(`/v1/actors?id=${some.join(",")}&fields=id,name&limit=1000`
        + readingPart(reading, "as_of", "lang"), {signal});
    for (const {id, name} of items)
        names.set(id, name);
    return names;
}

// A part of a drawing.
export function shape(name, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes))
        element.setAttribute(key, value);
    element.append(...children);
    return element;
}

// What is not told one by one, in words; nothing when that is nothing.
export function leftOut(count, one) {
    return count > 0 && make("p", {class: "soft"}, `and ${counted(count, `more ${one}`)}`);
}

// A link that filters the view.
export function filterLink(context, changes, text) {
    return make("a", {href: context.href(changes)}, said(text));
}

export function sourceLink(context, id, title, start = null, end = null) {
    return make("a", {href: `/v1/sources/${encodeURIComponent(id)}`,
        onclick: plainClick(() => context.openSource(id, start, end))}, said(title ?? id));
}

// "15 March 44 BCE" for -0043-03-15; with the time of day where there is one.
export function dayWords(iso) {
    const [, year, month, day, time] = /^Y?(-?\d+)-(\d\d)-(\d\d)(?:T(.*))?$/.exec(iso) ?? [];
    if (!year)
        return iso;
    const civil = Number(year) > 0 ? String(Number(year)) : `${1 - Number(year)} BCE`;
    return `${Number(day)} ${MONTH_NAMES[month - 1]} ${civil}${time ? `, ${time.replace(/:00$/, "")}` : ""}`;
}

function betweenWords(low, high, neither) {
    if (low === high)
        return low === null ? neither : dayWords(low);
    if (low === null)
        return `not later than ${dayWords(high)}`;
    return high === null ? `not earlier than ${dayWords(low)}`
        : `between ${dayWords(low)} and ${dayWords(high)}`;
}

// What a date says and what it leaves open.
export function dateMeaning(date) {
    const {earliest, start_latest: startLatest, end_earliest: endEarliest, latest, qualifier} = date;
    const vague = qualifier ? `; ${qualifier}` : "";
    if (earliest === startLatest && endEarliest === latest && earliest === latest && latest !== null)
        return `on ${dayWords(earliest)}${vague}`;
    if (earliest === endEarliest && startLatest === latest && earliest !== null && latest !== null)
        return `at some time between ${dayWords(earliest)} and ${dayWords(latest)}${vague}`;
    const begins = betweenWords(earliest, startLatest, "nobody says when");
    return `begins ${begins}, ends ${betweenWords(endEarliest, latest, "open")}${vague}`;
}
