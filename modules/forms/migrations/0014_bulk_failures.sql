-- Why a bulk action was given up; what it had done until then stays done.
alter table bulk_action add column failure TEXT;
