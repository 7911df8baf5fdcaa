#!/usr/bin/env python3
"""Makes coast.json, the coastlines of the explorer's map.

    coastlines.py land-50m.json [KILOBYTES] > coast.json

Reads land-50m.json of the npm package world-atlas 2.0.2: TopoJSON of Natural Earth's land 1:50m,
version 4.1.0. Natural Earth is in the public domain (naturalearthdata.com); world-atlas is ISC.
The package is read when the file is made anew, not by the build.

Rings are cut at the antimeridian, and the one around the pole goes along it. They are thinned
(Visvalingam: the point whose triangle with its neighbours is smallest goes first, areas as on the
globe) until the file fits KILOBYTES, compressed. Islands whose whole ring would go are left out.

The form: {"credit", "grid": G, "rings": [[X, Y, STEPS], …]}, in units of 1/G degree east and
north. A ring begins at X, Y and is closed; each pair of characters of STEPS is one step east and
north, as the character's code minus 80. A longer way is several steps.
"""

import gzip
import heapq
import json
import math
import sys

GRID = 32
MIDDLE, REACH = 80, 45
CREDIT = "Natural Earth 4.1.0, land 1:50m, public domain"


def arcs_of(topology):
    """The arcs in degrees: TopoJSON holds them as steps on a grid."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        yield points


def rings_of(topology):
    """Every ring of the land, lakes such as the Caspian Sea too, without the repeated end."""
    arcs = list(arcs_of(topology))
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"]
        for polygon in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
            for indices in polygon:
                ring = []
                for index in indices:
                    ring += (arcs[index] if index >= 0 else arcs[~index][::-1])[:-1]
                yield from cut(ring)


def unrolled(ring):
    """The ring without jumps at the antimeridian; closed along the pole where it goes around it."""
    points = [ring[0]]
    for x, y in ring[1:] + ring[:1]:
        before = points[-1][0]
        points.append((x - 360 * round((x - before) / 360), y))
    around = points[-1][0] - points[0][0]
    if abs(around) < 180:
        return points[:-1]
    return points + [(points[-1][0], -90.0), (points[0][0], -90.0)]


def half(ring, edge, side):
    """What of a ring lies on one side of a meridian (Sutherland and Hodgman)."""
    kept = []
    for (ax, ay), (bx, by) in zip(ring[-1:] + ring[:-1], ring):
        if (ax - edge) * (bx - edge) < 0:
            kept.append((edge, ay + (by - ay) * (edge - ax) / (bx - ax)))
        if (bx - edge) * side >= 0:
            kept.append((bx, by))
    return kept


def cut(ring):
    """The parts of a ring from -180 to 180 degrees."""
    points = unrolled(ring)
    for turn in (-360, 0, 360):
        part = half([(x + turn, y) for x, y in points], -180.0, 1)
        part = half(part, 180.0, -1) if part else part
        if len(part) > 2:
            yield part


def area(a, b, c):
    """Of a triangle in square degrees of the equator; points at the cut are never thinned."""
    if abs(b[0]) > 179.9 or b[1] < -89.9:
        return math.inf
    width = math.cos(math.radians(b[1]))
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) * width / 2


def weights(ring):
    """For each point the size of detail at which it goes."""
    n = len(ring)
    before, after = [i - 1 for i in range(n)], [(i + 1) % n for i in range(n)]
    before[0] = n - 1
    current = [area(ring[before[i]], ring[i], ring[after[i]]) for i in range(n)]
    heap = [(size, i) for i, size in enumerate(current)]
    heapq.heapify(heap)
    result, floor, left = [math.inf] * n, 0.0, n
    while heap and left > 3:
        size, i = heapq.heappop(heap)
        if size != current[i] or result[i] != math.inf or size == math.inf:
            continue
        floor = max(floor, size)
        result[i] = floor
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for k in (a, b):
            current[k] = area(ring[before[k]], ring[k], ring[after[k]])
            heapq.heappush(heap, (current[k], k))
    return result, floor


def encode(points):
    """[x, y, steps]: where a ring begins, and the way from there."""
    (x, y), text = points[0], []
    start = [x, y]
    for px, py in points[1:]:
        way = (px - x, py - y)
        count = max(1, -(-max(map(abs, way)) // REACH))
        for k in range(count):
            text += [chr(MIDDLE + d * (k + 1) // count - d * k // count) for d in way]
        x, y = px, py
    return [*start, "".join(text)]


def document(rings, detail):
    coded = []
    for ring, (sizes, whole) in rings:
        if whole <= 2 * detail and max(sizes) != math.inf:
            continue
        kept = [point for point, size in zip(ring, sizes) if size > detail]
        grid = [(round(x * GRID), round(y * GRID)) for x, y in kept]
        grid = [p for i, p in enumerate(grid) if p != grid[i - 1]]
        if len(grid) > 2 and whole > detail:
            coded.append((len(grid), encode(grid)))
    coded.sort(reverse=True)
    text = json.dumps({"credit": CREDIT, "grid": GRID, "rings": [ring for _, ring in coded]},
                      separators=(",", ":"))
    return text + "\n", sum(n for n, _ in coded)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        rings = [(ring, weights(ring)) for ring in rings_of(json.load(file))]
    limit = float(sys.argv[2] if len(sys.argv) > 2 else 22) * 1000
    low, high = 0.0, 1.0  # square degrees
    for _ in range(24):
        detail = (low + high) / 2
        text, _ = document(rings, detail)
        fits = len(gzip.compress(text.encode(), 9)) <= limit
        low, high = (low, detail) if fits else (detail, high)
    text, points = document(rings, high)
    sys.stdout.write(text)
    print(f"{points} points, detail {high:.5f} square degrees, {len(text)} bytes, "
          f"{len(gzip.compress(text.encode(), 9))} compressed", file=sys.stderr)


if __name__ == "__main__":
    main()
