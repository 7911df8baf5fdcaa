#include "api/describe_reading.h"

#include "base/check.h"
#include "model/event.h"

static void add_source(struct buf *out, str id, const struct describe_names *names)
{
    str title = names->name(names->context, FILTER_SOURCE, id);
    buf_printf(out, str_eq(title, id) ? "%.*s" : "“%.*s”", STR_ARG(title));
}

void describe_reading_policy(struct buf *out, const struct reading *r,
                             const struct describe_names *names)
{
    switch (r->policy) {
    case POLICY_PREFERRED:
        buf_add(out, STR("where the preferred account wins"));
        return;
    case POLICY_FIRST:
        buf_add(out, STR("where the account published first wins"));
        return;
    case POLICY_LAST:
        buf_add(out, STR("where the account published last wins"));
        return;
    case POLICY_SOURCE:
        buf_add(out, STR("where the account of "));
        add_source(out, r->source, names);
        buf_add(out, STR(" wins"));
        return;
    case POLICIES:
        break;
    }
    UNREACHABLE();
}

/* The end of a date that stands for one day or second is in no doubt. */
void describe_reading_known(struct buf *out, const struct reading *r)
{
    const struct edtf *date = &r->known_as_asked.value;
    bool day = date->kind == EDTF_DATE && date->precision == EDTF_DAY;
    bool second = date->kind == EDTF_DATE && date->precision == EDTF_SECOND;
    buf_add(out, day      ? STR("as known on ")
                 : second ? STR("as known at ")
                          : STR("as known by the end of "));
    edtf_display(out, r->known_as_asked.text);
}

void describe_reading(struct buf *out, const struct reading *r, const char *before,
                      const struct describe_names *names)
{
    if (r->policy != POLICY_PREFERRED) {
        buf_add(out, str_from(before));
        describe_reading_policy(out, r, names);
    }
    if (r->known) {
        buf_add(out, str_from(before));
        describe_reading_known(out, r);
    }
}

void describe_reading_write_policy(struct buf *out, const struct reading *r)
{
    static const char *const policies[] = {
#define X(value, name) name,
        POLICY_TABLE(X)
#undef X
    };
    buf_add(out, str_from(policies[r->policy]));
    if (r->policy == POLICY_SOURCE)
        buf_printf(out, ":%.*s", STR_ARG(r->source));
}

void describe_reading_json(struct jout *j, const struct reading *r)
{
    if (r->policy != POLICY_PREFERRED) {
        struct buf policy;
        buf_init(&policy, 16 + r->source.n);
        describe_reading_write_policy(&policy, r);
        jout_member_str(j, "policy", buf_str(&policy));
        buf_free(&policy);
    }
    if (r->known) {
        jout_key(j, "known_at");
        event_write_date(j, &r->known_as_asked);
    }
}
