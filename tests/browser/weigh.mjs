// What a first visit to a page costs: the compressed bytes of every answer until there is rest, by
// what they are for.
import {until} from "./tools.mjs";

const QUIET = 700; // milliseconds without an answer
const MAP = /\/assets\/(map\.js|coast\.json)$/;
// Panels are fetched when something is selected.
const LATE = /\/assets\/panels\.js$/;

function kindOf(request) {
    const {pathname} = new URL(request.url());
    if (MAP.test(pathname))
        return "map";
    if (LATE.test(pathname))
        return "late";
    if (["document", "stylesheet", "script"].includes(request.resourceType()))
        return "page";
    return pathname.startsWith("/v1/") ? "answers" : "other";
}

// Opens `url` in a tab with an empty cache. The stream of changes is not counted: it has no end.
export async function weigh(context, url) {
    const tab = await context.newPage();
    const session = await context.newCDPSession(tab);
    await session.send("Network.clearBrowserCache");
    const sizes = {page: 0, map: 0, answers: 0, late: 0, other: 0}, files = {}, sums = [];
    let since = Date.now(), flying = 0;
    tab.on("request", request => {
        since = Date.now();
        flying += Number(!request.url().includes("/v1/changes"));
    });
    const ended = request => {
        since = Date.now();
        flying -= Number(!request.url().includes("/v1/changes"));
    };
    tab.on("requestfailed", ended);
    tab.on("requestfinished", request => {
        ended(request);
        sums.push(request.sizes().then(({responseBodySize}) => {
            sizes[kindOf(request)] += responseBodySize;
            files[request.url().slice(url.indexOf("/", 8))] = responseBodySize;
        }));
    });
    await tab.goto(url);
    await tab.locator("html.exploring").waitFor();
    await until("the page has come to rest", () => flying === 0 && Date.now() - since > QUIET);
    await Promise.all(sums);
    await tab.close();
    return {...sizes, files};
}
