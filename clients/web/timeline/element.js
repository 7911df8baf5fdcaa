// <annals-timeline src="/v1/events?…" from to lanes selected label link wheel live>: a timeline for any
// page. What stands inside the tag is shown until the drawing is there.
import {readSource, stopAsker} from "./ask.js";
import {listen} from "./hands.js";
import {LANE_KEYS} from "./lanes.js";
import {draw, drawNow, makeView, openView, pan, rangeOf, reload, reset, resize, zoom} from "./view.js";

const ATTRIBUTES = ["src", "from", "to", "lanes", "selected", "label", "link", "wheel", "live"];
// Milliseconds between a change of the store and the look at it.
const LATE = 500;
// A host that is higher without its drawing has a height of its own.
const OWN_HEIGHT = 120;
const LOOKS = `:host{display:block;position:relative;min-height:7em;color:var(--annals-ink,CanvasText);
background:var(--annals-paper,Canvas);font:13px/1.4 var(--annals-font,system-ui)}
:host([hidden]),[hidden]{display:none!important}
canvas{display:block;width:100%;touch-action:pan-y;cursor:grab;outline-offset:-2px}
div{max-width:20em;max-height:10em;padding:.4em .7em;border:1px solid;background:inherit;overflow:hidden;
overflow-wrap:anywhere;pointer-events:none}
slot[hidden]~div{position:absolute}
slot[hidden]~div+div{top:50%;left:50%;translate:-50% -50%}
button{pointer-events:auto}
b,span{display:block}
p{margin:0;padding:0 8px;text-align:end;font-size:11px}
i{position:absolute;width:1px;height:1px;overflow:hidden;opacity:0}`;

export class AnnalsTimeline extends HTMLElement {
    static observedAttributes = ATTRIBUTES;
    #view;
    #sizes = new ResizeObserver(() => this.#measure());
    #there;
    #opening;
    #feed;

    constructor() {
        super();
        const root = this.attachShadow({mode: "open"}), sheet = new CSSStyleSheet();
        sheet.replaceSync(LOOKS);
        root.adoptedStyleSheets = [sheet];
        this.#view = makeView(root, (name, detail) => {
            if (name === "select")
                this.selected = detail.id;
            this.dispatchEvent(new CustomEvent(`annals-${name}`, {detail, bubbles: true, composed: true}));
        });
        listen(this.#view);
    }

    connectedCallback() {
        this.#sizes.observe(this);
        this.#there = new AbortController();
        for (const query of ["(prefers-color-scheme: dark)", "print"])
            matchMedia(query).addEventListener("change", () => drawNow(this.#view), this.#there);
        this.#open();
    }

    disconnectedCallback() {
        this.#sizes.disconnect();
        this.#there.abort();
        stopAsker(this.#view);
        this.#feed?.close();
    }

    attributeChangedCallback(name, before, after) {
        const view = this.#view, range = rangeOf(view);
        if (name === "label")
            view.canvas.setAttribute("aria-label", after || "Timeline");
        // A page that answers "annals-range" with attributes moves nothing.
        else if (before !== after && after !== range[name] && /^(src|from|to|lanes|live)$/.test(name))
            this.#open();
        draw(view);
    }

    // A page that knows the height says so; elsewhere the timeline is as high as its lanes.
    #measure() {
        const {style} = this.#view.canvas, {height} = style;
        style.height = 0;
        const own = this.clientHeight;
        style.height = height;
        resize(this.#view, this.clientWidth, own > OWN_HEIGHT ? own : undefined);
    }

    // Once for all attributes that change together.
    #open() {
        this.#opening ??= Promise.resolve().then(() => {
            const {from, to, src, lanes} = this;
            this.#opening = null;
            if (!this.isConnected || !URL.canParse(src, document.baseURI))
                return;
            const source = readSource(src, document.baseURI);
            if (from || to)
                source.date = `${from || ".."}/${to || ".."}`;
            openView(this.#view, source, lanes in LANE_KEYS ? lanes : "type");
            this.#follow(source);
        });
    }

    // The server tells of every change.
    #follow({root}) {
        this.#feed?.close();
        if (this.live === null)
            return;
        this.#feed = new EventSource(`${root}/v1/changes?format=event-stream&limit=1`);
        this.#feed.addEventListener("changeset", () => {
            reload(this.#view, LATE);
        });
    }

    // What is shown, as EDTF; setting it moves there.
    get range() {
        return rangeOf(this.#view);
    }

    set range(range) {
        Object.assign(this, range);
    }

    reload() {
        reload(this.#view);
    }

    zoom(factor) {
        zoom(this.#view, factor);
    }

    pan(share) {
        pan(this.#view, share);
    }

    reset() {
        reset(this.#view);
    }
}

// A property for each attribute; null is without it.
for (const name of ATTRIBUTES)
    Object.defineProperty(AnnalsTimeline.prototype, name, {
        get() {
            return this.getAttribute(name);
        },
        set(value) {
            if (value === null || value === false)
                this.removeAttribute(name);
            else
                this.setAttribute(name, value);
        },
    });

if (!customElements.get("annals-timeline"))
    customElements.define("annals-timeline", AnnalsTimeline);
