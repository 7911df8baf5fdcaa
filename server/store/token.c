/*
 * Tokens: "annals_" + id + "_" + secret. The id finds the row, the SHA-256 of the whole token is
 * what the row holds, and the two digests are compared in constant time.
 */
#include "base/hash.h"
#include "store/writer.h"

#define ID_BYTES 6
#define SECRET_BYTES 24
#define LONGEST_NAME 100

static const char *const scope_names[] = {
#define X(value, name) name,
    SCOPE_TABLE(X)
#undef X
};

const char *store_scope_name(enum scope s)
{
    return scope_names[s];
}

bool store_scope_from(str name, enum scope *out)
{
    for (size_t i = SCOPE_READ; i < sizeof scope_names / sizeof scope_names[0]; i++) {
        if (str_eq(name, str_from(scope_names[i]))) {
            *out = (enum scope)i;
            return true;
        }
    }
    return false;
}

static bool name_is_fit(str name)
{
    if (name.n == 0 || name.n > LONGEST_NAME)
        return false;
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] <= 0x20 || (unsigned char)name.p[i] >= 0x7F)
            return false;
    return true;
}

static bool name_is_taken(struct store_writer *w, str name, bool *taken, struct err *e)
{
    int64_t found = 0;
    if (!SQL_ONE(w->db, e, &found, SQL(token_named), DB_STR(name)))
        return false;
    *taken = found != 0;
    return true;
}

bool store_token_create(struct store_writer *w, str name, enum scope scope, struct arena *a,
                        str *secret, struct err *e)
{
    unsigned char random[ID_BYTES + SECRET_BYTES], digest[HASH_SIZE];
    char id[2 * ID_BYTES + 1], rest[2 * SECRET_BYTES + 1];
    bool taken;
    if (!name_is_fit(name))
        return err_set(e, ERR_BAD_PARAMETER,
                       "a token's name is 1 to %d visible ASCII characters without blanks",
                       LONGEST_NAME);
    if (!name_is_taken(w, name, &taken, e))
        return false;
    if (taken)
        return err_set(e, ERR_CONFLICT,
                       "there is a token named \"%.*s\" already; a name is never used twice",
                       STR_ARG(name));
    hash_random(random, sizeof random);
    hash_hex(random, ID_BYTES, id);
    hash_hex(random + ID_BYTES, SECRET_BYTES, rest);
    *secret = arena_printf(a, "annals_%s_%s", id, rest);
    hash_sha256(*secret, digest);
    return SQL_EXEC(w->db, e, SQL(token_add), DB_STR(str_from(id)), DB_STR(name), DB_INT(scope),
                    DB_BYTES(((str){(const char *)digest, sizeof digest})), DB_INT(internal_now()));
}

bool store_token_list(struct store_writer *w, struct arena *a, struct token **out, size_t *n,
                      struct err *e)
{
    struct db_rows *rows;
    size_t room = 0;
    *out = NULL;
    *n = 0;
    if (!SQL_QUERY(w->db, e, &rows, SQL(token_list)))
        return false;
    while (db_next(rows, e))
        *ARENA_PUSH(a, *out, *n, room) = (struct token){internal_text(rows, 0, a),
                                                        (enum scope)db_i64(rows, 1),
                                                        db_i64(rows, 2), db_i64(rows, 3)};
    db_done(rows);
    return e->code == ERR_NONE;
}

bool store_token_revoke(struct store_writer *w, str name, struct err *e)
{
    bool taken;
    if (!name_is_taken(w, name, &taken, e))
        return false;
    if (!taken)
        return err_set(e, ERR_NOT_FOUND, "there is no token named \"%.*s\"",
                       STR_ARG(str_sub(name, 0, LONGEST_NAME)));
    return SQL_EXEC(w->db, e, SQL(token_revoke), DB_STR(name), DB_INT(internal_now()));
}

bool store_token_check(struct store_reader *r, str presented, struct arena *a, struct token *out,
                       struct err *e)
{
    static const str mark = STR_INIT("annals_");
    unsigned char digest[HASH_SIZE];
    struct db_rows *rows;
    *out = (struct token){.scope = SCOPE_NONE};
    if (!str_starts(presented, mark))
        return true;
    hash_sha256(presented, digest);
    str id = str_sub(presented, mark.n, 2 * ID_BYTES);
    if (!SQL_QUERY(r->db, e, &rows, SQL(token_by_id), DB_STR(id)))
        return false;
    if (db_next(rows, e)) {
        str kept = db_str(rows, 2);
        bool good = kept.n == sizeof digest && hash_equal(kept.p, digest, sizeof digest) &&
                    db_i64(rows, 4) == 0;
        if (good)
            *out = (struct token){internal_text(rows, 0, a), (enum scope)db_i64(rows, 1),
                                  db_i64(rows, 3), 0};
    }
    db_done(rows);
    return e->code == ERR_NONE;
}
