// What the four panels around the selected event have in common.
import {make} from "./markup.js";
import {Turn} from "./turn.js";

// A panel says in load(signal) how it fills its host for this.state, and in keyOf what that depends on.
export class Panel {
    constructor(host, context) {
        Object.assign(this, {host, context, turn: new Turn(host)});
    }

    clear() {
        this.turn.end();
        this.host.replaceChildren(make("p", {class: "soft"}, "No event is selected."));
    }

    keyOf({selected, reading, version}) {
        return selected && `${selected} ${reading} ${version}`;
    }

    show(state) {
        this.state = state;
        const key = this.keyOf(state);
        if (key)
            this.turn.run(key, signal => this.load(signal));
        else
            this.clear();
    }
}
