// pictures.mjs PLACE: takes the pictures of PICTURES against the daemons that PLACE (JSON, see
// pictures.py) names. What goes wrong on a page is told, whatever the picture looks like.
import {createHash} from "node:crypto";
import {join} from "node:path";
import {browse, watch} from "./chromium.mjs";
import {host} from "./host.mjs";
import {until} from "./tools.mjs";

const SCREENS = {
    wide: {width: 1360, height: 900, colorScheme: "light"},
    dark: {width: 1360, height: 900, colorScheme: "dark"},
    phone: {width: 390, height: 844, colorScheme: "light", whole: true},
    "phone-dark": {width: 390, height: 844, colorScheme: "dark", whole: true},
    "tall": {width: 1360, height: 1140, colorScheme: "light"},
    "tall-dark": {width: 1360, height: 1140, colorScheme: "dark"},
};
const ALL = ["wide", "dark", "phone", "phone-dark"];
const WIDE = ["wide"], HANDS = ["wide", "phone"], BOTH = ["wide", "dark"];
const FARRUKH = "/v1/events?date=2022-02/2022-04#e=farrukh-incident";
const PATIENCE = 2500; // milliseconds
const QUIET = 500; // milliseconds without a request in flight

// Name: the store, the address, on which screens, and what is done there first.
const PICTURES = {
    "demo": {store: "example", path: "/", screens: ALL},
    "demo-year": {store: "example", path: "/v1/events?date=2022-01/2022-07", screens: ALL},
    "demo-actors": {store: "example", path: "/v1/events?date=2020/2023#lanes=actor", screens: HANDS},
    "disputed": {store: "example", path: FARRUKH, screens: ALL},
    "accounts": {
        store: "example", path: "/v1/events?date=2022-01/2022-09#e=farrukh-incident",
        screens: ["tall", "tall-dark"], act: accounts,
    },
    "source": {
        store: "example", path: "/v1/events?date=2022-02/2022-04#e=farrukh-incident&panel=source"
            + "&s=rzazade-2022", screens: ALL,
    },
    "source-text": {
        store: "example", path: "/v1/events#e=shusha-declaration&panel=source&s=south-caucasus-chronicle",
        screens: ALL,
    },
    "graph": {store: "example", path: "/v1/events#e=shusha-declaration&panel=relations", screens: ALL},
    "history": {store: "example", path: "/v1/events#e=shusha-declaration&panel=history", screens: ALL},
    "search": {store: "example", path: "/v1/events?q=peacekeepers", screens: HANDS},
    "suggestions": {store: "example", path: "/", screens: HANDS, act: suggest},
    "use": {store: "example", path: "/v1/events?actor=aze&date=2021/2022", screens: HANDS, act: use},
    "keys": {store: "example", path: "/", screens: WIDE, act: tab => tab.keyboard.press("?")},
    "nothing": {store: "example", path: "/v1/events?q=zzzz&date=2021", screens: ALL},
    "wrong": {store: "example", path: "/", screens: ALL, act: wrongDate},
    "wrong-link": {store: "example", path: "/v1/events?date=2021-13", screens: WIDE},
    "unloaded": {store: "empty", path: "/", screens: ALL},
    "large": {store: "large", path: "/", screens: ALL},
    "large-year": {store: "large", path: "/v1/events?date=2007", screens: BOTH},
    "large-month": {store: "large", path: "/v1/events?date=2007-03", screens: HANDS},
    "large-day": {store: "large", path: "/v1/events?date=2007-03-04/2007-03-10", screens: BOTH},
    "hard": {store: "hard", path: "/", screens: HANDS},
    "before-christ": {store: "hard", path: "/v1/events?date=-0060/-0040", screens: ALL},
    "forties": {store: "hard", path: "/v1/events?date=1840/1849", screens: ALL},
    "forties-near": {store: "hard", path: "/v1/events?date=1846-06/1847-06", screens: WIDE},
    "one-day": {store: "hard", path: "/v1/events?date=1950-06", screens: HANDS},
    "one-day-near": {store: "hard", path: "/v1/events?date=1950-06-15", screens: WIDE},
    "harm": {store: "hard", path: "/v1/events?date=1901#e=harm", screens: ALL},
    "very-long": {store: "hard", path: "/v1/events?date=1901#e=very-long", screens: HANDS},
    "embed": {store: "example", path: "/embed", away: true, screens: ALL},
    "plain": {store: "example", path: "/v1/events?date=2022", screens: HANDS, scriptless: true},
    "contrast": {store: "example", path: FARRUKH, screens: BOTH, media: {forcedColors: "active"}},
    "print": {store: "example", path: FARRUKH, screens: WIDE, media: {media: "print"}},
};
// Of the README: file, picture and screen.
const FRONT = {"explorer": ["accounts", "tall"]};

// ---- what is done on a page first ----

async function suggest(tab) {
    await tab.keyboard.press("/");
    await tab.keyboard.type("shu", {delay: 40});
    await tab.locator("#suggestions li").first().waitFor();
}

// What each source says comes into sight beside the drawing, and the event's row in the list.
async function accounts(tab) {
    const raise = (one, below) => {
        let pane = one.parentElement;
        while (!/auto|scroll/.test(getComputedStyle(pane).overflowY) && pane.parentElement)
            pane = pane.parentElement;
        pane.scrollTop += one.getBoundingClientRect().top - pane.getBoundingClientRect().top - below;
    };
    await tab.getByText("What each source says").evaluate(raise, 48);
    await tab.locator(".rows li:has([aria-current])").evaluate(raise, 160);
}

async function use(tab) {
    await tab.getByRole("button", {name: "Use this data"}).click();
    await tab.locator(".use", {hasText: "@misc"}).waitFor();
}

async function wrongDate(tab) {
    await tab.locator("#from").fill("2021-13");
    await tab.keyboard.press("Enter");
    await tab.locator(".problem").waitFor();
}

// ---- a page of somebody else ----

const STYLE = `
    :root { color-scheme: light dark; --annals-font: Georgia, serif }
    body { font: 17px/1.5 Georgia, serif; max-width: 62rem; margin: 1.5rem auto; padding: 0 1rem }
    .two { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 1.5rem }
    iframe { width: 100%; height: 24rem; border: 1px solid GrayText }
    img { width: 100% }`;

async function foreign(url) {
    const module = await (await fetch(`${url}/annals-timeline.js`)).text();
    const hash = (kind, text) => `${kind}-${createHash(kind).update(text).digest("base64")}`;
    const question = "date=2021-06/2022-06&amp;actor=aze";
    return host({"/": {
        headers: {
            "Content-Security-Policy": `default-src 'none'; script-src ${url}/annals-timeline.js; `
                + `connect-src ${url}; frame-src ${url}; img-src ${url}; base-uri 'none'; `
                + `style-src '${hash("sha256", STYLE)}'; require-trusted-types-for 'script'`,
        },
        html: `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>A page of somebody else</title><style>${STYLE}</style>
<script type="module" crossorigin integrity="${hash("sha384", module)}"
    src="${url}/annals-timeline.js"></script>
<main><h1>A year of the neighbours</h1>
<p>An article of somebody else, with a timeline of Annals in it.</p>
<annals-timeline src="${url}/v1/events?${question}" label="Azerbaijan, a year">
<p>Without script there is <a href="${url}/v1/events?${question}">a list</a>.</p></annals-timeline>
<div class="two"><section><h2>In a frame</h2>
<iframe title="The same in a frame" src="${url}/embed?${question}&amp;lanes=none"></iframe></section>
<section><h2>As a picture</h2>
<img alt="The same as a picture" src="${url}/v1/events.svg?${question}&amp;lanes=none&amp;width=480">
</section></div></main></html>`,
    }});
}

// ---- taking ----

// Resolves when no answer has been waited for some time; the stream of changes has no end.
function quiet(tab) {
    const flying = new Set();
    let since = Date.now();
    const ended = request => {
        flying.delete(request);
        since = Date.now();
    };
    tab.on("request", request => {
        if (!request.url().includes("/v1/changes"))
            flying.add(request);
        since = Date.now();
    });
    tab.on("requestfinished", ended);
    tab.on("requestfailed", ended);
    return () => until("the page has come to rest", () => flying.size === 0 && Date.now() - since > QUIET);
}

async function take(context, place, name, screenName) {
    const {store, path, act, away, media = {}, scriptless} = PICTURES[name];
    const {width, height, colorScheme, whole} = SCREENS[screenName], url = place.urls[store];
    const tab = await context.newPage(), troubles = watch(tab), rest = quiet(tab);
    const site = away ? await foreign(url) : null;
    tab.on("request", request => {
        if (!request.url().startsWith(url) && !(site && request.url().startsWith(site.url)))
            troubles.push(`a request to ${request.url()}`);
    });
    await tab.setViewportSize({width, height});
    await tab.emulateMedia({colorScheme, reducedMotion: "reduce", ...media});
    if (scriptless)
        await tab.route(/\.js$/, route => route.abort());
    await tab.goto(away ? site.url : url + path);
    if (!away && !scriptless)
        await tab.locator("html.exploring").waitFor();
    await rest();
    await act?.(tab);
    await rest();
    // The list that is there without script shows after a moment; frames draw when they are in sight.
    if (scriptless)
        await tab.waitForTimeout(PATIENCE);
    if (away) {
        const high = await tab.evaluate(() => document.scrollingElement.scrollHeight);
        await tab.setViewportSize({width, height: high});
        await rest();
    }
    const file = place.front.find(one => String(FRONT[one]) === `${name},${screenName}`)
        ?? `${name}-${screenName}`;
    // What is selected on a phone stands over the page, at its foot.
    const fullPage = path.includes("#e=") ? media.media === "print" : Boolean(whole);
    await tab.screenshot({path: join(place.folder, `${file}.png`), fullPage});
    const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    if (wide > 0)
        troubles.push(`${wide} pixels too wide`);
    await tab.close();
    site?.close();
    // What a hand made obsolete is given up; what is wrong on purpose is refused.
    const wrong = act === wrongDate || name === "wrong-link" || scriptless;
    const meant = wrong ? /ERR_ABORTED|ERR_FAILED|\b400\b/ : /ERR_ABORTED/;
    return troubles.filter(one => !meant.test(one)).map(one => `${name}-${screenName}: ${one}`);
}

function wanted(place) {
    const all = Object.entries(PICTURES).flatMap(([name, {screens}]) => screens.map(one => [name, one]));
    if (place.front.length > 0)
        return place.front.map(one => FRONT[one]);
    return all.filter(([name, screen]) =>
        place.words.length === 0 || place.words.some(word => `${name}-${screen}`.includes(word)));
}

const place = JSON.parse(process.argv[2]);
const troubles = [];
await browse(place, async context => {
    for (const [name, screen] of wanted(place)) {
        const begun = performance.now();
        const found = take(context, place, name, screen);
        troubles.push(...await found.catch(error => [`${name}-${screen}: ${error}`]));
        console.log(`${name}-${screen} (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
    }
});
for (const one of troubles)
    console.log(one);
process.exitCode = troubles.length > 0 ? 1 : 0;
