-- Credits. A person's number stays here when the account is gone: it is a pseudonym then, so nothing refers to users.
CREATE TABLE credit_accounts (
    user_id INTEGER PRIMARY KEY,
    available INTEGER NOT NULL CONSTRAINT available_never_negative CHECK (available >= 0),
    held INTEGER NOT NULL CONSTRAINT held_never_negative CHECK (held >= 0),
    debt INTEGER NOT NULL CONSTRAINT debt_never_negative CHECK (debt >= 0),
    entries INTEGER NOT NULL,
    head BLOB NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;

CREATE TABLE credit_grants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES credit_accounts (user_id),
    category TEXT NOT NULL CHECK (category IN ('Daily', 'Plan', 'Promo', 'Compensation', 'Paid')),
    scope TEXT NOT NULL,
    source TEXT NOT NULL,
    priority INTEGER NOT NULL,
    effective_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    issued INTEGER NOT NULL CONSTRAINT issued_in_bounds CHECK (issued BETWEEN 1 AND 1000000000),
    available INTEGER NOT NULL CHECK (available >= 0),
    held INTEGER NOT NULL CHECK (held >= 0),
    spent INTEGER NOT NULL CHECK (spent >= 0),
    expired INTEGER NOT NULL CHECK (expired >= 0),
    revoked INTEGER NOT NULL CHECK (revoked >= 0),
    recalled INTEGER NOT NULL CONSTRAINT recalled_is_held CHECK (recalled BETWEEN 0 AND held),
    owed INTEGER NOT NULL CONSTRAINT owed_was_spent CHECK (owed BETWEEN 0 AND spent),
    CONSTRAINT nothing_is_lost CHECK (issued = available + held + spent + expired + revoked),
    CONSTRAINT lives_forward CHECK (effective_at < expires_at)
) STRICT;
CREATE UNIQUE INDEX credit_grants_source_once ON credit_grants (source);
CREATE INDEX credit_grants_by_burning ON credit_grants (user_id, scope, priority, expires_at, effective_at, id) WHERE available > 0;
CREATE INDEX credit_grants_by_user ON credit_grants (user_id, id);
CREATE INDEX credit_grants_by_expiry ON credit_grants (expires_at) WHERE available > 0;

CREATE TABLE credit_holds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES credit_accounts (user_id),
    reference TEXT NOT NULL,
    scope TEXT NOT NULL,
    amount INTEGER NOT NULL CONSTRAINT amount_in_bounds CHECK (amount BETWEEN 1 AND 1000000000),
    state TEXT NOT NULL CHECK (state IN ('Open', 'Settled', 'Released')),
    charged INTEGER NOT NULL CONSTRAINT charged_at_most_held CHECK (charged BETWEEN 0 AND amount),
    opened_at INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    closed_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX credit_holds_reference_once ON credit_holds (reference);
CREATE INDEX credit_holds_by_user ON credit_holds (user_id, id);
CREATE INDEX credit_holds_by_deadline ON credit_holds (deadline) WHERE state = 'Open';

CREATE TABLE credit_slices (
    hold_id INTEGER NOT NULL REFERENCES credit_holds (id),
    position INTEGER NOT NULL,
    grant_id INTEGER NOT NULL REFERENCES credit_grants (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (hold_id, position)
) STRICT;
CREATE INDEX credit_slices_by_grant ON credit_slices (grant_id);

CREATE TABLE credit_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id INTEGER NOT NULL REFERENCES credit_accounts (user_id),
    number INTEGER NOT NULL CHECK (number > 0),
    grant_id INTEGER NULL REFERENCES credit_grants (id),
    hold_id INTEGER NULL REFERENCES credit_holds (id),
    kind TEXT NOT NULL CHECK (kind IN ('Granted', 'Frozen', 'Settled', 'Released', 'Expired', 'Revoked', 'Owed', 'Netted',
        'Overrun', 'Corrected', 'Forfeited')),
    from_bucket TEXT NOT NULL CHECK (from_bucket IN ('Issued', 'Available', 'Held', 'Spent', 'Expired', 'Revoked', 'Debt', 'Overrun')),
    to_bucket TEXT NOT NULL CHECK (to_bucket IN ('Issued', 'Available', 'Held', 'Spent', 'Expired', 'Revoked', 'Debt', 'Overrun')),
    amount INTEGER NOT NULL CHECK (amount > 0),
    available_after INTEGER NOT NULL CHECK (available_after >= 0),
    held_after INTEGER NOT NULL CHECK (held_after >= 0),
    debt_after INTEGER NOT NULL CHECK (debt_after >= 0),
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    reference TEXT NOT NULL,
    at INTEGER NOT NULL,
    hash BLOB NOT NULL,
    CONSTRAINT moves_somewhere CHECK (to_bucket <> from_bucket)
) STRICT;
CREATE UNIQUE INDEX credit_entries_number_once ON credit_entries (user_id, number);
CREATE INDEX credit_entries_by_reference ON credit_entries (reference);
CREATE INDEX credit_entries_by_grant ON credit_entries (grant_id);
CREATE INDEX credit_entries_by_hold ON credit_entries (hold_id);
CREATE INDEX credit_entries_overrun ON credit_entries (amount) WHERE kind = 'Overrun';
CREATE TRIGGER credit_entries_keep BEFORE UPDATE ON credit_entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER credit_entries_stay BEFORE DELETE ON credit_entries
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;

CREATE TABLE credit_commands (
    key TEXT NOT NULL PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE TRIGGER credit_commands_keep BEFORE UPDATE ON credit_commands
BEGIN SELECT RAISE(ABORT, 'commands are append-only'); END;
CREATE TRIGGER credit_commands_stay BEFORE DELETE ON credit_commands
BEGIN SELECT RAISE(ABORT, 'commands are append-only'); END;

CREATE TABLE credit_proposals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    reason TEXT NOT NULL,
    proposed_by INTEGER NOT NULL,
    proposed_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('Waiting', 'Approved', 'Declined')),
    decided_by INTEGER NULL,
    decided_at INTEGER NULL,
    CONSTRAINT two_pairs_of_eyes CHECK (decided_by IS NULL OR decided_by <> proposed_by OR state = 'Declined')
) STRICT;
CREATE UNIQUE INDEX credit_proposals_key_once ON credit_proposals (key);
CREATE INDEX credit_proposals_by_state ON credit_proposals (state, id);

-- What a check of the books found; while one stands open, no credits move.
CREATE TABLE credit_faults (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    found_at INTEGER NOT NULL,
    what TEXT NOT NULL,
    cleared_at INTEGER NULL,
    cleared_by INTEGER NULL
) STRICT;
