// Where the events around one event are drawn: time runs from left to right in columns, the event in
// the middle has one of its own, and what has no date stands last.

const BOX_HEIGHT = 58;
const ROW = 70;
const NARROW = 78; // pixels between two columns at least
const EDGE = 4; // space around everything
const MOST_NODES = 40;
const LINE = 12; // of a label
const WRAP = 11; // characters in a line of a label

// Days, nearly, and in the right order: enough to sort by.
function whenOf({date}) {
    const iso = date?.earliest ?? date?.start_latest ?? date?.end_earliest ?? date?.latest;
    const [, year, month, day] = /^Y?(-?\d+)(?:-(\d\d)-(\d\d))?/.exec(iso ?? "") ?? [];
    return year === undefined ? Infinity : Number(year) * 372 + Number(month ?? 0) * 31 + Number(day ?? 0);
}

// The events before, at and behind the middle, in columns of at most `rows`.
function columnsOf(nodes, centre) {
    const middle = nodes.find(one => one.id === centre);
    const rest = nodes.filter(one => one !== middle).map(node => ({node, when: whenOf(node)}));
    rest.sort((a, b) => a.when - b.when || (a.node.id < b.node.id ? -1 : 1));
    const pivot = middle ? whenOf(middle) : -Infinity;
    const rows = Math.max(5, Math.ceil(nodes.length / 5));
    const cut = side => {
        const count = Math.ceil(side.length / rows);
        return Array.from({length: count}, (_, i) => side.slice(Math.floor(i * side.length / count),
            Math.floor((i + 1) * side.length / count)).map(one => one.node));
    };
    return [...cut(rest.filter(one => one.when <= pivot && one.when !== Infinity)), middle ? [middle] : [],
        ...cut(rest.filter(one => one.when > pivot
            || one.when === Infinity))].filter(column => column.length > 0);
}

// "alleged_breach_of" in lines that fit between two columns.
export function labelLines(type) {
    const lines = [];
    for (const word of type.split("_")) {
        if (lines.length > 0 && lines.at(-1).length + word.length < WRAP)
            lines[lines.length - 1] += ` ${word}`;
        else
            lines.push(word);
    }
    return lines.slice(0, 3).map(line => (line.length > WRAP + 4 ? `${line.slice(0, WRAP + 3)}…` : line));
}

// The ends of lines at one side of a box stand one below the other, in the order of where they go.
function spreadEnds(lines) {
    const sides = new Map();
    for (const line of lines)
        for (const [end, other] of [[line.a, line.b], [line.b, line.a]]) {
            const key = `${end.box.node.id} ${end.right}`;
            sides.set(key, [...sides.get(key) ?? [], {end, goal: other.box.y}]);
        }
    for (const ends of sides.values())
        ends.sort((p, q) => p.goal - q.goal).forEach(({end}, i) => {
            end.x = end.box.x + (end.right ? end.box.w : 0);
            end.y = end.box.y + end.box.h * (i + 1) / (ends.length + 1);
        });
}

function lineOf(edge, from, to) {
    const same = from.x === to.x;
    return {edge, same, a: {box: from, right: same || to.x > from.x}, b: {box: to, right: same
        || to.x < from.x}};
}

// The line as a path, and its label in the gap beside the end that is farther from the middle.
function drawn({edge, same, a, b}, middle, gap) {
    const bend = same ? gap * 0.7 : Math.max(24, Math.abs(b.x - a.x) / 2.2);
    const [ax, bx] = [a.x + (a.right ? bend : -bend), b.x + (b.right ? bend : -bend)];
    const outer = Math.abs(a.x - middle) > Math.abs(b.x - middle) ? a : b;
    const near = a.box.node.distance === 0 || b.box.node.distance === 0;
    const label = {near, x: outer.x + (outer.right ? 1 : -1) * gap / 2, y: outer.y,
        lines: labelLines(edge.type)};
    return {edge, path: `M${a.x},${a.y}C${ax},${a.y} ${bx},${b.y} ${b.x},${b.y}`, label};
}

// Labels of one gap are moved down until none covers another.
function apartLabels(lines) {
    const placed = [];
    for (const {label} of [...lines].sort((p, q) => p.label.y - q.label.y)) {
        const height = label.lines.length * LINE;
        let top = label.y - height / 2;
        for (const other of placed)
            if (Math.abs(other.x - label.x) < 60 && top < other.bottom && top + height > other.top)
                top = other.bottom + 1;
        placed.push({x: label.x, top, bottom: top + height});
        label.top = Math.max(0, top);
    }
    return Math.max(0, ...placed.map(one => one.bottom));
}

// {boxes, lines, width, height, left}: what is drawn within about so many pixels, and how many
// events are left out.
export function layOut({nodes, edges, event: centre}, room) {
    const kept = [...nodes].sort((p, q) => p.distance - q.distance).slice(0, MOST_NODES);
    const columns = columnsOf(kept, centre);
    const gaps = columns.length - 1;
    const w = Math.floor(Math.min(190, Math.max(108, (room - 2 * EDGE - gaps * NARROW) / columns.length)));
    const gap = Math.floor(Math.min(130, Math.max(NARROW, (room - 2 * EDGE - columns.length * w) / Math.max(1,
        gaps))));
    const tallest = Math.max(1, ...columns.map(column => column.length));
    const boxes = columns.flatMap((column, i) => column.map((node, k) => ({node, w, h: BOX_HEIGHT,
        x: EDGE + i * (w + gap), y: EDGE + (k + (tallest - column.length) / 2) * ROW})));
    const byId = new Map(boxes.map(box => [box.node.id, box]));
    const own = edges.filter(edge => edge.from !== edge.to && byId.has(edge.from) && byId.has(edge.to))
        .map(edge => lineOf(edge, byId.get(edge.from), byId.get(edge.to)));
    spreadEnds(own);
    const middle = byId.get(centre) ?? boxes[0];
    const lines = own.map(line => drawn(line, middle.x + w / 2, gap));
    const bottom = apartLabels(lines);
    const bulge = own.some(line => line.same && line.a.box.x === boxes.at(-1).x) ? gap : 0;
    return {boxes, lines, left: nodes.length - kept.length, width: boxes.at(-1).x + w + bulge + EDGE,
        height: Math.max(bottom, tallest * ROW) + EDGE};
}
