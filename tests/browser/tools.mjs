// What every case works with: checks, patience, and libraries from the folder where npm put them.
import {createRequire} from "node:module";
import {isDeepStrictEqual} from "node:util";

const PATIENCE = 30_000; // milliseconds
const LONGEST = 600; // characters of a value in a message

export class Failure extends Error {}

// A library of package.json. They stand in the build folder, so a plain import does not find them.
export function library(place, name) {
    return createRequire(`${place.modules}/package.json`)(name);
}

// The path of a file of a library.
export function libraryFile(place, name) {
    return `${place.modules}/node_modules/${name}`;
}

function shown(value) {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

export function check(fine, what) {
    if (!fine)
        throw new Failure(what);
}

export function same(want, got, what) {
    if (Array.isArray(want) && Array.isArray(got) && want.length === got.length) {
        const at = want.findIndex((one, i) => !isDeepStrictEqual(one, got[i]));
        check(at < 0, `${what}, number ${at + 1}: ${shown(got[at])} is not ${shown(want[at])}`);
        return;
    }
    check(isDeepStrictEqual(want, got), `${what}: ${shown(got)} is not ${shown(want)}`);
}

// What `ask` gives as soon as it is something; null, false and undefined are nothing yet.
export async function until(what, ask, patience = PATIENCE) {
    const end = Date.now() + patience;
    for (;;) {
        const found = await ask();
        if (found)
            return found;
        if (Date.now() > end)
            throw new Failure(`waited ${patience / 1000} s until ${what}`);
        await new Promise(wake => setTimeout(wake, 50));
    }
}

// The JSON at an address of the daemon, which must be there.
export async function get(place, target) {
    const answer = await fetch(place.url + target, {headers: {Accept: "application/json"}});
    const text = await answer.text();
    check(answer.status === 200, `GET ${target}: ${answer.status} ${text.slice(0, LONGEST)}`);
    return JSON.parse(text);
}

// Every item of a list, page by page.
export async function all(place, target) {
    const items = [];
    for (let next = target; next;) {
        const page = await get(place, next);
        items.push(...page.items);
        next = page.next;
    }
    return items;
}
