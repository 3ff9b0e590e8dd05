"""Parts of the schema that mapped classes cannot say: triggers and full-text tables."""

# ruff: noqa: S608 - statements are put together from constants of the program only
from sangkien_desktop.storage.badges import FROZEN_STATES, OPEN_STATES, OUTCOME_STATES

SEARCH_TABLES: tuple[str, ...] = (
    # Words are folded by SQL before they come here (đ → d) and by the tokenizer (all other marks).
    (
        "CREATE VIRTUAL TABLE initiative_head USING fts5(words, content='', contentless_delete=1,"
        " detail=none, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')"
    ),
    (
        "CREATE VIRTUAL TABLE initiative_body USING fts5(words, content='', contentless_delete=1,"
        " detail=none, tokenize='unicode61 remove_diacritics 2')"
    ),
    (
        "CREATE VIRTUAL TABLE person_words USING fts5(words, content='', contentless_delete=1,"
        " detail=none, prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')"
    ),
)


def _facts_of(record: str) -> str:
    newest = "ORDER BY op_key DESC LIMIT 1"
    return (
        "UPDATE initiative SET"
        f" open_state = (SELECT state FROM op WHERE record_id = {record} AND state IN ({OPEN_STATES})),"
        f" frozen_state = (SELECT state FROM op WHERE record_id = {record} AND state IN ({FROZEN_STATES})),"
        f" last_outcome = (SELECT state FROM op WHERE record_id = {record}"
        f" AND state IN ({OUTCOME_STATES}) {newest}),"
        f" was_applied = EXISTS (SELECT 1 FROM op WHERE record_id = {record}"
        " AND state IN ('applied', 'merged'))"
        f" WHERE id = {record};"
    )


def _conflict_of(record: str) -> str:
    return (
        "UPDATE initiative SET has_conflict = EXISTS (SELECT 1 FROM conflict"
        f" WHERE record_id = {record} AND state = 'open') WHERE id = {record};"
    )


def _refuse(message: str) -> str:
    return f"SELECT RAISE(ABORT, '{message}');"


TRIGGERS: tuple[str, ...] = (
    # Bytes are fixed at seal: no route leads from a sealed operation to other bytes or another identity.
    # Once the portal has answered they may be emptied, when retention or an erasure asks for it.
    (
        "CREATE TRIGGER op_payload_frozen BEFORE UPDATE OF op_id, record_id, seq, kind, base_rev, changed, payload,"
        " payload_hash, schema_version, account_id ON op WHEN OLD.op_id IS NOT NULL AND (NEW.op_id IS NOT OLD.op_id"
        " OR NEW.record_id IS NOT OLD.record_id OR NEW.seq IS NOT OLD.seq OR NEW.kind IS NOT OLD.kind"
        " OR NEW.base_rev IS NOT OLD.base_rev OR NEW.changed IS NOT OLD.changed"
        " OR (NEW.payload IS NOT OLD.payload"
        f" AND NOT (NEW.payload IS NULL AND OLD.state IN ({OUTCOME_STATES})))"
        " OR NEW.payload_hash IS NOT OLD.payload_hash OR NEW.schema_version IS NOT OLD.schema_version"
        " OR NEW.account_id IS NOT OLD.account_id)"
        f" BEGIN {_refuse('a sealed operation never changes')} END"
    ),
    (
        f"CREATE TRIGGER op_never_reopens BEFORE UPDATE OF state ON op WHEN OLD.op_id IS NOT NULL"
        f" AND NEW.state IN ({OPEN_STATES}, 'cancelled')"
        f" BEGIN {_refuse('a sealed operation never opens again')} END"
    ),
    (
        "CREATE TRIGGER op_sealed_never_deleted BEFORE DELETE ON op WHEN OLD.op_id IS NOT NULL"
        f" BEGIN {_refuse('a sealed operation is never deleted')} END"
    ),
    (
        "CREATE TRIGGER op_seal_version AFTER UPDATE OF op_id ON op WHEN OLD.op_id IS NULL AND NEW.op_id IS NOT NULL"
        " BEGIN UPDATE op SET sealed_version = (SELECT version FROM initiative WHERE id = NEW.record_id)"
        " WHERE op_key = NEW.op_key; END"
    ),
    f"CREATE TRIGGER op_facts_insert AFTER INSERT ON op BEGIN {_facts_of('NEW.record_id')} END",
    (
        f"CREATE TRIGGER op_facts_update AFTER UPDATE OF state ON op WHEN NEW.state IS NOT OLD.state"
        f" BEGIN {_facts_of('NEW.record_id')} END"
    ),
    f"CREATE TRIGGER op_facts_delete AFTER DELETE ON op BEGIN {_facts_of('OLD.record_id')} END",
    (
        "CREATE TRIGGER batch_body_frozen BEFORE UPDATE OF body, body_hash ON batch"
        " WHEN NEW.body_hash IS NOT OLD.body_hash"
        " OR (NEW.body IS NOT OLD.body AND NOT (NEW.body = x'' AND OLD.state = 'settled'))"
        f" BEGIN {_refuse('the body of a batch never changes')} END"
    ),
    f"CREATE TRIGGER conflict_facts_insert AFTER INSERT ON conflict BEGIN {_conflict_of('NEW.record_id')} END",
    (
        "CREATE TRIGGER conflict_facts_update AFTER UPDATE OF state ON conflict"
        f" BEGIN {_conflict_of('NEW.record_id')} END"
    ),
    f"CREATE TRIGGER conflict_facts_delete AFTER DELETE ON conflict BEGIN {_conflict_of('OLD.record_id')} END",
    (
        "CREATE TRIGGER audit_log_fixed BEFORE UPDATE ON audit_log"
        f" BEGIN {_refuse('the audit log never changes')} END"
    ),
    (
        "CREATE TRIGGER audit_log_kept BEFORE DELETE ON audit_log"
        f" BEGIN {_refuse('the audit log is never shortened')} END"
    ),
    (
        "CREATE TRIGGER station_is_one BEFORE INSERT ON station WHEN EXISTS (SELECT 1 FROM station)"
        f" BEGIN {_refuse('a database belongs to one station')} END"
    ),
)
