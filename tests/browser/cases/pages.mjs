// The daemon's own pages under their own Content-Security-Policy, light and dark, wide and narrow:
// no violation, not a word in the console, nothing too wide, and axe-core finds no serious fault.
import {browse, noTrouble, picture, watch} from "../chromium.mjs";
import {check, get, library, same} from "../tools.mjs";

const SCREENS = [
    {name: "light", colorScheme: "light", width: 1200, height: 800},
    {name: "dark", colorScheme: "dark", width: 1200, height: 800},
    {name: "narrow", colorScheme: "light", width: 360, height: 740},
    // As the server wrote them: their scripts do nothing.
    {name: "plain", colorScheme: "light", width: 1200, height: 800, scriptless: true},
    {name: "plain-narrow", colorScheme: "dark", width: 360, height: 740, scriptless: true},
];

// The pages that have scripts.
const SCRIPTED = /^\/(embed|v1\/events)?(\?|$)/;

async function addresses(place) {
    const first = async list => (await get(place, `/v1/${list}?limit=1`)).items[0]?.id;
    const found = [
        "/", "/docs", "/embed", "/v1/events", "/v1/events?limit=3&count=true", "/v1/events?q=zzzz",
        "/v1/changesets", "/v1/changesets/1",
    ];
    const events = (await get(place, "/v1/events?limit=1000&undated=include")).items;
    const size = event => JSON.stringify(event).length;
    const longest = events.reduce((a, b) => (size(a) < size(b) ? b : a));
    const disputed = events.find(event => event.disputed.length > 0);
    for (const {id} of [events[0], disputed ?? events.at(-1)])
        found.push(`/v1/events/${id}`);
    for (const part of ["", "/accounts", "/relations", "/claims", "/evidence"])
        found.push(`/v1/events/${longest.id}${part}`);
    for (const list of ["actors", "places", "sources", "types", "claims", "relations"]) {
        found.push(`/v1/${list}`);
        const id = await first(list);
        if (id)
            found.push(`/v1/${list}/${id}`);
    }
    return new Set(found);
}

// What axe-core says, in a line for each rule; only what it calls serious or critical.
async function faults(tab) {
    const {violations} = await tab.evaluate(() => window.axe.run());
    return violations.filter(({impact}) => ["serious", "critical"].includes(impact)).map(
        ({id, nodes}) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 200)} `
            + `${nodes[0].failureSummary.replace(/\s+/g, " ")}`);
}

async function open(context, screen) {
    const tab = await context.newPage();
    await tab.setViewportSize(screen);
    await tab.emulateMedia({colorScheme: screen.colorScheme});
    if (screen.scriptless)
        await tab.route(/\/assets\/(explorer|embed)\.js$|\/annals-timeline\.js$/, route => route.fulfill(
            {contentType: "text/javascript", body: ""}));
    return {tab, troubles: watch(tab), screen};
}

async function visit(place, path, {tab, troubles, screen}) {
    const where = `${path}, ${screen.name}`;
    const answer = await tab.goto(place.url + path, {waitUntil: "load"});
    same(200, answer.status(), `status of ${where}`);
    const policy = answer.headers()["content-security-policy"] ?? "";
    check(policy.includes("default-src 'none'") && !policy.includes("unsafe"),
        `policy of ${where}: ${policy}`);
    check(await tab.locator("h1").count() === 1, `${where} has not one h1`);
    // The list waits a moment for the explorer that is to stand in its place.
    if (screen.scriptless && await tab.locator("#plain").count() > 0)
        await tab.locator("#plain").waitFor({state: "visible"});
    const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    await picture(tab, `page-${place.name}${path.replace(/\W+/g, "-")}-${screen.name}`);
    const found = await faults(tab);
    noTrouble(troubles, where);
    // What is cut off by leaving, such as a stream of changes, is no trouble of the next page.
    await tab.goto("about:blank");
    troubles.length = 0;
    return [...found, ...wide > 0 ? [`${wide} pixels too wide`] : []].map(one => `${where}: ${one}`);
}

export default async function play(place) {
    const {source} = library(place, "axe-core");
    const paths = await addresses(place);
    return browse(place, async context => {
        await context.addInitScript(source);
        const found = [];
        const tabs = await Promise.all(SCREENS.map(screen => open(context, screen)));
        for (const path of paths)
            found.push(...(await Promise.all(tabs.filter(({screen}) => !screen.scriptless
                || SCRIPTED.test(path)).map(tab => visit(place, path, tab)))).flat());
        check(found.length === 0, `${found.length} faults: ${found.join("\n")}`);
        return `${paths.size} pages on ${SCREENS.length} screens`;
    });
}
