//! PostgreSQL: both changes in one statement, and one round trip.

pub(super) const APPEND: &str = "
    with head as (
        insert into event_head (workspace_id, seq) values ($1, 1)
        on conflict (workspace_id) do update set seq = event_head.seq + 1
        returning seq
    )
    insert into event (workspace_id, seq, kind, subject, actor, payload, causation_seq, depth, at)
    select $1, seq, $2, $3, $4, $5, $6, $7, $8 from head
    returning seq";
