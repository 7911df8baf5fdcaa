#include "model/document_shape.h"

#include <math.h>
#include <string.h>

#include "base/check.h"

#define REQUIRED true
#define OPTIONAL false

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* One field each; `type` is the struct and `member` where in it the value goes. */
#define STRING(key_, type, member, form_, required_)                                               \
    {                                                                                              \
        .key = key_, .kind = FIELD_STR, .form = form_, .required = required_,                      \
        .offset = offsetof(type, member)                                                           \
    }
#define WORD(key_, kind_, type, member, vocabulary_, required_)                                    \
    {                                                                                              \
        .key = key_, .kind = kind_, .form = FORM_WORD, .vocabulary = vocabulary_,                  \
        .required = required_, .offset = offsetof(type, member)                                    \
    }
#define DATE(key_, type, member)                                                                   \
    {                                                                                              \
        .key = key_, .kind = FIELD_DATE, .form = FORM_DATE, .offset = offsetof(type, member)       \
    }
#define INTEGER(key_, type, member, least_, most_, absent_, required_)                             \
    {                                                                                              \
        .key = key_, .kind = FIELD_INTEGER, .least = least_, .most = most_, .absent = absent_,     \
        .required = required_, .offset = offsetof(type, member)                                    \
    }
#define NUMBER(key_, type, member, limit, needs_)                                                  \
    {                                                                                              \
        .key = key_, .kind = FIELD_NUMBER, .least = -(limit), .most = limit, .needs = needs_,      \
        .offset = offsetof(type, member)                                                           \
    }
#define STRINGS(key_, type, member, form_)                                                         \
    {                                                                                              \
        .key = key_, .kind = FIELD_STRS, .form = form_, .offset = offsetof(type, member)           \
    }
#define IDENTIFIERS(key_, type, member)                                                            \
    {                                                                                              \
        .key = key_, .kind = FIELD_IDENTIFIERS, .form = FORM_LINE,                                 \
        .offset = offsetof(type, member)                                                           \
    }
#define LIST(key_, type, items_, n_, nested_)                                                      \
    {                                                                                              \
        .key = key_, .kind = FIELD_LIST, .nested = nested_, .offset = offsetof(type, items_),      \
        .count_offset = offsetof(type, n_)                                                         \
    }
#define LIST_OR_ONE(key_, type, items_, n_, nested_)                                               \
    {                                                                                              \
        .key = key_, .kind = FIELD_LIST, .nested = nested_, .lone = true,                          \
        .offset = offsetof(type, items_), .count_offset = offsetof(type, n_)                       \
    }
#define EVIDENCE(type) LIST("evidence", type, evidence.items, evidence.n, &evidence_shape)
#define NAMES(type) LIST("names", type, names.items, names.n, &name_shape)

#define SHAPE(variable, name_, one_, type, fields_)                                                \
    static const struct shape variable = {name_, one_, sizeof(type), fields_, COUNT(fields_)}

static const struct field evidence_fields[] = {
    INTEGER("start", struct evidence, start, 0, INT32_MAX, -1, REQUIRED),
    INTEGER("end", struct evidence, end, 1, INT32_MAX, -1, REQUIRED),
    STRING("exact", struct evidence, exact, FORM_QUOTE, OPTIONAL),
    STRING("prefix", struct evidence, prefix, FORM_CONTEXT, OPTIONAL),
    STRING("suffix", struct evidence, suffix, FORM_CONTEXT, OPTIONAL),
    STRING("digest", struct evidence, digest, FORM_DIGEST, OPTIONAL),
    STRINGS("supports", struct evidence, supports, FORM_PROPERTY),
};
SHAPE(evidence_shape, "evidence", "a piece of evidence", struct evidence, evidence_fields);

static const struct field name_fields[] = {
    STRING("name", struct name, name, FORM_LINE, REQUIRED),
    STRING("language", struct name, language, FORM_LANGUAGE, OPTIONAL),
    STRING("script", struct name, script, FORM_SCRIPT, OPTIONAL),
    STRING("used_by", struct name, used_by, FORM_ID, OPTIONAL),
    DATE("since", struct name, date),
};
SHAPE(name_shape, "name", "a name", struct name, name_fields);

static const struct field membership_fields[] = {
    STRING("actor", struct containment, in, FORM_ID, REQUIRED),
    DATE("date", struct containment, date),
};
SHAPE(membership_shape, "membership", "a membership", struct containment, membership_fields);

static const struct field whole_fields[] = {
    STRING("place", struct containment, in, FORM_ID, REQUIRED),
    DATE("date", struct containment, date),
};
SHAPE(whole_shape, "whole", "an entry of \"part_of\"", struct containment, whole_fields);

static const struct field participant_fields[] = {
    STRING("actor", struct participant, actor, FORM_ID, REQUIRED),
    STRING("role", struct participant, role, FORM_ID, OPTIONAL),
};
SHAPE(participant_shape, "participant", "a participant", struct participant, participant_fields);

static const struct field source_fields[] = {
    STRING("id", struct document_source, id, FORM_ID, REQUIRED),
    STRING("title", struct document_source, title, FORM_LINE, REQUIRED),
    STRINGS("creators", struct document_source, creators, FORM_LINE),
    STRING("publisher", struct document_source, publisher, FORM_LINE, OPTIONAL),
    DATE("published", struct document_source, published),
    STRING("url", struct document_source, url, FORM_URL, OPTIONAL),
    STRING("language", struct document_source, language, FORM_LANGUAGE, OPTIONAL),
    STRING("licence", struct document_source, licence, FORM_LINE, OPTIONAL),
    STRINGS("derives_from", struct document_source, derives_from, FORM_ID),
    INTEGER("precedence", struct document_source, precedence, -1000, 1000, 0, OPTIONAL),
    WORD("text_access", FIELD_SWITCH, struct document_source, withheld, VOCABULARY_TEXT_ACCESS,
         OPTIONAL),
    STRING("text", struct document_source, text, FORM_TEXT, OPTIONAL),
    STRING("text_sha256", struct document_source, text_sha256, FORM_DIGEST, OPTIONAL),
    INTEGER("text_length", struct document_source, text_length, 1, INT32_MAX, -1, OPTIONAL),
};
SHAPE(source_shape, "source", "a source", struct document_source, source_fields);

static const struct field actor_fields[] = {
    STRING("id", struct document_actor, id, FORM_ID, REQUIRED),
    STRING("name", struct document_actor, name, FORM_LINE, REQUIRED),
    WORD("kind", FIELD_WORD, struct document_actor, kind, VOCABULARY_ACTOR_KIND, OPTIONAL),
    IDENTIFIERS("identifiers", struct document_actor, identifiers),
    NAMES(struct document_actor),
    LIST("member_of", struct document_actor, member_of.items, member_of.n, &membership_shape),
    EVIDENCE(struct document_actor),
};
SHAPE(actor_shape, "actor", "an actor", struct document_actor, actor_fields);

static const struct field place_fields[] = {
    STRING("id", struct document_place, id, FORM_ID, REQUIRED),
    STRING("name", struct document_place, name, FORM_LINE, REQUIRED),
    NUMBER("lat", struct document_place, lat, 90, "lon"),
    NUMBER("lon", struct document_place, lon, 180, "lat"),
    IDENTIFIERS("identifiers", struct document_place, identifiers),
    NAMES(struct document_place),
    LIST_OR_ONE("part_of", struct document_place, part_of.items, part_of.n, &whole_shape),
    EVIDENCE(struct document_place),
};
SHAPE(place_shape, "place", "a place", struct document_place, place_fields);

static const struct field term_fields[] = {
    STRING("id", struct document_term, id, FORM_ID, REQUIRED),
    STRING("label", struct document_term, label, FORM_LINE, OPTIONAL),
    STRING("parent", struct document_term, parent, FORM_ID, OPTIONAL),
    STRING("description", struct document_term, description, FORM_PROSE, OPTIONAL),
};
SHAPE(term_shape, "term", "a term", struct document_term, term_fields);

static const struct field event_fields[] = {
    STRING("id", struct document_event, id, FORM_ID, REQUIRED),
    STRING("title", struct document_event, title, FORM_LINE, OPTIONAL),
    STRING("summary", struct document_event, summary, FORM_PROSE, OPTIONAL),
    DATE("date", struct document_event, date),
    STRING("type", struct document_event, type, FORM_ID, OPTIONAL),
    LIST("participants", struct document_event, participants, participant_count,
         &participant_shape),
    STRINGS("places", struct document_event, places, FORM_ID),
    STRINGS("tags", struct document_event, tags, FORM_TAG),
    IDENTIFIERS("identifiers", struct document_event, identifiers),
    EVIDENCE(struct document_event),
};
SHAPE(event_shape, "event", "an event", struct document_event, event_fields);

static const struct field relation_fields[] = {
    STRING("from", struct document_relation, from, FORM_ID, REQUIRED),
    STRING("type", struct document_relation, type, FORM_ID, REQUIRED),
    STRING("to", struct document_relation, to, FORM_ID, REQUIRED),
    EVIDENCE(struct document_relation),
};
SHAPE(relation_shape, "relation", "a relation", struct document_relation, relation_fields);

static const struct field claim_fields[] = {
    STRING("id", struct document_claim, id, FORM_ID, REQUIRED),
    STRING("speaker", struct document_claim, speaker, FORM_ID, REQUIRED),
    WORD("stance", FIELD_WORD, struct document_claim, stance, VOCABULARY_STANCE, REQUIRED),
    STRINGS("about", struct document_claim, about, FORM_ID),
    STRING("text", struct document_claim, text, FORM_PROSE, OPTIONAL),
    DATE("date", struct document_claim, date),
    EVIDENCE(struct document_claim),
};
SHAPE(claim_shape, "claim", "a claim", struct document_claim, claim_fields);

static const struct field root_fields[] = {
    {.key = "annals", .kind = FIELD_CONSTANT, .least = 1, .most = 1, .required = REQUIRED},
    {.key = "source",
     .kind = FIELD_OBJECT,
     .required = REQUIRED,
     .offset = offsetof(struct document, source),
     .nested = &source_shape},
    LIST("actors", struct document, actors, actor_count, &actor_shape),
    LIST("places", struct document, places, place_count, &place_shape),
    LIST("types", struct document, types, type_count, &term_shape),
    LIST("roles", struct document, roles, role_count, &term_shape),
    LIST("relation_types", struct document, relation_types, relation_type_count, &term_shape),
    LIST("events", struct document, events, event_count, &event_shape),
    LIST("relations", struct document, relations, relation_count, &relation_shape),
    LIST("claims", struct document, claims, claim_count, &claim_shape),
};
SHAPE(root_shape, "document", "a document", struct document, root_fields);

const struct shape *document_shape_root(void)
{
    return &root_shape;
}

const struct shape *document_shape_of(enum document_kind kind)
{
    static const struct shape *const shapes[] = {
        [DOCUMENT_SOURCE] = &source_shape, [DOCUMENT_ACTOR] = &actor_shape,
        [DOCUMENT_PLACE] = &place_shape,   [DOCUMENT_TERM] = &term_shape,
        [DOCUMENT_EVENT] = &event_shape,   [DOCUMENT_RELATION] = &relation_shape,
        [DOCUMENT_CLAIM] = &claim_shape,
    };
    return shapes[kind];
}

const struct field *document_shape_field(const struct shape *shape, str key)
{
    for (size_t i = 0; i < shape->field_count; i++)
        if (str_eq(key, str_from(shape->fields[i].key)))
            return &shape->fields[i];
    return NULL;
}

const char *document_shape_list(const struct field *field, const char *base, size_t *n)
{
    const char *items;
    memcpy(&items, base + field->offset, sizeof items);
    memcpy(n, base + field->count_offset, sizeof *n);
    return items;
}

bool document_shape_supported(const struct field *field)
{
    return strcmp(field->key, "id") != 0 && strcmp(field->key, "evidence") != 0;
}

bool document_shape_absent(const struct field *f, const char *base)
{
    const void *at = base + f->offset;
    size_t n;
    switch (f->kind) {
    case FIELD_CONSTANT:
    case FIELD_OBJECT:
        return false;
    case FIELD_STR:
    case FIELD_WORD:
        return ((const str *)at)->n == 0;
    case FIELD_SWITCH:
        return !*(const bool *)at;
    case FIELD_DATE:
        return ((const struct dated *)at)->text.n == 0;
    case FIELD_INTEGER:
        return *(const int64_t *)at == f->absent;
    case FIELD_NUMBER:
        return isnan(*(const double *)at);
    case FIELD_STRS:
        return ((const struct strs *)at)->n == 0;
    case FIELD_IDENTIFIERS:
        return ((const struct identifiers *)at)->n == 0;
    case FIELD_LIST:
        document_shape_list(f, base, &n);
        return n == 0;
    }
    UNREACHABLE();
}

const char *document_property_name(enum document_kind kind, size_t property)
{
    const struct shape *shape = document_shape_of(kind);
    ENSURE(property < shape->field_count);
    return shape->fields[property].key;
}
