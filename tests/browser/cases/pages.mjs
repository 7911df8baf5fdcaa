// The daemon's own pages under their own Content-Security-Policy, light and dark, wide and narrow:
// no violation, not a word in the console, nothing too wide, and axe-core finds no serious fault.
import {browse, noTrouble, picture, watch} from "../chromium.mjs";
import {check, get, library, same} from "../tools.mjs";

const SCREENS = [
    {name: "light", colorScheme: "light", width: 1200, height: 800},
    {name: "dark", colorScheme: "dark", width: 1200, height: 800},
    {name: "narrow", colorScheme: "light", width: 360, height: 740},
];

// {path: status}
async function addresses(place) {
    const first = async list => (await get(place, `/v1/${list}?limit=1`)).items[0]?.id;
    const found = {
        "/": 200, "/docs": 200, "/v1/events": 200, "/v1/events?limit=3&count=true": 200,
        "/v1/events?q=zzzz": 200, "/v1/events?date=2021-13": 400, "/v1/events/nobody": 404,
        "/nowhere": 404, "/v1/changesets": 200, "/v1/changesets/1": 200,
    };
    const events = (await get(place, "/v1/events?limit=1000&undated=include")).items;
    const size = event => JSON.stringify(event).length;
    const longest = events.reduce((a, b) => (size(a) < size(b) ? b : a));
    const disputed = events.find(event => event.disputed.length > 0);
    for (const event of [events[0], longest, disputed ?? events.at(-1)])
        for (const part of ["", "/accounts", "/relations", "/claims", "/evidence"])
            found[`/v1/events/${event.id}${part}`] = 200;
    for (const list of ["actors", "places", "sources", "types", "claims", "relations"]) {
        found[`/v1/${list}`] = 200;
        const id = await first(list);
        if (id)
            found[`/v1/${list}/${id}`] = 200;
    }
    return found;
}

// What axe-core says, in a line for each rule; only what it calls serious or critical.
async function faults(tab) {
    const {violations} = await tab.evaluate(() => window.axe.run());
    return violations.filter(({impact}) => ["serious", "critical"].includes(impact)).map(
        ({id, nodes}) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 200)} `
            + `${nodes[0].failureSummary.replace(/\s+/g, " ")}`);
}

async function visit(context, place, path, status, screen) {
    const tab = await context.newPage();
    const where = `${path}, ${screen.name}`;
    await tab.setViewportSize(screen);
    await tab.emulateMedia({colorScheme: screen.colorScheme});
    const troubles = watch(tab);
    const answer = await tab.goto(place.url + path, {waitUntil: "load"});
    same(status, answer.status(), `status of ${where}`);
    const policy = answer.headers()["content-security-policy"] ?? "";
    check(policy.includes("default-src 'none'") && !policy.includes("unsafe"),
        `policy of ${where}: ${policy}`);
    check(await tab.locator("h1").count() === 1, `${where} has not one h1`);
    const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    await picture(tab, `page-${place.name}${path.replace(/\W+/g, "-")}-${screen.name}`);
    const found = await faults(tab);
    await tab.close();
    // That a page is not found is what was asked for.
    noTrouble(troubles.filter(one => !one.includes("favicon")).filter(one => status === 200
        || !/^(\d{3} for|error: Failed to load resource: the server responded with a status of \d)/.test(one)),
        where);
    return [...found, ...wide > 0 ? [`${wide} pixels too wide`] : []].map(one => `${where}: ${one}`);
}

export default async function play(place) {
    const {source} = library(place, "axe-core");
    const paths = await addresses(place);
    return browse(place, async context => {
        await context.addInitScript(source);
        const found = [];
        for (const [path, status] of Object.entries(paths))
            for (const screen of SCREENS)
                found.push(...await visit(context, place, path, status, screen));
        check(found.length === 0, `${found.length} faults: ${found.join("\n")}`);
        return `${Object.keys(paths).length} pages on ${SCREENS.length} screens`;
    });
}
