package main

import (
	"slices"
	"testing"
	"time"
)

func TestNoticeOf(t *testing.T) {
	var messages []string
	clock := time.Unix(0, 0)
	notice := noticeOf(func() time.Time { return clock }, func(m string) { messages = append(messages, m) })
	for _, done := range []int{0, 50_000} {
		notice(done, 50_000) // takes no time
	}
	for i := range 5 {
		notice(i*250_000, 1_000_000)
		clock = clock.Add(4 * time.Second)
	}
	want := []string{
		"making stored articles searchable by words, once after an update: 1000000 mentions",
		"made searchable: 750000 of 1000000 mentions",
		"stored articles are searchable by words",
	}
	if !slices.Equal(messages, want) {
		t.Errorf("messages %q, want %q", messages, want)
	}
}
