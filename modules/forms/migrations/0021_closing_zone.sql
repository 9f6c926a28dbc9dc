-- The time zone in which somebody wrote until when a form takes answers.
alter table form add column closes_zone TEXT;
