// Draws in how many events each two actors take part together: a matrix of the busiest, as SVG.
//
//     node docs/scripts/who-with-whom.mjs FILE [FILTER=VALUE ...]
//
// Run it in the checkout; the server is ANNALS_URL, else http://127.0.0.1:8080.

import {writeFileSync} from "node:fs";
import {Annals} from "../../clients/js/annals.js";

const CELL = 30, LEFT = 210, TOP = 40, MOST = 14;

function escaped(text) {
    const signs = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"};
    const allowed = text.replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, ""); // by XML
    return allowed.replace(/[&<>"]/g, (sign) => signs[sign]);
}

/** How often each pair of ids meets: a Map of "a b" to a number; "a a" is how often a is there. */
async function meetings(events, ids) {
    const counts = new Map();
    for await (const {participants} of events) {
        const present = new Set(participants.map(({actor}) => actor).filter((actor) => ids.includes(actor)));
        for (const one of present) {
            for (const other of present) {
                counts.set(`${one} ${other}`, (counts.get(`${one} ${other}`) ?? 0) + 1);
            }
        }
    }
    return counts;
}

function row(actor, at, actors, counts, most) {
    const y = TOP + at * CELL;
    const name = actor.name.length > 28 ? `${actor.name.slice(0, 27)}…` : actor.name;
    const cells = actors.slice(0, at + 1).map((other, column) => {
        const count = counts.get(`${actor.id} ${other.id}`) ?? 0;
        const x = LEFT + column * CELL, share = Math.sqrt(count / most);
        const fill = column === at ? "none" : `rgb(31 78 121 / ${share.toFixed(2)})`;
        const ink = column !== at && share > 0.55 ? "#fff" : "#333";
        return `<rect x="${x}" y="${y}" width="${CELL - 2}" height="${CELL - 2}" fill="${fill}"` +
            ` stroke="#ddd"/>` + (count ? `<text x="${x + CELL / 2 - 1}" y="${y + 18}" fill="${ink}"` +
            ` text-anchor="middle">${count}</text>` : "");
    });
    return `<text x="${LEFT - 10}" y="${y + 18}" text-anchor="end">${escaped(name)}</text>${cells.join("")}` +
        `<text x="${LEFT + at * CELL + CELL + 6}" y="${y + 18}" fill="#666">${escaped(actor.id)}</text>`;
}

const [file, ...words] = process.argv.slice(2);
const filters = Object.fromEntries(words.map((word) => [word.slice(0, word.indexOf("=")),
    word.slice(word.indexOf("=") + 1)]));
const store = new Annals();
const actors = (await store.facets({...filters, by: "actor", limit: MOST})).rows();
const ids = actors.map(({id}) => id);
const counts = await meetings(store.events({...filters, fields: "participants"}), ids);
const met = [...counts].filter(([pair]) => new Set(pair.split(" ")).size > 1);
const most = Math.max(1, ...met.map(([, count]) => count));
const size = actors.length * CELL;
writeFileSync(file, `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + size + 190}"` +
    ` height="${TOP + size + 10}" font-family="sans-serif" font-size="12">` +
    `<title>Who takes part with whom</title><rect width="100%" height="100%" fill="#fff"/>` +
    `<text x="${LEFT}" y="24" font-weight="bold">Events in which both take part</text>` +
    `${actors.map((actor, at) => row(actor, at, actors, counts, most)).join("\n")}</svg>\n`);
console.log(`${actors.length} actors, ${met.length / 2} pairs that meet, in ${file}`);
