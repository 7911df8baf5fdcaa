// What stands in the place of events when none match.
import {make, button, counted} from "./markup.js";
import {nameOf} from "./chips.js";
import {changed, isShape, listedOf, target, valueOf, withoutPart} from "./address.js";

const MOST_TRIED = 8;

// Nothing matches: what to widen, with how many events each step would show.
export async function showNothing(host, view, context, signal) {
    const steps = view.asked.map((part, place) => ({part, next: withoutPart(view, place)}))
        .filter(({part}) => !isShape(part.name) && part.name !== "sort").slice(0, MOST_TRIED)
        .map(({part: {name, value}, next}) => ({next, words: name === "date" ? "at any date"
            : `without ${nameOf(name)}: ${context.valueWords(value)}`}));
    if (valueOf(view, "date") && !valueOf(view, "undated"))
        steps.push({words: "with those that have no date", next: changed(view, {undated: "include"})});
    const count = async step => {
        const address = target("/v1/events.json", listedOf(step.next), "count=true", "limit=1", "fields=id");
        const {matched} = await context.fetch(address, {signal}).catch(() => ({matched: 0}));
        return {...step, matched};
    };
    const found = (await Promise.all(steps.map(count))).filter(({matched}) => matched > 0);
    if (signal.aborted)
        return;
    found.sort((a, b) => a.matched - b.matched);
    const offers = found.map(({words, next, matched}) =>
        button(`${words}: ${counted(matched, "event")}`, () => context.go(next)));
    if (steps.length > 1 && found.length === 0)
        offers.push(button("Take all filters away", () => context.go({...view, asked: []})));
    host.replaceChildren(make("div", {class: "nothing"}, make("p", {}, make("b", {}, "No events match.")),
        make("p", {}, offers.length > 0 ? "Ask for less, and there are some:"
            : "No filter alone is in the way."),
        make("p", {class: "offers"}, offers)));
}

// A store without any event.
export function showUnloaded(host) {
    host.replaceChildren(make("div", {class: "nothing"},
        make("p", {}, make("b", {}, "Nothing is loaded yet.")),
        make("p", {}, "This loads a source; the page follows by itself:"),
        make("pre", {}, make("code", {}, "annals load FILE"))));
}
