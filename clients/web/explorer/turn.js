// One question of a panel at a time: the newer one ends the older, the same one is not asked again.
import {button, problemBox} from "./markup.js";

const SLOW_PANEL = 200; // milliseconds until a panel says that it waits

export class Turn {
    #host;
    #key = null;
    #control = null;

    // host: what shows the trouble, and that it takes long.
    constructor(host) {
        this.#host = host;
    }

    // work(signal) unless it runs or has run for this key.
    run(key, work) {
        if (key === this.#key)
            return;
        this.end();
        const host = this.#host;
        const control = new AbortController();
        this.#key = key;
        this.#control = control;
        const slow = setTimeout(() => host.setAttribute("aria-busy", "true"), SLOW_PANEL);
        const over = () => {
            clearTimeout(slow);
            if (this.#control === control)
                host.removeAttribute("aria-busy");
        };
        work(control.signal).catch(problem => {
            if (!control.signal.aborted)
                host.replaceChildren(problemBox(problem, button("Try again", () => this.again(key, work))));
        }).finally(over);
    }

    again(key, work) {
        this.#key = null;
        this.run(key, work);
    }

    end() {
        this.#key = null;
        this.#control?.abort();
        this.#host.removeAttribute("aria-busy");
    }
}
