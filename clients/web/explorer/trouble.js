// What was wrong with a question, and the ways out.
import {button, make, problemBox} from "./markup.js";
import {withoutPart} from "./address.js";

// stale: whether an older answer stands below.
export function showTrouble(host, problem, view, context, stale) {
    const wrong = new Set((problem.errors ?? []).map(one => one.parameter));
    const offers = view.asked.flatMap((part, place) => (wrong.has(part.name)
        ? [button(`Ask without ${part.name}`, () => context.go(withoutPart(view, place)))] : []));
    host.replaceChildren(problemBox(problem, ...offers, button("Try again", context.again),
        stale ? make("small", {}, "What stands below is the last answer.") : ""));
}
