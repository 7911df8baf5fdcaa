// The lanes of a drawing: which there are, in which order and colours.
import {cleanText} from "./pack.js";

export const LANE_COLOURS = 8;

// Colours of the types that come with Annals, as the server draws them.
const TYPE_COLOURS = {
    agree: 0, concede: 0, consult: 1, assault: 2, coerce: 2, protest: 3, request: 3, accuse: 4, reject: 4,
    mobilize: 5, sanction: 5, threaten: 5, aid: 6, cooperate: 6, retreat: 7, support: 7,
};

// [id, name] of the lane of an event by what the lanes are by; no id where it has none.
const LANE_KEYS = {
    type: ({type}) => [type],
    actor: ({participants}) => [participants?.[0]?.actor, participants?.[0]?.name],
    place: ({places}) => [places?.[0]?.place, places?.[0]?.name],
    source: ({sources, accounts}) => [[sources ?? accounts?.[0]?.source ?? ""].flat()[0]?.split("; ")[0]],
    none: () => [],
};

export function laneOf(event, by) {
    const [id, name] = (LANE_KEYS[by] ?? LANE_KEYS.type)(event);
    return [id ?? "", name];
}

// Lanes that the server has no colour for get one of their own, as long as there are some.
function colourLanes(lanes) {
    const taken = new Set(lanes.map(({id}) => TYPE_COLOURS[id]));
    let next = 0;
    for (const lane of lanes) {
        for (let i = 0; i < LANE_COLOURS && taken.has(next % LANE_COLOURS); i++)
            next++;
        lane.colour = TYPE_COLOURS[lane.id] ?? next++ % LANE_COLOURS;
    }
}

// In the order given, then the fullest first; what has no lane last, and those beyond `most` in one.
export function settleLanes(lanes, {order = [], names, lanes: by}, most) {
    const rank = ({id}) => id === "" ? Infinity : order.includes(id) ? order.indexOf(id) : order.length;
    lanes.sort((a, b) => rank(a) !== rank(b) ? rank(a) - rank(b)
        : b.count - a.count || (a.id < b.id ? -1 : 1));
    const merged = lanes.length > most ? lanes.splice(Math.max(0, most - 1)) : [];
    for (const lane of lanes)
        lane.name = cleanText(names?.get(lane.id) ?? lane.name) || lane.id || `no ${by}`;
    if (merged.length > 0)
        lanes.push({id: "", name: "other", merged});
    if (by === "none" && lanes.length > 0)
        lanes[0].name = "";
    colourLanes(lanes);
    return lanes;
}
