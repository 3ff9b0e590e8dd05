CREATE TABLE account (
account_id TEXT NOT NULL,
name TEXT NOT NULL,
unit_id TEXT,
role TEXT NOT NULL,
auth_state TEXT NOT NULL,
token_blob BLOB,
token_expires_at TEXT,
portal_id TEXT,
is_current BOOLEAN NOT NULL,
data JSON,
last_ok_at TEXT,
created_at TEXT,
CONSTRAINT pk_account PRIMARY KEY (account_id)
)

CREATE UNIQUE INDEX uq_account_current ON account (is_current) WHERE is_current

CREATE TABLE audit_log (
seq INTEGER NOT NULL,
at TEXT NOT NULL,
actor TEXT NOT NULL,
action TEXT NOT NULL,
entity TEXT NOT NULL,
detail JSON,
before_hash TEXT NOT NULL,
after_hash TEXT NOT NULL,
prev_hash TEXT NOT NULL,
hash TEXT NOT NULL,
CONSTRAINT pk_audit_log PRIMARY KEY (seq)
)

CREATE TABLE batch (
batch_id TEXT NOT NULL,
account_id TEXT,
channel TEXT NOT NULL,
body BLOB NOT NULL,
body_hash TEXT NOT NULL,
state TEXT NOT NULL,
n_ops INTEGER NOT NULL,
attempts INTEGER DEFAULT 0 NOT NULL,
http_status INTEGER,
response BLOB,
last_problem JSON,
created_at TEXT NOT NULL,
first_sent_at TEXT,
answered_at TEXT,
settled_at TEXT,
CONSTRAINT pk_batch PRIMARY KEY (batch_id)
)

CREATE INDEX ix_batch_state ON batch (state)

CREATE TABLE campaign (
id TEXT NOT NULL,
rev INTEGER NOT NULL,
data JSON NOT NULL,
as_of TEXT,
signature TEXT,
CONSTRAINT pk_campaign PRIMARY KEY (id)
)

CREATE TABLE catalog (
id TEXT NOT NULL,
programme TEXT NOT NULL,
rev INTEGER NOT NULL,
data JSON NOT NULL,
as_of TEXT,
signature TEXT,
etag TEXT,
CONSTRAINT pk_catalog PRIMARY KEY (id)
)

CREATE TABLE dup_candidate (
record_id TEXT NOT NULL,
other_ref TEXT NOT NULL,
kind TEXT NOT NULL,
score DOUBLE NOT NULL,
reasons JSON,
decision TEXT NOT NULL,
decided_by TEXT NOT NULL,
decided_at TEXT,
found_at TEXT NOT NULL,
CONSTRAINT pk_dup_candidate PRIMARY KEY (record_id, other_ref)
)

CREATE INDEX ix_dup_candidate_decision ON dup_candidate (decision)

CREATE INDEX ix_dup_candidate_other ON dup_candidate (other_ref)

CREATE TABLE erasure (
id_hash TEXT NOT NULL,
kind TEXT NOT NULL,
reason TEXT NOT NULL,
at TEXT NOT NULL,
CONSTRAINT pk_erasure PRIMARY KEY (id_hash)
)

CREATE TABLE form_draft (
form TEXT NOT NULL,
content JSON NOT NULL,
opened_version INTEGER NOT NULL,
at TEXT NOT NULL,
CONSTRAINT pk_form_draft PRIMARY KEY (form)
)

CREATE TABLE inbox (
page_id TEXT NOT NULL,
ordinal INTEGER NOT NULL,
change JSON NOT NULL,
applied BOOLEAN NOT NULL,
received_at TEXT,
CONSTRAINT pk_inbox PRIMARY KEY (page_id, ordinal)
)

CREATE TABLE initiative (
"key" INTEGER NOT NULL,
id TEXT NOT NULL,
programme TEXT NOT NULL,
stage TEXT,
local_code TEXT NOT NULL,
title TEXT NOT NULL,
is_secret BOOLEAN NOT NULL,
group_unit TEXT,
solution_type TEXT NOT NULL,
category TEXT NOT NULL,
first_applied_on TEXT,
is_monetary BOOLEAN NOT NULL,
annual_benefit INTEGER,
benefit_calculation TEXT NOT NULL,
benefit_confirmed_by TEXT NOT NULL,
benefit_confirmed_on TEXT,
situation_before TEXT NOT NULL,
solution TEXT NOT NULL,
novelty TEXT NOT NULL,
scope TEXT NOT NULL,
conditions TEXT NOT NULL,
effect_summary TEXT NOT NULL,
effect_groups JSON,
recognition_level TEXT NOT NULL,
recognition_decision TEXT NOT NULL,
recognised_on TEXT,
is_ip_protected BOOLEAN NOT NULL,
awards JSON,
note TEXT NOT NULL,
unread JSON,
source TEXT NOT NULL,
source_actor TEXT NOT NULL,
source_at TEXT,
source_file TEXT,
source_sha256 TEXT,
source_sheet TEXT,
source_row INTEGER,
lifecycle TEXT NOT NULL,
version INTEGER NOT NULL,
created_at TEXT NOT NULL,
changed_at TEXT NOT NULL,
code_sort TEXT NOT NULL,
title_sort TEXT NOT NULL,
author_sort TEXT NOT NULL,
group_sort TEXT NOT NULL,
main_author TEXT NOT NULL,
problems JSON,
error_count INTEGER DEFAULT 0 NOT NULL,
warning_count INTEGER DEFAULT 0 NOT NULL,
portal_code TEXT,
portal_status TEXT DEFAULT '' NOT NULL,
portal_reason JSON,
portal_at TEXT,
base_rev INTEGER DEFAULT 0 NOT NULL,
base_doc JSON,
shadow_rev INTEGER,
shadow_doc JSON,
owner_account TEXT,
completeness TEXT DEFAULT '' NOT NULL,
is_held BOOLEAN DEFAULT 0 NOT NULL,
hold_reason TEXT DEFAULT '' NOT NULL,
erased_at TEXT,
open_state TEXT,
frozen_state TEXT,
last_outcome TEXT,
has_conflict BOOLEAN DEFAULT 0 NOT NULL,
was_applied BOOLEAN DEFAULT 0 NOT NULL,
badge TEXT NOT NULL GENERATED ALWAYS AS (CASE WHEN has_conflict THEN 'Mâu thuẫn' WHEN open_state IS NULL AND frozen_state IS NULL AND portal_status = 'returned' THEN 'Cổng trả lại' WHEN open_state IS NULL AND frozen_state IS NULL AND last_outcome = 'rejected' THEN 'Cổng từ chối' WHEN open_state IS NULL AND frozen_state IS NULL AND last_outcome = 'duplicate' THEN 'Trùng trên Cổng' WHEN frozen_state = 'parked' THEN 'Gác lại' WHEN lifecycle = 'draft' AND error_count > 0 AND frozen_state IS NULL THEN 'Chờ bổ sung' WHEN frozen_state = 'unknown' THEN 'Đang hỏi lại Cổng' WHEN frozen_state = 'carried' THEN 'Đang mang bằng USB' WHEN frozen_state = 'waiting' THEN 'Cổng hẹn lại' WHEN frozen_state IS NOT NULL THEN 'Đang gửi' WHEN open_state = 'held' OR (open_state IS NOT NULL AND is_held) THEN 'Tạm giữ' WHEN open_state IS NOT NULL AND was_applied THEN 'Chờ gửi lại' WHEN open_state IS NOT NULL THEN 'Chờ gửi' WHEN lifecycle = 'withdrawn' THEN 'Đã rút' WHEN portal_status = 'valid' THEN 'Hợp lệ' WHEN was_applied OR portal_status <> '' THEN 'Cổng đã nhận' ELSE 'Nháp' END) VIRTUAL,
CONSTRAINT pk_initiative PRIMARY KEY ("key"),
CONSTRAINT uq_initiative_id UNIQUE (id)
)

CREATE INDEX ix_initiative_annual_benefit ON initiative (annual_benefit)

CREATE INDEX ix_initiative_author_sort ON initiative (author_sort)

CREATE INDEX ix_initiative_badge ON initiative (badge)

CREATE INDEX ix_initiative_category ON initiative (category)

CREATE INDEX ix_initiative_changed_at ON initiative (changed_at)

CREATE INDEX ix_initiative_code_sort ON initiative (code_sort)

CREATE INDEX ix_initiative_first_applied_on ON initiative (first_applied_on)

CREATE INDEX ix_initiative_group_sort ON initiative (group_sort)

CREATE INDEX ix_initiative_group_unit ON initiative (group_unit)

CREATE INDEX ix_initiative_lifecycle ON initiative (lifecycle, error_count, warning_count)

CREATE INDEX ix_initiative_portal_code ON initiative (portal_code) WHERE portal_code IS NOT NULL

CREATE INDEX ix_initiative_problems ON initiative (error_count, annual_benefit)

CREATE INDEX ix_initiative_programme ON initiative (programme, stage)

CREATE INDEX ix_initiative_recognised_on ON initiative (recognised_on)

CREATE INDEX ix_initiative_shadow ON initiative (id) WHERE shadow_rev IS NOT NULL

CREATE INDEX ix_initiative_source ON initiative (source_sha256) WHERE source_sha256 IS NOT NULL

CREATE INDEX ix_initiative_title_sort ON initiative (title_sort)

CREATE UNIQUE INDEX uq_initiative_local_code ON initiative (local_code) WHERE local_code <> ''

CREATE TABLE lease (
name TEXT NOT NULL,
owner_pid INTEGER NOT NULL,
owner TEXT NOT NULL,
until TEXT NOT NULL,
CONSTRAINT pk_lease PRIMARY KEY (name)
)

CREATE TABLE mapping_template (
id TEXT NOT NULL,
kind TEXT NOT NULL,
name TEXT NOT NULL,
header_fingerprint TEXT NOT NULL,
mapping JSON NOT NULL,
used_at TEXT NOT NULL,
CONSTRAINT pk_mapping_template PRIMARY KEY (id)
)

CREATE UNIQUE INDEX uq_mapping_template_header ON mapping_template (kind, header_fingerprint)

CREATE TABLE meta (
name TEXT NOT NULL,
value TEXT NOT NULL,
CONSTRAINT pk_meta PRIMARY KEY (name)
)

CREATE TABLE net_log (
seq INTEGER NOT NULL,
at TEXT NOT NULL,
method TEXT NOT NULL,
path TEXT NOT NULL,
status INTEGER,
ms INTEGER,
bytes INTEGER,
problem TEXT NOT NULL,
trace_id TEXT,
CONSTRAINT pk_net_log PRIMARY KEY (seq)
)

CREATE TABLE op (
op_key INTEGER NOT NULL,
op_id TEXT,
record_id TEXT NOT NULL,
seq INTEGER,
kind TEXT NOT NULL,
base_rev INTEGER NOT NULL,
changed JSON,
payload BLOB,
payload_hash TEXT,
schema_version INTEGER NOT NULL,
sealed_version INTEGER,
account_id TEXT,
state TEXT NOT NULL,
batch_id TEXT,
attempts INTEGER DEFAULT 0 NOT NULL,
next_at TEXT,
last_problem JSON,
outcome JSON,
replaces_op TEXT,
actor TEXT DEFAULT '' NOT NULL,
created_at TEXT NOT NULL,
sealed_at TEXT,
settled_at TEXT,
CONSTRAINT pk_op PRIMARY KEY (op_key),
CONSTRAINT ck_op_state CHECK (state IN ('queued', 'held', 'sealed', 'inflight', 'unknown', 'waiting', 'parked', 'carried', 'applied', 'merged', 'rejected', 'conflict', 'duplicate', 'cancelled')),
CONSTRAINT ck_op_sealed_has_bytes CHECK (state NOT IN ('sealed', 'inflight', 'unknown', 'waiting', 'parked', 'carried') OR (op_id IS NOT NULL AND payload IS NOT NULL AND payload_hash IS NOT NULL)),
CONSTRAINT uq_op_op_id UNIQUE (op_id)
)

CREATE INDEX ix_op_batch_id ON op (batch_id)

CREATE INDEX ix_op_record ON op (record_id, op_key)

CREATE INDEX ix_op_state ON op (state, next_at)

CREATE UNIQUE INDEX uq_op_frozen ON op (record_id) WHERE state IN ('sealed', 'inflight', 'unknown', 'waiting', 'parked', 'carried')

CREATE UNIQUE INDEX uq_op_open ON op (record_id) WHERE state IN ('queued', 'held')

CREATE UNIQUE INDEX uq_op_seq ON op (seq) WHERE seq IS NOT NULL

CREATE TABLE person (
"key" INTEGER NOT NULL,
id TEXT NOT NULL,
name TEXT NOT NULL,
name_folded TEXT NOT NULL,
name_sort TEXT NOT NULL,
employee_code TEXT,
code_sort TEXT NOT NULL,
birth_date TEXT,
gender TEXT,
group_unit TEXT,
position TEXT NOT NULL,
education TEXT NOT NULL,
is_leader BOOLEAN NOT NULL,
author_kind TEXT NOT NULL,
is_member BOOLEAN NOT NULL,
member_card TEXT NOT NULL,
phone TEXT,
citizen_id TEXT,
other_names JSON,
status TEXT NOT NULL,
left_on DATE,
erased_at TEXT,
version INTEGER NOT NULL,
created_at TEXT NOT NULL,
changed_at TEXT NOT NULL,
CONSTRAINT pk_person PRIMARY KEY ("key"),
CONSTRAINT uq_person_id UNIQUE (id)
)

CREATE INDEX ix_person_code_sort ON person (code_sort)

CREATE INDEX ix_person_group_unit ON person (group_unit)

CREATE INDEX ix_person_left_on ON person (left_on) WHERE left_on IS NOT NULL

CREATE INDEX ix_person_name_folded ON person (name_folded)

CREATE INDEX ix_person_name_sort ON person (name_sort)

CREATE INDEX ix_person_phone ON person (phone) WHERE phone IS NOT NULL

CREATE UNIQUE INDEX uq_person_employee_code ON person (employee_code) WHERE employee_code IS NOT NULL

CREATE TABLE programme (
code TEXT NOT NULL,
name TEXT NOT NULL,
data JSON NOT NULL,
rev INTEGER NOT NULL,
as_of TEXT,
place INTEGER NOT NULL,
CONSTRAINT pk_programme PRIMARY KEY (code)
)

CREATE TABLE quota (
"key" INTEGER NOT NULL,
portal_id TEXT,
unit TEXT NOT NULL,
programme TEXT NOT NULL,
period TEXT NOT NULL,
kind TEXT NOT NULL,
number INTEGER NOT NULL,
version INTEGER NOT NULL,
rev INTEGER NOT NULL,
source TEXT NOT NULL,
as_of TEXT,
data JSON,
CONSTRAINT pk_quota PRIMARY KEY ("key")
)

CREATE INDEX ix_quota_portal_id ON quota (portal_id)

CREATE UNIQUE INDEX uq_quota_version ON quota (unit, programme, period, kind, source, version)

CREATE TABLE ranking (
id TEXT NOT NULL,
rev INTEGER NOT NULL,
data JSON NOT NULL,
as_of TEXT,
signature TEXT,
CONSTRAINT pk_ranking PRIMARY KEY (id)
)

CREATE TABLE receipt (
batch_id TEXT NOT NULL,
jws TEXT NOT NULL,
verified BOOLEAN NOT NULL,
hop TEXT NOT NULL,
at TEXT,
CONSTRAINT pk_receipt PRIMARY KEY (batch_id)
)

CREATE TABLE rule_pack (
id TEXT NOT NULL,
rev INTEGER NOT NULL,
data JSON NOT NULL,
as_of TEXT,
signature TEXT,
etag TEXT,
CONSTRAINT pk_rule_pack PRIMARY KEY (id)
)

CREATE TABLE saved_view (
id TEXT NOT NULL,
screen TEXT NOT NULL,
name TEXT NOT NULL,
place INTEGER NOT NULL,
content JSON NOT NULL,
CONSTRAINT pk_saved_view PRIMARY KEY (id)
)

CREATE UNIQUE INDEX uq_saved_view_name ON saved_view (screen, name)

CREATE TABLE screening_model (
name TEXT NOT NULL,
version TEXT NOT NULL,
documents INTEGER NOT NULL,
parameters JSON,
made_at TEXT NOT NULL,
CONSTRAINT pk_screening_model PRIMARY KEY (name)
)

CREATE TABLE screening_word (
word INTEGER NOT NULL,
documents INTEGER NOT NULL,
CONSTRAINT pk_screening_word PRIMARY KEY (word)
)

CREATE TABLE station (
station_id TEXT NOT NULL,
epoch TEXT NOT NULL,
epoch_number INTEGER NOT NULL,
name TEXT NOT NULL,
machine_fp TEXT NOT NULL,
sign_key_ref TEXT NOT NULL,
sign_key_seed BLOB,
portal_id TEXT,
portal_epoch TEXT,
portal_url TEXT,
created_at TEXT NOT NULL,
changed_at TEXT,
CONSTRAINT pk_station PRIMARY KEY (station_id)
)

CREATE TABLE subject_request (
id TEXT NOT NULL,
person TEXT,
kind TEXT NOT NULL,
received_at TEXT NOT NULL,
answer_by TEXT,
finish_by TEXT,
state TEXT NOT NULL,
data JSON,
closed_at TEXT,
CONSTRAINT pk_subject_request PRIMARY KEY (id)
)

CREATE TABLE sync_stream (
stream TEXT NOT NULL,
account_id TEXT NOT NULL,
cursor TEXT,
as_of TEXT,
digest JSON,
last_full_at TEXT,
last_ok_at TEXT,
CONSTRAINT pk_sync_stream PRIMARY KEY (stream, account_id)
)

CREATE TABLE tombstone (
stream TEXT NOT NULL,
id TEXT NOT NULL,
rev INTEGER NOT NULL,
reason TEXT NOT NULL,
at TEXT,
CONSTRAINT pk_tombstone PRIMARY KEY (stream, id)
)

CREATE TABLE undo_group (
seq INTEGER NOT NULL,
id TEXT NOT NULL,
name TEXT NOT NULL,
actor TEXT NOT NULL,
at TEXT NOT NULL,
state TEXT NOT NULL,
CONSTRAINT pk_undo_group PRIMARY KEY (seq),
CONSTRAINT uq_undo_group_id UNIQUE (id)
)

CREATE INDEX ix_undo_group_state ON undo_group (state, seq)

CREATE TABLE unit (
"key" INTEGER NOT NULL,
id TEXT NOT NULL,
name TEXT NOT NULL,
name_folded TEXT NOT NULL,
name_sort TEXT NOT NULL,
kind TEXT NOT NULL,
parent TEXT,
portal_code TEXT,
short_name TEXT NOT NULL,
cluster TEXT NOT NULL,
sector TEXT NOT NULL,
members INTEGER,
valid_from DATE,
valid_to DATE,
successor TEXT,
is_own BOOLEAN NOT NULL,
rev INTEGER DEFAULT 0 NOT NULL,
CONSTRAINT pk_unit PRIMARY KEY ("key")
)

CREATE INDEX ix_unit_name_folded ON unit (name_folded)

CREATE INDEX ix_unit_parent ON unit (parent)

CREATE INDEX ix_unit_portal_code ON unit (portal_code)

CREATE UNIQUE INDEX uq_unit_span ON unit (id, ifnull(valid_from, ''))

CREATE TABLE attachment (
attachment_id TEXT NOT NULL,
record_id TEXT NOT NULL,
place INTEGER NOT NULL,
role TEXT NOT NULL,
name TEXT NOT NULL,
media_type TEXT NOT NULL,
size INTEGER NOT NULL,
sha256 TEXT NOT NULL,
blob_path TEXT,
state TEXT DEFAULT 'local' NOT NULL,
upload_url TEXT,
upload_offset INTEGER DEFAULT 0 NOT NULL,
expires_at TEXT,
attempts INTEGER DEFAULT 0 NOT NULL,
next_at TEXT,
last_problem JSON,
created_at TEXT,
changed_at TEXT,
CONSTRAINT pk_attachment PRIMARY KEY (attachment_id),
CONSTRAINT fk_attachment_record_id FOREIGN KEY(record_id) REFERENCES initiative (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
)

CREATE INDEX ix_attachment_record_id ON attachment (record_id)

CREATE INDEX ix_attachment_sha256 ON attachment (sha256)

CREATE INDEX ix_attachment_state ON attachment (state) WHERE state <> 'stored'

CREATE TABLE "conflict" (
conflict_id TEXT NOT NULL,
record_id TEXT NOT NULL,
op_id TEXT,
base JSON,
mine JSON NOT NULL,
theirs JSON NOT NULL,
theirs_rev INTEGER NOT NULL,
fields JSON NOT NULL,
state TEXT NOT NULL,
rule TEXT NOT NULL,
resolved_by TEXT,
resolution JSON,
created_at TEXT NOT NULL,
resolved_at TEXT,
CONSTRAINT pk_conflict PRIMARY KEY (conflict_id),
CONSTRAINT fk_conflict_record_id FOREIGN KEY(record_id) REFERENCES initiative (id) ON DELETE CASCADE
)

CREATE INDEX ix_conflict_record ON "conflict" (record_id)

CREATE UNIQUE INDEX uq_conflict_open ON "conflict" (record_id) WHERE state = 'open'

CREATE TABLE consent (
"key" INTEGER NOT NULL,
person TEXT NOT NULL,
given_on DATE NOT NULL,
purposes JSON NOT NULL,
text_version TEXT NOT NULL,
form TEXT NOT NULL,
evidence_sha256 TEXT,
withdrawn_on DATE,
recorded_at TEXT NOT NULL,
recorded_by TEXT NOT NULL,
CONSTRAINT pk_consent PRIMARY KEY ("key"),
CONSTRAINT fk_consent_person FOREIGN KEY(person) REFERENCES person (id) ON DELETE CASCADE
)

CREATE INDEX ix_consent_person ON consent (person)

CREATE TABLE import_job (
id TEXT NOT NULL,
kind TEXT NOT NULL,
file_name TEXT NOT NULL,
file_sha256 TEXT NOT NULL,
sheet TEXT NOT NULL,
header_fingerprint TEXT NOT NULL,
mapping JSON,
state TEXT NOT NULL,
actor TEXT NOT NULL,
at TEXT NOT NULL,
undo_group INTEGER,
row_count INTEGER NOT NULL,
created INTEGER NOT NULL,
updated INTEGER NOT NULL,
unchanged INTEGER NOT NULL,
rejected INTEGER NOT NULL,
blank INTEGER NOT NULL,
CONSTRAINT pk_import_job PRIMARY KEY (id),
CONSTRAINT fk_import_job_undo_group FOREIGN KEY(undo_group) REFERENCES undo_group (seq)
)

CREATE INDEX ix_import_job_file_sha256 ON import_job (file_sha256)

CREATE TABLE initiative_author (
initiative INTEGER NOT NULL,
place INTEGER NOT NULL,
name TEXT NOT NULL,
employee_code TEXT,
person TEXT,
share_hundredths INTEGER,
is_main BOOLEAN NOT NULL,
CONSTRAINT pk_initiative_author PRIMARY KEY (initiative, place),
CONSTRAINT fk_initiative_author_initiative FOREIGN KEY(initiative) REFERENCES initiative ("key") ON DELETE CASCADE
)
WITHOUT ROWID

CREATE INDEX ix_initiative_author_employee_code ON initiative_author (employee_code) WHERE employee_code IS NOT NULL

CREATE INDEX ix_initiative_author_person ON initiative_author (person) WHERE person IS NOT NULL

CREATE TABLE record_history (
seq INTEGER NOT NULL,
record_id TEXT NOT NULL,
version INTEGER NOT NULL,
act TEXT NOT NULL,
at TEXT NOT NULL,
actor TEXT NOT NULL,
source TEXT NOT NULL,
undo_group INTEGER,
"before" JSON,
"after" JSON,
CONSTRAINT pk_record_history PRIMARY KEY (seq),
CONSTRAINT fk_record_history_undo_group FOREIGN KEY(undo_group) REFERENCES undo_group (seq)
)

CREATE INDEX ix_record_history_group ON record_history (undo_group) WHERE undo_group IS NOT NULL

CREATE INDEX ix_record_history_record ON record_history (record_id, version)

CREATE TABLE screening_band (
band INTEGER NOT NULL,
initiative INTEGER NOT NULL,
CONSTRAINT pk_screening_band PRIMARY KEY (band, initiative),
CONSTRAINT fk_screening_band_initiative FOREIGN KEY(initiative) REFERENCES initiative ("key") ON DELETE CASCADE
)
WITHOUT ROWID

CREATE INDEX ix_screening_band_initiative ON screening_band (initiative)

CREATE TABLE import_row (
job TEXT NOT NULL,
row_no INTEGER NOT NULL,
raw JSON,
parsed JSON,
row_hash TEXT NOT NULL,
outcome TEXT NOT NULL,
issues JSON,
record_id TEXT,
CONSTRAINT pk_import_row PRIMARY KEY (job, row_no),
CONSTRAINT fk_import_row_job FOREIGN KEY(job) REFERENCES import_job (id) ON DELETE CASCADE
)
WITHOUT ROWID

CREATE INDEX ix_import_row_hash ON import_row (row_hash) WHERE row_hash <> ''

CREATE INDEX ix_import_row_record ON import_row (record_id) WHERE record_id IS NOT NULL

CREATE VIRTUAL TABLE initiative_head USING fts5(words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')

CREATE VIRTUAL TABLE initiative_body USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 2')

CREATE VIRTUAL TABLE person_words USING fts5(words, content='', contentless_delete=1, detail=none, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')

CREATE TRIGGER op_payload_frozen BEFORE UPDATE OF op_id, record_id, seq, kind, base_rev, changed, payload, payload_hash, schema_version, account_id ON op WHEN OLD.op_id IS NOT NULL AND (NEW.op_id IS NOT OLD.op_id OR NEW.record_id IS NOT OLD.record_id OR NEW.seq IS NOT OLD.seq OR NEW.kind IS NOT OLD.kind OR NEW.base_rev IS NOT OLD.base_rev OR NEW.changed IS NOT OLD.changed OR (NEW.payload IS NOT OLD.payload AND NOT (NEW.payload IS NULL AND OLD.state IN ('applied', 'merged', 'rejected', 'conflict', 'duplicate'))) OR NEW.payload_hash IS NOT OLD.payload_hash OR NEW.schema_version IS NOT OLD.schema_version OR NEW.account_id IS NOT OLD.account_id) BEGIN SELECT RAISE(ABORT, 'a sealed operation never changes'); END

CREATE TRIGGER op_never_reopens BEFORE UPDATE OF state ON op WHEN OLD.op_id IS NOT NULL AND NEW.state IN ('queued', 'held', 'cancelled') BEGIN SELECT RAISE(ABORT, 'a sealed operation never opens again'); END

CREATE TRIGGER op_sealed_never_deleted BEFORE DELETE ON op WHEN OLD.op_id IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a sealed operation is never deleted'); END

CREATE TRIGGER op_seal_version AFTER UPDATE OF op_id ON op WHEN OLD.op_id IS NULL AND NEW.op_id IS NOT NULL BEGIN UPDATE op SET sealed_version = (SELECT version FROM initiative WHERE id = NEW.record_id) WHERE op_key = NEW.op_key; END

CREATE TRIGGER op_facts_insert AFTER INSERT ON op BEGIN UPDATE initiative SET open_state = (SELECT state FROM op WHERE record_id = NEW.record_id AND state IN ('queued', 'held')), frozen_state = (SELECT state FROM op WHERE record_id = NEW.record_id AND state IN ('sealed', 'inflight', 'unknown', 'waiting', 'parked', 'carried')), last_outcome = (SELECT state FROM op WHERE record_id = NEW.record_id AND state IN ('applied', 'merged', 'rejected', 'conflict', 'duplicate') ORDER BY op_key DESC LIMIT 1), was_applied = EXISTS (SELECT 1 FROM op WHERE record_id = NEW.record_id AND state IN ('applied', 'merged')) WHERE id = NEW.record_id; END

CREATE TRIGGER op_facts_update AFTER UPDATE OF state ON op WHEN NEW.state IS NOT OLD.state BEGIN UPDATE initiative SET open_state = (SELECT state FROM op WHERE record_id = NEW.record_id AND state IN ('queued', 'held')), frozen_state = (SELECT state FROM op WHERE record_id = NEW.record_id AND state IN ('sealed', 'inflight', 'unknown', 'waiting', 'parked', 'carried')), last_outcome = (SELECT state FROM op WHERE record_id = NEW.record_id AND state IN ('applied', 'merged', 'rejected', 'conflict', 'duplicate') ORDER BY op_key DESC LIMIT 1), was_applied = EXISTS (SELECT 1 FROM op WHERE record_id = NEW.record_id AND state IN ('applied', 'merged')) WHERE id = NEW.record_id; END

CREATE TRIGGER op_facts_delete AFTER DELETE ON op BEGIN UPDATE initiative SET open_state = (SELECT state FROM op WHERE record_id = OLD.record_id AND state IN ('queued', 'held')), frozen_state = (SELECT state FROM op WHERE record_id = OLD.record_id AND state IN ('sealed', 'inflight', 'unknown', 'waiting', 'parked', 'carried')), last_outcome = (SELECT state FROM op WHERE record_id = OLD.record_id AND state IN ('applied', 'merged', 'rejected', 'conflict', 'duplicate') ORDER BY op_key DESC LIMIT 1), was_applied = EXISTS (SELECT 1 FROM op WHERE record_id = OLD.record_id AND state IN ('applied', 'merged')) WHERE id = OLD.record_id; END

CREATE TRIGGER batch_body_frozen BEFORE UPDATE OF body, body_hash ON batch WHEN NEW.body_hash IS NOT OLD.body_hash OR (NEW.body IS NOT OLD.body AND NOT (NEW.body = x'' AND OLD.state = 'settled')) BEGIN SELECT RAISE(ABORT, 'the body of a batch never changes'); END

CREATE TRIGGER conflict_facts_insert AFTER INSERT ON conflict BEGIN UPDATE initiative SET has_conflict = EXISTS (SELECT 1 FROM conflict WHERE record_id = NEW.record_id AND state = 'open') WHERE id = NEW.record_id; END

CREATE TRIGGER conflict_facts_update AFTER UPDATE OF state ON conflict BEGIN UPDATE initiative SET has_conflict = EXISTS (SELECT 1 FROM conflict WHERE record_id = NEW.record_id AND state = 'open') WHERE id = NEW.record_id; END

CREATE TRIGGER conflict_facts_delete AFTER DELETE ON conflict BEGIN UPDATE initiative SET has_conflict = EXISTS (SELECT 1 FROM conflict WHERE record_id = OLD.record_id AND state = 'open') WHERE id = OLD.record_id; END

CREATE TRIGGER audit_log_fixed BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log never changes'); END

CREATE TRIGGER audit_log_kept BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END

CREATE TRIGGER station_is_one BEFORE INSERT ON station WHEN EXISTS (SELECT 1 FROM station) BEGIN SELECT RAISE(ABORT, 'a database belongs to one station'); END
