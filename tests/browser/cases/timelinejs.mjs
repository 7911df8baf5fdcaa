// TimelineJS3 draws /v1/events.timelinejs on a page of another origin: a slide for each event, with
// its title and its date in our words, and nothing to complain of in the console.
import {browse, noTrouble, picture, watch} from "../chromium.mjs";
import {host} from "../host.mjs";
import {all, check, libraryFile, same, until} from "../tools.mjs";

const WHOLE = "limit=1000";
// Beyond the years of JavaScript's Date TimelineJS writes dates in another way: ours or none.
const PLAIN = "limit=1000&date=1000/2999&when=within&certainty=certain";

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A timeline</title>
<link rel="stylesheet" href="/library/css/timeline.css">
<div id="timeline" style="width: 1100px; height: 700px"></div>
<script src="/library/js/timeline.js"></script>
<script>
    // plain: without our words, so that TimelineJS finds words of its own.
    async function draw(address, plain) {
        const data = await (await fetch(address)).json();
        for (const event of plain ? data.events : [])
            delete event.display_date;
        window.timeline = new TL.Timeline("timeline", data, {
            script_path: location.origin + "/library/js/", font: null,
        });
    }
</script>`;

// What stands on the slides, the title's first.
function slides() {
    const text = (slide, selector) =>
        slide.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? null;
    return [...document.querySelectorAll(".tl-slide")].map(slide => ({
        headline: text(slide, ".tl-headline"),
        date: text(slide, ".tl-headline-date"),
        markup: slide.querySelector(".tl-headline").childElementCount,
    }));
}

async function drawn(context, site, address, plain) {
    const tab = await context.newPage();
    const troubles = watch(tab);
    await tab.goto(site.url);
    await tab.evaluate(([where, bare]) => draw(where, bare), [address, plain]);
    await until("TimelineJS is ready", () => tab.evaluate(() => window.timeline?.ready));
    const [, ...found] = await tab.evaluate(slides);
    const markers = await tab.evaluate(() => document.querySelectorAll(".tl-timemarker").length);
    return {tab, troubles, slides: found, markers};
}

// As it stands in markup: with single spaces, without what is no character.
const words = text => text.replace(/[\ufffe\uffff]/g, "").replace(/\s+/g, " ").trim();
const byText = (a, b) => (a < b ? -1 : Number(a > b));

// Of a whole year or month TimelineJS may not make a day.
const FORMS = {
    year: /^\d{4}$/, month: /^[A-Z][a-z]+ \d{4}$/, day: /^[A-Z][a-z]+ \d+, \d{4}$/,
};

function checkPrecision(place, events, slides) {
    const seen = new Set();
    for (const {date, id, title} of events) {
        if (!/^-?\d{4}(-(0\d|1[0-2])(-\d\d)?)?[?~%]?$/.test(date.edtf))
            continue;
        const {date: shown} = slides.find(one => one.headline === words(title));
        check(FORMS[date.precision].test(shown), `${id}, ${date.edtf}: TimelineJS says ${shown}`);
        seen.add(date.precision);
    }
    check(seen.has("day"), "the store has no days");
    check(place.name !== "example" || seen.has("month"), "the example has no months");
    return [...seen].sort().join(", ");
}

export default async function play(place) {
    const site = await host({"/": page},
        {"/library/": `${libraryFile(place, "@knight-lab/timelinejs/dist")}/`});
    const address = `${place.url}/v1/events.timelinejs`;
    const events = (await all(place, `/v1/events?${WHOLE}&undated=exclude`))
        .filter(({date}) => date.earliest || date.latest);
    const plain = await all(place, `/v1/events?${PLAIN}`);
    try {
        return await browse(place, async context => {
            const ours = await drawn(context, site, `${address}?${WHOLE}`, false);
            await picture(ours.tab, `timelinejs-${place.name}`);
            // TimelineJS has an order of its own.
            same(events.map(one => `${words(one.title)}: ${one.date.display}`).sort(byText),
                ours.slides.map(one => `${one.headline}: ${one.date}`).sort(byText), "slides");
            same(0, ours.slides.reduce((sum, one) => sum + one.markup, 0), "elements in headlines");
            same(events.length, ours.markers, "marks on the axis");
            noTrouble(ours.troubles, "the timeline");
            const theirs = await drawn(context, site, `${address}?${PLAIN}`, true);
            same(plain.length, theirs.slides.length, "slides without our words");
            noTrouble(theirs.troubles, "the timeline without our words");
            const seen = checkPrecision(place, plain, theirs.slides);
            return `${events.length} slides; ${seen} stay what they are`;
        });
    } finally {
        site.close();
    }
}
