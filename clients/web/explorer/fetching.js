// Answers of the server: remembered, aborted when a newer question took their place, and errors as
// the problem documents that they are.

const REMEMBERED = 80;
const TRIES = 3;
const LONGEST_WAIT = 5; // seconds that a busy server may ask for

export class Problem extends Error {
    constructor({status = 0, title = "No answer", detail = "", errors = [], more = 0} = {}) {
        super(title);
        Object.assign(this, {status, title, detail, errors, more});
    }
}

async function problemOf(answer) {
    try {
        return new Problem({status: answer.status, ...await answer.json()});
    } catch {
        return new Problem({status: answer.status, title: `The server answers ${answer.status}`});
    }
}

async function ask(address, signal) {
    for (let tried = 1; ; tried++) {
        let answer;
        try {
            answer = await fetch(address, {signal});
        } catch (error) {
            if (signal.aborted)
                throw error;
            throw new Problem({title: "The server does not answer",
                detail: "It may be down, or the connection is."});
        }
        if (answer.ok)
            return answer;
        const wait = Number(answer.headers.get("Retry-After") ?? 1);
        if (answer.status !== 503 || tried === TRIES || !(wait <= LONGEST_WAIT))
            throw await problemOf(answer);
        await new Promise(wake => setTimeout(wake, wait * 1000));
    }
}

// One question for all who ask it at once. It is given up when all of them have.
function begin(address, as) {
    const control = new AbortController();
    const answer = ask(address, control.signal).then(one => (as === "text" ? one.text() : one.json()));
    return {answer, control, waiting: 0, settled: false};
}

export class Fetching {
    #known = new Map(); // address -> what begin() made

    // Forgets all: the store has changed.
    forget() {
        this.#known.clear();
    }

    // The JSON or text at an address. `signal` makes this caller's promise reject with an AbortError.
    fetch(address, {signal, as = "json"} = {}) {
        const question = this.#known.get(address) ?? this.#remember(address, begin(address, as));
        question.waiting++;
        return new Promise((done, failed) => {
            const giveUp = () => {
                failed(new DOMException("no longer wanted", "AbortError"));
                if (--question.waiting === 0 && !question.settled) {
                    this.#drop(address, question);
                    question.control.abort();
                }
            };
            if (signal?.aborted) {
                giveUp();
                return;
            }
            signal?.addEventListener("abort", giveUp, {once: true});
            const settle = take => value => {
                signal?.removeEventListener("abort", giveUp);
                take(value);
            };
            question.answer.then(settle(done), settle(failed));
        });
    }

    #remember(address, question) {
        this.#known.set(address, question);
        question.answer.then(() => { question.settled = true; }, () => this.#drop(address, question));
        if (this.#known.size > REMEMBERED)
            this.#known.delete(this.#known.keys().next().value);
        return question;
    }

    #drop(address, question) {
        if (this.#known.get(address) === question)
            this.#known.delete(address);
    }
}
