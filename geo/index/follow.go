package index

import (
	"context"
	"sync"
	"time"
)

// Follower holds the newest View of a source.
type Follower struct {
	load func(context.Context) (*View, error)
	vers func(context.Context) (string, error)

	mu      sync.Mutex
	view    *View
	changed chan struct{}
}

// NewFollower loads the first view. version says cheaply which state the data
// is in, load reads it.
func NewFollower(ctx context.Context, version func(context.Context) (string, error), load func(context.Context) (*View, error)) (*Follower, error) {
	v, err := load(ctx)
	if err != nil {
		return nil, err
	}
	return &Follower{load: load, vers: version, view: v, changed: make(chan struct{})}, nil
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

// Run looks for changes every interval until ctx ends; report gets what fails.
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
	version, err := f.vers(ctx)
	if err != nil || version == f.View().Version() {
		return err
	}
	v, err := f.load(ctx)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.view = v
	close(f.changed)
	f.changed = make(chan struct{})
	return nil
}
