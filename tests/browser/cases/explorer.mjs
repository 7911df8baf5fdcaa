// The explorer as people use it, with a mouse and without one: what it shows is always the answer to
// its own address with another suffix, every step can be gone back and passed on as a link, and what
// is wrong or empty says how to go on. Under its policy, without a word in the console.
import {browse, noTrouble, picture, watch} from "../chromium.mjs";
import {Failure, all, check, get, library, same, until} from "../tools.mjs";

const SCREENS = [
    {name: "light", colorScheme: "light", width: 1360, height: 900},
    {name: "dark", colorScheme: "dark", width: 1280, height: 720},
    {name: "phone", colorScheme: "light", width: 390, height: 844},
];
const ROWS = 50; // that the list asks for at once

// ---- what the page says ----

const tally = tab => tab.locator("output.tally").textContent();
const titles = tab => tab.locator(".rows .what > bdi").allTextContents();
const address = tab => tab.evaluate(() => location.pathname + location.search + location.hash);
const asked = tab => tab.evaluate(() => location.search);
const chips = tab => tab.locator(".chips .chip").count();

function numberIn(text) {
    return Number(text.replace(/\D/g, ""));
}

async function twin(place, tab, more = "") {
    const search = await asked(tab);
    return get(place, `/v1/events.json${search || "?"}${search ? "&" : ""}count=true${more}`);
}

// Waits until the page shows the answer to its own address: the number, and the first rows.
async function settled(place, tab, what) {
    let seen = "";
    try {
        await until(what, async () => {
            const answer = await twin(place, tab, `&limit=${ROWS}`);
            const first = answer.items.slice(0, 5).map(one => one.title);
            seen = `${await tally(tab)}: ${(await titles(tab)).slice(0, 5)}`;
            return seen === `${await tally(tab)}: ${first}` && numberIn(await tally(tab)) === answer.matched;
        }, 10_000);
    } catch {
        throw new Failure(`${what}: ${await address(tab)} shows ${seen}`);
    }
    return numberIn(await tally(tab));
}

async function openAt(context, place, path, screen = SCREENS[0]) {
    const tab = await context.newPage();
    const troubles = watch(tab);
    const elsewhere = [];
    tab.on("request", request => {
        if (!request.url().startsWith(place.url))
            elsewhere.push(request.url());
    });
    await tab.setViewportSize(screen);
    await tab.emulateMedia({colorScheme: screen.colorScheme});
    await tab.goto(place.url + path);
    await tab.locator("html.exploring").waitFor();
    return {tab, troubles, async close() {
        same([], elsewhere, `requests elsewhere from ${path}`);
        // What is out of date is given up, and so is the stream of changes when a page goes.
        noTrouble(troubles.filter(one => !one.includes("ERR_ABORTED")), path);
        await tab.close();
    }};
}

// Every fault that axe finds, in a line each.
async function faults(tab, where) {
    const {violations} = await tab.evaluate(() => window.axe.run());
    return violations.map(({id, nodes: [{html, failureSummary}]}) =>
        `${where}: ${id}: ${html.slice(0, 200)} ${failureSummary.replace(/\s+/g, " ")}`);
}

// ---- what is asked ----

async function facets(context, place) {
    const {tab, close} = await openAt(context, place, "/");
    const whole = await settled(place, tab, "at first");
    const box = tab.locator(".types input").first();
    await box.check();
    const some = await settled(place, tab, "one type");
    check(some > 0 && some < whole, `one type of ${whole} events gives ${some}`);
    check(/^\?type=[\w-]+$/.test(await asked(tab)), `asked is ${await asked(tab)}`);
    if (await tab.locator(".types input").count() > 1) {
        await tab.locator(".types input").nth(1).check();
        await settled(place, tab, "two types");
        check(/^\?type=[\w-]+,[\w-]+$/.test(await asked(tab)), `asked is ${await asked(tab)}`);
        check(await tab.locator(".types input").nth(1).isChecked(), "the second type is not checked");
        await tab.goBack();
        same(some, await settled(place, tab, "back by one"), "events after one step back");
    }
    await tab.goBack();
    same(whole, await settled(place, tab, "back by two"), "events after two steps back");
    same(0, await chips(tab), "chips after two steps back");
    await tab.goForward();
    same(some, await settled(place, tab, "forward"), "events after a step forward");
    await tab.locator(".chip").click();
    same(whole, await settled(place, tab, "without the chip"), "events without the chip");
    await tab.getByRole("button", {name: /^Told by/}).click();
    same([], await faults(tab, "a sheet of facets"), "faults of a sheet");
    await tab.locator("#facet-source input").first().check();
    await settled(place, tab, "one source");
    check((await asked(tab)).startsWith("?source="), `asked is ${await asked(tab)}`);
    await tab.keyboard.press("Escape");
    await tab.getByRole("button", {name: /^Reading/}).click();
    await tab.locator("[name=reading-policy]").waitFor();
    same([], await faults(tab, "the sheet of readings"), "faults of the readings");
    await tab.locator("[name=reading-policy]").selectOption("last");
    await settled(place, tab, "another reading");
    check((await asked(tab)).endsWith("&policy=last"), `asked is ${await asked(tab)}`);
    await close();
}

async function suggestions(context, place) {
    const {tab, close} = await openAt(context, place, "/");
    const {id, name} = (await get(place, "/v1/facets?by=actor&limit=1")).facets[0].values[0];
    const field = tab.locator("[name=q]");
    await tab.keyboard.press("/");
    await field.pressSequentially([...name].slice(0, 5).join(""));
    const option = tab.locator("#suggestions li", {hasText: name}).filter({hasText: "actor"}).first();
    await option.waitFor();
    same("true", await field.getAttribute("aria-expanded"), "aria-expanded");
    for (let steps = 0; steps < 10 && await option.getAttribute("aria-selected") !== "true"; steps++)
        await tab.keyboard.press("ArrowDown");
    same(await option.getAttribute("id"), await field.getAttribute("aria-activedescendant"), "active option");
    await picture(tab, `explorer-${place.name}-suggestions`);
    await tab.keyboard.press("Enter");
    await settled(place, tab, "with the actor");
    same(`?actor=${id}`, await asked(tab), "asked");
    check((await tab.locator(".chip").textContent()).includes(name), "the chip does not name the actor");
    const [word] = (await titles(tab))[0].match(/\p{L}{4,}/u);
    await field.fill(word);
    await tab.keyboard.press("Enter");
    await settled(place, tab, "with a word");
    same(`?actor=${id}&q=${encodeURIComponent(word)}`, await asked(tab), "asked with a word");
    await close();
}

// The window of the timeline is the date that is asked, and the other way round.
async function timeWindow(context, place) {
    const {tab, close} = await openAt(context, place, "/");
    const whole = await settled(place, tab, "at first");
    await tab.locator("annals-timeline canvas").waitFor();
    const steps = await tab.evaluate(() => history.length);
    for (let i = 0; i < 3; i++)
        await tab.getByRole("button", {name: "Closer"}).click();
    await until("the window is in the address", async () => (await asked(tab)).startsWith("?date="));
    const some = await settled(place, tab, "closer");
    check(some < whole, `${some} of ${whole} events in a narrower window`);
    same(steps, await tab.evaluate(() => history.length), "steps of history after zooming");
    const {from} = await tab.evaluate(() => document.querySelector("annals-timeline").range);
    same(from, await tab.locator("#from").inputValue(), "the field `from`");
    await tab.getByRole("button", {name: "All time"}).click();
    await until("the date is gone", async () => await asked(tab) === "");
    same(whole, await settled(place, tab, "everything"), "events of everything");
    await tab.locator("#from").fill("2021");
    await tab.locator("#to").fill("2022-06");
    await tab.keyboard.press("Enter");
    await settled(place, tab, "dates by hand");
    same("?date=2021/2022-06", await asked(tab), "dates by hand");
    await close();
}

// An address opened afresh shows what it showed, and keeps what the page has no control for.
async function permalinks(context, place) {
    const odd = "precision__not=second&members=true&undated=include&sort=-date";
    const {id} = (await get(place, `/v1/events?${odd}&limit=1`)).items[0];
    const path = `/v1/events?${odd}#e=${id}&panel=history&lanes=actor`;
    const {tab, close} = await openAt(context, place, path);
    const count = await settled(place, tab, "a permalink");
    same(path, await address(tab), "the address after opening");
    same(id, await tab.locator(".rows [aria-current]").getAttribute("data-id"), "the row that is marked");
    same("History", await tab.locator("[role=tab][aria-selected=true]").textContent(), "the tab in sight");
    same("actor", await tab.locator("#lanes").inputValue(), "the lanes");
    same("actor", await tab.locator("annals-timeline").getAttribute("lanes"), "the lanes of the timeline");
    await tab.reload();
    same(count, await settled(place, tab, "reloaded"), "events after reloading");
    await tab.locator(".types input").first().check();
    await settled(place, tab, "one filter more");
    check((await asked(tab)).startsWith(`?${odd}&type=`), `others are not kept: ${await asked(tab)}`);
    await tab.locator(".rows a").last().click();
    const last = await tab.locator(".rows a").last().getAttribute("data-id");
    check((await address(tab)).includes(`#e=${last}&`), "a click does not select");
    await tab.goBack();
    await until("the selection is gone back", async () => (await address(tab)).includes(`#e=${id}&`));
    await close();
}

// ---- hands on keys alone ----

async function keyboard(context, place) {
    const {tab, close} = await openAt(context, place, "/");
    await settled(place, tab, "at first");
    await tab.keyboard.press("?");
    await tab.locator("dialog.keys").waitFor();
    same([], await faults(tab, "the keys"), "faults of the keys");
    await picture(tab, `explorer-${place.name}-keys`);
    await tab.keyboard.press("Escape");
    await tab.locator("dialog").waitFor({state: "detached"});
    const reached = new Set();
    for (let i = 0; i < 60 && !reached.has("row"); i++) {
        await tab.keyboard.press("Tab");
        reached.add(await tab.evaluate(() => {
            const here = document.activeElement;
            return here.closest(".rows") ? "row" : here.matches("annals-timeline") ? "timeline"
                : here.closest(".map") ? "map" : here.id || here.name || here.className || here.tagName;
        }));
    }
    for (const stop of ["q", "from", "to", "timeline", "lanes", "map", "row"])
        check(reached.has(stop), `Tab does not reach ${stop}: ${[...reached]}`);
    await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("Enter");
    await tab.locator("[role=tab]").first().waitFor();
    same(1, await tab.locator(".rows li:nth-child(2) [aria-current]").count(), "the second row is marked");
    await tab.locator("[role=tab][aria-selected=true]").focus();
    await tab.keyboard.press("ArrowRight");
    check((await address(tab)).includes("panel=source"), "an arrow does not change the tab");
    await tab.keyboard.press("Escape");
    await until("nothing is selected", async () => !(await address(tab)).includes("e="));
    const atRow = () => tab.evaluate(() => document.activeElement.closest(".rows") !== null);
    check(await atRow(), "Escape in the panel does not lead back to the list");
    await tab.keyboard.press("Enter");
    await tab.getByRole("button", {name: "Unselect the event"}).press("Enter");
    await until("nothing is selected", async () => !(await address(tab)).includes("e="));
    check(await atRow(), "unselecting does not lead back to the list");
    await tab.keyboard.press("Enter");
    const selected = await address(tab);
    await tab.locator("#from").press("Escape");
    same(selected, await address(tab), "Escape in a field leaves the event");
    await tab.getByRole("button", {name: "Keys"}).press("Enter");
    await tab.locator("dialog.keys").waitFor();
    await tab.keyboard.press("Escape");
    await tab.locator("dialog").waitFor({state: "detached"});
    same("Keys", await tab.evaluate(() => document.activeElement.textContent), "the focus after the dialog");
    await close();
}

// ---- nothing, and what is wrong ----

async function empty(context, place) {
    const {id} = (await get(place, "/v1/facets?by=type&limit=1")).facets[0].values[0];
    const {tab, close} = await openAt(context, place, `/v1/events?date=1200/1201&type=${id}`);
    const offer = tab.locator(".nothing .offers button").first();
    await offer.waitFor();
    same(0, await settled(place, tab, "nothing"), "events");
    await picture(tab, `explorer-${place.name}-empty`);
    const promised = numberIn((await offer.textContent()).split(":").at(-1));
    await offer.click();
    same(promised, await settled(place, tab, "widened"), "events after widening");
    await close();
    // Before anything was loaded there was nothing, but the store has something.
    const then = await openAt(context, place, "/v1/events?as_of=0");
    await then.tab.getByText("Not as it is now").waitFor();
    await then.tab.getByRole("button", {name: /^without as the store was at: 0/}).click();
    check(await settled(place, then.tab, "now") > 0, "nothing in the newest version");
    same(0, await then.tab.getByText("Not as it is now").count(), "words of the past");
    await then.close();
}

async function wrong(context, place) {
    const {tab, troubles, close} = await openAt(context, place, "/");
    const whole = await settled(place, tab, "at first");
    await tab.locator("#from").fill("2021-13");
    await tab.keyboard.press("Enter");
    await tab.locator(".problem").waitFor();
    check((await tab.locator("#date-trouble").textContent()).includes("month 13"), "the field is silent");
    same("true", await tab.locator("#from").getAttribute("aria-invalid"), "aria-invalid");
    same("false", await tab.locator("#to").getAttribute("aria-invalid"), "aria-invalid of the empty field");
    const said = await tab.locator(".problem").textContent();
    check(said.includes("month 13") && said.includes("such as 2021-03-24"), `the problem says ${said}`);
    same(whole, numberIn(await tally(tab)), "the last view is kept");
    check(said.includes("the last answer"), "nobody says that what is shown is old");
    await picture(tab, `explorer-${place.name}-wrong`);
    await tab.getByRole("button", {name: "Ask without date"}).click();
    same(whole, await settled(place, tab, "without the date"), "events without the date");
    check(await tab.locator("#date-trouble").isHidden(), "the field still complains");
    await context.setOffline(true);
    await tab.locator(".types input").first().click();
    await tab.locator(".problem", {hasText: "does not answer"}).waitFor();
    await tab.keyboard.press("?");
    await tab.locator(".problem", {hasText: "A part of the page did not load"}).waitFor();
    await context.setOffline(false);
    await tab.locator(".problem").getByRole("button", {name: "Try again"}).click();
    await settled(place, tab, "on line again");
    check(troubles.length > 0, "nothing was refused");
    asMeant(troubles);
    await close();
}

// What was refused and what was cut off was meant to be.
function asMeant(troubles) {
    const others = troubles.filter(one => !/\b400\b|INTERNET_DISCONNECTED/.test(one));
    troubles.splice(0, troubles.length, ...others);
}

// A link that asks what cannot be asked says so, and offers what can.
async function wrongLink(context, place) {
    const {tab, troubles, close} = await openAt(context, place, "/v1/events?typ=agree&undated=include");
    await tab.locator(".problem", {hasText: "did you mean \"type\"?"}).waitFor();
    check(await tab.locator("annals-timeline").isHidden(), "there is a timeline before any answer");
    await tab.getByRole("button", {name: "Ask without typ"}).click();
    await settled(place, tab, "without the wrong part");
    same("?undated=include", await asked(tab), "asked");
    same("what", await tab.evaluate(() => document.activeElement.id), "where the focus is");
    asMeant(troubles);
    await close();
}

// ---- live ----

async function put(place, id, title) {
    const answer = await fetch(`${place.url}/v1/sources/${id}`, {
        method: "PUT",
        headers: {"Authorization": `Bearer ${place.token}`, "Content-Type": "application/json"},
        body: JSON.stringify({annals: 1, source: {id, title: `Source ${id}`},
            events: [{id: `${id}-event`, title, date: "2021-06-15"}]}),
    });
    check(answer.status === 201, `PUT ${id}: ${answer.status}`);
}

async function live(context, place) {
    const {tab, close} = await openAt(context, place, "/");
    const before = await settled(place, tab, "at first");
    await put(place, "live-1", "<script>hacked = 1</script><img src=x onerror='hacked = 1'>");
    await until("the new event is counted", async () => numberIn(await tally(tab)) === before + 1);
    await settled(place, tab, "a new version");
    await tab.locator(".rows a[data-id=live-1-event]").click();
    await tab.locator("#panel-event", {hasText: "<script>"}).waitFor();
    check(await tab.evaluate(() => !("hacked" in window)), "a title was run");
    await tab.locator("[name=q]").fill("half a thou");
    await put(place, "live-2", "Live two");
    await tab.locator(".offer button").click();
    await until("the offer was taken", async () => numberIn(await tally(tab)) === before + 2);
    await close();
}

// ---- use this data ----

async function use(context, place) {
    const path = place.name === "example" ? "/v1/events?date=1990/2030&undated=exclude"
        : "/v1/events?undated=include";
    const {tab, close} = await openAt(context, place, path);
    const count = await settled(place, tab, "a view");
    await tab.getByRole("button", {name: "Use this data"}).click();
    await tab.locator(".use", {hasText: "@misc"}).waitFor();
    await picture(tab, `explorer-${place.name}-use`);
    same([], await faults(tab, "use this data"), "faults of the dialog");
    const lines = await tab.locator(".use pre").allTextContents();
    check(lines.length >= 14, `${lines.length} lines only`);
    const written = lines.join("\n").replaceAll("&amp;", "&").match(/https?:\/\/[^\s"'<>(){}]+/g);
    const addresses = new Set(written.map(one => one.replace(/[.,;]$/, "")));
    for (const one of addresses) {
        check(one.startsWith(place.url), `${one} is not of this server`);
        const answer = await fetch(one);
        check(answer.ok, `${one}: ${answer.status}`);
    }
    const csv = lines.find(line => line.startsWith("=IMPORTDATA")).match(/"(.*)"/)[1];
    const rows = (await all(place, path)).length;
    same(rows, count, "events in view and by paging");
    const table = await (await fetch(`${csv}&fields=id`)).text();
    same(rows, table.trim().split("\n").length - 1, "rows of the CSV");
    const curl = lines.find(line => line.startsWith("curl")).match(/'(.*)'/)[1];
    const answer = await (await fetch(curl)).text();
    same(rows, curl.includes(".ndjson") ? answer.trim().split("\n").length : JSON.parse(answer).items.length,
        "events by curl");
    await tab.keyboard.press("Escape");
    await close();
}

// ---- every row, and looks ----

async function rows(context, place) {
    const {tab, close} = await openAt(context, place, "/v1/events?undated=include");
    await settled(place, tab, "at first");
    const want = (await all(place, "/v1/events?undated=include&limit=1000")).map(one => one.title);
    for (let i = 0; i < 100 && await tab.locator(".further").isVisible(); i++)
        await tab.locator(".further").evaluate(button => button.click());
    await until("every row is there", async () => (await titles(tab)).length >= want.length);
    same(want, await titles(tab), "titles of the list");
    same(0, await tab.locator(".rows :is(script, img, b, iframe)").count(), "elements that a title made");
    await close();
}

async function looks(context, place, screen) {
    const found = [];
    const disputed = (await get(place, "/v1/events?disputed=true&limit=1")).items[0]?.id;
    const id = disputed ?? (await get(place, "/v1/events?limit=1")).items[0].id;
    for (const path of ["/", `/v1/events?undated=include#e=${id}`, "/v1/events?q=zzzz"]) {
        const {tab, close} = await openAt(context, place, path, screen);
        await settled(place, tab, path);
        const where = `${path}, ${screen.name}`;
        const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
        check(wide <= 0, `${where} is ${wide} pixels too wide`);
        const head = (await tab.locator("body > header").boundingBox()).height;
        check(screen.width < 1280 || head < 60, `${where}: the header has ${head} pixels, more than a row`);
        check(await tab.locator("h1:visible").count() === 1, `${where} has not one h1`);
        await tab.waitForTimeout(400);
        found.push(...await faults(tab, where));
        await picture(tab, `explorer-${place.name}${path.replace(/\W+/g, "-")}-${screen.name}`);
        await close();
    }
    return found;
}

// A store without anything says what loads it, and the page follows the first load by itself.
async function unloaded(context, place) {
    const {tab, close} = await openAt(context, place, "/");
    await tab.locator(".nothing", {hasText: "annals load FILE"}).waitFor();
    check(await tab.locator("annals-timeline").isHidden(), "there is a timeline of nothing");
    const found = await faults(tab, "nothing loaded");
    check(found.length === 0, found.join("\n"));
    await put(place, "first", "The first event");
    await until("the first event is there", async () => String(await titles(tab)) === "The first event");
    check(await tab.locator("annals-timeline").isVisible(), "there is no timeline of the first event");
    same(0, await tab.locator(".nothing").count(), "words of nothing");
    await close();
}

const CASES = {facets, suggestions, timeWindow, permalinks, keyboard, empty, wrong, wrongLink, use, rows,
    live};

export default async function play(place) {
    const {source} = library(place, "axe-core");
    return browse(place, async context => {
        await context.addInitScript(source);
        const ways = place.name === "empty" ? [unloaded] : Object.values(CASES);
        for (const work of ways)
            await work(context, place);
        const found = [];
        for (const screen of SCREENS)
            found.push(...await looks(context, place, screen));
        check(found.length === 0, `${found.length} faults: ${found.join("\n")}`);
        return `${ways.length} ways to use it, ${SCREENS.length} screens`;
    });
}
