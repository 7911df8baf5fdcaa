// Civil time without JavaScript's Date, which knows neither 44 BCE nor the year 300,000. Time is a
// number of days since 1970-01-01, with a fraction for the time of day, in the proleptic Gregorian
// calendar; years are astronomical (0 is 1 BCE). A second keeps its place for millions of years.

export const YEAR_DAYS = 365.2425;
// What fits into seconds of 64 bits.
export const FARTHEST = 106751991167300;

const SECOND = 1 / 86400;
const MONTH_WORDS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// Day number of a date. Years are counted from March, so that leap days are their last.
export function daysFromCivil(year, month, day) {
    const from = month > 2 ? year : year - 1;
    return from * 365 + Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400)
        + Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 719469;
}

// {year, month, day, second}; second is of the day.
export function civilFromDays(days) {
    const seconds = Math.round((days - Math.floor(days)) * 86400), second = seconds % 86400;
    const whole = Math.floor(days) + (seconds - second) / 86400;
    let year = Math.floor((whole + 719528) / YEAR_DAYS);
    year += daysFromCivil(year, 1, 1) > whole ? -1 : daysFromCivil(year + 1, 1, 1) <= whole ? 1 : 0;
    let month = Math.floor((whole - daysFromCivil(year, 1, 1)) / 32) + 1;
    if (month < 12 && daysFromCivil(year, month + 1, 1) <= whole)
        month++;
    return {year, month, day: whole - daysFromCivil(year, month, 1) + 1, second};
}

export function daysInMonth(year, month) {
    return month === 12 ? 31 : daysFromCivil(year, month + 1, 1) - daysFromCivil(year, month, 1);
}

const BOUND_FORM = /^([+-]?\d{4,}|Y-?\d+)(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?)?)?$/;

// A bound as the API writes it, or a year or month in its place; NaN for what is none. The end is
// the moment after the last second that belongs to it.
export function parseBound(text, isEnd) {
    const parts = BOUND_FORM.exec(text);
    if (!parts)
        return NaN;
    const year = Number(parts[1].replace("Y", "")), month = Number(parts[2] ?? (isEnd ? 12 : 1));
    const day = Number(parts[3] ?? (isEnd ? daysInMonth(year, month) : 1));
    if (month < 1 || month > 12 || day < 1 || (day > 28 && day > daysInMonth(year, month)))
        return NaN;
    const start = daysFromCivil(year, month, day);
    return parts[4] ? start + (parts[4] * 3600 + parts[5] * 60 + Number(parts[6]) + (isEnd ? 1 : 0)) * SECOND
        : start + (isEnd ? 1 : 0);
}

function two(number) {
    return String(number).padStart(2, "0");
}

// "09:30", or "09:30:15" where seconds count.
export function clockWords(second, exact) {
    const words = `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}`;
    return exact ? `${words}:${two(second % 60)}` : words;
}

// Year, month, day and time of a bound, as EDTF has them, and how many of them it needs. Of years with
// more than four digits there is the year alone.
function edtfParts(days, isEnd, timed) {
    const {year, month, day, second} = civilFromDays(days - (isEnd ? timed ? SECOND : 1 : 0));
    const edge = (value, least, most) => value === (isEnd ? most : least);
    if (Math.abs(year) > 9999)
        return [[`Y${year}`], 1];
    const name = (year < 0 ? "-" : "") + String(Math.abs(year)).padStart(4, "0");
    const parts = [name, `-${two(month)}`, `-${two(day)}`, `T${clockWords(second, true)}`];
    return [parts, timed && !edge(second, 0, 86399) ? 4 : !edge(day, 1, daysInMonth(year, month)) ? 3
        : edge(month, 1, 12) ? 1 : 2];
}

// The window [from, to) for `date=`, as coarse as says the same: to the day, or to the second where
// it is shorter than three days.
export function rangeText(from, to) {
    const timed = to - from < 3;
    const [start, fine] = edtfParts(timed ? from : Math.floor(from), false, timed);
    const [end, finer] = edtfParts(timed ? Math.max(to, from + SECOND) : Math.ceil(to), true, timed);
    const [first, last] = [start, end].map(parts => parts.slice(0, Math.max(fine, finer)).join(""));
    return first === last ? first : `${first}/${last}`;
}

// "44 BCE", "476 CE", "1848", "12,000 BCE", "1.2 million BCE"; step: to how many years it is exact.
export function yearWords(year, step = 1) {
    let number = year > 0 ? year : 1 - year;
    if (number > step)
        number -= number % step;
    const [unit, name] = number >= 1e9 && step >= 1e6 ? [1e9, " billion"] : number >= 1e6 && step >= 1e3
        ? [1e6, " million"] : [1, ""];
    const words = String(number < 1e4 ? number : Math.round(number / unit * 1e3) / 1e3);
    return words.replace(/\B(?=(\d{3})+$)/g, number < 1e4 || unit > 1 ? "" : ",") + name
        + (year <= 0 ? " BCE" : year < 1000 ? " CE" : "");
}

export function monthWords(month) {
    return MONTH_WORDS[month - 1];
}

// "3 Mar 1848" for 1848-03-03, and so on for all that edtf() writes.
function edtfWords(text) {
    const [, year, month, day, clock] = /^Y?(-?\d+)(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d))?/.exec(text);
    const words = [clock && `${clock},`, Number(day), monthWords(month), yearWords(Number(year))];
    return words.filter(Boolean).join(" ");
}

// [from, to) in words: "1846 to 1850", "3 Mar 1848 to 9 Apr 1848"; of decades and more the years alone.
export function rangeWords(from, to) {
    const whole = day => daysFromCivil(civilFromDays(day + YEAR_DAYS / 2).year, 1, 1);
    const long = to - from > 30 * YEAR_DAYS;
    const text = long ? rangeText(whole(from), whole(to)) : rangeText(from, to);
    return text.split("/").map(edtfWords).join(" to ");
}
