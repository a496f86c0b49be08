-- Names in tables and bundles changed before the first release: homes of schema 6 and earlier are refused.
UPDATE home SET schema_version = 7;
