#include "store/internal.h"

/* Which version the copy has: that of the moment at which it was made. */
static bool version_of(const char *path, int64_t *version, struct err *e)
{
    struct db *copy;
    if (!db_open(path, DB_READ, &copy, e))
        return false;
    bool fine = SQL_ONE(copy, e, version, SQL(store_state));
    db_close(copy);
    return fine;
}

bool store_backup(struct store_reader *r, const char *path, int64_t *version, struct err *e)
{
    *version = 0;
    return db_backup(r->db, path, e) && version_of(path, version, e);
}
