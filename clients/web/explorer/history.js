// What each changeset did to the selected event, and the event as it was then.
import {button, counted, make, number, refill, said} from "./markup.js";
import {eventLink} from "./targets.js";
import {leftOut, sourceLink, sourceTitles} from "./things.js";
import {Panel} from "./panel.js";

const MOST_PARTS = 12; // accounts, relations and claims of one changeset that are told one by one
const VERBS = {added: "recorded", changed: "changed", removed: "taken out",
    merged: "found to be the same as another",
    split: "told apart again"};

// A value of a property in a few words.
function shortly(value) {
    if (value === null || value === undefined || value.length === 0)
        return "nothing";
    if (Array.isArray(value))
        return value.map(one => (typeof one === "object" ? `${one.name ?? one.actor ?? one.place}${one.role
            ? ` (${one.role})` : ""}` : String(one))).join("; ");
    if (typeof value === "object")
        return value.display ?? Object.entries(value).map(([key, one]) => `${key}:${one}`).join("; ");
    return String(value);
}

function change({property, before, after}, fresh) {
    return make("li", {}, make("span", {class: "soft"}, `${property} `),
        !fresh && [make("del", {dir: "auto"}, shortly(before)), " → "], make("ins", {dir: "auto"},
            shortly(after)));
}

export class HistoryPanel extends Panel {
    // All versions, whatever as_of is.
    async load(signal) {
        const list = make("ol", {class: "changes", reversed: true});
        const more = button("Older changes", null, {class: "small", hidden: true});
        const {items} = await this.#page(
            `/v1/events/${encodeURIComponent(this.state.selected)}/history?limit=20`, list, more, signal);
        refill(this.host, this.#now(), list, more);
        if (items.length === 0)
            list.replaceWith(make("p", {class: "soft"}, "Nothing is recorded of it."));
    }

    // One page of it at the end of the list.
    async #page(address, list, more, signal) {
        const page = await this.context.fetch(address, {signal});
        const sources = new Set(page.items.flatMap(one => [...one.accounts ?? [], ...one.relations ?? [],
            ...one.claims ?? []].map(part => part.source)));
        const titles = await sourceTitles(this.context, [...sources], "", signal);
        list.append(...page.items.map(one => this.#changeset(one, titles)));
        more.hidden = !page.next;
        more.onclick = () => {
            more.disabled = true;
            this.#page(page.next, list, more, signal).catch(problem => {
                if (!signal.aborted)
                    more.replaceWith(problem.title ?? String(problem));
            }).finally(() => { more.disabled = false; });
        };
        return page;
    }

    // Which version is shown, and the way back to the newest.
    #now() {
        const asOf = new URLSearchParams(this.state.reading).get("as_of");
        return asOf === null ? [] : [make("p", {class: "then"}, "Everything is shown as it was ",
            /^\d+$/.test(asOf) ? `in version ${number(Number(asOf))}` : `on ${asOf}`, ". ",
            button("Back to now", () => this.context.set("as_of", null), {class: "small"}))];
    }

    #changeset(one, titles) {
        const {version, recorded, author, message, action, changes} = one;
        const fresh = action === "added";
        const asOf = new URLSearchParams(this.state.reading).get("as_of") === String(version);
        return make("li", {"data-version": version}, make("p", {}, make("b", {},
            `Version ${number(version)}`),
            make("span", {class: "soft"}, ` ${recorded.slice(0, 10)} ${recorded.slice(11, 16)} UTC`,
                author && [" by ", said(author)]), message && [": ", said(message)]),
        make("p", {}, `${VERBS[action] ?? action}. `, action !== "removed" && button("As it was then",
            () => this.context.set("as_of", String(version)), {class: "small", "aria-pressed": String(asOf),
                "data-key": `then-${version}`}), " ", make("a", {href: `/v1/changesets/${version}`},
                    "the whole change")),
        changes?.length > 0 && make("ul", {}, changes.map(each => change(each, fresh))),
        this.#parts(one, titles));
    }

    #parts({accounts = [], relations = [], claims = [], more}, titles) {
        const lines = [
            ...accounts.map(one => [one.source, ["account ", one.action, one.properties?.length > 0
                && `: ${one.properties.join(", ")}`]]),
            ...relations.map(one => [one.source, [one.type.replaceAll("_", " "), one.direction === "in"
                ? " from " : " to ",
                eventLink(this.context, one.event, one.event), ` ${one.action}`]]),
            ...claims.map(one => [one.source,
                ["claim ", make("a", {href: `/v1/claims/${encodeURIComponent(one.id)}`},
                one.id), ` ${one.action}`]])];
        const line = ([source, words]) => make("li", {}, words, " — ", sourceLink(this.context, source,
            titles.get(source)));
        const shown = lines.map(line);
        return lines.length > 0 && make("details", {open: lines.length <= 3}, make("summary", {},
            counted(lines.length, "account, relation or claim", "accounts, relations and claims"), more
                && " and others"),
        make("ul", {}, shown.slice(0, MOST_PARTS)), leftOut(shown.length - MOST_PARTS, "part"));
    }
}
