// Civil time without JavaScript's Date, which knows neither 44 BCE nor the year 300,000. Time is a
// number of days since 1970-01-01, with a fraction for the time of day, in the proleptic Gregorian
// calendar; years are astronomical (0 is 1 BCE). A civil time is [year, month, day, second of the day],
// or as many of them as are meant. A second keeps its place for millions of years.
import {abs, ceil, floor, max, round} from "./numbers.js";

export const YEAR_DAYS = 365.2425;
export const SECOND = 1 / 86400;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const BOUND_FORM = /^([+-]?\d{4,}|Y-?\d+)(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d))?)?)?$/;

// Day number of a date; months may be of other years: 0 is the December before, 13 the January after.
// Years are counted from March, so that leap days are their last.
export function daysFromCivil(year, month, day) {
    const since = month - 3, years = floor(since / 12), from = year + years;
    return from * 365 + floor(from / 4) - floor(from / 100) + floor(from / 400)
        + floor((153 * (since - years * 12) + 2) / 5) + day - 719469;
}

export function civilFromDays(days) {
    const start = floor(days), seconds = round((days - start) * 86400);
    const whole = start + floor(seconds / 86400);
    let year = floor((whole + 719528) / YEAR_DAYS) - 1, month = 1;
    while (daysFromCivil(year + 1, 1, 1) <= whole)
        year++;
    while (daysFromCivil(year, month + 1, 1) <= whole)
        month++;
    return [year, month, whole - daysFromCivil(year, month, 1) + 1, seconds % 86400];
}

// How many parts of a civil time it takes to say it: 1 for the first moment of a year, 4 for seconds.
export function partsOf([, month, day, second]) {
    return second ? 4 : day > 1 ? 3 : month > 1 ? 2 : 1;
}

// A bound as the API writes it, or a year or month in its place; NaN for what is none. The end is
// the moment after the last second that belongs to it.
export function parseBound(text, isEnd) {
    const [, year, month, day, hours, minutes, seconds] = BOUND_FORM.exec(text) ?? [];
    // The next one of what is given last.
    const number = (part, finer, none) => part ? Number(part) + (isEnd && !finer) : none;
    return year ? daysFromCivil(number(year.replace("Y", ""), month), number(month, day, 1),
        number(day, hours, 1)) + (hours ? hours * 3600 + minutes * 60 + number(seconds) : 0) * SECOND : NaN;
}

function padded(number, digits = 2) {
    return String(number).padStart(digits, "0");
}

// "09:30", or "09:30:15" where seconds count.
function clockWords(second, exact) {
    const words = [second / 3600, second / 60 % 60, second % 60].map(part => padded(floor(part)));
    return words.slice(0, exact ? 3 : 2).join(":");
}

// As EDTF has it. Of years with more than four digits there is the year alone.
function edtfOf(civil) {
    const [year] = civil;
    return abs(year) > 9999 ? `Y${year}` : civil.map((part, i) => i > 2 ? `T${clockWords(part, true)}`
        : i ? `-${padded(part)}` : (part < 0 ? "-" : "") + padded(abs(part), 4)).join("");
}

// "44 BCE", "476 CE", "1848", "12,000 BCE", "1.2 million BCE", "4,500 million BCE".
export function yearWords(year) {
    const number = year > 0 ? year : 1 - year, long = number >= 1e6 && number % 1e3 === 0;
    const words = number < 1e4 ? number : (long ? number / 1e6 : number).toLocaleString("en");
    return words + (long ? " million" : "") + (year <= 0 ? " BCE" : year < 1000 ? " CE" : "");
}

// "3 Mar 1848", "09:30, 3 Mar 1848", and so on for what is given of it.
export function civilWords([year, month, day, second], exact) {
    const date = [day, MONTHS[month - 1], year !== undefined && yearWords(year)].filter(Boolean).join(" ");
    return [second !== undefined && clockWords(second, exact), date].filter(Boolean).join(", ");
}

// The first and the last day, or second where it is short, of [from, to), as coarse as says the same.
function sidesOf(from, to) {
    const unit = to - from < 3 ? SECOND : 1;
    const first = unit < 1 ? from : floor(from), end = unit < 1 ? max(to, from + unit) : ceil(to);
    const parts = max(...[first, end].map(day => partsOf(civilFromDays(day))));
    return [first, end - unit].map(day => civilFromDays(day).slice(0, parts));
}

function joinSides(sides, between) {
    return [...new Set(sides)].join(between);
}

// The window [from, to) for `date=`.
export function rangeText(from, to) {
    return joinSides(sidesOf(from, to).map(edtfOf), "/");
}

// [from, to) in words: "1846 to 1850", "3 Mar 1848 to 9 Apr 1848"; of decades and more the years alone.
export function rangeWords(from, to) {
    const parts = to - from > 30 * YEAR_DAYS ? 1 : 4;
    return joinSides(sidesOf(from, to).map(side => civilWords(side.slice(0, parts))), " to ");
}
