-- Which user of the application is which communication user. The key is a hash of namespace and external id.
CREATE TABLE IF NOT EXISTS acs_user_mapping (
    id_hash     BINARY(32)   NOT NULL PRIMARY KEY,
    namespace   VARCHAR(128) NOT NULL,
    external_id VARCHAR(512) NOT NULL,
    state       VARCHAR(8)   NOT NULL,
    user_id     VARCHAR(256) UNIQUE,
    resource_id VARCHAR(256),
    request_id  VARCHAR(36) ,
    started_at  TIMESTAMP(3),
    expires_at  TIMESTAMP(3),
    -- Without IN, nor what H2 2.4 turns into it: that fails once the connection that made the table is closed.
    CHECK (CASE state
        WHEN 'RESERVED' THEN user_id IS NULL AND request_id IS NOT NULL AND started_at IS NOT NULL
            AND expires_at IS NOT NULL
        WHEN 'BOUND' THEN user_id IS NOT NULL AND request_id IS NULL
        WHEN 'ERASING' THEN user_id IS NOT NULL AND request_id IS NULL
        ELSE FALSE END)
);

CREATE INDEX IF NOT EXISTS acs_user_mapping_ix_state ON acs_user_mapping (state, expires_at);

-- Attempts at creating a user that did not end with a mapping. Without user_id: whether there is a user is not known.
-- With it: that user is nobody's and to be deleted. No external ids here.
CREATE TABLE IF NOT EXISTS acs_user_mapping_attempt (
    request_id VARCHAR(36) NOT NULL PRIMARY KEY,
    started_at TIMESTAMP(3) NOT NULL,
    expires_at TIMESTAMP(3) NOT NULL,
    user_id    VARCHAR(256)
);
