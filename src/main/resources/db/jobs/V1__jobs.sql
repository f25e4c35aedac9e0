-- One schema for SQLite and PostgreSQL: only what both understand.
-- Times are seconds since 1970 and only shown; nothing is decided by a wall clock.

create table setting (
  name  text primary key,
  value text not null
);

-- A replica that runs lanes. It lives while its beat changes.
create table worker (
  id   text primary key,
  beat bigint not null
);

create table job (
  id              text primary key,
  kind            text not null,
  tenant          text not null,
  idempotency_key text not null,
  request_hash    text not null,
  spec            text not null,
  state           text not null,
  owner           text,
  created_at      bigint not null,
  finished_at     bigint not null default 0,
  age_millis      bigint not null default 0,
  cost_micros     bigint not null default 0,
  items           integer not null default 0,
  forecast        text not null default '',
  failure         text not null default '',
  unique (tenant, kind, idempotency_key)
);
create index job_by_tenant on job (tenant, kind, created_at, id);
create index job_by_state on job (state);

-- A contiguous piece of a plan, sent strictly in sequence by one worker at a time.
create table lane (
  job_id     text not null references job (id) on delete cascade,
  number     integer not null,
  tier       text not null,
  head       text not null,
  size       integer not null,
  answered   integer not null default 0,
  leader     integer not null,
  leads      integer not null,
  owner      text,
  primary key (job_id, number)
);
create index lane_by_owner on lane (owner);

-- One request to a model. It answers for one item of the job, or for several.
create table question (
  job_id      text not null,
  lane        integer not null,
  seq         integer not null,
  items       text not null,
  tail        text not null,
  decision    text not null,
  done        integer not null default 0,
  input       bigint not null default 0,
  cached      bigint not null default 0,
  output      bigint not null default 0,
  estimated   integer not null default 0,
  cost_micros bigint not null default 0,
  input_micros bigint not null default 0,
  large_micros bigint not null default 0,
  primary key (job_id, lane, seq),
  foreign key (job_id, lane) references lane (job_id, number) on delete cascade
);

-- What became of one item. The key is why no answer can be doubled.
create table answer (
  job_id  text not null references job (id) on delete cascade,
  item    integer not null,
  status  integer not null,
  body    text not null,
  primary key (job_id, item)
);

create table stored_file (
  id         text primary key,
  tenant     text not null,
  purpose    text not null,
  name       text not null,
  bytes      bigint not null,
  created_at bigint not null
);
create index stored_file_by_tenant on stored_file (tenant, created_at, id);
