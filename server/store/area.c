#include "store/area.h"

#include <math.h>

#define RADIUS_KM 6371.0088
#define RADIANS 0.017453292519943295 /* in a degree */
#define SLACK 1e-9                   /* degrees: so that rounding leaves nothing out */

double area_distance(double lat_a, double lon_a, double lat_b, double lon_b)
{
    double half_lat = sin((lat_b - lat_a) * RADIANS / 2);
    double half_lon = sin((lon_b - lon_a) * RADIANS / 2);
    double h = half_lat * half_lat +
               cos(lat_a * RADIANS) * cos(lat_b * RADIANS) * half_lon * half_lon;
    return 2 * RADIUS_KM * asin(h < 1 ? sqrt(h) : 1);
}

static bool inside(const struct query_area *area, double lat, double lon)
{
    if (area->is_circle)
        return area_distance(area->lat, area->lon, lat, lon) <= area->km;
    bool in_lon = area->west <= area->east ? lon >= area->west && lon <= area->east
                                           : lon >= area->west || lon <= area->east;
    return in_lon && lat >= area->south && lat <= area->north;
}

bool area_places(const struct at *at, const struct query_area *area, int64_t **keys, size_t *n)
{
    double reach = area->km / RADIUS_KM / RADIANS + SLACK;
    double south = area->is_circle ? area->lat - reach : area->south;
    double north = area->is_circle ? area->lat + reach : area->north;
    struct db_rows *rows;
    size_t room = 0;
    *keys = NULL;
    *n = 0;
    if (!SQL_QUERY(at->db, at->e, &rows, SQL(places_between), DB_REAL(south), DB_REAL(north),
                   DB_INT(at->version)))
        return false;
    while (db_next(rows, at->e))
        if (inside(area, db_f64(rows, 1), db_f64(rows, 2)))
            *ARENA_PUSH(at->arena, *keys, *n, room) = db_i64(rows, 0);
    db_done(rows);
    return at->e->code == ERR_NONE;
}
