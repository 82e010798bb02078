-- Keys for programs, in people's names: digests only.
CREATE TABLE api_keys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    hash BLOB NOT NULL,
    shown TEXT NOT NULL,
    scopes INTEGER NOT NULL,
    spend_max INTEGER NULL CONSTRAINT spend_max_is_some CHECK (spend_max > 0),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NULL,
    used_at INTEGER NULL,
    ended_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX api_keys_hash_once ON api_keys (hash);
CREATE INDEX api_keys_by_user ON api_keys (user_id);
