// The keys of the whole page. The timeline, the list and the fields have theirs on themselves.

// act: {search(), help(), escape()}
export function listenToKeys(act) {
    document.addEventListener("keydown", event => {
        const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea");
        if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
            return;
        const work = {"/": act.search, "?": act.help, Escape: act.escape}[event.key];
        if (!work || typing || document.querySelector("dialog[open], :popover-open"))
            return;
        if (event.key !== "Escape")
            event.preventDefault();
        work();
    });
}
