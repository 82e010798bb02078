-- Whoever owns no key yet: a top is fitted on this server, after every connected maker and before the sandbox.
INSERT INTO models (tool, provider, name, title, position, is_enabled, price, life_seconds, daily_max, wait_ms, preview_ms) VALUES
    ('try-on', 'tailor', 'quick-preview', 'Quick preview (made on this server)', 80, TRUE, 2, 60, NULL, 4000, NULL);
