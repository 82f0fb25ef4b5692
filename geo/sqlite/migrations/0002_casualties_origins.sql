-- People killed and hurt by what a mention tells of, as its text states it: the
-- lowest and the highest figure, 1 in _open where the highest is only a least
-- one ("at least 16"), and the words as a JSON list. All NULL: nothing stated.
ALTER TABLE mention ADD COLUMN deaths_low INTEGER CONSTRAINT deaths_of_a_site CHECK (deaths_low IS NULL OR deaths_low >= 0 AND role = 'site');
ALTER TABLE mention ADD COLUMN deaths_high INTEGER CONSTRAINT deaths_in_order CHECK (deaths_high >= deaths_low);
ALTER TABLE mention ADD COLUMN deaths_open INTEGER CHECK (deaths_open IN (0, 1));
ALTER TABLE mention ADD COLUMN deaths_words TEXT CONSTRAINT deaths_have_words CHECK (json_array_length(deaths_words) > 0);
ALTER TABLE mention ADD COLUMN injuries_low INTEGER CONSTRAINT injuries_of_a_site CHECK (injuries_low IS NULL OR injuries_low >= 0 AND role = 'site');
ALTER TABLE mention ADD COLUMN injuries_high INTEGER CONSTRAINT injuries_in_order CHECK (injuries_high >= injuries_low);
ALTER TABLE mention ADD COLUMN injuries_open INTEGER CHECK (injuries_open IN (0, 1));
ALTER TABLE mention ADD COLUMN injuries_words TEXT CONSTRAINT injuries_have_words CHECK (json_array_length(injuries_words) > 0);

-- The column origin of an article now names the account that it gives: the
-- fingerprint of its text, or one of the fingerprints of the texts of which it
-- is a copy. The fingerprint itself moves here, beside the sketch that tells
-- near-copies (32-bit integers, the lowest byte first). Articles from before
-- have no sketch: their texts are compared as wholes only.
CREATE TABLE sketch (
    article     INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
    fingerprint TEXT    NOT NULL,
    hashes      BLOB    NOT NULL
) STRICT;
INSERT INTO sketch SELECT key, origin, x'' FROM article;
CREATE INDEX sketch_by_fingerprint ON sketch (fingerprint);
CREATE INDEX article_by_origin ON article (origin);

-- By which hashes, and for which days of publication, near-copies are looked for.
CREATE TABLE sketch_key (
    hash    INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    PRIMARY KEY (hash, day, article)
) STRICT, WITHOUT ROWID;
