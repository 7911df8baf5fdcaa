// The map under pointers, wheel and keys.
import {moved} from "./projection.js";

const MAP_STEP = 60; // pixels for an arrow key
const MAP_DRAG = 4; // pixels until a press is a drag
const MAP_WAYS = {
    ArrowLeft: [MAP_STEP, 0], ArrowRight: [-MAP_STEP, 0],
    ArrowUp: [0, MAP_STEP], ArrowDown: [0, -MAP_STEP],
};

export class MapHand {
    #map;
    #down = new Map(); // pointers that are down
    #dragged = 0;

    // map: {view(), move(view), zoom(factor, x, y), fit(), pick(point), hover(point or null)}
    constructor(canvas, map) {
        this.#map = map;
        const at = event => ({x: event.offsetX, y: event.offsetY});
        const on = (name, work, options) => canvas.addEventListener(name, work, options);
        on("pointerdown", event => {
            canvas.setPointerCapture(event.pointerId);
            this.#dragged = this.#down.size === 0 ? 0 : MAP_DRAG;
            this.#down.set(event.pointerId, at(event));
        });
        on("pointermove", event => this.#pointed(event.pointerId, at(event)));
        on("pointerup", event => {
            if (this.#down.delete(event.pointerId) && this.#down.size === 0 && this.#dragged < MAP_DRAG)
                map.pick(at(event));
        });
        for (const name of ["pointercancel", "lostpointercapture"])
            on(name, event => this.#down.delete(event.pointerId));
        on("pointerleave", () => map.hover(null));
        on("dblclick", event => map.zoom(2, event.offsetX, event.offsetY));
        on("wheel", event => {
            if (!map.view() || !event.ctrlKey && document.activeElement !== canvas)
                return; // the page scrolls
            event.preventDefault();
            map.zoom(2 ** (-event.deltaY * (event.deltaMode ? 20 : 1) / 300), event.offsetX, event.offsetY);
        }, {passive: false});
        on("keydown", event => this.#key(event));
    }

    #pointed(id, now) {
        const before = this.#down.get(id);
        if (!this.#map.view() || !before) {
            this.#map.hover(now);
            return;
        }
        const other = [...this.#down].find(([one]) => one !== id)?.[1];
        const [dx, dy] = [now.x - before.x, now.y - before.y];
        this.#down.set(id, now);
        this.#dragged += Math.hypot(dx, dy);
        if (other) {
            const far = point => Math.max(10, Math.hypot(point.x - other.x, point.y - other.y));
            this.#map.zoom(far(now) / far(before), other.x, other.y);
        } else if (this.#dragged >= MAP_DRAG) {
            this.#map.move(moved(this.#map.view(), dx, dy));
        }
    }

    #key(event) {
        const map = this.#map;
        const factor = {"+": 1.4, "=": 1.4, "-": 1 / 1.4}[event.key];
        if (event.ctrlKey || event.metaKey || event.altKey || !map.view())
            return;
        if (event.key in MAP_WAYS)
            map.move(moved(map.view(), ...MAP_WAYS[event.key]));
        else if (factor)
            map.zoom(factor);
        else if (event.key === "0")
            map.fit();
        else
            return;
        event.preventDefault();
        event.stopPropagation();
    }
}
