CREATE TABLE schema_versions (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    applied_at INTEGER NOT NULL
) STRICT;

-- AUTOINCREMENT: a number once given to a person is never given to another; files and receipts carry it.
CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_name TEXT NULL,
    normalized_user_name TEXT NULL,
    email TEXT NULL,
    normalized_email TEXT NULL,
    email_confirmed INTEGER NOT NULL CHECK (email_confirmed IN (0, 1)),
    password_hash TEXT NULL,
    security_stamp TEXT NULL,
    concurrency_stamp TEXT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    theme TEXT NOT NULL CHECK (theme IN ('System', 'Light', 'Dark')),
    role TEXT NOT NULL CHECK (role IN ('Person', 'Admin', 'Owner')),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    suspended_at INTEGER NULL,
    deletion_due_at INTEGER NULL,
    totp_key TEXT NULL,
    totp_step INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX users_name_once ON users (normalized_user_name);
CREATE UNIQUE INDEX users_email_once ON users (normalized_email);
CREATE INDEX users_by_deletion ON users (deletion_due_at);

CREATE TABLE user_logins (
    login_provider TEXT NOT NULL,
    provider_key TEXT NOT NULL,
    provider_display_name TEXT NULL,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (login_provider, provider_key)
) STRICT;
CREATE INDEX user_logins_by_user ON user_logins (user_id);

CREATE TABLE user_passkeys (
    credential_id BLOB NOT NULL PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    data TEXT NOT NULL
) STRICT;
CREATE INDEX user_passkeys_by_user ON user_passkeys (user_id);

CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    device TEXT NOT NULL,
    network TEXT NOT NULL,
    remember INTEGER NOT NULL CHECK (remember IN (0, 1)),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER NULL,
    proved_at INTEGER NOT NULL,
    factor_at INTEGER NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE mailed_codes (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose IN ('Confirm', 'Reset', 'Move')),
    email TEXT NOT NULL,
    hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX mailed_codes_hash_once ON mailed_codes (hash);
CREATE INDEX mailed_codes_by_user ON mailed_codes (user_id);

CREATE TABLE recovery_codes (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash TEXT NOT NULL,
    used_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX recovery_codes_hash_once ON recovery_codes (user_id, hash);

CREATE TABLE spent_puzzles (
    hash TEXT NOT NULL PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE mails (
    id INTEGER PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('Waiting', 'Sent', 'GivenUp')),
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    sent_at INTEGER NULL
) STRICT;
CREATE INDEX mails_by_due ON mails (state, due_at);

CREATE TABLE audit_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor_id INTEGER NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_entries_by_time ON audit_entries (at);
CREATE TRIGGER audit_entries_keep BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit list is append-only'); END;
CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'the audit list is append-only'); END;

CREATE TABLE tasks (
    name TEXT NOT NULL PRIMARY KEY,
    due_at INTEGER NOT NULL,
    ran_at INTEGER NULL,
    outcome TEXT NOT NULL
) STRICT;
