// The ticks of a window of time, from seconds to billions of years: the finest whose words do not
// meet. A tick is {day, label, major, bare, x, left, width}; left and width are those of its label,
// which is not shown where it is bare.
import {civilFromDays, clockWords, daysFromCivil, daysInMonth, monthWords, yearWords} from "./civil.js";

const MOST_TICKS = 128;
const TICK_GAP = 14;

// Days on which the ticks stand; those outside of the window are left out afterwards.
function tickDays({from, to}, unit, step) {
    const days = [], {year, month} = civilFromDays(from), start = Math.floor(from);
    const first = {
        second: Math.ceil((from - start) * 86400 / step), day: year * 12 + month - 1, month: year * 12 / step,
        year: Math.floor(year / step) - 1,
    }[unit];
    for (let i = first; i < first + 3 * MOST_TICKS && !(days.at(-1) >= to); i++) {
        const months = unit === "day" ? i : i * step, of = Math.floor(months / 12), at = months - of * 12 + 1;
        if (unit === "second")
            days.push(start + i * step / 86400);
        else if (unit === "month")
            days.push(daysFromCivil(of, at, 1));
        // Round years as people count them: 200 BCE, 100 BCE, 1 CE, 100 CE.
        else if (unit === "year" && (i !== 0 || step > 2))
            days.push(daysFromCivil(i > 0 ? i * step : 1 + i * step, 1, 1));
        // The 1st, 8th, 15th and 22nd for steps of a week, and none right before the next month.
        const last = unit === "day" ? daysInMonth(of, at) + 1 - (step > 1 ? (step + 1) / 2 : 1) : 0;
        for (let day = 1; day <= last; day += step)
            days.push(daysFromCivil(of, at, day));
    }
    return days;
}

function makeTick(day, unit, step) {
    const at = civilFromDays(day), year = yearWords(at.year, unit === "year" ? step : 1);
    const newYear = at.month === 1 && at.day === 1, date = `${at.day} ${monthWords(at.month)}`;
    switch (at.second > 0 ? "" : unit) {
    case "second":
        return {major: true, label: date};
    case "day":
        return {major: at.day === 1, dated: newYear, label: newYear ? `${date} ${year}` : date};
    case "month":
        return {major: newYear, dated: newYear, label: newYear ? year : monthWords(at.month)};
    case "year":
        return {dated: true, label: year,
            major: Math.round((at.year > 0 ? at.year : at.year - 1) / step) % (step === 1 ? 5 : 10) === 0};
    default:
        return {clock: true, label: clockWords(at.second, step < 60)};
    }
}

// From fine to coarse.
const TICK_STEPS = [
    ...[1, 5, 15, 30, 60, 300, 900, 1800, 3600, 10800, 21600, 43200]
        .map(step => ["second", step, step / 86400]),
    ...[1, 2, 7, 14].map(step => ["day", step, step]),
    ...[1, 3, 6].map(step => ["month", step, step * 30]),
    ...Array.from({length: 36}, (_, i) => [1, 2, 5][i % 3] * 10 ** Math.floor(i / 3))
        .map(step => ["year", step, step * 365]),
];

// Puts each label under its tick and answers whether none meets its neighbour. The ends of the axis
// may hold the first and the last; what that costs the one beside them is its label.
function placeLabels(ticks, width, measure) {
    let free = -TICK_GAP, bare = 0;
    for (const [number, tick] of ticks.entries()) {
        tick.width = measure(tick.label, "bold");
        const middle = tick.x - tick.width / 2, most = width - tick.width;
        tick.left = Math.max(0, Math.min(middle, most));
        tick.bare = tick.left < free + TICK_GAP;
        if (most < 0 || (tick.bare && (tick.major || (number !== 1 && middle <= most))))
            return false;
        bare += tick.bare ? 1 : 0;
        free = tick.bare ? free : tick.left + tick.width;
    }
    return ticks.length > 0 && bare * 2 < Math.max(2, ticks.length);
}

// Where the first labels do not say their year, or their day, one of them does.
function addContext(ticks) {
    const one = ticks.find(tick => !tick.clock) ?? ticks[0], at = one && civilFromDays(one.day);
    if (one && !one.dated && !ticks[0].dated)
        one.label += `${one.clock ? `, ${at.day} ${monthWords(at.month)}` : ""} ${yearWords(at.year)}`;
}

// At least one tick. measure(text, font) is in pixels, see layout.js.
export function axisTicks({from, to}, width, measure) {
    for (const [unit, step, days] of TICK_STEPS) {
        if ((to - from) / days > Math.min(MOST_TICKS, width / 20))
            continue;
        const ticks = tickDays({from, to}, unit, step).filter(day => day >= from && day < to)
            .map(day => ({...makeTick(day, unit, step), day, x: (day - from) / (to - from) * width}));
        addContext(ticks);
        if (placeLabels(ticks, width, measure))
            return ticks;
    }
    const tick = {day: from, x: 0, major: true, label: yearWords(civilFromDays(from).year)};
    placeLabels([tick], width, measure);
    return [tick];
}
