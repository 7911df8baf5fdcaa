// What is asked, in a sentence, and each part of it to be taken away.
import {make, said, refill} from "./markup.js";
import {isShape} from "./address.js";

const NAMES = {
    actor: "who", place: "where", source: "told by", q: "words", claimed_by: "claimed by",
    related_to: "related to", as_of: "as the store was at", known_at: "as known on",
    policy: "whose account wins",
};

export function nameOf(parameter) {
    const name = parameter.replace(/__not$/, "");
    return (parameter === name ? "" : "not ") + (NAMES[name] ?? name);
}

export class Chips {
    constructor(host, context) {
        Object.assign(this, {context, names: new Map()});
        this.sentence = document.getElementById("what");
        this.sentence.tabIndex = -1;
        this.list = make("ul", {class: "chips", "aria-label": "What is asked"});
        host.append(this.sentence, this.list);
    }

    // What the server understood: the sentence, and the names of ids.
    explain({description, explain = []}) {
        this.sentence.replaceChildren(said(description.replace(/^./, first => first.toUpperCase())));
        for (const {matches = []} of explain)
            for (const {value, name} of matches)
                this.names.set(value, name);
        this.show(this.view);
    }

    show(view) {
        this.view = view;
        const then = view.asked.some(({name}) => name === "as_of" || name === "known_at");
        refill(this.list, then && make("li", {class: "then"}, "Not as it is now"),
            view.asked.map((part, place) => !isShape(part.name) && this.#chip(part, place)));
    }

    // What a parameter asks, in words.
    valueWords(value) {
        return value.split(",").map(one => this.names.get(one) ?? one).join(", ");
    }

    #chip({name, value}, place) {
        return make("li", {}, make("button", {type: "button", class: "chip", "data-key": name,
            onclick: () => this.context.without(place)}, `${nameOf(name)}: `, said(this.valueWords(value)),
        make("span", {"aria-hidden": "true"}, " ×"), make("span", {class: "hidden"}, ", take away")));
    }
}
