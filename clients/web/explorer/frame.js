// The rooms of the page, and the form that the server wrote, made into the explorer's header.
import {make, button, counted} from "./markup.js";
import {LANES, questionOf, splitDate, target, valueOf} from "./address.js";

// The one field for a date becomes two; the rest of the form stays.
function takeForm(form, {events, first, last}) {
    const words = form.querySelector("[name=q]");
    const year = day => /^-?\d{4}(?=-)/.exec(day)?.[0];
    const field = (name, example) => make("input", {type: "text", id: name, name, placeholder: example,
        autocomplete: "off", spellcheck: "false", "aria-describedby": "date-trouble"});
    const [from, to] = [field("from", year(first) ?? "1789"), field("to", year(last) ?? "1815")];
    words.placeholder = events === "0" ? "Search" : `Search ${counted(Number(events), "event")}`;
    words.setAttribute("aria-label", "Search");
    form.replaceChildren(make("div", {class: "search"}, words), make("label", {for: "from"}, "from"), from,
        make("label", {for: "to"}, "to"), to, make("button", {}, "Show"),
        make("p", {id: "date-trouble", class: "trouble", role: "alert", hidden: true}));
    return {words, from, to, dateTrouble: form.lastChild};
}

function head(form) {
    const header = document.querySelector("body > header");
    const nav = header.querySelector("nav");
    const tally = make("output", {class: "tally"});
    const formats = document.getElementById("formats");
    const links = [...formats.querySelectorAll("a")];
    const use = button("Use this data", null, {class: "strong"});
    const curl = button("Copy curl");
    document.querySelector("body > footer")?.prepend(nav ?? "");
    header.append(form, make("div", {class: "view"}, tally, formats, curl, use));
    return {tally, links, use, curl};
}

function swatch(kind, words) {
    return make("li", {}, make("i", {class: `swatch ${kind}`, "aria-hidden": "true"}), words);
}

function timeRoom() {
    const timeline = make("annals-timeline", {wheel: "zoom", link: ""});
    const lanes = make("select", {id: "lanes"}, LANES.map(one => make("option", {value: one}, one)));
    const zoom = [["−", "Wider", 0.5], ["+", "Closer", 2], ["All", "All time", 0]].map(([sign, title, by]) =>
        button(sign, () => (by ? timeline.zoom(by) : timeline.reset()), {"aria-label": title, title}));
    const help = button("Keys", null, {class: "quiet", title: "?"});
    const section = make("section", {class: "time", "aria-label": "Timeline"}, timeline,
        make("div", {class: "tools"}, make("ul", {class: "legend", "aria-label": "How to read it"},
            swatch("sure", "certain"), swatch("maybe", "possible"), swatch("circa", "about"),
            swatch("differ", "sources disagree")),
        make("label", {for: "lanes"}, "lanes"), lanes, make("span", {class: "zoom"}, zoom), help));
    return {timeline, lanes, help, section};
}

// The timeline's attributes. A date with gaps is a filter there; others are its window.
export function tuneTimeline({timeline, lanes}, view) {
    const {from, to, plain} = splitDate(valueOf(view, "date"));
    const attributes = {
        src: target("/v1/events", questionOf(view, plain ? "date" : "")), lanes: view.lanes,
        from: plain ? from : "", to: plain ? to : "", selected: view.selected ?? "",
    };
    for (const [name, value] of Object.entries(attributes)) {
        if (value === "")
            timeline.removeAttribute(name);
        else if (timeline.getAttribute(name) !== value)
            timeline.setAttribute(name, value);
    }
    lanes.value = view.lanes;
}

export function buildFrame() {
    const room = document.getElementById("explorer");
    const form = document.getElementById("search");
    const names = ["chips", "facets", "trouble", "offer", "widening"];
    const rooms = Object.fromEntries(names.map(name => [name, make("div", {class: name})]));
    const time = timeRoom();
    const places = make("section", {class: "places", "aria-label": "Places"}, make("h2", {}, "Places"));
    const list = make("section", {class: "list", "aria-label": "Events in view"});
    const detail = make("section", {class: "detail", "aria-label": "The selected event"});
    const status = make("p", {role: "status", class: "hidden"});
    const frame = {room, form, ...takeForm(form, room.dataset), ...head(form), ...rooms, ...time, places,
        list, detail, status, mapRoom: make("div", {})};
    places.append(frame.mapRoom);
    time.section.append(rooms.widening);
    room.replaceChildren(rooms.offer, rooms.chips, rooms.facets, rooms.trouble, time.section,
        make("div", {class: "columns"}, places, list, detail), status);
    document.getElementById("plain").remove();
    document.documentElement.classList.add("exploring");
    room.hidden = false;
    return frame;
}
