// Hears of new versions of the store while the page is in sight.

export class Live {
    #stream = null;

    // told(version) is called for a version that is newer than the one shown.
    constructor(told) {
        this.told = told;
        document.addEventListener("visibilitychange", () => this.#tune());
        addEventListener("pagehide", () => this.#close());
        addEventListener("pageshow", ({persisted}) => persisted && this.#tune());
    }

    // What is shown; null: a version of the past, which does not change.
    follow(version) {
        this.version = version;
        this.#tune();
    }

    #tune() {
        const wanted = this.version !== null && !document.hidden;
        if (wanted && !this.#stream)
            this.#open();
        else if (!wanted)
            this.#close();
    }

    // What happened while nobody listened is told too.
    #open() {
        this.#stream = new EventSource(`/v1/changes?format=event-stream&limit=1&since=${this.version}`);
        this.#stream.addEventListener("changeset", event => {
            const version = Number(event.lastEventId);
            if (version > this.version)
                this.told(version);
        });
    }

    #close() {
        this.#stream?.close();
        this.#stream = null;
    }
}
