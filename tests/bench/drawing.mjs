// drawing.mjs PLACE: draws in Chromium what drawing.py measures, and prints it as JSON. PLACE names the
// daemons (`few`: 1,000 events, `many`: 5,000, `large`: 100,000, `example`), the libraries, and how many
// runs there are.
import {browse} from "../browser/chromium.mjs";
import {host} from "../browser/host.mjs";
import {weigh} from "../browser/weigh.mjs";
import {libraryFile, until} from "../browser/tools.mjs";

const PATIENCE = 240_000; // milliseconds for one drawing
const WIDE = {width: 1360, height: 900};
const PANNED = 20_000; // milliseconds of panning at most: some libraries are too slow for the whole of it
const LONG = 50; // milliseconds: a frame that is seen to be late

// ---- pages that draw with one library each ----

const head = (title, more) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>body { margin: 0 } #room { width: 1300px; height: 700px; overflow: hidden }</style>${more}
<div id="room"></div>
<script>
// Until what was drawn is on the screen: the frame after the next one.
window.shown = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
</script>`;

// Each has prepare(address), which is not timed, and draw(), which is.
const PAGES = {
    annals: url => head("annals", `<script type="module" src="${url}/annals-timeline.js"></script>`)
        + `<script>
window.prepare = async address => {
    await customElements.whenDefined("annals-timeline");
    window.address = address;
};
window.draw = () => new Promise(done => {
    const timeline = document.createElement("annals-timeline");
    timeline.style.setProperty("height", "700px");
    timeline.addEventListener("annals-load", done, {once: true});
    timeline.setAttribute("src", window.address);
    document.getElementById("room").append(timeline);
});
</script>`,
    vis: () => head("vis-timeline", `<link rel="stylesheet" href="/vis/styles/vis-timeline-graph2d.min.css">
<script src="/vis/standalone/umd/vis-timeline-graph2d.min.js"></script>`) + `<script>
const DAY = 86400000, FIRST = Date.UTC(1990, 0, 1) / DAY, LAST = Date.UTC(2031, 11, 31) / DAY;
window.prepare = async (address, pages) => {
    const features = [];
    for (const page of pages)
        features.push(...(await (await fetch(page)).json()).features);
    window.items = features.map(({id, properties: {title, start_day, end_day}}) => {
        const start = Math.max(start_day ?? FIRST, FIRST), end = Math.min(end_day ?? LAST, LAST);
        const content = document.createElement("span");
        content.textContent = title;
        return {id, content, start: new Date(start * DAY),
            ...(start === end ? {type: "box"} : {type: "range", end: new Date((end + 1) * DAY)})};
    });
    return window.items.length;
};
window.draw = () => new Promise(done => {
    window.timeline = new vis.Timeline(document.getElementById("room"), new vis.DataSet(window.items),
        {height: "700px", margin: {item: 2}});
    window.timeline.on("changed", done);
});
</script>`,
    timelinejs: () => head("TimelineJS", `<link rel="stylesheet" href="/tl/css/timeline.css">
<script src="/tl/js/timeline.js"></script>`) + `<script>
window.prepare = async (address, pages) => {
    const events = [];
    for (const page of pages)
        events.push(...(await (await fetch(page)).json()).events);
    window.data = {events};
    return events.length;
};
window.draw = async () => {
    const timeline = new TL.Timeline("room", window.data,
        {script_path: location.origin + "/tl/js/", font: null});
    while (!timeline.ready)
        await new Promise(wake => setTimeout(wake, 5));
};
</script>`,
};
const SUFFIX = {vis: "geojson", timelinejs: "timelinejs"};

async function siteOf(place, url) {
    return host(Object.fromEntries(Object.entries(PAGES).map(([name, page]) => [`/${name}`, page(url)])), {
        "/vis/": `${libraryFile(place, "vis-timeline")}/`,
        "/tl/": `${libraryFile(place, "@knight-lab/timelinejs/dist")}/`,
    });
}

// The addresses of all pages of all dated events, in a format of the library.
async function pagesOf(url, suffix) {
    const found = [];
    for (let next = "/v1/events.json?limit=1000&fields=id&undated=exclude"; next;) {
        found.push(url + next.replace("events.json", `events.${suffix}`).replace("&fields=id", ""));
        next = (await (await fetch(url + next)).json()).next;
    }
    return found;
}

async function draw(context, site, name, url, pages) {
    const tab = await context.newPage();
    tab.setDefaultTimeout(PATIENCE);
    try {
        await tab.setViewportSize(WIDE);
        await tab.goto(`${site.url}/${name}`);
        await tab.evaluate(([address, all]) => window.prepare(address, all), [`${url}/v1/events`, pages]);
        return await tab.evaluate(async () => {
            const begun = performance.now();
            await window.draw();
            await window.shown();
            return performance.now() - begun;
        });
    } finally {
        await tab.close();
    }
}

// Milliseconds of each library over the same events, taken in turn.
async function drawAll(context, place, kind) {
    const url = place.urls[kind], site = await siteOf(place, url), times = {};
    const pages = {};
    for (const name of Object.keys(SUFFIX))
        pages[name] = await pagesOf(url, SUFFIX[name]);
    try {
        for (let run = 0; run < place.runs; run++)
            for (const name of Object.keys(PAGES)) {
                if (name === "timelinejs" && run >= place.slow)
                    continue;
                (times[name] ??= []).push(await draw(context, site, name, url, pages[name] ?? []));
                console.error(`${kind} events, ${name}: ${Math.round(times[name].at(-1))} ms`);
            }
    } finally {
        site.close();
    }
    return times;
}

// ---- the explorer ----

// Milliseconds until something is painted, and until timeline and list are there; nothing cached.
async function visit(context, url) {
    const tab = await context.newPage();
    const session = await context.newCDPSession(tab);
    await session.send("Network.clearBrowserCache");
    await tab.setViewportSize(WIDE);
    await tab.addInitScript(() => {
        addEventListener("annals-load", () => requestAnimationFrame(() => {
            window.drawnAt ??= performance.now();
        }));
    });
    await tab.goto(url);
    const seen = await until("the timeline is drawn", () => tab.evaluate(() => {
        const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
        return window.drawnAt && paint && document.querySelector(".rows .what")
            && {paint, drawn: window.drawnAt};
    }));
    await tab.close();
    return seen;
}

// Frame by frame while a hand drags to and fro, with rests in which the server is asked.
async function pan(tab, box) {
    await tab.evaluate(() => {
        window.frames_ = [];
        let last = performance.now();
        const tick = now => {
            window.frames_.push(now - last);
            last = now;
            window.ticking = requestAnimationFrame(tick);
        };
        window.ticking = requestAnimationFrame(tick);
    });
    const y = box.y + box.height / 2, middle = box.x + box.width / 2;
    const end = Date.now() + PANNED;
    for (let drag = 0; drag < 8 && Date.now() < end; drag++) {
        const way = drag % 4 < 2 ? 1 : -1;
        await tab.mouse.move(middle - way * 200, y);
        await tab.mouse.down();
        for (let step = 1; step <= 40 && Date.now() < end; step++)
            await tab.mouse.move(middle - way * 200 + way * step * 10, y);
        await tab.mouse.up();
        await tab.waitForTimeout(300);
    }
    return tab.evaluate(() => {
        cancelAnimationFrame(window.ticking);
        return window.frames_.slice(1);
    });
}

function summary(frames) {
    const sorted = [...frames].sort((a, b) => a - b);
    return {count: frames.length, median: sorted[frames.length >> 1], worst: sorted.at(-1),
        late: frames.filter(one => one > LONG).length};
}

async function panExplorer(context, url) {
    const tab = await context.newPage();
    let asked = 0;
    tab.on("request", request => { asked += Number(/histogram|events\.json/.test(request.url())); });
    await tab.setViewportSize(WIDE);
    await tab.goto(url);
    await tab.locator("annals-timeline canvas").waitFor();
    await tab.waitForTimeout(2000);
    const before = asked;
    const frames = await pan(tab, await tab.locator("annals-timeline").boundingBox());
    await tab.close();
    return {...summary(frames), asked: asked - before};
}

async function panVis(context, place) {
    const url = place.urls.many, site = await siteOf(place, url), tab = await context.newPage();
    try {
        await tab.setViewportSize(WIDE);
        await tab.goto(`${site.url}/vis`);
        await tab.evaluate(([address, all]) => window.prepare(address, all),
            [url, await pagesOf(url, SUFFIX.vis)]);
        await tab.evaluate(async () => {
            await window.draw();
            await window.shown();
        });
        return summary(await pan(tab, await tab.locator("#room").boundingBox()));
    } finally {
        await tab.close();
        site.close();
    }
}

// ---- all of it ----

async function repeat(what, runs, work) {
    const found = [];
    for (let run = 0; run < runs; run++) {
        found.push(await work());
        console.error(`${what}: ${JSON.stringify(found.at(-1))}`);
    }
    return found;
}

const place = JSON.parse(process.argv[2]);
const {example, large} = place.urls;
const result = await browse(place, async context => ({
    few: await drawAll(context, place, "few"),
    many: await drawAll(context, place, "many"),
    first: {
        example: await repeat("first visit, example", place.runs, () => visit(context, `${example}/`)),
        large: await repeat("first visit, large", place.runs, () => visit(context, `${large}/`)),
    },
    weight: {example: await weigh(context, `${example}/`), large: await weigh(context, `${large}/`)},
    pan: {
        counts: await repeat("pan over counts", place.runs,
            () => panExplorer(context, `${large}/v1/events?date=2001/2010`)),
        events: await repeat("pan over events", place.runs,
            () => panExplorer(context, `${large}/v1/events?date=2007-03`)),
        vis: await repeat("pan, vis", place.slow, () => panVis(context, place)),
    },
}));
console.log(JSON.stringify(result));
