CREATE TABLE corsac_origin (
  policy  varchar(64)   NOT NULL,
  pattern varchar(1024) NOT NULL,
  owner   varchar(200)  NOT NULL DEFAULT '',
  note    varchar(1000) NOT NULL DEFAULT '',
  created timestamptz   NOT NULL DEFAULT now(),
  expires timestamptz,
  PRIMARY KEY (policy, pattern)
);

-- Which rows changed, the newest last. Without a pattern: any row may have changed.
-- The start is cut off; who has read up to a row that is gone reads all origins anew.
CREATE TABLE corsac_origin_change (
  id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  policy  varchar(64),
  pattern varchar(1024)
);
INSERT INTO corsac_origin_change DEFAULT VALUES;

-- One transaction at a time changes origins, so that what a reader sees of the changes is a start of them: no smaller number comes later.
-- Before any row is locked, so that two writers wait for each other at one place only.
CREATE FUNCTION corsac_origin_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(1129271891, 1);
  RETURN NULL;
END
$$;

-- With the rights of who made the tables, so that who may change origins needs no others.
CREATE FUNCTION corsac_origin_note() RETURNS trigger LANGUAGE plpgsql
  SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp AS $$
DECLARE
  most  CONSTANT bigint := 10000;
  kept  CONSTANT bigint := 20000;
  noted bigint;
  last  bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO corsac_origin_change DEFAULT VALUES;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO corsac_origin_change (policy, pattern)
      SELECT policy, pattern
        FROM (SELECT policy, pattern, expires FROM older EXCEPT SELECT policy, pattern, expires FROM changed) AS gone
      UNION
      SELECT policy, pattern
        FROM (SELECT policy, pattern, expires FROM changed EXCEPT SELECT policy, pattern, expires FROM older) AS come
      LIMIT most + 1;
  ELSE
    INSERT INTO corsac_origin_change (policy, pattern) SELECT policy, pattern FROM changed LIMIT most + 1;
  END IF;
  GET DIAGNOSTICS noted = ROW_COUNT;
  IF noted = 0 THEN
    RETURN NULL;
  END IF;
  IF noted > most THEN
    INSERT INTO corsac_origin_change DEFAULT VALUES;
  END IF;
  PERFORM pg_notify('corsac_origin', '');
  SELECT max(id) INTO last FROM corsac_origin_change;
  -- Others may have cut in the meantime, which stricter isolation takes for a conflict.
  IF last % 1000 < noted AND current_setting('transaction_isolation') = 'read committed' THEN
    DELETE FROM corsac_origin_change WHERE id < last - kept;
  END IF;
  RETURN NULL;
END
$$;

-- Nobody else may hang it to a table of theirs.
REVOKE ALL ON FUNCTION corsac_origin_note() FROM PUBLIC;

CREATE TRIGGER corsac_origin_lock BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON corsac_origin
  FOR EACH STATEMENT EXECUTE FUNCTION corsac_origin_lock();
CREATE TRIGGER corsac_origin_inserted AFTER INSERT ON corsac_origin
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION corsac_origin_note();
CREATE TRIGGER corsac_origin_updated AFTER UPDATE ON corsac_origin
  REFERENCING OLD TABLE AS older NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION corsac_origin_note();
CREATE TRIGGER corsac_origin_deleted AFTER DELETE ON corsac_origin
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION corsac_origin_note();
CREATE TRIGGER corsac_origin_truncated AFTER TRUNCATE ON corsac_origin
  FOR EACH STATEMENT EXECUTE FUNCTION corsac_origin_note();
