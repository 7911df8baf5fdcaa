// A TCP proxy that loses connections when it is told to: what stands between a reader and the
// daemon on a bad line.
import {connect, createServer} from "node:net";

export class Proxy {
    heads = []; // of the requests that came through, as text
    refused = 0; // connections that were closed at once while `down`
    down = false;
    // Of bytes from the daemon how many pass before the connection is lost; null lets all pass.
    cut = () => null;
    #pairs = new Set();

    constructor(url) {
        const {hostname, port} = new URL(url);
        this.server = createServer(reader => this.#join(reader, connect(port, hostname)));
    }

    async listen() {
        await new Promise(ready => this.server.listen(0, "127.0.0.1", ready));
        return `http://127.0.0.1:${this.server.address().port}`;
    }

    #join(reader, daemon) {
        const pair = [reader, daemon];
        for (const end of pair) {
            end.on("error", () => {});
            end.on("close", () => this.#lose(pair));
        }
        if (this.down) {
            this.refused++;
            this.#lose(pair);
            return;
        }
        this.#pairs.add(pair);
        reader.on("data", bytes => {
            this.heads.push(bytes.toString("latin1"));
            daemon.write(bytes);
        });
        daemon.on("data", bytes => this.#pass(pair, bytes));
    }

    #pass(pair, bytes) {
        const some = this.cut(bytes);
        if (some === null) {
            pair[0].write(bytes);
            return;
        }
        this.cut = () => null;
        pair[0].write(bytes.subarray(0, some), () => this.#lose(pair));
    }

    #lose(pair) {
        this.#pairs.delete(pair);
        for (const end of pair)
            end.destroy();
    }

    // Loses every connection there is.
    drop() {
        for (const pair of [...this.#pairs])
            this.#lose(pair);
    }

    close() {
        this.drop();
        this.server.close();
    }
}
