-- How many accounts were ever opened and the sum of their numbers: one that is gone with everything in it is missed here.
CREATE TABLE credit_seal (
    id bigint PRIMARY KEY CONSTRAINT one_seal CHECK (id = 1),
    accounts bigint NOT NULL,
    people bigint NOT NULL
);
INSERT INTO credit_seal (id, accounts, people) SELECT 1, count(*), coalesce(sum(user_id), 0)::bigint FROM credit_accounts;

-- TRUNCATE asks no trigger that is for each row.
CREATE TRIGGER credit_entries_stay BEFORE TRUNCATE ON credit_entries EXECUTE FUNCTION credit_entries_refuse();
CREATE TRIGGER credit_commands_stay BEFORE TRUNCATE ON credit_commands EXECUTE FUNCTION credit_commands_refuse();
