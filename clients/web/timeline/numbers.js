// What all modules need of Math, by short names.

export const {abs, ceil, floor, max, min, round} = Math;
