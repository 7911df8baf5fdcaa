// A picture (see layout.js) on a canvas, in the colours of a theme; and what of it is at a point.
import {AXIS_HIGH} from "./layout.js";
import {max, min, round} from "./numbers.js";
import {OPEN, scaleOf, UNKNOWN} from "./span.js";

// Hues that can be told apart without red and green; in one lightness, so that all have the same
// contrast as text.
const HUES = [185, 258, 26, 94, 55, 300, 135];
const FONTS = {label: "12px ", small: "11px ", bold: "600 11px "};
const PALE = 0.3;

const MOST_WIDTHS = 20000;

const widths = new Map();

// The colours and the font of an element, from its style. lanes: the colours of the lanes; measure(text,
// font): the width of a text.
export function readTheme(style, pen) {
    const {color: ink, backgroundColor: paper, fontFamily} = style;
    const forced = matchMedia("(forced-colors: active)").matches, night = ink.match(/\d+/)[0] > 127;
    const own = (name, usual) => forced ? ink : style.getPropertyValue(`--annals-${name}`) || usual;
    const shade = hue => `oklch(${night ? 0.76 : 0.5} 0.12 ${hue})`;
    const soft = own("soft", `color-mix(in srgb, ${ink} 72%, ${paper})`);
    return {
        ink, paper, soft, fontFamily, line: own("line", ink), accent: own("accent", shade(30)),
        lanes: [...HUES.map(shade), soft].map((colour, i) => own(`lane-${i + 1}`, colour)),
        measure: (text, name) => {
            const font = FONTS[name] + fontFamily, key = font + text;
            if (widths.size > MOST_WIDTHS)
                widths.clear();
            if (!widths.has(key)) {
                pen.font = font;
                widths.set(key, pen.measureText(text).width);
            }
            return widths.get(key);
        },
    };
}

// ---- shapes, with the pen and in the theme of the picture that is being painted ----

let pen, theme;

function write(text, x, y, height, font, colour) {
    pen.font = FONTS[font] + theme.fontFamily;
    pen.fillStyle = colour;
    // In the direction of its own first letter.
    pen.fillText(`\u2068${text}`, x, y + height / 2 + 4);
}

function fill(x, y, w, h, alpha = 1) {
    pen.globalAlpha = alpha;
    pen.fillRect(x, y, w, h);
    pen.globalAlpha = 1;
}

// The way around a box, by so much larger.
function trace({x, y, w, h}, by, corner) {
    pen.beginPath();
    pen.roundRect(x - by, y - by, w + 2 * by, h + 2 * by, corner);
}

// All of the bar pale, within a line; what is certain solid. It points where it is open, and fades into
// the paper where an end is not known.
function paintBar({span, box: {x, y, w, h}, sure}, colour) {
    const head = side => side === OPEN ? min(7, w / 3) : 0, end = x + w;
    const left = x + head(span.before), right = end - head(span.after), middle = y + h / 2, foot = y + h;
    const shade = pen.createLinearGradient(x, 0, end, 0);
    [span.before, 0, span.after].forEach((side, i) =>
        shade.addColorStop(i / 2, side === UNKNOWN ? theme.paper : colour));
    pen.fillStyle = pen.strokeStyle = shade;
    pen.beginPath();
    for (const [atX, atY] of [[left, y], [right, y], [end, middle], [right, foot], [left, foot], [x, middle]])
        pen.lineTo(atX, atY);
    pen.closePath();
    pen.globalAlpha = PALE;
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = 0.8;
    pen.stroke();
    if (sure) {
        pen.save();
        pen.clip();
        pen.fillRect(sure.x, y, sure.w, h);
        pen.restore();
    }
}

function paintMark(mark, colour, {hover, focus, selected}) {
    const {event, span, box, label, point} = mark, round = point ? box.w : 3;
    pen.fillStyle = colour;
    if (point) {
        trace(box, 0, round);
        pen.fill();
    } else {
        paintBar(mark, colour);
    }
    const is = one => one?.event?.id === event.id;
    for (const [there, by, width, ring, ...dash] of [[span.rough, 2, 1.2, colour, 3, 2],
        [is(hover), 2, 1.2, theme.ink], [event.id === selected, 3, 2, theme.accent],
        [is(focus), 5, 2, theme.accent]])
        if (there) {
            pen.setLineDash(dash);
            pen.strokeStyle = ring;
            pen.lineWidth = width;
            trace(box, by, round);
            pen.stroke();
        }
    pen.setLineDash([]);
    // A sign for those that have no title to carry it.
    pen.fillStyle = theme.accent;
    if (label)
        write(label.text, label.x, label.y, label.h, label.font, label.solid ? theme.paper : theme.ink);
    else if (event.disputed?.length > 0)
        fill(box.x + box.w - 2, box.y - 2, 5, 5);
}

function paintLane({head, box, colour: number, bins, placed}, state) {
    const colour = pen.fillStyle = theme.lanes[number];
    fill(box.x, box.y, box.w, box.h, 0.07);
    for (const {x, y, w, h, solid} of bins) {
        fill(x, y, w < 5 ? w : w - 1, h - solid, PALE);
        fill(x, y + h - solid, w < 5 ? w : w - 1, solid, 0.8);
    }
    for (const mark of placed)
        paintMark(mark, colour, state);
    write(head.text, head.x, head.y, head.h, "bold", colour);
    write(head.note, head.noteX, head.y, head.h, "small", theme.soft);
}

// state: {hover: what pick() found, focus: {event} or {bin}, selected: id}. The pen counts in the
// pixels of the picture.
export function paint(withPen, {window, width, height, lanes, axis}, withTheme, state = {}) {
    pen = withPen;
    theme = withTheme;
    pen.textAlign = "left";
    pen.clearRect(0, 0, width, height);
    for (const {x, label, left, major} of axis.ticks) {
        pen.fillStyle = theme.line;
        fill(round(x), 0, 1, axis.y + 4, major ? 0.28 : 0.12);
        write(label, left, axis.y, AXIS_HIGH, major ? "bold" : "small", major ? theme.ink : theme.soft);
    }
    pen.fillStyle = theme.line;
    fill(0, axis.y, width, 1, 0.7);
    for (const lane of lanes)
        paintLane(lane, state);
    const at = scaleOf(window, width);
    pen.fillStyle = theme.line;
    for (const one of [state.hover, state.focus])
        if (one?.bin)
            fill(at(one.bin.from), 0, max(2, at(one.bin.to) - at(one.bin.from)), axis.y, 0.15);
}

// ---- finding ----

// The nearest of what is no farther than `reach`: {event} or {bin}; {} where there is nothing.
export function pick(picture, x, y, reach = 8) {
    let best = {}, nearest = reach;
    const offer = (box, found) => {
        const far = box ? Math.hypot(max(box.x - x, 0, x - box.x - box.w),
            max(box.y - y, 0, y - box.y - box.h)) : reach;
        if (far < nearest) {
            nearest = far;
            best = found;
        }
    };
    for (const {placed, bins, box: {y: top, h}} of picture.lanes) {
        for (const {event, box, label} of placed) {
            offer(box, {event});
            offer(label, {event});
        }
        // All of a lane above a bin belongs to it.
        for (const bin of bins)
            offer(bin.some ? bin : {...bin, y: top, h}, {bin});
    }
    return best;
}
