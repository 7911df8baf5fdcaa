-- Every statement of the store, by name; $1 … are its parameters. What cannot be said the same way
-- to every engine stands in a file of its engine beside this one. 9223372036854775807 is the
-- version until which a row holds while it holds.

-- ---- the store itself ----

-- name: schema_tables
SELECT count(*) FROM sqlite_schema
-- name: schema_number
SELECT coalesce(max(number), 0) FROM migration
-- name: migration_add
INSERT INTO migration (number, name, applied) VALUES ($1, $2, $3)
-- name: store_found
INSERT INTO store (one, id, created, version, next_key) VALUES (1, $1, $2, 0, 1)
-- name: store_state
SELECT version, next_key, id FROM store WHERE one = 1
-- name: store_advance
UPDATE store SET version = $1, next_key = $2 WHERE one = 1
-- name: outermost_start
SELECT earliest FROM event_row
WHERE cls = $1 AND since <= $2 AND until > $2 AND earliest > $3
ORDER BY earliest LIMIT 1
-- name: outermost_ends
SELECT earliest, latest FROM event_row
WHERE cls = $1 AND since <= $2 AND until > $2 AND latest < $3
ORDER BY earliest DESC
-- name: summary
SELECT coalesce((SELECT recorded FROM changeset WHERE version = $1), 0)

-- ---- tokens and repeated requests ----

-- name: token_add
INSERT INTO token (id, name, scope, hash, created) VALUES ($1, $2, $3, $4, $5)
-- name: token_named
SELECT count(*) FROM token WHERE name = $1
-- name: token_list
SELECT name, scope, created, revoked FROM token ORDER BY created, name
-- name: token_revoke
UPDATE token SET revoked = $2 WHERE name = $1 AND revoked = 0
-- name: token_by_id
SELECT name, scope, hash, created, revoked FROM token WHERE id = $1
-- name: idempotency_find
SELECT fingerprint, status, version, answer FROM idempotency WHERE author = $1 AND idempotency_key = $2
-- name: idempotency_keep
INSERT INTO idempotency (author, idempotency_key, fingerprint, recorded, status, version, answer)
VALUES ($1, $2, $3, $4, $5, $6, $7)
-- name: idempotency_forget
DELETE FROM idempotency WHERE recorded < $1

-- ---- changesets ----

-- name: changeset_last_time
SELECT recorded FROM changeset ORDER BY version DESC LIMIT 1
-- name: changeset_add
INSERT INTO changeset (version, recorded, author, message, answer) VALUES ($1, $2, $3, $4, $5)
-- name: change_add
INSERT INTO change (version, position, action, kind, id, properties) VALUES ($1, $2, $3, $4, $5, $6)

-- What a long change has touched and not yet projected, beyond what fits into memory.
-- name: touched_make
CREATE TEMPORARY TABLE IF NOT EXISTS touched (
    kind INTEGER NOT NULL,
    key BIGINT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID
-- name: touched_forget
DELETE FROM touched
-- name: touched_add
INSERT INTO touched (kind, key) VALUES ($1, $2) ON CONFLICT (kind, key) DO NOTHING
-- name: touched_page
SELECT key FROM touched WHERE kind = $1 AND key > $2 ORDER BY key LIMIT $3
-- name: changesets
SELECT version, recorded, author, message, answer FROM changeset
WHERE version <= $1 ORDER BY version DESC LIMIT $2
-- name: changes
SELECT c.version, c.position, s.recorded, c.action, c.kind, c.id, c.properties
FROM change c JOIN changeset s ON s.version = c.version
WHERE (c.version, c.position) > ($1, $2) AND c.version <= $3
ORDER BY c.version, c.position LIMIT $4
-- name: changeset_after
SELECT version, recorded, author, message FROM changeset
WHERE version > $1 ORDER BY version LIMIT 1
-- name: version_changes
SELECT action, kind, id, properties FROM change
WHERE version = $1 ORDER BY position LIMIT $2
-- name: version_change_count
SELECT count(*) FROM change WHERE version = $1
-- name: version_recorded
SELECT recorded FROM changeset WHERE version = $1
-- name: version_at
SELECT version FROM changeset WHERE recorded <= $1 ORDER BY recorded DESC, version DESC LIMIT 1

-- ---- identities ----
-- near: ids on either side of where the word would stand, and those that begin like it

-- name: source_find
SELECT key FROM source WHERE id = $1
-- name: source_make
INSERT INTO source (key, id) VALUES ($1, $2)
-- name: source_id
SELECT id FROM source WHERE key = $1
-- name: source_near
SELECT id FROM (SELECT id FROM source WHERE id >= $1 ORDER BY id LIMIT $2)
UNION SELECT id FROM (SELECT id FROM source WHERE id < $1 ORDER BY id DESC LIMIT $2)
UNION SELECT id FROM (SELECT id FROM source WHERE id >= substr($1, 1, 1) ORDER BY id LIMIT $2)
-- name: event_find
SELECT key FROM event WHERE id = $1
-- name: event_make
INSERT INTO event (key, id) VALUES ($1, $2)
-- name: event_id
SELECT id FROM event WHERE key = $1
-- name: event_near
SELECT id FROM (SELECT id FROM event WHERE id >= $1 ORDER BY id LIMIT $2)
UNION SELECT id FROM (SELECT id FROM event WHERE id < $1 ORDER BY id DESC LIMIT $2)
UNION SELECT id FROM (SELECT id FROM event WHERE id >= substr($1, 1, 1) ORDER BY id LIMIT $2)
-- name: actor_find
SELECT key FROM actor WHERE id = $1
-- name: actor_make
INSERT INTO actor (key, id) VALUES ($1, $2)
-- name: actor_id
SELECT id FROM actor WHERE key = $1
-- name: actor_near
SELECT id FROM (SELECT id FROM actor WHERE id >= $1 ORDER BY id LIMIT $2)
UNION SELECT id FROM (SELECT id FROM actor WHERE id < $1 ORDER BY id DESC LIMIT $2)
UNION SELECT id FROM (SELECT id FROM actor WHERE id >= substr($1, 1, 1) ORDER BY id LIMIT $2)
-- name: place_find
SELECT key FROM place WHERE id = $1
-- name: place_make
INSERT INTO place (key, id) VALUES ($1, $2)
-- name: place_id
SELECT id FROM place WHERE key = $1
-- name: place_near
SELECT id FROM (SELECT id FROM place WHERE id >= $1 ORDER BY id LIMIT $2)
UNION SELECT id FROM (SELECT id FROM place WHERE id < $1 ORDER BY id DESC LIMIT $2)
UNION SELECT id FROM (SELECT id FROM place WHERE id >= substr($1, 1, 1) ORDER BY id LIMIT $2)
-- name: claim_find
SELECT key FROM claim WHERE id = $1
-- name: claim_make
INSERT INTO claim (key, id) VALUES ($1, $2)
-- name: claim_id
SELECT id FROM claim WHERE key = $1
-- name: claim_near
SELECT id FROM (SELECT id FROM claim WHERE id >= $1 ORDER BY id LIMIT $2)
UNION SELECT id FROM (SELECT id FROM claim WHERE id < $1 ORDER BY id DESC LIMIT $2)
UNION SELECT id FROM (SELECT id FROM claim WHERE id >= substr($1, 1, 1) ORDER BY id LIMIT $2)
-- name: relation_find
SELECT key FROM relation WHERE id = $1
-- name: relation_make
INSERT INTO relation (key, id) VALUES ($1, $2)
-- name: relation_id
SELECT id FROM relation WHERE key = $1
-- name: relation_near
SELECT id FROM (SELECT id FROM relation WHERE id >= $1 ORDER BY id LIMIT $2)
UNION SELECT id FROM (SELECT id FROM relation WHERE id < $1 ORDER BY id DESC LIMIT $2)
UNION SELECT id FROM (SELECT id FROM relation WHERE id >= substr($1, 1, 1) ORDER BY id LIMIT $2)
-- name: tag_find
SELECT key FROM tag WHERE id = $1
-- name: tag_make
INSERT INTO tag (key, id) VALUES ($1, $2)
-- name: tag_id
SELECT id FROM tag WHERE key = $1
-- name: tag_near
SELECT id FROM (SELECT id FROM tag WHERE id >= $1 ORDER BY id LIMIT $2)
UNION SELECT id FROM (SELECT id FROM tag WHERE id < $1 ORDER BY id DESC LIMIT $2)
UNION SELECT id FROM (SELECT id FROM tag WHERE id >= substr($1, 1, 1) ORDER BY id LIMIT $2)

-- name: term_find
SELECT key FROM term WHERE id = $1 AND vocabulary = $2
-- name: term_make
INSERT INTO term (key, id, vocabulary) VALUES ($1, $2, $3)
-- name: term_ship
INSERT INTO term (key, vocabulary, id, shipped) VALUES ($1, $2, $3, 1)
-- name: term_id
SELECT id FROM term WHERE key = $1
-- name: term_near
SELECT id FROM term WHERE vocabulary = $3 ORDER BY id LIMIT $2

-- ---- whether something is described at present, by others than one source ----

-- name: source_is_live
SELECT 1 FROM source_state WHERE source = $1 AND until = 9223372036854775807 AND source <> $2 LIMIT 1
-- name: event_is_live
SELECT 1 WHERE EXISTS (SELECT 1 FROM account
                       WHERE event = $1 AND until = 9223372036854775807 AND source <> $2)
            OR EXISTS (SELECT 1 FROM relation_statement
                       WHERE (from_event = $1 OR to_event = $1)
                         AND until = 9223372036854775807 AND source <> $2
                         AND +type = (SELECT key FROM term
                                      WHERE vocabulary = 2 AND id = 'same_as'))
-- name: actor_is_live
SELECT 1 FROM actor_statement WHERE actor = $1 AND until = 9223372036854775807 AND source <> $2 LIMIT 1
-- name: place_is_live
SELECT 1 FROM place_statement WHERE place = $1 AND until = 9223372036854775807 AND source <> $2 LIMIT 1
-- name: claim_is_live
SELECT 1 FROM claim_statement WHERE claim = $1 AND until = 9223372036854775807 AND source <> $2 LIMIT 1
-- name: relation_is_live
SELECT 1 FROM relation_statement
WHERE relation = $1 AND until = 9223372036854775807 AND source <> $2 LIMIT 1
-- name: term_is_live
SELECT 1 WHERE EXISTS (SELECT 1 FROM term WHERE key = $1 AND shipped = 1)
            OR EXISTS (SELECT 1 FROM term_statement
                       WHERE term = $1 AND until = 9223372036854775807 AND source <> $2)

-- ---- whether rows of other sources refer to something ----

-- name: actor_is_referred
SELECT 1 WHERE EXISTS (SELECT 1 FROM account_participant p JOIN account a ON a.key = p.account
                       WHERE p.actor = $1 AND a.until = 9223372036854775807 AND a.source <> $2)
            OR EXISTS (SELECT 1 FROM claim_statement
                       WHERE speaker = $1 AND until = 9223372036854775807 AND source <> $2)
            OR EXISTS (SELECT 1 FROM containment c JOIN actor_statement s ON s.key = c.statement
                       WHERE c.container = $1 AND s.until = 9223372036854775807 AND s.source <> $2)
-- name: place_is_referred
SELECT 1 WHERE EXISTS (SELECT 1 FROM account_place p JOIN account a ON a.key = p.account
                       WHERE p.place = $1 AND a.until = 9223372036854775807 AND a.source <> $2)
            OR EXISTS (SELECT 1 FROM containment c JOIN place_statement s ON s.key = c.statement
                       WHERE c.container = $1 AND s.until = 9223372036854775807 AND s.source <> $2)
-- name: term_is_referred
SELECT 1 WHERE EXISTS (SELECT 1 FROM account
                       WHERE type = $1 AND until = 9223372036854775807 AND source <> $2)
            OR EXISTS (SELECT 1 FROM account_participant p JOIN account a ON a.key = p.account
                       WHERE p.role = $1 AND a.until = 9223372036854775807 AND a.source <> $2)
            OR EXISTS (SELECT 1 FROM relation_statement
                       WHERE type = $1 AND until = 9223372036854775807 AND source <> $2)
            OR EXISTS (SELECT 1 FROM term_statement
                       WHERE parent = $1 AND until = 9223372036854775807 AND source <> $2)

-- ---- sources ----

-- name: text_add
INSERT INTO text (sha256, length, text) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
-- name: source_state_add
INSERT INTO source_state (key, source, since, until, title, publisher, published,
    published_earliest, published_start_latest, published_end_earliest, published_latest,
    known_from, url, language, licence, precedence, withheld, text_sha256, text_length, has_text,
    digest)
VALUES ($1, $2, $3, 9223372036854775807, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
    $16, $17, $18, $19, $20)
-- name: source_state_live
SELECT key, digest, precedence, known_from FROM source_state
WHERE source = $1 AND until = 9223372036854775807
-- name: source_first_recorded
SELECT c.recorded FROM source_state st JOIN changeset c ON c.version = st.since
WHERE st.source = $1 ORDER BY st.since LIMIT 1

-- Events of which a source tells, or one that derives from it, directly or through others.
-- name: derived_events
WITH RECURSIVE below (key) AS (
    SELECT $1
    UNION
    SELECT st.source FROM below b JOIN source_derivation d ON d.source = b.key
    JOIN source_state st ON st.key = d.state AND st.until = 9223372036854775807)
SELECT DISTINCT a.event FROM below b JOIN account a ON a.source = b.key
WHERE a.until = 9223372036854775807
-- name: source_state_close
UPDATE source_state SET until = $2 WHERE key = $1 AND until = 9223372036854775807
-- name: source_creator_add
INSERT INTO source_creator (state, position, name) VALUES ($1, $2, $3)
-- name: source_derivation_add
INSERT INTO source_derivation (state, position, source) VALUES ($1, $2, $3)
-- name: source_events
SELECT DISTINCT event FROM account WHERE source = $1 AND until = 9223372036854775807
-- name: source_state_text
SELECT st.withheld, t.sha256, t.length, t.text FROM source_state st
JOIN text t ON t.sha256 = st.text_sha256
WHERE st.source = $1 AND st.until = 9223372036854775807 AND st.has_text = 1
-- name: source_version
SELECT since FROM item_row
WHERE kind = 0 AND id = $1 AND until = 9223372036854775807
-- name: source_text
SELECT st.withheld, t.text FROM source s
JOIN source_state st ON st.source = s.key
LEFT JOIN text t ON t.sha256 = st.text_sha256 AND st.has_text = 1
WHERE s.id = $1 AND st.since <= $2 AND st.until > $2

-- ---- annotations and evidence ----

-- name: annotation_find
SELECT key FROM annotation
WHERE source = $1 AND start_at = $2 AND end_at = $3 AND exact IS NOT DISTINCT FROM $4
  AND prefix IS NOT DISTINCT FROM $5 AND suffix IS NOT DISTINCT FROM $6
  AND digest IS NOT DISTINCT FROM $7
-- name: annotation_add
INSERT INTO annotation (key, source, start_at, end_at, exact, prefix, suffix, digest)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
-- name: evidence_add
INSERT INTO evidence (owner, position, property, annotation, since, until)
VALUES ($1, $2, $3, $4, $5, 9223372036854775807)
-- name: evidence_close
UPDATE evidence SET until = $2 WHERE owner = $1 AND until = 9223372036854775807
-- name: owner_evidence
SELECT e.position, e.property, a.start_at, a.end_at, a.exact, a.prefix, a.suffix, a.digest
FROM evidence e JOIN annotation a ON a.key = e.annotation
WHERE e.owner = $1 ORDER BY e.position, e.property
-- name: owner_quotes
SELECT a.exact FROM evidence e JOIN annotation a ON a.key = e.annotation
WHERE e.owner = $1 AND a.exact IS NOT NULL ORDER BY e.position, e.property
-- name: source_annotations
SELECT an.key, an.start_at, an.end_at, an.exact, an.prefix, an.suffix, an.digest, o.kind, o.id,
       e.property
FROM source s
JOIN annotation an ON an.source = s.key
JOIN evidence e ON e.annotation = an.key AND e.since <= $2 AND e.until > $2
JOIN (SELECT a.key, 'events' AS kind, i.id FROM account a JOIN event i ON i.key = a.event
      UNION ALL
      SELECT r.key, 'relations', i.id FROM relation_statement r JOIN relation i ON i.key = r.relation
      UNION ALL
      SELECT c.key, 'claims', i.id FROM claim_statement c JOIN claim i ON i.key = c.claim
      UNION ALL
      SELECT a.key, 'actors', i.id FROM actor_statement a JOIN actor i ON i.key = a.actor
      UNION ALL
      SELECT p.key, 'places', i.id FROM place_statement p JOIN place i ON i.key = p.place) o
  ON o.key = e.owner
WHERE s.id = $1
ORDER BY an.start_at, an.end_at, an.key, o.kind, o.id, e.property

-- ---- descriptions ----

-- name: actor_statement_live
SELECT s.key, i.id, s.digest, s.actor FROM actor_statement s JOIN actor i ON i.key = s.actor
WHERE s.source = $1 AND s.until = 9223372036854775807
-- name: actor_statement_one
SELECT key, digest FROM actor_statement
WHERE actor = $2 AND source = $1 AND until = 9223372036854775807
-- name: actor_statement_add
INSERT INTO actor_statement (key, source, actor, since, until, name, kind, digest)
VALUES ($1, $2, $3, $4, 9223372036854775807, $5, $6, $7)
-- name: actor_statement_close
UPDATE actor_statement SET until = $2 WHERE key = $1 AND until = 9223372036854775807
-- name: place_statement_live
SELECT s.key, i.id, s.digest, s.place FROM place_statement s JOIN place i ON i.key = s.place
WHERE s.source = $1 AND s.until = 9223372036854775807
-- name: place_statement_one
SELECT key, digest FROM place_statement
WHERE place = $2 AND source = $1 AND until = 9223372036854775807
-- name: place_statement_add
INSERT INTO place_statement (key, source, place, since, until, name, lat, lon, digest)
VALUES ($1, $2, $3, $4, 9223372036854775807, $5, $6, $7, $8)
-- name: place_statement_close
UPDATE place_statement SET until = $2 WHERE key = $1 AND until = 9223372036854775807
-- name: term_statement_live
SELECT s.key, i.id, s.digest, s.term FROM term_statement s JOIN term i ON i.key = s.term
WHERE s.source = $1 AND s.until = 9223372036854775807 AND i.vocabulary = $2
-- name: term_statement_one
SELECT key, digest FROM term_statement
WHERE term = $2 AND source = $1 AND until = 9223372036854775807
-- name: term_statement_add
INSERT INTO term_statement (key, source, term, since, until, label, parent, description, digest)
VALUES ($1, $2, $3, $4, 9223372036854775807, $5, $6, $7, $8)
-- name: term_statement_close
UPDATE term_statement SET until = $2 WHERE key = $1 AND until = 9223372036854775807
-- name: name_add
INSERT INTO name (statement, position, name, language, script, used_by, used_since)
VALUES ($1, $2, $3, $4, $5, $6, $7)
-- name: identifier_add
INSERT INTO identifier (statement, scheme, value) VALUES ($1, $2, $3)
-- name: containment_add
INSERT INTO containment (statement, position, container, date, earliest, start_latest,
    end_earliest, latest)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- ---- accounts ----

-- name: account_live
SELECT a.key, i.id, a.digest, a.event FROM account a JOIN event i ON i.key = a.event
WHERE a.source = $1 AND a.until = 9223372036854775807
-- name: account_one
SELECT key, digest FROM account
WHERE event = $2 AND source = $1 AND until = 9223372036854775807
-- name: account_add
INSERT INTO account (key, source, event, since, until, title, summary, type, date, earliest,
    start_latest, end_earliest, latest, digest)
VALUES ($1, $2, $3, $4, 9223372036854775807, $5, $6, $7, $8, $9, $10, $11, $12, $13)
-- name: account_close
UPDATE account SET until = $2 WHERE key = $1 AND until = 9223372036854775807
-- name: account_participant_add
INSERT INTO account_participant (account, position, actor, role) VALUES ($1, $2, $3, $4)
-- name: account_place_add
INSERT INTO account_place (account, position, place) VALUES ($1, $2, $3)
-- name: account_tag_add
INSERT INTO account_tag (account, position, tag) VALUES ($1, $2, $3)
-- name: account_identifier_add
INSERT INTO account_identifier (account, scheme, value) VALUES ($1, $2, $3)

-- name: event_accounts
SELECT a.key, a.source, s.id, a.since, a.title, a.summary, coalesce(a.type, 0), t.id, a.date,
       a.event, CASE WHEN a.event <> $1 THEN (SELECT e.id FROM event e WHERE e.key = a.event) END,
       st.precedence, st.known_from,
       EXISTS (SELECT 1 FROM source_derivation d WHERE d.state = st.key)
FROM account a
JOIN source s ON s.key = a.source
JOIN source_state st ON st.source = a.source AND st.since <= $2 AND st.until > $2
LEFT JOIN term t ON t.key = a.type
WHERE a.event IN (SELECT $1 UNION ALL SELECT x.event FROM event_alias x
                  WHERE x.canonical = $1 AND x.since <= $2 AND x.until > $2)
  AND a.since <= $2 AND a.until > $2
ORDER BY st.precedence DESC, a.source, a.event

-- What a source derives from, the nearest $3 of them.
-- name: sources_above
WITH RECURSIVE above (key) AS (
    SELECT $1
    UNION
    SELECT d.source FROM above b
    JOIN source_state st ON st.source = b.key AND st.since <= $2 AND st.until > $2
    JOIN source_derivation d ON d.state = st.key
    LIMIT $3)
SELECT key FROM above WHERE key <> $1
-- name: account_participants
SELECT actor, coalesce(role, 0) FROM account_participant WHERE account = $1 ORDER BY position
-- name: account_places
SELECT place FROM account_place WHERE account = $1 ORDER BY position
-- name: actor_label
SELECT i.id, (SELECT d.name FROM actor_statement d
              WHERE d.actor = i.key AND d.since <= $2 AND d.until > $2 ORDER BY d.source LIMIT 1)
FROM actor i WHERE i.key = $1
-- name: place_label
SELECT i.id,
       (SELECT d.name FROM place_statement d
        WHERE d.place = i.key AND d.since <= $2 AND d.until > $2 ORDER BY d.source LIMIT 1),
       (SELECT d.lat FROM place_statement d WHERE d.place = i.key AND d.since <= $2
        AND d.until > $2 AND d.lat IS NOT NULL ORDER BY d.source LIMIT 1),
       (SELECT d.lon FROM place_statement d WHERE d.place = i.key AND d.since <= $2
        AND d.until > $2 AND d.lat IS NOT NULL ORDER BY d.source LIMIT 1)
FROM place i WHERE i.key = $1
-- name: account_tags
SELECT p.tag, i.id FROM account_tag p JOIN tag i ON i.key = p.tag
WHERE p.account = $1 ORDER BY p.position
-- name: account_identifiers
SELECT scheme, value FROM account_identifier WHERE account = $1 ORDER BY scheme

-- ---- walking up and down: all that is above a key, or keys and all that is below; circles end ----

-- name: places_above
WITH RECURSIVE above (key) AS (
    SELECT $1
    UNION
    SELECT c.container FROM above b
    JOIN place_statement s ON s.place = b.key AND s.since <= $2 AND s.until > $2
    JOIN containment c ON c.statement = s.key)
SELECT key FROM above WHERE key <> $1
-- name: places_below
WITH RECURSIVE below (key) AS (
    SELECT value FROM json_each($1)
    UNION
    SELECT s.place FROM below b
    JOIN containment c ON c.container = b.key
    JOIN place_statement s ON s.key = c.statement AND s.since <= $2 AND s.until > $2)
SELECT key FROM below
-- name: terms_above
WITH RECURSIVE above (key) AS (
    SELECT $1
    UNION
    SELECT (SELECT parent FROM term_statement
            WHERE term = b.key AND since <= $2 AND until > $2 AND parent IS NOT NULL
            ORDER BY source LIMIT 1)
    FROM above b WHERE b.key IS NOT NULL)
SELECT key FROM above WHERE key <> $1
-- name: terms_below
WITH RECURSIVE below (key) AS (
    SELECT value FROM json_each($1)
    UNION
    SELECT c.term FROM below b
    JOIN term_statement c ON c.parent = b.key AND c.since <= $2 AND c.until > $2
    WHERE NOT EXISTS (SELECT 1 FROM term_statement o
                      WHERE o.term = c.term AND o.parent IS NOT NULL
                        AND o.since <= $2 AND o.until > $2 AND o.source < c.source))
SELECT key FROM below

-- how many are below one key, itself apart, counted up to $3
-- name: places_below_count
WITH RECURSIVE below (key) AS (
    SELECT $1
    UNION
    SELECT s.place FROM below b
    JOIN containment c ON c.container = b.key
    JOIN place_statement s ON s.key = c.statement AND s.since <= $2 AND s.until > $2
    LIMIT $3)
SELECT count(*) - 1 FROM below
-- name: actors_below_count
WITH RECURSIVE below (key) AS (
    SELECT $1
    UNION
    SELECT s.actor FROM below b
    JOIN containment c ON c.container = b.key
    JOIN actor_statement s ON s.key = c.statement AND s.since <= $2 AND s.until > $2
    LIMIT $3)
SELECT count(*) - 1 FROM below
-- name: terms_below_count
WITH RECURSIVE below (key) AS (
    SELECT $1
    UNION
    SELECT c.term FROM below b
    JOIN term_statement c ON c.parent = b.key AND c.since <= $2 AND c.until > $2
    WHERE NOT EXISTS (SELECT 1 FROM term_statement o
                      WHERE o.term = c.term AND o.parent IS NOT NULL
                        AND o.since <= $2 AND o.until > $2 AND o.source < c.source)
    LIMIT $3)
SELECT count(*) - 1 FROM below

-- ---- relations and claims ----

-- name: relation_statement_live
SELECT s.key, i.id, s.digest, s.relation FROM relation_statement s
JOIN relation i ON i.key = s.relation
WHERE s.source = $1 AND s.until = 9223372036854775807
-- name: relation_statement_one
SELECT key, digest FROM relation_statement
WHERE relation = $2 AND source = $1 AND until = 9223372036854775807
-- name: relation_statement_add
INSERT INTO relation_statement (key, relation, source, since, until, from_event, type, to_event,
    digest)
VALUES ($1, $2, $3, $4, 9223372036854775807, $5, $6, $7, $8)
-- name: relation_statement_close
UPDATE relation_statement SET until = $2 WHERE key = $1 AND until = 9223372036854775807
-- name: claim_statement_live
SELECT s.key, i.id, s.digest, s.claim FROM claim_statement s JOIN claim i ON i.key = s.claim
WHERE s.source = $1 AND s.until = 9223372036854775807
-- name: claim_statement_one
SELECT key, digest FROM claim_statement
WHERE claim = $2 AND source = $1 AND until = 9223372036854775807
-- name: claim_statement_add
INSERT INTO claim_statement (key, claim, source, since, until, speaker, stance, text, date,
    earliest, start_latest, end_earliest, latest, digest)
VALUES ($1, $2, $3, $4, 9223372036854775807, $5, $6, $7, $8, $9, $10, $11, $12, $13)
-- name: claim_statement_close
UPDATE claim_statement SET until = $2 WHERE key = $1 AND until = 9223372036854775807
-- name: claim_about_add
INSERT INTO claim_about (statement, position, event) VALUES ($1, $2, $3)

-- Of an event and of those that are the same, as sources known by $3 say it; titles in the reading
-- of the policy with the bit $4, or of the source $5. Other events have their canonical id, but what
-- says that events are the same names them as stated.
-- name: event_relations
WITH member (event) AS (
    SELECT $1 UNION ALL
    SELECT event FROM event_alias WHERE canonical = $1 AND since <= $2 AND until > $2)
SELECT i.id, t.id, x.direction, CASE WHEN t.id = 'same_as' THEN n.id ELSE o.id END,
       (SELECT r.title FROM event_row r
        WHERE r.event = o.key AND r.since <= $2 AND r.until > $2 AND r.known_from <= $3
          AND (r.known_until IS NULL OR r.known_until > $3)
          AND (r.only_for = $5 OR r.not_for & $4 = 0)
        ORDER BY r.only_for IS NULL LIMIT 1),
       s.id
FROM (SELECT r.relation, r.source, r.type, r.to_event AS named, 'out' AS direction
      FROM member m JOIN relation_statement r ON r.from_event = m.event
      WHERE r.since <= $2 AND r.until > $2
      UNION ALL
      SELECT r.relation, r.source, r.type, r.from_event, 'in'
      FROM member m JOIN relation_statement r ON r.to_event = m.event
      WHERE r.since <= $2 AND r.until > $2) x
JOIN relation i ON i.key = x.relation
JOIN term t ON t.key = x.type
JOIN event n ON n.key = x.named
JOIN event o ON o.key = coalesce(
    (SELECT a.canonical FROM event_alias a
     WHERE a.event = x.named AND a.since <= $2 AND a.until > $2), x.named)
JOIN source s ON s.key = x.source
JOIN source_state st ON st.source = x.source AND st.since <= $2 AND st.until > $2
WHERE st.known_from <= $3 AND NOT (t.id = 'same_as' AND n.key = $1)
ORDER BY x.direction DESC, t.id, 4, s.id, i.id

-- What leads from an event ($1) and from those that are the same to others, and from others to
-- them, of some types ($4, $5). That events are the same makes one of them and leads nowhere.
-- name: graph_relations
WITH member (event) AS (
    SELECT $1 UNION ALL
    SELECT event FROM event_alias WHERE canonical = $1 AND since <= $2 AND until > $2)
SELECT x.outwards, o.key, o.id, x.type, x.source, x.relation
FROM (SELECT r.relation, r.source, r.type, r.to_event AS named, 1 AS outwards
      FROM member m JOIN relation_statement r ON r.from_event = m.event
      WHERE r.since <= $2 AND r.until > $2
      UNION ALL
      SELECT r.relation, r.source, r.type, r.from_event, 0
      FROM member m JOIN relation_statement r ON r.to_event = m.event
      WHERE r.since <= $2 AND r.until > $2) x
CROSS JOIN event o ON o.key = coalesce(
    (SELECT a.canonical FROM event_alias a
     WHERE a.event = x.named AND a.since <= $2 AND a.until > $2), x.named)
WHERE x.type <> (SELECT key FROM term WHERE vocabulary = 2 AND id = 'same_as')
  AND ($4 IS NULL OR x.type IN (SELECT value FROM json_each($4)))
  AND ($5 IS NULL OR x.type NOT IN (SELECT value FROM json_each($5)))
  AND ($3 = 9223372036854775807
       OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = x.source
                  AND k.since <= $2 AND k.until > $2 AND k.known_from <= $3))
LIMIT $6
-- name: event_claims
WITH member (event) AS (
    SELECT $1 UNION ALL
    SELECT event FROM event_alias WHERE canonical = $1 AND since <= $2 AND until > $2)
SELECT DISTINCT r.document, r.id FROM member m
CROSS JOIN claim_about a ON a.event = m.event
CROSS JOIN claim_statement c ON c.key = a.statement
CROSS JOIN claim i ON i.key = c.claim
CROSS JOIN source_state st ON st.source = c.source AND st.since <= $2 AND st.until > $2
CROSS JOIN item_row r ON r.kind = 4 AND r.id = i.id AND r.since <= $2 AND r.until > $2
WHERE c.since <= $2 AND c.until > $2 AND st.known_from <= $3
ORDER BY r.id

-- ---- the history of one event: over (its key, the newest version asked about) ----

-- Versions that changed what the event shows, or an account, relation or claim of it or of those
-- that were the same as it at that time; the newest first.

-- name: event_versions
WITH member (event, since, until) AS (
    SELECT $1, 0, 9223372036854775807
    UNION ALL SELECT event, since, until FROM event_alias WHERE canonical = $1)
SELECT version FROM (
    SELECT c.version FROM event e JOIN change c ON c.kind = 'events' AND c.id = e.id
    WHERE e.key = $1
    UNION SELECT a.since FROM member m JOIN account a ON a.event = m.event
    WHERE a.since >= m.since AND a.since <= m.until
    UNION SELECT a.until FROM member m JOIN account a ON a.event = m.event
    WHERE a.until >= m.since AND a.until <= m.until
    UNION SELECT x.since FROM member m JOIN relation_statement x ON x.from_event = m.event
    WHERE x.since >= m.since AND x.since <= m.until
    UNION SELECT x.until FROM member m JOIN relation_statement x ON x.from_event = m.event
    WHERE x.until >= m.since AND x.until <= m.until
    UNION SELECT x.since FROM member m JOIN relation_statement x ON x.to_event = m.event
    WHERE x.since >= m.since AND x.since <= m.until
    UNION SELECT x.until FROM member m JOIN relation_statement x ON x.to_event = m.event
    WHERE x.until >= m.since AND x.until <= m.until
    UNION SELECT x.since FROM member m JOIN claim_about b ON b.event = m.event
    JOIN claim_statement x ON x.key = b.statement WHERE x.since >= m.since AND x.since <= m.until
    UNION SELECT x.until FROM member m JOIN claim_about b ON b.event = m.event
    JOIN claim_statement x ON x.key = b.statement WHERE x.until >= m.since AND x.until <= m.until
    UNION SELECT since FROM event_alias WHERE canonical = $1 OR event = $1
    UNION SELECT until FROM event_alias WHERE canonical = $1 OR event = $1)
WHERE version <= $2 ORDER BY version DESC LIMIT $3

-- What happened to the event itself in one version, as changesets say it.

-- name: event_change
SELECT c.action FROM event e JOIN change c ON c.kind = 'events' AND c.id = e.id
WHERE e.key = $1 AND c.version = $2

-- Ids that became the same as the event in a version (1) or are so no more (0); and, with 2 and 3,
-- what the event itself became the same as, or is the same as no more.

-- name: event_joined
SELECT CASE WHEN a.since = $2 THEN 1 ELSE 0 END, e.id FROM event_alias a JOIN event e ON e.key = a.event
WHERE a.canonical = $1 AND (a.since = $2 OR a.until = $2)
UNION ALL
SELECT CASE WHEN a.since = $2 THEN 2 ELSE 3 END, e.id FROM event_alias a JOIN event e ON e.key = a.canonical
WHERE a.event = $1 AND (a.since = $2 OR a.until = $2)
ORDER BY 1, 2

-- What happened in a version to the accounts (0), relations (1) and claims (2) of the event and of
-- those that are the same: the source, the thing and the event that it is of, how often it ended
-- and began, and the names of what changed.

-- name: event_version_parts
WITH member (event) AS (
    SELECT $1
    UNION SELECT event FROM event_alias WHERE canonical = $1 AND since <= $2 AND until >= $2),
part (what, source, thing, event, type, ended, begun, direction) AS (
    SELECT 0, a.source, e.id, e.id, NULL, sum(a.until = $2), sum(a.since = $2), NULL
    FROM member m JOIN account a ON a.event = m.event AND (a.since = $2 OR a.until = $2)
    JOIN event e ON e.key = a.event GROUP BY a.source, e.id
    UNION ALL
    SELECT 1, x.source, i.id, max(e.id), max(x.type), max(x.until = $2), max(x.since = $2), 'out'
    FROM member m
    JOIN relation_statement x ON x.from_event = m.event AND (x.since = $2 OR x.until = $2)
    JOIN relation i ON i.key = x.relation JOIN event e ON e.key = x.to_event GROUP BY x.source, i.id
    UNION ALL
    SELECT 1, x.source, i.id, max(e.id), max(x.type), max(x.until = $2), max(x.since = $2), 'in'
    FROM member m
    JOIN relation_statement x ON x.to_event = m.event AND (x.since = $2 OR x.until = $2)
    JOIN relation i ON i.key = x.relation JOIN event e ON e.key = x.from_event
    WHERE x.from_event NOT IN (SELECT event FROM member) GROUP BY x.source, i.id
    UNION ALL
    SELECT 2, x.source, i.id, NULL, NULL, max(x.until = $2), max(x.since = $2), NULL
    FROM member m JOIN claim_about b ON b.event = m.event
    JOIN claim_statement x ON x.key = b.statement AND (x.since = $2 OR x.until = $2)
    JOIN claim i ON i.key = x.claim GROUP BY x.source, i.id)
SELECT p.what, s.id, p.thing, p.event, p.ended, p.begun, coalesce(
    (SELECT c.properties FROM change c WHERE c.version = $2
     AND c.kind = CASE p.what WHEN 0 THEN 'accounts' WHEN 1 THEN 'relations' ELSE 'claims' END
     AND c.id = CASE p.what WHEN 0 THEN s.id || '/' || p.thing ELSE p.thing END
     AND c.action = 2 LIMIT 1), ''),
    (SELECT t.id FROM term t WHERE t.key = p.type), p.direction
FROM part p JOIN source s ON s.key = p.source
ORDER BY p.what, s.id, p.thing LIMIT $3

-- name: changeset_by_version
SELECT recorded, author, message FROM changeset WHERE version = $1

-- ---- what sources contradict each other on ----

-- name: event_disputed
SELECT disputed FROM event_row WHERE key = $1

-- ---- things as they are listed: one row each, over (key, version) ----

-- name: source_view
SELECT s.id, st.title, st.publisher, st.published, st.url, st.language, st.licence, st.precedence,
       st.withheld, st.text_sha256, st.text_length,
       (SELECT count(*) FROM account x WHERE x.source = $1 AND x.since <= $2 AND x.until > $2),
       (SELECT count(*) FROM relation_statement x
        WHERE x.source = $1 AND x.since <= $2 AND x.until > $2),
       (SELECT count(*) FROM claim_statement x
        WHERE x.source = $1 AND x.since <= $2 AND x.until > $2)
FROM source s JOIN source_state st ON st.source = s.key
WHERE s.key = $1 AND st.since <= $2 AND st.until > $2
-- name: source_has_text
SELECT 1 FROM source_state
WHERE source = $1 AND has_text = 1 AND withheld = 0 AND since <= $2 AND until > $2
-- name: source_creators
SELECT c.name FROM source_state st JOIN source_creator c ON c.state = st.key
WHERE st.source = $1 AND st.since <= $2 AND st.until > $2 ORDER BY c.position
-- name: source_derivations
SELECT s.id FROM source_state st JOIN source_derivation d ON d.state = st.key
JOIN source s ON s.key = d.source
WHERE st.source = $1 AND st.since <= $2 AND st.until > $2 ORDER BY d.position
-- name: actor_view
SELECT i.id, d.name,
       (SELECT k.kind FROM actor_statement k WHERE k.actor = $1 AND k.since <= $2 AND k.until > $2
        AND k.kind IS NOT NULL ORDER BY k.source LIMIT 1)
FROM actor i JOIN actor_statement d ON d.actor = i.key
WHERE i.key = $1 AND d.since <= $2 AND d.until > $2 ORDER BY d.source LIMIT 1
-- name: actor_identifiers
SELECT x.scheme, x.value FROM actor_statement d JOIN identifier x ON x.statement = d.key
WHERE d.actor = $1 AND d.since <= $2 AND d.until > $2 ORDER BY x.scheme, d.source
-- name: actor_name_list
SELECT x.name, x.language, x.script, u.id, x.used_since
FROM actor_statement d JOIN name x ON x.statement = d.key LEFT JOIN actor u ON u.key = x.used_by
WHERE d.actor = $1 AND d.since <= $2 AND d.until > $2
UNION
SELECT d.name, NULL, NULL, NULL, NULL FROM actor_statement d
WHERE d.actor = $1 AND d.since <= $2 AND d.until > $2
  AND d.name <> (SELECT f.name FROM actor_statement f
                 WHERE f.actor = $1 AND f.since <= $2 AND f.until > $2 ORDER BY f.source LIMIT 1)
ORDER BY 1, 2, 3, 4, 5
-- name: actor_names
SELECT i.id FROM actor i WHERE i.key = $1
UNION
SELECT d.name FROM actor_statement d WHERE d.actor = $1 AND d.since <= $2 AND d.until > $2
UNION
SELECT x.name FROM actor_statement d JOIN name x ON x.statement = d.key
WHERE d.actor = $1 AND d.since <= $2 AND d.until > $2
ORDER BY 1
-- name: actor_memberships
SELECT DISTINCT i.id, c.date FROM actor_statement d JOIN containment c ON c.statement = d.key
JOIN actor i ON i.key = c.container
WHERE d.actor = $1 AND d.since <= $2 AND d.until > $2 ORDER BY i.id, c.date
-- name: actor_sources
SELECT s.id FROM actor_statement d JOIN source s ON s.key = d.source
WHERE d.actor = $1 AND d.since <= $2 AND d.until > $2 ORDER BY d.source
-- name: place_view
SELECT i.id, d.name,
       (SELECT k.lat FROM place_statement k WHERE k.place = $1 AND k.since <= $2 AND k.until > $2
        AND k.lat IS NOT NULL ORDER BY k.source LIMIT 1),
       (SELECT k.lon FROM place_statement k WHERE k.place = $1 AND k.since <= $2 AND k.until > $2
        AND k.lat IS NOT NULL ORDER BY k.source LIMIT 1)
FROM place i JOIN place_statement d ON d.place = i.key
WHERE i.key = $1 AND d.since <= $2 AND d.until > $2 ORDER BY d.source LIMIT 1
-- name: place_identifiers
SELECT x.scheme, x.value FROM place_statement d JOIN identifier x ON x.statement = d.key
WHERE d.place = $1 AND d.since <= $2 AND d.until > $2 ORDER BY x.scheme, d.source
-- name: place_name_list
SELECT x.name, x.language, x.script, u.id, x.used_since
FROM place_statement d JOIN name x ON x.statement = d.key LEFT JOIN actor u ON u.key = x.used_by
WHERE d.place = $1 AND d.since <= $2 AND d.until > $2
UNION
SELECT d.name, NULL, NULL, NULL, NULL FROM place_statement d
WHERE d.place = $1 AND d.since <= $2 AND d.until > $2
  AND d.name <> (SELECT f.name FROM place_statement f
                 WHERE f.place = $1 AND f.since <= $2 AND f.until > $2 ORDER BY f.source LIMIT 1)
ORDER BY 1, 2, 3, 4, 5
-- name: place_names
SELECT i.id FROM place i WHERE i.key = $1
UNION
SELECT d.name FROM place_statement d WHERE d.place = $1 AND d.since <= $2 AND d.until > $2
UNION
SELECT x.name FROM place_statement d JOIN name x ON x.statement = d.key
WHERE d.place = $1 AND d.since <= $2 AND d.until > $2
ORDER BY 1
-- name: place_containments
SELECT DISTINCT i.id, c.date FROM place_statement d JOIN containment c ON c.statement = d.key
JOIN place i ON i.key = c.container
WHERE d.place = $1 AND d.since <= $2 AND d.until > $2 ORDER BY i.id, c.date
-- name: place_sources
SELECT s.id FROM place_statement d JOIN source s ON s.key = d.source
WHERE d.place = $1 AND d.since <= $2 AND d.until > $2 ORDER BY d.source
-- name: type_view
SELECT t.id, t.shipped, d.label,
       (SELECT p.id FROM term_statement x JOIN term p ON p.key = x.parent
        WHERE x.term = $1 AND x.since <= $2 AND x.until > $2 ORDER BY x.source LIMIT 1),
       d.description
FROM term t
LEFT JOIN term_statement d ON d.term = t.key AND d.since <= $2 AND d.until > $2
WHERE t.key = $1 AND (t.shipped = 1 OR d.key IS NOT NULL) ORDER BY d.source LIMIT 1
-- name: claim_view
SELECT i.id, c.key, a.id, c.stance, c.text, c.date, s.id
FROM claim i JOIN claim_statement c ON c.claim = i.key
JOIN actor a ON a.key = c.speaker JOIN source s ON s.key = c.source
WHERE i.key = $1 AND c.since <= $2 AND c.until > $2
-- name: claim_statement_key
SELECT key FROM claim_statement WHERE claim = $1 AND since <= $2 AND until > $2
-- name: claim_events
SELECT e.id FROM claim_statement c JOIN claim_about x ON x.statement = c.key
JOIN event e ON e.key = coalesce(
    (SELECT a.canonical FROM event_alias a
     WHERE a.event = x.event AND a.since <= $2 AND a.until > $2), x.event)
WHERE c.claim = $1 AND c.since <= $2 AND c.until > $2
GROUP BY e.id ORDER BY min(x.position)
-- name: relation_view
SELECT i.id, r.key, f.id, t.id, o.id, s.id,
       (SELECT e.id FROM event_alias a JOIN event e ON e.key = a.canonical
        WHERE a.event = f.key AND a.since <= $2 AND a.until > $2),
       (SELECT e.id FROM event_alias a JOIN event e ON e.key = a.canonical
        WHERE a.event = o.key AND a.since <= $2 AND a.until > $2)
FROM relation i JOIN relation_statement r ON r.relation = i.key
JOIN event f ON f.key = r.from_event JOIN term t ON t.key = r.type
JOIN event o ON o.key = r.to_event JOIN source s ON s.key = r.source
WHERE i.key = $1 AND r.since <= $2 AND r.until > $2
-- name: relation_statement_key
SELECT key FROM relation_statement WHERE relation = $1 AND since <= $2 AND until > $2

-- ---- the projection, written ----

-- name: shipped_types
SELECT key FROM term WHERE shipped = 1 AND vocabulary = 0 ORDER BY key
-- name: actor_events
SELECT DISTINCT a.event FROM account_participant p JOIN account a ON a.key = p.account
WHERE p.actor = $1 AND a.until = 9223372036854775807
-- name: place_events
SELECT DISTINCT a.event FROM account_place p JOIN account a ON a.key = p.account
WHERE p.place = $1 AND a.until = 9223372036854775807
-- name: type_events
SELECT DISTINCT event FROM account WHERE type = $1 AND until = 9223372036854775807

-- Events of which sources say that they are the same: all of the group of $1, and whether such a
-- relation leads on from each. The plus keeps the engine from looking at all such relations.
-- name: alias_group
WITH RECURSIVE same (event) AS (
    SELECT $1
    UNION
    SELECT CASE WHEN r.from_event = s.event THEN r.to_event ELSE r.from_event END
    FROM same s JOIN relation_statement r ON r.from_event = s.event OR r.to_event = s.event
    WHERE +r.type = (SELECT key FROM term WHERE vocabulary = 2 AND id = 'same_as')
      AND r.since <= $2 AND r.until > $2
    LIMIT $3)
SELECT s.event, EXISTS (
    SELECT 1 FROM relation_statement r
    WHERE r.from_event = s.event AND r.to_event <> s.event AND r.since <= $2 AND r.until > $2
      AND +r.type = (SELECT key FROM term WHERE vocabulary = 2 AND id = 'same_as'))
FROM same s
-- name: alias_ends
SELECT from_event, to_event FROM relation_statement
WHERE relation = $1 AND +type = (SELECT key FROM term WHERE vocabulary = 2 AND id = 'same_as')
LIMIT 1
-- name: alias_any
SELECT 1 FROM event_alias WHERE until = 9223372036854775807 LIMIT 1
-- name: alias_add
INSERT INTO event_alias (event, since, until, canonical) VALUES ($1, $2, 9223372036854775807, $3)
-- name: alias_close
UPDATE event_alias SET until = $2 WHERE event = $1 AND until = 9223372036854775807
-- name: event_relation_keys
SELECT DISTINCT relation FROM relation_statement
WHERE (from_event = $1 OR to_event = $1) AND until = 9223372036854775807
-- name: event_claim_keys
SELECT DISTINCT c.claim FROM claim_about a JOIN claim_statement c ON c.key = a.statement
WHERE a.event = $1 AND c.until = 9223372036854775807
-- name: event_row_live
SELECT key, cls < 15, version, updated, digest, not_for, only_for, known_from, known_until,
       CASE WHEN cls < 15 THEN document END, CASE WHEN cls < 15 THEN sources END
FROM event_row WHERE event = $1 AND until = 9223372036854775807
-- name: event_row_close
UPDATE event_row SET until = $2 WHERE key = $1
-- name: event_row_add
INSERT INTO event_row (key, event, id, since, until, not_for, only_for, known_from, known_until,
    cls, earliest, start_latest, end_earliest, latest, gapped, date, date_precision,
    date_qualifier, title, type, place, lat, lon, actors, sources, accounts, disputed, version,
    updated, digest, title_fold, document)
VALUES ($1, $2, $3, $4, 9223372036854775807, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
    $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)
-- name: event_link_add
INSERT INTO event_link (target, cls, earliest, id, event_row, role, since, until, start_latest,
    end_earliest, latest, gapped, not_for, only_for, known_from, known_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, 9223372036854775807, $8, $9, $10, $11, $12, $13, $14, $15)
-- name: event_link_close
UPDATE event_link SET until = $2 WHERE event_row = $1
-- name: total_add
INSERT INTO total (name, since, n) VALUES ($1, $2, $3 + coalesce(
    (SELECT n FROM total WHERE name = $1 ORDER BY since DESC LIMIT 1), 0))
ON CONFLICT (name, since) DO UPDATE SET n = excluded.n
-- name: class_extent_set
INSERT INTO class_extent (cls, longest, longest_start) VALUES ($1, $2, $3)
ON CONFLICT (cls) DO UPDATE SET longest = max(longest, excluded.longest),
    longest_start = max(longest_start, excluded.longest_start)
-- name: class_extents
SELECT cls, longest, longest_start FROM class_extent
-- name: event_search_add
INSERT INTO event_search (rowid, title, summary, names, quotes, links)
VALUES ($1, $2, $3, $4, $5, $6)
-- name: item_row_live
SELECT key, document FROM item_row
WHERE kind = $1 AND id = $2 AND until = 9223372036854775807
-- name: item_row_close
UPDATE item_row SET until = $2 WHERE key = $1
-- name: item_row_add
INSERT INTO item_row (key, kind, thing, id, since, until, lat, lon, document)
VALUES ($1, $2, $3, $4, $5, 9223372036854775807, $6, $7, $8)
-- name: item_link_add
INSERT INTO item_link (item_row, term, value) VALUES ($1, $2, $3)
-- name: item_search_add
INSERT INTO item_search (rowid, text) VALUES ($1, $2)

-- ---- questions about events: pieces that are put together ----

-- name: event_by_id
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.title, r.type, r.date,
    r.date_precision, r.date_qualifier, r.place, r.lat, r.lon, r.actors, r.sources, r.version,
    r.updated, r.document FROM event_row r
WHERE r.id = $1 AND r.since <= $2 AND r.until > $2 AND r.cls < 15
-- name: event_read_by_id
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.title, r.type, r.date,
    r.date_precision, r.date_qualifier, r.place, r.lat, r.lon, r.actors, r.sources, r.version,
    r.updated, r.document FROM event_row r
WHERE r.id = $1 AND r.since <= $2 AND r.until > $2
-- name: event_crowded
SELECT r.id FROM event_row r
WHERE r.not_for >= 16 AND ($4 = '' OR r.id = $4) AND r.since <= $2 AND r.until > $2
  AND r.known_from <= $3 AND (r.known_until IS NULL OR r.known_until > $3)
  AND EXISTS (SELECT 1 FROM event_link l WHERE l.event_row = r.key AND l.target = $1)
ORDER BY r.id LIMIT 1
-- name: event_known_from
SELECT known_from FROM event_row WHERE id = $1 AND since <= $2 AND until > $2
ORDER BY known_from LIMIT 1
-- name: event_alias_of
SELECT a.canonical, e.id FROM event_alias a JOIN event e ON e.key = a.canonical
WHERE a.event = $1 AND a.since <= $2 AND a.until > $2
-- name: event_aliases
SELECT event FROM event_alias WHERE canonical = $1 AND since <= $2 AND until > $2
-- name: event_gone
SELECT until FROM event_row WHERE event = $1 AND until <= $2 AND cls < 15
ORDER BY until DESC LIMIT 1
-- name: event_by_key
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.title, r.type, r.date,
    r.date_precision, r.date_qualifier, r.place, r.lat, r.lon, r.actors, r.sources, r.version,
    r.updated, r.document FROM event_row r WHERE r.key = $1
-- name: event_date
SELECT date FROM event_row WHERE key = $1
-- name: event_participations
SELECT target FROM event_link WHERE event_row = $1 AND role >= 0
  AND ($2 IS NULL OR role IN (SELECT value FROM json_each($2)))
  AND ($3 IS NULL OR role NOT IN (SELECT value FROM json_each($3)))

-- What a walk that is only counted is put into. An event that a thing is linked to in several roles
-- comes several times.

-- name: count_rows
SELECT count(*) FROM (
-- name: count_keys
SELECT count(DISTINCT key) FROM (
-- name: count_end
)

-- What drives a walk: rows are called r and have key, id, since, until, cls, the bounds and gapped.
-- Each reads nothing but an index, full text apart.

-- name: walk_time
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.gapped
FROM event_row r WHERE r.cls = $1
-- name: walk_link
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.gapped
FROM (SELECT event_row AS key, target, role, cls, earliest, id, since, until, start_latest,
             end_earliest, latest, gapped, not_for, only_for, known_from, known_until
      FROM event_link) r
WHERE r.target = $2 AND r.cls = $1
-- name: walk_targets
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.gapped
FROM (SELECT event_row AS key, target, role, cls, earliest, id, since, until, start_latest,
             end_earliest, latest, gapped, not_for, only_for, known_from, known_until
      FROM event_link) r
WHERE r.target IN (SELECT value FROM json_each($1))
-- name: walk_ids
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.gapped
FROM event_row r WHERE r.id IN (SELECT value FROM json_each($1))
-- name: walk_search
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.gapped
FROM event_search CROSS JOIN event_row r ON r.key = event_search.rowid
WHERE event_search MATCH $1 AND event_search.rowid >= $2 AND event_search.rowid <= $3
-- name: walk_words
SELECT rowid FROM event_search
WHERE event_search MATCH $1 AND event_search.rowid >= $2 AND event_search.rowid <= $3
-- name: walk_keys
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.gapped
FROM event_row r WHERE r.key IN (SELECT value FROM json_each($1))
-- name: walk_gapped
AND r.gapped = 1
-- name: walk_not_gapped
AND r.gapped = 0
-- name: walk_own
AND r.role = 0
-- name: walk_role
AND r.role IN (SELECT value FROM json_each($1))
-- name: walk_not_role
AND r.role NOT IN (SELECT value FROM json_each($1))
-- name: walk_links_dated
AND r.cls >= 0 AND r.cls < 15
-- name: walk_links_undated
AND r.cls = -1

-- In the other readings, and where no index by cls is to be taken:

-- name: walk_dated
AND r.cls < 15 AND +r.cls >= 0
-- name: walk_undated
AND r.cls < 15 AND +r.cls = -1
-- name: walk_any_dated
AND r.cls & 15 <> 15
-- name: walk_any_undated
AND r.cls & 15 = 15
-- name: walk_up
ORDER BY r.earliest, r.id
-- name: walk_down
ORDER BY r.earliest DESC, r.id DESC
-- name: walk_key_up
ORDER BY event_search.rowid
-- name: walk_key_down
ORDER BY event_search.rowid DESC

-- Counts of how many there are, up to $2, by which what drives is chosen; of the rows of a cls below
-- $3 or of keys up to $3.

-- name: probe_targets
SELECT count(*) FROM (SELECT 1 FROM event_link
                      WHERE target IN (SELECT value FROM json_each($1)) AND cls < $3 LIMIT $2)
-- name: probe_search
SELECT count(*) FROM (SELECT 1 FROM event_search
                      WHERE event_search MATCH $1 AND event_search.rowid <= $3 LIMIT $2)

-- Conditions on a row r: on its key, id and versions … A row has a handful of links and a question
-- up to thousands of targets: the plus keeps the engine from looking for each of these.

-- name: events_at
AND r.since <= $1 AND r.until > $1

-- The reading: what is known at $1 or, at the greatest number, whatever is known; under a policy
-- by its bit in not_for; under that of one source.

-- name: events_known
AND r.known_from <= $1 AND (r.known_until IS NULL OR r.known_until > $1)
-- name: events_read
AND r.not_for & $1 = 0
-- name: events_read_of
AND (r.only_for = $1
     OR (r.not_for & 1 = 0
         AND (r.not_for & 8 = 0
              OR NOT EXISTS (SELECT 1 FROM event_row o
                             WHERE o.id = r.id AND o.cls >= 15 AND o.only_for = $1
                               AND o.since <= $2 AND o.until > $2 AND o.known_from <= $3
                               AND (o.known_until IS NULL OR o.known_until > $3)))))
-- name: events_linked_to
AND EXISTS (SELECT 1 FROM event_link l WHERE l.event_row = r.key AND l.target = $1)
-- name: events_linked
AND EXISTS (SELECT 1 FROM event_link l WHERE l.event_row = r.key
            AND +l.target IN (SELECT value FROM json_each($1)))
-- name: events_own
AND EXISTS (SELECT 1 FROM event_link l WHERE l.event_row = r.key AND l.role = 0
            AND +l.target IN (SELECT value FROM json_each($1)))
-- name: events_linked_as
AND EXISTS (SELECT 1 FROM event_link l WHERE l.event_row = r.key
            AND +l.target IN (SELECT value FROM json_each($1))
            AND ($2 IS NULL OR l.role IN (SELECT value FROM json_each($2)))
            AND ($3 IS NULL OR l.role NOT IN (SELECT value FROM json_each($3))))
-- name: events_not_linked
AND NOT EXISTS (SELECT 1 FROM event_link l WHERE l.event_row = r.key
                AND +l.target IN (SELECT value FROM json_each($1)))
-- name: events_with_role
AND EXISTS (SELECT 1 FROM event_link l WHERE l.event_row = r.key
            AND l.role IN (SELECT value FROM json_each($1)))
-- name: events_without_role
AND NOT EXISTS (SELECT 1 FROM event_link l WHERE l.event_row = r.key
                AND l.role IN (SELECT value FROM json_each($1)))
-- name: events_these
AND r.id IN (SELECT value FROM json_each($1))
-- name: events_not_these
AND r.id NOT IN (SELECT value FROM json_each($1))

-- Relations and claims are stated of an event under any of its ids, by sources that have to be known
-- at the last of their numbers. v is the ids of the row's event as keys.

-- name: events_related
AND EXISTS (SELECT 1 FROM (SELECT event FROM event_row WHERE key = r.key
                           UNION ALL
                           SELECT a.event FROM event_row x JOIN event_alias a
                           ON a.canonical = x.event AND a.since <= $4 AND a.until > $4
                           WHERE x.key = r.key) v
            JOIN relation_statement s ON s.from_event = v.event
            WHERE s.since <= $4 AND s.until > $4
              AND ($1 IS NULL OR s.to_event IN (SELECT value FROM json_each($1)))
              AND ($2 IS NULL OR s.type IN (SELECT value FROM json_each($2)))
              AND ($3 IS NULL OR s.type NOT IN (SELECT value FROM json_each($3)))
              AND ($5 = 9223372036854775807
                   OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = s.source
                              AND k.since <= $4 AND k.until > $4 AND k.known_from <= $5))
            UNION ALL
            SELECT 1 FROM (SELECT event FROM event_row WHERE key = r.key
                           UNION ALL
                           SELECT a.event FROM event_row x JOIN event_alias a
                           ON a.canonical = x.event AND a.since <= $4 AND a.until > $4
                           WHERE x.key = r.key) v
            JOIN relation_statement s ON s.to_event = v.event
            WHERE s.since <= $4 AND s.until > $4
              AND ($1 IS NULL OR s.from_event IN (SELECT value FROM json_each($1)))
              AND ($2 IS NULL OR s.type IN (SELECT value FROM json_each($2)))
              AND ($3 IS NULL OR s.type NOT IN (SELECT value FROM json_each($3)))
              AND ($5 = 9223372036854775807
                   OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = s.source
                              AND k.since <= $4 AND k.until > $4 AND k.known_from <= $5)))
-- name: events_not_related
AND NOT EXISTS (SELECT 1 FROM (SELECT event FROM event_row WHERE key = r.key
                               UNION ALL
                               SELECT a.event FROM event_row x JOIN event_alias a
                               ON a.canonical = x.event AND a.since <= $3 AND a.until > $3
                               WHERE x.key = r.key) v
                JOIN relation_statement s ON s.from_event = v.event
                WHERE s.since <= $3 AND s.until > $3
                  AND ($1 IS NULL OR s.to_event IN (SELECT value FROM json_each($1)))
                  AND ($2 IS NULL OR s.type IN (SELECT value FROM json_each($2)))
                  AND ($4 = 9223372036854775807
                       OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = s.source
                                  AND k.since <= $3 AND k.until > $3 AND k.known_from <= $4))
                UNION ALL
                SELECT 1 FROM (SELECT event FROM event_row WHERE key = r.key
                               UNION ALL
                               SELECT a.event FROM event_row x JOIN event_alias a
                               ON a.canonical = x.event AND a.since <= $3 AND a.until > $3
                               WHERE x.key = r.key) v
                JOIN relation_statement s ON s.to_event = v.event
                WHERE s.since <= $3 AND s.until > $3
                  AND ($1 IS NULL OR s.from_event IN (SELECT value FROM json_each($1)))
                  AND ($2 IS NULL OR s.type IN (SELECT value FROM json_each($2)))
                  AND ($4 = 9223372036854775807
                       OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = s.source
                                  AND k.since <= $3 AND k.until > $3 AND k.known_from <= $4)))
-- name: events_claimed
AND EXISTS (SELECT 1 FROM (SELECT event FROM event_row WHERE key = r.key
                           UNION ALL
                           SELECT a.event FROM event_row x JOIN event_alias a
                           ON a.canonical = x.event AND a.since <= $4 AND a.until > $4
                           WHERE x.key = r.key) v
            JOIN claim_about b ON b.event = v.event JOIN claim_statement c ON c.key = b.statement
            WHERE c.since <= $4 AND c.until > $4
              AND ($1 IS NULL OR c.speaker IN (SELECT value FROM json_each($1)))
              AND ($2 IS NULL OR c.stance IN (SELECT value FROM json_each($2)))
              AND ($3 IS NULL OR c.stance NOT IN (SELECT value FROM json_each($3)))
              AND ($5 = 9223372036854775807
                   OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = c.source
                              AND k.since <= $4 AND k.until > $4 AND k.known_from <= $5)))
-- name: events_not_claimed
AND NOT EXISTS (SELECT 1 FROM (SELECT event FROM event_row WHERE key = r.key
                               UNION ALL
                               SELECT a.event FROM event_row x JOIN event_alias a
                               ON a.canonical = x.event AND a.since <= $3 AND a.until > $3
                               WHERE x.key = r.key) v
                JOIN claim_about b ON b.event = v.event
                JOIN claim_statement c ON c.key = b.statement
                WHERE c.since <= $3 AND c.until > $3
                  AND ($1 IS NULL OR c.speaker IN (SELECT value FROM json_each($1)))
                  AND ($2 IS NULL OR c.stance IN (SELECT value FROM json_each($2)))
                  AND ($4 = 9223372036854775807
                       OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = c.source
                                  AND k.since <= $3 AND k.until > $3 AND k.known_from <= $4)))
-- name: events_matching
AND EXISTS (SELECT 1 FROM event_search WHERE event_search MATCH $1
            AND event_search.rowid = r.key)

-- … on its bounds: from these the rules of model/match.h are put together …

-- name: earliest_upto
AND r.earliest <= $1
-- name: start_latest_upto
AND r.start_latest <= $1
-- name: end_earliest_upto
AND r.end_earliest <= $1
-- name: latest_upto
AND r.latest <= $1
-- name: earliest_from
AND r.earliest >= $1
-- name: start_latest_from
AND r.start_latest >= $1
-- name: end_earliest_from
AND r.end_earliest >= $1
-- name: latest_from
AND r.latest >= $1

-- … and where a page goes on.

-- name: events_after
AND (r.earliest, r.id) > ($1, $2)
-- name: events_before
AND (r.earliest, r.id) < ($1, $2)
-- name: events_undated_after
AND r.earliest IS NULL AND r.id > $1
-- name: links_undated_after
AND r.earliest = 0 AND r.id > $1

-- Other orders than that of time.

-- name: events_sorted
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.gapped
FROM event_row r WHERE r.cls < 15
-- name: events_sorted_others
SELECT r.key, r.id, r.earliest, r.start_latest, r.end_earliest, r.latest, r.gapped
FROM event_row r WHERE r.cls >= 15
-- name: events_after_title
AND (r.title_fold, r.id) > ($1, $2)
-- name: events_before_update
AND r.updated <= $1 AND (r.updated < $1 OR r.id > $2)
-- name: events_by_title
ORDER BY r.title_fold, r.id
-- name: events_by_update
ORDER BY r.updated DESC, r.id
-- name: event_title_fold
SELECT title_fold, updated FROM event_row WHERE key = $1

-- Ids of events that are related to some of $1, by $2 and not by $3, and that claims are about; of
-- events that are the same as another one the id of that.

-- name: related_ids
SELECT DISTINCT coalesce((SELECT c.id FROM event_alias a JOIN event c ON c.key = a.canonical
                          WHERE a.event = e.key AND a.since <= $4 AND a.until > $4), e.id)
FROM (SELECT to_event AS event, type, source, since, until FROM relation_statement
      WHERE from_event IN (SELECT value FROM json_each($1))
      UNION ALL
      SELECT from_event, type, source, since, until FROM relation_statement
      WHERE to_event IN (SELECT value FROM json_each($1))) s
JOIN event e ON e.key = s.event
WHERE s.since <= $4 AND s.until > $4
  AND ($2 IS NULL OR s.type IN (SELECT value FROM json_each($2)))
  AND ($3 IS NULL OR s.type NOT IN (SELECT value FROM json_each($3)))
  AND ($6 = 9223372036854775807
       OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = s.source
                  AND k.since <= $4 AND k.until > $4 AND k.known_from <= $6))
LIMIT $5
-- name: related_ids_by_type
SELECT DISTINCT coalesce((SELECT c.id FROM event_alias a JOIN event c ON c.key = a.canonical
                          WHERE a.event = e.key AND a.since <= $2 AND a.until > $2), e.id)
FROM relation_statement s
JOIN event e ON e.key = s.from_event OR e.key = s.to_event
WHERE s.type IN (SELECT value FROM json_each($1)) AND s.since <= $2 AND s.until > $2
  AND ($4 = 9223372036854775807
       OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = s.source
                  AND k.since <= $2 AND k.until > $2 AND k.known_from <= $4))
LIMIT $3
-- name: claimed_ids
SELECT DISTINCT coalesce((SELECT o.id FROM event_alias a JOIN event o ON o.key = a.canonical
                          WHERE a.event = e.key AND a.since <= $4 AND a.until > $4), e.id)
FROM claim_statement c
JOIN claim_about b ON b.statement = c.key JOIN event e ON e.key = b.event
WHERE c.speaker IN (SELECT value FROM json_each($1)) AND c.since <= $4 AND c.until > $4
  AND ($2 IS NULL OR c.stance IN (SELECT value FROM json_each($2)))
  AND ($3 IS NULL OR c.stance NOT IN (SELECT value FROM json_each($3)))
  AND ($6 = 9223372036854775807
       OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = c.source
                  AND k.since <= $4 AND k.until > $4 AND k.known_from <= $6))
LIMIT $5
-- name: claimed_ids_by_stance
SELECT DISTINCT coalesce((SELECT o.id FROM event_alias a JOIN event o ON o.key = a.canonical
                          WHERE a.event = e.key AND a.since <= $2 AND a.until > $2), e.id)
FROM claim_statement c
JOIN claim_about b ON b.statement = c.key JOIN event e ON e.key = b.event
WHERE c.stance IN (SELECT value FROM json_each($1)) AND c.since <= $2 AND c.until > $2
  AND ($4 = 9223372036854775807
       OR EXISTS (SELECT 1 FROM source_state k WHERE k.source = c.source
                  AND k.since <= $2 AND k.until > $2 AND k.known_from <= $4))
LIMIT $3

-- What filters are resolved with.

-- name: sources_known
SELECT count(*) FROM source_state WHERE since <= $1 AND until > $1 AND known_from <= $2
-- name: sources_known_first
SELECT source FROM source_state WHERE since <= $1 AND until > $1 AND known_from <= $2
ORDER BY known_from LIMIT $3
-- name: sources_upto
SELECT count(*) FROM (SELECT 1 FROM source_state WHERE since <= $1 AND until > $1 LIMIT $2)
-- name: members_of
SELECT s.actor, c.earliest, c.latest FROM containment c
JOIN actor_statement s ON s.key = c.statement
WHERE c.container = $1 AND s.since <= $2 AND s.until > $2
-- name: places_between
SELECT thing, lat, lon FROM item_row
WHERE kind = 2 AND lat >= $1 AND lat <= $2 AND since <= $3 AND until > $3
-- name: actor_by_identifier
SELECT s.actor, max(s.since <= $3 AND s.until > $3)
FROM identifier x JOIN actor_statement s ON s.key = x.statement
WHERE x.scheme = $1 AND x.value = $2 GROUP BY s.actor
-- name: place_by_identifier
SELECT s.place, max(s.since <= $3 AND s.until > $3)
FROM identifier x JOIN place_statement s ON s.key = x.statement
WHERE x.scheme = $1 AND x.value = $2 GROUP BY s.place

-- ---- counting over what a walk finds ----

-- name: total_at
SELECT n FROM total WHERE name = $1 AND since <= $2 ORDER BY since DESC LIMIT 1

-- All totals of things: from each name to the next, whatever the number of versions.
-- name: totals_at
WITH RECURSIVE named (name) AS (
    SELECT min(name) FROM total WHERE name > 0
    UNION ALL
    SELECT (SELECT min(t.name) FROM total t WHERE t.name > named.name) FROM named
    WHERE named.name IS NOT NULL)
SELECT name, (SELECT t.n FROM total t WHERE t.name = named.name AND t.since <= $1
              ORDER BY t.since DESC LIMIT 1)
FROM named WHERE name IS NOT NULL

-- The direct links of some events, given as a list of keys of event_row: in the order of the list,
-- all to one target together. An engine that does not loop over the list needs an ORDER BY.
-- name: links_of_events
SELECT l.event_row, l.target, l.role
FROM json_each($1) j CROSS JOIN event_link l ON l.event_row = j.value WHERE l.role >= 0

-- The things of one kind among some keys, given as a list: in its order, as above.
-- name: facet_actors
SELECT i.key, i.id FROM json_each($1) j CROSS JOIN actor i ON i.key = j.value
-- name: facet_places
SELECT i.key, i.id FROM json_each($1) j CROSS JOIN place i ON i.key = j.value
-- name: facet_types
SELECT i.key, i.id FROM json_each($1) j CROSS JOIN term i ON i.key = j.value WHERE i.vocabulary = 0
-- name: facet_tags
SELECT i.key, i.id FROM json_each($1) j CROSS JOIN tag i ON i.key = j.value
-- name: facet_sources
SELECT i.key, i.id FROM json_each($1) j CROSS JOIN source i ON i.key = j.value
-- name: facet_roles
SELECT i.key, i.id FROM json_each($1) j CROSS JOIN term i ON i.key = j.value WHERE i.vocabulary = 1

-- ---- names and words, for excerpts and type-ahead ----

-- name: actor_called
SELECT d.name FROM actor_statement d WHERE d.actor = $1 AND d.since <= $2 AND d.until > $2
UNION
SELECT x.name FROM actor_statement d JOIN name x ON x.statement = d.key
WHERE d.actor = $1 AND d.since <= $2 AND d.until > $2
ORDER BY 1
-- name: place_called
SELECT d.name FROM place_statement d WHERE d.place = $1 AND d.since <= $2 AND d.until > $2
UNION
SELECT x.name FROM place_statement d JOIN name x ON x.statement = d.key
WHERE d.place = $1 AND d.since <= $2 AND d.until > $2
ORDER BY 1
-- name: item_names
SELECT fold, position, name FROM item_name WHERE thing = $1 AND since <= $2 AND until > $2
ORDER BY fold, position
-- name: item_name_add
INSERT INTO item_name (thing, fold, position, since, until, kind, name)
VALUES ($1, $2, $3, $4, 9223372036854775807, $5, $6)
-- name: item_name_close
UPDATE item_name SET until = $4
WHERE thing = $1 AND fold = $2 AND position = $3 AND until = 9223372036854775807 AND since < $4

-- What the sources known at $3 call the event of a row, under any of its ids, in the order of
-- policy $4 (model/reading.h) with the source $5.

-- name: excerpt_wording
SELECT a.key, s.id, a.title, a.summary
FROM (SELECT event FROM event_row WHERE key = $1
      UNION ALL
      SELECT l.event FROM event_row r JOIN event_alias l
      ON l.canonical = r.event AND l.since <= $2 AND l.until > $2
      WHERE r.key = $1) v
JOIN account a ON a.event = v.event
JOIN source s ON s.key = a.source
JOIN source_state st ON st.source = a.source AND st.since <= $2 AND st.until > $2
WHERE a.since <= $2 AND a.until > $2 AND st.known_from <= $3
ORDER BY a.source <> $5,
         CASE $4 WHEN 1 THEN st.known_from WHEN 2 THEN -st.known_from ELSE -st.precedence END,
         a.source, a.key
-- name: excerpt_names
SELECT d.name FROM account_participant p JOIN actor_statement d ON d.actor = p.actor
WHERE p.account = $1 AND d.since <= $2 AND d.until > $2
UNION ALL
SELECT d.name FROM account_place p JOIN place_statement d ON d.place = p.place
WHERE p.account = $1 AND d.since <= $2 AND d.until > $2
UNION ALL
SELECT x.name FROM account_participant p JOIN actor_statement d ON d.actor = p.actor
JOIN name x ON x.statement = d.key
WHERE p.account = $1 AND d.since <= $2 AND d.until > $2
UNION ALL
SELECT x.name FROM account_place p JOIN place_statement d ON d.place = p.place
JOIN name x ON x.statement = d.key
WHERE p.account = $1 AND d.since <= $2 AND d.until > $2
LIMIT 500
-- name: suggest_names
SELECT thing, kind, position, name FROM item_name
WHERE fold >= $1 AND fold < $2 AND since <= $3 AND until > $3 ORDER BY fold, thing, position LIMIT $4
-- name: suggest_events
SELECT event_row FROM event_link
WHERE target = $1 AND cls < 15 AND since <= $2 AND until > $2
ORDER BY cls, earliest, id, event_row, role
-- name: suggest_titles
SELECT key, id, title, date FROM event_row
WHERE title_fold >= $1 AND title_fold < $2 AND since <= $3 AND until > $3 AND cls < 15
ORDER BY title_fold, id LIMIT $4
-- name: suggest_word
SELECT term FROM event_word WHERE term >= $1 LIMIT 1
-- name: suggest_matching
SELECT r.key, r.id, r.title, r.date FROM event_search JOIN event_row r ON r.key = event_search.rowid
WHERE event_search MATCH $1 AND event_search.rowid <= $4 AND r.since <= $2 AND r.until > $2
ORDER BY event_search.rowid LIMIT $3

-- ---- questions about the rest ----

-- name: items_all
SELECT r.id, r.since, r.document FROM item_row r
WHERE r.kind = $1 AND r.id > $2 AND r.since <= $3 AND r.until > $3

-- The same where a filter gives the ids, by which the rows are then found.
-- name: items_among
SELECT r.id, r.since, r.document FROM item_row r
WHERE r.kind = $1 AND +r.id > $2 AND r.since <= $3 AND r.until > $3
-- name: items_count
SELECT count(*) FROM item_row r WHERE r.kind = $1 AND r.since <= $2 AND r.until > $2
-- name: items_linked
AND EXISTS (SELECT 1 FROM item_link l WHERE l.item_row = r.key AND l.term = $1
            AND l.value IN (SELECT value FROM json_each($2)))
-- name: items_not_linked
AND NOT EXISTS (SELECT 1 FROM item_link l WHERE l.item_row = r.key AND l.term = $1
                AND l.value IN (SELECT value FROM json_each($2)))
-- name: items_matching
AND r.key IN (SELECT rowid FROM item_search WHERE item_search MATCH $1)

-- Things by their ids $1, by "scheme:value" $1 and by folded names $1, at version $2.
-- name: items_with_id
AND r.id IN (SELECT value FROM json_each($1))
-- name: items_without_id
AND r.id NOT IN (SELECT value FROM json_each($1))
-- name: items_in
AND r.id IN (
-- name: items_not_in
AND r.id NOT IN (
-- name: identified_actors
SELECT i.id FROM json_each($1) j
CROSS JOIN identifier x ON x.scheme = substr(j.value, 1, instr(j.value, ':') - 1)
                       AND x.value = substr(j.value, instr(j.value, ':') + 1)
JOIN actor_statement s ON s.key = x.statement AND s.since <= $2 AND s.until > $2
JOIN actor i ON i.key = s.actor)
-- name: identified_places
SELECT i.id FROM json_each($1) j
CROSS JOIN identifier x ON x.scheme = substr(j.value, 1, instr(j.value, ':') - 1)
                       AND x.value = substr(j.value, instr(j.value, ':') + 1)
JOIN place_statement s ON s.key = x.statement AND s.since <= $2 AND s.until > $2
JOIN place i ON i.key = s.place)
-- name: called_actors
SELECT i.id FROM json_each($1) j
CROSS JOIN item_name n ON n.fold = j.value AND n.position = 0 AND n.since <= $2 AND n.until > $2
JOIN actor i ON i.key = n.thing)
-- name: called_places
SELECT i.id FROM json_each($1) j
CROSS JOIN item_name n ON n.fold = j.value AND n.position = 0 AND n.since <= $2 AND n.until > $2
JOIN place i ON i.key = n.thing)

-- Names that begin like a word, from one on and before it, for a closer look.
-- name: names_from
SELECT fold, position, name FROM item_name
WHERE fold >= $1 AND fold < $2 AND kind = $3 AND since <= $4 AND until > $4
ORDER BY fold, thing, position LIMIT $5
-- name: names_before
SELECT fold, position, name FROM item_name
WHERE fold >= $1 AND fold < $2 AND kind = $3 AND since <= $4 AND until > $4
ORDER BY fold DESC, thing DESC, position DESC LIMIT $5
-- name: items_by_id
ORDER BY r.id LIMIT $1
-- name: item_by_id
SELECT id, since, document FROM item_row
WHERE kind = $1 AND id = $2 AND since <= $3 AND until > $3
-- name: item_gone
SELECT until FROM item_row WHERE kind = $1 AND id = $2 AND until <= $3 ORDER BY until DESC LIMIT 1

-- ---- what one source says, as it stands in documents and records, at version $2 ----
-- What has keys of rows comes in the order of public ids, after the id $3: …_many for sources with
-- many rows, which are walked along the ids of the store instead of being sorted.

-- name: said_next
SELECT s.key FROM source s WHERE s.key > $1
  AND (EXISTS (SELECT 1 FROM source_state x WHERE x.source = s.key AND x.since <= $2 AND x.until > $2)
       OR EXISTS (SELECT 1 FROM actor_statement x
                  WHERE x.source = s.key AND x.since <= $2 AND x.until > $2)
       OR EXISTS (SELECT 1 FROM place_statement x
                  WHERE x.source = s.key AND x.since <= $2 AND x.until > $2)
       OR EXISTS (SELECT 1 FROM term_statement x
                  WHERE x.source = s.key AND x.since <= $2 AND x.until > $2))
ORDER BY s.key LIMIT 1
-- name: said_source
SELECT st.key, s.id, st.title, st.publisher, st.published, st.url, st.language, st.licence,
       st.precedence, st.withheld, st.text_sha256, st.text_length, st.has_text
FROM source s JOIN source_state st ON st.source = s.key
WHERE s.key = $1 AND st.since <= $2 ORDER BY st.since DESC, st.until DESC LIMIT 1
-- name: said_removed
SELECT until FROM source_state WHERE source = $1 AND until <= $2 ORDER BY until DESC LIMIT 1
-- name: said_creators
SELECT name FROM source_creator WHERE state = $1 ORDER BY position
-- name: said_derivations
SELECT s.id FROM source_derivation d JOIN source s ON s.key = d.source
WHERE d.state = $1 ORDER BY d.position
-- name: said_text
SELECT text FROM text WHERE sha256 = $1

-- name: said_terms
SELECT s.key, i.id FROM term_statement s CROSS JOIN term i ON i.key = s.term
WHERE s.source = $1 AND s.since <= $2 AND s.until > $2 AND i.id > $3 AND i.vocabulary = $5
ORDER BY i.id LIMIT $4
-- name: said_actors
SELECT s.key, i.id FROM actor_statement s CROSS JOIN actor i ON i.key = s.actor
WHERE s.source = $1 AND s.since <= $2 AND s.until > $2 AND i.id > $3 ORDER BY i.id LIMIT $4
-- name: said_actors_many
SELECT s.key, i.id FROM actor i CROSS JOIN actor_statement s ON s.source = $1 AND s.actor = i.key
WHERE i.id > $3 AND s.since <= $2 AND s.until > $2 ORDER BY i.id LIMIT $4
-- name: said_places
SELECT s.key, i.id FROM place_statement s CROSS JOIN place i ON i.key = s.place
WHERE s.source = $1 AND s.since <= $2 AND s.until > $2 AND i.id > $3 ORDER BY i.id LIMIT $4
-- name: said_places_many
SELECT s.key, i.id FROM place i CROSS JOIN place_statement s ON s.source = $1 AND s.place = i.key
WHERE i.id > $3 AND s.since <= $2 AND s.until > $2 ORDER BY i.id LIMIT $4
-- name: said_events
SELECT s.key, i.id FROM account s CROSS JOIN event i ON i.key = s.event
WHERE s.source = $1 AND s.since <= $2 AND s.until > $2 AND i.id > $3 ORDER BY i.id LIMIT $4
-- name: said_events_many
SELECT s.key, i.id FROM event i CROSS JOIN account s ON s.source = $1 AND s.event = i.key
WHERE i.id > $3 AND s.since <= $2 AND s.until > $2 ORDER BY i.id LIMIT $4
-- name: said_relations
SELECT s.key, i.id FROM relation_statement s CROSS JOIN relation i ON i.key = s.relation
WHERE s.source = $1 AND s.since <= $2 AND s.until > $2 AND i.id > $3 ORDER BY i.id LIMIT $4
-- name: said_relations_many
SELECT s.key, i.id FROM relation i
CROSS JOIN relation_statement s ON s.source = $1 AND s.relation = i.key
WHERE i.id > $3 AND s.since <= $2 AND s.until > $2 ORDER BY i.id LIMIT $4
-- name: said_claims
SELECT s.key, i.id FROM claim_statement s CROSS JOIN claim i ON i.key = s.claim
WHERE s.source = $1 AND s.since <= $2 AND s.until > $2 AND i.id > $3 ORDER BY i.id LIMIT $4
-- name: said_claims_many
SELECT s.key, i.id FROM claim i CROSS JOIN claim_statement s ON s.source = $1 AND s.claim = i.key
WHERE i.id > $3 AND s.since <= $2 AND s.until > $2 ORDER BY i.id LIMIT $4

-- How many rows there are in each list, counted up to $3.
-- name: said_sizes
SELECT (SELECT count(*) FROM (SELECT 1 FROM actor_statement
        WHERE source = $1 AND since <= $2 AND until > $2 LIMIT $3) AS x),
       (SELECT count(*) FROM (SELECT 1 FROM place_statement
        WHERE source = $1 AND since <= $2 AND until > $2 LIMIT $3) AS x),
       (SELECT count(*) FROM (SELECT 1 FROM account
        WHERE source = $1 AND since <= $2 AND until > $2 LIMIT $3) AS x),
       (SELECT count(*) FROM (SELECT 1 FROM relation_statement
        WHERE source = $1 AND since <= $2 AND until > $2 LIMIT $3) AS x),
       (SELECT count(*) FROM (SELECT 1 FROM claim_statement
        WHERE source = $1 AND since <= $2 AND until > $2 LIMIT $3) AS x)

-- One row by its key $1.
-- name: said_term
SELECT i.id, s.label, p.id, s.description FROM term_statement s JOIN term i ON i.key = s.term
LEFT JOIN term p ON p.key = s.parent WHERE s.key = $1
-- name: said_actor
SELECT i.id, s.name, s.kind FROM actor_statement s JOIN actor i ON i.key = s.actor WHERE s.key = $1
-- name: said_place
SELECT i.id, s.name, s.lat, s.lon FROM place_statement s JOIN place i ON i.key = s.place
WHERE s.key = $1
-- name: said_event
SELECT i.id, s.title, s.summary, t.id, s.date FROM account s JOIN event i ON i.key = s.event
LEFT JOIN term t ON t.key = s.type WHERE s.key = $1
-- name: said_relation
SELECT f.id, t.id, o.id FROM relation_statement s JOIN event f ON f.key = s.from_event
JOIN term t ON t.key = s.type JOIN event o ON o.key = s.to_event WHERE s.key = $1
-- name: said_claim
SELECT i.id, a.id, s.stance, s.text, s.date FROM claim_statement s JOIN claim i ON i.key = s.claim
JOIN actor a ON a.key = s.speaker WHERE s.key = $1
-- name: said_names
SELECT x.name, x.language, x.script, u.id, x.used_since FROM name x
LEFT JOIN actor u ON u.key = x.used_by WHERE x.statement = $1 ORDER BY x.position
-- name: said_identifiers
SELECT scheme, value FROM identifier WHERE statement = $1 ORDER BY scheme
-- name: said_memberships
SELECT i.id, c.date FROM containment c JOIN actor i ON i.key = c.container
WHERE c.statement = $1 ORDER BY c.position
-- name: said_wholes
SELECT i.id, c.date FROM containment c JOIN place i ON i.key = c.container
WHERE c.statement = $1 ORDER BY c.position
-- name: said_participants
SELECT i.id, t.id FROM account_participant p JOIN actor i ON i.key = p.actor
LEFT JOIN term t ON t.key = p.role WHERE p.account = $1 ORDER BY p.position
-- name: said_event_places
SELECT i.id FROM account_place p JOIN place i ON i.key = p.place
WHERE p.account = $1 ORDER BY p.position
-- name: said_tags
SELECT i.id FROM account_tag p JOIN tag i ON i.key = p.tag
WHERE p.account = $1 ORDER BY p.position
-- name: said_about
SELECT e.id FROM claim_about a JOIN event e ON e.key = a.event
WHERE a.statement = $1 ORDER BY a.position

-- What the source $1 says of one actor or place or term $3: the key of that row.
-- name: said_of_actor
SELECT s.key FROM actor i JOIN actor_statement s ON s.source = $1 AND s.actor = i.key
WHERE i.id = $3 AND s.since <= $2 AND s.until > $2
-- name: said_of_place
SELECT s.key FROM place i JOIN place_statement s ON s.source = $1 AND s.place = i.key
WHERE i.id = $3 AND s.since <= $2 AND s.until > $2
-- name: said_of_term
SELECT s.key FROM term i JOIN term_statement s ON s.source = $1 AND s.term = i.key
WHERE i.id = $3 AND i.vocabulary = $4 AND s.since <= $2 AND s.until > $2

-- ---- the check: each counts what must not be there ----

-- name: check_versions
SELECT abs((SELECT version FROM store) - (SELECT count(*) FROM changeset))
     + (SELECT count(*) FROM changeset WHERE version < 1 OR version > (SELECT version FROM store))
-- name: check_future
SELECT (SELECT count(*) FROM account WHERE since > (SELECT version FROM store))
     + (SELECT count(*) FROM source_state WHERE since > (SELECT version FROM store))
     + (SELECT count(*) FROM event_row WHERE since > (SELECT version FROM store))
     + (SELECT count(*) FROM item_row WHERE since > (SELECT version FROM store))
     + (SELECT count(*) FROM change WHERE version > (SELECT version FROM store))
-- name: check_keys
SELECT (SELECT count(*) FROM event_row WHERE key & 8589934591 >= (SELECT next_key FROM store))
     + (SELECT count(*) FROM account WHERE key >= (SELECT next_key FROM store))
     + (SELECT count(*) FROM annotation WHERE key >= (SELECT next_key FROM store))
-- name: check_double_rows
SELECT count(*) FROM event_row a JOIN event_row b ON b.event = a.event AND b.key > a.key
WHERE a.since < b.until AND b.since < a.until
  AND (a.known_until IS NULL OR b.known_from < a.known_until)
  AND (b.known_until IS NULL OR a.known_from < b.known_until)
  AND ((a.not_for | b.not_for) & 7 <> 7 OR a.only_for = b.only_for)
-- name: check_double_items
SELECT count(*) FROM item_row a JOIN item_row b ON b.kind = a.kind AND b.id = a.id AND b.key > a.key
WHERE a.since < b.until AND b.since < a.until
-- name: check_unprojected
SELECT (SELECT count(DISTINCT a.event) FROM account a WHERE a.until = 9223372036854775807
        AND NOT EXISTS (SELECT 1 FROM event_row r
                        WHERE r.event = coalesce((SELECT x.canonical FROM event_alias x
                                                  WHERE x.event = a.event
                                                    AND x.until = 9223372036854775807), a.event)
                          AND r.until = 9223372036854775807 AND r.cls < 15))
     + (SELECT count(*) FROM event_row r WHERE r.until = 9223372036854775807
        AND NOT EXISTS (SELECT 1 FROM account a
                        WHERE a.until = 9223372036854775807
                          AND a.event IN (SELECT r.event UNION ALL SELECT x.event FROM event_alias x
                                          WHERE x.canonical = r.event
                                            AND x.until = 9223372036854775807)))

-- Whoever leads to another event has no rows, and nobody is led to it, while that holds.
-- name: check_aliases
SELECT (SELECT count(*) FROM event_alias a JOIN event_row r ON r.event = a.event
        WHERE r.since < a.until AND r.until > a.since)
     + (SELECT count(*) FROM event_alias a JOIN event_alias b ON b.canonical = a.event
        WHERE b.since < a.until AND b.until > a.since)
     + (SELECT count(*) FROM event_alias a JOIN event_alias b
        ON b.event = a.event AND b.since > a.since WHERE b.since < a.until)
     + (SELECT count(*) FROM event_row WHERE version > since)
-- name: check_unlinked
SELECT count(*) FROM event_row r WHERE NOT EXISTS (SELECT 1 FROM event_link l WHERE l.event_row = r.key)

-- Links repeat what walks read of their row.
-- name: check_link_columns
SELECT count(*) FROM event_link l JOIN event_row r ON r.key = l.event_row
WHERE l.since <> r.since OR l.until <> r.until OR l.cls <> r.cls OR l.id <> r.id
   OR l.gapped <> r.gapped OR l.earliest <> coalesce(r.earliest, 0)
   OR l.not_for <> r.not_for OR l.only_for IS DISTINCT FROM r.only_for
   OR l.known_from <> r.known_from OR l.known_until IS DISTINCT FROM r.known_until
   OR l.start_latest IS DISTINCT FROM r.start_latest
   OR l.end_earliest IS DISTINCT FROM r.end_earliest OR l.latest IS DISTINCT FROM r.latest
-- name: check_extents
SELECT count(*) FROM event_row r LEFT JOIN class_extent c ON c.cls = r.cls
WHERE r.cls NOT IN (-1, 15)
  AND (c.cls IS NULL
       OR (c.longest < 9223372036854775807 AND r.latest - r.earliest > c.longest)
       OR (c.longest_start < 9223372036854775807 AND r.start_latest - r.earliest > c.longest_start))
-- name: check_spans
SELECT count(*) FROM annotation WHERE start_at < 0 OR end_at <= start_at
-- name: check_totals
SELECT count(*) FROM (
    SELECT name FROM (
        SELECT target AS name, count(DISTINCT event_row) AS n FROM event_link
        WHERE role >= 0 AND cls < 15 AND until = 9223372036854775807 GROUP BY target
        UNION ALL
        SELECT role, count(DISTINCT event_row) FROM event_link
        WHERE role > 0 AND cls < 15 AND until = 9223372036854775807 GROUP BY role
        UNION ALL
        SELECT 0, count(*) FROM event_row WHERE cls < 15 AND until = 9223372036854775807
        UNION ALL
        SELECT -1, count(*) FROM account WHERE until = 9223372036854775807
        UNION ALL
        SELECT -2 - kind, count(*) FROM item_row WHERE until = 9223372036854775807 GROUP BY kind
        UNION ALL
        SELECT t.name, -t.n FROM total t
        WHERE t.since = (SELECT max(x.since) FROM total x WHERE x.name = t.name)) AS counted
    GROUP BY name HAVING sum(n) <> 0) AS wrong
-- name: check_events
SELECT key, event, id, since, until, not_for, only_for, known_from, known_until, cls, digest
FROM event_row ORDER BY event, key
-- name: check_row
SELECT document, version, updated, sources, cls, earliest, start_latest, end_earliest, latest,
       gapped, date
FROM event_row WHERE key = $1

-- Versions at which a relation that makes two events the same begins and ends to hold.
-- name: check_same
SELECT from_event, to_event, since, until FROM relation_statement
WHERE type = (SELECT key FROM term WHERE vocabulary = 2 AND id = 'same_as') AND since < until
UNION ALL
SELECT event, canonical, since, until FROM event_alias
-- name: check_links
SELECT target, role FROM event_link WHERE event_row = $1 ORDER BY target, role
-- name: check_items
SELECT kind, id, since, document, until FROM item_row ORDER BY key
