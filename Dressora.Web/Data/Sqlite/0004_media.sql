-- Files. A person's number stays in what records a deletion, so nothing refers to users.
CREATE TABLE media_items (
    id TEXT NOT NULL PRIMARY KEY,
    owner_id INTEGER NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('Person', 'Garment', 'Input', 'Preview', 'Result', 'Export')),
    kind TEXT NOT NULL CHECK (kind IN ('Picture', 'Film', 'Sound', 'Archive')),
    state TEXT NOT NULL CHECK (state IN ('Kept', 'Deleting', 'Gone')),
    is_claimed INTEGER NOT NULL CHECK (is_claimed IN (0, 1)),
    blob_key TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes INTEGER NOT NULL CONSTRAINT bytes_are_some CHECK (bytes > 0),
    sha256 TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    width INTEGER NULL,
    height INTEGER NULL,
    duration_ms INTEGER NULL,
    label TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    marked_at INTEGER NULL,
    gone_at INTEGER NULL
) STRICT;
CREATE INDEX media_items_by_owner ON media_items (owner_id, state, purpose, used_at);
CREATE INDEX media_items_by_key ON media_items (blob_key);
CREATE INDEX media_items_unclaimed ON media_items (is_claimed, created_at) WHERE state = 'Kept';
CREATE UNIQUE INDEX media_items_source_once ON media_items (owner_id, purpose, source_sha256)
    WHERE state = 'Kept' AND purpose IN ('Person', 'Garment', 'Input');

-- What is to be deleted, and, when that is done, the record of it.
CREATE TABLE media_deletions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    blob_key TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('Asked', 'Evicted', 'Unclaimed', 'Account', 'Expired', 'Orphan', 'Lost')),
    state TEXT NOT NULL CHECK (state IN ('Waiting', 'Done')),
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    marked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    done_at INTEGER NULL
) STRICT;
CREATE INDEX media_deletions_by_due ON media_deletions (due_at) WHERE state = 'Waiting';
CREATE INDEX media_deletions_by_key ON media_deletions (blob_key);

-- Who said "18 or older, and this is me or I may use it", when, and to which words.
CREATE TABLE media_statements (
    user_id INTEGER NOT NULL,
    version TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, version)
) STRICT;

CREATE TABLE media_exports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('Waiting', 'Working', 'Ready', 'Failed', 'Gone')),
    attempts INTEGER NOT NULL,
    files_done INTEGER NOT NULL,
    files_all INTEGER NOT NULL,
    media_id TEXT NULL,
    last_error TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    finished_at INTEGER NULL
) STRICT;
CREATE INDEX media_exports_by_user ON media_exports (user_id, id);
CREATE INDEX media_exports_by_due ON media_exports (due_at) WHERE state IN ('Waiting', 'Working');
