package sqlite

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
)

// Secret derives 32 bytes for a purpose, such as to sign cursors, from what this
// store was named when it was made. They stay the same as long as the store does.
// Versions show only the first quarter of that name; whoever can read the file
// knows all of it.
func (db *DB) Secret(ctx context.Context, purpose string) ([]byte, error) {
	row, err := db.lookups.one(ctx, state)
	if err != nil {
		return nil, fmt.Errorf("derive a secret from store %s: %w", db.path, err)
	}
	name, _ := row[0].(string)
	mac := hmac.New(sha256.New, []byte(name))
	mac.Write([]byte(purpose))
	return mac.Sum(nil), nil
}
