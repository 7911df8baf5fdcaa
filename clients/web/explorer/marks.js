// Annotations as marks in a text. Positions are code points; strings count UTF-16 units.

const DEEPEST_MARK = 12; // marks one in the other
const EVERY = 4096; // code points from one entry of the index to the next

// A text that is cut by code points, also where it is long.
export class Points {
    #text;
    #units = [0]; // of every EVERYth code point, where it begins

    constructor(text) {
        this.#text = text;
        let points = 0;
        for (let i = 0; i < text.length; i++, points++) {
            if (points > 0 && points % EVERY === 0)
                this.#units.push(i);
            if (text.codePointAt(i) > 0xFFFF)
                i++;
        }
        this.length = points;
    }

    #unit(point) {
        const entry = Math.min(Math.floor(point / EVERY), this.#units.length - 1);
        let unit = this.#units[entry];
        for (let left = point - entry * EVERY; left > 0 && unit < this.#text.length; left--)
            unit += this.#text.codePointAt(unit) > 0xFFFF ? 2 : 1;
        return unit;
    }

    slice(start, end) {
        return this.#text.slice(this.#unit(start), this.#unit(end));
    }
}

// What one Web Annotation says: {start, end, digest, bodies: [{kind, id, supports}]}, bodies by thing.
export function readAnnotation({target, body}) {
    const selectors = [target.selector].flat();
    const {start, end} = selectors.find(one => one.type === "TextPositionSelector") ?? {};
    const bodies = new Map();
    for (const {source, "annals:supports": supports} of [body ?? []].flat()) {
        const [, kind, id] = /^\/v1\/([a-z]+)\/([^/?#]+)/.exec(source ?? "") ?? [];
        if (!kind)
            continue;
        const thing = bodies.get(source) ?? {kind, id: decodeURIComponent(id), supports: []};
        bodies.set(source, thing);
        thing.supports.push(...[supports ?? []].flat());
    }
    return {start, end, digest: selectors.find(one => one.digest)?.digest, bodies: [...bodies.values()]};
}

// The annotations of [from, to) as a tree: {start, end, of, inside: [node…]}. Wherever some overlap the
// smallest stands innermost, so it is what a pointer meets; what crosses another is in several pieces.
export function nested(annotations, from, to) {
    const own = annotations.filter(one => one.start < to && one.end > from && one.start < one.end)
        .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
    const edges = own.flatMap(one => [Math.max(from, one.start), Math.min(to, one.end)]);
    const cuts = [...new Set(edges)].sort((a, b) => a - b);
    const open = [{start: from, end: to, of: null, inside: []}];
    for (let i = 0; i + 1 < cuts.length; i++) {
        const [start, end] = [cuts[i], cuts[i + 1]];
        const covering = own.filter(one => one.start <= start && one.end >= end).slice(-DEEPEST_MARK);
        let same = 0;
        while (same < covering.length && open[same + 1]?.of === covering[same])
            same++;
        open.length = same + 1;
        for (const of of covering.slice(same)) {
            const node = {start, end, of, inside: []};
            open.at(-1).inside.push(node);
            open.push(node);
        }
        for (const node of open.slice(1))
            node.end = end;
    }
    return open[0];
}
