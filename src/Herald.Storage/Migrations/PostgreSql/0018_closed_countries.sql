-- The countries to which Meta lets the sender's account send nothing (130497), each until when: "53:1763800000000000 US.:1763800000000000". Read with the row.
ALTER TABLE senders ADD COLUMN closed_countries text NOT NULL DEFAULT '';
