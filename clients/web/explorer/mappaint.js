// What the map looks like.
import {number} from "./markup.js";
import {eastScale, northing, project} from "./projection.js";

const LONGEST_NAME = 18; // characters beside a circle

// A name and how many places more; places are the largest first.
export function clusterName(places, longest) {
    const name = [...places[0].name];
    const shown = name.length > longest ? `${name.slice(0, longest - 1).join("")}…` : places[0].name;
    return places.length > 1 ? `${shown} +${number(places.length - 1)}` : shown;
}

// style: the computed one that names the colours.
export function paintMap(canvas, style, {view, paths, clusters, chosen, ringed}) {
    const pen = canvas.getContext("2d");
    const colour = name => style.getPropertyValue(name).trim();
    const ratio = canvas.width / view.width;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = colour("--water");
    pen.fillRect(0, 0, view.width, view.height);
    pen.lineJoin = "round";
    pen.textBaseline = "middle";
    pen.font = `12px ${style.fontFamily}`;
    if (paths)
        paintLand(pen, colour, view, paths);
    for (const cluster of clusters)
        paintCluster(pen, colour, cluster, cluster.places.some(one => chosen.includes(one.id)));
    for (const place of ringed)
        paintRing(pen, colour, project(view, place.lon, place.lat));
    pen.font = `12px ${style.fontFamily}`;
    paintNames(pen, colour, view, clusters);
}

function paintLand(pen, colour, {lon, lat, scale, width, height}, paths) {
    const east = eastScale({lat, scale, width});
    const half = width / 2 / east;
    pen.lineWidth = 0.8;
    for (const turn of [-360, 0, 360]) {
        if (turn + 180 < lon - half || turn - 180 > lon + half)
            continue;
        const place = new DOMMatrix([east, 0, 0, scale, width / 2 + (turn - lon) * east,
            height / 2 + northing(lat) * scale]);
        const [land, coast] = [new Path2D(), new Path2D()];
        land.addPath(paths.land, place);
        coast.addPath(paths.coast, place);
        pen.fillStyle = colour("--land");
        pen.fill(land, "evenodd");
        pen.strokeStyle = colour("--coast");
        pen.stroke(coast);
    }
}

function paintCluster(pen, colour, {x, y, r, count}, chosen) {
    pen.beginPath();
    pen.arc(x, y, r, 0, 2 * Math.PI);
    pen.globalAlpha = chosen ? 0.75 : 0.4;
    pen.fillStyle = colour("--dot");
    pen.fill();
    pen.globalAlpha = 1;
    pen.lineWidth = chosen ? 2 : 1;
    pen.strokeStyle = colour("--dot");
    pen.stroke();
    const text = number(count);
    pen.font = pen.font.replace(/^[\d.]+/, "10.5");
    if (pen.measureText(text).width > 2 * r - 5)
        return;
    pen.textAlign = "center";
    pen.fillStyle = colour("--ink");
    pen.fillText(text, x, y);
    pen.textAlign = "start";
}

function paintRing(pen, colour, {x, y}) {
    for (const [name, width] of [["--halo", 7], ["--dot", 3.5]]) {
        pen.beginPath();
        pen.arc(x, y, 8, 0, 2 * Math.PI);
        pen.lineWidth = width;
        pen.strokeStyle = colour(name);
        pen.stroke();
    }
}

function apart(a, b) {
    return a[0] > b[2] || a[2] < b[0] || a[1] > b[3] || a[3] < b[1];
}

// Names beside the circles, the largest first, where they cover nothing.
function paintNames(pen, colour, view, clusters) {
    const {width: w, height: h} = view;
    const taken = [[w - 44, 0, w, 112], [w - 110, h - 40, w, h], // the buttons
        ...clusters.map(({x, y, r}) => [x - r, y - r, x + r, y + r])];
    pen.lineWidth = 3;
    pen.strokeStyle = colour("--halo");
    pen.fillStyle = colour("--ink");
    for (const {x, y, r, places} of clusters) {
        const name = clusterName(places, LONGEST_NAME);
        const {width} = pen.measureText(name);
        const box = [x + r + 4, x - r - 4 - width].map(left => [left, y - 8, left + width, y + 8])
            .find(one => one[0] > 2 && one[2] < w - 2 && taken.every(other => apart(one, other)));
        if (!box)
            continue;
        taken.push(box);
        pen.strokeText(name, box[0], y);
        pen.fillText(name, box[0], y);
    }
}
