package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// Each migration is a file; their order is that of their names, and the
// database's user_version is the number of those it has seen.
//
//go:embed migrations/*.sql
var migrations embed.FS

func migrationFiles() ([]string, error) { return fs.Glob(migrations, "migrations/*.sql") }

// migrate brings the schema up to date, in one transaction so that processes
// that start together don't do it twice.
func migrate(ctx context.Context, writer *sql.DB, files []string) error {
	if v, err := schemaVersion(ctx, writer, len(files)); err != nil || v == len(files) {
		return err
	}
	tx, err := writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // undoes nothing after Commit
	version, err := schemaVersion(ctx, tx, len(files))
	if err != nil {
		return err
	}
	for _, file := range files[version:] {
		statements, err := migrations.ReadFile(file)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, string(statements)); err != nil {
			return fmt.Errorf("migrate with %s: %w", file, err)
		}
	}
	mark := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(files))
	if _, err := tx.ExecContext(ctx, mark); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// querier is what *sql.DB and *sql.Tx have in common.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// schemaVersion reads how many migrations the database has seen; more than are
// known is an error.
func schemaVersion(ctx context.Context, q querier, known int) (int, error) {
	var v int
	if err := q.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&v); err != nil {
		return 0, fmt.Errorf("read the schema version: %w", err)
	}
	if v < 0 || v > known {
		return 0, fmt.Errorf("a newer version of this program wrote it (schema %d, known are those up to %d)", v, known)
	}
	return v, nil
}
