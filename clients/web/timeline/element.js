// <annals-timeline src="/v1/events?…" from to lanes selected label link wheel live>: a timeline for any
// page. What stands inside the tag is shown until the drawing is there.
import {readSource} from "./ask.js";
import {View} from "./view.js";

const ATTRIBUTES = ["src", "from", "to", "lanes", "selected", "label", "link", "wheel", "live"];
// Milliseconds between a change of the store and the look at it.
const LATE = 500;
// A host that is higher without its drawing has a height of its own.
const OWN_HEIGHT = 150;
const LOOKS = `:host{display:block;position:relative;min-height:7em;color:var(--annals-ink,CanvasText);
background:var(--annals-paper,Canvas);font:13px/1.4 var(--annals-font,system-ui)}
[hidden],:host([hidden]){display:none!important}
[part]{pointer-events:none;overflow:hidden}
[part=frame]{max-height:100%;overflow-y:auto}
[part=frame],button{pointer-events:auto}
canvas{display:block;width:100%;touch-action:pan-y;cursor:grab;outline-offset:-2px}
[part=rest]{text-align:end;font-size:11px;padding:0 8px}
[part=tip],[part=note]{max-width:min(24em,90%);max-height:10em;padding:.4em .7em;border:1px solid;
background:inherit;overflow-wrap:anywhere}
[part=tip],slot[hidden]~[part=note],p{position:absolute}
slot[hidden]~[part=note]{top:50%;left:50%;translate:-50% -50%}
b,span{display:block}
p{width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%)}`;

export class AnnalsTimeline extends HTMLElement {
    static observedAttributes = ATTRIBUTES;
    #view;
    #sizes = new ResizeObserver(() => this.#measure());
    #there;
    #opening;
    #feed;
    #late;

    constructor() {
        super();
        const root = this.attachShadow({mode: "open"}), sheet = new CSSStyleSheet();
        sheet.replaceSync(LOOKS);
        root.adoptedStyleSheets = [sheet];
        this.#view = new View(root, (name, detail) => {
            if (name === "select")
                this.selected = detail.id;
            this.dispatchEvent(new CustomEvent(`annals-${name}`, {detail, bubbles: true, composed: true}));
        });
    }

    connectedCallback() {
        this.#sizes.observe(this);
        this.#there = new AbortController();
        for (const query of ["(prefers-color-scheme: dark)", "print"])
            matchMedia(query).addEventListener("change", () => this.#view.restyle(), this.#there);
        for (const name of ["label", "src"])
            this.attributeChangedCallback(name, "", this[name]);
    }

    disconnectedCallback() {
        this.#sizes.disconnect();
        this.#there.abort();
        this.#view.asker.stop();
        this.#feed?.close();
    }

    attributeChangedCallback(name, before, after) {
        const {options, canvas, range} = this.#view;
        options[name] = after;
        if (before === after || !this.isConnected)
            return;
        if (name === "label")
            canvas.setAttribute("aria-label", after || "Timeline");
        else if (name === "selected")
            this.#view.draw();
        // A page that answers "annals-range" with attributes moves nothing.
        else if (name in range ? after !== range[name] : /^(src|lanes|live)$/.test(name))
            this.#open();
    }

    // A page that knows the height says so; elsewhere the timeline is as high as its lanes.
    #measure() {
        const {style} = this.#view.canvas, {height} = style;
        style.setProperty("height", 0);
        const own = this.clientHeight;
        style.setProperty("height", height);
        this.#view.resize(this.clientWidth, own > OWN_HEIGHT ? own : undefined);
    }

    // Once for all attributes that change together.
    #open() {
        this.#opening ??= Promise.resolve().then(() => {
            const {options} = this.#view, {from, to, src} = this;
            this.#opening = null;
            if (!URL.canParse(src, document.baseURI))
                return;
            options.source = readSource(src, document.baseURI);
            if (from || to)
                options.source.date = `${from || ".."}/${to || ".."}`;
            if (!/^(actor|place|source|none)$/.test(options.lanes))
                options.lanes = "type";
            this.#view.open();
            this.#follow(options.source);
        });
    }

    // The server tells of every change; a past version has none.
    #follow({root, filters}) {
        this.#feed?.close();
        if (this.live === null || filters.some(part => part.startsWith("as_of=")))
            return;
        this.#feed = new EventSource(`${root}/v1/changes?format=event-stream&limit=1`);
        this.#feed.addEventListener("changeset", () => {
            clearTimeout(this.#late);
            this.#late = setTimeout(() => this.reload(), LATE);
        });
    }

    // What is shown, as EDTF; setting it moves there.
    get range() {
        return this.#view.range;
    }

    set range(range) {
        Object.assign(this, range);
    }

    reload() {
        this.#view.open(true);
    }

    zoom(factor) {
        this.#view.zoom(factor);
    }

    pan(share) {
        this.#view.pan(share);
    }

    reset() {
        this.#view.reset();
    }
}

// A property for each attribute; null is without it.
for (const name of ATTRIBUTES)
    Object.defineProperty(AnnalsTimeline.prototype, name, {
        configurable: true, enumerable: true,
        get() {
            return this.getAttribute(name);
        },
        set(value) {
            if ((value ?? false) === false)
                this.removeAttribute(name);
            else
                this.setAttribute(name, value === true ? "" : value);
        },
    });

if (!customElements.get("annals-timeline"))
    customElements.define("annals-timeline", AnnalsTimeline);
