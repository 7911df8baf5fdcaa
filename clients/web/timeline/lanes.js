// The lanes of a drawing: which there are, in which order and colours.
import {min} from "./numbers.js";
import {cleanText} from "./pack.js";

// Types that come with Annals, as the server colours them.
const TYPE_COLOURS = ("agree concede,consult,assault coerce,protest request,accuse reject,"
    + "mobilize sanction threaten,aid cooperate,retreat support").split(",");

// What has the id and the name of the lane of an event, by what the lanes are by.
export const LANE_KEYS = {
    type: ({type}) => ({id: type}),
    actor: ({participants}) => ({...participants?.[0], id: participants?.[0]?.actor}),
    place: ({places}) => ({...places?.[0], id: places?.[0]?.place}),
    source: ({accounts}) => ({id: accounts?.[0]?.source}),
    none: () => ({}),
};

// {id, name}; the id is "" where it has none.
export function laneOf(event, by) {
    const {id, name} = LANE_KEYS[by](event);
    return {id: id ?? "", name};
}

/*
 * The lanes of a list of {id, name, count}, as a Map of each id to its lane: in the order given, then the
 * fullest first, what has no lane last; those beyond `most` have one together. Lanes that the server has
 * no colour for get one of their own, as long as there are some.
 */
export function settleLanes(list, {names, lanes: by}, most) {
    const order = [...names.keys()];
    const rank = ({id}) => id ? (order.indexOf(id) + 1 || order.length + 1) : order.length + 2;
    list.sort((a, b) => rank(a) - rank(b) || b.count - a.count || (a.id < b.id ? -1 : 1));
    const lanes = list.slice(0, most), colourOf = ({id}) => TYPE_COLOURS.findIndex(
        types => types.split(" ").includes(id));
    if (list.length > most)
        lanes[most - 1] = {id: "", others: true};
    const all = [...TYPE_COLOURS.keys()], taken = lanes.map(colourOf);
    // Those that nobody has, and then all over again.
    const free = [...all.filter(colour => !taken.includes(colour)), ...all, ...all];
    for (const lane of lanes) {
        const colour = colourOf(lane);
        lane.colour = colour < 0 ? free.shift() : colour;
        lane.name = by === "none" ? "" : lane.others ? "other"
            : cleanText(names.get(lane.id) ?? lane.name) || lane.id || `no ${by}`;
    }
    return new Map(list.map(({id}, i) => [id, lanes[min(i, most - 1)]]));
}
