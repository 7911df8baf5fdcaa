#include <time.h>

#include "base/check.h"
#include "model/event.h"

void event_write_instant(struct buf *out, int64_t microseconds)
{
    time_t seconds = (time_t)(microseconds / 1000000);
    struct tm utc;
    ENSURE(microseconds >= 0 && gmtime_r(&seconds, &utc) != NULL);
    char stamp[40];
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    buf_printf(out, "%s.%06dZ", stamp, (int)(microseconds % 1000000));
}

static void write_bound(struct jout *j, const char *key, int64_t seconds, enum period_side side,
                        enum edtf_precision precision)
{
    jout_key(j, key);
    if (period_unbounded(seconds)) {
        jout_null(j);
        return;
    }
    struct buf text;
    buf_init(&text, 64);
    edtf_write_bound(&text, seconds, side, precision);
    jout_str(j, buf_str(&text));
    buf_free(&text);
}

void event_write_date(struct jout *j, const struct dated *d)
{
    if (d->text.p == NULL) {
        jout_null(j);
        return;
    }
    const struct edtf *v = &d->value;
    struct buf display;
    buf_init(&display, 8192);
    edtf_display(&display, d->text);
    jout_object(j);
    jout_member_str(j, "edtf", d->text);
    jout_member_str(j, "display", buf_str(&display));
    buf_free(&display);
    jout_member_text(j, "precision", edtf_precision_name(v->precision));
    jout_member_text(j, "qualifier", edtf_qualifier_name(v->qualifier));
    write_bound(j, "earliest", v->bounds.earliest, PERIOD_START, v->precision);
    write_bound(j, "start_latest", v->bounds.start_latest, PERIOD_END, v->precision);
    write_bound(j, "end_earliest", v->bounds.end_earliest, PERIOD_START, v->precision);
    write_bound(j, "latest", v->bounds.latest, PERIOD_END, v->precision);
    jout_object_end(j);
}

static void write_participants(struct jout *j, const struct account *a)
{
    jout_key(j, "participants");
    jout_array(j);
    for (size_t i = 0; i < a->participant_count; i++) {
        const struct event_participant *p = &a->participants[i];
        jout_object(j);
        jout_member_str(j, "actor", p->actor);
        jout_member_str(j, "name", p->name);
        jout_member_str_or_null(j, "role", p->role);
        jout_object_end(j);
    }
    jout_array_end(j);
}

static void write_places(struct jout *j, const struct account *a)
{
    jout_key(j, "places");
    jout_array(j);
    for (size_t i = 0; i < a->place_count; i++) {
        const struct event_place *p = &a->places[i];
        jout_object(j);
        jout_member_str(j, "place", p->place);
        jout_member_str(j, "name", p->name);
        jout_key(j, "lat");
        p->has_point ? jout_f64(j, p->lat) : jout_null(j);
        jout_key(j, "lon");
        p->has_point ? jout_f64(j, p->lon) : jout_null(j);
        jout_object_end(j);
    }
    jout_array_end(j);
}

void event_write_properties(struct jout *j, const struct account *a)
{
    jout_member_str_or_null(j, "type", a->type);
    write_participants(j, a);
    write_places(j, a);
    jout_key(j, "tags");
    jout_array(j);
    for (size_t i = 0; i < a->tag_count; i++)
        jout_str(j, a->tags[i].tag);
    jout_array_end(j);
    jout_key(j, "identifiers");
    jout_object(j);
    for (size_t i = 0; i < a->identifiers.n; i++) {
        jout_key_str(j, a->identifiers.items[i].scheme);
        jout_str(j, a->identifiers.items[i].value);
    }
    jout_object_end(j);
}

static void write_link(struct buf *out, const char *rel, str id, bool below)
{
    buf_printf(out, "{\"rel\":\"%s\",\"href\":\"/v1/events/%.*s%s%s\"}", rel, STR_ARG(id),
               below ? "/" : "", below ? rel : "");
}

void event_write_shown(struct buf *out, const struct event *e)
{
    struct jout j;
    jout_init(&j, out);
    jout_object(&j);
    jout_member_str(&j, "id", e->id);
    /* An event that no source gives a title is shown by its id. */
    jout_member_str(&j, "title", e->merged.title.n ? e->merged.title : e->id);
    jout_member_str_or_null(&j, "summary", e->merged.summary);
    jout_key(&j, "date");
    event_write_date(&j, &e->merged.date);
    event_write_properties(&j, &e->merged);
    jout_member_i64(&j, "accounts", (int64_t)e->account_count);
    jout_key(&j, "disputed");
    jout_array(&j);
    for (unsigned bit = 0; bit < EVENT_DISPUTE_COUNT; bit++)
        if (e->disputed & (1u << bit))
            jout_text(&j, event_dispute_name((enum event_dispute_bit)bit));
    jout_array_end(&j);
}

void event_write_stamp(struct buf *out, const struct event *e)
{
    static const char *const parts[] = {"accounts", "relations", "claims", "evidence"};
    buf_printf(out, ",\"version\":%lld,\"updated\":\"", (long long)e->version);
    event_write_instant(out, e->updated);
    buf_add(out, STR("\",\"links\":["));
    write_link(out, "self", e->id, false);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        buf_add_char(out, ',');
        write_link(out, parts[i], e->id, true);
    }
    buf_add(out, STR("]}"));
}

void event_write_json(struct buf *out, const struct event *e)
{
    event_write_shown(out, e);
    event_write_stamp(out, e);
}
