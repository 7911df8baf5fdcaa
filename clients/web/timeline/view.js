// A timeline on a canvas. It shows a window of time, draws once a frame at most, keeps the last
// drawing until there is a better one, and asks for what a window needs once it rests.
import {FARTHEST, rangeText, rangeWords} from "./civil.js";
import {layoutBins, layoutEvents} from "./layout.js";
import {paint, readTheme} from "./paint.js";
import {scaleOf} from "./span.js";
import {Asker} from "./ask.js";
import {listenToKeys, listenToPointers, listenToWheel} from "./hands.js";

// Days: a second, and 10^10 years.
const SHORTEST = 1 / 86400;
const LONGEST = 3652425000000;
// Milliseconds without a movement; until it says that it loads; that a hint is there.
const REST = 150;
const SLOW = 200;
const HINT = 2500;
const KEYS = "Arrow keys: events. With shift: earlier, later. Plus, minus: zoom. 0: everything. "
    + "Home, End. Enter: open.";

function make(name, parent, attributes = {}, text = "") {
    const made = document.createElement(name);
    for (const key in attributes)
        made.setAttribute(key, attributes[key]);
    made.textContent = text;
    parent.append(made);
    return made;
}

// The first of the texts that there are is bold.
function tell(box, texts) {
    box.replaceChildren();
    for (const text of texts.filter(Boolean))
        make(box.firstChild ? "span" : "b", box, {dir: "auto"}, text);
    box.hidden = false;
}

function counted(number, words = number === 1 ? "event" : "events") {
    return number && `${number.toLocaleString("en")} ${words}`;
}

export class View {
    // The days that are shown, null until they are known.
    window = null;
    options = {};
    picture = null;
    #made = [];
    #frame = 0;
    #resting = 0;
    #slow = 0;

    // send(name, detail): an event for the page.
    constructor(root, send) {
        this.send = send;
        this.asker = new Asker(what => this.#told(what));
        const frame = make("div", root, {part: "frame"}), hidden = "";
        this.canvas = make("canvas", frame, {
            tabindex: 0, role: "application", "aria-roledescription": "timeline", "aria-describedby": "keys",
            hidden,
        });
        this.pen = this.canvas.getContext("2d");
        this.rest = make("div", frame, {part: "rest"});
        this.fallback = make("slot", root);
        this.tip = make("div", root, {part: "tip", hidden});
        this.note = make("div", root, {part: "note", hidden});
        this.said = make("p", root, {role: "status"});
        make("p", root, {id: "keys"}, KEYS);
        for (const listen of [listenToPointers, listenToWheel, listenToKeys])
            listen(this, (name, act) => this.canvas.addEventListener(name, act));
    }

    // Asks for its source, or for the same again in the same window.
    open(again) {
        if (!again)
            this.window = null;
        this.asker.open(this.options);
        this.#ask(0);
    }

    #ask(rest) {
        if (this.width && this.options.source)
            this.asker.look(this.window, this.width, rest);
    }

    // ---- the window ----

    // by: "hand" or "reset", whoever moved it.
    show({from, to}, by = "hand") {
        const shift = Math.max(-FARTHEST - from, Math.min(FARTHEST - to, 0));
        this.window = {from: from + shift, to: to + shift};
        const report = settled => {
            this.#resting = 0;
            this.draw();
            this.send("range", {...this.range, settled, by});
        };
        clearTimeout(this.#resting);
        this.hover = null;
        this.tip.hidden = true;
        report(false);
        this.#resting = setTimeout(report, REST, true);
        this.#ask(REST);
    }

    get range() {
        const {window} = this;
        const [from, to = from] = window ? rangeText(window.from, window.to).split("/") : [null];
        return {from, to};
    }

    // share: where in the window stays what is there, 0 to 1.
    zoom(factor, share = 0.5) {
        if (!this.window)
            return;
        const {from, to} = this.window, least = Math.max(SHORTEST, Math.abs(from) * 1e-11);
        const span = Math.max(least, Math.min(LONGEST, (to - from) / factor));
        const start = from + (to - from - span) * share;
        this.show({from: start, to: start + span});
    }

    pan(share) {
        if (this.window)
            this.move((this.window.to - this.window.from) * share);
    }

    move(days) {
        this.show({from: this.window.from + days, to: this.window.to + days});
    }

    reset() {
        if (this.asker.extent)
            this.show(this.asker.extent, "reset");
    }

    // ---- drawing ----

    draw() {
        this.#frame ||= requestAnimationFrame(() => {
            this.#frame = 0;
            if (this.window && this.width && this.asker.data)
                this.#draw();
        });
    }

    resize(width, height) {
        if (width === this.width && height === this.height)
            return;
        const rest = this.width ? REST : 0;
        Object.assign(this, {width, height});
        this.#ask(rest);
        this.draw();
    }

    restyle() {
        this.theme = null;
        this.draw();
    }

    #layout() {
        const {asker: {data, names}, window, width, theme, chosen, options: {lanes, selected}} = this;
        const height = this.height && this.height - this.rest.offsetHeight;
        const kept = this.focus?.event?.id ?? selected, hold = this.#resting > 0;
        const made = [data, window, width, height, theme, kept, hold];
        if (made.every((one, i) => one === this.#made[i]))
            return;
        this.#made = made;
        // Where there are events again, no bin is in hand.
        if (data.events && this.focus?.bin)
            this.focus = null;
        this.picture = (data.events ? layoutEvents : layoutBins)({
            events: chosen && chosen.id === kept ? [chosen] : [], ...data,
            window, width, height, lanes, names, order: [...names.keys()],
            measure: (text, style) => theme.measure(this.pen, text, style),
            selected: kept, previous: this.picture, hold,
        });
    }

    #draw() {
        const {canvas, pen, hover, focus, options: {selected}} = this, ratio = devicePixelRatio;
        canvas.hidden = false;
        this.fallback.hidden = true;
        this.theme ??= readTheme(getComputedStyle(canvas));
        this.#layout();
        const {width, height} = this.picture;
        const wide = Math.round(width * ratio), high = Math.round(height * ratio);
        if (canvas.width !== wide || canvas.height !== high) {
            Object.assign(canvas, {width: wide, height: high});
            canvas.style.setProperty("height", `${height}px`);
        }
        pen.setTransform(ratio, 0, 0, ratio, 0, 0);
        paint(pen, this.picture, this.theme, {hover, focus, selected});
    }

    // ---- words ----

    say(texts) {
        this.said.textContent = texts.filter(Boolean).join(". ");
    }

    // What there is to say of what hands are at, line by line.
    wordsOf({event, tick, bin}) {
        if (event)
            return [event.title || event.id, event.date.display,
                this.asker.names.get(event.type) ?? event.type,
                event.disputed?.length && `Sources disagree on ${event.disputed.join(", ")}`];
        if (tick)
            return [`${counted(tick.count)}, zoom in`, ...tick.some.map(one => one.title || one.id)];
        const {from, to, min, max} = bin;
        return [rangeWords(from, to), (min < max ? `${min} to ` : "") + counted(max)];
    }

    // Beside what hands are at, where there is room; null takes it away.
    explain(found) {
        const {tip, picture, width, window} = this;
        this.draw();
        tip.hidden = true;
        if (!found)
            return;
        tell(tip, this.wordsOf(found));
        const marks = picture.lanes.flatMap(lane => lane.placed);
        const box = marks.find(mark => mark.event === found.event)?.box ?? {y: 0};
        const {x = box.x ?? scaleOf(window, width)(found.from), y = box.y} = found;
        tip.style.setProperty("left", `${Math.max(0, Math.min(width - tip.offsetWidth, x + 8))}px`);
        tip.style.setProperty("top", `${y > picture.height / 2 ? y - tip.offsetHeight - 12 : y + 22}px`);
    }

    choose(event) {
        this.chosen = event;
        this.send("select", {id: event.id, title: event.title, disputed: event.disputed?.length > 0});
    }

    // Where a double click and Enter lead.
    follow({id}) {
        const {link, source} = this.options, target = link ?? `${source.root}/v1/events/{id}`;
        if (target)
            open(target.replaceAll("{id}", id), "_blank", "noopener");
    }

    hint() {
        if (!this.note.hidden)
            return;
        tell(this.note, ["Click first, or hold Ctrl, to zoom with the wheel."]);
        setTimeout(() => this.#settle(), HINT);
    }

    // ---- what the asker tells ----

    #told(what) {
        const {asker: {home, total, count, data, problem}} = this, matched = count?.matched ?? 0;
        clearTimeout(this.#slow);
        this.window ??= home;
        this.draw();
        if (what !== "done") {
            this.#slow = setTimeout(() => tell(this.note, ["Loading…"]), SLOW);
            return;
        }
        this.#settle();
        if (problem) {
            this.send("error", problem);
            return;
        }
        const {range, window} = this;
        if (window && !this.focus)
            this.say([`${counted(matched) || "No events"}, ${rangeWords(window.from, window.to)}`]);
        requestAnimationFrame(() => {
            const {placed = 0, more = 0, wide = 0} = this.picture ?? {};
            const others = data.some?.length && Math.max(0, matched - placed - more - wide);
            this.rest.textContent = [counted(others, "began before or are dated only to a wider period"),
                counted(total.undated, "without a date")].filter(Boolean).join(" · ");
            this.draw();
            this.send("load", {
                matched, shown: placed, undated: total.undated, version: (count ?? total).version,
                ...range, mode: data.mode,
            });
        });
    }

    // The note that the last answer calls for, if any.
    #settle() {
        const {note, asker: {problem, total, count}} = this;
        const say = (texts, action, act) => {
            tell(note, texts);
            this.say(texts);
            if (action)
                make("button", note, {}, action).addEventListener("click", () => {
                    this.canvas.focus();
                    act();
                });
        };
        note.hidden = true;
        if (problem)
            say([problem.title, problem.detail], "Try again", () => this.open(true));
        else if (total && !total.matched)
            say(["No events match", counted(total.undated, "without a date")]);
        else if (count?.matched === 0)
            say(["No events match in this time", counted(total.matched, "at other times")], "Show all",
                () => this.reset());
    }
}
