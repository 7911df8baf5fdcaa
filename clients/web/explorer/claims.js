// Who says what inside the sources: claims side by side, a card for each speaker.
import {make, said} from "./markup.js";
import {eventLink} from "./targets.js";
import {filterLink, leftOut, sourceLink} from "./things.js";

const MOST_CLAIMS = 60;

function claimText(context, {stance, text, date, source, about, evidence}, {titles, here}) {
    const first = evidence?.[0];
    const others = about?.filter(id => id !== here) ?? [];
    return make("div", {class: "claim"}, make("p", {}, make("b", {class: `stance ${stance}`}, stance), " ",
        said(text)), make("small", {}, date && [said(date), " · "],
        sourceLink(context, source, titles.get(source), first?.start, first?.end),
        others.length > 0 && [" · also on ", others.map((id, i) => [i > 0 && ", ", eventLink(context, id,
            id)])]));
}

// names: of speakers, titles: of sources, by id; here: the event whose own mention goes without saying.
export function claimCards(context, claims, {names, titles, here}) {
    const speakers = new Map();
    for (const claim of claims.slice(0, MOST_CLAIMS)) {
        if (!speakers.has(claim.speaker))
            speakers.set(claim.speaker, []);
        speakers.get(claim.speaker).push(claim);
    }
    const cards = make("div", {class: "cards"}, [...speakers].map(([speaker, list]) => make("section", {},
        make("h4", {}, speaker ? filterLink(context, {claimed_by: speaker}, names.get(speaker) ?? speaker)
            : "Nobody is named"),
        list.map(claim => claimText(context, claim, {titles, here})))));
    return [cards, leftOut(claims.length - MOST_CLAIMS, "claim")];
}
