// The field for words, with what the store has of that name: the combobox of the ARIA practices.
import {said, make, later, counted} from "./markup.js";
import {target} from "./address.js";

const PAUSE = 120; // milliseconds without a key
const MOST = 8;

export class Suggest {
    #options = []; // what each option does, in order
    #active = -1;
    #asked = null;

    constructor(field, context) {
        Object.assign(this, {field, context});
        this.list = make("ul", {id: "suggestions", role: "listbox", "aria-label": "Suggestions",
            hidden: true});
        for (const [name, value] of Object.entries({role: "combobox", "aria-expanded": "false",
            "aria-autocomplete": "list", "aria-controls": "suggestions", autocomplete: "off"}))
            field.setAttribute(name, value);
        field.removeAttribute("list");
        field.after(this.list);
        const ask = later(() => this.#ask(), PAUSE);
        field.addEventListener("input", ask);
        field.addEventListener("keydown", event => this.#key(event));
        field.addEventListener("blur", () => {
            ask.cancel();
            this.close();
        });
    }

    close() {
        this.#asked?.abort();
        this.#show([]);
    }

    async #ask() {
        const words = this.field.value.trim();
        this.#asked?.abort();
        if (words === "") {
            this.#show([]);
            return;
        }
        this.#asked = new AbortController();
        const address = target("/v1/suggest", `q=${encodeURIComponent(words)}`, `limit=${MOST}`,
            this.context.asOf());
        try {
            const {items} = await this.context.fetch(address, {signal: this.#asked.signal});
            this.#show(items);
        } catch {
            // Words can be searched for all the same.
        }
    }

    #show(items) {
        this.#active = -1;
        this.#options = items.map(item => () => {
            if (item.kind === "event")
                this.context.select(item.id);
            else
                this.context.add(item.kind, item.id);
        });
        this.list.replaceChildren(...items.map((item, i) => this.#option(item, i)));
        this.list.hidden = items.length === 0;
        this.field.setAttribute("aria-expanded", String(items.length > 0));
        this.field.removeAttribute("aria-activedescendant");
    }

    #option(item, i) {
        const what = item.kind === "event" ? item.date ?? "event"
            : `${item.kind}, ${counted(item.events, "event")}`;
        return make("li", {id: `suggestion-${i}`, role: "option", "aria-selected": "false",
            onpointerdown: event => event.preventDefault(), onclick: () => this.#take(i)},
        said(item.label), item.matched && make("small", {}, " ", said(item.matched)),
        make("small", {}, what));
    }

    #take(i) {
        const choose = this.#options[i];
        this.close();
        choose();
    }

    #key(event) {
        const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
        if (step && this.#options.length > 0) {
            event.preventDefault();
            const count = this.#options.length + 1;
            this.#mark((this.#active + 1 + step + count) % count - 1);
        } else if (event.key === "Escape" && this.#options.length > 0) {
            event.preventDefault();
            event.stopPropagation();
            this.close();
        } else if (event.key === "Enter" && this.#active >= 0) {
            event.preventDefault();
            this.#take(this.#active);
        }
    }

    #mark(active) {
        this.#active = active;
        [...this.list.children].forEach((option, i) => {
            option.setAttribute("aria-selected", String(i === active));
        });
        if (active < 0)
            this.field.removeAttribute("aria-activedescendant");
        else
            this.field.setAttribute("aria-activedescendant", `suggestion-${active}`);
    }
}
