-- Whom to ask for what, at which price and in which order: an admin's to change.
CREATE TABLE models (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    tool TEXT NOT NULL,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    position INTEGER NOT NULL,
    is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
    price INTEGER NOT NULL CONSTRAINT model_price_in_bounds CHECK (price BETWEEN 1 AND 1000000),
    life_seconds INTEGER NOT NULL CONSTRAINT model_life_in_bounds CHECK (life_seconds BETWEEN 10 AND 2700),
    daily_max INTEGER NULL CONSTRAINT model_day_in_bounds CHECK (daily_max > 0),
    wait_ms INTEGER NOT NULL CHECK (wait_ms >= 0),
    preview_ms INTEGER NULL CHECK (preview_ms >= 0)
) STRICT;
CREATE UNIQUE INDEX models_once ON models (tool, provider, name);

INSERT INTO models (tool, provider, name, title, position, is_enabled, price, life_seconds, daily_max, wait_ms, preview_ms) VALUES
    ('try-on', 'worker', 'try-on', 'Our own machine', 10, TRUE, 20, 600, NULL, 30000, 10000),
    ('try-on', 'fal', 'fal-ai/fashn/tryon/v1.6', 'FASHN v1.6', 20, TRUE, 20, 300, NULL, 15000, NULL),
    ('try-on', 'fal', 'fal-ai/kling/v1-5/kolors-virtual-try-on', 'Kolors', 30, TRUE, 20, 300, NULL, 20000, NULL),
    ('try-on', 'evolink', 'nano-banana-2-lite', 'Nano Banana 2 lite', 40, TRUE, 20, 300, NULL, 25000, NULL),
    ('try-on', 'evolink', 'gpt-image-2', 'GPT Image 2', 50, FALSE, 40, 600, NULL, 60000, NULL),
    ('try-on', 'sandbox', 'try-on', 'Sandbox', 90, TRUE, 20, 120, NULL, 4000, 2000);

-- One request each, from the button to the result or the credits back.
CREATE TABLE jobs (
    id TEXT NOT NULL PRIMARY KEY,
    user_id INTEGER NOT NULL,
    client_id TEXT NOT NULL,
    tool TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('TryOn', 'Image', 'Video', 'Speech', 'Avatar', 'AudioVideo')),
    fingerprint BLOB NOT NULL,
    parameters TEXT NOT NULL,
    count INTEGER NOT NULL CONSTRAINT count_in_bounds CHECK (count BETWEEN 1 AND 4),
    is_heavy INTEGER NOT NULL CHECK (is_heavy IN (0, 1)),
    price INTEGER NOT NULL CONSTRAINT job_price_is_some CHECK (price > 0),
    scope TEXT NOT NULL,
    callback_token TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    key_id INTEGER NULL,
    state TEXT NOT NULL CHECK (state IN ('Queued', 'Sending', 'Working', 'Previewed', 'Saving', 'Done', 'Cancelled', 'Failed')),
    version INTEGER NOT NULL,
    worker TEXT NULL,
    due_at INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    model_id INTEGER NULL REFERENCES models (id),
    tried TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    external_id TEXT NULL,
    poll_reference TEXT NULL,
    progress INTEGER NULL,
    place INTEGER NULL,
    preview_id TEXT NULL,
    save_attempts INTEGER NOT NULL,
    charged INTEGER NOT NULL CONSTRAINT charged_at_most_price CHECK (charged BETWEEN 0 AND price),
    reason TEXT NULL CHECK (reason IN ('Refused', 'BadInput', 'NoMaker', 'MakerFailed', 'Empty', 'BadResult', 'Lost', 'Deadline',
        'Storage', 'Ended')),
    detail TEXT NOT NULL,
    sent_at INTEGER NULL,
    previewed_at INTEGER NULL,
    finished_at INTEGER NULL,
    CONSTRAINT only_the_done_pay CHECK (charged = 0 OR state = 'Done'),
    CONSTRAINT failures_have_a_reason CHECK ((state = 'Failed') = (reason IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX jobs_client_once ON jobs (user_id, client_id);
CREATE INDEX jobs_by_user ON jobs (user_id, created_at);
CREATE INDEX jobs_by_content ON jobs (user_id, fingerprint) WHERE state = 'Done';
CREATE INDEX jobs_queue ON jobs (turn, id) WHERE state = 'Queued';
CREATE INDEX jobs_queue_by_user ON jobs (user_id, turn) WHERE state = 'Queued';
CREATE INDEX jobs_by_due ON jobs (due_at) WHERE state IN ('Sending', 'Working', 'Previewed', 'Saving');
CREATE INDEX jobs_out_by_user ON jobs (user_id, is_heavy) WHERE state IN ('Sending', 'Working', 'Previewed', 'Saving');
CREATE INDEX jobs_by_model ON jobs (model_id, sent_at);
CREATE INDEX jobs_by_key ON jobs (key_id, created_at) WHERE key_id IS NOT NULL;
CREATE INDEX jobs_by_state ON jobs (state, created_at);

CREATE TABLE job_inputs (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    position INTEGER NOT NULL,
    role TEXT NOT NULL,
    media_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (job_id, position)
) STRICT;
CREATE INDEX job_inputs_by_media ON job_inputs (media_id);

-- What makers called in, byte for byte; each once.
CREATE TABLE job_calls (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    digest TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('Verified', 'Hint')),
    received_at INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    applied_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX job_calls_once ON job_calls (job_id, digest);
CREATE INDEX job_calls_by_time ON job_calls (received_at);

CREATE TABLE job_steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    at INTEGER NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE INDEX job_steps_by_job ON job_steps (job_id, id);

-- The history of each person.
CREATE TABLE results (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    user_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    media_id TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('Kept', 'Leaving', 'Gone')),
    is_pinned INTEGER NOT NULL CHECK (is_pinned IN (0, 1)),
    left_at INTEGER NULL
) STRICT;
CREATE UNIQUE INDEX results_once ON results (job_id, position);
CREATE UNIQUE INDEX results_by_media ON results (media_id);
CREATE INDEX results_by_user ON results (user_id, state, id);
CREATE INDEX results_leaving ON results (left_at) WHERE state = 'Leaving';
