// How the accounts are read: whose wins, what was known when, which version; and how dates match.
import {make, refill} from "./markup.js";
import {valueOf} from "./address.js";

// Parameter, words, and the choices with their words, or an example of what is typed.
const CONTROLS = [
    ["policy", "Whose account wins", {"": "the preferred source's", first: "the first published",
        last: "the last published"}],
    ["known_at", "As known on", "2022-02-21"],
    ["as_of", "As the store was at", "a version or a day"],
    ["certainty", "Events are there", {"": "possibly or certainly", certain: "only certainly"}],
    ["when", "They stand to the dates", {"": "overlapping", within: "within", covers: "covering all of it",
        starts: "beginning in it", ends: "ending in it"}],
    ["undated", "Without a date", {"": "as the dates ask", include: "shown too", exclude: "left out",
        only: "nothing else"}],
    ["disputed", "Sources", {"": "agree or not", true: "disagree", false: "do not disagree"}],
    ["sort", "Order", {"": "earliest first", "-date": "latest first", title: "by title",
        updated: "by last change", relevance: "best match of the words"}],
];
const OF_DATE = ["certainty", "when"];

export class Reading {
    #sources = {};

    constructor(body, context) {
        Object.assign(this, {body, context});
    }

    // sources: those whose account may win, with their names
    show(view, sources) {
        this.#sources = Object.fromEntries(sources.map(({id, name}) => [`source:${id}`, `always: ${name}`]));
        refill(this.body, CONTROLS.map(([name, words, values]) => this.#control(view, name, words, values)));
    }

    #control(view, name, words, values) {
        const value = valueOf(view, name);
        const more = {
            name: `reading-${name}`, "data-key": name,
            onchange: event => this.context.set(name, event.target.value.trim()),
            disabled: OF_DATE.includes(name) && !valueOf(view, "date"),
        };
        if (typeof values === "string")
            return make("label", {}, words,
                make("input", {...more, value, placeholder: values, autocomplete: "off"}));
        const known = name === "policy" ? {...values, ...this.#sources} : values;
        const all = value in known ? known : {...known, [value]: value};
        return make("label", {}, words, make("select", more, Object.entries(all).map(([one, meaning]) =>
            make("option", {value: one, selected: one === value}, meaning))));
    }
}
