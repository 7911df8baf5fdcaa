// The ticks of a window of time, from seconds to billions of years: the finest whose words do not
// meet. A tick is {day, x, label, left, width, major}; left and width are those of its label, which
// is "" where there is no room.
import {civilFromDays, civilWords, daysFromCivil, partsOf, SECOND} from "./civil.js";
import {floor, max, min} from "./numbers.js";

const MOST_TICKS = 128;
const TICK_GAP = 14;
// How many parts of a civil time a unit is the last of.
const YEARS = 1;
const MONTH = 2;
const DAY = 3;
const CLOCK = 4;

// From fine to coarse: the unit, how many of it, and how many days these are. Weeks begin on Mondays.
const TICK_STEPS = [
    ...[1, 10, 60, 300, 1800, 3600, 10800, 43200]
        .map(step => [CLOCK, step, step * SECOND]),
    ...[1, 7].map(step => [DAY, step, step]),
    ...[1, 3, 6].map(step => [MONTH, step, step * 30]),
    ...Array.from({length: 36}, (_, i) => [1, 2, 5][i % 3] * 10 ** floor(i / 3))
        .map(step => [YEARS, step, step * 365]),
];

// The tick of a number. Round years are as people count them: 200 BCE, 100 BCE, 1 CE, 100 CE.
function dayOf(number, [unit, step, days]) {
    return unit === MONTH ? daysFromCivil(0, 1 + number * step, 1)
        : unit > MONTH ? number * days + (step === 7 ? 4 : 0)
            : daysFromCivil(number > 0 ? number * step : 1 + number * step, 1, 1);
}

// What a tick says: its own unit, or the coarser one that begins there; the first one everything.
function makeTick(day, number, [unit, step], first) {
    const civil = civilFromDays(day), parts = partsOf(civil), most = unit < DAY ? parts : max(parts, DAY);
    const said = civil.slice(0, most).fill(undefined, 0, first || parts === 1 ? 0 : most === CLOCK ? 3 : 1);
    const major = unit === YEARS ? number % 10 === 0 : parts < unit;
    return {day, major, label: civilWords(said, step < 60)};
}

function makeTicks({from, to}, kind) {
    const [unit, step, days] = kind, [year] = civilFromDays(from), ticks = [];
    const start = floor(unit > MONTH ? from / days : year * (unit === MONTH ? 12 : 1) / step) - 1;
    for (let i = 0; i < 3 * MOST_TICKS; i++) {
        const day = dayOf(start + i, kind);
        // Of the years 0 and 1, both of which are 1 CE, there is one.
        if (day >= from && day < to && day !== ticks.at(-1)?.day)
            ticks.push(makeTick(day, start + i, kind, ticks.length === 0));
    }
    return ticks;
}

// Puts each label under its tick, as long as it meets none before it, and answers whether all are
// there but for those beside the longer ones at both ends.
function placeLabels(ticks, {from, to}, width, measure) {
    let free = 0;
    for (const tick of ticks) {
        tick.x = (tick.day - from) / (to - from) * width;
        tick.width = measure(tick.label, "bold");
        tick.left = max(0, min(tick.x - tick.width / 2, width - tick.width));
        if (tick.left < free)
            tick.label = "";
        else
            free = tick.left + tick.width + TICK_GAP;
    }
    return ticks.length > 0 && ticks.every(({label}, i) => label || i === 1 || i === ticks.length - 1);
}

// At least one tick. measure(text, font) is in pixels, see layout.js.
export function axisTicks(window, width, measure) {
    for (const kind of TICK_STEPS)
        if ((window.to - window.from) / kind[2] <= min(MOST_TICKS, width / 20)) {
            const ticks = makeTicks(window, kind);
            if (placeLabels(ticks, window, width, measure))
                return ticks;
        }
    const tick = makeTick(window.from, 0, TICK_STEPS.at(-1), true);
    placeLabels([tick], window, width, measure);
    return [tick];
}
