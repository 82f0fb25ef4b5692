-- Days are the integers of geo.Day, the number of days since 0000-12-31:
-- comparing them needs no parsing and an impossible date has no spelling.
-- Read one with date(day + 1721424.5). NULL is "not known".

-- One row: which data this is, and how often it has changed.
CREATE TABLE meta (
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    uuid    TEXT    NOT NULL,
    changes INTEGER NOT NULL
) STRICT;
INSERT INTO meta VALUES (1, lower(hex(randomblob(16))), 0);

CREATE TABLE article (
    key       INTEGER PRIMARY KEY,
    id        TEXT    NOT NULL UNIQUE CONSTRAINT article_has_an_id CHECK (id <> ''),
    source    TEXT    NOT NULL,
    url       TEXT    NOT NULL,
    title     TEXT    NOT NULL,
    published INTEGER CONSTRAINT published_is_a_day CHECK (published BETWEEN 1 AND 3652059),
    origin    TEXT    NOT NULL,
    added     INTEGER NOT NULL DEFAULT (unixepoch()), -- seconds since 1970, UTC
    text      TEXT    NOT NULL -- last, so that the others are read without it
) STRICT;
CREATE INDEX article_by_published ON article (published, id);
CREATE INDEX article_by_source ON article (source, published);

CREATE TABLE place (
    key         INTEGER PRIMARY KEY,
    id          TEXT    NOT NULL UNIQUE CONSTRAINT place_has_an_id CHECK (id <> ''),
    name        TEXT    NOT NULL,
    kind        TEXT    NOT NULL CONSTRAINT kind_is_known CHECK (kind IN (
        'settlement', 'country', 'region', 'facility', 'base', 'crossing', 'line', 'road', 'river', 'canal', 'lake', 'sea',
        'strait', 'bay', 'island', 'peninsula', 'cape', 'reef', 'mountain', 'valley', 'pass', 'desert', 'forest', 'park')),
    country     TEXT    NOT NULL CONSTRAINT country_is_a_code CHECK (country = '' OR country GLOB '[A-Z][A-Z]'),
    disputed    INTEGER NOT NULL CHECK (disputed IN (0, 1)),
    capital     INTEGER NOT NULL CHECK (capital IN (0, 1)),
    lon         REAL    NOT NULL CONSTRAINT lon_in_range CHECK (lon BETWEEN -180 AND 180),
    lat         REAL    NOT NULL CONSTRAINT lat_in_range CHECK (lat BETWEEN -90 AND 90),
    shape       BLOB, -- WKB, NULL where only the point is known
    uncertainty REAL    NOT NULL CONSTRAINT uncertainty_in_range CHECK (uncertainty >= 0), -- metres
    population  INTEGER NOT NULL CONSTRAINT population_in_range CHECK (population >= 0),
    names       TEXT    NOT NULL CHECK (json_valid(names)),
    external    TEXT    NOT NULL CHECK (json_valid(external)),
    source      TEXT    NOT NULL,
    digest      TEXT    NOT NULL -- of all the above, to tell whether the gazetteer's entry has changed
) STRICT;
CREATE INDEX place_by_country ON place (country);

-- The bounds of each place's geometry, in 32-bit floats rounded outwards.
CREATE VIRTUAL TABLE place_rtree USING rtree (key, west, east, south, north);

CREATE TABLE mention (
    key            INTEGER PRIMARY KEY,
    article        INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    place          INTEGER REFERENCES place (key), -- NULL: not in the gazetteer
    name_start     INTEGER NOT NULL,
    name_end       INTEGER NOT NULL,
    name           TEXT    NOT NULL,
    sentence_start INTEGER NOT NULL,
    sentence       TEXT    NOT NULL,
    demonym        INTEGER NOT NULL CHECK (demonym IN (0, 1)),
    where_prec     INTEGER NOT NULL CONSTRAINT where_prec_in_range CHECK (where_prec BETWEEN 0 AND 7),
    role           TEXT    NOT NULL CONSTRAINT role_is_known CHECK (role IN ('site', 'setting', 'actor', 'affiliation')),
    event          TEXT    CONSTRAINT event_is_known CHECK (event IN (
        'explosion', 'battle', 'civilians', 'protest', 'riot', 'strategic', 'casualties')),
    first_day      INTEGER CONSTRAINT first_day_in_range CHECK (first_day BETWEEN 1 AND 3652059),
    last_day       INTEGER CONSTRAINT last_day_in_range CHECK (last_day BETWEEN first_day AND 3652059),
    date_prec      INTEGER NOT NULL CONSTRAINT date_prec_in_range CHECK (date_prec BETWEEN 0 AND 5),
    date_basis     TEXT    NOT NULL,
    claim          TEXT    CONSTRAINT claim_is_known CHECK (claim IN ('reported', 'claimed', 'denied')),
    claimed_by     TEXT    NOT NULL,
    confidence     REAL    NOT NULL CONSTRAINT confidence_in_range CHECK (confidence BETWEEN 0 AND 1),
    reasons        TEXT    NOT NULL CHECK (json_valid(reasons)),
    runners_up     TEXT    NOT NULL CHECK (json_valid(runners_up)),
    -- 1 for what lasted longer than a month. Days overlap a range only if they
    -- begin before its end; those that don't last also begin shortly before its
    -- start, so an index finds them without a walk through all of the past.
    lasting        INTEGER GENERATED ALWAYS AS (last_day - first_day >= 32) VIRTUAL,
    UNIQUE (article, name_start),
    CONSTRAINT span_in_text CHECK (name_start >= 0 AND name_end > name_start AND sentence_start BETWEEN 0 AND name_start),
    CONSTRAINT site_has_an_event CHECK ((role = 'site') = (event IS NOT NULL)),
    CONSTRAINT only_sites_have_days_and_claims CHECK (role = 'site' OR (first_day IS NULL AND claim IS NULL)),
    CONSTRAINT days_have_both_ends CHECK ((first_day IS NULL) = (last_day IS NULL))
) STRICT;
CREATE INDEX mention_by_place ON mention (place, event, first_day, last_day);
CREATE INDEX mention_by_day ON mention (lasting, first_day, last_day, place, event) WHERE first_day IS NOT NULL;
