#include "api/area.h"
#include "check_main.h"

#include <stdlib.h>

static const struct {
    const char *text;
    double numbers[4]; /* south, west, north, east */
} boxes[] = {
    {"44.5,38.4,50.5,41.9", {38.4, 44.5, 41.9, 50.5}},
    {" 1 , 2 , 3 , 4 ", {2, 1, 4, 3}},
    {"-180,-90,180,90", {-90, -180, 90, 180}},
    {"170,-20,-170,20", {-20, 170, 20, -170}}, /* across 180° */
    {"1,2,1,2", {2, 1, 2, 1}},                 /* a point */
    {"+1.50,2.,3,.4e1", {2, 1.5, 4, 3}},
    {"1e-7,2E0,3e+0,4", {2, 1e-7, 4, 3}},
};

START_TEST(reads_boxes)
{
    struct query_area area;
    const char *wrong = "";
    ck_assert_msg(area_read_box(str_from(boxes[_i].text), &area, &wrong), "%s", wrong);
    const double *n = boxes[_i].numbers;
    ck_assert(!area.is_circle);
    ck_assert(area.south == n[0] && area.west == n[1] && area.north == n[2] && area.east == n[3]);
}
END_TEST

static const struct {
    const char *text;
    const char *says;
} not_boxes[] = {
    {"", "four numbers"},
    {"1,2,3", "four numbers"},
    {"1,2,3,4,5", "four numbers"},
    {"1,2,3,", "four numbers"},
    {"1,2,3,4,", "four numbers"},
    {"1,2,3,nan", "four numbers"},
    {"1,2,3,inf", "four numbers"},
    {"1,2,3,-Infinity", "four numbers"},
    {"1,2,3,1e999", "four numbers"},
    {"1,2,3,0x10", "four numbers"},
    {"1,2,3,1e", "four numbers"},
    {"1,2,3,.", "four numbers"},
    {"1,2,3,--4", "four numbers"},
    {"1,2,3,4 5", "four numbers"},
    {"1;2;3;4", "four numbers"},
    {"1,2,3,99999999999999999999999999999999999999999", "four numbers"},
    {"181,2,3,4", "longitude"},
    {"1,2,-180.0001,4", "longitude"},
    {"1,-91,3,4", "latitude"},
    {"1,2,3,90.5", "latitude"},
    {"1,5,3,4", "south"},
};

START_TEST(refuses_what_is_no_box)
{
    struct query_area area;
    const char *wrong = "";
    ck_assert(!area_read_box(str_from(not_boxes[_i].text), &area, &wrong));
    str said = str_from(wrong);
    ck_assert_msg(str_search(said, str_from(not_boxes[_i].says), 0) < said.n, "%s", wrong);
}
END_TEST

static const struct {
    const char *text;
    const char *says; /* empty where it is a circle */
} circles[] = {
    {"39.76,46.75,50", ""},
    {"-90,180,20016", ""},
    {"0,0,0.001", ""},
    {"0,0,0", "distance"},
    {"0,0,-1", "distance"},
    {"0,0,20016.1", "distance"},
    {"0,0,1e-999", "distance"},
    {"91,0,1", "latitude"},
    {"0,181,1", "longitude"},
    {"0,0", "three numbers"},
    {"0,0,1,2", "three numbers"},
    {"0,0,5km", "three numbers"},
    {"nan,nan,nan", "three numbers"},
};

START_TEST(reads_circles)
{
    struct query_area area;
    const char *wrong = "";
    bool good = area_read_circle(str_from(circles[_i].text), &area, &wrong);
    str said = str_from(wrong), want = str_from(circles[_i].says);
    ck_assert_int_eq(good, want.n == 0);
    ck_assert(good ? area.is_circle : str_search(said, want, 0) < said.n);
}
END_TEST

START_TEST(keeps_the_numbers_of_a_circle)
{
    struct query_area area;
    const char *wrong;
    ck_assert(area_read_circle(STR("39.76,-46.75,50.5"), &area, &wrong));
    ck_assert(area.lat == 39.76 && area.lon == -46.75 && area.km == 50.5);
}
END_TEST

int main(void)
{
    TCase *t = tcase_create("area");
    tcase_add_loop_test(t, reads_boxes, 0, sizeof boxes / sizeof *boxes);
    tcase_add_loop_test(t, refuses_what_is_no_box, 0, sizeof not_boxes / sizeof *not_boxes);
    tcase_add_loop_test(t, reads_circles, 0, sizeof circles / sizeof *circles);
    tcase_add_test(t, keeps_the_numbers_of_a_circle);
    Suite *s = suite_create("area");
    suite_add_tcase(s, t);
    return check_main(s);
}
