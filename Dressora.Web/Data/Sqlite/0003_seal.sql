-- How many accounts were ever opened and the sum of their numbers: one that is gone with everything in it is missed here.
CREATE TABLE credit_seal (
    id INTEGER PRIMARY KEY CONSTRAINT one_seal CHECK (id = 1),
    accounts INTEGER NOT NULL,
    people INTEGER NOT NULL
) STRICT;
INSERT INTO credit_seal (id, accounts, people) SELECT 1, count(*), coalesce(sum(user_id), 0) FROM credit_accounts;

-- INSERT OR REPLACE takes a row away without asking the triggers of DELETE.
CREATE TRIGGER credit_entries_once BEFORE INSERT ON credit_entries
WHEN EXISTS (SELECT 1 FROM credit_entries WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM credit_entries WHERE user_id = NEW.user_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
CREATE TRIGGER credit_commands_once BEFORE INSERT ON credit_commands
WHEN EXISTS (SELECT 1 FROM credit_commands WHERE key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'commands are append-only'); END;
