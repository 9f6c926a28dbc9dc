-- The log of mails to one address, newest first; without it all mails of the workspace are walked through.
create index mail_to_one on mail (workspace_id, recipient, id);
