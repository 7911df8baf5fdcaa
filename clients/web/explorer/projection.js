// Where places lie on the map: a cylinder that shows the world as Patterson's projection does and,
// the closer one looks, keeps the shapes around the centre of the view. Longitudes go round.

const RADIANS = Math.PI / 180;
const CLOSE = 3; // halvings of the world until shapes are kept
const NARROWEST = 4; // degrees of longitude that the map shows at least
const NARROWEST_FIT = 14; // and when it chooses for itself
const PADDING = 1.3;
export const POLE = northing(90);

// Degrees north of the equator on paper (T. Patterson, B. Savric, B. Jenny: Introducing the
// Patterson Cylindrical Projection, 2014).
export function northing(latitude) {
    const a = latitude * RADIANS;
    const s = a * a;
    return latitude * (1.0148 + s * s * (0.23185 + s * (-0.14499 + s * 0.02406)));
}

function slope(latitude) {
    const s = (latitude * RADIANS) ** 2;
    return 1.0148 + s * s * (1.15925 + s * (-1.01493 + s * 0.21654));
}

export function latitudeOf(north) {
    let [low, high] = [-90, 90];
    for (let i = 0; i < 40; i++) {
        const middle = (low + high) / 2;
        [low, high] = northing(middle) < north ? [middle, high] : [low, middle];
    }
    return (low + high) / 2;
}

// The same longitude within [-180, 180).
export function around(longitude) {
    return longitude - 360 * Math.floor((longitude + 180) / 360);
}

function clamp(low, value, high) {
    return Math.min(Math.max(value, low), high);
}

// view: {lon, lat} of the centre, scale in pixels for a degree, {width, height} in pixels.
// Pixels for a degree of longitude.
export function eastScale({lat, scale, width}) {
    const close = clamp(0, Math.log2(360 * scale / width) / CLOSE, 1);
    return scale * (1 + close * (slope(lat) * Math.cos(lat * RADIANS) - 1));
}

export function project(view, lon, lat) {
    return {
        x: view.width / 2 + around(lon - view.lon) * eastScale(view),
        y: view.height / 2 - (northing(lat) - northing(view.lat)) * view.scale,
    };
}

export function unproject(view, x, y) {
    return {
        lon: view.lon + (x - view.width / 2) / eastScale(view),
        lat: latitudeOf(clamp(-POLE, northing(view.lat) - (y - view.height / 2) / view.scale, POLE)),
    };
}

// The view within bounds: not wider than the world, not closer than makes sense, no further than a pole.
export function bounded(view) {
    const scale = clamp(Math.min(view.width / 360, view.height / (2 * POLE)), view.scale,
        view.width / NARROWEST);
    const room = Math.max(0, POLE - view.height / 2 / scale);
    const north = clamp(-room, northing(view.lat), room);
    return {...view, scale, lon: around(view.lon), lat: latitudeOf(north)};
}

export function moved(view, dx, dy) {
    const north = clamp(-POLE, northing(view.lat) + dy / view.scale, POLE);
    return bounded({...view, lon: view.lon - dx / eastScale(view), lat: latitudeOf(north)});
}

// Larger by this factor, with what lies at x, y staying there.
export function zoomed(view, factor, x, y) {
    const at = unproject(view, x, y);
    const next = bounded({...view, scale: view.scale * factor});
    const level = moved(next, 0, y - project(next, at.lon, at.lat).y); // which changes the width of a degree
    return moved(level, x - project(level, at.lon, at.lat).x, 0);
}

// The shortest arc that holds all longitudes: [west, its width in degrees].
function arc(longitudes) {
    const sorted = [...longitudes].sort((a, b) => a - b);
    let [west, gap] = [sorted[0], 360 - (sorted.at(-1) - sorted[0])];
    for (let i = 1; i < sorted.length; i++)
        if (sorted[i] - sorted[i - 1] > gap)
            [west, gap] = [sorted[i], sorted[i] - sorted[i - 1]];
    return [west, 360 - gap];
}

// The view that shows all places, with some space; the world when there are none.
export function fitted(size, places, padding = PADDING) {
    const world = bounded({...size, lon: 11, lat: 0, scale: 0});
    if (places.length === 0)
        return world;
    const [west, span] = arc(places.map(place => place.lon));
    const norths = places.map(place => northing(place.lat));
    const [low, high] = [Math.min(...norths), Math.max(...norths)];
    if (span * padding > 300)
        return world;
    const wide = Math.max(span * padding, padding > 1 ? NARROWEST_FIT : NARROWEST);
    const view = {...size, lon: west + span / 2, lat: latitudeOf((low + high) / 2), scale: size.width / wide};
    for (let i = 0; i < 4; i++)
        view.scale *= size.width / wide / eastScale(view);
    return bounded({...view, scale: Math.min(view.scale, size.height / Math.max(1, (high - low) * padding))});
}

// The box that is seen, as bbox= takes it.
export function boxOf(view) {
    const {width, height} = view;
    const [a, b] = [unproject(view, 0, height), unproject(view, width, 0)];
    const whole = b.lon - a.lon >= 360;
    const [west, east] = whole ? [-180, 180] : [around(a.lon), around(b.lon)];
    return [west, a.lat, east, b.lat].map(one => Math.round(one * 1000) / 1000).join(",");
}

export function inBox(box, {lon, lat}) {
    const [west, south, east, north] = box.split(",").map(Number);
    const within = west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
    return within && lat >= south && lat <= north;
}

// Places that would cover each other become one circle. sizeOf(count) is its radius.
export function clustered(view, places, sizeOf) {
    const found = [];
    for (const place of [...places].sort((a, b) => b.count - a.count)) {
        const at = project(view, place.lon, place.lat);
        const near = found.find(one => Math.hypot(one.x - at.x, one.y - at.y) < one.r + sizeOf(place.count));
        if (!near) {
            found.push({...at, r: sizeOf(place.count), count: place.count, places: [place]});
            continue;
        }
        near.count += place.count;
        near.places.push(place);
        const share = place.count / near.count;
        near.x += (at.x - near.x) * share;
        near.y += (at.y - near.y) * share;
        near.r = sizeOf(near.count);
    }
    const most = Math.max(...found.map(one => one.count));
    for (const one of found)
        one.r = Math.min(one.r, 5 + 16 * Math.sqrt(one.count / most));
    return found;
}
