CREATE TABLE corsac_origin (
  policy  varchar(64)   NOT NULL,
  pattern varchar(1024) NOT NULL,
  owner   varchar(200)  DEFAULT '' NOT NULL,
  note    varchar(1000) DEFAULT '' NOT NULL,
  created timestamp with time zone DEFAULT current_timestamp NOT NULL,
  expires timestamp with time zone,
  PRIMARY KEY (policy, pattern)
);
