-- A transaction of a workspace may also hand work to the house.
create policy house on job using (workspace_id = '');

-- Rows live for milliseconds: what they leave behind is swept by count, not by share of the table.
alter table job set (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_cost_delay = 0
);
