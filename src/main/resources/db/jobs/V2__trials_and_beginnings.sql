-- A lane that waits for the outcome of its job's trial: 'planned' or 'given', the order of fields of its questions.
-- Empty: it is sent. Items of answers below 0 belong to a trial alone, and to no row of the results.
alter table lane add column arm text not null default '';

-- When the first question could be sent; 0 before. Only shown.
alter table job add column started_at bigint not null default 0;
