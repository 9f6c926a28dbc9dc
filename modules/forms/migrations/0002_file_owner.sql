-- Files are part of one submission. Of those that name a file, the first had it: ids sort by birth.
update file
set owner = coalesce(
    (
        select min(submission.id) from submission
        where submission.workspace_id = file.workspace_id
          and submission.form_id = file.collection
          and cast(submission.answers as text) like '%"' || file.id || '"%'
    ),
    owner
)
where owner = collection;
