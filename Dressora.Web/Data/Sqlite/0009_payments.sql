-- What is sold, for how much, and in which currencies; rows that an admin edits. Amounts are in the smallest unit.
CREATE TABLE credit_prices (
    currency TEXT NOT NULL PRIMARY KEY,
    rate INTEGER NOT NULL CONSTRAINT credit_rate_is_some CHECK (rate BETWEEN 1 AND 100000000),
    is_sold INTEGER NOT NULL CHECK (is_sold IN (0, 1))
) STRICT;
CREATE TABLE plan_prices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    credits INTEGER NOT NULL CONSTRAINT plan_credits_are_some CHECK (credits BETWEEN 1 AND 10000000),
    period TEXT NOT NULL CHECK (period IN ('Month', 'Year')),
    currency TEXT NOT NULL,
    amount INTEGER NOT NULL CONSTRAINT plan_price_is_some CHECK (amount BETWEEN 1 AND 100000000000),
    is_sold INTEGER NOT NULL CHECK (is_sold IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX plan_prices_once ON plan_prices (credits, period, currency);
-- Who sells, as receipts say it, and whether a renewal ends what is left of a plan's older credits.
CREATE TABLE sale_terms (
    id INTEGER NOT NULL PRIMARY KEY CONSTRAINT sale_terms_are_one CHECK (id = 1),
    seller TEXT NOT NULL,
    address TEXT NOT NULL,
    tax_name TEXT NOT NULL,
    tax_number TEXT NOT NULL,
    tax_points INTEGER NOT NULL CONSTRAINT tax_is_a_part CHECK (tax_points BETWEEN 0 AND 9999),
    resets_plans INTEGER NOT NULL CHECK (resets_plans IN (0, 1))
) STRICT;

-- What somebody decided to buy, at the price of that moment.
CREATE TABLE orders (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('Credits', 'Plan')),
    credits INTEGER NOT NULL CONSTRAINT order_is_some CHECK (credits > 0),
    period TEXT NULL CHECK (period IN ('Month', 'Year')),
    plan_price_id INTEGER NULL,
    amount INTEGER NOT NULL CONSTRAINT order_costs CHECK (amount > 0),
    currency TEXT NOT NULL,
    gateway TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('Test', 'Live')),
    external_id TEXT NULL,
    checkout_address TEXT NOT NULL,
    return_to TEXT NOT NULL,
    replaces_id INTEGER NULL,
    state TEXT NOT NULL CHECK (state IN ('Open', 'Paid', 'Lapsed')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    check_at INTEGER NULL,
    checks_made INTEGER NOT NULL,
    paid_at INTEGER NULL,
    CONSTRAINT paid_when_paid CHECK ((state = 'Paid') = (paid_at IS NOT NULL)),
    CONSTRAINT plans_have_a_period CHECK ((kind = 'Plan') = (period IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX orders_number_once ON orders (number);
CREATE UNIQUE INDEX orders_key_once ON orders (user_id, key);
CREATE UNIQUE INDEX orders_external_once ON orders (gateway, mode, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX orders_by_user ON orders (user_id, id);
CREATE INDEX orders_by_check ON orders (check_at) WHERE check_at IS NOT NULL;

-- A plan that is paid again and again.
CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id),
    user_id INTEGER NOT NULL,
    gateway TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('Test', 'Live')),
    external_id TEXT NOT NULL,
    credits INTEGER NOT NULL CONSTRAINT subscription_is_some CHECK (credits > 0),
    period TEXT NOT NULL CHECK (period IN ('Month', 'Year')),
    amount INTEGER NOT NULL CONSTRAINT subscription_costs CHECK (amount > 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('Waiting', 'Active', 'PastDue', 'Ended')),
    ends_at_end INTEGER NOT NULL CHECK (ends_at_end IN (0, 1)),
    wish TEXT NOT NULL CHECK (wish IN ('None', 'Cancel', 'Resume')),
    starts_at INTEGER NULL,
    ends_at INTEGER NULL,
    check_at INTEGER NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX subscriptions_external_once ON subscriptions (gateway, mode, external_id);
CREATE INDEX subscriptions_by_user ON subscriptions (user_id, id);
CREATE INDEX subscriptions_by_order ON subscriptions (order_id);
CREATE INDEX subscriptions_by_check ON subscriptions (check_at) WHERE check_at IS NOT NULL;

-- Money, as a gateway calls it: each once, whoever told of it and how often.
CREATE TABLE payments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gateway TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('Test', 'Live')),
    external_id TEXT NOT NULL,
    order_id INTEGER NULL REFERENCES orders (id),
    subscription_id INTEGER NULL REFERENCES subscriptions (id),
    user_id INTEGER NULL,
    amount INTEGER NOT NULL CONSTRAINT payment_is_not_negative CHECK (amount >= 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('Pending', 'Failed', 'Captured', 'Refused')),
    fault TEXT NULL CHECK (fault IN ('NoOrder', 'Amount', 'Currency', 'Person', 'PaidTwice', 'Order')),
    settled_by INTEGER NULL,
    credits INTEGER NOT NULL,
    months INTEGER NOT NULL,
    granted_months INTEGER NOT NULL,
    granted INTEGER NOT NULL,
    withheld INTEGER NOT NULL,
    reversed INTEGER NOT NULL,
    lapsed INTEGER NOT NULL,
    turns INTEGER NOT NULL,
    begins_at INTEGER NULL,
    next_grant_at INTEGER NULL,
    seen_at INTEGER NOT NULL,
    captured_at INTEGER NULL,
    CONSTRAINT credits_are_whole CHECK (credits >= granted + withheld AND granted >= 0 AND withheld >= 0
        AND reversed >= 0 AND reversed <= credits AND lapsed >= 0 AND lapsed <= reversed),
    CONSTRAINT captured_gives CHECK ((state = 'Captured') = (credits > 0 AND captured_at IS NOT NULL AND user_id IS NOT NULL)),
    CONSTRAINT refused_says_why CHECK (state <> 'Refused' OR fault IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX payments_once ON payments (gateway, mode, external_id);
CREATE INDEX payments_by_order ON payments (order_id);
CREATE INDEX payments_by_subscription ON payments (subscription_id);
CREATE INDEX payments_by_user ON payments (user_id, id);
CREATE INDEX payments_by_grant ON payments (next_grant_at) WHERE next_grant_at IS NOT NULL;
CREATE INDEX payments_refused ON payments (id) WHERE state = 'Refused' AND settled_by IS NULL;

-- The ledger's sources that a payment gave credits under, in order.
CREATE TABLE payment_grants (
    source TEXT NOT NULL PRIMARY KEY,
    payment_id INTEGER NOT NULL REFERENCES payments (id),
    turn INTEGER NOT NULL,
    credits INTEGER NOT NULL CONSTRAINT payment_grant_is_some CHECK (credits > 0),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX payment_grants_by_payment ON payment_grants (payment_id);

CREATE TABLE refunds (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    payment_id INTEGER NOT NULL REFERENCES payments (id),
    gateway TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('Test', 'Live')),
    external_id TEXT NULL,
    key TEXT NOT NULL,
    amount INTEGER NOT NULL CONSTRAINT refund_is_some CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('Asked', 'Pending', 'Succeeded', 'Failed')),
    asked_by INTEGER NULL,
    reason TEXT NOT NULL,
    fault TEXT NOT NULL,
    check_at INTEGER NULL,
    created_at INTEGER NOT NULL,
    settled_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX refunds_external_once ON refunds (gateway, mode, external_id) WHERE external_id IS NOT NULL;
CREATE UNIQUE INDEX refunds_key_once ON refunds (key);
CREATE INDEX refunds_by_payment ON refunds (payment_id);
CREATE INDEX refunds_by_check ON refunds (check_at) WHERE check_at IS NOT NULL;

CREATE TABLE disputes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    payment_id INTEGER NOT NULL REFERENCES payments (id),
    gateway TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('Test', 'Live')),
    external_id TEXT NOT NULL,
    amount INTEGER NOT NULL CONSTRAINT dispute_is_some CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('Open', 'Won', 'Lost')),
    opened_at INTEGER NOT NULL,
    closed_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX disputes_once ON disputes (gateway, mode, external_id);
CREATE INDEX disputes_by_payment ON disputes (payment_id);
CREATE INDEX disputes_open ON disputes (id) WHERE state = 'Open';

-- Receipts and credit notes: numbered without a gap, never changed after they were issued.
CREATE TABLE receipt_series (
    name TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;
CREATE TABLE receipts (
    number TEXT NOT NULL PRIMARY KEY,
    payment_id INTEGER NOT NULL REFERENCES payments (id),
    refund_id INTEGER NULL REFERENCES refunds (id),
    user_id INTEGER NOT NULL,
    amount INTEGER NOT NULL CONSTRAINT receipt_is_some CHECK (amount > 0),
    currency TEXT NOT NULL,
    seller TEXT NOT NULL,
    address TEXT NOT NULL,
    tax_name TEXT NOT NULL,
    tax_number TEXT NOT NULL,
    tax_points INTEGER NOT NULL,
    tax_amount INTEGER NOT NULL CONSTRAINT tax_is_inside CHECK (tax_amount >= 0 AND tax_amount < amount),
    issued_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX receipts_payment_once ON receipts (payment_id) WHERE refund_id IS NULL;
CREATE UNIQUE INDEX receipts_refund_once ON receipts (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX receipts_by_user ON receipts (user_id, issued_at);

-- What gateways told us, byte for byte; answered at once, worked after.
CREATE TABLE webhooks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gateway TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('Test', 'Live')),
    event_id TEXT NOT NULL,
    event TEXT NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('Waiting', 'Done', 'Failed', 'Rejected')),
    result TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    worked_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX webhooks_once ON webhooks (gateway, mode, event_id);
CREATE INDEX webhooks_by_due ON webhooks (due_at) WHERE state = 'Waiting';
CREATE INDEX webhooks_by_time ON webhooks (received_at);
CREATE INDEX webhooks_troubled ON webhooks (id) WHERE state IN ('Failed', 'Rejected');

-- A price as the gateway knows it; theirs never change, so a new price is a new one there.
CREATE TABLE gateway_plans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    gateway TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('Test', 'Live')),
    account TEXT NOT NULL,
    credits INTEGER NOT NULL,
    period TEXT NOT NULL CHECK (period IN ('Month', 'Year')),
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    external_id TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX gateway_plans_once ON gateway_plans (gateway, mode, account, credits, period, amount, currency);

-- What the demo gateway knows: it has no other server to keep it.
CREATE TABLE demo_records (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('Secret', 'Checkout', 'Payment', 'Refund', 'Dispute', 'Subscription')),
    parent TEXT NOT NULL,
    number TEXT NOT NULL,
    state TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    at INTEGER NOT NULL,
    starts_at INTEGER NULL,
    ends_at INTEGER NULL
) STRICT;
CREATE INDEX demo_records_by_parent ON demo_records (parent);

INSERT INTO credit_prices (currency, rate, is_sold) VALUES ('USD', 275, TRUE), ('INR', 23100, TRUE);
INSERT INTO plan_prices (credits, period, currency, amount, is_sold) VALUES
    (1000, 'Month', 'USD', 1900, TRUE),
    (1000, 'Year', 'USD', 22800, TRUE),
    (1000, 'Month', 'INR', 159600, TRUE),
    (1000, 'Year', 'INR', 1915200, TRUE),
    (2000, 'Month', 'USD', 3600, TRUE),
    (2000, 'Year', 'USD', 43200, TRUE),
    (2000, 'Month', 'INR', 302400, TRUE),
    (2000, 'Year', 'INR', 3628800, TRUE),
    (4000, 'Month', 'USD', 6800, TRUE),
    (4000, 'Year', 'USD', 81600, TRUE),
    (4000, 'Month', 'INR', 571200, TRUE),
    (4000, 'Year', 'INR', 6854400, TRUE),
    (8000, 'Month', 'USD', 12800, TRUE),
    (8000, 'Year', 'USD', 153600, TRUE),
    (8000, 'Month', 'INR', 1075200, TRUE),
    (8000, 'Year', 'INR', 12902400, TRUE),
    (16000, 'Month', 'USD', 24000, TRUE),
    (16000, 'Year', 'USD', 288000, TRUE),
    (16000, 'Month', 'INR', 2016000, TRUE),
    (16000, 'Year', 'INR', 24192000, TRUE),
    (32000, 'Month', 'USD', 44800, TRUE),
    (32000, 'Year', 'USD', 537600, TRUE),
    (32000, 'Month', 'INR', 3763200, TRUE),
    (32000, 'Year', 'INR', 45158400, TRUE),
    (64000, 'Month', 'USD', 83200, TRUE),
    (64000, 'Year', 'USD', 998400, TRUE),
    (64000, 'Month', 'INR', 6988800, TRUE),
    (64000, 'Year', 'INR', 83865600, TRUE);
INSERT INTO sale_terms (id, seller, address, tax_name, tax_number, tax_points, resets_plans) VALUES (1, '', '', '', '', 0, FALSE);
