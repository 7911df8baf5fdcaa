// Chromium of the system without a window, with a new and empty profile each time.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {check, library} from "./tools.mjs";

const FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-proxy-server",
    // Whatever would come from elsewhere fails, and is told by watch().
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

// Calls work(context) with a browser that lives as long as that.
export async function browse(place, work) {
    const {chromium} = library(place, "playwright-core");
    const folder = await mkdtemp(join(tmpdir(), "annals-chromium-"));
    try {
        const context = await chromium.launchPersistentContext(folder, {
            executablePath: place.chromium, args: FLAGS, headless: true, chromiumSandbox: false,
            viewport: {width: 1200, height: 800},
        });
        try {
            // A page tells of its violations in the console, in the words of its policy.
            await context.addInitScript(() => {
                document.addEventListener("securitypolicyviolation", event => {
                    console.error(`violates ${event.effectiveDirective}: ${event.blockedURI}`);
                });
            });
            return await work(context);
        } finally {
            await context.close();
        }
    } finally {
        await rm(folder, {recursive: true, force: true, maxRetries: 5});
    }
}

// All that goes wrong on a page from now on: words in the console, exceptions, what did not load.
export function watch(page) {
    const troubles = [];
    page.on("console", message => {
        if (["error", "warning"].includes(message.type()))
            troubles.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", error => troubles.push(`exception: ${error.stack ?? error}`));
    page.on("requestfailed", request => {
        const why = request.failure()?.errorText;
        // A page may give up an answer of its own because it wants another one now.
        if (why !== "net::ERR_ABORTED" || request.resourceType() !== "fetch")
            troubles.push(`not loaded: ${request.url()} (${why})`);
    });
    page.on("response", response => {
        if (response.status() >= 400)
            troubles.push(`${response.status()} for ${response.url()}`);
    });
    return troubles;
}

export function noTrouble(troubles, where) {
    check(troubles.length === 0, `${where}: ${troubles.join("; ")}`);
}

// With ANNALS_PICTURES=FOLDER every case leaves pictures there, for eyes.
export async function picture(page, name, more = {}) {
    if (process.env.ANNALS_PICTURES)
        await page.screenshot({path: join(process.env.ANNALS_PICTURES, `${name}.png`), ...more});
}
