-- Links that show one result to whoever has them. The token stands in clear, so that its owner finds the link again on any
-- device; whoever reads this table can read the pictures' addresses as well.
CREATE TABLE shares (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    result_id INTEGER NOT NULL REFERENCES results (id),
    user_id INTEGER NOT NULL,
    token TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX shares_token_once ON shares (token);
CREATE INDEX shares_by_result ON shares (result_id);
CREATE INDEX shares_by_user ON shares (user_id);

-- What strangers said about a shared picture, and what became of it.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL,
    owner_id INTEGER NOT NULL,
    media_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('Me', 'Child', 'Undressed', 'Illegal', 'Other')),
    words TEXT NOT NULL,
    hides INTEGER NOT NULL CHECK (hides IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('Open', 'Kept', 'Removed', 'Moot')),
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    judged_at INTEGER NULL,
    judged_by INTEGER NULL,
    answer TEXT NOT NULL,
    CONSTRAINT open_until_judged CHECK ((state = 'Open') = (judged_at IS NULL))
) STRICT;
CREATE INDEX reports_open ON reports (due_at) WHERE state = 'Open';
CREATE INDEX reports_by_subject ON reports (subject);
CREATE INDEX reports_by_owner ON reports (owner_id);

-- Pictures that were removed, as the bytes they had: the same bytes are not taken again.
CREATE TABLE blocked_files (
    sha256 TEXT NOT NULL PRIMARY KEY,
    report_id INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- Refusals by the rules, by person; never what was asked.
CREATE TABLE strikes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('Prompt', 'Maker', 'Removed')),
    source TEXT NOT NULL,
    at INTEGER NOT NULL,
    cleared_at INTEGER NULL,
    cleared_by INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX strikes_once ON strikes (user_id, source);
CREATE INDEX strikes_by_user ON strikes (user_id, at);

-- "This is not what I asked for": a few each month are made good at once, the others wait for an admin.
CREATE TABLE result_claims (
    job_id TEXT NOT NULL PRIMARY KEY REFERENCES jobs (id),
    user_id INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('NotMe', 'WrongGarment', 'Broken', 'Other')),
    words TEXT NOT NULL,
    amount INTEGER NOT NULL CONSTRAINT claim_is_some CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('Automatic', 'Waiting', 'Granted', 'Refused')),
    made_at INTEGER NOT NULL,
    judged_at INTEGER NULL,
    judged_by INTEGER NULL,
    answer TEXT NOT NULL
) STRICT;
CREATE INDEX result_claims_by_user ON result_claims (user_id, made_at);
CREATE INDEX result_claims_waiting ON result_claims (made_at) WHERE state = 'Waiting';
