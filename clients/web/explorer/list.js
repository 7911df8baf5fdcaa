// The events in view, in words: the twin of the drawing that is read aloud.
import {make, said, counted, number, button, plainClick, problemBox} from "./markup.js";
import {listedOf, target} from "./address.js";

const ROWS = 50;
const ROW_FIELDS = "id,title,date,type,disputed,match,accounts,excerpt";

// A text whose marks are counted in code points.
function marked({text, marks}) {
    const points = [...text];
    let at = 0;
    const parts = [];
    for (const [start, end] of marks) {
        parts.push(points.slice(at, start).join(""), make("mark", {}, points.slice(start, end).join("")));
        at = end;
    }
    return make("bdi", {dir: "auto"}, parts, points.slice(at).join(""));
}

export class List {
    #asked = null;
    #next = null;

    constructor(host, context) {
        this.context = context;
        this.head = make("h2", {}, "Events in view");
        this.rows = make("ol", {class: "rows", onkeydown: event => this.#key(event),
            onclick: plainClick(event => this.#click(event))});
        this.more = button("Show more", () => this.#page(), {class: "further", hidden: true});
        this.frame = make("div", {class: "scroller"}, this.rows, this.more);
        host.append(this.head, this.frame);
        this.sight = new IntersectionObserver(([{isIntersecting}]) => isIntersecting && this.#page(),
            {root: this.frame, rootMargin: "300px"});
    }

    // Whether there is an answer to be looked at.
    get answered() {
        return this.head.children.length > 0;
    }

    // Whether the reader has gone beyond the first page.
    get deep() {
        return this.rows.children.length > ROWS;
    }

    get #links() {
        return [...this.rows.querySelectorAll("a")];
    }

    async show(view) {
        this.view = view;
        this.#asked?.abort();
        const {signal} = this.#asked = new AbortController();
        const address = target("/v1/events.json", listedOf(view), "count=true", "explain=true",
            `limit=${ROWS}`, `fields=${ROW_FIELDS}`);
        try {
            const page = await this.context.fetch(address, {signal});
            const held = this.rows.contains(document.activeElement) && document.activeElement.dataset.id;
            this.rows.replaceChildren();
            this.frame.scrollTop = 0;
            this.#add(page);
            if (held)
                (this.#links.find(link => link.dataset.id === held) ?? this.#links[0])?.focus();
            this.head.replaceChildren("Events in view ", make("small", {}, number(page.matched)));
            this.context.answer(page);
        } catch (error) {
            this.context.trouble(error);
        }
    }

    async #page() {
        if (this.#next === null || this.more.disabled)
            return;
        this.more.disabled = true;
        const {signal} = this.#asked;
        try {
            const next = this.#next.replace(/^\/v1\/events\?/, "/v1/events.json?");
            this.#add(await this.context.fetch(next, {signal}));
        } catch (error) {
            if (!signal.aborted) {
                this.#next = null;
                this.more.hidden = true;
                this.rows.append(make("li", {}, problemBox(error)));
            }
        } finally {
            this.more.disabled = false;
        }
    }

    #add({items, next}) {
        const {activeElement} = document;
        const first = this.rows.children.length;
        this.rows.append(...items.map(item => this.#row(item)));
        this.#next = next;
        this.more.hidden = !next;
        // It is told anew whether the end is in sight.
        this.sight.disconnect();
        this.sight.observe(this.more);
        this.mark(this.view.selected);
        if (activeElement === this.more)
            this.rows.children[first]?.firstChild.focus();
    }

    #row(event) {
        const {id, title, date, type, disputed, match, accounts, excerpt} = event;
        const ofTitle = excerpt?.property === "title" && excerpt.text === title;
        return make("li", {}, make("a", {href: this.context.eventHref(id), "data-id": id, tabindex: "-1"},
            make("span", {class: "date"}, date ? said(date.display) : "no date"),
            make("span", {class: "what"}, ofTitle ? marked(excerpt) : said(title ?? id),
                excerpt && !ofTitle && make("small", {class: "excerpt"}, marked(excerpt))),
            make("span", {class: "meta"}, type && said(type),
                accounts > 1 && make("span", {}, counted(accounts, "account")),
                match === "possible" && make("span", {class: "possible"}, "possibly then"),
                disputed?.length > 0
                    && make("span", {class: "disputed"}, `sources disagree on ${disputed.join(", ")}`))));
    }

    // Marks the selected event, and brings it into sight within the list alone.
    mark(id) {
        const links = this.#links;
        for (const link of links) {
            const here = link.dataset.id === id;
            link.toggleAttribute("aria-current", here);
            link.tabIndex = here ? 0 : -1;
        }
        const link = links.find(one => one.tabIndex === 0) ?? links[0];
        if (!link)
            return;
        link.tabIndex = 0;
        const [row, frame] = [link.getBoundingClientRect(), this.frame.getBoundingClientRect()];
        const end = Math.max(frame.top + row.height, Math.min(frame.bottom, innerHeight)); // of what is seen
        if (id && (row.top < frame.top || row.bottom > end))
            this.frame.scrollTop += row.top - frame.top - (end - frame.top - row.height) / 3;
    }

    #click({target}) {
        const link = target.closest("a");
        if (link)
            this.context.select(link.dataset.id);
    }

    // The row that Tab leads to.
    focus() {
        this.rows.querySelector("a[tabindex='0']")?.focus();
    }

    #key(event) {
        const row = document.activeElement.closest("li");
        const goal = {ArrowDown: row?.nextSibling, ArrowUp: row?.previousSibling, Home: this.rows.firstChild,
            End: this.rows.lastChild}[event.key]?.firstChild;
        if (!goal?.dataset?.id)
            return;
        event.preventDefault();
        document.activeElement.tabIndex = -1;
        goal.tabIndex = 0;
        goal.focus();
    }
}
