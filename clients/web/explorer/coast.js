// The coastlines as paths in degrees east and degrees of northing(); see clients/web/coastlines.py.
import {northing} from "./projection.js";

const STEP_MIDDLE = 80; // the character of a step that goes nowhere

// The corners of a ring in units of the grid.
function* corners([x, y, steps]) {
    yield [x, y];
    for (let i = 0; i < steps.length; i += 2) {
        x += steps.charCodeAt(i) - STEP_MIDDLE;
        y += steps.charCodeAt(i + 1) - STEP_MIDDLE;
        yield [x, y];
    }
}

// {land, coast}: what is filled, and what is drawn as a line. Where the world was cut there is none.
export function coastPaths({grid, rings}) {
    const land = new Path2D();
    const coast = new Path2D();
    const [cut, foot] = [180 * grid, -90 * grid];
    for (const ring of rings) {
        let before = null;
        for (const [x, y] of corners(ring)) {
            const at = [x / grid, -northing(y / grid)];
            const alongCut = before && (Math.abs(x) === cut && x === before[0] || y === foot);
            if (before)
                land.lineTo(...at);
            else
                land.moveTo(...at);
            if (before && !alongCut)
                coast.lineTo(...at);
            else
                coast.moveTo(...at);
            before = [x, y];
        }
        land.closePath();
    }
    return {land, coast};
}
