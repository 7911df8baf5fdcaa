// The place of the map until it is there: its script and its coastlines come after the first answer.
import {problemBox} from "./markup.js";

export class LateMap {
    #map = null;
    #asked = false;

    constructor(host, context) {
        Object.assign(this, {host, context});
        host.classList.add("map");
    }

    show(state) {
        this.state = state;
        this.#map?.show(state);
        if (!this.#asked && state.matched !== null)
            this.#load();
    }

    async #load() {
        this.#asked = true;
        try {
            const {MapPanel} = await import("/assets/map.js");
            this.#map = new MapPanel(this.host, this.context);
            this.#map.show(this.state);
        } catch (error) {
            this.host.replaceChildren(problemBox(error));
        }
    }

    clear() {
        this.#map?.clear();
    }
}
