"""The ledger is append-only, also against raw SQL: triggers refuse what no action does."""

from django.db import migrations

LINES, SEALED = "zhouzhouhui_ledgerline", "zhouzhouhui_sealed"

SQLITE_FORWARD = [
    f"CREATE TRIGGER ledger_line_no_update BEFORE UPDATE ON {LINES} "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    f"CREATE TRIGGER ledger_line_no_delete BEFORE DELETE ON {LINES} "
    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
    f"CREATE TRIGGER sealed_no_delete BEFORE DELETE ON {SEALED} "
    "BEGIN SELECT RAISE(ABORT, 'sealed words are erased, never deleted'); END",
    f"CREATE TRIGGER sealed_only_erased BEFORE UPDATE ON {SEALED} WHEN "
    "NEW.id IS NOT OLD.id OR NEW.line_id IS NOT OLD.line_id OR NEW.name IS NOT OLD.name "
    "OR NEW.town_id IS NOT OLD.town_id "
    "OR ((NEW.text IS NOT OLD.text OR NEW.salt IS NOT OLD.salt OR NEW.digest IS NOT OLD.digest) AND NOT "
    "(NEW.text = '' AND length(NEW.salt) = 0 AND NEW.digest = '' AND NEW.erased_at IS NOT NULL)) "
    "BEGIN SELECT RAISE(ABORT, 'sealed words are never changed, only erased'); END",
]
SQLITE_BACKWARD = [
    f"DROP TRIGGER {name}"
    for name in ("ledger_line_no_update", "ledger_line_no_delete", "sealed_no_delete", "sealed_only_erased")
]
POSTGRES_FORWARD = [
    "CREATE FUNCTION zhouzhouhui_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$",
    "CREATE FUNCTION zhouzhouhui_only_erase() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF NEW.id IS DISTINCT FROM OLD.id OR NEW.line_id IS DISTINCT FROM OLD.line_id "
    "OR NEW.name IS DISTINCT FROM OLD.name OR NEW.town_id IS DISTINCT FROM OLD.town_id "
    "OR ((NEW.text IS DISTINCT FROM OLD.text OR NEW.salt IS DISTINCT FROM OLD.salt "
    "OR NEW.digest IS DISTINCT FROM OLD.digest) AND NOT (NEW.text = '' AND length(NEW.salt) = 0 "
    "AND NEW.digest = '' AND NEW.erased_at IS NOT NULL)) "
    "THEN RAISE EXCEPTION 'sealed words are never changed, only erased'; END IF; RETURN NEW; END $$",
    f"CREATE TRIGGER ledger_line_append_only BEFORE UPDATE OR DELETE ON {LINES} "
    "FOR EACH ROW EXECUTE FUNCTION zhouzhouhui_refuse()",
    f"CREATE TRIGGER ledger_line_no_truncate BEFORE TRUNCATE ON {LINES} "
    "FOR EACH STATEMENT EXECUTE FUNCTION zhouzhouhui_refuse()",
    f"CREATE TRIGGER sealed_no_delete BEFORE DELETE ON {SEALED} FOR EACH ROW EXECUTE FUNCTION zhouzhouhui_refuse()",
    f"CREATE TRIGGER sealed_no_truncate BEFORE TRUNCATE ON {SEALED} "
    "FOR EACH STATEMENT EXECUTE FUNCTION zhouzhouhui_refuse()",
    f"CREATE TRIGGER sealed_only_erased BEFORE UPDATE ON {SEALED} "
    "FOR EACH ROW EXECUTE FUNCTION zhouzhouhui_only_erase()",
]
POSTGRES_BACKWARD = [
    f"DROP TRIGGER ledger_line_append_only ON {LINES}",
    f"DROP TRIGGER ledger_line_no_truncate ON {LINES}",
    f"DROP TRIGGER sealed_no_delete ON {SEALED}",
    f"DROP TRIGGER sealed_no_truncate ON {SEALED}",
    f"DROP TRIGGER sealed_only_erased ON {SEALED}",
    "DROP FUNCTION zhouzhouhui_refuse()",
    "DROP FUNCTION zhouzhouhui_only_erase()",
]


def _run(schema_editor, sqlite, postgres):
    for statement in postgres if schema_editor.connection.vendor == "postgresql" else sqlite:
        schema_editor.execute(statement, params=None)


def forward(apps, schema_editor):
    _run(schema_editor, SQLITE_FORWARD, POSTGRES_FORWARD)


def backward(apps, schema_editor):
    _run(schema_editor, SQLITE_BACKWARD, POSTGRES_BACKWARD)


class Migration(migrations.Migration):
    dependencies = [("zhouzhouhui", "0001_initial")]
    operations = [migrations.RunPython(forward, backward)]
