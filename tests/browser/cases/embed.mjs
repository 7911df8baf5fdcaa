// The timeline on a page of somebody else: another origin, a policy that allows little, the module
// with its hash; and the same view in an <iframe>. With mouse, wheel, fingers and keys alone; with
// titles that mean harm; where nothing matches and where something is wrong.
import {createHash} from "node:crypto";
import {browse, noTrouble, picture, watch} from "../chromium.mjs";
import {host} from "../host.mjs";
import {all, check, get, library, same, until} from "../tools.mjs";

const SCREENS = [
    {name: "light", colorScheme: "light", width: 1100, height: 900},
    {name: "dark", colorScheme: "dark", width: 1100, height: 900},
    {name: "phone", colorScheme: "light", width: 360, height: 740},
];

const EVENTS = ["load", "range", "select", "error"];

// ---- the page ----

const STYLE = `
    :root { color-scheme: light dark; --annals-font: serif }
    body { font-family: serif; max-width: 60rem; margin: 1rem auto; padding: 0 1rem }
    iframe { width: 100%; height: 22rem; border: 1px solid GrayText }
    .tall { height: 60rem }`;

function hashOf(kind, text) {
    return `${kind}-${createHash(kind).update(text).digest("base64")}`;
}

function pageOf(place, integrity, attributes, frame = "") {
    const source = `${place.url}/annals-timeline.js`;
    return {
        headers: {
            "Content-Security-Policy": `default-src 'none'; script-src ${source}; connect-src ${place.url}; `
                + `style-src '${hashOf("sha256", STYLE)}'; frame-src ${place.url}; `
                + "base-uri 'none'; require-trusted-types-for 'script'",
        },
        html: `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page of somebody else</title><style>${STYLE}</style>
<script type="module" crossorigin integrity="${integrity}" src="${source}"></script>
<main><h1>Somebody's page</h1>
<annals-timeline ${attributes}>
    <p class="fallback">No timeline, but <a href="${place.url}/">a link</a>.</p>
</annals-timeline>
${frame}
<p class="tall">The page goes on.</p></main></html>`,
    };
}

// Opens a page and keeps what its timeline tells, in the page's own `told`.
async function visit(context, site, path, screen = SCREENS[0]) {
    const tab = await context.newPage(), troubles = watch(tab), requests = [];
    tab.on("request", request => requests.push(request.url()));
    await tab.setViewportSize(screen);
    await tab.emulateMedia({colorScheme: screen.colorScheme});
    await tab.goto(site.url + path);
    return {tab, troubles, requests, timeline: tab.locator("annals-timeline")};
}

const told = (tab, name) => tab.evaluate(
    wanted => window.told.filter(one => one.name === wanted).map(one => one.detail), name);
const last = async (tab, name) => (await told(tab, name)).at(-1);

// What `act` makes the timeline tell under that name.
async function after(tab, name, act, wanted = () => true) {
    const before = (await told(tab, name)).length;
    await act();
    return until(`annals-${name}`, async () => (await told(tab, name)).slice(before).find(wanted));
}

// What it loads for the window in which it comes to rest.
async function loaded(tab, act) {
    await after(tab, "range", act, one => one.settled);
    const {from, to} = await last(tab, "range");
    return until("annals-load", async () => (await told(tab, "load")).findLast(
        one => one.from === from && one.to === to));
}

const moved = (tab, act) => after(tab, "range", act, one => one.settled);

const inside = (tab, part) => tab.locator("annals-timeline").locator(part);
const said = tab => inside(tab, "[role=status]").textContent();

// A point of the canvas over which the hand points: an event.
async function findEvent(tab) {
    return tab.evaluate(() => {
        const canvas = document.querySelector("annals-timeline").shadowRoot.querySelector("canvas");
        const box = canvas.getBoundingClientRect();
        for (let y = box.top + 4; y < Math.min(box.bottom, innerHeight); y += 6)
            for (let x = box.left + 4; x < box.right; x += 6) {
                canvas.dispatchEvent(new PointerEvent("pointermove", {clientX: x, clientY: y}));
                const tip = canvas.getRootNode().querySelector("[part=tip]");
                if (canvas.style.cursor === "pointer" && !/zoom in/.test(tip.textContent))
                    return {x, y, title: tip.querySelector("b").textContent};
            }
        return null;
    });
}

// ---- what is tried ----

// The answer of the API for the window that the timeline tells of.
async function checkMatched(place, {from, to, matched}) {
    const {matched: wanted} = await get(place, `/v1/events.json?date=${from}/${to}&count=true&limit=1`);
    same(wanted, matched, `events from ${from} to ${to}`);
}

async function tryKeys(place, tab) {
    const canvas = inside(tab, "canvas");
    await tab.keyboard.press("Tab");
    check(await canvas.evaluate(one => one.matches(":focus-visible")), "one Tab does not reach the timeline");
    const events = await all(place, "/v1/events.json?limit=1000&undated=exclude");
    const words = [];
    for (let step = 0; step < 3; step++) {
        await tab.keyboard.press("ArrowRight");
        words.push(await said(tab));
        const now = words.at(-1);
        check(events.some(event => now.includes(event.date.display) && now.startsWith(event.title)),
            `the live region says “${now}”`);
        check(await inside(tab, "[part=tip]").isVisible(), "nothing is told beside the event");
    }
    same(3, new Set(words).size, "events that three steps reach");
    await tab.keyboard.press("ArrowLeft");
    same(words[1], await said(tab), "one step back");
    const {id, title} = await after(tab, "select", () => tab.keyboard.press("Space"));
    check(words[1].startsWith(title), `Space chose ${title}, not ${words[1]}`);
    same(id, await tab.locator("annals-timeline").getAttribute("selected"), "selected");
    await tab.keyboard.press("Escape");
    check(await inside(tab, "[part=tip]").isHidden(), "Escape leaves the words there");
    const opened = tab.context().waitForEvent("page");
    await tab.keyboard.press("ArrowRight");
    await tab.keyboard.press("Enter");
    const page = await opened;
    await until("Enter leads to the event", () => page.url().startsWith(`${place.url}/v1/events/`));
    await page.close();
    await tab.bringToFront();
    await canvas.focus();
    for (const [key, what] of [["+", "closer"], ["Shift+ArrowRight", "later"], ["Shift+ArrowLeft", "earlier"],
        ["End", "to the end"], ["Home", "to the beginning"], ["-", "wider"]]) {
        const before = (await last(tab, "range")) ?? (await last(tab, "load"));
        const {from, to, by} = await moved(tab, () => tab.keyboard.press(key));
        same("hand", by, `by, after ${key}`);
        check(from !== before.from || to !== before.to, `${key} does not lead ${what}`);
    }
    const answer = await loaded(tab, () => tab.keyboard.press("0"));
    same("reset", (await last(tab, "range")).by, "by, after 0");
    await checkMatched(place, answer);
}

async function tryMouse(place, tab) {
    const canvas = inside(tab, "canvas");
    await canvas.evaluate(one => one.blur());
    const found = await findEvent(tab);
    check(found !== null, "there is no event under the mouse");
    const ranges = (await told(tab, "range")).length;
    const {title} = await after(tab, "select", () => tab.mouse.click(found.x, found.y));
    same(found.title, title, "the event that was clicked");
    same(ranges, (await told(tab, "range")).length, "movements by a click");
    await canvas.evaluate(one => one.blur());
    // Without the focus the wheel is the page's.
    await tab.mouse.move(found.x, found.y);
    await tab.mouse.wheel(0, 120);
    await until("the page is scrolled, and rests", () => tab.evaluate(async () => {
        const before = scrollY;
        await new Promise(wake => setTimeout(wake, 200));
        return before > 0 && scrollY === before;
    }));
    same(ranges, (await told(tab, "range")).length, "movements by the page's wheel");
    await tab.evaluate(() => scrollTo(0, 0));
    const before = await last(tab, "load");
    await tab.keyboard.down("Control");
    const closer = await moved(tab, () => tab.mouse.wheel(0, -120));
    await tab.keyboard.up("Control");
    check(closer.from !== before.from || closer.to !== before.to, "Ctrl and the wheel do not zoom");
    await moved(tab, async () => {
        await tab.mouse.down();
        await tab.mouse.move(found.x + (found.x < 500 ? 120 : -120), found.y + 3, {steps: 5});
        await tab.mouse.up();
    });
    await canvas.focus();
    await loaded(tab, () => tab.mouse.wheel(0, 300));
    same(0, await tab.evaluate(() => scrollY), "scrolled with the focus");
    await loaded(tab, () => tab.keyboard.press("0"));
}

async function tryFingers(tab) {
    const box = await inside(tab, "canvas").boundingBox();
    const middle = box.x + box.width / 2, y = box.y + 60;
    const session = await tab.context().newCDPSession(tab);
    const touch = (type, ...points) => session.send("Input.dispatchTouchEvent",
        {type, touchPoints: points.map((x, id) => ({x, y, id}))});
    const before = await last(tab, "load"), ranges = (await told(tab, "range")).length;
    await touch("touchStart", middle - 30, middle + 30);
    for (let step = 1; step <= 5; step++)
        await touch("touchMove", middle - 30 - 12 * step, middle + 30 + 12 * step);
    await touch("touchEnd");
    const {from, to} = await until("fingers rest", async () =>
        (await told(tab, "range")).slice(ranges).find(one => one.settled));
    check(from !== before.from || to !== before.to, `two fingers leave ${from}/${to}`);
}

// A name means nothing but its letters, whatever stands in it.
async function tryTitles(place, tab) {
    await inside(tab, "canvas").focus();
    await tab.keyboard.press("Home");
    const events = await all(place, "/v1/events.json?limit=1000&undated=exclude"), seen = new Set();
    for (let step = 0; step < events.length && step < 40; step++) {
        if (step > 0)
            await tab.keyboard.press("ArrowRight");
        seen.add(await inside(tab, "[part=tip] b").first().textContent());
        const parts = await inside(tab, "[part=tip] *").evaluateAll(all => all.map(one => one.localName));
        same([], parts.filter(name => name !== "b" && name !== "span"), "elements that came with a title");
    }
    for (const {title} of events.slice(0, 20))
        check([...seen].some(one => one === title), `${title} was not told: ${[...seen].join("; ")}`);
}

async function axe(tab, where) {
    const {violations} = await tab.evaluate(() => window.axe.run({iframes: false}));
    const found = violations.map(({id, nodes: [{html, failureSummary}]}) =>
        `${id}: ${html.slice(0, 200)} ${failureSummary}`);
    check(found.length === 0, `${where}: ${found.join("\n")}`);
}

async function tryFrame(place, tab) {
    const frame = tab.frames().find(one => one.url().startsWith(`${place.url}/embed`));
    check(frame, "there is no frame");
    const timeline = frame.locator("annals-timeline");
    await until("the frame's timeline is drawn", () => timeline.locator("canvas").isVisible());
    const home = await frame.locator("#home").getAttribute("href");
    await timeline.locator("canvas").focus();
    await tab.keyboard.press("+");
    await until("the link home leads to what is shown", async () =>
        (await frame.locator("#home").getAttribute("href")) !== home);
    const high = await frame.evaluate(() => document.scrollingElement.scrollHeight - innerHeight);
    check(high <= 0, `the frame's page is ${high} pixels too high`);
}

// Wide and dark and on a phone, the page and the frame in it.
async function tryScreens(place, context, site) {
    for (const screen of SCREENS) {
        const {tab, troubles, requests} = await visit(context, site, "/both", screen);
        await until("both are there", async () => (await told(tab, "load")).length > 0);
        await tryFrame(place, tab);
        const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
        check(wide <= 0, `${screen.name}: ${wide} pixels too wide`);
        for (const page of tab.frames())
            await axe(page, `${page.url()}, ${screen.name}`);
        await picture(tab, `embed-${place.name}-${screen.name}`);
        noTrouble(troubles, screen.name);
        const elsewhere = requests.filter(url => !url.startsWith(place.url) && !url.startsWith(site.url));
        same([], elsewhere, "requests to another host");
        await tab.close();
    }
}

async function tryHands(place, context, site) {
    const {tab, troubles} = await visit(context, site, "/");
    await checkMatched(place, await until("it is loaded", () => last(tab, "load")));
    check(await tab.locator(".fallback").isHidden(), "what stands in for the drawing is there beside it");
    await tryKeys(place, tab);
    await tryMouse(place, tab);
    await tryFingers(tab);
    await tryTitles(place, tab);
    noTrouble(troubles, "hands");
    await tab.close();
}

// Nothing matches; and a question that is none. A browser tells of the 400 in its console by itself.
async function tryStates(place, context, site) {
    const empty = await visit(context, site, "/empty");
    await until("it says that nothing matches", () => inside(empty.tab, "[part=note]").isVisible());
    const note = await inside(empty.tab, "[part=note]").textContent();
    check(/No events match/.test(note), `of nothing it says “${note}”`);
    await axe(empty.tab, "empty");
    await picture(empty.tab, `embed-${place.name}-empty`);
    noTrouble(empty.troubles, "empty");
    const other = await visit(context, site, "/elsewhen");
    const answer = await loaded(other.tab, () => inside(other.tab, "button").click());
    check(answer.matched > 0, "“Show all” shows nothing");
    noTrouble(other.troubles, "elsewhen");
    const wrong = await visit(context, site, "/wrong");
    const {status, detail} = await until("the problem is told", () => last(wrong.tab, "error"));
    same(400, status, "status of the problem");
    const words = await inside(wrong.tab, "[part=note]").textContent();
    check(words.includes(detail) && detail.includes("nonsense"), `the problem is not shown: ${words}`);
    check(await wrong.tab.locator(".fallback").isVisible(), "the fallback is gone although nothing is drawn");
    await axe(wrong.tab, "wrong");
    await picture(wrong.tab, `embed-${place.name}-wrong`);
    const others = wrong.troubles.filter(one => !/400/.test(one));
    noTrouble(others, "wrong");
    for (const {tab} of [empty, other, wrong])
        await tab.close();
}

// A timeline that follows its store shows what is written meanwhile, where it stands.
async function tryLive(place, context, site) {
    const {tab, troubles} = await visit(context, site, "/live");
    const before = await until("it is loaded", () => last(tab, "load"));
    const moves = (await told(tab, "range")).length;
    const answer = await fetch(`${place.url}/v1/sources/embed-live`, {
        method: "PUT",
        headers: {
            "Authorization": `Bearer ${place.token}`, "Content-Type": "application/vnd.annals.source+json",
        },
        body: JSON.stringify({
            annals: 1, source: {id: "embed-live", title: "Written meanwhile", published: "2026"},
            events: [{id: "embed-live", title: "Meanwhile", date: "2021-06-02"}],
        }),
    });
    same(201, answer.status, "status of a source");
    await until("what was written is counted", async () =>
        (await last(tab, "load")).matched === before.matched + 1);
    check((await last(tab, "load")).version > before.version, "the version did not grow");
    same(moves, (await told(tab, "range")).length, "movements by a change");
    noTrouble(troubles, "live");
    await tab.close();
}

// What the manifest says of the element is what the element is.
async function tryManifest(place, context, site, module) {
    const {modules: [{declarations: [element]}]} = await get(place, "/assets/custom-elements.json");
    const names = list => list.map(one => one.name).sort();
    const {tab} = await visit(context, site, "/");
    const real = await tab.evaluate(() => {
        const {prototype, observedAttributes} = customElements.get("annals-timeline");
        const own = Object.getOwnPropertyNames(prototype)
            .filter(name => !/Callback$|^constructor$/.test(name));
        const {shadowRoot} = document.querySelector("annals-timeline");
        const parts = shadowRoot.querySelectorAll("[part]");
        return {attributes: [...observedAttributes].sort(), members: own.sort(),
            parts: [...new Set([...parts].map(part => part.getAttribute("part")))].sort()};
    });
    same(real.attributes, names(element.attributes), "attributes");
    same(real.members, names(element.members), "members");
    same(real.parts, names(element.cssParts), "parts");
    same(EVENTS.map(name => `annals-${name}`).sort(), names(element.events), "events");
    // The module makes the names of colours out of their ends.
    for (const {name} of element.cssProperties)
        check(module.includes(name.replace(/^--annals-|\d$/g, "")), `${name} is nowhere in the module`);
    await tab.close();
}

async function siteOf(place, module) {
    const integrity = hashOf("sha384", module), src = `src="${place.url}/v1/events`;
    const page = (attributes, frame) => pageOf(place, integrity, attributes, frame);
    return host({
        "/": page(`${src}" label="Everything"`),
        "/both": page(`${src}" lanes="none" label="Everything"`,
            `<h2>In a frame</h2>
<iframe title="The same in a frame" src="${place.url}/embed?lanes=type"></iframe>`),
        "/live": page(`${src}" from="2021" to="2021" live`),
        "/empty": page(`${src}?q=zzzzqq"`),
        "/elsewhen": page(`${src}?date=2001/2002"`),
        "/wrong": page(`${src}?nonsense=1"`),
    });
}

export default async function play(place) {
    const answer = await fetch(`${place.url}/annals-timeline.js`, {headers: {"Accept-Encoding": "gzip"}});
    const module = await answer.text();
    const site = await siteOf(place, module);
    const {source} = library(place, "axe-core");
    try {
        return await browse(place, async context => {
            await context.addInitScript(source);
            await context.addInitScript(names => {
                window.told = [];
                for (const name of names)
                    addEventListener(`annals-${name}`, ({detail}) => window.told.push({name, detail}));
            }, EVENTS);
            await tryHands(place, context, site);
            await tryStates(place, context, site);
            await tryScreens(place, context, site);
            await tryLive(place, context, site);
            await tryManifest(place, context, site, module);
            return "a page, a frame, hands, states, changes, the manifest";
        });
    } finally {
        site.close();
    }
}
