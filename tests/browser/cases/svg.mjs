// The drawing as somebody's <img> on another origin, light and dark: it loads, it is drawn, and it
// is dark where the reader's screen is.
import {browse, noTrouble, picture, watch} from "../chromium.mjs";
import {host} from "../host.mjs";
import {check, same} from "../tools.mjs";

const QUESTIONS = ["limit=100", "limit=100&lanes=actor", "limit=1", "width=480", "q=zzzz"];

const page = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>A drawing</title><body></body>
<script>
    // The picture, and what a canvas reads of it: that it may is CORS. Brightness is 0 to 1.
    async function show(address) {
        const image = new Image();
        image.crossOrigin = "anonymous";
        image.alt = "A timeline";
        image.src = address;
        document.body.replaceChildren(image);
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = image.naturalWidth;
        canvas.height = image.naturalHeight;
        const pen = canvas.getContext("2d");
        pen.drawImage(image, 0, 0);
        const {data} = pen.getImageData(0, 0, canvas.width, canvas.height);
        const bright = [];
        for (let i = 0; i < data.length; i += 4)
            if (data[i + 3] > 0)
                bright.push((data[i] + data[i + 1] + data[i + 2]) / 765);
        bright.sort((a, b) => a - b);
        return {
            width: image.naturalWidth, height: image.naturalHeight, drawn: bright.length * 4 / data.length,
            darkest: bright[0], middle: bright[bright.length >> 1], brightest: bright.at(-1),
        };
    }
</script>`;

async function look(context, place, site, scheme, question) {
    const tab = await context.newPage();
    await tab.emulateMedia({colorScheme: scheme});
    const troubles = watch(tab);
    await tab.goto(site.url);
    const where = `events.svg?${question}, ${scheme}`;
    const seen = await tab.evaluate(address => show(address), `${place.url}/v1/events.svg?${question}`);
    await picture(tab, `svg-${place.name}-${question.replace(/\W/g, "-")}-${scheme}`, {fullPage: true});
    noTrouble(troubles, where);
    check(seen.width >= 200 && seen.height >= 40, `${where}: ${seen.width} by ${seen.height} pixels`);
    check(seen.drawn > 0.01, `${where}: nothing is drawn`);
    // Ink and paper: whichever way around, they are far apart.
    check(seen.brightest - seen.darkest > 0.6, `${where}: ${seen.darkest} on ${seen.brightest}`);
    await tab.close();
    return seen;
}

export default async function play(place) {
    const site = await host({"/": page});
    try {
        return await browse(place, async context => {
            for (const question of QUESTIONS) {
                const light = await look(context, place, site, "light", question);
                const dark = await look(context, place, site, "dark", question);
                same([light.width, light.height], [dark.width, dark.height], "its size");
                check(light.middle > dark.middle + 0.4, `${question}: light is ${light.middle} bright, `
                    + `dark ${dark.middle}`);
            }
            return `${QUESTIONS.length} drawings, light and dark`;
        });
    } finally {
        site.close();
    }
}
