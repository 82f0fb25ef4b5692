package index

import (
	"context"
	"sync"
	"time"
)

// Follower holds the newest View of a source.
type Follower struct {
	source Source

	mu      sync.Mutex
	view    *View
	changed chan struct{}
}

// NewFollower loads everything that the source has; later it reads only what is
// new.
func NewFollower(ctx context.Context, src Source, with ...Option) (*Follower, error) {
	v, err := Load(ctx, src, with...)
	if err != nil {
		return nil, err
	}
	return &Follower{source: src, view: v, changed: make(chan struct{})}, nil
}

// View is the newest view.
func (f *Follower) View() *View {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.view
}

// Changed returns the newest view and a channel that is closed when there is a newer one.
func (f *Follower) Changed() (*View, <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.view, f.changed
}

// Run looks for changes at the interval until ctx ends; report gets what fails.
func (f *Follower) Run(ctx context.Context, every time.Duration, report func(error)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := f.refresh(ctx); err != nil && ctx.Err() == nil {
				report(err)
			}
		}
	}
}

func (f *Follower) refresh(ctx context.Context) error {
	old := f.View()
	version, err := f.source.Version(ctx)
	if err != nil || version == old.Version() {
		return err
	}
	v, err := old.Update(ctx)
	if err != nil || v == old {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.view = v
	close(f.changed)
	f.changed = make(chan struct{})
	return nil
}
