// What stands where an event will be read, until one is chosen: what this is, and where to begin.
import {make, counted, number, button} from "./markup.js";
import {target} from "./address.js";
import {eventLink} from "./targets.js";

const FIRST_FEW = 6;

export class Intro {
    #asked = null;

    constructor(host, context) {
        this.context = context;
        this.differing = make("div", {});
        this.room = make("div", {class: "intro"}, make("h2", {}, "What sources say"),
            make("p", {}, "Each event is what one or more sources tell of it: when it happened, how surely, "
                + "who took part, and in which words. Choose one to read where it is written."),
            this.differing);
        host.append(this.room);
    }

    async show({question, version, matched}, wanted) {
        this.room.hidden = !wanted;
        if (matched === 0)
            this.#fill({items: [], matched});
        const about = `${question} ${version}`;
        if (!wanted || !matched || about === this.about)
            return;
        this.about = about;
        this.#asked?.abort();
        const {signal} = this.#asked = new AbortController();
        const kept = question.replace(/(^|&)disputed=[^&]*/g, "").replace(/^&/, "");
        const address = target("/v1/events.json", kept, "disputed=true", "count=true", `limit=${FIRST_FEW}`,
            "fields=id,title,disputed");
        try {
            this.#fill(await this.context.fetch(address, {signal}));
        } catch {
            this.about = null;
        }
    }

    #fill({items, matched}) {
        this.differing.replaceChildren(...matched === 0 ? [] : [
            make("h3", {}, `They disagree on ${counted(matched, "event")}`),
            make("ul", {}, items.map(({id, title, disputed}) => make("li", {},
                eventLink(this.context, id, title), make("small", {}, ` on ${disputed.join(", ")}`)))),
            matched > items.length && button(`all ${number(matched)}`,
                () => this.context.set("disputed", "true"), {class: "quiet"}),
        ].filter(Boolean));
    }
}
