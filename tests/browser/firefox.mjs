// Firefox of the system, driven by WebDriver BiDi.
import {check, library} from "./tools.mjs";

const PATIENCE = 60_000; // milliseconds until it has started

// Calls work(browser) with a Firefox that lives as long as that.
export async function browseFirefox(place, work) {
    const {firefox} = library(place, "playwright-core");
    const browser = await firefox.launch({
        channel: "moz-firefox", executablePath: place.firefox, headless: true, timeout: PATIENCE,
        // What it would ask of its makers goes nowhere.
        firefoxUserPrefs: {
            "network.proxy.type": 0, "app.update.auto": false,
            "services.settings.server": "http://127.0.0.1:9/",
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
        },
    });
    try {
        return await work(browser);
    } finally {
        await browser.close();
    }
}

// What a page says that it should not: violations of its policy come as errors of the page.
export function watchFirefox(tab, own) {
    const troubles = [];
    tab.on("console", message => {
        if (["error", "warning"].includes(message.type()))
            troubles.push(`${message.type()}: ${message.text()}`);
    });
    tab.on("pageerror", error => troubles.push(`exception: ${error.message ?? error}`));
    tab.on("request", request => {
        if (!own.some(one => request.url().startsWith(one)))
            troubles.push(`a request to ${request.url()}`);
    });
    tab.on("response", response => {
        if (response.status() >= 400)
            troubles.push(`${response.status()} for ${response.url()}`);
    });
    return () => check(troubles.length === 0, `${tab.url()}: ${troubles.join("; ")}`);
}
