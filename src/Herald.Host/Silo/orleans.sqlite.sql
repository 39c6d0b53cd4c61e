-- What Orleans' ADO.NET persistence asks of a database: queries under fixed keys, with fixed names of parameters and columns.
-- Written for Herald's single node on SQLite. Orleans' own SQLite scripts, run before, are left as they are.
CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey text NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);

-- One row for each state of a grain, a few for each tenant and owner. Read and written by its whole key only.
CREATE TABLE IF NOT EXISTS OrleansStorage
(
    ServiceId text NOT NULL,
    GrainTypeString text NOT NULL,
    GrainIdN0 integer NOT NULL,
    GrainIdN1 integer NOT NULL,
    GrainIdExtensionString text NOT NULL,
    PayloadBinary blob,
    Version integer NOT NULL,
    PRIMARY KEY (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString)
);

-- Returns the new version; nothing when another has written since the version that was read.
INSERT OR IGNORE INTO OrleansQuery (QueryKey, QueryText) VALUES ('WriteToStorageKey', '
    INSERT INTO OrleansStorage (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary, Version)
    SELECT @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @PayloadBinary, 1
    WHERE @GrainStateVersion IS NULL OR EXISTS (
        SELECT 1 FROM OrleansStorage
        WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
            AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, ''''))
    ON CONFLICT (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString) DO UPDATE
        SET PayloadBinary = excluded.PayloadBinary, Version = OrleansStorage.Version + 1
        WHERE OrleansStorage.Version = @GrainStateVersion
    RETURNING Version AS NewGrainStateVersion');

INSERT OR IGNORE INTO OrleansQuery (QueryKey, QueryText) VALUES ('ReadFromStorageKey', '
    SELECT PayloadBinary, Version FROM OrleansStorage
    WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
        AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')');

INSERT OR IGNORE INTO OrleansQuery (QueryKey, QueryText) VALUES ('ClearStorageKey', '
    UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1
    WHERE ServiceId = @ServiceId AND GrainTypeString = @GrainTypeString AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
        AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''') AND Version = @GrainStateVersion
    RETURNING Version AS NewGrainStateVersion');
