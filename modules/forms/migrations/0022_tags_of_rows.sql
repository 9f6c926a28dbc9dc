-- With the tag, so that the tags of a page are read from it alone; without, SQLite walks all tags of the form.
drop index submission_tag_number;
create index submission_tag_number on submission_tag (workspace_id, form_id, number, tag);
