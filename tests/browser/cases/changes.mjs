// An EventSource of Chromium hears of every changeset once, through a line that breaks: dropped
// while nothing is said, in the middle of an event, and for a while. It comes back by itself with
// Last-Event-ID; the page does nothing for it.
import {browse} from "../chromium.mjs";
import {host} from "../host.mjs";
import {Proxy} from "../proxy.mjs";
import {all, check, get, same, until} from "../tools.mjs";

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>What is new</title>
<script>
    const heard = [];
    const opened = [];
    function listen(address) {
        const source = new EventSource(address);
        source.onopen = () => opened.push(heard.length);
        source.onmessage = event => heard.push({unnamed: event.data});
        source.addEventListener("changeset", event => {
            heard.push({id: event.lastEventId, data: JSON.parse(event.data)});
        });
        window.source = source;
    }
</script>`;

const document = (id, count) => ({
    annals: 1,
    source: {id, title: `Source ${id}`, published: "2020-01-01"},
    events: Array.from({length: count}, (_, n) => ({
        id: `${id}-${n}`, title: `Event ${n} of ${id}`, date: `2021-03-${String(n + 1).padStart(2, "0")}`,
    })),
});

async function put(place, id, count) {
    const answer = await fetch(`${place.url}/v1/sources/${id}`, {
        method: "PUT",
        headers: {
            "Authorization": `Bearer ${place.token}`,
            "Content-Type": "application/vnd.annals.source+json",
        },
        body: JSON.stringify(document(id, count)),
    });
    const text = await answer.text();
    check(answer.status === 201, `PUT ${id}: ${answer.status} ${text}`);
    return JSON.parse(text).version;
}

// What is done to the line before and while a source is put.
const LOSSES = {
    "nothing": () => {},
    "dropped": proxy => proxy.drop(),
    "cut in the first event to come": proxy => { proxy.cut = () => 40; },
    "nothing again": () => {},
    "dropped and down for a while": proxy => {
        proxy.down = true;
        proxy.drop();
    },
    "cut before the last byte of an event": proxy => {
        proxy.cut = bytes => (bytes.includes("\n\n") ? bytes.lastIndexOf("\n\n") + 1 : null);
    },
};

async function lose(place, proxy, tab, how, number) {
    LOSSES[how](proxy);
    const version = await put(place, `browser-${number}`, 3 + number);
    if (proxy.down) {
        await until("the browser has tried in vain", () => proxy.refused > 0);
        proxy.down = false;
    }
    await until(`changeset ${version} is heard (${how})`, () => tab.evaluate(
        wanted => heard.some(one => one.id === String(wanted)), version));
}

// An event names so many changes at most, and counts them all where there are more.
const MOST_NAMED = 100;

function checkEvent(id, data, wanted) {
    const told = one => `${one.action} ${one.kind} ${one.id}`;
    same(Number(id), data.version, "version");
    same(wanted.slice(0, MOST_NAMED).map(told), data.changes.map(told), `changes of ${id}`);
    same(wanted.length, data.change_count ?? data.changes.length, `count of changes of ${id}`);
}

// The browser's own memory of where it was.
function lastIds(heads) {
    return heads.map(head => /^last-event-id: *(\S+)\r$/im.exec(head)?.[1] ?? null);
}

export default async function play(place) {
    const proxy = new Proxy(place.url);
    const address = `${await proxy.listen()}/v1/changes?since=0`;
    const site = await host({"/": page});
    const before = (await get(place, "/v1/changes?limit=1")).version;
    try {
        return await browse(place, async context => {
            const tab = await context.newPage();
            await tab.goto(site.url);
            await tab.evaluate(where => listen(where), address);
            await until("what was before is heard", () => tab.evaluate(
                count => heard.length >= count, before));
            let number = 0;
            for (const how of Object.keys(LOSSES))
                await lose(place, proxy, tab, how, number++);
            const {heard, opened} = await tab.evaluate(() => ({heard, opened}));
            const changes = await all(place, "/v1/changes?limit=1000");
            const versions = [...new Set(changes.map(one => one.version))];
            same(versions.map(String), heard.map(one => one.id), "changesets heard");
            for (const {id, data} of heard)
                checkEvent(id, data, changes.filter(one => one.version === Number(id)));
            const resumed = lastIds(proxy.heads);
            same(null, resumed[0], "Last-Event-ID at first");
            // Four losses; it resumed with the last changeset that it had heard each time.
            same(resumed.length, opened.length, "connections");
            check(opened.length >= 5, `it connected ${opened.length} times only`);
            same(opened.slice(1).map(count => heard[count - 1].id), resumed.slice(1), "Last-Event-ID");
            return `${heard.length} changesets over ${opened.length} connections`;
        });
    } finally {
        proxy.close();
        site.close();
    }
}
