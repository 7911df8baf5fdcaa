// "Use this data": the lines that fetch, embed and cite exactly this view.
import {make, number, button, problemBox} from "./markup.js";
import {ANSWERED, questionOf, listedOf, target, valueOf} from "./address.js";
import {openDialog} from "./help.js";

const MOST = 1000; // events in one answer, but for CSV

// Puts a text on the clipboard, and says so on the button for a moment. Where pages may not write
// there, the text is selected for the reader's own keys.
export async function copy(text, opener, shown) {
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        if (shown)
            getSelection().selectAllChildren(shown);
        opener.textContent = shown ? "Selected: press Ctrl+C" : "Not allowed here";
        return;
    }
    const words = opener.dataset.words ??= opener.textContent;
    opener.textContent = "Copied";
    setTimeout(() => { opener.textContent = words; }, 1500);
}

function here(path, ...parameters) {
    return location.origin + target(path, ...parameters);
}

function quotedForShell(text) {
    return `'${text.replaceAll("'", "'\\''")}'`;
}

function quotedForMarkup(text) {
    return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

// All of them, one a line where one answer does not hold them.
export function curlOf(view, matched) {
    const address = matched > ANSWERED ? here("/v1/events.ndjson", listedOf(view), "limit=all")
        : here("/v1/events.json", listedOf(view));
    return `curl -s ${quotedForShell(address)}`;
}

// The filters as arguments of a call: of a parameter asked twice all must hold.
function argumentsOf(view, sign, both) {
    const values = new Map();
    for (const {name, value} of view.asked.filter(part => listedOf({asked: [part]})))
        values.set(name, [...values.get(name) ?? [], value]);
    return [...values].map(([name, all]) => {
        const texts = all.map(one => JSON.stringify(one));
        return `${name}${sign}${texts.length > 1 ? both(texts) : texts[0]}`;
    }).join(", ");
}

function codeLines(view, matched) {
    const origin = JSON.stringify(location.origin);
    const lists = texts => `[${texts.map(one => `[${one}]`).join(", ")}]`;
    const filters = argumentsOf(view, ": ", lists);
    return [
        ["curl", curlOf(view, matched)],
        ["Python", `import annals\nstore = annals.Annals(${origin})\n`
            + `for event in store.events(${argumentsOf(view, "=", lists)}):\n`
            + `    print(event["id"], event["title"])`],
        ["JavaScript", `import {Annals} from "./annals.js";\nconst store = new Annals(${origin});\n`
            + `for await (const event of store.events(${filters && `{${filters}}`}))\n`
            + "    console.log(event.id, event.title);"],
        ["R", `source("annals.R")\nstore <- annals(${origin})\n`
            + `events <- store$events(${argumentsOf(view, " = ", texts => `list(${texts.join(", ")})`)})\n`
            + "print(events[c(\"date\", \"title\")])"],
    ];
}

function fileLines(view, matched) {
    const asked = listedOf(view);
    const all = matched > ANSWERED;
    const csv = here("/v1/events.csv", asked, all && "limit=all");
    return [
        ["Spreadsheet", `=IMPORTDATA("${csv.replaceAll('"', '""')}")`],
        ["QGIS, GeoJSON", here("/v1/events.geojson", asked, all && `limit=${MOST}`)],
        ["Calendar", here("/v1/events.ics", asked, all && `limit=${MOST}`)],
        ["News feed", here("/v1/events.atom", questionOf(view), "sort=updated")],
    ];
}

function pageLines({view, room, matched, words}) {
    const asked = questionOf(view);
    const lanes = view.lanes === "type" ? "" : `lanes=${view.lanes}`;
    const selected = view.selected ? `selected=${encodeURIComponent(view.selected)}` : "";
    const src = quotedForMarkup(here("/v1/events", asked));
    const label = quotedForMarkup(words);
    const frame = here("/embed", asked, lanes, selected);
    const {integrity} = room.dataset;
    const more = (lanes && ` lanes="${view.lanes}"`)
        + (selected && ` selected="${quotedForMarkup(view.selected)}"`);
    const picture = here("/v1/events.svg", asked, lanes, matched > ANSWERED && `limit=${MOST}`);
    return [
        ["As an element", `<script type="module" src="${location.origin}/annals-timeline.js"`
            + `${integrity ? ` integrity="${integrity}"` : ""} crossorigin="anonymous"></script>\n`
            + `<annals-timeline src="${src}"${more} label="${label}">\n`
            + `    <a href="${src}">${label}</a>\n</annals-timeline>`],
        ["As a frame", `<iframe src="${quotedForMarkup(frame)}" title="${label}" `
            + 'width="100%" height="420" loading="lazy"></iframe>'],
        ["Pasted into an editor (oEmbed)", frame],
        ["As a picture", `<img src="${quotedForMarkup(picture)}" alt="${label}">`],
    ];
}

function snippet([words, text]) {
    const code = make("code", {}, text);
    const opener = button("Copy", () => copy(text, opener, code), {"aria-label": `Copy: ${words}`});
    return make("div", {class: "line"}, make("h4", {}, words), opener,
        make("pre", {tabindex: "0", "aria-label": words}, code));
}

async function cite(host, view, context) {
    try {
        const {text, bibtex, link, verify} = await context.fetch(target("/v1/cite", questionOf(view)));
        host.replaceChildren(...[["As text", text], ["BibTeX", bibtex], ["This very answer, for ever", link],
            ["Is it still the same?", verify]].map(snippet));
    } catch (error) {
        host.replaceChildren(problemBox(error));
    }
}

// now: {view, room, matched, words}
export function showUse(now, context) {
    const citing = make("div", {}, make("p", {class: "soft"}, "The answer is being counted …"));
    const section = (title, lines) => make("section", {}, make("h3", {}, title), lines);
    openDialog("Use this data", "use",
        make("p", {class: "soft"}, "Every line below gives exactly what is in view now",
            valueOf(now.view, "as_of") ? ", as the store was then." : ", as the store is when it is asked.",
            now.matched > MOST && ` GeoJSON, calendar and picture hold the first ${number(MOST)}.`),
        section("In a page of yours", pageLines(now).map(snippet)),
        section("As a file", fileLines(now.view, now.matched).map(snippet)),
        section("In code; annals.py, annals.js and annals.R are clients that come with Annals",
            codeLines(now.view, now.matched).map(snippet)),
        section("Cite it", citing));
    cite(citing, now.view, context);
}
