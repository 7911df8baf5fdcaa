// A timeline on a canvas. It shows a window of time, draws once a frame at most, keeps the last
// drawing until there is a better one, and asks for what a window needs once it rests. A view is an
// asker (see ask.js) with the elements of the drawing and
//   window           the days that are shown, null until they are known
//   hover, focus     what pointer and keyboard are at: {event} or {bin}
//   width, height    in pixels; without a height it is as high as its lanes
import {forget, look} from "./ask.js";
import {rangeText, rangeWords, SECOND} from "./civil.js";
import {layoutBins, layoutEvents} from "./layout.js";
import {abs, max, min, round} from "./numbers.js";
import {paint, readTheme} from "./paint.js";
import {scaleOf} from "./span.js";

// Days: 10^10 years.
const LONGEST = 3652425000000;
// Milliseconds without a movement; until it says that it loads.
const REST = 150;
const SLOW = 200;
const KEYS = "Arrow keys: events; with shift: time. Plus, minus, 0: zoom. Home, End. Enter: open.";

function make(name, parent, attributes = {}, text = "") {
    const made = document.createElement(name);
    for (const key in attributes)
        made.setAttribute(key, attributes[key]);
    made.textContent = text;
    parent.append(made);
    return made;
}

// The first of the texts that there are is bold.
function tell(box, texts) {
    box.replaceChildren();
    for (const text of texts.filter(Boolean))
        make(box.firstChild ? "span" : "b", box, {dir: "auto"}, text);
    box.hidden = false;
}

function counted(number, words = number === 1 ? "event" : "events") {
    return number > 0 ? `${number.toLocaleString("en")} ${words}` : "";
}

// send(name, detail): an event for the page.
export function makeView(root, send) {
    const hidden = "", canvas = make("canvas", root, {
        tabindex: 0, role: "application", "aria-description": KEYS, "aria-label": "Timeline", hidden,
    });
    const view = {
        send, canvas, host: root.host, window: null,
        told: done => heard(view, done),
        rest: make("p", root, {part: "rest"}),
        fallback: make("slot", root),
        tip: make("div", root, {part: "tip", hidden}),
        note: make("div", root, {part: "note", hidden}),
        said: make("i", root, {role: "status"}),
    };
    return view;
}

// Asks for a source, in the window that it means.
export function openView(view, source, lanes) {
    Object.assign(view, {source, lanes, window: null});
    reload(view);
}

// Asks again, in the same window.
export function reload(view, rest = 0) {
    forget(view);
    ask(view, rest);
}

function ask(view, rest) {
    if (view.width && view.source)
        look(view, view.window, view.width, rest);
}

// ---- the window ----

// by: "hand" or "reset", whoever moved it.
export function show(view, {from, to}, by = "hand") {
    view.window = {from, to};
    const report = settled => {
        view.resting = 0;
        draw(view);
        view.send("range", {...rangeOf(view), settled, by});
    };
    clearTimeout(view.resting);
    view.hover = null;
    view.tip.hidden = true;
    report(false);
    view.resting = setTimeout(report, REST, true);
    ask(view, REST);
}

export function rangeOf({window}) {
    const [from, to = from] = window ? rangeText(window.from, window.to).split("/") : [null];
    return {from, to};
}

// share: where in the window stays what is there, 0 to 1.
export function zoom(view, factor, share = 0.5) {
    if (!view.window)
        return;
    const {from, to} = view.window, least = max(SECOND, abs(from) * 1e-11);
    const span = max(least, min(LONGEST, (to - from) / factor));
    const start = from + (to - from - span) * share;
    show(view, {from: start, to: start + span});
}

export function pan(view, share) {
    if (view.window)
        move(view, (view.window.to - view.window.from) * share);
}

export function move(view, days) {
    show(view, {from: view.window.from + days, to: view.window.to + days});
}

export function reset(view) {
    if (view.extent)
        show(view, view.extent, "reset");
}

export function resize(view, width, height) {
    if (width === view.width && height === view.height)
        return;
    const rest = view.width ? REST : 0;
    Object.assign(view, {width, height});
    ask(view, rest);
    draw(view);
}

// ---- drawing ----

export function draw(view) {
    view.frame ||= requestAnimationFrame(() => {
        view.frame = 0;
        drawNow(view);
    });
}

export function drawNow(view) {
    const {host, canvas, data, hover, height, picture: previous} = view, ratio = devicePixelRatio;
    if (!view.window || !view.width || !data)
        return;
    const pen = canvas.getContext("2d"), theme = readTheme(getComputedStyle(host), pen);
    // Where there are events again, no bin is in hand.
    if (data.events && view.focus?.bin)
        view.focus = null;
    canvas.hidden = false;
    view.fallback.hidden = true;
    const {focus} = view, {selected} = host;
    const picture = view.picture = (data.events ? layoutEvents : layoutBins)({
        ...view, ...data, height: height && height - view.rest.offsetHeight,
        measure: theme.measure, selected: focus?.event?.id ?? selected,
        previous: view.resting ? previous : null,
    });
    const wide = round(picture.width * ratio), high = round(picture.height * ratio);
    if (canvas.width !== wide || canvas.height !== high) {
        Object.assign(canvas, {width: wide, height: high});
        canvas.style.height = `${picture.height}px`;
    }
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(pen, picture, theme, {hover, focus, selected});
}

// ---- words ----

export function say({said}, texts) {
    said.textContent = texts.filter(Boolean).join(". ");
}

// What there is to say of what hands are at, line by line.
export function wordsOf({names}, {event, bin}) {
    if (event)
        return [event.title || event.id, event.date.display, names.get(event.type) ?? event.type,
            event.disputed?.length && `Sources disagree on ${event.disputed.join(", ")}`];
    const {from, to, min, max, some} = bin;
    return some ? [`${counted(max)}, zoom in`, ...some.map(one => one.title || one.id)]
        : [rangeWords(from, to), (min < max ? `${min} to ` : "") + counted(max)];
}

// Beside what hands are at, where there is room; nothing takes it away.
export function explain(view, found) {
    const {tip, picture, width, window} = view;
    draw(view);
    tip.hidden = true;
    if (!found)
        return;
    tell(tip, wordsOf(view, found));
    const box = picture.lanes.flatMap(lane => lane.placed).find(mark => mark.event === found.event)?.box;
    const {x = box?.x ?? scaleOf(window, width)(found.from), y = box?.y ?? 0} = found;
    Object.assign(tip.style, {
        left: `${max(0, min(width - tip.offsetWidth, x + 8))}px`,
        top: `${y > picture.height / 2 ? y - tip.offsetHeight - 12 : y + 22}px`,
    });
}

export function choose({send}, {id, title, disputed}) {
    send("select", {id, title, disputed: disputed?.length > 0});
}

// Where a double click and Enter lead.
export function follow({host, source}, {id}) {
    const target = host.link ?? `${source.root}/v1/events/{id}`;
    if (target)
        open(target.replaceAll("{id}", id), "_blank", "noopener");
}

// ---- what the asker tells ----

function heard(view, done) {
    clearTimeout(view.slow);
    view.window ??= view.home;
    drawNow(view);
    if (!done) {
        view.slow = setTimeout(tell, SLOW, view.note, ["Loading…"]);
        return;
    }
    const {window, problem, total, count, data, rest} = view, matched = count?.matched ?? 0;
    settle(view, matched);
    if (problem) {
        view.send("error", problem);
        return;
    }
    const {placed = 0, more = 0, wide = 0} = view.picture ?? {};
    const others = data.some && matched - placed - more - wide;
    rest.textContent = [counted(others, "began before or are dated only to a wider period"),
        counted(total.matched - matched, "at other times"), counted(total.undated, "without a date"),
    ].filter(Boolean).join(" · ");
    draw(view);
    view.send("load", {
        matched, shown: placed, undated: total.undated, version: (count ?? total).version,
        ...rangeOf(view), mode: data.events ? "events" : "bins",
    });
}

// The note that the last answer calls for, if any.
function settle(view, matched) {
    const {note, canvas, window, problem, total} = view;
    const [texts, action, act] = problem ? [[problem.title, problem.detail], "Try again", reload]
        : !total.matched ? [["No events match", counted(total.undated, "without a date")]]
            : !matched ? [
                ["No events match in this time", counted(total.matched, "at other times")], "Show all", reset,
            ] : [];
    note.hidden = !texts;
    if (texts)
        tell(note, texts);
    if (action)
        make("button", note, {}, action).addEventListener("click", () => {
            canvas.focus();
            act(view);
        });
    if (texts || !view.focus)
        say(view, texts ?? [`${counted(matched)}, ${rangeWords(window.from, window.to)}`]);
}
