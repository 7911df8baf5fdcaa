// The explorer, the frame and the element on a page of somebody else, in Firefox: they are drawn, a
// click selects, and there is not a word in the console.
import {createHash} from "node:crypto";
import {browseFirefox, watchFirefox} from "../firefox.mjs";
import {host} from "../host.mjs";
import {check, get, same, until} from "../tools.mjs";

const REST = 1500; // milliseconds in which something could still be said

// Whether anything is drawn on the timeline's canvas: more than one colour.
function painted(timeline) {
    const canvas = timeline.shadowRoot?.querySelector("canvas");
    if (!canvas?.width)
        return false;
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size > 8;
}

async function open(browser, url, own) {
    const tab = await browser.newPage();
    const fine = watchFirefox(tab, [url, ...own]);
    await tab.goto(url);
    await until(`the timeline of ${url} is drawn`,
        () => tab.locator("annals-timeline").evaluate(painted).catch(() => false));
    return {tab, async close() {
        await tab.waitForTimeout(REST);
        fine();
        await tab.close();
    }};
}

async function explorer(browser, place) {
    const {matched} = await get(place, "/v1/events.json?count=true&limit=1");
    const {tab, close} = await open(browser, `${place.url}/`, [place.url]);
    const tally = () => tab.locator("output.tally").textContent();
    await until("the number of events is there", async () => (await tally()).startsWith(`${matched} event`));
    await tab.locator(".rows a").first().click();
    await tab.locator("[role=tab][aria-selected=true]").waitFor();
    const id = await tab.locator(".rows [aria-current]").getAttribute("data-id");
    check((await tab.evaluate(() => location.hash)).includes(`e=${id}`), "a click does not select");
    await tab.locator(".types input").first().check();
    await until("the filter is in the address",
        async () => (await tab.evaluate(() => location.search)).startsWith("?type="));
    await close();
}

async function foreign(browser, place) {
    const src = `${place.url}/annals-timeline.js`;
    const hash = createHash("sha384").update(await (await fetch(src)).text()).digest("base64");
    const site = await host({"/": {
        headers: {
            "Content-Security-Policy": `default-src 'none'; script-src ${src}; connect-src ${place.url}; `
                + `frame-src ${place.url}; img-src 'self'; base-uri 'none'; require-trusted-types-for 'script'`,
        },
        html: `<!doctype html><html lang="en"><meta charset="utf-8"><title>A page of somebody else</title>
<script type="module" crossorigin integrity="sha384-${hash}" src="${src}"></script>
<h1>A page</h1><annals-timeline src="${place.url}/v1/events" label="All">No script</annals-timeline>
<iframe title="A frame" src="${place.url}/embed?lanes=none" width="800" height="400"></iframe>
</html>`,
    }});
    try {
        const {tab, close} = await open(browser, `${site.url}/`, [place.url]);
        const frame = tab.frames().find(one => one.url().startsWith(`${place.url}/embed`));
        await until("the frame is drawn",
            () => frame.locator("annals-timeline").evaluate(painted).catch(() => false));
        same("All", await tab.locator("annals-timeline").getAttribute("label"), "label");
        await close();
    } finally {
        site.close();
    }
}

export default async function play(place) {
    return browseFirefox(place, async browser => {
        await explorer(browser, place);
        await (await open(browser, `${place.url}/embed`, [place.url])).close();
        await foreign(browser, place);
        return `Firefox ${browser.version()}: the explorer, the frame, a page of somebody else`;
    });
}
