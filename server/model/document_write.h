/*
 * document_write: parts of a source document back as JSON. Members come in the order of the tables
 * of keys (document_shape.h); what is absent or empty is left out. Two parts that say the same give
 * the same bytes, and what is written decodes to a part of the same digest.
 */
#ifndef ANNALS_MODEL_DOCUMENT_WRITE_H
#define ANNALS_MODEL_DOCUMENT_WRITE_H

#include "base/buf.h"
#include "base/jout.h"
#include "model/record.h"

/* The kind of part that a kind of record holds; not for RECORD_SOURCE and RECORD_REMOVE. */
enum document_kind document_write_kind(enum record_kind k);

/* Part number i of a list of the document, as a struct of its kind; NULL behind the last. */
const void *document_write_at(const struct document *d, enum record_kind k, size_t i);

/* A part as one JSON object without white space. part: a struct document_source, …, as kind says.
 */
void document_write(struct jout *j, enum document_kind kind, const void *part);

/*
 * A document out of finished parts, one to a line: begin, with the source; then the parts of one
 * list after the other; end. `listed` starts as RECORD_KINDS and is kept by these calls.
 */
void document_write_begin(struct buf *out, str source);
void document_write_part(struct buf *out, enum record_kind s, str part, enum record_kind *listed);
void document_write_end(struct buf *out, enum record_kind listed);

#endif
