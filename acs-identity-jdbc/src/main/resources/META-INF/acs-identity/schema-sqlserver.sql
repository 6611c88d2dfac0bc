-- Which user of the application is which communication user. The key is a hash of namespace and external id.
IF OBJECT_ID(N'acs_user_mapping', N'U') IS NULL
CREATE TABLE acs_user_mapping (
    id_hash     BINARY(32)    NOT NULL PRIMARY KEY,
    namespace   NVARCHAR(128) NOT NULL,
    external_id NVARCHAR(512) NOT NULL,
    state       VARCHAR(8)    NOT NULL,
    user_id     NVARCHAR(256) COLLATE Latin1_General_BIN2,
    resource_id NVARCHAR(256) COLLATE Latin1_General_BIN2,
    request_id  NVARCHAR(36)  COLLATE Latin1_General_BIN2,
    started_at  DATETIME2(3),
    expires_at  DATETIME2(3),
    INDEX acs_user_mapping_ix_state (state, expires_at),
    INDEX acs_user_mapping_ix_user UNIQUE (user_id) WHERE user_id IS NOT NULL,
    CHECK ((state = 'RESERVED' AND user_id IS NULL AND request_id IS NOT NULL AND started_at IS NOT NULL
                AND expires_at IS NOT NULL)
        OR (state IN ('BOUND', 'ERASING') AND user_id IS NOT NULL AND request_id IS NULL))
);

-- Attempts at creating a user that did not end with a mapping. Without user_id: whether there is a user is not known.
-- With it: that user is nobody's and to be deleted. No external ids here.
IF OBJECT_ID(N'acs_user_mapping_attempt', N'U') IS NULL
CREATE TABLE acs_user_mapping_attempt (
    request_id NVARCHAR(36)  COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    started_at DATETIME2(3)  NOT NULL,
    expires_at DATETIME2(3)  NOT NULL,
    user_id    NVARCHAR(256) COLLATE Latin1_General_BIN2
);
