-- Where the text puts what a mention tells of, if not at its place ("15 km south
-- of" it): WKB of a point or a line, and the words that say so.
ALTER TABLE mention ADD COLUMN geometry BLOB;
ALTER TABLE mention ADD COLUMN offset_words TEXT NOT NULL DEFAULT '';
CREATE INDEX mention_moved ON mention (place, geometry) WHERE geometry IS NOT NULL;
