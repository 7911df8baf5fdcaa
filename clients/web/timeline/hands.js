// What pointer, wheel, fingers and keys do to a timeline. A click chooses and never moves the window.
// view.hover and view.focus are what the pointer and the keyboard are at: {event}, {tick} or {bin}.
import {reachOf} from "./ask.js";
import {pick} from "./paint.js";
import {spanOf} from "./span.js";

// Pixels that a click may move.
const STILL = 4;

export function listenToPointers(view, on) {
    const {canvas} = view, fingers = new Map();
    let moved;
    const find = ({offsetX: x, offsetY: y}) => ({...view.picture && pick(view.picture, x, y), x, y});
    const hover = (event, leaves) => {
        const found = leaves || event.pointerType === "touch" ? {} : find(event);
        const clicks = found.event || found.tick;
        canvas.style.setProperty("cursor", clicks ? "pointer" : "");
        view.hover = clicks || found.bin ? found : null;
        view.explain(view.hover ?? view.focus);
    };
    on("pointerdown", ({button, pointerId, clientX: x, clientY: y}) => {
        if (button)
            return;
        moved = fingers.size > 0;
        fingers.set(pointerId, {x, y});
        canvas.setPointerCapture(pointerId);
    });
    on("pointermove", event => {
        const {clientX: x, clientY: y, pointerId} = event, before = fingers.get(pointerId);
        if (before)
            moved ||= Math.hypot(x - before.x, y - before.y) > STILL;
        else
            hover(event);
        if (!before || !moved)
            return;
        fingers.delete(pointerId);
        for (const other of fingers.values()) {
            const far = one => Math.max(20, Math.hypot(one.x - other.x, one.y - other.y));
            const middle = (x + other.x) / 2 - canvas.getBoundingClientRect().left;
            view.zoom(far({x, y}) / far(before), middle / view.width);
        }
        fingers.set(pointerId, {x, y});
        view.pan((before.x - x) / view.width / fingers.size);
    });
    on("pointerup", event => {
        const {event: found, tick} = find(event), some = tick?.some ?? [];
        // Of several behind one tick the next one, click by click.
        const at = some.findIndex(one => one.id === view.options.selected);
        const next = found ?? some[(at + 1) % some.length];
        if (fingers.delete(event.pointerId) && !moved && next)
            view.choose(next);
    });
    on("pointercancel", ({pointerId}) => fingers.delete(pointerId));
    on("pointerleave", event => hover(event, true));
    on("dblclick", event => {
        const found = find(event);
        if (found.event)
            view.follow(found.event);
        else
            view.zoom(2, found.x / view.width);
    });
}

export function listenToWheel(view, on) {
    on("wheel", event => {
        const {shiftKey, deltaX, deltaY, deltaMode, offsetX} = event, held = event.ctrlKey || event.metaKey;
        if (!held && view.options.wheel !== "zoom" && !view.canvas.matches(":focus")) {
            view.hint();
            return;
        }
        event.preventDefault();
        const unit = [1, 16, 400][deltaMode];
        if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY))
            view.pan((deltaX || deltaY) * unit / view.width);
        else
            view.zoom(Math.exp(Math.max(-300, Math.min(300, -deltaY * unit)) / (held ? 150 : 400)),
                offsetX / view.width);
    });
}

// What the arrows walk along: events, or bins where there are too many.
function pathOf({events, histogram}) {
    return events?.filter(spanOf).map(event => ({event, ...spanOf(event)}))
        ?? histogram.buckets.filter(bin => bin.max)
            .map(bin => ({...reachOf([bin]), bin: {...bin, ...reachOf([bin])}}));
}

// The window follows the keyboard only as far as it must.
function go(view, one) {
    const {from, to} = view.window, near = Number.isFinite(one.from) ? one.from : one.to;
    view.focus = one;
    if (one.to <= from || one.from >= to)
        view.move(near - (from + to) / 2);
    view.explain(one);
    view.say(view.wordsOf(one));
}

function step(view, by) {
    const {window: {from, to}, focus} = view, path = pathOf(view.asker.data);
    const inside = one => one.to > from && one.from < to;
    const same = one => one.from === focus?.from && one.event?.id === focus.event?.id;
    const here = path.findIndex(same);
    const next = here >= 0 ? path[here + by]
        : by < 0 ? path.findLast(inside)
            : path.find(one => one.from >= from && inside(one)) ?? path.find(inside);
    if (next)
        go(view, next);
    else
        view.pan(by / 2);
}

function leap(view, last) {
    const {asker: {extent, whole, data}, window: {from, to}} = view;
    view.move(last ? extent.to - to : extent.from - from);
    if (whole)
        go(view, pathOf(data).at(last ? -1 : 0));
}

function enter(view, opens) {
    const {event, from, to} = view.focus ?? {};
    if (event) {
        view.choose(event);
        if (opens)
            view.follow(event);
    } else if (view.focus) {
        view.show({from: 2 * from - to, to: 2 * to - from});
    }
}

export function listenToKeys(view, on) {
    const leave = () => view.explain(view.hover = view.focus = null);
    on("blur", leave);
    on("keydown", event => {
        const {key, shiftKey} = event, act = {
            ArrowRight: () => (shiftKey ? view.pan(0.25) : step(view, 1)),
            ArrowLeft: () => (shiftKey ? view.pan(-0.25) : step(view, -1)),
            "+": () => view.zoom(1.5), "=": () => view.zoom(1.5), "-": () => view.zoom(1 / 1.5),
            0: () => view.reset(),
            Home: () => leap(view), End: () => leap(view, true),
            Enter: () => enter(view, true), " ": () => enter(view), Escape: leave,
        }[key];
        if (!act || !view.window || event.ctrlKey || event.metaKey || event.altKey)
            return;
        event.preventDefault();
        act();
    });
}
