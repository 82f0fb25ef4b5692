-- The value of meta.changes as of the transaction that stored the row or last
-- changed what readers see of it (a place corrected, another origin), so that
-- they can ask for what is new. Mentions never change: their keys tell.
ALTER TABLE place ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX place_by_change ON place (changed);
CREATE INDEX article_by_change ON article (changed);
