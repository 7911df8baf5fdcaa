// vis-timeline draws /v1/events.geojson with the mapping that its users would write: whole days from
// start_day and end_day, a range where they differ, cut off at the window, paler where a side is not
// known to the day.
import {browse, noTrouble, picture, watch} from "../chromium.mjs";
import {host} from "../host.mjs";
import {all, check, libraryFile, same, until} from "../tools.mjs";

// The years that are drawn of each store.
const WINDOWS = {example: [2020, 2030], hard: [1600, 2060]};

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A timeline</title>
<link rel="stylesheet" href="/library/styles/vis-timeline-graph2d.min.css">
<style>.uncertain { opacity: 0.6; border-style: dashed }</style>
<div id="timeline" style="width: 1160px"></div>
<script src="/library/standalone/umd/vis-timeline-graph2d.min.js"></script>
<script>
    const DAY = 86400000;

    function item({id, properties}, first, last) {
        const {title, start_day, end_day, earliest, start_latest, end_earliest, latest} = properties;
        const sure = earliest === start_latest && end_earliest === latest;
        const content = document.createElement("span");
        content.textContent = title;
        const start = Math.max(start_day ?? first, first), end = Math.min(end_day ?? last, last);
        return {
            id, content, className: sure ? "certain" : "uncertain", start: new Date(start * DAY),
            ...(start === end ? {type: "box"} : {type: "range", end: new Date((end + 1) * DAY)}),
        };
    }

    async function draw(address, [firstYear, lastYear]) {
        const first = Date.UTC(firstYear, 0, 1) / DAY, last = Date.UTC(lastYear, 11, 31) / DAY;
        const {features} = await (await fetch(address)).json();
        window.timeline = new vis.Timeline(document.getElementById("timeline"),
            new vis.DataSet(features.map(one => item(one, first, last))), {
                dataAttributes: ["id"], margin: {item: 2}, moment: date => vis.moment(date).utc(),
            });
        window.timeline.on("changed", () => { window.drawn = true; });
        window.timeline.fit({animation: false});
    }
</script>`;

// What is on the page, by id; times are read back from where things stand.
function items() {
    const left = document.querySelector(".vis-center").getBoundingClientRect().left;
    const time = x => window.timeline.body.util.toTime(x - left).getTime();
    const found = {};
    for (const one of document.querySelectorAll(".vis-box[data-id], .vis-range[data-id]")) {
        const {left: from, right: to} = one.getBoundingClientRect();
        found[one.dataset.id] = {
            text: one.querySelector(".vis-item-content").textContent,
            type: one.classList.contains("vis-range") ? "range" : "box",
            certain: one.classList.contains("certain"),
            from: time(from), to: time(to),
        };
    }
    return {found, pixel: time(left + 1) - time(left)};
}

// Milliseconds of the first moment of a day, and of the first one after it, from its own text.
const begin = day => Date.parse(`${day.slice(0, 10)}T00:00:00Z`);
const finish = day => begin(day) + 86_400_000;

function checkItem(event, item, pixel, [firstYear, lastYear]) {
    const {earliest, start_latest: startLatest, end_earliest: endEarliest, latest} = event.date;
    check(item, `${event.id} is not drawn`);
    same(event.title, item.text, `text of ${event.id}`);
    same(earliest === startLatest && endEarliest === latest, item.certain, `${event.id} is certain`);
    const from = Math.max(begin(earliest ?? `${firstYear}-01-01`), begin(`${firstYear}-01-01`));
    const to = Math.min(finish(latest ?? `${lastYear}-12-31`), finish(`${lastYear}-12-31`));
    const oneDay = to - from <= 86_400_000;
    same(oneDay ? "box" : "range", item.type, `type of ${event.id}`);
    if (oneDay)
        return;
    // Borders and rounding: 2 pixels. A narrow range is as wide as its padding at least.
    const near = 2 * pixel;
    check(Math.abs(item.from - from) <= near,
        `${event.id} begins at ${new Date(item.from).toISOString()}, not at ${earliest}`);
    check(to - from < 12 * pixel || Math.abs(item.to - to) <= near,
        `${event.id} ends at ${new Date(item.to).toISOString()}, not after ${latest}`);
}

export default async function play(place) {
    const site = await host({"/": page}, {"/library/": `${libraryFile(place, "vis-timeline")}/`});
    const years = WINDOWS[place.name];
    const question = `date=${years.join("/")}&limit=1000`;
    const events = await all(place, `/v1/events?${question}`);
    const address = `${place.url}/v1/events.geojson?${question}`;
    try {
        return await browse(place, async context => {
            const tab = await context.newPage();
            const troubles = watch(tab);
            await tab.goto(site.url);
            await tab.evaluate(([where, of]) => draw(where, of), [address, years]);
            await until("vis-timeline has drawn", () => tab.evaluate(() => window.drawn));
            const {found, pixel} = await until("every item is there", async () => {
                const now = await tab.evaluate(items);
                return Object.keys(now.found).length >= events.length && now;
            });
            await picture(tab, `vis-timeline-${place.name}`, {fullPage: true});
            same(events.map(one => one.id).sort(), Object.keys(found).sort(), "items");
            for (const event of events)
                checkItem(event, found[event.id], pixel, years);
            noTrouble(troubles, "the timeline");
            const ranges = Object.values(found).filter(one => one.type === "range");
            const pale = ranges.filter(one => !one.certain).length;
            check(pale > 0, "no event of the store has an uncertain date");
            return `${events.length} items, ${ranges.length} ranges, ${pale} of them uncertain`;
        });
    } finally {
        site.close();
    }
}
