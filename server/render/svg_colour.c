#include "render/svg_colour.h"

#include "base/check.h"
#include "base/hash.h"

enum { TEAL, BLUE, RED, OCHRE, ORANGE, PURPLE, GREEN, GREY };

static const struct {
    str type;
    size_t colour;
} types[] = {
    {STR_INIT("agree"), TEAL},      {STR_INIT("consult"), BLUE},    {STR_INIT("support"), GREY},
    {STR_INIT("concede"), TEAL},    {STR_INIT("cooperate"), GREEN}, {STR_INIT("aid"), GREEN},
    {STR_INIT("retreat"), GREY},    {STR_INIT("request"), OCHRE},   {STR_INIT("accuse"), ORANGE},
    {STR_INIT("reject"), ORANGE},   {STR_INIT("threaten"), PURPLE}, {STR_INIT("protest"), OCHRE},
    {STR_INIT("sanction"), PURPLE}, {STR_INIT("mobilize"), PURPLE}, {STR_INIT("coerce"), RED},
    {STR_INIT("assault"), RED},
};

size_t svg_colour(str id)
{
    if (id.n == 0)
        return TEAL;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_eq(types[i].type, id))
            return types[i].colour;
    return (size_t)(hash_table64(0, id) % SVG_COLOURS);
}
