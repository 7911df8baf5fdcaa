// A web site of somebody else: a page, and the files of libraries, on a port of loopback. Its pages
// load Annals across origins, as those of users do.
import {createReadStream, existsSync} from "node:fs";
import {createServer} from "node:http";
import {extname} from "node:path";

const TYPES = {
    ".js": "text/javascript", ".css": "text/css", ".json": "application/json",
    ".svg": "image/svg+xml", ".woff": "font/woff", ".ttf": "font/ttf",
};

// pages: {path: HTML, or {html, headers}}; folders: {prefix of a path: folder}. The result has `url`
// and `close`.
export async function host(pages, folders = {}) {
    const server = createServer((request, response) => {
        const path = new URL(request.url, "http://host").pathname;
        const prefix = Object.keys(folders).find(one => path.startsWith(one));
        const file = prefix && folders[prefix] + path.slice(prefix.length);
        if (path in pages) {
            const {html = pages[path], headers = {}} = pages[path];
            response.writeHead(200, {"Content-Type": "text/html; charset=utf-8", ...headers});
            response.end(html);
        } else if (file && !path.includes("..") && existsSync(file)) {
            response.writeHead(200, {"Content-Type": TYPES[extname(file)] ?? "text/plain"});
            createReadStream(file).pipe(response);
        } else {
            response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
        }
    });
    await new Promise(ready => server.listen(0, "127.0.0.1", ready));
    return {
        url: `http://127.0.0.1:${server.address().port}`,
        close() {
            server.closeAllConnections();
            server.close();
        },
    };
}
