// A stretch of a source's text with its marks. The marks are one tab stop: arrows go from mark to mark.
import {button, counted, make, number} from "./markup.js";
import {nested} from "./marks.js";

const WHOLE_TEXT = 12_000; // code points that are shown at once
const BEFORE = 1200; // code points before the place that is looked for
const STRETCH = 4000;
const LONGEST_STRETCH = 40_000;
const MOST_MARKS = 400; // in one stretch; beyond, the shortest

export class TextView {
    #shown = null;
    #from = 0;
    #to = 0;

    // act: {label, isHere(annotation), describe(annotation), choose(annotation)}
    constructor(host, points, annotations, act) {
        Object.assign(this, {host, points, annotations, act});
        this.body = make("div", {class: "text", dir: "auto", role: "group",
            "aria-label": `${act.label}. Arrows go from mark to mark, Enter selects.`,
            onclick: event => this.#click(event), onkeydown: event => this.#key(event),
            onfocusin: event => this.#focused(event.target)});
        this.before = button("", () => this.#extend(-STRETCH), {class: "small"});
        this.after = button("", () => this.#extend(STRETCH), {class: "small"});
        this.left = make("p", {class: "soft"});
        host.append(this.before, this.body, this.after, this.left);
    }

    // Shows the stretch around a code point, and scrolls to it.
    goTo(point) {
        const {length} = this.points;
        const within = point >= this.#from && point < this.#to && this.#to > 0;
        if (!within)
            [this.#from, this.#to] = length <= WHOLE_TEXT ? [0, length]
                : [this.#lineStart(Math.max(0, point - BEFORE)), Math.min(length, point - BEFORE + STRETCH)];
        this.#render();
        this.#scrollTo(point);
    }

    #lineStart(point) {
        const near = this.points.slice(Math.max(0, point - 300), point);
        const end = near.lastIndexOf("\n");
        return end < 0 ? point : point - [...near.slice(end + 1)].length;
    }

    #extend(by) {
        const edge = by < 0 ? this.#from : this.#to;
        if (by < 0)
            this.#from = this.#lineStart(Math.max(0, this.#from + by));
        else
            this.#to = Math.min(this.points.length, this.#to + by);
        if (this.#to - this.#from > LONGEST_STRETCH)
            [this.#from, this.#to] = by < 0 ? [this.#from, this.#from + LONGEST_STRETCH]
                : [this.#to - LONGEST_STRETCH, this.#to];
        this.#render();
        this.#scrollTo(edge);
    }

    // The annotations of the stretch; where they are too many, the longest are left out.
    #chosen() {
        const all = this.annotations.filter(one => one.start < this.#to && one.end > this.#from);
        return {all, some: all.length <= MOST_MARKS ? all
            : all.sort((a, b) => a.end - a.start - (b.end - b.start)).slice(0, MOST_MARKS)};
    }

    #render() {
        const {all, some} = this.#chosen();
        this.#shown = some;
        this.body.replaceChildren(...this.#parts(nested(some, this.#from, this.#to)));
        (this.body.querySelector("mark") ?? this.body).setAttribute("tabindex", "0");
        for (const [control, left, side] of [[this.before, this.#from, "before"],
            [this.after, this.points.length - this.#to, "after"]]) {
            control.hidden = left <= 0;
            control.textContent = `More ${side} this: ${counted(left, "character")}`;
        }
        this.left.hidden = all.length === some.length;
        this.left.textContent = `${number(all.length - some.length)} longer passages are not marked here.`;
    }

    #parts({start, end, inside}) {
        const parts = [];
        let at = start;
        for (const node of inside) {
            parts.push(this.points.slice(at, node.start), this.#mark(node));
            at = node.end;
        }
        return [...parts, this.points.slice(at, end)];
    }

    #mark(node) {
        const parts = this.#parts(node);
        return make("mark", {tabindex: -1, class: this.act.isHere(node.of) && "here",
            "data-start": node.of.start, "data-end": node.of.end,
            "data-n": this.#shown.indexOf(node.of)}, parts);
    }

    // Marks again what belongs to the selected event.
    refresh() {
        for (const mark of this.body.querySelectorAll("mark"))
            mark.classList.toggle("here", this.act.isHere(this.#of(mark)));
    }

    #of(mark) {
        return this.#shown[Number(mark.dataset.n)];
    }

    #scrollTo(point) {
        const marks = [...this.body.querySelectorAll("mark")];
        const find = holds => marks.find(mark => holds(this.#of(mark)));
        const mark = find(one => one.start === point) ?? find(one => one.start <= point && one.end > point)
            ?? find(one => one.start >= point);
        if (!mark)
            return;
        this.#makeStop(mark);
        const offset = mark.getBoundingClientRect().top - this.body.getBoundingClientRect().top;
        this.body.scrollTop += offset - this.body.clientHeight / 3;
    }

    #makeStop(mark) {
        this.body.querySelector("mark[tabindex='0']")?.setAttribute("tabindex", "-1");
        mark.setAttribute("tabindex", "0");
    }

    #focused(target) {
        const mark = target.closest("mark");
        if (!mark)
            return;
        this.#makeStop(mark);
        this.act.describe(this.#of(mark));
    }

    #click(event) {
        const mark = event.target.closest("mark");
        if (!mark || getSelection().type === "Range")
            return; // a passage is being taken out
        mark.focus();
        this.act.choose(this.#of(mark));
    }

    #key(event) {
        const mark = event.target.closest("mark");
        const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
        if (!mark || event.ctrlKey || event.metaKey || event.altKey)
            return;
        if (step) {
            const marks = [...this.body.querySelectorAll("mark")];
            marks[marks.indexOf(mark) + step]?.focus();
        } else if (event.key === "Enter" || event.key === " ") {
            this.act.choose(this.#of(mark));
        } else {
            return;
        }
        event.preventDefault();
        event.stopPropagation();
    }
}
