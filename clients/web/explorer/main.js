import "/annals-timeline.js";
import {ANSWERED, readAddress, writeAddress, questionOf, listedOf, readingOf, target} from "./address.js";
import {valueOf, valuesOf} from "./address.js";
import {changed, withoutPart, toggled, splitDate, joinDate} from "./address.js";
import {Fetching, Problem} from "./fetching.js";
import {counted, later, button, sheet} from "./markup.js";
import {Suggest} from "./suggest.js";
import {Facets} from "./facets.js";
import {Chips} from "./chips.js";
import {List} from "./list.js";
import {Live} from "./live.js";
import {listenToKeys} from "./keys.js";
import {showTrouble} from "./trouble.js";
import {Intro} from "./intro.js";
import {buildFrame, tuneTimeline} from "./frame.js";
import {LateMap} from "./latemap.js";

const SETTLING = 250; // milliseconds after the last movement of the timeline
const SLOW = 200; // until waiting is shown

// The explorer. It takes over the page that the server wrote and keeps one state, which is the
// address of the page: whoever changes something changes the state, and everything follows it.
//
// A panel shows one side of the state. It is a class with
//
//     constructor(host, context)  host: an empty element, the panel's alone
//     show(state)                 the state changed, or the panel came into sight. Called often:
//                                 what does not concern the panel must cost nothing
//     clear()                     nothing is selected (of the map: no event matches)
//
// and the state it is given is not to be changed:
//
//     query       URLSearchParams: what is asked, date= of the window included, order kept
//     question    the same as text, without "?"; "" is everything
//     filters     the same text without date=
//     reading     "policy=last&as_of=3": only policy, known_at, as_of and lang, to be put behind the
//                 address of one thing; "" is plain
//     date        the value of date=, or ""
//     version     version of the store that is shown
//     matched     number of events that match, null while it is not known
//     selected    id of the selected event, or null
//     panel       "event", "source", "relations" or "history": the tab in sight
//     source      id of the source that was asked for, or null: then that of the event's evidence
//     start       code point in that source's text to be brought into sight, or null
//
// context is what a panel may do. Panels never touch the address themselves, and are not told of
// anything while they are out of sight.
//
//     fetch(target, {signal, as})    promise of the "json" (unless given) or "text" at an address of
//                                    this server, remembered for this version. Rejects with Problem
//                                    of fetching.js {status, title, detail, errors}
//     select(id, panel)              selects an event everywhere; null: none. With `panel` the reader
//                                    stays there; without, the source in sight gives way
//     set(name, value)               sets one parameter; null drops it
//     add(name, value)               one more value of a filter: any of them (a comma)
//     href(changes)                  the address of the explorer with these parameters changed
//                                    ({place: "x", bbox: null}), for real links
//     openSource(id, start, end)     shows that source at that place
//     say(text)                      the live region says it

class Explorer {
    #view = readAddress(location);
    #fetching = new Fetching();
    #matched = null;
    #widening = null;
    #waits = 0;
    #hushed = false;
    sources = [];

    constructor(frame) {
        this.frame = frame;
        this.version = Number(frame.room.dataset.version);
        const context = this.context = {...this.#context(), ...this.#more()};
        this.suggest = new Suggest(frame.words, context);
        this.chips = new Chips(frame.chips, context);
        this.facets = new Facets(frame.facets, context);
        this.#readingSheet();
        this.list = new List(frame.list, context);
        this.map = new LateMap(frame.mapRoom, context);
        this.intro = new Intro(frame.detail, context);
        this.live = new Live(version => this.#newVersion(version));
        this.#listen();
        this.#follow(null);
    }

    #context() {
        return {
            fetch: (address, how) => this.#fetching.fetch(address, how),
            select: (id, panel) => this.select(id, panel),
            set: (name, value) => this.change({[name]: value}),
            add: (name, value) => this.#add(name, value),
            href: changes => writeAddress(changed({...this.#view, start: null}, changes)),
            openSource: (source, start = null) => this.go({...this.#view, panel: "source", source, start}),
            say: text => this.#say(text),
        };
    }

    // What only the explorer's own parts may do besides.
    #more() {
        return {
            go: view => this.go(view),
            toggle: (name, value) => this.go(toggled(this.#view, name, value)),
            without: place => this.go(withoutPart(this.#view, place)),
            open: panel => this.go({...this.#view, panel}, {quiet: true}),
            eventHref: id => writeAddress({...this.#view, selected: id, source: null, start: null}),
            asOf: () => this.#view.asked.find(({name}) => name === "as_of")?.text,
            sources: values => { this.sources = values; },
            valueWords: value => this.chips.valueWords(value),
            answer: page => this.#answer(page), trouble: problem => this.#trouble(problem),
            again: () => this.#refresh(),
        };
    }

    // ---- the state ----

    // Another view; every step of it can be gone back, but not those of a hand that moves the window.
    go(view, {quiet = false} = {}) {
        const before = this.#view;
        this.#view = view;
        const address = writeAddress(view);
        if (address !== location.pathname + location.search + location.hash)
            history[quiet ? "replaceState" : "pushState"](null, "", address);
        this.#follow(before);
    }

    change(changes) {
        this.go(changed(this.#view, changes));
    }

    // Another event is read from its own page on, unless the reader stays at a panel: what was asked
    // of a source stays with it.
    select(id, panel) {
        // What goes takes the focus with it.
        const held = id === null && this.frame.detail.contains(document.activeElement);
        const {selected, panel: before, source, start} = this.#view;
        const other = id === null || (before === "source" && id !== selected) ? "event" : before;
        const kept = panel === "source" ? {source, start} : {source: null, start: null};
        this.go({...this.#view, selected: id, panel: panel ?? other, ...kept});
        if (held)
            this.list.focus();
    }

    #add(name, value) {
        this.frame.words.value = valueOf(this.#view, "q");
        if (!valuesOf(this.#view, name).includes(value))
            this.go(toggled(this.#view, name, value));
    }

    get #state() {
        const {selected, panel, source, start} = this.#view;
        const question = questionOf(this.#view);
        return {
            query: new URLSearchParams(question), question, filters: questionOf(this.#view, "date"),
            reading: readingOf(this.#view), date: valueOf(this.#view, "date"), version: this.version,
            matched: this.#matched, selected, panel, source, start,
        };
    }

    // ---- what follows the state ----

    #follow(before) {
        const view = this.#view;
        const asked = before === null || listedOf(before) !== listedOf(view);
        this.#header();
        tuneTimeline(this.frame, view);
        this.chips.show(view);
        this.reading?.show(view, this.sources);
        if (asked)
            this.#ask();
        else
            this.list.mark(view.selected);
        this.#panels();
    }

    #ask() {
        this.#widening?.abort();
        this.#matched = null;
        const waits = ++this.#waits;
        const slow = setTimeout(() => this.#waiting(true), SLOW);
        this.list.show(this.#view).then(() => {
            clearTimeout(slow);
            if (waits === this.#waits)
                this.#waiting(false);
        });
    }

    #waiting(on) {
        this.frame.room.setAttribute("aria-busy", String(on));
        document.documentElement.classList.toggle("waiting", on);
    }

    #panels() {
        const state = this.#state;
        if (this.#matched !== null)
            this.map.show(state);
        const idle = state.selected === null && state.source === null;
        if (this.tabs)
            this.tabs.show(state);
        else if (!idle)
            this.#late(late => {
                this.tabs ??= new late.Tabs(this.frame.detail, this.context);
                this.tabs.show(this.#state);
            });
        this.frame.detail.classList.toggle("idle", idle);
        this.intro.show(state, idle);
    }

    #header() {
        const {words, from, to, links} = this.frame;
        const shown = splitDate(valueOf(this.#view, "date"));
        words.value = valueOf(this.#view, "q");
        [from.value, to.value] = [shown.from, shown.to];
        for (const link of links)
            link.href = this.#twin(link.pathname.split(".").at(-1));
    }

    // The data of this very view: the same address with a suffix, and all rows where they are more
    // than an answer has by itself.
    #twin(suffix) {
        const all = {csv: "limit=all", geojson: "limit=1000", ics: "limit=1000"}[suffix];
        return target(`/v1/events.${suffix}`, listedOf(this.#view), this.#matched > ANSWERED && all);
    }

    // ---- answers ----

    #answer(page) {
        const {frame} = this;
        this.#matched = page.matched;
        this.version = page.version;
        this.live.follow(valueOf(this.#view, "as_of") ? null : page.version);
        frame.tally.textContent = counted(page.matched, "event");
        frame.room.classList.remove("failed", "blank");
        frame.dateTrouble.hidden = true;
        this.#markDates(null);
        this.#clear(frame.trouble, frame.offer, frame.widening);
        this.chips.explain(page.query);
        const words = page.query.description.replace(/^./u, first => first.toUpperCase());
        document.title = `${words} · ${frame.room.dataset.title}`;
        frame.timeline.setAttribute("label", words);
        // Of its window the timeline speaks itself.
        if (!this.#hushed)
            this.#say(`${counted(page.matched, "event")}: ${words}`);
        this.#hushed = false;
        // A version of the past without events is no store without any.
        if (page.matched > 0 || valueOf(this.#view, "as_of"))
            frame.room.dataset.events = "";
        const unloaded = frame.room.dataset.events === "0";
        frame.room.classList.toggle("blank", unloaded);
        if (unloaded)
            this.#late(late => late.showUnloaded(frame.trouble));
        else if (page.matched === 0)
            this.#nothing();
        this.#header();
        this.facets.show(this.#view);
        this.#panels();
    }

    // Whose button was pressed goes on at the head of the new view.
    #clear(...rooms) {
        const held = rooms.some(room => room.contains(document.activeElement));
        for (const room of rooms)
            room.replaceChildren();
        if (held)
            this.chips.sentence.focus();
    }

    #nothing() {
        const {signal} = this.#widening = new AbortController();
        this.#late(late => late.showNothing(this.frame.widening, this.#view, this.context, signal));
    }

    #trouble(problem) {
        if (problem.name === "AbortError")
            return;
        const wrong = problem.errors?.find(({parameter}) => parameter === "date");
        const {frame} = this;
        frame.room.classList.add("failed");
        frame.room.classList.toggle("blank", !this.list.answered);
        frame.dateTrouble.hidden = !wrong;
        frame.dateTrouble.textContent = wrong?.detail ?? "";
        this.#markDates(wrong);
        showTrouble(frame.trouble, problem, this.#view, this.context, this.list.answered);
        this.#say(`${problem.title ?? problem}. ${problem.detail ?? ""}`);
    }

    #markDates(wrong) {
        for (const field of [this.frame.from, this.frame.to])
            field.setAttribute("aria-invalid", String(Boolean(wrong) && field.value !== ""));
    }

    #say(text) {
        this.frame.status.textContent = text;
    }

    // ---- a store that changes ----

    // Whether somebody types, has gone down the list, or holds something open.
    get #inTheMiddle() {
        return document.activeElement.matches?.("input[type=text], input[type=search]") || this.list.deep
            || document.querySelector("dialog[open], :popover-open, :active:not(html, body)") !== null;
    }

    #newVersion(version) {
        if (!this.#inTheMiddle) {
            this.#refresh();
            return;
        }
        this.frame.offer.replaceChildren(`Version ${version} is there. `,
            button("Show it", () => this.#refresh()));
        this.#say(`Version ${version} of the store is there.`);
    }

    #refresh() {
        this.#fetching.forget();
        this.frame.timeline.reload();
        this.#ask();
    }

    // ---- hands ----

    #listen() {
        const {form, words, from, to, timeline, lanes, help, use, curl} = this.frame;
        addEventListener("popstate", () => {
            const before = this.#view;
            this.#view = readAddress(location);
            this.#follow(before);
        });
        form.addEventListener("submit", event => {
            event.preventDefault();
            this.suggest.close();
            const shown = splitDate(valueOf(this.#view, "date"));
            const [start, end] = [from.value.trim(), to.value.trim()];
            const same = shown.from === start && shown.to === end;
            this.change({q: words.value.trim(), ...!same && {date: joinDate(start, end)}});
        });
        lanes.addEventListener("change", () => this.go({...this.#view, lanes: lanes.value}));
        use.addEventListener("click", () => this.#late(late => late.showUse({
            view: this.#view, room: this.frame.room, matched: this.#matched,
            words: timeline.getAttribute("label") ?? "",
        }, this.context)));
        curl.addEventListener("click", () => this.#late(late =>
            late.copy(late.curlOf(this.#view, this.#matched), curl)));
        this.#listenToTimeline(timeline);
        const showKeys = () => this.#late(late => late.showKeys());
        help.addEventListener("click", showKeys);
        listenToKeys({
            search: () => words.select(), help: showKeys,
            escape: () => this.#view.selected !== null && this.select(null),
        });
    }

    // What is seldom wanted at once is fetched when it is.
    async #late(work) {
        try {
            work(await import("/assets/panels.js"));
        } catch (error) {
            this.#trouble(new Problem({title: "A part of the page did not load", detail: String(error)}));
        }
    }

    #readingSheet() {
        const {opener, body} = sheet("reading", "Reading");
        this.frame.facets.append(opener, body);
        body.addEventListener("beforetoggle", () => this.#late(late => {
            this.reading ??= new late.Reading(body, this.context);
            this.reading.show(this.#view, this.sources);
        }));
    }

    #listenToTimeline(timeline) {
        const settle = later(date => this.#slide(date), SETTLING);
        timeline.addEventListener("annals-range", ({detail: {from, to, by, settled}}) => {
            if (by === "page" || !settled)
                return;
            settle(by === "reset" ? "" : joinDate(from, to));
        });
        timeline.addEventListener("annals-select", ({detail: {id}}) => this.select(id ?? null));
    }

    // The timeline's window is the date that is asked.
    #slide(date) {
        if (date === valueOf(this.#view, "date"))
            return;
        this.#hushed = true;
        this.go(changed(this.#view, {date: date || null}), {quiet: true});
    }
}

new Explorer(buildFrame());
