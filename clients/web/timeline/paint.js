// A picture (see layout.js) on a canvas, in the colours of a theme; and what of it is at a point.
import {parseBound} from "./civil.js";
import {AXIS_HIGH} from "./layout.js";
import {scaleOf} from "./span.js";

// Colours that can be told apart without red and green, with a contrast of 4.5 to 1 as text: ink,
// paper, soft, line, accent, and those of the lanes.
const THEME_NAMES = ["ink", "paper", "soft", "line", "accent", "lane-1", "lane-2", "lane-3", "lane-4",
    "lane-5", "lane-6", "lane-7", "lane-8"];
const LIGHT = ["1c1d20", "ffffff", "5c5a55", "1c1d20", "8a2a16", "1f7a70", "3a68b0", "b03a35", "7a6518",
    "a8541a", "6d45a0", "47722c", "55626f"];
const DARK = ["ececea", "121212", "a9a7a2", "ffffff", "f0a58c", "5cb8ac", "82a9e6", "ea7f78", "cdb14e",
    "e59a5f", "b795e2", "92c270", "a3b1bf"];
const FONTS = {label: "12px ", small: "11px ", bold: "600 11px "};
const PALE = 0.3;
const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

// The colours and fonts of an element, from its custom properties; the usual ones are those for the
// dark where its text is light. lanes: the colours of the lanes; measure(pen, text, font): the width
// of a text.
export function readTheme(style) {
    const forced = matchMedia("(forced-colors: active)").matches;
    const own = name => style.getPropertyValue(`--annals-${name}`).trim();
    const [red, green, blue] = style.color.match(/[\d.]+/g).map(Number), night = red + green + blue > 383;
    const font = own("font") || "system-ui, -apple-system, \"Segoe UI\", Roboto, \"DejaVu Sans\", sans-serif";
    const colours = THEME_NAMES.map((name, i) => !forced ? own(name) || `#${(night ? DARK : LIGHT)[i]}`
        : name === "paper" ? "Canvas" : name === "accent" ? "Highlight" : "CanvasText");
    const [ink, paper, soft, line, accent, ...lanes] = colours, widths = new Map();
    const theme = {font, ink, paper, soft, line, accent, lanes};
    theme.measure = (pen, text, name) => {
        const key = name + text;
        if (!widths.has(key)) {
            if (widths.size > 20000)
                widths.clear();
            pen.font = FONTS[name] + font;
            widths.set(key, pen.measureText(text).width);
        }
        return widths.get(key);
    };
    return theme;
}

// ---- shapes, with the pen and in the theme of the picture that is being painted ----

let pen, theme;

function write(text, x, y, height, font, colour) {
    pen.font = FONTS[font] + theme.font;
    pen.direction = RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
    pen.fillStyle = colour;
    pen.fillText(text, x, y + height / 2 + 4);
}

function fill(x, y, w, h, alpha = 1, corner = 0) {
    pen.globalAlpha = alpha;
    pen.beginPath();
    pen.roundRect(x, y, w, h, w > 2 * corner ? corner : 0);
    pen.fill();
    pen.globalAlpha = 1;
}

function frame({x, y, w, h}, by, width, colour, corner = 3) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    pen.roundRect(x - by, y - by, w + 2 * by, h + 2 * by, corner);
    pen.stroke();
}

// A head with its base at x that points to the right (w > 0) or left.
function arrow(x, w, {y, h}, alpha) {
    pen.globalAlpha = alpha;
    pen.beginPath();
    pen.moveTo(x, y - 1);
    pen.lineTo(x + w, y + h / 2);
    pen.lineTo(x, y + h + 1);
    pen.fill();
    pen.globalAlpha = 1;
}

// Pale, with an outline; fainter and fainter towards an end that is not known.
function paintPossible({span, box: {y, h}, before, after}, from, to) {
    const longest = Math.min(60, (to - from) / 2);
    const left = span.unknownStart ? longest : 0, right = span.unknownEnd ? longest : 0;
    for (let i = 0; i < 6; i++) {
        fill(from + left * i / 6, y, left / 6, h, PALE * (i + 1) / 7);
        fill(to - right * (i + 1) / 6, y, right / 6, h, PALE * (i + 1) / 7);
    }
    const x = from + left, w = to - right - x;
    fill(x, y, w, h, PALE);
    fill(x, y, w, 0.8);
    fill(x, y + h - 0.8, w, 0.8);
    if (!left && !span.openStart && !before)
        fill(x, y, right ? 2 : 0.8, h);
    if (!right && !span.openEnd && !after)
        fill(to, y, left ? -2 : -0.8, h);
}

function paintBar(mark) {
    const {span, box, sure} = mark, head = Math.min(7, box.w / 3), end = box.x + box.w;
    const from = span.openStart ? box.x + head : box.x, to = span.openEnd ? end - head : end;
    const sureStart = sure && sure.x - box.x < 1, sureEnd = sure && end - sure.x - sure.w < 1;
    if (span.openStart)
        arrow(from, -head, box, sureStart ? 1 : PALE);
    if (span.openEnd)
        arrow(to, head, box, sureEnd ? 1 : PALE);
    if (!sureStart || !sureEnd)
        paintPossible(mark, from, to);
    const x = Math.max(from, sure?.x), w = Math.min(to, sure?.x + sure?.w) - x;
    if (w > 0)
        fill(x, box.y, w, box.h, 1, mark.before || mark.after ? 0 : 2);
}

function paintMark(mark, colour, {hover, focus, selected}) {
    const {event, span, box, label, point, accounts} = mark, is = one => one?.event?.id === event.id;
    pen.fillStyle = colour;
    if (point)
        fill(box.x, box.y, box.w, box.h, 1, box.w / 2 - 0.01);
    else
        paintBar(mark);
    // Where each account has it, below and above by turns.
    if (accounts.length > 0)
        fill(mark.from, box.y + box.h / 2, mark.to - mark.from, 0.8, 0.6);
    for (const [number, {x, w}] of accounts.entries())
        fill(x, number % 2 ? box.y - 3 : box.y + box.h + 1.5, w, 1.5);
    pen.setLineDash([3, 2]);
    if (span.rough)
        frame(box, 2, 1.2, colour, point ? box.h / 2 + 2 : 3);
    pen.setLineDash([]);
    if (is(hover))
        frame(box, 2, 1.2, theme.ink);
    if (event.id === selected)
        frame(box, 3, 2, theme.accent);
    if (is(focus)) {
        const both = [box, label ?? box], x = Math.min(...both.map(one => one.x));
        frame({...box, x, w: Math.max(...both.map(one => one.x + one.w)) - x}, 4, 2, theme.accent, 5);
    }
    if (label)
        write(label.text, label.x, label.y, label.h, label.font, label.solid ? theme.paper : theme.ink);
    // A sign for those that have no title to carry it.
    pen.fillStyle = theme.accent;
    if (!label && event.disputed?.length > 0)
        fill(box.x + box.w - 2, box.y - 2, 5, 5, 1, 2.4);
}

function paintGround({width, height, lanes, axis, plot}) {
    pen.fillStyle = theme.paper;
    pen.fillRect(0, 0, width, height);
    for (const {box, colour} of lanes) {
        pen.fillStyle = theme.lanes[colour];
        fill(box.x, box.y, box.w, box.h, 0.07);
    }
    for (const {x, bare, label, left, major} of axis.ticks) {
        pen.fillStyle = theme.line;
        fill(Math.round(x), plot.y, 1, plot.h + 4, major ? 0.28 : 0.12);
        if (!bare)
            write(label, left, axis.y, AXIS_HIGH, major ? "bold" : "small", major ? theme.ink : theme.soft);
    }
    pen.fillStyle = theme.line;
    fill(0, axis.y, width, 1, 0.7);
}

function paintLane({head, colour: number, bins, ticks, placed}, state) {
    const colour = theme.lanes[number];
    pen.fillStyle = colour;
    for (const {x, y, w, h, solid} of bins) {
        fill(x, y, w >= 5 ? w - 1 : w, h - solid, PALE);
        fill(x, y + h - solid, w >= 5 ? w - 1 : w, solid, 0.85);
    }
    for (const tick of ticks)
        fill(tick.x, tick.y, tick.w, tick.h, tick === state.hover?.tick ? 1 : 0.65);
    for (const mark of placed)
        paintMark(mark, colour, state);
    write(head.text, head.x, head.y, head.h, "bold", colour);
    write(head.note, head.noteX, head.y, head.h, "small", theme.soft);
}

// state: {hover: what pick() found, focus: {event} or {bin}, selected: id}. The pen counts in the
// pixels of the picture.
export function paint(withPen, picture, withTheme, state = {}) {
    pen = withPen;
    theme = withTheme;
    pen.textAlign = "left";
    paintGround(picture);
    for (const lane of picture.lanes)
        paintLane(lane, state);
    const {window, width, plot} = picture, at = scaleOf(window, width);
    const day = (bound, isEnd) => typeof bound === "string" ? parseBound(bound, isEnd) : bound;
    pen.fillStyle = theme.line;
    for (const [one, alpha] of [[state.hover, 0.1], [state.focus, 0.2]]) {
        const x = one?.bin && at(day(one.bin.from));
        if (one?.bin)
            fill(x, plot.y, Math.max(2, at(day(one.bin.to, true)) - x), plot.h, alpha);
    }
}

// ---- finding ----

function distance({x, y, w, h}, atX, atY) {
    return Math.hypot(Math.max(x - atX, 0, atX - x - w), Math.max(y - atY, 0, atY - y - h));
}

// The nearest of what is no farther than `reach`: {event, lane, box}, {tick, lane}, {bin, lane} or
// {lane}; null where there is nothing.
export function pick(picture, x, y, reach = 8) {
    let best = null, nearest = reach;
    const offer = (box, found) => {
        const far = box ? distance(box, x, y) : Infinity;
        if (far < nearest) {
            nearest = far;
            best = found;
        }
    };
    for (const lane of picture.lanes) {
        for (const {event, box, label} of lane.placed) {
            offer(box, {event, lane, box});
            offer(label, {event, lane, box});
        }
        for (const tick of lane.ticks)
            offer(tick, {tick, lane});
    }
    const lane = picture.lanes.find(({box}) => y >= box.y && y <= box.y + box.h);
    const bin = lane?.bins.find(bin => x >= bin.x && x <= bin.x + bin.w);
    return best ?? (bin ? {bin, lane} : lane ? {lane} : null);
}
