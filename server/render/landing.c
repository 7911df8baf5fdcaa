#include "render/landing.h"

#include "base/jout.h"
#include "model/event.h"

static void json_facts(struct jout *j, const struct landing *l)
{
    jout_member_str_or_null(j, "licence", l->licence);
    jout_key(j, "software");
    jout_object(j);
    jout_member_text(j, "name", "Annals");
    jout_member_str(j, "version", l->software_version);
    jout_object_end(j);
    jout_member_str(j, "store", l->store_id);
    jout_member_i64(j, "version", l->version);
    jout_key(j, "recorded");
    if (l->recorded > 0) {
        struct buf stamp;
        buf_init(&stamp, 64);
        event_write_instant(&stamp, l->recorded);
        jout_str(j, buf_str(&stamp));
        buf_free(&stamp);
    } else {
        jout_null(j);
    }
    jout_key(j, "counts");
    jout_object(j);
    for (size_t i = 0; i < l->count_count; i++)
        jout_member_i64(j, l->counts[i].what, l->counts[i].n);
    jout_object_end(j);
    jout_member_str_or_null(j, "first_date", l->first_date);
    jout_member_str_or_null(j, "last_date", l->last_date);
}

static void json_guide(struct jout *j, const struct landing *l)
{
    jout_key(j, "examples");
    jout_array(j);
    for (size_t i = 0; i < l->example_count; i++) {
        jout_object(j);
        jout_member_str(j, "question", l->examples[i].question);
        jout_member_str(j, "href", l->examples[i].href);
        jout_object_end(j);
    }
    jout_array_end(j);
    jout_key(j, "filters");
    jout_object(j);
    for (size_t i = 0; i < l->filter_count; i++)
        jout_member_text(j, l->filters[i].name, l->filters[i].meaning);
    jout_object_end(j);
    jout_member_str(j, "formats", l->formats);
}

void landing_write_json(struct buf *out, const struct landing *l)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_str(&j, "title", l->title);
    jout_member_str(&j, "description", l->description);
    json_facts(&j, l);
    json_guide(&j, l);
    jout_key(&j, "links");
    jout_array(&j);
    for (size_t i = 0; i < l->link_count; i++) {
        const struct landing_link *link = &l->links[i];
        jout_object(&j);
        jout_member_text(&j, "rel", link->rel);
        jout_member_text(&j, "href", link->href);
        jout_member_text(&j, "type", link->type);
        jout_member_text(&j, "title", link->title);
        jout_object_end(&j);
    }
    jout_array_end(&j);
    jout_object_end(&j);
}
