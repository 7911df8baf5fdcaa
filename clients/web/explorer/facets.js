// Facets with counts. Each is counted under all filters but its own, so that what could be added to
// it is there to be checked.
import {make, said, number, refill, sheet, button} from "./markup.js";
import {questionOf, target, valuesOf} from "./address.js";

const GROUPS = [
    {by: "type", words: "Types"},
    {by: "actor", words: "Who"},
    {by: "place", words: "Where"},
    {by: "source", words: "Told by"},
    {by: "tag", words: "Tags"},
    {by: "role", words: "Roles"},
];
const COMMONEST = 20;
const ALL_COMMON = 100;
const TYPES_AT_ONCE = 6;

export class Facets {
    #asked = null;
    #limits = {};

    constructor(host, context) {
        this.context = context;
        this.types = make("fieldset", {class: "types"});
        this.groups = GROUPS.slice(1).map(group => ({...group, ...sheet(`facet-${group.by}`, group.words)}));
        host.append(this.types, ...this.groups.flatMap(({opener, body}) => [opener, body]));
    }

    async show(view) {
        this.view = view;
        this.#asked?.abort();
        const {signal} = this.#asked = new AbortController();
        const own = GROUPS.filter(({by}) => valuesOf(view, by).length > 0 || this.#limits[by]);
        const rest = GROUPS.filter(group => !own.includes(group)).map(({by}) => by).join(",");
        const ask = (by, ...without) => this.context.fetch(target("/v1/facets", questionOf(view, ...without),
            `by=${by}`, `limit=${this.#limits[by] ?? COMMONEST}`), {signal});
        try {
            const questions = [rest && ask(rest), ...own.map(({by}) => ask(by, by))];
            const answers = await Promise.all(questions.filter(Boolean));
            this.#fill(answers.flatMap(answer => answer.facets));
        } catch (error) {
            this.context.trouble(error);
        }
    }

    #fill(facets) {
        const of = name => facets.find(({by}) => by === name);
        this.#fillTypes(of("type"));
        this.context.sources(of("source").values);
        for (const group of this.groups)
            this.#fillGroup(group, of(group.by));
    }

    // What is checked comes first, even where nothing of it is left to be counted.
    #rows(by, values) {
        const checked = valuesOf(this.view, by);
        const missing = checked.filter(id => !values.some(one => one.id === id));
        const all = [...missing.map(id => ({id, name: id, count: 0})), ...values];
        return all.map(({id, name, count}) => make("label", {},
            make("input", {type: "checkbox", checked: checked.includes(id), "data-key": `${by} ${id}`,
                onchange: () => this.context.toggle(by, id)}),
            said(name), make("small", {}, number(count))));
    }

    #fillTypes({values, more}) {
        const rows = this.#rows("type", values);
        const all = this.#limits.type || rows.length <= TYPES_AT_ONCE + 1;
        this.types.hidden = rows.length === 0;
        const others = all ? "" : number(rows.length - TYPES_AT_ONCE);
        refill(this.types, make("legend", {class: "hidden"}, "Types"),
            all ? rows : rows.slice(0, TYPES_AT_ONCE),
            (!all || (more && !this.#limits.type)) && button(`${others} more`, () => this.#more("type"),
                {class: "quiet", "data-key": "type more"}));
    }

    #fillGroup({by, words, opener, body}, {values, more}) {
        const chosen = valuesOf(this.view, by).length;
        opener.replaceChildren(words, chosen > 0 ? make("b", {}, ` ${chosen}`) : "");
        opener.disabled = values.length === 0 && chosen === 0;
        refill(body, this.#rows(by, values), more && !this.#limits[by]
            && button("more …", () => this.#more(by), {class: "quiet", "data-key": `${by} more`}),
        more && this.#limits[by]
            && make("p", {class: "soft"}, `The ${ALL_COMMON} commonest. Search for the others.`));
    }

    #more(by) {
        this.#limits[by] = ALL_COMMON;
        this.show(this.view);
    }
}
