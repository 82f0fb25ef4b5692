-- Which mentions have a word in their sentence, so that a search need not read
-- the sentences. A row is a run of keys of mentions, ascending: "first", and then
-- each key as its distance from the one before (unsigned LEB128). All mentions with
-- keys up to meta.words_upto are here; the sentences of the others, of which there
-- are few, are read. A mention never gets a key up to words_upto again, not even if
-- somebody has removed the one that had it.
CREATE TABLE word_run (
    word  TEXT    NOT NULL CONSTRAINT word_is_folded CHECK (word <> ''),
    first INTEGER NOT NULL,
    more  BLOB    NOT NULL,
    PRIMARY KEY (word, first)
) STRICT, WITHOUT ROWID;
ALTER TABLE meta ADD COLUMN words_upto INTEGER NOT NULL DEFAULT 0;
