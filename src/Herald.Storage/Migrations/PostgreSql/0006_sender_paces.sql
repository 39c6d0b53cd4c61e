-- How fast each sender may go just now: written by its owner about once a second while it is not at its full level, read by the next owner. One row a
-- sender. pairs: what was borrowed from the pair limit, a JSON object of contact ids and times at which all is paid. level_time: when the
-- level was last read from Meta.
CREATE TABLE sender_paces (
  tenant_id   uuid             NOT NULL,
  sender_id   uuid             NOT NULL,
  epoch       bigint           NOT NULL,
  rate        double precision NOT NULL,
  hold_time   bigint,
  pairs       text             NOT NULL,
  level_time  bigint           NOT NULL,
  update_time bigint           NOT NULL,
  PRIMARY KEY (tenant_id, sender_id)
);
