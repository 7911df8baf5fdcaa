/* db_sqlite: what the files of this engine share. */
#ifndef ANNALS_DB_SQLITE_H
#define ANNALS_DB_SQLITE_H

#include <sqlite3.h>

#include "db/db.h"

sqlite3 *db_sqlite_handle(struct db *db);

#endif
