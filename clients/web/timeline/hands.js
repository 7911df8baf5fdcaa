// What pointer, wheel, fingers and keys do to a timeline. A click chooses and never moves the window.
import {abs, max} from "./numbers.js";
import {pick} from "./paint.js";
import {choose, explain, follow, move, pan, reset, say, show, wordsOf, zoom} from "./view.js";

// Pixels that a click may move.
const STILL = 4;

function listenToPointers(view, on) {
    const {canvas} = view, fingers = new Map();
    let moved;
    const find = ({offsetX: x, offsetY: y}) => ({...view.picture && pick(view.picture, x, y), x, y});
    const hover = (found = {}) => {
        canvas.style.cursor = found.event || found.bin?.some ? "pointer" : "";
        view.hover = found.event || found.bin ? found : null;
        explain(view, view.hover ?? view.focus);
    };
    on("pointerdown", ({button, pointerId, offsetX: x, offsetY: y}) => {
        if (button)
            return;
        moved = fingers.size > 0;
        fingers.set(pointerId, {x, y});
        canvas.setPointerCapture(pointerId);
    });
    on("pointermove", event => {
        const {offsetX: x, offsetY: y, pointerId, pointerType} = event, before = fingers.get(pointerId);
        if (!before && pointerType !== "touch")
            hover(find(event));
        moved ||= before && Math.hypot(x - before.x, y - before.y) > STILL;
        if (!before || !moved)
            return;
        fingers.delete(pointerId);
        for (const other of fingers.values()) {
            const far = one => max(20, Math.hypot(one.x - other.x, one.y - other.y));
            zoom(view, far({x, y}) / far(before), (x + other.x) / 2 / view.width);
        }
        fingers.set(pointerId, {x, y});
        pan(view, (before.x - x) / view.width / fingers.size);
    });
    on("pointerup", event => {
        const {event: found, bin} = find(event), chosen = found ?? bin?.some?.[0];
        if (fingers.delete(event.pointerId) && !moved && chosen)
            choose(view, chosen);
    });
    on("pointercancel", ({pointerId}) => fingers.delete(pointerId));
    on("pointerleave", () => hover());
    on("dblclick", event => {
        const found = find(event);
        if (found.event)
            follow(view, found.event);
        else
            zoom(view, 2, found.x / view.width);
    });
}

function listenToWheel(view, on) {
    on("wheel", event => {
        const {shiftKey, deltaX, deltaY, offsetX} = event, held = event.ctrlKey || event.metaKey;
        if (!held && view.host.wheel !== "zoom" && !view.canvas.matches(":focus"))
            return;
        event.preventDefault();
        if (shiftKey || abs(deltaX) > abs(deltaY))
            pan(view, (deltaX || deltaY) / view.width);
        else
            zoom(view, Math.exp(-deltaY / (held ? 150 : 400)), offsetX / view.width);
    });
}

// What the arrows walk along: events, or bins where there are too many.
function pathOf({events, histogram}) {
    return events?.map(event => ({event, ...event.span}))
        ?? histogram.buckets.filter(({max}) => max).map(bin => ({...bin, bin}));
}

// The window follows the keyboard only as far as it must.
function go(view, one) {
    const {from, to} = view.window, near = Number.isFinite(one.from) ? one.from : one.to;
    view.focus = one;
    if (one.to <= from || one.from >= to)
        move(view, near - (from + to) / 2);
    explain(view, one);
    say(view, wordsOf(view, one));
}

function step(view, by) {
    const {window: {from, to}, focus} = view, path = pathOf(view.data);
    const inside = one => one.to > from && one.from < to;
    const same = one => one.from === focus?.from && one.event?.id === focus.event?.id;
    const here = path.findIndex(same);
    const next = here >= 0 ? path[here + by]
        : by < 0 ? path.findLast(inside)
            : path.find(one => one.from >= from) ?? path.find(inside);
    if (next)
        go(view, next);
    else
        pan(view, by / 2);
}

function leap(view, last) {
    const {extent, whole, data, window: {from, to}} = view;
    move(view, last ? extent.to - to : extent.from - from);
    if (whole)
        go(view, pathOf(data).at(last ? -1 : 0));
}

function enter(view, opens) {
    const {event, from, to} = view.focus ?? {};
    if (event) {
        choose(view, event);
        if (opens)
            follow(view, event);
    } else if (view.focus) {
        show(view, {from: 2 * from - to, to: 2 * to - from});
    }
}

function listenToKeys(view, on) {
    const leave = () => explain(view, view.hover = view.focus = null);
    on("blur", leave);
    on("keydown", event => {
        const {key, shiftKey} = event, act = {
            ArrowRight: () => (shiftKey ? pan(view, 0.25) : step(view, 1)),
            ArrowLeft: () => (shiftKey ? pan(view, -0.25) : step(view, -1)),
            "+": () => zoom(view, 1.5), "=": () => zoom(view, 1.5), "-": () => zoom(view, 1 / 1.5),
            0: () => reset(view),
            Home: () => leap(view), End: () => leap(view, true),
            Enter: () => enter(view, true), " ": () => enter(view), Escape: leave,
        }[key];
        if (!act || !view.window || event.ctrlKey || event.metaKey || event.altKey)
            return;
        event.preventDefault();
        act();
    });
}

export function listen(view) {
    for (const hands of [listenToPointers, listenToWheel, listenToKeys])
        hands(view, (name, act) => view.canvas.addEventListener(name, act));
}
