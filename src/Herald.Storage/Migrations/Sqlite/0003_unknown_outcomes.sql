-- Outcomes that nobody knows, the oldest first, to end their grace time; due_time is when they became that. A handful.
CREATE INDEX messages_unknown ON messages (due_time) WHERE state = 25;
