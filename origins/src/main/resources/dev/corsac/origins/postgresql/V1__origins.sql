CREATE TABLE corsac_origin (
  policy  varchar(64)   NOT NULL,
  pattern varchar(1024) NOT NULL,
  owner   varchar(200)  NOT NULL DEFAULT '',
  note    varchar(1000) NOT NULL DEFAULT '',
  created timestamptz   NOT NULL DEFAULT now(),
  expires timestamptz,
  PRIMARY KEY (policy, pattern)
);

CREATE TABLE corsac_origin_version (
  single  boolean PRIMARY KEY DEFAULT true CHECK (single),
  version bigint  NOT NULL
);
INSERT INTO corsac_origin_version (version) VALUES (1);

-- The row of the version is locked until the end of the transaction, so that versions rise in the order of the commits.
CREATE FUNCTION corsac_origin_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE corsac_origin_version SET version = version + 1;
  PERFORM pg_notify('corsac_origin', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER corsac_origin_changed
  AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON corsac_origin
  FOR EACH STATEMENT EXECUTE FUNCTION corsac_origin_changed();
