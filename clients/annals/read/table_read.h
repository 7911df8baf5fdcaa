/*
 * table_read: a table, by a mapping, into the things of an annotated source. Rows go one after the
 * other: where the builder has a sink, memory is constant whatever the size of the table.
 */
#ifndef ANNALS_CLIENT_READ_TABLE_READ_H
#define ANNALS_CLIENT_READ_TABLE_READ_H

#include "annals/read/mapping.h"
#include "annals/read/reader.h"
#include "annals/read/table.h"

/* Told of each row that is not taken, with its line and column; nothing of it is built. The problem
 * lasts for the call. False ends the reading. */
typedef bool table_dirty(void *to, const struct problem *p);

struct table_ask {
    str name;                  /* of the file, without folder and ending */
    const struct mapping *map; /* NULL: the preset that the columns fit */
    table_fill *fill;
    void *from;
    table_dirty *dirty; /* NULL: rows that are not taken are problems like others */
    void *to;           /* of dirty */
    struct arena *arena;
    struct problems *problems; /* of the mapping and the header: nothing was built */
    struct problems *notes;    /* columns that nothing is made of, rows left out … */
};

struct table_counts {
    int64_t rows;   /* of data, whatever became of them */
    int64_t events; /* rows that became an event */
    int64_t dirty;  /* rows with problems */
    int64_t other;  /* rows that the mapping leaves out */
    int64_t empty;  /* rows without a value */
    int64_t taken;  /* bytes of the file so far */
};

/*
 * Reads all of it. The source comes first, then the words that the mapping declares, then of each
 * row what it refers to, the event and its relations; an actor or place comes with the first row
 * that has it. counts is kept up to date while rows are built. False: problems, or the builder or
 * `dirty` wanted no more, or the bytes could not be read.
 */
bool table_read(const struct table_ask *ask, struct builder *out, struct table_counts *counts);

/* A reader for tables that are in memory (read/reader.h). */
bool table_read_bytes(const struct reading_ask *ask, struct builder *out);

/* Bytes that are in memory, for table_ask.fill; from is a str, which is moved on. */
bool table_fill_from_str(void *from, char *room, size_t size, size_t *n);

#endif
