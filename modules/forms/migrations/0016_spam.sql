-- How a form keeps unwanted submissions apart; null: as usual.
alter table form add column protection JSONB;
-- Why whoever took it in thinks it is spam, until the job that counts has put it apart.
alter table submission add column suspicion TEXT;
