/* area: which places lie in an area on the earth. */
#ifndef ANNALS_STORE_AREA_H
#define ANNALS_STORE_AREA_H

#include "store/project.h"

/* Keys of the places whose point, at a version, lies in the area or on its edge. */
bool area_places(const struct at *at, const struct query_area *area, int64_t **keys, size_t *n);

/*
 * Kilometres between two points given in degrees, along a great circle of a sphere with the mean
 * radius of the earth, 6371.0088 km (IUGG), by the haversine formula.
 */
double area_distance(double lat_a, double lon_a, double lat_b, double lon_b);

#endif
