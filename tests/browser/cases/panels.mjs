// The panels of the explorer against what the API says of the same: marks in texts, texts that are not
// given out, accounts side by side, the map, the graph, history. A source of hostile names and a text
// of emoji, overlapping annotations and a long text are put beside what the store has.
import {browse, noTrouble, picture, watch} from "../chromium.mjs";
import {check, get, library, same, until} from "../tools.mjs";

const SCREENS = [
    {name: "light", colorScheme: "light", width: 1360, height: 900},
    {name: "dark", colorScheme: "dark", width: 1360, height: 900},
    {name: "phone", colorScheme: "light", width: 390, height: 844},
];
const HOSTILE = `<script>globalThis.hit = 1</script><img src=x onerror="globalThis.hit = 1">`;
const RIGHT_TO_LEFT = "שלום \u202E مرحبا";
const LONG = "A name that does not end ".repeat(200);
const TEXT = "😀 The 𝔊reat meeting 🏛️ at the Forum, and the 👩‍👩‍👧 family left.\n\nשלום: they met again 🕊️.\n";
const LONG_LINES = 20_000;

// ---- a source of our own ----

// A span of a text in code points, as evidence.
function span(text, words, supports, from = 0) {
    const points = [...text];
    const goal = [...words];
    const start = points.findIndex((_, i) => i >= from && goal.every((point, k) => points[i + k] === point));
    check(start >= 0, `"${words}" is not in the text`);
    return {start, end: start + goal.length, exact: words, supports};
}

const hostile = {
    annals: 1,
    source: {id: "hostile", title: HOSTILE, published: "2020-01-01", language: "he", licence: HOSTILE,
        text: TEXT},
    actors: [{id: "mallory", name: HOSTILE, kind: "person"}, {id: "rtl", name: RIGHT_TO_LEFT, kind: "state"}],
    places: [{id: "bad-place", name: `${HOSTILE} ${RIGHT_TO_LEFT}`, lat: 10, lon: 179.5}],
    events: [
        {id: "bad-event", title: HOSTILE, summary: LONG, date: "-0043-03-15", tags: [HOSTILE],
            participants: [{actor: "mallory", role: "target"}, {actor: "rtl", role: "participant"}],
                places: ["bad-place"],
            evidence: [span(TEXT, "The 𝔊reat meeting 🏛️ at the Forum", ["title"]), span(TEXT, "𝔊reat",
                ["title"]),
                span(TEXT, "🏛️ at the Forum, and the 👩‍👩‍👧 family", ["date"]), span(TEXT, "👩‍👩‍👧",
                    ["participants"])]},
        {id: "rtl-event", title: RIGHT_TO_LEFT, date: "2020", evidence: [span(TEXT, "שלום", ["title"])]},
        {id: "long-event", title: LONG.slice(0, 900), date: "1840~"},
    ],
    relations: [{from: "bad-event", type: "causes", to: "rtl-event"}, {from: "long-event", type: "follows",
        to: "bad-event"},
        {from: "bad-event", type: "part_of", to: "bad-event"}].slice(0, 2),
    claims: [{id: "bad-claim", speaker: "mallory", stance: "denies", about: ["bad-event"], text: HOSTILE,
        evidence: [span(TEXT, "they met again 🕊️", ["text"])]}],
};

function longSource() {
    const lines = Array.from({length: LONG_LINES}, (_, i) => `😀 Line ${i} of a text that is long.\n`);
    const text = lines.join("");
    const at = [...lines.slice(0, 15_000).join("")].length;
    const evidence = Array.from({length: 40}, (_, i) => ({start: at + 2 + i * 34, end: at + 8 + i * 34,
        supports: ["title"]})).map(one => ({...one, exact: null}));
    const points = [...text.slice(0, 2_000_000)];
    for (const one of evidence)
        one.exact = points.slice(one.start, one.end).join("");
    return {annals: 1, source: {id: "long", title: "A long text", published: "2020-01-02", text},
        events: [{id: "in-a-long-text", title: "In a long text", date: "2020-01-02", evidence}]};
}

async function put(place, document) {
    const answer = await fetch(`${place.url}/v1/sources/${document.source.id}`, {method: "PUT",
        headers: {"Authorization": `Bearer ${place.token}`,
            "Content-Type": "application/vnd.annals.source+json"},
        body: JSON.stringify(document)});
    check(answer.status === 201, `PUT ${document.source.id}: ${answer.status} ${await answer.text()}`);
}

// ---- the explorer ----

class Explorer {
    #asked = 0; // requests under way, but for the stream of changes

    constructor(place, tab) {
        Object.assign(this, {place, tab});
        const counts = request => !request.url().includes("/v1/changes");
        tab.on("request", request => { this.#asked += counts(request) ? 1 : 0; });
        for (const end of ["requestfinished", "requestfailed"])
            tab.on(end, request => { this.#asked -= counts(request) ? 1 : 0; });
    }

    async open(fragment, question = "") {
        await this.tab.goto("about:blank");
        await this.tab.goto(`${this.place.url}/v1/events${question}${fragment}`);
        await this.tab.locator(".panel:not([hidden]) > *").first()
            .waitFor({state: "attached"});
        await this.settled();
    }

    // Until nothing has been asked and nothing has waited for a moment.
    async settled() {
        let quiet = 0;
        await until("nothing is busy", async () => {
            const busy = this.#asked > 0
                || await this.tab.evaluate(() => document.querySelector("[aria-busy=true]") !== null);
            quiet = busy ? 0 : quiet + 1;
            return quiet > 3;
        });
    }

    texts(selector) {
        return this.tab.locator(selector).allInnerTexts();
    }

    evaluate(work, value) {
        return this.tab.evaluate(work, value);
    }
}

// Of each annotation in sight: what its mark, or its pieces one after the other, hold.
function markedTexts() {
    const found = new Map();
    for (const mark of document.querySelectorAll(".text mark")) {
        const {start, end} = mark.dataset;
        found.set(`${start} ${end}`, (found.get(`${start} ${end}`) ?? "") + mark.textContent);
    }
    return [...found].sort();
}

async function marks(explorer, id, source) {
    const {place, tab} = explorer;
    await explorer.open(`#e=${id}&panel=source&s=${source}`);
    await tab.locator(".text mark").first().waitFor();
    const {items} = await get(place, `/v1/sources/${source}/annotations`);
    const text = [...await (await fetch(`${place.url}/v1/sources/${source}/text`)).text()];
    const want = new Map();
    for (const {target: {selector: [{start, end}, quote]}} of items) {
        same(quote.exact, text.slice(start, end).join(""), `text of ${source} from ${start}`);
        want.set(`${start} ${end}`, quote.exact);
    }
    same([...want].sort(), await explorer.evaluate(markedTexts), `marks of ${source}`);
    same(text.join(""), await explorer.evaluate(() => document.querySelector(".text").textContent),
        `text of ${source}`);
    return items.length;
}

async function marksByKeyboard(explorer) {
    const {tab} = explorer;
    await explorer.open("#e=bad-event&panel=source");
    same(1, await tab.locator(".text mark[tabindex='0']").count(), "tab stops in a text");
    await tab.locator(".text mark[tabindex='0']").focus();
    await tab.keyboard.press("ArrowRight");
    const about = () => explorer.evaluate(() => document.querySelector(".about").textContent);
    await until("the mark is told of", async () => (await about()).includes("<script>"));
    for (let i = 0; i < 9
        && await explorer.evaluate(() => document.activeElement.textContent) !== "שלום"; i++)
        await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("Enter");
    await until("the event of the mark is selected",
        () => explorer.evaluate(() => location.hash.includes("e=rtl-event")));
    await explorer.settled();
    same("שלום", await explorer.evaluate(() => document.querySelector(".text mark.here").textContent),
        "mark of it");
    check((await tab.locator("#tab-source").getAttribute("aria-selected")) === "true",
        "the text stays in sight");
}

async function longText(explorer) {
    const {tab} = explorer;
    await explorer.open("#e=in-a-long-text&panel=source");
    await tab.locator(".text mark.here").first().waitFor();
    const shown = () => explorer.evaluate(() => document.querySelector(".text").textContent.length);
    const before = await shown();
    check(before < 10_000, `${before} units of a long text are shown`);
    check((await tab.locator(".text").innerText()).includes("Line 15000 of"), "the evidence is in sight");
    await tab.getByRole("button", {name: /^More after this/}).click();
    check(await shown() > before, "more of the text is shown");
}

async function withheld(explorer) {
    const {place, tab} = explorer;
    await explorer.open("#e=farrukh-incident&panel=source&s=rzazade-2022");
    await tab.locator("svg.strip rect.here").first().waitFor();
    const {evidence, claims} = await get(place, "/v1/events/farrukh-incident?include=evidence,claims");
    const want = new Set([...evidence, ...claims.flatMap(({source, evidence: own}) =>
        own.map(one => ({source, ...one})))].filter(one => one.source === "rzazade-2022")
        .map(({start, end, digest}) => `${start} ${end} ${digest.slice(0, 12)}`));
    const got = await explorer.evaluate(() => [...document.querySelectorAll(".passages li")].map(one => {
        const [, start, end] = /^([\d\u202f]+) to ([\d\u202f]+)/.exec(one.textContent);
        return `${start} ${end} ${one.querySelector("code").textContent.trim()}`.replace(/[\u202f…]/g, "");
    }));
    same([...want].sort(), got.sort(), "passages of a withheld text");
    same(0, await tab.locator(".text").count(), "texts that may not be given out");
    check((await tab.locator(".panel.source .cards section").count()) > 2, "claims by speaker");
}

async function accounts(explorer) {
    const {tab} = explorer;
    await explorer.open("#e=farrukh-incident");
    await tab.locator("table.beside").waitFor();
    same(2, await tab.locator("table.beside thead th").count(), "accounts of Farrukh");
    same(["assault ✓", "mobilize"], (await explorer.texts("table.beside td.differs")).map(one => one.trim()),
        "types");
    same(["Russian peacekeeping contingent observer", "Russian peacekeeping contingent target"],
        (await explorer.texts("table.beside li.differs")).map(one => one.replace(/\s+/g, " ")),
            "parts in it");
    const clash = await tab.locator(".event .clash").innerText();
    check(clash.includes("type, participants") && clash.includes("assault against mobilize"), `disputed: ${clash}`);
    same(["A South Caucasus chronicle, 2020–2022", "Azerbaijani Foreign Policy Towards Russia"],
        await explorer.texts(".event dt:text-is('Told by') + dd a"), "told by");
    await tab.locator("#tab-source").click();
    await tab.locator("[data-source=rzazade-2022]").click();
    await tab.locator("[data-source=rzazade-2022][aria-pressed=true]").waitFor();
    same("rzazade-2022", await explorer.evaluate(() => document.activeElement.dataset.source), "the focus");
    await tab.locator("#tab-event").click();
    await tab.locator("[data-policy='source:rzazade-2022']").click();
    await until("the policy is in the address", () => tab.url().includes("policy=source:rzazade-2022"));
    await explorer.settled();
    same(["mobilize ✓", "assault"], (await explorer.texts("table.beside td.differs")).map(one => one.trim()),
        "types as the other source has them");
}

async function history(explorer) {
    const {place, tab} = explorer;
    await explorer.open("#e=farrukh-incident&panel=history");
    await tab.locator(".changes > li").first().waitFor();
    const {items} = await get(place, "/v1/events/farrukh-incident/history");
    same(items.map(one => String(one.version)), await explorer.evaluate(() =>
        [...document.querySelectorAll(".changes > li")].map(one => one.dataset.version)),
            "changesets of Farrukh");
    await tab.locator("[data-key='then-1']").click();
    await until("as_of is in the address", () => tab.url().includes("as_of=1"));
    await explorer.settled();
    same("then-1", await explorer.evaluate(() => document.activeElement.dataset.key), "where the focus is");
    same(1, await tab.locator(".chips .then").count(), "words that it is not as now");
    await tab.locator("#tab-event").click();
    await explorer.settled();
    same(1, await tab.locator("table.beside thead th").count(), "accounts of it in version 1");
    await tab.locator("#tab-history").click();
    await tab.getByRole("button", {name: "Back to now"}).click();
    await until("as_of is gone", () => !tab.url().includes("as_of"));
}

async function graph(explorer, id) {
    const {place, tab} = explorer;
    await explorer.open(`#e=${id}&panel=relations`);
    for (const depth of [1, 2]) {
        const want = await get(place, `/v1/events/${id}/graph?depth=${depth}`);
        await tab.locator(`[data-key=depth-${depth}]`).click();
        await explorer.settled();
        await until("the graph is drawn", async () => await tab.locator(".plane > a").count()
            === Math.min(40, want.nodes.length));
        same(want.edges.length, await tab.locator(".plane g > path").count(), `edges at depth ${depth}`);
        same(Math.min(want.edges.length, 200), await tab.locator(".twin li").count(),
            `relations in words at ${depth}`);
        const boxes = await explorer.evaluate(() => [...document.querySelectorAll(".plane > a")].map(one =>
            [one.offsetLeft, one.offsetTop, one.offsetLeft + one.offsetWidth, one.offsetTop
                + one.offsetHeight]));
        for (const [i, a] of boxes.entries())
            for (const b of boxes.slice(i + 1))
                check(a[0] >= b[2] || b[0] >= a[2] || a[1] >= b[3] || b[1] >= a[3],
                    `boxes ${a} and ${b} overlap`);
    }
    const other = tab.locator(".plane > a:not([aria-current])").first();
    const goal = await other.getAttribute("data-key");
    await other.focus();
    await tab.keyboard.press("Enter");
    await until("the node is selected", () => tab.url().includes(`e=${goal}`));
    check(tab.url().includes("panel=relations"), "the graph stays in sight");
}

// ---- the map ----

async function map(explorer) {
    const {place, tab} = explorer;
    await explorer.open("#e=" + (await get(place, "/v1/events?limit=1")).items[0].id);
    const canvas = tab.locator(".map canvas");
    const {facets: [{values}], matched} = await get(place, "/v1/facets?by=place&limit=100");
    const ids = values.map(one => one.id).join(",");
    const lies = new Map((await get(place, `/v1/places?id=${ids}&limit=1000`)).items.map(one => [one.id,
        one.lat]));
    const counted = values.filter(one => Number.isFinite(lies.get(one.id))).reduce((sum, one) => sum
        + one.count, 0);
    await until("the circles count every event with a place", async () =>
        Number(await canvas.getAttribute("data-counted")) === counted);
    const {matched: located} = await get(place, "/v1/events?bbox=-180,-90,180,90&count=true&limit=1");
    await until(`${matched - located} events are told to have no place`, async () =>
        (await tab.locator(".map-others").innerText()).startsWith(`${matched - located} event`));
    await tab.locator(".map summary").click();
    same(values.map(one => `${one.id} ${one.count}`), await explorer.evaluate(() =>
        [...document.querySelectorAll(".map-places button")].map(one =>
            `${one.dataset.place} ${one.querySelector(".n").textContent}`)), "places in words");
    const [first] = values;
    await tab.locator(`.map-places [data-place="${first.id}"]`).click();
    await until("the place is in the address", () => tab.url().includes(`place=${first.id}`));
    await explorer.settled();
    await tab.locator(`.map-places [data-place="${first.id}"][aria-pressed=true]`).click();
    await until("the place is gone", () => !tab.url().includes("place="));
    await mapByKeyboard(explorer, canvas);
}

async function mapByKeyboard(explorer, canvas) {
    const {place, tab} = explorer;
    await explorer.settled();
    await canvas.focus();
    for (const key of ["0", "+", "+", "ArrowLeft", "ArrowUp"])
        await tab.keyboard.press(key);
    await tab.getByRole("button", {name: "Only here"}).click();
    await until("the box is in the address", () => tab.url().includes("bbox="));
    await explorer.settled();
    const {search} = new URL(tab.url());
    const {matched} = await get(place, `/v1/events.json${search}&count=true&limit=1`);
    await until("the list has the events of the box", async () =>
        (await tab.locator(".list h2").innerText()).replace(/\D/g, "") === String(matched));
    await tab.getByRole("button", {name: "Everywhere"}).click();
    await until("the box is gone", () => !tab.url().includes("bbox="));
}

// A press on the map: the circle under it is chosen, or looked at more closely until it is one place.
async function mapByPointer(explorer) {
    const {tab} = explorer;
    await explorer.open("#e=bad-event");
    const canvas = tab.locator(".map canvas");
    await until("the map is drawn", async () => Number(await canvas.getAttribute("data-counted")) > 0);
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    let found = false;
    for (let y = 12; y < box.height - 44 && !found; y += 8)
        for (let x = 12; x < box.width - 50 && !found; x += 8) {
            await tab.mouse.move(box.x + x, box.y + y);
            found = await tab.locator(".map-tip").isVisible();
        }
    check(found, "no circle under the pointer");
    const told = await tab.locator(".map-tip").innerText();
    check(/ · \d+ events?$/.test(told), `the circle says ${told}`);
    await tab.mouse.down();
    await tab.mouse.up();
    await until("a place is offered", async () => await tab.locator(".map-about [data-place]").count() > 0);
}

// ---- all of them ----

// What the page itself gave up is no trouble: the stream of changes, or an answer out of date.
function fine(troubles, where) {
    noTrouble(troubles.filter(one => !one.includes("ERR_ABORTED")), where);
}

async function faults(tab) {
    const {violations} = await tab.evaluate(() => window.axe.run());
    return violations.map(({id, nodes}) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 200)} `
        + `${nodes[0].failureSummary.replace(/\s+/g, " ")}`);
}

async function looks(context, place, events) {
    const found = [];
    for (const screen of SCREENS) {
        const tab = await context.newPage();
        const troubles = watch(tab);
        await tab.setViewportSize(screen);
        await tab.emulateMedia({colorScheme: screen.colorScheme});
        const explorer = new Explorer(place, tab);
        for (const id of events)
            for (const panel of ["event", "source", "relations", "history"]) {
                const where = `${id}, ${panel}, ${screen.name}`;
                await explorer.open(`#e=${id}&panel=${panel}`);
                const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
                check(wide <= 0, `${where} is ${wide} pixels too wide`);
                check(await tab.evaluate(() => globalThis.hit === undefined), `${where}: a name was run`);
                await picture(tab, `panels-${place.name}-${id}-${panel}-${screen.name}`);
                found.push(...(await faults(tab)).map(one => `${where}: ${one}`));
                fine(troubles, where);
            }
        await tab.close();
    }
    check(found.length === 0, `${found.length} faults: ${found.join("\n")}`);
}

export default async function play(place) {
    const {source} = library(place, "axe-core");
    const example = place.name === "example";
    if (!example) {
        await put(place, hostile);
        await put(place, longSource());
    }
    return browse(place, async context => {
        await context.addInitScript(source);
        const tab = await context.newPage();
        const troubles = watch(tab);
        const explorer = new Explorer(place, tab);
        let count;
        if (example) {
            count = await marks(explorer, "farrukh-incident", "south-caucasus-chronicle");
            for (const work of [withheld, accounts, history, map])
                await work(explorer);
            await graph(explorer, "invasion-of-ukraine");
        } else {
            count = await marks(explorer, "bad-event", "hostile");
            for (const work of [marksByKeyboard, longText, map, mapByPointer])
                await work(explorer);
            await graph(explorer, "bad-event");
        }
        fine(troubles, "the panels");
        await looks(context, place, [example ? "farrukh-incident" : "bad-event"]);
        return `${count} marks, four panels and the map on ${SCREENS.length} screens`;
    });
}
