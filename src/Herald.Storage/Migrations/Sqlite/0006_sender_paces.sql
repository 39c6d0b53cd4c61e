-- How fast each sender may go just now: written by its owner about once a second while it is not at its full level, read by the next owner. One row a
-- sender. pairs: what was borrowed from the pair limit, a JSON object of contact ids and times at which all is paid. level_time: when the
-- level was last read from Meta.
CREATE TABLE sender_paces (
  tenant_id   text    NOT NULL,
  sender_id   text    NOT NULL,
  epoch       integer NOT NULL,
  rate        real    NOT NULL,
  hold_time   integer,
  pairs       text    NOT NULL,
  level_time  integer NOT NULL,
  update_time integer NOT NULL,
  PRIMARY KEY (tenant_id, sender_id)
);
