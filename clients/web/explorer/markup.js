// Elements made by hand: text is only ever text.

// make("a", {href, class, onclick, "aria-label", hidden}, child…): children are nodes, texts, lists of
// them; null and false are left out.
export function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false)
            continue;
        if (key.startsWith("on"))
            element.addEventListener(key.slice(2), value);
        else
            element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter(one => (one ?? false) !== false));
    return element;
}

// Text from the store: whatever its script, it does not turn what stands around it.
export function said(text) {
    return make("bdi", {dir: "auto"}, text);
}

// 5 000, as the server writes it: with narrow blanks that do not break.
export function number(n) {
    return String(n).replace(/\B(?=(\d{3})+$)/g, "\u202F");
}

export function counted(n, one, several = `${one}s`) {
    return `${number(n)} ${n === 1 ? one : several}`;
}

// Calls work once when nothing has asked for it for so long.
export function later(work, milliseconds) {
    let timer = 0;
    const ask = (...values) => {
        clearTimeout(timer);
        timer = setTimeout(() => work(...values), milliseconds);
    };
    ask.cancel = () => clearTimeout(timer);
    return ask;
}

// A button, and its action.
export function button(words, onclick, more) {
    return make("button", {type: "button", onclick, ...more}, words);
}

// Plain clicks do the work; with a key held, or the other buttons, a link is a link.
export function plainClick(work) {
    return event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0)
            return;
        event.preventDefault();
        work(event);
    };
}

// What went wrong, in the server's words: title, detail, and of each place what would be right.
export function problemBox(problem, ...actions) {
    const errors = (problem.errors ?? []).map(one => {
        const place = one.parameter ?? one.header ?? one.pointer;
        return make("li", {}, place && make("b", {}, place), place && one.value && [" = ", said(one.value)],
            place && ": ", said(one.detail ?? ""), one.hint && [" — ", said(one.hint)]);
    });
    return make("div", {class: "problem"}, make("p", {}, make("b", {}, problem.title ?? String(problem))),
        problem.detail && errors.length !== 1 && make("p", {}, said(problem.detail)),
        errors.length > 0 && make("ul", {}, errors),
        actions.length > 0 && make("p", {class: "offers"}, actions));
}

// Other children, with the focus on the one of the same data-key as before.
export function refill(host, ...children) {
    const key = host.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    host.replaceChildren(...children.flat(Infinity).filter(Boolean));
    const keyed = [...host.querySelectorAll("[data-key]")];
    if (key && document.activeElement?.dataset.key !== key)
        (keyed.find(one => one.dataset.key === key) ?? keyed[0])?.focus();
}

// A button that opens a small sheet below it; the browser closes it by Escape or a click elsewhere.
export function sheet(id, words, ...content) {
    const opener = make("button", {type: "button", popovertarget: id, class: "opener"}, words);
    const body = make("div", {popover: "auto", id, class: "sheet", role: "group", "aria-label": words},
        content);
    body.addEventListener("toggle", ({newState}) => {
        if (newState !== "open")
            return;
        const at = opener.getBoundingClientRect();
        const left = Math.max(8, Math.min(at.left, innerWidth - body.offsetWidth - 8));
        body.style.setProperty("left", `${left}px`);
        body.style.setProperty("top", `${at.bottom + 4}px`);
        body.style.setProperty("max-height", `${Math.max(160, innerHeight - at.bottom - 16)}px`);
        body.querySelector("input, select, button")?.focus();
    });
    return {opener, body};
}
