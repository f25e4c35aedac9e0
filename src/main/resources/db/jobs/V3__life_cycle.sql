-- Rows or requests that the router has read; shown while a job is being planned.
alter table job add column scored integer not null default 0;

-- When a job was asked to stop, and when its results began to be written; 0 before. Only shown.
alter table job add column cancelling_at bigint not null default 0;
alter table job add column finalizing_at bigint not null default 0;
