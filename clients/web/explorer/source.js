// The source: its text with a mark for each annotation, or where in a text that is not given out the
// evidence stands; and what is claimed in it about the selected event.
import {claimCards} from "./claims.js";
import {button, counted, make, number, refill, said} from "./markup.js";
import {Points, readAnnotation} from "./marks.js";
import {TextView} from "./text.js";
import {behindReading, eventLink, eventTarget, sourceTarget} from "./targets.js";
import {actorNames, filterLink, leftOut, shape, sourceTitles} from "./things.js";
import {Panel} from "./panel.js";

const CELLS = 400; // of the strip that stands for a whole text
const MOST_STRETCHES = 60; // passages of a withheld text, told one by one
const MOST_THINGS = 6; // of one mark, told at once

// The whole text as a strip: where its annotations stand, and in front of them those of the event.
function strip(length, annotations, isHere) {
    const cells = new Map();
    for (const one of annotations) {
        const [first, last] = [one.start, one.end].map(at => Math.floor(at / length * (CELLS - 1)));
        for (let cell = first; cell <= Math.min(last, CELLS - 1); cell++)
            cells.set(cell, cells.get(cell) || isHere(one));
    }
    const rects = [...cells].map(([x, here]) => shape("rect",
        here ? {x, y: 0, width: 2, height: 20, class: "here"} : {x, y: 6, width: 1, height: 8}));
    return shape("svg", {viewBox: `0 0 ${CELLS} 20`, preserveAspectRatio: "none", class: "strip", role: "img",
        "aria-label": `Where in the text ${counted(annotations.length, "annotation")} stand`}, ...rects);
}

export class SourcePanel extends Panel {
    #event = null;
    #loaded = {};

    clear() {
        super.clear();
        this.#loaded = {};
    }

    keyOf({selected, source, start, reading, version}) {
        return (selected ?? source) && `${selected} ${source} ${start} ${reading} ${version}`;
    }

    async load(signal) {
        const {selected, source, reading} = this.state;
        this.#event = selected && await this.context.fetch(eventTarget(selected, reading), {signal});
        const {accounts = [], claims = []} = this.#event ?? {};
        const ids = new Set([...accounts, ...claims].map(one => one.source));
        const id = source ?? accounts.find(one => one.evidence.length > 0)?.source ?? [...ids][0];
        if (!id) {
            this.host.replaceChildren(make("p", {class: "soft"}, "No source tells of this event."));
            return;
        }
        const own = claims.filter(one => one.source === id);
        const [titles, names] = await Promise.all([
            sourceTitles(this.context, [...ids.add(id)], reading, signal),
            actorNames(this.context, own.map(one => one.speaker).filter(Boolean), reading, signal)]);
        await this.#read(id, signal);
        this.#fill(id, titles, own, names);
    }

    // The source, its annotations and its text, once for all events of it.
    async #read(id, signal) {
        const {reading, version} = this.state;
        const key = `${id} ${reading} ${version}`;
        if (this.#loaded.key === key)
            return;
        const {fetch} = this.context;
        const source = await fetch(sourceTarget(id, reading), {signal});
        const given = source.links.some(({rel}) => rel === "text");
        const [{items}, text] = await Promise.all([
            fetch(sourceTarget(id, reading, "/annotations"), {signal}),
            given ? fetch(sourceTarget(id, reading, "/text"), {signal, as: "text"}) : null]);
        const annotations = items.map(readAnnotation).filter(one => one.start < one.end);
        this.#loaded = {key, id, source, annotations, points: text === null ? null : new Points(text)};
    }

    #isHere = ({bodies}) => bodies.some(({kind, id}) => kind === "events" && id === this.#event?.id
        || kind === "claims" && this.#event?.claims.some(claim => claim.id === id));

    // The buttons of the sources stay while one goes from one to another, and so does the focus.
    #fill(id, titles, claims, names) {
        const loaded = this.#loaded;
        if (!this.tabs?.isConnected) {
            [this.tabs, this.body, this.claims] = ["sources", "", ""].map(name => make("div", {class: name}));
            this.host.replaceChildren(this.tabs, this.body, this.claims);
        }
        if (loaded.room?.isConnected)
            loaded.view?.refresh();
        else
            this.#open(loaded);
        refill(this.tabs, titles.size > 1 && [...titles].map(([one, title]) =>
            button(said(title), () => this.context.openSource(one), {class: "small", title,
                "aria-pressed": String(one === id), "data-source": one, "data-key": one})));
        refill(this.claims, claims.length > 0 && [make("h4", {}, "Who claims what in it"),
            claimCards(this.context, claims, {names, titles, here: this.#event.id})]);
        this.#place(loaded);
    }

    #open(loaded) {
        loaded.room = make("div");
        this.about = make("p", {class: "about", role: "status"});
        if (loaded.points)
            loaded.view = new TextView(loaded.room, loaded.points, loaded.annotations, {
                label: loaded.source.title ?? loaded.id, isHere: this.#isHere,
                describe: one => this.#describe(one), choose: one => this.#choose(one)});
        this.body.replaceChildren(this.#head(loaded.source), loaded.room, this.about);
    }

    #head({title, id, creators, publisher, published, licence, url}) {
        const by = [...new Set([...creators ?? [], publisher])].filter(Boolean).join(", ");
        const told = [by, published?.display, licence].filter(Boolean).map(one => [said(one), ". "]);
        return make("header", {}, make("h3", {}, said(title ?? id)), make("p", {class: "soft"}, told,
            /^https?:\/\//.test(url)
                && [make("a", {href: url, rel: "noopener noreferrer"}, "The source itself"), " "],
            make("a", {href: `/v1/sources/${encodeURIComponent(id)}`}, "Its page")));
    }

    #place({source, view, room, annotations, points}) {
        const own = annotations.filter(this.#isHere);
        const start = this.state.start ?? own[0]?.start ?? 0;
        if (points) {
            if (!view.body.contains(document.activeElement)) // else the reader is there
                view.goTo(start);
            return;
        }
        const length = source.text_length;
        room.replaceChildren(...length === null
            ? [make("p", {class: "soft"}, "The store holds no text of this source.")]
            : this.#withheld(source, annotations, own));
    }

    #withheld({text_length: length, text_access: access}, annotations, own) {
        const passage = ({start, end, digest, bodies}) => make("li", {}, `${number(start)} to ${number(end)}`,
            make("small", {}, ` (${Math.round(start / length * 100)} %) `,
                [...new Set(bodies.flatMap(one => one.supports))].join(", ")),
            digest && make("code", {title: `SHA-256 ${digest}`}, ` ${digest.slice(0, 12)}…`));
        const size = counted(length, "character");
        const why = access === "withheld" ? "The text may not be given out. " : "The text is not here. ";
        return [make("p", {}, why,
            own.length > 0 ? `This is where in its ${size} the evidence stands:`
                : `It has ${size} and ${counted(annotations.length, "annotation")}.`),
        strip(length, annotations, this.#isHere),
        own.length > 0 && make("ol", {class: "passages"}, own.slice(0, MOST_STRETCHES).map(passage)),
        leftOut(own.length - MOST_STRETCHES, "passage"),
        make("p", {class: "soft"}, "Who has a copy can prove each passage: ", make("code", {},
            `annals verify ${this.#loaded.id} --text FILE`))].filter(Boolean);
    }

    // ---- marks ----

    async #describe({start, bodies}) {
        const ids = bodies.filter(({kind}) => kind === "events").map(({id}) => id);
        const page = ids.length > 0
            && await this.context.fetch("/v1/events.json?undated=include&fields=id,title&id="
            + ids.slice(0, MOST_THINGS).join(",") + behindReading(this.state.reading)).catch(() => null);
        const titles = new Map(page ? page.items.map(({id, title}) => [id, title]) : []);
        const linkOf = ({kind, id}) => {
            const one = kind.slice(0, -1);
            if (kind === "events")
                return eventLink(this.context, id, titles.get(id));
            if (kind === "actors" || kind === "places")
                return filterLink(this.context, {[one]: id}, id);
            return make("a", {href: `/v1/${kind}/${encodeURIComponent(id)}`}, `${one} ${id}`);
        };
        this.about.replaceChildren(`At ${number(start)}: `, ...bodies.slice(0, MOST_THINGS).flatMap((one,
            i) => [
            i > 0 ? "; " : "", linkOf(one), one.supports.length > 0 ? ` (${one.supports.join(", ")})` : ""]));
        if (bodies.length > MOST_THINGS)
            this.about.append(` and ${number(bodies.length - MOST_THINGS)} more`);
    }

    // Selects what the mark speaks of: its event, else one that its claim is about.
    async #choose({bodies}) {
        const of = kind => bodies.find(one => one.kind === kind && one.id !== this.#event?.id)
            ?? bodies.find(one => one.kind === kind);
        const [event, claim] = [of("events"), of("claims")];
        const about = !event && claim
            && await this.context.fetch(`/v1/claims/${encodeURIComponent(claim.id)}`)
            .catch(() => null);
        const id = event?.id ?? about?.about?.[0];
        if (id)
            this.context.select(id, "source");
    }
}
