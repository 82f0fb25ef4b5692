package main

import (
	"fmt"
	"time"

	"github.com/conflictmap/conflictmap/geo/sqlite"
)

// muchToDo is from how many mentions on the user is told of work on what is
// stored; fewer are done within a second or so.
const muchToDo = 100_000

// openStore opens the database in the file. Work on what is stored that takes
// seconds is reported at its beginning, now and then, and at its end.
func openStore(env *environment, file string, report func(message string)) (*sqlite.DB, error) {
	return sqlite.Open(env.ctx, file, sqlite.WithNotice(noticeOf(env.now, report)))
}

// noticeOf makes messages of what the store tells.
func noticeOf(now func() time.Time, report func(message string)) func(done, total int) {
	var last time.Time
	return func(done, total int) {
		switch {
		case total < muchToDo:
			return
		case done == 0:
			report(fmt.Sprintf("making stored articles searchable by words, once after an update: %d mentions", total))
		case done == total:
			report("stored articles are searchable by words")
		case now().Sub(last) >= elsewhere:
			report(fmt.Sprintf("made searchable: %d of %d mentions", done, total))
		default:
			return
		}
		last = now()
	}
}
