// What a first visit to the explorer costs, as a browser receives it, against the budget. The sizes of
// the files by themselves are held by tests/web/bundles.py.
import {browse} from "../chromium.mjs";
import {weigh} from "../weigh.mjs";
import {check} from "../tools.mjs";

const KB = 1024;
const BUDGET = {page: 40 * KB, map: 30 * KB, answers: 100 * KB};

export default async function play(place) {
    return browse(place, async context => {
        const said = [];
        for (const path of ["/", "/v1/events?undated=include"]) {
            const weight = await weigh(context, place.url + path);
            for (const [what, most] of Object.entries(BUDGET)) {
                check(weight[what] > 0, `${path}: no ${what} at all: ${JSON.stringify(weight)}`);
                check(weight[what] <= most, `${path}: ${what} of ${weight[what]} bytes, ${most} at most: `
                    + JSON.stringify(weight.files));
            }
            said.push(`${path}: ${Object.keys(BUDGET).map(one => `${one} ${weight[one]}`).join(", ")}`);
        }
        return said.join("; ");
    });
}
