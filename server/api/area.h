/* area: the values of bbox= and near=, parts of the earth. */
#ifndef ANNALS_API_AREA_H
#define ANNALS_API_AREA_H

#include <stdbool.h>

#include "base/str.h"
#include "model/query.h"

/* Half the way around the earth, kilometres: a circle of this radius holds all of it. */
#define AREA_LARGEST_KM 20016

/*
 * "minlon,minlat,maxlon,maxlat" (the order of GeoJSON, RFC 7946 section 5), degrees. A minlon
 * greater than maxlon: the box crosses 180°. False with what is wrong in words.
 */
bool area_read_box(str text, struct query_area *out, const char **wrong);

/* "lat,lon,km": a circle around a point; km is more than 0. */
bool area_read_circle(str text, struct query_area *out, const char **wrong);

#endif
