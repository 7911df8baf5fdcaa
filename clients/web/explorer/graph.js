// The relations around the selected event: a small graph, and the same in words.
import {labelLines, layOut} from "./graphlayout.js";
import {button, counted, make, plainClick, refill, said} from "./markup.js";
import {behindReading, eventLink} from "./targets.js";
import {leftOut, shape, sourceLink, sourceTitles} from "./things.js";
import {Panel} from "./panel.js";

const DEEPEST = 3; // steps that are offered
const MOST_LISTED = 200;
const FEW_LINES = 12; // all of which have room for their words
const ARROW = "graph-arrow";

function arrowHead() {
    return shape("defs", {}, shape("marker", {id: ARROW, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7,
        markerHeight: 7, orient: "auto-start-reverse"}, shape("path", {d: "M0,0L8,4L0,8z"})));
}

export class GraphPanel extends Panel {
    #depth = 1;

    keyOf(state) {
        return super.keyOf(state) && `${this.#depth} ${super.keyOf(state)}`;
    }

    async load(signal) {
        const {context, state: {selected, reading}} = this;
        const graph = await context.fetch(`/v1/events/${encodeURIComponent(selected)}/graph?depth=`
            + this.#depth + behindReading(reading), {signal});
        const sources = graph.edges.flatMap(one => one.sources);
        this.#fill(graph, await sourceTitles(context, sources, reading, signal));
    }

    #fill(graph, titles) {
        const {edges, nodes} = graph;
        const names = new Map(nodes.map(({id, title}) => [id, title ?? id]));
        const content = edges.length === 0
            ? make("p", {class: "soft"}, "No source relates it to another event.")
            : [this.#steps(), this.#drawing(graph), this.#twin(graph, names, titles)];
        refill(this.host, content);
        this.host.querySelector(".graph")?.scrollTo({left: this.middle});
    }

    #steps() {
        const choose = depth => () => {
            this.#depth = depth;
            this.show(this.state);
        };
        return make("p", {class: "steps"}, "Steps away: ", Array.from({length: DEEPEST}, (_, i) =>
            button(String(i + 1), choose(i + 1), {class: "small", "aria-pressed": String(this.#depth === i
                + 1),
                "data-key": `depth-${i + 1}`})));
    }

    #drawing(graph) {
        const room = this.host.clientWidth || 480;
        const {boxes, lines, width, height, left} = layOut(graph, room);
        const svg = shape("svg", {width, height, "aria-hidden": "true"}, arrowHead());
        const few = lines.length <= FEW_LINES;
        const drawn = lines.map(({edge, path, label}) => ({edge, group: shape("g", {
            class: label.near ? "near" : few ? "" : "far"}, shape("path",
                {d: path, "marker-end": `url(#${ARROW})`}),
        ...label.lines.map((line, i) => shape("text", {x: label.x, y: label.top + 10 + i * 12}, line)))}));
        svg.append(...drawn.map(one => one.group));
        const light = on => ({target}) => {
            const {key} = target.closest("a")?.dataset ?? {};
            for (const {edge, group} of drawn)
                group.classList.toggle("lit", on && (edge.from === key || edge.to === key));
        };
        const plane = make("div", {class: "plane", onpointerover: light(true), onpointerleave: light(false),
            onfocusin: light(true), onfocusout: light(false)}, svg, boxes.map(box => this.#box(box,
                graph.event)));
        plane.style.setProperty("width", `${width}px`);
        plane.style.setProperty("height", `${height}px`);
        const centre = boxes.find(box => box.node.id === graph.event);
        this.middle = centre ? centre.x + centre.w / 2 - room / 2 : 0;
        const more = left + (graph.more?.nodes ?? 0);
        return make("div", {}, make("div", {class: "graph", role: "group",
            "aria-label": "Events related to it, by time"},
            plane), (more > 0 || graph.more) && make("p", {class: "soft"}, more > 0
            ? `${counted(more, "more event")}, not drawn.` : "There are more, not drawn."));
    }

    #box({node, x, y, w, h}, centre) {
        const {id, title, date, disputed} = node;
        const box = make("a", {href: `/v1/events/${encodeURIComponent(id)}`, "data-key": id, title: title
            ?? id,
            class: `node${id === centre ? " centre" : ""}`, "aria-current": id === centre && "true",
            onclick: plainClick(() => this.context.select(id, "relations"))},
        make("span", {class: "name", dir: "auto"}, title ?? id),
        make("small", {}, date ? said(date.display) : "no date", disputed?.length > 0 && make("span",
            {class: "clashes", title: `sources disagree on ${disputed.join(", ")}`}, " ‡")));
        for (const [name, value] of Object.entries({left: x, top: y, width: w, height: h}))
            box.style.setProperty(name, `${value}px`);
        return box;
    }

    // Every relation in words.
    #twin({edges, event}, names, titles) {
        const end = id => (id === event ? make("b", {}, said(names.get(id) ?? id))
            : eventLink(this.context, id, names.get(id)));
        const line = ({from, type, to, sources}) => make("li", {}, end(from), " ", make("i", {},
            labelLines(type).join(" ")), " ", end(to), " ", make("small", {}, sources.map((id, i) => [i > 0
                && ", ",
            sourceLink(this.context, id, titles.get(id))])));
        return make("details", {open: edges.length <= 6}, make("summary", {},
            `${counted(edges.length, "relation")} in words`),
            make("ul", {class: "twin"}, edges.slice(0, MOST_LISTED).map(line)),
            leftOut(edges.length - MOST_LISTED, "relation"));
    }
}
