// The pages of docs/how-to/embed-a-timeline.md and dashboards.md, as somebody makes them who follows the
// words: saved as a file and opened, or served from beside annals.js where the page says so. Libraries
// that a page takes from a CDN come from npm.
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath, pathToFileURL} from "node:url";
import {browse, noTrouble, picture, watch} from "../chromium.mjs";
import {host} from "../host.mjs";
import {check, get, library, libraryFile, same, until} from "../tools.mjs";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const SERVER = "http://127.0.0.1:8080";
const CDN = {
    "https://cdn.jsdelivr.net/npm/d3@7": "d3/dist/d3.min.js",
    "https://cdn.jsdelivr.net/npm/@observablehq/plot@0.6": "@observablehq/plot/dist/plot.umd.min.js",
};

// ---- the words of the docs ----

// The HTML files of a page by their titles, with the daemon's address in the place of the one of the docs.
async function filesOf(place, name) {
    const words = await readFile(join(ROOT, "docs/how-to", name), "utf8");
    const blocks = [...words.matchAll(/^```html\n(<!doctype html>.*?)^```$/gms)].map(([, html]) => html);
    const titleOf = html => /<title>(.*?)<\/title>/.exec(html)[1];
    return new Map(blocks.map(html => [titleOf(html), html.replaceAll(SERVER, place.url)]));
}

function fileOf(files, title) {
    const html = files.get(title);
    check(html, `there is no page “${title}” in ${[...files.keys()]}`);
    files.delete(title);
    return html;
}

// What the page's table says that a strict policy needs.
async function policyOf(place) {
    const words = await readFile(join(ROOT, "docs/how-to/embed-a-timeline.md"), "utf8");
    const section = words.slice(words.indexOf("## On a page with a strict policy"));
    const rows = [...section.matchAll(/^\| the \w+ \| `(.*?)` \|$/gm)].map(([, policy]) => policy);
    same(3, rows.length, "rows of the table of policies");
    return ["default-src 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", ...rows]
        .join("; ").replaceAll(SERVER, place.url);
}

// ---- pages ----

async function open(context, address) {
    const tab = await context.newPage(), troubles = watch(tab);
    await tab.goto(address);
    return {tab, troubles};
}

function told(tab, name) {
    return tab.evaluate(wanted =>
        window.told.filter(one => one.name === wanted).map(one => one.detail), name);
}

async function loaded(tab) {
    return until("the timeline is loaded", async () => (await told(tab, "load")).at(-1));
}

async function axe(tab, where) {
    const {violations} = await tab.evaluate(() => window.axe.run({iframes: false}));
    same([], violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`), `what axe finds on the ${where}`);
}

// Saves a page as a file and opens that, as a double click does.
async function openFile(context, folder, name, html) {
    const file = join(folder, name);
    await writeFile(file, html);
    return open(context, pathToFileURL(file).href);
}

// ---- embed-a-timeline.md ----

async function tryElement(place, context, folder, html) {
    const {tab, troubles} = await openFile(context, folder, "timeline.html", html);
    const {matched} = await loaded(tab);
    const wanted = await get(place, "/v1/events.json?actor=tur&date=2020-10/2022-03&count=true&limit=1");
    same(wanted.matched, matched, "events");
    check(await tab.locator("annals-timeline a").isHidden(), "the fallback is there beside the drawing");
    await picture(tab, "docs-embed-element");
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("ArrowRight");
    const opened = context.waitForEvent("page");
    await tab.keyboard.press("Enter");
    await until("Enter leads to the event", async () =>
        (await opened).url().startsWith(`${place.url}/v1/events/`));
    noTrouble(troubles, "the element in a file");
    await (await opened).close();
    await tab.close();
}

async function tryColours(context, folder, html) {
    const {tab, troubles} = await openFile(context, folder, "colours.html", html);
    await loaded(tab);
    await tab.locator("annals-timeline").locator("canvas").focus();
    await tab.keyboard.press("ArrowRight");
    await tab.keyboard.press("Space");
    const {title} = await until("an event is chosen", async () => (await told(tab, "select")).at(-1));
    same(title, await tab.locator("#chosen").textContent(), "what the page says was chosen");
    await picture(tab, "docs-embed-colours");
    noTrouble(troubles, "the element in colours");
    await tab.close();
}

async function tryFrame(place, context, folder, html) {
    const {tab, troubles} = await openFile(context, folder, "frame.html", html);
    const ours = one => one.url().startsWith(`${place.url}/embed`);
    const frame = await until("there is a frame", () => tab.frames().find(ours));
    await until("it is drawn", () => frame.locator("annals-timeline").locator("canvas").isVisible());
    noTrouble(troubles, "the frame");
    await tab.close();
}

async function tryPicture(context, folder, html) {
    const {tab, troubles} = await openFile(context, folder, "picture.html", html);
    await until("the picture is drawn", () => tab.evaluate(() => document.images[0].naturalWidth > 600));
    noTrouble(troubles, "the picture");
    await tab.close();
}

// The picture inside of the tag is for those alone who need it.
async function tryWithoutScript(place, context, folder, html) {
    const asked = [], listen = request => asked.push(request.url());
    context.on("request", listen);
    const {tab, troubles} = await openFile(context, folder, "both.html", html);
    await loaded(tab);
    context.off("request", listen);
    check(asked.some(url => url.includes("annals-timeline.js")), "nothing that is asked for is seen");
    same([], asked.filter(url => url.includes("events.svg")), "pictures asked for where script runs");
    noTrouble(troubles, "with script");
    await tab.close();
    const plain = await context.browser().newContext({javaScriptEnabled: false});
    const page = await plain.newPage();
    await page.goto(pathToFileURL(join(folder, "both.html")).href);
    await until("the picture is drawn", () => page.evaluate(() => document.images[0]?.naturalWidth > 600));
    check(await page.locator("annals-timeline a").isVisible(), "there is no link without script");
    await plain.close();
}

// What oEmbed gives, and the same as WordPress writes it of a server that it does not know.
async function tryPasted(place, context, folder) {
    const {html} = await get(place, `/oembed?url=${encodeURIComponent(`${place.url}/embed?actor=aze`)}`);
    const stricter = html.replace(/ sandbox="[^"]*"/, " sandbox=\"allow-scripts\" security=\"restricted\"")
        .replace(/ src="([^"]*)"/, " src=\"$1#?secret=pJ4qv0\"");
    check(stricter.includes("secret") && stricter.includes("\"allow-scripts\""), `no such frame: ${html}`);
    const page = `<!doctype html><html lang="en"><title>A post</title>${html}${stricter}</html>`;
    const {tab, troubles} = await openFile(context, folder, "post.html", page);
    for (const at of [1, 2])
        await until("a frame is drawn", () =>
            tab.frames()[at]?.locator("annals-timeline").locator("canvas").isVisible());
    noTrouble(troubles, "frames of oEmbed");
    await tab.close();
}

// After an update of the server the hash of before does not fit, and there is what the page says.
async function tryUpdated(place, context, folder) {
    const integrity = `sha384-${"A".repeat(64)}`;
    const {tab} = await openFile(context, folder, "updated.html", `<!doctype html>
<html lang="en"><title>Old</title>
<script type="module" integrity="${integrity}" src="${place.url}/annals-timeline.js"></script>
<annals-timeline src="${place.url}/v1/events"><a href="${place.url}/">Events</a></annals-timeline></html>`);
    await tab.waitForLoadState("networkidle");
    check(await tab.locator("annals-timeline a").isVisible(), "no module is taken, and the link is hidden");
    check(await tab.evaluate(() => !customElements.get("annals-timeline")), "another module was taken");
    await tab.close();
}

// All three ways on a page that allows what the docs say and nothing else.
async function tryPolicy(place, context) {
    const element = `<script type="module" src="${place.url}/annals-timeline.js"></script>
<annals-timeline src="${place.url}/v1/events?actor=aze" label="Events"></annals-timeline>`;
    const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Strict</title>${element}
<iframe src="${place.url}/embed?actor=aze" title="A frame"></iframe>
<img src="${place.url}/v1/events.svg" alt="A picture"></html>`;
    const headers = {"Content-Security-Policy": await policyOf(place)};
    const site = await host({"/": {html, headers}});
    try {
        const {tab, troubles} = await open(context, site.url);
        await loaded(tab);
        await until("the picture is drawn", () => tab.evaluate(() => document.images[0].naturalWidth > 0));
        await until("the frame is drawn", () =>
            tab.frames()[1]?.locator("annals-timeline").locator("canvas").isVisible());
        noTrouble(troubles, "under the policy of the docs");
        await tab.close();
    } finally {
        site.close();
    }
}

// ---- dashboards.md ----

async function panels(tab) {
    return tab.evaluate(() => ({
        count: Number.parseInt(document.getElementById("count").textContent, 10),
        names: [...document.querySelectorAll("#who button")].map(one => one.textContent),
        events: [...document.querySelectorAll("#list li")].map(one => one.textContent),
    }));
}

async function changed(tab, before, what, act) {
    await act();
    return until(what, async () => {
        const now = await panels(tab);
        return JSON.stringify(now) !== JSON.stringify(before) && now;
    });
}

// The timeline moves, and the panels are those of its window.
async function tryMoving(place, tab, actor) {
    const before = await panels(tab);
    await tab.locator("annals-timeline").locator("canvas").focus();
    const press = () => tab.keyboard.press("+");
    const closer = await changed(tab, before, "the panels follow the timeline", press);
    check(closer.count <= before.count, `${closer.count} events in a part of the time of ${before.count}`);
    const {from, to} = (await told(tab, "range")).findLast(range => range.settled);
    const {items} = await get(place, `/v1/events.json?date=${from}/${to}&actor=${actor}&limit=20`);
    await until("the list is that of the window", async () => {
        const {events} = await panels(tab);
        const same = events.length === items.length;
        return same && items.every(({title}, at) => events[at].endsWith(title));
    });
    // A name changes who, and not when.
    const there = await panels(tab);
    const everybody = await changed(tab, there, "without the name there are others", () =>
        tab.locator("#who button[aria-pressed=true]").click());
    await until("the timeline shows the same time", async () => {
        const last = (await told(tab, "load")).at(-1);
        return last.matched === everybody.count && last.from === from && last.to === to;
    });
}

async function tryDashboard(place, context, folder, html) {
    const {tab, troubles} = await openFile(context, folder, "dashboard.html", html);
    await loaded(tab);
    const nothing = {count: null, names: [], events: []};
    const all = await changed(tab, nothing, "the panels are filled", () => {});
    const {matched} = await get(place, "/v1/events.json?date=2020-07/2022-12&count=true&limit=1");
    same([matched, 8, 20], [all.count, all.names.length, all.events.length], "events, names and the list");
    await axe(tab, "dashboard");
    await picture(tab, "docs-dashboard", {fullPage: true});
    const {facets} = await get(place, "/v1/facets.json?by=actor&date=2020-07/2022-12&limit=8");
    const second = tab.locator("#who button").nth(1);
    const one = await changed(tab, all, "a name narrows the panels", () => second.click());
    const named = all.names[1].endsWith(String(one.count));
    check(one.count < all.count && named, `${one.count} events of ${all.names[1]}`);
    await until("the timeline is narrowed", async () =>
        (await told(tab, "load")).at(-1).matched === one.count);
    await tryMoving(place, tab, facets[0].values[1].id);
    await tab.setViewportSize({width: 360, height: 740});
    const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    check(wide <= 0, `${wide} pixels too wide for a phone`);
    noTrouble(troubles, "dashboard");
    await tab.close();
}

async function tryPlot(place, context, html) {
    const site = await host({"/": html}, {"/annals.js": join(ROOT, "clients/js/annals.js")});
    await context.route("https://cdn.jsdelivr.net/**", route => {
        const file = CDN[route.request().url()];
        return file ? route.fulfill({path: libraryFile(place, file), contentType: "text/javascript"})
            : route.abort();
    });
    try {
        const {tab, troubles} = await open(context, site.url);
        const {buckets} = await get(place, "/v1/histogram.json?by=month&date=2020-07/2022-06");
        const bars = await until("the bars are drawn", async () => {
            const titles = await tab.locator("#plot svg rect title").allTextContents();
            return titles.length > 0 && titles;
        });
        const possible = buckets.map(({max}) => `${max} possibly`);
        same([...possible, ...buckets.map(({min}) => `${min} certainly`)], bars, "bars");
        await picture(tab, "docs-plot");
        noTrouble(troubles, "plot");
        await tab.close();
    } finally {
        await context.unroute("https://cdn.jsdelivr.net/**");
        site.close();
    }
}

export default async function play(place) {
    const embed = await filesOf(place, "embed-a-timeline.md"), boards = await filesOf(place, "dashboards.md");
    const {source} = library(place, "axe-core");
    const folder = await mkdtemp(join(tmpdir(), "annals-docs-"));
    try {
        return await browse(place, async context => {
            await context.addInitScript(source);
            await context.addInitScript(() => {
                window.told = [];
                for (const name of ["load", "range", "select", "error"])
                    addEventListener(`annals-${name}`, ({detail}) => window.told.push({name, detail}));
            });
            await tryElement(place, context, folder, fileOf(embed, "Turkey in the South Caucasus"));
            await tryColours(context, folder, fileOf(embed, "In the colours of the page"));
            await tryFrame(place, context, folder, fileOf(embed, "In a frame"));
            await tryPicture(context, folder, fileOf(embed, "As a picture"));
            await tryWithoutScript(place, context, folder, fileOf(embed, "With and without script"));
            await tryPolicy(place, context);
            await tryPasted(place, context, folder);
            await tryUpdated(place, context, folder);
            await tryDashboard(place, context, folder, fileOf(boards, "South Caucasus, 2020 to 2022"));
            await tryPlot(place, context, fileOf(boards, "Events per month"));
            const untried = [...embed.keys(), ...boards.keys()];
            same([], untried, "pages that nobody tries");
            return "an element, colours, frames, pictures, a policy, an old hash; a dashboard, a plot";
        });
    } finally {
        await rm(folder, {recursive: true, force: true});
    }
}
