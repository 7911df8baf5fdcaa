// The tabs around the selected event. Only the panel in sight is shown anything.
import {EventPanel} from "./event.js";
import {SourcePanel} from "./source.js";
import {GraphPanel} from "./graph.js";
import {HistoryPanel} from "./history.js";
import {make, button} from "./markup.js";

const TABS = [["event", "Event", EventPanel], ["source", "Source", SourcePanel],
    ["relations", "Relations", GraphPanel], ["history", "History", HistoryPanel]];

export class Tabs {
    constructor(host, context) {
        this.context = context;
        this.tabs = TABS.map(([name, words]) => button(words, () => context.open(name),
            {role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`}));
        this.bodies = TABS.map(([name]) => make("div", {role: "tabpanel", id: `panel-${name}`, tabindex: "0",
            class: `panel ${name}`, "aria-labelledby": `tab-${name}`}));
        this.panels = TABS.map(([, , Panel], i) => new Panel(this.bodies[i], context));
        this.bar = make("div", {class: "tabs"}, make("div", {role: "tablist", "aria-label": "About the event",
            onkeydown: event => this.#key(event)}, this.tabs),
        button("×", () => context.select(null), {class: "quiet", title: "Unselect",
            "aria-label": "Unselect the event"}));
        host.append(this.bar, ...this.bodies);
    }

    show(state) {
        const any = state.selected !== null || state.source !== null;
        this.bar.hidden = !any;
        TABS.forEach(([name], i) => {
            const here = any && state.panel === name;
            this.tabs[i].setAttribute("aria-selected", String(here));
            this.tabs[i].tabIndex = here ? 0 : -1;
            this.bodies[i].hidden = !here;
            if (here)
                this.panels[i].show(state);
            else if (!any)
                this.panels[i].clear();
        });
    }

    #key(event) {
        const here = this.tabs.indexOf(document.activeElement);
        const count = this.tabs.length;
        const goal = {ArrowRight: here + 1, ArrowLeft: here - 1 + count, Home: 0, End: count - 1}[event.key];
        if (goal === undefined || here < 0)
            return;
        event.preventDefault();
        this.tabs[goal % count].focus();
        this.context.open(TABS[goal % count][0]);
    }
}
