-- The store: what sources say, when that was recorded, and the projection that is queried.
--
-- Keys are integers that we make, one counter for all tables, growing with time. A row that can
-- end carries the versions in which it holds, [since, until); until is 9223372036854775807 while
-- it holds. Instants are microseconds since 1970 UTC; bounds of dates are seconds of civil time
-- (model/period.h). Nothing that was ever visible is changed or deleted.

PRAGMA application_id = 0x416e6e6c; -- "Annl"

CREATE TABLE store (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    created BIGINT NOT NULL,
    version BIGINT NOT NULL,
    next_key BIGINT NOT NULL
);

CREATE TABLE migration (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied BIGINT NOT NULL
);

-- Who may write.
CREATE TABLE token (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    scope INTEGER NOT NULL,
    hash BLOB NOT NULL,
    created BIGINT NOT NULL,
    revoked BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Answers to keep for requests that may be sent again.
CREATE TABLE idempotency (
    author TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    recorded BIGINT NOT NULL,
    status INTEGER NOT NULL,
    version BIGINT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (author, idempotency_key)
) WITHOUT ROWID;
CREATE INDEX idempotency_by_time ON idempotency (recorded);

-- ---- changesets ----

CREATE TABLE changeset (
    version INTEGER PRIMARY KEY,
    recorded BIGINT NOT NULL,
    author TEXT NOT NULL,
    message TEXT NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX changeset_by_time ON changeset (recorded, version);

-- What a changeset added (1), changed (2) and removed (3). id is the thing's public name;
-- properties are the names of what changed, joined by commas.
CREATE TABLE change (
    version BIGINT NOT NULL,
    position BIGINT NOT NULL,
    action INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    properties TEXT NOT NULL,
    PRIMARY KEY (version, position)
) WITHOUT ROWID;
CREATE INDEX change_by_thing ON change (kind, id, version);

-- ---- identities: an id means the same thing for ever ----

CREATE TABLE source (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE event (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE actor (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE place (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE claim (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE relation (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE tag (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
-- vocabulary: 0 types of events, 1 roles, 2 types of relations (model/vocabulary.h)
CREATE TABLE term (
    key INTEGER PRIMARY KEY,
    vocabulary INTEGER NOT NULL,
    id TEXT NOT NULL,
    shipped INTEGER NOT NULL DEFAULT 0, -- 1: of the vocabularies that come with Annals
    UNIQUE (vocabulary, id)
);

-- ---- sources ----

-- Texts by their own digest, so that one text is kept once.
CREATE TABLE text (sha256 TEXT PRIMARY KEY, length BIGINT NOT NULL, text TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE source_state (
    key INTEGER PRIMARY KEY,
    source BIGINT NOT NULL REFERENCES source,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    title TEXT NOT NULL,
    publisher TEXT,
    published TEXT,
    published_earliest BIGINT,
    published_start_latest BIGINT,
    published_end_earliest BIGINT,
    published_latest BIGINT,
    known_from BIGINT NOT NULL, -- from when on it is certainly known; 9223372036854775807 for never
    url TEXT,
    language TEXT,
    licence TEXT,
    precedence BIGINT NOT NULL,
    withheld INTEGER NOT NULL,
    text_sha256 TEXT,
    text_length BIGINT,
    has_text INTEGER NOT NULL, -- 1: the source gave its text; a digest alone gives out no other's
    digest BLOB NOT NULL
);
CREATE INDEX source_state_by_source ON source_state (source, since);
CREATE INDEX source_state_by_known ON source_state (known_from, until, since, source);
CREATE TABLE source_creator (
    state BIGINT NOT NULL REFERENCES source_state,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (state, position)
) WITHOUT ROWID;
CREATE TABLE source_derivation (
    state BIGINT NOT NULL REFERENCES source_state,
    position INTEGER NOT NULL,
    source BIGINT NOT NULL REFERENCES source,
    PRIMARY KEY (state, position)
) WITHOUT ROWID;
CREATE INDEX source_derivation_by_source ON source_derivation (source, state);

-- A span of a source's text, in code points [start_at, end_at).
CREATE TABLE annotation (
    key INTEGER PRIMARY KEY,
    source BIGINT NOT NULL REFERENCES source,
    start_at BIGINT NOT NULL,
    end_at BIGINT NOT NULL,
    exact TEXT,
    prefix TEXT,
    suffix TEXT,
    digest TEXT
);
CREATE INDEX annotation_by_span ON annotation (source, start_at, end_at);

-- An annotation supports a property of its owner: an account, relation, claim or description.
-- An empty property supports the thing as a whole.
CREATE TABLE evidence (
    owner BIGINT NOT NULL,
    position INTEGER NOT NULL,
    property TEXT NOT NULL,
    annotation BIGINT NOT NULL REFERENCES annotation,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (owner, position, property)
) WITHOUT ROWID;
CREATE INDEX evidence_by_annotation ON evidence (annotation, since);

-- ---- descriptions: what one source says of an actor, a place, a word ----

CREATE TABLE actor_statement (
    key INTEGER PRIMARY KEY,
    source BIGINT NOT NULL REFERENCES source,
    actor BIGINT NOT NULL REFERENCES actor,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT,
    digest BLOB NOT NULL
);
CREATE INDEX actor_statement_by_actor ON actor_statement (actor, source, since);
CREATE INDEX actor_statement_by_source ON actor_statement (source, actor, since);

CREATE TABLE place_statement (
    key INTEGER PRIMARY KEY,
    source BIGINT NOT NULL REFERENCES source,
    place BIGINT NOT NULL REFERENCES place,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    name TEXT NOT NULL,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    digest BLOB NOT NULL
);
CREATE INDEX place_statement_by_place ON place_statement (place, source, since);
CREATE INDEX place_statement_by_source ON place_statement (source, place, since);

CREATE TABLE term_statement (
    key INTEGER PRIMARY KEY,
    source BIGINT NOT NULL REFERENCES source,
    term BIGINT NOT NULL REFERENCES term,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    label TEXT,
    parent BIGINT REFERENCES term,
    description TEXT,
    digest BLOB NOT NULL
);
CREATE INDEX term_statement_by_term ON term_statement (term, source, since);
CREATE INDEX term_statement_by_source ON term_statement (source, term, since);
CREATE INDEX term_statement_by_parent ON term_statement (parent, since);

-- Of actors and places alike: statement is a key of actor_statement or place_statement.
CREATE TABLE name (
    statement BIGINT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    language TEXT,
    script TEXT,
    used_by BIGINT REFERENCES actor,
    used_since TEXT,
    PRIMARY KEY (statement, position)
) WITHOUT ROWID;
CREATE TABLE identifier (
    statement BIGINT NOT NULL,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (statement, scheme)
) WITHOUT ROWID;
CREATE INDEX identifier_by_value ON identifier (scheme, value, statement);
-- member_of of an actor, part_of of a place: container is a key of the same kind.
CREATE TABLE containment (
    statement BIGINT NOT NULL,
    position INTEGER NOT NULL,
    container BIGINT NOT NULL,
    date TEXT,
    earliest BIGINT,
    start_latest BIGINT,
    end_earliest BIGINT,
    latest BIGINT,
    PRIMARY KEY (statement, position)
) WITHOUT ROWID;
CREATE INDEX containment_by_container ON containment (container, statement);

-- ---- accounts ----

CREATE TABLE account (
    key INTEGER PRIMARY KEY,
    source BIGINT NOT NULL REFERENCES source,
    event BIGINT NOT NULL REFERENCES event,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    title TEXT,
    summary TEXT,
    type BIGINT REFERENCES term,
    date TEXT,
    earliest BIGINT,
    start_latest BIGINT,
    end_earliest BIGINT,
    latest BIGINT,
    digest BLOB NOT NULL
);
CREATE INDEX account_by_event ON account (event, source, since);
CREATE INDEX account_by_source ON account (source, event, since);
CREATE INDEX account_by_type ON account (type, until);
CREATE TABLE account_participant (
    account BIGINT NOT NULL REFERENCES account,
    position INTEGER NOT NULL,
    actor BIGINT NOT NULL REFERENCES actor,
    role BIGINT REFERENCES term,
    PRIMARY KEY (account, position)
) WITHOUT ROWID;
CREATE INDEX account_participant_by_actor ON account_participant (actor, account);
CREATE INDEX account_participant_by_role ON account_participant (role, account);
CREATE TABLE account_place (
    account BIGINT NOT NULL REFERENCES account,
    position INTEGER NOT NULL,
    place BIGINT NOT NULL REFERENCES place,
    PRIMARY KEY (account, position)
) WITHOUT ROWID;
CREATE INDEX account_place_by_place ON account_place (place, account);
CREATE TABLE account_tag (
    account BIGINT NOT NULL REFERENCES account,
    position INTEGER NOT NULL,
    tag BIGINT NOT NULL REFERENCES tag,
    PRIMARY KEY (account, position)
) WITHOUT ROWID;
CREATE TABLE account_identifier (
    account BIGINT NOT NULL REFERENCES account,
    scheme TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (account, scheme)
) WITHOUT ROWID;

-- ---- relations and claims ----

CREATE TABLE relation_statement (
    key INTEGER PRIMARY KEY,
    relation BIGINT NOT NULL REFERENCES relation,
    source BIGINT NOT NULL REFERENCES source,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    from_event BIGINT NOT NULL REFERENCES event,
    type BIGINT NOT NULL REFERENCES term,
    to_event BIGINT NOT NULL REFERENCES event,
    digest BLOB NOT NULL
);
CREATE INDEX relation_statement_by_relation ON relation_statement (relation, since);
CREATE INDEX relation_statement_by_source ON relation_statement (source, relation, since);
CREATE INDEX relation_statement_by_from ON relation_statement (from_event, since);
CREATE INDEX relation_statement_by_to ON relation_statement (to_event, since);
CREATE INDEX relation_statement_by_type ON relation_statement (type, until);

CREATE TABLE claim_statement (
    key INTEGER PRIMARY KEY,
    claim BIGINT NOT NULL REFERENCES claim,
    source BIGINT NOT NULL REFERENCES source,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    speaker BIGINT NOT NULL REFERENCES actor,
    stance TEXT NOT NULL,
    text TEXT,
    date TEXT,
    earliest BIGINT,
    start_latest BIGINT,
    end_earliest BIGINT,
    latest BIGINT,
    digest BLOB NOT NULL
);
CREATE INDEX claim_statement_by_claim ON claim_statement (claim, since);
CREATE INDEX claim_statement_by_source ON claim_statement (source, claim, since);
CREATE INDEX claim_statement_by_speaker ON claim_statement (speaker, since);
CREATE INDEX claim_statement_by_stance ON claim_statement (stance, since);
CREATE TABLE claim_about (
    statement BIGINT NOT NULL REFERENCES claim_statement,
    position INTEGER NOT NULL,
    event BIGINT NOT NULL REFERENCES event,
    PRIMARY KEY (statement, position)
) WITHOUT ROWID;
CREATE INDEX claim_about_by_event ON claim_about (event, statement);

-- ---- the projection: what is queried, written in the same transaction ----

-- What the accounts of an event give at each version and in each reading (model/reading.h). A row
-- is for what is known from known_from on and before known_until (seconds of civil time; NULL for
-- no end), under every policy whose bit is not set in not_for: 1 preferred, 2 first, 4 last. Rows
-- in which a single source wins have it in only_for, and 7 in not_for; they stand only where they
-- differ from the preferred row of the same time, which has the bit 8 then; where an event has too
-- many accounts they are not kept, and that row has the bit 16. So for each version, each day of
-- knowledge and each policy exactly one row answers.
-- event is the canonical one of those that are the same (event_alias). cls is the duration class
-- (model/period.h), -1 for the undated; that is for the rows of the plain reading, and all others
-- have 16 more, so that plain questions never meet them. key orders rows by class, day and time of
-- writing (store/row_key.h). gapped: the date as written says more than the bounds (model/match.h).
-- What a walk reads stands before the long columns.
CREATE TABLE event_row (
    key INTEGER PRIMARY KEY,
    event BIGINT NOT NULL REFERENCES event,
    id TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    not_for INTEGER NOT NULL,
    only_for BIGINT REFERENCES source,
    known_from BIGINT NOT NULL,
    known_until BIGINT,
    cls INTEGER NOT NULL,
    earliest BIGINT,
    start_latest BIGINT,
    end_earliest BIGINT,
    latest BIGINT,
    gapped INTEGER NOT NULL,
    date TEXT,
    date_precision INTEGER,
    date_qualifier INTEGER,
    title TEXT NOT NULL,
    type TEXT,
    place TEXT,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    actors TEXT NOT NULL,
    sources TEXT NOT NULL,
    accounts INTEGER NOT NULL,
    disputed TEXT NOT NULL,
    version BIGINT NOT NULL, -- that made it what it shows; since can be later, when only the words
                             -- by which it is found or the reading that it is for changed
    updated BIGINT NOT NULL, -- when that was made
    digest BLOB NOT NULL,    -- of what it shows and of its words (store/variant.h)
    title_fold TEXT NOT NULL, -- by which titles are sorted (base/fold.h)
    document TEXT NOT NULL
);
CREATE INDEX event_row_by_event ON event_row (event, until, since);
CREATE INDEX event_row_by_id ON event_row (id, until, since, cls);
CREATE INDEX event_row_by_start ON event_row
    (cls, earliest, id, until, since, start_latest, end_earliest, latest, gapped, not_for, only_for,
     known_from, known_until);
CREATE INDEX event_row_by_title ON event_row (title_fold, id, until, since) WHERE cls < 15;
CREATE INDEX event_row_by_update ON event_row (updated DESC, id, until, since) WHERE cls < 15;
CREATE INDEX event_row_by_other_title ON event_row (title_fold, id, until, since) WHERE cls >= 15;
CREATE INDEX event_row_by_other_update ON event_row (updated DESC, id, until, since)
    WHERE cls >= 15;
CREATE INDEX event_row_crowded ON event_row (event) WHERE not_for >= 16;

-- The events of which sources say that they are the same as another, which is `canonical` while
-- that holds: canonical has all their rows, and they have none (store/alias.h).
CREATE TABLE event_alias (
    event BIGINT NOT NULL REFERENCES event,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    canonical BIGINT NOT NULL REFERENCES event,
    PRIMARY KEY (event, since)
) WITHOUT ROWID;
CREATE INDEX event_alias_by_canonical ON event_alias (canonical, since);
CREATE INDEX event_alias_by_end ON event_alias (until);

-- What a row is linked to. target is the key of that thing; keys of different kinds never meet.
-- role: of an actor the term or 0, of the event's own places, type, tags and sources 0; -1 for
-- what contains these places and the parents of the type; -2 for targets below 0, which stand
-- for every disputed event and each precision of a date (store/link.h). The rest repeats what a
-- walk needs of the row, so that the events of one thing come in their order from here alone;
-- earliest is 0 for the undated.
CREATE TABLE event_link (
    target BIGINT NOT NULL,
    cls INTEGER NOT NULL,
    earliest BIGINT NOT NULL,
    id TEXT NOT NULL,
    event_row BIGINT NOT NULL REFERENCES event_row,
    role BIGINT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    start_latest BIGINT,
    end_earliest BIGINT,
    latest BIGINT,
    gapped INTEGER NOT NULL,
    not_for INTEGER NOT NULL,
    only_for BIGINT,
    known_from BIGINT NOT NULL,
    known_until BIGINT,
    PRIMARY KEY (target, cls, earliest, id, event_row, role)
) WITHOUT ROWID;
CREATE UNIQUE INDEX event_link_by_row ON event_link (event_row, target, role);

-- How many events a thing is linked to from a version on, and how much there is of each kind
-- (server/store/total.h says how totals are named): a row for each version that changed one.
CREATE TABLE total (
    name BIGINT NOT NULL,
    since BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (name, since)
) WITHOUT ROWID;

-- The longest extent, latest - earliest in seconds, and the longest start, start_latest - earliest,
-- of any row ever with a cls (duration classes, and those of other readings apart): how far back a search for what reaches a day, or begins
-- behind it, has to look. 9223372036854775807 for what has no limit.
CREATE TABLE class_extent (
    cls INTEGER PRIMARY KEY,
    longest BIGINT NOT NULL,
    longest_start BIGINT NOT NULL
);

-- rowid is the key of the event_row; the text is folded before it comes here (base/fold.h). links
-- has a word for each thing that the row is linked to (store/link.h), so that words and things that
-- are asked for together are found together.
CREATE VIRTUAL TABLE event_search USING fts5 (
    title, summary, names, quotes, links,
    content = '', tokenize = "unicode61 remove_diacritics 0", prefix = '1 2 3'
);

-- The words of that index one by one, in order.
CREATE VIRTUAL TABLE event_word USING fts5vocab (event_search, instance);

-- Everything else that is listed: sources, actors, places, types, claims, relations.
CREATE TABLE item_row (
    key INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    thing BIGINT NOT NULL, -- the key of what is listed
    id TEXT NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    lat DOUBLE PRECISION, -- of a place
    lon DOUBLE PRECISION,
    document TEXT NOT NULL
);
CREATE INDEX item_row_by_point ON item_row (kind, lat, lon, since, until, thing) WHERE lat IS NOT NULL;
CREATE INDEX item_row_by_id ON item_row (kind, id, since, until);
-- Every name of actors and places as long as it holds, for type-ahead: folded (base/fold.h), from
-- its word number `position` on; name is how it is written. kind as in item_row.
CREATE TABLE item_name (
    thing BIGINT NOT NULL,
    fold TEXT NOT NULL,
    position INTEGER NOT NULL,
    since BIGINT NOT NULL,
    until BIGINT NOT NULL,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (fold, thing, position, since)
) WITHOUT ROWID;
CREATE INDEX item_name_by_thing ON item_name (thing, until);
CREATE TABLE item_link (
    item_row BIGINT NOT NULL REFERENCES item_row,
    term TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (item_row, term, value)
) WITHOUT ROWID;
CREATE INDEX item_link_by_value ON item_link (term, value, item_row);
CREATE VIRTUAL TABLE item_search USING fts5 (
    text, content = '', tokenize = "unicode61 remove_diacritics 0"
);
