// The selected event: what is known of it, what each source says, and who claims what.
import {claimCards} from "./claims.js";
import {button, counted, make, number, said} from "./markup.js";
import {eventTarget, readingPart} from "./targets.js";
import {actorNames, dateMeaning, filterLink, leftOut, sourceLink, sourceTitles} from "./things.js";
import {Panel} from "./panel.js";

const MOST_ACCOUNTS = 12;
const MOST_PASSAGES = 60;
const FEW_PASSAGES = 5; // passages that are shown at once
const PROPERTIES = ["title", "date", "type", "participants", "places", "tags", "summary"];

function listed(items) {
    return make("ul", {class: "inline"}, items.map(item => make("li", {}, item)));
}

function identifierText(scheme, value) {
    const shown = `${scheme}:${value}`;
    return scheme === "wikidata" && /^Q\d+$/.test(value)
        ? make("a", {href: `https://www.wikidata.org/wiki/${value}`, rel: "noopener noreferrer"}, shown)
        : make("code", {}, shown);
}

// Of each property how it is shown; clash: the actors whose roles differ.
const SHOWN = {
    title: (context, title) => said(title),
    summary: (context, summary) => said(summary),
    date: (context, date) => make("span", {title: dateMeaning(date)}, said(date.display)),
    type: (context, type) => filterLink(context, {type}, type),
    tags: (context, tags) => listed(tags.map(tag => filterLink(context, {tag}, tag))),
    places: (context, places) => listed(places.map(({place, name}) => filterLink(context, {place}, name))),
    participants: (context, list, clash) => make("ul", {class: "parties"}, list.map(({actor, name, role}) =>
        make("li", {class: clash?.has(actor) && "differs"}, filterLink(context, {actor}, name),
            role && [" ", make("small", {}, role)]))),
};

function says(value) {
    return value !== null && value !== undefined && value !== "" && !(Array.isArray(value)
        && value.length === 0);
}

// A value to be compared: names are of the reader's language.
function plainly(value) {
    return JSON.stringify(value, (key, one) => (key === "name" ? undefined : one));
}

// Of one disagreement: the sources that stand against each other, and the actors whose roles differ.
function sidesOf({values, contradictions}) {
    const against = new Set(contradictions.flat().map(i => values[i]));
    return {
        sources: new Set([...against].flatMap(one => one.sources)),
        actors: new Set([...against].flatMap(({value}) => (Array.isArray(value) ? value.map(one => one.actor)
            : []))),
    };
}

function spreadWords({property, values, spread_days: spread}) {
    const sides = values.flatMap(({display, sources}, i) => [i > 0 && " against ", make("b", {},
        said(display)),
        sources.length > 1 && [" ", make("small", {}, counted(sources.length, "source"))]]);
    const days = spread && [", ", spread.greatest === null || spread.greatest === spread.least
        ? counted(spread.least, "day") : `${number(spread.least)} to ${counted(spread.greatest, "day")}`,
            " apart"];
    return make("li", {}, make("span", {class: "soft"}, `${property} `), sides, days);
}

export class EventPanel extends Panel {
    async load(signal) {
        const {host, context, state: {selected, reading}} = this;
        const event = await context.fetch(eventTarget(selected, reading), {signal});
        const {accounts, claims, evidence} = event;
        const sources = [...accounts, ...claims, ...evidence].map(one => one.source);
        const disputed = event.disputed.length > 0
            && context.fetch("/v1/disagreements?undated=include&id="
            + event.id + readingPart(reading, "policy", "known_at", "as_of"), {signal});
        const [titles, names, disagreements] = await Promise.all([
            sourceTitles(context, sources, reading, signal),
            actorNames(context, claims.map(one => one.speaker).filter(Boolean), reading, signal),
            disputed]);
        const more = {titles, names, reading, disagreements: disagreements?.items ?? []};
        const parts = [this.#head(event, more), this.#facts(event, more), this.#accounts(event, more),
            this.#claims(event, more), this.#evidence(event, more), this.#foot(event)];
        host.replaceChildren(...parts.flat(Infinity).filter(Boolean));
    }

    // What it is, and at once whether the sources agree on it.
    #head({title, id, summary, disputed}, {disagreements}) {
        return [make("h3", {}, said(title ?? id)), summary && make("p", {}, said(summary)),
            disputed.length > 0 && make("div", {class: "clash"}, make("p", {}, "The sources do not agree on ",
                make("b", {}, disputed.join(", ")), "."),
            make("ul", {}, disagreements.map(spreadWords)))];
    }

    // The source, and its words where the account has evidence.
    #told({source, evidence}, titles) {
        const [first] = evidence;
        return sourceLink(this.context, source, titles.get(source), first?.start, first?.end);
    }

    #facts(event, {titles}) {
        const {date, accounts, identifiers} = event;
        const meaning = date && dateMeaning(date);
        const row = (name, ...content) => [make("dt", {}, name), make("dd", {}, content)];
        const own = ([name, property]) => says(event[property])
            && row(name, SHOWN[property](this.context, event[property]));
        const codes = Object.entries(identifiers ?? {}).flatMap(([scheme, values]) =>
            [values].flat().map(value => identifierText(scheme, value)));
        return make("dl", {}, date ? row("When", make("b", {}, said(date.display)), make("small", {},
            meaning === `on ${date.display}` ? " " : ` ${meaning} `, make("code", {}, date.edtf)))
            : row("When", "no source says"),
        [["What", "type"], ["Where", "places"], ["Who", "participants"], ["Tags", "tags"]].map(own),
        accounts.length > 0 && row("Told by", listed(accounts.slice(0, MOST_ACCOUNTS)
            .map(one => this.#told(one, titles)))),
        codes.length > 0 && row("Known as", listed(codes)));
    }

    #accounts(event, {titles, reading, disagreements}) {
        const {accounts} = event;
        const shown = accounts.slice(0, MOST_ACCOUNTS);
        const sides = new Map(disagreements.map(one => [one.property, sidesOf(one)]));
        const policy = new URLSearchParams(reading).get("policy") ?? "preferred";
        const rows = PROPERTIES.filter(name => shown.some(one => says(one[name])))
            .map(name => this.#propertyRow(name, event, shown, sides.get(name)));
        return [make("h4", {}, accounts.length === 1 ? "What its source says" : "What each source says"),
            make("div", {class: "scroll", tabindex: 0, role: "region", "aria-label": "What each source says"},
                make("table", {class: "beside"}, this.#accountsHead(shown, titles, policy),
                    make("tbody", {}, rows))),
            leftOut(accounts.length - MOST_ACCOUNTS, "account"),
            accounts.length > 1 && make("p", {class: "soft"},
                "✓ is what is shown elsewhere: it wins under the policy ",
                make("code", {}, policy), ".")];
    }

    #accountsHead(accounts, titles, policy) {
        return make("thead", {}, make("tr", {}, make("td"), accounts.map(account => {
            const own = `source:${account.source}`;
            const choice = accounts.length > 1 && button(policy === own ? "Preferred" : "Prefer it",
                () => this.context.set("policy", policy === own ? null : own),
                {class: "small", "aria-pressed": String(policy === own), "data-policy": own});
            return make("th", {scope: "col"}, this.#told(account, titles), choice);
        })));
    }

    #propertyRow(name, event, accounts, sides) {
        const winner = accounts.findIndex(one => plainly(one[name]) === plainly(event[name]));
        return make("tr", {}, make("th", {scope: "row"}, name), accounts.map((account, i) => {
            const value = account[name];
            if (!says(value))
                return make("td", {class: "soft"}, "—");
            const differs = name !== "participants" && sides?.sources.has(account.source);
            return make("td", {class: differs && "differs"}, SHOWN[name](this.context, value, sides?.actors),
                i === winner && accounts.length > 1 && make("span", {class: "wins"}, " ✓"));
        }));
    }

    #claims({claims, id}, {names, titles}) {
        return claims.length > 0 && [make("h4", {}, "Who claims what"),
            claimCards(this.context, claims, {names, titles, here: id})];
    }

    #evidence({evidence}, {titles}) {
        if (evidence.length === 0)
            return null;
        const quote = ({source, start, end, exact, prefix, suffix, supports}) => make("figure", {},
            exact ? make("blockquote", {dir: "auto"}, make("span", {class: "soft"}, prefix),
                make("mark", {}, exact), make("span", {class: "soft"}, suffix))
                : make("p", {}, `Characters ${number(start)} to ${number(end)} of a text not given out`),
            make("figcaption", {}, supports?.length > 0 && `on ${supports.join(", ")}: `,
                sourceLink(this.context, source, titles.get(source), start, end)));
        return make("details", {open: evidence.length <= FEW_PASSAGES}, make("summary", {},
            `Evidence: ${counted(evidence.length, "passage")}`), evidence.slice(0, MOST_PASSAGES).map(quote),
                leftOut(evidence.length - MOST_PASSAGES, "passage"));
    }

    #foot({id}) {
        const {reading} = this.state;
        const behind = part => `/v1/events/${encodeURIComponent(id)}${part}${reading && `?${reading}`}`;
        return make("p", {class: "foot"}, make("a", {href: behind("")}, "Its page"),
            make("a", {href: behind("/cite")}, "Cite it"), make("a", {href: behind(".json")}, "JSON"));
    }
}
