// The places of the events in view on coastlines alone, and the same as a list.
import {coastPaths} from "./coast.js";
import {button, counted, later, make, number, said} from "./markup.js";
import {MapHand} from "./maphand.js";
import {clusterName, paintMap} from "./mappaint.js";
import {boxOf, clustered, fitted, inBox, moved, zoomed} from "./projection.js";
import {eventTarget, readingPart} from "./targets.js";
import {Turn} from "./turn.js";

const MOST_PLACES = 100; // places that one answer counts
const MOST_LOCATED = 200_000; // events of which it is counted how many have a place
const RESTING = 800; // milliseconds
const LONGEST_IDS = 3000; // characters of ids in one question
const WORLD = "-180,-90,180,90";
const MAP_CREDIT = "Coastlines: Natural Earth, public domain. No modern borders are drawn.";

function placeGroups(ids) {
    const found = [[]];
    let length = 0;
    for (const id of ids) {
        length += id.length + 1;
        if (length > LONGEST_IDS) {
            found.push([]);
            length = id.length;
        }
        found.at(-1).push(id);
    }
    return found;
}

export class MapPanel {
    #host;
    #context;
    #state = null;
    #view = null;
    #paths = null;
    #places = [];
    #known = new Map(); // id of a place and the version → where it is, or null
    #chosen = [];
    #ringed = [];
    #filters = null;
    #more = false;
    #drawing = 0;
    #clusters = [];

    constructor(host, context) {
        this.#host = host;
        this.#context = context;
        this.#build();
        this.counts = new Turn(this.about);
        this.selection = new Turn(make("i"));
        this.rest = new Turn(make("i"));
        this.refine = later(() => this.#load(), 300);
        new ResizeObserver(() => this.#resize()).observe(this.frame);
        matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
        matchMedia("(forced-colors: active)").addEventListener("change", () => this.#draw());
        context.fetch("/assets/coast.json").then(coast => {
            this.#paths = coastPaths(coast);
            this.#draw();
        }, () => {
            this.credit.textContent = "The coastlines did not load.";
        });
    }

    #build() {
        this.canvas = make("canvas", {tabindex: 0, role: "application", "aria-roledescription": "map",
            "aria-label": "Map of the places. Arrows move it, plus and minus zoom, 0 shows all. "
                + "The list below it holds the same."});
        this.tip = make("div", {class: "map-tip", hidden: true, "aria-hidden": "true"});
        const control = (sign, label, work) => button(sign, work, {"aria-label": label, title: label});
        this.only = button("Only here", () => this.#onlyHere(), {class: "map-only"});
        this.frame = make("div", {class: "map-frame"}, this.canvas, this.tip,
            make("div", {class: "map-tools"}, control("+", "Nearer", () => this.#zoom(1.6)),
                control("−", "Farther", () => this.#zoom(1 / 1.6)),
                control("⤢", "Show all places", () => this.#fit())), this.only);
        this.about = make("div", {class: "map-about"});
        this.others = make("p", {class: "map-others"});
        this.list = make("ul", {class: "map-places"});
        this.credit = make("small", {}, MAP_CREDIT);
        this.named = make("summary");
        this.#host.classList.add("map");
        this.#host.append(this.frame, this.about, this.others, make("details", {hidden: true}, this.named, this.list),
            this.credit);
        new MapHand(this.canvas, {
            view: () => this.#view, move: view => this.#move(view), fit: () => this.#fit(),
            zoom: (factor, x, y) => this.#zoom(factor, x, y), pick: point => this.#pick(point),
            hover: point => this.#hover(point),
        });
    }

    // ---- what is shown ----

    show(state) {
        this.#state = state;
        this.#load();
        const only = new URLSearchParams(state.question).has("bbox");
        this.only.textContent = only ? "Everywhere" : "Only here";
        this.only.setAttribute("aria-pressed", String(only));
        if (state.matched !== null)
            this.rest.run(`${state.question} ${state.version}`, signal => this.#countOthers(signal));
        this.selection.run(`${state.selected}?${state.reading} ${state.version}`,
            signal => this.#ring(signal));
    }

    clear() {
        this.#chosen = [];
        this.#ringed = [];
        this.#draw();
    }

    #load() {
        const {question, version} = this.#state;
        const same = this.#state.filters === this.#filters;
        const box = this.#more && this.#view && same ? boxOf(this.#view) : WORLD;
        const part = box === WORLD ? null : box;
        this.counts.run(`${question} ${version} ${part}`, async signal => {
            const {fetch} = this.#context;
            const filters = [question, part && `bbox=${part}`].filter(Boolean).join("&");
            const {facets: [{values, more}]} = await fetch(
                `/v1/facets?by=place&limit=${MOST_PLACES}&${filters}`, {signal});
            await this.#locate(values.map(one => one.id), signal);
            this.#take(values, more, part);
        });
    }

    // How many events the map does not show: a costly question, so it waits until the hand rests.
    async #countOthers(signal) {
        const {matched} = this.#state;
        await new Promise(wake => setTimeout(wake, RESTING));
        if (signal.aborted || matched > MOST_LOCATED)
            return;
        const address = `/v1/events.json?count=true&limit=1&fields=id&bbox=${WORLD}&${this.#state.question}`;
        const located = await this.#context.fetch(address, {signal});
        this.others.textContent = matched === located.matched ? ""
            : `${counted(matched - located.matched, "event")} without a place on the map.`;
    }

    // Finds out where places lie of which that is not known yet.
    async #locate(ids, signal) {
        const {version, reading} = this.#state;
        const unknown = ids.filter(id => !this.#known.has(`${id} ${version}`));
        const behind = `&fields=id,lat,lon&limit=1000${readingPart(reading, "as_of")}`;
        const pages = await Promise.all(placeGroups(unknown).filter(group => group.length > 0).map(group =>
            this.#context.fetch(`/v1/places?id=${group.join(",")}${behind}`, {signal})));
        for (const id of unknown)
            this.#known.set(`${id} ${version}`, null);
        for (const {id, lat, lon} of pages.flatMap(page => page.items))
            if (Number.isFinite(lat) && Number.isFinite(lon))
                this.#known.set(`${id} ${version}`, {lat, lon});
    }

    #take(values, more, part) {
        const all = values.map(one => ({...one, ...this.#known.get(`${one.id} ${this.#state.version}`)}));
        this.#places = all.filter(one => one.lat !== undefined && (!part || inBox(part, one)));
        this.#more = more || part !== null;
        const {filters, matched} = this.#state;
        if (filters !== this.#filters) {
            this.#filters = filters;
            this.#fit();
        }
        this.#chosen = this.#chosen.filter(id => this.#places.some(one => one.id === id));
        this.about.replaceChildren(all.length === 0 && matched !== 0 ? "No place of these events is known. "
            : "",
            more ? `The ${MOST_PLACES} commonest places${part ? " here" : ""}; zoom in for others.` : "");
        this.named.parentElement.hidden = all.length === 0;
        this.named.textContent = `${counted(all.length, "place")}${more ? " and more" : ""} as a list`;
        const active = new URLSearchParams(this.#state.question).getAll("place");
        this.list.replaceChildren(...all.map(one => make("li", {}, this.#placeButton(one, active))));
        this.#draw();
    }

    #placeButton({id, name, count}, active) {
        const on = active.includes(id);
        return button([said(name), make("span", {class: "n"}, number(count))],
            () => this.#context.set("place", on ? null : id), {"aria-pressed": String(on), "data-place": id});
    }

    async #ring(signal) {
        const {selected, reading} = this.#state;
        this.#ringed = [];
        if (selected) {
            const event = await this.#context.fetch(eventTarget(selected, reading), {signal});
            this.#ringed = event.places.filter(one => Number.isFinite(one.lat) && Number.isFinite(one.lon));
        }
        this.#draw();
    }

    // ---- the view ----

    #resize() {
        const width = this.frame.clientWidth;
        const height = this.frame.clientHeight;
        if (width === 0 || height === 0)
            return;
        const ratio = window.devicePixelRatio || 1;
        this.canvas.width = Math.round(width * ratio);
        this.canvas.height = Math.round(height * ratio);
        if (this.#view)
            this.#view = moved({...this.#view, scale: this.#view.scale * width / this.#view.width, width,
                height}, 0, 0);
        else
            this.#fit();
        this.#draw();
    }

    #fit() {
        const size = {width: this.frame.clientWidth, height: this.frame.clientHeight};
        if (size.width === 0 || size.height === 0)
            return;
        const box = new URLSearchParams(this.#state?.question).get("bbox")?.split(",").map(Number);
        const corners = box?.length === 4 && !box.some(Number.isNaN)
            && [{lon: box[0], lat: box[1]}, {lon: box[2], lat: box[3]}];
        this.#move(corners ? fitted(size, corners, 1) : fitted(size, this.#places));
    }

    #move(view) {
        this.#view = view;
        this.tip.hidden = true;
        if (this.#more)
            this.refine();
        this.#draw();
    }

    #zoom(factor, x = this.#view.width / 2, y = this.#view.height / 2) {
        this.#move(zoomed(this.#view, factor, x, y));
    }

    #onlyHere() {
        const only = this.only.getAttribute("aria-pressed") === "true";
        this.#context.set("bbox", only ? null : boxOf(this.#view));
    }

    // ---- drawing ----

    #draw() {
        if (!this.#drawing && this.#view)
            this.#drawing = requestAnimationFrame(() => {
                this.#drawing = 0;
                this.#paint();
            });
    }

    #paint() {
        const most = Math.max(1, ...this.#places.map(one => one.count));
        const sizeOf = count => Math.min(24, 4 + 13 * Math.sqrt(count / most));
        this.#clusters = clustered(this.#view, this.#places, sizeOf);
        this.canvas.dataset.counted = this.#clusters.reduce((sum, one) => sum + one.count, 0);
        paintMap(this.canvas, getComputedStyle(this.#host), {view: this.#view, paths: this.#paths,
            clusters: this.#clusters, chosen: this.#chosen, ringed: this.#ringed});
    }

    // ---- pointing ----

    #at({x, y}) {
        return this.#clusters.find(one => Math.hypot(one.x - x, one.y - y) <= Math.max(one.r, 8));
    }

    #hover(point) {
        const cluster = point && this.#at(point);
        this.canvas.style.setProperty("cursor", cluster ? "pointer" : "grab");
        this.tip.hidden = !cluster;
        if (!cluster)
            return;
        this.tip.replaceChildren(said(clusterName(cluster.places, 60)),
            ` · ${counted(cluster.count, "event")}`);
        const right = cluster.x > this.#view.width / 2;
        this.tip.style.setProperty(right ? "right" : "left",
            `${(right ? this.#view.width - cluster.x : cluster.x) + cluster.r + 4}px`);
        this.tip.style.removeProperty(right ? "left" : "right");
        this.tip.style.setProperty("top", `${cluster.y}px`);
    }

    // One place is chosen; several are looked at more closely while they come apart, then listed.
    #pick(point) {
        const cluster = this.#at(point);
        this.#chosen = cluster ? cluster.places.map(one => one.id) : [];
        const closer = cluster && cluster.places.length > 1
            && fitted({width: this.#view.width, height: this.#view.height}, cluster.places);
        if (closer && closer.scale > this.#view.scale * 1.5)
            this.#move(closer);
        this.#choose(cluster?.places ?? []);
        this.#draw();
    }

    #choose(places) {
        const active = new URLSearchParams(this.#state.question).getAll("place");
        const count = places.reduce((sum, one) => sum + one.count, 0);
        this.about.replaceChildren(...places.slice(0, 8).map(one => this.#placeButton(one, active)));
        if (places.length > 8)
            this.about.append(` and ${number(places.length - 8)} more in the list`);
        if (places.length > 0)
            this.#context.say(`${clusterName(places, 60)}, ${counted(count, "event")}`);
    }
}
