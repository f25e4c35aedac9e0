-- Those of a question's output tokens that were thought and not said.
alter table question add column reasoning bigint not null default 0;
