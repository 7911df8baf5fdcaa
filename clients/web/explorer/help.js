// Dialogs, and the one that shows the keys.
import {make, button} from "./markup.js";

const KEYS = [
    ["/", "search"],
    ["?", "these keys"],
    ["Esc", "close what is open; without anything open, unselect the event"],
    ["Tab", "from one part of the page to the next"],
    ["↑ ↓", "in the list: the event before or after; Enter selects it"],
    ["← →", "in the timeline: the event before or after; on the tabs: the next one"],
    ["Shift ← →", "in the timeline: earlier, later"],
    ["+ − 0", "in the timeline: closer, wider, everything"],
    ["Home End", "in the timeline and the list: the first and the last"],
    ["Enter", "in the timeline: select the event"],
];

// A dialog that is there as long as it is open.
export function openDialog(title, className, ...content) {
    const box = make("dialog", {class: className, "aria-labelledby": "dialog-title",
        onclose: () => box.remove(), onclick: event => event.target === box && box.close()},
    make("div", {}, make("header", {}, make("h2", {id: "dialog-title"}, title),
        button("Close", () => box.close(), {class: "quiet"})), content));
    document.body.append(box);
    box.showModal();
    return box;
}

export function showKeys() {
    openDialog("Keys", "keys", make("dl", {}, KEYS.map(([key, what]) => [
        make("dt", {}, key.split(" ").map(one => [make("kbd", {}, one), " "])), make("dd", {}, what)])));
}
