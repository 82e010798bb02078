-- What people are told behind the bell, whether a letter comes too, and whether they were shown around.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('Done', 'Failed', 'Evicted', 'Credits', 'Answer')),
    path TEXT NOT NULL,
    at INTEGER NOT NULL,
    seen_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX notices_once ON notices (user_id, kind, path);
CREATE INDEX notices_by_user ON notices (user_id, at);
CREATE INDEX notices_unseen ON notices (user_id) WHERE seen_at IS NULL;
CREATE INDEX notices_by_time ON notices (at);

ALTER TABLE users ADD COLUMN wants_mail INTEGER NOT NULL DEFAULT 0 CHECK (wants_mail IN (0, 1));
ALTER TABLE users ADD COLUMN welcomed_at INTEGER NULL;
ALTER TABLE users ADD COLUMN came_for TEXT NOT NULL DEFAULT '';
