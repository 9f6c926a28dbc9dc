-- When address and text were taken out of it, at the wish of whom it was about.
alter table mail add column erased_at BIGINT;
