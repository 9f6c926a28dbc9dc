//! SQLite: no change stands inside another statement; two in one text cost one way to the driver's thread.

pub(super) const APPEND: &str = "
    insert into event_head (workspace_id, seq) values ($1, 1)
    on conflict (workspace_id) do update set seq = event_head.seq + 1;
    insert into event (workspace_id, seq, kind, subject, actor, payload, causation_seq, depth, at)
    select $1, seq, $2, $3, $4, $5, $6, $7, $8 from event_head where workspace_id = $1
    returning seq";
